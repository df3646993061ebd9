"""Chains of hashes from a public input backwards, in every case of the states that choose what is
hashed and what is passed on."""

from itertools import product

import poly
from lookup_rule import Refused
from poly import const, lone, substitute, var, variables


def single(p):
    """The variable that p is, or None."""
    return next(iter(p))[0] if len(p) == 1 and set(p.values()) == {1} and len(next(iter(p))) == 1 else None


def number(p):
    """The number that p is, or None."""
    return p.get((), 0) if set(p) <= {()} else None


class Chain:
    """What a public input (a commitment, the policy's digest) is, case by case."""

    def __init__(self, circuit, public, name):
        self.facts, self.by_out, self.name = circuit.facts, circuit.by_out, name
        found = [p for p in self.facts.pool if lone(p, public) and any(x in self.by_out for x in variables(p))]
        if len(found) != 1:
            raise Refused(f"{name}: expected one equation with an output of H, got {len(found)}")
        rest = {m: c for m, c in found[0].items() if m != (public,)}
        self.value = poly.scale(rest, -pow(found[0][public,], -1, poly.R))
        self.states = self._states()

    def _states(self):
        """The cells with finite domains that decide, from the output back to the first input."""
        seen, states, waiting = set(), [], [self.value]
        while waiting:
            for x in sorted(variables(waiting.pop())):
                if x in seen:
                    continue
                seen.add(x)
                if x in self.by_out:
                    waiting.append(self.facts.reduce(var(self.by_out[x].inputs[0])))
                elif x in self.facts.domains:
                    states.append(x)
                else:
                    raise Refused(f"{self.name}: the chain depends on a cell of no finite domain")
        if len(states) > 9:
            raise Refused(f"{self.name}: too many states")
        return states

    def cases(self):
        """Every assignment of the states that no equation between them excludes."""
        own = set(self.states)
        equations = [p for p in self.facts.pool if variables(p) <= own]
        for values in product(*(sorted(self.facts.domains[x]) for x in self.states)):
            case = dict(zip(self.states, values))
            if all(not at(p, case) for p in equations):
                yield case

    def unfold(self, case):
        """(start, blocks): the number with which the chain begins, and what each H absorbs after
        the chain value, first to last. No blocks: the public input is the number itself."""
        p, blocks = at(self.value, case), []
        while number(p) is None:
            x = single(p)
            if x not in self.by_out or len(blocks) > len(self.by_out):
                raise Refused(f"{self.name}: in the case {sorted(case.values())} it is no chain of H")
            first, *rest = [at(self.facts.reduce(var(i)), case) for i in self.by_out[x].inputs]
            blocks.append(rest)
            p = first
        return number(p), blocks[::-1]


def at(p, case):
    return substitute(p, {x: const(v) for x, v in case.items()})
