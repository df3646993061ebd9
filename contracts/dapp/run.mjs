// From `covenant export artifacts` to a covered facility and a minted token on a chain of one's
// own, and every abuse of it that one proof can show, each with the error that refuses it.
// `make onchain-demo`. Ends with 0 only if everything went as written here.
import { ContractFactory, Interface, ZeroAddress, ZeroHash, concat, dataLength } from "ethers";
import { id, keccak256, toBeHex, toUtf8Bytes, zeroPadValue } from "ethers";
import { chain } from "./anvil.mjs";
import {
  CONTRACTS, DEBT, SUBJECT, artifacts, basket, covenant, exitCode, expectations, fall, file, look, priced, prove, revoke,
  undertake, verify, write,
} from "./covenant.mjs";
import { deployWallet } from "./wallet.mjs";

const HOUR = 3600;
const DAY = 24 * HOUR;
const LENDER = "lei:EXMP00COVENANTLEND31";
const rows = [];
let failures = 0;

function result(what, expected, got) {
  const ok = expected === got;
  if (!ok) failures += 1;
  const short = (x) => (typeof x === "string" && x.length > 80 ? `${x.slice(0, 80)}...` : x);
  rows.push([ok ? "ok" : "WRONG", what, ok ? short(got) : `${got}, expected ${expected}`]);
}

// Every error of every contract, and what it is called.
const compiled = artifacts("small");
const errors = new Interface(
  [...CONTRACTS, "proof"]
    .flatMap((name) => compiled[name].abi)
    .filter((entry) => entry.type === "error"),
);

function nameOf(error) {
  const data = error.data ?? error.info?.error?.data;
  if (typeof data !== "string") return `${error.code ?? error.message}`;
  const parsed = errors.parseError(data);
  if (!parsed) return data;
  // The generated verifier's error within the front's.
  const inner = parsed.name === "ProofRejected" && errors.getError(parsed.args[0]);
  return inner ? `ProofRejected(${inner.name})` : parsed.name;
}

async function refused(what, expected, call) {
  const got = await call().then(() => "accepted", nameOf);
  result(what, expected, got);
}

async function deploy(signer, artifact, ...args) {
  const contract = await new ContractFactory(artifact.abi, artifact.bytecode, signer).deploy(...args);
  return contract.waitForDeployment();
}

const send = async (call) => (await call).wait();
const copy = (value) => structuredClone(value);

// Named fields, as calldata is decoded.
function plain(type, value) {
  if (type.baseType === "array") return [...value].map((x) => plain(type.arrayChildren, x));
  if (type.baseType !== "tuple") return value;
  return Object.fromEntries(type.components.map((c, i) => [c.name, plain(c, value[i])]));
}

const idOf = (name) => BigInt(keccak256(toUtf8Bytes(name))) >> 8n;

// The contracts, at the same addresses on every chain, the token and its terms; not opened yet.
async function world(chain, attesters, policy) {
  const [owner, lender] = await Promise.all([chain.account(0), chain.account(3)]);
  const proof = await deploy(owner, compiled.proof);
  const { accounts, assets } = compiled.front;
  const frontArgs = [await proof.getAddress(), compiled.codeHash, compiled.circuit, accounts, assets, compiled.gasCap];
  const front = await deploy(owner, compiled.CovenantVerifier, ...frontArgs);
  const frontAt = await front.getAddress();
  const router = await deploy(owner, compiled.CovenantRouter, owner.address, 2 * DAY, [frontAt]);
  const registry = await deploy(owner, compiled.CovenantRegistry, await router.getAddress(), DAY);
  const salt = id("facility 1");
  const facility = await registry.facilityId(owner.address, salt);
  const token = await deploy(
    owner, compiled.BackedToken, "Backed dollar", "BUSD1", await registry.getAddress(), facility, owner.address,
  );
  const terms = {
    subject: idOf(SUBJECT),
    policy: BigInt(policy),
    minRatioBps: 12_500,
    circuits: [],
    debtSources: [await token.getAddress()],
    minPublicDebt: 0n,
    beneficiary: lender.address,
    maxAccountAge: DAY,
    maxWindow: 0,
    maxPriceAge: HOUR,
    maxLag: 0,
    coverageSeconds: 12 * HOUR,
    attesterQuorum: 1,
    priceQuorum: 1,
    attesters: attesters.map(({ signer, roles }) => ({ signer, identity: signer, roles })),
    feeds: [],
    envelope: ZeroHash,
    sequencer: ZeroAddress,
    sequencerGrace: 0,
    securedParty: idOf(LENDER),
    wording: ZeroHash,
    bond: 10n ** 15n,
    cureSeconds: HOUR,
    hook: ZeroAddress,
  };
  const version = Number(await router.versionOf(id(compiled.circuit)));
  return { owner, lender, proof, frontArgs, frontAt, router, registry, token, terms, facility, salt, version };
}

