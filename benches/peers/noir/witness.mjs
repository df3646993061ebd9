// `node witness.mjs WORK DIR [CHANGE]`: compiles the program and solves for its witness; writes
// work.json and witness.gz. CHANGE makes the claim false; then there is no witness.
import { Noir } from '@noir-lang/noir_js';
import { compile, createFileManager } from '@noir-lang/noir_wasm';
import fs from 'node:fs';
import path from 'node:path';

const [file, dir, change] = process.argv.slice(2);
const work = JSON.parse(fs.readFileSync(file, 'utf8'));
const log = console.log;
console.log = () => {};
const { program } = await compile(createFileManager(import.meta.dirname));
console.log = log;

const changes = {
  debt: () => (work.debt = String(3n * BigInt(work.debt))),
  // One base unit more than 112 bits.
  amount: () => (work.accounts[0].positions[0][1] = String(1n << 112n)),
  asset: () => (work.accounts[0].positions[0][0] = '1'),
  value: () => {},
};
if (change) changes[change]();

const DIVISOR = 10n ** 30n;
const ids = work.assets.map((a) => a.id);
const place = (id) => ids.indexOf(id);
const totals = ids.map(() => 0n);
for (const [id, amount] of work.accounts.flatMap((a) => a.positions)) {
  if (place(id) >= 0) totals[place(id)] += BigInt(amount);
}
const products = totals.map((t, a) => t * BigInt(work.assets[a].price));
const values = products.map((p) => p / DIVISOR);
if (change === 'value') values[0] += 1n;
const counted = values.reduce((sum, v, a) => sum + v * BigInt(work.assets[a].weight), 0n);
const slack = counted - BigInt(work.ratio) * BigInt(work.debt);
const MODULUS = 21888242871839275222246405745257275088548364400416034343698204186575808495617n;
const field = (x) => String(((x % MODULUS) + MODULUS) % MODULUS);
const inputs = {
  tag: work.tag,
  subject: work.subject,
  as_of: work.as_of,
  ratio: work.ratio,
  debt: work.debt,
  ids,
  prices: work.assets.map((a) => a.price),
  weights: work.assets.map((a) => a.weight),
  blindings: work.accounts.map((a) => a.blinding),
  // An asset that is not listed has an index beyond the list.
  indices: work.accounts.map((a) => a.positions.map(([id]) => (place(id) < 0 ? ids.length : place(id)))),
  amounts: work.accounts.map((a) => a.positions.map(([, amount]) => amount)),
  values: values.map(field),
  remainders: products.map((p) => field(p % DIVISOR)),
  slack: field(slack),
};
const { witness } = await new Noir(program).execute(inputs);
fs.mkdirSync(dir, { recursive: true });
fs.writeFileSync(path.join(dir, 'work.json'), JSON.stringify(program));
fs.writeFileSync(path.join(dir, 'witness.gz'), witness);
