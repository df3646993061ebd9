//! The proof of a true claim verifies; false claims have none, nor does a proof serve for
//! other public inputs.

use peer_plonky2::{Circuit, F, commitments};
use plonky2::field::types::Field;
use std::panic::{AssertUnwindSafe, catch_unwind};
use work::{Work, example};

/// plonky2 refuses by an error or by a panic, or makes a proof that does not verify.
fn proves(
    circuit: &Circuit,
    work: &Work,
    committed: &[plonky2::hash::hash_types::HashOut<F>],
) -> bool {
    catch_unwind(AssertUnwindSafe(|| {
        let proof = circuit.data.prove(circuit.witness(work, committed)?)?;
        circuit.data.verify(proof)
    }))
    .is_ok_and(|verdict| verdict.is_ok())
}

fn circuit(work: &Work) -> Circuit {
    Circuit::new(
        work.accounts.len(),
        work.accounts[0].positions.len(),
        work.assets.len(),
    )
}

#[test]
fn a_true_claim_is_proved_and_no_other_with_its_proof() {
    let work = example();
    let circuit = circuit(&work);
    let committed = commitments(&work);
    let proof = circuit
        .data
        .prove(circuit.witness(&work, &committed).unwrap())
        .unwrap();
    circuit.data.verify(proof.clone()).unwrap();
    for i in [0, 9, proof.public_inputs.len() - 1] {
        let mut other = proof.clone();
        other.public_inputs[i] += F::ONE;
        assert!(circuit.data.verify(other).is_err(), "input {i}");
    }
}

#[test]
fn false_claims_have_no_proof() {
    let honest = example();
    let circuit = circuit(&honest);
    let committed = commitments(&honest);
    assert!(proves(&circuit, &honest, &committed));
    for falsify in work::FALSE {
        let mut work = example();
        (falsify.change)(&mut work);
        // This system's commitments are not those in the file.
        let mut committed = committed.clone();
        if work.accounts[1].commitment != honest.accounts[1].commitment {
            committed[1].elements[0] += F::ONE;
        }
        assert!(!proves(&circuit, &work, &committed), "{}", falsify.name);
    }
}