// A debt source that submits again while it is read, whatever calldata it has.
function hostileSource(registry, data) {
  const length = toBeHex(dataLength(data), 2);
  const code = (offset) =>
    concat([
      "0x61", length, "0x61", toBeHex(offset, 2), "0x5f39", // codecopy(0, offset, length)
      "0x5f5f61", length, "0x5f5f73", registry, "0x5af150", // call(gas, registry, 0, 0, length, 0, 0)
      "0x3d5f5f3e3d5ffd", // revert with what it said
    ]);
  const runtime = concat([code(dataLength(code(0))), data]);
  const size = toBeHex(dataLength(runtime), 2);
  // codecopy(0, 10, size); return(0, size)
  return concat(["0x61", size, "0x80600a5f395ff3", runtime]);
}

// A lender that holds the same bundle and no chain: whether the wallet signed, it has to query, of the
// attestation and of the undertaking.
async function offChain(one, wallet, at) {
  const rpc = ["--rpc", one.url];
  const both = (what, expected, got) => result(what, JSON.stringify(expected), JSON.stringify(got));
  const number = async (tag) => (await one.provider.getBlock(tag)).number;
  const untold = verify(at);
  both("verify without a node, a wallet having signed", [2, "contract_not_queried"], [untold.status, untold.code]);
  const early = verify(at, ...rpc);
  both("verify at a finalized block before the wallet", [2, "node_failed"], [early.status, early.code]);
  await one.provider.send("anvil_mine", ["0x64"]);
  const then = await number("finalized");
  both("verify at the newest finalized block", { status: 0, blocks: [then, then] }, verify(at, ...rpc));
  const head = await number("latest");
  both("verify at the head", { status: 0, blocks: [head, head] }, verify(at, ...rpc, "--block", `${head}`));
  await one.later(0, async () => {
    await wallet.replaceOwner(ZeroAddress);
    both("verify before the wallet's new owner is final", 0, verify(at, ...rpc).status);
    await one.provider.send("anvil_mine", ["0x64"]);
    const now = verify(at, ...rpc);
    both("verify after it is", [1, "signature_refused"], [now.status, now.code]);
    both("verify at a block before it", { status: 0, blocks: [head, head] }, verify(at, ...rpc, "--block", `${head}`));
    const never = verify(at, ...rpc, "--block", `${head + 1_000_000}`);
    both("verify at a block that is not yet", [2, "node_failed"], [never.status, never.code]);
  });
}

