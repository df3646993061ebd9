"""The theorems of one emitted system, in the order in which they use each other."""

import time
from dataclasses import dataclass

from circuit import Circuit
from clause_accounts import Accounts
from clause_policy import Policy
from clause_values import Values
from lookup_rule import Refused


@dataclass
class Result:
    name: str
    seconds: float
    refused: str = ""


def prove(text):
    """A Result a theorem. One that is refused takes those after it along: they would use it."""
    state, results = {}, []

    def make(name, maker):
        def run():
            state[name] = maker()

        return run

    def call(name, method):
        return lambda: getattr(state[name], method)()

    # What no later theorem uses.
    ends = {
        "S8 the price of a used asset is not 0",
        "S1 times are in the window",
        "S1 public kinds are the headers'",
        "S6 shares of what is held",
        "S10 the report",
    }
    steps = [
        ("range check, hashing, challenges: the system's rules apply", make("circuit", lambda: Circuit(text))),
        ("roles of the policy", make("policy", lambda: Policy(state["circuit"]))),
        ("S8 the digest is the hash of the words of the used slots", call("policy", "digest")),
        ("S8 each word has one decoding, each field its range", call("policy", "decodings")),
        ("S8 unused slots are zero", call("policy", "unused")),
        ("S8 ids ascend, no asset occurs twice", call("policy", "ascending")),
        ("S8 the price of a used asset is not 0", call("policy", "prices")),
        ("roles of the accounts", make("accounts", lambda: Accounts(state["circuit"], state["policy"]))),
        ("S1 commitments are 0 or chains with a header, whole", call("accounts", "opening")),
        ("S1 times are in the window", call("accounts", "window")),
        ("S1 public kinds are the headers'", call("accounts", "kinds")),
        ("S2 totals are sums over positions of the same asset and kind", call("accounts", "totals")),
        ("roles of the values", make("values", lambda: Values(state["circuit"], state["policy"], state["accounts"]))),
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
    for name, step in steps:
        start = time.monotonic()
        lacking = [r.name for r in results if r.refused and r.name not in ends]
        try:
            if lacking:
                raise Refused(f"uses: {lacking[0]}")
            step()
            refused = ""
        except Refused as reason:
            refused = str(reason) or "refused"
        results.append(Result(name, time.monotonic() - start, refused))
    return results
