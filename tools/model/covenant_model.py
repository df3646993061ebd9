"""The statement of Covenant (specification, sections 4 to 6), written from the specification.

Names are those of the specification: K is a commitment, T and L are totals, n and x make an
allocation, v and o are values, m is a multiplier, c and C are what counts.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from documents import (
    BPS,
    LIABILITY,
    Asset,
    Malformed,
    Opening,
    Policy,
    element,
    fields,
    hashed_text,
    integer,
    integer_text,
    items,
    name,
    opening,
    policy,
    refuse_unless,
    version_1,
)
from poseidon import H

TAGS = tuple(
    int.from_bytes(tag, "big") for tag in (b"covenant/collateral/v1", b"covenant/liability/v1")
)
"""Of the kinds collateral (0) and liability (1), section 3.4."""
POLICY_TAG = int.from_bytes(b"covenant/policy/v1", "big")

Totals = tuple[int, ...]


class Fails(Exception):
    """A clause of the statement that does not hold."""

    def __init__(self, clause: str, detail: str):
        super().__init__(f"{clause}: {detail}")
        self.clause = clause


class NotAStatement(Malformed):
    """Public inputs that no typed statement has (6.2, 6.4): a commitment of 0, or one twice."""

    def __init__(self, detail: str):
        super().__init__("NotAStatement", detail)


def require(condition: bool, clause: str, detail: str) -> None:
    """Raise `Fails` where the condition does not hold."""
    if not condition:
        raise Fails(clause, detail)


@dataclass(frozen=True)
class Account:
    """An account of the basket: its public commitment and its opening."""

    K: int
    opening: Opening


@dataclass(frozen=True)
class Claim:
    """The public inputs (6.2) with the policy and the openings behind them."""

    subject: int
    as_of: int
    policy_digest: int
    public_debt: int
    ratio: int
    context: int
    kinds: int
    accounts: tuple[Account, ...]
    """By ascending commitment."""
    prices: tuple[int, ...]
    """In digest order."""
    policy: Policy

    @property
    def ratios(self) -> tuple[int, ...]:
        """ratio_j of every scenario, the public base ratio first (6.3)."""
        return (self.ratio, *self.policy.ratios)


@dataclass(frozen=True)
class Allocation:
    """What the prover chooses (6.3): n[a], and x[j][a][l]."""

    n: tuple[int, ...]
    x: tuple[tuple[tuple[int, ...], ...], ...]


# Commitments and digest


@lru_cache(maxsize=4096)
def commitment(account: Opening) -> int:
    """Section 4: K of an account."""
    h = H(TAGS[account.kind], account.subject, account.as_of, account.blinding)
    entries = list(account.entries)
    entries += [0] * (-len(entries) % 3)
    for i in range(0, len(entries), 3):
        h = H(h, *entries[i : i + 3])
    return h


def packed_multipliers(asset: Asset, first: int, shift: int) -> int:
    """Section 5.4: m_first .. m_(first + 4), 16 bits each, from bit `shift` on."""
    chosen = asset.multipliers[first : first + 5]
    return sum(m << shift + 16 * i for i, m in enumerate(chosen))


def packed_words(asset: Asset) -> tuple[int, int, int]:
    """Section 5.4: w1, w2 and w3 of an asset."""
    widths, weights = asset.widths, asset.weights
    w1 = asset.id | asset.max_share << 120 | asset.group_mask << 136 | asset.netting << 152
    w2 = widths[0] | weights[0] << 64 | widths[1] << 80 | weights[1] << 144
    w3 = widths[2] | weights[2] << 64 | weights[3] << 80
    return (
        w1 | packed_multipliers(asset, 1, 160),
        w2 | packed_multipliers(asset, 6, 160),
        w3 | packed_multipliers(asset, 11, 96),
    )


@lru_cache(maxsize=4096)
def policy_digest(p: Policy) -> int:
    """Section 5.4: d."""
    ratios = sum(ratio << 16 * i for i, ratio in enumerate(p.ratios))
    mins = sum(group.min_share << 16 * g for g, group in enumerate(p.groups))
    maxs = sum(group.max_share << 16 * g for g, group in enumerate(p.groups))
    d = H(POLICY_TAG, p.terms, ratios, len(p.assets))
    d = H(d, mins, maxs, 0)
    for asset in p.assets:
        d = H(d, *packed_words(asset))
    return d


def public_inputs(claim: Claim, m: int, a: int) -> list[int]:
    """Section 6.2: the list of 7 + M + A elements."""
    fits = len(claim.accounts) <= m and len(claim.prices) <= a
    refuse_unless(fits, "DoesNotFit", "more accounts or assets than the shape has")
    head = [claim.subject, claim.as_of, claim.policy_digest, claim.public_debt, claim.ratio]
    commitments = [account.K for account in claim.accounts]
    return [
        *head,
        claim.context,
        claim.kinds,
        *commitments,
        *[0] * (m - len(commitments)),
        *claim.prices,
        *[0] * (a - len(claim.prices)),
    ]


# From documents to types


def make_claim(
    policy_document: Any,
    prices: Mapping[str, Any],
    accounts: list[Any],
    *,
    subject: str,
    as_of: int,
    public_debt: Any,
    ratio: int,
    kinds: Any = None,
    digest: Any = None,
    context: str = "",
) -> Claim:
    """A claim from documents; kinds and the digest are the right ones unless they are given."""
    p = policy(policy_document)
    basket = tuple(sorted((committed(a) for a in accounts), key=lambda account: account.K))
    right = sum(1 << i for i, account in enumerate(basket) if account.opening.kind == LIABILITY)
    return Claim(
        subject=hashed_text(name(subject)),
        as_of=integer(as_of, 0, 2**64 - 1),
        policy_digest=policy_digest(p) if digest is None else element(digest),
        public_debt=integer_text(public_debt, 80),
        ratio=integer(ratio, 1, 2**20 - 1),
        context=hashed_text(context),
        kinds=right if kinds is None else integer_text(kinds, 64),
        accounts=basket,
        prices=prices_of(p, prices),
        policy=p,
    )


def committed(document: Any) -> Account:
    """An opening with its `commitment` (A.1)."""
    refuse_unless(isinstance(document, dict) and "commitment" in document, "Json", "an account")
    rest = {key: value for key, value in document.items() if key != "commitment"}
    return Account(element(document["commitment"]), opening(rest))


def prices_of(p: Policy, prices: Mapping[str, Any]) -> tuple[int, ...]:
    """One price for each asset in digest order; further assets are ignored (10.5).

    A price of 0 is read here, so that S8 can refuse it.
    """
    refuse_unless(isinstance(prices, Mapping), "Json", "prices")
    every = {name(asset): integer_text(price, 120) for asset, price in prices.items()}
    refuse_unless(all(a.name in every for a in p.assets), "Missing", "a price")
    return tuple(every[a.name] for a in p.assets)


def allocation(document: Any, claim: Claim) -> Allocation:
    """A.2: an allocation with a number for each asset, scenario and tier, else malformed."""
    fields(document, "netted tiers")
    assets, scenarios = len(claim.policy.assets), len(claim.ratios)
    tiers = items(document["tiers"], scenarios, scenarios)
    return Allocation(
        n=tuple(integer_text(n) for n in items(document["netted"], assets, assets)),
        x=tuple(
            tuple(
                tuple(integer_text(x) for x in items(asset, 4, 4))
                for asset in items(scenario, assets, assets)
            )
            for scenario in tiers
        ),
    )


# The statement (6.3), in the order of 6.4


def check(claim: Claim, a: Allocation) -> None:
    """Raise `Fails` with the first clause that fails, in the order of 6.4."""
    check_complete(claim, a)
    T, L = check_claim(claim)
    v, o = [], []
    for i, asset in enumerate(claim.policy.assets):
        check_s3(asset, a.n[i], T[i], L[i])
        v_a, o_a = values(T[i] - a.n[i], L[i] - a.n[i], claim.prices[i])
        require(v_a < 2**80 and o_a < 2**80, "S4", asset.name)
        v.append(v_a)
        o.append(o_a)
    for j in range(len(claim.ratios)):
        check_scenario(claim, j, a.x[j], v, o)


def check_complete(claim: Claim, a: Allocation) -> None:
    """Section 6.4: an allocation without a number for each asset, scenario and tier."""
    assets, scenarios = len(claim.policy.assets), len(claim.ratios)
    complete = len(a.n) == assets and len(a.x) == scenarios
    complete = complete and all(len(x_j) == assets for x_j in a.x)
    complete = complete and all(len(x) == 4 for x_j in a.x for x in x_j)
    refuse_unless(complete, "Malformed", "an allocation that lacks numbers")


def check_claim(claim: Claim) -> tuple[Totals, Totals]:
    """Steps 1 to 3 of section 6.4, whatever is allocated; the totals T and L."""
    commitments = [account.K for account in claim.accounts]
    ascending = commitments == sorted(set(commitments))
    if not ascending or 0 in commitments:
        raise NotAStatement("commitments are not strictly ascending from above 0")
    check_s1(claim)
    check_s8(claim)
    return sums(claim)


def check_s1(claim: Claim) -> None:
    """S1, for each account; and no kind of an account that there is not (6.2)."""
    for i, account in enumerate(claim.accounts):
        require(account.opening.subject == claim.subject, "S1", f"subject of account {i}")
        require(account.opening.kind == claim.kinds >> i & 1, "S1", f"kind of account {i}")
        require(account.opening.as_of == claim.as_of, "S1", f"time of account {i}")
        require(commitment(account.opening) == account.K, "S1", f"opening of account {i}")
    require(claim.kinds >> len(claim.accounts) == 0, "S1", "a kind of no account")


def check_s8(claim: Claim) -> None:
    """S8: prices that are not 0, the public digest, packed fields in range (6.2)."""
    require(all(price != 0 for price in claim.prices), "S8", "a price of 0")
    require(policy_digest(claim.policy) == claim.policy_digest, "S8", "the policy's digest")
    ids = [asset.id for asset in claim.policy.assets]
    require(0 not in ids and ids == sorted(set(ids)), "S8", "asset ids")
    for asset in claim.policy.assets:
        shares = max(asset.max_share, *asset.weights) <= BPS
        packed = max(asset.widths) < 2**60 and asset.group_mask < 2**15
        require(shares and packed, "S8", f"a packed field of {asset.name}")


def sums(claim: Claim) -> tuple[Totals, Totals]:
    """S2: T and L of each asset."""
    totals = ({a.id: 0 for a in claim.policy.assets}, {a.id: 0 for a in claim.policy.assets})
    for account in claim.accounts:
        kind = account.opening.kind
        for e in account.opening.entries:
            listed = is_listed(e, totals[kind])
            require(e == 0 or listed or kind != LIABILITY, "S2", "a liability that is not listed")
            if listed:
                totals[kind][e >> 128] += e & 2**128 - 1
    T, L = (tuple(total.values()) for total in totals)
    require(max(T + L) < 2**128, "S2", "a total of 2^128 or more")
    return T, L


def is_listed(e: int, ids: Mapping[int, int]) -> bool:
    """Section 4: well formed, and of an asset of the policy."""
    return e >> 112 & 0xFFFF == 0 and e < 2**248 and e >> 128 in ids


def check_s3(asset: Asset, n: int, T: int, L: int) -> None:
    """S3 for one asset."""
    require(0 <= n <= min(T, L), "S3", asset.name)
    require(n == 0 or asset.netting, "S3", f"{asset.name} is not netted")


def values(collateral: int, liability: int, price: int) -> tuple[int, int]:
    """S4: v and o in micro-units, rounded against the prover."""
    return collateral * price // 10**30, -(-liability * price // 10**30)


def check_scenario(
    claim: Claim, j: int, x: tuple[tuple[int, ...], ...], v: list[int], o: list[int]
) -> None:
    """S5, S6 and S7 in scenario j."""
    p = claim.policy
    m = [asset.multipliers[j] for asset in p.assets]
    for i, asset in enumerate(p.assets):
        check_s5(asset, x[i], v[i] * m[i])
    c = [sum(x_l * w for x_l, w in zip(x[i], asset.weights)) for i, asset in enumerate(p.assets)]
    C = sum(c)
    for c_a, asset in zip(c, p.assets):
        require(c_a * BPS <= asset.max_share * C, "S6", f"{asset.name} in scenario {j}")
    for g, group in enumerate(p.groups):
        share = BPS * sum(c_a for c_a, asset in zip(c, p.assets) if asset.group_mask >> g & 1)
        within = group.min_share * C <= share <= group.max_share * C
        require(within, "S6", f"group {g} in scenario {j}")
    owed = BPS * claim.public_debt + sum(o_a * m_a for o_a, m_a in zip(o, m))
    require(C >= claim.ratios[j] * owed, "S7", f"scenario {j}")


def check_s5(asset: Asset, x: tuple[int, ...], stressed: int) -> None:
    """S5 for one asset in one scenario."""
    require(min(x) >= 0, "S5", f"{asset.name}: a negative part")
    bounded = all(x_l <= width * 10**10 for x_l, width in zip(x, asset.widths))
    require(bounded, "S5", f"{asset.name}: more than a tier holds")
    require(sum(x) <= stressed, "S5", f"{asset.name}: more than there is")


def check_s9(claim: Claim, expected: int) -> None:
    """S9: the relying party compares the context that it expects."""
    require(claim.context == expected, "S9", "another context")
