#!/usr/bin/env node
// Deploys generated verifiers, their fronts, a router and a registry at addresses that follow from
// what is deployed, as script/Deploy.s.sol does, from the published artifacts alone.
//
//   COVENANT_ADMIN=0x... COVENANT_ROUTER_DELAY=604800 COVENANT_REGISTRY_DELAY=604800 \
//   ETH_RPC_URL=... PRIVATE_KEY=0x... covenant-deploy
//
// COVENANT_SALT (32 bytes), COVENANT_SHAPES (small,medium,large), COVENANT_GAS_CAP and COVENANT_OUT
// (deployments/<chain id>.json) have defaults. In place of PRIVATE_KEY: ETH_KEYSTORE and ETH_PASSWORD,
// two files, or ETH_FROM for an account of the node's. --predict prints addresses and sends nothing.
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { AbiCoder, JsonRpcProvider, Wallet, ZeroHash, concat, getAddress, getCreate2Address, getCreateAddress, isHexString, keccak256 } from "ethers";

/** The deterministic deployment proxy, which most chains have. */
export const DEPLOYER = "0x4e59b44847b379578588920cA78FbF26c0B4956C";

// In the package it is the folder above, in the repository what build.mjs made.
const beside = fileURLToPath(new URL("../", import.meta.url));
const home = existsSync(join(beside, "manifest.json")) ? beside : join(beside, "package/dist");
const read = (path) => JSON.parse(readFileSync(join(home, path), "utf8"));

/** What would be deployed, in order, with addresses, code and arguments. */
export function plan({ admin, routerDelay, registryDelay, salt = ZeroHash, shapes, gasCap }) {
  const published = read("manifest.json");
  const owner = getAddress(admin);
  if (!isHexString(salt, 32)) throw new Error("the salt must have 32 bytes, 0x-hex");
  const steps = [];
  const step = (contract, values, more = {}) => {
    const artifact = read(`artifacts/${contract}.json`);
    const inputs = artifact.abi.find((e) => e.type === "constructor")?.inputs ?? [];
    const args = inputs.length ? AbiCoder.defaultAbiCoder().encode(inputs.map((i) => i.type), values) : "0x";
    const code = concat([artifact.bytecode, args]);
    const address = getCreate2Address(DEPLOYER, salt, keccak256(code));
    steps.push({ name: contract, address, arguments: args, code, artifact, ...more });
    return address;
  };
  const fronts = (shapes ?? Object.keys(published.verifiers)).map((shape, i) => {
    const v = published.verifiers[shape];
    if (!v) throw new Error(`no verifier is published for the shape ${shape}`);
    const proof = step(v.contract, [], { circuit: v.circuit, expected: v.codeHash });
    const values = [proof, v.codeHash, v.circuit, v.accounts, v.assets, gasCap ?? published.gasCap];
    return step("CovenantVerifier", values, { circuit: v.circuit, version: i + 1 });
  });
  const router = step("CovenantRouter", [owner, routerDelay, fronts]);
  const registry = step("CovenantRegistry", [router, registryDelay]);
  // The registry's constructor deploys these two, as its first and its second.
  for (const [i, name] of ["CovenantRules", "CovenantIdentities"].entries()) {
    const address = getCreateAddress({ from: registry, nonce: i + 1 });
    steps.push({ name, address, arguments: "0x", artifact: read(`artifacts/${name}.json`) });
  }
  return { package: published.package, admin: owner, salt, router, registry, fronts, steps };
}

/** Whether code is an artifact's, whatever its immutables are. */
export function sameCode(code, artifact) {
  const mask = (hex) => {
    const bytes = Buffer.from(hex.slice(2), "hex");
    for (let i = 0; i < artifact.immutables.length; i += 2) {
      bytes.fill(0, artifact.immutables[i], artifact.immutables[i] + artifact.immutables[i + 1]);
    }
    return bytes;
  };
  return mask(code).equals(mask(artifact.deployedBytecode));
}

async function checked(provider, { name, address, artifact, expected }) {
  const code = await provider.getCode(address);
  if (code === "0x") return undefined;
  const hash = keccak256(code);
  if (!sameCode(code, artifact) || (expected && hash !== expected)) {
    throw new Error(`${address} has other code than ${name}`);
  }
  return hash;
}

