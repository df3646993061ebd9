//! Real proofs of several claims at once, in the smallest circuit of two.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::many::ManyWitness;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::many::{self, ManyError, ManyShape, SatisfiedMany};
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Statement, Window};
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, ProveError, prove_many};
use covenant_verifier::key::ManyKey;
use covenant_verifier::transcript::KeccakWrite;
use covenant_verifier::verify::{ProofError, VerifyManyError, check_proof, verify_many};
use ff::Field;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use rand_core::OsRng;
use serde_json::json;
use std::sync::LazyLock;

fn shape() -> ManyShape {
    ManyShape::new(Shape::new(1, 3, 1, 1).unwrap(), 2).unwrap()
}

static KEYS: LazyLock<Keys<ManyShape>> = LazyLock::new(|| Keys::embedded(shape(), None).unwrap());

/// 1,250 of a currency, each worth a dollar, cover what is owed; weighed in full.
fn claim(asset: &str, debt: u128, ratio: u32) -> Claim {
    let policy = json!({
        "version": 2, "name": asset, "quote": "iso4217:USD", "min_ratio_bps": 10000, "ratio_step_bps": 500,
        "assets": [{"asset": asset, "symbol": "X", "decimals": 2, "tiers": [{"weight_bps": 10000}]}]
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let opening = covenant_fixtures::account(Kind::Collateral, &[(asset, 125_000)]);
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::at(1_790_000_000),
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(ratio).unwrap(),
        context: Context::of(asset),
        prices: vec![Price::new(10u128.pow(34)).unwrap()],
    };
    Claim::new(policy, vec![opening], parts).unwrap()
}

const MOST: u128 = 1_250_000_000;

fn dollars() -> Claim {
    claim("iso4217:USD", MOST, 10_000)
}

fn euros() -> Claim {
    claim("iso4217:EUR", MOST / 2, 12_500)
}

fn satisfied(claims: &[Claim]) -> SatisfiedMany {
    let claims = claims.iter().map(covenant_fixtures::satisfied);
    SatisfiedMany::new(claims.collect(), shape()).unwrap()
}

fn prove(claims: &[Claim]) -> Result<Vec<u8>, ProveError> {
    prove_many(&KEYS, &satisfied(claims), &mut |_: Phase| {})
}

const FALSE: Result<(), VerifyManyError> = Err(VerifyManyError::Proof(ProofError::False));

#[test]
fn a_proof_is_of_all_its_statements_in_their_order() {
    let (dollars, euros) = (dollars(), euros());
    let proof = prove(&[dollars.clone(), euros.clone()]).unwrap();
    let verdict = |statements: &[&Statement]| verify_many(statements, &proof, KEYS.circuit_key());
    let (first, second) = (&dollars.statement, &euros.statement);
    assert_eq!(verdict(&[first, second]), Ok(()));
    assert_eq!(verdict(&[second, first]), FALSE);
    // One alone would stand for both.
    assert_eq!(verdict(&[first]), FALSE);
    assert_eq!(verdict(&[second]), FALSE);
    let count = |got| Err(ManyError::Count { expected: 2, got }.into());
    assert_eq!(verdict(&[]), count(0));
    assert_eq!(verdict(&[first, second, second]), count(3));
    let public = many::public_inputs(&[first, second], shape()).unwrap();
    for at in 0..public.len() {
        let mut other = public.clone();
        other[at] += Fr::ONE;
        let verdict = check_proof(KEYS.circuit_key(), &other, &proof);
        assert_eq!(verdict, Err(ProofError::False), "public input {at}");
    }
}

#[test]
fn fewer_claims_than_the_circuit_has_are_filled_up() {
    let dollars = dollars();
    let proof = prove(std::slice::from_ref(&dollars)).unwrap();
    let statement = &dollars.statement;
    let key = KEYS.circuit_key();
    assert_eq!(verify_many(&[statement], &proof, key), Ok(()));
    assert_eq!(verify_many(&[statement, statement], &proof, key), Ok(()));
}

/// The first defence says which claim is false; past it, no proof of one false claim verifies, in
/// either place.
#[test]
fn one_false_claim_makes_no_proof() {
    for at in 0..2 {
        let mut claims = [dollars(), euros()];
        claims[at] = claim("iso4217:USD", MOST + 1, 10_000);
        let judged = claims.clone().map(|claim| {
            let allocation = covenant_fixtures::fullest(&claim);
            (claim, allocation)
        });
        let refused = SatisfiedMany::check(judged.to_vec(), shape()).unwrap_err();
        assert!(
            matches!(&refused, ManyError::False { claim, why } if *claim == at && why.clause() == "S7"),
            "{refused}"
        );
        let witnesses = judged.map(|(claim, allocation)| {
            Witness::honest(&claim, &allocation, shape().claim()).unwrap()
        });
        let witness = ManyWitness::of(shape(), witnesses.to_vec());
        let circuit = CovenantCircuit::laid_out(*KEYS.layout(), &witness);
        let mut transcript = KeccakWrite::init(Vec::new());
        let engine = KEYS.engine().unwrap();
        let (key, public) = (KEYS.proving_key(), [witness.public.as_slice()]);
        let made = engine.prove(key, &circuit, &public, OsRng, &mut transcript, &mut |_| {});
        made.unwrap();
        let proof = transcript.finalize();
        let verdict = check_proof(KEYS.circuit_key(), &witness.public, &proof);
        assert_eq!(verdict, Err(ProofError::False), "claim {at}");
    }
}

#[test]
fn keys_of_another_shape_and_ratios_off_the_grid_are_refused() {
    let off = claim("iso4217:EUR", 1, 10_001);
    let error = prove(&[dollars(), off]).unwrap_err();
    let ProveError::OfClaim { claim: 1, error } = error else {
        panic!("{error}");
    };
    assert!(matches!(*error, ProveError::OffGrid { got: 10_001, .. }));
    let three = ManyShape::new(shape().claim(), 3).unwrap();
    let claims = vec![covenant_fixtures::satisfied(&dollars())];
    let other = SatisfiedMany::new(claims, three).unwrap();
    let error = prove_many(&KEYS, &other, &mut |_: Phase| {}).unwrap_err();
    assert!(matches!(error, ProveError::ManyShape { got, .. } if got == three));
    // No key but the published ones is compiled in.
    assert!(ManyKey::many(shape()).is_err());
}

/// User and system seconds of this process so far.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat
        .rsplit(')')
        .next()
        .unwrap()
        .split_whitespace()
        .collect();
    let ticks = |i: usize| fields[i].parse::<f64>().unwrap();
    (ticks(11) + ticks(12)) / 100.0
}

