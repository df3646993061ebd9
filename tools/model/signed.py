"""Signed documents (specification, section 7): EIP-712 digests, and signatures over secp256k1."""

import hashlib
import hmac
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from documents import checksummed, keccak256, keccak_number, refuse_unless

FIELD = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
Point = tuple[int, int] | None
G: Point = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
TYPES = {
    "AccountAttestation": "bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,"
    "uint8 kind,bytes32 account,bytes32 counterpart",
    "PriceSnapshot": "bytes32 policy,uint64 asOf,uint128[] prices",
    "ControlUndertaking": "bytes32 account,bytes32 subject,bytes32 securedParty,"
    "bytes32 facility,uint64 heldFrom,uint64 heldUntil,bytes32 wording",
    "Representation": "bytes32 subject,bytes32 statement,bool noOtherDebt,bytes32 wording",
    "Revocation": "bytes32 document,uint64 at",
    "AuditorOpinion": "bytes32 subject,bytes32 statement,uint64 periodFrom,uint64 periodTo,"
    "bytes32 procedures,bytes32 exceptions",
}
"""The fields of each document in order (7.1)."""


# Digests (7.1)


def number(value: Any) -> int:
    """A number, or one in decimal or 0x-hex text."""
    return int(value, 0) if isinstance(value, str) else int(value)


def field_word(kind: str, value: Any) -> bytes:
    """The word of a field of a type; an array is the hash of its elements' words."""
    if kind.endswith("[]"):
        return keccak256(b"".join(field_word(kind[:-2], item) for item in value))
    bits = {"bytes32": 256, "bool": 1}.get(kind) or int(kind.removeprefix("uint"))
    refuse_unless(0 <= number(value) < 2**bits, "Range", f"{value} is no {kind}")
    return number(value).to_bytes(32, "big")


def domain_separator() -> bytes:
    """Of name `Covenant` and version `1`."""
    parts = (b"EIP712Domain(string name,string version)", b"Covenant", b"1")
    return keccak256(b"".join(map(keccak256, parts)))


def type_hash(document: str) -> bytes:
    """keccak256 of the type string."""
    return keccak256(f"{document}({TYPES[document]})".encode())


def document_digest(document: str, message: Mapping[str, Any]) -> bytes:
    """What is signed of a message, which has exactly the fields of the type."""
    declared = [field.split(" ") for field in TYPES[document].split(",")]
    names = [name for _, name in declared]
    refuse_unless(set(message) == set(names), "Json", f"the fields of {document}")
    fields = b"".join(field_word(kind, message[name]) for kind, name in declared)
    inner = keccak256(type_hash(document) + fields)
    return keccak256(b"\x19\x01" + domain_separator() + inner)


def typed_data(document: str, message: Mapping[str, Any]) -> dict[str, Any]:
    """Section 7.4: what wallets sign, of a message whose values are numbers or text."""

    def shown(kind: str, value: Any) -> Any:
        if kind == "bytes32":
            return f"0x{number(value):064x}"
        if kind == "uint128[]":
            return [str(number(item)) for item in value]
        return str(number(value)) if kind == "uint64" else value

    declared = [field.split(" ") for field in TYPES[document].split(",")]
    domain = [("string", "name"), ("string", "version")]
    listed = {"EIP712Domain": domain, document: declared}
    return {
        "types": {
            t: [{"name": name, "type": kind} for kind, name in pairs]
            for t, pairs in listed.items()
        },
        "domain": {"name": "Covenant", "version": "1"},
        "primaryType": document,
        "message": {name: shown(kind, message[name]) for kind, name in declared},
    }


# References and revocations (7.3, 7.7)


def account_reference(salt: bytes, reference: str) -> int:
    """What an attester calls an account in public."""
    refuse_unless(len(salt) == 32, "Format", "a salt has 32 bytes")
    refuse_unless(reference != "", "Malformed", "an empty reference")
    return keccak_number(salt + reference.encode(), 8)


@dataclass(frozen=True)
class Revocation:
    """A revocation whose signature is its signer's."""

    signer: str
    document: bytes
    at: int


def is_revoked(
    document: bytes, signer: str, now: int, revocations: Iterable[Revocation]
) -> bool:
    """Whether a document's own signer has withdrawn it by now."""
    return any(
        r.document == document and r.signer == signer and r.at <= now for r in revocations
    )


