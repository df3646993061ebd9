"""Names, identifiers and the JSON documents of the statement (sections 2.1, 3.2, 3.3, 5, 10.1).

A document that is not valid raises `Malformed`; its `code` is the specification's name for the
error where there is one.
"""

import json
import re
import string
from dataclasses import dataclass
from typing import Any

import rfc8785
from Crypto.Hash import keccak

from poseidon import R

COLLATERAL, LIABILITY = 0, 1
KINDS = {"collateral": COLLATERAL, "liability": LIABILITY}
BPS = 10**4
MAX_POSITIONS = 2**17
MAX_FILE, MAX_OPENING_FILE = 2**20, 2**24
MAX_TIME = 2**64 - 1
MAX_WHOLE_UNITS = 2**53 - 1
"""Of `up_to` and `report_grain` (section 2)."""
GROUPS = 15
CONTROL = re.compile("[\u0000-\u001f\u007f-\u009f]")
WHITE_SPACE = (
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009"
    "\u200a\u2028\u2029\u202f\u205f\u3000"
)
TO_LOWER = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


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


def keccak_number(data: bytes, shift: int = 0) -> int:
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


def hashed_form(asset: str) -> str:
    """Section 3.3: `eip155:` names in lower case, every other name as it is."""
    return asset.translate(TO_LOWER) if asset.startswith("eip155:") else asset


def asset_id(asset: str, code: str = "ZeroId") -> int:
    """Section 3.3: 120 bits, not 0."""
    number = keccak_number(hashed_form(asset).encode(), 136)
    refuse_unless(number != 0, code, asset)
    return number


def hashed_text(text: str) -> int:
    """Section 3.3: subject, secured party, holder, context or facility off chain (248 bits)."""
    return keccak_number(text.encode(), 8)


def checksummed(digits: str) -> str:
    """An address of 40 lower-case hex digits, written as EIP-55 says."""
    marks = keccak256(digits.encode()).hex()
    return "0x" + "".join(c.upper() if int(m, 16) >= 8 else c for c, m in zip(digits, marks))


def abi_encoded(*words: int | bytes) -> bytes:
    """abi.encode of values of one word each: padded with zeros on the left."""
    numbers = (int.from_bytes(w, "big") if isinstance(w, bytes) else w for w in words)
    return b"".join(number.to_bytes(32, "big") for number in numbers)


def context_on_chain(chain: int, registry: int, facility: int, epoch: int) -> int:
    """Section 11.1: the context of a facility's proofs."""
    tag = keccak256(b"covenant/context/v1")
    return keccak_number(abi_encoded(tag, chain, registry, facility, epoch), 8)


def facility_on_chain(chain: int, registry: int, facility: int) -> int:
    """Section 11.1: the facility of a control undertaking."""
    tag = keccak256(b"covenant/facility/v1")
    return keccak_number(abi_encoded(tag, chain, registry, facility), 8)


def facility_id(owner: int, salt: int) -> int:
    """Section 11.1: 128 bits."""
    return keccak_number(abi_encoded(owner, salt), 128)


# Prices of whole units (2.1)


def price_of_whole_unit(mantissa: int, pd: int, decimals: int) -> int:
    """The price of the statement from a source's price of a whole unit."""
    exponent = 36 - pd - decimals
    refuse_unless(exponent >= 0, "Exponent", str(exponent))
    price = mantissa * 10**exponent
    refuse_unless(price > 0, "Zero", "a price of 0")
    refuse_unless(price < 2**120, "TooLarge", str(price))
    return price


def largest_price(decimals: int) -> tuple[int, int]:
    """The bound on the price of a whole unit, as a fraction: numerator and denominator."""
    return (2**120 - 1) * 10**decimals, 10**36


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
        value = json.loads(
            text,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_refused,
            parse_constant=_refused,
        )
        json.dumps(value, ensure_ascii=False).encode()
    except (json.JSONDecodeError, UnicodeEncodeError, RecursionError) as error:
        raise Malformed("Json", str(error)) from error
    return value


