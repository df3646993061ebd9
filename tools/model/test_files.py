"""Account, prices, bundle and manifest files (specification, sections 8.2 and 10.3 to 10.6)."""

import json
import unittest
from typing import Any

import covenant_model as model
import documents
import files
import signed
from examples import BTC, ETH, SUBJECT, TIME, USD, Clauses, vectors
from test_model import case_claim

KEY = 42
ADDRESS = "0xae3DfFEE97f92db0201d11CB8877C89738353bCE"
OTHER = signed.checksum_address(signed.multiply(7, signed.G))
CONTRACT = "eip155:1:" + ADDRESS
ACCOUNT = hex(0x3362206E06423CC730E78B5BF4C728921EFDF4E426F240CE6D49D66FA4F68)
CIRCUIT = "covenant-2/4x27x8x4/" + "0" * 64
VECTORS = vectors()


def account_file(place: int, key: int = KEY, **changes: Any) -> dict:
    """The account file of the first case's account, signed with everything that it may have."""
    opening = VECTORS["cases"][0]["accounts"][place]
    document = {"version": 2} | {k: opening[k] for k in ("kind", "subject", "as_of", "commitment")}
    document |= changes
    who = signed.checksum_address(signed.multiply(key, signed.G))
    subject = documents.hashed_text(document["subject"])
    attestation = {"attester": who, "account": ACCOUNT, "valid_until": TIME + 9}
    attestation["signature"] = signed.sign(signed.document_digest("AccountAttestation", {
        "commitment": document["commitment"], "subject": subject, "asOf": document["as_of"],
        "validUntil": TIME + 9, "kind": documents.KINDS[document["kind"]], "account": ACCOUNT,
        "counterpart": 0}), key)
    undertaking = {"attester": who, "account": ACCOUNT, "secured_party": "0x1", "facility": "0x2",
                   "held_from": 3, "held_until": 4, "wording": hex(2**256 - 1)}
    undertaking["signature"] = signed.sign(signed.document_digest("ControlUndertaking", {
        "account": ACCOUNT, "subject": subject, "securedParty": 1, "facility": 2, "heldFrom": 3,
        "heldUntil": 4, "wording": 2**256 - 1}), key)
    revocation = {"signer": who, "document": "0x5", "at": 6}
    revocation["signature"] = signed.sign(
        signed.document_digest("Revocation", {"document": 5, "at": 6}), key)
    return document | {"attestation": attestation, "undertakings": [undertaking],
                       "revocations": [revocation]}


ACCOUNT_FILES = [account_file(i) for i in range(3)]


def prices_file(place: int = 0, **changes: Any) -> dict:
    """The prices file of a case, signed."""
    case = VECTORS["cases"][place]
    digest = signed.document_digest("PriceSnapshot", {
        "policy": case["policy_digest"], "asOf": TIME,
        "prices": [str(p) for p in case_claim(case).statement.prices]})
    return {"version": 2, "quote": "iso4217:USD", "as_of": TIME, "prices": case["prices"],
            "signatures": [{"signer": ADDRESS, "signature": signed.sign(digest, KEY)}]} | changes


def bundle_document() -> dict:
    """A bundle of the first case; its proof is no proof."""
    case = VECTORS["cases"][0]
    s = case_claim(case).statement
    document = {
        "version": 2, "circuit": CIRCUIT, "shape": "4x27x8x4", "ceremony": "aztec-ignition",
        "statement": {
            "subject": hex(s.subject), "as_of_from": s.as_of_from, "as_of_to": s.as_of_to,
            "policy": case["policy_digest"], "public_debt": case["public_debt"],
            "ratio_bps": s.ratio, "context": hex(s.context),
            "commitments": [a["commitment"] for a in case["accounts"]],
            "kinds": [a["kind"] for a in case["accounts"]]},
        "policy": case["policy"], "prices": prices_file(), "accounts": ACCOUNT_FILES,
        "trees": [hex(2**256 - 1)], "proof": "0x00ff"}
    named = model.statement_hash(CIRCUIT, model.public_inputs(s, 4, 8))
    digest = signed.document_digest("Representation", {
        "subject": s.subject, "statement": int.from_bytes(named, "big"), "noOtherDebt": True,
        "wording": 8})
    document["representation"] = {"signer": ADDRESS, "no_other_debt": True, "wording": "0x8",
                                  "signature": signed.sign(digest, KEY)}
    return json.loads(json.dumps(document))


