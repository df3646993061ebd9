// A custodian's control undertaking over an account that it attested, and the withdrawal of what it
// signed, made with ethers alone: EIP-712, sections 7.5 and 7.7 of the specification.
//
//   ATTESTER_KEY=0x... node undertake.mjs hold account.json "<secured party>" "<facility>" <until> [<text file>]
//   ATTESTER_KEY=0x... node undertake.mjs revoke account.json attestation|undertaking <from>
//
// `hold` prints, on standard error, the text that is signed, and the account file with the undertaking;
// `revoke` prints the account file with the revocation. Times are Unix seconds. The text is Covenant's
// standard one unless a file of one's own is named; its bytes are hashed as they are.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { types as attestationTypes, domain, message as attested, subjectId } from "./attest.mjs";
import { TypedDataEncoder, Wallet, keccak256 } from "ethers";

export const undertakingTypes = {
  ControlUndertaking: [
    { name: "account", type: "bytes32" },
    { name: "subject", type: "bytes32" },
    { name: "securedParty", type: "bytes32" },
    { name: "facility", type: "bytes32" },
    { name: "heldFrom", type: "uint64" },
    { name: "heldUntil", type: "uint64" },
    { name: "wording", type: "bytes32" },
  ],
};
export const revocationTypes = {
  Revocation: [
    { name: "document", type: "bytes32" },
    { name: "at", type: "uint64" },
  ],
};

const STANDARD = new URL("../../cli/wordings/control.txt", import.meta.url);

// Files hold one document as it is, and several as a list.
const list = (x) => (x === undefined ? [] : Array.isArray(x) ? x : [x]);
const packed = (all) => (all.length === 1 ? all[0] : all);

function time(value, name) {
  if (!Number.isSafeInteger(value) || value < 0) throw new Error(`${name}: expected Unix seconds, got ${value}`);
  return value;
}

function held(file, undertaking) {
  const { account, secured_party, facility, held_from, held_until, wording } = undertaking;
  return {
    account,
    subject: subjectId(file.subject),
    securedParty: secured_party,
    facility,
    heldFrom: held_from,
    heldUntil: held_until,
    wording,
  };
}

/** The account file with the undertaking of `wallet`, any ethers signer, to hold the account that its
 *  attestation names for `securedParty` and `facility`, a name or an id on chain, from the account's own
 *  time on, in the words of `text`. */
export async function undertake(file, wallet, securedParty, facility, heldUntil, text) {
  if (file.kind !== "collateral") throw new Error(`kind: expected collateral, got ${file.kind}`);
  const [first] = list(file.attestation);
  if (!first) throw new Error("attestation: expected one, which names the account, got none");
  if (!facility) throw new Error("facility: expected a name or an id, got an empty text");
  if (time(heldUntil, "held until") < file.as_of) throw new Error(`held until: expected ${file.as_of} or later, got ${heldUntil}`);
  const attester = await wallet.getAddress();
  const undertaking = {
    attester,
    account: first.account,
    secured_party: subjectId(securedParty),
    facility: facility.startsWith("0x") ? facility : subjectId(facility),
    held_from: file.as_of,
    held_until: heldUntil,
    wording: keccak256(text),
  };
  undertaking.signature = await wallet.signTypedData(domain, undertakingTypes, held(file, undertaking));
  return { ...file, undertakings: packed([...list(file.undertakings), undertaking]) };
}

/** The account file with a revocation, by `wallet`, of its own attestation or of its last undertaking. */
export async function revoke(file, wallet, what, at) {
  const signer = await wallet.getAddress();
  const own = (all) => list(all).filter((document) => document.attester === signer).at(-1);
  const document = own({ attestation: file.attestation, undertaking: file.undertakings }[what]);
  if (!document) throw new Error(`${what}: expected one by ${signer}, got none`);
  const digest =
    what === "undertaking"
      ? TypedDataEncoder.hash(domain, undertakingTypes, held(file, document))
      : TypedDataEncoder.hash(domain, attestationTypes, attested(file, document.account, document.valid_until, document.counterpart));
  const signature = await wallet.signTypedData(domain, revocationTypes, { document: digest, at: time(at, "from") });
  const revocation = { signer, document: digest, at, signature };
  return { ...file, revocations: packed([...list(file.revocations), revocation]) };
}

async function main([verb, path, ...words]) {
  const key = process.env.ATTESTER_KEY;
  const usage = "usage: undertake.mjs hold <account.json> <secured party> <facility> <until> [<text file>] | revoke <account.json> attestation|undertaking <from>";
  if (!path || !["hold", "revoke"].includes(verb)) throw new Error(usage);
  if (!key) throw new Error("expected the attester's key in the environment variable ATTESTER_KEY");
  const file = JSON.parse(readFileSync(path, "utf8"));
  const seconds = (text) => (/^[1-9][0-9]{0,14}$/.test(text ?? "") ? Number(text) : NaN);
  let done;
  if (verb === "hold") {
    const [securedParty, facility, until, own] = words;
    const text = readFileSync(own ?? STANDARD);
    console.error(text.toString("utf8"));
    done = await undertake(file, new Wallet(key), securedParty ?? "", facility, seconds(until), text);
  } else {
    done = await revoke(file, new Wallet(key), words[0], seconds(words[1]));
  }
  console.log(JSON.stringify(done, null, 2));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(`error: ${error.message}`);
    process.exitCode = 2;
  });
}
