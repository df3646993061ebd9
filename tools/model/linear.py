"""A linear program in rationals, by the simplex method: small, exact, and in plain steps.

Bland's rule (always the lowest index) keeps it from going in circles.
"""

from collections.abc import Sequence
from fractions import Fraction

Numbers = Sequence[Fraction | int]


class Unbounded(Exception):
    """The objective has no largest value."""


class Rows:
    """A x <= b as equations: each basic variable is b minus a combination of the others.

    Variables 0 .. n - 1 are those of x, and n + i is what is left of row i.
    """

    def __init__(self, a: Sequence[Numbers], b: Numbers, c: Numbers):
        n = len(c)
        self.free = list(range(n))
        self.basic = [n + i for i in range(len(b))]
        self.a = [[Fraction(value) for value in row] for row in a]
        self.b = [Fraction(value) for value in b]
        self.c = [Fraction(value) for value in c]
        self.value = Fraction(0)

    def exchange(self, row: int, column: int) -> None:
        """The free variable of a column becomes basic in a row, and that row's becomes free."""
        divisor = self.a[row][column]
        self.a[row][column] = Fraction(1)
        self.a[row] = [value / divisor for value in self.a[row]]
        self.b[row] /= divisor
        for i, other in enumerate(self.a):
            factor = other[column]
            if i != row and factor != 0:
                other[column] = Fraction(0)
                self.a[i] = [x - factor * y for x, y in zip(other, self.a[row])]
                self.b[i] -= factor * self.b[row]
        factor = self.c[column]
        self.c[column] = Fraction(0)
        self.c = [x - factor * y for x, y in zip(self.c, self.a[row])]
        self.value += factor * self.b[row]
        self.basic[row], self.free[column] = self.free[column], self.basic[row]

    def improve(self) -> bool:
        """One exchange that does not lower the objective; whether there was one."""
        entering = [k for k, gain in enumerate(self.c) if gain > 0]
        if not entering:
            return False
        column = min(entering, key=lambda k: self.free[k])
        limits = [i for i, row in enumerate(self.a) if row[column] > 0]
        if not limits:
            raise Unbounded
        least = min(self.b[i] / self.a[i][column] for i in limits)
        tight = [i for i in limits if self.b[i] / self.a[i][column] == least]
        self.exchange(min(tight, key=lambda i: self.basic[i]), column)
        return True

    def variable(self, k: int) -> Fraction:
        """The number that a variable has; free ones are 0."""
        return self.b[self.basic.index(k)] if k in self.basic else Fraction(0)


def maximize(
    c: Numbers, a: Sequence[Numbers], b: Numbers
) -> tuple[Fraction, list[Fraction]] | None:
    """The largest c.x with A x <= b and x >= 0, and such an x; None where there is no x."""
    n = len(c)
    rows = feasible(n, a, b)
    if rows is None:
        return None
    rows.c = [Fraction(c[k]) if k < n else Fraction(0) for k in rows.free]
    for i, k in enumerate(rows.basic):
        if k < n:
            rows.value += c[k] * rows.b[i]
            rows.c = [x - c[k] * y for x, y in zip(rows.c, rows.a[i])]
    while rows.improve():
        pass
    return rows.value, [rows.variable(k) for k in range(n)]


def feasible(n: int, a: Sequence[Numbers], b: Numbers) -> Rows | None:
    """Rows in which every basic variable is at least 0, or None where there are none.

    With a helper variable n that is taken from the left of every row, and made as small as it
    can be. If that is 0, it is left out again.
    """
    rows = Rows([[*row, -1] for row in a], b, [*[0] * n, -1])
    helper = n
    if rows.b and min(rows.b) < 0:
        rows.exchange(rows.b.index(min(rows.b)), helper)
    while rows.improve():
        pass
    if rows.value != 0:
        return None
    if helper in rows.basic:
        row = rows.basic.index(helper)
        column = next(k for k, value in enumerate(rows.a[row]) if value != 0)
        rows.exchange(row, column)
    column = rows.free.index(helper)
    rows.free.pop(column)
    for row in rows.a:
        row.pop(column)
    return rows

