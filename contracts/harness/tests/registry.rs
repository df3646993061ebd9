//! The registry on a chain: what is accepted, and every abuse with its own error (K1, K2).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod world;

use covenant_circuits::field::to_be_bytes;
use covenant_circuits::numbers::{Price, Ratio};
use covenant_circuits::statement::{Statement, StatementParts, Window};
use covenant_contracts::Arguments;
use covenant_solidity::registry::Signatures;
use revm::primitives::Address;
use world::{AS_OF, DEBT, NOW, World, bytes, claim, code, reverts};

/// The same statement with other values.
fn with(statement: &Statement, change: impl FnOnce(&mut StatementParts)) -> Statement {
    let mut parts = StatementParts {
        subject: statement.subject(),
        window: statement.window(),
        public_debt: statement.public_debt(),
        ratio: statement.ratio(),
        context: statement.context(),
        commitments: statement.commitments().to_vec(),
        kinds: statement.kinds().to_vec(),
        report: *statement.report(),
        prices: statement.prices().to_vec(),
    };
    change(&mut parts);
    Statement::new(&claim().policy, parts).unwrap()
}

#[test]
fn a_proof_covers_a_facility_until_it_expires() {
    let mut w = World::new();
    let f = w.facility;
    assert!(!w.is_covered(f));
    let s = w.submission(f, 0);
    let context = w.call(w.registry, "contextOf(uint128)", Arguments::new().number(f));
    assert_eq!(
        context.output,
        covenant_circuits::field::to_be_bytes(&s.statement.context().get())
    );
    let outcome = w.submit(f, &s);
    assert!(outcome.success, "{outcome:?}");
    println!("submit, 3 accounts: {} gas", outcome.gas);
    assert!(w.is_covered(f));
    // The first attestation ends before the coverage of the terms.
    w.evm.set_time(NOW + 4_999);
    assert!(w.is_covered(f));
    w.evm.set_time(NOW + 5_000);
    assert!(!w.is_covered(f));
}

/// K2. Replay: in the same transaction, later, for another facility, chain or deployment.
#[test]
fn k2_replays() {
    let mut w = World::new();
    let (f, other) = (w.facility, w.open(2));
    let s = w.submission(f, 0);

    let repeater = w
        .evm
        .deploy(&code("test/Helpers.sol", "Repeater", &Arguments::new()))
        .unwrap();
    let twice = Arguments::new()
        .address(&bytes(w.registry))
        .bytes(&s.calldata(f, &w.terms))
        .number(2);
    let outcome = w.call(repeater, "call(address,bytes,uint256)", twice);
    reverts(&outcome, "WrongEpoch(uint64,uint64)");

    assert!(w.submit(f, &s).success);
    reverts(&w.submit(f, &s), "WrongEpoch(uint64,uint64)");
    let mut forged = s.clone();
    forged.binding.epoch = 1;
    reverts(&w.submit(f, &forged), "ProofRejected(bytes4)");

    // Released, so that only the binding stands in the way.
    assert!(w.consent(f).success && w.release(f).success);
    reverts(&w.submit(other, &s), "WrongFacility(uint128,uint128)");
    forged = s.clone();
    forged.binding.facility = other;
    reverts(&w.submit(other, &forged), "ProofRejected(bytes4)");
    assert!(!w.is_covered(other));

    let mut w = World::new();
    let first = w.registry;
    w.registry = w.new_registry();
    assert_eq!(w.open(1), f);
    reverts(&w.submit(f, &s), "WrongRegistry(address,address)");
    forged = s.clone();
    forged.binding.registry = bytes(w.registry);
    reverts(&w.submit(f, &forged), "ProofRejected(bytes4)");
    w.registry = first;

    w.evm.set_chain(10);
    reverts(&w.submit(f, &s), "WrongChain(uint256,uint256)");
    forged = s.clone();
    forged.binding.chain_id = 10;
    reverts(&w.submit(f, &forged), "ProofRejected(bytes4)");
    w.evm.set_chain(1);
    assert!(w.submit(f, &s).success);
}