async function story() {
  const one = await chain(31337);
  const asOf = (await one.provider.getBlock("latest")).timestamp;
  const wallet = await deployWallet(one, "collateral-quay");
  const attesters = await basket(asOf, asOf + 2 * HOUR, wallet);
  const policy = covenant("policy", "digest", "policy.json").digest;
  const w = await world(one, attesters, policy);
  const { owner, lender, router, registry, token, facility, terms, version } = w;
  const [registryAt, proofAt] = [await registry.getAddress(), await w.proof.getAddress()];

  const check = (address) => exitCode("export", "check", "--rpc", one.url, "--address", address, "--shape", "small");
  result("export check of the generated verifier", 0, check(proofAt));
  result("export check of another contract", 1, check(registryAt));
  result("export check without a node", 2, exitCode("export", "check", "--rpc", "http://127.0.0.1:1", "--address", proofAt, "--shape", "small"));

  const placeAt = (epoch) =>
    ["--chain-id", "31337", "--registry", registryAt, "--facility", `${facility}`, "--epoch", `${epoch}`];
  const place = placeAt(0);
  const { context, facility: named } = covenant("export", "context", ...place);
  // The lender's terms: undertakings that name this facility, and the policy's envelope.
  terms.wording = await undertake(LENDER, named, asOf + 8 * HOUR, wallet);
  write("terms.json", terms);
  terms.envelope = covenant("export", "terms", "terms.json", "--policy", "policy.json").policy.envelope;
  write("terms.json", terms);
  const { hash } = covenant("export", "terms", "terms.json", "--policy", "policy.json");
  const covered = () => registry.isCovered(facility, hash);
  const calls = (what, ...words) =>
    owner.sendTransaction({ to: registryAt, data: covenant("export", "calldata", "--for", what, ...words).calldata });
  await send(calls("open", "--terms", "terms.json", "--salt", w.salt));
  result("terms' hash as the registry has it", (await registry.facilityOf(facility)).terms, hash);
  await send(registry.deposit(facility, { value: terms.bond }));
  result("context as the registry says", await registry.contextOf(facility), BigInt(context));
  prove(context);
  expectations(attesters, wallet, context);
  await offChain(one, wallet, asOf + 60);
  await published(one, w);
  const submitted = (...at) =>
    covenant("export", "calldata", "bundle.json", "--for", "submit", "--terms", "terms.json", "--version", `${version}`, ...at).calldata;
  const calldata = submitted(...place);
  const inputs = registry.interface.getFunction("submit").inputs;
  const [, , submission] = registry.interface
    .decodeFunctionData("submit", calldata)
    .map((value, i) => plain(inputs[i], value));

  const direct = { to: proofAt, data: covenant("export", "calldata", "bundle.json", "--for", "proof").calldata };
  result("the generated verifier accepts", zeroPadValue("0x01", 32), await one.provider.call(direct));
  const typed = { to: w.frontAt, data: covenant("export", "calldata", "bundle.json", "--for", "verify").calldata };
  result("the typed front accepts", "0x", await one.provider.call(typed));

  // Whoever abuses a proof may write anything into the submission around it.
  const abuse = (what, expected, change, to = {}) => {
    const s = copy(submission);
    change(s);
    const { at = registry, of = facility, under = terms } = to;
    return refused(what, expected, () => at.submit.staticCall(of, under, s));
  };
  const nothing = () => {};
  const placeOf = (name) => attesters.findIndex((k) => k.name === name);
  const collateral = submission.attestations.findIndex((a) => a.kind === 0n);

  await refused("front with another code hash", "WrongCode", () =>
    deploy(owner, compiled.CovenantVerifier, proofAt, id("other"), ...w.frontArgs.slice(2)));
  await refused("mint before terms were pinned", "NotCovered", () => token.mint.staticCall(owner.address, 1));
  await refused("terms that do not name the token", "NotADebtSource", () =>
    token.pin.staticCall({ ...terms, debtSources: [], minPublicDebt: DEBT }));
  await send(token.pin(terms));
  await refused("mint before anything is covered", "NotCovered", () => token.mint.staticCall(owner.address, 1));
  await abuse("policy that the facility does not know", "UnknownPolicy", (s) => (s.policy += 1n));
  await abuse("smaller ratio than the terms require", "RatioTooLow", (s) => (s.ratioBps -= 1n));
  await abuse("larger ratio than was proved", "ProofRejected(ProofInvalid)", (s) => (s.ratioBps += 500n));
  await abuse("larger debt than was proved", "ProofRejected(ProofInvalid)", (s) => (s.publicDebt += 1n));
  await abuse("report that was not proved", "ProofRejected(ProofInvalid)", (s) => (s.report[0] += 1n));
  await abuse("wider window than the terms allow", "WrongWindow", (s) => (s.asOfFrom -= 1n));
  await abuse("window that ends before it begins", "WrongWindow", (s) => (s.asOfFrom += 1n));
  await abuse("snapshot outside of the window", "OutsideWindow", (s) => (s.attestations[collateral].asOf -= 1n));
  await abuse("margin debt that no attester named", "WrongSignature", (s) =>
    (s.attestations[collateral].counterpart = toBeHex(s.commitments[0], 32)));
  await abuse("collateral signed by the price source", "WrongAttester", (s) =>
    (s.attestations[collateral].signed.attesters = [placeOf("source")]));
  await abuse("collateral signed by another custodian", "WrongSignature", (s) => {
    const { signed } = s.attestations[collateral];
    const other = attesters.findIndex((k, i) => k.roles === 1 && BigInt(i) !== signed.attesters[0]);
    signed.attesters = [other];
  });
  const liability = submission.attestations.findIndex((a) => a.kind === 1n);
  await abuse("creditor's word on a liability, for collateral", "WrongKind", (s) =>
    (s.attestations[collateral] = submission.attestations[liability]));
  await abuse("collateral signed for by a creditor", "WrongAttester", (s) =>
    (s.attestations[collateral].signed = submission.attestations[liability].signed));
  await abuse("kinds that are not those of the attestations", "WrongKind", (s) =>
    (s.kinds ^= 1n << BigInt(collateral)));
  await abuse("liability called collateral, a custodian's word", "WrongSignature", (s) => {
    s.kinds ^= 1n << BigInt(liability);
    s.attestations[liability] = submission.attestations[collateral];
  });
  await abuse("kind of an account that is not in the basket", "KindOfNoAccount", (s) =>
    (s.kinds |= 1n << BigInt(s.commitments.length)));
  await refused("front of a retired circuit", "RetiredCircuit", () =>
    deploy(owner, compiled.CovenantVerifier, ...w.frontArgs.slice(0, 2), compiled.circuit.replace(/^[^/]*/, "covenant-1.1"), ...w.frontArgs.slice(3)));
  await abuse("account without an undertaking", "WrongCount", (s) => s.undertakings.pop());
  await abuse("undertaking that is held for longer than was signed", "WrongSignature", (s) =>
    (s.undertakings[0].heldUntil += 1n));
  await abuse("account that nobody signed", "QuorumMissed", (s) =>
    (s.attestations[0].signed = { attesters: [], signatures: [] }));
  const quay = submission.attestations.findIndex((a) => a.signed.signatures.some((s) => dataLength(s) > 65));
  await abuse("a wallet's signature without one of its owners", "WrongSignature", (s) => {
    const { signatures } = s.attestations[quay].signed;
    signatures[0] = `${signatures[0].slice(0, -130)}${signatures[0].slice(2, 132)}`;
  });
  await one.later(0, async () => {
    await wallet.replaceOwner(owner.address);
    await abuse("signature that its wallet no longer takes as its own", "WrongSignature", nothing);
  });
  await abuse("account left out", "WrongCount", (s) => s.commitments.pop());
  await abuse("price that was not signed", "WrongSignature", (s) => (s.prices.prices[0] += 1n));
  await abuse("bit of a point of the proof flipped", "ProofRejected(NotCanonical)", (s) =>
    (s.proof = s.proof.slice(0, -1) + (s.proof.endsWith("0") ? "1" : "0")));
  await abuse("terms that are not the facility's", "WrongTerms", nothing, {
    under: { ...terms, minRatioBps: 11_000 },
  });

  await one.later(1.5 * HOUR, () => abuse("prices older than the terms allow", "StalePrice", nothing));
  await one.later(3 * HOUR, () => abuse("attestation that has expired", "AttestationExpired", nothing));
  await one.later(9 * HOUR, () => abuse("attestation and undertaking that have expired", "AttestationExpired", nothing));
  await one.later(25 * HOUR, () => abuse("accounts older than the terms allow", "StaleAccounts", nothing));

  const other = { ...terms, debtSources: [], minPublicDebt: DEBT, securedParty: 0n, wording: ZeroHash, bond: 0n };
  await send(registry.open(id("facility 2"), other));
  const facility2 = await registry.facilityId(owner.address, id("facility 2"));
  const there = { of: facility2, under: other };
  await abuse("proof for another facility", "WrongFacility", nothing, there);
  const rebind = (s) => {
    s.binding.facility = facility2;
    s.undertakings = [];
  };
  await abuse("proof for another facility, rebound", "ProofRejected(ProofInvalid)", rebind, there);
  const narrow = { ...other, circuits: [id("another circuit")] };
  await send(registry.open(id("facility 4"), narrow));
  const facility4 = await registry.facilityId(owner.address, id("facility 4"));
  await abuse("circuit that the terms do not take", "UnknownCircuit", (s) => {
    rebind(s);
    s.binding.facility = facility4;
  }, { of: facility4, under: narrow });
  await abuse("number of no circuit", "UnknownVersion", (s) => (s.version = 9n));

  const registry2 = await deploy(owner, compiled.CovenantRegistry, await router.getAddress(), DAY);
  await send(registry2.open(w.salt, terms));
  await send(registry2.deposit(facility, { value: terms.bond }));
  const at2 = await registry2.getAddress();
  await abuse("proof for another registry", "WrongRegistry", nothing, { at: registry2 });
  await abuse("proof for another registry, rebound", "WrongSignature", (s) => (s.binding.registry = at2), { at: registry2 });

  const two = await chain(31338);
  await deployWallet(two, wallet.name);
  await two.provider.send("evm_setNextBlockTimestamp", [asOf + 1]).catch(() => {});
  const w2 = await world(two, attesters, policy);
  result("the other chain has the same addresses", registryAt, await w2.registry.getAddress());
  await send(w2.registry.open(w.salt, terms));
  await send(w2.registry.deposit(facility, { value: terms.bond }));
  await abuse("proof for another chain", "WrongChain", nothing, { at: w2.registry });
  await abuse("proof for another chain, rebound", "WrongSignature", (s) => (s.binding.chainId = 31338n), { at: w2.registry });
  two.stop();

  const hostile = await send(owner.sendTransaction({ data: hostileSource(registryAt, calldata) }));
  const baited = { ...other, debtSources: [hostile.contractAddress] };
  await send(registry.open(id("facility 3"), baited));
  const facility3 = await registry.facilityId(owner.address, id("facility 3"));
  await abuse("debt source that submits again while it is read", "DebtUnknown", (s) => {
    rebind(s);
    s.binding.facility = facility3;
  }, { of: facility3, under: baited });

  await send(router.setPaused(true));
  await abuse("submissions stopped", "Paused", nothing);
  await send(router.setPaused(false));
  await refused("stopped again at once", "PausedLately", () => router.setPaused.staticCall(true));
  await refused("an admin that leaves", "NoRenouncing", () => router.renounceOwnership.staticCall());
  await one.later(0, async () => {
    await send(router.freezeVersion(version));
    await abuse("circuit frozen", "FrozenVersion", nothing);
  });

  // After all of that, what is true is accepted.
  const receipt = await send(owner.sendTransaction({ to: registryAt, data: calldata }));
  result("submission", 1, receipt.status);
  result("covered", true, await covered());
  result("covered under terms of another hash", false, await registry.isCovered(facility, id("other terms")));
  await send(token.mint(owner.address, DEBT));
  result("minted", DEBT, await token.totalSupply());
  result("covered with the supply minted", true, await covered());
  const watched = async (...words) => {
    const head = `${(await one.provider.getBlock("latest")).number}`;
    return look("--registry", registryAt, "--rpc", one.url, "--facility", `${facility}`, "--terms", "terms.json", "--from-block", "0", "--block", head, ...words);
  };
  const seen = await watched();
  result("watch of the facility", "0 covered", `${seen.status} ${seen.state}`);

  await abuse("replay", "WrongEpoch", nothing);
  await abuse("replay, rebound", "ProofRejected(ProofInvalid)", (s) => (s.binding.epoch = 1n));
  await abuse("accounts that back another facility", "Pledged", rebind, there);
  await abuse("debt below the token's supply", "DebtUnderstated", (s) => {
    s.binding.epoch = 1n;
    s.publicDebt -= 1n;
  });
  await refused("mint above what is covered", "NotCovered", () => token.mint.staticCall(owner.address, 1));
  await refused("mint by somebody else", "NotIssuer", async () =>
    token.connect(await one.account(1)).mint.staticCall(owner.address, 1));
  await one.later(2 * HOUR + 60, async () => {
    result("covered after the first attestation ends", false, await covered());
    await refused("mint after that", "NotCovered", () => token.mint.staticCall(owner.address, 0));
    await refused("accounts released, as the coverage is over", "DebtOutstanding", () => registry.release.staticCall(facility));
    await abuse("accounts of a lapsed coverage, with the debt still there", "AttestationExpired", rebind, there);
  });
  await one.later(0, async () => {
    await send(router.freezeVersion(version));
    result("covered with the circuit frozen", false, await covered());
  });

  await weakened(one, { ...w, covered });
  await released(one, { ...w, hash, covered });
  await withdrawn(one, { ...w, place, attesters, covered });
  await fallen(one, { ...w, placeAt, submitted, covered, watched });
  one.stop();
  return receipt.gasUsed;
}

