"""The policy check (specification, section 5.6): what a relying party refuses, and the warnings."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Any

import linear
from documents import (
    BPS,
    Policy,
    checksummed,
    hashed_form,
    largest_price,
    policy,
    refuse_unless,
)

CAIP_19 = re.compile(
    "(?P<namespace>[-a-z0-9]{3,8}):(?P<chain>[-_a-zA-Z0-9]{1,32})"
    "/(?P<kind>[-a-z0-9]{3,8}):(?P<reference>[-.%a-zA-Z0-9]{1,128})"
    "(/[-.%a-zA-Z0-9]{1,78})?"
)
OWN_FORMS = {
    "iso4217:": re.compile("iso4217:[A-Z]{3}"),
    "isin:": re.compile("isin:.{12}", re.DOTALL),
}
"""Of names that begin so; all others are in CAIP-19's."""
ADDRESS = re.compile("0[xX][0-9a-fA-F]{40}")
NUMBER = re.compile("0|[1-9][0-9]*")


@dataclass(frozen=True)
class Checked:
    """A valid policy, with what the check says about it."""

    policy: Policy
    warnings: tuple[str, ...]
    largest_prices: dict[str, Fraction]
    """Of a whole unit of each asset (2.1)."""


def check_policy(document: Any) -> Checked:
    """A policy that is valid, or `Malformed` with the code `Check` and the rule and place."""
    p = policy(document)
    check_names(document)
    for floors in ("min_share", "min_held_share"):
        check_floors(p, [getattr(group, floors) for group in p.groups])
    check_dilution(p)
    bounds = {asset.name: Fraction(*largest_price(asset.decimals)) for asset in p.assets}
    return Checked(p, tuple(warnings(p)), bounds)


# What is refused


def check_names(document: Any) -> None:
    """Forms, checksums, spellings and check digits."""
    scenarios, groups = document.get("scenarios", []), document.get("groups", [])
    moved = [asset for s in scenarios for asset in s.get("moves_bps", {})]
    assets = sorted({a["asset"] for a in document["assets"]} | set(moved))
    for asset in assets:
        refuse_unless(is_asset_name(asset), "Check", f"an asset name of an unknown form: {asset}")
        check_address(asset)
    check_spellings(assets, hashed_form)
    others = [[s["name"] for s in scenarios], [g["name"] for g in groups]]
    for names in (assets, *others):
        check_spellings(names, lambda text: unicodedata.normalize("NFKC", text))
    single = [document["name"], document["quote"], *(a["symbol"] for a in document["assets"])]
    for text in (*assets, *others[0], *others[1], *single):
        good = not text.startswith("lei:") or is_lei(text[4:])
        refuse_unless(good, "Check", f"wrong check digits: {text}")
    for text in assets:
        good = not text.startswith("isin:") or is_isin(text[5:])
        refuse_unless(good, "Check", f"wrong check digits: {text}")


def is_asset_name(text: str) -> bool:
    """One of the three forms."""
    own = (form for start, form in OWN_FORMS.items() if text.startswith(start))
    parts = next(own, CAIP_19).fullmatch(text)
    if parts is None or not text.startswith("eip155:"):
        return parts is not None
    kind, reference = parts["kind"], parts["reference"]
    good = NUMBER.fullmatch(parts["chain"])
    good = good and (kind != "slip44" or NUMBER.fullmatch(reference))
    return bool(good and (not kind.startswith("erc") or ADDRESS.fullmatch(reference)))


def check_address(asset: str) -> None:
    """EIP-55, where an address has a capital letter, which the X of `0X` is."""
    parts = CAIP_19.fullmatch(asset)
    if asset.startswith("eip155:") and parts and ADDRESS.fullmatch(parts["reference"]):
        address = parts["reference"]
        good = address == address.lower() or address == checksummed(address[2:].lower())
        refuse_unless(good, "Check", f"an address with a wrong checksum: {asset}")