/// K2. Accounts: expired, stale, from the future, wrong attesters, not one word each.
#[test]
fn k2_attestations() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let collateral = s.attestations.iter().position(|a| a.kind == 0).unwrap();

    let mut bad = s.clone();
    bad.attestations[0].valid_until = NOW;
    w.sign(&mut bad);
    reverts(&w.submit(f, &bad), "AttestationExpired(uint256,uint64)");
    bad = s.clone();
    bad.attestations[0].valid_until += 1;
    reverts(&w.submit(f, &bad), "WrongSignature(address)");
    bad = s.clone();
    bad.attestations[0].account[0] ^= 1;
    reverts(&w.submit(f, &bad), "WrongSignature(address)");
    for place in [w.place(4), 200] {
        bad = s.clone();
        bad.attestations[collateral].signed.attesters[0] = place;
        reverts(&w.submit(f, &bad), "WrongAttester(uint256)");
    }
    bad = s.clone();
    bad.attestations[0].signed = Signatures::default();
    reverts(&w.submit(f, &bad), "QuorumMissed(uint256,uint256)");
    bad = s.clone();
    bad.attestations.pop();
    reverts(&w.submit(f, &bad), "WrongCount(uint256,uint256)");
    // An attester named twice does not make two.
    w.terms.attester_quorum = 2;
    let strict = w.open(9);
    bad = w.submission(strict, 0);
    let one = bad.attestations[collateral].signed.clone();
    bad.attestations[collateral].signed = Signatures {
        attesters: vec![one.attesters[0]; 2],
        signatures: vec![one.signatures[0].clone(); 2],
    };
    reverts(&w.submit(strict, &bad), "WrongAttester(uint256)");
    w.terms.attester_quorum = 1;

    // The newest snapshot is judged by the end of the window, the oldest by its start.
    let window = s.statement.window();
    assert!(window.from() < AS_OF && AS_OF < window.to());
    w.evm.set_time(window.to() - 1);
    reverts(&w.submit(f, &s), "FutureAccounts(uint64)");
    w.evm.set_time(window.from() + 7_201);
    reverts(&w.submit(f, &s), "StaleAccounts(uint64)");
    w.evm.set_time(NOW);
    assert!(w.submit(f, &s).success);
}

/// K2. Snapshots too far apart, one that is outside of the window, an account twice, and what is
/// owed on an account left at home.
#[test]
fn k2_windows_and_counterparts() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let window = s.statement.window();
    let wide = w.terms.max_window;
    w.terms.max_window = window.to() - window.from() - 1;
    let strict = w.open(4);
    reverts(
        &w.submit(strict, &w.submission(strict, 0)),
        "WrongWindow(uint64,uint64)",
    );
    w.terms.max_window = wide;
    for as_of in [window.from() - 1, window.to() + 1] {
        let mut bad = s.clone();
        bad.attestations[0].as_of = as_of;
        w.sign(&mut bad);
        reverts(&w.submit(f, &bad), "OutsideWindow(uint256,uint64)");
    }
    let kinds: Vec<u8> = s.attestations.iter().map(|a| a.kind).collect();
    let held: Vec<usize> = (0..3).filter(|i| kinds[*i] == 0).collect();
    let owed = kinds.iter().position(|kind| *kind == 1).unwrap();
    // An account has one reference, whoever attests it; what is owed on it has the same.
    let mut twice = s.clone();
    twice.attestations[held[1]].account = twice.attestations[held[0]].account;
    w.sign(&mut twice);
    reverts(&w.submit(f, &twice), "AccountTwice(uint256)");
    let named = |commitment: [u8; 32], as_of: u64| {
        let mut s = s.clone();
        s.attestations[held[0]].counterpart = commitment;
        s.attestations[owed].account = s.attestations[held[0]].account;
        s.attestations[owed].as_of = as_of;
        s
    };
    let commitment = |i: usize| to_be_bytes(&s.statement.commitments()[i].0);
    let missing = "CounterpartMissing(uint256)";
    for mut bad in [
        named([1; 32], AS_OF),
        named(commitment(held[1]), AS_OF),
        named(commitment(owed), AS_OF + 1),
    ] {
        w.sign(&mut bad);
        reverts(&w.submit(f, &bad), missing);
    }
    let mut good = named(commitment(owed), AS_OF);
    reverts(&w.submit(f, &good), "WrongSignature(address)");
    w.sign(&mut good);
    assert!(w.submit(f, &good).success);
}