// Whether a registry is the published one, with all that it rests on.
async function published(one, { owner, router, registry, frontArgs }) {
  const check = async (at) => exitCode("export", "check", "--rpc", one.url, "--registry", await at.getAddress());
  result("export check of the registry", 0, await check(registry));
  result("export check of a registry that is none", 1, await check(router));
  await one.later(0, async () => {
    // A front with a call that its verifier does not have.
    const front = await deploy(owner, compiled.CovenantVerifier, ...frontArgs.slice(0, 3), frontArgs[3] + 1, ...frontArgs.slice(4));
    const other = await deploy(owner, compiled.CovenantRouter, owner.address, 2 * DAY, [await front.getAddress()]);
    const wrong = await deploy(owner, compiled.CovenantRegistry, await other.getAddress(), DAY);
    await one.provider.send("anvil_mine", ["0x64"]);
    result("export check of a registry with another front", 1, await check(wrong));
  });
}

// Weaker terms wait, and are applied in time or not at all.
async function weakened(one, { registry, facility, terms, covered }) {
  const weaker = { ...terms, minRatioBps: 11_000 };
  const change = () => registry.changeTerms.staticCall(facility, terms, weaker);
  await refused("weaker terms at once", "NotAnnounced", change);
  const { calldata: announce } = (write("weaker.json", weaker), covenant(
    "export", "calldata", "--for", "announce", "--terms", "weaker.json", "--facility", `${facility}`));
  await one.later(0, async () => {
    const owner = await one.account(0);
    await send(owner.sendTransaction({ to: await registry.getAddress(), data: announce }));
    await refused("weaker terms before their time", "TooEarly", change);
    await one.later(DAY, async () => {
      await send(registry.changeTerms(facility, terms, weaker));
      result("covered after weaker terms", false, await covered());
    });
    await one.later(9 * DAY, () => refused("weaker terms after their time", "TooLate", change));
  });
}

