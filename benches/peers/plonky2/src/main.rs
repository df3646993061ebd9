//! `peer-plonky2 WORK [RUNS]`: proves the work, prints the figures as JSON.

use peer_plonky2::{Circuit, commitments};
use work::{Figures, Outcome, arguments, median, once, peak};

fn main() -> Outcome<()> {
    let (work, runs) = arguments()?;
    let each = work.accounts.first().map_or(0, |a| a.positions.len());
    let (setup, circuit) = once(|| Circuit::new(work.accounts.len(), each, work.assets.len()));
    let committed = commitments(&work);
    let mut costs = Vec::new();
    let mut proof = None;
    for _ in 0..runs.max(1) {
        let (cost, made) = once(|| circuit.data.prove(circuit.witness(&work, &committed)?));
        costs.push(cost);
        proof = Some(made?);
    }
    let proof = proof.ok_or("no proof")?;
    let verifier = circuit.data.verifier_data();
    let mut checks = Vec::new();
    for _ in 0..10 {
        let copy = proof.clone();
        let (cost, verdict) = once(|| verifier.verify(copy));
        verdict?;
        checks.push(cost);
    }
    let figures = Figures {
        peer: "plonky2 1.1.0, zk".into(),
        positions: work.positions(),
        size: format!("2^{} rows", circuit.data.common.degree_bits()),
        setup,
        proof: median(&costs),
        runs: costs.len(),
        verify: median(&checks),
        proof_bytes: proof.to_bytes().len(),
        peak: peak(),
        note: "commitments by its own Poseidon over Goldilocks; no rounding".into(),
    };
    println!("{}", serde_json::to_string_pretty(&figures)?);
    Ok(())
}
