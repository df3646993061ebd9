"""S1 and S2: what commitments open to, and that totals are the sums of the positions. Entries, ids,
amounts, counts, states and blindings are arbitrary elements."""

import spec
from chains import Chain, at, number, single
from clause_policy import one_decoding
from lookup_rule import Refused
from poly import R, add, const, lone, mul, scale, substitute, var, variables


class Accounts:
    def __init__(self, circuit, policy):
        self.circuit, self.facts, self.policy = circuit, circuit.facts, policy
        self.openings, self.readers = [], None

    def opening(self):
        """S1: an account is 0 and unused, or H(tag of its kind, subject, as_of, blinding) and its
        blocks, with as_of and subject public, from the first block of the slot on without a gap."""
        circuit = self.circuit
        for m, commitment in enumerate(circuit.commitments):
            chain = Chain(circuit, commitment, f"commitment {m}")
            cases = []
            for case in chain.cases():
                start, outputs = chain.unfold(case)
                if not outputs:
                    if start != 0:
                        raise Refused("an unused commitment is not 0")
                    cases.append((case, None, []))
                    continue
                header, *rest = [chain.words(out) for out in outputs]
                public = [circuit.public["subject"], circuit.public["as_of"]]
                if start not in spec.KINDS or [single(p) for p in header[:2]] != public or single(header[2]) is None:
                    raise Refused("the first block is not a header")
                flat = [single(p) for block in rest for p in block]
                if None in flat or len(set(flat)) != len(flat):
                    raise Refused("an entry is no cell of its own")
                cases.append((case, spec.KINDS[start], flat))
            longest = max((flat for _, _, flat in cases), key=len)
            if len(longest) != circuit.positions or {kind for _, kind, _ in cases} != {None, 0, 1}:
                raise Refused("not every kind and length of an account is there")
            if any(flat != longest[: len(flat)] for _, _, flat in cases):
                raise Refused("an account's entries do not begin at its first block")
            self.openings.append((cases, longest))

    def kinds(self):
        """S1: the public kinds are the kinds of the headers, bit by bit."""
        if "kinds" not in self.circuit.public:
            raise Refused("kinds are not public")
        heads = []
        for cases, _ in self.openings:
            # The state that alone says the kind.
            names = [x for x in cases[0][0] if all(case[x] == (0 if k is None else k + 1) for case, k, _ in cases)]
            if len(names) != 1:
                raise Refused("no state says the kind of an account")
            heads += names
        goal = add(var(self.circuit.public["kinds"]), spec.kinds(heads), -1)
        if not self.facts.holds(goal):
            raise Refused("public kinds are not tied to the headers")

    # S2.

    def _assets(self):
        """The keyed steps of the assets, by (asset, kind); the others are positions."""
        ids = {roles["id"]: a for a, roles in enumerate(self.policy.asset)}
        self.sides, self.steps = {}, []
        for step in self.circuit.sums:
            used = [u for u in self.policy.used if any(u in variables(p) for p in step.weight.values())]
            if not used:
                self.steps.append(step)
                continue
            a = self.policy.used.index(used[0])
            one = {used[0]: 1}
            key = {m: at(p, one) for m, p in step.key.items()}
            whole = {m: q for m, p in step.weight.items() if (q := at(p, one))}
            if any(at(p, {used[0]: 0}) for p in step.weight.values()):
                raise Refused("an unused slot weighs something")
            same = [x for p in key.values() for x in variables(p)]
            if same != [self.policy.asset[a]["id"]] or ids.get(same[0]) != a:
                raise Refused("an asset's key holds another id than its own")
            kind = 1 if any(p.get(()) for p in key.values()) else 0
            if self.sides.setdefault(a, {}).setdefault(kind, (key, whole)) != (key, whole):
                raise Refused("an asset has two totals of a kind")

    def _position(self, step):
        """(counts, entry, other equations) of a position's step: cells of its equations."""
        counts = {x for m, p in step.weight.items() if m for x in variables(p)}
        if len(counts) != 1 or not counts <= set(self.facts.domains):
            raise Refused("how a position counts is no cell of three values")
        [counts] = counts
        return counts, self._reading(counts)

    def _reading(self, x):
        """The equations that read x."""
        if self.readers is None:
            self.readers = {}
            for p in self.facts.pool:
                for y in variables(p):
                    self.readers.setdefault(y, []).append(p)
        return self.readers.get(x, [])

    def totals(self):
        """S2: with r the number of positions, no two keys of assets equal (H34) and weights as below, the keyed
        sums say: every counting position is of an asset and kind of the policy, as a pair, and T_a
        and L_a are the sums of their amounts. Positions of liabilities all count."""
        self._assets()
        # An entry of a listed id has one decoding into id and amount.
        one_decoding([(0, 1 - spec.AMOUNT, spec.AMOUNT - 1), (128, 1 - spec.ASSET_ID, spec.ASSET_ID - 1)])
        if sorted(self.sides) != list(range(self.circuit.assets)) or any(set(s) != {0, 1} for s in self.sides.values()):
            raise Refused("not every asset has two totals")
        by_entry, factor = {}, None
        positions = [(step, *self._position(step)) for step in self.steps]
        of_entry = {}
        for p in positions:
            for x in {x for q in p[2] for x in variables(q)}:
                of_entry.setdefault(x, []).append(p)
        for cases, entries in self.openings:
            for e in entries:
                mine = of_entry.get(e, [])
                if len(mine) != 1 or id(mine[0][0]) in by_entry.values():
                    raise Refused("an entry has not one position of its own")
                by_entry[e] = id(mine[0][0])
                factor = self._cases_of(cases, e, *mine[0], factor)
        if len(by_entry) != len(positions):
            raise Refused("a position counts that no account has")
        self._take_totals(factor)

    def _cases_of(self, cases, e, step, counts, equations, factor):
        """Checks a position in each case of its account; returns the factor of all weights."""
        states = {x for p in equations for x in variables(p)}
        seen = set()
        for case, kind, entries in cases:
            inside, near = e in entries, {x: v for x, v in case.items() if x in states}
            # Cases that differ only in what no equation of the position reads are one.
            if (mine := (inside, kind, tuple(sorted(near.items())))) in seen:
                continue
            seen.add(mine)
            for c in sorted(self.facts.domains[counts]):
                values = {**near, counts: c}
                here = [q for q in (at(p, values) for p in equations) if q]
                if any(set(q) == {()} for q in here):
                    continue
                zero = {min(variables(q)) for q in here if len(q) == 1 and lone(q, min(variables(q)))}
                weight = {m: substitute(at(p, values), {x: {} for x in zero}) for m, p in step.weight.items()}
                weight = {m: p for m, p in weight.items() if p}
                if c == 0:
                    if weight:
                        raise Refused("a position that does not count weighs something")
                    if inside and kind == 1 and e not in zero:
                        raise Refused("an entry of a liability need not count")
                    continue
                if not inside or c != kind + 1:
                    raise Refused("a position counts that its account does not have, or as another kind")
                factor = self._counting(e, step, values, here, kind, weight, factor)
        return factor

    def _counting(self, e, step, values, here, kind, weight, factor):
        """A position that counts: its weight is amount + delta, its entry id 2^128 + amount, and its
        key equals an asset's only if id and kind do."""
        ones = [p for m, p in weight.items() if m and number(p)]
        if set(map(len, weight)) != {0, 1} or len(weight) != 2 or len(ones) != 1:
            raise Refused("a counting position does not weigh its amount and one")
        unit = number(ones[0])
        if factor not in (None, unit):
            raise Refused("positions weigh differently")
        amount = single(scale(weight[()], pow(unit, -1, R)))
        if amount is None or self.facts.ranges.get(amount, (0, R))[1] >= spec.AMOUNT:
            raise Refused("an amount has no range of 112 bits")
        key = {m: at(p, values) for m, p in step.key.items()}
        names = {x for p in key.values() for x in variables(p)}
        if len(names) != 1:
            raise Refused("a position's key is not made of its id")
        [identifier] = names
        goal = add(var(e), spec.entry(var(identifier), var(amount)), -1)
        if not any(q in (scale(goal, q.get((e,), 0)), {}) for q in here):
            raise Refused("an entry is not id 2^128 + amount")
        for a, sides in self.sides.items():
            for side, (asset_key, _) in sides.items():
                differences = [add(key.get(m, {}), asset_key.get(m, {}), -1) for m in {*key, *asset_key}]
                apart = any(number(d) for d in differences)
                same = add(var(identifier), var(self.policy.asset[a]["id"]), -1)
                if side != kind and not apart:
                    raise Refused("a key of the other kind may be equal: a wrong id makes up for a wrong kind")
                if side == kind and (apart or same not in differences):
                    raise Refused("equal keys do not mean equal ids")
        return unit

    def _take_totals(self, factor):
        """T_a and L_a, with what S2 says of them: at most as many amounts as there are positions."""
        many = self.circuit.accounts * self.circuit.positions
        self.total = {}
        for a, sides in self.sides.items():
            for kind, (_, whole) in sides.items():
                if set(map(len, whole)) != {0, 1} or len(whole) != 2:
                    raise Refused("an asset's weight is not a total and a count")
                value = scale(whole[()], -pow(factor, -1, R))
                cell = len(self.circuit.system.cells) + len(self.total)  # a name, not a cell
                self.total[a, kind] = cell
                self._name(cell, value, many * (spec.AMOUNT - 1))
                if not self.facts.holds(mul(add(const(1), var(self.policy.used[a]), -1), value)):
                    raise Refused("an unused slot may have a total")

    def _name(self, cell, value, most):
        self.facts.first.add(cell)
        self.facts.ranges[cell] = (0, most)
        self.facts.suppose([add(value, var(cell), -1)])

