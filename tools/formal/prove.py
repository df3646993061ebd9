"""What every script here shares: the field, the layouts, and `theorem`, which proves a
conclusion by z3 (its negation is unsatisfiable) and refutes planted weaker variants, so
that a proof that proves anything at all is noticed.

Field elements are integers 0 <= x < R; an equation of the circuit is a congruence with an
explicit multiple of R, so nothing is assumed about wrapping. What the scripts do assume is a
row of docs/security/hypotheses.md each: the comments name it (R: H1; these bounds: H3, H4).
"""

import itertools
import time

import z3

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617

# Bits: docs/spec.md, section 2, and the budget of claims/src/numbers.rs.
AMOUNT, ASSET_ID, PRICE, VALUE, WIDTH, FIELD = 112, 120, 120, 80, 60, 16
TOTAL = AMOUNT + 17
DIVISOR_BITS, STRESSED, COUNTED, SUM_COUNTED, SLACK = 100, 96, 110, 116, 131
DIVISOR, BPS, WIDTH_SCALE = 10**30, 10**4, 10**10
EXACT = (AMOUNT, ASSET_ID, VALUE, WIDTH)
LOOSE = (TOTAL, DIVISOR_BITS, STRESSED, ASSET_ID, SLACK)
SPAN_BITS = 250  # most that a loose range check may allow; the theorems of emitted systems check their own

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


def admissible(b, n):
    """What circuits/src/circuit/layout.rs asserts of limbs of b bits, n a row, at compile time:
    exact numbers end with a limb of the top row, whose check has a limb there or in the row
    below; fields of 16 bits find their six limbs, or are numbers whose top row is a width's;
    loose range checks stay far from r (H3; there at most 2^200, here 2^250: more layouts than it
    allows)."""
    tops = [top for top in (top_limbs(bits, b, n) for bits in EXACT) if top]
    fits = all(full + (1 if part else 0) <= n for full, part in tops)
    fields = n >= 6 or top_limbs(WIDTH, b, n) == divmod(FIELD, b)
    return fits and fields and all(rows(bits, b, n) * b * n <= SPAN_BITS for bits in LOOSE)


LAYOUTS = [(b, n) for b in range(9, 14) for n in range(2, 11) if admissible(b, n)]
NARROW = [(b, n) for b, n in LAYOUTS if n < 6]

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
