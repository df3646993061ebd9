//! Proofs of halo2's protocol, by a prover of our own.
//!
//! halo2-axiom's verifier and ours check them, and under the same randomness every byte of them
//! is what halo2-axiom's own prover writes (`tests/engine` compares), but that the pieces of the
//! quotient are masked. What is done differently is only how the numbers are computed:
//!
//! - [`msm`]: the points of the SRS are fixed, so that multiples are kept
//! - `graph`, `evaluator`: constraints are merged once the challenges are known
//! - `domain`: the quotient is evaluated on as many cosets as it has pieces, not on the next
//!   power of two; fixed columns are evaluated once for all proofs
//! - `opening`: remainders are dropped, not interpolated
//!
//! Why this is not left to the library: docs/decisions/0009-prover.md.

mod columns;
mod domain;
mod evaluator;
mod graph;
mod masks;
pub mod msm;
mod opening;
mod permutation;
#[cfg(test)]
mod tests;
mod vectors;

use crate::srs::Srs;
use columns::{Columns, FixedCosets};
use covenant_verifier::transcript::KeccakWrite;
use domain::Domain;
use evaluator::{Evaluator, Padded};
use ff::{Field, FromUniformBytes};
use group::Curve;
use halo2_proofs::plonk::{Any, ProvingKey};
use halo2_proofs::transcript::{Transcript, TranscriptWrite};
use halo2curves::bn256::{Fr, G1, G1Affine};
use masks::Masks;
use msm::Bases;
use opening::Query;
use permutation::Permuted;
use rand_core::RngCore;
use rayon::prelude::*;
use std::io;
use std::path::Path;
use std::sync::OnceLock;

/// Circuits of up to 2^14 rows keep multiples of the SRS's points, and their fixed columns on
/// every coset: under 140 MB at 2^14, and beyond it more than it is worth.
const MAX_KEPT_K: u32 = 14;

/// The prover cannot work with a key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EngineError {
    /// halo2's lookup argument is not written here.
    #[error("expected a constraint system without lookup arguments, got one with")]
    Lookups,
    /// The SRS is of another size than the key.
    #[error("expected an SRS of {expected} points, got one of {got}")]
    Size {
        /// The key's rows.
        expected: usize,
        /// The SRS's points.
        got: usize,
    },
}

/// The prover's values.
pub trait Trace {
    /// The advice columns of a phase, in the order of their indices, from the challenges drawn
    /// after the phases before it; rows that are missing are 0.
    fn columns(&self, phase: u8, challenges: &[Fr]) -> Vec<Vec<Fr>>;
}

/// What a proof is at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Stage {
    /// Columns of the trace, running products and the random polynomial are committed to.
    Committing,
    /// The quotient is computed and committed to.
    Quotient,
    /// Polynomials are evaluated and opened.
    Opening,
}

/// What proofs under one key share.
pub struct Engine {
    domain: Domain,
    columns: Columns,
    powers: Bases,
    masks: Masks,
    lagrange: Bases,
    /// Whether what proofs share is kept, or computed for each.
    keep: bool,
    /// Columns that no witness changes, on each coset.
    fixed: OnceLock<Vec<Vec<Padded>>>,
}

impl std::fmt::Debug for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Engine").finish_non_exhaustive()
    }
}

type Key = ProvingKey<G1Affine>;
type Writer = KeccakWrite<Vec<u8>>;

impl Engine {
    /// For a key and the SRS that it was made with. Multiples of its points are read from a
    /// cache directory, or put there.
    ///
    /// # Errors
    /// If the key's constraint system has lookup arguments, or the SRS another size.
    pub fn new(key: &Key, srs: &Srs, cache: Option<&Path>) -> Result<Self, EngineError> {
        Self::keeping(srs.k() <= MAX_KEPT_K, key, srs, cache)
    }

    fn keeping(
        keep: bool,
        key: &Key,
        srs: &Srs,
        cache: Option<&Path>,
    ) -> Result<Self, EngineError> {
        let cs = key.get_vk().cs();
        let rows = key.l0().len();
        if !cs.lookups().is_empty() {
            return Err(EngineError::Lookups);
        }
        if srs.powers().len() != rows {
            let got = srs.powers().len();
            return Err(EngineError::Size {
                expected: rows,
                got,
            });
        }
        let columns = Columns::of(cs, keep);
        let bases = |points: &[G1Affine], basis: &str| {
            let points = points.to_vec();
            if !keep {
                return Bases::plain(points);
            }
            let ceremony = crate::cache::file_name(&srs.ceremony().to_string());
            let name = format!("multiples-{ceremony}-{}-{basis}.points", srs.k());
            match cache {
                Some(dir) => Bases::cached(points, &dir.join(name)),
                None => Bases::with_multiples(points),
            }
        };
        Ok(Self {
            domain: Domain::new(srs.k(), columns.pieces()),
            powers: bases(srs.powers(), "powers"),
            masks: Masks::new(srs),
            lagrange: bases(srs.lagrange(), "lagrange"),
            columns,
            keep,
            fixed: OnceLock::new(),
        })
    }

