//! Second-phase columns: the challenge register, and the running sum of the lookup with
//! its part.

use super::super::columns::{Challenges, fixed, split};
use super::super::rules::register;
use super::{Step, TraceBuilder, table_index};
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
        let (register, sums) = columns.split_at_mut(1);
        self.run_register(&mut register[0], challenges);
        self.run_lookup(sums, challenges.beta);
        columns
    }

    fn run_register(&self, g: &mut [Fr], challenges: &Challenges) {
        for (row, step) in &self.steps {
            let rule = match step {
                Step::Zero => {
                    g[*row] = Fr::ZERO;
                    continue;
                }
                Step::Copy(source) => {
                    g[*row] = g[*source];
                    continue;
                }
                Step::Position => None,
                Step::Op(rule) => Some(*rule),
            };
            let (above, own) = g.split_at_mut(*row);
            if let (Some(equation), [own, ..]) = (register::defining(rule), own) {
                *own = register::honest(
                    equation,
                    (&self.layout, &self.advice),
                    challenges,
                    *row,
                    rule,
                    above,
                );
            }
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
        let Some((sum, part)) = sums.split_first_mut() else {
            return;
        };
        let (limbs, counts) = (self.limbs(), &self.advice[self.layout.multiplicities()]);
        let (in_sum, in_part) = split(limbs.len());
        let fractions = |columns: &[Vec<Fr>], row: usize| -> Fr {
            columns.iter().map(|column| inverse(&column[row])).sum()
        };
        for row in self.layout.block(0)..last {
            let mut step = fractions(&limbs[in_sum.clone()], row);
            let table = self.fixed[fixed::TABLE][row];
            if table != Fr::ONE {
                let number = table - Fr::from(2);
                step -= counts[row] * (number + Fr::ONE) * inverse(&number);
            }
            if let [part] = &mut *part {
                part[row] = fractions(&limbs[in_part.clone()], row);
                step += part[row];
            }
            sum[row + 1] = sum[row] + step;
        }
    }
}
