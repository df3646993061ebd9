//! False statements that had proofs under `covenant-1`, and their variants: the generated
//! contracts refuse them, whichever prover made them, and so does the registry (C12, K2).
//! See docs/security/2026-11-kinds.md.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod forged;
mod world;

use covenant_circuits::account::Kind::{self, Collateral, Liability};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::Context;
use covenant_circuits::shape::Shape;
use covenant_contracts::{Arguments, Evm, Outcome, selector};
use covenant_solidity::registry::{Submission, verify_calldata};
use covenant_verifier::verify::verify_statement;
use ff::{Field, PrimeField};
use forged::{Forgery, KINDS, two_pow};
use revm::primitives::Address;
use world::{DEBT, World, bytes, circuit, reverts};

/// One shape in each layout.
const SHAPES: [Shape; 2] = [Shape::SMALL, Shape::MEDIUM];

/// A generated contract by itself.
struct Generated {
    shape: Shape,
    evm: Evm,
    address: Address,
}

impl Generated {
    fn new(shape: Shape) -> Self {
        let mut evm = Evm::new(true);
        let address = evm.deploy(&circuit(shape).creation).unwrap();
        Self {
            shape,
            evm,
            address,
        }
    }

    /// Honest so far.
    fn forgery(&self) -> Forgery {
        Forgery::honest(self.shape, Context::of("a test"), DEBT)
    }

    fn call(&mut self, public: &[Fr], proof: &[u8]) -> Outcome {
        let data = circuit(self.shape).verifier.calldata(public, proof);
        self.evm.call(self.address, &data).unwrap()
    }

    /// The contract refuses a proof by our prover as false, not as malformed.
    #[track_caller]
    fn refuses(&mut self, forgery: &Forgery) -> Vec<u8> {
        let proof = forgery.proof();
        let outcome = self.call(&forgery.witness.public, &proof);
        assert!(!outcome.success, "{}: a forgery is accepted", self.shape);
        assert_eq!(outcome.output, selector("ProofInvalid()"));
        proof
    }

    /// The same of both provers' proofs, and the native verifier agrees.
    #[track_caller]
    fn refuses_statement(&mut self, forgery: &Forgery) {
        let ours = self.refuses(forgery);
        let theirs = forgery.proof_by_the_library();
        let outcome = self.call(&forgery.witness.public, &theirs);
        assert!(!outcome.success, "{}: a forgery is accepted", self.shape);
        let key = &circuit(self.shape).key;
        for proof in [ours, theirs] {
            assert!(verify_statement(&forgery.statement, &proof, key).is_err());
        }
    }
}

/// What is refused below is made as these are.
#[test]
fn what_forgeries_are_made_from_is_accepted() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        let honest = contract.forgery();
        for proof in [honest.proof(), honest.proof_by_the_library()] {
            assert!(contract.call(&honest.witness.public, &proof).success);
        }
    }
}

fn other(kind: Kind) -> Kind {
    match kind {
        Collateral => Liability,
        Liability => Collateral,
    }
}

/// Forgery 1: liabilities with ids 2^120 below the policy's, counted as collateral.
#[test]
fn forgery_1_liabilities_counted_as_collateral() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        for says in [Liability, Collateral] {
            let mut forgery = contract.forgery();
            forgery.disguise(Collateral, says);
            contract.refuses_statement(&forgery);
        }
    }
}

/// Its mirror: collateral with ids 2^120 above the policy's, counted as liabilities.
#[test]
fn forgery_1_mirror_collateral_counted_as_liabilities() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        for says in [Collateral, Liability] {
            let mut forgery = contract.forgery();
            forgery.disguise(Liability, says);
            contract.refuses_statement(&forgery);
        }
    }
}

/// Forgery 2: honest accounts, and kinds that are not theirs. All of them collateral, all of
/// them liabilities, one of them the other kind.
#[test]
fn forgery_2_other_kinds_than_the_accounts_have() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        let honest = contract.forgery().statement.kinds().to_vec();
        // One liability: with its kind changed, none says so.
        assert_eq!(honest.iter().filter(|k| **k == Liability).count(), 1);
        let mut forgery = contract.forgery();
        forgery.state(|parts| parts.kinds.fill(Collateral));
        contract.refuses_statement(&forgery);
        forgery.state(|parts| parts.kinds.fill(Liability));
        contract.refuses(&forgery);
        for m in (0..honest.len()).filter(|m| honest[*m] == Collateral) {
            forgery.state(|parts| parts.kinds.clone_from(&honest));
            forgery.state(|parts| parts.kinds[m] = Liability);
            contract.refuses(&forgery);
        }
    }
}

