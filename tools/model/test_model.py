"""The model on the vectors and worked examples of the specification, and clause by clause."""

import unittest
from dataclasses import replace

import covenant_model as model
import decide
import documents
import poseidon
import rollup
import signed
from covenant_model import Allocation, Claim, Fails
from documents import Opening
from examples import (
    ALLOCATION,
    BILL,
    BTC,
    COMPLETE,
    ETH,
    HELD,
    PRICES,
    SUBJECT,
    TIME,
    USD,
    Clauses,
    account,
    basket,
    changed,
    complete,
    example,
    parsed,
    stranger,
    vectors,
    with_accounts,
)

SIGNED = {
    "attestation": "AccountAttestation",
    "price_snapshot": "PriceSnapshot",
    "control_undertaking": "ControlUndertaking",
    "representation": "Representation",
    "revocation": "Revocation",
    "auditor_opinion": "AuditorOpinion",
}


def case_claim(case: dict, **changes: object) -> Claim:
    """The claim of a case."""
    s = case["statement"]
    terms = {"subject": case["accounts"][0]["subject"], "as_of_from": s["as_of_from"],
             "as_of_to": s["as_of_to"], "public_debt": case["public_debt"],
             "ratio": s["ratio_bps"], "context": s["context"], "digest": case["policy_digest"]}
    return model.make_claim(case["policy"], case["prices"], case["accounts"], **terms | changes)


