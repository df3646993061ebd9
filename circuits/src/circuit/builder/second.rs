//! Second-phase columns: the challenge register, and the running sum of the lookup with
//! its part.

use super::super::columns::{RowRule, advice, fixed};
use super::super::gates::{Challenges, split};
use super::{Step, TraceBuilder, table_index};
use crate::field::Fr;
use ff::{BatchInvert, Field, PrimeField};

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
        let Challenges {
            rho, gamma, delta, ..
        } = *challenges;
        let at = |column: usize, row: usize| self.advice[column][row];
        let half = Fr::TWO_INV;
        for (row, step) in &self.steps {
            let row = *row;
            let above = |g: &[Fr], n: usize| if row >= n { g[row - n] } else { Fr::ZERO };
            let (a, b, c) = (at(advice::A, row), at(advice::B, row), at(advice::C, row));
            let ratio = |numerator: Fr, denominator: Fr| {
                numerator * denominator.invert().unwrap_or(Fr::ZERO)
            };
            g[row] = match step {
                Step::Zero => Fr::ZERO,
                Step::Copy(source) => g[*source],
                Step::Position => {
                    let key = at(advice::B, row + 1) + (c - Fr::ONE) * rho;
                    let counts = c * (Fr::from(3) - c) * half;
                    above(g, 2) + ratio(a + delta * counts, gamma + key)
                }
                Step::Op(RowRule::Bits) => (0..self.layout.bits_a_row())
                    .rev()
                    .fold(above(g, 1), |sum, i| sum * rho + self.limbs()[i][row]),
                Step::Op(rule @ (RowRule::Key | RowRule::LiabilityKey)) => {
                    let kind = if *rule == RowRule::Key { Fr::ZERO } else { rho };
                    let taken = a * (c + delta * at(self.layout.d(), row));
                    above(g, 1) - ratio(taken, gamma + b + kind)
                }
                Step::Op(RowRule::Pair) => (above(g, 1) * rho + a) * rho + b,
                Step::Op(RowRule::Horner) => rho * above(g, 1) + c,
                Step::Op(RowRule::Dot) => above(g, 1) + above(g, 2) * c,
                // No other kind is of the register.
                Step::Op(_) => Fr::ZERO,
            };
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