    /// The powers of tau, as coefficients are committed to.
    pub fn powers(&self) -> &Bases {
        &self.powers
    }
    /// The Lagrange basis, as columns of rows are committed to.
    pub fn lagrange(&self) -> &Bases {
        &self.lagrange
    }
    /// A column's coefficients, in place of its rows.
    pub fn interpolate(&self, column: &mut [Fr]) {
        self.domain.interpolate(column);
    }
    /// A polynomial's values on one of the cosets that the quotient is evaluated on, from its
    /// coefficients; empty where there are fewer cosets.
    pub fn evaluate_on(&self, coset: usize, coefficients: &[Fr]) -> Vec<Fr> {
        self.domain.evaluate_on(coset, coefficients)
    }

    /// Writes a proof, and tells of its stages. Whether the trace satisfies the constraints is
    /// for the verifier to say.
    ///
    /// # Errors
    /// If the transcript cannot be written, which includes commitments that are the identity.
    pub fn prove(
        &self,
        key: &Key,
        trace: &impl Trace,
        instances: &[&[Fr]],
        mut rng: impl RngCore,
        transcript: &mut Writer,
        stage: &mut dyn FnMut(Stage),
    ) -> io::Result<()> {
        stage(Stage::Committing);
        let cs = key.get_vk().cs();
        let n = self.domain.n();
        transcript.common_scalar(key.get_vk().transcript_repr())?;
        for value in instances.iter().copied().flatten() {
            transcript.common_scalar(*value)?;
        }
        let instances: Vec<Vec<Fr>> = instances
            .iter()
            .map(|values| padded_to(values.to_vec(), n))
            .collect();

        // Advice, phase by phase.
        let blinded = n - (cs.blinding_factors() + 1);
        let mut advice: Vec<Vec<Fr>> = Vec::new();
        let mut challenges = vec![Fr::ZERO; cs.num_challenges()];
        for phase in 0..=cs.advice_column_phase().into_iter().max().unwrap_or(0) {
            let mut columns = trace.columns(phase, &challenges);
            for column in &mut columns {
                column.resize(blinded, Fr::ZERO);
                column.extend((blinded..n).map(|_| Fr::random(&mut rng)));
            }
            // The library draws blinding factors, which KZG ignores.
            columns.iter().for_each(|_| skip(&mut rng));
            self.commit_all(&self.lagrange, &columns, transcript)?;
            advice.extend(columns);
            for (challenge, after) in challenges.iter_mut().zip(cs.challenge_phase()) {
                if after == phase {
                    *challenge = squeeze(transcript);
                }
            }
        }

        let _theta = squeeze(transcript);
        let beta_gamma = (squeeze(transcript), squeeze(transcript));
        let products = self.products(key, &advice, &instances, beta_gamma, &mut rng, transcript)?;

        // What hides the values of the quotient's opening.
        let random = random_polynomial(n, &mut rng);
        transcript.write_point(self.powers.msm_parallel(&random).to_affine())?;

        stage(Stage::Quotient);
        let y = squeeze(transcript);
        let mut witness = advice;
        witness.extend(instances.into_iter().chain(products));
        witness
            .par_iter_mut()
            .for_each(|column| self.domain.interpolate(column));
        let evaluator = self.columns.evaluator(cs, &challenges, beta_gamma, y);
        let mut pieces = self.quotient(key, &witness, &evaluator);
        masks::add(&mut pieces, &mut rng);
        write_points(&self.masks.commit(&self.powers, &pieces), transcript)?;

        stage(Stage::Opening);
        let x = squeeze(transcript);
        let xn = x.pow_vartime([n as u64]);
        let quotient = vectors::combine(domain::powers(xn).zip(pieces.iter().map(Vec::as_slice)));
        let opened = self.columns.openings(cs);
        let polynomials: Vec<&[Fr]> = witness
            .iter()
            .map(Vec::as_slice)
            .chain(key.fixed_polys().iter().map(|p| &p[..]))
            .chain(key.permutation().polys().iter().map(|p| &p[..]))
            .chain([quotient.as_slice(), &random])
            .collect();
        let points: Vec<Fr> = opened
            .rotations
            .iter()
            .map(|rotation| self.domain.rotate(x, *rotation))
            .collect();
        let values: Vec<Fr> = opened
            .evaluated
            .par_iter()
            .map(|query| evaluate(&polynomials, &points, query))
            .collect();
        for value in values {
            transcript.write_scalar(value)?;
        }
        opening::open(
            &self.powers,
            &polynomials,
            &points,
            &opened.queries,
            transcript,
        )
    }

