"""Roll-up and holders (specification, section 8a), rule by rule."""

import unittest
from dataclasses import replace

import covenant_model as model
import documents
import rollup
from covenant_model import Fails
from documents import Opening
from examples import BTC, ETH, SUBJECT, TIME, USD, Clauses
from rollup import Node, Shape, Statement, Witness

SHAPE = Shape(slots=4, positions=27, merged=12)
WHO = documents.hashed_text(SUBJECT)


def holding(blinding: int, *positions: tuple[str, int], as_of: int = TIME) -> Opening:
    """An opening of the subject."""
    entries = documents.entries([[asset, str(amount)] for asset, amount in positions])
    return Opening(0, WHO, as_of, blinding, entries)


ACCOUNTS = (
    holding(1, (USD, 5), (BTC, 7), (USD, 11)),
    holding(2, (ETH, 0), as_of=TIME - 60),
    holding(3),
)


class Rules(Clauses):
    """R1 to R6."""

    def merged(self, *accounts: Opening, shape: Shape = SHAPE) -> tuple[Statement, Witness]:
        """A true statement."""
        s, w = rollup.merge(accounts or ACCOUNTS, shape, TIME - 60, TIME, 99)
        rollup.check(s, w, shape)
        return s, w

    def fails(self, rule: str, s: Statement, w: Witness, shape: Shape = SHAPE) -> None:
        """This rule is the first that fails."""
        with self.assertRaises(Fails) as caught:
            rollup.check(s, w, shape)
        self.assertEqual(caught.exception.clause, rule, str(caught.exception))

    def other_merged(
        self, s: Statement, w: Witness, **changes: object
    ) -> tuple[Statement, Witness]:
        """Another merged account, with its right commitment."""
        account = replace(w.merged, **changes)
        return replace(s, merged=model.commitment(account)), replace(w, merged=account)

    def test_r1(self) -> None:
        s, w = self.merged()
        self.fails("R1", replace(s, subject=1), w)
        self.fails("R1", replace(s, kind=1), w)
        self.fails("R1", replace(s, as_of_from=TIME - 59), w)
        self.fails("R1", replace(s, as_of_to=TIME - 1), w)
        wrong = (replace(ACCOUNTS[0], blinding=9), *w.openings[1:])
        self.fails("R1", s, replace(w, openings=wrong))
        self.fails("R1", s, replace(w, openings=(None, *w.openings[1:])))
        self.fails("R1", s, w, replace(SHAPE, positions=2))

    def test_r2(self) -> None:
        s, w = self.merged()
        usd, eth, btc = w.merged.entries
        self.assertEqual((usd & 2**112 - 1, eth & 2**112 - 1, btc & 2**112 - 1), (16, 0, 7))
        for entries in ((usd, btc), (usd + 1, eth, btc), (usd - 1, eth, btc), (btc, usd, eth),
                        (usd, eth, eth, btc), (usd, eth, 0, btc), (usd, eth, btc, btc + (1 << 128)),
                        (usd, eth, btc, *[0] * 10)):
            self.fails("R2", *self.other_merged(s, w, entries=entries))

    def test_r2_zeros_are_no_positions(self) -> None:
        account = replace(ACCOUNTS[0], entries=(0,) * 20 + ACCOUNTS[0].entries)
        _, w = self.merged(account)
        self.assertEqual(len(w.merged.entries), 2)

    def test_r3(self) -> None:
        usd = documents.asset_id(USD)
        for e in (1, usd, usd << 128 | 1 << 112, 1 << 248 | usd << 128):
            with self.assertRaises(Fails) as caught:
                self.merged(replace(ACCOUNTS[0], entries=(e,)))
            self.assertEqual(caught.exception.clause, "R3")
        most = holding(1, (USD, 2**112 - 2))
        self.merged(most, holding(2, (USD, 1)))
        with self.assertRaises(Fails) as caught:
            self.merged(most, holding(2, (USD, 2)))
        self.assertEqual(caught.exception.clause, "R3")

    def test_r4(self) -> None:
        s, w = self.merged()
        for changes in ({"as_of": TIME - 1}, {"subject": 1}, {"kind": 1}):
            self.fails("R4", *self.other_merged(s, w, **changes))
        self.fails("R4", replace(s, merged=s.merged + 1), w)
        self.fails("R4", s, w, replace(SHAPE, merged=2))

    def test_r5(self) -> None:
        s, w = self.merged()
        self.fails("R5", *self.other_merged(s, w, blinding=w.merged.blinding + 1))
        self.fails("R5", s, replace(w, salt=98))
        right = rollup.blinding(s.list_root, 3, w.salt)
        self.fails("R5", *self.other_merged(s, w, blinding=right))

    def test_r6(self) -> None:
        s, w = self.merged()
        swapped = replace(w, commitments=(w.commitments[1], w.commitments[0], *w.commitments[2:]),
                          openings=(w.openings[1], w.openings[0], *w.openings[2:]))
        self.fails("R6", s, swapped)
        moved = replace(w, commitments=w.commitments[:2] + (0, w.commitments[2]),
                        openings=w.openings[:2] + (None, w.openings[2]))
        self.fails("R6", s, moved)

    def test_empty_slots_may_be_anywhere(self) -> None:
        commitments = (0, *map(model.commitment, ACCOUNTS))
        root = rollup.list_root(commitments, 1)
        s, w = self.merged()
        account = replace(w.merged, blinding=rollup.blinding(root, 4, w.salt))
        s = replace(s, list_root=root, merged=model.commitment(account))
        rollup.check(s, Witness(commitments, (None, *ACCOUNTS), account, w.salt), SHAPE)

    def test_depth(self) -> None:
        depths = [Shape(m, 12, 12).depth for m in (1, 16, 17, 256, 257)]
        self.assertEqual(depths, [1, 1, 2, 2, 3])
        self.assertEqual(rollup.list_root((5,), 2),
                         rollup.H(rollup.H(5), *[rollup.H()] * 15))

    def test_shapes(self) -> None:
        for good in ("1x1->1", "16x12->12", "1x131072->131072", "131072x1->1", "17x3->200"):
            self.assertEqual(str(rollup.shape(good)), good)
        for bad in ("", "16x12", "16x12-12", "0x12->12", "16x0->12", "16x12->0", "016x12->12",
                    "16X12->12", "2x65537->1", "1x1->131073", "16x12->12\n", "4x27x8x4"):
            self.assert_refused("Shape", rollup.shape, bad)
        self.assert_refused("Json", rollup.shape, 1)

    def test_r1_zeros_of_the_last_block(self) -> None:
        for more, good in ((9, True), (24, False)):
            account = holding(3, (USD, 5), (BTC, 7), (USD, 11))
            account = replace(account, entries=account.entries + (0,) * more)
            s, w = rollup.merge((account,), SHAPE, TIME - 60, TIME, 99)
            if good:
                rollup.check(s, w, replace(SHAPE, positions=3))
            else:
                self.fails("R1", s, w, replace(SHAPE, positions=3))

    def test_r2_lists_no_other_id_and_may_list_none(self) -> None:
        s, w = self.merged(holding(3))
        self.assertEqual(w.merged.entries, ())
        self.fails("R2", *self.other_merged(s, w, entries=(documents.asset_id(USD) << 128,)))

    def test_the_order_of_failure(self) -> None:
        """R1, R3, R2, R4, R5, R6, whatever else fails as well."""
        s, w = self.merged()
        other = replace(w, commitments=(w.commitments[1], w.commitments[0], *w.commitments[2:]),
                        openings=(w.openings[1], w.openings[0], *w.openings[2:]))
        self.fails("R6", s, other)
        self.fails("R5", s, replace(other, salt=98))
        self.fails("R4", replace(s, merged=s.merged + 1), replace(other, salt=98))
        fewer = replace(w.merged, entries=w.merged.entries[1:])
        self.fails("R2", s, replace(other, salt=98, merged=fewer))
        bad = replace(ACCOUNTS[0], entries=(1,))
        K = model.commitment(bad)
        wrong = replace(w, commitments=(K, *w.commitments[1:]), openings=(bad, *w.openings[1:]),
                        merged=fewer)
        self.fails("R3", s, wrong)
        self.fails("R1", replace(s, subject=1), wrong)

    def test_slots(self) -> None:
        s, w = self.merged()
        self.assert_refused("DoesNotFit", rollup.check, s, w, replace(SHAPE, slots=5))

    def test_a_merged_account_is_merged_again(self) -> None:
        _, first = self.merged()
        _, second = self.merged(holding(8, (USD, 4)))
        s, w = self.merged(first.merged, second.merged)
        self.assertEqual(w.merged.entries[0] & 2**112 - 1, 20)
        self.assertEqual(s.merged, model.commitment(w.merged))

    def test_holders(self) -> None:
        one = rollup.holder_blinding("a nonce of mine", 1)
        self.assertNotEqual(one, rollup.holder_blinding("a nonce of mine", 2))
        self.assertNotEqual(one, rollup.holder_blinding("another", 1))
        self.assert_refused("Malformed", rollup.holder_blinding, "", 1)


