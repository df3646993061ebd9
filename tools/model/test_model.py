"""The model on the vectors and worked examples of the specification, and clause by clause."""

import json
import os
import unittest
from dataclasses import replace
from pathlib import Path

import covenant_model as model
import decide
import documents
import poseidon
import signed
from covenant_model import Allocation, Claim, Fails
from documents import Opening

VECTORS = Path(
    os.environ.get("COVENANT_VECTORS")
    or Path(__file__).resolve().parents[2] / "fixtures/data/conformance.json"
)
ETH, USD = "eip155:1/slip44:60", "iso4217:USD"
SUBJECT = "lei:EXMP00COVENANTDEMO73"
EXAMPLE_POLICY = """{ "version": 1, "name": "worked example", "quote": "iso4217:USD",
  "min_ratio_bps": 11000, "ratio_step_bps": 100,
  "assets": [ { "asset": "eip155:1/slip44:60", "symbol": "ETH", "decimals": 18,
                "netting": true, "max_share_bps": 10000, "groups": ["crypto"],
                "tiers": [ { "up_to": 10000, "weight_bps": 9000 }, { "weight_bps": 5000 } ] } ],
  "groups": [ { "name": "crypto", "min_share_bps": 0, "max_share_bps": 10000 } ],
  "scenarios": [ { "name": "down 30 %", "min_ratio_bps": 10500,
                   "moves_bps": { "eip155:1/slip44:60": -3000 } } ] }"""
EXAMPLE_PRICE = 3123450000000000000000


def vectors() -> dict:
    """conformance.json, read as strictly as a document."""
    return documents.read_json(VECTORS.read_text(encoding="utf-8"))


def account(kind: str, blinding: int, *positions: tuple[str, int]) -> dict:
    """An opening of the worked examples with its right commitment."""
    document = {
        "version": 1,
        "kind": kind,
        "subject": SUBJECT,
        "as_of": 1790000000,
        "blinding": hex(blinding),
        "positions": [[asset, str(amount)] for asset, amount in positions],
    }
    return document | {"commitment": hex(model.commitment(documents.opening(document)))}


EXAMPLE_ACCOUNTS = (
    account("liability", 2, (ETH, 2000000000000000003)),
    account("collateral", 1, (ETH, 7 * 10**18), ("isin:US912797QD28", 25000),
            (ETH, 3000000000000000007), (USD, 0)),
)
EXAMPLE_ALLOCATION = Allocation(
    n=(2000000000000000003,),
    x=(((100000000000000, 0, 0, 149876000000000),), ((100000000000000, 0, 0, 74913200000000),)),
)


def example(*accounts: dict, document: dict | None = None, **changes) -> Claim:
    """The claim of section 6.6, or one like it."""
    statement = {"subject": SUBJECT, "as_of": 1790000000, "public_debt": "12000000000",
                 "ratio": 13700, "context": "a nonce of 2026-11-20"}
    prices = changes.pop("prices", {ETH: str(EXAMPLE_PRICE)})
    document = document or documents.read_json(EXAMPLE_POLICY)
    basket = list(accounts or EXAMPLE_ACCOUNTS)
    return model.make_claim(document, prices, basket, **statement | changes)


def filled(claim: Claim) -> tuple[Allocation, list[int], list[int]]:
    """A.1: all of S3 netted, tiers filled in order; and v and o."""
    T, L = model.check_claim(claim)
    assets = claim.policy.assets
    n = tuple(min(T[i], L[i]) if a.netting else 0 for i, a in enumerate(assets))
    pairs = [model.values(T[i] - n[i], L[i] - n[i], claim.prices[i]) for i in range(len(assets))]
    v, o = (list(side) for side in zip(*pairs))
    x = tuple(
        tuple(fill(v[i] * a.multipliers[j], a.widths) for i, a in enumerate(assets))
        for j in range(len(claim.ratios))
    )
    return Allocation(n, x), v, o


def fill(stressed: int, widths: tuple[int, ...]) -> tuple[int, ...]:
    """x_1 .. x_4 in order."""
    parts = []
    for width in widths:
        parts.append(min(stressed - sum(parts), width * 10**10))
    return (*parts, stressed - sum(parts))