/// A kind for an account slot that is not used, or that the circuit does not have: no typed
/// statement says so, a caller of the generated contract may.
#[test]
fn forgery_2_kinds_of_no_account() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        let slots = shape.accounts() as u64;
        let used = contract.forgery().statement.commitments().len() as u64;
        for bit in [used, slots, 253] {
            let mut forgery = contract.forgery();
            forgery.witness.public[KINDS] += two_pow(bit);
            contract.refuses(&forgery);
        }
    }
}

/// The asset of the largest debt in kind.
fn owed(forgery: &Forgery) -> usize {
    let assets = forgery.witness.assets.iter().enumerate();
    let found = assets.max_by_key(|(_, a)| to_be_bytes(&a.liability.value));
    let (index, asset) = found.unwrap();
    assert_ne!(asset.liability.value, Fr::ZERO);
    index
}

/// A debt in an asset whose price is 0 would weigh nothing.
#[test]
fn forgery_3_a_debt_at_a_price_of_0() {
    for shape in SHAPES {
        let mut contract = Generated::new(shape);
        let mut forgery = contract.forgery();
        let free = owed(&forgery);
        forgery.make_free(free);
        contract.refuses(&forgery);
    }
}

/// A facility's chain, and a forgery for its next proof.
fn at_the_registry() -> (World, Forgery) {
    let w = World::new();
    let context = w.binding(w.facility, 0).context().unwrap();
    let forgery = Forgery::honest(w.shape, context, DEBT);
    (w, forgery)
}

/// The forgery for the facility, with all the signatures that it needs.
fn submission(w: &World, forgery: &Forgery) -> Submission {
    let binding = w.binding(w.facility, 0);
    w.attested(binding, forgery.statement.clone(), forgery.proof())
}

/// The reason that the front gives for refusing a proof.
#[track_caller]
fn proof_is_false(outcome: &Outcome) {
    reverts(outcome, "ProofRejected(bytes4)");
    assert_eq!(outcome.output[4..8], selector("ProofInvalid()"));
}

/// Forgery 1 for a facility: no custodian signed anything, a creditor signed what it was
/// given, and for a liability.
#[test]
fn forgery_1_is_not_submitted() {
    let (mut w, mut forgery) = at_the_registry();
    forgery.disguise(Collateral, Liability);
    let s = submission(&w, &forgery);
    assert!(s.attestations.iter().all(|a| a.kind == 1));
    let outcome = w.submit(w.facility, &s);
    assert!(!w.is_covered(w.facility), "covered by a creditor's word");
    proof_is_false(&outcome);
    // The mirror, with the creditor's account signed for by a custodian.
    let (_, mut forgery) = at_the_registry();
    forgery.disguise(Liability, Collateral);
    let s = submission(&w, &forgery);
    assert!(s.attestations.iter().all(|a| a.kind == 0));
    proof_is_false(&w.submit(w.facility, &s));
}

/// Signs an account's attestation anew as of another kind, by the first attester with a role.
fn attest(w: &World, s: &mut Submission, index: usize, kind: u8, role: u8) {
    s.attestations[index].kind = kind;
    let digest = world::account_digest(&s.statement, index, &s.attestations[index]);
    s.attestations[index].signed = w.signatures(digest, role, 1);
}

/// Forgery 2 for a facility: a creditor signs for a liability, the proof counts collateral.
#[test]
fn forgery_2_a_creditor_does_not_vouch_for_collateral() {
    let (mut w, honest) = at_the_registry();
    let f = w.facility;
    let s = submission(&w, &honest);
    let collateral = s.attestations.iter().position(|a| a.kind == 0).unwrap();
    let liability = s.attestations.iter().position(|a| a.kind == 1).unwrap();
    let wrong_kind = "WrongKind(uint256,uint8,uint8)";

    let mut bad = s.clone();
    attest(&w, &mut bad, collateral, 1, 2);
    let outcome = w.submit(f, &bad);
    reverts(&outcome, wrong_kind);
    // Which account, what the proof shows, what was signed.
    let told = Arguments::new()
        .number(collateral as u128)
        .number(0)
        .number(1);
    assert_eq!(outcome.output[4..], told.encode());
    // Whoever signs it: a document of another kind does not count.
    attest(&w, &mut bad, collateral, 1, 1);
    reverts(&w.submit(f, &bad), wrong_kind);
    // The right document by a creditor.
    attest(&w, &mut bad, collateral, 0, 2);
    reverts(&w.submit(f, &bad), "WrongAttester(uint256)");

    bad = s.clone();
    attest(&w, &mut bad, liability, 0, 1);
    reverts(&w.submit(f, &bad), wrong_kind);
    attest(&w, &mut bad, liability, 1, 1);
    reverts(&w.submit(f, &bad), "WrongAttester(uint256)");
    for kind in [2, 255] {
        attest(&w, &mut bad, liability, kind, 2);
        reverts(&w.submit(f, &bad), wrong_kind);
    }
    assert!(w.submit(f, &s).success);
}

