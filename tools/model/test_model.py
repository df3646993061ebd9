"""The model against the repository's vectors, and each clause of its checker against a
allocation that breaks it."""

import json
import unittest
from dataclasses import replace
from pathlib import Path

from covenant_model import (
    Account,
    Claim,
    Fails,
    Malformed,
    Policy,
    asset_id,
    check,
    kinds_of,
    short_hash,
)
from decide import find_allocation
from poseidon import hash4

DATA = Path(__file__).resolve().parents[2] / "circuits/tests/data/conformance.json"
VECTORS = json.loads(DATA.read_text())


def claim_of(case, ratio):
    first = case["accounts"][0]
    fields = {k: case[k] for k in ("prices", "public_debt", "accounts")}
    kinds = kinds_of([Account.parse(a) for a in case["accounts"]])
    head = {"policy": json.dumps(case["policy"]), "ratio": ratio, "kinds": kinds}
    return Claim.parse(fields | head | {"subject": first["subject"], "as_of": first["as_of"]})


class Identifiers(unittest.TestCase):
    def test_poseidon(self):
        for case in VECTORS["poseidon4"]:
            self.assertEqual(hash4(*map(int, case["in"])), int(case["out"]))

    def test_ids(self):
        for case in VECTORS["asset_id"]:
            self.assertEqual(asset_id(case["asset"]), int(case["id"], 16))
        for case in VECTORS["subject"]:
            self.assertEqual(short_hash(case["subject"].encode()), int(case["id"], 16))

    def test_commitments(self):
        of_cases = [a for case in VECTORS["cases"] for a in case["accounts"]]
        for account in VECTORS["accounts"] + of_cases:
            self.assertEqual(Account.parse(account).commitment(), int(account["commitment"], 16))

    def test_policy_digests(self):
        for case in VECTORS["policy_digests"]:
            policy = Policy.parse(json.dumps(case["policy"]))
            self.assertEqual(policy.digest(), int(case["digest"], 16))
        for case in VECTORS["cases"]:
            policy = Policy.parse(json.dumps(case["policy"]))
            self.assertEqual(policy.digest(), int(case["policy_digest"], 16))

    def test_policies_refused(self):
        good = VECTORS["cases"][0]["policy"]
        text = json.dumps(good)
        Policy.parse(text)
        bad = [
            json.dumps(good | {"more": 1}),
            text.replace('"version": 1', '"version": 1, "version": 1'),
            text.replace("12500", "12500.0"),
            text.replace("8500", "10001"),
            text.replace("8500", "5999"),  # below the next tier's weight
            text.replace("50000000", str(1 << 60)),
            text.replace("-6500", "-10001"),
            json.dumps(good | {"assets": good["assets"] * 2}),
        ]
        for document in bad:
            self.assertNotEqual(document, text)
            with self.assertRaises(Malformed):
                Policy.parse(document)


class Relation(unittest.TestCase):
    def test_largest_ratio_and_one_more(self):
        for case in VECTORS["cases"]:
            largest = int(case["largest_ratio_bps"][0])
            self.assertIsNotNone(find_allocation(claim_of(case, largest)))
            self.assertIsNone(find_allocation(claim_of(case, largest + 1)))

    def test_largest_scenario_ratio_and_one_more(self):
        for case in VECTORS["cases"]:
            for j, largest in enumerate(case["largest_ratio_bps"][1:]):
                if int(largest) >= (1 << 16) - 1:
                    continue  # not a scenario ratio
                for ratio, holds in ((int(largest), True), (int(largest) + 1, False)):
                    policy = json.loads(json.dumps(case["policy"]))
                    policy["scenarios"][j]["min_ratio_bps"] = ratio
                    claim = claim_of(case | {"policy": policy}, 1)
                    self.assertEqual(find_allocation(claim) is not None, holds)

    def test_every_clause_can_fail(self):
        case = VECTORS["cases"][0]
        ratio = int(case["largest_ratio_bps"][0])
        claim = claim_of(case, ratio)
        allocation = find_allocation(claim)
        check(claim, allocation)

        def clause(claim, allocation):
            with self.assertRaises(Fails) as caught:
                check(claim, allocation)
            return caught.exception.clause

        self.assertEqual(clause(replace(claim, as_of=1), allocation), "S1")
        self.assertEqual(clause(replace(claim, subject="x"), allocation), "S1")
        self.assertEqual(clause(replace(claim, accounts=claim.accounts * 2), allocation), "S1")
        for kinds in (claim.kinds ^ 1, 0, claim.kinds + (1 << len(claim.accounts))):
            self.assertNotEqual(kinds, claim.kinds)
            self.assertEqual(clause(replace(claim, kinds=kinds), allocation), "S1")
        unlisted = replace(claim.accounts[1], positions=(("isin:X", 0),))
        self.assertEqual(unlisted.kind, "liability")
        self.assertEqual(clause(replace(claim, accounts=(unlisted,), kinds=1), allocation), "S2")
        netted = tuple(n + 2**112 for n in allocation.netted)
        self.assertEqual(clause(claim, replace(allocation, netted=netted)), "S3")
        dear = {name: 2**120 - 1 for name in claim.prices}
        self.assertEqual(clause(replace(claim, prices=dear), allocation), "S4")
        first = [[list(x) for x in s] for s in allocation.tiers]
        first[0][0][3] += 2**100
        self.assertEqual(clause(claim, replace(allocation, tiers=first)), "S5")
        policy = json.loads(json.dumps(case["policy"]))
        for asset in policy["assets"]:
            asset["max_share_bps"] = 2499
        capped = claim_of(case | {"policy": policy}, ratio)
        self.assertEqual(clause(capped, allocation), "S6")
        self.assertEqual(clause(replace(claim, ratio=ratio + 1), allocation), "S7")
        free = claim.prices | {claim.policy.assets[-1].name: 0}
        self.assertEqual(clause(replace(claim, prices=free), allocation), "S8")
        self.assertIsNone(find_allocation(replace(claim, prices=free)))

    def test_kinds_follow_the_commitments_order(self):
        for case in VECTORS["cases"]:
            basket = [Account.parse(a) for a in case["accounts"]]
            basket.sort(key=Account.commitment)
            bits = "".join(str(int(a.kind == "liability")) for a in reversed(basket))
            self.assertEqual(kinds_of(basket), int(bits, 2))
            self.assertEqual(kinds_of(basket[::-1]), int(bits, 2))


if __name__ == "__main__":
    unittest.main()
