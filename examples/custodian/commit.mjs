// An account commitment without any software of ours: Poseidon from poseidon-lite,
// keccak256 from @noble/hashes. Sections 3 and 4 of the specification.
import { keccak_256 } from "@noble/hashes/sha3";
import { utf8ToBytes, bytesToHex } from "@noble/hashes/utils";
import { poseidon4 } from "poseidon-lite/poseidon4";

const keccak = (text) => BigInt("0x" + bytesToHex(keccak_256(utf8ToBytes(text))));
const ascii = (text) => BigInt("0x" + bytesToHex(utf8ToBytes(text)));

export const assetId = (name) => keccak(name) >> 136n; // the first 15 bytes
export const subjectId = (name) => keccak(name) >> 8n;

const R = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;

function within(name, value, bound) {
  const number = BigInt(value);
  if (number < 0n || number >= bound) throw new Error(`${name}: expected 0 to ${bound - 1n}`);
  return number;
}

/** positions: [[asset name, amount in base units], ...]; blinding: uniform below r. Every range
 *  of section 2 is checked, so that only an account has a commitment here. */
export function commitment({ kind, subject, as_of, blinding, positions }) {
  if (kind !== "collateral" && kind !== "liability") throw new Error("kind: expected collateral or liability");
  within("as_of", as_of, 2n ** 64n);
  within("blinding", blinding, R);
  const entries = positions.map(([asset, amount], i) =>
    (assetId(asset) << 128n) + within(`positions[${i}]`, amount, 2n ** 112n));
  while (entries.length % 3 !== 0) entries.push(0n);
  let h = poseidon4([ascii(`covenant/${kind}/v1`), subjectId(subject), BigInt(as_of), BigInt(blinding)]);
  for (let i = 0; i < entries.length; i += 3) h = poseidon4([h, ...entries.slice(i, i + 3)]);
  return "0x" + h.toString(16).padStart(64, "0");
}
