"""Each rule proves what it should and refuses a wrong variant. Needs the emitted systems of
`make formal` for the rules that read them."""

import json
import unittest
from pathlib import Path

import lookup_rule
import poly
import poseidon_rule
from chains import Chain, links
from circuit import zero_cells
from clause_policy import fields_of, one_decoding
from kernel import Facts, roots_of
from keyed_rule import keyed_sums
from lookup_rule import Refused
from poly import R, add, const, mul, scale, var
from system import System

EMITTED = Path(__file__).resolve().parents[2] / "target" / "formal"
NARROW, WIDE = (EMITTED / f"1x3x1x1-{name}.json" for name in ("narrow-12-11x2", "wide-11-10x8"))
X, Y, Z, S, T, G, RHO, GAMMA, DELTA = 1, 2, 3, 4, 5, 6, -1, -3, -4


def sum_of(*terms):
    """A polynomial of (factor, variable, ..) terms."""
    return poly.total({tuple(sorted(names)): k % R} for k, *names in terms)


def facts(equations=(), ranges=None, second=()):
    return Facts(list(equations), ranges or {}, set(range(100)) - set(second))


def emitted(path, **changes):
    """The system of a file with some of its parts changed."""
    parts = json.loads(path.read_text(encoding="utf-8"))
    return System(json.dumps([[name, changes[name](part) if name in changes else part] for name, part in parts]))


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

    def test_a_chain_from_0_to_0(self):
        key = sum_of((1, X), (1, RHO))
        steps = [self.step(G, None, key, var(Z)), self.step(None, G, var(Y), scale(var(S), -1))]
        found = keyed_sums(facts([scale(steps[0], 7), steps[1]], second=[G]))
        self.assertEqual([s.key for s in found], [{(): var(X), (RHO,): const(1)}, {(): var(Y)}])
        self.assertEqual(found[1].weight[()], scale(var(S), -1 * found[0].weight[()][Z,]))

    def test_wrong_chains(self):
        good = [self.step(G, None, var(X), var(Z)), self.step(None, G, var(Y), scale(var(S), -1))]
        wrong = {
            "open": good[:1],
            "none": [],
            "a key of the second phase": [self.step(G, None, var(7), var(Z)), good[1]],
            "a weight with gamma": [self.step(G, None, var(X), mul(var(Z), var(GAMMA))), good[1]],
        }
        for name, equations in wrong.items():
            with self.assertRaises(Refused, msg=name):
                keyed_sums(facts(equations, second=[G, 7]))


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
    def refuses(self, path=WIDE, **changes):
        with self.assertRaises(Refused):
            lookup_rule.prove(emitted(path, **changes), zero_cells)

    def test_the_circuits_argument(self):
        for path, most in ((NARROW, 2047), (WIDE, 1023)):
            limbs, _ = lookup_rule.prove(emitted(path), zero_cells)
            self.assertEqual(set(limbs.values()), {most})

    def test_wrong_arguments(self):
        table = 9  # the fixed column: two of rounds, three of rules, form, k_c, k_a, range, table

        def table_without(number):
            def change(columns):
                wanted = lambda cell: int(cell[1], 16) != number + 2
                cut = lambda column: [c if wanted(c) else [c[0], "0x1"] for c in column]
                return [cut(column) if i == table else column for i, column in enumerate(columns)]

            return change

        self.refuses(fixed=table_without(5))
        self.refuses(constraints=lambda cs: [c for c in cs if c[1] != "the sum is 0"])
        self.refuses(constraints=lambda cs: [c for c in cs if c[1] != "part = sum 1 / limb"])
        self.refuses(**{"advice phases": lambda phases: [1] * len(phases)})
        lookup = "(sum_next - sum - part) = sum 1 / limb - m (t + 1) / table"
        twice = lambda c: [c[0], c[1], ["+", c[2], ["a", 0, 0]]] if c[1] == lookup else c
        self.refuses(constraints=lambda cs: [twice(c) for c in cs])


class Permutations(unittest.TestCase):
    @staticmethod
    def hashes(**changes):
        system = emitted(WIDE, **changes)
        _, used = lookup_rule.prove(system, zero_cells)
        return poseidon_rule.prove(system.equations(used))[0]

    def test_the_circuits_permutations(self):
        self.assertEqual(len(self.hashes()), 5)

    def test_wrong_permutations(self):
        def constant(columns):
            """One round constant, the last column's last, is another."""
            *rest, last = columns
            row, value = last[-1]
            return [*rest, [*last[:-1], [row, hex((int(value, 16) + 1) % R)]]]

        def name(text):
            return lambda cs: [c for c in cs if c[1] != text]

        for changes in (
            {"fixed": constant},
            {"constraints": name("c is the permutation's output")},
            {"constraints": name("x = input + rc")},
            {"constraints": name("x_next = the transition's map")},
        ):
            with self.assertRaises(Refused):
                self.hashes(**changes)


if __name__ == "__main__":
    unittest.main()
