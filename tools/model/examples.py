"""What the tests share: the vectors, and small claims of their own."""

import json
import os
import unittest
from dataclasses import replace
from pathlib import Path
from typing import Any

import covenant_model as model
import documents
from covenant_model import Allocation, Claim, Fails

VECTORS = Path(
    os.environ.get("COVENANT_VECTORS")
    or Path(__file__).resolve().parents[2] / "fixtures/data/conformance.json"
)
ETH, USD = "eip155:1/slip44:60", "iso4217:USD"
BTC, BILL = "bip122:000000000019d6689c085ae165831e93/slip44:0", "isin:US912797QD26"
SUBJECT = "lei:5493001KJTIIGC8Y1R12"
TIME = 1790000000
POLICY = """{ "version": 2, "name": "small", "quote": "iso4217:USD",
  "min_ratio_bps": 11000, "ratio_step_bps": 100,
  "assets": [ { "asset": "eip155:1/slip44:60", "symbol": "ETH", "decimals": 18,
                "netting": true, "may_owe": true, "groups": ["crypto"],
                "tiers": [ { "up_to": 10000, "weight_bps": 9000 }, { "weight_bps": 5000 } ] } ],
  "groups": [ { "name": "crypto" } ],
  "scenarios": [ { "name": "down 30 %", "min_ratio_bps": 10500,
                   "moves_bps": { "eip155:1/slip44:60": -3000 } } ] }"""
"""One asset in two tiers that is netted and owed."""
COMPLETE = """{ "version": 2, "name": "complete", "quote": "iso4217:USD",
  "min_ratio_bps": 10000, "ratio_step_bps": 1, "complete": true, "report_grain": 3,
  "assets": [ { "asset": "eip155:1/slip44:60", "symbol": "ETH", "decimals": 18,
                "groups": ["crypto"], "tiers": [ { "weight_bps": 5000 } ] },
              { "asset": "iso4217:USD", "symbol": "USD", "decimals": 2, "may_owe": true,
                "max_held_share_bps": 9000, "groups": ["cash"],
                "tiers": [ { "weight_bps": 10000 } ] } ],
  "groups": [ { "name": "crypto", "max_held_share_bps": 4000 },
              { "name": "cash", "min_held_share_bps": 6000, "report": true } ] }"""
"""A complete policy with held shares and a report of whole units by three."""
PRICE = 3123450000000000000000
PRICES = {ETH: str(PRICE), USD: str(10**34)}


def vectors() -> dict:
    """conformance.json, read as strictly as a document."""
    return documents.read_json(VECTORS.read_text(encoding="utf-8"))


def parsed(document: str = POLICY) -> dict:
    """A fresh copy of a policy document."""
    return json.loads(document)


def account(kind: str, blinding: int, *positions: tuple[str, int], as_of: int = TIME) -> dict:
    """An opening with its right commitment."""
    document = {
        "version": 2,
        "kind": kind,
        "subject": SUBJECT,
        "as_of": as_of,
        "blinding": hex(blinding),
        "positions": [[asset, str(amount)] for asset, amount in positions],
    }
    return document | {"commitment": hex(model.commitment(documents.opening(document)))}


ACCOUNTS = (
    account("liability", 2, (ETH, 2000000000000000003)),
    account("collateral", 1, (ETH, 7 * 10**18), ("isin:US912797QD26", 25000),
            (ETH, 3000000000000000007), (USD, 0)),
)
ALLOCATION = Allocation(
    n=(2000000000000000003,), c=((1649380000000000000,), (1274566000000000000,))
)
"""The greatest: v is 24987600000, the first tier 100000000000000."""

HELD = (
    account("collateral", 3, (USD, 600000), (ETH, 1)),
    account("collateral", 4, (ETH, 1000000000000000000)),
    account("liability", 5, (USD, 10000)),
)
"""6000 and 3123.45, and 100 owed: 65.8 % are dollars."""


def example(*accounts: dict, document: dict | None = None, **changes: Any) -> Claim:
    """A claim that is true with `ALLOCATION`, or one like it."""
    terms = {"subject": SUBJECT, "as_of_from": TIME - 60, "as_of_to": TIME + 60,
             "public_debt": "12000000000", "ratio": 13700, "context": "a nonce of 2026-11-20"}
    prices = changes.pop("prices", PRICES)
    basket = list(accounts or ACCOUNTS)
    return model.make_claim(document or parsed(), prices, basket, **terms | changes)


def complete(*accounts: dict, document: dict | None = None, **changes: Any) -> Claim:
    """A true claim under the complete policy, or one like it."""
    terms = {"public_debt": "5000000000", "ratio": 14000}
    return example(*(accounts or HELD), document=document or parsed(COMPLETE), **terms | changes)


def changed(claim: Claim, **values: Any) -> Claim:
    """The claim with other public inputs."""
    return replace(claim, statement=replace(claim.statement, **values))


def with_accounts(claim: Claim, *accounts: tuple[int, documents.Opening]) -> Claim:
    """The claim with these accounts, in order, and the kinds that they have."""
    kinds = sum(opening.kind << i for i, (_, opening) in enumerate(accounts))
    result = changed(claim, kinds=kinds, commitments=tuple(K for K, _ in accounts))
    return replace(result, openings=tuple(opening for _, opening in accounts))


def basket(claim: Claim) -> list[tuple[int, documents.Opening]]:
    """Commitments and openings."""
    return list(zip(claim.statement.commitments, claim.openings))


def stranger(claim: Claim, kind: int, *entries: int) -> Claim:
    """The claim with one more account, of any entries."""
    opening = documents.Opening(kind, claim.statement.subject, TIME, 7, entries)
    more = [*basket(claim), (model.commitment(opening), opening)]
    return with_accounts(claim, *sorted(more, key=lambda pair: pair[0]))


class Clauses(unittest.TestCase):
    """Helpers."""

    def assert_fails(self, clause: str, claim: Claim, a: Allocation = ALLOCATION) -> None:
        """This clause is the first that fails."""
        with self.assertRaises(Fails) as caught:
            model.check(claim, a)
        self.assertEqual(caught.exception.clause, clause, str(caught.exception))

    def assert_refused(self, code: str, call: Any, *arguments: Any) -> None:
        """`Malformed` with this code."""
        with self.assertRaises(documents.Malformed, msg=str(arguments)) as caught:
            call(*arguments)
        self.assertEqual(caught.exception.code, code, str(caught.exception))
