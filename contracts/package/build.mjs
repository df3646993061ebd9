// Assembles the npm package @covenant/contracts in contracts/package/dist: sources, ABIs (JSON and
// TypeScript), creation code, compiler inputs, the generated verifiers, and the manifest of what is
// published. `node contracts/package/build.mjs`, then `npm pack` in dist. With --inputs it also
// compiles each contract's own input and compares, some minutes.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { keccak256, toUtf8Bytes } from "ethers";
import { CODE, closure, compile, folder, input, ozVersion, proofSettings, root, settings, solcVersion, sourcePaths } from "./compile.mjs";

const dist = join(folder, "package/dist");
const data = join(root, "solidity/data");
const json = (value) => `${JSON.stringify(value, null, 2)}\n`;
const readJson = (...path) => JSON.parse(readFileSync(join(...path), "utf8"));

function put(path, text) {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}

// CovenantRegistry -> covenantRegistryAbi, ICovenantRegistry -> iCovenantRegistryAbi.
const constant = (name) => `${name[0].toLowerCase()}${name.slice(1)}Abi`;

// Start and length of every immutable in the runtime code, flat, for whoever compares code.
const places = (references = {}) =>
  Object.values(references).flat().sort((a, b) => a.start - b.start).flatMap(({ start, length }) => [start, length]);

function artifact(name, source, contract) {
  const { abi, evm } = contract;
  const deployed = evm.deployedBytecode;
  return {
    contract: name,
    source,
    solc: solcVersion,
    abi,
    bytecode: `0x${evm.bytecode.object}`,
    deployedBytecode: `0x${deployed.object}`,
    immutables: places(deployed.immutableReferences),
  };
}

// Hand-written contracts: those with code are deployable, interfaces and libraries have an ABI.
function contracts() {
  const compiled = compile(input(sourcePaths(), { "*": { "": ["ast"], "*": CODE } }));
  const found = new Map();
  for (const source of sourcePaths()) {
    const kinds = Object.fromEntries(
      compiled.sources[source].ast.nodes
        .filter((n) => n.nodeType === "ContractDefinition")
        .map((n) => [n.name, n.abstract ? "abstract" : n.contractKind]),
    );
    for (const [name, contract] of Object.entries(compiled.contracts[source] ?? {})) {
      if (found.has(name)) throw new Error(`two contracts are named ${name}`);
      found.set(name, { source, kind: kinds[name], ...artifact(name, source, contract) });
    }
  }
  return [...found.values()].sort((a, b) => (a.contract < b.contract ? -1 : 1));
}

// The generated verifiers of a list of the manifest, `verifiers` of one claim and `many` of several, as
// they are published.
function verifiers(list) {
  return readJson(data, "manifest.json")[list].map((v) => {
    const source = `${v.contract}.sol`;
    const content = readFileSync(join(data, source), "utf8");
    const [claims, of] = list === "many" ? v.circuit.split("/")[1].split("of") : ["1", v.circuit.split("/")[1]];
    const [accounts, , assets] = of.split("x").map(Number);
    if (Number(claims) * (13 + accounts + assets) !== v.public_inputs) throw new Error(`${v.circuit}: other public inputs`);
    const select = { [source]: { [v.contract]: CODE } };
    const standard = { language: "Solidity", sources: { [source]: { content } }, settings: { ...proofSettings, outputSelection: select } };
    const built = artifact(v.contract, `generated/${source}`, compile(standard).contracts[source][v.contract]);
    const published = readJson(data, `${v.contract}.json`);
    if (built.bytecode !== published.bytecode || keccak256(built.deployedBytecode) !== v.code_hash) {
      throw new Error(`${source} does not compile to what is published`);
    }
    return { entry: v, claims: Number(claims), accounts, assets, content, standard, built };
  });
}

// What whoever deploys a front of a verifier has to know.
function published({ entry: v, accounts, assets }) {
  return {
    contract: v.contract,
    circuit: v.circuit,
    circuitHash: keccak256(toUtf8Bytes(v.circuit)),
    ceremony: v.ceremony,
    codeHash: v.code_hash,
    accounts,
    assets,
    publicInputs: v.public_inputs,
    proofBytes: v.proof_bytes,
  };
}