    fn commit_all(
        &self,
        bases: &Bases,
        columns: &[Vec<Fr>],
        transcript: &mut Writer,
    ) -> io::Result<()> {
        let points: Vec<G1> = columns.par_iter().map(|column| bases.msm(column)).collect();
        write_points(&points, transcript)
    }

    /// The permutation's running products, committed to.
    fn products(
        &self,
        key: &Key,
        advice: &[Vec<Fr>],
        instances: &[Vec<Fr>],
        beta_gamma: (Fr, Fr),
        rng: &mut impl RngCore,
        transcript: &mut Writer,
    ) -> io::Result<Vec<Vec<Fr>>> {
        let cs = key.get_vk().cs();
        let fixed = key.fixed_values();
        let columns = cs.permutation().get_columns();
        let permuted: Vec<Permuted<'_>> = columns
            .iter()
            .zip(key.permutation().permutations())
            .filter_map(|(column, sigma)| {
                let i = column.index();
                let values = match column.column_type() {
                    Any::Advice(_) => advice.get(i)?.as_slice(),
                    Any::Instance => instances.get(i)?.as_slice(),
                    Any::Fixed => fixed.get(i)?,
                };
                Some(Permuted { values, sigma })
            })
            .collect();
        let (size, blinding) = (self.columns.set_size(), cs.blinding_factors());
        let last = self.domain.n() - (blinding + 1);
        let mut start = Fr::ONE;
        let mut products = Vec::new();
        for (i, set) in permuted.chunks(size).enumerate() {
            let omega = self.domain.omega;
            let mut product = permutation::running_product(set, i * size, omega, beta_gamma, start);
            for value in product.iter_mut().skip(last + 1) {
                *value = Fr::random(&mut *rng);
            }
            skip(rng);
            start = product.get(last).copied().unwrap_or_default();
            let commitment = self.lagrange.msm_parallel(&product);
            transcript.write_point(commitment.to_affine())?;
            products.push(product);
        }
        Ok(products)
    }

    /// The quotient's pieces, from the coefficients of advice, instances and products.
    fn quotient(&self, key: &Key, witness: &[Vec<Fr>], evaluator: &Evaluator) -> Vec<Vec<Fr>> {
        let (domain, reach) = (&self.domain, self.columns.reach());
        let cosets = || FixedCosets::new(key, &self.columns, domain);
        let kept = self
            .keep
            .then(|| self.fixed.get_or_init(|| cosets().collect()));
        let mut stream = kept.is_none().then(cosets);
        let mut values = Vec::new();
        for j in 0..domain.cosets() {
            let columns: Vec<Padded> = witness
                .par_iter()
                .map(|column| Padded::new(&domain.evaluate_on(j, column), reach))
                .collect();
            let fresh = stream.as_mut().and_then(Iterator::next);
            let fixed = kept.and_then(|cosets| cosets.get(j)).or(fresh.as_ref());
            let all: Vec<&Padded> = fixed.into_iter().flatten().chain(&columns).collect();
            values.push(evaluator.run(&all, domain.n()));
        }
        domain.quotient(values)
    }
}

fn write_points(points: &[G1], transcript: &mut Writer) -> io::Result<()> {
    let mut affine = vec![G1Affine::default(); points.len()];
    G1::batch_normalize(points, &mut affine);
    affine
        .into_iter()
        .try_for_each(|point| transcript.write_point(point))
}

fn squeeze(transcript: &mut Writer) -> Fr {
    *transcript.squeeze_challenge_scalar::<()>()
}

/// Passes over a number that halo2-axiom draws here.
fn skip(rng: &mut impl RngCore) {
    let _ = Fr::random(rng);
}

fn padded_to(mut values: Vec<Fr>, n: usize) -> Vec<Fr> {
    values.resize(n, Fr::ZERO);
    values
}

fn evaluate(polynomials: &[&[Fr]], points: &[Fr], query: &Query) -> Fr {
    match (polynomials.get(query.polynomial), points.get(query.point)) {
        (Some(polynomial), Some(point)) => vectors::evaluate(polynomial, *point),
        _ => Fr::ZERO,
    }
}

fn random_polynomial(n: usize, rng: &mut impl RngCore) -> Vec<Fr> {
    let mut bytes = vec![0u8; 64 * n];
    rng.fill_bytes(&mut bytes);
    let (elements, _) = bytes.as_chunks::<64>();
    elements.iter().map(Fr::from_uniform_bytes).collect()
}
