"""Decides whether a claim has an allocation at all: S3..S7 as linear arithmetic over integers,
by z3's exact rationals.

First the relaxation to reals, whose refutation settles most false claims; else integers.
A yes is returned with its allocation, which `covenant_model.check` has accepted.
"""

import z3

from covenant_model import (
    BPS,
    TIERS,
    VALUE,
    VALUE_DIVISOR,
    WIDTH_SCALE,
    Allocation,
    Fails,
    check,
    largest_netting,
    opened,
    priced,
    totals,
    valued,
)

TIMEOUT_MS = 60_000


class Undecided(Exception):
    """The solver gave up; never counted as agreement."""


def find_allocation(claim, timeout_ms=TIMEOUT_MS):
    """An allocation, or None if there is none."""
    try:
        opened(claim)
        priced(claim)
        sums = totals(claim)
    except Fails:
        return None
    if run(System(claim, sums, z3.Real), timeout_ms) is None:
        return None
    system = System(claim, sums, z3.Int)
    model = run(system, timeout_ms)
    if model is None:
        return None
    allocation = system.allocation(model)
    check(claim, allocation)
    return allocation


def run(system, timeout_ms):
    solver = z3.Solver()
    solver.set("timeout", timeout_ms)
    solver.add(system.clauses)
    answer = solver.check()
    if answer == z3.unknown:
        raise Undecided(solver.reason_unknown())
    return solver.model() if answer == z3.sat else None


class System:
    def __init__(self, claim, sums, number):
        self.claim, self.number, self.clauses = claim, number, []
        self.netted, self.tiers = [], []
        values = [self.value(a, s) for a, s in zip(claim.policy.assets, sums)]
        for j, ratio in enumerate(claim.scenarios()):
            self.scenario(j, ratio, values)

    def value(self, asset, total):
        """S3, S4: (v, o), constants where nothing can be netted."""
        most, price = largest_netting(asset, total), self.claim.prices[asset.name]
        if most == 0:
            self.netted.append(0)
            v, o = valued(total, 0, price)
            self.clauses.append(z3.BoolVal(max(v, o) < VALUE))
            return v, o
        n, v, o = (self.number(f"{x}_{asset.id}") for x in "nvo")
        rest_t, rest_l = ((side - n) * price for side in total)
        self.netted.append(n)
        self.clauses += [n >= 0, n <= most, v >= 0, v < VALUE, o >= 0, o < VALUE]
        # The remainders of a floor and of a ceiling.
        below = VALUE_DIVISOR if self.number is z3.Real else VALUE_DIVISOR - 1
        self.clauses += [rest_t - VALUE_DIVISOR * v >= 0, rest_t - VALUE_DIVISOR * v <= below]
        self.clauses += [VALUE_DIVISOR * o - rest_l >= 0, VALUE_DIVISOR * o - rest_l <= below]
        return v, o

    def scenario(self, j, ratio, values):
        """S5, S6, S7."""
        policy, counted, owed, tiers = self.claim.policy, [], BPS * self.claim.public_debt, []
        for asset, (v, o) in zip(policy.assets, values):
            m = policy.multiplier(j, asset)
            x = [self.number(f"x_{j}_{asset.id}_{i}") for i in range(TIERS)]
            tiers.append(x)
            self.clauses += [part >= 0 for part in x]
            self.clauses += [p <= w * WIDTH_SCALE for p, w in zip(x, asset.widths)]
            self.clauses.append(z3.Sum(x) <= v * m)
            counted.append(z3.Sum([p * w for p, w in zip(x, asset.weights)]))
            owed = owed + o * m
        self.tiers.append(tiers)
        total = z3.Sum(counted)
        self.clauses += [BPS * c <= a.share * total for a, c in zip(policy.assets, counted)]
        for g, (low, high) in enumerate(policy.groups):
            members = z3.Sum([c for a, c in zip(policy.assets, counted) if g in a.groups] + [0])
            self.clauses += [low * total <= BPS * members, BPS * members <= high * total]
        self.clauses.append(total >= ratio * owed)

    def allocation(self, model):
        def number(x):
            return x if isinstance(x, int) else model.eval(x, model_completion=True).as_long()

        return Allocation(
            netted=tuple(number(n) for n in self.netted),
            tiers=tuple(tuple(tuple(number(x) for x in a) for a in s) for s in self.tiers),
        )