BUNDLE = bundle_document()


def edit(document: dict, *path: object, value: object) -> dict:
    """A copy with another value at the path, or without it where the value is `...`."""
    copy = json.loads(json.dumps(document))
    *parents, last = path
    place = copy
    for step in parents:
        place = place[step]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return copy


class Types(Clauses):
    """Section 10.1."""

    def test_addresses(self) -> None:
        for good in (ADDRESS, ADDRESS.lower()):
            self.assertEqual(files.address(good), ADDRESS)
        for bad in ("0x" + ADDRESS[2:].upper(), "0x" + "0" * 40, ADDRESS[2:], ADDRESS + "0",
                    ADDRESS.replace("aF", "Af").swapcase(), 1, None):
            self.assert_refused("Json", files.address, bad)

    def test_signers(self) -> None:
        self.assertEqual(files.signer("eip155:10:" + ADDRESS.lower()), "eip155:10:" + ADDRESS)
        for bad in ("eip155:01:" + ADDRESS, "eip155::" + ADDRESS, "eip156:1:" + ADDRESS,
                    "eip155:1:" + ADDRESS[2:], "eip155:1:0x" + "0" * 40):
            self.assert_refused("Json", files.signer, bad)

    def test_signatures(self) -> None:
        good = BUNDLE["representation"]["signature"]
        self.assertEqual(files.signature(good[2:], ADDRESS), good)
        self.assertEqual(files.signature("0xFf", CONTRACT), "0xFf")
        self.assert_refused("Format", files.signature, "0xff", ADDRESS)
        for bad in ("0x", "0xf", "ff", "0x" + "00" * 4097):
            self.assert_refused("Format", files.signature, bad, CONTRACT)


class Accounts(Clauses):
    """Section 10.3."""

    def test_read(self) -> None:
        own = files.account(ACCOUNT_FILES[0])
        self.assertEqual((own.kind, len(own.attestations)), (1, 1))
        self.assertEqual(own.attestations[0].counterpart, 0)
        self_declared = {k: v for k, v in ACCOUNT_FILES[0].items()
                         if k not in ("attestation", "undertakings", "revocations")}
        self.assertEqual(files.account(self_declared).attestations, ())
        one = ACCOUNT_FILES[0]["attestation"]
        several = self_declared | {"attestation": [one, one | {"attester": OTHER}]}
        self.assertEqual(len(files.account(several).attestations), 2)

    def test_the_example_of_section_10_3(self) -> None:
        word = VECTORS["eip712"]["attestation"]
        message = word["message"]
        document = {
            "version": 2, "kind": "liability", "subject": SUBJECT, "as_of": message["asOf"],
            "commitment": message["commitment"], "attestation": {
                "attester": ADDRESS, "account": message["account"],
                "counterpart": message["counterpart"], "valid_until": message["validUntil"],
                "signature": word["signature"]}}
        own = files.account(document)
        self.assertEqual("0x" + files.attested(own, own.attestations[0]).hex(), word["digest"])

    def test_refused(self) -> None:
        one = ACCOUNT_FILES[0]["attestation"]
        for path, value, code in (
            (("version",), 1, "Version"), (("kind",), 1, "Json"), (("more",), 1, "Json"),
            (("commitment",), hex(documents.R), "Range"), (("subject",), "", "Malformed"),
            (("attestation",), None, "Json"), (("attestation",), [], "Range"),
            (("attestation",), [one] * 33, "Range"), (("attestation",), [one, one], "Json"),
            (("attestation", "account"), hex(2**248), "Range"),
            (("attestation", "counterpart"), hex(documents.R), "Range"),
            (("attestation", "signature"), "0x", "Format"),
            (("undertakings",), [ACCOUNT_FILES[0]["undertakings"][0]] * 33, "Range"),
            (("undertakings", 0, "facility"), hex(2**248), "Range"),
            (("undertakings", 0, "held_from"), ..., "Json"),
            (("revocations", 0, "at"), 2**64, "Range"),
            (("revocations", 0, "document"), "0x" + "0" * 65, "Json"),
        ):
            self.assert_refused(code, files.account, edit(ACCOUNT_FILES[0], *path, value=value))


