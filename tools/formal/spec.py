"""What the specification says, written from its text alone: tags, packings, ranges and the
formulas of the clauses, over whatever plays each role. Nothing here looks at the circuit."""

from poly import R, add, const, mul, scale, total, var

GROUPS, TIERS, PER_WORD, MOST_SCENARIOS = 15, 4, 5, 15
AMOUNT, ASSET_ID, VALUE, WIDTH = 2**112, 2**120, 2**80, 2**60
BPS, DIVISOR, WIDTH_SCALE = 10**4, 10**30, 10**10


def tag(text):
    return int.from_bytes(text.encode("ascii"), "big")


KINDS = {tag("covenant/collateral/v1"): 0, tag("covenant/liability/v1"): 1}
POLICY = tag("covenant/policy/v1")

# A field of a word: (name, shift, exclusive bound). `m`: multiplier of a scenario.
WORDS = (
    [("id", 0, ASSET_ID), ("share", 120, BPS + 1)]
    + [(f"group {g}", 136 + g, 2) for g in range(GROUPS)]
    + [("netting", 152, 2)]
    + [(f"m {j}", 160 + 16 * (j - 1), 2**16) for j in range(1, 6)],
    [("width 1", 0, WIDTH), ("weight 1", 64, BPS + 1), ("width 2", 80, WIDTH), ("weight 2", 144, BPS + 1)]
    + [(f"m {j}", 160 + 16 * (j - 6), 2**16) for j in range(6, 11)],
    [("width 3", 0, WIDTH), ("weight 3", 64, BPS + 1), ("weight 4", 80, BPS + 1)]
    + [(f"m {j}", 96 + 16 * (j - 11), 2**16) for j in range(11, 16)],
)
RATIOS = [(f"ratio {j}", 16 * (j - 1), 2**16) for j in range(1, MOST_SCENARIOS + 1)]
LEAST = [(f"min {g}", 16 * g, BPS + 1) for g in range(GROUPS)]
MOST = [(f"max {g}", 16 * g, BPS + 1) for g in range(GROUPS)]


def kinds(states):
    """The public kinds: bit m of an account whose state is 2, of the states 0, 1, 2."""
    terms = []
    for m, s in enumerate(states):
        terms.append(scale(mul(var(s), add(var(s), const(-1))), pow(2, m - 1, R)))
    return total(terms)


def entry(identifier, amount):
    return add(scale(identifier, 2**128), amount)


def value_down(rest, price, value, remainder):
    """rest price = value 10^30 + remainder."""
    return add(add(mul(rest, price), scale(value, DIVISOR), -1), remainder, -1)


def value_up(rest, price, value, remainder):
    """rest price = value 10^30 - remainder."""
    return add(add(mul(rest, price), scale(value, DIVISOR), -1), remainder)


def counted(weights, parts):
    """c_a = sum w_l x_l."""
    return total(mul(w, x) for w, x in zip(weights, parts))


def most_share(share, whole, part):
    """share C - 10^4 c, which is not negative."""
    return add(mul(share, whole), scale(part, BPS), -1)


def least_share(share, whole, part):
    return scale(most_share(share, whole, part), -1)


def coverage(whole, ratio, debt, owed):
    """C - ratio (10^4 debt + O), which is not negative."""
    return add(whole, mul(ratio, add(scale(debt, BPS), owed)), -1)
