"""Names, identifiers and the JSON documents of the statement (sections 3.2, 3.3, 5, 10).

A document that is not valid raises `Malformed`; its `code` is the specification's name for the
error where there is one.
"""

import json
import re
from dataclasses import dataclass
from typing import Any

import rfc8785
from Crypto.Hash import keccak

from poseidon import R

COLLATERAL, LIABILITY = 0, 1
KINDS = {"collateral": COLLATERAL, "liability": LIABILITY}
BPS = 10**4
MAX_POSITIONS = 2**17
CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f]")
WHITE_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)


class Malformed(ValueError):
    """A document or value that is refused."""

    def __init__(self, code: str, detail: str):
        super().__init__(f"{code}: {detail}")
        self.code = code


def refuse_unless(condition: bool, code: str, detail: str) -> None:
    """Raise `Malformed` where the condition does not hold."""
    if not condition:
        raise Malformed(code, detail)


# Identifiers (3.2, 3.3)


def keccak256(data: bytes) -> bytes:
    """Ethereum's keccak256 (Conventions)."""
    return keccak.new(digest_bits=256, data=data).digest()


def keccak_number(data: bytes, shift: int) -> int:
    """keccak256 as a big-endian number, shifted to the right."""
    return int.from_bytes(keccak256(data), "big") >> shift


def name(value: Any, code: str = "Malformed") -> str:
    """Section 3.2: a name, unchanged."""
    refuse_unless(isinstance(value, str), "Json", "a name is not text")
    try:
        size = len(value.encode())
    except UnicodeEncodeError as error:
        raise Malformed(code, "a name is not UTF-8") from error
    refuse_unless(1 <= size <= 200, code, "a name has not 1 to 200 bytes")
    refuse_unless(not CONTROL.search(value), code, "a name has a control character")
    refuse_unless(value == value.strip(WHITE_SPACE), code, "a name begins or ends with a blank")
    return value


def asset_id(asset: str) -> int:
    """Section 3.3: 120 bits, not 0."""
    number = keccak_number(asset.encode(), 136)
    refuse_unless(number != 0, "ZeroId", asset)
    return number


def hashed_text(text: str) -> int:
    """Section 3.3: subject id, account reference, or context off chain (248 bits)."""
    return keccak_number(text.encode(), 8)


def price_of_whole_unit(mantissa: int, pd: int, decimals: int) -> int:
    """Section 2.1: the price of the statement from a source's price of a whole unit."""
    exponent = 36 - pd - decimals
    refuse_unless(exponent >= 0, "Exponent", str(exponent))
    price = mantissa * 10**exponent
    refuse_unless(price > 0, "Zero", "a price of 0")
    refuse_unless(price < 2**120, "TooLarge", str(price))
    return price


# Reading JSON (10.1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    keys = [key for key, _ in pairs]
    refuse_unless(len(set(keys)) == len(keys), "Json", "a duplicate key")
    return dict(pairs)


def _integer(text: str) -> int:
    refuse_unless(text != "-0", "Json", "-0")
    refuse_unless(len(text) <= 40, "Json", "a number too long")
    return int(text)


def _refused(text: str) -> Any:
    raise Malformed("Json", f"{text} is no integer")


def read_json(text: str) -> Any:
    """One JSON value; duplicate keys and numbers other than plain integers are refused."""
    try:
        return json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refused,
            parse_constant=_refused,
        )
    except (json.JSONDecodeError, RecursionError) as error:
        raise Malformed("Json", str(error)) from error


def fields(value: Any, required: str, optional: str = "") -> dict[str, Any]:
    """An object with exactly these fields."""
    refuse_unless(isinstance(value, dict), "Json", "not an object")
    missing = set(required.split()) - value.keys()
    unknown = value.keys() - set(required.split()) - set(optional.split())
    refuse_unless(not missing and not unknown, "Json", f"fields {sorted(missing | unknown)}")
    return value


def integer(value: Any, low: int, high: int) -> int:
    """A JSON integer of low .. high."""
    refuse_unless(type(value) is int, "Json", f"{value!r} is no number")
    refuse_unless(low <= value <= high, "Range", f"{value} is not {low} .. {high}")
    return value