class Prices(Clauses):
    """Section 10.5."""

    def test_read(self) -> None:
        own = files.prices(prices_file())
        self.assertEqual(len(own.prices), 4)
        self.assertEqual(files.prices(edit(prices_file(), "signatures", value=...)).signatures, ())

    def test_refused(self) -> None:
        good = prices_file()
        one = good["signatures"][0]
        for path, value, code in (
            (("version",), 1, "Version"), (("quote",), " ", "Malformed"), (("as_of",), -1, "Range"),
            (("prices",), [], "Json"), (("prices", ETH), "0", "Zero"),
            (("prices", ETH), str(2**120), "Range"), (("prices", ETH), 1, "Json"),
            (("prices", "eip155:1/SLIP44:60"), "1", "Duplicate"),
            (("signatures",), [one, one], "Json"), (("signatures",), [one] * 33, "Range"),
            (("signatures", 0, "more"), 1, "Json"),
        ):
            self.assert_refused(code, files.prices, edit(good, *path, value=value))


class Bundles(Clauses):
    """Checks 1 to 11 and 22 of section 8.2."""

    def refused(self, code: str, *path: object, value: object, of: dict | None = None) -> None:
        """The edited bundle is refused."""
        document = edit(of or BUNDLE, *path, value=value)
        self.assert_refused(code, files.read_bundle, json.dumps(document).encode())

    def read(self, document: dict) -> files.Bundle:
        """A bundle from a document."""
        return files.read_bundle(json.dumps(document, indent=2).encode() + b"\n")

    def test_honest(self) -> None:
        bundle = self.read(BUNDLE)
        case = VECTORS["cases"][0]["statement"]
        self.assertEqual(bundle.public_inputs, [int(x, 16) for x in case["public_inputs"]])
        self.assertEqual(bundle.proof, b"\x00\xff")
        files.check_signatures(bundle)

    def test_optional_parts(self) -> None:
        bare = {k: v for k, v in BUNDLE.items() if k not in ("trees", "representation")}
        bundle = self.read(bare | {"shape": "small"})
        self.assertEqual((bundle.trees, bundle.representation), ((), None))
        self.assertEqual(str(bundle.shape), "4x27x8x4")

    def test_1_and_2(self) -> None:
        self.assert_refused("TooLarge", files.read_bundle, b" " * (2**20 + 1))
        self.assert_refused("Json", files.read_bundle, b"{} {}")
        for path, value in (
            (("more",), 1), (("proof",), ...), (("proof",), "0x0"), (("proof",), "00"),
            (("proof",), "0xAA"), (("circuit",), None), (("policy",), "policy"),
            (("trees",), ["0x" + "1" * 65]), (("trees",), None), (("representation",), None),
            (("representation", "no_other_debt"), 1), (("representation", "signature"), "0x"),
            (("statement", "public_debt"), 1), (("statement", "public_debt"), str(2**80)),
            (("statement", "ratio_bps"), 0), (("statement", "ratio_bps"), 2**20),
            (("statement", "as_of_to"), 2**64), (("statement", "kinds", 0), "debt"),
            (("statement", "commitments", 0), hex(documents.R)),
            (("statement", "report"), None), (("statement", "report"), [1]),
            (("statement", "report"), [str(2**80)]), (("version",), "2"),
            (("prices", "version"), 1), (("prices", "quote"), ""),
            (("prices", "prices", ETH), str(2**120)),
            (("accounts", 0, "attestation", "signature"), "0x"), (("accounts", 0, "as_of"), "1"),
        ):
            self.refused("Json", *path, value=value)

    def test_3_to_7(self) -> None:
        self.refused("Version", "version", value=1)
        asset = BUNDLE["policy"]["assets"][0]
        many = [asset | {"asset": f"asset {i}"} for i in range(65)]
        self.refused("TooManyAssets", "policy", "assets", value=many)
        self.refused("Policy", "policy", "assets", value=many[:1] * 2)
        self.refused("Policy", "policy", "version", value=1)
        self.refused("Disagrees", "policy", "name", value="another")
        self.refused("Disagrees", "statement", "policy", value="0x1")
        self.refused("Disagrees", "statement", "subject", value=hex(2**248))
        self.refused("Disagrees", "statement", "context", value=hex(2**248))

    def test_8(self) -> None:
        self.refused("Prices", "prices", "quote", value="iso4217:EUR")
        self.refused("Prices", "prices", "prices", ETH, value=...)
        self.refused("Prices", "prices", "prices", ETH, value="0")
        self.refused("Prices", "prices", "prices", "eip155:1/SLIP44:60", value="1")
        more = edit(BUNDLE, "prices", "prices", "another", value="1")
        self.assertEqual(len(self.read(more).statement.prices), 4)

    def test_9(self) -> None:
        s = BUNDLE["statement"]
        self.refused("Statement", "statement", "as_of_from", value=s["as_of_to"] + 1)
        self.refused("Statement", "statement", "kinds", value=s["kinds"][:2])
        self.refused("Statement", "statement", "commitments", 0, value="0x0")
        self.refused("Statement", "statement", "commitments", value=s["commitments"][::-1])
        self.refused("Statement", "statement", "commitments", value=s["commitments"][:1] * 3)
        self.refused("Statement", "statement", "report", value=["0"])

    def test_10(self) -> None:
        for bad in ("Small", "4x0x8x4", "4x27x8x04"):
            self.refused("Shape", "shape", value=bad)

    def test_11(self) -> None:
        for path, value in (
            (("accounts",), BUNDLE["accounts"][:2]), (("accounts",), BUNDLE["accounts"][::-1]),
            (("accounts", 0, "version"), 1), (("accounts", 0, "kind"), "collateral"),
            (("accounts", 0, "as_of"), BUNDLE["statement"]["as_of_to"] + 1),
            (("accounts", 0, "as_of"), BUNDLE["statement"]["as_of_from"] - 1),
            (("accounts", 0, "subject"), "another"),
        ):
            self.refused("Disagrees", *path, value=value)
        one = BUNDLE["accounts"][0]["attestation"]
        for other in ({"account": "0x1"}, {"counterpart": "0x1"}):
            self.refused("Disagrees", "accounts", 0, "attestation",
                         value=[one, one | {"attester": OTHER} | other])
        same = edit(BUNDLE, "accounts", 0, "attestation", value=[
            one, one | {"attester": OTHER, "counterpart": "0x0"}])
        self.assertEqual(len(self.read(same).accounts[0].attestations), 2)

    def test_a_report(self) -> None:
        case = VECTORS["cases"][3]
        s = case_claim(case).statement
        accounts = [{"version": 2} | {k: a[k] for k in ("kind", "subject", "as_of", "commitment")}
                    for a in case["accounts"]]
        document = edit(BUNDLE, "representation", value=...) | {
            "policy": case["policy"], "prices": prices_file(3), "accounts": accounts,
            "statement": BUNDLE["statement"] | {
                "policy": case["policy_digest"], "public_debt": case["public_debt"],
                "ratio_bps": s.ratio, "report": case["report_lines"],
                "commitments": [a["commitment"] for a in accounts],
                "kinds": [a["kind"] for a in accounts]}}
        bundle = self.read(document)
        self.assertEqual(bundle.statement, s)
        files.check_signatures(bundle)
        for wrong in ([], case["report_lines"][:3], [*case["report_lines"], "0"],
                      [*case["report_lines"][:3], "1"]):
            self.refused("Statement", "statement", "report", value=wrong, of=document)
        silent = self.read(edit(document, "statement", "report", value=...))
        self.assertEqual(silent.statement.report, (0,) * 15)

    def test_22(self) -> None:
        for path, value in (
            (("accounts", 1, "attestation", "valid_until"), 1),
            (("accounts", 1, "attestation", "account"), "0x1"),
            (("accounts", 1, "attestation", "counterpart"), "0x1"),
            (("accounts", 1, "attestation", "attester"), OTHER),
            (("accounts", 1, "attestation", "attester"), CONTRACT),
            (("accounts", 1, "as_of"), TIME + 1),
            (("accounts", 1, "undertakings", 0, "held_until"), 1),
            (("accounts", 1, "revocations", 0, "at"), 1),
            (("representation", "wording"), "0x1"), (("representation", "no_other_debt"), False),
            (("circuit",), "covenant-2/another"), (("statement", "ratio_bps"), 27001),
            (("prices", "as_of"), 1), (("prices", "prices", BTC), "1"),
            (("prices", "signatures", 0, "signer"), OTHER),
        ):
            bundle = self.read(edit(BUNDLE, *path, value=value))
            self.assert_refused("Signature", files.check_signatures, bundle)