def check_spellings(names: list[str], form: Any) -> None:
    """No two different texts are equal in a form."""
    for one, other in combinations(names, 2):
        good = one == other or form(one) != form(other)
        refuse_unless(good, "Check", f"two spellings of one name: {one}, {other}")


def as_digits(text: str) -> str:
    """Letters replaced by two digits, A = 10 .. Z = 35."""
    return "".join(str(int(character, 36)) for character in text)


def is_isin(text: str) -> bool:
    """ISO 6166: two letters, nine letters or digits, and a check digit."""
    if not re.fullmatch("[A-Z]{2}[A-Z0-9]{9}[0-9]", text):
        return False
    digits = [int(digit) for digit in reversed(as_digits(text))]
    doubled = [2 * digit if i % 2 else digit for i, digit in enumerate(digits)]
    return sum(number // 10 + number % 10 for number in doubled) % 10 == 0


def is_lei(text: str) -> bool:
    """ISO 7064 MOD 97-10: eighteen letters or digits, and two check digits."""
    return bool(re.fullmatch("[A-Z0-9]{18}[0-9]{2}", text)) and int(as_digits(text)) % 97 == 1


def check_floors(p: Policy, floors: list[int]) -> None:
    """No groups without a common member have floors that sum to more than 100 %."""
    masks = [sum(1 << i for i in p.members(g)) for g in range(len(p.groups))]
    largest = largest_disjoint(masks, floors, 0)
    refuse_unless(largest <= BPS, "Check", f"disjoint floors above 100 %: {largest} bps")


def largest_disjoint(masks: list[int], floors: list[int], taken: int) -> int:
    """The largest sum of floors of groups that have no member in common."""
    if not masks:
        return 0
    without = largest_disjoint(masks[1:], floors[1:], taken)
    if masks[0] & taken:
        return without
    return max(without, floors[0] + largest_disjoint(masks[1:], floors[1:], taken | masks[0]))


def check_dilution(p: Policy) -> None:
    """No worthless token may make what a held cap is a share of."""
    capped = any(x.max_held_share < BPS for x in (*p.assets, *p.groups))
    for asset in p.assets:
        dilutes = capped and asset.weights[0] == 0 and asset.max_held_share > 100
        refuse_unless(
            not dilutes, "Check", f"a held cap that worthless tokens dilute: {asset.name}"
        )


# Warnings


def warnings(p: Policy) -> list[str]:
    """What is probably a slip."""
    found = []
    for ratio in (p.min_ratio, *p.ratios):
        if ratio < BPS:
            found.append(f"a smallest ratio below 100 %: {ratio} bps")
    for asset in p.assets:
        if min(asset.weights) < 1000:
            found.append(f"a weight below 10 %: {asset.name}")
        if max(asset.multipliers) > BPS:
            found.append(f"an upward move: {asset.name}")
    if not something_can_count(p):
        found.append("caps under which nothing can count")
    for g, group in enumerate(p.groups):
        members = len(p.members(g))
        if members == 0:
            found.append(f"a group without members: {group.name}")
        if members > 1 and group.report:
            found.append(f"a reported group of several assets: {group.name}")
    if not is_asset_name(p.quote):
        found.append(f"a quote that is no asset name: {p.quote}")
    return found


def something_can_count(p: Policy) -> bool:
    """Whether shares of sum 1 meet the counted shares; assets of equal groups are one."""
    caps: dict[int, int] = {}
    for asset in p.assets:
        caps[asset.group_mask] = min(BPS, caps.get(asset.group_mask, 0) + asset.max_share)
    masks = list(caps)
    a = [[1] * len(masks), [-1] * len(masks)]
    b = [BPS, -BPS]
    for i, mask in enumerate(masks):
        a.append([int(i == k) for k in range(len(masks))])
        b.append(caps[mask])
    for g, group in enumerate(p.groups):
        member = [mask >> g & 1 for mask in masks]
        a += [member, [-x for x in member]]
        b += [group.max_share, -group.min_share]
    return linear.maximize([0] * len(masks), a, b) is not None
