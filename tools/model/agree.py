"""Compare the verdicts of an implementation with those of this model (specification, A.2).

    python agree.py CLAIMS.jsonl [--timeout-ms MILLISECONDS]

Every line is one claim with what the implementation made of it. Exits with 0 if the model
agrees on all lines, and with 1 after printing each difference otherwise.
"""

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from covenant_model import (
    Claim,
    Fails,
    Malformed,
    allocation,
    check,
    commitment,
    make_claim,
    policy_digest,
)
from decide import Undecided, find_allocation
from documents import fields, integer, read_json, refuse_unless

KEYS = (
    "policy policy_digest subject as_of_from as_of_to public_debt ratio kinds report prices"
    " accounts verdict"
)
UNDECIDED = "undecided"


@dataclass
class Tally:
    """What was compared."""

    verdicts: Counter = field(default_factory=Counter)
    clauses: Counter = field(default_factory=Counter)
    slowest: tuple[float, int] = (0.0, 0)
    unknown: int = 0

    def print(self, claims: int, differences: int) -> None:
        """The summary."""
        print(f"{claims} claims, {f'{differences} differences' if differences else 'agree'}")
        counts = (f"{self.verdicts[v]} {v}" for v in ("true", "false", UNDECIDED))
        print("verdicts: " + ", ".join(counts))
        judged = sorted((clause or "none", n) for clause, n in self.clauses.items())
        print(f"allocations: {self.clauses.total()}, by the first clause that fails: "
              + ", ".join(f"{clause} {n}" for clause, n in judged))
        print(f"slowest decision: {self.slowest[0]:.2f} s, line {self.slowest[1]}; "
              f"undecided by the solver: {self.unknown}")


Difference = tuple[str, object, object]
"""What, the product's, the model's."""


def read_claim(line: dict[str, Any]) -> Claim:
    """The typed claim of a line; the policy is the document as text."""
    fields(line, KEYS, "judged")
    refuse_unless(isinstance(line["policy"], str), "Json", "the policy is not text")
    return make_claim(
        read_json(line["policy"]),
        line["prices"],
        line["accounts"],
        subject=line["subject"],
        as_of_from=line["as_of_from"],
        as_of_to=line["as_of_to"],
        public_debt=line["public_debt"],
        ratio=integer(line["ratio"], 1, 2**20 - 1),
        kinds=line["kinds"],
        report=line["report"],
        digest=line["policy_digest"],
    )


def first_failure(claim: Claim, document: Any) -> str | None:
    """The clause that the model names for an allocation."""
    try:
        check(claim, allocation(document, claim))
    except Fails as failure:
        return failure.clause
    except Malformed as error:
        return str(error)
    return None


def decided(claim: Claim, timeout_ms: int) -> bool | str:
    """Whether an allocation exists, in the words of the file."""
    try:
        return find_allocation(claim, timeout_ms) is not None
    except Undecided:
        return UNDECIDED


def same_verdict(product: Any, model: bool | str) -> bool:
    """`undecided` of the product is wrong only if an allocation exists (A.2)."""
    if product == UNDECIDED:
        return model is not True
    return product is model


def compare(line: Any, number: int, timeout_ms: int, tally: Tally) -> Iterator[Difference]:
    """Every difference of one line."""
    claim = read_claim(line)
    digest = policy_digest(claim.policy)
    if digest != claim.statement.policy:
        yield "policy_digest", hex(claim.statement.policy), hex(digest)
    for K, account in zip(claim.statement.commitments, claim.openings):
        if (own := commitment(account)) != K:
            yield "commitment", hex(K), hex(own)
    witness = False
    for i, judged in enumerate(line.get("judged", [])):
        fields(judged, "allocation fails", null=True)
        clause = first_failure(claim, judged["allocation"])
        tally.clauses[judged["fails"]] += 1
        witness |= clause is None
        if clause != judged["fails"]:
            yield f"judged[{i}]", judged["fails"], clause
    yield from compare_verdict(claim, line["verdict"], witness, number, timeout_ms, tally)


def compare_verdict(
    claim: Claim, product: Any, witness: bool, number: int, timeout_ms: int, tally: Tally
) -> Iterator[Difference]:
    """The verdict; an allocation among the judged ones that holds decides as well."""
    start = time.perf_counter()
    verdict = decided(claim, timeout_ms)
    tally.slowest = max(tally.slowest, (time.perf_counter() - start, number))
    tally.verdicts[str(product).lower()] += 1
    if verdict == UNDECIDED:
        tally.unknown += 1
        verdict = True if witness else UNDECIDED
    if witness and verdict is False:
        yield "the model excludes an allocation that it accepts", None, None
    if not same_verdict(product, verdict):
        yield "verdict", product, verdict


def lines(path: Path) -> list[str]:
    """The lines of a file; a name may contain what Python takes for an end of line."""
    return path.read_text(encoding="utf-8").removesuffix("\n").split("\n")


def main() -> int:
    """Compare all lines."""
    parser = argparse.ArgumentParser(description="Compare claims with the independent model.")
    parser.add_argument("claims", type=Path)
    parser.add_argument("--timeout-ms", type=int, default=60_000, help="for one decision")
    arguments = parser.parse_args()
    tally, differences, claims = Tally(), 0, 0
    for claims, text in enumerate(lines(arguments.claims), 1):
        try:
            found = list(compare(read_json(text), claims, arguments.timeout_ms, tally))
        except (Malformed, KeyError, TypeError) as error:
            found = [("line", "a claim", repr(error))]
        for what, product, model in found:
            differences += 1
            print(f"line {claims}: {what}: product {product}, model {model}")
    tally.print(claims, differences)
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
