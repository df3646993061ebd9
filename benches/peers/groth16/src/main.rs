//! `peer-groth16 WORK [RUNS]`: proves the work, prints the figures as JSON.

use ark_bn254::{Bn254, Fr};
use ark_groth16::{Groth16, prepare_verifying_key};
use ark_relations::r1cs::{ConstraintSynthesizer, ConstraintSystem};
use ark_serialize::CanonicalSerialize;
use ark_snark::SNARK;
use peer_groth16::Claim;
use rand::rngs::OsRng;
use work::{Figures, Outcome, arguments, median, once, peak};

fn main() -> Outcome<()> {
    let (work, runs) = arguments()?;
    let claim = Claim(&work);
    let cs = ConstraintSystem::<Fr>::new_ref();
    claim.clone().generate_constraints(cs.clone())?;
    if !cs.is_satisfied()? {
        return Err(format!("not satisfied: {:?}", cs.which_is_unsatisfied()?).into());
    }
    let size = format!("{} constraints", cs.num_constraints());
    drop(cs);
    // The set-up of this circuit alone, by this process: not a ceremony.
    let (setup, keys) = once(|| Groth16::<Bn254>::circuit_specific_setup(claim.clone(), &mut OsRng));
    let (pk, vk) = keys?;
    let mut costs = Vec::new();
    let mut proof = None;
    for _ in 0..runs.max(1) {
        let (cost, made) = once(|| Groth16::<Bn254>::prove(&pk, claim.clone(), &mut OsRng));
        costs.push(cost);
        proof = Some(made?);
    }
    let proof = proof.ok_or("no proof")?;
    let (public, vk) = (claim.public(), prepare_verifying_key(&vk));
    let mut checks = Vec::new();
    for _ in 0..10 {
        let (cost, verdict) = once(|| Groth16::<Bn254>::verify_with_processed_vk(&vk, &public, &proof));
        if !verdict? {
            return Err("the proof does not verify".into());
        }
        checks.push(cost);
    }
    let figures = Figures {
        peer: "arkworks Groth16 0.5.0".into(),
        positions: work.positions(),
        size,
        setup,
        proof: median(&costs),
        runs: costs.len(),
        verify: median(&checks),
        proof_bytes: proof.compressed_size(),
        peak: peak(),
        note: "set-up for this circuit alone".into(),
    };
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}
