"""Rules that read emitted systems, and the theorems of the smallest, refuse wrong variants. Needs the
systems of `make formal`."""

import json
import unittest
from pathlib import Path

import hashing_rule
import lookup_rule
import theorems
from circuit import Circuit, zero_cells
from lookup_rule import Refused
from poly import R
from system import System

EMITTED = Path(__file__).resolve().parents[2] / "target" / "formal"
NARROW, WIDE = (EMITTED / f"1x3x1x1-{name}.json" for name in ("narrow-12-11x2", "wide-11-10x18"))
# Fixed columns: three of rules, form, k_c, k_a, range, then these.
TABLE, HASHING, CONSTANT = 7, 8, 9


def changed(path, **changes):
    """The text of a file with some of its parts changed."""
    parts = json.loads(path.read_text(encoding="utf-8"))
    return json.dumps([[name, changes[name](part) if name in changes else part] for name, part in parts])


def emitted(path, **changes):
    return System(changed(path, **changes))


def put(tree, old, new):
    """An emitted expression with one part replaced by another."""
    if tree == old:
        return new
    return [tree[0], *(put(t, old, new) for t in tree[1:])] if isinstance(tree, list) and tree[0] in "+*" else tree


def without(*names):
    """Changes a list of constraints: those of these names are gone."""
    return lambda constraints: [c for c in constraints if c[1] not in names]


class Lookup(unittest.TestCase):
    @staticmethod
    def limbs(path, **changes):
        system = emitted(path, **changes)
        form, hashing = lookup_rule.find(system), hashing_rule.find(system)
        zeros = zero_cells(system.equations([*form.used, hashing[0].number, *hashing[2]]))
        return lookup_rule.prove(system, form, zeros)

    def refuses(self, path=WIDE, **changes):
        with self.assertRaises(Refused):
            self.limbs(path, **changes)

    def test_the_circuits_argument(self):
        for path, most in ((NARROW, 2047), (WIDE, 1023)):
            self.assertEqual(set(self.limbs(path).values()), {most})

    def test_wrong_arguments(self):
        def table_without(number):
            def change(columns):
                wanted = lambda cell: int(cell[1], 16) != number + 2
                cut = lambda column: [c if wanted(c) else [c[0], "0x1"] for c in column]
                return [cut(column) if i == TABLE else column for i, column in enumerate(columns)]

            return change

        self.refuses(fixed=table_without(5))
        self.refuses(constraints=without("the sum is 0"))
        self.refuses(constraints=without("part = sum 1 / limb"))
        self.refuses(**{"advice phases": lambda phases: [1] * len(phases)})
        lookup = "(sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table"
        twice = lambda c: [c[0], c[1], ["+", c[2], ["a", 0, 0]]] if c[1] == lookup else c
        self.refuses(constraints=lambda cs: [twice(c) for c in cs])


class Permutations(unittest.TestCase):
    @staticmethod
    def hashes(path=WIDE, **changes):
        system = emitted(path, **changes)
        form, hashing = lookup_rule.find(system), hashing_rule.find(system)
        zeros = zero_cells(system.equations([*form.used, hashing[0].number, *hashing[2]]))
        return hashing_rule.prove(system, hashing, zeros)

    def test_the_circuits_permutations(self):
        self.assertEqual([len(self.hashes(path)) for path in (NARROW, WIDE)], [3, 5])

    @staticmethod
    def other(column, which):
        """One fixed cell of a column is another; `which` chooses among the cells that are not 0."""

        def change(columns):
            cells = [list(cell) for cell in columns[column]]
            cell = cells[which(len(cells))]
            cell[1] = hex((int(cell[1], 16) + 1) % R)
            return [cells if i == column else c for i, c in enumerate(columns)]

        return change

    def test_wrong_permutations(self):
        sigma = ["h", 5]

        def same_lanes(constraints):
            return [[g, n, put(t, sigma, "0x1")] if g == "hashing" else [g, n, t] for g, n, t in constraints]

        weights = emitted(WIDE)
        [_, column, _] = hashing_rule.find(weights)
        free = lambda copies: [c for c in copies if ["a", column] not in (c[0][:2], c[1][:2])]
        wrong = {
            "a round constant": {"fixed": self.other(CONSTANT, lambda n: 30)},
            "a coefficient of a weight": {"fixed": self.other(CONSTANT, lambda n: n - 1)},
            "how a cell takes part": {"fixed": self.other(HASHING, lambda n: 0)},
            "a pin": {"constraints": lambda cs: [c for c in cs if c[0] != "hashing begins and ends"]},
            "weights that are no copies": {"copies": free},
            "lanes of one weight": {"constraints": same_lanes},
            "no table of weights": {"constraints": lambda cs: [c for c in cs if c[0] != "weights"]},
        }
        for name, changes in wrong.items():
            with self.assertRaises(Refused, msg=name):
                self.hashes(**changes)


class Sums(unittest.TestCase):
    """Numbers that have no cell of their own."""

    def test_their_limbs_bound_them(self):
        circuit = Circuit(WIDE.read_text(encoding="utf-8"))
        named = {x: r for x, r in circuit.facts.ranges.items() if x >= len(circuit.system.cells)}
        self.assertGreaterEqual(len(named), 4)
        self.assertTrue(all(low == 0 and high < 2**200 for low, high in named.values()))


