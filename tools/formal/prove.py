"""What every script here shares: the field, the layouts, and `theorem`, which proves a
conclusion by z3 (its negation is unsatisfiable) and refutes planted weaker variants, so
that a proof that proves anything at all is noticed.

Field elements are integers 0 <= x < R; an equation of the circuit is a congruence with an
explicit multiple of R, so nothing is assumed about wrapping. What the scripts do assume is a
row of docs/security/hypotheses.md each: the comments name it (R: H1; these bounds: H3, H4).
"""

import itertools
import re
import time
from pathlib import Path

import z3

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617

# Bits: docs/spec.md, section 2, and the budget of claims/src/numbers.rs.
AMOUNT, ASSET_ID, PRICE, VALUE, WIDTH, FIELD, TIME, LINE = 112, 120, 120, 80, 60, 16, 64, 80
TOTAL = AMOUNT + 17
DIVISOR_BITS, STRESSED, COUNTED, SUM_COUNTED, SUM_HELD, SLACK = 100, 96, 110, 116, 86, 131
DIVISOR, BPS, BPS_BITS, WIDTH_SCALE, MICRO = 10**30, 10**4, 14, 10**10, 10**6
EXACT = (AMOUNT, ASSET_ID, VALUE, WIDTH)
LOOSE = (TIME, LINE, SUM_HELD, DIVISOR_BITS, COUNTED, ASSET_ID, TOTAL, SLACK)
SPAN_BITS = 200  # most that a loose range check may allow; the theorems of emitted systems check their own

TIMEOUT_MS = 60_000


class Report:
    """Counts and prints; `failed` decides the exit code."""

    proved, failed = 0, 0

    @classmethod
    def line(cls, ok, text):
        print(f"{'proved' if ok else 'FAILED'}  {text}", flush=True)
        cls.proved += ok
        cls.failed += not ok


def top_limbs(bits, b, n):
    """Whole limbs, and bits of a last one, in the top row of an exact number; None for both
    where the number ends with a full row."""
    top = bits % (b * n)
    return divmod(top, b) if top else None


def rows(bits, b, n):
    return -(-bits // (b * n))


def loose_bound(bits, b, n):
    """What the range check of a loosely bounded number allows."""
    return 1 << (rows(bits, b, n) * b * n)


def candidates():
    """(limb bits, limbs a row) of every layout that the circuit may have: those of layout.rs."""
    source = (Path(__file__).resolve().parents[2] / "circuits/src/circuit/layout.rs").read_text(encoding="utf-8")
    found = {}
    for name in ("WIDE", "NARROW"):
        table = re.search(rf"^const {name}: .*?= \[(.*?)^\];", source, re.M | re.S)[1]
        found[name] = sorted({(int(b), int(n)) for _, b, n in re.findall(r"\((\d+), (\d+), (\d+)\)", table)})
    return found["WIDE"], found["NARROW"]


def admissible(b, n):
    """What circuits/src/circuit/layout.rs asserts of limbs of b bits, n a row, at compile time:
    exact numbers end with a limb of the top row, whose check has a limb there or in the row
    below; where a row has few limbs, a field is the top of a width; loose range checks stay far
    from r (H3)."""
    tops = [top for top in (top_limbs(bits, b, n) for bits in EXACT) if top]
    fits = all(full + (1 if part else 0) <= n for full, part in tops)
    fields = n >= 6 or top_limbs(WIDTH, b, n) == divmod(FIELD, b)
    return fits and fields and all(rows(bits, b, n) * b * n <= SPAN_BITS for bits in LOOSE)


WIDE, NARROW = candidates()
LAYOUTS = WIDE + NARROW
if not WIDE or not NARROW or not all(admissible(b, n) for b, n in LAYOUTS):
    raise ValueError("expected admissible layouts of both profiles in layout.rs, got others")

_fresh = itertools.count()


def integer(name="x"):
    return z3.Int(f"{name}!{next(_fresh)}")


def within(x, bound):
    """0 <= x < bound."""
    return z3.And(x >= 0, x < bound)


def same(x, y):
    """x = y in the field."""
    return x - y == R * integer("k")


def check(hypotheses, conclusion):
    """True if proved, False if refuted, None if undecided."""
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT_MS)
    solver.add(hypotheses)
    solver.add(z3.Not(conclusion))
    answer = solver.check()
    return None if answer == z3.unknown else answer == z3.unsat


def consistent(hypotheses):
    solver = z3.Solver()
    solver.set("timeout", TIMEOUT_MS)
    solver.add(hypotheses)
    return solver.check() == z3.sat


def theorem(name, cases, weakened):
    """`cases`: (hypotheses, conclusion) all to be proved, none of them vacuous; each hypothesis
    is an equation of a gate or a row of the ledger (H1 and on). `weakened`:
    label -> (hypotheses, conclusion) to be refuted."""
    start, bad, count = time.monotonic(), [], 0
    for count, (hypotheses, conclusion) in enumerate(cases, 1):
        if check(hypotheses, conclusion) is not True:
            bad.append(f"case {count} is not proved")
        if not consistent(hypotheses):
            bad.append(f"case {count} is vacuous")
    for label, (hypotheses, conclusion) in weakened.items():
        if check(hypotheses, conclusion) is not False:
            bad.append(f"the weakened variant ({label}) is not refuted")
    if not count or not weakened:
        bad.append("nothing was tried")
    text = f"{name} [{count} case{'s' * (count != 1)}; refuted: {', '.join(weakened)}]"
    Report.line(not bad, "; ".join([text, *bad[:3]]) + f" {time.monotonic() - start:.1f} s")
