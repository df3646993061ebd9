"""Account, prices, bundle and manifest files (specification, sections 10.3 to 10.6).

Reading a bundle makes the checks 1 to 11 of section 8.2, in order; `check_signatures` makes
check 22. What else a relying party checks is not part of this model.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import rollup
from covenant_model import (
    Malformed,
    Shape,
    Statement,
    policy_digest,
    public_inputs,
    shape,
    statement_hash,
)
from documents import (
    GROUPS,
    LIABILITY,
    Policy,
    any_text,
    asset_id,
    boolean,
    canonical,
    checksummed,
    distinct,
    element,
    fields,
    hash_text,
    hashed_text,
    identifier,
    integer,
    integer_text,
    items,
    keccak256,
    kind_of,
    name,
    policy,
    read_file,
    refuse_unless,
    unix_time,
    version_2,
)
from signed import document_digest, read_signature, verify

CONTRACT = re.compile("(eip155:(?:0|[1-9][0-9]*)):(0x.*)", re.DOTALL)


# Types (10.1)


def address(value: Any) -> str:
    """All lower-case, or capitals as EIP-55 says; not 0. As EIP-55 writes it."""
    good = isinstance(value, str) and re.fullmatch("0x[0-9a-fA-F]{40}", value)
    refuse_unless(bool(good), "Json", f"{value!r} is no address")
    right = checksummed(value[2:].lower())
    refuse_unless(value in (value.lower(), right), "Json", f"{value} is not as EIP-55 says")
    refuse_unless(int(value, 16) != 0, "Json", "the address 0")
    return right


def signer(value: Any) -> str:
    """An address, or a contract's by CAIP-10."""
    contract = CONTRACT.fullmatch(value) if isinstance(value, str) else None
    return f"{contract[1]}:{address(contract[2])}" if contract else address(value)


def is_contract(who: str) -> bool:
    """Whether a signer signs by ERC-1271."""
    return who.startswith("eip155:")


def signature(value: Any, who: str) -> str:
    """In canonical form; of a contract any 1 to 4,096 bytes."""
    refuse_unless(isinstance(value, str), "Json", "a signature is not text")
    if not is_contract(who):
        return read_signature(value)
    good = re.fullmatch("0x([0-9a-fA-F]{2}){1,4096}", value)
    refuse_unless(bool(good), "Format", "a contract's signature")
    return value


def check_version(document: dict[str, Any]) -> None:
    """`version` is a number; whether it is 2 is asked later."""
    refuse_unless(type(document["version"]) is int, "Json", "version is no number")


# Account files (10.3)


@dataclass(frozen=True)
class Attestation:
    """An attester's word on an account."""

    attester: str
    account: int
    counterpart: int
    valid_until: int
    signature: str


@dataclass(frozen=True)
class Undertaking:
    """An undertaking of control."""

    attester: str
    account: int
    secured_party: int
    facility: int
    held_from: int
    held_until: int
    wording: int
    signature: str


@dataclass(frozen=True)
class SignedRevocation:
    """A document that its signer withdraws."""

    signer: str
    document: int
    at: int
    signature: str


@dataclass(frozen=True)
class Account:
    """The public side of an opening."""

    version: int
    kind: int
    subject: int
    as_of: int
    K: int
    attestations: tuple[Attestation, ...]
    undertakings: tuple[Undertaking, ...]
    revocations: tuple[SignedRevocation, ...]


def account(document: Any) -> Account:
    """An account file on its own."""
    version_2(fields_of_account(document)["version"])
    return typed_account(document)


def fields_of_account(document: Any) -> dict[str, Any]:
    """The fields that an account file has."""
    required = "version kind subject as_of commitment"
    return fields(document, required, "attestation undertakings revocations")


def typed_account(document: Any) -> Account:
    """An account file of any version."""
    check_version(fields_of_account(document))
    signed = document.get("attestation", [])
    if isinstance(signed, dict):
        signed = [signed]
    elif "attestation" in document:
        items(signed, 1, 32)
    result = Account(
        version=document["version"],
        kind=kind_of(document["kind"]),
        subject=hashed_text(name(document["subject"])),
        as_of=unix_time(document["as_of"]),
        K=element(document["commitment"]),
        attestations=tuple(map(attestation, signed)),
        undertakings=tuple(map(undertaking, items(document.get("undertakings", []), 0, 32))),
        revocations=tuple(map(revocation, items(document.get("revocations", []), 0, 32))),
    )
    distinct([a.attester for a in result.attestations], "Json", "an attester twice")
    return result


