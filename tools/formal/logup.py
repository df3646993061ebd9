"""The logarithmic derivatives: every limb is in the table, S2's totals are those of the
positions; and the inner products over rho of S6 and S7.

The general argument, of which the theorems below are instances (ideal membership over the
field itself, by Groebner bases) and numbers:

1. Range check (H5 to H9): sum over N limbs of 1 / (beta + l_i) = sum over the table of
   m_t / (beta + t), as rational functions of beta. The left side has at -z the residue
   #{i : l_i = z}, an integer from 0 to N; the right side has a pole only at -t, t in the
   table, whatever the m_t are (they need no range; the gate takes a cell times t + 1 for m_t,
   and times 0 at rows without a number). With N < r a residue that is not 0 as an
   integer is not 0 in the field, so every l_i is in the table. N <= 24 limbs of 2^21 rows.
2. The identity is tested at one random beta (H10, H11). Cleared of denominators it is a polynomial of
   degree below N + 2^b, so a false one passes with probability below (N + 2^b) / r.
3. S2 (H33): sum over positions of s kind (amount + delta) / (gamma + id), with s = 1 where the position
   counts and its block is active, else 0, and kind 1 or kappa, equals the sum over the assets of (total +
   delta count) / (gamma + id), collateral, and kappa times that, liabilities; and of counts alone at id 0.
   The assets' ids are distinct and not 0 (H34). The parts without and with kappa are equal separately,
   since what they are made of was committed before it. At a pole that no asset has, the coefficient of
   delta is the number of counting positions there: it would have to be 0. At the pole 0 the coefficient of
   1 is the sum of their amounts, which is 0 over the integers (H32, H35). At an asset's pole it is its total. Without
   delta, positions of amount 0 escape.
4. (H64, H66) sum_a c_a (sum_g bit_{a,g} rho^g + used_a rho^15) = C rho^15 + sum_g S_g rho^g at a random rho,
   all else committed before: the coefficients agree, except with probability 15 / r.
"""

from math import gcd

import sympy
from sympy import Symbol, symbols

from algebra import implied, theorem
from prove import R

BETA, GAMMA, DELTA = symbols("beta gamma delta")


def numerator(fractions, variable):
    """Numerator of a sum of (numerator, pole) terms, cleared of every denominator."""
    total = 0
    for i, (top, _) in enumerate(fractions):
        product = top
        for j, (_, pole) in enumerate(fractions):
            if i != j:
                product *= variable + pole
        total += product
    return sympy.expand(total)


def coefficients(expression, *variables):
    return [c for c in sympy.Poly(expression, *variables).coeffs() if c != 0]


def limbs(count, table, modulus=R, whole=True):
    """`count` limbs; is the first in the table? Not `whole`: its fraction is left out."""
    looked_up = symbols(f"l1:{count + 1}")
    multiplicities = symbols(f"m0:{table}")
    fractions = [(1, x) for x in looked_up[0 if whole else 1 :]]
    fractions += [(-m, t) for t, m in enumerate(multiplicities)]
    outside = sympy.prod(looked_up[0] - t for t in range(table))
    return implied(coefficients(numerator(fractions, BETA), BETA), outside, modulus)


def totals(conclusion, delta=True, distinct=True, given=()):
    """Two positions (keys p, amounts a, counting s) and two assets (keys k, totals T, counts n)."""
    p1, p2, a1, a2, s1, s2 = symbols("p1 p2 a1 a2 s1 s2")
    k1, k2, t1, t2, n1, n2, z = symbols("k1 k2 T1 T2 n1 n2 z")
    d = DELTA if delta else 0
    fractions = [(a1 + d * s1, p1), (a2 + d * s2, p2), (-t1 - d * n1, k1), (-t2 - d * n2, k2)]
    hypotheses = coefficients(numerator(fractions, GAMMA), GAMMA, DELTA)
    hypotheses += [s1 - 1, s2 * (s2 - 1), (1 - s2) * a2]
    if distinct:
        hypotheses.append(z * (k1 - k2) - 1)
    names = {str(x): x for x in (p1, p2, a1, a2, s1, s2, k1, k2, t1, t2)}
    read = lambda text: sympy.sympify(text, locals=names)
    return implied(hypotheses + [read(g) for g in given], read(conclusion))


