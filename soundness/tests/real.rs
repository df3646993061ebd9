//! Real proofs from tampered traces: what the soundness harness says is noticed, the
//! verifier refuses. One cell of every column of the trace, so that a difference between
//! the harness's evaluator and the proof system would show.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::shape::Shape;
use covenant_fixtures::Vectors;
use covenant_prover::keys::Keys;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::target::Target;
use covenant_verifier::transcript::{KeccakRead, KeccakWrite};
use ff::Field;
use halo2_proofs::plonk::{create_proof, verify_proof};
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::{ProverSHPLONK, VerifierSHPLONK};
use halo2_proofs::poly::kzg::strategy::SingleStrategy;
use halo2_proofs::transcript::{TranscriptReadBuffer, TranscriptWriterBuffer};
use halo2curves::bn256::Bn256;
use rand_core::OsRng;

/// Whether proofs of this trace verify: one of our prover, one of halo2-axiom's.
fn proves(keys: &Keys, circuit: CovenantCircuit, public: &[Fr]) -> bool {
    let params = keys.srs().params();
    let mut transcript = KeccakWrite::init(Vec::new());
    keys.engine()
        .unwrap()
        .prove(
            keys.proving_key(),
            &circuit,
            &[public],
            OsRng,
            &mut transcript,
            &mut |_| {},
        )
        .unwrap();
    let ours = transcript.finalize();
    let mut transcript = KeccakWrite::init(Vec::new());
    create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
        params,
        keys.proving_key(),
        &[circuit],
        &[&[public]],
        OsRng,
        &mut transcript,
    )
    .unwrap();
    let theirs = transcript.finalize();
    let [ours, theirs] = [ours, theirs].map(|proof| {
        let mut transcript = KeccakRead::init(proof.as_slice());
        verify_proof::<KZGCommitmentScheme<Bn256>, VerifierSHPLONK<'_, Bn256>, _, _, _>(
            params,
            keys.verifying_key(),
            SingleStrategy::new(params),
            &[&[public]],
            &mut transcript,
        )
        .is_ok()
    });
    assert_eq!(ours, theirs);
    ours
}

#[test]
fn c4_proofs_of_tampered_traces_are_refused() {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 12_500);
    let witness =
        Witness::honest(&claim, &covenant_fixtures::fullest(&claim), Shape::SMALL).unwrap();
    let keys = Keys::embedded(Shape::SMALL, None).unwrap();
    let honest = CovenantCircuit::new(&witness);
    assert!(proves(&keys, honest.clone(), &witness.public));
    let challenges = [5, 6, 7, 8, 9, 10].map(|x| Fr::from(x).invert().unwrap());
    let target = Covenant::new(*honest.layout(), &witness, challenges).unwrap();
    let checker = Checker::new(&target);
    let mut columns = std::collections::BTreeMap::<usize, Vec<_>>::new();
    for (place, column, row) in target.written() {
        columns.entry(column).or_default().push((place, row));
    }
    let mut refused = 0;
    for (column, cells) in columns {
        let (place, row) = cells[cells.len() / 3];
        let Place::Advice(at, _) = place else {
            continue;
        };
        let mut circuit = honest.clone();
        let value = circuit.trace().value(column, row);
        circuit.trace_mut().tamper(column, row, value + Fr::ONE);
        let mut advice = target.trace().advice.clone();
        advice[at][row] += Fr::ONE;
        target.second_phase(&mut advice, &mut vec![(at, row, value)]);
        assert!(
            !checker.violations(&advice).is_empty(),
            "column {column} row {row}"
        );
        let verified = proves(&keys, circuit, &witness.public);
        assert!(!verified, "column {column} row {row}");
        refused += 1;
    }
    println!("{refused} proofs of tampered traces refused");
    assert!(refused >= 6);
}
