"""What is known of the classes: equations, definitions, integer ranges, finite domains. Every
method that adds to it is a rule; each is sound by itself (test_kernel.py has for each a wrong
variant that is refused).

- `define`: x = p where an equation holds x alone with a constant factor; x is replaced everywhere.
- `domain`: a polynomial in x, other variables taking each value of their domains, that splits into
  linear factors leaves x their roots.
- `integer`: if the monomials' ranges keep a sum inside (-r, r), a sum that is 0 mod r is 0.
- `tighten`: what an equation over the integers says of one of its terms.
- `modular`: x = sum mod r, the sum's range inside [0, r): x is in it.
- `schwartz_zippel`: an equation between cells committed before the challenges holds for each
  power of the challenges.
"""

from collections import deque
from itertools import product

import poly
from lookup_rule import Refused
from poly import R, add, lone, signed, substitute, variables


class Facts:
    def __init__(self, equations, ranges, first, hidden=()):
        """`first`: classes committed before the challenges. `hidden`: classes that are never
        defined by others (public inputs and outputs of H)."""
        self.first, self.hidden = first, set(hidden)
        self.defs, self.ranges, self.domains = {}, dict(ranges), {}
        self.pool = [poly.primitive(e) for e in equations if e]
        self._changed()

    # Normal forms.

    def reduce(self, p):
        while True:
            q = substitute(p, self.defs)
            if q is p:
                return p
            p = q

    def committed(self, p):
        """No challenge and nothing of the second phase."""
        return all(x >= 0 and x in self.first for x in variables(p))

    def define(self, x, p):
        """Rule: x := -rest / c, from the equation p = c x + rest."""
        c = lone(p, x)
        if c is None or x in self.defs or x < 0:
            raise Refused("a definition needs a constant factor and no other occurrence")
        rest = {mono: k for mono, k in p.items() if mono != (x,)}
        value = poly.scale(rest, -pow(c, -1, R))
        self.defs[x] = value
        if x in self.ranges and len(value) == 1 and len(next(iter(value))) == 1 and set(value.values()) == {1}:
            self.meet(next(iter(value))[0], *self.ranges[x])

    def suppose(self, equations):
        """Adds equations that a theorem has shown."""
        self.pool = self.pool + [p for p in equations if p]
        self._changed()

    def take(self, pool):
        """Leaves only these equations: a weaker system."""
        self.pool = pool
        self._changed()

    def _changed(self):
        self.index = self.slacks = self.readers = None

    def sweep(self):
        """Brings every equation to normal form; drops what is 0 and what is there twice."""
        seen, pool = set(), []
        for p in self.pool:
            p = poly.primitive(self.reduce(p))
            if p and (name := poly.key(p)) not in seen:
                if set(p) == {()}:
                    raise Refused("the system has no solution")
                seen.add(name)
                pool.append(p)
        self.pool = pool
        self._changed()

    def eliminate(self, candidates, rounds=50):
        """Defines classes that `candidates(p)` proposes for an equation, until none is left."""
        for _ in range(rounds):
            before = len(self.defs)
            for i, p in enumerate(self.pool):
                p = self.pool[i] = poly.primitive(self.reduce(p))
                for x in candidates(p) if p else ():
                    if x not in self.hidden and lone(p, x) is not None:
                        self.define(x, p)
                        break
            self.sweep()
            if len(self.defs) == before:
                return

    # Ranges.

    def meet(self, x, low, high):
        old = self.ranges.get(x, (0, R - 1))
        new = (max(low, old[0]), min(high, old[1]))
        if new[0] > new[1]:
            raise Refused("a range is empty: the system has no solution")
        if new != old:
            self.ranges[x] = new
            return True
        return False

    def interval(self, p):
        """Bounds of the sum over the integers, with factors between -r/2 and r/2; None if a
        variable has no range."""
        low = high = 0
        for mono, c in p.items():
            least = most = 1
            for x in mono:
                if x not in self.ranges:
                    return None
                least, most = least * self.ranges[x][0], most * self.ranges[x][1]
            ends = (signed(c) * least, signed(c) * most)
            low, high = low + min(ends), high + max(ends)
        return low, high

    def integer(self, p):
        """Rule: p, or a multiple of it, as an equation over the integers; None if not shown."""
        for c in list(dict.fromkeys([1, *p.values()]))[:6]:
            scaled = poly.scale(p, pow(c, -1, R))
            bounds = self.interval(scaled)
            if bounds is None:
                return None
            if -R < bounds[0] and bounds[1] < R:
                return {mono: signed(k) for mono, k in scaled.items()}
        return None

    def tighten(self, whole):
        """Rule: bounds of each term that is one variable, from an equation over the integers."""
        changed = False
        for mono, k in whole.items():
            if len(mono) == 1 and lone(whole, mono[0]) is not None:
                low, high = self.interval({m: c % R for m, c in whole.items() if m != mono})
                if k > 0:
                    low, high = -high, -low
                size = abs(k)
                changed |= self.meet(mono[0], -(-low // size), high // size)
        return changed

    def modular(self, p):
        """Rule: the range of the one variable without one."""
        bare = {x for x in variables(p) if x not in self.ranges}
        if len(bare) != 1:
            return False
        [x] = bare
        c = lone(p, x)
        if x < 0 or c is None:
            return False
        rest = poly.scale({m: k for m, k in p.items() if m != (x,)}, -pow(c, -1, R))
        bounds = self.interval(rest)
        if bounds and 0 <= bounds[0] and bounds[1] < R:
            return self.meet(x, *bounds)
        return False

    def _readers(self):
        """The equations, by number in the pool, that read a class."""
        if self.readers is None:
            self.readers = {}
            for i, p in enumerate(self.pool):
                for x in variables(p):
                    self.readers.setdefault(x, []).append(i)
        return self.readers

    def propagate(self, start=None, longest=10**6):
        """Ranges and domains to a fixed point, from the equations with the given numbers on; those
        of more terms than `longest` are left out."""
        pool, readers = self.pool, self._readers()
        every = range(len(pool)) if start is None else start
        usable = lambda i: len(pool[i]) <= longest and self.committed(pool[i])
        queue = deque(i for i in every if usable(i))
        waiting = set(queue)
        while queue:
            i = queue.popleft()
            waiting.discard(i)
            before = {x: (self.ranges.get(x), x in self.domains) for x in variables(pool[i])}
            self.domain(pool[i])
            whole = self.integer(pool[i])
            self.tighten(whole) if whole else self.modular(pool[i])
            for x, old in before.items():
                if old != (self.ranges.get(x), x in self.domains):
                    for j in readers[x]:
                        if j not in waiting and usable(j):
                            waiting.add(j)
                            queue.append(j)

    # Domains.

    def domain(self, p):
        """Rule: roots of p in its one variable without a domain, over all values of the others."""
        names = variables(p)
        bare = [x for x in names if x not in self.domains]
        if len(bare) != 1 or len(names) > 3:
            return False
        [x], others, found = bare, [y for y in names if y in self.domains], set()
        for values in product(*(sorted(self.domains[y]) for y in others)):
            q = substitute(p, {y: poly.const(v) for y, v in zip(others, values)})
            roots = roots_of(q, x)
            if roots is None:
                return False
            found |= roots
        if not found:
            raise Refused("a domain is empty: the system has no solution")
        if max(found) >= 1 << 16:
            return False
        self.domains[x] = frozenset(found)
        self.meet(x, min(found), max(found))
        return True

    # Challenges.

    def schwartz_zippel(self):
        """Rule: splits each equation whose cells were all committed before the challenges. What
        is left has challenges only together with cells of the second phase."""
        pool, parts = [], []
        for p in self.pool:
            names = variables(p)
            challenges = {x for x in names if x < 0}
            if challenges and all(x in self.first for x in names if x >= 0):
                parts += poly.split(p, challenges).values()
            else:
                pool.append(p)
        self.take(parts + pool)
        self.sweep()

    # Conclusions.

    def holds(self, goal):
        """goal = 0 is an equation of the pool, or 0 = 0, in normal form."""
        if self.index is None:
            self.index = {poly.key(p) for p in self.pool}
        goal = self.reduce(goal)
        return not goal or poly.key(goal) in self.index

    def holds_whole(self, goal):
        """The same over the integers."""
        goal = self.reduce(goal)
        return self.holds(goal) and (not goal or self.integer(goal) is not None)

    def slack(self, goal):
        """The class s in a range with goal = s in the pool, as elements, or None."""
        if self.slacks is None:
            self.slacks = {}
            for p in self.pool:
                for x in variables(p):
                    if x in self.ranges and (c := lone(p, x)) is not None:
                        rest = poly.scale({m: k for m, k in p.items() if m != (x,)}, -pow(c, -1, R))
                        self.slacks.setdefault(frozenset(rest.items()), x)
        return self.slacks.get(frozenset(self.reduce(goal).items()))

    def not_negative(self, goal):
        """The same over the integers: goal >= 0."""
        goal, slack = self.reduce(goal), self.slack(goal)
        if slack is None:
            return None
        bounds = self.interval(add(goal, poly.var(slack), -1))
        return slack if bounds and -R < bounds[0] and bounds[1] < R else None

    def under(self, values):
        """These facts and that classes have the given values: a case, ranges and all."""
        case = Facts([], self.ranges, self.first, self.hidden)
        case.defs = {**self.defs, **{x: poly.const(v) for x, v in values.items()}}
        case.domains = {x: d for x, d in self.domains.items() if x not in values}
        case.ranges = {**self.ranges, **{x: (v, v) for x, v in values.items()}}
        # The pool is in normal form, so only what reads the classes changes.
        changed = sorted({i for x in values for i in self._readers().get(x, [])})
        case.pool = list(self.pool)
        for i in changed:
            case.pool[i] = case.reduce(self.pool[i])
        if any(set(case.pool[i]) == {()} for i in changed):
            raise Refused("the case has no solution")
        case.readers = self._readers()
        case.propagate(changed, longest=64)
        return case


def roots_of(p, x):
    """All roots of a polynomial in x alone that splits over small numbers; None otherwise."""
    degree = max((len(m) for m in p), default=0)
    if not p or variables(p) - {x}:
        return None
    coefficients = [p.get((x,) * i, 0) for i in range(degree + 1)]
    found = set()
    while degree > 0:
        candidates = [-coefficients[0] * pow(coefficients[1], -1, R) % R] if degree == 1 else range(4)
        for root in candidates:
            quotient, carry = [], 0
            for c in reversed(coefficients):
                carry = (carry * root + c) % R
                quotient.append(carry)
            if carry == 0:
                found.add(root)
                coefficients, degree = list(reversed(quotient[:-1])), degree - 1
                break
        else:
            return None
    return found
