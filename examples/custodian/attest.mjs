// An attester's signature over an account file, made and checked with ethers alone: EIP-712,
// sections 7 and 10 of the specification.
//
//   ATTESTER_KEY=0x... ATTESTER_SALT=0x... \
//     node attest.mjs sign account.json opening.json "<our reference>" <valid until> [<counterpart>]
//   node attest.mjs check account.json
//
// `sign` prints the account file with its attestation. The reference and the salt stay here: only
// their hash is published. The salt is 32 random bytes, made once. `valid until` is in Unix
// seconds. The counterpart is the commitment of the same account's other kind, of the same time:
// what we are owed on an account of collateral. An attester signs what it computed from its own
// books, not what it was sent: the account must be the public side of the opening, which commit.mjs
// recomputes.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { commitment } from "./commit.mjs";
import { Signature, TypedDataEncoder, Wallet, concat, keccak256, recoverAddress, toUtf8Bytes } from "ethers";

export const domain = { name: "Covenant", version: "1" };
export const types = {
  AccountAttestation: [
    { name: "commitment", type: "bytes32" },
    { name: "subject", type: "bytes32" },
    { name: "asOf", type: "uint64" },
    { name: "validUntil", type: "uint64" },
    { name: "kind", type: "uint8" },
    { name: "account", type: "bytes32" },
    { name: "counterpart", type: "bytes32" },
  ],
};

const word = (x) => "0x" + BigInt(x).toString(16).padStart(64, "0");
const hash248 = (bytes) => word(BigInt(keccak256(bytes)) >> 8n);
/** keccak256 of the name, shifted right by 8 bits. */
export const subjectId = (name) => hash248(toUtf8Bytes(name));
/** keccak256 of the attester's salt and its reference for an account, shifted right by 8 bits. Any
 *  text but an empty one is a reference. */
export function accountReference(salt, reference) {
  if (typeof reference !== "string" || !reference) throw new Error("reference: expected a text, got an empty one");
  if (!/^0x[0-9a-f]{64}$/.test(salt ?? "")) throw new Error("salt: expected 0x and 64 hex digits");
  return hash248(concat([salt, toUtf8Bytes(reference)]));
}

const KINDS = ["collateral", "liability"];

/** What an attester signs of an account file. */
export function message(file, account, validUntil, counterpart) {
  if (file.version !== 2) throw new Error(`version: expected 2, got ${file.version}`);
  const kind = KINDS.indexOf(file.kind);
  if (kind < 0) throw new Error(`kind: expected collateral or liability, got ${file.kind}`);
  for (const time of [file.as_of, validUntil])
    if (!Number.isSafeInteger(time) || time < 0) throw new Error(`time: expected Unix seconds, got ${time}`);
  return {
    commitment: word(file.commitment),
    subject: subjectId(file.subject),
    asOf: file.as_of,
    validUntil,
    kind,
    account: word(account),
    counterpart: word(counterpart ?? 0),
  };
}

/** The account file with the attestation of `wallet`, any ethers signer, over the account that
 *  `accountReference` names; `counterpart` where there is one. */
export async function attest(file, wallet, account, validUntil, counterpart) {
  if (validUntil < file.as_of) throw new Error(`valid until: expected ${file.as_of} or later, got ${validUntil}`);
  const signature = await wallet.signTypedData(domain, types, message(file, account, validUntil, counterpart));
  const other = counterpart ? { counterpart: word(counterpart) } : {};
  const attester = await wallet.getAddress();
  return { ...file, attestation: { attester, account, valid_until: validUntil, ...other, signature } };
}

/** Throws unless the account is the public side of the opening. */
export function recompute(file, opening) {
  const own = { kind: opening.kind, subject: opening.subject, as_of: opening.as_of, commitment: commitment(opening) };
  for (const [field, expected] of Object.entries(own))
    if (file[field] !== expected) throw new Error(`${field}: expected ${expected} from the opening, got ${file[field]}`);
}

/** Who attested the account; throws unless it is whom the file names. Of a file with one
 *  attestation, in the one form that is stored. */
export function check(file) {
  if (!file.attestation) throw new Error("attestation: expected one, got none");
  const { attester, account, valid_until, counterpart, signature } = file.attestation;
  const digest = TypedDataEncoder.hash(domain, types, message(file, account, valid_until, counterpart));
  // Exactly one form: 65 bytes, v of 27 or 28, s in the lower half (ethers refuses others).
  if (!/^0x[0-9a-f]{128}1[bc]$/.test(signature)) throw new Error("signature: expected 65 bytes with v 27 or 28");
  const signer = recoverAddress(digest, Signature.from(signature));
  if (signer !== attester) throw new Error(`signature: expected one by ${attester}, got one by ${signer}`);
  return signer;
}

async function main([verb, path, openingPath, reference, validUntil, counterpart]) {
  const read = (path) => JSON.parse(readFileSync(path, "utf8"));
  if (verb === "sign" && reference && /^[1-9][0-9]{0,14}$/.test(validUntil ?? "")) {
    const key = process.env.ATTESTER_KEY;
    if (!key) throw new Error("expected the attester's key in the environment variable ATTESTER_KEY");
    const file = read(path);
    recompute(file, read(openingPath));
    const account = accountReference(process.env.ATTESTER_SALT, reference);
    const signed = await attest(file, new Wallet(key), account, Number(validUntil), counterpart);
    console.log(JSON.stringify(signed, null, 2));
  } else if (verb === "check" && path) {
    console.log(check(read(path)));
  } else {
    throw new Error("usage: attest.mjs sign <account.json> <opening.json> <reference> <valid until> [<counterpart>] | check <account.json>");
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  });
}
