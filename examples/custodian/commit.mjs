// An account commitment without any software of ours: Poseidon from poseidon-lite,
// keccak256 from @noble/hashes. Sections 3 and 4 of the specification.
import { keccak_256 } from "@noble/hashes/sha3";
import { utf8ToBytes, bytesToHex } from "@noble/hashes/utils";
import { poseidon16 } from "poseidon-lite/poseidon16";

const keccak = (text) => BigInt("0x" + bytesToHex(keccak_256(utf8ToBytes(text))));
const ascii = (text) => BigInt("0x" + bytesToHex(utf8ToBytes(text)));

// One token has one id, whatever capitals its address is written with.
const hashed = (name) => (name.startsWith("eip155:") ? name.replace(/[A-Z]/g, (c) => c.toLowerCase()) : name);
export const assetId = (name) => keccak(hashed(name)) >> 136n; // the first 15 bytes
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
  if (entries.length > 2 ** 17) throw new Error("positions: expected at most 131072");
  const hash = (...inputs) => poseidon16([...inputs, ...Array(16 - inputs.length).fill(0n)]);
  // The header takes twelve entries, every further block fifteen; none is empty.
  const header = [ascii(`covenant/${kind}/v2`), subjectId(subject), BigInt(as_of), BigInt(blinding)];
  let h = hash(...header, ...entries.slice(0, 12));
  for (let i = 12; i < entries.length; i += 15) h = hash(h, ...entries.slice(i, i + 15));
  return "0x" + h.toString(16).padStart(64, "0");
}
