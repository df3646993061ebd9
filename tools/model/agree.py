"""Decides claims (JSON lines of circuits/tests/model.rs) and compares with what is written
there: commitments, policy digest, whether an allocation exists, and what explicit allocations
break. Prints `N claims, agree`, or every difference and exits with 1.

usage: agree.py CLAIMS.jsonl
"""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from covenant_model import Claim, Allocation, Fails, Malformed, check
from decide import Undecided, find_allocation


def fails(claim, allocation):
    netted = tuple(map(int, allocation["netted"]))
    tiers = tuple(tuple(tuple(map(int, x)) for x in s) for s in allocation["tiers"])
    try:
        check(claim, Allocation(netted, tiers))
    except Fails as failure:
        return failure.clause
    return None


def differences(line, tally):
    """Yields (what, expected by the product, decided here)."""
    try:
        claim = Claim.parse(line)
    except Malformed as error:
        yield "form", "a claim", str(error)
        return
    yield "policy digest", int(line["policy_digest"], 16), claim.policy.digest()
    for document, account in zip(line["accounts"], claim.accounts):
        yield "commitment", int(document["commitment"], 16), account.commitment()
    start = time.monotonic()
    try:
        verdict = find_allocation(claim) is not None
    except Undecided as reason:
        verdict = f"undecided here: {reason}"
    tally["slowest"] = max(tally["slowest"], time.monotonic() - start)
    tally[f"verdict {verdict}"] += 1
    if line["verdict"] == "undecided":
        # A prover that gives up is refused a proof: only wrong if there was an allocation.
        tally["undecided by the product"] += 1
        yield "verdict", False, verdict
    else:
        yield "verdict", line["verdict"], verdict
    for judged in line.get("judged", []):
        clause = fails(claim, judged["allocation"])
        tally[f"allocations: {clause or 'hold'}"] += 1
        yield "allocation", judged["fails"], clause


def main(path):
    tally, different, lines = Counter(), 0, 0
    for number, text in enumerate(Path(path).read_text().splitlines(), 1):
        lines += 1
        for what, expected, got in differences(json.loads(text), tally):
            if expected != got:
                different += 1
                print(f"line {number}: {what}: product {expected}, model {got}")
    for key in sorted(tally):
        print(f"  {key}: {tally[key]:.3g}" if key == "slowest" else f"  {key}: {tally[key]}")
    if different or not lines:
        print(f"{lines} claims, {different} differences")
        return 1
    print(f"{lines} claims, agree")
    return 0


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1]))