/// The kinds of the submission altered, to fit what was signed: the proof shows others.
#[test]
fn forgery_2_altered_kinds_are_not_submitted() {
    let (mut w, honest) = at_the_registry();
    let f = w.facility;
    let s = submission(&w, &honest);
    let count = s.attestations.len();
    for m in 0..count {
        let (_, mut told) = at_the_registry();
        told.state(|parts| parts.kinds[m] = other(parts.kinds[m]));
        let binding = w.binding(f, 0);
        let bad = w.attested(binding, told.statement.clone(), s.proof.clone());
        proof_is_false(&w.submit(f, &bad));
        // A proof that was made for them, too.
        let bad = submission(&w, &told);
        proof_is_false(&w.submit(f, &bad));
    }
    // A liability in the basket, and kinds that say there is none.
    let (_, mut none) = at_the_registry();
    none.state(|parts| parts.kinds.fill(Collateral));
    let bad = submission(&w, &none);
    assert!(bad.attestations.iter().all(|a| a.kind == 0));
    proof_is_false(&w.submit(f, &bad));
    // The kind of an account that is not in the basket, to the registry and to the front.
    let kinds = s.statement.kinds_word();
    let submit = s.calldata(f, &w.terms);
    let verify = verify_calldata(&s.statement, &s.proof);
    assert_eq!(saying(submit.clone(), OF_SUBMISSION, kinds), submit);
    assert_eq!(saying(verify.clone(), OF_STATEMENT, kinds), verify);
    for bit in [count, 63] {
        let more = kinds | 1 << bit;
        for (to, data) in [
            (w.registry, saying(submit.clone(), OF_SUBMISSION, more)),
            (w.front, saying(verify.clone(), OF_STATEMENT, more)),
        ] {
            let outcome = w.evm.call(to, &data).unwrap();
            reverts(&outcome, "KindOfNoAccount(uint256,uint64)");
        }
    }
    assert!(w.submit(f, &s).success);
}

/// Collateral is pledged because the proof shows that it is collateral, and debts are not.
#[test]
fn forgery_2_collateral_is_pledged_by_the_proof() {
    let (mut w, honest) = at_the_registry();
    let f = w.facility;
    let other = w.open(2);
    let s = submission(&w, &honest);
    assert!(w.submit(f, &s).success);
    let there = w.submission(other, 0);
    let outcome = w.submit(other, &there);
    reverts(&outcome, "Pledged(uint256,uint128)");
    // With the collateral called a liability, it would not be.
    let mut called = there.clone();
    for i in 0..called.attestations.len() {
        attest(&w, &mut called, i, 1, 2);
    }
    let data = called.calldata(other, &w.terms);
    reverts(
        &w.evm.call(w.registry, &data).unwrap(),
        "WrongKind(uint256,uint8,uint8)",
    );
    let data = saying(data, OF_SUBMISSION, 7);
    proof_is_false(&w.evm.call(w.registry, &data).unwrap());
    assert!(!w.is_covered(other));
}

/// Calldata with another word of kinds: word `at` of the argument whose offset is head `head`.
fn saying(mut data: Vec<u8>, [head, at]: [usize; 2], kinds: u64) -> Vec<u8> {
    let head = 4 + 32 * head;
    let offset = u32::from_be_bytes(data[head + 28..head + 32].try_into().unwrap());
    let at = 4 + offset as usize + 32 * at;
    data[at..at + 32].copy_from_slice(&to_be_bytes(&Fr::from(kinds)));
    data
}

/// Where the kinds stand for [`saying`]: in a submission, after the binding and six figures.
const OF_SUBMISSION: [usize; 2] = [2, 10];
/// In a typed statement.
const OF_STATEMENT: [usize; 2] = [0, 7];