def read_file(data: bytes, most: int = MAX_FILE) -> Any:
    """The JSON value of a file of at most so many bytes, in UTF-8."""
    refuse_unless(len(data) <= most, "TooLarge", f"{len(data)} bytes")
    try:
        return read_json(data.decode())
    except UnicodeDecodeError as error:
        raise Malformed("Json", "not UTF-8") from error


def fields(
    value: Any, required: str, optional: str = "", null: bool = False
) -> dict[str, Any]:
    """An object with exactly these fields, none of them `null` unless that is allowed."""
    refuse_unless(isinstance(value, dict), "Json", "not an object")
    missing = set(required.split()) - value.keys()
    unknown = value.keys() - set(required.split()) - set(optional.split())
    refuse_unless(not missing and not unknown, "Json", f"fields {sorted(missing | unknown)}")
    refuse_unless(null or None not in value.values(), "Json", "null")
    return value


def integer(value: Any, low: int, high: int) -> int:
    """A JSON integer of low .. high."""
    refuse_unless(type(value) is int, "Json", f"{value!r} is no number")
    refuse_unless(low <= value <= high, "Range", f"{value} is not {low} .. {high}")
    return value


def unix_time(value: Any) -> int:
    """Unix seconds, a number below 2^64."""
    return integer(value, 0, MAX_TIME)


def boolean(value: Any) -> bool:
    """`true` or `false`."""
    refuse_unless(type(value) is bool, "Json", f"{value!r} is not true or false")
    return value


def any_text(value: Any) -> str:
    """Any text."""
    refuse_unless(isinstance(value, str), "Json", f"{value!r} is no text")
    return value


def version_2(value: Any) -> None:
    """The number 2."""
    refuse_unless(type(value) is int, "Json", "version is no number")
    refuse_unless(value == 2, "Version", str(value))


def integer_text(value: Any, bits: int = 128) -> int:
    """Decimal digits as text, without sign or leading zeros (10.1), below 2^bits."""
    good = isinstance(value, str) and re.fullmatch("0|[1-9][0-9]{0,99}", value, re.ASCII)
    refuse_unless(bool(good), "Json", f"{value!r} is no integer text")
    number = int(value)
    refuse_unless(number < 2**bits, "Range", f"{value} has more than {bits} bits")
    return number


def hash_text(value: Any) -> int:
    """A hash (10.1): `0x` and 1 to 64 lower-case hex digits, so below 2^256."""
    good = isinstance(value, str) and re.fullmatch("0x[0-9a-f]{1,64}", value)
    refuse_unless(bool(good), "Json", f"{value!r} is no element and no hash")
    return int(value, 16)


def element(value: Any, bound: int = R) -> int:
    """An element (10.1), below r unless a smaller bound is given."""
    number = hash_text(value)
    refuse_unless(number < bound, "Range", f"{value} is not below {bound}")
    return number


def identifier(value: Any) -> int:
    """An element below 2^248 (3.3)."""
    return element(value, 2**248)


def kind_of(value: Any) -> int:
    """`collateral` or `liability`."""
    refuse_unless(isinstance(value, str) and value in KINDS, "Json", "an unknown kind")
    return KINDS[value]


def items(value: Any, low: int, high: int) -> list[Any]:
    """A list of low .. high items."""
    refuse_unless(isinstance(value, list), "Json", "not a list")
    refuse_unless(low <= len(value) <= high, "Range", f"a list of {len(value)}")
    return value


def distinct(values: list[Any], code: str, what: str) -> None:
    """No value occurs twice."""
    refuse_unless(len(set(values)) == len(values), code, what)


