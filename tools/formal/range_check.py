"""The range check: limbs of b bits, n a row, write exactly the numbers of the declared range,
each in one way (gates `limbs`, `two fields of 16 bits`, `shares`, `complement`, `a weight and a
width`, and those of packed lines): H3, H4, H50, H51. That every
limb is in the table is the theorem of logup.py (H5, H6).

A row says a = sum limb_i 2^(b i), plus the next row's a times 2^(b n) if there is one. In
the top row of an exact number of t = (bits mod b n) bits, limb t / b has only t mod b bits:
another limb of the table (of this row, or of the row below) equals it times
2^(b - t mod b).
"""

import z3

from prove import (
    BPS_BITS,
    COUNTED,
    EXACT,
    FIELD,
    LAYOUTS,
    LOOSE,
    NARROW,
    SLACK,
    SPAN_BITS,
    WIDE,
    R,
    integer,
    loose_bound,
    rows,
    same,
    theorem,
    top_limbs,
    within,
)


def total(limbs, b):
    return sum(limb << (b * i) if isinstance(limb, int) else limb * 2 ** (b * i) for i, limb in enumerate(limbs))


def number(bits, b, n, exact, short=True, extra=0):
    """(constraints, a): a number as the gates write it. `short` and `extra` plant errors."""
    count, constraints, cells = rows(bits, b, n), [], []
    for row in range(count):
        top = top_limbs(bits, b, n) if exact and row + 1 == count else None
        used = n if top is None else top[0] + (top[1] > 0) + extra
        limbs = [integer("l") for _ in range(used)]
        constraints += [within(limb, 2**b) for limb in limbs]
        if top and top[1] and short:
            check_limb = integer("check")
            constraints += [within(check_limb, 2**b), same(check_limb, limbs[top[0]] * 2 ** (b - top[1]))]
        cells.append((integer("a"), limbs))
    for row, (a, limbs) in enumerate(cells):
        below = cells[row + 1][0] * 2 ** (b * n) if row + 1 < count else 0
        constraints += [within(a, R), same(a, total(limbs, b) + below)]
    return constraints, cells[0][0]


def digits(bits, b, n, exact, given=None):
    """The limbs an honest prover writes satisfy the gates: (hypotheses, conclusion). Of the other
    direction than H3 and H4: a true claim has a proof. `given` bits instead of `bits` plant an error."""
    a = rest = integer("a")
    count, hypotheses, good = rows(bits, b, n), [within(a, 2 ** (given or bits))], []
    for row in range(count):
        whole, limbs = rest, []
        top = top_limbs(bits, b, n) if exact and row + 1 == count else None
        for _ in range(n if top is None else top[0] + (top[1] > 0)):
            limb, above = integer("l"), integer("q")
            hypotheses += [rest == limb + 2**b * above, within(limb, 2**b)]
            limbs.append(limb)
            rest = above
        below = rest * 2 ** (b * n) if row + 1 < count else 0
        good.append(whole == total(limbs, b) + below)
        if top and top[1]:
            good.append(within(limbs[top[0]] * 2 ** (b - top[1]), 2**b))
    good.append(whole < R)
    return hypotheses, z3.And(good)


def exact_claim(bits, b, n, **planted):
    constraints, a = number(bits, b, n, True, **planted)
    return constraints, a < 2**bits


def fields16(b, shift):
    a, low, high, short = (integer() for _ in range(4))
    table = [within(x, 2**b) for x in (low, high, short)]
    gate = [within(a, R), same(a, low + high * 2**b), same(short, high * 2**shift)]
    return table + gate, a < 2**16


def bps(checked, bits=16):
    a, other = integer(), integer()
    ranges = [within(a, 2**bits), within(other, 2**bits if checked else R)]
    return [*ranges, same(a + other, 10**4)], a <= 10**4


