"""THE constraint system, from an emitted file: each constraint at each row with its fixed cells
filled in, over classes of cells that copies make equal. Challenges are variables -1, -2, .."""

import json
from dataclasses import dataclass, field
from itertools import repeat

import poly


@dataclass
class Equation:
    """`poly` = 0. `here` are the classes that its constraint reads at its own row."""

    poly: dict
    constraint: int
    row: int
    here: frozenset = frozenset()


@dataclass
class Symbolic:
    """A constraint with its fixed cells as variables ("f", column, rotation)."""

    number: int
    name: str
    tree: object
    fixed: list = field(default_factory=list)


class System:
    def __init__(self, text):
        parts = dict(json.loads(text))
        self.head = dict(parts["head"])
        self.rows = self.head["rows"]
        self.phases = parts["advice phases"]
        if any(phase != 0 for phase in parts["challenge phases"]) or set(self.phases) > {0, 1}:
            raise ValueError("expected challenges after the first phase and two phases, got others")
        self.fixed = [{row: int(x, 16) for row, x in column} for column in parts["fixed"]]
        self.constraints = [
            Symbolic(i, f"{gate}: {name}", tree, sorted(q for q in poly.queries(tree) if q[0] == "f"))
            for i, (gate, name, tree) in enumerate(parts["constraints"])
        ]
        self.numbers, self.cells, self.parent = {}, [], []
        self.constant_classes = {}
        for left, right in parts["copies"]:
            self._join(self.number(tuple(left)), self.number(tuple(right)))
        self.first = {}

    def number(self, cell):
        """A variable for the cell (kind, column, row); one of its own for each fixed cell that is copied."""
        if cell not in self.numbers:
            self.numbers[cell] = len(self.cells)
            self.parent.append(len(self.cells))
            self.cells.append(cell)
        return self.numbers[cell]

    def find(self, x):
        while self.parent[x] != x:
            self.parent[x] = self.parent[self.parent[x]]
            x = self.parent[x]
        return x

    def _join(self, x, y):
        self.parent[self.find(x)] = self.find(y)

    def cell(self, kind, column, row):
        return self.find(self.number((kind, column, row % self.rows)))

    def instance(self, row):
        return self.cell("i", 0, row)

    def fixed_at(self, column, row):
        return self.fixed[column].get(row % self.rows, 0)

    def _rotated(self, column, rotation):
        """What a query of a fixed column reads, row by row."""
        dense = [0] * self.rows
        for row, x in self.fixed[column].items():
            dense[(row - rotation) % self.rows] = x
        return dense

    def equations(self, skip=(), only=None):
        """Every constraint that is not in `skip` (or those in `only`) at every row, blinding rows
        included, where its polynomial is not 0 once fixed cells are filled in; and what copies of
        fixed cells say."""
        out = []
        for c in self.constraints:
            if c.number in skip or only is not None and c.number not in only:
                continue
            filled = {}
            columns = [self._rotated(q[1], q[2]) for q in c.fixed]
            for row, values in enumerate(zip(*columns) if columns else repeat((), self.rows)):
                if values not in filled:
                    known = dict(zip(c.fixed, values))
                    filled[values] = self._fill(c.tree, known)
                local = filled[values]
                if local:
                    out.append(self._place(local, c.number, row))
        for cell in list(self.cells):
            if cell[0] == "f":
                value = poly.const(self.fixed_at(cell[1], cell[2]))
                out.append(Equation(poly.add(poly.var(self.cell(*cell)), value, -1), -1, cell[2]))
            if cell[0] == "i" and cell[2] >= self.head["public inputs"]:
                out.append(Equation(poly.var(self.cell(*cell)), -1, cell[2]))
        return out

    @staticmethod
    def _fill(tree, known):
        def leaf(query):
            if query[0] == "f":
                return poly.const(known[query])
            return {(query,): 1}

        return poly.expand(tree, leaf)

    def _place(self, local, number, row):
        names, here = {}, set()
        for query in poly.variables(local):
            if query[0] == "h":
                names[query] = -1 - query[1]
            else:
                names[query] = self.cell(query[0], query[1], row + query[2])
                if query[2] == 0:
                    here.add(names[query])
        placed = {}
        for mono, c in local.items():
            mono = tuple(sorted(names[q] for q in mono))
            placed[mono] = (placed.get(mono, 0) + c) % poly.R
        return Equation({m: c for m, c in placed.items() if c}, number, row, frozenset(here))

    def classify(self):
        """Which classes were committed before the challenges; which have a cell of the first advice
        column, and which one after the first two (heuristics of the elimination read that, no rule
        does)."""
        self.first, self.in_a, self.registers = set(), set(), set()
        for x, (kind, column, _) in enumerate(self.cells):
            if kind != "a" or self.phases[column] == 0:
                self.first.add(self.find(x))
            if kind == "a" and column == 0:
                self.in_a.add(self.find(x))
            if kind == "a" and column > 1:
                self.registers.add(self.find(x))
