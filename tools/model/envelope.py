"""The envelope (specification, section 6a): what a verified statement says of later prices.

Both answers are linear programs in rationals (`linear.py`), and each comes with what shows it:
weights l for inside, a vector y for outside.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

import linear
from covenant_model import Statement
from documents import BPS, Policy, keccak256, refuse_unless

Prices = Sequence[Fraction | int]
"""Later prices q: rational, from 0 on."""


@dataclass(frozen=True)
class Inside:
    """Weights of the base and the scenarios, and the ratio R that they promise."""

    weights: tuple[Fraction, ...]
    """One for each scenario, the base first; 0 where the ratio is 0."""
    R: Fraction

    @property
    def whole_bps(self) -> int:
        """R where a whole number is shown: rounded down."""
        return self.R.numerator // self.R.denominator


@dataclass(frozen=True)
class Outside:
    """Integers y, one for each asset in digest order."""

    y: tuple[int, ...]


@dataclass(frozen=True)
class Envelope:
    """What the envelope depends on; assets in digest order, the base first."""

    prices: tuple[int, ...]
    ratios: tuple[int, ...]
    multipliers: tuple[tuple[int, ...], ...]
    """m[j][a]."""
    owed: tuple[bool, ...]
    """Whether the basket may owe an asset."""
    weightless: tuple[bool, ...]

    @property
    def scenarios(self) -> list[int]:
        """The scenarios that ask for something."""
        return [j for j, ratio in enumerate(self.ratios) if ratio >= 1]


def envelope_of(s: Statement, p: Policy) -> Envelope:
    """The envelope of a verified statement."""
    ratios = (s.ratio, *p.ratios)
    return Envelope(
        prices=s.prices,
        ratios=ratios,
        multipliers=tuple(
            tuple(asset.multipliers[j] for asset in p.assets) for j in range(len(ratios))
        ),
        owed=tuple(s.kinds != 0 and asset.may_owe for asset in p.assets),
        weightless=tuple(max(asset.weights) == 0 for asset in p.assets),
    )


def decide(e: Envelope, q: Prices) -> Inside | Outside:
    """Whether prices q are inside or outside, with what shows it."""
    refuse_unless(len(q) == len(e.prices), "Missing", "not one price for each asset")
    refuse_unless(min(q) >= 0, "Range", "a price below 0")
    inside, y = find_weights(e, q), find_outside(e, q)
    if (inside is None) == (y is None):
        raise AssertionError("inside or outside, never both or neither")
    if inside is None:
        check_outside(e, q, y)
        return Outside(y)
    check_inside(e, q, inside.weights)
    return inside


# The definitions


def check_inside(e: Envelope, q: Prices, weights: Sequence[Fraction]) -> None:
    """Raise `ValueError` unless these weights show that q is inside."""
    good = len(weights) == len(e.ratios) and min(weights) >= 0 and sum(weights) == 1
    good = good and all(weight == 0 for weight, ratio in zip(weights, e.ratios) if ratio == 0)
    for a, (later, price) in enumerate(zip(q, e.prices)):
        mixed = price * sum(weight * m[a] for weight, m in zip(weights, e.multipliers))
        good = good and (e.weightless[a] or later * BPS >= mixed)
        good = good and (not e.owed[a] or later * BPS <= mixed)
    if not good:
        raise ValueError("the weights do not show that the prices are inside")


def promised(e: Envelope, weights: Sequence[Fraction]) -> Fraction:
    """R of weights that show that prices are inside."""
    if any(e.owed):
        return Fraction(min(ratio for ratio, weight in zip(e.ratios, weights) if weight > 0))
    return Fraction(sum(ratio * weight for ratio, weight in zip(e.ratios, weights)))


def check_outside(e: Envelope, q: Prices, y: Sequence[int]) -> None:
    """Raise `ValueError` unless this vector shows that q is outside."""
    good = len(y) == len(e.prices)
    for a, y_a in enumerate(y):
        good = good and (y_a <= 0 or not e.weightless[a]) and (y_a >= 0 or e.owed[a])
    now = sum(y_a * later * BPS for y_a, later in zip(y, q))
    for j in e.scenarios:
        then = sum(y_a * price * m for y_a, price, m in zip(y, e.prices, e.multipliers[j]))
        good = good and now < then
    if not good:
        raise ValueError("the vector does not show that the prices are outside")


# The linear programs


def find_weights(e: Envelope, q: Prices) -> Inside | None:
    """Weights with the largest R, or None where there are none."""
    if any(e.owed):
        for least in sorted({e.ratios[j] for j in e.scenarios}, reverse=True):
            enough = [j for j in e.scenarios if e.ratios[j] >= least]
            weights = mixture(e, q, enough, [0] * len(enough))
            if weights is not None:
                return Inside(weights, promised(e, weights))
        return None
    weights = mixture(e, q, e.scenarios, [e.ratios[j] for j in e.scenarios])
    return None if weights is None else Inside(weights, promised(e, weights))


def mixture(
    e: Envelope, q: Prices, scenarios: Sequence[int], gain: Sequence[int]
) -> tuple[Fraction, ...] | None:
    """Weights of these scenarios that show that q is inside, with the largest gain."""
    a: list[list[int]] = [[1] * len(scenarios), [-1] * len(scenarios)]
    b: list[Fraction | int] = [1, -1]
    for i, (later, price) in enumerate(zip(q, e.prices)):
        bps = Fraction(later * BPS, price)
        row = [e.multipliers[j][i] for j in scenarios]
        if not e.weightless[i]:
            a.append(row)
            b.append(bps)
        if e.owed[i]:
            a.append([-m for m in row])
            b.append(-bps)
    found = linear.maximize(gain, a, b)
    if found is None:
        return None
    chosen = dict(zip(scenarios, found[1]))
    return tuple(chosen.get(j, Fraction(0)) for j in range(len(e.ratios)))


def find_outside(e: Envelope, q: Prices) -> tuple[int, ...] | None:
    """A vector that shows that q is outside, or None where there is none.

    With z_a = y_a x p_a, the largest t of at most 1 with t <= sum of z_a x (m_{j,a} - bps_a)
    for every j; z is the difference of an upper part and a lower part, both from 0 on.
    """
    signs = [(a, 1) for a in range(len(q)) if not e.weightless[a]]
    signs += [(a, -1) for a in range(len(q)) if e.owed[a]]
    bps = [Fraction(later * BPS, price) for later, price in zip(q, e.prices)]
    rows = [
        [1, *(-sign * (e.multipliers[j][a] - bps[a]) for a, sign in signs)]
        for j in e.scenarios
    ]
    rows.append([1, *[0] * len(signs)])
    t, found = linear.maximize([1, *[0] * len(signs)], rows, [*[0] * len(e.scenarios), 1])
    if t <= 0:
        return None
    z = [Fraction(0)] * len(q)
    for (a, sign), part in zip(signs, found[1:]):
        z[a] += sign * part
    y = [z_a / price for z_a, price in zip(z, e.prices)]
    common = lcm(*(y_a.denominator for y_a in y))
    return tuple(int(y_a * common) for y_a in y)


# On chain (6a.2)


def words(*numbers: int) -> bytes:
    """Words of 32 bytes."""
    return b"".join(number.to_bytes(32, "big") for number in numbers)


def terms_hash(p: Policy) -> bytes:
    """keccak256(abi.encode(ratios, multipliers, owed, weightless)) of a policy."""
    multipliers = [a.multipliers[j] for j in range(1, 1 + len(p.ratios)) for a in p.assets]
    owed = sum(asset.may_owe << i for i, asset in enumerate(p.assets))
    weightless = sum((max(asset.weights) == 0) << i for i, asset in enumerate(p.assets))
    first = 4 * 32
    second = first + 32 * (1 + len(p.ratios))
    head = words(first, second, owed, weightless)
    ratios = words(len(p.ratios), *p.ratios)
    return keccak256(head + ratios + words(len(multipliers), *multipliers))


def prices_hash(prices: Sequence[int]) -> bytes:
    """keccak256 of the ABI encoding of the accepted statement's prices."""
    return keccak256(words(32, len(prices), *prices))