class Vectors(Clauses):
    """Every vector of conformance.json (A.1)."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.vectors = vectors()
        cls.claims = [(case, case_claim(case)) for case in cls.vectors["cases"]]

    def test_every_key_is_known(self) -> None:
        known = {"poseidon16", "asset_id", "subject", "accounts", "cases", "false", "rollup",
                 "policy_digests", "eip712"}
        self.assertEqual(set(self.vectors), known)
        parts = {"private_key", "address", "reference", "spellings_of_the_attestations_signature"}
        self.assertEqual(set(self.vectors["eip712"]), parts | set(SIGNED))
        self.assertEqual(set(self.vectors["rollup"]), {"holders", "one_level", "two_levels"})
        always = {"name", "policy", "policy_digest", "prices", "public_debt", "accounts", "kinds",
                  "statement", "largest_ratio_bps", "note"}
        held = {"held_values", "held_shares_hold", "report_lines", "report_words"}
        for case in self.vectors["cases"]:
            more = held if case["policy"].get("complete") else set()
            self.assertEqual(set(case), always | more)

    def test_poseidon16(self) -> None:
        for vector in self.vectors["poseidon16"]:
            self.assertEqual(poseidon.H(*map(int, vector["in"])), int(vector["out"]))

    def test_asset_ids(self) -> None:
        for vector in self.vectors["asset_id"]:
            self.assertEqual(f"0x{documents.asset_id(vector['asset']):030x}", vector["id"])

    def test_subject_ids(self) -> None:
        for vector in self.vectors["subject"]:
            self.assertEqual(documents.hashed_text(vector["subject"]), int(vector["id"], 16))

    def test_commitments(self) -> None:
        several = [*self.vectors["cases"], *self.vectors["false"]]
        more = [a for case in several for a in case["accounts"]]
        for document in self.vectors["accounts"] + more:
            K, opening = model.committed(document)
            self.assertEqual(model.commitment(opening), K)

    def test_policy_digests(self) -> None:
        pairs = [(v["policy"], v["digest"]) for v in self.vectors["policy_digests"]]
        pairs += [(v["policy"], v["policy_digest"]) for v in self.vectors["cases"]]
        for document, digest in pairs:
            own = model.policy_digest(documents.policy(document))
            self.assertEqual(own, int(digest, 16))

    def test_public_inputs_and_statement_hash(self) -> None:
        for case, claim in self.claims:
            s = case["statement"]
            inputs = model.public_inputs(claim.statement, s["slots"], s["assets"])
            self.assertEqual(inputs, [int(number, 16) for number in s["public_inputs"]])
            self.assertEqual(claim.statement.kinds, case["kinds"])
            own = model.statement_hash(s["circuit"], inputs)
            self.assertEqual("0x" + own.hex(), s["statement_hash"])

    def test_kinds_follow_the_commitments_order(self) -> None:
        for case, claim in self.claims:
            bits = [int(a["kind"] == "liability") for a in case["accounts"]]
            self.assertEqual(claim.statement.kinds, sum(bit << m for m, bit in enumerate(bits)))
            for m in range(len(bits)):
                wrong = changed(claim, kinds=claim.statement.kinds ^ 1 << m)
                self.assert_fails("S1", wrong, model.netted_in_full(claim))

    def test_the_claims_are_true_where_held_shares_hold(self) -> None:
        for case, claim in self.claims:
            with self.subTest(case["name"]):
                if case.get("held_shares_hold", True):
                    model.check(claim, model.netted_in_full(claim))
                else:
                    self.assert_fails("S6", claim, model.netted_in_full(claim))
                found = decide.find_allocation(claim) is not None
                self.assertEqual(found, case.get("held_shares_hold", True))

    def test_largest_base_ratio_is_true_and_one_more_false(self) -> None:
        for case, claim in self.claims:
            if not case.get("held_shares_hold", True):
                continue
            ratio = int(case["largest_ratio_bps"][0])
            with self.subTest(case["name"]):
                most = changed(claim, ratio=ratio)
                model.check(most, model.netted_in_full(most))
                self.assertIsNotNone(decide.find_allocation(most))
                above = changed(claim, ratio=ratio + 1)
                self.assert_fails("S7", above, model.netted_in_full(above))
                self.assertIsNone(decide.find_allocation(above))

    def test_largest_ratio_of_every_scenario(self) -> None:
        for case, claim in self.claims:
            with self.subTest(case["name"]):
                largest = [int(text) for text in case["largest_ratio_bps"]]
                self.assertEqual(model.covered_ratios(claim), largest)
                held = case.get("held_shares_hold", True)
                decided = [decide.largest_ratio(claim, j) for j in range(len(largest))]
                self.assertEqual(decided, largest if held else [-1] * len(largest))

    def test_held_values_and_report(self) -> None:
        for case, claim in self.claims:
            if claim.policy.complete:
                T, _ = model.check_claim(claim)
                v = [model.values(t, 0, p)[0] for t, p in zip(T, claim.statement.prices)]
                self.assertEqual(v, [int(text) for text in case["held_values"]])
                report = model.report_lines(claim.policy, v)
                lines = [int(text) for text in case["report_lines"]]
                self.assertEqual(list(report), lines + [0] * (15 - len(lines)))
                words = [int(text, 16) for text in case["report_words"]]
                self.assertEqual(model.report_words(report), words)

    def test_false_claims(self) -> None:
        *others, last = self.vectors["false"]
        self.assertEqual(len(others), 4)
        self.assertIn("S6", last["because"])
        for vector in self.vectors["false"]:
            fifth = vector is last
            prices = self.vectors["cases"][4]["prices"] if fifth else {
                a["asset"]: "1" for a in vector["policy"]["assets"]}
            with self.subTest(vector["because"]):
                claim = model.make_claim(
                    vector["policy"], prices, vector["accounts"], subject=SUBJECT,
                    as_of_from=vector.get("as_of_from", TIME),
                    as_of_to=vector.get("as_of_to", TIME), public_debt="0", ratio=1,
                )
                nothing = Allocation(
                    (0,) * len(prices), ((0,) * len(prices),) * len(claim.ratios))
                self.assert_fails(vector["because"][:2], claim, nothing)
                self.assertIsNone(decide.find_allocation(claim))

    def test_signed_documents(self) -> None:
        vector = self.vectors["eip712"]
        key, address = int(vector["private_key"], 16), vector["address"]
        self.assertEqual(signed.checksum_address(signed.multiply(key, signed.G)), address)
        for part, document in SIGNED.items():
            with self.subTest(part):
                digest = signed.document_digest(document, vector[part]["message"])
                self.assertEqual("0x" + digest.hex(), vector[part]["digest"])
                self.assertEqual(signed.recover(digest, vector[part]["signature"]), address)
                self.assertEqual(signed.sign(digest, key), vector[part]["signature"])

    def test_reference_and_spellings(self) -> None:
        vector = self.vectors["eip712"]
        given = vector["reference"]
        own = signed.account_reference(bytes.fromhex(given["salt"][2:]), given["reference"])
        self.assertEqual(own, int(given["account"], 16))
        spellings = vector["spellings_of_the_attestations_signature"]
        self.assertEqual(len(set(spellings)), 5)
        canonical = vector["attestation"]["signature"]
        self.assertEqual({signed.read_signature(text) for text in spellings}, {canonical})

    def test_signed_documents_belong_to_the_first_case(self) -> None:
        first, claim = self.claims[0]
        vector = self.vectors["eip712"]
        prices = vector["price_snapshot"]["message"]
        self.assertEqual(int(prices["policy"], 16), claim.statement.policy)
        self.assertEqual(tuple(map(int, prices["prices"])), claim.statement.prices)
        word = vector["representation"]["message"]
        self.assertEqual(word["statement"], first["statement"]["statement_hash"])
        self.assertEqual(vector["revocation"]["message"]["document"],
                         vector["attestation"]["digest"])
        commitments = [a["commitment"] for a in first["accounts"]]
        self.assertIn(hex(int(vector["attestation"]["message"]["commitment"], 16)), commitments)

    def test_holders_and_roll_ups(self) -> None:
        vector = self.vectors["rollup"]
        holders = [self.holder(h) for h in vector["holders"]]
        cents = [Opening(1, holders[0].subject, TIME, i + 1, documents.entries([[USD, str(i)]]))
                 for i in range(17)]
        for part, accounts in (("one_level", holders), ("two_levels", cents)):
            v = vector[part]
            shape = rollup.Shape(v["slots"], 12, 12)
            self.assertEqual(shape.depth, v["depth"])
            s, w = rollup.merge(accounts, shape, TIME, TIME, int(v["salt"], 16))
            self.assertEqual(list(filter(None, w.commitments)), [int(K, 16) for K in v["list"]])
            self.assertEqual(s.list_root, int(v["list_root"], 16))
            self.assertEqual(w.merged.entries, documents.entries(v["positions"]))
            self.assertEqual(s.merged, int(v["commitment"], 16))
            rollup.check(s, w, shape)

    def holder(self, document: dict) -> Opening:
        """The account of a holder."""
        blinding = rollup.holder_blinding(document["holder"], int(document["salt"], 16))
        self.assertEqual(blinding, int(document["blinding"], 16))
        positions = documents.entries(document["positions"])
        opening = Opening(1, documents.hashed_text(SUBJECT), TIME, blinding, positions)
        self.assertEqual(model.commitment(opening), int(document["commitment"], 16))
        return opening


class WorkedExamples(Clauses):
    """Values in the text of the specification."""

    @classmethod
    def setUpClass(cls) -> None:
        cls.cases = vectors()["cases"]

    def test_poseidon_of_section_3_1(self) -> None:
        constants, matrix = poseidon.parameters()
        self.assertEqual(len(constants), 1292)
        numbers = (constants[0], constants[1291], matrix[0][0], matrix[16][16])
        self.assertEqual([f"{n:064x}" for n in numbers], [
            "2fb583762b37592c6c5a95eb1d06694b6c6f9dc4f1ad4862dd8f5e67cb7a3f5c",
            "2a437b970ff32645bd5303f9474b5743427333c6663d17f44d918e9f2ca005d4",
            "196b76cefdcc7f6a54c71d40114a0bb82694c936f1573ac7ac1ea3fcce1fe938",
            "1d3ee85f078fbeecda2473efc2bedd1ba7ec6f4795faaeae3b0de48d3080c625",
        ])
        self.assertEqual(len(set(constants)), 1292)
        with self.assertRaises(ValueError):
            poseidon.H(poseidon.R)
        with self.assertRaises(ValueError):
            poseidon.H(*range(17))

    def test_conventions(self) -> None:
        empty = "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470"
        self.assertEqual(documents.keccak256(b"").hex(), empty)
        r = "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001"
        self.assertEqual(f"{poseidon.R:x}", r)

    def test_tags_of_section_3_4(self) -> None:
        self.assertEqual([hex(t) for t in (*model.TAGS, model.POLICY_TAG, rollup.ROLLUP_TAG,
                                           rollup.HOLDER_TAG)], [
            "0x636f76656e616e742f636f6c6c61746572616c2f7632",
            "0x636f76656e616e742f6c696162696c6974792f7632",
            "0x636f76656e616e742f706f6c6963792f7632",
            "0x636f76656e616e742f726f6c6c75702f7632",
            "0x636f76656e616e742f686f6c6465722f7632",
        ])

    def test_identifiers_of_section_3_3(self) -> None:
        token = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"
        self.assertEqual(documents.asset_id(token), 0x474243DA30ED6407D184653185658A)
        self.assertEqual(documents.asset_id(token.lower()), documents.asset_id(token))
        self.assertNotEqual(documents.asset_id("isin:us"), documents.asset_id("isin:US"))
        self.assertNotEqual(documents.asset_id(token), documents.asset_id("EIP155" + token[6:]))
        customer = 0x00D16B63E94BDF7483D82EC7006796D06FFAAB10ED6585ABE16E0483796E3FB4
        self.assertEqual(documents.hashed_text("customer 0"), customer)

    def test_identifiers_of_section_11_1(self) -> None:
        registry = 0x00112233445566778899AABBCCDDEEFF00112233
        self.assertEqual(
            documents.context_on_chain(31337, registry, 7, 0),
            0x6132D4F350E0B5FEFA35C522A141A3A40C92919F83A2E86A0F38257931B564,
        )
        self.assertEqual(
            documents.facility_on_chain(31337, registry, 7),
            0x97607B6D31CA2C614F38F318165B2DF35EB5466FBEA3E19B78541F91309F1E,
        )
        self.assertEqual(
            documents.facility_id(registry, 1), 0x3C57502180841DEF3A766B77FEB94019)
        texts = (b"covenant/facility/v1", b"covenant/context/v1")
        tags = [documents.keccak256(text).hex() for text in texts]
        self.assertEqual(tags, [
            "adc3a2001f2303b995d2fc4d2efeb476708005da3faef1ffd2111a84612f0877",
            "d3a6e7f61b54e06fce722e1a96b2e3d7fc04d97357837b70087d744e92beaf2a",
        ])

    def test_selectors_of_the_calls(self) -> None:
        terms = ("(uint256,uint256,uint32,bytes32[],address[],uint128,address,uint64,uint64,uint64,"
                 "uint64,uint64,uint8,uint8,(address,address,uint8)[],(address,uint8,uint64)[],"
                 "bytes32,address,uint64,uint256,bytes32,uint128,uint64,address)")
        signed = "(uint8[],bytes[])"
        prices = f"(uint80[],uint64,uint128[],{signed})"
        submission = ("((uint256,address,uint128,uint64),uint8,uint256,uint64,uint64,uint128,uint32,"
                      f"uint64,uint256[5],uint256[],(uint64,uint64,uint8,bytes32,bytes32,{signed})[],"
                      f"(uint64,uint64,{signed})[],{prices},bytes)")
        basis = "(uint32,uint64,uint64,bytes32,bytes32)"
        envelope = "(uint32[],uint32[],uint256,uint256)"
        statement = ("(uint256,uint64,uint64,uint256,uint128,uint32,uint256,uint64,uint256[5],"
                     "uint256[],uint128[])")
        functions = [f"verify(uint256[{n}],bytes)" for n in (25, 37, 61)]
        functions += [f"verify({statement},bytes)", f"submit(uint128,{terms},{submission})",
                      f"open(bytes32,{terms})",
                      f"challenge(uint128,{terms},{basis},uint128[],{envelope},{prices},int256[])"]
        self.assertEqual([documents.keccak256(f.encode())[:4].hex() for f in functions], [
            "6626599b", "eab0cf5a", "c31ea29e", "6502b47b", "9249ec30", "b818cdab", "989f90db"])

    def test_commitments_of_section_4_1(self) -> None:
        self.assertEqual(documents.hashed_text(SUBJECT),
                         0x00AF1F3358D0B9B71956E139B307CC4B0CA92820B98C07B4E33119ACA97D4E7B)
        bad = "eip155:1/erc20:0x0000000000000000000000000000000000000bad"
        positions = [[BILL, "18000000000"], [BTC, "33300000001"], [ETH, "1"], [bad, str(10**30)]]
        self.assertEqual([f"0x{e:064x}" for e in documents.entries(positions)], [
            "0x009cd86fddf860cc3c7c6a496012e1ec00000000000000000000000430e23400",
            "0x00eced618e070fb063ff1db4b5ab294e000000000000000000000007c0d5ad01",
            "0x00d418f2f00c124224c8ff2bdc60a7c700000000000000000000000000000001",
            "0x005244a20c59b8022fa76e0638503e0f0000000c9f2c9cd04674edea40000000",
        ])
        blinding = 0x15294153DA2EC0035E0E14CA778E6176E500BDDF37B003074F0F4C3C2052E52B
        one = account("collateral", blinding, *((a, int(n)) for a, n in positions))
        self.assertEqual(int(one["commitment"], 16),
                         0x1DD01AC765670F6ECA99D961B58FF73C9D0B61CDB28E39FF2D46F3AD59DE4901)
        blinding = 0x16CE45990D9792C14FBA675D9F6D26B2D4AE6AF5FB68EB68BDA039233DDE8FCB
        twelve = account("collateral", blinding, *((USD, n) for n in range(12)))
        thirteen = account("collateral", blinding, *((USD, n) for n in range(13)))
        self.assertEqual([int(a["commitment"], 16) for a in (twelve, thirteen)], [
            0x20695A97C24EE0B91F1BD02CE1A8A8BE44FC85EE1E686CA75D33C9CAA12083A6,
            0x1B5C379F803C159F4CDEF05520081FCDE3FA1632AF9BC2CF1B9284D0AA578F13,
        ])
        blinding = 0x36CC5F64C8EDFA3169A73BF4C83CF3B8C0A70A7A84567F9953A5154281FA6F5
        owed = account("liability", blinding, (USD, 2000000000), (BTC, 10000000000))
        self.assertEqual(int(owed["commitment"], 16),
                         0x066EF722E3BCADC31D1A68404A48D247EC1DF4C7E03815C015C79A10C0EF68B2)
        blinding = 0x2511E0B53418A2C51B2410A6F0AE1284A9CC2FF74EAF6D618434D99C09FF7F0C
        self.assertEqual(int(account("collateral", blinding)["commitment"], 16),
                         0x303EEE1FA0DEA3B1F93A25366E0B09C69D4B92E3CC2AE5E57FF46E8B3F705A25)

    def test_complete_policy_of_section_5_5(self) -> None:
        document = self.cases[3]["policy"]
        p = documents.policy(document)
        self.assertEqual(len(documents.canonical(document)), 1379)
        self.assertEqual(documents.keccak256(documents.canonical(document)).hex(),
                         "6a39bf174f22382d16269ee21e520498dcbb718bc5fb83020a5a182ecb006192")
        self.assertEqual(p.terms, 0x6A39BF174F22382D16269EE21E520498DCBB718BC5FB83020A5A182ECB0061)
        self.assertEqual(model.head_words(p), (
            0x2710, 0xF424000070104, 0, 0x2710271027102710, 0x251C000000001388,
            0x2710012C27102710))
        self.assertEqual(poseidon.H(model.POLICY_TAG, p.terms, *model.head_words(p)),
                         0x0E46C8C59B6D114AC6957E0504A2E64A6D0565E02831A167B262DC7DE799B1AC)
        self.assertEqual([model.packed_words(asset) for asset in p.assets], [
            (0x271000000027105244A20C59B8022FA76E0638503E0F, 0,
             0x271000000000000000000000000000000000000000000000),
            (0x271000000927109CD86FDDF860CC3C7C6A496012E1EC,
             0x26DE000000000000000026DE0000000000000000,
             0x23280000000000000000000026DE26DE0000000000000000),
            (0x271000000A2710AA064F6F063EC4E4A556DEAFEE11C8,
             0x2710000000000000000027100000000000000000,
             0x271000000000000000000000271027100000000000000000),
            (0x03E80000042710ECED618E070FB063FF1DB4B5AB294E,
             0x2328000000000000000023280000000000000000,
             0x271000000000000000000000232823280000000000000000),
        ])
        self.assertEqual(model.policy_digest(p),
                         0x19DA0D7F135013534080B4CC43D00D1E4EE9DC4A517CCA653142C49C545230C2)

    def test_policy_with_tiers_of_section_5_5(self) -> None:
        document = self.cases[0]["policy"]
        p = documents.policy(document)
        self.assertEqual(len(documents.canonical(document)), 1088)
        self.assertEqual(p.terms, 0xF9E9C00B229C4ABB8A1A6FF50A1FD28E08797535974C3E4B6B1E49EBE5F6A6)
        self.assertEqual(model.head_words(p), (0x2AF82904, 4, 0, 0, 0, 0))
        self.assertEqual(poseidon.H(model.POLICY_TAG, p.terms, *model.head_words(p)),
                         0x23D9EA96AFAA840A8B9D99DE50E7EB57867325E11AA41EFBDF131B5E4314BA52)
        self.assertEqual([model.packed_words(asset) for asset in p.assets], [
            (0x267A271000000027109CD86FDDF860CC3C7C6A496012E1EC,
             0x26DE000000000000000026DE0000000000000000,
             0x27100000000000000000000026DE26DE0000000000000000),
            (0x271027100300002710AA064F6F063EC4E4A556DEAFEE11C8,
             0x2710000000000000000027100000000000000000,
             0x271000000000000000000000271027100000000000000000),
            (0x27100DAC0000002710D418F2F00C124224C8FF2BDC60A7C7,
             0x1770000000000000000021340000000002FAF080,
             0x271000000000000000000000177017700000000000000000),
            (0x27100FA00200002710ECED618E070FB063FF1DB4B5AB294E,
             0x1F400000000017D7840023280000000005F5E100,
             0x271000000000000000000000138813880000000000000000),
        ])

    def test_shapes_of_section_6_1(self) -> None:
        counts = {text: model.shape(text).public_inputs for text in model.NAMED_SHAPES}
        self.assertEqual(counts, {"small": 25, "medium": 37, "large": 61, "xlarge": 93})
        self.assertEqual(str(model.shape("large")), "16x66x32x8")
        self.assertEqual(str(model.shape("xlarge")), "16x4107x64x8")
        self.assertEqual(model.shape("4x27x8x4"), model.shape("small"))

    def test_lines_of_section_s5(self) -> None:
        bitcoin = documents.policy(self.cases[0]["policy"]).assets[3]
        self.assertEqual(bitcoin.name, BTC)
        self.assertEqual(model.lines(bitcoin, 219555555559287 * 10**4), (
            19760000000335830000000, 18564444444742960000000, 26977777777964350000000,
            26977777777964350000000))

    def test_statement_of_section_6_6(self) -> None:
        claim = case_claim(self.cases[0])
        a = model.netted_in_full(claim)
        T, L = model.check_claim(claim)
        self.assertEqual(T, (18000000000, 1250000000, 41250000000000000000008, 222300000001))
        self.assertEqual(L, (0, 2000000000, 0, 10000000000))
        self.assertEqual(a.n, (0, 1250000000, 0, 0))
        pairs = [model.values(t - n, l - n, p)
                 for t, l, n, p in zip(T, L, a.n, claim.statement.prices)]
        v, o = zip(*pairs)
        self.assertEqual(v, (178416000000000, 0, 128842312500000, 219555555559287))
        self.assertEqual(o, (0, 7500000000000, 0, 9876543210000))
        self.assertEqual(a.c, (
            (17752392000000000000000, 0, 8980538750000000000000, 18564444444742960000000),
            (17752392000000000000000, 0, 3833058796875000000000, 7904000000134332000000),
            (17486106120000000000000, 0, 8980538750000000000000, 18564444444742960000000),
        ))
        self.assertEqual([sum(c) for c in a.c], [
            45297375194742960000000, 29489450797009332000000, 45031089314742960000000])
        self.assertEqual([model.owed(claim, j, o) for j in range(3)], [
            1673765432100000000, 1614506172840000000, 1673765432100000000])
        model.check(claim, a)
        self.assertTrue(claim.policy.on_grid(27000))
        owes = stranger(claim, 1, documents.asset_id(ETH) << 128 | 1)
        self.assert_fails("S2", owes, a)

    def test_statement_of_section_6_7(self) -> None:
        claim = case_claim(self.cases[3])
        a = model.netted_in_full(claim)
        self.assertEqual(a.c, (
            (0, 22683612000000000000000, 4334567890000000000000, 711111111120000000000),
            (0, 22683612000000000000000, 4334567890000000000000, 71111111112000000000),
        ))
        self.assertEqual([sum(c) for c in a.c], [27729291001120000000000, 27089291001112000000000])
        self.assertEqual(claim.statement.report[:4], (227, 43, 7, 0))
        self.assertFalse(claim.policy.on_grid(11000))

    def test_statement_hash_of_section_6_8(self) -> None:
        circuit = "covenant-2/4x27x8x4/vector"
        self.assertEqual(documents.keccak256(circuit.encode()).hex(),
                         "6b85eb59e77927a96564ecb5b29990448bda429db98ee2a1e9647e61ca78a68a")
        inputs = model.public_inputs(case_claim(self.cases[0]).statement, 4, 8)
        self.assertEqual(model.statement_hash(circuit, inputs).hex(),
                         "9f2a55906176cd55cde8db52da1dac4d7bf8f5bb8f520fc7a02a8216a9f948dc")
        self.assertNotEqual(model.statement_hash("another", inputs),
                            model.statement_hash(circuit, inputs))

    def test_second_tree_of_section_8a_3(self) -> None:
        v = vectors()["rollup"]["two_levels"]
        K = [int(text, 16) for text in v["list"]]
        self.assertEqual(rollup.list_root(K[:16], 1),
                         0x026455BB268819E340CFF4CEBF51E418DE965BC5FF13C48201447937FFE24408)
        self.assertEqual(rollup.list_root(K[16:], 1),
                         0x02AF9BCDF39F226882BFC01BA6241E3088D8CB87E136F35416BFA5852D9890B5)
        self.assertEqual(rollup.blinding(int(v["list_root"], 16), 20, int(v["salt"], 16)),
                         0x1CFD25610DD637F1FFE0B44A1488CCE65E1CA93CE354DF9102ED52E140B7B556)


class Statement(Clauses):
    """Each clause holds for an honest claim, and refuses one that breaks it, as 6.4 orders."""

    def test_honest(self) -> None:
        claim = example()
        self.assertEqual(model.netted_in_full(claim), ALLOCATION)
        model.check(claim, ALLOCATION)
        model.check(claim, Allocation(ALLOCATION.n, ((1649380000000000000 - 1,), ALLOCATION.c[1])))
        honest = complete()
        model.check(honest, model.netted_in_full(honest))
        self.assertEqual(honest.statement.report, (0, 2000, *[0] * 13))
        nobody = changed(with_accounts(example()), public_debt=0)
        model.check(nobody, Allocation((0,), ((0,), (0,))))
        self.assert_fails("S7", changed(nobody, public_debt=1), Allocation((0,), ((0,), (0,))))

    def test_s1(self) -> None:
        claim = example()
        s = claim.statement
        for wrong in ({"kinds": 0}, {"kinds": s.kinds ^ 3}, {"kinds": s.kinds | 4},
                      {"subject": s.subject + 1}, {"as_of_to": TIME - 1},
                      {"as_of_from": TIME + 1}):
            self.assert_fails("S1", changed(claim, **wrong))
        for right in ({"as_of_to": TIME}, {"as_of_from": TIME}):
            model.check(changed(claim, **right), ALLOCATION)
        (K, first), second = basket(claim)
        for pair in ((K + 1, first), (K, replace(first, blinding=3)),
                     (K, replace(first, entries=()))):
            self.assert_fails("S1", with_accounts(claim, pair, second))

    def test_s1_accounts_of_different_seconds(self) -> None:
        early, late = (account(a["kind"], i + 1, *((n, int(m)) for n, m in a["positions"]), as_of=t)
                       for i, (a, t) in enumerate(zip(HELD[:2], (TIME - 60, TIME + 60))))
        honest = complete(early, late)
        model.check(honest, model.netted_in_full(honest))
        for wrong in ({"as_of_from": TIME - 59}, {"as_of_to": TIME + 59}):
            self.assert_fails("S1", changed(honest, **wrong), model.netted_in_full(honest))

    def test_no_statement(self) -> None:
        claim = example()
        one, two = basket(claim)
        for accounts in ((one, one), (two, one), ((0, one[1]),)):
            wrong = with_accounts(claim, *accounts)
            with self.assertRaises(model.NotAStatement):
                model.check(wrong, ALLOCATION)
            self.assertIsNone(decide.find_allocation(wrong))
        with self.assertRaises(model.NotAStatement):
            model.check(changed(claim, as_of_from=TIME + 61), ALLOCATION)

    def test_s2_liability_that_is_not_listed(self) -> None:
        eth = documents.asset_id(ETH)
        for e in (documents.asset_id(USD) << 128, eth << 128 | 1 << 112, eth, 1,
                  1 << 248 | eth << 128):
            self.assert_fails("S2", stranger(example(), 1, e))
            model.check(stranger(example(), 0, e), ALLOCATION)
        model.check(stranger(example(), 1, 0, 0, 0, 0, eth << 128), ALLOCATION)
        model.check(stranger(example(), 1, *[0] * 40), ALLOCATION)

    def test_s2_liability_without_may_owe(self) -> None:
        document = parsed()
        del document["assets"][0]["may_owe"]
        self.assert_fails("S2", example(document=document))
        none = account("liability", 2, (ETH, 0))
        self.assert_fails("S2", example(none, document=document))

    def test_s2_complete_policy_lists_everything(self) -> None:
        for e in (documents.asset_id(BTC) << 128, documents.asset_id(ETH) << 128 | 1 << 112, 1):
            claim = stranger(complete(), 0, e)
            self.assert_fails("S2", claim, model.netted_in_full(complete()))
        claim = stranger(complete(), 0, 0, documents.asset_id(ETH) << 128)
        model.check(claim, model.netted_in_full(complete()))

    def test_s2_ids_and_kinds_are_two_values(self) -> None:
        eth = documents.asset_id(ETH)
        claim = stranger(example(), 1, eth + 1 << 128)
        self.assert_fails("S2", claim)

    def test_s3(self) -> None:
        for n in (-1, 2000000000000000004):
            self.assert_fails("S3", example(), replace(ALLOCATION, n=(n,)))
        document = parsed()
        document["assets"][0]["netting"] = False
        self.assert_fails("S3", example(document=document))
        self.assert_fails("S3", stranger(example(), 1), replace(ALLOCATION, n=(10**30,)))
        self.assert_fails("S7", example(), Allocation((0,), ALLOCATION.c))

    def test_s4(self) -> None:
        price = {ETH: str(2**120 - 1)}
        self.assert_fails("S4", example(prices=price))
        debtor = account("liability", 1, (ETH, 2**112 - 1))
        self.assert_fails("S4", example(debtor, prices=price), replace(ALLOCATION, n=(0,)))
        self.assertEqual(model.values(1, 1, 1), (0, 1))
        self.assertEqual(model.values(2, 2, 10**30), (2, 2))

    def test_s5(self) -> None:
        for j in (0, 1):
            for c in (ALLOCATION.c[j][0] + 1, -1):
                wrong = [list(c_j) for c_j in ALLOCATION.c]
                wrong[j] = [c]
                self.assert_fails("S5", example(), replace(ALLOCATION, c=wrong))

    def test_s5_filling_in_order_is_the_least_line(self) -> None:
        document = parsed()
        document["assets"][0]["tiers"] = [
            {"up_to": 3, "weight_bps": 9000}, {"up_to": 7, "weight_bps": 9000},
            {"up_to": 8, "weight_bps": 20}, {"weight_bps": 0}]
        asset = documents.policy(document).assets[0]
        for whole in range(12):
            x, filled = whole * 10**10 + whole, 0
            rest = x
            for weight, width in zip(asset.weights, (*asset.widths, 2**100)):
                part = min(rest, width * 10**10)
                filled, rest = filled + weight * part, rest - part
            self.assertEqual(min(model.lines(asset, x)), filled)

    def test_s6_counted(self) -> None:
        for place in ("assets", "groups"):
            document = parsed()
            document[place][0]["max_share_bps"] = 9999
            self.assert_fails("S6", example(document=document))
        document = parsed()
        document["groups"].append({"name": "none", "min_share_bps": 1, "max_share_bps": 1})
        self.assert_fails("S6", example(document=document))
        owner = account("collateral", 1, (ETH, 7))
        nothing = Allocation(n=(0,), c=((0,), (0,)))
        model.check(example(owner, document=document, public_debt="0"), nothing)

    def test_s6_held(self) -> None:
        for place, i, field, value in (
            ("assets", 1, "max_held_share_bps", 6576), ("groups", 0, "max_held_share_bps", 3423),
            ("groups", 1, "min_held_share_bps", 6577)):
            for more in (0, 1):
                document = parsed(COMPLETE)
                right = value + more if "max" in field else value - more
                document[place][i][field] = right
                claim = complete(document=document)
                if more:
                    model.check(claim, model.netted_in_full(claim))
                else:
                    self.assert_fails("S6", claim, model.netted_in_full(claim))
                self.assertEqual(decide.find_allocation(claim) is not None, bool(more))
        poor = complete(account("liability", 5, (USD, 10000)), public_debt="0")
        self.assert_fails("S7", poor, model.netted_in_full(poor))
        empty = complete(account("collateral", 5), public_debt="0")
        model.check(empty, model.netted_in_full(empty))

    def test_s7(self) -> None:
        model.check(example(ratio=13744), ALLOCATION)
        self.assert_fails("S7", example(ratio=13745))
        document = parsed()
        document["scenarios"][0]["min_ratio_bps"] = 10622
        self.assert_fails("S7", example(document=document))
        document["scenarios"][0]["min_ratio_bps"] = 10621
        model.check(example(document=document), ALLOCATION)

    def test_s8(self) -> None:
        claim = example()
        self.assert_fails("S8", example(prices={ETH: "0"}))
        self.assert_fails("S8", changed(claim, policy=claim.statement.policy ^ 1))
        for field, value in (("max_share", 10001), ("weights", (10001, 0, 0, 0)), ("id", 0),
                             ("widths", (2**53, 0, 0)), ("group_mask", 2**15),
                             ("max_held_share", 10001)):
            asset = replace(claim.policy.assets[0], **{field: value})
            self.assert_s8(claim, replace(claim.policy, assets=(asset,)))
        self.assert_s8(claim, replace(claim.policy, assets=claim.policy.assets * 2))
        self.assert_s8(claim, replace(claim.policy, report_grain=2**53))
        group = replace(claim.policy.groups[0], max_held_share=10001)
        self.assert_s8(claim, replace(claim.policy, groups=(group,)))

    def assert_s8(self, claim: Claim, policy: documents.Policy) -> None:
        """The claim with this policy and its digest fails S8."""
        wrong = replace(changed(claim, policy=model.policy_digest(policy)), policy=policy)
        with self.assertRaises(Fails) as caught:
            model.check_s8(wrong)
        self.assertEqual(caught.exception.clause, "S8")

    def test_s9(self) -> None:
        claim = example()
        model.check_s9(claim, documents.hashed_text("a nonce of 2026-11-20"))
        with self.assertRaises(Fails) as caught:
            model.check_s9(claim, documents.hashed_text(""))
        self.assertEqual(caught.exception.clause, "S9")

    def test_s10(self) -> None:
        claim = complete()
        a = model.netted_in_full(claim)
        for g, line in ((1, 1999), (1, 2001), (1, 0), (0, 1), (14, 1)):
            report = list(claim.statement.report)
            report[g] = line
            wrong = changed(claim, report=tuple(report))
            self.assert_fails("S10", wrong, a)
            self.assertIsNone(decide.find_allocation(wrong))
        wrong = changed(example(), report=(1, *[0] * 14))
        self.assert_fails("S10", wrong)
        self.assertIsNone(decide.find_allocation(wrong))

    def test_s10_rounds_down(self) -> None:
        for amount, line in ((600299, 2000), (600300, 2001)):
            claim = complete(account("collateral", 3, (USD, amount), (ETH, 10**18)))
            self.assertEqual(claim.statement.report[1], line)
            model.check(claim, model.netted_in_full(claim))

    def test_order(self) -> None:
        claim = changed(complete(), report=(1, *[0] * 14))
        a = model.netted_in_full(complete())
        too_much = replace(a, c=((a.c[0][0] + 1, *a.c[0][1:]),))
        self.assert_fails("S5", claim, too_much)
        self.assert_fails("S7", changed(claim, ratio=2**20 - 1), a)
        self.assert_fails("S3", claim, replace(too_much, n=(1, 0)))
        self.assert_fails("S2", stranger(claim, 0, 1), replace(too_much, n=(1, 0)))
        self.assert_fails("S8", stranger(changed(claim, policy=1), 0, 1), a)
        self.assert_fails("S1", stranger(changed(claim, policy=1, subject=1), 0, 1), a)

    def test_an_allocation_that_lacks_numbers(self) -> None:
        c = ALLOCATION.c
        for a in (Allocation((), c), Allocation((0,), c[:1]), Allocation((0,), (c[0], ())),
                  Allocation((0,), (c[0], (1, 2)))):
            with self.assertRaises(model.Malformed):
                model.check(example(), a)

    def test_prices_are_found_by_id(self) -> None:
        token = "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48"
        p = replace(example().policy, assets=(replace(
            example().policy.assets[0], id=documents.asset_id(token)),))
        shouted = {token.replace("a0b8", "A0B8"): "7"}
        self.assertEqual(model.prices_of(p, shouted), (7,))
        self.assert_refused("Duplicate", model.prices_of, p, shouted | {token: "7"})
        self.assert_refused("Missing", model.prices_of, p, PRICES)


class Shapes(Clauses):
    """Section 6.1."""

    def test_text(self) -> None:
        for good in ("1x1x1x1", "64x12x64x16", "1x131072x1x1", "2x65536x1x1", "4x26x8x4"):
            self.assertEqual(str(model.shape(good)), good)
        for bad in ("", "4x27x8", "4x27x8x04", "0x27x8x4", "65x27x8x4", "4x0x8x4", "4x27x65x4",
                    "4x27x8x17", "64x2049x8x4", "1x131073x1x1", "Small", "4X27X8X4", "4x27x8x4\n"):
            self.assert_refused("Shape", model.shape, bad)

    def test_fits(self) -> None:
        claim = complete()
        self.assertTrue(claim.fits(model.shape("3x12x2x1")))
        self.assertFalse(claim.fits(model.shape("2x12x2x1")))
        self.assertFalse(claim.fits(model.shape("3x12x1x1")))
        self.assertFalse(example().fits(model.shape("3x12x1x1")))
        many = account("collateral", 1, *[(USD, 1)] * 13)
        self.assertFalse(complete(many).fits(model.shape("3x12x2x1")))
        self.assertTrue(complete(many).fits(model.shape("3x27x2x1")))
        self.assertTrue(complete(many).fits(model.shape("3x13x2x1")))

    def test_fits_where_a_block_does_not_end(self) -> None:
        """S1: beyond P the last block has zeros only, and there is no block after it."""
        self.assertEqual([model.blocks_of(n) for n in (0, 12, 13, 27, 28, 66)], [1, 1, 2, 2, 3, 5])
        for entries, positions, good in (
            ((1,) * 13, 13, True), ((1,) * 14, 13, False), ((1,) * 13 + (0,) * 14, 13, True),
            ((1,) * 13 + (0,) * 15, 13, False), ((1,) * 12 + (0,) * 15, 12, False),
            ((), 1, True), ((0, 1), 1, False),
        ):
            self.assertEqual(model.is_held(entries, positions), good, (entries, positions))

    def test_smallest(self) -> None:
        self.assertEqual(model.smallest_shape(4, 8, 4), model.shape("small"))
        self.assertEqual(model.smallest_shape(4, 9, 4), model.shape("medium"))
        self.assertEqual(model.smallest_shape(9, 1, 1), model.shape("large"))
        self.assertIsNone(model.smallest_shape(1, 1, 9))

    def test_unused_slots_are_0(self) -> None:
        s = complete().statement
        inputs = model.public_inputs(s, 4, 8)
        self.assertEqual(inputs[13:], [*s.commitments, 0, *s.prices, *[0] * 6])
        for accounts, assets in ((2, 8), (4, 1)):
            self.assert_refused("DoesNotFit", model.public_inputs, s, accounts, assets)


if __name__ == "__main__":
    unittest.main()
