"""R1 to R6: what a roll-up's public inputs open to, written from the specification's section 8a. Entries,
ids, amounts, counts, states, times, blindings and the salt are arbitrary elements.

The list's tree leads to the accounts, K' to the merged account; both are tied by the keyed sums."""

import openings
import spec
from chains import Chain, at, number, single
from clause_accounts import DELTA
from clause_policy import fields_of, one_decoding
from lookup_rule import Refused
from poly import R, add, const, mul, scale, var, variables


class Rollup:
    """Roles: `accounts` (cases and entries a slot), `ids`, `totals`, `used` of the merged account."""

    def __init__(self, circuit):
        self.circuit, self.facts, self.public = circuit, circuit.facts, circuit.public
        self.accounts, self.times = [], []

    def list(self):
        """R6: the list root is the root of a tree of the shape's depth, sixteen children a node, each
        inner node H of its children; the leaves are the slots' commitments, and zeros."""
        root = self.circuit.links.get(self.public["list root"], {})
        leaves = self._leaves(root, spec.depth(self.circuit.accounts))
        slots, beyond = leaves[: self.circuit.accounts], leaves[self.circuit.accounts :]
        if any(number(leaf) != 0 for leaf in beyond):
            raise Refused("a leaf after the last slot is not 0")
        self.leaves = [single(leaf) for leaf in slots]
        if None in self.leaves:
            raise Refused("a leaf is no cell")

    def _leaves(self, node, levels):
        if not levels:
            return [node]
        hashed = self.circuit.by_out.get(single(node))
        if hashed is None or len(hashed.inputs) != spec.ARITY:
            raise Refused("a node is no hash of sixteen children")
        children = [self.facts.reduce(var(x)) for x in hashed.inputs]
        return [leaf for child in children for leaf in self._leaves(child, levels - 1)]

    def opening(self):
        """R1: each leaf is 0 and its slot unused, or a chain of H with a header (openings.read) of the
        public subject and the public kind."""
        kind = self.public["kind"]
        for m, leaf in enumerate(self.leaves):
            cases, longest, time = openings.read(self.circuit, leaf, f"account {m}")
            if any(of is not None and case.get(kind) != of for case, of, _ in cases):
                raise Refused("an account is of another kind than the public one")
            self.accounts.append((cases, longest))
            self.times.append(time)
        openings.apart(longest for _, longest in self.accounts)

    def window(self):
        """R1: every account's time is from the first to the last second of the window."""
        openings.in_window(self.circuit, self.times)

    def roles(self):
        """The merged account's words: tag, header and entries where every position is used; and of each
        entry the id and the total."""
        chain = self.chain = Chain(self.circuit, self.public["merged"], "merged account")
        self.outputs = chain.unfold({x: 1 for x in chain.states})[1]
        head, *rest = [chain.words(out) for out in self.outputs]
        if len(head) != 3 + spec.FIRST or any(len(block) != spec.BLOCK for block in rest):
            raise Refused("a block has not the specification's number of entries")
        self.header, words = head[:3], [*head[3:], *(p for block in rest for p in block)]
        self.words, beyond = words[: self.circuit.merged], words[self.circuit.merged :]
        if any(number(p) != 0 for p in beyond):
            raise Refused("an entry beyond the merged positions is not 0")
        self.ids, self.totals = [], []
        for word in self.words:
            found, other = fields_of(word)
            if other or set(found) != {0, 128}:
                raise Refused("an entry of the merged account is not an id and a total")
            self.ids.append(found[128])
            self.totals.append(found[0])
        if len({*self.ids, *self.totals}) != 2 * len(self.words):
            raise Refused("two entries have one id's or total's cell")
        self._keys()

    def _keys(self):
        """The keyed sums: a step a position, one of the id 0, one of each merged id with its flag."""
        entries = {e for _, longest in self.accounts for e in longest}
        self.of_entry, others = openings.entries_with_steps(self.circuit, entries)
        of_id, self.empty = {}, []
        for step in others:
            self.empty.append(step) if not step.key else of_id.setdefault(single(step.key), []).append(step)
        if set(of_id) != set(self.ids) or any(len(steps) != 1 for steps in of_id.values()):
            raise Refused("the merged ids have not one key each, or another id has one")
        self.steps = [of_id[x][0] for x in self.ids]
        self.used = []
        for step, sum_of in zip(self.steps, self.totals):
            flags = variables(step.weight.get((), {})) - {sum_of}
            if len(flags) != 1 or self.facts.domains.get(min(flags)) != {0, 1}:
                raise Refused("no bit says whether a merged position is used")
            self.used += flags
        if len(set(self.used)) != len(self.used):
            raise Refused("two merged positions have one flag")

    def ranges(self):
        """R3: merged ids are below 2^120 and totals below 2^112 (H4), so that an entry has one reading (H82)."""
        facts = self.facts
        for x, most in [*((x, spec.ASSET_ID) for x in self.ids), *((x, spec.AMOUNT) for x in self.totals)]:
            if facts.ranges.get(x, (0, most))[1] >= most:
                raise Refused("a merged id or total has no range")
        one_decoding([(0, 1 - spec.AMOUNT, spec.AMOUNT - 1), (128, 1 - spec.ASSET_ID, spec.ASSET_ID - 1)])

    def ascending(self):
        """R2: used positions come first, and in them ids ascend from 1; the entries of the others are 0."""
        facts, before, last = self.facts, {}, const(1)
        for x, used, word in zip(self.ids, self.used, self.words):
            flag = var(used)
            if not facts.holds(mul(flag, add(flag, last, -1))):
                raise Refused("a merged position may be used after one that is not")
            if not facts.holds(mul(add(const(1), flag, -1), word)):
                raise Refused("the entry of an unused merged position may be other than 0")
            if facts.not_negative(add(var(x), spec.next_id(flag, before), -1)) is None:
                raise Refused("a merged id may be at most the one before")
            before, last = var(x), flag

    def totals_are_sums(self):
        """R2, R3: with used ids distinct and none 0, and weights as below, the keyed sums say at every
        pole: a position of an active block is of a used id; or of id 0 and then its amount is 0, since
        amounts there add up to 0, and so is its entry. Otherwise a pole would have so many positions
        and no key that takes them away. So an entry that is not 0 is id 2^128 + amount with both in
        their ranges (H82), and a total is the sum of its amounts, of which there are few enough (H35) for
        neither to reach r. Lemmas: rollup_sums.py."""
        if self.circuit.accounts * self.circuit.positions > spec.MOST_POSITIONS:
            raise Refused("so many positions may reach r")
        self.unit = None
        for cases, longest in self.accounts:
            for e in longest:
                self._position(cases, e, self.of_entry[e])
        if len(self.empty) != 1 or set(self.empty[0].weight) - {(DELTA,)}:
            raise Refused("the key of empty positions takes amounts, or there is not one")
        for used, sum_of, step in zip(self.used, self.totals, self.steps):
            if any(at(p, {used: 0}) for p in step.weight.values()):
                raise Refused("a key takes a sum that is not listed")
            if set(step.weight) - {(), (DELTA,)} or self._taken(step, (), used) != var(sum_of):
                raise Refused("a key takes another sum than the entry's total")

    def _taken(self, step, challenges, used):
        """What a key takes where it is used, in units of what a position adds."""
        weight = at(step.weight.get(challenges, {}), {used: 1})
        return scale(weight, -pow(self.unit, -1, R))

    def _position(self, cases, e, step):
        """Key (entry - amount) 2^-128, weight (amount + delta) in active blocks, and there always."""
        amount = openings.amount_of(self.circuit, e, step)
        for case, _, inside in cases:
            weight = {m: q for m, p in step.weight.items() if (q := at(p, case))}
            if e not in inside:
                if weight:
                    raise Refused("a position weighs something that is of no account")
                continue
            unit = number(weight.get((DELTA,), {}))
            if not unit or self.unit not in (None, unit):
                raise Refused("a position does not always count, or positions weigh differently")
            self.unit = unit
            if weight != {(): scale(var(amount), unit), (DELTA,): const(unit)}:
                raise Refused("a position does not weigh its amount and one")

    def occurring(self):
        """R2: an id that is listed is of one position or more: the number that its key takes away is an
        integer from 1 on that cannot wrap to the number of positions (rollup_sums.py)."""
        for used, step in zip(self.used, self.steps):
            bounds = self.facts.interval(self._taken(step, (DELTA,), used))
            if not bounds or bounds[0] < 1 or bounds[1] >= R - spec.MOST_POSITIONS:
                raise Refused("an asset that occurs nowhere may be listed")

    def merged(self):
        """R4: for each number of used positions and each kind K' is a chain of H of the public kind's
        tag, the public subject, the last second of the window, a blinding, the entries of the used
        positions and zeros, of no more blocks than an account of so many positions has."""
        kind, chain = self.public["kind"], self.chain
        subject, time, _ = self.header
        if single(subject) != self.public["subject"] or single(time) != self.public["to"]:
            raise Refused("the merged account's subject or time is another")
        if not set(chain.states) <= {kind, *self.used}:
            raise Refused("the merged account depends on something else than kind and used positions")
        for n in range(len(self.used) + 1):
            flags = {x: int(i < n) for i, x in enumerate(self.used)}
            for tag, of in spec.KINDS.items():
                if chain.unfold({**flags, kind: of}) != (tag, self.outputs[: spec.blocks(n)]):
                    raise Refused(f"with {n} positions it is not a header and their blocks")

    def blinding(self):
        """R5: the blinding is H(roll-up tag, list root, number of slots, salt)."""
        hashed = self.circuit.by_out.get(single(self.header[2]))
        if hashed is None:
            raise Refused("the blinding is no hash")
        tag, root, slots, _, *rest = [self.facts.reduce(var(x)) for x in hashed.inputs]
        if number(tag) != spec.ROLLUP or number(slots) != self.circuit.accounts or any(number(p) != 0 for p in rest):
            raise Refused("the blinding is a hash of something else")
        if not self.facts.holds(add(root, var(self.public["list root"]), -1)):
            raise Refused("the blinding is of another list")