/// K2. What its signer withdrew: by nobody else, and from the time that it says.
#[test]
fn k2_revocations() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let document = world::account_digest(&s.statement, 0, &s.attestations[0]);
    let until = NOW + 1_000;
    let role = 1 << s.attestations[0].kind;
    let revocation = world::revocation_digest(document, until);
    let signer = |signed: &Signatures| w.terms.attesters[usize::from(signed.attesters[0])].signer;
    let [own, others] = [role, 3 - role].map(|role| w.signatures(revocation, role, 1));
    let [signer, other] = [signer(&own), signer(&others)];
    assert_ne!(signer, other);
    let call = |signature: &[u8]| {
        (Arguments::new().address(&signer).word(document))
            .number(until.into())
            .bytes(signature)
    };
    let name = "revoke(address,bytes32,uint64,bytes)";
    let forged = w.call(w.registry, name, call(&others.signatures[0]));
    reverts(&forged, "WrongSignature(address)");
    let outcome = w.call(w.registry, name, call(&own.signatures[0]));
    assert!(outcome.success);
    assert!(w.submit(f, &s).success);
    w.evm.set_time(until - 1);
    assert!(w.is_covered(f));
    w.evm.set_time(until);
    assert!(!w.is_covered(f));
    reverts(&w.submit(f, &w.submission(f, 1)), "Revoked(address,uint64)");
}

/// K2. Nobody goes back behind the snapshots that a facility has seen, not after a release either.
#[test]
fn k2_older_accounts() {
    let mut w = World::new();
    let f = w.facility;
    assert!(w.submit(f, &w.submission(f, 0)).success);
    let older = |w: &World, epoch| {
        let mut s = w.submission(f, epoch);
        s.statement = with(&s.statement, |p| {
            p.window = Window::new(p.window.from(), p.window.to() - 1).unwrap()
        });
        w.sign(&mut s);
        s
    };
    let refused = "OlderAccounts(uint64,uint64)";
    reverts(&w.submit(f, &older(&w, 1)), refused);
    assert!(w.consent(f).success && w.release(f).success);
    // A consent ends an epoch, and so does a release.
    reverts(&w.submit(f, &older(&w, 3)), refused);
    assert!(w.submit(f, &w.submission(f, 3)).success);
}

/// K2. Unknown policy, a ratio or a debt too low, and a proof of something else.
#[test]
fn k2_figures() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let policy = w.terms.policy;
    w.terms.policy[31] ^= 1;
    let unknown = w.open(3);
    let mut bad = s.clone();
    bad.binding.facility = unknown;
    reverts(&w.submit(unknown, &bad), "UnknownPolicy(uint256,uint256)");
    w.terms.policy = policy;
    // Terms that are not the facility's.
    w.terms.min_ratio_bps -= 1;
    reverts(&w.submit(f, &s), "WrongTerms(bytes32,bytes32)");
    w.terms.min_ratio_bps += 1;

    bad = s.clone();
    bad.statement = with(&s.statement, |p| p.ratio = Ratio::new(11_999).unwrap());
    reverts(&w.submit(f, &bad), "RatioTooLow(uint32,uint32)");
    bad.statement = with(&s.statement, |p| p.ratio = Ratio::new(12_501).unwrap());
    reverts(&w.submit(f, &bad), "ProofRejected(bytes4)");
    bad = w.submission_of(w.binding(f, 0), DEBT - 1);
    reverts(&w.submit(f, &bad), "DebtUnderstated(uint256,uint256)");
    bad = s.clone();
    bad.proof[40] ^= 1;
    reverts(&w.submit(f, &bad), "ProofRejected(bytes4)");
    bad = s.clone();
    bad.proof.push(0);
    reverts(&w.submit(f, &bad), "ProofRejected(bytes4)");
    reverts(&w.submit(77, &s), "UnknownFacility(uint128)");
    assert!(w.submit(f, &s).success);
}

