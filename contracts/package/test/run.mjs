// The package as others get it: in an empty npm project (types, deployment, a loan) and in an empty
// Foundry project (a contract of one's own, the deploy script, the same loan), on chains of their
// own; addresses and manifests of both are the same. `make test-package-contracts`.
import assert from "node:assert/strict";
import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { chain } from "../../dapp/anvil.mjs";
import { compile, folder, input } from "../compile.mjs";

const run = promisify(execFile);
const desk = mkdtempSync(join(tmpdir(), "covenant-package-"));
process.on("exit", () => rmSync(desk, { recursive: true, force: true }));
const started = Date.now();
const said = (what) => console.log(`${((Date.now() - started) / 1000).toFixed(1).padStart(6)} s  ${what}`);
const readJson = (path) => JSON.parse(readFileSync(path, "utf8"));
const pinned = readJson(join(folder, "package.json")).devDependencies;
const here = join(folder, "package/test");

async function sh(cwd, command, args, env = {}) {
  try {
    const { stdout } = await run(command, args, { cwd, env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
    return stdout;
  } catch (error) {
    throw new Error(`${command} ${args.join(" ")}\n${error.stdout}\n${error.stderr}`);
  }
}

// Who deploys, and what with.
const FROM = "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266";
const options = {
  COVENANT_ADMIN: FROM,
  COVENANT_ROUTER_DELAY: "172800",
  COVENANT_REGISTRY_DELAY: "259200",
  COVENANT_SALT: `0x${"00".repeat(31)}07`,
  ETH_FROM: FROM,
};

function pack() {
  execFileSync("node", [join(folder, "package/build.mjs")], { stdio: "inherit" });
  const [{ filename }] = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--pack-destination", desk], { cwd: join(folder, "package/dist"), encoding: "utf8" }),
  );
  return join(desk, filename);
}

// Feed and dollar of the test, for those who have no compiler.
function feeds(project) {
  const path = "package/test/foundry/Around.sol";
  const out = compile(input([path], { [path]: { "*": ["abi", "evm.bytecode.object"] } }, { viaIR: false })).contracts[path];
  const one = ({ abi, evm }) => ({ abi, bytecode: `0x${evm.bytecode.object}` });
  writeFileSync(join(project, "compiled.json"), JSON.stringify({ Dollar: one(out.Dollar), SetFeed: one(out.SetFeed) }));
}

// Needs the command `covenant`.
const proved = (...words) => sh(folder, "node", [join(here, "proof.mjs"), ...words]);

async function npmProject(tarball) {
  const project = join(desk, "npm");
  mkdirSync(project);
  const dependencies = { "@covenant/contracts": `file:${tarball}`, ethers: pinned.ethers };
  const devDependencies = { abitype: pinned.abitype, typescript: pinned.typescript };
  writeFileSync(join(project, "package.json"), JSON.stringify({ name: "empty", private: true, type: "module", dependencies, devDependencies }));
  await sh(project, "npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--silent"]);
  said("npm project: installed");
  copyFileSync(join(here, "npm/types.ts"), join(project, "types.ts"));
  copyFileSync(join(here, "npm/story.mjs"), join(project, "story.mjs"));
  const compilerOptions = { strict: true, noEmit: true, skipLibCheck: true, module: "nodenext", moduleResolution: "nodenext", target: "es2022", lib: ["es2022", "dom"], resolveJsonModule: true, types: [] };
  writeFileSync(join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["types.ts"] }));
  await sh(project, "node", ["node_modules/typescript/bin/tsc", "-p", "."]);
  said("npm project: types");

  const one = await chain(31337);
  const env = { ...options, ETH_RPC_URL: one.url };
  const deploy = () => sh(project, "node", ["node_modules/@covenant/contracts/script/deploy.mjs"], env);
  assert.match(await deploy(), /CovenantRegistry 0x\w+: deployed/);
  const first = readJson(join(project, "deployments/31337.json"));
  const again = await deploy();
  assert.match(again, /CovenantRegistry 0x\w+: there already/);
  assert.doesNotMatch(again, /: deployed/);
  assert.deepEqual(readJson(join(project, "deployments/31337.json")), first);
  const predicted = await sh(project, "node", ["node_modules/@covenant/contracts/script/deploy.mjs", "--predict"], env);
  assert.equal(predicted, first.contracts.map((c) => `${c.name} ${c.address}\n`).join(""));
  said(`npm project: deployed, registry ${first.registry}`);
  feeds(project);
  await proved(one.url, join(project, "deployments/31337.json"), join(project, "compiled.json"));
  said("npm project: cover, draw, challenge, cure, with proofs");
  await sh(project, "node", ["story.mjs", one.url, "deployments/31337.json", "compiled.json"]);
  one.stop();
  said("npm project: the same and release, with a mock");
  return { project, manifest: first };
}

