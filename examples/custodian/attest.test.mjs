import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { TypedDataEncoder, Wallet } from "ethers";
import { accountReference, attest, check, domain, recompute, types } from "./attest.mjs";
import { commitment } from "./commit.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const vectors = read("../../fixtures/data/conformance.json").eip712;
const wallet = new Wallet(vectors.private_key);
const script = fileURLToPath(new URL("attest.mjs", import.meta.url));
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

test("an account reference of the vectors", () => {
  const { salt, reference, account } = vectors.reference;
  assert.equal(accountReference(salt, reference), account);
  assert.throws(() => accountReference(undefined, reference), /salt/);
  assert.throws(() => accountReference(salt, ""), /reference/);
  assert.match(accountReference(salt, " "), /^0x00/);
});

test("digest, address and signature of the vectors", async () => {
  const { message, digest, signature } = vectors.attestation;
  assert.equal(wallet.address, vectors.address);
  assert.equal(TypedDataEncoder.hash(domain, types, message), digest);
  assert.equal(await wallet.signTypedData(domain, types, message), signature);
});

test("typed data that Covenant exports", () => {
  for (const name of ["attestation", "price_snapshot"]) {
    const typed = read("testdata/rust-typed-data.json")[name];
    const { EIP712Domain, ...rest } = typed.types;
    assert.equal(EIP712Domain.length, 2);
    assert.equal(TypedDataEncoder.hash(typed.domain, rest, typed.message), vectors[name].digest);
  }
});

test("an account that Covenant signed", () => {
  assert.equal(check(read("testdata/rust-account.json")), vectors.address);
});

test("a keystore that Covenant wrote", async () => {
  const text = readFileSync(new URL("testdata/rust-keystore.json", import.meta.url), "utf8");
  assert.equal(Wallet.fromEncryptedJsonSync(text, "testpassword").address, vectors.address);
});

test("what ethers signs is what is committed", async () => {
  const signed = read("testdata/ethers-account.json");
  const { attestation, ...file } = signed;
  const { valid_until, counterpart } = attestation;
  const account = accountReference(vectors.reference.salt, "attester's own reference");
  assert.deepEqual(await attest(file, wallet, account, valid_until, counterpart), signed);
  assert.equal(check(signed), vectors.address);
  await assert.rejects(attest(file, wallet, account, file.as_of - 1), /valid until/);
});

test("every field of a signed account is bound", () => {
  const signed = read("testdata/ethers-account.json");
  const { signature } = signed.attestation;
  const edits = {
    kind: (f) => (f.kind = "collateral"),
    subject: (f) => (f.subject += "X"),
    as_of: (f) => f.as_of++,
    commitment: (f) => (f.commitment = "0x1"),
    attester: (f) => (f.attestation.attester = new Wallet("0x" + "1".repeat(64)).address),
    account: (f) => (f.attestation.account = "0x1"),
    valid_until: (f) => f.attestation.valid_until++,
    counterpart: (f) => (f.attestation.counterpart = "0x1"),
    "no counterpart": (f) => delete f.attestation.counterpart,
    r: (f) => (f.attestation.signature = signature.replace(/^0x.{4}/, "0x1234")),
    v: (f) => (f.attestation.signature = signature.slice(0, -2) + (signature.endsWith("1b") ? "1c" : "1b")),
    v01: (f) => (f.attestation.signature = signature.slice(0, -2) + "00"),
    version: (f) => (f.version = 1),
    "as_of as text": (f) => (f.as_of = String(f.as_of)),
    "no attestation": (f) => delete f.attestation,
  };
  for (const [name, edit] of Object.entries(edits)) {
    const file = structuredClone(signed);
    edit(file);
    assert.throws(() => check(file), undefined, name);
  }
  // The malleated twin: the other s, the other v.
  const n = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;
  const s = (n - BigInt("0x" + signature.slice(66, 130))).toString(16).padStart(64, "0");
  const twin = signature.slice(0, 66) + s + (signature.endsWith("1b") ? "1c" : "1b");
  const file = { ...signed, attestation: { ...signed.attestation, signature: twin } };
  assert.throws(() => check(file));
});

test("an attester signs what it recomputed", () => {
  const [account] = read("../../fixtures/data/conformance.json").accounts.filter((a) => a.positions.length > 0);
  const { blinding, positions, ...file } = account;
  assert.equal(file.commitment, commitment(account));
  recompute(file, account);
  for (const edit of [{ kind: "x" }, { subject: "lei:OTHER" }, { as_of: 1 }, { commitment: "0x1" }])
    assert.throws(() => recompute({ ...file, ...edit }, account), new RegExp(Object.keys(edit)[0]));
  const [[asset, amount], ...rest] = positions;
  const other = { ...account, positions: [[asset, `${BigInt(amount) + 1n}`], ...rest] };
  assert.throws(() => recompute(file, other), /commitment/);
});

test("the command line", () => {
  const out = execFileSync("node", [script, "check", path("testdata/rust-account.json")], { encoding: "utf8" });
  assert.equal(out.trim(), vectors.address);
  const bad = spawnSync("node", [script, "sign", "x"], { encoding: "utf8" });
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /usage/);
});
