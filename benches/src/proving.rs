//! A shape in one process: keys, proofs, phases, verification, memory, and beside them
//! the lower bound and the library's prover.

use crate::Outcome;
use crate::bound::Bound;
use crate::claims::{Full, full};
use crate::library;
use crate::measure::{Cost, Watch, forget_peak, median, median_of, once, peak_of};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::size::Size;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::relation::SatisfiedClaim;
use covenant_circuits::shape::Shape;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use covenant_prover::srs::{MAX_EMBEDDED_K, Srs};
use covenant_verifier::key::CircuitKey;
use covenant_verifier::verify::verify_statement;
use serde::{Deserialize, Serialize};

/// The native check, and the phases that the prover's observer tells of, in order.
pub const PHASES: [(Option<Phase>, &str); 6] = [
    (None, "native check"),
    (Some(Phase::Witness), "witness"),
    (Some(Phase::Committing), "commitments"),
    (Some(Phase::Quotient), "quotient"),
    (Some(Phase::Opening), "opening"),
    (Some(Phase::Verifying), "self-verification"),
];

/// What a shape costs.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figures {
    /// Name or dimensions.
    pub shape: String,
    /// `4x18x8x4`.
    pub dimensions: String,
    /// Positions over all accounts.
    pub positions: usize,
    /// log2 of the number of rows.
    pub k: u32,
    /// Rows that the trace takes.
    pub rows: usize,
    /// Advice columns.
    pub advice: usize,
    /// Fixed columns.
    pub fixed: usize,
    /// Degree of the constraint system.
    pub degree: usize,
    /// The ceremony.
    pub ceremony: String,
    /// Having the SRS: reading the embedded one, or making one that is not secure.
    pub srs: Cost,
    /// Key generation, once; the SRS was there.
    pub keys: Cost,
    /// The first proof under the keys, which makes what all of them share.
    pub first: Cost,
    /// A proof, from the claim and its allocation to checked bytes: median.
    pub proof: Cost,
    /// How many proofs the median is of.
    pub runs: usize,
    /// Its phases as the observer tells them apart: medians.
    pub phases: Vec<(String, Cost)>,
    /// Finding the allocation: median.
    pub allocation: Cost,
    /// Bytes of a proof.
    pub proof_bytes: usize,
    /// Verifying a proof, the key at hand: median.
    pub verify: Cost,
    /// Building the verifying key's in-memory form from the compiled-in bytes; none for
    /// shapes without.
    pub verifier_key: Option<Cost>,
    /// The largest resident set while keys were made, the SRS in memory, bytes.
    pub keys_peak: u64,
    /// The largest resident set while proofs were made, keys in memory, bytes.
    pub peak: u64,
    /// halo2-axiom's prover: median. None beyond the embedded ceremony.
    pub library: Option<Cost>,
    /// The lower bound.
    pub bound: Bound,
}

impl Figures {
    /// What a phase costs.
    pub fn phase(&self, name: &str) -> Cost {
        let found = self.phases.iter().find(|(n, _)| n == name);
        found.map(|(_, cost)| *cost).unwrap_or_default()
    }

    /// The proof alone: what the library's prover does too.
    pub fn made(&self) -> Cost {
        self.phase("commitments") + self.phase("quotient") + self.phase("opening")
    }
}

/// An SRS of that k: the embedded one, or beyond it one that is not secure.
pub fn srs(k: u32) -> Outcome<Srs> {
    if k <= MAX_EMBEDDED_K {
        return Ok(Srs::embedded(k)?);
    }
    #[cfg(feature = "insecure-dev-srs")]
    return Ok(Srs::insecure_development(k)?);
    #[cfg(not(feature = "insecure-dev-srs"))]
    Err(
        format!("k = {k} is beyond the embedded ceremony: build with --features insecure-dev-srs")
            .into(),
    )
}

