// What a borrower, a lender and a challenger do with what was deployed, from the package's artifacts
// alone: open, cover, draw, challenge after a fall of the feed, cure, repay, release. With a mock in
// place of the proofs' verifier, which the router's admin announces. `story.mjs URL MANIFEST COMPILED`,
// where COMPILED has the feed and the dollar of foundry/Around.sol. Prints one line of JSON.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { AbiCoder, Contract, ContractFactory, Interface, JsonRpcProvider, Wallet, ZeroAddress, ZeroHash, id, keccak256, toBeHex } from "ethers";
import { artifacts, covenantErrorsAbi } from "@covenant/contracts";

const [url, manifestPath, compiledPath] = process.argv.slice(2);
const deployment = JSON.parse(readFileSync(manifestPath, "utf8"));
const compiled = JSON.parse(readFileSync(compiledPath, "utf8"));
const provider = new JsonRpcProvider(url, undefined, { cacheTimeout: -1, batchMaxCount: 1 });
const [owner, lender, challenger] = await Promise.all([0, 1, 2].map((i) => provider.getSigner(i)));
const errors = new Interface(covenantErrorsAbi);
const coder = AbiCoder.defaultAbiCoder();

const send = async (call) => (await call).wait();
const now = async () => (await provider.getBlock("latest")).timestamp;
async function create(artifact, ...args) {
  const contract = await new ContractFactory(artifact.abi, artifact.bytecode, owner).deploy(...args);
  return contract.waitForDeployment();
}
async function refused(name, call) {
  const got = await call().then(
    () => "accepted",
    (error) => errors.parseError(error.data ?? error.info?.error?.data ?? "0x")?.name ?? error.message,
  );
  assert.equal(got, name);
}

const registry = new Contract(deployment.registry, artifacts.CovenantRegistry.abi, owner);
const router = new Contract(deployment.router, artifacts.CovenantRouter.abi, owner);
assert.equal(await registry.router(), deployment.router);
const real = deployment.contracts.filter((c) => c.name === "CovenantVerifier");
for (const { address, circuit, version } of real) {
  assert.equal((await router.versions(version)).verifier, address);
  assert.equal(await router.versionOf(id(circuit)), BigInt(version));
}

// A mock as the next version: announced, and of use after the delay.
const mock = await create(artifacts.MockCovenantVerifier, "story");
await send(mock.acceptAll(true));
await send(router.announceVersion(await mock.getAddress()));
const version = Number(await router.versionCount());
await refused("VersionTooEarly", () => router.verifierOf(version));
await provider.send("evm_increaseTime", [Number(await router.delay())]);
await provider.send("evm_mine", []);

const salt = id("story");
const facility = await registry.facilityId(owner.address, salt);
const dollar = await create(compiled.Dollar);
const feed = await create(compiled.SetFeed, 8);
const vault = await create(
  artifacts.LendingVault, await dollar.getAddress(), "Vault", "V", deployment.registry, facility, lender.address, owner.address, 500, 4 * 86_400,
);
const [vaultAt, custodian] = [await vault.getAddress(), new Wallet(id("custodian"))];
await send(feed.set(60_000_00000000n));
const ratios = { ratios: [], multipliers: [], owed: 0n, weightless: 0n };
const envelope = keccak256(coder.encode(["uint32[]", "uint32[]", "uint256", "uint256"], Object.values(ratios)));
const terms = {
  subject: 12345n, policy: 777n, minRatioBps: 12_500, circuits: [], debtSources: [vaultAt], minPublicDebt: 0n, beneficiary: vaultAt,
  maxAccountAge: 86_400, maxWindow: 0, maxPriceAge: 0, maxLag: 600, coverageSeconds: 43_200, attesterQuorum: 1, priceQuorum: 0,
  attesters: [{ signer: custodian.address, identity: custodian.address, roles: 1 }],
  feeds: [{ feed: await feed.getAddress(), assetDecimals: 8, maxAge: 3600 }],
  envelope, sequencer: ZeroAddress, sequencerGrace: 0, securedParty: 0n, wording: ZeroHash, bond: 10n ** 15n, cureSeconds: 7200, hook: vaultAt,
};
const termsHash = keccak256(coder.encode([registry.interface.getFunction("open").inputs[1]], [terms]));
await send(registry.open(salt, terms));
await send(registry.deposit(facility, { value: terms.bond }));
await send(vault.connect(lender).pin(terms));
await send(dollar.mint(lender.address, 1_000_000n * 10n ** 6n));
await send(dollar.connect(lender).approve(vaultAt, 1_000_000n * 10n ** 6n));
await send(vault.connect(lender).deposit(1_000_000n * 10n ** 6n, lender.address));