/// K2. Signed prices: stale, from the future, by too few, and not those that were signed.
#[test]
fn k2_signed_prices() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let mut bad = s.clone();
    bad.prices.as_of = NOW - 1_801;
    w.sign(&mut bad);
    reverts(&w.submit(f, &bad), "StalePrice(uint256,uint256)");
    bad.prices.as_of = NOW + 1;
    w.sign(&mut bad);
    reverts(&w.submit(f, &bad), "FuturePrice(uint256,uint256)");
    bad = s.clone();
    bad.prices.signed.attesters.pop();
    bad.prices.signed.signatures.pop();
    reverts(&w.submit(f, &bad), "QuorumMissed(uint256,uint256)");
    bad = s.clone();
    bad.prices.as_of += 1;
    reverts(&w.submit(f, &bad), "WrongSignature(address)");
    bad = s.clone();
    bad.statement = with(&s.statement, |p| {
        p.prices[0] = Price::new(p.prices[0].get() + 1).unwrap();
    });
    reverts(&w.submit(f, &bad), "WrongSignature(address)");
    w.sign(&mut bad);
    reverts(&w.submit(f, &bad), "ProofRejected(bytes4)");
    assert!(w.submit(f, &s).success);
}

/// K2. An account that backs another facility, whoever's proof commits to it and however. It is
/// known by its attester and its reference alone: a commitment is made anew for every proof, so
/// that pledges by commitment would have kept nobody from anything.
#[test]
fn k2_pledges() {
    let mut w = World::new();
    (w.terms.max_account_age, w.terms.max_price_age) = (20_000, 20_000);
    let (f, other) = (w.open(2), w.open(3));
    let mut twice = w.submission(f, 0);
    let collateral: Vec<usize> = (0..3)
        .filter(|i| twice.attestations[*i].kind == 0)
        .collect();
    twice.attestations[collateral[1]].account = twice.attestations[collateral[0]].account;
    w.sign(&mut twice);
    reverts(&w.submit(f, &twice), "AccountTwice(uint256)");

    assert!(w.submit(f, &w.submission(f, 0)).success);
    let pledged = "Pledged(uint256,uint128)";
    reverts(&w.submit(other, &w.submission(other, 0)), pledged);
    // One account of the basket is enough.
    let mut partly = w.submission(other, 0);
    for a in &mut partly.attestations[1..] {
        a.account[0] ^= 0x80;
    }
    let first = collateral[0];
    if first != 0 {
        partly.attestations[first].account[0] ^= 0x80;
        partly.attestations[0].account[0] ^= 0x80;
    }
    w.sign(&mut partly);
    reverts(&w.submit(other, &partly), pledged);
    // The same facility may prove again with the same accounts.
    assert!(w.submit(f, &w.submission(f, 1)).success);
    // Past its time the pledge holds, as the debt is there.
    w.evm.set_time(NOW + 5_001);
    assert!(!w.is_covered(f));
    let mut late = w.submission(other, 0);
    for a in &mut late.attestations {
        a.valid_until = NOW + 9_000;
    }
    w.sign(&mut late);
    reverts(&w.submit(other, &late), pledged);
    w.evm.set_time(NOW);

    // The owner alone does not let go of it, nor anybody but the beneficiary.
    let outstanding = "DebtOutstanding(bool,uint256)";
    reverts(&w.release(f), outstanding);
    let consent = w.terms.consent_calldata(f);
    let outcome = w.evm.call(w.registry, &consent).unwrap();
    reverts(&outcome, "NotBeneficiary(address,address)");
    assert!(w.is_covered(f) && w.consent(f).success);
    // Nobody draws on what may be released at any time.
    assert!(!w.is_covered(f));
    // A consent is of the last proof's pledges.
    assert!(w.submit(f, &w.submission(f, 3)).success);
    reverts(&w.release(f), outstanding);
    assert!(w.consent(f).success && w.release(f).success);
    assert!(!w.is_covered(f));
    assert!(w.submit(other, &w.submission(other, 0)).success);
    reverts(&w.submit(f, &w.submission(f, 6)), pledged);
}

