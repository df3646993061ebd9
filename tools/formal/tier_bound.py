"""S5 as docs/spec.md, section 6, says it, from what the theorems over emitted constraints say:
x_1 .. x_4 not negative, together at most v m, x_l at most width_l. Then what they count for, sum
x_l weight_l, is at most weight_l v m + off_l for every l, where weights never increase (a policy
document, H54)."""

from prove import integer, theorem, within

import z3

TIERS = 4


def bound(l, ordered=True, wide=True, off=0):
    """The bound of tier l, with widths in units of v m; `off` is taken from it."""
    x = [integer() for _ in range(TIERS)]
    weights = [integer() for _ in range(TIERS)]
    widths = [integer() for _ in range(TIERS - 1)]
    value = integer()
    hypotheses = [a >= 0 for a in [*x, *weights, *widths]] + [z3.Sum(x) <= value]
    hypotheses += [within(w, 10**4 + 1) for w in weights]
    if ordered:
        hypotheses += [a >= b for a, b in zip(weights, weights[1:])]
    if wide:
        hypotheses += [a <= b for a, b in zip(x, widths)]
    counted = z3.Sum([a * b for a, b in zip(x, weights)])
    above = z3.Sum([widths[k] * (weights[k] - weights[l]) for k in range(l)] or [z3.IntVal(0)])
    return hypotheses, counted <= weights[l] * value + above - off


def prove():
    cases = [bound(l) for l in range(TIERS)]
    planted = {
        "weights that increase": bound(0, ordered=False),
        "tiers without widths": bound(TIERS - 1, wide=False),
        "one less": bound(TIERS - 1, off=1),
    }
    theorem("S5: what the tiers count for is at most weight_l v m + off_l", cases, planted)
