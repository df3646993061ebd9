"""Chains of hashes from a public input backwards, in every case of the states that choose what is
hashed and what is passed on."""

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
        self.facts, self.by_out, self.links, self.name = circuit.facts, circuit.by_out, circuit.links, name
        if public not in self.links:
            raise Refused(f"{name}: no equation with an output of H")
        self.value = self.links[public]
        self.states = self._states()

    def _before(self, x):
        """What x is: the chain value that H absorbs, where x is an output, or what its link says."""
        if x in self.by_out:
            return self.facts.reduce(var(self.by_out[x].inputs[0]))
        return self.links.get(x)

    def _states(self):
        """The cells with finite domains that decide, from the output back to the first input."""
        seen, states, waiting = set(), [], [self.value]
        while waiting:
            for x in sorted(variables(waiting.pop())):
                if x in seen:
                    continue
                seen.add(x)
                before = self._before(x)
                if before is not None:
                    waiting.append(before)
                elif x in self.facts.domains:
                    states.append(x)
                else:
                    raise Refused(f"{self.name}: the chain depends on a cell of no finite domain")
        return states

    def cases(self, limit=1000):
        """Every assignment of the states that no equation between them excludes."""
        own, cases, known = set(self.states), [{}], set()
        equations = [p for p in self.facts.pool if variables(p) <= own]
        for x in self.states:
            known.add(x)
            checks = [p for p in equations if x in variables(p) <= known]
            cases = [{**case, x: v} for case in cases for v in sorted(self.facts.domains[x])]
            cases = [case for case in cases if not any(at(p, case) for p in checks)]
            if len(cases) > limit:
                raise Refused(f"{self.name}: too many cases")
        return cases

    def unfold(self, case):
        """(start, outputs): the number with which the chain begins, and the outputs of H that follow
        each other from it. No outputs: the public input is the number itself."""
        p, outputs = at(self.value, case), []
        for _ in range(2 * len(self.by_out) + 2):
            if number(p) is not None:
                return number(p), outputs[::-1]
            x = single(p)
            if x in self.by_out:
                outputs.append(x)
            before = self._before(x)
            if before is None:
                break
            p = at(before, case)
        raise Refused(f"{self.name}: in the case {[case[x] for x in self.states]} it is no chain of H")

    def words(self, out):
        """What H absorbs beside the chain value."""
        return [self.facts.reduce(var(i)) for i in self.by_out[out].inputs[1:]]


def links(facts, by_out):
    """{x: p} from the equations x = p in which an output of H takes part."""
    found = {}
    for p in facts.pool:
        if not any(x in by_out for x in variables(p)):
            continue
        for x in variables(p):
            if x >= 0 and x not in by_out and x not in facts.domains and lone(p, x):
                if x in found:
                    raise Refused("a chain value follows from two equations")
                rest = {m: c for m, c in p.items() if m != (x,)}
                found[x] = poly.scale(rest, -pow(p[x,], -1, poly.R))
    return found


def at(p, case):
    return substitute(p, {x: const(v) for x, v in case.items()})
