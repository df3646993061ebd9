"""Documents that are refused, signatures, the decision against brute force, and agree.py."""

import contextlib
import io
import itertools
import json
import random
import sys
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path
from unittest import mock

import z3

import agree
import covenant_model as model
import decide
import documents
import signed
from test_model import ETH, EXAMPLE_ACCOUNTS, EXAMPLE_ALLOCATION, EXAMPLE_POLICY, SUBJECT, example


class Names(unittest.TestCase):
    """Sections 2.1, 3.2 and 10.1."""

    def test_names(self) -> None:
        for good in ("a", "a b", "\u00e9" * 100, "a\u200bb", "\ufeff", "\u180e"):
            self.assertEqual(documents.name(good), good)
        for bad in ("", " a", "a\u3000", "\u00a0a", "a\u0085", "a\x00b", "\x7f", "a\tb",
                    "\u00e9" * 101, "\ud800", "\u2028a"):
            with self.assertRaises(documents.Malformed):
                documents.name(bad)

    def test_price_of_a_whole_unit(self) -> None:
        price = documents.price_of_whole_unit
        self.assertEqual(price(312345, 2, 18), 3123450000000000000000)
        for wrong, code in (((1, 19, 18), "Exponent"), ((0, 2, 18), "Zero"),
                            ((2**120, 18, 18), "TooLarge")):
            with self.assertRaises(documents.Malformed) as caught:
                price(*wrong)
            self.assertEqual(caught.exception.code, code)

    def test_json(self) -> None:
        for bad in ("1.0", "1e3", "-0", "NaN", '{"a":1,"a":1}', "[1,]", "1 2", '"\t"', "01", ""):
            with self.assertRaises(documents.Malformed):
                documents.read_json(bad)
        for bad in ("0x", "0X1", "1", "0xA", "0x" + "0" * 65, hex(documents.R), " 0x1", "0x1\n"):
            with self.assertRaises(documents.Malformed):
                documents.element(bad)
        for bad in ("", "01", "+1", "-1", "1 ", "\u0661", str(2**128), 1, None):
            with self.assertRaises(documents.Malformed):
                documents.integer_text(bad)


class Policies(unittest.TestCase):
    """Section 5."""

    def refused(self, code: str, *path: object, value: object) -> None:
        """Set what is at the path, or remove it where the value is `...`."""
        document = json.loads(EXAMPLE_POLICY)
        *parents, last = path
        place = document
        for step in parents:
            place = place[step]
        if value is ...:
            del place[last]
        else:
            place[last] = value
        with self.assertRaises(documents.Malformed, msg=f"{path} {value}") as caught:
            documents.policy(document)
        self.assertEqual(caught.exception.code, code, f"{path} {value}")

    def test_fields(self) -> None:
        self.refused("Json", "name", value=...)
        self.refused("Json", "more", value=1)
        self.refused("Json", "assets", 0, "netting", value=1)
        self.refused("Json", "assets", 0, "decimals", value=True)
        self.refused("Json", "scenarios", 0, "moves_bps", value=[])
        self.refused("Version", "version", value=2)
        self.refused("Name", "quote", value="")
        self.refused("Name", "assets", 0, "symbol", value=" ")

    def test_ranges(self) -> None:
        for field in ("min_ratio_bps", "ratio_step_bps"):
            self.refused("Range", field, value=0)
            self.refused("Range", field, value=2**20)
        self.refused("Range", "assets", value=[])
        self.refused("Range", "groups", value=[{}] * 16)
        self.refused("Range", "scenarios", value=[{}] * 16)
        self.refused("Range", "assets", 0, "decimals", value=37)
        self.refused("Range", "assets", 0, "max_share_bps", value=10001)
        self.refused("Range", "assets", 0, "tiers", value=[])
        self.refused("Range", "assets", 0, "tiers", 0, "up_to", value=2**60)
        self.refused("Range", "assets", 0, "tiers", 0, "up_to", value=0)
        self.refused("Range", "assets", 0, "tiers", 0, "weight_bps", value=10001)
        self.refused("Range", "groups", 0, "min_share_bps", value=10001)
        self.refused("Range", "scenarios", 0, "min_ratio_bps", value=2**16)
        self.refused("Range", "scenarios", 0, "moves_bps", ETH, value=-10001)
        self.refused("Range", "scenarios", 0, "moves_bps", ETH, value=55536)

    def test_references_and_tiers(self) -> None:
        document = json.loads(EXAMPLE_POLICY)
        for part in ("groups", "scenarios", "assets"):
            self.refused("Duplicate", part, value=document[part] * 2)
        self.refused("Duplicate", "assets", 0, "groups", value=["crypto"] * 2)
        self.refused("Undefined", "assets", 0, "groups", value=["other"])
        self.refused("Undefined", "scenarios", 0, "moves_bps", value={"other": 0})
        self.refused("Tiers", "assets", 0, "tiers", 0, "up_to", value=...)
        self.refused("Tiers", "assets", 0, "tiers", 1, "up_to", value=10001)
        self.refused("Tiers", "assets", 0, "tiers", 1, "weight_bps", value=9001)
        twice = {"up_to": 10, "weight_bps": 1}
        self.refused("Tiers", "assets", 0, "tiers", value=[twice, twice, {"weight_bps": 0}])

    def test_canonical_form(self) -> None:
        document = json.loads(EXAMPLE_POLICY)
        tiers = document["assets"][0]["tiers"]
        tiers[0]["up_to"], tiers[1]["up_to"] = 2**59, None
        document["name"] = 'a "\\\u00e9/'
        text = documents.canonical(document).decode()
        self.assertIn('"up_to":576460752303423500,', text)
        self.assertIn('{"weight_bps":5000}]', text)
        self.assertIn('"name":"a \\"\\\\\u00e9/"', text)
        self.assertEqual(documents.policy(document).assets[0].widths[0], 2**59)


