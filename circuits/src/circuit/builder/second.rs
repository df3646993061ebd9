//! Second-phase columns: the challenge register, the weights and the sum of hashing, and the
//! running sum of the lookup with its parts.

use super::super::columns::{Challenges, fixed, in_sum, parts, second};
use super::super::rules::register;
use super::{Cell, Step, TraceBuilder, table_index};
use crate::field::Fr;
use ff::{BatchInvert, Field};

impl TraceBuilder {
    /// Second-phase columns of key generation.
    pub fn second_phase_blank(&self) -> Vec<Vec<Fr>> {
        vec![vec![Fr::ZERO; self.layout.usable()]; self.layout.second_columns()]
    }

    /// Second-phase columns, from the challenges.
    pub fn second_phase(&self, challenges: &Challenges) -> Vec<Vec<Fr>> {
        let mut columns = self.second_phase_blank();
        self.run_weights(&mut columns[second::WEIGHT], challenges.rho);
        self.run_register(&mut columns, challenges);
        let (before, hash) = columns.split_at_mut(second::HASH);
        self.run_hash(&mut hash[0], &before[second::WEIGHT], challenges);
        self.run_lookup(&mut columns[second::SUM..], challenges.beta);
        columns
    }

    /// The challenge register and the range check's sums anew, of columns that are made already.
    #[cfg(feature = "testing")]
    pub fn second_phase_again(
        &self,
        columns: &mut [Vec<Fr>],
        challenges: &Challenges,
        register: bool,
        lookup: bool,
    ) {
        if register {
            self.run_register(columns, challenges);
        }
        if lookup {
            self.run_lookup(&mut columns[second::SUM..], challenges.beta);
        }
    }

    fn run_register(&self, columns: &mut [Vec<Fr>], challenges: &Challenges) {
        for (row, step) in &self.steps {
            let g = &columns[second::G];
            let value = match step {
                Step::Zero => Fr::ZERO,
                Step::Copy(Cell::Register(source)) => g[*source],
                Step::Copy(Cell::Advice(column, source)) => self.value(*column, *source),
                Step::Copy(Cell::Weight(source)) => columns[second::WEIGHT][*source],
                Step::Op(rule) => register::defining(*rule).map_or(Fr::ZERO, |equation| {
                    let trace = (&self.layout, self.advice.as_slice());
                    register::honest(equation, trace, challenges, *row, *rule, g)
                }),
            };
            columns[second::G][*row] = value;
        }
    }

    fn run_lookup(&self, sums: &mut [Vec<Fr>], beta: Fr) {
        let last = self.layout.usable() - 1;
        let mut inverses: Vec<Fr> = (0..1u64 << self.layout.limb_bits)
            .map(|t| beta + Fr::from(t))
            .collect();
        inverses.iter_mut().batch_invert();
        let inverse = |limb: &Fr| match table_index(limb).and_then(|i| inverses.get(i)) {
            Some(inverse) => *inverse,
            None => (beta + limb).invert().unwrap_or(Fr::ZERO),
        };
        let Some((sum, added)) = sums.split_first_mut() else {
            return;
        };
        let (limbs, counts) = (self.limbs(), &self.advice[self.layout.multiplicities()]);
        let parts_of = parts(limbs.len());
        let fractions = |columns: &[Vec<Fr>], row: usize| -> Fr {
            columns.iter().map(|column| inverse(&column[row])).sum()
        };
        for row in self.layout.origin()..last {
            let mut step = fractions(&limbs[in_sum(limbs.len())], row);
            let table = self.fixed[fixed::TABLE][row];
            if table != Fr::ONE {
                let number = table - Fr::from(2);
                step -= counts[row] * (number + Fr::ONE) * inverse(&number);
            }
            for (part, limbs_of) in added.iter_mut().zip(&parts_of) {
                part[row] = fractions(&limbs[limbs_of.clone()], row);
                step += part[row];
            }
            sum[row + 1] = sum[row] + step;
        }
    }
}
