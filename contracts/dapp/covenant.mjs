// What the attesters, the price source and the borrower do off chain, with the command
// `covenant` alone.
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));
const binary = process.env.COVENANT ?? join(root, "target/debug/covenant");
const desk = mkdtempSync(join(tmpdir(), "covenant-dapp-"));
process.on("exit", () => rmSync(desk, { recursive: true, force: true }));

export const SUBJECT = "lei:EXMP00COVENANTDEMO73";
export const DEBT = 4_000_000n * 1_000_000n;
const ACCOUNTS = ["collateral-alder", "collateral-northbank", "collateral-quay", "liability-birch"];

cpSync(join(root, "examples/demo"), desk, { recursive: true });
writeFileSync(join(desk, "password"), "not a secret\n");

// Runs a command and returns the JSON object that it prints.
export function covenant(...words) {
  const options = { cwd: desk, encoding: "utf8", maxBuffer: 1 << 26 };
  return JSON.parse(execFileSync(binary, [...words, "--json"], options));
}

// The exit code alone.
export const exitCode = (...words) => spawnSync(binary, words, { cwd: desk }).status;

// A file of the desk; with a text, it is written.
export const file = (name, text) =>
  text === undefined ? readFileSync(join(desk, name), "utf8") : writeFileSync(join(desk, name), text);

export const write = (name, value) =>
  writeFileSync(join(desk, name), JSON.stringify(value, (_, x) => (typeof x === "bigint" ? `${x}` : x)));

export const CONTRACTS = [
  "CovenantVerifier", "CovenantRouter", "CovenantRegistry", "CovenantRules", "CovenantIdentities", "BackedToken",
];

// Contracts as `covenant export artifacts` writes them.
export function artifacts(shape) {
  const { contract, circuit, code_hash, gas_cap } = covenant(
    "export", "artifacts", "--shape", shape, "--out", "onchain",
  );
  const read = (name) => JSON.parse(readFileSync(join(desk, "onchain", name), "utf8"));
  return {
    circuit,
    codeHash: code_hash,
    gasCap: gas_cap,
    front: read("manifest.json").front,
    proof: read(`artifacts/${contract}.json`),
    ...Object.fromEntries(
      CONTRACTS.map((name) => [name, read(`artifacts/${name}.json`)]),
    ),
  };
}

function key(name) {
  return covenant("keys", "new", "--out", `${name}.key`, "--password-file", "password").address;
}

// Every attester commits and signs, the source signs prices; `wallet` is a contract that keeps the
// account of its name. Returns the signers as terms name them.
export async function basket(asOf, validUntil, wallet) {
  const attesters = [];
  for (const name of ACCOUNTS) {
    const kind = name.split("-")[0];
    covenant(
      "account", "commit", `accounts/${name}.csv`, "--kind", kind, "--subject", SUBJECT,
      "--as-of", `${asOf}`, "--policy", "policy.json", "--out", name,
    );
    covenant("keys", "salt", "--out", `${name}.salt`);
    const sign = [
      "account", "sign", `${name}/account.json`, "--opening", `${name}/opening.json`, "--account",
      `${name}: 1`, "--salt", `${name}.salt`, "--valid-until", `${validUntil}`,
    ];
    let signer;
    if (name === wallet.name) {
      signer = wallet.address;
      const signature = await wallet.sign(covenant(...sign, "--print-typed-data"));
      covenant(...sign, "--signer", wallet.caip10, "--signature", signature);
    } else {
      signer = key(name);
      covenant(...sign, "--key", `${name}.key`, "--password-file", "password");
    }
    attesters.push({ name, signer, roles: kind === "collateral" ? 1 : 2 });
  }
  const signer = key("source");
  priced("prices.json", asOf);
  attesters.push({ name: "source", signer, roles: 4 });
  return attesters.sort((a, b) => (BigInt(a.signer) < BigInt(b.signer) ? -1 : 1));
}

// The source signs the prices of prices.csv, as of a time.
export function priced(out, asOf) {
  covenant("prices", "build", "prices.csv", "--policy", "policy.json", "--as-of", `${asOf}`, "--out", out);
  covenant("prices", "sign", out, "--policy", "policy.json", "--key", "source.key", "--password-file", "password");
}

// The treasury bill falls, by a part that no scenario of the policy has.
export function fall(part) {
  const csv = file("prices.csv");
  const [line] = /^isin:US912797Z341,.*$/m.exec(csv);
  const [name, price, ...rest] = line.split(",");
  file("prices.csv", csv.replace(line, [name, (Number(price) * (1 - part)).toFixed(4), ...rest].join(",")));
}

// Every custodian undertakes to hold its account for a secured party of a facility. Returns the hash of
// the text that they sign.
export async function undertake(securedParty, facility, heldUntil, wallet) {
  let wording;
  for (const name of ACCOUNTS.filter((name) => name.startsWith("collateral"))) {
    const words = [
      "account", "undertake", `${name}/account.json`, "--secured-party", securedParty, "--facility", facility,
      "--held-until", `${heldUntil}`,
    ];
    if (name === wallet.name) {
      const signature = await wallet.sign(covenant(...words, "--print-typed-data"));
      ({ wording } = covenant(...words, "--signer", wallet.caip10, "--signature", signature));
    } else {
      ({ wording } = covenant(...words, "--key", `${name}.key`, "--password-file", "password"));
    }
  }
  return wording;
}

// A custodian withdraws its undertaking from a time on.
export const revoke = (name, at) =>
  covenant("account", "revoke", `${name}/account.json`, "--what", "undertaking", "--at", `${at}`, "--key", `${name}.key`, "--password-file", "password", "--out", `${name}/revoked.json`);

// Proves for a context and leaves bundle.json.
export function prove(context) {
  covenant(
    "prove", "--policy", "policy.json", "--prices", "prices.json", "--opening",
    ...ACCOUNTS.map((name) => `${name}/opening.json`),
    "--debt", "4000000", "--ratio", "125%", "--context-hash", context, "--out", "bundle.json",
  );
}

// What a lender off chain expects of the same bundle: the same signers and context.
export function expectations(attesters, wallet, context) {
  const named = (role, roles) =>
    attesters
      .filter((k) => k.roles === role)
      .map(({ name, signer }) => ({ name, keys: [name === wallet.name ? wallet.caip10 : signer], ...roles }));
  write("expect.json", {
    version: 2, policy: "policy.json", subject: SUBJECT, min_ratio: "125%",
    min_public_debt: "4000000", max_account_age: "1h", max_price_age: "1h", max_clock_skew: "1m",
    max_window: "0s", context_hash: context,
    attesters: [...named(1, { roles: ["collateral"] }), ...named(2, { roles: ["liability"] })],
    prices: { quorum: 1, signers: named(4, {}) },
  });
}

// Exit code of `verify`, and the blocks at which contracts were queried.
export function verify(at, ...words) {
  const options = { cwd: desk, encoding: "utf8" };
  const all = ["verify", "bundle.json", "--expect", "expect.json", "--at", `${at}`, "--json", ...words];
  const { status, stdout } = spawnSync(binary, all, options);
  const said = JSON.parse(stdout);
  return { status, code: said.code, blocks: (said.contracts ?? []).map((c) => c.block_number) };
}

// What `watch` says of a facility, and its exit code.
export function look(...words) {
  const { status, stdout } = spawnSync(binary, ["watch", ...words, "--json"], { cwd: desk, encoding: "utf8" });
  return { status, ...JSON.parse(stdout) };
}