/// A price of 0, and a list without the last assets, to the registry with every signature.
#[test]
fn forgery_3_prices_of_0_are_not_submitted() {
    let (mut w, mut forgery) = at_the_registry();
    let f = w.facility;
    let prices: Vec<u128> = forgery.statement.prices().iter().map(|p| p.get()).collect();
    let free = owed(&forgery);
    forgery.make_free(free);
    let mut listed = prices.clone();
    listed[free] = 0;
    let no_price = "NoPrice(uint256)";
    let data = priced(&w, &submission(&w, &forgery), &listed);
    let outcome = w.evm.call(w.registry, &data).unwrap();
    reverts(&outcome, no_price);
    let told = Arguments::new().number(free as u128);
    assert_eq!(outcome.output[4..], told.encode());
    // None at all.
    let (_, honest) = at_the_registry();
    let s = submission(&w, &honest);
    let data = priced(&w, &s, &[]);
    reverts(&w.evm.call(w.registry, &data).unwrap(), no_price);
    // Too few: only the proof knows how many there must be.
    for count in 1..prices.len() {
        let (_, mut cut) = at_the_registry();
        (count..prices.len()).for_each(|asset| cut.make_free(asset));
        let data = priced(&w, &submission(&w, &cut), &prices[..count]);
        proof_is_false(&w.evm.call(w.registry, &data).unwrap());
    }
    assert!(w.submit(f, &s).success);
}

/// Calldata of a submission with other signed prices.
fn priced(w: &World, s: &Submission, prices: &[u128]) -> Vec<u8> {
    let mut signed = s.clone();
    let word = |p: u128| to_be_bytes(&Fr::from_u128(p));
    let digest = world::listed_prices_digest(&s.statement, s.prices.as_of, prices);
    signed.prices.signed = w.signatures(digest, 4, w.terms.price_quorum.into());
    let data = signed.calldata(w.facility, &w.terms);
    // The list as the statement has it; a shorter one leaves a gap behind it.
    let old: Vec<u8> = list(s.statement.prices().iter().map(|p| word(p.get())));
    let new: Vec<u8> = list(prices.iter().map(|p| word(*p)));
    let found = data.windows(old.len()).position(|part| part == old);
    let at = found.unwrap();
    let mut data = data;
    data[at..at + new.len()].copy_from_slice(&new);
    data
}

fn list(words: impl ExactSizeIterator<Item = [u8; 32]>) -> Vec<u8> {
    let mut out = to_be_bytes(&Fr::from(words.len() as u64)).to_vec();
    out.extend(words.flatten());
    out
}

/// V7. No front is made for the retired circuits, by whatever shape and key.
#[test]
fn forgery_v7_no_front_of_a_retired_circuit() {
    let mut w = World::new();
    let code = |id: &str| {
        let arguments = Arguments::new()
            .address(&bytes(w.proof_verifier))
            .word(world::hash_of_verifier())
            .bytes(id.as_bytes())
            .number(w.shape.accounts() as u128)
            .number(w.shape.assets() as u128)
            .number(1_000_000);
        world::code("src/CovenantVerifier.sol", "CovenantVerifier", &arguments)
    };
    let retired = [
        "covenant-1.1/4x18x8x4/21dba03309bf4a30f8fb4b8f9649b8b33a37ea9cbe0015eeb21f51a186c1ef24",
        "covenant-1.1",
        "covenant-1/4x18x8x4/1a385bf1dd7e68e22ec92e45dab421c63c31ac399c70a06fbdfc2daa53a862af",
        "covenant-1/8x36x16x8/0863dd18530dc86acad22767a9292ad5a28ad9ec71aabecf1d73473fb15c7ead",
        "covenant-1/16x66x32x8/09c5ef6c15a70f89df7a53228dba9b565366643ac0dfd165ebf157e838582c2f",
        "covenant-1/1x3x1x1/anything",
        "covenant-1/",
        "covenant-1",
    ];
    let codes = retired.map(code);
    let present = code(circuit(w.shape).key.id());
    for code in codes {
        let refused = w.evm.deploy(&code).unwrap_err().to_string();
        let error = selector("RetiredCircuit(string)").map(|b| format!("{b:02x}"));
        assert!(refused.contains(&error.concat()), "{refused}");
    }
    assert!(w.evm.deploy(&present).is_ok());
}
