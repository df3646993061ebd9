import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { assetId, commitment, subjectId } from "./commit.mjs";

const vectors = JSON.parse(readFileSync(new URL("../../circuits/tests/data/conformance.json", import.meta.url)));

test("ids", () => {
  for (const { asset, id } of vectors.asset_id) assert.equal(assetId(asset), BigInt(id));
  for (const { subject, id } of vectors.subject) assert.equal(subjectId(subject), BigInt(id));
});

test("commitments", () => {
  const accounts = [...vectors.accounts, ...vectors.cases.flatMap((c) => c.accounts)];
  assert.ok(accounts.length > 5);
  for (const account of accounts) assert.equal(commitment(account), account.commitment);
});
