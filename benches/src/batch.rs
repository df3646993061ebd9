//! Many claims in one process: one after the other on all threads, or several at a time.

use crate::Outcome;
use crate::claims::full;
use crate::measure::{Cost, forget_peak, once, peak_of, resident};
use crate::proving::srs;
use covenant_circuits::circuit::fit;
use covenant_circuits::shape::Shape;
use covenant_prover::batch::prove_all;
use covenant_prover::keys::Keys;
use covenant_prover::prove::Phase;
use serde::{Deserialize, Serialize};

/// What many claims cost.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Batch {
    /// Name or dimensions.
    pub shape: String,
    /// How many.
    pub claims: usize,
    /// How many at a time.
    pub in_flight: usize,
    /// All of them, verified.
    pub cost: Cost,
    /// Resident before the first, keys and claims in memory, bytes.
    pub before: u64,
    /// The largest resident set, bytes.
    pub peak: u64,
}

/// Proves so many full claims; what keys share is there before the clock starts.
pub fn measure(shape: Shape, claims: usize, in_flight: usize) -> Outcome<Batch> {
    let keys = Keys::new(shape, srs(fit::smallest(shape).k)?, None)?;
    let all = (0..claims)
        .map(|_| full(shape).map(|full| full.satisfied))
        .collect::<Outcome<Vec<_>>>()?;
    let all: Vec<_> = all.iter().collect();
    let quiet = |_: usize, _: Phase| {};
    let first = all.get(..1).unwrap_or_default();
    for proved in prove_all(&keys, first, 1, &quiet) {
        proved?;
    }
    let before = resident().unwrap_or_default();
    forget_peak()?;
    let (cost, proved) = once(|| prove_all(&keys, &all, in_flight, &quiet));
    let peak = peak_of("self").unwrap_or_default();
    for proof in proved {
        proof?;
    }
    Ok(Batch {
        shape: shape.to_string(),
        claims,
        in_flight,
        cost,
        before,
        peak,
    })
}
