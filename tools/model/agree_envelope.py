"""Compare where an implementation places later prices with this model (specification, section 6a).

    python agree_envelope.py ENVELOPE.jsonl

Every line is one true claim and prices with where they are: inside with a ratio and weights, or
outside with a vector. What shows it is checked by its definition, and the verdict and the largest
ratio against the model's own linear programs. Exits with 0 if all agree, and with 1 after printing
each difference otherwise.
"""

import argparse
import sys
from collections import Counter
from fractions import Fraction
from math import lcm
from pathlib import Path
from typing import Any

from agree import lines, read_claim
from documents import fields, read_json, refuse_unless
from envelope import Envelope, Inside, check_inside, check_outside, decide, envelope_of, promised


def fractions(texts: Any) -> list[Fraction]:
    """Exact numbers, written as `n` or `n/d`."""
    return [Fraction(text) for text in texts]


def compare(e: Envelope, placed: Any, tally: Counter) -> str | None:
    """What differs, if anything does."""
    q = fractions(placed["prices"])
    inside = "weights" in placed
    model = decide(e, q)
    if inside != isinstance(model, Inside):
        return f"product {'inside' if inside else 'outside'}, model {model}"
    tally["inside" if inside else "outside"] += 1
    if not inside:
        y = fractions(placed["vector"])
        common = lcm(*(y_a.denominator for y_a in y))
        check_outside(e, q, [int(y_a * common) for y_a in y])
        return None
    weights = fractions(placed["weights"])
    check_inside(e, q, weights)
    tally["a mixture"] += max(weights) < 1
    tally["what may be owed"] += any(e.owed)
    if promised(e, weights) < placed["ratio_bps"]:
        return f"weights that promise {promised(e, weights)}, said {placed['ratio_bps']}"
    if model.whole_bps != placed["ratio_bps"]:
        return f"ratio: product {placed['ratio_bps']}, model {model.R}"
    return None


def main() -> int:
    """Compare all lines."""
    parser = argparse.ArgumentParser(description="Compare envelopes with the independent model.")
    parser.add_argument("envelopes", type=Path)
    arguments = parser.parse_args()
    tally, differences = Counter(), 0
    for number, text in enumerate(lines(arguments.envelopes), 1):
        line = read_json(text)
        placed = line.pop("placed")
        refuse_unless(isinstance(placed, list) and placed != [], "Json", "nothing is placed")
        claim = read_claim(line)
        e = envelope_of(claim.statement, claim.policy)
        for one in placed:
            try:
                found = compare(e, one, tally)
            except ValueError as error:
                found = str(error)
            if found is not None:
                differences += 1
                print(f"line {number}: {found}")
    print(f"{tally['inside']} inside, {tally['a mixture']} of them by a mixture, "
          f"{tally['what may be owed']} where something may be owed; {tally['outside']} outside; "
          f"{f'{differences} differences' if differences else 'agree'}")
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
