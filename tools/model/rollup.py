"""Roll-up and holders (specification, section 8a): many accounts become one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from covenant_model import commitment, is_held, is_well_formed, require, tag
from documents import MAX_POSITIONS, Opening, hashed_text, refuse_unless
from poseidon import INPUTS, H

ROLLUP_TAG = tag("covenant/rollup/v2")
HOLDER_TAG = tag("covenant/holder/v2")
MAX_AMOUNT = 2**112


@dataclass(frozen=True)
class Shape:
    """Up to M accounts of up to P positions are merged into one of up to Q."""

    slots: int
    positions: int
    merged: int

    @property
    def depth(self) -> int:
        """R6: the smallest D >= 1 with 16^D >= M."""
        depth = 1
        while INPUTS**depth < self.slots:
            depth += 1
        return depth

    def __str__(self) -> str:
        return f"{self.slots}x{self.positions}->{self.merged}"


def shape(text: Any) -> Shape:
    """A shape in decimal without leading zeros (8a.1)."""
    refuse_unless(isinstance(text, str), "Json", "a shape is not text")
    number = "([1-9][0-9]{0,5})"
    good = re.fullmatch(f"{number}x{number}->{number}", text, re.ASCII)
    refuse_unless(bool(good), "Shape", text)
    result = Shape(*map(int, good.groups()))
    small = max(result.slots * result.positions, result.merged) <= MAX_POSITIONS
    refuse_unless(small, "Shape", text)
    return result


@dataclass(frozen=True)
class Statement:
    """The six public inputs (8a.1), in their order."""

    subject: int
    as_of_from: int
    as_of_to: int
    kind: int
    list_root: int
    merged: int
    """K'."""


@dataclass(frozen=True)
class Witness:
    """What the prover knows: commitments in M slots, their openings (None: empty), K'."""

    commitments: tuple[int, ...]
    openings: tuple[Opening | None, ...]
    merged: Opening
    salt: int


def list_root(commitments: Sequence[int], depth: int) -> int:
    """R6: the root of the tree with sixteen children to a node."""
    nodes = [*commitments, *[0] * (INPUTS**depth - len(commitments))]
    for _ in range(depth):
        nodes = [H(*nodes[i : i + INPUTS]) for i in range(0, len(nodes), INPUTS)]
    return nodes[0]


def blinding(root: int, slots: int, salt: int) -> int:
    """R5."""
    return H(ROLLUP_TAG, root, slots, salt)


def holder_blinding(holder: str, salt: int) -> int:
    """Section 8a.4, of the text that the holder supplied."""
    refuse_unless(holder != "", "Malformed", "an empty text of a holder")
    return H(HOLDER_TAG, hashed_text(holder), salt)


def merged_entries(accounts: Sequence[Opening]) -> tuple[int, ...]:
    """R2 and R3: one position for each id that occurs, by ascending id."""
    totals: dict[int, int] = {}
    for account in accounts:
        for e in account.entries:
            if e != 0:
                require(is_well_formed(e), "R3", "an entry that is not well formed")
                totals[e >> 128] = totals.get(e >> 128, 0) + (e & 2**128 - 1)
    require(all(total < MAX_AMOUNT for total in totals.values()), "R3", "a total")
    return tuple(own << 128 | totals[own] for own in sorted(totals))


def merge(
    accounts: Sequence[Opening], shape: Shape, as_of_from: int, as_of_to: int, salt: int
) -> tuple[Statement, Witness]:
    """The statement of accounts in the first slots, of one subject and kind."""
    commitments = tuple(map(commitment, accounts))
    empty = shape.slots - len(accounts)
    root = list_root(commitments, shape.depth)
    subject, kind = accounts[0].subject, accounts[0].kind
    merged = Opening(
        kind=kind,
        subject=subject,
        as_of=as_of_to,
        blinding=blinding(root, shape.slots, salt),
        entries=merged_entries(accounts),
    )
    statement = Statement(subject, as_of_from, as_of_to, kind, root, commitment(merged))
    slots = commitments + (0,) * empty
    return statement, Witness(slots, (*accounts, *[None] * empty), merged, salt)


def check(s: Statement, w: Witness, shape: Shape) -> None:
    """Raise `Fails` with the first of R1, R3, R2, R4, R5 and R6 that does not hold (8a.1)."""
    in_shape = len(w.commitments) == len(w.openings) == shape.slots
    refuse_unless(in_shape, "DoesNotFit", "not as many slots as the shape has")
    accounts = []
    for i, (K, account) in enumerate(zip(w.commitments, w.openings)):
        if K != 0:
            check_opening(s, K, account, shape.positions, f"slot {i}")
            accounts.append(account)
    entries = merged_entries(accounts)
    require(w.merged.entries == entries, "R2", "the merged account has other sums")
    whose = (w.merged.subject, w.merged.kind, w.merged.as_of)
    require(whose == (s.subject, s.kind, s.as_of_to), "R4", "the merged account is another's")
    require(len(entries) <= shape.merged, "R4", "the merged account has too many positions")
    require(commitment(w.merged) == s.merged, "R4", "K'")
    right = blinding(s.list_root, shape.slots, w.salt)
    require(w.merged.blinding == right, "R5", "the blinding")
    require(list_root(w.commitments, shape.depth) == s.list_root, "R6", "the list's root")


def check_opening(s: Statement, K: int, account: Opening | None, most: int, where: str) -> None:
    """R1 for one slot that is used."""
    require(account is not None and commitment(account) == K, "R1", f"opening of {where}")
    require((account.subject, account.kind) == (s.subject, s.kind), "R1", where)
    require(s.as_of_from <= account.as_of <= s.as_of_to, "R1", f"time of {where}")
    require(is_held(account.entries, most), "R1", f"positions of {where}")


# What a verifier does (8a.2)


@dataclass(frozen=True)
class Node:
    """A verified proof of a tree: its public inputs, and its list in the clear."""

    statement: Statement
    commitments: tuple[int, ...]
    depth: int


def walk(
    top: int, nodes: Sequence[Node], basket: Sequence[int], root: Mapping[str, int]
) -> list[int]:
    """R7 to R9 for a collateral tree: its leaves, which pass section 8 besides.

    `basket` has the other commitments of the basket and its trees; `root` has the subject, the
    window and the kind that the tree's top has in the statement that it serves.
    """
    proofs = {node.statement.merged: node for node in nodes}
    require(len(proofs) == len(nodes), "R7", "two proofs of one commitment")
    require(top in proofs, "R7", "no proof of the top")
    for node in nodes:
        check_window(node.statement, root)
        given = list_root(node.commitments, node.depth)
        require(given == node.statement.list_root, "R7", "a list that is not the proof's")
    met, leaves, open_nodes = {top, *basket}, [], [top]
    require(len(met) == 1 + len(set(basket)), "R7", "the top is elsewhere in the basket")
    walked = 0
    while open_nodes:
        walked += 1
        for K in filter(None, proofs[open_nodes.pop()].commitments):
            require(K not in met, "R7", "a commitment that is met twice")
            met.add(K)
            (open_nodes if K in proofs else leaves).append(K)
    require(walked == len(nodes), "R8", "a proof that is not of the tree")
    return leaves


def check_window(s: Statement, root: Mapping[str, int]) -> None:
    """R9 for one proof."""
    for field, value in root.items():
        require(getattr(s, field) == value, "R9", field)
