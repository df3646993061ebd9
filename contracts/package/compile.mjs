// The contracts' sources and what solc makes of them: every .sol below contracts/src, the settings
// of the harness and of foundry.toml, the pinned solc. Results are kept in package/.cache by the
// hash of their whole input.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, posix } from "node:path";
import { fileURLToPath } from "node:url";

export const folder = fileURLToPath(new URL("../", import.meta.url));
export const root = join(folder, "..");
const require = createRequire(join(folder, "package.json"));
export const solcVersion = require("solc/package.json").version;
export const ozVersion = require("@openzeppelin/contracts/package.json").version;

export const settings = {
  evmVersion: "cancun",
  viaIR: true,
  optimizer: { enabled: true, runs: 200 },
  metadata: { appendCBOR: false, bytecodeHash: "none" },
};
// Of the generated verifiers (`compiler_settings` of covenant-solidity).
export const proofSettings = { ...settings, viaIR: false, optimizer: { enabled: false } };

// Paths below contracts/ of every source, in order.
export function sourcePaths() {
  return readdirSync(join(folder, "src"), { recursive: true })
    .map((path) => `src/${path.replaceAll("\\", "/")}`)
    .filter((path) => path.endsWith(".sol"))
    .sort();
}

function read(path) {
  for (const base of [folder, join(folder, "node_modules")]) {
    if (existsSync(join(base, path))) return readFileSync(join(base, path), "utf8");
  }
  throw new Error(`${path} was not found`);
}

// What a source imports, as paths from contracts/ or node_modules/.
export function imports(path, text) {
  const found = text.matchAll(/^\s*import\s+(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']/gm);
  return [...found].map(([, target]) =>
    target.startsWith(".") ? posix.normalize(posix.join(posix.dirname(path), target)) : target,
  );
}

// Sources with all that they import.
export function closure(paths) {
  const found = new Map();
  const add = (path) => {
    if (found.has(path)) return;
    const text = read(path);
    found.set(path, text);
    imports(path, text).forEach(add);
  };
  paths.forEach(add);
  return Object.fromEntries([...found].sort(([a], [b]) => (a < b ? -1 : 1)));
}

// Standard JSON that needs no file beside it.
export function input(paths, outputSelection, extra = {}) {
  const sources = Object.fromEntries(
    Object.entries(closure(paths)).map(([path, content]) => [path, { content }]),
  );
  return { language: "Solidity", sources, settings: { ...settings, ...extra, outputSelection } };
}

export const CODE = ["abi", "evm.bytecode.object", "evm.deployedBytecode.object", "evm.deployedBytecode.immutableReferences"];

// Compiles standard JSON; throws what solc has against it.
export function compile(standardJson) {
  const text = JSON.stringify(standardJson);
  const hash = createHash("sha256").update(`${solcVersion}\n${text}`).digest("hex");
  const cache = join(folder, "package/.cache");
  const kept = join(cache, `${hash}.json`);
  if (existsSync(kept)) return JSON.parse(readFileSync(kept, "utf8"));
  const output = require("solc").compile(text);
  const parsed = JSON.parse(output);
  const errors = (parsed.errors ?? []).filter((e) => e.severity === "error");
  if (errors.length) throw new Error(errors.map((e) => e.formattedMessage).join("\n"));
  mkdirSync(cache, { recursive: true });
  writeFileSync(kept, output);
  return parsed;
}

// Compares a file with what it must be, or writes it. Returns whether it was the same.
export function sync(path, text, check, how) {
  if (existsSync(path) && readFileSync(path, "utf8") === text) return true;
  if (check) console.error(`${path} is out of date: ${how}`);
  else writeFileSync(path, text);
  return false;
}
