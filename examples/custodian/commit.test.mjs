import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assetId, commitment, subjectId } from "./commit.mjs";

const vectors = JSON.parse(readFileSync(new URL("../../fixtures/data/conformance.json", import.meta.url)));

test("ids", () => {
  for (const { asset, id } of vectors.asset_id) assert.equal(assetId(asset), BigInt(id));
  assert.equal(assetId("eip155:1/ERC20:0xAB"), assetId("eip155:1/erc20:0xab"));
  assert.notEqual(assetId("EIP155:1/erc20:0xab"), assetId("eip155:1/erc20:0xab"));
  for (const { subject, id } of vectors.subject) assert.equal(subjectId(subject), BigInt(id));
});

test("only accounts have a commitment", () => {
  const [account] = vectors.accounts.filter((a) => a.positions.length > 0);
  const [asset] = account.positions[0];
  assert.equal(BigInt(commitment(account)), BigInt(account.commitment));
  for (const edit of [
    { kind: "debt" },
    { as_of: 2n ** 64n },
    { as_of: -1 },
    { blinding: "0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001" },
    { positions: [[asset, (2n ** 112n).toString()]] },
    { positions: [[asset, "-1"]] },
  ])
    assert.throws(() => commitment({ ...account, ...edit }), /expected/, Object.keys(edit)[0]);
  assert.ok(commitment({ ...account, positions: [[asset, (2n ** 112n - 1n).toString()]] }));
});

test("commitments", () => {
  const accounts = [...vectors.accounts, ...vectors.cases.flatMap((c) => c.accounts)];
  assert.ok(accounts.length > 5);
  for (const account of accounts) assert.equal(BigInt(commitment(account)), BigInt(account.commitment));
});