/// K1. The front takes no number that equals another one modulo r, and no account twice.
fn k1_ranges(w: &mut World, statement: &Statement, proof: &[u8]) {
    let data = covenant_solidity::registry::verify_calldata(statement, proof);
    // The statement is the first tail: its fifteen heads begin at byte 4 + 64.
    let at = |word: usize| 4 + 64 + 32 * word;
    let mut refused = |position: usize, word: [u8; 32], error: &str| {
        let mut mutated = data.clone();
        mutated[position..position + 32].copy_from_slice(&word);
        reverts(&w.evm.call(w.front, &mutated).unwrap(), error);
    };
    let power = |bits: usize| {
        let mut word = [0; 32];
        word[31 - bits / 8] = 1 << (bits % 8);
        word
    };
    let range = "OutOfRange(string)";
    refused(at(0), power(248), range);
    refused(at(3), power(254), range);
    refused(at(4), power(80), range);
    refused(at(5), power(20), range);
    refused(at(5), [0; 32], range);
    refused(at(6), power(248), range);
    for word in 8..13 {
        refused(at(word), power(240), range);
    }
    // A window that ends before it begins.
    refused(at(2), [0; 32], "WrongWindow(uint64,uint64)");
    refused(at(1), power(63), "WrongWindow(uint64,uint64)");
    // Three accounts: the kind of a fourth, and of one that no circuit has.
    refused(at(7), power(3), "KindOfNoAccount(uint256,uint64)");
    refused(at(7), power(63), "KindOfNoAccount(uint256,uint64)");
    let commitments = at(16);
    refused(commitments, [0; 32], "NotAscending(uint256)");
    refused(commitments, power(254), "NotAscending(uint256)");
    let second: [u8; 32] = data[commitments + 32..commitments + 64].try_into().unwrap();
    refused(commitments, second, "NotAscending(uint256)");
    refused(commitments + 64, power(254), range);
    let prices = at(16 + 3 + 1);
    refused(prices, power(120), range);
    refused(prices, [0; 32], "NoPrice(uint256)");
    refused(prices + 32, [0; 32], "NoPrice(uint256)");
    // No prices at all.
    refused(prices - 32, [0; 32], "NoPrice(uint256)");
}

/// K1. A front whose verifier has no code, or other code, cannot be made.
#[test]
fn k1_code() {
    let mut w = World::new();
    let f = w.facility;
    let none = Address::with_last_byte(0x99);
    for (address, hash) in [
        (none, world::hash_of_verifier()),
        (w.front, world::hash_of_verifier()),
        (w.proof_verifier, [7; 32]),
    ] {
        assert!(w.evm.deploy(&world::front_code(address, hash)).is_err());
    }
    let s = w.submission(f, 0);
    let front = covenant_solidity::registry::verify_calldata(&s.statement, &s.proof);
    let outcome = w.evm.call(w.front, &front).unwrap();
    assert!(outcome.success);
    println!("typed front: {} gas", outcome.gas);
    let capped = world::capped_front_code(
        covenant_circuits::shape::Shape::SMALL,
        w.proof_verifier,
        world::hash_of_verifier(),
        250_000,
    );
    let capped = w.evm.deploy(&capped).unwrap();
    let outcome = w.evm.call(capped, &front).unwrap();
    reverts(&outcome, "ProofRejected(bytes4)");
    assert!(outcome.execution_gas < 350_000);
    k1_ranges(&mut w, &s.statement, &s.proof);
}

