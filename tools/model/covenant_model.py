"""An independent model of the specification: identifiers, commitments, the policy digest,
and the relation S1..S9 as a checker of a claim together with an explicit allocation.

Written from the specification's text alone, for agreement tests against the product; slow,
exact integers only, and no part of what is shipped. Whether any allocation exists at all is
decided in `decide.py`.
"""

import json
from dataclasses import dataclass

import rfc8785
from Crypto.Hash import keccak

from poseidon import R, hash4

BPS = 10**4
AMOUNT, PRICE, VALUE, DEBT = 1 << 112, 1 << 120, 1 << 80, 1 << 80
MULTIPLIER, RATIO, SCENARIO_RATIO = 1 << 16, 1 << 20, 1 << 16
SCENARIOS, GROUPS, TIERS = 15, 15, 4
WIDTH_SCALE = 10**10  # whole quote units -> micro-units times a multiplier in basis points
VALUE_DIVISOR = 10**30  # price is times 10^36, value in units of 10^-6


class Malformed(ValueError):
    """Not a claim (a number out of its range, a document that is not a policy)."""


class Fails(Exception):
    """The claim with this allocation does not satisfy `clause`."""

    def __init__(self, clause, why):
        super().__init__(f"{clause}: {why}")
        self.clause = clause


def need(ok, why):
    if not ok:
        raise Malformed(why)


def ranged(value, bound, what):
    need(type(value) is int and 0 <= value < bound, f"{what} is out of range: {value!r}")
    return value


# --- SPEC 3: hash and identifiers -------------------------------------------------------


def keccak256(data):
    return int.from_bytes(keccak.new(digest_bits=256, data=data).digest(), "big")


def asset_id(name):
    value = keccak256(name.encode()) >> 136
    need(value, f"asset {name} has id 0")
    return value


def short_hash(data):
    """Subject ids, account references, `terms`, `context`: 248 bits."""
    return keccak256(data) >> 8


def tag(text):
    return int.from_bytes(text.encode(), "big")


# --- SPEC 4: account commitment ---------------------------------------------------------


@dataclass(frozen=True)
class Account:
    kind: str  # "collateral" or "liability"
    subject: str
    as_of: int
    blinding: int
    positions: tuple  # of (asset name, amount)

    @classmethod
    def parse(cls, document):
        need(document["kind"] in ("collateral", "liability"), "kind is unknown")
        positions = tuple((a, ranged(int(n), AMOUNT, "amount")) for a, n in document["positions"])
        blinding = ranged(int(document["blinding"], 16), R, "blinding")
        as_of = ranged(document["as_of"], 1 << 64, "as_of")
        return cls(document["kind"], document["subject"], as_of, blinding, positions)

    def commitment(self):
        entries = [asset_id(a) * 2**128 + amount for a, amount in self.positions]
        entries += [0] * (-len(entries) % 3)
        header = tag(f"covenant/{self.kind}/v1")
        h = hash4(header, short_hash(self.subject.encode()), self.as_of, self.blinding)
        for i in range(0, len(entries), 3):
            h = hash4(h, *entries[i : i + 3])
        return h


# --- SPEC 5: policy ---------------------------------------------------------------------


@dataclass(frozen=True)
class Asset:
    name: str
    id: int
    netting: bool
    share: int
    groups: frozenset  # indices
    widths: tuple  # three, whole quote units
    weights: tuple  # four
    multipliers: tuple  # of scenarios 1.., as many as the policy has


@dataclass(frozen=True)
class Policy:
    terms: int
    assets: tuple  # ascending ids
    ratios: tuple  # of scenarios 1..
    groups: tuple  # of (min share, max share)

    @classmethod
    def parse(cls, text):
        document = strict_json(text)
        exactly(document, "version name quote min_ratio_bps ratio_step_bps assets groups scenarios")
        need(document["version"] == 1, "version is not 1")
        groups = document["groups"]
        need(len(groups) <= GROUPS, "more than 15 groups")
        for g in groups:
            exactly(g, "name min_share_bps max_share_bps")
        names = [g["name"] for g in groups]
        need(len(set(names)) == len(names), "a group is listed twice")
        scenarios = document["scenarios"]
        need(len(scenarios) <= SCENARIOS, "more than 15 scenarios")
        for s in scenarios:
            exactly(s, "name min_ratio_bps moves_bps")
        assets = [parse_asset(a, names, scenarios) for a in document["assets"]]
        listed = {a.name for a in assets}
        need(len({a.id for a in assets}) == len(assets), "an asset is listed twice")
        need(all(set(s["moves_bps"]) <= listed for s in scenarios), "a move of an unlisted asset")
        return cls(
            terms=short_hash(rfc8785.dumps(document)),
            assets=tuple(sorted(assets, key=lambda a: a.id)),
            ratios=tuple(ranged(s["min_ratio_bps"], SCENARIO_RATIO, "ratio") for s in scenarios),
            groups=tuple(
                (
                    ranged(g["min_share_bps"], BPS + 1, "share"),
                    ranged(g["max_share_bps"], BPS + 1, "share"),
                )
                for g in groups
            ),
        )

    def digest(self):
        d = hash4(tag("covenant/policy/v1"), self.terms, pack16(self.ratios), len(self.assets))
        low, high = ([g[side] for g in self.groups] for side in (0, 1))
        d = hash4(d, pack16(low), pack16(high), 0)
        for asset in self.assets:
            d = hash4(d, *words(asset))
        return d

    def multiplier(self, scenario, asset):
        return BPS if scenario == 0 else asset.multipliers[scenario - 1]