class Theorems(unittest.TestCase):
    """Each theorem is refused where a constraint that it rests on is gone."""

    CASES = (
        ("range check, hashing, challenges: the system's rules apply", "sum = rho sum_next + what the lanes' equations leave"),
        ("S8 the digest is the hash of the words of the used slots", "unused: b = 0"),
        ("S8 each word has one decoding, each field its range", "bit"),
        ("S8 ids ascend, no asset occurs twice", "a + operand + c = b"),
        ("S8 the price of a used asset is not 0", "a b = operand"),
        ("S1 commitments are 0 or chains with a header, whole", "b = tag of the kind"),
        ("S1 times are in the window", "a + operand + c = b"),
        ("S1 public kinds are the headers'", "c = 0"),
        ("S2 totals are sums over positions of the same asset and kind", "every position: c = 1"),
        ("S2 totals are sums over positions of the same asset and kind", "the last limb of a top row is short"),
        ("S3 what is netted", "(1 - operand) a = 0"),
        ("S4 values, rounded against the prover", "a + b = k_a"),
        ("S6 shares of what is held", "a = 10^4 c - b operand"),
        ("S10 the report", "a = operand (b - 1 - a')"),
        ("S7 coverage in each scenario", "g = g' + g_next a"),
        ("S5 lines", "c = c' - 10^10 operand"),
        ("S6 shares of what counts", "a = b operand - 10^4 c"),
        ("S9 every public input is bound", "a = public input"),
    )

    def test_each_is_refused(self):
        for path in (NARROW, WIDE):
            for theorem, constraint in self.CASES:
                results = theorems.prove(changed(path, constraints=without(constraint)))
                [result] = [r for r in results if r.name == theorem]
                self.assertTrue(result.refused, (path.stem, theorem, constraint))

    def test_slots_of_another_lane(self):
        moved = lambda t: put(t, ["a", 1, 17], ["a", 1, 18])
        other = lambda constraints: [[g, n, moved(t) if g == "hashing" else t] for g, n, t in constraints]
        results = theorems.prove(changed(WIDE, constraints=other))
        self.assertTrue(any(r.refused for r in results))

    def test_each_holds(self):
        for path in (NARROW, WIDE):
            results = theorems.prove(changed(path))
            self.assertEqual([r.name for r in results if r.refused], [])
            missing = {r.name for r in results} - {name for name, _ in self.CASES}
            unused = {"S8 unused slots are zero", "S4, S5 unused slots count nothing"}
            self.assertEqual({name for name in missing if not name.startswith("roles")}, unused)


class RollupTheorems(unittest.TestCase):
    """Each theorem of a roll-up is lost by a planted bug of its own, not only by those before it."""

    NAME = "rollup-2x13-14"
    CASES = (
        ("range check, hashing, challenges: the system's rules apply", "SumsLost"),
        ("R6 the list root is that of the slots' commitments", "LeafBeyond"),
        ("R1 commitments are 0 or accounts of the public subject and kind, whole", "AccountKind"),
        ("R1 times are in the window", "WindowFrom"),
        ("R3 merged ids and totals are in their ranges", "TotalRange"),
        ("R2 merged ids ascend, unused positions are zero", "Ascending"),
        ("R2, R3 totals are the sums over all positions", "PositionRange"),
        ("R2 a listed id is of one position or more", "CountRange"),
        ("R4 K' is the account of the used positions, whole", "MergedBlock"),
        ("R5 the blinding is bound to the list", "BindingRoot"),
    )

    def test_each_is_lost_by_its_own_bug(self):
        for theorem, bug in self.CASES:
            results = theorems.prove(changed(EMITTED / "bugs" / f"{bug}-{self.NAME}.json"))
            [result] = [r for r in results if r.name == theorem]
            self.assertTrue(result.refused and not result.refused.startswith("uses: "), (theorem, result.refused))

    def test_each_holds(self):
        results = theorems.prove(changed(EMITTED / f"{self.NAME}.json"))
        self.assertEqual([r.name for r in results if r.refused], [])
        missing = {r.name for r in results} - {name for name, _ in self.CASES}
        self.assertEqual({name for name in missing if not name.startswith("roles")}, set())

    def test_the_shape_is_what_the_file_says(self):
        # Another number of slots: the leaf beyond, the binding's M; fewer positions: entries beyond.
        cases = (("accounts", 1, "R6"), ("accounts", 3, "R6"), ("positions", 12, "R1"), ("merged", 13, "roles"))
        for name, other, theorem in cases:
            head = lambda parts: [[n, other if n == name else v] for n, v in parts]
            results = theorems.prove(changed(EMITTED / f"{self.NAME}.json", head=head))
            lost = [r.name for r in results if r.refused and not r.refused.startswith("uses: ")]
            self.assertTrue(lost and lost[0].startswith(theorem), (name, other, lost))


if __name__ == "__main__":
    unittest.main()
