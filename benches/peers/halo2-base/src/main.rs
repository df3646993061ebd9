//! `peer-halo2-base WORK [RUNS]`: proves the work, prints the figures as JSON.

use halo2_base::gates::circuit::{CircuitBuilderStage, builder::BaseCircuitBuilder};
use halo2_base::halo2_proofs::halo2curves::bn256::{Bn256, Fr, G1Affine};
use halo2_base::halo2_proofs::plonk::{create_proof, keygen_pk, keygen_vk, verify_proof};
use halo2_base::halo2_proofs::poly::commitment::ParamsProver;
use halo2_base::halo2_proofs::poly::kzg::commitment::{KZGCommitmentScheme, ParamsKZG};
use halo2_base::halo2_proofs::poly::kzg::multiopen::{ProverSHPLONK, VerifierSHPLONK};
use halo2_base::halo2_proofs::poly::kzg::strategy::SingleStrategy;
use halo2_base::halo2_proofs::transcript::{
    Blake2bRead, Blake2bWrite, Challenge255, TranscriptReadBuffer, TranscriptWriterBuffer,
};
use peer_halo2_base::{K, build, sized};
use rand::rngs::OsRng;
use work::{Figures, Outcome, arguments, median, once, peak};

type Challenge = Challenge255<G1Affine>;

fn main() -> Outcome<()> {
    let (work, runs) = arguments()?;
    // Not a ceremony: this process knew tau.
    let params = ParamsKZG::<Bn256>::setup(K as u32, OsRng);
    let (setup, made) = once(|| -> Outcome<_> {
        let blank = BaseCircuitBuilder::<Fr>::from_stage(CircuitBuilderStage::Keygen);
        let (builder, _) = sized(&work, blank);
        let pk = keygen_pk(&params, keygen_vk(&params, &builder)?, &builder)?;
        Ok((pk, builder.config_params.clone(), builder.break_points()))
    });
    let (pk, config, breaks) = made?;
    let mut costs = Vec::new();
    let mut proved = None;
    for _ in 0..runs.max(1) {
        let (cost, made) = once(|| -> Outcome<_> {
            let mut builder = BaseCircuitBuilder::prover(config.clone(), breaks.clone());
            let instance = build(&mut builder, &work);
            let mut transcript = Blake2bWrite::<_, _, Challenge>::init(Vec::new());
            create_proof::<KZGCommitmentScheme<Bn256>, ProverSHPLONK<'_, Bn256>, _, _, _, _>(
                &params,
                &pk,
                &[builder],
                &[&[&instance]],
                OsRng,
                &mut transcript,
            )?;
            Ok((transcript.finalize(), instance))
        });
        costs.push(cost);
        proved = Some(made?);
    }
    let (proof, instance) = proved.ok_or("no proof")?;
    let mut checks = Vec::new();
    for _ in 0..10 {
        let (cost, verdict) = once(|| {
            let mut transcript = Blake2bRead::<_, _, Challenge>::init(proof.as_slice());
            verify_proof::<KZGCommitmentScheme<Bn256>, VerifierSHPLONK<'_, Bn256>, _, _, _>(
                params.verifier_params(),
                pk.get_vk(),
                SingleStrategy::new(&params),
                &[&[&instance]],
                &mut transcript,
            )
        });
        verdict?;
        checks.push(cost);
    }
    let figures = Figures {
        peer: "halo2-base 0.5.5".into(),
        positions: work.positions(),
        size: format!(
            "k = {K}, {} advice columns",
            config.num_advice_per_phase.iter().sum::<usize>()
        ),
        setup,
        proof: median(&costs),
        runs: costs.len(),
        verify: median(&checks),
        proof_bytes: proof.len(),
        peak: peak(),
        note: "commitments by its own Poseidon sponge, t = 5".into(),
    };
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}
