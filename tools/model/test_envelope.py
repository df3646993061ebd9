"""The envelope (specification, section 6a) and the linear programs behind it."""

import random
import unittest
from dataclasses import replace
from fractions import Fraction

import z3

import covenant_model as model
import documents
import envelope
import linear
from envelope import Envelope, Inside, Outside
from examples import COMPLETE, Clauses, complete, example, parsed, vectors
from test_model import case_claim

UNIT = 10**36


class Programs(unittest.TestCase):
    """linear.py against another solver."""

    def other_solver(self, c: list, a: list, b: list) -> str | Fraction | None:
        """The largest value, `oo` or None."""
        problem = z3.Optimize()
        x = [z3.Real(f"x{i}") for i in range(len(c))]
        problem.add([x_i >= 0 for x_i in x])
        for row, bound in zip(a, b):
            problem.add(z3.Sum([p * q for p, q in zip(row, x)]) <= bound)
        goal = problem.maximize(z3.Sum([p * q for p, q in zip(c, x)]))
        if problem.check() == z3.unsat:
            return None
        upper = str(problem.upper(goal))
        return "oo" if "oo" in upper else Fraction(upper)

    def test_random_programs(self) -> None:
        draw, seen = random.Random(1), set()
        for _ in range(150):
            n, rows = draw.randrange(1, 5), draw.randrange(6)
            a = [[draw.randrange(-4, 5) for _ in range(n)] for _ in range(rows)]
            b = [draw.randrange(-5, 6) for _ in range(rows)]
            c = [draw.randrange(-4, 5) for _ in range(n)]
            expected = self.other_solver(c, a, b)
            try:
                found = linear.maximize(c, a, b)
            except linear.Unbounded:
                self.assertEqual(expected, "oo")
                seen.add("unbounded")
                continue
            if found is None:
                self.assertIsNone(expected)
                seen.add("none")
                continue
            value, x = found
            self.assertEqual(value, expected)
            self.assertEqual(value, sum(p * q for p, q in zip(c, x)))
            self.assertGreaterEqual(min(x), 0)
            for row, bound in zip(a, b):
                self.assertLessEqual(sum(p * q for p, q in zip(row, x)), bound)
            seen.add("value")
        self.assertEqual(seen, {"value", "none", "unbounded"})


