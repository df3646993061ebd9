"""Each rule proves what it should and refuses a wrong variant; test_emitted.py has those that read
emitted systems."""

import unittest

import keyed_rule
import openings
import poly
import poseidon_rule
import spec
from chains import Chain, links
from clause_policy import fields_of, one_decoding
from clause_rollup import Rollup
from kernel import Facts, roots_of
from lookup_rule import Refused
from poly import R, add, const, mul, scale, var

X, Y, Z, S, T, G, RHO, GAMMA, DELTA, KAPPA = 1, 2, 3, 4, 5, 6, -1, -3, -4, -5


def sum_of(*terms):
    """A polynomial of (factor, variable, ..) terms."""
    return poly.total({tuple(sorted(names)): k % R} for k, *names in terms)


def facts(equations=(), ranges=None, second=()):
    return Facts(list(equations), ranges or {}, set(range(100)) - set(second))


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


class Lists(unittest.TestCase):
    """A roll-up's list: a tree of a depth that its slots say."""

    class Circuit:
        def __init__(self, slots, hashes, root):
            self.accounts, self.facts = slots, facts([var(0)])
            self.facts.eliminate(lambda p: [0])
            self.public = {"list root": root}
            self.by_out = {out: poseidon_rule.Hash(out, inputs) for out, inputs in hashes.items()}
            self.links = {root: var(max(hashes))}

    def leaves(self, slots, hashes):
        rollup = Rollup(self.Circuit(slots, hashes, 99))
        rollup.list()
        return rollup.leaves

    def test_depth_and_blocks(self):
        self.assertEqual([spec.depth(m) for m in (1, 16, 17, 256, 257)], [1, 1, 2, 2, 3])
        self.assertEqual([spec.blocks(n) for n in (0, 12, 13, 27, 28)], [1, 1, 2, 2, 3])

    def test_leaves_are_the_slots_and_zeros(self):
        zeros = [0] * 15
        self.assertEqual(self.leaves(1, {50: [1, *zeros]}), [1])
        full, last, empty = list(range(1, 17)), [17, *zeros], [0] * 16
        tree = {50: full, 51: last, 52: empty, 53: [50, 51, *[52] * 14]}
        self.assertEqual(self.leaves(17, tree), list(range(1, 18)))
        wrong = {
            "a level less": (17, {50: full}),
            "a level more": (1, tree),
            "a leaf after the last slot": (1, {50: [1, 2, *[0] * 14]}),
            "a zero for an empty node": (17, {**tree, 53: [50, 51, *[52] * 13, 0]}),
            "fewer children": (1, {50: [1, *[0] * 14]}),
            "a slot that is 0": (2, {50: [1, *zeros]}),
        }
        for name, (slots, hashes) in wrong.items():
            with self.assertRaises(Refused, msg=name):
                self.leaves(slots, hashes)

    def test_no_entry_is_of_two_accounts(self):
        openings.apart([[1, 2], [3]])
        with self.assertRaises(Refused):
            openings.apart([[1, 2], [2]])


if __name__ == "__main__":
    unittest.main()