def canonical(document: Any) -> bytes:
    """Section 5.3: the RFC 8785 form of a document whose numbers are all below 2^53."""
    return rfc8785.dumps(document)


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
    """Section 10.2."""
    fields(document, "version kind subject as_of blinding positions")
    version_2(document["version"])
    return Opening(
        kind=kind_of(document["kind"]),
        subject=hashed_text(name(document["subject"])),
        as_of=unix_time(document["as_of"]),
        blinding=element(document["blinding"]),
        entries=entries(document["positions"]),
    )


def entries(positions: Any) -> tuple[int, ...]:
    """Section 4: e = asset id x 2^128 + amount, of each position."""
    return tuple(map(entry, items(positions, 0, MAX_POSITIONS)))


def entry(position: Any) -> int:
    """The entry of one `[asset name, amount]`."""
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
    may_owe: bool
    max_share: int
    max_held_share: int
    group_mask: int
    widths: tuple[int, int, int]
    weights: tuple[int, int, int, int]
    multipliers: tuple[int, ...]
    """One for each scenario, the base (10^4) first."""


@dataclass(frozen=True)
class Group:
    """Shares of a group (S6), and whether it has a line in the report (S10)."""

    name: str
    min_share: int
    max_share: int
    min_held_share: int
    max_held_share: int
    report: bool


@dataclass(frozen=True)
class Policy:
    """A well-formed policy: assets in digest order, ratios of the scenarios 1, 2, .."""

    quote: str
    min_ratio: int
    ratio_step: int
    complete: bool
    report_grain: int
    assets: tuple[Asset, ...]
    groups: tuple[Group, ...]
    ratios: tuple[int, ...]
    terms: int

    def on_grid(self, ratio: int) -> bool:
        """Section 5.1: `min_ratio_bps` plus a multiple of `ratio_step_bps`."""
        return ratio >= self.min_ratio and (ratio - self.min_ratio) % self.ratio_step == 0

    def members(self, g: int) -> list[int]:
        """Places of a group's assets in digest order."""
        return [i for i, asset in enumerate(self.assets) if asset.group_mask >> g & 1]


def policy(document: Any) -> Policy:
    """A policy document (5.1), well formed by section 5.2."""
    fields(
        document,
        "version name quote min_ratio_bps ratio_step_bps assets",
        "complete report_grain groups scenarios",
    )
    version_2(document["version"])
    name(document["name"], "Name")
    groups = [_group(g) for g in items(document.get("groups", []), 0, GROUPS)]
    distinct([g.name for g in groups], "Duplicate", "groups")
    scenarios = [_scenario(s) for s in items(document.get("scenarios", []), 0, 15)]
    distinct([s.name for s in scenarios], "Duplicate", "scenarios")
    numbers = {g.name: i for i, g in enumerate(groups)}
    assets = [_asset(a, numbers, scenarios) for a in items(document["assets"], 1, 255)]
    distinct([a.id for a in assets], "Duplicate", "assets")
    moved = {a for s in scenarios for a in s.moves}
    refuse_unless(moved <= {a.id for a in assets}, "Undefined", "a move of no asset")
    result = Policy(
        quote=name(document["quote"], "Name"),
        min_ratio=integer(document["min_ratio_bps"], 1, 2**20 - 1),
        ratio_step=integer(document["ratio_step_bps"], 1, 2**20 - 1),
        complete=boolean(document.get("complete", False)),
        report_grain=integer(document.get("report_grain", 0), 0, MAX_WHOLE_UNITS),
        assets=tuple(sorted(assets, key=lambda a: a.id)),
        groups=tuple(groups),
        ratios=tuple(s.ratio for s in scenarios),
        terms=keccak_number(canonical(document), 8),
    )
    _check_complete(result)
    return result


def _check_complete(p: Policy) -> None:
    """Section 5.2: what a complete policy, and any other, may not have."""
    if p.complete:
        refuse_unless(not any(a.netting for a in p.assets), "Complete", "an asset is netted")
    else:
        held = any(a.max_held_share != BPS for a in p.assets)
        held |= any((g.min_held_share, g.max_held_share) != (0, BPS) for g in p.groups)
        refuse_unless(not held, "Complete", "a held share of a policy that is not complete")
        refuse_unless(p.report_grain == 0, "Complete", "a grain of a policy that is not complete")
    if p.report_grain == 0:
        refuse_unless(not any(g.report for g in p.groups), "Complete", "a report without a grain")


