//! Real proofs under the embedded ceremony.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::field::Fr;
use covenant_circuits::many::ManyShape;
use covenant_circuits::relation::SatisfiedClaim;
use covenant_circuits::rollup::{RollupShape, SatisfiedRollup};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::Window;
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, ProveError, prove, prove_off_grid, prove_rollup};
use covenant_verifier::key::{CircuitKey, ManyKey, RollupKey};
use covenant_verifier::verify::{ProofError, check_proof};
use ff::Field;

/// The vectors' cases at the largest ratio that is true, and one more.
#[test]
fn conformance_cases() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    for (case, largest) in covenant_fixtures::true_cases() {
        let claim = covenant_fixtures::claim(&case, largest);
        // The proof is verified before it is returned.
        prove_off_grid(
            &keys,
            &covenant_fixtures::satisfied(&claim),
            &mut |_: Phase| {},
        )
        .unwrap();
        let claim = covenant_fixtures::claim(&case, largest + 1);
        // Nothing that the prover takes is made of a false one (P2).
        let allocation = covenant_fixtures::fullest(&claim);
        match SatisfiedClaim::new(claim, allocation) {
            Err(error) => assert_eq!(error.clause(), "S7", "{error}"),
            // Where the first defence is taken out, the next throws the proof away.
            Ok(unchecked) => {
                let made = prove_off_grid(&keys, &unchecked, &mut |_: Phase| {});
                panic!("taken for satisfied: {}", made.unwrap_err())
            }
        }
    }
}

#[test]
fn every_standard_shape_proves_with_the_embedded_ceremony() {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 12_500);
    let mut lengths = Vec::new();
    for shape in Shape::STANDARD {
        let keys = Keys::embedded(shape, None).unwrap();
        let mut phases = Vec::new();
        let proof = prove(
            &keys,
            &covenant_fixtures::satisfied(&claim),
            &mut |p: Phase| phases.push(p),
        )
        .unwrap();
        assert_eq!(
            phases,
            [
                Phase::Witness,
                Phase::Committing,
                Phase::Quotient,
                Phase::Opening,
                Phase::Verifying
            ]
        );
        lengths.push(proof.len());
    }
    // What docs/decisions/0012 says of small, medium and large.
    assert_eq!(lengths, [2_592, 5_472, 5_376]);
}

/// C1. The keys that the verifier has compiled in are those of the circuit, byte for byte.
/// After a change of the circuit: `COVENANT_WRITE_KEYS=1 cargo test -p covenant-prover c1_`.
#[test]
fn c1_compiled_in_verifying_keys_are_those_of_the_circuit() {
    for shape in Shape::STANDARD {
        let keys = Keys::embedded(shape, None).unwrap();
        let bytes = keys
            .verifying_key()
            .to_bytes(halo2_proofs::SerdeFormat::Processed);
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/data");
        let path = format!("{data}/{shape}.vk");
        let id_path = format!("{data}/{shape}.id");
        if std::env::var_os("COVENANT_WRITE_KEYS").is_some() {
            std::fs::write(&path, &bytes).unwrap();
            std::fs::write(&id_path, keys.circuit() + "\n").unwrap();
            continue;
        }
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{path} is of another circuit"
        );
        let compiled = CircuitKey::standard(shape).unwrap();
        assert_eq!(compiled.id(), keys.circuit());
        // The file holds no gates: these are in the digest, which is in the id.
        let stored = std::fs::read_to_string(id_path).unwrap();
        assert_eq!(compiled.id(), stored.trim_end(), "{shape}: other gates");
        assert!(CircuitKey::by_id(compiled.id()).is_some());
    }
}

/// C1. The same of the standard roll-up shapes.
#[test]
fn c1_compiled_in_rollup_keys_are_those_of_the_circuit() {
    for shape in RollupShape::STANDARD {
        let keys = Keys::embedded(shape, None).unwrap();
        let bytes = keys
            .verifying_key()
            .to_bytes(halo2_proofs::SerdeFormat::Processed);
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/data");
        let name = shape.to_string().replace("->", "-");
        let path = format!("{data}/rollup-{name}.vk");
        let id_path = format!("{data}/rollup-{name}.id");
        if std::env::var_os("COVENANT_WRITE_KEYS").is_some() {
            std::fs::write(&path, &bytes).unwrap();
            std::fs::write(&id_path, keys.circuit() + "\n").unwrap();
            continue;
        }
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{path} is of another circuit"
        );
        let compiled = RollupKey::rollup(shape).unwrap();
        assert_eq!(compiled.id(), keys.circuit());
        let stored = std::fs::read_to_string(id_path).unwrap();
        assert_eq!(compiled.id(), stored.trim_end(), "{shape}: other gates");
        assert!(RollupKey::rollup_by_id(compiled.id()).is_some());
        assert!(CircuitKey::by_id(compiled.id()).is_none());
    }
}