// The accounts stay with the debt until the lender lets them go.
async function released(one, { registry, lender, facility, terms, hash, covered }) {
  await refused("accounts released with the debt still there", "DebtOutstanding", () => registry.release.staticCall(facility));
  await refused("consent by the borrower", "NotBeneficiary", () => registry.consentToRelease.staticCall(facility, terms));
  await one.later(0, async () => {
    await send(registry.connect(lender).consentToRelease(facility, terms));
    result("covered once the lender lets the accounts go", false, await covered());
    await send(registry.release(facility));
    const [debt] = await registry.provedDebt(facility, hash);
    result("debt that is proved after the release", 0n, debt);
  });
}

// A custodian withdraws its undertaking: what rests on it ends.
async function withdrawn(one, { owner, registry, facility, terms, attesters, place, covered }) {
  const now = async () => (await one.provider.getBlock("latest")).timestamp;
  const name = "collateral-alder";
  const { document, revocation } = revoke(name, await now());
  const end = {
    to: await registry.getAddress(),
    data: covenant("export", "calldata", "bundle.json", "--for", "end-revoked", "--terms", "terms.json", "--document", document, ...place).calldata,
  };
  await refused("an end by a document that was not revoked", "NotRevoked", () => one.provider.call(end));
  const { signer } = attesters.find((a) => a.name === name);
  await one.later(0, async () => {
    await send(registry.revoke(signer, document, revocation.at, revocation.signature));
    result("covered until somebody shows it", true, await covered());
    await send(owner.sendTransaction(end));
    result("covered after an undertaking was withdrawn", false, await covered());
  });
}

