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

export const write = (name, value) =>
  writeFileSync(join(desk, name), JSON.stringify(value, (_, x) => (typeof x === "bigint" ? `${x}` : x)));

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
      ["CovenantVerifier", "CovenantRegistry", "BackedToken"].map((name) => [
        name,
        read(`artifacts/${name}.json`),
      ]),
    ),
  };
}

function key(name) {
  return covenant("keys", "new", "--out", `${name}.key`, "--password-file", "password").address;
}

// Every attester commits and signs, the source signs prices. Returns the signers as terms name
// them.
export function basket(asOf, validUntil) {
  const attesters = ACCOUNTS.map((name) => {
    const kind = name.split("-")[0];
    covenant(
      "account", "commit", `accounts/${name}.csv`, "--kind", kind, "--subject", SUBJECT,
      "--as-of", `${asOf}`, "--policy", "policy.json", "--out", name,
    );
    const signer = key(name);
    covenant("keys", "salt", "--out", `${name}.salt`);
    covenant(
      "account", "sign", `${name}/account.json`, "--opening", `${name}/opening.json`, "--key",
      `${name}.key`, "--password-file", "password", "--account", `${name}: 1`, "--salt", `${name}.salt`,
      "--valid-until", `${validUntil}`,
    );
    return { name, signer, roles: kind === "collateral" ? 1 : 2 };
  });
  covenant(
    "prices", "build", "prices.csv", "--policy", "policy.json", "--as-of", `${asOf}`,
    "--out", "prices.json",
  );
  const signer = key("source");
  covenant(
    "prices", "sign", "prices.json", "--policy", "policy.json", "--key", "source.key",
    "--password-file", "password",
  );
  attesters.push({ name: "source", signer, roles: 4 });
  return attesters.sort((a, b) => (BigInt(a.signer) < BigInt(b.signer) ? -1 : 1));
}

// Proves for a context and leaves bundle.json.
export function prove(context) {
  covenant(
    "prove", "--policy", "policy.json", "--prices", "prices.json", "--opening",
    ...ACCOUNTS.map((name) => `${name}/opening.json`),
    "--debt", "4000000", "--ratio", "125%", "--context-hash", context, "--out", "bundle.json",
  );
}
