// From `covenant export artifacts` to a covered facility and a minted token on a chain of one's
// own, and every abuse of it that one proof can show, each with the error that refuses it.
// `make onchain-demo`. Ends with 0 only if everything went as written here.
import { ContractFactory, Interface, ZeroAddress, concat, dataLength } from "ethers";
import { id, keccak256, toBeHex, toUtf8Bytes, zeroPadValue } from "ethers";
import { chain } from "./anvil.mjs";
import { DEBT, SUBJECT, artifacts, basket, covenant, exitCode, expectations, prove, verify, write } from "./covenant.mjs";
import { deployWallet } from "./wallet.mjs";

const HOUR = 3600;
const rows = [];
let failures = 0;

function result(what, expected, got) {
  const ok = expected === got;
  if (!ok) failures += 1;
  rows.push([ok ? "ok" : "WRONG", what, ok ? got : `${got}, expected ${expected}`]);
}

// Every error of every contract, and what it is called.
const compiled = artifacts("small");
const errors = new Interface(
  ["CovenantRegistry", "CovenantVerifier", "BackedToken", "proof"]
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

// The five contracts, at the same addresses on every chain, and the token's facility.
async function world(chain, attesters, policy) {
  const owner = await chain.account(0);
  const proof = await deploy(owner, compiled.proof);
  const { accounts, assets } = compiled.front;
  const frontArgs = [await proof.getAddress(), compiled.codeHash, compiled.circuit, accounts, assets, compiled.gasCap];
  const front = await deploy(owner, compiled.CovenantVerifier, ...frontArgs);
  const registry = await deploy(owner, compiled.CovenantRegistry, owner.address, 24 * HOUR);
  const salt = id("facility 1");
  const facility = await registry.facilityId(owner.address, salt);
  const token = await deploy(
    owner, compiled.BackedToken, "Backed dollar", "BUSD1", await registry.getAddress(), facility, owner.address,
  );
  const terms = {
    subject: BigInt(keccak256(toUtf8Bytes(SUBJECT))) >> 8n,
    policy: BigInt(policy),
    minRatioBps: 12_500,
    verifier: await front.getAddress(),
    debtToken: await token.getAddress(),
    minPublicDebt: 0n,
    maxAccountAge: 24 * HOUR,
    maxWindow: 0,
    maxPriceAge: HOUR,
    coverageSeconds: 12 * HOUR,
    attesterQuorum: 1,
    priceQuorum: 1,
    attesters: attesters.map(({ signer, roles }) => ({ signer, roles })),
    feeds: [],
    envelope: `0x${"0".repeat(64)}`,
    sequencer: ZeroAddress,
    sequencerGrace: 0,
  };
  await refused("facility with a verifier that nobody approved", "UnknownVerifier", () =>
    registry.open.staticCall(salt, terms));
  await send(registry.approveVerifier(terms.verifier, true));
  await send(registry.open(salt, terms));
  return { owner, proof, front, frontArgs, registry, token, terms, facility, salt };
}

// Calls the registry again with whatever calldata, in place of a token that has decimals.
function hostileToken(registry, data) {
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

// A lender that holds the same bundle and no chain: whether the wallet signed, it has to query.
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
  both("verify at the newest finalized block", { status: 0, blocks: [then] }, verify(at, ...rpc));
  const head = await number("latest");
  both("verify at the head", { status: 0, blocks: [head] }, verify(at, ...rpc, "--block", `${head}`));
  await one.later(0, async () => {
    await wallet.replaceOwner(ZeroAddress);
    both("verify before the wallet's new owner is final", 0, verify(at, ...rpc).status);
    await one.provider.send("anvil_mine", ["0x64"]);
    const now = verify(at, ...rpc);
    both("verify after it is", [1, "signature_refused"], [now.status, now.code]);
    both("verify at a block before it", { status: 0, blocks: [head] }, verify(at, ...rpc, "--block", `${head}`));
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
  const { owner, registry, token, facility, terms } = w;
  const [registryAt, proofAt] = [await registry.getAddress(), await w.proof.getAddress()];

  const check = (address) => exitCode("export", "check", "--rpc", one.url, "--address", address, "--shape", "small");
  result("export check of the generated verifier", 0, check(proofAt));
  result("export check of another contract", 1, check(registryAt));
  result("export check without a node", 2, exitCode("export", "check", "--rpc", "http://127.0.0.1:1", "--address", proofAt, "--shape", "small"));

  const place = ["--chain-id", "31337", "--registry", registryAt, "--facility", `${facility}`, "--epoch", "0"];
  const { context } = covenant("export", "context", ...place);
  result("context as the registry says", await registry.contextOf(facility), BigInt(context));
  prove(context);
  expectations(attesters, wallet, context);
  await offChain(one, wallet, asOf + 60);
  write("terms.json", terms);
  const { calldata } = covenant("export", "calldata", "bundle.json", "--for", "submit", "--terms", "terms.json", ...place);
  const inputs = registry.interface.getFunction("submit").inputs;
  const [, , submission] = registry.interface
    .decodeFunctionData("submit", calldata)
    .map((value, i) => plain(inputs[i], value));

  const direct = { to: proofAt, data: covenant("export", "calldata", "bundle.json", "--for", "proof").calldata };
  result("the generated verifier accepts", zeroPadValue("0x01", 32), await one.provider.call(direct));
  const typed = { to: terms.verifier, data: covenant("export", "calldata", "bundle.json", "--for", "verify").calldata };
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
  await one.later(25 * HOUR, () => abuse("accounts older than the terms allow", "StaleAccounts", nothing));

  const other = { ...terms, debtToken: ZeroAddress, minPublicDebt: DEBT };
  await send(registry.open(id("facility 2"), other));
  const facility2 = await registry.facilityId(owner.address, id("facility 2"));
  const there = { of: facility2, under: other };
  await abuse("proof for another facility", "WrongFacility", nothing, there);
  const rebind = (s) => (s.binding.facility = facility2);
  await abuse("proof for another facility, rebound", "ProofRejected(ProofInvalid)", rebind, there);

  const registry2 = await deploy(owner, compiled.CovenantRegistry, owner.address, 0);
  await send(registry2.approveVerifier(terms.verifier, true));
  await send(registry2.open(w.salt, terms));
  const at2 = await registry2.getAddress();
  await abuse("proof for another registry", "WrongRegistry", nothing, { at: registry2 });
  await abuse("proof for another registry, rebound", "ProofRejected(ProofInvalid)", (s) => (s.binding.registry = at2), { at: registry2 });

  const two = await chain(31338);
  await deployWallet(two, wallet.name);
  await two.provider.send("evm_setNextBlockTimestamp", [asOf + 1]).catch(() => {});
  const w2 = await world(two, attesters, policy);
  result("the other chain has the same addresses", registryAt, await w2.registry.getAddress());
  await abuse("proof for another chain", "WrongChain", nothing, { at: w2.registry });
  await abuse("proof for another chain, rebound", "ProofRejected(ProofInvalid)", (s) => (s.binding.chainId = 31338n), { at: w2.registry });
  two.stop();

  const hostile = await send(owner.sendTransaction({ data: hostileToken(registryAt, calldata) }));
  const baited = { ...terms, debtToken: hostile.contractAddress };
  await send(registry.open(id("facility 3"), baited));
  const facility3 = await registry.facilityId(owner.address, id("facility 3"));
  await abuse("token that submits again while it is read", "ReentrancyGuardReentrantCall", (s) =>
    (s.binding.facility = facility3), { of: facility3, under: baited });

  await send(registry.setPaused(true));
  await abuse("registry paused", "EnforcedPause", nothing);
  await send(registry.setPaused(false));
  await send(registry.disableCircuit(id(compiled.circuit), true));
  await abuse("circuit disabled", "DisabledCircuit", nothing);
  await send(registry.disableCircuit(id(compiled.circuit), false));

  // After all of that, what is true is accepted.
  const receipt = await send(owner.sendTransaction({ to: registryAt, data: calldata }));
  result("submission", 1, receipt.status);
  result("isCovered", true, await registry.isCovered(facility));
  await send(token.mint(owner.address, DEBT));
  result("minted", DEBT, await token.totalSupply());
  result("isCovered with the supply minted", true, await registry.isCovered(facility));

  await abuse("replay", "WrongEpoch", nothing);
  await abuse("replay, rebound", "ProofRejected(ProofInvalid)", (s) => (s.binding.epoch = 1n));
  await abuse("commitments that back another facility", "Pledged", rebind, there);
  await abuse("debt below the token's supply", "DebtUnderstated", (s) => {
    s.binding.epoch = 1n;
    s.publicDebt -= 1n;
  });
  await refused("mint above what is covered", "NotCovered", () => token.mint.staticCall(owner.address, 1));
  await refused("mint by somebody else", "NotIssuer", async () =>
    token.connect(await one.account(1)).mint.staticCall(owner.address, 1));
  await one.later(2 * HOUR + 60, async () => {
    result("isCovered after the first attestation ends", false, await registry.isCovered(facility));
    await refused("mint after that", "NotCovered", () => token.mint.staticCall(owner.address, 0));
  });
  await send(registry.disableCircuit(id(compiled.circuit), true));
  result("isCovered with the circuit disabled", false, await registry.isCovered(facility));
  one.stop();
  return receipt.gasUsed;
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
