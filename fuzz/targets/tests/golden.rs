//! The stored proof against statements of other sizes (V1) and other circuits (V7).

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::{Commitment, Kind};
use covenant_circuits::field::Fr;
use covenant_circuits::numbers::Price;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Statement, StatementError, StatementParts};
use covenant_fuzz_targets::{NOW, golden_bundle, golden_expected};
use covenant_verifier::expect::Mismatch;
use covenant_verifier::key::CircuitKey;
use covenant_verifier::verify::{ProofError, VerifyError, verify, verify_statement};

fn key(shape: Shape) -> CircuitKey {
    CircuitKey::standard(shape).unwrap()
}

fn parts() -> StatementParts {
    let statement = golden_bundle().statement();
    StatementParts {
        subject: statement.subject(),
        window: statement.window(),
        public_debt: statement.public_debt(),
        ratio: statement.ratio(),
        context: statement.context(),
        commitments: statement.commitments().to_vec(),
        kinds: statement.kinds().to_vec(),
        report: *statement.report(),
        prices: statement.prices().to_vec(),
    }
}

#[test]
fn the_stored_bundle_meets_its_expectations() {
    let verified = verify(golden_bundle(), &key(Shape::SMALL), golden_expected(), NOW).unwrap();
    assert_eq!(verified.statement(), golden_bundle().statement());
}

/// V1. There are as many public inputs as the shape says, whatever the statement holds; what
/// would be one more is refused, and never gets into the first row.
#[test]
fn v1_a_statement_of_another_size_is_refused() {
    let (bundle, key) = (golden_bundle(), key(Shape::SMALL));
    let policy = bundle.policy();
    let slots = Shape::SMALL.accounts();
    for used in 0..=slots + 2 {
        let mut parts = parts();
        parts.commitments.truncate(used);
        while parts.commitments.len() < used {
            // Larger than any before.
            let last = -Fr::from((slots + 10 - parts.commitments.len()) as u64);
            parts.commitments.push(Commitment(last));
        }
        parts.kinds.resize(used, Kind::Liability);
        let statement = Statement::new(policy, parts).unwrap();
        let verdict = verify_statement(&statement, bundle.proof(), &key);
        if used == bundle.statement().commitments().len() {
            assert_eq!(verdict, Ok(()));
            continue;
        }
        match statement.public_inputs(&Shape::SMALL) {
            Ok(inputs) => {
                assert!(used <= slots);
                assert_eq!(inputs.len(), Shape::SMALL.public_inputs());
                assert_eq!(
                    verdict,
                    Err(VerifyError::Proof(ProofError::False)),
                    "{used}"
                );
            }
            Err(StatementError::DoesNotFit { .. }) => {
                assert!(used > slots);
                assert!(matches!(verdict, Err(VerifyError::Statement(_))), "{used}");
            }
            Err(other) => panic!("{other}"),
        }
    }
    for change in [-1, 1] {
        let mut parts = parts();
        match change {
            1 => parts.prices.push(Price::MAX),
            _ => drop(parts.prices.pop()),
        }
        let error = Statement::new(policy, parts).unwrap_err();
        assert!(matches!(error, StatementError::Prices { .. }), "{error}");
    }
    // A commitment of 0, one twice, and two out of order are no statements.
    for bent in [
        |c: &mut Vec<Commitment>| c[0].0 = Fr::from(0),
        |c: &mut Vec<Commitment>| c[1] = c[0],
        |c: &mut Vec<Commitment>| c.swap(0, 1),
    ] {
        let mut parts = parts();
        bent(&mut parts.commitments);
        assert!(Statement::new(policy, parts).is_err());
    }
}

/// V7. A proof is of one circuit, at that circuit's length or cut and filled to another's.
#[test]
fn v7_a_proof_of_one_circuit_does_not_verify_under_another() {
    let bundle = golden_bundle();
    for shape in [Shape::MEDIUM, Shape::LARGE] {
        let key = key(shape);
        let error = verify(bundle, &key, golden_expected(), NOW).unwrap_err();
        assert!(matches!(error, VerifyError::Circuit { .. }), "{error}");
        let mut proof = bundle.proof().to_vec();
        proof.resize(key.proof_length(), 0);
        let verdict = verify_statement(bundle.statement(), &proof, &key);
        assert_eq!(
            verdict,
            Err(VerifyError::Proof(ProofError::False)),
            "{shape}"
        );
        assert!(CircuitKey::by_id(key.id()).is_some_and(|k| k.shape() == shape));
    }
    assert!(CircuitKey::by_id("covenant-1").is_none());
}

/// V7. An id that is disabled is refused, whole and alone.
#[test]
fn v7_a_disabled_circuit_is_refused() {
    let key = key(Shape::SMALL);
    let with = |ids: &[&str]| {
        let mut expected = golden_expected().clone();
        expected.disabled_circuits = ids.iter().map(|id| (*id).into()).collect();
        verify(golden_bundle(), &key, &expected, NOW)
    };
    let other = CircuitKey::standard(Shape::MEDIUM).unwrap();
    assert!(with(&[]).is_ok() && with(&[other.id(), "covenant-1"]).is_ok());
    let error = with(&[other.id(), key.id()]).unwrap_err();
    let VerifyError::Mismatch(all) = &error else {
        unreachable!("{error}");
    };
    assert!(matches!(all.first(), Mismatch::Disabled { .. }), "{error}");
    assert_eq!(all.iter().count(), 1, "{error}");
}