def attestation(document: Any) -> Attestation:
    """One attester's word."""
    fields(document, "attester account valid_until signature", "counterpart")
    who = signer(document["attester"])
    return Attestation(
        attester=who,
        account=identifier(document["account"]),
        counterpart=element(document.get("counterpart", "0x0")),
        valid_until=unix_time(document["valid_until"]),
        signature=signature(document["signature"], who),
    )


def undertaking(document: Any) -> Undertaking:
    """One attester's undertaking."""
    others = "account secured_party facility held_from held_until wording signature"
    fields(document, f"attester {others}")
    who = signer(document["attester"])
    return Undertaking(
        attester=who,
        account=identifier(document["account"]),
        secured_party=identifier(document["secured_party"]),
        facility=identifier(document["facility"]),
        held_from=unix_time(document["held_from"]),
        held_until=unix_time(document["held_until"]),
        wording=hash_text(document["wording"]),
        signature=signature(document["signature"], who),
    )


def revocation(document: Any) -> SignedRevocation:
    """One revocation."""
    fields(document, "signer document at signature")
    who = signer(document["signer"])
    return SignedRevocation(
        signer=who,
        document=hash_text(document["document"]),
        at=unix_time(document["at"]),
        signature=signature(document["signature"], who),
    )


# Prices (10.5)


@dataclass(frozen=True)
class Prices:
    """Prices by asset id, signed or not."""

    quote: str
    as_of: int
    prices: dict[int, int]
    signatures: tuple[tuple[str, str], ...]


def prices(document: Any) -> Prices:
    """A prices file on its own."""
    result = typed_prices(document)
    check_prices(result, document)
    return result


def typed_prices(document: Any) -> Prices:
    """A prices file in which an asset may be twice, and a price 0."""
    fields(document, "version quote as_of prices", "signatures")
    version_2(document["version"])
    refuse_unless(isinstance(document["prices"], dict), "Json", "prices")
    every = {name(a): integer_text(price, 120) for a, price in document["prices"].items()}
    signatures = []
    for entry in items(document.get("signatures", []), 0, 32):
        who = signer(fields(entry, "signer signature")["signer"])
        signatures.append((who, signature(entry["signature"], who)))
    distinct([who for who, _ in signatures], "Json", "a signer twice")
    return Prices(
        quote=name(document["quote"]),
        as_of=unix_time(document["as_of"]),
        prices={asset_id(asset): price for asset, price in every.items()},
        signatures=tuple(signatures),
    )


def check_prices(own: Prices, document: Any) -> None:
    """Each asset id once, and no price of 0."""
    once = len(own.prices) == len(document["prices"])
    refuse_unless(once, "Duplicate", "prices of one asset")
    refuse_unless(0 not in own.prices.values(), "Zero", "a price of 0")


# Bundles (10.6, 8.2)


@dataclass(frozen=True)
class Representation:
    """The subject's word."""

    signer: str
    no_other_debt: bool
    wording: int
    signature: str


@dataclass(frozen=True)
class Bundle:
    """A proof with everything public about it."""

    circuit: str
    shape: Shape
    ceremony: str
    statement: Statement
    policy: Policy
    prices: Prices
    accounts: tuple[Account, ...]
    representation: Representation | None
    trees: tuple[int, ...]
    proof: bytes

    @property
    def public_inputs(self) -> list[int]:
        """Of the proof, rebuilt from the typed statement."""
        return public_inputs(self.statement, self.shape.accounts, self.shape.assets)


@contextmanager
def told_as(code: str) -> Iterator[None]:
    """Whatever is refused inside is told with one code, and the first code as its detail."""
    try:
        yield
    except Malformed as error:
        raise error if error.code == code else Malformed(code, str(error)) from error


def read_bundle(data: bytes) -> Bundle:
    """Checks 1 to 11 of section 8.2."""
    document = read_file(data)
    with told_as("Json"):
        typed = typed_bundle(document)
    version_2(document["version"])
    listed = document["policy"].get("assets")
    few = not isinstance(listed, list) or len(listed) <= 64
    refuse_unless(few, "TooManyAssets", "more than 64")
    with told_as("Policy"):
        p = policy(document["policy"])
    given = typed["statement"]
    digest = policy_digest(p)
    refuse_unless(given["policy"] == digest, "Disagrees", "the policy's digest")
    small = max(given["subject"], given["context"]) < 2**248
    refuse_unless(small, "Disagrees", "subject or context of 2^248 or more")
    with told_as("Prices"):
        own = typed["prices"]
        check_prices(own, document["prices"])
        refuse_unless(own.quote == p.quote, "Quote", own.quote)
        refuse_unless(all(a.id in own.prices for a in p.assets), "Missing", "a price")
    with told_as("Statement"):
        s = statement(given, p, tuple(own.prices[a.id] for a in p.assets))
    chosen = shape(document["shape"])
    check_accounts(s, typed["accounts"])
    rest = {key: typed[key] for key in ("circuit", "ceremony", "representation", "trees", "proof")}
    return Bundle(
        shape=chosen,
        statement=s,
        policy=p,
        prices=own,
        accounts=typed["accounts"],
        **rest,
    )


