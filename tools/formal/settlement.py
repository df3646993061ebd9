"""S3 to S7 in the circuit: with every number range-checked as declared, the equations in the
field are the inequalities over the integers. Products of two cells enter as one integer
below the product of their bounds.

`SPAN` is what a loose range check may allow at most in any admissible layout (H3). Totals are
below 2^129 (H35), prices below 2^120 (H43), values below 2^80 (H45), multipliers below 2^16 and
weights at most 10^4 (H50, H51)."""

import z3

from prove import (
    BPS,
    COUNTED,
    DIVISOR,
    PRICE,
    R,
    SLACK,
    SPAN_BITS,
    STRESSED,
    SUM_COUNTED,
    TOTAL,
    VALUE,
    WIDTH,
    WIDTH_SCALE,
    integer,
    same,
    theorem,
    within,
)

SPAN = 2**SPAN_BITS
OWED = BPS * 2**VALUE + 64 * 2**STRESSED  # public debt and 64 assets
RATIO = 2**20


def netting(checked=True):
    """S3: rest + netted is the total (H33), so netted is at most the total, and the rest too (H40)."""
    rest, netted, total = (integer() for _ in range(3))
    ranges = [within(total, 2**TOTAL), within(netted, SPAN), within(rest, SPAN if checked else R)]
    return [*ranges, same(rest + netted, total)], z3.And(netted <= total, rest == total - netted)


def divided(up, remainder=True, quotient=True):
    """S4: rest * price = value * 10^30 + remainder, or - remainder to round up (H42). The rest is at
    most a total (H40), the price is typed (H43)."""
    product, value, left, other = (integer() for _ in range(4))
    hypotheses = [
        within(product, 2 ** (TOTAL + PRICE)),
        within(value, 2**VALUE if quotient else R),
        within(left, SPAN),
        within(other, SPAN if remainder else R),
        same(left + other, DIVISOR - 1),
        same(product + left if up else product - left, value * DIVISOR),
    ]
    if up:
        exact = z3.And((value - 1) * DIVISOR < product, product <= value * DIVISOR)
    else:
        exact = z3.And(value * DIVISOR <= product, product < (value + 1) * DIVISOR)
    return hypotheses, exact


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


def tiers(left_checked=True):
    """S5: value * multiplier = x_1 + .. + x_4 + u with each not negative (H60, H61)."""
    stressed, *parts = (integer() for _ in range(6))
    bounds = [SPAN] * 4 + [SPAN if left_checked else R]
    hypotheses = [within(stressed, 2**STRESSED), same(stressed - sum(parts[:4]), parts[4])]
    hypotheses += [within(x, bound) for x, bound in zip(parts, bounds)]
    return hypotheses, z3.And(sum(parts) == stressed, *[x < 2**STRESSED for x in parts])


def width(checked=True):
    x, slack, wide = (integer() for _ in range(3))
    hypotheses = [within(x, SPAN), within(slack, SPAN if checked else R), within(wide, 2**WIDTH)]
    return [*hypotheses, same(slack + x, WIDTH_SCALE * wide)], x <= WIDTH_SCALE * wide


def counted(weight=BPS):
    """c_a = sum x_l * weight_l stays below 2^110: no wrap, also in the sum over 64 assets (H63)."""
    parts, products = [integer() for _ in range(4)], [integer() for _ in range(4)]
    hypotheses = [z3.And(x >= 0, 0 <= y, y <= weight * x) for x, y in zip(parts, products)]
    bound = z3.And(sum(products) < 2**COUNTED, 64 * sum(products) < 2**SUM_COUNTED)
    return [*hypotheses, sum(parts) < 2**STRESSED], bound


def slack(larger, smaller, span=SPAN):
    """larger - smaller = slack, slack range-checked: larger >= smaller (H65, H67). Bounds are
    exclusive."""
    left, right, rest = (integer() for _ in range(3))
    ranges = [within(left, larger), within(right, smaller), within(rest, span)]
    return [*ranges, same(left - right, rest)], left >= right


def slack_exists(larger, smaller, bits=SLACK):
    left, right = integer(), integer()
    return [within(left, larger), within(right, smaller), left >= right], left - right < 2**bits


def prove():
    theorem("S3: n_a is at most the total", [netting()], {"rest not range-checked": netting(False)})
    for up, name in ((False, "down"), (True, "up")):
        theorem(
            f"S4: value is rounded {name}",
            [divided(up)],
            {
                "remainder not below 10^30": divided(up, remainder=False),
                "value not range-checked": divided(up, quotient=False),
            },
        )
        theorem(f"S4: rounding {name} has a witness", [division_exists(up)], {"10^30 + 1": division_exists(up, DIVISOR + 1)})
    theorem("S5: the tiers and u make the stressed value", [tiers()], {"u not range-checked": tiers(False)})
    theorem("S5: x_l is at most 10^10 width_l", [width()], {"slack not range-checked": width(False)})
    theorem("S5: what is counted does not wrap", [counted()], {"weights of 17 bits": counted(2**17)})
    # share * C against 10^4 * c: C is below 2^116, c and a group's sum too (H63, H64).
    product, scaled = BPS * 2**SUM_COUNTED, BPS * 2**SUM_COUNTED
    comparisons = (
        ("S6: a share is at most its cap", product, scaled),
        ("S6: a share is at least its floor", scaled, product),
        ("S7: C covers ratio times debt", 2**SUM_COUNTED, RATIO * OWED),
    )
    for name, larger, smaller in comparisons:
        planted = {"slack not range-checked": slack(larger, smaller, R)}
        theorem(name, [slack(larger, smaller), slack(larger, smaller, 2**SLACK)], planted)
        few = larger.bit_length() - 2
        theorem(f"{name}: has a slack", [slack_exists(larger, smaller)], {f"{few} bits": slack_exists(larger, smaller, few)})
