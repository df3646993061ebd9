"""What the theorems over emitted constraints do not say: that an honest prover has a witness, the
numbers of S4, S6 and S7 being in the ranges that their limbs write."""

from prove import BPS, DIVISOR, PRICE, SLACK, STRESSED, SUM_COUNTED, TOTAL, VALUE, integer, theorem, within

import z3

OWED = BPS * 2**VALUE + 64 * 2**STRESSED  # public debt and 64 assets
RATIO = 2**20


def division_exists(up, divisor=DIVISOR):
    """An honest prover has a remainder in the range that its limbs write."""
    product, value = integer(), integer()
    hypotheses = [within(product, 2 ** (TOTAL + PRICE)), within(value, 2**VALUE)]
    if up:
        hypotheses += [(value - 1) * DIVISOR < product, product <= value * DIVISOR]
        left = value * divisor - product
    else:
        hypotheses += [value * DIVISOR <= product, product < (value + 1) * DIVISOR]
        left = product - value * divisor
    return hypotheses, z3.And(within(left, 2**100), within(DIVISOR - 1 - left, 2**100))


def slack_exists(larger, smaller, bits=SLACK):
    left, right = integer(), integer()
    return [within(left, larger), within(right, smaller), left >= right], left - right < 2**bits


def prove():
    for up, name in ((False, "down"), (True, "up")):
        planted = {"10^30 + 1": division_exists(up, DIVISOR + 1)}
        theorem(f"S4: rounding {name} has a witness", [division_exists(up)], planted)
    # share * C against 10^4 * c: C, c and a group's sum have at most 116 bits (H63).
    product, scaled = BPS * 2**SUM_COUNTED, BPS * 2**SUM_COUNTED
    comparisons = (
        ("S6: a share below its cap", product, scaled),
        ("S6: a share above its floor", scaled, product),
        ("S7: C above ratio times debt", 2**SUM_COUNTED, RATIO * OWED),
    )
    for name, larger, smaller in comparisons:
        few = larger.bit_length() - 2
        planted = {f"{few} bits": slack_exists(larger, smaller, few)}
        theorem(f"{name} has a slack", [slack_exists(larger, smaller)], planted)
