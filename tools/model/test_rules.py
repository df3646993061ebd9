"""Names, policies and their check, signatures, the decision against brute force, and agree.py."""

import contextlib
import io
import itertools
import json
import random
import sys
import tempfile
import unittest
from pathlib import Path
from unittest import mock

import z3

import agree
import covenant_model as model
import decide
import documents
import policy_check
import signed
from examples import (
    ACCOUNTS,
    ALLOCATION,
    BILL,
    BTC,
    COMPLETE,
    ETH,
    HELD,
    POLICY,
    PRICES,
    SUBJECT,
    TIME,
    USD,
    Clauses,
    account,
    changed,
    complete,
    example,
    parsed,
    vectors,
)

TOKEN = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48"


class Names(Clauses):
    """Sections 2.1, 3.2 and 10.1."""

    def test_names(self) -> None:
        for good in ("a", "a b", "\u00e9" * 100, "a\u200bb", "\ufeff", "\u180e"):
            self.assertEqual(documents.name(good), good)
        for bad in ("", " a", "a\u3000", "\u00a0a", "a\u0085", "a\x00b", "\x7f", "a\tb",
                    "\u00e9" * 101, "\ud800", "\u2028a"):
            self.assert_refused("Malformed", documents.name, bad)

    def test_an_id_of_zero(self) -> None:
        with mock.patch.object(documents, "keccak256", return_value=bytes(15) + b"\xff" * 17):
            self.assert_refused("ZeroId", documents.asset_id, "a")
            self.assert_refused("Name", documents.policy, parsed())

    def test_price_of_a_whole_unit(self) -> None:
        price = documents.price_of_whole_unit
        self.assertEqual(price(312345, 2, 18), 3123450000000000000000)
        for wrong, code in (((1, 19, 18), "Exponent"), ((0, 2, 18), "Zero"),
                            ((2**120, 18, 18), "TooLarge")):
            self.assert_refused(code, price, *wrong)

    def test_largest_price_of_a_whole_unit(self) -> None:
        """The table of section 2.1, rounded down to four digits."""
        for decimals, thousandths in ((0, 1329), (2, 132922), (6, 1329227995), (8, 132922799578)):
            top, bottom = documents.largest_price(decimals)
            self.assertEqual(top * 1000 // bottom, thousandths)
            whole = top // bottom
            self.assertGreater(documents.price_of_whole_unit(whole, 0, decimals), 0)
            self.assert_refused("TooLarge", documents.price_of_whole_unit, whole + 1, 0, decimals)

    def test_json(self) -> None:
        for bad in ("1.0", "1e3", "-0", "NaN", '{"a":1,"a":1}', "[1,]", "1 2", '"\t"', "01", "",
                    r'"\ud800"', r'{"\udfff":1}', "[" * 10**5, "\ufeff1"):
            self.assert_refused("Json", documents.read_json, bad)
        self.assertEqual(documents.read_json(r' "\ud83d\ude00" '), "\U0001f600")
        for bad in ("0x", "0X1", "1", "0xA", "0x" + "0" * 65, " 0x1", "0x1\n", 1, None):
            self.assert_refused("Json", documents.element, bad)
        self.assert_refused("Range", documents.element, hex(documents.R))
        self.assert_refused("Range", documents.identifier, hex(2**248))
        self.assertEqual(documents.hash_text(hex(2**256 - 1)), 2**256 - 1)
        self.assertEqual(documents.element("0x" + "0" * 63 + "1"), 1)
        for bad in ("", "01", "+1", "-1", "1 ", "\u0661", 1, None, "1\n"):
            self.assert_refused("Json", documents.integer_text, bad)
        self.assert_refused("Range", documents.integer_text, str(2**128))

    def test_files(self) -> None:
        self.assertEqual(documents.read_file(b" {} \n"), {})
        self.assert_refused("TooLarge", documents.read_file, b" " * 2**20 + b"1")
        self.assert_refused("Json", documents.read_file, b'"\xff"')


class Openings(Clauses):
    """Section 10.2."""

    def test_fields(self) -> None:
        good = {key: value for key, value in ACCOUNTS[1].items() if key != "commitment"}
        documents.opening(good)
        for key, value, code in (
            ("version", 1, "Version"), ("kind", "other", "Json"), ("subject", "", "Malformed"),
            ("as_of", 2**64, "Range"), ("as_of", "1", "Json"), ("as_of", True, "Json"),
            ("blinding", hex(documents.R), "Range"), ("positions", [[ETH]], "Json"),
            ("positions", [[ETH, 1]], "Json"), ("positions", [[ETH, str(2**112)]], "Range"),
            ("positions", [["", "1"]], "Malformed"), ("positions", None, "Json"),
            ("more", 1, "Json"), ("positions", [[USD, "1"]] * (2**17 + 1), "Range"),
        ):
            self.assert_refused(code, documents.opening, good | {key: value})
        for key in good:
            rest = {k: v for k, v in good.items() if k != key}
            self.assert_refused("Json", documents.opening, rest)


def edited(text: str, *path: object, value: object) -> dict:
    """The document with another value at the path, or without it where the value is `...`."""
    document = json.loads(text)
    *parents, last = path
    place = document
    for step in parents:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return document


class Policies(Clauses):
    """Sections 5.1 to 5.3."""

    def refused(self, code: str, *path: object, value: object, text: str = POLICY) -> None:
        """The edited document is refused."""
        self.assert_refused(code, documents.policy, edited(text, *path, value=value))

    def accepted(self, *path: object, value: object, text: str = POLICY) -> documents.Policy:
        """The edited document is well formed."""
        return documents.policy(edited(text, *path, value=value))

    def test_fields(self) -> None:
        for field in ("version", "name", "quote", "min_ratio_bps", "ratio_step_bps", "assets"):
            self.refused("Json", field, value=...)
        for field in ("asset", "symbol", "decimals", "tiers"):
            self.refused("Json", "assets", 0, field, value=...)
        self.refused("Json", "assets", 0, "tiers", 0, "weight_bps", value=...)
        self.refused("Json", "groups", 0, "name", value=...)
        for field in ("name", "min_ratio_bps"):
            self.refused("Json", "scenarios", 0, field, value=...)
        self.refused("Json", "more", value=1)
        self.refused("Json", "assets", 0, "netting", value=1)
        self.refused("Json", "assets", 0, "decimals", value=True)
        self.refused("Json", "scenarios", 0, "moves_bps", value=[])
        self.refused("Json", "complete", value=0)
        self.refused("Json", "groups", 0, "report", value="true")
        self.refused("Version", "version", value=1)
        self.refused("Name", "quote", value="")
        self.refused("Name", "assets", 0, "symbol", value=" ")

    def test_null_is_refused(self) -> None:
        for path in (("complete",), ("report_grain",), ("groups",), ("scenarios",),
                     ("assets", 0, "netting"), ("assets", 0, "may_owe"), ("assets", 0, "groups"),
                     ("assets", 0, "max_share_bps"), ("assets", 0, "max_held_share_bps"),
                     ("assets", 0, "tiers", 1, "up_to"), ("groups", 0, "report"),
                     ("groups", 0, "min_share_bps"), ("scenarios", 0, "moves_bps"),
                     ("scenarios", 0, "moves_bps", ETH)):
            self.refused("Json", *path, value=None)

    def test_defaults(self) -> None:
        document = json.loads(POLICY)
        document["assets"][0] = {key: document["assets"][0][key]
                                 for key in ("asset", "symbol", "decimals", "tiers")}
        for field in ("groups", "scenarios"):
            del document[field]
        p = documents.policy(document)
        a = p.assets[0]
        self.assertEqual((p.complete, p.report_grain, p.groups, p.ratios), (False, 0, (), ()))
        self.assertEqual((a.netting, a.may_owe, a.max_share, a.max_held_share, a.group_mask),
                         (False, False, 10**4, 10**4, 0))
        self.assertEqual(a.multipliers, (10**4,))
        group = documents.policy(json.loads(POLICY)).groups[0]
        self.assertEqual(group, documents.Group("crypto", 0, 10**4, 0, 10**4, False))
        still = self.accepted("scenarios", 0, "moves_bps", value=...)
        self.assertEqual(still.assets[0].multipliers, (10**4, 10**4))
        for path, value in ((("complete",), False), (("assets", 0, "max_share_bps"), 10**4),
                            (("groups", 0, "report"), False)):
            written = self.accepted(*path, value=value)
            self.assertNotEqual(written.terms, documents.policy(json.loads(POLICY)).terms)
            self.assertNotEqual(model.policy_digest(written),
                                model.policy_digest(documents.policy(json.loads(POLICY))))

    def test_ranges(self) -> None:
        for field in ("min_ratio_bps", "ratio_step_bps"):
            self.refused("Range", field, value=0)
            self.refused("Range", field, value=2**20)
            self.accepted(field, value=2**20 - 1)
        self.refused("Range", "assets", value=[])
        self.refused("Range", "groups", value=[{}] * 16)
        self.refused("Range", "scenarios", value=[{}] * 16)
        self.refused("Range", "report_grain", value=2**53)
        self.refused("Range", "assets", 0, "decimals", value=37)
        self.refused("Range", "assets", 0, "tiers", value=[])
        self.refused("Range", "assets", 0, "tiers", 0, "up_to", value=2**53)
        self.refused("Range", "assets", 0, "tiers", 0, "up_to", value=0)
        self.accepted("assets", 0, "tiers", 0, "up_to", value=2**53 - 1)
        self.refused("Range", "assets", 0, "tiers", 0, "weight_bps", value=10001)
        for place, field in (("assets", "max_share_bps"), ("assets", "max_held_share_bps"),
                             ("groups", "min_share_bps"), ("groups", "max_share_bps"),
                             ("groups", "min_held_share_bps"), ("groups", "max_held_share_bps")):
            self.refused("Range", place, 0, field, value=10001)
            self.refused("Range", place, 0, field, value=-1)
        for low, high in (("min_share_bps", "max_share_bps"),
                          ("min_held_share_bps", "max_held_share_bps")):
            group = {"name": "crypto", low: 5, high: 4}
            self.refused("Range", "groups", 0, value=group)
        self.refused("Range", "scenarios", 0, "min_ratio_bps", value=2**16)
        self.refused("Range", "scenarios", 0, "moves_bps", ETH, value=-10001)
        self.refused("Range", "scenarios", 0, "moves_bps", ETH, value=55536)
        self.accepted("scenarios", 0, "moves_bps", ETH, value=55535)

    def test_many_assets(self) -> None:
        document = json.loads(POLICY)
        asset = document["assets"][0]
        document["assets"] += [asset | {"asset": f"asset {i}"} for i in range(254)]
        self.assertEqual(len(documents.policy(document).assets), 255)
        document["assets"].append(asset | {"asset": "one more"})
        self.assert_refused("Range", documents.policy, document)

    def test_references_and_tiers(self) -> None:
        document = json.loads(POLICY)
        for part in ("groups", "scenarios", "assets"):
            self.refused("Duplicate", part, value=document[part] * 2)
        two = [document["assets"][0] | {"asset": text} for text in (TOKEN.lower(), TOKEN)]
        self.refused("Duplicate", "assets", value=[*document["assets"], *two])
        token = self.accepted("assets", value=[*document["assets"], two[0]])
        self.assertEqual(len(token.assets), 2)
        self.refused("Duplicate", "scenarios", 0, "moves_bps",
                     value={ETH: 0, "eip155:1/SLIP44:60": 0})
        self.refused("Duplicate", "assets", 0, "groups", value=["crypto"] * 2)
        self.refused("Undefined", "assets", 0, "groups", value=["other"])
        self.refused("Undefined", "scenarios", 0, "moves_bps", value={"other": 0})
        self.refused("Tiers", "assets", 0, "tiers", 0, "up_to", value=...)
        self.refused("Tiers", "assets", 0, "tiers", 1, "up_to", value=10001)
        self.refused("Tiers", "assets", 0, "tiers", 1, "weight_bps", value=9001)
        twice = {"up_to": 10, "weight_bps": 1}
        self.refused("Tiers", "assets", 0, "tiers", value=[twice, twice, {"weight_bps": 0}])

    def test_moves_are_of_the_id(self) -> None:
        document = json.loads(POLICY)
        document["assets"][0]["asset"] = TOKEN.lower()
        document["scenarios"][0]["moves_bps"] = {TOKEN: 7}
        self.assertEqual(documents.policy(document).assets[0].multipliers, (10**4, 10**4 + 7))

    def test_complete(self) -> None:
        self.refused("Complete", "complete", value=True)
        self.accepted("assets", 0, "max_held_share_bps", value=10**4)
        for place, field, value in (("assets", "max_held_share_bps", 9999),
                                    ("groups", "max_held_share_bps", 9999),
                                    ("groups", "min_held_share_bps", 1)):
            self.refused("Complete", place, 0, field, value=value)
            self.accepted(place, 0, field, value=value, text=COMPLETE)
        self.refused("Complete", "report_grain", value=1)
        self.refused("Complete", "groups", 0, "report", value=True)
        self.refused("Complete", "report_grain", value=0, text=COMPLETE)
        self.refused("Complete", "report_grain", value=..., text=COMPLETE)
        self.refused("Complete", "complete", value=False, text=COMPLETE)
        self.refused("Complete", "assets", 0, "netting", value=True, text=COMPLETE)

    def test_canonical_form(self) -> None:
        document = json.loads(POLICY)
        document["name"] = 'a "\\\u00e9/'
        document["report_grain"] = 2**53 - 1
        self.assertIn('"name":"a \\"\\\\\u00e9/"', documents.canonical(document).decode())
        self.assertIn('"report_grain":9007199254740991', documents.canonical(document).decode())
        astral = documents.canonical({"\ufb33": 1, "\U0001f600": 2})
        self.assertEqual(astral.decode(), '{"\U0001f600":2,"\ufb33":1}')

    def test_grid(self) -> None:
        p = documents.policy(json.loads(POLICY))
        on = [ratio for ratio in range(10900, 11301) if p.on_grid(ratio)]
        self.assertEqual(on, [11000, 11100, 11200, 11300])

    def test_header_and_words(self) -> None:
        document = json.loads(COMPLETE)
        document["report_grain"] = 2**53 - 1
        p = documents.policy(document)
        self.assertEqual(model.head_words(p)[1], 2 | 1 << 8 | 1 << 17 | 2**53 - 1 << 32)
        document["scenarios"] = [{"name": str(j), "min_ratio_bps": j, "moves_bps": {ETH: j}}
                                 for j in range(1, 16)]
        words = model.packed_words(documents.policy(document).assets[1])
        for j in range(1, 16):
            word, bit = words[(j - 1) // 5], (160, 160, 96)[(j - 1) // 5] + 16 * ((j - 1) % 5)
            self.assertEqual(word >> bit & 0xFFFF, 10**4 + j)


class Check(Clauses):
    """Section 5.6."""

    def policy(self, **changes: object) -> dict:
        """A valid policy without a warning, or one like it."""
        document = {
            "version": 2, "name": "good", "quote": "iso4217:USD", "min_ratio_bps": 10000,
            "ratio_step_bps": 1,
            "assets": [self.asset(ETH), self.asset(USD), self.asset(BILL)],
            "groups": [{"name": "a"}, {"name": "b"}],
        }
        document["assets"][0]["groups"] = ["a"]
        document["assets"][1]["groups"] = ["b"]
        return document | changes

    def asset(self, name: str, **changes: object) -> dict:
        """An asset of weight 1."""
        tiers = [{"weight_bps": 10000}]
        return {"asset": name, "symbol": "x", "decimals": 8, "tiers": tiers} | changes

    def refused(self, rule: str, document: dict) -> None:
        """Well formed, and refused by this rule."""
        documents.policy(document)
        with self.assertRaises(documents.Malformed) as caught:
            policy_check.check_policy(document)
        self.assertEqual(caught.exception.code, "Check")
        self.assertIn(rule, str(caught.exception))

    def test_valid(self) -> None:
        checked = policy_check.check_policy(self.policy())
        self.assertEqual(checked.warnings, ())
        self.assertEqual(int(checked.largest_prices[ETH]), 132922799)

    def test_forms_of_names(self) -> None:
        for good in (ETH, BTC, USD, BILL, TOKEN, TOKEN.lower(), "abc:x/def:y", "abc:x/def:%41/9.z",
                     "iso4217x:XAU/abc:d", TOKEN.lower().replace("erc20", "erc721") + "/7"):
            policy_check.check_policy(self.policy(assets=[self.asset(good)], groups=[]))
        for bad in ("gold", "iso4217:usd", "iso4217:USDX", "isin:US912797QD2", "ab:x/def:y",
                    "iso4217:XAU/abc:d", "isin:US912797QD26/abc:d",
                    "abc:x", "abc:x/def:y/z/w", "abc:x_/def:y_", "ABC:x/def:y", "abc:/def:y",
                    "abc:x/def:" + "y" * 129, f"{SUBJECT}", "Isin:US912797QD26",
                    "eip155:01/slip44:60", "eip155:one/slip44:60", "eip155:1/slip44:060",
                    TOKEN[:-1], TOKEN.replace("0x", ""), TOKEN + "0"):
            self.refused("unknown form", self.policy(assets=[self.asset(bad)], groups=[]))

    def test_addresses(self) -> None:
        for bad in (TOKEN.replace("A0b", "a0b"), TOKEN[:-42] + "0x" + TOKEN[-40:].upper(),
                    TOKEN.replace("0xA", "0XA"), TOKEN.lower().replace("0xa", "0Xa")):
            self.refused("checksum", self.policy(assets=[self.asset(bad)], groups=[]))
        other = TOKEN.replace("A0b", "a0b").replace("eip155", "abc")
        policy_check.check_policy(self.policy(assets=[self.asset(other)], groups=[]))

    def test_spellings(self) -> None:
        move = [{"name": "s", "min_ratio_bps": 10000, "moves_bps": {TOKEN: -1}}]
        assets = [self.asset(TOKEN.lower())]
        self.refused("two spellings", self.policy(assets=assets, groups=[], scenarios=move))
        same = self.policy(assets=[self.asset(TOKEN)], groups=[], scenarios=move)
        policy_check.check_policy(same)
        self.refused("two spellings", self.policy(groups=[
            {"name": "a"}, {"name": "b"}, {"name": "\uff41"}]))
        self.refused("two spellings", self.policy(scenarios=[
            {"name": text, "min_ratio_bps": 10000} for text in ("e\u0301", "\u00e9")]))

    def test_check_digits(self) -> None:
        self.assertTrue(policy_check.is_isin("US912797QD26"))
        self.assertFalse(policy_check.is_isin("US912797QD28"))
        for bad in ("isin:US912797QD28", "isin:us912797QD26", "isin:0S912797QD26"):
            self.refused("check digits", self.policy(assets=[self.asset(bad)], groups=[]))
        self.assertTrue(policy_check.is_lei(SUBJECT[4:]))
        for bad in ("lei:5493001KJTIIGC8Y1R13", "lei:", "lei:5493001KJTIIGC8Y1R120"):
            self.refused("check digits", self.policy(name=bad))
            self.refused("check digits", self.policy(quote=bad))
        policy_check.check_policy(self.policy(name=SUBJECT))

    def test_disjoint_floors(self) -> None:
        for floor, held in (("min_share_bps", False), ("min_held_share_bps", True)):
            for second, good in ((4000, True), (4001, False)):
                groups = [{"name": "a", floor: 6000}, {"name": "b", floor: second}]
                document = self.policy(groups=groups, complete=held)
                if good:
                    policy_check.check_policy(document)
                else:
                    self.refused("disjoint floors", document)
                document["assets"][1]["groups"] = ["a", "b"]
                document["assets"][0]["groups"] = ["a"]
                policy_check.check_policy(document)
        third = [{"name": text, "min_share_bps": 4000} for text in "abc"]
        document = self.policy(groups=third)
        self.refused("disjoint floors", document)
        document["assets"][1]["groups"] = ["b", "c"]
        policy_check.check_policy(document)

    def test_dilution(self) -> None:
        token = self.asset(TOKEN, tiers=[{"weight_bps": 0}])
        for cap, place in ((9999, "asset"), (9999, "group"), (10000, "asset")):
            for own in (100, 101, 10000):
                document = self.policy(complete=True)
                document["assets"].append(token | {"max_held_share_bps": own})
                capped = document["assets"][0] if place == "asset" else document["groups"][0]
                capped["max_held_share_bps"] = cap
                if own == 100 or cap == own == 10000:
                    policy_check.check_policy(document)
                else:
                    self.refused("dilute", document)

    def test_the_examples_of_section_5_5(self) -> None:
        cases = vectors()["cases"]
        vector, reserve = cases[0]["policy"], cases[3]["policy"]
        policy_check.check_policy(vector)
        self.refused("dilute", reserve)
        reserve["assets"][3]["max_held_share_bps"] = 100
        policy_check.check_policy(reserve)

    def warned(self, warning: str, document: dict) -> None:
        """Valid, with this warning alone."""
        warnings = policy_check.check_policy(document).warnings
        self.assertEqual(len(warnings), 1, warnings)
        self.assertIn(warning, warnings[0])

    def test_warnings(self) -> None:
        self.warned("smallest ratio", self.policy(min_ratio_bps=9999))
        scenario = {"name": "s", "min_ratio_bps": 9999}
        self.warned("smallest ratio", self.policy(scenarios=[scenario]))
        up = scenario | {"min_ratio_bps": 10000, "moves_bps": {ETH: 1}}
        self.warned("upward move", self.policy(scenarios=[up]))
        light = self.asset(BTC, tiers=[{"up_to": 1, "weight_bps": 1000}, {"weight_bps": 999}])
        self.warned("a weight below", self.policy(assets=[*self.policy()["assets"], light]))
        groups = [*self.policy()["groups"], {"name": "c"}]
        self.warned("without members", self.policy(groups=groups))
        self.warned("no asset name", self.policy(quote="dollars"))
        several = self.policy(complete=True, report_grain=1)
        several["groups"][0]["report"] = True
        self.assertEqual(policy_check.check_policy(several).warnings, ())
        several["assets"][1]["groups"] = ["a", "b"]
        self.warned("reported group", several)

    def test_caps_under_which_nothing_can_count(self) -> None:
        for caps, good in (((3333, 3333, 3333), False), ((3333, 3333, 3334), True)):
            document = self.policy()
            for asset, cap in zip(document["assets"], caps):
                asset["max_share_bps"] = cap
            if good:
                self.assertEqual(policy_check.check_policy(document).warnings, ())
            else:
                self.warned("nothing can count", document)
        document = self.policy(groups=[{"name": "a", "min_share_bps": 5000}, {"name": "b"}])
        document["assets"][0]["max_share_bps"] = 4999
        self.warned("nothing can count", document)
        document["assets"][2]["groups"] = ["a"]
        self.assertEqual(policy_check.check_policy(document).warnings, ())


class Signatures(Clauses):
    """Section 7."""

    def test_type_hashes(self) -> None:
        hashes = [signed.domain_separator(), *map(signed.type_hash, signed.TYPES)]
        self.assertEqual([h.hex() for h in hashes], [
            "933fee2ad886339352ae5a627740b74495195a7339e62b41dec3e6b595cb5ebe",
            "433c0b4f146c4e5754618ee3983c6aeed0228c3df9fc152b97ce57699ed4a921",
            "cb9b4ee5e0f01b3ae7f3d9c6bcde9843d164250c063b0fb2e8b4d16580ab5351",
            "f962484bed0518b20072cbf789e26f3a7f0b1a3f12510e73a05b18b6019ae1a0",
            "7039853e30eca6ad341e8c0b551c4679ee4a1dd407a7e2ab287cd4af53526878",
            "0277823b4dbaa29a065a5a2d514f799d0420f0959a37cbf6481a0303272a19c3",
            "d5415008fb2d9cf5ace1eb0894cb47812c94243920622024bf32e2571acfb9ea",
        ])

    def test_fields(self) -> None:
        good = {"document": "0x1", "at": 1}
        same = {"document": 1, "at": "1"}
        digest = signed.document_digest("Revocation", good)
        self.assertEqual(digest, signed.document_digest("Revocation", same))
        self.assertNotEqual(digest, signed.document_digest("Revocation", good | {"at": 2}))
        self.assert_refused("Json", signed.document_digest, "Revocation", {"document": "0x1"})
        self.assert_refused("Json", signed.document_digest, "Revocation", good | {"more": 1})
        for wrong in ({"at": 2**64}, {"at": -1}, {"document": 2**256}):
            self.assert_refused("Range", signed.document_digest, "Revocation", good | wrong)

    def test_typed_data(self) -> None:
        message = {"policy": 5, "asOf": TIME, "prices": [1, 2**119]}
        data = signed.typed_data("PriceSnapshot", message)
        self.assertEqual(data["message"], {
            "policy": f"0x{5:064x}", "asOf": str(TIME), "prices": ["1", str(2**119)]})
        self.assertEqual(data["types"]["PriceSnapshot"][2], {"name": "prices", "type": "uint128[]"})
        self.assertEqual(data["domain"], {"name": "Covenant", "version": "1"})
        self.assertEqual(signed.document_digest("PriceSnapshot", data["message"]),
                         signed.document_digest("PriceSnapshot", message))

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
            (good[:-2] + "1", "Format"), (good + "\n", "Format"), (" " + good, "Format"),
            ("0X" + good[2:], "Format"), ("", "Format"), (good + "00", "Format"),
            (f"0x{r}{s}02", "RecoveryByte"), (f"0x{r}{s}1d", "RecoveryByte"),
            (f"0x{'0' * 64}{s}{v}", "Scalar"), (f"0x{signed.N:064x}{s}{v}", "Scalar"),
            (f"0x{r}{'0' * 64}{v}", "Scalar"),
            (f"0x{r}{signed.N:064x}{v}", "Scalar"), (f"0x{r}{high}{v}", "HighS"),
            (f"0x{no_x:064x}{s}{v}", "NoKey"),
            (f"0x{r}{s}{'1b' if v == '1c' else '1c'}", "Forged"),
        ):
            self.assert_refused(code, signed.verify, digest, wrong, address)

    def test_spellings(self) -> None:
        seen = set()
        for i in range(8):
            digest = documents.keccak256(bytes([i]))
            good = signed.sign(digest, 42)
            r, s, v = good[2:66], good[66:130], int(good[130:], 16)
            short = f"0x{r}{int(s, 16) | (v - 27) << 255:064x}"
            for text in (good[2:], good.upper().replace("X", "x", 1), f"0x{r}{s}{v - 27:02x}",
                         short, short[2:]):
                self.assertEqual(signed.read_signature(text), good)
            seen.add(v)
        self.assertEqual(seen, {27, 28})

    def test_revocations(self) -> None:
        one, other = documents.keccak256(b"1"), documents.keccak256(b"2")
        known = [signed.Revocation("a", one, 100)]
        self.assertTrue(signed.is_revoked(one, "a", 100, known))
        self.assertFalse(signed.is_revoked(one, "a", 99, known))
        self.assertFalse(signed.is_revoked(one, "b", 100, known))
        self.assertFalse(signed.is_revoked(other, "a", 100, known))

    def test_references(self) -> None:
        self.assertNotEqual(signed.account_reference(bytes(32), "a"),
                            signed.account_reference(b"\x01" * 32, "a"))
        self.assert_refused("Format", signed.account_reference, bytes(31), "a")
        self.assert_refused("Malformed", signed.account_reference, bytes(32), "")


class Decision(Clauses):
    """find_allocation and largest_ratio against brute force on claims of a few micro-units."""

    def random_claim(self, draw: random.Random) -> model.Claim:
        """Prices of 1 micro-unit a base unit or so, one scenario, tiny numbers."""
        document = parsed()
        document["assets"][0]["tiers"] = [{"weight_bps": draw.choice((10000, 7000, 1))}]
        document["assets"][0]["max_share_bps"] = draw.choice((10000, 6000))
        dollar = document["assets"][0] | {"asset": USD, "groups": [], "netting": False,
                                          "max_share_bps": draw.choice((10000, 5000))}
        document["assets"].append(dollar)
        document["scenarios"] = []
        return example(document=document, ratio=draw.choice((1, 9000, 15000)), public_debt="1",
                       prices={USD: "1" + "0" * 30, ETH: str(draw.randrange(1, 10**30))})

    def exists(self, claim: model.Claim, T: tuple, L: tuple) -> bool:
        """Every n, and for each the c at which C is largest or the shares are at their limit."""
        assets = claim.policy.assets
        bounds = [min(t, l) if a.netting else 0 for a, t, l in zip(assets, T, L)]
        for n in itertools.product(*(range(b + 1) for b in bounds)):
            tops = []
            for i, asset in enumerate(assets):
                v = model.values(T[i] - n[i], 0, claim.statement.prices[i])[0]
                tops.append(min(model.lines(asset, v * 10**4)))
            for c in itertools.product(*(self.candidates(tops, i, claim) for i in (0, 1))):
                try:
                    model.check(claim, model.Allocation(n, (c,)))
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

    def test_largest_ratio_is_true_and_one_more_false(self) -> None:
        draw, seen = random.Random(2), set()
        for _ in range(12):
            claim = self.random_claim(draw)
            T = tuple(draw.randrange(8) for _ in range(2))
            L = tuple(draw.randrange(4) for _ in range(2))
            with mock.patch.object(model, "check_claim", return_value=(T, L)), \
                    mock.patch.object(decide, "check_claim", return_value=(T, L)):
                ratio = decide.largest_ratio(claim, 0)
                self.assertTrue(self.exists(changed(claim, ratio=ratio), T, L))
                self.assertFalse(self.exists(changed(claim, ratio=ratio + 1), T, L))
            seen.add(ratio > 0)
        self.assertEqual(seen, {True, False})

    def test_largest_ratio_where_nothing_is_owed(self) -> None:
        claim = example(ACCOUNTS[1], public_debt="0")
        self.assertIsNone(decide.largest_ratio(claim, 0))
        self.assertEqual(model.covered_ratios(claim), [None, None])
        self.assertEqual(decide.largest_ratio(changed(claim, kinds=1), 0), -1)

    def test_netting_less_may_be_better(self) -> None:
        """6.5: netting gives up the weight and saves the ratio, here 100 % for 50 %."""
        document = parsed()
        document["assets"][0]["tiers"] = [{"weight_bps": 10000}]
        document["scenarios"] = []
        claim = example(document=document, ratio=5000, public_debt="8",
                        prices={ETH: "1" + "0" * 30})
        with mock.patch.object(model, "check_claim", return_value=((5,), (2,))), \
                mock.patch.object(decide, "check_claim", return_value=((5,), (2,))):
            self.assert_fails("S7", claim, model.netted_in_full(claim))
            found = decide.find_allocation(claim)
            self.assertEqual(found, model.Allocation((0,), ((5 * 10**8,),)))
            self.assertEqual(model.covered_ratios(claim), [3750])
            self.assertEqual(decide.largest_ratio(claim, 0), 5000)

    def test_one_netting_for_all_scenarios(self) -> None:
        """Against every n with the greatest c, where no share is limited."""
        draw, seen = random.Random(3), set()
        document = parsed()
        first = document["assets"][0] | {"groups": []}
        document["assets"] = [
            first | {"tiers": [{"weight_bps": 10000}]},
            first | {"asset": USD, "tiers": [{"weight_bps": 8000}]}]
        for _ in range(60):
            document["scenarios"] = [
                {"name": str(j), "min_ratio_bps": draw.choice((5000, 9000, 15000)),
                 "moves_bps": {draw.choice((ETH, USD)): draw.choice((-5000, -100, 3000))}}
                for j in range(2)]
            claim = example(document=document, ratio=draw.choice((5000, 12000)),
                            public_debt=str(draw.randrange(4)),
                            prices={USD: "1" + "0" * 30, ETH: str(draw.randrange(1, 10**30))})
            T = tuple(draw.randrange(8) for _ in range(2))
            L = tuple(draw.randrange(4) for _ in range(2))
            with mock.patch.object(model, "check_claim", return_value=(T, L)), \
                    mock.patch.object(decide, "check_claim", return_value=(T, L)):
                found = decide.find_allocation(claim) is not None
                self.assertEqual(found, self.some_netting(claim, T, L), (claim, T, L))
            seen.add(found)
        self.assertEqual(seen, {True, False})

    def some_netting(self, claim: model.Claim, T: tuple, L: tuple) -> bool:
        """Whether some n is covered in every scenario."""
        assets, prices = claim.policy.assets, claim.statement.prices
        for n in itertools.product(*(range(min(t, l) + 1) for t, l in zip(T, L))):
            pairs = [model.values(T[i] - n[i], L[i] - n[i], prices[i]) for i in (0, 1)]
            o = [pair[1] for pair in pairs]
            counted = [
                sum(min(model.lines(a, v * a.multipliers[j])) for a, (v, _) in zip(assets, pairs))
                for j in range(3)]
            if all(counted[j] >= claim.ratios[j] * model.owed(claim, j, o) for j in range(3)):
                return True
        return False

    def test_complete_policies(self) -> None:
        honest = complete()
        self.assertIsNotNone(decide.find_allocation(honest))
        most = model.covered_ratios(honest)[0]
        self.assertEqual(decide.largest_ratio(honest, 0), most)
        self.assertIsNotNone(decide.find_allocation(changed(honest, ratio=most)))
        self.assertIsNone(decide.find_allocation(changed(honest, ratio=most + 1)))

    def test_values_that_are_too_large(self) -> None:
        most = account("collateral", 1, (ETH, 2**112 - 1))
        owed = account("liability", 2, (ETH, 1))
        prices = {ETH: str(2**119), USD: "1"}
        for claim in (complete(most, prices=prices), example(most, owed, prices=prices)):
            self.assertIsNone(decide.find_allocation(claim))
            self.assertEqual(decide.largest_ratio(claim, 0), -1)
            self.assert_fails("S4", claim, model.Allocation(
                (0,) * len(claim.policy.assets),
                ((0,) * len(claim.policy.assets),) * len(claim.ratios)))

    def test_undecided(self) -> None:
        with mock.patch.object(z3.Solver, "check", return_value=z3.unknown):
            with self.assertRaises(decide.Undecided):
                decide.find_allocation(example())

    def test_claims_that_no_allocation_helps(self) -> None:
        for claim in (changed(example(), kinds=0), example(prices={ETH: "0"})):
            self.assertIsNone(decide.find_allocation(claim))


class Agree(Clauses):
    """The comparison finds each thing that is wrong, and accepts what is right."""

    def line(self, **changes: object) -> dict:
        """A line that agrees, or one like it."""
        claim = example()
        right = {"netted": [str(n) for n in ALLOCATION.n],
                 "counted": [[str(c) for c in c_j] for c_j in ALLOCATION.c]}
        return {
            "policy": POLICY, "policy_digest": hex(claim.statement.policy), "subject": SUBJECT,
            "as_of_from": TIME, "as_of_to": TIME, "public_debt": "12000000000", "ratio": 13700,
            "kinds": str(claim.statement.kinds), "report": ["0"] * 15, "prices": PRICES,
            "accounts": list(ACCOUNTS), "verdict": True,
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

    def test_claims_that_are_no_statement(self) -> None:
        wrong = [{"prices": {ETH: "0"}}, {"accounts": [ACCOUNTS[0]] * 2 + [ACCOUNTS[1]]},
                 {"as_of_from": TIME + 1}]
        for changes in wrong:
            line = self.line(verdict=False, **changes)
            del line["judged"]
            self.assertEqual(self.run_on(line)[0], 0)

    def test_a_report(self) -> None:
        claim = complete()
        line = self.line(
            policy=COMPLETE, policy_digest=hex(claim.statement.policy),
            public_debt="5000000000", ratio=14000, kinds=str(claim.statement.kinds),
            report=["0", "2000", *["0"] * 13], accounts=list(HELD), judged=[])
        a = model.netted_in_full(claim)
        judged = {"netted": list(map(str, a.n)), "counted": [list(map(str, c)) for c in a.c]}
        good = line | {"judged": [{"allocation": judged, "fails": None}]}
        bad = line | {"report": ["0", "1999", *["0"] * 13], "verdict": False,
                      "judged": [{"allocation": judged, "fails": "S10"}]}
        code, text = self.run_on(good, bad)
        self.assertEqual(code, 0, text)

    def test_differences(self) -> None:
        account = ACCOUNTS[0] | {"commitment": "0x3"}
        wrong = [
            ("policy_digest", {"policy_digest": "0x1"}),
            ("commitment", {"accounts": [account, ACCOUNTS[1]]}),
            ("verdict", {"verdict": False}),
            ("verdict", {"verdict": "undecided"}),
            ("verdict", {"ratio": 20000, "judged": []}),
            ("verdict", {"report": ["1", *["0"] * 14], "judged": []}),
            ("judged[0]", {"judged": [self.line()["judged"][0] | {"fails": "S3"}]}),
            ("line", {"more": 1}),
            ("line", {"policy": json.loads(POLICY)}),
            ("line", {"report": ["0"] * 14}),
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
