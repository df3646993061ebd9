"""Whether an allocation exists (specification, section 6.5), decided with an SMT solver.

S3 to S7 are linear over the integers in n, v, o and c once the claim is fixed: S4's roundings
are v x 10^30 <= (T - n) x price < (v + 1) x 10^30 and the like. Held shares and the report leave
no choice: netting and they exclude each other, so they are decided before.
"""

import z3

from covenant_model import (
    Allocation,
    Claim,
    Fails,
    NotAStatement,
    check,
    check_claim,
    check_held_shares,
    check_s10,
    lines,
    owed,
    values,
)
from documents import BPS, Asset

UNIT = 10**30
Number = z3.ArithRef | int


class Undecided(Exception):
    """The solver neither found an allocation nor excluded one."""


def find_allocation(claim: Claim, timeout_ms: int = 60_000) -> Allocation | None:
    """An allocation that `check` accepts, or None where there is none."""
    try:
        problem = Problem(claim, timeout_ms)
        problem.check_what_is_held()
    except (Fails, NotAStatement):
        return None
    for j, ratio in enumerate(claim.ratios):
        problem.add_counted(j)
        problem.add_coverage(j, ratio)
    if not problem.is_solvable():
        return None
    found = problem.allocation()
    check(claim, found)
    return found


def largest_ratio(claim: Claim, j: int, timeout_ms: int = 60_000) -> int | None:
    """The largest integer ratio at which scenario j alone is covered.

    None where every ratio is; -1 where none is, for what else the claim says.
    """
    try:
        problem = Problem(claim, timeout_ms)
        problem.check_what_is_held()
    except (Fails, NotAStatement):
        return -1
    problem.add_counted(j)
    if not problem.is_solvable():
        return -1
    if problem.may_owe_nothing(j):
        return None
    covered, too_high = 0, 1
    while problem.covers(j, too_high):
        covered, too_high = too_high, 2 * too_high
    while too_high - covered > 1:
        middle = (covered + too_high) // 2
        if problem.covers(j, middle):
            covered = middle
        else:
            too_high = middle
    return covered


class Problem:
    """The constraints of one claim and the variables in them."""

    def __init__(self, claim: Claim, timeout_ms: int):
        self.claim = claim
        self.solver = z3.SolverFor("QF_LIA")
        self.solver.set("timeout", timeout_ms)
        self.n: list[Number] = []
        self.v: list[Number] = []
        self.o: list[Number] = []
        self.c: dict[int, list[z3.ArithRef]] = {}
        T, L = check_claim(claim)
        for a, asset in enumerate(claim.policy.assets):
            self.add_netting_and_value(a, asset, T[a], L[a])

    def add_netting_and_value(self, a: int, asset: Asset, T: int, L: int) -> None:
        """S3 and S4 of one asset; numbers where nothing can be netted, else variables."""
        price = self.claim.statement.prices[a]
        if not asset.netting or min(T, L) == 0:
            n, (v, o) = 0, values(T, L, price)
            if max(v, o) >= 2**80:
                raise Fails("S4", asset.name)
        else:
            n, v, o = (z3.Int(f"{name}_{a}") for name in "nvo")
            self.solver.add(0 <= n, n <= min(T, L))
            held, debt = (T - n) * price, (L - n) * price
            self.solver.add(v * UNIT <= held, held < (v + 1) * UNIT, 0 <= v, v < 2**80)
            self.solver.add((o - 1) * UNIT < debt, debt <= o * UNIT, 0 <= o, o < 2**80)
        self.n.append(n)
        self.v.append(v)
        self.o.append(o)

    def check_what_is_held(self) -> None:
        """S6's held shares and S10, where the values are numbers."""
        if self.claim.policy.complete:
            check_held_shares(self.claim.policy, self.v)
            check_s10(self.claim, self.v)
        else:
            check_s10(self.claim, [0] * len(self.v))

    def add_counted(self, j: int) -> None:
        """S5 and S6's counted shares of one scenario."""
        p = self.claim.policy
        c = self.c[j] = [z3.Int(f"c_{j}_{a}") for a in range(len(p.assets))]
        C = z3.Sum(c)
        for c_a, v_a, asset in zip(c, self.v, p.assets):
            bounds = lines(asset, v_a * asset.multipliers[j])
            self.solver.add(0 <= c_a, *(c_a <= bound for bound in bounds))
            if asset.max_share < BPS:
                self.solver.add(c_a * BPS <= asset.max_share * C)
        for g, group in enumerate(p.groups):
            share = BPS * z3.Sum([z3.IntVal(0), *(c[i] for i in p.members(g))])
            self.solver.add(group.min_share * C <= share, share <= group.max_share * C)

    def add_coverage(self, j: int, ratio: int) -> None:
        """S7 of one scenario."""
        self.solver.add(z3.Sum(self.c[j]) >= ratio * owed(self.claim, j, self.o))

    def is_solvable(self) -> bool:
        """Whether there are integers that meet the constraints."""
        answer = self.solver.check()
        if answer == z3.unknown:
            raise Undecided(self.solver.reason_unknown())
        return answer == z3.sat

    def covers(self, j: int, ratio: int) -> bool:
        """Whether S7 can hold at a ratio besides."""
        self.solver.push()
        self.add_coverage(j, ratio)
        answer = self.is_solvable()
        self.solver.pop()
        return answer

    def may_owe_nothing(self, j: int) -> bool:
        """Whether what is owed can be 0 in a scenario, so that every ratio is covered."""
        self.solver.push()
        self.solver.add(z3.IntVal(0) + owed(self.claim, j, self.o) == 0)
        answer = self.is_solvable()
        self.solver.pop()
        return answer

    def allocation(self) -> Allocation:
        """The solver's numbers."""
        model = self.solver.model()

        def number(value: Number) -> int:
            if isinstance(value, int):
                return value
            return model.eval(value, model_completion=True).as_long()

        return Allocation(
            n=tuple(map(number, self.n)),
            c=tuple(tuple(map(number, self.c[j])) for j in range(len(self.claim.ratios))),
        )
