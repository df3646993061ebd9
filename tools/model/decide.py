"""Whether an allocation exists (specification, section 6.5), decided with an SMT solver.

S3 to S7 are linear over the integers in n, v, o and x once the claim is fixed: S4's roundings
are v x 10^30 <= (T - n) x price < (v + 1) x 10^30 and the like.
"""

import z3

from covenant_model import Allocation, Claim, Fails, NotAStatement, check, check_claim
from documents import BPS, Asset

UNIT = 10**30


class Undecided(Exception):
    """The solver neither found an allocation nor excluded one."""


def find_allocation(claim: Claim, timeout_ms: int = 60_000) -> Allocation | None:
    """An allocation that `check` accepts, or None where there is none."""
    try:
        T, L = check_claim(claim)
    except (Fails, NotAStatement):
        return None
    solver = z3.SolverFor("QF_LIA")
    solver.set("timeout", timeout_ms)
    problem = Problem(claim, solver)
    for a, asset in enumerate(claim.policy.assets):
        problem.add_netting_and_value(a, asset, T[a], L[a])
    for j in range(len(claim.ratios)):
        problem.add_scenario(j)
    answer = solver.check()
    if answer == z3.unsat:
        return None
    if answer != z3.sat:
        raise Undecided(solver.reason_unknown())
    found = problem.allocation(solver.model())
    check(claim, found)
    return found


class Problem:
    """The constraints of one claim and the variables in them."""

    def __init__(self, claim: Claim, solver: z3.Solver):
        assets, scenarios = range(len(claim.policy.assets)), range(len(claim.ratios))
        self.claim = claim
        self.solver = solver
        self.n = [z3.Int(f"n_{a}") for a in assets]
        self.v = [z3.Int(f"v_{a}") for a in assets]
        self.o = [z3.Int(f"o_{a}") for a in assets]
        self.x = [
            [[z3.Int(f"x_{j}_{a}_{l}") for l in range(4)] for a in assets] for j in scenarios
        ]

    def add_netting_and_value(self, a: int, asset: Asset, T: int, L: int) -> None:
        """S3 and S4 of one asset."""
        n, v, o, price = self.n[a], self.v[a], self.o[a], self.claim.prices[a]
        self.solver.add(0 <= n, n <= (min(T, L) if asset.netting else 0))
        held, owed = (T - n) * price, (L - n) * price
        self.solver.add(v * UNIT <= held, held < (v + 1) * UNIT, 0 <= v, v < 2**80)
        self.solver.add((o - 1) * UNIT < owed, owed <= o * UNIT, 0 <= o, o < 2**80)

    def add_scenario(self, j: int) -> None:
        """S5, S6 and S7 of one scenario."""
        p = self.claim.policy
        for a, asset in enumerate(p.assets):
            self.add_tiers(self.x[j][a], asset, self.v[a] * asset.multipliers[j])
        c = [self.counted(j, a) for a in range(len(p.assets))]
        C = z3.Sum(c)
        for c_a, asset in zip(c, p.assets):
            self.solver.add(c_a * BPS <= asset.max_share * C)
        for g, group in enumerate(p.groups):
            members = [c_a for c_a, asset in zip(c, p.assets) if asset.group_mask >> g & 1]
            share = BPS * z3.Sum(members) if members else z3.IntVal(0)
            self.solver.add(group.min_share * C <= share, share <= group.max_share * C)
        liabilities = [o * asset.multipliers[j] for o, asset in zip(self.o, p.assets)]
        owed = BPS * self.claim.public_debt + z3.Sum(liabilities)
        self.solver.add(C >= self.claim.ratios[j] * owed)

    def add_tiers(self, x: list[z3.ArithRef], asset: Asset, stressed: z3.ArithRef) -> None:
        """S5 of one asset."""
        self.solver.add([x_l >= 0 for x_l in x])
        self.solver.add([x_l <= width * 10**10 for x_l, width in zip(x, asset.widths)])
        self.solver.add(z3.Sum(x) <= stressed)

    def counted(self, j: int, a: int) -> z3.ArithRef:
        """c_{j,a}, with one variable for it to keep the other constraints short."""
        c = z3.Int(f"c_{j}_{a}")
        weights = self.claim.policy.assets[a].weights
        self.solver.add(c == z3.Sum([x * w for x, w in zip(self.x[j][a], weights)]))
        return c

    def allocation(self, model: z3.ModelRef) -> Allocation:
        """The solver's numbers."""

        def number(variable: z3.ArithRef) -> int:
            return model.eval(variable, model_completion=True).as_long()

        return Allocation(
            n=tuple(number(n) for n in self.n),
            x=tuple(tuple(tuple(map(number, x)) for x in scenario) for scenario in self.x),
        )