def share(b, most=10**4):
    """A share in its limbs and its complement in others, as many: it is at most 10^4."""
    count = -(-BPS_BITS // b)
    own, other = ([integer("l") for _ in range(count)] for _ in range(2))
    a = integer("a")
    limbs = [within(limb, 2**b) for limb in own + other]
    return [*limbs, within(a, R), same(a, total(own, b)), same(10**4 - a, total(other, b))], a <= most


def packed(bits, b, count):
    """A number that limbs alone write, with no cell of its own: `count` limbs."""
    limbs = [integer("l") for _ in range(count)]
    return [within(limb, 2**b) for limb in limbs], z3.And(total(limbs, b) >= 0, total(limbs, b) < 2**SPAN_BITS)


def packed_lines():
    """Of layouts with packed lines: a line's number, and the halves of another."""
    for b, n in WIDE:
        line = -(-COUNTED // b)
        if 2 * (n - line) * b >= SLACK:
            yield packed(COUNTED, b, line)
            yield packed(SLACK, b, 2 * (n - line))


def digit(b, bounded):
    low, low2, high, high2 = (integer() for _ in range(4))
    limb = [within(x, 2**b) if bounded else within(x, 2 ** (b + 1)) for x in (low, low2)]
    rest = [within(x, 2 ** (SPAN_BITS - b)) for x in (high, high2)]
    return [*limb, *rest, same(low + 2**b * high, low2 + 2**b * high2)], z3.And(low == low2, high == high2)


def prove():
    for bits in EXACT:
        part = [lay for lay in LAYOUTS if (top_limbs(bits, *lay) or (0, 0))[1]]
        whole = [lay for lay in LAYOUTS if (top_limbs(bits, *lay) or (0, 1))[1] == 0]
        planted = {"last limb not short": exact_claim(bits, *part[0], short=False)}
        if whole:
            planted["a limb too many"] = exact_claim(bits, *whole[0], extra=1)
        theorem(f"exact range check: below 2^{bits}", (exact_claim(bits, *lay) for lay in LAYOUTS), planted)
        theorem(
            f"exact range check: every number below 2^{bits} has limbs",
            (digits(bits, *lay, True) for lay in LAYOUTS),
            {"one bit more": digits(bits, *part[0], True, given=bits + 1)},
        )
    loose = []
    for bits in LOOSE:
        for lay in LAYOUTS:
            constraints, a = number(bits, *lay, False)
            loose.append((constraints, a < loose_bound(bits, *lay)))
    constraints, a = number(131, 12, 12, False)
    theorem("loose range check: below 2^(rows b n), at most 2^200", loose, {"one bit less": (constraints, a < 2**143)})
    theorem(
        "loose range check: every number of its bits has limbs",
        (digits(bits, *lay, False) for bits in LOOSE for lay in LAYOUTS),
        {"more bits than limbs": digits(131, 12, 12, False, given=145)},
    )
    theorem(
        "limbs are unique: one digit and the rest, by induction",
        (digit(b, True) for b in range(9, 17)),
        {"limbs of b + 1 bits": digit(9, False)},
    )
    theorem(
        "two fields of 16 bits: below 2^16",
        (fields16(b, 2 * b - 16) for b in range(9, 16)),
        {"shift less by 1": fields16(12, 7)},
    )
    theorem(
        "a field of 16 bits by the gate of a width's top row: below 2^16",
        (exact_claim(FIELD, *lay) for lay in NARROW),
        {"last limb not short": exact_claim(FIELD, *NARROW[0], short=False)},
    )
    theorem(
        "a + b = 10^4: a is at most 10^4",
        [bps(True), *[bps(True, rows(FIELD, b, n) * b * n) for b, n in NARROW]],
        {"b not range-checked": bps(False)},
    )
    theorem(
        "a share and its complement in limbs: at most 10^4",
        (share(b) for b in sorted({b for b, _ in WIDE})),
        {"one less": share(9, 10**4 - 1)},
    )
    theorem(
        "numbers of packed lines: below 2^200, of their bits",
        packed_lines(),
        {"limbs for more": packed(SLACK, 10, 22)},
    )