def kinds(kappa):
    """A pole with a position of each kind, amounts a, b and an asset with the totals T, L: are the totals
    those of their own kinds? `kappa` is the factor of liabilities."""
    a, b, t, l = symbols("a b T L")
    equal = coefficients(sympy.expand(a + kappa * b - t - kappa * l), Symbol("kappa"))
    return implied(equal, t - a) and implied(equal, l - b)


def selected(active, before):
    """The register after a block: what was before, and the block's own where it is active."""
    g, own, was = symbols("g own was")
    equation = [g - was - active * (own - was)]
    return implied(equation, g - own) if before == "own" else implied(equation, g - was)


def groups(power, count=3):
    """Two assets in `count` groups, C at rho^power: are C and each S_g the sums?"""
    rho = Symbol("rho")
    c, bits = symbols("c1:3"), [symbols(f"b{a}_0:{count}") for a in range(2)]
    total, sums = Symbol("C"), symbols(f"S0:{count}")
    left = sum(x * (sum(bit * rho**g for g, bit in enumerate(b)) + rho**power) for x, b in zip(c, bits))
    right = total * rho**power + sum(s * rho**g for g, s in enumerate(sums))
    equations = coefficients(sympy.expand(left - right), rho)
    claims = [total - sum(c)] + [s - sum(x * b[g] for x, b in zip(c, bits)) for g, s in enumerate(sums)]
    return all(implied(equations, claim) for claim in claims)


def prime(modulus):
    """A product is 0 only where a factor is (gates such as d (d - 1) (d - 2) = 0)."""
    return sympy.isprime(modulus)


def prove():
    theorem("r is prime: a product is 0 only with a factor", [prime(R)], {"r + 2": prime(R + 2)})
    lookups, entries = 24 << 21, 1 << 16
    theorem(
        "lookup: counts of limbs are not 0 in the field, a wrong sum passes below 2^-225",
        [0 < lookups < R, (lookups + entries) << 225 < R],
        {"a field of 24 bits": lookups < 1 << 24},
    )
    theorem(
        "lookup: a limb is in the table",
        [limbs(1, 2), limbs(1, 3), limbs(2, 2), limbs(2, 3), limbs(3, 2)],
        {
            "two limbs in characteristic 2": limbs(2, 2, modulus=2),
            "three in characteristic 3": limbs(3, 2, modulus=3),
            "a limb left out of the sum": limbs(2, 2, whole=False),
        },
    )
    theorem(
        "S2: totals are those of their own kind",
        [kinds(Symbol("kappa"))],
        {"2^120 for kappa": kinds(2**120), "1 for kappa": kinds(1)},
    )
    theorem(
        "S1: a block that is not active adds nothing",
        [selected(1, "own"), selected(0, "was")],
        {"a block that is half active": selected(2, "own")},
    )
    member = "(p1 - k1) * (p1 - k2)"
    theorem("S2: a counting position is in the policy", [totals(member)], {"no delta": totals(member, delta=False)})
    apart, together = ("p1 - k1", "p2 - k2", "s2 - 1"), ("p1 - k1", "p2 - k1", "s2 - 1")
    unused = ("p1 - k2", "s2")
    theorem(
        "S2: totals are the sums of their positions",
        [
            totals("T1 - a1", given=apart),
            totals("T2 - a2", given=apart),
            totals("T1 - a1 - a2", given=together),
            totals("T2", given=together),
            totals("T1", given=unused),
            totals("T2 - a1", given=unused),
        ],
        {"an asset twice": totals("T1 - a1 - a2", distinct=False, given=together)},
    )
    theorem("S6, S7: inner products over rho are the sums", [groups(3)], {"a power used twice": groups(2)})
    theorem(
        "hashing: a fifth root exists, and is one",
        [gcd(5, R - 1) == 1],
        {"cubes": gcd(3, R - 1) == 1},
    )
    rows, lanes = 1 << 21, 16
    theorem(
        "hashing: a sum of wrong equations passes below 2^-225",
        [(rows + 221 + lanes) << 225 < R],
        {"a field of 24 bits": (rows + 221 + lanes) < 1 << 20},
    )