class Signatures(unittest.TestCase):
    """Section 7.2."""

    def test_type_hashes(self) -> None:
        hashes = [signed.domain_separator()]
        hashes += [signed.type_hash(t) for t in (signed.ATTESTATION, signed.PRICE_SNAPSHOT)]
        self.assertEqual([h.hex() for h in hashes], [
            "933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe",
            "0f0af9a8d9c8ce52deaa0ccf04c3f49c3b29beac3279dd83ee1eae8262dc6292",
            "cb9b4ee5e0f01b3ae7f3d9c6bcde9843d164250c063b0fb2e8b4d16580ab5351",
        ])

    def test_rules(self) -> None:
        digest = documents.keccak256(b"a message")
        good = signed.sign(digest, 42)
        address = signed.recover(digest, good)
        signed.verify(digest, good, address)
        r, s, v = good[2:66], good[66:130], good[130:]
        high = f"{signed.N - int(s, 16):064x}"
        no_x = next(x for x in range(1, 99)
                    if pow(x**3 + 7, signed.FIELD // 2, signed.FIELD) != 1)
        for wrong, code in (
            (good[2:], "Format"), (good.upper(), "Format"), (good[:-2], "Format"),
            (good + "\n", "Format"),
            (f"0x{r}{s}00", "RecoveryByte"), (f"0x{'0' * 64}{s}{v}", "Scalar"),
            (f"0x{r}{signed.N:064x}{v}", "Scalar"), (f"0x{r}{high}{v}", "HighS"),
            (f"0x{no_x:064x}{s}{v}", "NoKey"),
            (f"0x{r}{s}{'1b' if v == '1c' else '1c'}", "Forged"),
        ):
            with self.assertRaises(documents.Malformed) as caught:
                signed.verify(digest, wrong, address)
            self.assertEqual(caught.exception.code, code)


class Decision(unittest.TestCase):
    """find_allocation against brute force on claims of a few micro-units (6.5)."""

    def random_claim(self, draw: random.Random) -> model.Claim:
        """Prices of 1 micro-unit a base unit or so, one scenario, tiny numbers."""
        document = json.loads(EXAMPLE_POLICY)
        document["assets"][0]["tiers"] = [{"weight_bps": draw.choice((10000, 7000, 1))}]
        document["assets"][0]["max_share_bps"] = draw.choice((10000, 6000))
        dollar = document["assets"][0] | {"asset": "iso4217:USD", "groups": [], "netting": False,
                                          "max_share_bps": draw.choice((10000, 5000))}
        document["assets"].append(dollar)
        document["scenarios"] = []
        return example(document=document, ratio=draw.choice((1, 9000, 15000)), public_debt="1",
                       prices={"iso4217:USD": "1" + "0" * 30, ETH: str(draw.randrange(1, 10**30))})

    def exists(self, claim: model.Claim, T: tuple, L: tuple) -> bool:
        """Every n, and for each the x at which C is largest or the shares are at their limit."""
        assets = claim.policy.assets
        bounds = [min(t, l) if a.netting else 0 for a, t, l in zip(assets, T, L)]
        for n in itertools.product(*(range(b + 1) for b in bounds)):
            tops = [model.values(T[i] - n[i], 0, claim.prices[i])[0] * 10**4 for i in (0, 1)]
            for x in itertools.product(*(self.candidates(tops, i, claim) for i in (0, 1))):
                try:
                    parts = tuple((0, 0, 0, x_a) for x_a in x)
                    model.check(claim, model.Allocation(n, (parts,)))
                    return True
                except model.Fails:
                    pass
        return False

    def candidates(self, tops: list[int], i: int, claim: model.Claim) -> set[int]:
        """All of an asset, or as much as a share allows beside all of the other one."""
        share = claim.policy.assets[i].max_share
        most = tops[1 - i] * share // (10**4 - share) if share < 10**4 else tops[i]
        return {0, tops[i], min(most, tops[i])}

    def test_against_brute_force(self) -> None:
        draw, seen = random.Random(1), set()
        for _ in range(60):
            claim = self.random_claim(draw)
            T = tuple(draw.randrange(8) for _ in range(2))
            L = tuple(draw.randrange(4) for _ in range(2))
            with mock.patch.object(model, "check_claim", return_value=(T, L)), \
                    mock.patch.object(decide, "check_claim", return_value=(T, L)):
                found = decide.find_allocation(claim) is not None
                self.assertEqual(found, self.exists(claim, T, L), (claim, T, L))
            seen.add(found)
        self.assertEqual(seen, {True, False})

    def test_undecided(self) -> None:
        with mock.patch.object(z3.Solver, "check", return_value=z3.unknown):
            with self.assertRaises(decide.Undecided):
                decide.find_allocation(example())

    def test_claims_that_no_allocation_helps(self) -> None:
        for claim in (replace(example(), kinds=0), example(prices={ETH: "0"})):
            self.assertIsNone(decide.find_allocation(claim))


class Agree(unittest.TestCase):
    """The comparison finds each thing that is wrong, and accepts what is right."""

    def line(self, **changes: object) -> dict:
        claim = example()
        right = {"netted": [str(n) for n in EXAMPLE_ALLOCATION.n],
                 "tiers": [[list(map(str, x)) for x in x_j] for x_j in EXAMPLE_ALLOCATION.x]}
        return {
            "policy": EXAMPLE_POLICY, "policy_digest": hex(claim.policy_digest),
            "subject": SUBJECT, "as_of": 1790000000, "public_debt": "12000000000",
            "ratio": 13700, "kinds": "2", "prices": {ETH: "3123450000000000000000"},
            "accounts": list(EXAMPLE_ACCOUNTS), "verdict": True,
            "judged": [{"allocation": right, "fails": None},
                       {"allocation": right | {"netted": ["0"]}, "fails": "S7"}],
        } | changes

    def run_on(self, *lines: dict) -> tuple[int, str]:
        """The exit code and what is printed."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "claims.jsonl"
            path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
            output = io.StringIO()
            with mock.patch.object(sys, "argv", ["agree.py", str(path)]), \
                    contextlib.redirect_stdout(output):
                return agree.main(), output.getvalue()

    def test_agrees(self) -> None:
        false = self.line(ratio=20000, verdict=False, judged=[])
        code, text = self.run_on(self.line(), false, false | {"verdict": "undecided"})
        self.assertEqual((code, text.splitlines()[:2]),
                         (0, ["3 claims, agree", "verdicts: 1 true, 1 false, 1 undecided"]), text)

    def test_differences(self) -> None:
        account = EXAMPLE_ACCOUNTS[0] | {"commitment": "0x3"}
        wrong = [
            ("policy_digest", {"policy_digest": "0x1"}),
            ("commitment", {"accounts": [account, EXAMPLE_ACCOUNTS[1]]}),
            ("verdict", {"verdict": False}),
            ("verdict", {"verdict": "undecided"}),
            ("verdict", {"ratio": 20000, "judged": []}),
            ("judged[0]", {"judged": [self.line()["judged"][0] | {"fails": "S3"}]}),
            ("line", {"more": 1}),
            ("line", {"policy": json.loads(EXAMPLE_POLICY)}),
            ("line", {"judged": [{}]}),
        ]
        for what, changes in wrong:
            with self.subTest(what):
                code, text = self.run_on(self.line(), self.line(**changes))
                self.assertEqual(code, 1, text)
                self.assertIn(f"line 2: {what}: ", text)

    def test_a_witness_decides_for_an_undecided_model(self) -> None:
        with mock.patch.object(agree, "find_allocation", side_effect=decide.Undecided):
            self.assertEqual(self.run_on(self.line())[0], 0)
            self.assertEqual(self.run_on(self.line(verdict="undecided"))[0], 1)
            self.assertEqual(self.run_on(self.line(verdict=False, judged=[]))[0], 1)
            self.assertEqual(self.run_on(self.line(verdict="undecided", judged=[]))[0], 0)


if __name__ == "__main__":
    unittest.main()