def sides(claim: Claim, j: int) -> tuple[int, int]:
    """C_j, and what is owed in scenario j before the ratio, by the rule of A.1."""
    a, _, o = filled(claim)
    assets = claim.policy.assets
    C = sum(x * w for i, b in enumerate(assets) for x, w in zip(a.x[j][i], b.weights))
    return C, 10**4 * claim.public_debt + sum(
        o_a * b.multipliers[j] for o_a, b in zip(o, assets)
    )


class Clauses(unittest.TestCase):
    """Helper."""

    def assert_fails(self, clause: str, claim: Claim, a: Allocation = EXAMPLE_ALLOCATION) -> None:
        with self.assertRaises(Fails) as caught:
            model.check(claim, a)
        self.assertEqual(caught.exception.clause, clause, str(caught.exception))


class Vectors(Clauses):
    """Every vector of conformance.json (A.1)."""

    def setUp(self) -> None:
        self.vectors = vectors()

    def test_every_key_is_known(self) -> None:
        known = {"poseidon4", "asset_id", "subject", "accounts", "cases", "policy_digests"}
        self.assertEqual(set(self.vectors), known | {"eip712"})

    def test_poseidon4(self) -> None:
        for vector in self.vectors["poseidon4"]:
            self.assertEqual(poseidon.H(*map(int, vector["in"])), int(vector["out"]))

    def test_asset_ids(self) -> None:
        for vector in self.vectors["asset_id"]:
            self.assertEqual(f"0x{documents.asset_id(vector['asset']):030x}", vector["id"])

    def test_subject_ids(self) -> None:
        for vector in self.vectors["subject"]:
            self.assertEqual(documents.hashed_text(vector["subject"]), int(vector["id"], 16))

    def test_commitments(self) -> None:
        cases = [a for case in self.vectors["cases"] for a in case["accounts"]]
        for document in self.vectors["accounts"] + cases:
            committed = model.committed(document)
            self.assertEqual(model.commitment(committed.opening), committed.K)

    def test_policy_digests(self) -> None:
        pairs = [(v["policy"], v["digest"]) for v in self.vectors["policy_digests"]]
        pairs += [(v["policy"], v["policy_digest"]) for v in self.vectors["cases"]]
        for document, digest in pairs:
            own = model.policy_digest(documents.policy(document))
            self.assertEqual(f"0x{own:064x}", digest)

    def case_claim(self, case: dict, ratio: int) -> Claim:
        first = case["accounts"][0]
        return model.make_claim(
            case["policy"], case["prices"], case["accounts"], subject=first["subject"],
            as_of=first["as_of"], public_debt=case["public_debt"], ratio=ratio,
            digest=case["policy_digest"],
        )

    def test_kinds_follow_the_commitments_order(self) -> None:
        for case in self.vectors["cases"]:
            ratio = int(case["largest_ratio_bps"][0])
            claim = self.case_claim(case, ratio)
            openings = sorted(case["accounts"], key=lambda a: int(a["commitment"], 16))
            bits = [int(a["kind"] == "liability") for a in openings]
            self.assertEqual(claim.kinds, sum(bit << m for m, bit in enumerate(bits)))
            for m in range(len(bits)):
                wrong = replace(claim, kinds=claim.kinds ^ 1 << m)
                self.assert_fails("S1", wrong, filled(claim)[0])

    def test_largest_base_ratio_is_true_and_one_more_false(self) -> None:
        for case in self.vectors["cases"]:
            ratio = int(case["largest_ratio_bps"][0])
            with self.subTest(case["name"]):
                claim = self.case_claim(case, ratio)
                model.check(claim, filled(claim)[0])
                self.assertIsNotNone(decide.find_allocation(claim))
                above = self.case_claim(case, ratio + 1)
                self.assert_fails("S7", above, filled(above)[0])
                self.assertIsNone(decide.find_allocation(above))

    def test_largest_ratio_of_every_scenario(self) -> None:
        for case in self.vectors["cases"]:
            claim = self.case_claim(case, 1)
            self.assertEqual(len(case["largest_ratio_bps"]), len(claim.ratios))
            for j, text in enumerate(case["largest_ratio_bps"]):
                with self.subTest(case["name"], j=j):
                    C, owed = sides(claim, j)
                    self.assertEqual(C // owed, int(text))
                    if j and int(text) + 1 < 2**16:
                        self.check_ratio_of_scenario(claim, j, int(text))

    def check_ratio_of_scenario(self, claim: Claim, j: int, ratio: int) -> None:
        a, v, o = filled(claim)
        for more in (0, 1):
            ratios = tuple(ratio + more if i == j - 1 else 0 for i in range(len(claim.ratios) - 1))
            changed = replace(claim, policy=replace(claim.policy, ratios=ratios))
            if more:
                with self.assertRaises(Fails) as caught:
                    model.check_scenario(changed, j, a.x[j], v, o)
                self.assertEqual(caught.exception.clause, "S7")
            else:
                model.check_scenario(changed, j, a.x[j], v, o)

    def test_tables_of_the_first_case(self) -> None:
        claim = self.case_claim(self.vectors["cases"][0], 1)
        a, v, o = filled(claim)
        T, L = model.check_claim(claim)
        self.assertEqual(T, (1250000000, 41250000000000000000008, 222300000001, 18000000000))
        self.assertEqual(L, (2000000000, 0, 10000000000, 0))
        self.assertEqual(a.n, (1250000000, 0, 0, 0))
        self.assertEqual(v, [0, 128842312500000, 219555555559287, 178416000000000])
        self.assertEqual(o, [7500000000000, 0, 9876543210000, 0])
        self.assertEqual([sides(claim, j) for j in range(3)], [
            (45297375194742960000000, 1673765432100000000),
            (29489450797009332000000, 1614506172840000000),
            (45031089314742960000000, 1673765432100000000),
        ])

    def test_signed_documents(self) -> None:
        vector = self.vectors["eip712"]
        key, address = int(vector["private_key"], 16), vector["address"]
        self.assertEqual(signed.checksum_address(signed.multiply(key, signed.G)), address)
        types = {"attestation": signed.ATTESTATION, "price_snapshot": signed.PRICE_SNAPSHOT}
        for part, type_text in types.items():
            with self.subTest(part):
                digest = signed.document_digest(type_text, vector[part]["message"])
                self.assertEqual("0x" + digest.hex(), vector[part]["digest"])
                self.assertEqual(signed.recover(digest, vector[part]["signature"]), address)
                self.assertEqual(signed.sign(digest, key), vector[part]["signature"])

    def test_the_price_snapshot_is_of_the_first_case(self) -> None:
        message = self.vectors["eip712"]["price_snapshot"]["message"]
        claim = self.case_claim(self.vectors["cases"][0], 1)
        self.assertEqual(int(message["policy"], 16), claim.policy_digest)
        self.assertEqual(tuple(map(int, message["prices"])), claim.prices)


class WorkedExamples(Clauses):
    """Values in the text of the specification."""

    def test_poseidon_constants(self) -> None:
        constants, matrix = poseidon.parameters()
        head = "0eb544fee2815dda7f53e29ccac98ed7d889bb4ebd47c3864f3c2bd81a6da891"
        last = "29eb1de42a3ad381b23b4131426897a32709b29d53bb946dfd15784d1f63e572"
        first = "251e7fdf99591080080b0af133b9e4369f22e57ace3cd7f64fc6fdbcf38d7da1"
        corner = "14074bb14c982c81c9ad171e4f35fe49b39c4a7a72dbb6d9c98d803bfed65e64"
        numbers = (constants[0], constants[339], matrix[0][0], matrix[4][4])
        self.assertEqual([f"{n:064x}" for n in numbers], [head, last, first, corner])

    def test_commitments_of_section_4_1(self) -> None:
        self.assertEqual([a["commitment"] for a in EXAMPLE_ACCOUNTS], [
            "0x2f04fb2294ddb7cf6c8994e33b661848ffbc32895ea11a8f597c370d7228a71e",
            "0x129eeff4844b69b54b75da1c1613988dfe6d91c58db20916804b96394b3da350",
        ])

    def test_policy_of_section_5_5(self) -> None:
        document = json.loads(EXAMPLE_POLICY)
        policy = documents.policy(document)
        self.assertEqual(len(documents.canonical(document)), 461)
        self.assertEqual(
            policy.terms, 0x7588844DF6E68AC96EFBD2BB74CD7FBAA8397B75F5CBFC7BEAAD89359C0941
        )
        self.assertEqual(model.packed_words(policy.assets[0]), (
            0x1B580100012710D418F2F00C124224C8FF2BDC60A7C7,
            0x1388000000000000000023280000000000002710,
            0x138813880000000000000000,
        ))
        self.assertEqual(
            model.policy_digest(policy),
            0x0DFF45A2C3B741DB3937314CC841F4107CE966198F52863592FF3870C80F5429,
        )

    def test_statement_of_section_6_6(self) -> None:
        claim = example()
        self.assertEqual(filled(claim)[0], EXAMPLE_ALLOCATION)
        model.check(claim, EXAMPLE_ALLOCATION)
        self.assertEqual([sides(claim, j)[0] for j in (0, 1)],
                         [1649380000000000000, 1274566000000000000])
        model.check(example(ratio=13744), EXAMPLE_ALLOCATION)
        self.assert_fails("S7", example(ratio=13745))
        self.assert_fails("S7", claim, replace(EXAMPLE_ALLOCATION, n=(0,)))
        inputs = model.public_inputs(claim, 4, 8)
        self.assertEqual(inputs[:7], [
            0xC03DF00F465D66C5A09A78AF7B05D74E2CEE167EFD04A9DF775DAC033523A6,
            1790000000, claim.policy_digest, 12000000000, 13700,
            0x6507E5B7D7CD9D5572EBA8AA3FF7C3510B731054211DDD402DCFD33E1F00E1, 2,
        ])
        K = [int(a["commitment"], 16) for a in reversed(EXAMPLE_ACCOUNTS)]
        self.assertEqual(inputs[7:], [*K, 0, 0, EXAMPLE_PRICE, *[0] * 7])


class Statement(Clauses):
    """Each clause refuses a claim that breaks it, in the order of 6.4."""

    def stranger(self, kind: int, *entries: int) -> Claim:
        """The example with one more account, of any entries."""
        claim = example()
        opening = Opening(kind, claim.subject, claim.as_of, 7, entries)
        basket = (*claim.accounts, model.Account(model.commitment(opening), opening))
        ordered = sorted(basket, key=lambda a: a.K)
        kinds = sum(a.opening.kind << i for i, a in enumerate(ordered))
        return replace(claim, accounts=tuple(ordered), kinds=kinds)

    def test_s1(self) -> None:
        claim = example()
        self.assert_fails("S1", replace(claim, kinds=0))
        self.assert_fails("S1", replace(claim, kinds=1))
        self.assert_fails("S1", replace(claim, kinds=6))
        self.assert_fails("S1", replace(claim, as_of=claim.as_of + 1))
        self.assert_fails("S1", replace(claim, subject=claim.subject + 1))
        first = claim.accounts[0]
        for wrong in (replace(first, K=first.K + 1),
                      replace(first, opening=replace(first.opening, blinding=3)),
                      replace(first, opening=replace(first.opening, entries=()))):
            self.assert_fails("S1", replace(claim, accounts=(wrong, claim.accounts[1])))

    def test_no_statement(self) -> None:
        claim = example()
        for accounts in (claim.accounts[:1] * 2, claim.accounts[::-1],
                         (model.Account(0, claim.accounts[0].opening),)):
            wrong = replace(claim, accounts=accounts, kinds=0)
            with self.assertRaises(model.NotAStatement):
                model.check(wrong, EXAMPLE_ALLOCATION)
            self.assertIsNone(decide.find_allocation(wrong))

    def test_s2_liability_that_is_not_listed(self) -> None:
        eth = documents.asset_id(ETH)
        for e in (documents.asset_id(USD) << 128, eth << 128 | 1 << 112, eth, 1,
                  1 << 248 | eth << 128):
            self.assert_fails("S2", self.stranger(1, e))
            model.check(self.stranger(0, e), EXAMPLE_ALLOCATION)
        model.check(self.stranger(1, 0, 0, 0, 0, eth << 128), EXAMPLE_ALLOCATION)

    def test_s2_totals(self) -> None:
        e = documents.asset_id(ETH) << 128 | 2**112 - 1
        for kind in (0, 1):
            claim = example()
            many = Opening(kind, claim.subject, claim.as_of, 7, (e,) * (2**16 + 1))
            with self.assertRaises(Fails) as caught:
                model.sums(replace(claim, accounts=(model.Account(1, many),)))
            self.assertEqual(caught.exception.clause, "S2")

    def test_s3(self) -> None:
        claim = example()
        for n in (-1, 2000000000000000004):
            self.assert_fails("S3", claim, replace(EXAMPLE_ALLOCATION, n=(n,)))
        document = json.loads(EXAMPLE_POLICY)
        document["assets"][0]["netting"] = False
        self.assert_fails("S3", example(document=document))
        self.assert_fails("S3", self.stranger(1), replace(EXAMPLE_ALLOCATION, n=(10**30,)))

    def test_s4(self) -> None:
        price = {ETH: str(2**120 - 1)}
        self.assert_fails("S4", example(prices=price))
        debtor = account("liability", 1, (ETH, 2**112 - 1))
        self.assert_fails("S4", example(debtor, prices=price), replace(EXAMPLE_ALLOCATION, n=(0,)))

    def test_s5(self) -> None:
        for x in ((100000000000001, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (-1, 0, 0, 0),
                  (100000000000000, 0, 0, 149876000000001)):
            changed = replace(EXAMPLE_ALLOCATION, x=((x,), EXAMPLE_ALLOCATION.x[1]))
            self.assert_fails("S5", example(), changed)

    def test_s6(self) -> None:
        for place in ("assets", "groups"):
            document = json.loads(EXAMPLE_POLICY)
            document[place][0]["max_share_bps"] = 9999
            self.assert_fails("S6", example(document=document))
        document = json.loads(EXAMPLE_POLICY)
        document["groups"].append({"name": "none", "min_share_bps": 1, "max_share_bps": 1})
        self.assert_fails("S6", example(document=document))
        nothing = Allocation(n=(0,), x=(((0,) * 4,),) * 2)
        model.check(example(EXAMPLE_ACCOUNTS[1], document=document, public_debt="0"), nothing)

    def test_s7(self) -> None:
        self.assert_fails("S7", example(ratio=13800))
        document = json.loads(EXAMPLE_POLICY)
        document["scenarios"][0]["min_ratio_bps"] = 10622
        self.assert_fails("S7", example(document=document))
        document["scenarios"][0]["min_ratio_bps"] = 10621
        model.check(example(document=document), EXAMPLE_ALLOCATION)

    def test_s8(self) -> None:
        claim = example()
        self.assert_fails("S8", example(prices={ETH: "0"}))
        self.assert_fails("S8", replace(claim, policy_digest=claim.policy_digest ^ 1))
        for field, value in (("max_share", 10001), ("weights", (10001, 0, 0, 0)), ("id", 0),
                             ("widths", (2**60, 0, 0)), ("group_mask", 2**15)):
            asset = replace(claim.policy.assets[0], **{field: value})
            policy = replace(claim.policy, assets=(asset,))
            changed = replace(claim, policy=policy, policy_digest=model.policy_digest(policy))
            with self.assertRaises(Fails) as caught:
                model.check_s8(changed)
            self.assertEqual(caught.exception.clause, "S8")

    def test_s9(self) -> None:
        claim = example()
        model.check_s9(claim, documents.hashed_text("a nonce of 2026-11-20"))
        with self.assertRaises(Fails) as caught:
            model.check_s9(claim, documents.hashed_text(""))
        self.assertEqual(caught.exception.clause, "S9")

    def test_an_allocation_that_lacks_numbers(self) -> None:
        x = EXAMPLE_ALLOCATION.x
        for a in (Allocation((), x), Allocation((0,), x[:1]), Allocation((0,), (x[0], ())),
                  Allocation((0,), (x[0], ((1, 2, 3),)))):
            with self.assertRaises(model.Malformed):
                model.check(example(), a)


if __name__ == "__main__":
    unittest.main()
