"""What the theorems over emitted constraints do not say: that an honest prover has a witness, the
numbers of S4 to S7 and S10 being in the ranges that their limbs write."""

from prove import (
    BPS,
    COUNTED,
    DIVISOR,
    LINE,
    MICRO,
    PRICE,
    SLACK,
    STRESSED,
    SUM_COUNTED,
    SUM_HELD,
    TOTAL,
    VALUE,
    integer,
    theorem,
    within,
)

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


def report_line(bits):
    """What a group holds over a grain, which is 10^6 at least."""
    held, grain, line = integer(), integer(), integer()
    hypotheses = [within(held, 2**SUM_HELD), grain >= 1, within(line * MICRO * grain, held + 1), line >= 0]
    return [*hypotheses, line * MICRO <= line * MICRO * grain], line < 2**bits


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
    # A line is at most 10^4 v m and the offset of its widths, which are below 2^53 together (H54).
    lines, offset = BPS * 2**STRESSED, BPS * 2**53 * 10**10
    fewer = slack_exists(lines + offset, 1, COUNTED - 1)
    theorem("S5: a line has a slack", [slack_exists(lines + offset, 1, COUNTED)], {"109 bits": fewer})
    held = BPS * 2**SUM_HELD
    fewer = slack_exists(held, held, SUM_HELD + 12)
    theorem("S6: a held share has a slack", [slack_exists(held, held, SUM_HELD + 14)], {"98 bits": fewer})
    theorem("S10: a line has 80 bits", [report_line(LINE)], {"66 bits": report_line(LINE - 14)})
    for name, larger, smaller in comparisons:
        few = larger.bit_length() - 2
        planted = {f"{few} bits": slack_exists(larger, smaller, few)}
        theorem(f"{name} has a slack", [slack_exists(larger, smaller)], planted)