def parse_asset(document, groups, scenarios):
    exactly(document, "asset symbol decimals netting max_share_bps groups tiers")
    name, tiers = document["asset"], document["tiers"]
    need(1 <= len(tiers) <= TIERS, "1 to 4 tiers")
    for i, t in enumerate(tiers):
        exactly(t, "up_to weight_bps" if i + 1 < len(tiers) else "weight_bps")
    bounds = [0] + [ranged(t["up_to"], 1 << 60, "up_to") for t in tiers[:-1]]
    widths = [high - low for low, high in zip(bounds, bounds[1:])]
    need(all(w > 0 for w in widths), "tiers must ascend strictly")
    weights = [ranged(t["weight_bps"], BPS + 1, "weight") for t in tiers]
    need(weights == sorted(weights, reverse=True), "weights must not increase")
    need(set(document["groups"]) <= set(groups), "a group is not defined")
    missing = TIERS - len(tiers)
    return Asset(
        name=name,
        id=asset_id(name),
        netting=document["netting"],
        share=ranged(document["max_share_bps"], BPS + 1, "share"),
        groups=frozenset(groups.index(g) for g in document["groups"]),
        widths=tuple(widths + [0] * missing),
        weights=tuple(weights[:-1] + [weights[-1]] * (missing + 1)),
        multipliers=tuple(
            ranged(BPS + s["moves_bps"].get(name, 0), MULTIPLIER, "multiplier") for s in scenarios
        ),
    )


def words(asset):
    """w1, w2, w3 of SPEC 5."""
    m = [*asset.multipliers, *[0] * (SCENARIOS - len(asset.multipliers))]
    mask = sum(1 << g for g in asset.groups)
    width, weight = asset.widths, asset.weights
    w1 = asset.id + (asset.share << 120) + (mask << 136) + (int(asset.netting) << 152)
    w2 = width[0] + (weight[0] << 64) + (width[1] << 80) + (weight[1] << 144)
    w3 = width[2] + (weight[2] << 64) + (weight[3] << 80)
    return w1 + (pack16(m[:5]) << 160), w2 + (pack16(m[5:10]) << 160), w3 + (pack16(m[10:]) << 96)


def pack16(numbers):
    return sum(x << (16 * i) for i, x in enumerate(numbers))


def strict_json(text):
    """JSON without floats, duplicate keys or the constants NaN and Infinity."""

    def refuse(what):
        raise Malformed(f"number {what} is not an integer")

    def unique(pairs):
        need(len({k for k, _ in pairs}) == len(pairs), "a key is repeated")
        return dict(pairs)

    return json.loads(text, object_pairs_hook=unique, parse_float=refuse, parse_constant=refuse)


def exactly(document, keys):
    need(set(document) == set(keys.split()), f"fields {sorted(document)} are not: {keys}")


# --- SPEC 6: statement ------------------------------------------------------------------


@dataclass(frozen=True)
class Claim:
    policy: Policy
    subject: str
    as_of: int
    public_debt: int
    ratio: int
    kinds: int  # 2^(m - 1) for each account m that is a liability, by ascending commitment
    accounts: tuple
    prices: dict  # asset name -> scaled price; 0 is no price (S8)

    @classmethod
    def parse(cls, document):
        policy = Policy.parse(document["policy"])
        prices = {a.name: int(document["prices"][a.name]) for a in policy.assets}
        need(document["ratio"] >= 1, "a base ratio of 0")
        return cls(
            policy=policy,
            subject=document["subject"],
            as_of=ranged(document["as_of"], 1 << 64, "as_of"),
            public_debt=ranged(int(document["public_debt"]), DEBT, "debt"),
            ratio=ranged(document["ratio"], RATIO, "ratio"),
            kinds=ranged(int(document["kinds"]), R, "kinds"),
            accounts=tuple(Account.parse(a) for a in document["accounts"]),
            prices={name: ranged(p, PRICE, "price") for name, p in prices.items()},
        )

    def scenarios(self):
        """The ratios of the scenarios, the base first."""
        return (self.ratio, *self.policy.ratios)