// A token of the same registry mints nothing before it is covered.
const facility2 = await registry.facilityId(owner.address, id("token"));
const token = await create(artifacts.BackedToken, "Backed", "B", deployment.registry, facility2, owner.address);
await send(token.pin({ ...terms, debtSources: [await token.getAddress()] }));
await refused("NotCovered", () => token.mint.staticCall(owner.address, 1));

const TYPES = {
  AccountAttestation: ["bytes32 commitment", "bytes32 subject", "uint64 asOf", "uint64 validUntil", "uint8 kind", "bytes32 account", "bytes32 counterpart"].map((f) => {
    const [type, name] = f.split(" ");
    return { name, type };
  }),
};
async function cover(debt, commitment) {
  const asOf = await now();
  const a = { asOf, validUntil: asOf + 86_400, kind: 0, account: id("account 1"), counterpart: ZeroHash };
  const message = { commitment: toBeHex(commitment, 32), subject: toBeHex(terms.subject, 32), ...a };
  const signature = await custodian.signTypedData({ name: "Covenant", version: "1" }, TYPES, message);
  const { epoch } = (await registry.facilityOf(facility)).coverage;
  const none = { attesters: [], signatures: [] };
  const submission = {
    binding: { chainId: deployment.chainId, registry: deployment.registry, facility, epoch },
    version, policy: terms.policy, asOfFrom: asOf, asOfTo: asOf, publicDebt: debt, ratioBps: 12_500, kinds: 0, report: [0, 0, 0, 0, 0],
    commitments: [commitment], attestations: [{ ...a, signed: { attesters: [0], signatures: [signature] } }], undertakings: [],
    prices: { rounds: [0], asOf: 0, prices: [], signed: none }, proof: "0x",
  };
  const receipt = await send(registry.submit(facility, terms, submission));
  return receipt.logs.map((log) => registry.interface.parseLog(log)).find((e) => e?.name === "Covered").args;
}

const draw = (amount) => vault.draw(amount * 10n ** 6n, owner.address);
await refused("NotCovered", () => vault.draw.staticCall(1, owner.address));
const covered = await cover(500_000n * 10n ** 6n, 111n);
assert.equal(await registry.isCovered(facility, termsHash), true);
await send(draw(400_000n));
await refused("NotCovered", () => vault.draw.staticCall(200_000n * 10n ** 6n, owner.address));

// The price falls; whoever shows it ends the coverage and earns the bond.
const proved = [...covered.statement.prices];
const basis = {
  ratioBps: covered.statement.ratioBps, kinds: covered.statement.kinds, pricesAsOf: covered.pricesAsOf,
  prices: keccak256(coder.encode(["uint128[]"], [proved])),
  documents: keccak256(coder.encode(["tuple(address,bytes32)[]"], [covered.documents.map((d) => [d.signer, d.digest])])),
};
const latest = { rounds: [], asOf: 0, prices: [], signed: { attesters: [], signatures: [] } };
const challenge = [facility, terms, basis, proved, ratios, latest, [1]];
await refused("NotOutside", () => registry.challenge.staticCall(...challenge));
await send(feed.set(59_000_00000000n));
await send(registry.connect(challenger).challenge(...challenge));
assert.equal(await registry.isCovered(facility, termsHash), false);
assert.equal(await registry.bountyOf(challenger.address), terms.bond);
await send(registry.connect(challenger).collect());
await refused("DrawsStopped", () => vault.draw.staticCall(1, owner.address));

// A new proof at the new price cures, with a new bond.
await refused("BondTooSmall", () => cover(500_000n * 10n ** 6n, 222n));
await send(registry.deposit(facility, { value: terms.bond }));
await send(feed.set(59_000_00000000n));
await cover(500_000n * 10n ** 6n, 222n);
await send(vault.noteCoverage());
await send(draw(50_000n));

// Debt holds the pledges; without it they go.
await refused("DebtOutstanding", () => registry.release.staticCall(facility));
await send(dollar.mint(owner.address, 10_000n * 10n ** 6n));
await send(dollar.approve(vaultAt, 1_000_000n * 10n ** 6n));
await send(vault.repay(1_000_000n * 10n ** 6n));
await send(registry.release(facility));
assert.equal(await registry.isCovered(facility, termsHash), false);

// The admin freezes the mock for good.
await send(router.freezeVersion(version));
await refused("FrozenVersion", () => router.verifierOf(version));
provider.destroy();
console.log(JSON.stringify({ facility: `${facility}`, termsHash }));