function typed(entries) {
  const lines = entries.map(([name, abi]) => `export const ${name} = ${JSON.stringify(abi)} as const;\n`);
  const out = join(folder, "package/.cache/abi");
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "abi.ts"), lines.join(""));
  // Compiled where nothing else is seen: index.js and index.d.ts with literal types.
  const compilerOptions = { declaration: true, module: "esnext", target: "es2022", types: [] };
  writeFileSync(join(out, "tsconfig.json"), json({ compilerOptions, files: ["abi.ts"] }));
  execFileSync("node", [join(folder, "node_modules/typescript/bin/tsc"), "-p", out], { stdio: "inherit" });
  put("abi/index.js", readFileSync(join(out, "abi.js"), "utf8"));
  put("abi/index.d.ts", readFileSync(join(out, "abi.d.ts"), "utf8"));
}

function main() {
  const { version, license } = readJson(folder, "package.json");
  rmSync(dist, { recursive: true, force: true });
  const written = contracts();
  const [single, many] = [verifiers("verifiers"), verifiers("many")];
  const generated = [...single, ...many];
  const deployable = written.filter((c) => c.kind === "contract");

  for (const path of sourcePaths()) put(path, readFileSync(join(folder, path), "utf8"));
  for (const { source, kind, ...rest } of written) {
    put(`abi/${rest.contract}.json`, json(rest.abi));
    if (kind === "contract") put(`artifacts/${rest.contract}.json`, json({ ...rest, source }));
  }
  for (const c of deployable) {
    const one = input([c.source], { [c.source]: { [c.contract]: CODE } });
    if (process.argv.includes("--inputs")) {
      const alone = artifact(c.contract, c.source, compile(one).contracts[c.source][c.contract]);
      if (alone.bytecode !== c.bytecode) throw new Error(`${c.contract}: its own input gives other code`);
    }
    put(`input/${c.contract}.json`, json(one));
  }
  for (const v of generated) {
    const name = v.entry.contract;
    put(`generated/${name}.sol`, v.content);
    put(`abi/${name}.json`, json(v.built.abi));
    put(`artifacts/${name}.json`, json(v.built));
    put(`input/${name}.json`, json(v.standard));
  }

  // Every error that a call can end with: those of contracts that a contract calls are in no ABI of
  // its own.
  const known = new Map();
  const all = [...written.map((c) => c.abi), ...generated.map((v) => v.built.abi)].flat();
  for (const e of all.filter((e) => e.type === "error")) {
    known.set(`${e.name}(${e.inputs.map((i) => JSON.stringify(i.components ?? i.type))})`, e);
  }
  const errors = [...known.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, e]) => e);
  put("abi/errors.json", json(errors));
  typed([
    ...written.map((c) => [constant(c.contract), c.abi]),
    ...generated.map((v) => [constant(v.entry.contract), v.built.abi]),
    ["covenantErrorsAbi", errors],
  ]);

  const gasCap = /pub const GAS_CAP: u64 = ([\d_]+)/.exec(readFileSync(join(root, "solidity/src/artifacts.rs"), "utf8"));
  const manifest = {
    format: "covenant-package/1",
    package: `@covenant/contracts@${version}`,
    solc: solcVersion,
    openzeppelin: ozVersion,
    settings,
    gasCap: Number(gasCap[1].replaceAll("_", "")),
    verifiers: Object.fromEntries(single.map((v) => [v.entry.shape, published(v)])),
    many: Object.fromEntries(many.map((v) => [v.entry.shape, { ...published(v), claims: v.claims }])),
    // keccak256 of the creation code, and of the runtime code with its immutables 0.
    contracts: Object.fromEntries(
      deployable.map((c) => [
        c.contract,
        {
          source: c.source,
          creationCodeHash: keccak256(c.bytecode),
          runtimeCodeHash: keccak256(c.deployedBytecode),
          codeBytes: (c.deployedBytecode.length - 2) / 2,
        },
      ]),
    ),
  };
  put("manifest.json", json(manifest));

  cpSync(join(folder, "package/README.md"), join(dist, "README.md"));
  cpSync(join(folder, "script"), join(dist, "script"), { recursive: true });
  for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(join(root, name), join(dist, name));
  const names = [...deployable.map((c) => c.contract), ...generated.map((v) => v.entry.contract)];
  put(
    "index.js",
    `import { readFileSync } from "node:fs";\n\nexport * from "./abi/index.js";\n` +
      `const read = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8"));\n` +
      `export const manifest = read("./manifest.json");\n` +
      `const names = ${JSON.stringify(names)};\n` +
      "export const artifacts = Object.fromEntries(names.map((name) => [name, read(`./artifacts/${name}.json`)]));\n",
  );
  put(
    "index.d.ts",
    `import type * as abis from "./abi/index.js";\nexport * from "./abi/index.js";\n\n` +
      `export interface Artifact<abi> {\n  readonly contract: string;\n  readonly source: string;\n  readonly solc: string;\n` +
      "  readonly abi: abi;\n  readonly bytecode: `0x${string}`;\n  readonly deployedBytecode: `0x${string}`;\n" +
      `  /** Start and length of every immutable in the runtime code. */\n  readonly immutables: readonly number[];\n}\n\n` +
      `export declare const artifacts: {\n` +
      names.map((n) => `  readonly ${n}: Artifact<typeof abis.${constant(n)}>;\n`).join("") +
      `};\n\nexport interface PublishedVerifier {\n  readonly contract: keyof typeof artifacts;\n  readonly circuit: string;\n` +
      "  readonly circuitHash: `0x${string}`;\n  readonly ceremony: string;\n  readonly codeHash: `0x${string}`;\n" +
      `  readonly accounts: number;\n  readonly assets: number;\n  readonly publicInputs: number;\n  readonly proofBytes: number;\n}\n\n` +
      `export declare const manifest: {\n  readonly format: "covenant-package/1";\n  readonly package: string;\n  readonly solc: string;\n` +
      `  readonly openzeppelin: string;\n  readonly settings: object;\n  readonly gasCap: number;\n` +
      `  readonly verifiers: Readonly<Record<${single.map((v) => JSON.stringify(v.entry.shape)).join(" | ")}, PublishedVerifier>>;\n` +
      `  readonly many: Readonly<Record<${many.map((v) => JSON.stringify(v.entry.shape)).join(" | ")}, PublishedVerifier & { readonly claims: number }>>;\n` +
      "  readonly contracts: Readonly<Record<string, {\n    readonly source: string;\n    readonly creationCodeHash: `0x${string}`;\n    readonly runtimeCodeHash: `0x${string}`;\n    readonly codeBytes: number;\n  }>>;\n};\n",
  );
  put("remappings.txt", "@covenant/contracts/=./\n@openzeppelin/=node_modules/@openzeppelin/\n");
  put(
    "foundry.toml",
    `# The settings that give the published code.\n[profile.default]\nsrc = "src"\nscript = "script"\nlibs = ["node_modules", "dependencies"]\n` +
      `solc = "${solcVersion}"\nevm_version = "cancun"\nvia_ir = true\noptimizer = true\noptimizer_runs = 200\n` +
      `bytecode_hash = "none"\ncbor_metadata = false\nfs_permissions = [{ access = "read", path = "./" }, { access = "read-write", path = "./deployments" }]\n\n` +
      `[dependencies]\n"@openzeppelin-contracts" = "${ozVersion}"\n`,
  );
  put(
    "package.json",
    json({
      name: "@covenant/contracts",
      version,
      description: "Contracts of Covenant, proof of collateral in zero knowledge: sources, ABIs with types, code, and their deployment",
      license,
      type: "module",
      exports: {
        ".": { types: "./index.d.ts", default: "./index.js" },
        "./abi": { types: "./abi/index.d.ts", default: "./abi/index.js" },
        "./deploy": { types: "./script/deploy.d.mts", default: "./script/deploy.mjs" },
        "./abi/*.json": "./abi/*.json",
        "./artifacts/*.json": "./artifacts/*.json",
        "./input/*.json": "./input/*.json",
        "./manifest.json": "./manifest.json",
        "./package.json": "./package.json",
        "./src/*": "./src/*",
        "./generated/*": "./generated/*",
        "./script/*": "./script/*",
      },
      bin: { "covenant-deploy": "script/deploy.mjs" },
      engines: { node: ">=20" },
      dependencies: { "@openzeppelin/contracts": ozVersion },
      peerDependencies: { ethers: "^6.0.0" },
      peerDependenciesMeta: { ethers: { optional: true } },
    }),
  );
  console.log(`contracts/package/dist: ${deployable.length} contracts, ${generated.length} generated verifiers, ${errors.length} errors, ${Object.keys(closure(sourcePaths())).length} sources with OpenZeppelin's`);
}

main();