@dataclass(frozen=True)
class Allocation:
    netted: tuple  # n_a, in digest order
    tiers: tuple  # [scenario][asset][tier] -> x


def opened(claim):
    """S1: what a list of non-zero, strictly ascending commitments must open to, each as the
    account of its public kind."""
    for account in claim.accounts:
        if short_hash(account.subject.encode()) != short_hash(claim.subject.encode()):
            raise Fails("S1", "an account of another subject")
        if account.as_of != claim.as_of:
            raise Fails("S1", "an account of another time")
    commitments = [a.commitment() for a in claim.accounts]
    if 0 in commitments or len(set(commitments)) != len(commitments):
        raise Fails("S1", "the commitments are not ascending")
    if claim.kinds != kinds_of(claim.accounts):
        raise Fails("S1", "an account of another kind, or a kind of no account")
    return commitments


def kinds_of(accounts):
    """The public kinds of accounts, an unused slot's bit being 0."""
    basket = sorted(accounts, key=Account.commitment)
    return sum(1 << m for m, account in enumerate(basket) if account.kind == "liability")


def priced(claim):
    """S8: the price of every asset of the policy is not 0."""
    for asset in claim.policy.assets:
        if claim.prices[asset.name] == 0:
            raise Fails("S8", f"{asset.name} has no price")


def totals(claim):
    """S2: [(T_a, L_a)] in digest order."""
    total = {a.id: [0, 0] for a in claim.policy.assets}
    for account in claim.accounts:
        for name, amount in account.positions:
            if asset_id(name) in total:
                total[asset_id(name)][account.kind == "liability"] += amount
            elif account.kind == "liability":
                raise Fails("S2", f"a liability in {name}, which the policy lacks")
    return [tuple(pair) for pair in total.values()]


def largest_netting(asset, total):
    return min(total) if asset.netting else 0


def valued(total, netted, price):
    """S4 without its bound: the value floored, the obligation ceiled."""
    collateral, liability = ((side - netted) * price for side in total)
    return collateral // VALUE_DIVISOR, -(-liability // VALUE_DIVISOR)


def check(claim, allocation):
    """Raises `Fails` unless the claim holds with this allocation."""
    opened(claim)
    priced(claim)
    assets = claim.policy.assets
    values = []
    for asset, total, netted in zip(assets, totals(claim), allocation.netted, strict=True):
        if not 0 <= netted <= largest_netting(asset, total):
            raise Fails("S3", f"{netted} of {asset.name} netted")
        v, o = valued(total, netted, claim.prices[asset.name])
        if max(v, o) >= VALUE:
            raise Fails("S4", f"the value of {asset.name} is too large")
        values.append((v, o))
    for j, (ratio, tiers) in enumerate(zip(claim.scenarios(), allocation.tiers, strict=True)):
        multipliers = [claim.policy.multiplier(j, a) for a in assets]
        counted = []
        for asset, (v, _), m, x in zip(assets, values, multipliers, tiers, strict=True):
            widths = [w * WIDTH_SCALE for w in asset.widths]
            if len(x) != TIERS or min(x) < 0 or sum(x) > v * m:
                raise Fails("S5", f"more of {asset.name} counted than there is")
            if any(part > width for part, width in zip(x, widths)):
                raise Fails("S5", f"a tier of {asset.name} overfilled")
            counted.append(sum(part * weight for part, weight in zip(x, asset.weights)))
        total = sum(counted)
        for asset, c in zip(assets, counted):
            if c * BPS > asset.share * total:
                raise Fails("S6", f"the share of {asset.name}")
        for g, (low, high) in enumerate(claim.policy.groups):
            members = BPS * sum(c for a, c in zip(assets, counted) if g in a.groups)
            if not low * total <= members <= high * total:
                raise Fails("S6", f"the share of group {g}")
        owed = BPS * claim.public_debt + sum(o * m for (_, o), m in zip(values, multipliers))
        if total < ratio * owed:
            raise Fails("S7", f"coverage in scenario {j}")
