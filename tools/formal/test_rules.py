"""Each rule proves what it should and refuses a wrong variant. Needs the emitted systems of
`make formal` for the rules that read them."""

import json
import unittest
from pathlib import Path

import hashing_rule
import keyed_rule
import lookup_rule
import poly
import poseidon_rule
import theorems
from chains import Chain, links
from circuit import Circuit, zero_cells
from clause_policy import fields_of, one_decoding
from kernel import Facts, roots_of
from lookup_rule import Refused
from poly import R, add, const, mul, scale, var
from system import System

EMITTED = Path(__file__).resolve().parents[2] / "target" / "formal"
NARROW, WIDE = (EMITTED / f"1x3x1x1-{name}.json" for name in ("narrow-12-11x2", "wide-11-10x18"))
X, Y, Z, S, T, G, RHO, GAMMA, DELTA, KAPPA = 1, 2, 3, 4, 5, 6, -1, -3, -4, -5
# Fixed columns: three of rules, form, k_c, k_a, range, then these.
TABLE, HASHING, CONSTANT = 7, 8, 9


def sum_of(*terms):
    """A polynomial of (factor, variable, ..) terms."""
    return poly.total({tuple(sorted(names)): k % R} for k, *names in terms)


def facts(equations=(), ranges=None, second=()):
    return Facts(list(equations), ranges or {}, set(range(100)) - set(second))


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


class Integers(unittest.TestCase):
    def test_a_sum_that_cannot_wrap_is_one_over_the_integers(self):
        f = facts(ranges={X: (0, 2**100), Y: (0, 2**100)})
        self.assertIsNotNone(f.integer(sum_of((1, X, Y), (-1, X))))
        self.assertIsNone(f.integer(sum_of((2**60, X, Y), (1, X))))  # reaches 2^260
        self.assertIsNone(f.integer(sum_of((1, Z))))  # no range
        f.ranges[Z] = (0, R)
        self.assertIsNone(f.integer(sum_of((1, Z))))  # r itself is a value

    def test_limbs_bound_a_number(self):
        f = facts([sum_of((-1, Z), (1, X), (2**10, Y))], {X: (0, 1023), Y: (0, 1023)})
        f.propagate()
        self.assertEqual(f.ranges[Z], (0, 2**20 - 1))
        wrapping = facts([sum_of((-1, Z), (1, X), (2**250, Y))], {X: (0, 1023), Y: (0, 1023)})
        wrapping.propagate()
        self.assertNotIn(Z, wrapping.ranges)
        negative = facts([sum_of((-1, Z), (1, X), (-1, Y))], {X: (0, 1023), Y: (0, 1023)})
        negative.propagate()
        self.assertNotIn(Z, negative.ranges)  # x - y may be r - 1

    def test_a_short_limb(self):
        short = sum_of((-1, Y), (2**6, X))
        f = facts([short], {X: (0, 1023), Y: (0, 1023)})
        f.propagate()
        self.assertEqual(f.ranges[X], (0, 15))
        alone = facts([short], {X: (0, 1023)})
        alone.propagate()
        self.assertEqual(alone.ranges[X], (0, 1023))

    def test_a_slack_is_not_negative(self):
        f = facts([sum_of((1, X), (-1, Y), (-1, Z))], {X: (0, 99), Y: (0, 99), Z: (0, 2**200)})
        self.assertEqual(f.not_negative(sum_of((1, X), (-1, Y))), Z)
        self.assertIsNone(f.not_negative(sum_of((1, Y), (-1, X))))
        f.ranges[Z] = (0, R - 1)
        self.assertIsNone(f.not_negative(sum_of((1, X), (-1, Y))))

    def test_goals_hold_only_if_an_equation_says_so(self):
        f = facts([sum_of((3, X, Y), (-3, Z))], {X: (0, 99), Y: (0, 99), Z: (0, R - 1)})
        self.assertTrue(f.holds(sum_of((1, Z), (-1, X, Y))))
        self.assertFalse(f.holds(sum_of((1, Z), (1, X, Y))))
        self.assertTrue(f.holds_whole(sum_of((1, Z), (-1, X, Y))))
        f.ranges[X] = f.ranges[Y] = (0, 2**130)
        self.assertFalse(f.holds_whole(sum_of((1, Z), (-1, X, Y))))  # x y wraps


class Algebra(unittest.TestCase):
    def test_domains_are_roots(self):
        bit = sum_of((1, X, X), (-1, X))
        self.assertEqual(roots_of(bit, X), {0, 1})
        self.assertIsNone(roots_of(add(bit, const(-5)), X))  # does not split over small numbers
        f = facts([bit, sum_of((1, Y, Y), (-1, Y, X))])
        f.propagate()
        self.assertEqual(f.domains[Y], {0, 1})
        free = facts([sum_of((1, Y, Y), (-1, Y, X))])
        free.propagate()
        self.assertNotIn(Y, free.domains)  # y = x, and x has no domain

    def test_definitions_need_a_constant_factor(self):
        f = facts()
        f.define(X, sum_of((2, X), (-4, Y)))
        self.assertEqual(f.reduce(var(X)), {(Y,): 2})
        for p in (sum_of((1, Z, Y), (-1, Y)), sum_of((1, Z), (1, Z, Z)), sum_of((1, X), (1, Z))):
            with self.assertRaises(Refused):
                f.define(Z if p != sum_of((1, X), (1, Z)) else X, p)

    def test_challenges_split_only_what_was_committed(self):
        p = sum_of((1, RHO, X), (-1, RHO, Y), (1, Z))
        f = facts([p])
        f.schwartz_zippel()
        self.assertTrue(f.holds(sum_of((1, X), (-1, Y))) and f.holds(var(Z)))
        later = facts([p], second=[Y])
        later.schwartz_zippel()
        self.assertFalse(later.holds(var(Z)))

    def test_a_case_changes_nothing_outside(self):
        f = facts([sum_of((1, X, Y), (-1, Z))], {X: (0, 1), Y: (0, 9), Z: (0, 9)})
        self.assertEqual(f.under({X: 0}).ranges[Z], (0, 0))
        self.assertEqual(f.ranges[Z], (0, 9))


