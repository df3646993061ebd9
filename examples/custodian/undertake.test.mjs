import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { TypedDataEncoder, Wallet, recoverAddress, toUtf8Bytes } from "ethers";
import { domain, subjectId } from "./attest.mjs";
import { revocationTypes, revoke, undertake, undertakingTypes } from "./undertake.mjs";

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url)));
const vectors = read("../../fixtures/data/conformance.json").eip712;
const wallet = new Wallet(vectors.private_key);
const text = toUtf8Bytes("We hold it.");

// Of collateral, as only that is held.
const attested = () => ({ ...read("testdata/ethers-account.json"), kind: "collateral" });

test("digests and signatures of the vectors", async () => {
  for (const [name, types] of [
    ["control_undertaking", undertakingTypes],
    ["revocation", revocationTypes],
  ]) {
    const { message, digest, signature } = vectors[name];
    assert.equal(TypedDataEncoder.hash(domain, types, message), digest);
    assert.equal(await wallet.signTypedData(domain, types, message), signature);
  }
});

test("an account is held for a secured party", async () => {
  const file = attested();
  const one = await undertake(file, wallet, "a lender", "loan 17", file.as_of + 60, text);
  const { undertakings } = one;
  assert.equal(undertakings.account, file.attestation.account);
  assert.equal(undertakings.secured_party, subjectId("a lender"));
  assert.equal(undertakings.held_from, file.as_of);
  // A second one makes a list of them; a facility on chain is named by its id.
  const id = `0x${"0".repeat(62)}11`;
  const two = await undertake(one, wallet, "a lender", id, file.as_of + 60, text);
  assert.equal(two.undertakings.length, 2);
  assert.equal(two.undertakings[1].facility, id);
  for (const [change, said] of [
    [{ kind: "liability" }, /kind/],
    [{ attestation: undefined }, /attestation/],
  ])
    await assert.rejects(undertake({ ...file, ...change }, wallet, "a", "b", file.as_of, text), said);
  await assert.rejects(undertake(file, wallet, "a", "b", file.as_of - 1, text), /held until/);
  await assert.rejects(undertake(file, wallet, "a", "b", NaN, text), /held until/);
  await assert.rejects(undertake(file, wallet, "a", "", file.as_of, text), /facility/);
});

test("what was signed is withdrawn by its signer alone", async () => {
  const file = await undertake(attested(), wallet, "a lender", "loan 17", 1_900_000_000, text);
  for (const what of ["attestation", "undertaking"]) {
    const { revocations } = await revoke(file, wallet, what, 1_800_000_000);
    const { document, at, signature } = revocations;
    const digest = TypedDataEncoder.hash(domain, revocationTypes, { document, at });
    assert.equal(recoverAddress(digest, signature), wallet.address);
    await assert.rejects(revoke(file, Wallet.createRandom(), what, 1), /expected one by/);
  }
  const both = await revoke(await revoke(file, wallet, "attestation", 1), wallet, "undertaking", 1);
  assert.notEqual(both.revocations[0].document, both.revocations[1].document);
});