class Walk(unittest.TestCase):
    """R7 to R9."""

    ROOT = {"subject": WHO, "as_of_from": TIME - 60, "as_of_to": TIME, "kind": 0}

    @classmethod
    def setUpClass(cls) -> None:
        leaves = [holding(i, (USD, i)) for i in range(1, 5)]
        cls.leaves = [model.commitment(leaf) for leaf in leaves]
        left, right = cls.proof(leaves[:2]), cls.proof(leaves[2:3])
        top = cls.proof([left[1].merged, right[1].merged, leaves[3]])
        cls.nodes = [cls.node(*pair) for pair in (left, right, top)]
        cls.top = top[0].merged

    @classmethod
    def proof(cls, accounts: list[Opening]) -> tuple[Statement, Witness]:
        return rollup.merge(accounts, SHAPE, TIME - 60, TIME, 99)

    @classmethod
    def node(cls, s: Statement, w: Witness) -> Node:
        return Node(s, w.commitments, SHAPE.depth)

    def fails(
        self, rule: str, nodes: list[Node], basket: tuple[int, ...] = (), **root: int
    ) -> None:
        with self.assertRaises(Fails) as caught:
            rollup.walk(self.top, nodes, basket, self.ROOT | root)
        self.assertEqual(caught.exception.clause, rule, str(caught.exception))

    def test_the_leaves(self) -> None:
        found = rollup.walk(self.top, self.nodes, (77,), self.ROOT)
        self.assertEqual(sorted(found), sorted(self.leaves))

    def test_an_unproved_node_is_a_leaf(self) -> None:
        """A verifier then asks for its attestation, as for any account."""
        found = rollup.walk(self.top, self.nodes[1:], (), self.ROOT)
        self.assertEqual(len(found), 3)

    def test_r7(self) -> None:
        left, right, top = self.nodes
        self.fails("R7", [left, right])
        self.fails("R7", [left, left, right, top])
        self.fails("R7", [left, right, replace(top, commitments=(1, 2, 3, 4))])
        self.fails("R7", self.nodes, (self.leaves[0],))
        self.fails("R7", self.nodes, (left.statement.merged,))
        self.fails("R7", self.nodes, (self.top,))

    def test_r7_a_leaf_twice(self) -> None:
        leaf = holding(1, (USD, 1))
        s, w = self.proof([leaf, leaf])
        with self.assertRaises(Fails) as caught:
            rollup.walk(s.merged, [self.node(s, w)], (), self.ROOT)
        self.assertEqual(caught.exception.clause, "R7")

    def test_r8(self) -> None:
        s, w = self.proof([holding(9, (USD, 9))])
        self.fails("R8", [*self.nodes, self.node(s, w)])

    def test_r9(self) -> None:
        for changes in ({"subject": 1}, {"as_of_from": TIME}, {"as_of_to": TIME + 1}, {"kind": 1}):
            self.fails("R9", self.nodes, **changes)


if __name__ == "__main__":
    unittest.main()
