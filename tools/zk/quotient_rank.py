"""How many of the quotient's pieces are masked by the blinding rows of the lookup's columns.

    python3 tools/zk/quotient_rank.py [K LIMB_BITS LIMBS BLINDING_FACTORS]...

The quotient is affine in what is in the blinding rows of `sum`, `part` and `m` (the columns
of circuits/src/circuit/gates/lookup.rs in the wide layout). This builds a basis of the changes
of those rows that show in no commitment and no evaluation of their column, and the rank of the
map from them to what the six commitments of the pieces hold. Rank 6: given all else that a proof shows, the six
are uniform. Rank 5 with limbs that are 0 at tau is the whole plane that is left to `part` and
`m`, which stand at one rotation. See docs/decisions/0007-quotient-masking.md.
"""

import random
import sys

R = 0x30644E72E131A029B85045B68181585D2833E84879B9709143E1F593F0000001
TWO_ADICITY = 28
# Rows that the layout keeps free at the end; halo2 fills the last BLINDING_FACTORS + 1.
KEPT = 8
PIECES = 6
IN_SUM = 4


def omega(n):
    return pow(pow(5, (R - 1) >> TWO_ADICITY, R), (1 << TWO_ADICITY) // n, R)


def ntt(values, w):
    """Evaluations at the powers of w, which has as many as there are values."""
    if len(values) == 1:
        return values
    even, odd = ntt(values[::2], w * w % R), ntt(values[1::2], w * w % R)
    out, factor, half = [0] * len(values), 1, len(even)
    for i in range(half):
        turned = odd[i] * factor % R
        out[i], out[i + half] = (even[i] + turned) % R, (even[i] - turned) % R
        factor = factor * w % R
    return out


def interpolate(values):
    n = len(values)
    scale = pow(n, -1, R)
    return [x * scale % R for x in ntt(values, pow(omega(n), -1, R))]


def product(*polynomials):
    size, n = sum(len(p) - 1 for p in polynomials) + 1, 1
    while n < size:
        n *= 2
    values = [1] * n
    for p in polynomials:
        evaluations = ntt(p + [0] * (n - len(p)), omega(n))
        values = [x * y % R for x, y in zip(values, evaluations)]
    return interpolate(values)[:size]


def combine(*terms):
    """Sum of factor * polynomial."""
    out = [0] * max(len(p) for _, p in terms)
    for factor, p in terms:
        for i, c in enumerate(p):
            out[i] = (out[i] + factor * c) % R
    return out


def at(p, x):
    y = 0
    for c in reversed(p):
        y = (y * x + c) % R
    return y


def turned(p, w):
    """p(wX)."""
    return [c * pow(w, i, R) % R for i, c in enumerate(p)]


def quotient(p, n):
    """By X^n - 1, which must divide it."""
    p, out = list(p), [0] * max(len(p) - n, 0)
    for i in range(len(p) - 1, n - 1, -1):
        out[i - n] = p[i]
        p[i - n], p[i] = (p[i - n] + p[i]) % R, 0
    assert not any(p), "does not vanish on the domain"
    return out


def reduce(rows):
    """Reduced row echelon form and the pivots' columns."""
    rows, pivots = [list(row) for row in rows], []
    for column in range(len(rows[0])) if rows else ():
        rank = len(pivots)
        found = next((i for i in range(rank, len(rows)) if rows[i][column]), None)
        if found is None:
            continue
        rows[rank], rows[found] = rows[found], rows[rank]
        inverse = pow(rows[rank][column], -1, R)
        rows[rank] = [x * inverse % R for x in rows[rank]]
        for i in range(len(rows)):
            if i != rank and (factor := rows[i][column]):
                rows[i] = [(x - factor * y) % R for x, y in zip(rows[i], rows[rank])]
        pivots.append(column)
    return rows, pivots


def unseen(n, blinding, points):
    """A basis of the polynomials that are 0 but in the last rows, and 0 at the points."""
    lagrange = []
    for row in range(n - blinding - 1, n):
        lagrange.append(interpolate([int(i == row) for i in range(n)]))
    rows, pivots = reduce([[at(p, x) for p in lagrange] for x in points])
    basis = []
    for column in set(range(len(lagrange))) - set(pivots):
        terms = [(1, lagrange[column])]
        terms += [(-rows[i][column], lagrange[pivot]) for i, pivot in enumerate(pivots)]
        basis.append(combine(*terms))
    return basis


def ranks(k, limb_bits, limbs, blinding, zero_at_tau):
    n = 1 << k
    tau, x, y, beta = (random.randrange(R) for _ in range(4))
    last = n - KEPT - 1
    table = [(i + 2 if i >> limb_bits == 0 else 1) if i < last else 0 for i in range(n)]
    on = interpolate(table)
    shifted = combine((1, on), (beta - 2, [1]))
    plus_one = combine((1, on), (-1, [1]))
    seen_here, seen_next = [tau, x], [tau, x, x * omega(n) % R]
    limb_space = unseen(n, blinding, seen_here if zero_at_tau else [])
    columns = [combine(*((random.randrange(R), p) for p in limb_space)) for _ in range(limbs)]
    in_sum = product(on, *columns[:IN_SUM])
    step = product(in_sum, shifted)
    in_part = product(on, *columns[IN_SUM:])

    def pieces(p):
        h = quotient(p, n) + [0] * (PIECES * n)
        return [at(h[i * n : (i + 1) * n], tau) for i in range(PIECES)]

    here, following = unseen(n, blinding, seen_here), unseen(n, blinding, seen_next)
    of = {
        "sum": [pieces(product(combine((1, turned(d, omega(n))), (-1, d)), step)) for d in following],
        "part": [pieces(combine((-y, product(d, step)), (1, product(d, in_part)))) for d in here],
        "m": [pieces(combine((y, product(d, in_sum, plus_one)))) for d in here],
    }
    of["all"] = sum(of.values(), [])
    return {name: f"{len(reduce(rows)[1])} of {len(rows)}" for name, rows in of.items()}


def main():
    numbers = [int(x) for x in sys.argv[1:]] or [11, 10, 8, 6]
    for i in range(0, len(numbers), 4):
        k, limb_bits, limbs, blinding = numbers[i : i + 4]
        print(f"k {k}, {limbs} limbs of {limb_bits} bits, {blinding} blinding factors")
        for name, zero in (("limbs 0 at tau", True), ("limbs not 0 at tau", False)):
            print(f"  {name}:", ranks(k, limb_bits, limbs, blinding, zero), flush=True)


if __name__ == "__main__":
    main()