def version_1(value: Any) -> None:
    """The number 1."""
    refuse_unless(type(value) is int, "Json", "version is no number")
    refuse_unless(value == 1, "Version", str(value))


def integer_text(value: Any, bits: int = 128) -> int:
    """Decimal digits as text, without sign or leading zeros (10.1), below 2^bits."""
    good = isinstance(value, str) and re.fullmatch("0|[1-9][0-9]{0,99}", value, re.ASCII)
    refuse_unless(bool(good), "Json", f"{value!r} is no integer text")
    number = int(value)
    refuse_unless(number < 2**bits, "Range", f"{value} has more than {bits} bits")
    return number


def element(value: Any) -> int:
    """`0x` and 1 to 64 lower-case hex digits, below r (10.1)."""
    good = isinstance(value, str) and re.fullmatch("0x[0-9a-f]{1,64}", value)
    refuse_unless(bool(good), "Json", f"{value!r} is no element")
    refuse_unless(int(value, 16) < R, "Range", f"{value} is not below r")
    return int(value, 16)


def items(value: Any, low: int, high: int) -> list[Any]:
    """A list of low .. high items."""
    refuse_unless(isinstance(value, list), "Json", "not a list")
    refuse_unless(low <= len(value) <= high, "Range", f"a list of {len(value)}")
    return value


def _distinct(values: list[Any], what: str) -> None:
    refuse_unless(len(set(values)) == len(values), "Duplicate", what)


# Openings (10.2)


@dataclass(frozen=True)
class Opening:
    """An account (section 4), with entries in place of positions, which may be a stranger's."""

    kind: int
    subject: int
    as_of: int
    blinding: int
    entries: tuple[int, ...]


def opening(document: Any) -> Opening:
    """Section 10.2; the vectors leave `version` out."""
    fields(document, "kind subject as_of blinding positions", "version")
    version_1(document.get("version", 1))
    kind = document["kind"]
    refuse_unless(isinstance(kind, str) and kind in KINDS, "Json", "an unknown kind")
    return Opening(
        kind=KINDS[kind],
        subject=hashed_text(name(document["subject"])),
        as_of=integer(document["as_of"], 0, 2**64 - 1),
        blinding=element(document["blinding"]),
        entries=tuple(map(entry, items(document["positions"], 0, MAX_POSITIONS))),
    )


def entry(position: Any) -> int:
    """Section 4: e = asset id x 2^128 + amount."""
    refuse_unless(isinstance(position, list) and len(position) == 2, "Json", "no position")
    return asset_id(name(position[0])) << 128 | integer_text(position[1], 112)


# Policies (5.1 to 5.3)


@dataclass(frozen=True)
class Asset:
    """An asset of a policy, with the tiers, group mask and multipliers as section 5.4 has them."""

    id: int
    name: str
    decimals: int
    netting: bool
    max_share: int
    group_mask: int
    widths: tuple[int, int, int]
    weights: tuple[int, int, int, int]
    multipliers: tuple[int, ...]
    """One for each scenario, the base (10^4) first."""


@dataclass(frozen=True)
class Group:
    """Smallest and largest share of a group (S6)."""

    min_share: int
    max_share: int


@dataclass(frozen=True)
class Policy:
    """A valid policy: assets in digest order, ratios of the scenarios 1, 2, .."""

    terms: int
    assets: tuple[Asset, ...]
    groups: tuple[Group, ...]
    ratios: tuple[int, ...]
    quote: str
    min_ratio: int
    ratio_step: int


