//! The work that a proof of this circuit's columns cannot avoid, timed with the prover's
//! own primitives: one multi-scalar multiplication for each commitment, and the transforms
//! of the prover's columns to as many points as the quotient needs.
//!
//! Left out, so that it stays a lower bound: fixed columns (a prover could store them on
//! all cosets), cosets beyond the quotient's degree (halo2 rounds them up to a power of
//! two), the gates, every evaluation, hashing and the witness.

use crate::Outcome;
use crate::claims::Full;
use crate::measure::{Cost, median, once};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::size::Size;
use covenant_circuits::circuit::witness::Witness;
use covenant_prover::keys::Keys;
use ff::Field;
use halo2_proofs::dev::{AdviceCellValue, MockProver};
use halo2_proofs::plonk::{Advice, Column};
use halo2_proofs::poly::commitment::{Blind, Params as _, ParamsProver as _};
use halo2_proofs::poly::{Coeff, EvaluationDomain, LagrangeCoeff, Polynomial};
use halo2curves::bn256::Fr;
use rand_core::OsRng;
use serde::{Deserialize, Serialize};

/// How often the prover does what.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Counts {
    /// Commitments to advice columns, whose scalars may be small.
    pub advice: usize,
    /// Commitments to full-width scalars: permutation products, random polynomial,
    /// quotient pieces, SHPLONK's two.
    pub full: usize,
    /// Columns that are interpolated: advice, instance, permutation products.
    pub interpolated: usize,
    /// Cosets that the quotient needs: its degree in units of the number of rows.
    pub cosets: usize,
    /// Cosets that halo2 takes.
    pub halo2_cosets: usize,
    /// Columns that never change and that halo2 takes to its cosets for each proof: fixed,
    /// permutation and three Lagrange polynomials.
    pub constant: usize,
}

impl Counts {
    /// Of a constraint system.
    pub fn of(size: &Size, halo2_cosets: usize) -> Self {
        let cs = &size.constraints;
        let (degree, permuted) = (cs.degree(), cs.permutation().get_columns());
        let products = permuted.len().div_ceil(degree.saturating_sub(2).max(1));
        Self {
            advice: cs.num_advice_columns(),
            full: products + 1 + (degree - 1) + 2,
            interpolated: cs.num_advice_columns() + cs.num_instance_columns() + products,
            cosets: degree - 1,
            halo2_cosets,
            constant: cs.num_fixed_columns() + permuted.len() + 3,
        }
    }

    /// Transforms of one column's size: to coefficients, to the cosets, and the quotient back.
    pub fn transforms(&self) -> usize {
        self.interpolated * (1 + self.cosets) + self.cosets
    }

    /// Transforms that halo2 makes beyond these.
    pub fn more_transforms(&self) -> usize {
        let beyond = self.halo2_cosets - self.cosets;
        self.interpolated * beyond + beyond + self.constant * self.halo2_cosets
    }
}

/// What these cost.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Bound {
    /// How often.
    pub counts: Counts,
    /// Commitments to the advice columns of a real witness.
    pub advice_commitments: Cost,
    /// Commitments to full-width scalars.
    pub full_commitments: Cost,
    /// Transforms that no prover of these columns avoids.
    pub transforms: Cost,
    /// Transforms that halo2 makes beyond these; not in [`Bound::total`].
    pub more_transforms: Cost,
}

impl Bound {
    /// The lower bound.
    pub fn total(&self) -> Cost {
        self.advice_commitments + self.full_commitments + self.transforms
    }

    /// Times the primitives with a real witness, `runs` times, and takes medians.
    pub fn measure(keys: &Keys, full: &Full, runs: usize) -> Outcome<Self> {
        let size = Size::of(full.shape);
        let domain = keys.verifying_key().get_domain();
        let parts = domain.extended_len() >> domain.k();
        let counts = Counts::of(&size, parts);
        let advice = advice_columns(full, &size, domain)?;
        let params = keys.srs().params();
        let n = 1usize << size.k;
        let random: Vec<Fr> = (0..n).map(|_| Fr::random(OsRng)).collect();
        let random = domain.coeff_from_vec(random);
        let (mut narrow, mut wide, mut transforms) = (Vec::new(), Vec::new(), Vec::new());
        // Enough repetitions for a clock, few enough for the largest circuits.
        let repeat = (1usize << 18 >> size.k).clamp(2, 32);
        for _ in 0..runs.max(1) {
            let (cost, ()) = once(|| {
                for column in &advice {
                    std::hint::black_box(params.commit_lagrange(column, Blind::default()));
                }
            });
            narrow.push(cost);
            let (cost, ()) = once(|| {
                for _ in 0..counts.full {
                    std::hint::black_box(params.commit(&random, Blind::default()));
                }
            });
            wide.push(cost);
            transforms.push(transform(domain, &random, repeat));
        }
        let one = median(&transforms);
        Ok(Self {
            counts,
            advice_commitments: median(&narrow),
            full_commitments: median(&wide),
            transforms: one.times(counts.transforms()),
            more_transforms: one.times(counts.more_transforms()),
        })
    }
}

/// The mean of `repeat` transforms of one column to a coset.
fn transform(domain: &EvaluationDomain<Fr>, of: &Polynomial<Fr, Coeff>, repeat: usize) -> Cost {
    // Copies are made before the clock starts.
    let copies = vec![of.clone(); repeat];
    let factor = domain.get_extended_omega();
    let (cost, ()) = once(|| {
        for copy in copies {
            std::hint::black_box(domain.coeff_to_extended_part(copy, factor));
        }
    });
    let repeat = repeat as f64;
    Cost {
        wall: cost.wall / repeat,
        cpu: cost.cpu / repeat,
    }
}

/// The advice columns as the circuit assigns them.
fn advice_columns(
    full: &Full,
    size: &Size,
    domain: &EvaluationDomain<Fr>,
) -> Outcome<Vec<Polynomial<Fr, LagrangeCoeff>>> {
    let witness = Witness::honest(&full.claim, &full.counting, full.shape)?;
    let public = full.claim.statement.public_inputs(&full.shape)?;
    let circuit = CovenantCircuit::new(&witness);
    let trace = MockProver::run(size.k, &circuit, vec![public])?;
    let mut columns: Vec<Column<Advice>> = Vec::new();
    for (column, _) in size.constraints.advice_queries() {
        if !columns.contains(column) {
            columns.push(*column);
        }
    }
    for column in size.constraints.permutation().get_columns() {
        // Copies go through columns of other kinds too.
        if let Ok(column) = Column::<Advice>::try_from(column)
            && !columns.contains(&column)
        {
            columns.push(column);
        }
    }
    if columns.len() != size.advice {
        return Err(format!(
            "expected {} advice columns, got {}",
            size.advice,
            columns.len()
        )
        .into());
    }
    Ok(columns
        .into_iter()
        .map(|column| {
            let values = trace.advice_values(column).iter();
            let values = values.map(|cell| match cell {
                AdviceCellValue::Assigned(value) => value.evaluate(),
                // Rows that blinding takes.
                AdviceCellValue::Poison(_) => Fr::random(OsRng),
            });
            domain.lagrange_from_vec(values.collect())
        })
        .collect())
}
