"""Rule `keyed sums`: steps (g' - g) (gamma + key) = weight, whose differences add up to 0 with factors.

Key, weight and factors were committed before the challenges (other challenges than gamma may be in
them). Each difference gets a name D, so D (gamma + key) = weight. The other equations of the register
say how differences go on: added to what was before, dropped where a block is not active, times kappa
where an account owes. What is left of them is one equation sum factor D = 0. Then
sum factor weight / (gamma + key) = 0 for a random gamma, so at every pole the weights add up to 0:
for every value z, the weights times factors of the steps with key = z sum to 0, for each power of the
other challenges. (logup.py, point 3.)"""

from dataclasses import dataclass

import poly
from lookup_rule import Refused
from poly import R, add, mul, scale, var, variables


@dataclass
class Step:
    """`key`, and `weight` by monomials of challenges: {(): .., (kappa, delta): ..}."""

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
    key = scale(by_g.get((g,), {}), pow(difference[g,], -1, R))
    weight = add(mul(difference, key), rest, -1)
    committed = lambda q: all(x < 0 or x in first for x in variables(q))
    if not committed(key) or not committed(weight) or gamma in variables(key) | variables(weight):
        return None
    if any(x < 0 for x in variables(key)):
        return None
    return difference, key, weight


def begin(facts, fresh):
    """Names the differences of all steps, in the pool's place of which they stand: {D: (key, weight)}.
    `fresh()` is a variable that nothing else has."""
    challenges = {x for p in facts.pool for x in variables(p) if x < 0}
    for gamma in sorted(challenges):
        found, rest = [], []
        for p in facts.pool:
            second = any(x >= 0 and x not in facts.first for x in variables(p))
            step = _step(p, gamma, facts.first) if second and gamma in variables(p) else None
            (found.append(step) if step else rest.append(p))
        if not found:
            continue
        steps, kept = {}, []
        for difference, key, weight in found:
            name = fresh()
            facts.hidden.add(name)
            steps[name] = (gamma, key, weight)
            p = facts.reduce(add(difference, var(name), -1))
            own = [x for x in sorted(variables(p)) if x not in facts.hidden and poly.lone(p, x) is not None]
            if own:
                facts.define(own[0], p)
            else:
                kept.append(p)
        facts.take(rest + kept)
        facts.sweep()
        return steps
    raise Refused("there is no keyed sum")


def end(facts, steps):
    """The steps with their factors, one factor of all weights left open; takes their equation out of
    the pool."""
    closing = [p for p in facts.pool if any(x in steps for x in variables(p))]
    if len(closing) != 1:
        raise Refused("the differences of a keyed sum do not add up to 0 in one equation")
    [whole] = closing
    parts = poly.split(whole, set(steps))
    out = []
    for mono, factor in sorted(parts.items()):
        if len(mono) != 1 or any(x >= 0 and x not in facts.first for x in variables(factor)):
            raise Refused("a difference has no factor that was committed before")
        gamma, key, weight = steps[mono[0]]
        if gamma in variables(factor):
            raise Refused("a factor reads gamma")
        weight = facts.reduce(mul(weight, factor))
        challenges = {x for x in variables(weight) if x < 0}
        out.append(Step(facts.reduce(key), poly.split(weight, challenges)))
    facts.take([p for p in facts.pool if p is not whole])
    return out
