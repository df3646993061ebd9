// Runs halmos over test/symbolic in a copy of the contracts, in which some of the registry is internal
// that is private, so that it can be reached. Arguments: a folder for the copy, halmos, and what else
// halmos is to be told.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const contracts = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

// What is made internal; each occurs once.
const OPENED = [
  ["src/CovenantRegistry.sol", "function _take(Pledge storage held, Pledge memory pledge, uint256 index) private {", "function _take(Pledge storage held, Pledge memory pledge, uint256 index) internal {"],
  ["src/CovenantRegistry.sol", "function _holds(Pledge storage held) private view", "function _holds(Pledge storage held) internal view"],
  ["src/Facilities.sol", "IDebtSource[]) private _sources;", "IDebtSource[]) internal _sources;"],
];

/// Replaces a text in a file that has it exactly once.
export function replace(folder, file, from, to) {
  const path = join(folder, file);
  const text = readFileSync(path, "utf8");
  const count = text.split(from).length - 1;
  if (count !== 1) throw new Error(`${file} has ${count} times: ${from}`);
  writeFileSync(path, text.replace(from, () => to));
}

/// A copy of the contracts with some of the tests alone.
export function copy(folder, ...tests) {
  rmSync(join(folder, "src"), { recursive: true, force: true });
  rmSync(join(folder, "test"), { recursive: true, force: true });
  mkdirSync(join(folder, "test"), { recursive: true });
  for (const name of ["src", "bin", "foundry.toml", ...tests.map((t) => join("test", t))]) {
    cpSync(join(contracts, name), join(folder, name), { recursive: true });
  }
  rmSync(join(folder, "node_modules"), { force: true });
  symlinkSync(join(contracts, "node_modules"), join(folder, "node_modules"));
}

/// Without the registry, which takes the compiler most of its time, where its tests are not wanted.
export function openForHalmos(folder, registry = true) {
  copy(folder, "symbolic");
  // It runs whatever is there, a test that is gone too.
  rmSync(join(folder, "out"), { recursive: true, force: true });
  rmSync(join(folder, "cache"), { recursive: true, force: true });
  if (!registry) return;
  for (const [file, from, to] of OPENED) replace(folder, file, from, to);
  cpSync(join(folder, "test/symbolic/Lien.sol.in"), join(folder, "test/symbolic/Lien.t.sol"));
}

/// Its output is shown, or returned.
export function halmos(folder, command, args, shown) {
  const forge = join(contracts, "node_modules/@foundry-rs/forge-linux-amd64/bin");
  const venv = dirname(command);
  return spawnSync(
    command,
    ["--root", folder, "--match-contract", "Test$", "--no-status", "--statistics", "--loop", "4",
      // On these queries a hundred times as fast as yices.
      "--solver", "z3", "--solver-timeout-assertion", "120s", ...args],
    {
      cwd: folder,
      env: { ...process.env, FOUNDRY_PROFILE: "symbolic", PATH: `${venv}:${forge}:${process.env.PATH}` },
      stdio: shown ? "inherit" : "pipe",
      encoding: "utf8",
    },
  );
}

if (import.meta.url === pathToFileURL(process.argv[1]).href) {
  const [folder, command, ...args] = process.argv.slice(2).map((a, i) => (i < 2 ? resolve(a) : a));
  const start = Date.now();
  openForHalmos(folder);
  const { status } = halmos(folder, command, args, true);
  console.log(`halmos: ${Math.round((Date.now() - start) / 1000)} s`);
  process.exit(status ?? 1);
}
