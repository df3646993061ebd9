"""Rule `permutation`: groups of S-box inputs in the emitted equations ARE circomlib's Poseidon.

An S-box input is a cell u with a term u^5. The equations over a group of them are linear in u
and u^5. One after the other, an equation with one unknown u gives u as a linear form in inputs
and the u^5 before it. The same forms are computed from the reference (tools/model/poseidon.py:
constants from the paper's generator, rounds as the paper says). The two are compared, lane by lane
and round by round, and so is the output. Then output = H(inputs)."""

import sys
from dataclasses import dataclass
from pathlib import Path

import poly
from lookup_rule import Refused

sys.path.append(str(Path(__file__).resolve().parents[1] / "model"))
import poseidon as reference  # noqa: E402

ONE = "1"
CONSTANTS, MATRIX = reference.parameters()


@dataclass
class Hash:
    """out = H(inputs), all of them classes."""

    out: int
    inputs: list


def _axpy(form, k, other):
    for name, c in other.items():
        value = (form.get(name, 0) + k * c) % poly.R
        if value:
            form[name] = value
        else:
            form.pop(name, None)


def is_quint(mono):
    return len(mono) == 5 and len(set(mono)) == 1


def _linear(equation, known):
    """The equation over forms: (form of what is known, {unknown u: coefficient})."""
    form, unknown = {}, {}
    for mono, c in equation.items():
        if mono == ():
            _axpy(form, c, {ONE: 1})
        elif is_quint(mono):
            _axpy(form, c, {("z", mono[0]): 1})
        elif len(mono) == 1 and mono[0] in known:
            _axpy(form, c, known[mono[0]])
        elif len(mono) == 1:
            unknown[mono[0]] = c
        else:
            raise Refused("an equation of S-boxes is not linear in them and their fifth powers")
    return form, unknown


def _solve(equations, sboxes, known):
    """Forms of all S-box inputs that follow from the equations, in any order."""
    waiting = list(equations)
    while waiting:
        rest = []
        for equation in waiting:
            sounds = {m[0] for m in equation if is_quint(m)}
            form, unknown = _linear(equation, known)
            if len(unknown) == 1 and sounds <= set(known):
                [(u, c)] = unknown.items()
                known[u] = {name: -value * pow(c, -1, poly.R) % poly.R for name, value in form.items()}
            else:
                rest.append(equation)
        if len(rest) == len(waiting):
            raise Refused("the S-box inputs do not follow from each other")
        waiting = rest


def permutation(equations, sboxes):
    """The Hash that a group's equations say."""
    known, outputs, transitions = {}, [], []
    for equation in equations:
        others = [x for x in poly.variables(equation) if x not in sboxes]
        quints = any(is_quint(m) for m in equation)
        inside = [x for x in poly.variables(equation) if x in sboxes]
        if not quints and len(inside) == 1 and len(others) <= 1:
            [u] = inside
            form, unknown = _linear(equation, {x: {("in", x): 1} for x in others})
            if u in known or list(unknown) != [u]:
                raise Refused("an S-box input is absorbed twice")
            factor = -pow(unknown[u], -1, poly.R)
            known[u] = {name: value * factor % poly.R for name, value in form.items()}
        elif len(others) == 1 and quints and all(is_quint(m) or m == (others[0],) for m in equation):
            outputs.append((others[0], equation))
        elif not others:
            transitions.append(equation)
        else:
            raise Refused("an equation of S-boxes reads something else")
    if len(known) != reference.WIDTH or len(outputs) != 1:
        raise Refused(f"expected 5 absorbing equations and an output, got {len(known)} and {len(outputs)}")
    starts = dict(known)
    _solve(transitions, sboxes, known)
    by_form = {}
    for u, form in known.items():
        by_form.setdefault(frozenset(form.items()), u)
    # The state before the first round, by the constants that absorbing adds.
    state, inputs = [], []
    for lane in range(reference.WIDTH):
        found = [form for form in starts.values() if form.get(ONE, 0) == CONSTANTS[lane]]
        if len(found) != 1:
            raise Refused(f"lane {lane} is not absorbed with its constant")
        terms = {name: c for name, c in found[0].items() if name != ONE}
        if list(terms.values()) != [1] * (lane > 0):
            raise Refused(f"lane {lane} absorbs something else than a cell")
        inputs += [name[1] for name in terms]
        state.append(terms)
    out, equation = outputs[0]
    final, factor = run(state, by_form), equation[(out,)]
    wanted = {("z", m[0]): -c * pow(factor, -1, poly.R) % poly.R for m, c in equation.items() if m != (out,)}
    if final != wanted:
        raise Refused("the output is not the first lane of the last state")
    return Hash(out, inputs)


def run(state, by_form):
    """The reference on forms; each S-box input is looked up among the cells'."""
    half = reference.FULL_ROUNDS // 2
    for rnd in range(reference.ROUNDS):
        for lane, constant in zip(state, CONSTANTS[reference.WIDTH * rnd :]):
            _axpy(lane, constant, {ONE: 1})
        full = rnd < half or rnd >= half + reference.PARTIAL_ROUNDS
        for i in range(reference.WIDTH if full else 1):
            cell = by_form.get(frozenset(state[i].items()))
            if cell is None:
                raise Refused(f"no cell is the S-box input of round {rnd}, lane {i}")
            state[i] = {("z", cell): 1}
        mixed = []
        for row in MATRIX:
            lane = {}
            for k, form in zip(row, state):
                _axpy(lane, k, form)
            mixed.append(lane)
        state = mixed
    return state[0]


def prove(equations):
    """(hashes, the other equations)."""
    sboxes = {m[0] for e in equations for m in e.poly if is_quint(m)}
    parent = {u: u for u in sboxes}

    def find(u):
        while parent[u] != u:
            parent[u] = parent[parent[u]]
            u = parent[u]
        return u

    inside, rest = [], []
    for e in equations:
        own = [x for x in poly.variables(e.poly) if x in sboxes]
        (inside if own else rest).append((e, own))
        for u in own:
            parent[find(u)] = find(own[0])
    groups = {}
    for e, own in inside:
        groups.setdefault(find(own[0]), []).append(e.poly)
    members = {}
    for u in sboxes:
        members.setdefault(find(u), set()).add(u)
    return [permutation(groups[g], members[g]) for g in groups], [e for e, _ in rest]
