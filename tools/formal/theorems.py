"""The theorems of one emitted system, in the order in which they use each other: S1 to S10 of a claim,
R1 to R6 of a roll-up."""

import json
import time
from dataclasses import dataclass

from circuit import Circuit, RollupCircuit
from clause_accounts import Accounts
from clause_policy import Policy
from clause_rollup import Rollup
from clause_values import Values
from lookup_rule import Refused

# What no later theorem uses.
ENDS = {
    "S8 the price of a used asset is not 0",
    "S1 times are in the window",
    "S1 public kinds are the headers'",
    "S6 shares of what is held",
    "S10 the report",
    "R1 times are in the window",
    "R2 a listed id is of one position or more",
    "R4 K' is the account of the used positions, whole",
    "R5 the blinding is bound to the list",
}


@dataclass
class Result:
    name: str
    seconds: float
    refused: str = ""


class Steps:
    """What the steps have found so far, by name."""

    def __init__(self, text):
        self.text, self.state = text, {}

    def make(self, name, maker):
        def run():
            self.state[name] = maker(self.state)

        return run

    def call(self, name, method):
        return lambda: getattr(self.state[name], method)()


def of_claim(steps):
    make, call = steps.make, steps.call
    rules = make("circuit", lambda _: Circuit(steps.text))
    return [
        ("range check, hashing, challenges: the system's rules apply", rules),
        ("roles of the policy", make("policy", lambda s: Policy(s["circuit"]))),
        ("S8 the digest is the hash of the words of the used slots", call("policy", "digest")),
        ("S8 each word has one decoding, each field its range", call("policy", "decodings")),
        ("S8 unused slots are zero", call("policy", "unused")),
        ("S8 ids ascend, no asset occurs twice", call("policy", "ascending")),
        ("S8 the price of a used asset is not 0", call("policy", "prices")),
        ("roles of the accounts", make("accounts", lambda s: Accounts(s["circuit"], s["policy"]))),
        ("S1 commitments are 0 or chains with a header, whole", call("accounts", "opening")),
        ("S1 times are in the window", call("accounts", "window")),
        ("S1 public kinds are the headers'", call("accounts", "kinds")),
        ("S2 totals are sums over positions of the same asset and kind", call("accounts", "totals")),
        ("roles of the values", make("values", lambda s: Values(s["circuit"], s["policy"], s["accounts"]))),
        ("S3 what is netted", call("values", "netting")),
        ("S4 values, rounded against the prover", call("values", "values")),
        ("S6 shares of what is held", call("values", "held")),
        ("S10 the report", call("values", "report")),
        ("S7 coverage in each scenario", call("values", "coverage")),
        ("S5 lines", call("values", "lines")),
        ("S6 shares of what counts", call("values", "shares")),
        ("S4, S5 unused slots count nothing", call("values", "unused")),
        ("S9 every public input is bound", call("values", "binding")),
    ]


def of_rollup(steps):
    make, call = steps.make, steps.call
    rules = make("circuit", lambda _: RollupCircuit(steps.text))
    return [
        ("range check, hashing, challenges: the system's rules apply", rules),
        ("roles of the roll-up", make("rollup", lambda s: Rollup(s["circuit"]))),
        ("R6 the list root is that of the slots' commitments", call("rollup", "list")),
        ("R1 commitments are 0 or accounts of the public subject and kind, whole", call("rollup", "opening")),
        ("R1 times are in the window", call("rollup", "window")),
        ("roles of the merged account", call("rollup", "roles")),
        ("R3 merged ids and totals are in their ranges", call("rollup", "ranges")),
        ("R2 merged ids ascend, unused positions are zero", call("rollup", "ascending")),
        ("R2, R3 totals are the sums over all positions", call("rollup", "totals_are_sums")),
        ("R2 a listed id is of one position or more", call("rollup", "occurring")),
        ("R4 K' is the account of the used positions, whole", call("rollup", "merged")),
        ("R5 the blinding is bound to the list", call("rollup", "blinding")),
    ]


def prove(text):
    """A Result a theorem. One that is refused takes those after it along: they would use it."""
    head = dict(dict(json.loads(text))["head"])
    steps, results = Steps(text), []
    for name, step in of_rollup(steps) if "merged" in head else of_claim(steps):
        start = time.monotonic()
        lacking = [r.name for r in results if r.refused and r.name not in ENDS]
        try:
            if lacking:
                raise Refused(f"uses: {lacking[0]}")
            step()
            refused = ""
        except Refused as reason:
            refused = str(reason) or "refused"
        results.append(Result(name, time.monotonic() - start, refused))
    return results