class KeyedSums(unittest.TestCase):
    @staticmethod
    def step(after, before, key, weight):
        difference = add(var(after) if after else {}, var(before) if before else {}, -1)
        return add(mul(difference, add(var(GAMMA), key)), weight, -1)

    def found(self, equations, second=(G,)):
        f = facts(equations, second=second)
        names = iter(range(200, 300))
        steps = keyed_rule.begin(f, lambda: next(names))
        f.eliminate(lambda p: sorted(x for x in poly.variables(p) if x >= 0 and x not in f.first))
        return keyed_rule.end(f, steps)

    def test_a_chain_from_0_to_0(self):
        steps = [self.step(G, None, var(X), var(Z)), self.step(None, G, var(Y), scale(var(S), -1))]
        found = self.found([scale(steps[0], 7), steps[1]])
        self.assertEqual([s.key for s in found], [var(X), var(Y)])
        self.assertEqual(found[1].weight[()], scale(var(S), -1 * found[0].weight[()][Z,]))

    def test_factors_of_differences(self):
        # A block that is taken where t = 1, and then times kappa.
        block, totals = 7, 8
        taken = add(var(block), mul(var(T), var(G)), -1)
        owed = add(var(totals), mul(var(KAPPA), var(block)), -1)
        steps = [self.step(G, None, var(X), var(Z)), self.step(None, totals, var(Y), scale(var(S), -1))]
        found = self.found([*steps, taken, owed], second=(G, block, totals))
        [position, asset] = found if found[0].key == var(X) else found[::-1]
        self.assertEqual(set(position.weight), {(KAPPA,)})
        self.assertEqual(set(position.weight[KAPPA,]), {(Z, T)})
        self.assertEqual(set(asset.weight), {()})

    def test_wrong_chains(self):
        good = [self.step(G, None, var(X), var(Z)), self.step(None, G, var(Y), scale(var(S), -1))]
        free = add(var(8), mul(var(7), var(G)), -1)
        wrong = {
            "open": good[:1],
            "none": [],
            "a key of the second phase": [self.step(G, None, var(7), var(Z)), good[1]],
            "a key with a challenge": [self.step(G, None, sum_of((1, X), (1, RHO)), var(Z)), good[1]],
            "a weight with gamma": [self.step(G, None, var(X), mul(var(Z), var(GAMMA))), good[1]],
            "a factor of the second phase": [good[0], free, self.step(None, 8, var(Y), var(S))],
        }
        for name, equations in wrong.items():
            with self.assertRaises(Refused, msg=name):
                self.found(equations, second=(G, 7, 8))


class Words(unittest.TestCase):
    def test_fields_in_their_slots_have_one_decoding(self):
        one_decoding([(0, -(2**60) + 1, 2**60 - 1), (64, -(10**4), 10**4)])
        for wrong in ([(0, -(2**65), 2**65), (64, -1, 1)], [(0, 0, 0), (250, 0, 2**10)]):
            with self.assertRaises(Refused):
                one_decoding(wrong)

    def test_what_is_no_field_is_left_over(self):
        found, other = fields_of(sum_of((1, X), (8, Y), (8, Z), (3, S), (-4, T)))
        self.assertEqual(found, {0: X, 3: Y})
        self.assertEqual(set(other), {(Z,), (S,), (T,)})


class Chains(unittest.TestCase):
    class Circuit:
        def __init__(self, equations, out, inputs):
            self.facts = facts(equations)
            self.facts.propagate()
            self.by_out = {out: poseidon_rule.Hash(out, inputs)}
            self.links = links(self.facts, self.by_out)

    def test_cases(self):
        bit = sum_of((1, S, S), (-1, S))
        circuit = self.Circuit([bit, sum_of((1, X), (-1, S, T)), add(var(Y), const(-7))], T, [Y, Z, Z, Z])
        circuit.facts.eliminate(lambda p: [Y] if poly.lone(p, Y) else [])
        chain = Chain(circuit, X, "x")
        self.assertEqual([chain.unfold(c) for c in chain.cases()], [(0, []), (7, [T])])
        free = self.Circuit([sum_of((1, X), (-1, S, T)), add(var(Y), const(-7))], T, [Y, Z, Z, Z])
        with self.assertRaises(Refused):
            Chain(free, X, "x")  # s is no bit


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
            self.assertEqual({name for name in missing if not name.startswith("roles")}, {"S8 unused slots are zero", "S4, S5 unused slots count nothing"})


if __name__ == "__main__":
    unittest.main()
