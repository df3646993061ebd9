"""S8: the digest is the hash of words that have one decoding, every field in its range; ids
ascend, unused slots are zero, prices of used assets are not 0."""

import poly
import spec
from chains import Chain, at, number, single
from lookup_rule import Refused
from poly import R, add, const, mul, scale, signed, total, var, variables


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
    """Roles: `used`, `asset[a][name]`, `ratio[j]`, `least[g]`, `most[g]`."""

    def __init__(self, circuit):
        self.circuit, self.facts = circuit, circuit.facts
        self.used, self.asset = [], []

    def digest(self):
        """The digest is H over tag, terms, ratios, count; shares; and the words of the used slots."""
        circuit = self.circuit
        chain = Chain(circuit, circuit.public["digest"], "digest")
        cases = sorted(chain.cases(), key=lambda case: sum(case.values()))
        if [sum(case.values()) for case in cases] != list(range(circuit.assets + 1)):
            raise Refused("used slots are not a prefix of the slots")
        before = {x: 0 for x in chain.states}
        for case in cases[1:]:
            new = [x for x in case if case[x] > before[x]]
            if len(new) != 1 or any(case[x] < before[x] for x in case):
                raise Refused("used slots are not nested")
            self.used += new
            before = case
        outputs = chain.unfold(cases[-1])[1]
        self.raw = [chain.words(out) for out in outputs]
        for n, case in enumerate(cases):
            if chain.unfold(case) != (spec.POLICY, outputs[: 2 + n]):
                raise Refused(f"with {n} assets it is not tag, two headers and {n} blocks")
            if number(at(self.raw[0][2], case)) != n:
                raise Refused("the header does not hold the number of assets")
        if number(self.raw[1][2]) != 0 or single(self.raw[0][0]) is None:
            raise Refused("a header holds something else")

    def _decode(self, word, layout):
        """Cells by field name; the word's decoding is unique against any policy's."""
        found, other = fields_of(word)
        roles, digits = {}, []
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
        head, shares, *assets = self.raw
        self.ratio = self._decode(head[1], spec.RATIOS)
        self.least = self._decode(shares[0], spec.LEAST)
        self.most = self._decode(shares[1], spec.MOST)
        if len(self.least) != spec.GROUPS or len(self.most) != spec.GROUPS:
            raise Refused("a group has no share")
        count = add(head[2], total(var(u) for u in self.used), -1)
        if count:
            raise Refused("the count is not the sum of the used flags")
        for words in assets:
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
        """The price of a used slot has an inverse, so it is not 0."""
        for price, used in zip(self.circuit.prices, self.used):
            for p in self.facts.pool:
                q = at(p, {used: 1}) if price in variables(p) else {}
                others = variables(q) - {price}
                if len(q) == 2 and len(others) == 1 and set(q) == {(), tuple(sorted([price, min(others)]))}:
                    break
            else:
                raise Refused("the price of a used asset may be 0")