/// C1. The same of the standard shapes of many claims.
#[test]
fn c1_compiled_in_keys_of_many_claims_are_those_of_the_circuit() {
    for shape in ManyShape::STANDARD {
        let keys = Keys::embedded(shape, None).unwrap();
        let bytes = keys
            .verifying_key()
            .to_bytes(halo2_proofs::SerdeFormat::Processed);
        let data = concat!(env!("CARGO_MANIFEST_DIR"), "/../verifier/data");
        let path = format!("{data}/many-{shape}.vk");
        let id_path = format!("{data}/many-{shape}.id");
        if std::env::var_os("COVENANT_WRITE_KEYS").is_some() {
            std::fs::write(&path, &bytes).unwrap();
            std::fs::write(&id_path, keys.circuit() + "\n").unwrap();
            continue;
        }
        assert!(
            std::fs::read(&path).unwrap() == bytes,
            "{path} is of another circuit"
        );
        let compiled = ManyKey::many(shape).unwrap();
        assert_eq!(compiled.id(), keys.circuit());
        let stored = std::fs::read_to_string(id_path).unwrap();
        assert_eq!(compiled.id(), stored.trim_end(), "{shape}: other gates");
        assert!(ManyKey::many_by_id(compiled.id()).is_some());
        assert!(CircuitKey::by_id(compiled.id()).is_none());
    }
}

/// A roll-up in the smallest standard shape: proved, and refused beside any other public input.
#[test]
fn a_rollup_proves_with_the_embedded_ceremony() {
    let shape = RollupShape::SHORT;
    let keys = Keys::embedded(shape, None).unwrap();
    let accounts = (0..3).map(|m| {
        let positions = [("iso4217:USD", 100 + m), ("isin:XS1234567890", 7)];
        covenant_fixtures::account(Kind::Liability, &positions)
    });
    let window = Window::new(1_790_000_000, 1_790_000_000).unwrap();
    let salt = Fr::random(rand_core::OsRng);
    let satisfied = SatisfiedRollup::merging(accounts.collect(), shape, window, salt).unwrap();
    let proof = prove_rollup(&keys, &satisfied, &mut |_: Phase| {}).unwrap();
    let public = satisfied.claim().statement.public_inputs();
    assert_eq!(check_proof(keys.circuit_key(), &public, &proof), Ok(()));
    for at in 0..public.len() {
        let mut other = public.clone();
        other[at] += Fr::ONE;
        let verdict = check_proof(keys.circuit_key(), &other, &proof);
        assert_eq!(verdict, Err(ProofError::False), "public input {at}");
    }
}

/// C1. One thread or many make the same key.
#[test]
fn c1_keys_do_not_depend_on_threads() {
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let many = rayon::ThreadPoolBuilder::new()
        .num_threads(4)
        .build()
        .unwrap();
    let id = || Keys::embedded(Shape::SMALL, None).unwrap().circuit();
    let standard = CircuitKey::standard(Shape::SMALL).unwrap();
    assert_eq!(one.install(id), standard.id());
    assert_eq!(many.install(id), standard.id());
}

/// P4. Off the policy's grid.
#[test]
fn p4_fine_ratios_are_refused() {
    let case = &Vectors::load().list("cases")[0];
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    for ratio in [12_499, 12_501, 12_000] {
        let claim = covenant_fixtures::claim(case, ratio);
        let error = prove(
            &keys,
            &covenant_fixtures::satisfied(&claim),
            &mut |_: Phase| {},
        )
        .unwrap_err();
        assert!(matches!(error, ProveError::OffGrid { .. }), "{ratio}");
    }
}

/// Keys come back from the cache, and a damaged or foreign file is rebuilt.
#[test]
fn keys_are_cached_and_checked() {
    let dir = tempfile::tempdir().unwrap();
    let fresh = Keys::embedded(Shape::SMALL, Some(dir.path())).unwrap();
    let file = std::fs::read_dir(dir.path())
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    let whole = std::fs::read(&file).unwrap();
    let cached = Keys::embedded(Shape::SMALL, Some(dir.path())).unwrap();
    assert_eq!(cached.circuit(), fresh.circuit());
    for at in [0, 20, 60, 100, whole.len() - 1] {
        let mut damaged = whole.clone();
        damaged[at] ^= 1;
        std::fs::write(&file, &damaged).unwrap();
        let rebuilt = Keys::embedded(Shape::SMALL, Some(dir.path())).unwrap();
        assert_eq!(rebuilt.circuit(), fresh.circuit());
        assert_ne!(
            std::fs::read(&file).unwrap(),
            damaged,
            "the damaged file is replaced"
        );
    }
    std::fs::write(&file, &whole[..whole.len() / 2]).unwrap();
    assert_eq!(
        Keys::embedded(Shape::SMALL, Some(dir.path()))
            .unwrap()
            .circuit(),
        fresh.circuit()
    );
}

/// P4. The proof's length and the public inputs do not depend on the holdings.
#[test]
fn p4_lengths_do_not_depend_on_the_holdings() {
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let lengths: Vec<(usize, usize)> = covenant_fixtures::true_cases()
        .iter()
        .map(|(case, largest)| {
            let claim = covenant_fixtures::claim(case, *largest);
            let proof = prove_off_grid(
                &keys,
                &covenant_fixtures::satisfied(&claim),
                &mut |_: Phase| {},
            )
            .unwrap();
            (
                proof.len(),
                claim.statement.public_inputs(&Shape::SMALL).unwrap().len(),
            )
        })
        .collect();
    assert!(lengths.windows(2).all(|w| w[0] == w[1]), "{lengths:?}");
}