def _group(document: Any) -> Group:
    fields(
        document,
        "name",
        "min_share_bps max_share_bps min_held_share_bps max_held_share_bps report",
    )
    low = integer(document.get("min_share_bps", 0), 0, BPS)
    held_low = integer(document.get("min_held_share_bps", 0), 0, BPS)
    return Group(
        name=name(document["name"], "Name"),
        min_share=low,
        max_share=integer(document.get("max_share_bps", BPS), low, BPS),
        min_held_share=held_low,
        max_held_share=integer(document.get("max_held_share_bps", BPS), held_low, BPS),
        report=boolean(document.get("report", False)),
    )


@dataclass(frozen=True)
class _Scenario:
    name: str
    ratio: int
    moves: dict[int, int]
    """Of asset ids."""


def _scenario(document: Any) -> _Scenario:
    fields(document, "name min_ratio_bps", "moves_bps")
    moves = document.get("moves_bps", {})
    refuse_unless(isinstance(moves, dict), "Json", "moves_bps")
    ids = [asset_id(name(asset, "Name"), "Name") for asset in moves]
    distinct(ids, "Duplicate", "moves")
    numbers = [integer(move, -BPS, 2**16 - 1 - BPS) for move in moves.values()]
    return _Scenario(
        name=name(document["name"], "Name"),
        ratio=integer(document["min_ratio_bps"], 0, 2**16 - 1),
        moves=dict(zip(ids, numbers)),
    )


def _asset(document: Any, groups: dict[str, int], scenarios: list[_Scenario]) -> Asset:
    fields(
        document,
        "asset symbol decimals tiers",
        "netting may_owe max_share_bps max_held_share_bps groups",
    )
    asset = name(document["asset"], "Name")
    name(document["symbol"], "Name")
    members = [name(g, "Name") for g in items(document.get("groups", []), 0, GROUPS)]
    distinct(members, "Duplicate", "a group of an asset")
    refuse_unless(set(members) <= groups.keys(), "Undefined", "a group of an asset")
    widths, weights = _tiers(document["tiers"])
    own = asset_id(asset, "Name")
    return Asset(
        id=own,
        name=asset,
        decimals=integer(document["decimals"], 0, 36),
        netting=boolean(document.get("netting", False)),
        may_owe=boolean(document.get("may_owe", False)),
        max_share=integer(document.get("max_share_bps", BPS), 0, BPS),
        max_held_share=integer(document.get("max_held_share_bps", BPS), 0, BPS),
        group_mask=sum(1 << groups[g] for g in members),
        widths=widths,
        weights=weights,
        multipliers=(BPS, *(BPS + s.moves.get(own, 0) for s in scenarios)),
    )


def _tiers(document: Any) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Section 5.4: three widths and four weights, of tiers that are in order (5.2)."""
    tiers = [fields(t, "weight_bps", "up_to") for t in items(document, 1, 4)]
    weights = [integer(t["weight_bps"], 0, BPS) for t in tiers]
    refuse_unless("up_to" not in tiers[-1], "Tiers", "the last has an up_to")
    refuse_unless(all("up_to" in t for t in tiers[:-1]), "Tiers", "no up_to")
    ends = [0] + [integer(t["up_to"], 1, MAX_WHOLE_UNITS) for t in tiers[:-1]]
    widths = [b - a for a, b in zip(ends, ends[1:])]
    refuse_unless(all(w > 0 for w in widths), "Tiers", "an up_to is not above the one before")
    refuse_unless(weights == sorted(weights, reverse=True), "Tiers", "weights increase")
    missing = 4 - len(tiers)
    return tuple(widths + [0] * missing), tuple(weights + weights[-1:] * missing)