class Manifests(Clauses):
    """Section 10.6."""

    def manifest(self, **changes: Any) -> dict:
        """A manifest of two proofs."""
        node = {"circuit": "a", "shape": "16x12->12", "ceremony": "b", "list_root": f"0x{1:064x}",
                "proof": hex(2**256 - 1)}
        nodes = [node | {"commitment": f"0x{K:064x}"} for K in (2, 3)]
        return {"version": 2, "kind": "liability", "subject": SUBJECT, "as_of_from": 1,
                "as_of_to": 2, "top": f"0x{3:064x}", "nodes": nodes} | changes

    def test_read(self) -> None:
        own = files.manifest(self.manifest())
        self.assertEqual((own.kind, own.top, own.nodes), (1, 3, (2, 3)))
        shuffled = dict(reversed(self.manifest().items()))
        self.assertEqual(files.manifest(shuffled).digest, own.digest)
        text = documents.canonical(self.manifest())
        self.assertEqual(text[:30], b'{"as_of_from":1,"as_of_to":2,"')
        self.assertEqual(own.digest, documents.keccak256(text))

    def test_refused(self) -> None:
        nodes = self.manifest()["nodes"]
        for changes, code in (
            ({"version": 1}, "Version"), ({"nodes": nodes[::-1]}, "NotAscending"),
            ({"nodes": nodes[:1] * 2}, "NotAscending"), ({"nodes": {}}, "Json"),
            ({"nodes": [nodes[0] | {"more": 1}]}, "Json"), ({"top": USD}, "Json"),
            ({"nodes": [nodes[0] | {"proof": 1}]}, "Json"), ({"kind": "x"}, "Json"),
            ({"nodes": [nodes[0] | {"shape": "4x27x8x4"}]}, "Shape"),
        ):
            self.assert_refused(code, files.manifest, self.manifest(**changes))

    def test_a_tree_has_one_digest(self) -> None:
        """Fewer digits, or a time that RFC 8785 rounds, would be another spelling."""
        nodes = self.manifest()["nodes"]
        for part in ("commitment", "list_root"):
            self.assert_refused("Json", files.manifest, self.manifest(
                nodes=[nodes[0] | {part: "0x2"}]))
        self.assert_refused("Json", files.manifest, self.manifest(
            nodes=[nodes[0] | {"proof": "0x" + "0" * 63}]))
        self.assert_refused("Json", files.manifest, self.manifest(top="0x3"))
        self.assert_refused("Range", files.manifest, self.manifest(top=f"0x{documents.R:064x}"))
        for field in ("as_of_from", "as_of_to"):
            files.manifest(self.manifest(**{field: 2**53 - 1}))
            self.assert_refused("Range", files.manifest, self.manifest(**{field: 2**53}))


if __name__ == "__main__":
    unittest.main()