// Prices leave what was proved: the coverage ends at once, and a proof at the new ones cures.
async function fallen(one, { owner, registry, token, facility, terms, placeAt, submitted, covered, watched }) {
  const now = async () => (await one.provider.getBlock("latest")).timestamp;
  const at = await registry.getAddress();
  const challenger = await one.account(4);
  fall(0.01);
  priced("later.json", await now());
  const challenge = covenant("export", "calldata", "bundle.json", "--for", "challenge", "--terms", "terms.json", "--prices", "later.json", ...placeAt(0)).calldata;
  const inside = exitCode("export", "calldata", "bundle.json", "--for", "challenge", "--terms", "terms.json", "--prices", "prices.json", ...placeAt(0));
  result("calldata of a challenge by the prices that were proved with", 2, inside);
  const prices = ["--policy", "policy.json", "--prices", "later.json", "--challenge", "challenge.json"];
  const outside = await watched(...prices);
  result("watch at the prices of now", "1 outside", `${outside.status} ${outside.state}`);
  result("the challenge that it writes", challenge, JSON.parse(file("challenge.json")).calldata);
  await send(challenger.sendTransaction({ to: at, data: challenge }));
  result("covered after a challenge", false, await covered());
  const ended = await watched();
  result("watch after a challenge", 1, ended.status);
  result("the challenger's bounty", terms.bond, await registry.bountyOf(challenger.address));
  await refused("mint after a challenge", "NotCovered", () => token.mint.staticCall(owner.address, 0));
  await send(registry.connect(challenger).collect());
  await refused("uncured before the time is over", "TooEarly", () => registry.declareUncured.staticCall(facility, terms));
  await one.later(2 * HOUR, async () => {
    const receipt = await send(registry.declareUncured(facility, terms));
    result("uncured afterwards", 1, receipt.status);
  });

  await send(registry.deposit(facility, { value: terms.bond }));
  await one.provider.send("evm_increaseTime", [60]);
  await one.provider.send("evm_mine", []);
  priced("prices.json", await now());
  const { epoch } = (await registry.facilityOf(facility)).coverage;
  const place = placeAt(epoch);
  prove(covenant("export", "context", ...place).context);
  await send(owner.sendTransaction({ to: at, data: submitted(...place) }));
  result("covered after a proof at the new prices", true, await covered());
  result("watch after the cure", 0, (await watched()).status);
  await refused("uncured after that", "NothingToCure", () => registry.declareUncured.staticCall(facility, terms));
}

try {
  const gas = await story();
  const width = Math.max(...rows.map(([, what]) => what.length));
  for (const [ok, what, got] of rows) console.log(`${ok.padEnd(6)}${what.padEnd(width + 2)}${got}`);
  console.log(`\n${rows.length} checks, ${failures} wrong; ${gas} gas to submit`);
} catch (error) {
  console.error(error);
  failures += 1;
}
process.exit(failures ? 1 : 0);