class WorkedExample(Clauses):
    """Section 6a.1."""

    @classmethod
    def setUpClass(cls) -> None:
        cases = vectors()["cases"]
        cls.claim, cls.reserve = case_claim(cases[0]), case_claim(cases[3])

    def prices(self, claim: model.Claim, *bps: int) -> tuple[int, ...]:
        """Prices at so many bps of those of the statement, in digest order."""
        q = [price * x for price, x in zip(claim.statement.prices, bps)]
        self.assertEqual([number % 10**4 for number in q], [0] * len(q))
        return tuple(number // 10**4 for number in q)

    def test_inside(self) -> None:
        e = envelope.envelope_of(self.claim.statement, self.claim.policy)
        self.assertEqual(e.owed, (False, True, False, True))
        q = self.prices(self.claim, 9950, 10000, 9000, 7000)
        half = (Fraction(0), Fraction(1, 2), Fraction(1, 2))
        envelope.check_inside(e, q, half)
        self.assertEqual(envelope.promised(e, half), 10500)
        found = envelope.decide(e, q)
        self.assertIsInstance(found, Inside)
        self.assertEqual(found.R, 10500)
        self.assertEqual(found.weights[1], Fraction(1, 2))
        self.assertGreaterEqual(found.weights[2], Fraction(1, 3))

    def test_what_the_openings_show_at_these_prices(self) -> None:
        """Values that are not rounded, in 10^-2 of the quote currency."""
        q = self.prices(self.claim, 9950, 10000, 9000, 7000)
        T, L = model.check_claim(self.claim)
        a = model.netted_in_full(self.claim)
        counted = debt = Fraction(0)
        for i, asset in enumerate(self.claim.policy.assets):
            v = Fraction((T[i] - a.n[i]) * q[i], UNIT)
            debt += Fraction((L[i] - a.n[i]) * q[i], UNIT)
            for width, weight in zip((*asset.widths, 10**30), asset.weights):
                part = min(v, Fraction(width))
                counted, v = counted + part * weight / 10**4, v - part
        debt += Fraction(self.claim.statement.public_debt, 10**6)
        self.assertEqual(round(counted * 100), 39166226026)
        self.assertEqual(round(debt * 100), 16441358025)
        self.assertEqual(counted * 100 // debt, 238)

    def test_outside(self) -> None:
        e = envelope.envelope_of(self.claim.statement, self.claim.policy)
        q = self.prices(self.claim, 10000, 10000, 10000, 11000)
        envelope.check_outside(e, q, (0, 0, 0, -1))
        self.assertIsInstance(envelope.decide(e, q), Outside)

    def test_nothing_owed(self) -> None:
        e = envelope.envelope_of(self.reserve.statement, self.reserve.policy)
        self.assertEqual(e.owed, (False,) * 4)
        self.assertEqual(e.weightless, (True, False, False, False))
        found = envelope.decide(e, (1, *self.prices(self.reserve, 10000, 10000, 10000, 5500)[1:]))
        self.assertEqual(found.R, 10500)
        self.assertEqual(found.weights, (Fraction(1, 2), Fraction(1, 2)))
        counted = [Fraction(v, 10**6) for v in (226836120000000, 43345678900000)]
        counted.append(Fraction(7901234568000, 10**6) * Fraction(55, 100) * Fraction(90, 100))
        self.assertEqual(round(sum(counted) * 100), 27409291001)
        q = (1, *self.prices(self.reserve, 10000, 9900, 10000, 10000)[1:])
        envelope.check_outside(e, q, (0, 1, 0, 0))
        self.assertIsInstance(envelope.decide(e, q), Outside)

    def test_hashes_of_section_6a_2(self) -> None:
        """The two rows of the table, and the first of them from the numbers that it shows."""
        for claim, terms, prices in (
            (self.claim, "4f39b49fcb9d334e4ebcee6e3f75634831eaaccfdc0a295219e88312b8aa9a86",
             "da44f9dd703e89429e71e4e5d7a0914719721b691c2e63b95d1b4507644c2c41"),
            (self.reserve, "15c04ba123d183bc2d639f28369923354ee653d4e9ac00a544f2e8a69c30e5ba",
             "7d4bd0163ca974832106133ed92f7185d5f787d47d927ea97a22a08a91450159"),
        ):
            self.assertEqual(envelope.terms_hash(claim.policy).hex(), terms)
            self.assertEqual(envelope.prices_hash(claim.statement.prices).hex(), prices)
        words = [128, 224, 10, 0, 2, 10500, 11000, 8,
                 10000, 10000, 3500, 4000, 9850, 10000, 10000, 10000]
        encoded = b"".join(word.to_bytes(32, "big") for word in words)
        self.assertEqual(envelope.terms_hash(self.claim.policy), documents.keccak256(encoded))


class Rules(Clauses):
    """Each rule of section 6a, inside and outside."""

    def envelope(self, **changes: object) -> Envelope:
        """Two assets, of which the second may be owed, and one scenario."""
        return replace(Envelope(
            prices=(1000, 2000), ratios=(12000, 11000),
            multipliers=((10000, 10000), (5000, 8000)),
            owed=(False, True), weightless=(False, False)), **changes)

    def inside(self, e: Envelope, R: int | Fraction, *q: int) -> None:
        """Inside, with this ratio."""
        found = envelope.decide(e, q)
        self.assertIsInstance(found, Inside, q)
        self.assertEqual(found.R, R)

    def outside(self, e: Envelope, *q: int) -> None:
        """Outside."""
        self.assertIsInstance(envelope.decide(e, q), Outside, q)

    def test_the_prices_of_the_statement(self) -> None:
        self.inside(self.envelope(), 12000, 1000, 2000)
        self.inside(self.envelope(), 11000, 500, 1600)

    def test_higher_prices_of_what_is_only_held(self) -> None:
        self.inside(self.envelope(), 12000, 5000, 2000)
        self.outside(self.envelope(), 999, 2000)

    def test_what_may_be_owed_is_equal(self) -> None:
        self.inside(self.envelope(), 11000, 750, 1800)
        self.outside(self.envelope(), 749, 1800)
        self.outside(self.envelope(), 1000, 2001)
        self.outside(self.envelope(), 500, 1599)
        nobody = self.envelope(owed=(False, False))
        self.inside(nobody, 11500, 750, 1800)
        self.inside(nobody, 12000, 1000, 2001)
        self.outside(nobody, 500, 1599)

    def test_the_largest_ratio(self) -> None:
        nobody = self.envelope(owed=(False, False))
        self.inside(nobody, 12000, 1001, 2000)
        self.inside(nobody, Fraction(11800), 900, 1920)
        three = self.envelope(ratios=(12000, 11000, 11500), multipliers=(
            (10000, 10000), (5000, 8000), (5000, 8000)))
        self.inside(three, 11500, 750, 1800)
        lower = self.envelope(ratios=(11000, 12000))
        self.inside(lower, 11000, 1000, 2000)
        self.inside(lower, 12000, 500, 1600)

    def test_prices_are_rational_and_not_below_0(self) -> None:
        e = self.envelope()
        half = Fraction(1, 2)
        self.inside(e, 11000, 1500 * half, 1800)
        self.outside(e, 750 - half, 1800)
        self.outside(e, 0, 2000)
        self.inside(self.envelope(weightless=(True, False)), 12000, 0, 2000)
        self.inside(e, 12000, 2**130, 2000)
        self.assert_refused("Range", envelope.decide, e, (-1, 2000))
        self.assert_refused("Missing", envelope.decide, e, (1000,))

    def test_a_whole_ratio_is_rounded_down(self) -> None:
        e = self.envelope(owed=(False, False), ratios=(12000, 11001))
        found = envelope.decide(e, (750, 1800))
        self.assertEqual((found.R, found.whole_bps), (Fraction(23001, 2), 11500))

    def test_ratios_of_0_promise_nothing(self) -> None:
        e = self.envelope(ratios=(12000, 0))
        self.outside(e, 500, 1600)
        self.inside(e, 12000, 1000, 2000)
        with self.assertRaises(ValueError):
            envelope.check_inside(e, (500, 1600), (Fraction(0), Fraction(1)))

    def test_weightless(self) -> None:
        e = self.envelope(weightless=(True, False))
        self.inside(e, 12000, 1, 2000)
        e = self.envelope(weightless=(False, True))
        self.inside(e, 12000, 1000, 1)
        self.outside(e, 1000, 2001)

    def test_what_shows_it_is_checked(self) -> None:
        e = self.envelope()
        for wrong in ((Fraction(1, 2), Fraction(1, 2)), (Fraction(2), Fraction(-1)),
                      (Fraction(1),), (Fraction(1, 2), Fraction(1, 3))):
            with self.assertRaises(ValueError):
                envelope.check_inside(e, (1000, 2000), wrong)
        for e, y in ((e, (0, 0)), (e, (-1, 0)), (e, (0, -1)), (e, (1,)),
                     (self.envelope(owed=(False, False)), (0, -1)),
                     (self.envelope(weightless=(True, False)), (1, 0))):
            with self.assertRaises(ValueError):
                envelope.check_outside(e, (1000, 1999), y)
        envelope.check_outside(self.envelope(), (1000, 2001), (0, -1))

    def test_random_prices(self) -> None:
        """`decide` fails where both answers or neither would be given."""
        draw, seen = random.Random(1), set()
        for _ in range(200):
            assets, scenarios = draw.randrange(1, 5), draw.randrange(1, 5)
            e = Envelope(
                prices=tuple(draw.randrange(1, 2**120) for _ in range(assets)),
                ratios=(11000, *(draw.choice((0, 10000, 12000)) for _ in range(scenarios - 1))),
                multipliers=((10000,) * assets, *(
                    tuple(draw.choice((0, 5000, 9999, 12000)) for _ in range(assets))
                    for _ in range(scenarios - 1))),
                owed=tuple(draw.random() < 0.3 for _ in range(assets)),
                weightless=tuple(draw.random() < 0.2 for _ in range(assets)))
            weights = [draw.randrange(4) if ratio else 0 for ratio in e.ratios]
            weights[0] += 1
            q = []
            for a, price in enumerate(e.prices):
                mixed = Fraction(price, 10**4) * sum(
                    w * m[a] for w, m in zip(weights, e.multipliers)) / sum(weights)
                q.append(int(mixed) + draw.choice((0, 0, 1, 5)))
            seen.add(type(envelope.decide(e, tuple(q))))
        self.assertEqual(seen, {Inside, Outside})


class Statements(Clauses):
    """What the envelope of a claim is made of, and the terms on chain (6a.2)."""

    def test_owed_needs_a_liability(self) -> None:
        claim = example()
        self.assertEqual(envelope.envelope_of(claim.statement, claim.policy).owed, (True,))
        none = replace(claim.statement, kinds=0)
        self.assertEqual(envelope.envelope_of(none, claim.policy).owed, (False,))

    def test_multipliers_in_digest_order(self) -> None:
        document = parsed(COMPLETE)
        document["scenarios"] = [{"name": "s", "min_ratio_bps": 7, "moves_bps": {"iso4217:USD": 5}}]
        claim = complete(document=document)
        e = envelope.envelope_of(claim.statement, claim.policy)
        self.assertEqual(e.multipliers, ((10000, 10000), (10005, 10000)))
        self.assertEqual(e.ratios, (14000, 7))
        self.assertEqual(e.owed, (True, False))

    def test_terms_hash(self) -> None:
        """Against the encoding written out word by word."""
        p = example().policy
        words = [4 * 32, 6 * 32, 1, 0, 1, 10500, 1, 7000]
        encoded = b"".join(word.to_bytes(32, "big") for word in words)
        self.assertEqual(envelope.terms_hash(p), documents.keccak256(encoded))
        encoded = b"".join(word.to_bytes(32, "big") for word in (32, 2, 5, 6))
        self.assertEqual(envelope.prices_hash((5, 6)), documents.keccak256(encoded))


if __name__ == "__main__":
    unittest.main()
