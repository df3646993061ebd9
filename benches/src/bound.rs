//! The work that a proof of this circuit's columns cannot avoid, timed with the prover's
//! own primitives: one multi-scalar multiplication for each commitment, and the transforms
//! of the witness's columns to as many points as the quotient needs.
//!
//! Left out, so that it stays a lower bound: fixed columns (a prover can store them on all
//! cosets), the gates, every evaluation, hashing and the witness.

use crate::Outcome;
use crate::measure::{Cost, median, once};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_prover::engine::msm::Bases;
use covenant_prover::engine::{Engine, Trace};
use ff::Field;
use halo2_proofs::plonk::ConstraintSystem;
use halo2curves::bn256::Fr;
use rand_core::OsRng;
use rayon::prelude::*;
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
}

impl Counts {
    /// Of a constraint system.
    pub fn of(cs: &ConstraintSystem<Fr>) -> Self {
        let (degree, permuted) = (cs.degree(), cs.permutation().get_columns());
        let products = permuted.len().div_ceil(degree.saturating_sub(2).max(1));
        Self {
            advice: cs.num_advice_columns(),
            full: products + 1 + (degree - 1) + 2,
            interpolated: cs.num_advice_columns() + cs.num_instance_columns() + products,
            cosets: degree - 1,
        }
    }

    /// Transforms of one column's size: to coefficients, to the cosets, and the quotient back.
    pub fn transforms(&self) -> usize {
        self.interpolated * (1 + self.cosets) + self.cosets
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
}

impl Bound {
    /// The lower bound.
    pub fn total(&self) -> Cost {
        self.advice_commitments + self.full_commitments + self.transforms
    }

    /// Times the primitives with a real trace, `runs` times, and takes medians. Threads are
    /// kept busy as the prover keeps them: one column each.
    pub fn measure(
        engine: &Engine,
        cs: &ConstraintSystem<Fr>,
        circuit: &CovenantCircuit,
        runs: usize,
    ) -> Outcome<Self> {
        let counts = Counts::of(cs);
        let n = 1usize << circuit.layout().k;
        let advice = advice(cs, circuit, n)?;
        let random: Vec<Fr> = (0..n).map(|_| Fr::random(OsRng)).collect();
        let (mut narrow, mut wide, mut transforms) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..runs.max(1) {
            narrow.push(committed(engine.lagrange(), advice.par_iter()));
            let full = rayon::iter::repeat_n(&random, counts.full);
            wide.push(committed(engine.powers(), full));
            transforms.push(transform(engine, &random, &counts));
        }
        Ok(Self {
            counts,
            advice_commitments: median(&narrow),
            full_commitments: median(&wide),
            transforms: median(&transforms),
        })
    }
}

fn committed<'a>(bases: &Bases, columns: impl ParallelIterator<Item = &'a Vec<Fr>>) -> Cost {
    once(|| {
        columns.for_each(|column| {
            std::hint::black_box(bases.msm(column));
        });
    })
    .0
}

/// All transforms of a proof.
fn transform(engine: &Engine, column: &[Fr], counts: &Counts) -> Cost {
    let interpolated = |count: usize| {
        (0..count).into_par_iter().for_each_init(
            || column.to_vec(),
            |own, _| engine.interpolate(std::hint::black_box(own)),
        );
    };
    once(|| {
        interpolated(counts.interpolated);
        for coset in 0..counts.cosets {
            (0..counts.interpolated).into_par_iter().for_each(|_| {
                std::hint::black_box(engine.evaluate_on(coset, column));
            });
        }
        interpolated(counts.cosets);
    })
    .0
}

/// The advice columns as the prover commits to them, with random numbers for challenges and
/// in the rows that blinding takes.
fn advice(cs: &ConstraintSystem<Fr>, circuit: &CovenantCircuit, n: usize) -> Outcome<Vec<Vec<Fr>>> {
    let challenges: Vec<Fr> = (0..cs.num_challenges())
        .map(|_| Fr::random(OsRng))
        .collect();
    let last = cs.advice_column_phase().into_iter().max().unwrap_or(0);
    let mut columns: Vec<Vec<Fr>> = (0..=last)
        .flat_map(|phase| circuit.columns(phase, &challenges))
        .collect();
    if columns.len() != cs.num_advice_columns() {
        let (expected, got) = (cs.num_advice_columns(), columns.len());
        return Err(format!("expected {expected} advice columns, got {got}").into());
    }
    for column in &mut columns {
        column.resize(n - (cs.blinding_factors() + 1), Fr::ZERO);
        column.resize_with(n, || Fr::random(OsRng));
    }
    Ok(columns)
}