def typed_bundle(document: Any) -> dict[str, Any]:
    """Check 2: the fields and their types; the policy is read later."""
    fields(
        document,
        "version circuit shape ceremony statement policy prices accounts proof",
        "representation trees",
    )
    check_version(document)
    refuse_unless(isinstance(document["policy"], dict), "Json", "the policy is no object")
    any_text(document["shape"])
    proof = any_text(document["proof"])
    good = re.fullmatch("0x([0-9a-f]{2})*", proof)
    refuse_unless(bool(good), "Json", "the proof")
    refuse_unless(isinstance(document["accounts"], list), "Json", "accounts")
    refuse_unless(isinstance(document.get("trees", []), list), "Json", "trees")
    word = document.get("representation")
    return {
        "circuit": any_text(document["circuit"]),
        "ceremony": any_text(document["ceremony"]),
        "statement": typed_statement(document["statement"]),
        "prices": typed_prices(document["prices"]),
        "accounts": tuple(map(typed_account, document["accounts"])),
        "representation": representation(word) if "representation" in document else None,
        "trees": tuple(map(hash_text, document.get("trees", []))),
        "proof": bytes.fromhex(proof[2:]),
    }


def typed_statement(document: Any) -> dict[str, Any]:
    """The fields of `statement`."""
    required = "subject as_of_from as_of_to policy public_debt ratio_bps context commitments kinds"
    fields(document, required, "report")
    for part in ("commitments", "kinds", "report"):
        refuse_unless(isinstance(document.get(part, []), list), "Json", part)
    report = document.get("report")
    return {
        "subject": element(document["subject"]),
        "as_of_from": unix_time(document["as_of_from"]),
        "as_of_to": unix_time(document["as_of_to"]),
        "policy": element(document["policy"]),
        "public_debt": integer_text(document["public_debt"], 80),
        "ratio": integer(document["ratio_bps"], 1, 2**20 - 1),
        "context": element(document["context"]),
        "commitments": tuple(map(element, document["commitments"])),
        "kinds": tuple(map(kind_of, document["kinds"])),
        "report": None if report is None else tuple(integer_text(line, 80) for line in report),
    }


def representation(document: Any) -> Representation:
    """The fields of `representation`."""
    fields(document, "signer no_other_debt wording signature")
    who = signer(document["signer"])
    return Representation(
        signer=who,
        no_other_debt=boolean(document["no_other_debt"]),
        wording=hash_text(document["wording"]),
        signature=signature(document["signature"], who),
    )


def statement(given: dict[str, Any], p: Policy, of_assets: tuple[int, ...]) -> Statement:
    """Check 9, and the typed statement."""
    refuse_unless(given["as_of_from"] <= given["as_of_to"], "Window", "ends before it begins")
    commitments, kinds = given["commitments"], given["kinds"]
    refuse_unless(len(kinds) == len(commitments), "Kinds", "not one for each commitment")
    refuse_unless(0 not in commitments, "ZeroCommitment", "a commitment of 0")
    ascending = list(commitments) == sorted(set(commitments))
    refuse_unless(ascending, "NotAscending", "commitments")
    report = (0,) * len(p.groups) if given["report"] is None else given["report"]
    refuse_unless(len(report) == len(p.groups), "Report", "not one line for each group")
    right = all(line == 0 or group.report for line, group in zip(report, p.groups))
    refuse_unless(right, "Report", "a line of a group without a report")
    others = ("subject", "as_of_from", "as_of_to", "policy", "public_debt", "ratio", "context")
    return Statement(
        kinds=sum(1 << i for i, kind in enumerate(kinds) if kind == LIABILITY),
        report=report + (0,) * (GROUPS - len(report)),
        commitments=commitments,
        prices=of_assets,
        **{key: given[key] for key in others},
    )


def check_accounts(s: Statement, accounts: tuple[Account, ...]) -> None:
    """Check 11."""
    refuse_unless(len(accounts) == len(s.commitments), "Disagrees", "not one for each commitment")
    for i, (K, own) in enumerate(zip(s.commitments, accounts)):
        refuse_unless(own.version == 2, "Disagrees", f"version of account {i}")
        refuse_unless(own.K == K, "Disagrees", f"commitment of account {i}")
        refuse_unless(own.kind == s.kinds >> i & 1, "Disagrees", f"kind of account {i}")
        in_window = s.as_of_from <= own.as_of <= s.as_of_to
        refuse_unless(in_window, "Disagrees", f"time of account {i}")
        refuse_unless(own.subject == s.subject, "Disagrees", f"subject of account {i}")
        same = len({(a.account, a.counterpart) for a in own.attestations}) <= 1
        refuse_unless(same, "Disagrees", f"attestations of account {i}")


