//! Roll-ups: what a proof of each shape costs, what an account costs beside the proofs, and the law
//! that `covenant rollup plan` reckons with.

use crate::Outcome;
use crate::law::line;
use crate::machine::Machine;
use crate::measure::{Cost, forget_peak, median, median_of, once, peak_of};
use crate::proving::srs;
use covenant_circuits::account::{Opening, Position};
use covenant_circuits::circuit::size::Size;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::HolderReference;
use covenant_circuits::numbers::Amount;
use covenant_circuits::rollup::{RollupShape, SatisfiedRollup, draw_salt};
use covenant_circuits::statement::Window;
use covenant_prover::capacity::{Law, Line, Point, cells};
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove_rollup};
use covenant_prover::rollup::TreePlan;
use covenant_verifier::verify::check_proof;
use ff::Field;
use rand_core::{OsRng, RngCore};
use serde::{Deserialize, Serialize};

/// Of every account, Unix seconds.
const AS_OF: u64 = 1_790_000_000;
const SUBJECT: &str = "lei:BENCHMARK";

/// What a shape costs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// `256x12->12`.
    pub shape: String,
    /// log2 of the number of rows.
    pub k: u32,
    /// Advice cells.
    pub cells: u64,
    /// A proof, verified: median.
    pub proof: Cost,
    /// Verifying one: median.
    pub verification: Cost,
    /// Accounts of 1 to P positions, read from JSON and merged; one account: median.
    pub account: Cost,
    /// The largest resident set while proofs were made, keys in memory, bytes.
    pub peak: u64,
}

/// A creditor with so many positions of the first assets, with the blinding of its own salt.
fn creditor(number: u64, positions: usize) -> Outcome<Opening> {
    let owed: Result<Vec<Position>, _> = (0..positions)
        .map(|asset| {
            let amount = Amount::new(u128::from(OsRng.next_u64()))?;
            let name = format!("eip155:1/erc20:0x{:040x}", asset + 1);
            Ok::<_, Box<dyn std::error::Error + Send + Sync>>(Position::new(&name, amount)?)
        })
        .collect();
    let reference = HolderReference::of(&format!("holder {number}"))?;
    let salt = Fr::random(OsRng);
    Ok(Opening::of_holder(SUBJECT, AS_OF, reference, salt, owed?)?)
}

/// Openings as `rollup build` reads them, a line each, of 1 to `most` positions in turn.
fn lines(accounts: usize, most: usize) -> Outcome<Vec<String>> {
    (0..accounts)
        .map(|n| Ok(creditor(n as u64, 1 + n % most)?.to_json().to_string()))
        .collect()
}

/// Measures a shape: `runs` proofs of full lists.
pub fn measure(shape: RollupShape, runs: usize) -> Outcome<Figures> {
    let size = Size::of(shape);
    let window = Window::new(AS_OF, AS_OF)?;
    let texts = lines(shape.accounts(), shape.positions())?;
    let merge = || -> Outcome<TreePlan> {
        let openings: Result<Vec<Opening>, _> =
            texts.iter().map(|text| Opening::from_json(text)).collect();
        Ok(TreePlan::new(openings?, shape, window, || {
            draw_salt(OsRng)
        })?)
    };
    let merged = median_of(runs, &merge);
    let plan = merge()?;
    let full: &SatisfiedRollup = plan.nodes().first().ok_or("a plan without a node")?;
    let keys = Keys::new(shape, srs(size.k)?, None)?;
    let quiet = &mut |_: Phase| {};
    // The first proof makes what all share.
    let proof = prove_rollup(&keys, full, quiet)?;
    forget_peak()?;
    let mut proofs = Vec::new();
    for _ in 0..runs {
        let (cost, proved) = once(|| prove_rollup(&keys, full, quiet));
        proved?;
        proofs.push(cost);
    }
    let peak = peak_of("self").unwrap_or_default();
    let public = full.claim().statement.public_inputs();
    check_proof(keys.circuit_key(), &public, &proof)?;
    let verification = median_of(runs, || check_proof(keys.circuit_key(), &public, &proof));
    let each = 1.0 / shape.accounts() as f64;
    Ok(Figures {
        shape: shape.to_string(),
        k: size.k,
        cells: cells(&size),
        proof: median(&proofs),
        verification,
        account: Cost {
            wall: merged.wall * each,
            cpu: merged.cpu * each,
        },
        peak,
    })
}

/// The law of what was measured; the account is that of the shape of creditors.
pub fn law(machine: &Machine, figures: &[Figures]) -> Outcome<Law> {
    let fit = |of: fn(&Figures) -> f64| -> Outcome<Line> {
        let points: Vec<(f64, f64)> = figures.iter().map(|f| (f.cells as f64, of(f))).collect();
        Ok(line(&points).ok_or("a line needs two circuits of different sizes")?)
    };
    let creditors = RollupShape::CREDITORS.to_string();
    let usual = figures.iter().find(|f| f.shape == creditors);
    let usual = usual.ok_or_else(|| format!("{creditors} was not measured"))?;
    Ok(Law {
        machine: machine.model.clone(),
        cores: machine.cores,
        commit: machine.commit.clone(),
        date: machine.date.clone(),
        proof: fit(|f| f.proof.cpu)?,
        memory: fit(|f| f.peak as f64)?,
        account: usual.account.cpu,
        verification: usual.verification.cpu,
        points: figures
            .iter()
            .map(|f| Point {
                shape: f.shape.clone(),
                k: f.k,
                cells: f.cells,
                proof: f.proof.cpu,
                memory: f.peak,
            })
            .collect(),
    })
}