/// K1. The router's admin announces versions, which wait, freezes them, for good, and pauses, for a
/// while; either stops what is covered too. Nobody else does, and terms may take some circuits only.
#[test]
fn k1_versions_and_switches() {
    let mut w = World::new();
    let f = w.facility;
    let s = w.submission(f, 0);
    let mut unknown = s.clone();
    unknown.version = 2;
    reverts(&w.submit(f, &unknown), "UnknownVersion(uint8)");
    unknown.version = 0;
    reverts(&w.submit(f, &unknown), "UnknownVersion(uint8)");
    // The same circuit's other front is no new version, though its code is the same.
    let code = world::front_code(w.proof_verifier, world::hash_of_verifier());
    let stranger = w.evm.deploy(&code).unwrap();
    let announce = |front| Arguments::new().address(&bytes(front));
    let name = "announceVersion(address)";
    let outcome = w.call(w.router, name, announce(stranger));
    reverts(&outcome, "KnownCircuit(bytes32)");
    let code = world::code("test/Helpers.sol", "StatementIsProof", &Arguments::new());
    let another = w.evm.deploy(&code).unwrap();
    let anybody = Address::with_last_byte(0x99);
    let refused = "OwnableUnauthorizedAccount(address)";
    let outcome = w.by(anybody, |w| w.call(w.router, name, announce(another)));
    reverts(&outcome, refused);
    assert!(w.call(w.router, name, announce(another)).success);
    unknown.version = 2;
    reverts(&w.submit(f, &unknown), "VersionTooEarly(uint8,uint64)");

    // Terms that name another circuit take none of this one.
    w.terms.circuits = vec![[7; 32]];
    let strict = w.open(61);
    let outcome = w.submit(strict, &w.submission(strict, 0));
    reverts(&outcome, "UnknownCircuit(bytes32)");
    w.terms.circuits.push(world::circuit_hash());
    let wider = w.open(62);
    let outcome = w.submit(wider, &w.submission(wider, 0));
    assert!(outcome.success, "{outcome:?}");
    assert!(w.consent(wider).success && w.release(wider).success);
    w.terms.circuits.clear();

    assert!(w.submit(f, &s).success && w.is_covered(f));
    let next = w.submission(f, 1);
    let pause = |on| Arguments::new().number(on);
    let name = "setPaused(bool)";
    let outcome = w.by(anybody, |w| w.call(w.router, name, pause(1)));
    reverts(&outcome, refused);
    assert!(w.call(w.router, name, pause(1)).success);
    assert!(!w.is_covered(f));
    reverts(&w.submit(f, &next), "Paused(uint64)");
    assert!(w.call(w.router, name, pause(0)).success);
    assert!(w.is_covered(f));
    reverts(&w.call(w.router, name, pause(1)), "PausedLately(uint64)");

    let freeze = |version| Arguments::new().number(version);
    let name = "freezeVersion(uint8)";
    let outcome = w.by(anybody, |w| w.call(w.router, name, freeze(1)));
    reverts(&outcome, refused);
    reverts(&w.call(w.router, name, freeze(9)), "UnknownVersion(uint8)");
    assert!(w.call(w.router, name, freeze(1)).success);
    assert!(!w.is_covered(f));
    reverts(&w.submit(f, &next), "FrozenVersion(uint8)");
    let outcome = w.call(w.router, "renounceOwnership()", Arguments::new());
    reverts(&outcome, "NoRenouncing()");
}