# What was signed


def attested(own: Account, word: Attestation) -> bytes:
    """The digest of an attestation of this account."""
    return document_digest("AccountAttestation", {
        "commitment": own.K, "subject": own.subject, "asOf": own.as_of,
        "validUntil": word.valid_until, "kind": own.kind, "account": word.account,
        "counterpart": word.counterpart,
    })


def undertaken(own: Account, word: Undertaking) -> bytes:
    """The digest of an undertaking of this account."""
    return document_digest("ControlUndertaking", {
        "account": word.account, "subject": own.subject, "securedParty": word.secured_party,
        "facility": word.facility, "heldFrom": word.held_from, "heldUntil": word.held_until,
        "wording": word.wording,
    })


def revoked(word: SignedRevocation) -> bytes:
    """The digest of a revocation."""
    return document_digest("Revocation", {"document": word.document, "at": word.at})


def represented(bundle: Bundle, word: Representation) -> bytes:
    """The digest of a representation, over the statement hash of the bundle."""
    named = int.from_bytes(statement_hash(bundle.circuit, bundle.public_inputs), "big")
    return document_digest("Representation", {
        "subject": bundle.statement.subject, "statement": named,
        "noOtherDebt": word.no_other_debt, "wording": word.wording,
    })


def quoted(bundle: Bundle) -> bytes:
    """The digest of the prices that sources signed."""
    return document_digest("PriceSnapshot", {
        "policy": bundle.statement.policy, "asOf": bundle.prices.as_of,
        "prices": list(bundle.statement.prices),
    })


def check_signatures(bundle: Bundle) -> None:
    """Check 22 of section 8.2, without a block at which contracts could be asked."""
    signed: list[tuple[bytes, str, str]] = []
    for own in bundle.accounts:
        signed += [(attested(own, w), w.signature, w.attester) for w in own.attestations]
        signed += [(undertaken(own, w), w.signature, w.attester) for w in own.undertakings]
        signed += [(revoked(w), w.signature, w.signer) for w in own.revocations]
    if (word := bundle.representation) is not None:
        signed.append((represented(bundle, word), word.signature, word.signer))
    signed += [(quoted(bundle), given, who) for who, given in bundle.prices.signatures]
    with told_as("Signature"):
        for digest, given, who in signed:
            refuse_unless(not is_contract(who), "NoBlock", who)
            verify(digest, given, who)


# Manifests of trees (10.6)


@dataclass(frozen=True)
class Manifest:
    """The proofs of a roll-up tree."""

    kind: int
    subject: int
    as_of_from: int
    as_of_to: int
    top: int
    nodes: tuple[int, ...]
    """Their commitments."""
    digest: bytes


MAX_EXACT_TIME = 2**53 - 1
"""Of a manifest: RFC 8785 writes no larger number exactly."""


def in_full(value: Any) -> str:
    """An element or hash with all of its 64 digits."""
    good = isinstance(value, str) and re.fullmatch("0x[0-9a-f]{64}", value)
    refuse_unless(bool(good), "Json", f"{value!r} has not 64 digits")
    return value


def manifest(document: Any) -> Manifest:
    """A manifest file, which has one spelling (10.6); its digest is not shifted."""
    fields(document, "version kind subject as_of_from as_of_to top nodes")
    version_2(document["version"])
    refuse_unless(isinstance(document["nodes"], list), "Json", "nodes")
    nodes = tuple(map(node, document["nodes"]))
    refuse_unless(list(nodes) == sorted(set(nodes)), "NotAscending", "nodes")
    return Manifest(
        kind=kind_of(document["kind"]),
        subject=hashed_text(name(document["subject"])),
        as_of_from=integer(document["as_of_from"], 0, MAX_EXACT_TIME),
        as_of_to=integer(document["as_of_to"], 0, MAX_EXACT_TIME),
        top=element(in_full(document["top"])),
        nodes=nodes,
        digest=keccak256(canonical(document)),
    )


def node(document: Any) -> int:
    """K' of one proof."""
    fields(document, "circuit shape ceremony commitment list_root proof")
    any_text(document["circuit"])
    any_text(document["ceremony"])
    rollup.shape(document["shape"])
    element(in_full(document["list_root"]))
    in_full(document["proof"])
    return element(in_full(document["commitment"]))