/// The standard shape: ten claims of `small`, each in a context of its own. Prints what it takes; the
/// contracts' tests prove as many.
#[test]
#[ignore = "for docs/decisions/0017: a proof at k = 14, which contracts/harness/tests/many.rs makes too"]
fn ten_claims_of_the_standard_shape() {
    let shape = ManyShape::SMALL;
    let start = cpu_seconds();
    let keys = Keys::embedded(shape, None).unwrap();
    keys.engine().unwrap();
    println!(
        "{:?}, keys: {:.1} CPU-s",
        keys.layout(),
        cpu_seconds() - start
    );
    let case = &covenant_fixtures::Vectors::load().list("cases")[0];
    let claims = (0..shape.claims()).map(|n| {
        let claim = covenant_fixtures::claim(case, 12_500);
        let parts = ClaimParts {
            subject: claim.statement.subject(),
            window: claim.statement.window(),
            public_debt: claim.statement.public_debt(),
            ratio: claim.statement.ratio(),
            context: Context::of(&format!("claim {n}")),
            prices: claim.statement.prices().to_vec(),
        };
        let claim = Claim::new(claim.policy, claim.openings, parts).unwrap();
        covenant_fixtures::satisfied(&claim)
    });
    let many = SatisfiedMany::new(claims.collect(), shape).unwrap();
    for _ in 0..3 {
        let start = cpu_seconds();
        let proof = prove_many(&keys, &many, &mut |_: Phase| {}).unwrap();
        let took = cpu_seconds() - start;
        println!("{} bytes, {took:.2} CPU-s", proof.len());
        let start = cpu_seconds();
        verify_many(&many.statements(), &proof, keys.circuit_key()).unwrap();
        println!("verified in {:.3} CPU-s", cpu_seconds() - start);
        assert_eq!(proof.len(), keys.circuit_key().proof_length());
    }
}
