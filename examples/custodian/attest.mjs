// An attester's signature over an account file, made and checked with ethers alone: EIP-712,
// sections 7 and 10 of the specification.
//
//   ATTESTER_KEY=0x... node attest.mjs sign account.json opening.json "<our reference>" <valid until>
//   node attest.mjs check account.json
//
// `sign` prints the account file with its attestation. The reference stays here: only its
// hash is published, so let it be one that cannot be guessed. `valid until` is in Unix
// seconds. An attester signs what it computed from its own books, not what it was sent: the
// account must be the public side of the opening, which commit.mjs recomputes.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { commitment } from "./commit.mjs";
import { Signature, TypedDataEncoder, Wallet, keccak256, recoverAddress, toUtf8Bytes } from "ethers";

export const domain = { name: "Covenant", version: "1" };
export const types = {
  AccountAttestation: [
    { name: "commitment", type: "bytes32" },
    { name: "subject", type: "bytes32" },
    { name: "asOf", type: "uint64" },
    { name: "validUntil", type: "uint64" },
    { name: "kind", type: "uint8" },
    { name: "account", type: "bytes32" },
  ],
};

const word = (x) => "0x" + BigInt(x).toString(16).padStart(64, "0");
/** keccak256 of the text, shifted right by 8 bits: subjects and account references. */
export const hash248 = (text) => word(BigInt(keccak256(toUtf8Bytes(text))) >> 8n);

const KINDS = ["collateral", "liability"];

function message(file, account, validUntil) {
  if (file.version !== 1) throw new Error(`version: expected 1, got ${file.version}`);
  const kind = KINDS.indexOf(file.kind);
  if (kind < 0) throw new Error(`kind: expected collateral or liability, got ${file.kind}`);
  for (const time of [file.as_of, validUntil])
    if (!Number.isSafeInteger(time) || time < 0) throw new Error(`time: expected Unix seconds, got ${time}`);
  return {
    commitment: word(file.commitment),
    subject: hash248(file.subject),
    asOf: file.as_of,
    validUntil,
    kind,
    account: word(account),
  };
}

/** The account file with the attestation of `wallet`, any ethers signer. */
export async function attest(file, wallet, reference, validUntil) {
  const account = hash248(reference);
  const signature = await wallet.signTypedData(domain, types, message(file, account, validUntil));
  const attestation = { attester: await wallet.getAddress(), account, valid_until: validUntil, signature };
  return { ...file, attestation };
}

/** Throws unless the account is the public side of the opening. */
export function recompute(file, opening) {
  const own = { kind: opening.kind, subject: opening.subject, as_of: opening.as_of, commitment: commitment(opening) };
  for (const [field, expected] of Object.entries(own))
    if (file[field] !== expected) throw new Error(`${field}: expected ${expected} from the opening, got ${file[field]}`);
}

/** Who attested the account; throws unless it is whom the file names. */
export function check(file) {
  if (!file.attestation) throw new Error("attestation: expected one, got none");
  const { attester, account, valid_until, signature } = file.attestation;
  const digest = TypedDataEncoder.hash(domain, types, message(file, account, valid_until));
  // Exactly one form: 65 bytes, v of 27 or 28, s in the lower half (ethers refuses others).
  if (!/^0x[0-9a-f]{128}1[bc]$/.test(signature)) throw new Error("signature: expected 65 bytes with v 27 or 28");
  const signer = recoverAddress(digest, Signature.from(signature));
  if (signer !== attester) throw new Error(`signature: expected one by ${attester}, got one by ${signer}`);
  return signer;
}

async function main([verb, path, openingPath, reference, validUntil]) {
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  if (verb === "sign" && reference && /^[1-9][0-9]{0,14}$/.test(validUntil ?? "")) {
    const key = process.env.ATTESTER_KEY;
    if (!key) throw new Error("expected the attester's key in the environment variable ATTESTER_KEY");
    const file = read(path);
    recompute(file, read(openingPath));
    console.log(JSON.stringify(await attest(file, new Wallet(key), reference, Number(validUntil)), null, 2));
  } else if (verb === "check" && path) {
    console.log(check(read(path)));
  } else {
    throw new Error("usage: attest.mjs sign <account.json> <opening.json> <reference> <valid until> | check <account.json>");
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  });
}
