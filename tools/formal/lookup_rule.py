"""Rule `lookup`: from the emitted polynomials to "each looked-up cell is in the table".

The argument has this form, with T fixed, S and P of the second phase, l_i and M of the first,
and beta a challenge, at every row of a run r0 .. r1 - 1 at which T is not 0:

    T ((S_next - S - sum P) prod_1 (beta + l_i) - sum_1 prod_others) (beta + T - 2) + T M (T - 1) prod_1 = 0
    T (P prod_2 (beta + l_i) - sum_2 prod_others) = 0, for each part P

S is 0 at r0 and at r1. Then sum 1 / (beta + l) over all rows and limbs is
sum M (T - 1) / (beta + T - 2), whose only poles are the T - 2 at which T is not 1. logup.py
proves the rest: as residues on the left are numbers of limbs, each l is such a T - 2."""

from dataclasses import dataclass

import poly
from poly import add, const, mul, total, var


class Refused(Exception):
    """A rule does not apply."""


def _sum_of_products(limbs, beta):
    factors = [add(beta, limb) for limb in limbs]
    whole = const(1)
    for factor in factors:
        whole = mul(whole, factor)
    terms = []
    for i in range(len(factors)):
        term = const(1)
        for j, factor in enumerate(factors):
            if i != j:
                term = mul(term, factor)
        terms.append(term)
    return whole, total(terms)


def _symbolic(tree):
    return poly.expand(tree, lambda query: {(query,): 1})


def sum_form(p, second_phase):
    """The roles in the first polynomial: (T, beta, S, parts, M, limbs), or None."""
    seen = poly.variables(p)
    fixed = [v for v in seen if v[0] == "f"]
    challenges = [v for v in seen if v[0] == "h"]
    advice = [v for v in seen if v[0] == "a"]
    later = [v for v in advice if v[2] == 1 and second_phase(v)]
    if len(fixed) != 1 or len(challenges) != 1 or len(later) != 1 or fixed[0][2] != 0:
        return None
    now = ("a", later[0][1], 0)
    parts = sorted(v for v in advice if second_phase(v) and v not in (later[0], now))
    first = sorted(v for v in advice if not second_phase(v))
    if any(v[2] != 0 for v in parts + first):
        return None
    table, beta = var(fixed[0]), var(challenges[0])
    step = add(var(later[0]), var(now), -1)
    for part in parts:
        step = add(step, var(part), -1)
    for m in first:
        limbs = [v for v in first if v != m]
        whole, numerator = _sum_of_products([var(v) for v in limbs], beta)
        body = mul(add(mul(step, whole), numerator, -1), add(add(beta, table), const(-2)))
        body = add(body, mul(mul(var(m), add(table, const(-1))), whole))
        if add(p, mul(table, body), -1) == {}:
            return fixed[0], challenges[0], now, parts, m, limbs
    return None


def part_form(p, table, beta, part):
    """The limbs of the second polynomial, or None."""
    limbs = sorted(poly.variables(p) - {table, beta, part})
    if any(v[0] != "a" or v[2] != 0 for v in limbs):
        return None
    whole, numerator = _sum_of_products([var(v) for v in limbs], var(beta))
    body = add(mul(var(part), whole), numerator, -1)
    return limbs if add(p, mul(var(table), body), -1) == {} else None


@dataclass
class Form:
    """The argument's constraints by number, and its parts: cells as the sum's own row reads them."""

    used: list
    table: tuple
    sum: tuple
    counts: tuple
    limbs: list


def find(system):
    """The argument, by its form alone."""
    second_phase = lambda v: system.phases[v[1]] == 1
    shaped = []
    for c in system.constraints:
        if len(c.fixed) == 1 and any(q[0] == "h" for q in poly.queries(c.tree)):
            shaped.append((c, _symbolic(c.tree)))
    forms = [(c, sum_form(p, second_phase)) for c, p in shaped]
    forms = [(c, form) for c, form in forms if form]
    if len(forms) != 1:
        raise Refused(f"expected one constraint of the lookup's form, got {len(forms)}")
    used, (table, beta, now, parts, counts, limbs) = [forms[0][0].number], forms[0][1]
    for part in parts:
        near = [(c, p) for c, p in shaped if c.number not in used and part in poly.variables(p)]
        found = [(c, part_form(p, table, beta, part)) for c, p in near]
        found = [(c, form) for c, form in found if form]
        if len(found) != 1:
            raise Refused(f"expected one constraint of a part's form, got {len(found)}")
        used.append(found[0][0].number)
        limbs = limbs + found[0][1]
    if any(second_phase(v) for v in [*limbs, counts]):
        raise Refused("a looked-up cell is not committed before the challenges")
    return Form(used, table, now, counts, limbs)


def prove(system, form, zeros):
    """{class: upper bound}. `zeros`: classes that equations of one cell say are 0."""
    column = {row: t for row, t in system.fixed[form.table[1]].items() if t}
    first, last = min(column), max(column) + 1
    if sorted(column) != list(range(first, last)):
        raise Refused("the rows of the lookup are not one run")
    for row in (first, last):
        if system.cell("a", form.sum[1], row) not in zeros:
            raise Refused(f"the sum is not 0 at row {row}")
    numbers = sorted({(t - 2) % poly.R for t in column.values() if t != 1})
    if numbers != list(range(len(numbers))):
        raise Refused("the table does not hold the numbers from 0 up, each")
    if len(form.limbs) * len(column) >= poly.R >> 200:
        raise Refused("too many limbs")
    cells = [(v[1], row) for v in form.limbs for row in column]
    return {system.cell("a", c, row): numbers[-1] for c, row in cells}
