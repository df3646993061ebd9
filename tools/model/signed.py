"""Signed documents (specification, section 7): EIP-712 digests, and signatures over secp256k1."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from typing import Any

from documents import keccak256, refuse_unless

FIELD = 2**256 - 2**32 - 977
N = 0xFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141
Point = tuple[int, int] | None
G: Point = (
    0x79BE667EF9DCBBAC55A06295CE870B07029BFCDB2DCE28D959F2815B16F81798,
    0x483ADA7726A3C4655DA4FBFC0E1108A8FD17B448A68554199C47D08FFB10D4B8,
)
ATTESTATION = (
    "AccountAttestation(bytes32 commitment,bytes32 subject,uint64 asOf,uint64 validUntil,"
    "uint8 kind,bytes32 account)"
)
PRICE_SNAPSHOT = "PriceSnapshot(bytes32 policy,uint64 asOf,uint128[] prices)"


# Digests (7.1)


def word(value: Any) -> bytes:
    """32 bytes of a number, of decimal or 0x-hex text, or of an array of them."""
    if isinstance(value, list):
        return keccak256(b"".join(map(word, value)))
    number = int(value, 0) if isinstance(value, str) else value
    return number.to_bytes(32, "big")


def domain_separator() -> bytes:
    """Of name `Covenant` and version `1`."""
    parts = (b"EIP712Domain(string name,string version)", b"Covenant", b"1")
    return keccak256(b"".join(map(keccak256, parts)))


def type_hash(type_text: str) -> bytes:
    """keccak256 of the type."""
    return keccak256(type_text.encode())


def document_digest(type_text: str, message: Mapping[str, Any]) -> bytes:
    """What is signed of a message, whose fields are in the order of the type."""
    names = re.findall(r" (\w+)", type_text)
    fields = b"".join(word(message[name]) for name in names)
    inner = keccak256(type_hash(type_text) + fields)
    return keccak256(b"\x19\x01" + domain_separator() + inner)


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


def checksum_address(key: Point) -> str:
    """The address of a public key, written as EIP-55 says."""
    text = keccak256(key[0].to_bytes(32, "big") + key[1].to_bytes(32, "big"))[12:].hex()
    marks = keccak256(text.encode()).hex()
    return "0x" + "".join(c.upper() if int(m, 16) >= 8 else c for c, m in zip(text, marks))


def recover(digest: bytes, signature: str) -> str:
    """The signer's address, or `Malformed` with the specification's error."""
    refuse_unless(bool(re.fullmatch("0x[0-9a-f]{130}", signature)), "Format", signature)
    r, s, v = int(signature[2:66], 16), int(signature[66:130], 16), int(signature[130:], 16)
    refuse_unless(v in (27, 28), "RecoveryByte", str(v))
    refuse_unless(0 < r < N and 0 < s < N, "Scalar", "r or s is out of range")
    refuse_unless(s <= N // 2, "HighS", "s is in the upper half")
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
