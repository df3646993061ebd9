"""What the specification says, written from its text alone: tags, packings, ranges and the
formulas of the clauses, over whatever plays each role. Nothing here looks at the circuit."""

from poly import R, add, const, mul, scale, total, var

GROUPS, TIERS, MOST_SCENARIOS = 15, 4, 15
AMOUNT, ASSET_ID, VALUE, WIDTH, LINE = 2**112, 2**120, 2**80, 2**60, 2**80
BPS, DIVISOR, WIDTH_SCALE, MICRO = 10**4, 10**30, 10**10, 10**6
# A document's grain and widths (H54); the words have room for WIDTH.
WHOLE = 2**53
# Entries in the first block of an account and in each other, assets in a block of a policy.
FIRST, BLOCK, PER_BLOCK, PER_WORD = 12, 15, 5, 3


def tag(text):
    return int.from_bytes(text.encode("ascii"), "big")


KINDS = {tag("covenant/collateral/v2"): 0, tag("covenant/liability/v2"): 1}
POLICY = tag("covenant/policy/v2")

# A field of a word: (name, shift, exclusive bound). `m`: multiplier of a scenario.
WORDS = (
    [("id", 0, ASSET_ID), ("share", 120, BPS + 1)]
    + [(f"group {g}", 136 + g, 2) for g in range(GROUPS)]
    + [("netting", 152, 2), ("may_owe", 153, 2)]
    + [(f"m {j}", 160 + 16 * (j - 1), 2**16) for j in range(1, 6)],
    [("width 1", 0, WIDTH), ("weight 1", 64, BPS + 1), ("width 2", 80, WIDTH), ("weight 2", 144, BPS + 1)]
    + [(f"m {j}", 160 + 16 * (j - 6), 2**16) for j in range(6, 11)],
    [("width 3", 0, WIDTH), ("weight 3", 64, BPS + 1), ("weight 4", 80, BPS + 1)]
    + [(f"m {j}", 96 + 16 * (j - 11), 2**16) for j in range(11, 16)]
    + [("held", 176, BPS + 1)],
)
RATIOS = [(f"ratio {j}", 16 * (j - 1), 2**16) for j in range(1, MOST_SCENARIOS + 1)]
COUNT = ("count", 0, 2**8)
HEADER = [("complete", 8, 2)] + [(f"report {g}", 16 + g, 2) for g in range(GROUPS)] + [("grain", 32, WIDTH)]


def shares(name):
    """The words of shares: `min`, `max`, `min held`, `max held`."""
    return [(f"{name} {g}", 16 * g, BPS + 1) for g in range(GROUPS)]


SHARES = ("min", "max", "min held", "max held")


def kinds(accounts):
    """The public kinds, of (whether it is used, whether it is a liability): bit m of account m."""
    return total(scale(mul(var(used), var(owed)), 2**m) for m, (used, owed) in enumerate(accounts))


def entry(identifier, amount):
    return add(scale(identifier, 2**128), amount)


def value_down(rest, price, value, remainder):
    """rest price = value 10^30 + remainder."""
    return add(add(mul(rest, price), scale(value, DIVISOR), -1), remainder, -1)


def value_up(rest, price, value, remainder):
    """rest price = value 10^30 - remainder."""
    return add(add(mul(rest, price), scale(value, DIVISOR), -1), remainder)


def line(weights, widths, stressed, l):
    """weight_l v m + off_l, of the lines from 0: off_l = sum over i < l of (weight_i - weight_l) width_i 10^10."""
    off = total(mul(add(weights[i], weights[l], -1), scale(widths[i], WIDTH_SCALE)) for i in range(l))
    return add(mul(weights[l], stressed), off)


def most_share(share, whole, part):
    """share C - 10^4 c, which is not negative."""
    return add(mul(share, whole), scale(part, BPS), -1)


def least_share(share, whole, part):
    return scale(most_share(share, whole, part), -1)


def coverage(whole, ratio, debt, owed):
    """C - ratio (10^4 debt + O), which is not negative."""
    return add(whole, mul(ratio, add(scale(debt, BPS), owed)), -1)


def report_word(lines):
    """Three lines, the first the lowest."""
    return total(scale(line, LINE**i) for i, line in enumerate(lines))


# Roll-up: R1 to R6.

ROLLUP = tag("covenant/rollup/v2")
ARITY, MOST_POSITIONS = 16, 2**17


def depth(slots):
    """The smallest D >= 1 with 16^D >= M."""
    levels = 1
    while ARITY**levels < slots:
        levels += 1
    return levels


def blocks(positions):
    """How many hashes an account of so many positions takes; none of them is empty."""
    return 1 + -(-max(positions - FIRST, 0) // BLOCK)


def next_id(used, before):
    """The least id of a slot after one with the id before: one more where it is used."""
    return mul(used, add(before, const(1)))
