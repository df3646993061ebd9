"""From an emitted file to facts: which rules are used in which order. None of the choices here
(what is defined by what, what is dropped) can make a conclusion false: dropping an equation only
weakens, and a definition is an equation."""

import hashing_rule
import keyed_rule
import lookup_rule
from chains import links
from kernel import Facts
from poly import R, add, lone, signed, var, variables
from system import System

# Ranges of public inputs that the verifier's types have (H70).
PRICE_BITS, DEBT_BITS, RATIO_BITS, TIME_BITS = 120, 80, 20, 64

# A register follows with such a factor; slacks and shares with others.
UNITS = (1, 2, R - 1, R - 2)


class Circuit:
    """`facts`, `hashes` by output, `sums` (keyed), the public inputs by name."""

    def __init__(self, text):
        self.system = system = System(text)
        head = system.head
        self.accounts, self.positions = head["accounts"], head["positions"]
        lookup, hashing = lookup_rule.find(system), hashing_rule.find(system)
        equations = system.equations([*lookup.used, hashing[0].number, *hashing[2]])
        zeros = zero_cells(equations)
        self.limbs = lookup_rule.prove(system, lookup, zeros)
        self.inputs = [system.instance(row) for row in range(head["public inputs"])]
        self._public()
        self.hashes = hashing_rule.prove(system, hashing, zeros)
        system.classify()
        self.by_out = {h.out: h for h in self.hashes}
        if len(self.by_out) != len(self.hashes):
            raise lookup_rule.Refused("two permutations have one output")
        self.names = len(system.cells)
        hidden = [*self.by_out, *self.inputs]
        ranges = {**limbs_of(self.limbs), **self.typed}
        self.facts = Facts([e.poly for e in equations], ranges, system.first, hidden)
        self._simplify()

    def fresh(self):
        """A variable that is no cell."""
        self.names += 1
        return self.names

    def _public(self):
        """Names public inputs, and the ranges that the verifier's types give them."""
        at, head = self.system.instance, self.system.head
        self.assets, self.scenarios = head["assets"], head["scenarios"]
        names = ["subject", "from", "to", "digest", "debt", "ratio", "context", "kinds"]
        self.public = {name: at(row) for row, name in enumerate(names)}
        words = len(self.inputs) - len(names) - self.accounts - self.assets
        first = len(names)
        self.report = [at(first + i) for i in range(words)]
        first += words
        self.commitments = [at(first + m) for m in range(self.accounts)]
        self.prices = [at(first + self.accounts + a) for a in range(self.assets)]
        self.typed = {price: (0, 2**PRICE_BITS - 1) for price in self.prices}
        self.typed[self.public["debt"]] = (0, 2**DEBT_BITS - 1)
        self.typed[self.public["ratio"]] = (1, 2**RATIO_BITS - 1)
        self.typed |= {self.public[name]: (0, 2**TIME_BITS - 1) for name in ("from", "to")}

    def _simplify(self):
        facts, first, in_a = self.facts, self.system.first, self.system.in_a
        # Constants, and pairs of cells that an equation makes equal.
        facts.eliminate(self._equalities)
        self._ranges()
        facts.eliminate(self._multiples_of_bits)
        bits = {x for x, d in facts.domains.items() if d <= {0, 1}}
        sums = self._name_sums(bits)
        # Limbs have served: what is left of them is bits.
        of_limbs = lambda p: any(x in self.limbs and x not in bits for x in variables(p))
        checked = {x for p in facts.pool if of_limbs(p) for x in variables(p)}
        limbed, checked = checked | sums, checked | sums | set(facts.domains)
        facts.take([p for p in facts.pool if not of_limbs(p)])

        def registers(p):
            if not facts.committed(p) or any(x in self.by_out for x in variables(p)):
                return []
            unit = [x for x in variables(p) if lone(p, x) in UNITS]
            of_bits = [x for x in unit if x not in bits and variables(p) - {x} <= bits and len(p) > 2]
            own = [x for x in unit if x not in checked and x not in in_a]
            return of_bits + sorted(own, key=lambda x: x not in self.system.registers)

        facts.eliminate(registers)
        steps = keyed_rule.begin(facts, self.fresh)
        facts.eliminate(lambda p: sorted(x for x in variables(p) if x >= 0 and x not in first))
        facts.schwartz_zippel()

        def others(p):
            # Chain values stay: unfolding them in all cases at once would not end.
            if not facts.committed(p) or any(x in self.by_out for x in variables(p)):
                return []
            given = lambda x: x in limbed or x in self.by_out or x in self.inputs
            new = [x for x in variables(p) if not given(x) and lone(p, x) in UNITS]
            known = lambda x: given(x) or x in facts.ranges
            # A flag is defined by flags and public inputs only.
            flags = all(y in facts.domains or y in self.inputs for y in variables(p))
            new = [x for x in new if x not in facts.domains or flags]
            return [x for x in new if all(known(y) for y in variables(p) if y != x)]

        facts.eliminate(others)
        facts.propagate()
        self.sums = keyed_rule.end(facts, steps)
        self.links = links(facts, self.by_out)

    def _name_sums(self, bits):
        """Names for sums of limbs that stand in an equation with products: a cell that is the sum, or
        a name that is it by definition, whose range is the sum's. Two sums in an equation have opposite
        signs. Returns the new names."""
        facts, known, pool = self.facts, {}, []
        limb = lambda m: len(m) == 1 and m[0] in self.limbs and m[0] not in bits
        positive = lambda limbs, k: {m: signed(c * k % R) for m, c in limbs.items() if signed(c * k % R) > 0}
        for p in facts.pool:
            others = [m for m in p if not limb(m)]
            if len(others) == 1 and len(others[0]) == 1 and len(p) > 1:
                part = positive({m: c for m, c in p.items() if limb(m)}, -pow(p[others[0]], -1, R))
                if len(part) == len(p) - 1:
                    known.setdefault(frozenset(part.items()), others[0][0])
        new = set()
        for p in facts.pool:
            limbs = {m: c for m, c in p.items() if limb(m)}
            rest = {m: c for m, c in p.items() if m not in limbs}
            products = any(len(m) > 1 for m in rest) and not any(limb((x,)) for x in variables(rest))
            if not limbs or not products or not facts.committed(p):
                pool.append(p)
                continue
            for sign in (1, -1):
                part = positive(limbs, sign)
                most = sum(c * facts.ranges[m[0]][1] for m, c in part.items())
                if most >= R:
                    raise lookup_rule.Refused("a sum of limbs may reach r")
                key = frozenset(part.items())
                if part and key not in known:
                    known[key] = self.fresh()
                    new.add(known[key])
                    facts.first.add(known[key])
                    facts.ranges[known[key]] = (0, most)
                rest = add(rest, var(known[key]), sign) if part else rest
            pool.append(rest)
        facts.take(pool)
        return new

    def _equalities(self, p):
        """The one cell of an equation that says it is a number; one of two equal cells."""
        if not self.facts.committed(p) and len(p) > 2:
            return []
        names = sorted(variables(p))
        if len(names) == 1 and all(len(m) <= 1 for m in p):
            return names if names[0] >= 0 else []
        if len(names) == 2 and len(p) == 2 and sum(p.values()) % R == 0 and () not in p and names[0] >= 0:
            kept = [self.facts.hidden, self.limbs, self.system.in_a, self.system.first]
            return sorted(names, key=lambda x: [x in those for those in kept])
        return []

    def _multiples_of_bits(self, p):
        """The cell of an equation that says it is a multiple of a bit; of two bits, the limb."""
        names = variables(p)
        if not self.facts.committed(p) or len(p) != 2 or len(names) != 2 or () in p:
            return []
        others = [x for x in names if not self.facts.domains.get(x, {2}) <= {0, 1}]
        return others if len(others) == 1 else [x for x in names if x in self.limbs and not others]

    def _ranges(self):
        """From what is linear, and from short equations."""
        small = lambda p: all(len(m) <= 1 for m in p) or len(variables(p)) <= 3
        self.facts.propagate([i for i, p in enumerate(self.facts.pool) if small(p)])


class RollupCircuit(Circuit):
    """The same of a roll-up: another statement's public inputs."""

    def _public(self):
        names = ["subject", "from", "to", "kind", "list root", "merged"]
        if len(self.inputs) != len(names):
            raise lookup_rule.Refused("a roll-up has other public inputs")
        self.public = dict(zip(names, self.inputs))
        self.merged = self.system.head["merged"]
        self.typed = {self.public[name]: (0, 2**TIME_BITS - 1) for name in ("from", "to")}


def limbs_of(limbs):
    return {x: (0, most) for x, most in limbs.items()}


def zero_cells(equations):
    found = set()
    for e in equations:
        names = variables(e.poly)
        if len(names) == 1 and len(e.poly) == 1 and lone(e.poly, min(names)) is not None:
            found |= names
    return found


def load(path):
    with open(path, encoding="utf-8") as file:
        return Circuit(file.read())

