// Ten claims in one proof on a chain of one's own: sends the transactions that
// `contracts/harness/tests/many.rs` has written, in their order, and tells what each has cost. Ends
// with 0 only if each ended as it did there, and ten claims cost what was wanted.
//   node contracts/dapp/many.mjs FILE
import { readFileSync } from "node:fs";
import { chain } from "./anvil.mjs";

const MOST_GAS = 75_000;
const { caller, time, claims, transactions } = JSON.parse(readFileSync(process.argv[2], "utf8"));
// The harness's chain and clock: the proof is of addresses that follow from them.
const anvil = await chain(1, ["--timestamp", String(time - 1)]);
const rpc = (method, ...params) => anvil.provider.send(method, params);
await rpc("anvil_impersonateAccount", caller);
await rpc("anvil_setBalance", caller, "0x56bc75e2d63100000");

let failures = 0;
for (const [i, { name, to, data, reverts }] of transactions.entries()) {
  await rpc("evm_setNextBlockTimestamp", time + i);
  const gas = "0xf42400";
  const sent = await rpc("eth_sendTransaction", { from: caller, to, data, gas });
  const receipt = await anvil.provider.waitForTransaction(sent, 1, 60_000);
  const used = Number(receipt.gasUsed);
  const ok = (receipt.status === 1) !== reverts;
  const dear = name?.includes("verif") && !reverts && used > MOST_GAS * claims;
  if (!ok || dear) failures += 1;
  if (name || !ok) {
    const each = reverts ? "reverts" : `${used} gas, ${Math.ceil(used / claims)} a claim`;
    console.log(`${ok && !dear ? "ok   " : "WRONG"} ${name ?? "set up"}: ${each}`);
  }
}
anvil.stop();
process.exit(failures === 0 ? 0 : 1);
