// The same with proofs: what was deployed covers a vault by the demo's basket at the prices of feeds;
// draw, a fall of a feed, the challenge that `covenant` makes of the bundle, a new proof that cures,
// draw. `proof.mjs URL MANIFEST COMPILED`; the binary is COVENANT.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Contract, ContractFactory, Interface, JsonRpcProvider, ZeroAddress, ZeroHash, id, keccak256, toUtf8Bytes } from "ethers";
import { DEBT, SUBJECT, basket, covenant, file, prove, write } from "../../dapp/covenant.mjs";
import { folder } from "../compile.mjs";

const [url, manifestPath, compiledPath] = process.argv.slice(2);
const read = (path) => JSON.parse(readFileSync(path, "utf8"));
const artifact = (name) => read(join(folder, `package/dist/artifacts/${name}.json`));
const deployment = read(manifestPath);
const compiled = read(compiledPath);
const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, batchMaxCount: 1 });
const [owner, lender, challenger] = await Promise.all([0, 1, 2].map((i) => provider.getSigner(i)));
const errors = new Interface(read(join(folder, "package/dist/abi/errors.json")));
const send = async (call) => (await call).wait();
async function create(from, ...args) {
  const contract = await new ContractFactory(from.abi, from.bytecode, owner).deploy(...args);
  return contract.waitForDeployment();
}
async function refused(name, call) {
  const got = await call().then(
    () => "accepted",
    (error) => errors.parseError(error.data ?? error.info?.error?.data ?? "0x")?.name ?? error.message,
  );
  assert.equal(got, name);
}

const registry = new Contract(deployment.registry, artifact("CovenantRegistry").abi, owner);
const router = new Contract(deployment.router, artifact("CovenantRouter").abi, owner);
const front = deployment.contracts.find((c) => c.name === "CovenantVerifier");
const version = await router.versionOf(id(front.circuit));
assert.equal(Number(version), front.version);

// Accounts, signers, and the prices of the demo.
const asOf = (await provider.getBlock("latest")).timestamp;
const attesters = await basket(asOf, asOf + 86_400, { name: "" });
const policy = covenant("policy", "digest", "policy.json").digest;
const priced = (out) => covenant("prices", "build", "prices.csv", "--policy", "policy.json", "--as-of", `${asOf}`, "--out", out);
const pricesOf = (name) => JSON.parse(file(name)).prices;

const dollar = await create(compiled.Dollar);
const salt = id("proof");
const facility = await registry.facilityId(owner.address, salt);
const vault = await create(
  artifact("LendingVault"), await dollar.getAddress(), "Vault", "V", deployment.registry, facility, lender.address, owner.address, 500, 4 * 86_400,
);
const vaultAt = await vault.getAddress();
const terms = {
  subject: BigInt(keccak256(toUtf8Bytes(SUBJECT))) >> 8n, policy: BigInt(policy), minRatioBps: 12_500, circuits: [], debtSources: [vaultAt],
  minPublicDebt: 0n, beneficiary: vaultAt, maxAccountAge: 86_400, maxWindow: 0, maxPriceAge: 3600, maxLag: 600, coverageSeconds: 43_200,
  attesterQuorum: 1, priceQuorum: 1, attesters: attesters.map(({ signer, roles }) => ({ signer, identity: signer, roles })), feeds: [],
  envelope: ZeroHash, sequencer: ZeroAddress, sequencerGrace: 0, securedParty: 0n, wording: ZeroHash, bond: 10n ** 15n, cureSeconds: 7200, hook: vaultAt,
};
const told = () => {
  write("terms.json", terms);
  return covenant("export", "terms", "terms.json", "--policy", "policy.json");
};
// Which envelope and which assets, in digest order.
const { assets, envelope } = told().policy;
terms.envelope = envelope;
const feeds = [];
const first = pricesOf("prices.json");
for (const { asset, decimals } of assets) {
  const feed = await create(compiled.SetFeed, 36 - decimals);
  await send(feed.set(BigInt(first[asset])));
  feeds.push(feed);
  terms.feeds.push({ feed: await feed.getAddress(), assetDecimals: decimals, maxAge: 3600 });
}
const { hash } = told();
await send(registry.open(salt, terms));
await send(registry.deposit(facility, { value: terms.bond }));
await send(vault.connect(lender).pin(terms));
assert.equal(await vault.terms(), hash);
await send(dollar.mint(lender.address, DEBT));
await send(dollar.connect(lender).approve(vaultAt, DEBT));
await send(vault.connect(lender).deposit(DEBT, lender.address));

// Proves for the facility's next epoch and submits; returns where.
async function cover() {
  const { epoch } = (await registry.facilityOf(facility)).coverage;
  const place = ["--chain-id", `${deployment.chainId}`, "--registry", deployment.registry, "--facility", `${facility}`, "--epoch", `${epoch}`];
  prove(covenant("export", "context", ...place).context);
  const { calldata } = covenant("export", "calldata", "bundle.json", "--for", "submit", "--terms", "terms.json", "--version", `${version}`, ...place);
  const receipt = await send(owner.sendTransaction({ to: deployment.registry, data: calldata }));
  assert.equal(await registry.isCovered(facility, hash), true);
  return { place, gas: receipt.gasUsed };
}
await refused("NotCovered", () => vault.draw.staticCall(1, owner.address));
const { place, gas } = await cover();
await send(vault.draw(DEBT / 2n, owner.address));

// The bill falls by 1 percent: no scenario says so.
const csv = file("prices.csv");
const [line] = /^isin:US912797Z341,.*$/m.exec(csv);
const [name, price, decimals] = line.split(",");
file("prices.csv", csv.replace(line, [name, (Number(price) * 0.99).toFixed(4), decimals].join(",")));
priced("later.json");
const later = pricesOf("later.json");
const move = async () => {
  for (const [i, { asset }] of assets.entries()) await send(feeds[i].set(BigInt(later[asset])));
};
await move();
const { calldata } = covenant("export", "calldata", "bundle.json", "--for", "challenge", "--terms", "terms.json", "--prices", "later.json", ...place);
await send(challenger.sendTransaction({ to: deployment.registry, data: calldata }));
assert.equal(await registry.isCovered(facility, hash), false);
assert.equal(await registry.bountyOf(challenger.address), terms.bond);
await send(registry.connect(challenger).collect());
await refused("DrawsStopped", () => vault.draw.staticCall(1, owner.address));

// A proof at the new prices cures.
await send(registry.deposit(facility, { value: terms.bond }));
await move();
priced("prices.json");
await cover();
await send(vault.noteCoverage());
await send(vault.draw(DEBT / 4n, owner.address));
provider.destroy();
console.log(JSON.stringify({ gas: `${gas}` }));