/// One proof, the whole of it, and each phase.
fn timed(keys: &Keys, full: &Full) -> Outcome<(Cost, Vec<Cost>, Vec<u8>)> {
    let watch = Watch::start();
    let mut marks: Vec<(Option<Phase>, Cost)> = vec![(None, watch.read())];
    let (claim, allocation) = (full.satisfied.claim(), full.satisfied.allocation());
    let satisfied = SatisfiedClaim::new(claim.clone(), allocation.clone())?;
    let mut observer = |phase: Phase| marks.push((Some(phase), watch.read()));
    let proof = prove(keys, &satisfied, &mut observer)?;
    let total = watch.read();
    if !marks.iter().map(|m| m.0).eq(PHASES.map(|p| p.0)) {
        return Err("the prover has other phases than this benchmark knows".into());
    }
    let ends = marks.iter().skip(1).map(|m| m.1).chain([total]);
    let phases = marks
        .iter()
        .zip(ends)
        .map(|((_, start), end)| Cost {
            wall: end.wall - start.wall,
            cpu: end.cpu - start.cpu,
        })
        .collect();
    Ok((total, phases, proof))
}

/// Measures a shape; `runs` proofs, and as many of the library's prover and of the lower
/// bound.
pub fn measure(shape: Shape, runs: usize) -> Outcome<Figures> {
    let full = full(shape)?;
    let times = if fit::smallest(shape).k <= MAX_EMBEDDED_K {
        3
    } else {
        1
    };
    let allocation = median_of(times, || {
        covenant_prover::allocate::find_allocation(full.satisfied.claim())
    });
    let layout = fit::smallest(shape);
    let (srs_cost, srs) = once(|| srs(layout.k));
    let srs = srs?;
    forget_peak()?;
    let (keys_cost, keys) = once(|| Keys::new(shape, srs, None).map_err(Box::new));
    let keys = keys?;
    let keys_peak = peak_of("self").unwrap_or_default();
    forget_peak()?;
    // The first proof is not counted, unless it is the only one.
    let first = timed(&keys, &full)?;
    let (mut costs, mut phases, mut proof) =
        (Vec::new(), vec![Vec::new(); PHASES.len()], Vec::new());
    let first_cost = first.0;
    let mut made = (runs < 2).then_some(first);
    for _ in 0..runs.max(1) {
        let (cost, parts, bytes) = match made.take() {
            Some(first) => first,
            None => timed(&keys, &full)?,
        };
        costs.push(cost);
        for (phase, part) in phases.iter_mut().zip(parts) {
            phase.push(part);
        }
        proof = bytes;
    }
    let peak = peak_of("self").unwrap_or_default();
    let verifying = keys.verifying_key().clone();
    let tau = keys.srs().params().s_g2();
    let key = CircuitKey::with_tau(shape, &keys.ceremony().to_string(), tau, verifying)?;
    verify_statement(&full.satisfied.claim().statement, &proof, &key)?;
    let verify = median_of(4 * runs, || {
        verify_statement(&full.satisfied.claim().statement, &proof, &key)
    });
    let witness = Witness::honest(full.satisfied.claim(), full.satisfied.allocation(), shape)?;
    let circuit = CovenantCircuit::new(&witness);
    let library = if layout.k <= MAX_EMBEDDED_K {
        let (cost, theirs) = library::measure(&keys, &circuit, &witness.public, runs)?;
        verify_statement(&full.satisfied.claim().statement, &theirs, &key)?;
        Some(cost)
    } else {
        None
    };
    let compiled = CircuitKey::standard(shape).is_ok();
    let size = Size::of(shape);
    Ok(Figures {
        shape: shape.to_string(),
        dimensions: shape.dimensions(),
        positions: shape.accounts() * shape.positions(),
        k: size.k,
        rows: size.rows_used,
        advice: size.advice,
        fixed: size.fixed,
        degree: size.constraints.degree(),
        ceremony: keys.ceremony().to_string(),
        srs: srs_cost,
        keys: keys_cost,
        first: first_cost,
        proof: median(&costs),
        runs: costs.len(),
        phases: PHASES
            .iter()
            .zip(&phases)
            .map(|((_, name), costs)| ((*name).to_owned(), median(costs)))
            .collect(),
        allocation,
        proof_bytes: proof.len(),
        verify,
        verifier_key: compiled.then(|| median_of(runs, || CircuitKey::standard(shape))),
        keys_peak,
        peak,
        library,
        bound: Bound::measure(keys.engine()?, &size.constraints, &circuit, runs)?,
    })
}
