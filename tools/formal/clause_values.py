"""S3 to S7, S9 and S10, over the cells that S1, S2 and S8 found: first the roles of the others are
read off (any choice will do, what follows is checked of it), then each formula of spec.py is looked up
among the equations of the pool, over the integers."""

import spec
from chains import single
from lookup_rule import Refused
from poly import R, add, const, lone, mul, scale, signed, total, var, variables


class Values:
    """Roles: `netted[a]`, `rest[a, kind]`, `value[a, kind]`, `counted[j, a]`."""

    def __init__(self, circuit, policy, accounts):
        self.circuit, self.facts, self.policy, self.accounts = circuit, circuit.facts, policy, accounts
        self.netted, self.rest, self.value, self.counted = {}, {}, {}, {}
        self.cases = {}

    def _assets(self):
        return range(self.circuit.assets)

    def _listed(self, a, kind):
        """What says that the total of a kind is that of the positions: used, or may be owed."""
        return self.policy.asset[a]["may_owe"] if kind else self.policy.used[a]

    def netting(self):
        """S3: T_a = rest + n_a where the asset is used and L_a = rest' + n_a where it may be owed, none
        of them negative; n_a is 0 without netting. Where it may not be owed, L_a is 0 (S2) and this
        rest' is any number: more may be owed then, never less, and n_a at most T_a makes the
        collateral less. A policy with held shares or a report nets nothing (H54)."""
        facts, totals = self.facts, self.accounts.total
        for a in self._assets():
            parts = {}
            for kind in (0, 1):
                _, whole = totals[a, kind]
                if len(whole) != 2 or set(whole.values()) != {1} or any(len(m) != 1 for m in whole):
                    raise Refused("a total is not what is netted and a rest")
                parts[kind] = variables(whole)
            both = parts[0] & parts[1]
            if len(both) != 1:
                raise Refused("collateral and liabilities are not netted by the same number")
            [self.netted[a]] = both
            for kind in (0, 1):
                [rest] = parts[kind] - both
                self.rest[a, kind] = rest
                case = facts.under({self._listed(a, kind): 1})
                cell, whole = totals[a, kind]
                if not {rest, *both} <= set(facts.ranges) or not case.holds_whole(add(whole, var(cell), -1)):
                    raise Refused("a rest or what is netted may be negative")
                if case.ranges[rest][1] > facts.ranges[cell][1]:
                    raise Refused("a rest may be more than the total")
                self.cases[a, kind] = case
            flag = var(self.policy.asset[a]["netting"])
            if not facts.holds(mul(var(self.netted[a]), add(const(1), flag, -1))):
                raise Refused("what may not be netted may be")

    def values(self):
        """S4: v_a is rounded down, o_a up, both below 2^80, at the public price of the slot. Of an
        asset that may not be owed, o_a is a number below 2^80 and nothing else."""
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
                if not self.cases[a, kind].holds_whole(form(var(rest), var(price), var(value), var(remainder))):
                    raise Refused("a value is rounded the wrong way, or its equation may wrap")
                if facts.ranges[remainder][1] >= spec.DIVISOR or facts.ranges[value][1] >= spec.VALUE:
                    raise Refused("a remainder or a value has no range")
                self.value[a, kind] = value

    def unused(self):
        """S4, S5 in an unused slot: nothing is worth, owed or counted there."""
        for a in self._assets():
            case = self.facts.under({self.policy.used[a]: 0})
            cells = [self.value[a, 0], self.value[a, 1]]
            cells += [self.counted[j, a] for j in range(self.circuit.scenarios)]
            if any(case.ranges.get(x) != (0, 0) for x in cells):
                raise Refused("an unused slot may count")

    def _multiplier(self, j, a):
        return var(self.policy.asset[a][f"m {j}"]) if j else const(spec.BPS)

    def _ratio(self, j):
        return var(self.policy.ratio[f"ratio {j}"] if j else self.circuit.public["ratio"])

    def _of_used(self, cells):
        """The sum over the used slots."""
        return total(mul(var(self.policy.used[a]), var(cells(a))) for a in self._assets())

    def _of_group(self, g, cells):
        """The sum over the members of a group."""
        return total(mul(var(self.policy.asset[a][f"group {g}"]), var(cells(a))) for a in self._assets())

    def coverage(self):
        """S7: C is at least ratio_j (10^4 debt + sum o_a m_{j,a}), in each scenario, C being the sum of
        numbers c_a of the used slots."""
        facts, debt = self.facts, self.circuit.public["debt"]
        for j in range(self.circuit.scenarios):
            [ratio] = variables(self._ratio(j))
            found = [p for p in facts.pool if tuple(sorted((ratio, debt))) in p]
            if len(found) != 1:
                raise Refused(f"scenario {j} is not covered")
            for a in self._assets():
                used = self.policy.used[a]
                own = {x for m in found[0] if len(m) == 2 and used in m for x in m} - {used}
                if len(own) != 1 or not own <= set(facts.ranges):
                    raise Refused("what a slot counts for is no number")
                [self.counted[j, a]] = own
            owed = total(mul(var(self.value[a, 1]), self._multiplier(j, a)) for a in self._assets())
            whole = self._of_used(lambda a: self.counted[j, a])
            if facts.not_negative(spec.coverage(whole, self._ratio(j), var(debt), owed)) is None:
                raise Refused(f"scenario {j} may lack coverage")

    def lines(self):
        """S5: c_a is at most each of four lines, over the integers: the first slack is weight_1 v m - c_a,
        and each other is that before and (weight_l - weight_{l-1}) (v m - 10^10 of the widths before)."""
        facts = self.facts
        for (j, a), counted in self.counted.items():
            roles = self.policy.asset[a]
            weights = [var(roles[f"weight {l}"]) for l in range(1, spec.TIERS + 1)]
            widths = [var(roles[f"width {l}"]) for l in range(1, spec.TIERS)]
            stressed = mul(var(self.value[a, 0]), self._multiplier(j, a))
            below, step, whole = {}, add(mul(weights[0], stressed), var(counted), -1), {}
            for l in range(spec.TIERS):
                if l:
                    beyond = add(stressed, scale(total(widths[:l]), spec.WIDTH_SCALE), -1)
                    step = mul(add(weights[l], weights[l - 1], -1), beyond)
                slack = facts.not_negative(add(below, step))
                if slack is None:
                    raise Refused("more may count than a line allows")
                below, whole = var(slack), add(whole, step)
                if whole != add(spec.line(weights, widths, stressed, l), var(counted), -1):
                    raise Refused("a slack is not to a line")

    def _shares(self, whole, cells, asset, least, most):
        """Each asset's largest share, each group's smallest and largest."""
        facts, policy = self.facts, self.policy
        for a in self._assets():
            goal = spec.most_share(var(policy.asset[a][asset]), whole, var(cells(a)))
            if facts.not_negative(goal) is None:
                raise Refused("an asset may pass its largest share")
        for g in range(spec.GROUPS):
            part = self._of_group(g, cells)
            if facts.not_negative(spec.most_share(var(policy.shares[f"{most} {g}"]), whole, part)) is None:
                raise Refused("a group may pass its largest share")
            if facts.not_negative(spec.least_share(var(policy.shares[f"{least} {g}"]), whole, part)) is None:
                raise Refused("a group may miss its smallest share")

    def shares(self):
        """S6: shares of what counts, in each scenario."""
        for j in range(self.circuit.scenarios):
            cells = lambda a: self.counted[j, a]
            self._shares(self._of_used(cells), cells, "share", "min", "max")

    def held(self):
        """S6: shares of what is held."""
        cells = lambda a: self.value[a, 0]
        self._shares(self._of_used(cells), cells, "held", "min held", "max held")

    def report(self):
        """S10: R_g grain 10^6 and a remainder below that are what the group's members are worth, where
        the group is reported; else R_g is 0. Three lines are a public word, each in its places. Takes
        for granted that a grain is below 2^53, as a document's is (H54)."""
        facts, header = self.facts, self.policy.header
        grain = scale(var(header["grain"]), spec.MICRO)
        lines = []
        for g in range(spec.GROUPS):
            reported = header[f"report {g}"]
            part = self._of_group(g, lambda a: self.value[a, 0])
            lines.append(self._line(reported, grain, part))
        per = len(lines) // len(self.circuit.report) if self.circuit.report else 0
        if per * len(self.circuit.report) != spec.GROUPS:
            raise Refused("the report has no places for all groups")
        for i, word in enumerate(self.circuit.report):
            goal = add(spec.report_word([var(x) for x in lines[per * i : per * (i + 1)]]), var(word), -1)
            if not facts.holds(goal):
                raise Refused("a word of the report is not its lines")

    def _line(self, reported, grain, part):
        """The line of a group: the number that its equation takes times the grain."""
        facts, [width] = self.facts, variables(grain)
        # A line is 0 where its group is not reported; of those, the one whose remainder is this group's.
        own = [p for p in facts.pool if set(map(len, p)) == {1, 2} and len(p) == 2 and reported in variables(p)]
        off = add(const(1), var(reported), -1)
        candidates = {x for p in own for x in variables(p) - {reported} if facts.holds(mul(off, var(x)))}
        for line in sorted(candidates):
            # What is left is a number, as an element; and so is what it lacks of grain - 1.
            rest = facts.slack(add(part, mul(var(line), grain), -1))
            if rest is None:
                continue
            case = facts.under({reported: 1})
            if case.not_negative(add(add(grain, const(1), -1), var(rest), -1)) is None:
                raise Refused("a remainder may be as much as the grain")
            # So the remainder is below the grain (H69), and the grain is 1 at least. Now without wrapping:
            case.ranges[width] = (1, spec.WHOLE - 1)
            case.ranges[rest] = (0, spec.MICRO * spec.WHOLE)
            if case.integer(add(add(part, mul(var(line), grain), -1), var(rest), -1)) is None:
                raise Refused("the equation of a line may wrap")
            # A line is at most what a group holds over the smallest grain.
            most = facts.interval(part)[1] // spec.MICRO
            if most >= spec.LINE or part and facts.interval(part)[0] < 0:
                raise Refused("a line may reach into the next")
            return line
        raise Refused("a group has no line")

    def binding(self):
        """S9: every public input is a cell of the trace too, by a copy or by an equation."""
        system, facts = self.circuit.system, self.facts
        cells = {system.find(x) for x, (kind, _, _) in enumerate(system.cells) if kind == "a"}
        equal = {single(p) for p in facts.defs.values()}
        if any(x not in cells and x not in equal for x in self.circuit.inputs):
            raise Refused("a public input is bound to nothing")
