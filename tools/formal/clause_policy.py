"""S8: the digest is the hash of words that have one decoding, every field in its range; ids
ascend, unused slots are zero, prices of used assets are not 0."""

import poly
import spec
from chains import Chain, at, number, single
from lookup_rule import Refused
from poly import R, add, const, mul, signed, total, var, variables


def fields_of(p):
    """{shift: cell} of a linear polynomial with factors 2^shift, and what else is in it."""
    found, other = {}, {}
    for mono, c in p.items():
        power = signed(c)
        if len(mono) == 1 and power > 0 and power & (power - 1) == 0 and power.bit_length() - 1 not in found:
            found[power.bit_length() - 1] = mono[0]
        else:
            other[mono] = c
    return found, other


def one_decoding(digits):
    """`digits`: (shift, least, most) of differences between two decodings of one word, ascending.
    From the lowest up: what is under a shift is a multiple of 2^shift and smaller, so it is 0."""
    low = high = 0
    for i, (shift, least, most) in enumerate(digits):
        low, high = low + (least << shift), high + (most << shift)
        if i + 1 < len(digits):
            step = 1 << digits[i + 1][0]
            if not (-step < low and high < step):
                raise Refused(f"fields up to bit {shift} have two decodings")
    if not (-R < low and high < R):
        raise Refused("a word reaches r")


class Policy:
    """Roles: `used`, `asset[a][name]`, `ratio`, `shares[name]`, `header`, by the names of spec.py."""

    def __init__(self, circuit):
        self.circuit, self.facts = circuit, circuit.facts
        self.used, self.asset, self.shares = [], [], {}

    def digest(self):
        """The digest is H over tag, terms, ratios, header and shares, and the blocks of five assets
        that are used; the words of a slot are 0 after the last used one."""
        circuit = self.circuit
        chain = Chain(circuit, circuit.public["digest"], "digest")
        outputs = chain.unfold({x: 1 for x in chain.states})[1]
        head, *rest = [chain.words(out) for out in outputs]
        words = [word for block in rest for word in block]
        self.head = head[: 3 + len(spec.SHARES)]
        self.raw = [words[i : i + spec.PER_WORD] for i in range(0, len(words), spec.PER_WORD)]
        beyond = [*head[len(self.head) :], *(w for slot in self.raw[circuit.assets :] for w in slot)]
        if any(number(word) != 0 for word in beyond) or single(head[0]) is None:
            raise Refused("beside terms and words, a block holds something else than zeros")
        self._slots()
        # Used slots come first, so these are all cases.
        for n in range(circuit.assets + 1):
            case = {u: int(a < n) for a, u in enumerate(self.used)}
            blocks = -(-n // spec.PER_BLOCK)
            if not set(chain.states) <= set(case) or chain.unfold(case) != (spec.POLICY, outputs[: 1 + blocks]):
                raise Refused(f"with {n} assets it is not tag, header and {blocks} blocks")

    def _slots(self):
        """The used flags: those that the header counts, each with the slot whose words it switches."""
        ones = {m[0] for m, c in self.head[2].items() if len(m) == 1 and c == 1}
        flags = [u for u in ones if self.facts.domains.get(u, {2}) <= {0, 1}]
        for words in self.raw[: self.circuit.assets]:
            goals = lambda u: [mul(add(const(1), var(u), -1), word) for word in words]
            mine = [u for u in flags if all(self.facts.holds(goal) for goal in goals(u))]
            if len(mine) != 1:
                raise Refused("an unused slot may have a word that is not 0")
            self.used += mine
        for before, u in zip(self.used, self.used[1:]):
            if not self.facts.holds(mul(var(u), add(var(u), var(before), -1))):
                raise Refused("a slot may be used after one that is not")
    def _decode(self, word, layout, below=()):
        """Cells by field name; the word's decoding is unique against any policy's. `below`: digits that
        are under the fields and not in `word`."""
        found, other = fields_of(word)
        roles, digits = {}, list(below)
        for name, shift, bound in layout:
            cell = found.pop(shift, None)
            most = 0
            if cell is not None:
                if cell not in self.facts.ranges or self.facts.ranges[cell][1] >= bound:
                    raise Refused(f"{name} has no range below {bound}")
                roles[name], most = cell, self.facts.ranges[cell][1]
            digits.append((shift, 1 - bound, most))
        if found or other:
            raise Refused("beside its fields a word holds something else")
        one_decoding(digits)
        return roles

    def decodings(self):
        """Each word has one decoding into fields of the specification's ranges."""
        _, ratios, header, *shares = self.head
        self.ratio = self._decode(ratios, spec.RATIOS)
        for name, word in zip(spec.SHARES, shares):
            self.shares |= self._decode(word, spec.shares(name))
        if len(self.shares) != len(spec.SHARES) * spec.GROUPS:
            raise Refused("a group has no share")
        # The number of assets is the sum of the used flags, at most 64 (below 2^8).
        counted = total(var(u) for u in self.used)
        _, shift, bound = spec.COUNT
        self.header = self._decode(add(header, counted, -1), spec.HEADER, [(shift, 1 - bound, len(self.used))])
        if len(self.used) >= bound or set(self.header) != {name for name, _, _ in spec.HEADER}:
            raise Refused("the header lacks a field, or its number reaches the next")
        for words in self.raw[: self.circuit.assets]:
            roles = {}
            for word, layout in zip(words, spec.WORDS):
                roles |= self._decode(word, layout)
            self.asset.append(roles)
        wanted = {name for layout in spec.WORDS for name, _, _ in layout if not name.startswith("m ")}
        wanted |= {f"m {j}" for j in range(1, self.circuit.scenarios)}
        if any(set(roles) != wanted for roles in self.asset):
            raise Refused("an asset lacks a field")
        if set(self.ratio) != {f"ratio {j}" for j in range(1, self.circuit.scenarios)}:
            raise Refused("a scenario lacks its ratio")

    def unused(self):
        """Fields of unused slots are 0."""
        for roles, used in zip(self.asset, self.used):
            case = self.facts.under({used: 0})
            for name, cell in roles.items():
                if case.ranges.get(cell) != (0, 0):
                    raise Refused(f"{name} of an unused slot may be other than 0")

    def ascending(self):
        """In used slots ids ascend from 1."""
        before = {}
        for roles, used in zip(self.asset, self.used):
            least = mul(var(used), add(before, const(1)))
            if self.facts.not_negative(add(var(roles["id"]), least, -1)) is None:
                raise Refused("an id may be at most the one before")
            before = var(roles["id"])

    def prices(self):
        """The price of a used slot has an inverse, so it is not 0; that of an unused one is 0."""
        for price, used in zip(self.circuit.prices, self.used):
            for p in self.facts.pool:
                q = at(p, {used: 1}) if price in variables(p) else {}
                others = variables(q) - {price}
                if len(q) == 2 and len(others) == 1 and set(q) == {(), tuple(sorted([price, min(others)]))}:
                    break
            else:
                raise Refused("the price of a used asset may be 0")
            if self.facts.under({used: 0}).ranges.get(price) != (0, 0):
                raise Refused("the price of an unused slot may be other than 0")
