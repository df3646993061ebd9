//! halo2-axiom's own prover: the same keys, trace, public inputs and transcript, so that what
//! ours saves is a figure of one run.

use crate::Outcome;
use crate::measure::{Cost, median, once};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_prover::keys::Keys;
use covenant_verifier::transcript::KeccakWrite;
use halo2_proofs::plonk::create_proof;
use halo2_proofs::poly::kzg::commitment::KZGCommitmentScheme;
use halo2_proofs::poly::kzg::multiopen::ProverSHPLONK;
use halo2_proofs::transcript::TranscriptWriterBuffer;
use halo2curves::bn256::{Bn256, Fr};
use rand_core::OsRng;
use std::slice;

/// The median of `runs` proofs by the library's prover, and the last of them. Nothing is
/// checked before or after.
pub fn measure(
    keys: &Keys,
    circuit: &CovenantCircuit,
    public: &[Fr],
    runs: usize,
) -> Outcome<(Cost, Vec<u8>)> {
    let (mut costs, mut proof) = (Vec::new(), Vec::new());
    for _ in 0..runs.max(1) {
        let (cost, made) = once(|| {
            let mut transcript = KeccakWrite::init(Vec::new());
            create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
                keys.srs().params(),
                keys.proving_key(),
                slice::from_ref(circuit),
                &[&[public]],
                OsRng,
                &mut transcript,
            )?;
            Outcome::Ok(transcript.finalize())
        });
        costs.push(cost);
        proof = made?;
    }
    Ok((median(&costs), proof))
}
