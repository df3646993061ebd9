"""Rule `hashing`: one sum over all rows and lanes is an equation a cell.

The emitted constraint has this form, with T, H and C fixed, S and w of the second phase, x and b of
the first, and rho, sigma challenges, at every row at which T is not 0:

    T (S - rho S_next - sum over lanes c of sigma^c (i(H, rho) x_c - w x_c^5 + s(H, rho) b_c - C)) = 0

S is 0 at two rows. So the sum of rho^row times the bracket over the rows between them is 0. Each w
is a number made of rho alone: rows of a table, w = k rho^3 w' + rho^2 l + rho m + n with fixed k, l,
m, n, of which copies are beside the lanes (`weights`). Then the sum is a polynomial in rho and sigma
whose coefficients were committed before both: each of them is 0, up to the error that docs/security
states (H10, H11). What the coefficients say of the cells is the business of poseidon_rule.py."""

from dataclasses import dataclass
from functools import lru_cache

import poly
import poseidon_rule
from lookup_rule import Refused
from poly import R, expand, queries

ONE = ("1",)


@dataclass
class Form:
    """The sum's constraint. `terms`: (powers of rho and of sigma, fixed factors, what is read, factor)."""

    number: int
    table: tuple
    sum: int
    rho: tuple
    sigma: tuple
    terms: list


def symbolic(tree):
    return expand(tree, lambda query: {(query,): 1})


def _later(system, query):
    return query[0] == "a" and system.phases[query[1]] == 1


def _form(system, constraint):
    """The parts of a constraint of this form, or None."""
    seen = queries(constraint.tree)
    second = [q for q in seen if _later(system, q)]
    following = [q for q in second if q[2] == 1]
    if len(constraint.fixed) != 3 or any(q[2] for q in constraint.fixed) or len(second) != 3 or len(following) != 1:
        return None
    now = ("a", following[0][1], 0)
    [weight] = [q for q in second if q not in (now, following[0])] or [None]
    if now not in second or weight is None or weight[2] != 0:
        return None
    p = symbolic(constraint.tree)
    tables = [f for f in constraint.fixed if all(mono.count(f) == 1 for mono in p)]
    if len(tables) != 1:
        return None
    [table] = tables
    unit = p.get(tuple(sorted((table, now))))
    steps = [(mono, c) for mono, c in p.items() if following[0] in mono]
    if unit is None or len(steps) != 1 or sum(now in mono for mono in p) != 1:
        return None
    (mono, c), factor = steps[0], -pow(unit, -1, R)
    rho = [q for q in mono if q[0] == "h"]
    if len(rho) != 1 or sorted([table, rho[0], following[0]]) != list(mono) or c != -unit % R:
        return None
    others = sorted({q for q in seen if q[0] == "h"} - {rho[0]})
    if len(others) > 1:
        return None
    sigma, terms = others[0] if others else None, []
    if any(q[0] == "i" for q in seen):
        return None
    for mono, c in p.items():
        if now in mono or following[0] in mono:
            continue
        fixed = tuple(q for q in mono if q[0] == "f" and q != table)
        cells = tuple(q for q in mono if q[0] == "a")
        terms.append(((mono.count(rho[0]), mono.count(sigma)), fixed, _reads(cells, weight), c * factor % R))
    if any(reads is None for _, _, reads, _ in terms):
        return None
    return Form(constraint.number, table, now[1], rho[0], sigma, terms)


def _reads(cells, weight):
    """What a term reads: nothing, a cell, or a weight and a cell to the fifth; None for others."""
    if not cells:
        return ONE
    if len(cells) == 1 and cells[0] != weight:
        return ("x", cells[0])
    rest = [q for q in cells if q != weight]
    if len(cells) == 6 and len(rest) == 5 and len(set(rest)) == 1 and rest[0][2] == 0:
        return ("z", rest[0])
    return None


def find(system):
    """The constraint of the sum, and those that say what a weight is, by number."""
    forms = [form for c in system.constraints if len(c.fixed) == 3 and (form := _form(system, c))]
    if len(forms) != 1:
        raise Refused(f"expected one constraint of hashing's form, got {len(forms)}")
    [form] = forms
    column = next(q[1] for c in system.constraints if c.number == form.number for q in queries(c.tree)
                  if _later(system, q) and q[1] != form.sum)
    weights = []
    for c in system.constraints:
        cells = {q for q in queries(c.tree) if q[0] in "ai"}
        challenges = {q for q in queries(c.tree) if q[0] == "h"}
        if cells == {("a", column, 0), ("a", column, -1)} and challenges == {form.rho}:
            weights.append(c.number)
    return form, column, weights


