"""S3 to S7 and S9, over the cells that S1, S2 and S8 found: first the roles of the others are read
off (any choice will do, what follows is checked of it), then each formula of spec.py is looked up among
the equations of the pool, over the integers."""

import spec
from lookup_rule import Refused
from poly import R, add, const, lone, mul, scale, signed, total, var, variables


class Values:
    """Roles: `netted[a]`, `rest[a, kind]`, `value[a, kind]`, `parts[j, a]`."""

    def __init__(self, circuit, policy, accounts):
        self.circuit, self.facts, self.policy, self.accounts = circuit, circuit.facts, policy, accounts
        self.netted, self.rest, self.value, self.parts = {}, {}, {}, {}

    def _assets(self):
        return range(self.circuit.assets)

    def netting(self):
        """S3: T_a = rest + n_a and L_a = rest' + n_a with none negative; n_a is 0 without netting."""
        facts, sums = self.facts, {}
        for (a, kind), cell in self.accounts.total.items():
            found = [p for p in facts.pool if lone(p, cell) and len(p) == 3 and all(lone(p, x) for x in variables(p))]
            if len(found) != 1:
                raise Refused("a total is not what is netted and a rest")
            sums[a, kind] = variables(found[0]) - {cell}
        for a in self._assets():
            both = sums[a, 0] & sums[a, 1]
            if len(both) != 1:
                raise Refused("collateral and liabilities are not netted by the same number")
            [netted] = both
            self.netted[a] = netted
            for kind in (0, 1):
                [rest] = sums[a, kind] - both
                self.rest[a, kind] = rest
                goal = add(add(var(rest), var(netted)), var(self.accounts.total[a, kind]), -1)
                if not facts.holds_whole(goal) or not {rest, netted} <= set(facts.ranges):
                    raise Refused("a rest or what is netted may be negative")
                facts.tighten(facts.integer(goal))
            flag = var(self.policy.asset[a]["netting"])
            if not facts.holds(mul(var(netted), add(const(1), flag, -1))):
                raise Refused("what may not be netted may be")
        facts.propagate()

    def values(self):
        """S4: v_a is rounded down, o_a up, both below 2^80, at the public price of the slot."""
        facts = self.facts
        for a in self._assets():
            for kind in (0, 1):
                price, rest = self.circuit.prices[a], self.rest[a, kind]
                product = tuple(sorted((rest, price)))
                found = [p for p in facts.pool if product in p and len(p) == 3]
                if len(found) != 1:
                    raise Refused("no division of what a rest is worth")
                p = scale(found[0], pow(found[0][product], -1, R))
                by_size = {abs(signed(c)): x for m, c in p.items() if len(m) == 1 for x in m}
                if set(by_size) != {1, spec.DIVISOR}:
                    raise Refused("not a division by 10^30")
                value, remainder = by_size[spec.DIVISOR], by_size[1]
                form = spec.value_up if kind else spec.value_down
                if not facts.holds_whole(form(var(rest), var(price), var(value), var(remainder))):
                    raise Refused("a value is rounded the wrong way, or its equation may wrap")
                if facts.ranges[remainder][1] >= spec.DIVISOR or facts.ranges[value][1] >= spec.VALUE:
                    raise Refused("a remainder or a value has no range")
                self.value[a, kind] = value

    def unused(self):
        """S3 to S5 in an unused slot: nothing is held, owed or counted there."""
        for a in self._assets():
            case = self.facts.under({self.policy.used[a]: 0})
            cells = [self.netted[a], self.value[a, 0], self.value[a, 1]]
            cells += [x for j in range(self.circuit.scenarios) for x in self.parts[j, a]]
            if any(case.ranges.get(x) != (0, 0) for x in cells):
                raise Refused("an unused slot may count")

    def _multiplier(self, j, a):
        return var(self.policy.asset[a][f"m {j}"]) if j else const(spec.BPS)

    def _ratio(self, j):
        return var(self.policy.ratio[f"ratio {j}"] if j else self.circuit.public["ratio"])

    def _weights(self, a):
        return [var(self.policy.asset[a][f"weight {t}"]) for t in range(1, spec.TIERS + 1)]

    def _whole(self, j):
        """C: what counts, of the used slots."""
        return total(mul(var(self.policy.used[a]), self._counted(j, a)) for a in self._assets())

    def _counted(self, j, a):
        return spec.counted(self._weights(a), [var(x) for x in self.parts[j, a]])

    def coverage(self):
        """S7: C is at least ratio_j (10^4 debt + sum o_a m_{j,a}), in each scenario."""
        facts, debt = self.facts, self.circuit.public["debt"]
        for j in range(self.circuit.scenarios):
            [ratio] = variables(self._ratio(j))
            found = [p for p in facts.pool if tuple(sorted((ratio, debt))) in p]
            found = [p for p in found if len([x for x in variables(p) if lone(p, x)]) == 1]
            if not found:
                raise Refused(f"scenario {j} is not covered")
            p = min(found, key=len)
            for a in self._assets():
                used, parts = self.policy.used[a], []
                for weight in self._weights(a):
                    [w] = variables(weight)
                    at = [set(m) - {used, w} for m in p if len(m) == 3 and used in m and w in m]
                    if len(at) != 1 or len(at[0]) != 1:
                        raise Refused("a tier does not count with its weight")
                    parts += at[0]
                self.parts[j, a] = parts
            owed = total(mul(var(self.value[a, 1]), self._multiplier(j, a)) for a in self._assets())
            goal = spec.coverage(self._whole(j), self._ratio(j), var(debt), owed)
            if facts.not_negative(goal) is None:
                raise Refused(f"scenario {j} may lack coverage")

    def tiers(self):
        """S5: x_1 + .. + x_4 is at most v_a m, and x_l at most 10^10 width_l; none is negative."""
        facts = self.facts
        for (j, a), parts in self.parts.items():
            if not set(parts) <= set(facts.ranges) or len(set(parts)) != spec.TIERS:
                raise Refused("a tier may be negative")
            stressed = mul(var(self.value[a, 0]), self._multiplier(j, a))
            if facts.not_negative(add(stressed, total(var(x) for x in parts), -1)) is None:
                raise Refused("more may count than is held")
            for tier, x in enumerate(parts[:-1], 1):
                width = scale(var(self.policy.asset[a][f"width {tier}"]), spec.WIDTH_SCALE)
                if facts.not_negative(add(width, var(x), -1)) is None:
                    raise Refused("a tier may hold more than its width")

    def shares(self):
        """S6: each asset's largest share, each group's smallest and largest, in each scenario."""
        facts, policy = self.facts, self.policy
        for j in range(self.circuit.scenarios):
            whole = self._whole(j)
            for a in self._assets():
                goal = spec.most_share(var(policy.asset[a]["share"]), whole, self._counted(j, a))
                if facts.not_negative(goal) is None:
                    raise Refused("an asset may pass its largest share")
            for g in range(spec.GROUPS):
                part = total(mul(var(policy.asset[a][f"group {g}"]), self._counted(j, a)) for a in self._assets())
                if facts.not_negative(spec.most_share(var(policy.most[f"max {g}"]), whole, part)) is None:
                    raise Refused("a group may pass its largest share")
                if facts.not_negative(spec.least_share(var(policy.least[f"min {g}"]), whole, part)) is None:
                    raise Refused("a group may miss its smallest share")

    def binding(self):
        """S9: every public input is a cell of the trace too, by a copy or by an equation."""
        system, facts = self.circuit.system, self.facts
        cells = {system.find(x) for x, (kind, _, _) in enumerate(system.cells) if kind == "a"}
        equal = {x for p in facts.defs.values() if len(p) == 1 for x in variables(p)}
        if any(x not in cells and x not in equal for x in self.circuit.inputs):
            raise Refused("a public input is bound to nothing")