/** Deploys what is not there yet and returns the manifest of the deployment. */
export async function deploy(signer, options, say = () => {}) {
  const { provider } = signer;
  const whole = plan(options);
  const { chainId } = await provider.getNetwork();
  if ((await provider.getCode(DEPLOYER)) === "0x") {
    throw new Error(`chain ${chainId} has no deterministic deployer at ${DEPLOYER}`);
  }
  const fromBlock = await provider.getBlockNumber();
  const contracts = [];
  for (const step of whole.steps) {
    const { name, address, code, circuit, version } = step;
    let codeHash = await checked(provider, step);
    if (codeHash) say(`${name} ${address}: there already`);
    else {
      if (!code) throw new Error(`${name} is not at ${address}`);
      await (await signer.sendTransaction({ to: DEPLOYER, data: concat([whole.salt, code]) })).wait();
      codeHash = await checked(provider, step);
      if (!codeHash) throw new Error(`${name} was not deployed at ${address}`);
      say(`${name} ${address}: deployed`);
    }
    contracts.push({ name, address, codeHash, arguments: step.arguments, ...(circuit && { circuit }), ...(version && { version }) });
  }
  return {
    format: "covenant-deployment/1",
    package: whole.package,
    chainId: Number(chainId),
    fromBlock,
    deployer: DEPLOYER,
    salt: whole.salt,
    admin: whole.admin,
    router: whole.router,
    registry: whole.registry,
    contracts,
  };
}

function optionsOf(env) {
  const needed = (name) => {
    if (!env[name]) throw new Error(`${name} is not set`);
    return env[name];
  };
  return {
    admin: needed("COVENANT_ADMIN"),
    routerDelay: BigInt(needed("COVENANT_ROUTER_DELAY")),
    registryDelay: BigInt(needed("COVENANT_REGISTRY_DELAY")),
    salt: env.COVENANT_SALT || ZeroHash,
    shapes: env.COVENANT_SHAPES ? env.COVENANT_SHAPES.split(",") : undefined,
    gasCap: env.COVENANT_GAS_CAP ? BigInt(env.COVENANT_GAS_CAP) : undefined,
  };
}

async function signerOf(env, provider) {
  if (env.PRIVATE_KEY) return new Wallet(env.PRIVATE_KEY, provider);
  if (env.ETH_KEYSTORE) {
    const password = readFileSync(env.ETH_PASSWORD, "utf8").replace(/\r?\n$/, "");
    return (await Wallet.fromEncryptedJson(readFileSync(env.ETH_KEYSTORE, "utf8"), password)).connect(provider);
  }
  if (env.ETH_FROM) return provider.getSigner(env.ETH_FROM);
  throw new Error("PRIVATE_KEY, ETH_KEYSTORE or ETH_FROM must be set");
}

// The first block of a deployment stays what it was when it is run again.
function save(path, manifest) {
  if (existsSync(path)) {
    const old = JSON.parse(readFileSync(path, "utf8"));
    if (old.registry === manifest.registry) manifest.fromBlock = old.fromBlock;
  }
  mkdirSync(dirname(resolve(path)), { recursive: true });
  writeFileSync(path, `${JSON.stringify(manifest, null, 2)}\n`);
}

async function main(env, words) {
  const options = optionsOf(env);
  if (words.includes("--predict")) {
    for (const { name, address } of plan(options).steps) console.log(`${name} ${address}`);
    return;
  }
  const provider = new JsonRpcProvider(env.ETH_RPC_URL ?? "http://127.0.0.1:8545", undefined, { cacheTimeout: -1 });
  try {
    const manifest = await deploy(await signerOf(env, provider), options, console.log);
    const out = env.COVENANT_OUT ?? `deployments/${manifest.chainId}.json`;
    save(out, manifest);
    console.log(`written: ${out}`);
  } finally {
    provider.destroy();
  }
}

if (process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) {
  main(process.env, process.argv.slice(2)).catch((error) => {
    console.error(error.shortMessage ?? error.message);
    process.exit(1);
  });
}