def weights(system, form, numbers, zeros):
    """{class: {power of rho: factor}} of the weights that follow from fixed cells alone."""
    rho, known = -1 - form.rho[1], {x: {} for x in zeros}
    for e in system.equations(only=numbers):
        value, own = {}, {}
        for mono, c in e.poly.items():
            power, cells = mono.count(rho), [x for x in mono if x != rho]
            if not cells:
                value[power] = (value.get(power, 0) + c) % R
            elif len(cells) == 1 and cells[0] in known:
                for i, k in known[cells[0]].items():
                    value[i + power] = (value.get(i + power, 0) + c * k) % R
            else:
                own[tuple(cells), power] = c
        if len(own) == 1:
            [((cells, power), c)] = own.items()
            if len(cells) == 1 and power == 0 and cells[0] >= 0:
                factor = -pow(c, -1, R)
                known[cells[0]] = {i: k * factor % R for i, k in value.items() if k}
    return known


def _rows(system, form, zeros):
    """The rows from where the sum begins to where it ends: T is not 0 at any of them."""
    column = system.fixed[form.table[1]]
    pins = [row for row in range(system.rows) if system.cell("a", form.sum, row) in zeros]
    if len(pins) != 2:
        raise Refused(f"the sum of hashing is 0 at {len(pins)} rows, not at two")
    rows = range(pins[0], pins[1])
    if any(not column.get(row) for row in rows):
        raise Refused("the sum of hashing is not on at a row")
    return rows


def _coefficients(system, form, known, column, rows):
    """{power of sigma: {power of rho: {what is read: factor}}}, what is read by column and row."""
    out = {}
    for row in rows:
        weight = known.get(system.cell("a", column, row))
        values = {q: system.fixed_at(q[1], row) for _, fixed, _, _ in form.terms for q in fixed}
        for (i, j), fixed, reads, c in form.terms:
            for q in fixed:
                c = c * values[q] % R
            if not c:
                continue
            name, powers = reads, {0: 1}
            if reads is not ONE:
                kind, cell = reads
                if system.phases[cell[1]] != 0:
                    raise Refused("hashing reads what is not committed before the challenges")
                name = (kind, cell[1], (row + cell[2]) % system.rows)
                if kind == "z":
                    if weight is None:
                        raise Refused(f"the weight at row {row} does not follow from fixed cells")
                    powers = weight
            lane = out.setdefault(j, {})
            for power, k in powers.items():
                equation = lane.setdefault(row - rows[0] + i + power, {})
                equation[name] = (equation.get(name, 0) + c * k) % R
    return out


def _groups(equations):
    """The equations by permutation: those that read one S-box input together."""
    parent = {}

    def find(x):
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    # An S-box input is a cell that is taken to the fifth somewhere in the lane.
    sboxes = {name[1:] for e in equations.values() for name, c in e.items() if name[0] == "z" and c}
    own = {}
    for power, e in equations.items():
        inside = [name[1:] for name, c in e.items() if c and name[1:] in sboxes]
        for x in inside:
            parent.setdefault(x, x)
            parent[find(x)] = find(inside[0])
        if inside:
            own[power] = inside[0]
        elif any(e.values()):
            raise Refused("an equation of hashing without an S-box is not 0 = 0")
    groups = {}
    for power in sorted(own):
        groups.setdefault(find(own[power]), []).append(equations[power])
    return groups.values(), sboxes


@lru_cache(maxsize=None)
def _permutation(canonical):
    """What equations by relative names say depends on nothing else: not on the system either."""
    return poseidon_rule.permutation([dict(e) for e in canonical])


def prove(system, found, zeros):
    """The permutations: a Hash each, over classes of cells."""
    form, column, numbers = found
    rows = _rows(system, form, zeros)
    known = weights(system, form, numbers, zeros)
    hashes = []
    for _, equations in sorted(_coefficients(system, form, known, column, rows).items()):
        groups, sboxes = _groups(equations)
        for group in groups:
            names = [name for e in group for name in e if name is not ONE]
            first = min(row for kind, c, row in names if (c, row) in sboxes)
            slots = [(c, row) for kind, c, row in names if (c, row) not in sboxes]
            if not slots:
                raise Refused("a permutation has neither inputs nor an output")
            c, least = min(slots)

            def relative(name):
                if name is ONE:
                    return name
                kind, column, row = name
                return (kind, row - first) if (column, row) in sboxes else ("b", column - c, row - least)

            canonical = tuple(tuple(sorted((relative(n), k) for n, k in e.items() if k)) for e in group)
            out, inputs = _permutation(canonical)
            cell = lambda name: system.cell("a", c + name[1], least + name[2])
            hashes.append(poseidon_rule.Hash(cell(out), [cell(name) for name in inputs]))
    return hashes
