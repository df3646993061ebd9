"""Sparse polynomials over the field: {monomial: coefficient}, a monomial being the sorted tuple
of its variables, each as often as its power says. Challenges are negative variables."""

from math import gcd

R = 21888242871839275222246405745257275088548364400416034343698204186575808495617


def const(x):
    x %= R
    return {(): x} if x else {}


def var(x):
    return {(x,): 1}


def add(p, q, k=1):
    """p + k q."""
    out = dict(p)
    for mono, c in q.items():
        total = (out.get(mono, 0) + k * c) % R
        if total:
            out[mono] = total
        else:
            out.pop(mono, None)
    return out


def scale(p, k):
    k %= R
    return {mono: c * k % R for mono, c in p.items()} if k else {}


def mul(p, q):
    if len(p) > len(q):
        p, q = q, p
    if len(p) == 1 and () in p:
        return scale(q, p[()])
    out = {}
    for m, c in p.items():
        for n, d in q.items():
            mono = tuple(sorted(m + n)) if m and n else m or n
            out[mono] = (out.get(mono, 0) + c * d) % R
    return {mono: c for mono, c in out.items() if c}


def total(polys):
    out = {}
    for p in polys:
        out = add(out, p)
    return out


def variables(p):
    return {x for mono in p for x in mono}


def substitute(p, defs):
    """Replaces each variable that `defs` has, once."""
    if not any(x in defs for mono in p for x in mono):
        return p
    out = {}
    for mono, c in p.items():
        term = {mono: c}
        if any(x in defs for x in mono):
            term = {tuple(x for x in mono if x not in defs): c}
            for x in mono:
                if x in defs:
                    term = mul(term, defs[x])
        for m, k in term.items():
            out[m] = out.get(m, 0) + k
    return {m: k % R for m, k in out.items() if k % R}


def monic(p):
    """p over the coefficient of its last monomial: equal for polynomials with the same zeros up to a factor."""
    return scale(p, pow(p[max(p)], -1, R)) if p else p


def primitive(p):
    """p over what its coefficients, as signed integers, have in common."""
    common = gcd(*(signed(c) for c in p.values()))
    return {mono: signed(c) // common % R for mono, c in p.items()} if common > 1 else p


def key(p):
    return frozenset(monic(p).items())


def signed(c):
    return c if c <= R // 2 else c - R


def lone(p, x):
    """Coefficient of x where x occurs in no other monomial than itself; None otherwise."""
    c = p.get((x,))
    return c if c is not None and all(x not in mono for mono in p if mono != (x,)) else None


def split(p, chosen):
    """p as a polynomial in the chosen variables: {monomial in them: polynomial in the others}."""
    out = {}
    for mono, c in p.items():
        inside = tuple(x for x in mono if x in chosen)
        outside = tuple(x for x in mono if x not in chosen)
        out.setdefault(inside, {})[outside] = c
    return out


def expand(tree, leaf):
    """The polynomial of an emitted expression; `leaf` gives that of a query."""
    if isinstance(tree, str):
        return const(int(tree, 16) if tree != "0x" else 0)
    op = tree[0]
    if op == "+":
        return add(expand(tree[1], leaf), expand(tree[2], leaf))
    if op == "*":
        left = expand(tree[1], leaf)
        return mul(left, expand(tree[2], leaf)) if left else left
    return leaf(tuple(tree))


def queries(tree, found=None):
    """The cells, by kind, column and rotation, that an expression reads."""
    found = set() if found is None else found
    if not isinstance(tree, str):
        if tree[0] in "+*":
            queries(tree[1], found)
            queries(tree[2], found)
        else:
            found.add(tuple(tree))
    return found
