"""The statement of Covenant (specification, sections 4 to 6), written from the specification.

Names are those of the specification: K is a commitment, T and L are totals, n and c make an
allocation, v and o are values, m is a multiplier, C is the sum of what counts, R_g is a line of
the report.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from documents import (
    BPS,
    GROUPS,
    LIABILITY,
    MAX_POSITIONS,
    Asset,
    Malformed,
    Opening,
    Policy,
    asset_id,
    distinct,
    element,
    fields,
    hashed_text,
    integer,
    integer_text,
    items,
    keccak256,
    name,
    opening,
    policy,
    refuse_unless,
    unix_time,
)
from poseidon import H


def tag(text: str) -> int:
    """Section 3.4."""
    return int.from_bytes(text.encode(), "big")


TAGS = tag("covenant/collateral/v2"), tag("covenant/liability/v2")
"""Of the kinds collateral (0) and liability (1)."""
POLICY_TAG = tag("covenant/policy/v2")
HEADER_ENTRIES, BLOCK_ENTRIES = 12, 15
LINES_A_WORD, BITS_A_LINE = 3, 80
LINE_UNIT = 10**10
"""Whole units times this are micro-units times bps (S5)."""

Totals = tuple[int, ...]


class Fails(Exception):
    """A clause of the statement that does not hold."""

    def __init__(self, clause: str, detail: str):
        super().__init__(f"{clause}: {detail}")
        self.clause = clause


class NotAStatement(Malformed):
    """Public inputs that no typed statement has (6.2, 6.4)."""

    def __init__(self, detail: str):
        super().__init__("NotAStatement", detail)


def require(condition: bool, clause: str, detail: str) -> None:
    """Raise `Fails` where the condition does not hold."""
    if not condition:
        raise Fails(clause, detail)


# Shapes (6.1)


@dataclass(frozen=True)
class Shape:
    """M accounts, P positions an account, A assets, J scenarios with the base."""

    accounts: int
    positions: int
    assets: int
    scenarios: int

    def __str__(self) -> str:
        return f"{self.accounts}x{self.positions}x{self.assets}x{self.scenarios}"

    @property
    def public_inputs(self) -> int:
        """How many there are."""
        return 13 + self.accounts + self.assets


NAMED_SHAPES = {
    "small": Shape(4, 27, 8, 4),
    "medium": Shape(8, 42, 16, 8),
    "large": Shape(16, 66, 32, 8),
    "xlarge": Shape(16, 4107, 64, 8),
}
STANDARD_SHAPES = ("small", "medium", "large")


def shape(text: Any) -> Shape:
    """A shape by name or in decimal without leading zeros."""
    refuse_unless(isinstance(text, str), "Json", "a shape is not text")
    if text in NAMED_SHAPES:
        return NAMED_SHAPES[text]
    good = re.fullmatch("x".join(["([1-9][0-9]{0,5})"] * 4), text, re.ASCII)
    refuse_unless(bool(good), "Shape", text)
    result = Shape(*map(int, good.groups()))
    positions = result.accounts * result.positions <= MAX_POSITIONS
    rest = result.accounts <= 64 and result.assets <= 64 and result.scenarios <= 16
    refuse_unless(positions and rest, "Shape", text)
    return result


def blocks_of(positions: int) -> int:
    """Section 4: the blocks that so many entries take, the header's included."""
    return 1 + -(-max(0, positions - HEADER_ENTRIES) // BLOCK_ENTRIES)


def is_held(entries: Sequence[int], positions: int) -> bool:
    """S1: no more blocks than P positions take, and nothing but zeros after the first P."""
    return blocks_of(len(entries)) <= blocks_of(positions) and not any(entries[positions:])


def smallest_shape(accounts: int, assets: int, scenarios: int) -> Shape | None:
    """The smallest standard shape with room for these public sizes."""
    for text in STANDARD_SHAPES:
        s = NAMED_SHAPES[text]
        if accounts <= s.accounts and assets <= s.assets and scenarios <= s.scenarios:
            return s
    return None


# Claims


@dataclass(frozen=True)
class Statement:
    """The public inputs (6.2) as typed values, without unused slots."""

    subject: int
    as_of_from: int
    as_of_to: int
    policy: int
    """The digest."""
    public_debt: int
    ratio: int
    context: int
    kinds: int
    report: tuple[int, ...]
    """R_0 .. R_14."""
    commitments: tuple[int, ...]
    prices: tuple[int, ...]
    """In digest order."""


@dataclass(frozen=True)
class Claim:
    """A statement with the policy, and an opening for each commitment in order."""

    statement: Statement
    openings: tuple[Opening, ...]
    policy: Policy

    @property
    def ratios(self) -> tuple[int, ...]:
        """ratio_j of every scenario, the public base ratio first (6.3)."""
        return (self.statement.ratio, *self.policy.ratios)

    def fits(self, s: Shape) -> bool:
        """Section 6.1."""
        return (
            len(self.openings) <= s.accounts
            and all(is_held(account.entries, s.positions) for account in self.openings)
            and len(self.policy.assets) <= s.assets
            and len(self.ratios) <= s.scenarios
        )


@dataclass(frozen=True)
class Allocation:
    """What the prover chooses (6.3): n[a], and c[j][a]."""

    n: tuple[int, ...]
    c: tuple[tuple[int, ...], ...]


# Commitments and digest


@lru_cache(maxsize=4096)
def commitment(account: Opening) -> int:
    """Section 4: K of an account."""
    first, rest = account.entries[:HEADER_ENTRIES], account.entries[HEADER_ENTRIES:]
    h = H(TAGS[account.kind], account.subject, account.as_of, account.blinding, *first)
    for i in range(0, len(rest), BLOCK_ENTRIES):
        h = H(h, *rest[i : i + BLOCK_ENTRIES])
    return h


def packed(values: Sequence[int], bits: int) -> int:
    """Values side by side, so many bits each, the first one lowest."""
    return sum(value << bits * i for i, value in enumerate(values))


def packed_words(asset: Asset) -> tuple[int, int, int]:
    """Section 5.4: w1, w2 and w3 of an asset."""
    widths, weights, m = asset.widths, asset.weights, asset.multipliers
    w1 = asset.id | asset.max_share << 120 | asset.group_mask << 136
    w1 |= asset.netting << 152 | asset.may_owe << 153
    w2 = widths[0] | weights[0] << 64 | widths[1] << 80 | weights[1] << 144
    w3 = widths[2] | weights[2] << 64 | weights[3] << 80 | asset.max_held_share << 176
    return (
        w1 | packed(m[1:6], 16) << 160,
        w2 | packed(m[6:11], 16) << 160,
        w3 | packed(m[11:16], 16) << 96,
    )


def head_words(p: Policy) -> tuple[int, ...]:
    """Section 5.4: ratios, header, min, max, min_held, max_held."""
    reports = packed([group.report for group in p.groups], 1)
    header = len(p.assets) | p.complete << 8 | reports << 16 | p.report_grain << 32
    shares = (
        [group.min_share for group in p.groups],
        [group.max_share for group in p.groups],
        [group.min_held_share for group in p.groups],
        [group.max_held_share for group in p.groups],
    )
    return (packed(p.ratios, 16), header, *(packed(share, 16) for share in shares))


@lru_cache(maxsize=4096)
def policy_digest(p: Policy) -> int:
    """Section 5.4: d."""
    d = H(POLICY_TAG, p.terms, *head_words(p))
    for i in range(0, len(p.assets), 5):
        d = H(d, *(word for asset in p.assets[i : i + 5] for word in packed_words(asset)))
    return d


# Public inputs


def report_words(report: tuple[int, ...]) -> list[int]:
    """Section 6.2: the five words of the report."""
    return [
        packed(report[i : i + LINES_A_WORD], BITS_A_LINE)
        for i in range(0, GROUPS, LINES_A_WORD)
    ]


def public_inputs(s: Statement, accounts: int, assets: int) -> list[int]:
    """Section 6.2: the list of 13 + M + A elements."""
    fits = len(s.commitments) <= accounts and len(s.prices) <= assets
    refuse_unless(fits, "DoesNotFit", "more accounts or assets than the shape has")
    return [
        s.subject,
        s.as_of_from,
        s.as_of_to,
        s.policy,
        s.public_debt,
        s.ratio,
        s.context,
        s.kinds,
        *report_words(s.report),
        *s.commitments,
        *[0] * (accounts - len(s.commitments)),
        *s.prices,
        *[0] * (assets - len(s.prices)),
    ]


def statement_hash(circuit: str, inputs: list[int]) -> bytes:
    """Section 6.8, of a circuit id and all public inputs."""
    words = b"".join(number.to_bytes(32, "big") for number in inputs)
    return keccak256(keccak256(circuit.encode()) + words)


# From documents to types


def make_claim(
    policy_document: Any,
    prices: Mapping[str, Any],
    accounts: list[Any],
    *,
    subject: str,
    as_of_from: int,
    as_of_to: int,
    public_debt: Any,
    ratio: int,
    kinds: Any = None,
    report: Any = None,
    digest: Any = None,
    context: str = "",
) -> Claim:
    """A claim from documents; kinds, report and digest are the right ones unless given."""
    p = policy(policy_document)
    basket = sorted((committed(a) for a in accounts), key=lambda account: account[0])
    kinds_are = [account.kind == LIABILITY for _, account in basket]
    s = Statement(
        subject=hashed_text(name(subject)),
        as_of_from=unix_time(as_of_from),
        as_of_to=unix_time(as_of_to),
        policy=policy_digest(p) if digest is None else element(digest),
        public_debt=integer_text(public_debt, 80),
        ratio=integer(ratio, 1, 2**20 - 1),
        context=hashed_text(context),
        kinds=packed(kinds_are, 1) if kinds is None else integer_text(kinds),
        report=(0,) * GROUPS if report is None else lines_of(report),
        commitments=tuple(K for K, _ in basket),
        prices=prices_of(p, prices),
    )
    claim = Claim(s, tuple(account for _, account in basket), p)
    return claim if report is not None else with_right_report(claim)


def lines_of(report: Any) -> tuple[int, ...]:
    """A.2: R_0 .. R_14 as integer text."""
    return tuple(integer_text(line, 80) for line in items(report, GROUPS, GROUPS))


def committed(document: Any) -> tuple[int, Opening]:
    """An opening with its `commitment` and perhaps without `version` (A.1)."""
    refuse_unless(isinstance(document, dict) and "commitment" in document, "Json", "an account")
    rest = {key: value for key, value in document.items() if key != "commitment"}
    return element(document["commitment"]), opening({"version": 2} | rest)


def prices_of(p: Policy, prices: Any) -> tuple[int, ...]:
    """One price for each asset in digest order, found by its id; more are ignored (10.5).

    A price of 0 is read here, so that S8 can refuse it.
    """
    refuse_unless(isinstance(prices, Mapping), "Json", "prices")
    ids = [asset_id(name(asset)) for asset in prices]
    distinct(ids, "Duplicate", "prices of one asset")
    every = {own: integer_text(price, 120) for own, price in zip(ids, prices.values())}
    refuse_unless(all(a.id in every for a in p.assets), "Missing", "a price")
    return tuple(every[a.id] for a in p.assets)


def allocation(document: Any, claim: Claim) -> Allocation:
    """A.2: an allocation with a number for each asset and scenario, else malformed."""
    fields(document, "netted counted")
    assets, scenarios = len(claim.policy.assets), len(claim.ratios)
    counted = items(document["counted"], scenarios, scenarios)
    return Allocation(
        n=tuple(integer_text(n) for n in items(document["netted"], assets, assets)),
        c=tuple(
            tuple(integer_text(c) for c in items(scenario, assets, assets))
            for scenario in counted
        ),
    )


# The statement (6.3), in the order of 6.4


def check(claim: Claim, a: Allocation) -> None:
    """Raise `Fails` with the first clause that fails, in the order of 6.4."""
    check_numbers(claim, a)
    T, L = check_claim(claim)
    v, o = [], []
    for i, asset in enumerate(claim.policy.assets):
        check_s3(asset, a.n[i], T[i], L[i])
        v_a, o_a = values(T[i] - a.n[i], L[i] - a.n[i], claim.statement.prices[i])
        require(v_a < 2**80 and o_a < 2**80, "S4", asset.name)
        v.append(v_a)
        o.append(o_a)
    check_held_shares(claim.policy, v)
    for j in range(len(claim.ratios)):
        check_scenario(claim, j, a.c[j], v, o)
    check_s10(claim, v)


def check_numbers(claim: Claim, a: Allocation) -> None:
    """Section 6.4: an allocation without a number for each asset and scenario."""
    assets, scenarios = len(claim.policy.assets), len(claim.ratios)
    complete = len(a.n) == assets and len(a.c) == scenarios
    complete = complete and all(len(c_j) == assets for c_j in a.c)
    refuse_unless(complete, "Malformed", "an allocation that lacks numbers")


def check_claim(claim: Claim) -> tuple[Totals, Totals]:
    """Steps 1 to 3 of section 6.4, whatever is allocated; the totals T and L."""
    check_statement(claim.statement)
    refuse_unless(len(claim.openings) == len(claim.statement.commitments), "Json", "openings")
    check_s1(claim)
    check_s8(claim)
    return sums(claim)


def check_statement(s: Statement) -> None:
    """What is refused before S1 (6.4)."""
    commitments = list(s.commitments)
    if commitments != sorted(set(commitments)) or 0 in commitments:
        raise NotAStatement("commitments are not strictly ascending from above 0")
    if s.as_of_from > s.as_of_to:
        raise NotAStatement("a window that ends before it begins")


def check_s1(claim: Claim) -> None:
    """S1, for each account; and no kind of an account that there is not (6.2)."""
    s = claim.statement
    for i, (K, account) in enumerate(zip(s.commitments, claim.openings)):
        require(account.subject == s.subject, "S1", f"subject of account {i}")
        require(account.kind == s.kinds >> i & 1, "S1", f"kind of account {i}")
        require(s.as_of_from <= account.as_of <= s.as_of_to, "S1", f"time of account {i}")
        require(commitment(account) == K, "S1", f"opening of account {i}")
    require(s.kinds >> len(s.commitments) == 0, "S1", "a kind of no account")


def check_s8(claim: Claim) -> None:
    """S8: prices that are not 0, the public digest, packed fields in range (6.2)."""
    p = claim.policy
    require(all(price != 0 for price in claim.statement.prices), "S8", "a price of 0")
    require(policy_digest(p) == claim.statement.policy, "S8", "the policy's digest")
    ids = [asset.id for asset in p.assets]
    require(0 not in ids and ids == sorted(set(ids)), "S8", "asset ids")
    require(p.report_grain < 2**53, "S8", "the grain")
    for group in p.groups:
        shares = (group.min_share, group.max_share, group.min_held_share, group.max_held_share)
        require(max(shares) <= BPS, "S8", "a share of a group")
    for asset in p.assets:
        bps = max(asset.max_share, asset.max_held_share, *asset.weights) <= BPS
        fits = max(asset.widths) < 2**53 and asset.group_mask < 2**15
        require(bps and fits, "S8", f"a packed field of {asset.name}")


def sums(claim: Claim) -> tuple[Totals, Totals]:
    """S2: T and L of each asset."""
    assets = claim.policy.assets
    totals = ({a.id: 0 for a in assets}, {a.id: 0 for a in assets})
    may_owe = {a.id for a in assets if a.may_owe}
    for account in claim.openings:
        is_debt = account.kind == LIABILITY
        for e in account.entries:
            listed = is_listed(e, totals[account.kind])
            missing = e != 0 and not listed
            require(not (missing and is_debt), "S2", "a liability that is not listed")
            require(not (missing and claim.policy.complete), "S2", "collateral is not listed")
            if listed:
                require(not is_debt or e >> 128 in may_owe, "S2", "a liability without may_owe")
                totals[account.kind][e >> 128] += e & 2**128 - 1
    T, L = (tuple(total.values()) for total in totals)
    return T, L


def is_well_formed(e: int) -> bool:
    """Section 4: bits 112 to 127 are 0, and the id is 1 .. 2^120 - 1."""
    return e >> 112 & 0xFFFF == 0 and 1 <= e >> 128 < 2**120


def is_listed(e: int, ids: Mapping[int, int]) -> bool:
    """Section 4: well formed, and of an asset of the policy."""
    return is_well_formed(e) and e >> 128 in ids


def check_s3(asset: Asset, n: int, T: int, L: int) -> None:
    """S3 for one asset."""
    require(0 <= n <= min(T, L), "S3", asset.name)
    require(n == 0 or asset.netting, "S3", f"{asset.name} is not netted")


def values(collateral: int, liability: int, price: int) -> tuple[int, int]:
    """S4: v and o in micro-units, rounded against the prover."""
    return collateral * price // 10**30, -(-liability * price // 10**30)


def check_held_shares(p: Policy, v: list[int]) -> None:
    """S6's shares of what is held, where the policy is complete."""
    if not p.complete:
        return
    V = sum(v)
    for v_a, asset in zip(v, p.assets):
        require(v_a * BPS <= asset.max_held_share * V, "S6", f"{asset.name} held")
    for g, group in enumerate(p.groups):
        share = BPS * sum(v[i] for i in p.members(g))
        within = group.min_held_share * V <= share <= group.max_held_share * V
        require(within, "S6", f"group {g} held")


def lines(asset: Asset, stressed: int) -> tuple[int, ...]:
    """S5: the four lines over v x m."""
    widths, weights = asset.widths, asset.weights
    offsets = [
        sum((weights[i] - weights[l]) * widths[i] for i in range(l)) * LINE_UNIT
        for l in range(4)
    ]
    return tuple(weight * stressed + offset for weight, offset in zip(weights, offsets))


def check_scenario(
    claim: Claim, j: int, c: tuple[int, ...], v: list[int], o: list[int]
) -> None:
    """S5, S6's shares of what is counted, and S7 in scenario j."""
    p = claim.policy
    m = [asset.multipliers[j] for asset in p.assets]
    for i, asset in enumerate(p.assets):
        bounded = 0 <= c[i] <= min(lines(asset, v[i] * m[i]))
        require(bounded, "S5", f"{asset.name} in scenario {j}")
    C = sum(c)
    for c_a, asset in zip(c, p.assets):
        require(c_a * BPS <= asset.max_share * C, "S6", f"{asset.name} in scenario {j}")
    for g, group in enumerate(p.groups):
        share = BPS * sum(c[i] for i in p.members(g))
        within = group.min_share * C <= share <= group.max_share * C
        require(within, "S6", f"group {g} in scenario {j}")
    require(C >= claim.ratios[j] * owed(claim, j, o), "S7", f"scenario {j}")


def owed(claim: Claim, j: int, o: Sequence[int]) -> int:
    """S7: what the ratio is of, in 10^-14 of the quote currency."""
    liabilities = sum(o_a * a.multipliers[j] for o_a, a in zip(o, claim.policy.assets))
    return BPS * claim.statement.public_debt + liabilities


def report_lines(p: Policy, v: Sequence[int]) -> tuple[int, ...]:
    """S10: R_0 .. R_14."""
    result = [0] * GROUPS
    for g, group in enumerate(p.groups):
        if group.report:
            result[g] = sum(v[i] for i in p.members(g)) // (p.report_grain * 10**6)
    return tuple(result)


def check_s10(claim: Claim, v: list[int]) -> None:
    """S10 for each group."""
    right = report_lines(claim.policy, v)
    for g in range(GROUPS):
        require(claim.statement.report[g] == right[g], "S10", f"group {g}")


def check_s9(claim: Claim, expected: int) -> None:
    """S9: the relying party compares the context that it expects."""
    require(claim.statement.context == expected, "S9", "another context")


# What follows from the accounts without a choice


def with_right_report(claim: Claim) -> Claim:
    """The claim with the report of its accounts; only a complete policy has one."""
    if not claim.policy.complete:
        return claim
    T = sums_of_listed(claim)
    v = [values(T_a, 0, price)[0] for T_a, price in zip(T, claim.statement.prices)]
    report = report_lines(claim.policy, v)
    return replace(claim, statement=replace(claim.statement, report=report))


def sums_of_listed(claim: Claim) -> Totals:
    """T of each asset, whatever else the accounts have."""
    totals = {a.id: 0 for a in claim.policy.assets}
    for account in claim.openings:
        for e in account.entries:
            if account.kind != LIABILITY and is_listed(e, totals):
                totals[e >> 128] += e & 2**128 - 1
    return tuple(totals.values())


def netted_in_full(claim: Claim) -> Allocation:
    """A.1: all of S3 netted and the most that S5 allows; the best where no share binds."""
    T, L = check_claim(claim)
    assets = claim.policy.assets
    n = tuple(min(t, l) if a.netting else 0 for a, t, l in zip(assets, T, L))
    v = [values(t - x, 0, p)[0] for t, x, p in zip(T, n, claim.statement.prices)]
    c = tuple(
        tuple(min(lines(a, v_a * a.multipliers[j])) for a, v_a in zip(assets, v))
        for j in range(len(claim.ratios))
    )
    return Allocation(n, c)


def covered_ratios(claim: Claim) -> list[int | None]:
    """A.1: floor(C_j / owed) of each scenario; None where nothing is owed."""
    T, L = check_claim(claim)
    a = netted_in_full(claim)
    o = [values(0, l - x, p)[1] for l, x, p in zip(L, a.n, claim.statement.prices)]
    debts = [owed(claim, j, o) for j in range(len(claim.ratios))]
    return [sum(c) // debt if debt else None for c, debt in zip(a.c, debts)]
