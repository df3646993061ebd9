"""Rule `permutation`: the equations of a group of S-box inputs ARE Poseidon of sixteen inputs.

Equations are linear in ("x", i), ("z", i) = ("x", i)^5 and cells ("b", ..) of others. One after the
other, each gives one unknown as a linear form in the inputs, 1 and the z before it: an S-box input; or
a z whose x stands nowhere (what a recurrence takes is stored as a fifth root, and only the fifth power
of that cell is read); or, last, the output. The same forms are computed from the reference
(tools/model/poseidon.py: constants from the paper's generator, rounds as the paper says). The two are
compared, lane by lane and round by round, and so is the output. Then output = H(inputs)."""

import sys
from dataclasses import dataclass
from pathlib import Path

import poly
from lookup_rule import Refused

sys.path.append(str(Path(__file__).resolve().parents[1] / "model"))
import poseidon as reference  # noqa: E402

ONE = ("1",)
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


def _solve(equations, output):
    """({i: form of x_i}, form of the output)."""
    inputs, boxes, roots = {}, {}, {}
    for equation in equations:
        form, unknown = {}, {}
        for name, c in equation.items():
            if name == ONE:
                _axpy(form, c, {ONE: 1})
            elif name[0] == "b" and name != output:
                _axpy(form, c, {name: 1})
            elif name[0] == "x" and name[1] in boxes:
                _axpy(form, c, boxes[name[1]])
            elif name[0] == "z" and name[1] in roots:
                _axpy(form, c, roots[name[1]])
            elif name[0] == "z" and name[1] in boxes:
                _axpy(form, c, {name: 1})
            else:
                unknown[name] = c
        if len(unknown) != 1:
            raise Refused("the S-box inputs do not follow from each other")
        [(name, c)] = unknown.items()
        factor = -pow(c, -1, poly.R)
        value = {n: k * factor % poly.R for n, k in form.items()}
        if name == output:
            if equation is not equations[-1]:
                raise Refused("the output stands before the end")
            return boxes, value
        known = boxes if name[0] == "x" else roots
        if name[1] in boxes or name[1] in roots:
            raise Refused("an S-box input is known twice")
        known[name[1]] = value
    raise Refused("there is no output")


def permutation(equations):
    """(the output, the sixteen inputs) of a group's equations, in the order of their rows."""
    last = [name for name in equations[-1] if name[0] == "b"]
    if len(last) != 1 or sum(last[0] in e for e in equations) != 1:
        raise Refused("the last equation is not that of the output")
    boxes, out = _solve(equations, last[0])
    by_form = {}
    for i, form in boxes.items():
        by_form.setdefault(frozenset(form.items()), i)
    # The state before the first round: the capacity lane is 0, each other lane an input's cell.
    candidates = sorted({name for e in equations for name in e if name[0] == "b" and name != last[0]})
    state, inputs = [{}], []
    for lane in range(1, reference.WIDTH):
        found = [b for b in candidates if frozenset({b: 1, ONE: CONSTANTS[lane]}.items()) in by_form]
        if len(found) != 1:
            raise Refused(f"lane {lane} is not absorbed with its constant")
        inputs += found
        state.append({found[0]: 1})
    if run(state, by_form) != out:
        raise Refused("the output is not the first lane of the last state")
    return last[0], inputs


def run(state, by_form):
    """The reference on forms; each S-box input is looked up among the cells', but for what is a
    number."""
    half = reference.FULL_ROUNDS // 2
    for rnd in range(reference.ROUNDS):
        for lane, constant in zip(state, CONSTANTS[reference.WIDTH * rnd :]):
            _axpy(lane, constant, {ONE: 1})
        full = rnd < half or rnd >= half + reference.PARTIAL_ROUNDS
        for i in range(reference.WIDTH if full else 1):
            if set(state[i]) <= {ONE}:
                state[i] = {ONE: pow(state[i].get(ONE, 0), 5, poly.R)}
                continue
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
