"""S1 and S2: what commitments open to, and that totals are the sums of the positions. Entries, ids,
amounts, counts, states, times and blindings are arbitrary elements."""

import openings
import spec
from chains import at, number, single
from clause_policy import one_decoding
from lookup_rule import Refused
from poly import R, add, const, mul, scale, var, variables

# The challenges that weights have, in the order in which the circuit draws them. Were they others,
# each check of a weight would fail.
DELTA, KAPPA = -4, -5


class Accounts:
    def __init__(self, circuit, policy):
        self.circuit, self.facts, self.policy = circuit, circuit.facts, policy
        self.openings, self.times, self.heads = [], [], []

    def opening(self):
        """S1: an account is 0 and unused, or a chain of H with a header (openings.read)."""
        for m, commitment in enumerate(self.circuit.commitments):
            cases, longest, time = openings.read(self.circuit, commitment, f"commitment {m}")
            self.openings.append((cases, longest))
            self.times.append(time)
        openings.apart(longest for _, longest in self.openings)

    def window(self):
        """S1: every account's time is from the first to the last second of the window."""
        openings.in_window(self.circuit, self.times)

    def kinds(self):
        """S1: the public kinds are the kinds of the headers, bit by bit, 0 for unused slots."""
        for cases, _ in self.openings:
            names = list(cases[0][0])
            used = [x for x in names if all(case[x] == (k is not None) for case, k, _ in cases)]
            owed = [x for x in names if all(case[x] == k for case, k, _ in cases if k is not None)]
            if len(used) != 1 or len(owed) != 1:
                raise Refused("no two states say use and kind of an account")
            self.heads.append((used[0], owed[0]))
        goal = add(var(self.circuit.public["kinds"]), spec.kinds(self.heads), -1)
        if not self.facts.holds(goal):
            raise Refused("public kinds are not tied to the headers")

    # S2.

    def totals(self):
        """S2: with no two ids of used assets equal and none 0 (H34), and weights as below, the keyed
        sums say at every pole: a position that counts is of an asset of the policy (a liability's: one
        that may be owed), or of id 0 with the amount 0, since there amounts add up to 0; T_a and L_a
        are the sums of their amounts. Id and kind are two values: the pole, and the power of kappa.
        Every position of a liability counts, and every one under a complete policy."""
        one_decoding([(0, 1 - spec.AMOUNT, spec.AMOUNT - 1), (128, 1 - spec.ASSET_ID, spec.ASSET_ID - 1)])
        if self.circuit.accounts * self.circuit.positions > 2**17:
            raise Refused("so many positions may reach r")
        entries = {e for _, longest in self.openings for e in longest}
        of_entry, others = openings.entries_with_steps(self.circuit, entries)
        self.unit = None
        for cases, longest in self.openings:
            for e in longest:
                self._position(cases, e, of_entry[e])
        self._keys(others)

    def _position(self, cases, e, step):
        """Key (entry - amount) 2^-128, weight (amount + delta) times 1 or kappa where it counts."""
        amount = openings.amount_of(self.circuit, e, step)
        states = set(cases[0][0])
        counts = {x for p in step.weight.values() for x in variables(p)} - states - {amount}
        if len(counts) != 1 or self.facts.domains.get(min(counts)) != {0, 1}:
            raise Refused("how a position counts is no bit")
        [counts] = counts
        self._must(counts, cases)
        for case, kind, inside in cases:
            for c in (0, 1):
                weight = {m: q for m, p in step.weight.items() if (q := at(p, {**case, counts: c}))}
                if not c or e not in inside:
                    if weight:
                        raise Refused("a position weighs something that does not count, or is of no account")
                    continue
                first = (KAPPA,) * kind
                unit = number(weight.get(tuple(sorted((*first, DELTA))), {}))
                if not unit or self.unit not in (None, unit):
                    raise Refused("positions weigh differently")
                self.unit = unit
                if weight != {first: scale(var(amount), unit), tuple(sorted((*first, DELTA))): const(unit)}:
                    raise Refused("a counting position does not weigh its amount and one, of its kind")

    def _must(self, counts, cases):
        """A position of a liability or under a complete policy counts: the other case has no solution."""
        complete = self.policy.header["complete"]
        owed = [x for x in cases[0][0] if all(case[x] == k for case, k, _ in cases if k is not None)]
        if len(owed) != 1:
            raise Refused("no state says the kind of an account")
        read = [p for p in self.facts.pool if counts in variables(p)]
        for values in ({owed[0]: 1, complete: 0}, {owed[0]: 0, complete: 1}, {owed[0]: 1, complete: 1}):
            here = [at(p, {**values, counts: 0}) for p in read]
            if not any(set(p) == {()} for p in here):
                raise Refused("a position that must count may be left out")

    def _keys(self, steps):
        """The keys of assets, one a kind, and of the id 0, which takes counts but no amounts."""
        self.total, seen, facts = {}, set(), self.facts
        ids = {roles["id"]: a for a, roles in enumerate(self.policy.asset)}
        if self.unit is None:
            raise Refused("no position counts")
        many = self.circuit.accounts * self.circuit.positions
        for step in steps:
            kinds = {m.count(KAPPA) for m in step.weight}
            if len(kinds) != 1 or any(sorted(set(m) - {KAPPA}) not in ([], [DELTA]) for m in step.weight):
                raise Refused("an asset's weight is not a total and a count of one kind")
            kind = kinds.pop()
            first = (KAPPA,) * kind
            amounts = step.weight.get(first, {})
            if kind > 1 or set(step.weight) - {first, tuple(sorted((*first, DELTA)))}:
                raise Refused("an asset's weight is not a total and a count of one kind")
            if not step.key:
                if amounts or (None, kind) in seen:
                    raise Refused("the key of empty positions takes amounts")
                seen.add((None, kind))
                continue
            a = ids.get(single(step.key))
            if a is None or (a, kind) in self.total:
                raise Refused("an asset's key holds another id than its own, or is there twice")
            listed = self.policy.asset[a]["may_owe"] if kind else self.policy.used[a]
            if any(at(p, {listed: 0}) for p in step.weight.values()):
                raise Refused("a key takes what the policy does not list, or lists without may_owe")
            whole = scale(at(amounts, {listed: 1}), -pow(self.unit, -1, R))
            cell = self.circuit.fresh()
            facts.first.add(cell)
            facts.ranges[cell] = (0, many * (spec.AMOUNT - 1))
            self.total[a, kind] = (cell, whole)
            facts.suppose([add(mul(var(listed), whole), var(cell), -1)])
        if len(self.total) != 2 * self.circuit.assets:
            raise Refused("not every asset has two totals")
