"""S5 as docs/spec.md, section 6, says it, from the theorems over emitted constraints: what counts is at
most each of four lines. Filling the tiers in order is the most that these allow where weights never
increase (a policy document, H54): so the lines are the tiers, no more and no less."""

import z3

from prove import integer, theorem, within

TIERS = 4


def setting(ordered=True):
    """Weights, widths and a stressed value; weights do not increase (H54)."""
    weights = [integer() for _ in range(TIERS)]
    widths = [integer() for _ in range(TIERS - 1)]
    value = integer()
    hypotheses = [value >= 0] + [w >= 0 for w in widths] + [within(w, 10**4 + 1) for w in weights]
    if ordered:
        hypotheses += [a >= b for a, b in zip(weights, weights[1:])]
    return weights, widths, value, hypotheses


def line(weights, widths, value, l):
    above = [widths[k] * (weights[k] - weights[l]) for k in range(l)]
    return weights[l] * value + z3.Sum(above or [z3.IntVal(0)])


def slacks(l, beyond_of=lambda l: l):
    """The circuit's slacks, each from the one before, is the line less what counts."""
    weights, widths, value, _ = setting()
    counted = integer()
    slack = weights[0] * value - counted
    for k in range(1, l + 1):
        beyond = value - z3.Sum(widths[: beyond_of(k)])
        slack = slack + (weights[k] - weights[k - 1]) * beyond
    return [], slack == line(weights, widths, value, l) - counted


def filled(l, ordered=True):
    """Filling in order where the value ends in tier l: what counts is the line l, and no line is lower."""
    weights, widths, value, hypotheses = setting(ordered)
    before = z3.Sum([z3.IntVal(0), *widths[:l]])
    hypotheses.append(value >= before)
    if l < TIERS - 1:
        hypotheses.append(value <= before + widths[l])
    full = z3.Sum([z3.IntVal(0), *(widths[k] * weights[k] for k in range(l))])
    counted = full + weights[l] * (value - before)
    lower = [counted <= line(weights, widths, value, k) for k in range(TIERS)]
    return hypotheses, z3.And(counted == line(weights, widths, value, l), *lower)


def prove():
    theorem(
        "S5: each slack is its line less what counts",
        [slacks(l) for l in range(TIERS)],
        {"a width not taken away": slacks(3, lambda l: l - (l == 3))},
    )
    theorem(
        "S5: filling tiers in order is the least of the lines",
        [filled(l) for l in range(TIERS)],
        {"weights that increase": filled(1, ordered=False)},
    )