async function foundryProject(tarball, npm) {
  const project = join(desk, "foundry");
  mkdirSync(join(project, "lib/covenant-contracts"), { recursive: true });
  mkdirSync(join(project, "src"));
  execFileSync("tar", ["-xzf", tarball, "-C", join(project, "lib/covenant-contracts"), "--strip-components=1"]);
  cpSync(join(folder, "node_modules/@openzeppelin"), join(project, "lib/@openzeppelin"), { recursive: true });
  cpSync(join(here, "foundry"), join(project, "src"), { recursive: true });
  // The block of the README, with the compiler of npm.
  const readme = readFileSync(join(project, "lib/covenant-contracts/README.md"), "utf8");
  const block = /```toml\n(# foundry\.toml[^]*?)```/.exec(readme)[1];
  const toml = block.replace(/^solc = .*$/m, `solc = "${join(folder, "bin/solc")}"\noffline = true`);
  writeFileSync(join(project, "foundry.toml"), toml);
  const forge = join(folder, "node_modules/@foundry-rs/forge-linux-amd64/bin/forge");
  await sh(project, forge, ["build", "src"]);
  said("Foundry project: a contract that imports interfaces, BackedToken and a drop-in");

  const two = await chain(31337);
  const env = { ...options, COVENANT_PACKAGE: "lib/covenant-contracts", FOUNDRY_DISABLE_NIGHTLY_WARNING: "1" };
  const deploy = () =>
    sh(project, forge, ["script", "lib/covenant-contracts/script/Deploy.s.sol", "--rpc-url", two.url, "--broadcast", "--slow", "--unlocked", "--sender", FROM], env);
  assert.match(await deploy(), /CovenantRegistry 0x\w+: deployed/);
  const manifest = readJson(join(project, "deployments/31337.json"));
  const same = (m) => ({ ...m, fromBlock: 0 });
  assert.deepEqual(same(manifest), same(npm.manifest));
  assert.match(await deploy(), /CovenantRegistry 0x\w+: there already/);
  assert.deepEqual(readJson(join(project, "deployments/31337.json")), manifest);
  said("Foundry project: Deploy.s.sol, the same addresses and manifest");
  const out = (name) => {
    const { abi, bytecode } = readJson(join(project, `out/Around.sol/${name}.json`));
    return { abi, bytecode: bytecode.object };
  };
  const compiled = join(npm.project, "forge.json");
  writeFileSync(compiled, JSON.stringify({ Dollar: out("Dollar"), SetFeed: out("SetFeed") }));
  await proved(two.url, join(project, "deployments/31337.json"), compiled);
  said("Foundry project: cover, draw, challenge, cure, with proofs");
  await sh(npm.project, "node", ["story.mjs", two.url, join(project, "deployments/31337.json"), compiled]);
  two.stop();
  said("Foundry project: the same and release, with a mock");
}

try {
  const binary = process.env.COVENANT ?? join(folder, "../target/debug/covenant");
  if (!existsSync(binary)) throw new Error(`${binary} is not there: build covenant-cli, or set COVENANT`);
  const tarball = pack();
  said("packed");
  const npm = await npmProject(tarball);
  await foundryProject(tarball, npm);
} catch (error) {
  console.error(error.message ?? error);
  process.exit(1);
}
process.exit(0);
