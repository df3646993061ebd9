"""Rule `keyed sums`: steps (g' - g) (gamma + key) = weight whose differences add up to 0.

Key and weight were committed before the challenges (other challenges than gamma may be in them).
Then sum weight / (gamma + key) = 0 for a random gamma, so at every pole the weights add up to 0:
for every value z, the weights of the steps with key = z sum to 0, for each power of the other
challenges, and two keys are equal only if they are so for each power. (logup.py, points 3.)"""

from dataclasses import dataclass

import poly
from lookup_rule import Refused
from poly import R, add, mul, variables


@dataclass
class Step:
    """`key` and `weight` by monomials of challenges: {(): .., (rho,): ..}."""

    key: dict
    weight: dict


def _step(p, gamma, first):
    """(difference, key, weight) if p is of the form, else None."""
    parts = poly.split(p, {gamma})
    if set(parts) - {(), (gamma,)} or (gamma,) not in parts:
        return None
    difference, rest = parts[gamma,], parts.get((), {})
    if any(len(mono) != 1 or mono[0] < 0 or mono[0] in first for mono in difference):
        return None
    g = min(difference)[0]
    by_g = poly.split(rest, {g})
    if set(by_g) - {(), (g,)}:
        return None
    key = poly.scale(by_g.get((g,), {}), pow(difference[g,], -1, R))
    weight = add(mul(difference, key), rest, -1)
    committed = lambda q: all(x < 0 or x in first for x in variables(q))
    if not committed(key) or not committed(weight) or gamma in variables(key) | variables(weight):
        return None
    return difference, key, weight


def _chain(found):
    """Factors that make the differences add up to 0, each step once, or None."""
    loose = dict(enumerate(found))
    start = [i for i, (difference, _, _) in loose.items() if len(difference) == 1]
    if not start:
        return None
    chained, open_end = [], {}
    while loose:
        if not chained:
            i, factor = start[0], 1
        else:
            [(mono, c)] = open_end.items()
            near = [i for i, (difference, _, _) in loose.items() if mono in difference]
            if len(near) != 1:
                return None
            i, factor = near[0], -c * pow(loose[near[0]][0][mono], -1, R) % R
        difference, key, weight = loose.pop(i)
        open_end = add(open_end, difference, factor)
        chained.append((key, poly.scale(weight, factor)))
        if len(open_end) != (1 if loose else 0):
            return None
    return chained


def keyed_sums(facts):
    """The steps of the pool's keyed sum, one factor for all weights left open; takes them out of
    the pool."""
    challenges = {x for p in facts.pool for x in variables(p) if x < 0}
    for gamma in sorted(challenges):
        found, rest = [], []
        for p in facts.pool:
            second = any(x >= 0 and x not in facts.first for x in variables(p))
            step = _step(p, gamma, facts.first) if second and gamma in variables(p) else None
            (found.append(step) if step else rest.append(p))
        if not found:
            continue
        chained = _chain(found)
        if chained is None:
            raise Refused("the differences of a keyed sum do not add up to 0")
        facts.take(rest)
        split = lambda p: poly.split(facts.reduce(p), challenges)
        return [Step(split(key), split(weight)) for key, weight in chained]
    raise Refused("there is no keyed sum")