def policy(document: Any) -> Policy:
    """A policy document (5.1), valid by section 5.2."""
    fields(
        document, "version name quote min_ratio_bps ratio_step_bps assets groups scenarios"
    )
    version_1(document["version"])
    name(document["name"], "Name")
    groups = [_group(g) for g in items(document["groups"], 0, 15)]
    _distinct([g for g, _ in groups], "groups")
    scenarios = [_scenario(s) for s in items(document["scenarios"], 0, 15)]
    _distinct([s["name"] for s in scenarios], "scenarios")
    numbers = {g: i for i, (g, _) in enumerate(groups)}
    assets = [_asset(a, numbers, scenarios) for a in items(document["assets"], 1, 2**16 - 1)]
    _distinct([a.id for a in assets], "assets")
    moved = {a for s in scenarios for a in s["moves_bps"]}
    refuse_unless(moved <= {a.name for a in assets}, "Undefined", "a move of no asset")
    return Policy(
        terms=keccak_number(canonical(document), 8),
        assets=tuple(sorted(assets, key=lambda a: a.id)),
        groups=tuple(g for _, g in groups),
        ratios=tuple(s["min_ratio_bps"] for s in scenarios),
        quote=name(document["quote"], "Name"),
        min_ratio=integer(document["min_ratio_bps"], 1, 2**20 - 1),
        ratio_step=integer(document["ratio_step_bps"], 1, 2**20 - 1),
    )


def _group(document: Any) -> tuple[str, Group]:
    fields(document, "name min_share_bps max_share_bps")
    low = integer(document["min_share_bps"], 0, BPS)
    return name(document["name"], "Name"), Group(low, integer(document["max_share_bps"], low, BPS))


def _scenario(document: Any) -> dict[str, Any]:
    fields(document, "name min_ratio_bps moves_bps")
    name(document["name"], "Name")
    integer(document["min_ratio_bps"], 0, 2**16 - 1)
    refuse_unless(isinstance(document["moves_bps"], dict), "Json", "moves_bps")
    for asset, move in document["moves_bps"].items():
        name(asset, "Name")
        integer(move, -BPS, 2**16 - 1 - BPS)
    return document


def _asset(document: Any, groups: dict[str, int], scenarios: list[dict[str, Any]]) -> Asset:
    fields(document, "asset symbol decimals netting max_share_bps groups tiers")
    asset = name(document["asset"], "Name")
    name(document["symbol"], "Name")
    refuse_unless(type(document["netting"]) is bool, "Json", "netting")
    members = document["groups"]
    refuse_unless(isinstance(members, list), "Json", "groups")
    members = [name(g, "Name") for g in members]
    _distinct(members, "a group of an asset")
    refuse_unless(set(members) <= groups.keys(), "Undefined", "a group of an asset")
    widths, weights = _tiers(document["tiers"])
    return Asset(
        id=asset_id(asset),
        name=asset,
        decimals=integer(document["decimals"], 0, 36),
        netting=document["netting"],
        max_share=integer(document["max_share_bps"], 0, BPS),
        group_mask=sum(1 << groups[g] for g in members),
        widths=widths,
        weights=weights,
        multipliers=(BPS, *(BPS + s["moves_bps"].get(asset, 0) for s in scenarios)),
    )


def _tiers(document: Any) -> tuple[tuple[int, int, int], tuple[int, int, int, int]]:
    """Section 5.4: three widths and four weights, of tiers that are in order (5.2)."""
    tiers = [fields(t, "weight_bps", "up_to") for t in items(document, 1, 4)]
    weights = [integer(t["weight_bps"], 0, BPS) for t in tiers]
    refuse_unless(tiers[-1].get("up_to") is None, "Tiers", "the last has an up_to")
    refuse_unless(all(t.get("up_to") is not None for t in tiers[:-1]), "Tiers", "no up_to")
    ends = [0] + [integer(t["up_to"], 1, 2**60 - 1) for t in tiers[:-1]]
    widths = [b - a for a, b in zip(ends, ends[1:])]
    refuse_unless(all(w > 0 for w in widths), "Tiers", "an up_to is not above the one before")
    refuse_unless(weights == sorted(weights, reverse=True), "Tiers", "weights increase")
    missing = 4 - len(tiers)
    return tuple(widths + [0] * missing), tuple(weights + weights[-1:] * missing)


def canonical(document: Any) -> bytes:
    """Section 5.3: the RFC 8785 form of a policy document."""
    return rfc8785.dumps(_as_doubles(document))


def _as_doubles(value: Any) -> Any:
    """Integers from 2^53 on become doubles; an `up_to` of null is left out."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if not (k == "up_to" and v is None)}
        return {k: _as_doubles(v) for k, v in kept.items()}
    if isinstance(value, list):
        return [_as_doubles(v) for v in value]
    if type(value) is int and abs(value) >= 2**53:
        return float(value)
    return value