# secp256k1


def add(p: Point, q: Point) -> Point:
    """The sum of two points; None is the identity."""
    if p is None or q is None:
        return p or q
    if p[0] == q[0] and (p[1] + q[1]) % FIELD == 0:
        return None
    if p == q:
        slope = 3 * p[0] * p[0] * pow(2 * p[1], -1, FIELD)
    else:
        slope = (q[1] - p[1]) * pow(q[0] - p[0], -1, FIELD)
    x = (slope * slope - p[0] - q[0]) % FIELD
    return x, (slope * (p[0] - x) - p[1]) % FIELD


def multiply(k: int, p: Point) -> Point:
    """k times a point."""
    result = None
    while k:
        if k & 1:
            result = add(result, p)
        p, k = add(p, p), k >> 1
    return result


# Signatures (7.2)


def checksum_address(key: tuple[int, int]) -> str:
    """The address of a public key, written as EIP-55 says."""
    words = key[0].to_bytes(32, "big") + key[1].to_bytes(32, "big")
    return checksummed(keccak256(words)[12:].hex())


def read_signature(text: str) -> str:
    """The canonical form of a signature, from any spelling that readers take."""
    digits = re.fullmatch("(0x)?([0-9a-fA-F]{128}|[0-9a-fA-F]{130})", text)
    refuse_unless(bool(digits), "Format", text)
    data = digits[2].lower()
    r, s = int(data[:64], 16), int(data[64:128], 16)
    if len(data) == 128:
        s, v = s & 2**255 - 1, 27 + (s >> 255)
    else:
        v = int(data[128:], 16)
        v += 27 if v in (0, 1) else 0
    refuse_unless(v in (27, 28), "RecoveryByte", str(v))
    refuse_unless(0 < r < N and 0 < s < N, "Scalar", "r or s is out of range")
    refuse_unless(s <= N // 2, "HighS", "s is in the upper half")
    return f"0x{r:064x}{s:064x}{v:02x}"


def recover(digest: bytes, signature: str) -> str:
    """The signer's address, or `Malformed` with the specification's error."""
    canonical = read_signature(signature)
    r, s, v = (int(canonical[i:j], 16) for i, j in ((2, 66), (66, 130), (130, 132)))
    square = (pow(r, 3, FIELD) + 7) % FIELD
    y = pow(square, (FIELD + 1) // 4, FIELD)
    refuse_unless(y * y % FIELD == square, "NoKey", "no point has r as its x")
    point = (r, y if y % 2 == v - 27 else FIELD - y)
    z, inverse = int.from_bytes(digest, "big"), pow(r, -1, N)
    key = add(multiply(s * inverse % N, point), multiply(-z * inverse % N, G))
    refuse_unless(key is not None, "NoKey", "the identity")
    return checksum_address(key)


def verify(digest: bytes, signature: str, signer: str) -> None:
    """The last rule: the recovered address is the named signer's."""
    refuse_unless(recover(digest, signature).lower() == signer.lower(), "Forged", signer)


def nonce(digest: bytes, private_key: int) -> int:
    """RFC 6979 with SHA-256 for a digest and an order of 256 bits."""

    def mac(key: bytes, *parts: bytes) -> bytes:
        return hmac.digest(key, b"".join(parts), hashlib.sha256)

    reduced = (int.from_bytes(digest, "big") % N).to_bytes(32, "big")
    secret = private_key.to_bytes(32, "big") + reduced
    k, v = bytes(32), b"\x01" * 32
    for separator in (b"\x00", b"\x01"):
        k = mac(k, v, separator, secret)
        v = mac(k, v)
    while True:
        v = mac(k, v)
        if 0 < (candidate := int.from_bytes(v, "big")) < N:
            return candidate
        k = mac(k, v, b"\x00")
        v = mac(k, v)


def sign(digest: bytes, private_key: int) -> str:
    """The deterministic signature of section 7.2, s in the lower half."""
    k = nonce(digest, private_key)
    x, y = multiply(k, G)
    r, odd = x % N, y & 1
    s = pow(k, -1, N) * (int.from_bytes(digest, "big") + r * private_key) % N
    if s > N // 2:
        s, odd = N - s, odd ^ 1
    return f"0x{r:064x}{s:064x}{27 + odd:02x}"
