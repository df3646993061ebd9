//! Permutations: their cells in a lane, their inputs and output in `b`, and what hashing has for
//! all lanes: constants and weights.

use super::super::columns::{ArithmeticGate, Challenges, Hashing, RowRule, advice, fixed};
use super::super::layout::OUTPUT_SLOT;
use super::super::permutation::{
    self, CONSTANTS, INPUTS, OUTPUT, Part, ROWS, Weight, evaluate, partial_input,
};
use super::super::weights;
use super::{AssignedCell, Cell, TraceBuilder};
use crate::field::{self, Fr};
use crate::poseidon::quint;
use ff::Field;
use std::collections::HashMap;

impl TraceBuilder {
    /// An input of a permutation: a value of its own.
    pub fn absorb(&mut self, permutation: usize, slot: usize, value: Fr) -> AssignedCell {
        let row = self.layout.slot(permutation, slot);
        self.put(advice::B, row, value)
    }

    /// The same, a copy.
    pub fn absorb_copy(
        &mut self,
        permutation: usize,
        slot: usize,
        from: AssignedCell,
    ) -> AssignedCell {
        let row = self.layout.slot(permutation, slot);
        self.copy(advice::B, row, from)
    }

    /// Writes the cells of a permutation, whose inputs are in its slots; returns its output.
    ///
    /// # Soundness
    /// In: the inputs, in `b`. Out: the output in `b`, which follows from them (H27).
    ///
    /// # Cost
    /// 220 cells of a lane, and 17 rows of `b`.
    pub fn permutation(&mut self, permutation: usize) -> AssignedCell {
        let layout = self.layout;
        let inputs: [Fr; INPUTS] =
            std::array::from_fn(|slot| self.value(advice::B, layout.slot(permutation, slot)));
        let cells = permutation::cells(&inputs);
        let (lane, start) = layout.lane(permutation);
        for (row, x) in cells.lane.iter().enumerate() {
            self.put(advice::X + lane, start + row, *x);
        }
        // The last row has no cell, but the gate reads it.
        self.put(advice::X + lane, start + OUTPUT, Fr::ZERO);
        self.absorb(permutation, OUTPUT_SLOT, cells.output)
    }

    /// What all lanes share: which row is what, constants, weights and their table; and lanes
    /// that no block takes, which hash zeros.
    pub fn hashing(&mut self) {
        self.section("hashing");
        let layout = self.layout;
        for permutation in layout.permutations()..layout.room() {
            for slot in 0..INPUTS {
                self.absorb(permutation, slot, Fr::ZERO);
            }
            self.permutation(permutation);
        }
        let end = layout.hash_end();
        for (i, row) in weights::TABLE.rows.iter().enumerate() {
            let [high, middle, low] = row.added;
            let follows = Fr::from(u64::from(row.follows));
            for (column, value) in [
                (fixed::FORM, ArithmeticGate::Weight.value()),
                (fixed::KC, follows),
                (fixed::KA, high),
                (fixed::HASHING, middle),
                (fixed::RC, low),
            ] {
                self.fix(column, end + i, value);
            }
        }
        let ends: HashMap<Weight, usize> = weights::TABLE.ends.iter().copied().collect();
        for start in (layout.hash_start()..end).step_by(ROWS) {
            for (row, constant) in CONSTANTS.iter().enumerate() {
                let kind = match permutation::part(row) {
                    Part::First(_) => Some(Hashing::Absorbs),
                    Part::Partial(_) => Some(Hashing::Partial),
                    Part::Taken(_) | Part::Output => None,
                    _ if row == OUTPUT_SLOT => Some(Hashing::PutsOut),
                    _ => Some(Hashing::Own),
                };
                if let Some(kind) = kind {
                    self.fix(fixed::HASHING, start + row, kind.value());
                }
                self.fix(fixed::RC, start + row, *constant);
                let from = match Weight::of(row).and_then(|weight| ends.get(&weight)) {
                    Some(at) => Cell::Weight(end + at),
                    // No weight: the constant 0.
                    None => Cell::Advice(advice::A, layout.origin()),
                };
                self.copies.push((from, Cell::Weight(start + row)));
            }
        }
        let zero = Cell::Advice(advice::A, layout.origin());
        self.copies.push((zero, Cell::Weight(layout.origin())));
        self.rule(end, RowRule::HashEnd);
    }

    /// Zeros where the gate of hashing reads what nobody wrote: the lanes beside the permutations,
    /// and slots that the rows of the table seem to have. They bind nothing.
    pub fn idle(&mut self) {
        self.section("idle lanes");
        let end = self.end;
        let (first, last) = (self.layout.origin(), self.layout.usable() - 1);
        let slots = self.layout.hash_end()
            ..self.layout.weights_end() + self.layout.slot_rows() * self.layout.lanes;
        let lanes = (0..self.layout.lanes).map(|lane| (advice::X + lane, first..last));
        for (column, rows) in lanes.chain([(advice::B, slots)]) {
            for row in rows {
                if !self.is_written(column, row) {
                    self.put(column, row, Fr::ZERO);
                }
            }
        }
        self.end = end;
    }

    /// Weights, from the table on.
    pub(super) fn run_weights(&self, weights: &mut [Fr], rho: Fr) {
        let end = self.layout.hash_end();
        let mut above = Fr::ZERO;
        for (i, row) in weights::TABLE.rows.iter().enumerate() {
            let start = if row.follows { above } else { Fr::ZERO };
            above = row.added.iter().fold(start, |sum, term| sum * rho + term);
            weights[end + i] = above;
        }
        for (weight, at) in &weights::TABLE.ends {
            let value = weights[end + at];
            for start in (self.layout.hash_start()..end).step_by(ROWS) {
                for row in (0..ROWS).filter(|row| Weight::of(*row) == Some(*weight)) {
                    weights[start + row] = value;
                }
            }
        }
    }

    /// What the equations add up to: 0 below the last permutation. The rows after it follow the
    /// same rule and bind nothing.
    pub(super) fn run_hash(&self, sums: &mut [Fr], weights: &[Fr], challenges: &Challenges) {
        let (first, end) = (self.layout.origin(), self.layout.hash_end());
        let terms = HashTerms::new(self, challenges);
        for row in (first..end).rev() {
            sums[row] = challenges.rho * sums[row + 1] + terms.at(row, weights[row]);
        }
        let inverse = challenges.rho.invert().unwrap_or(Fr::ZERO);
        for row in end..self.layout.usable() - 1 {
            sums[row + 1] = (sums[row] - terms.at(row, weights[row])) * inverse;
        }
    }
}

/// What the equations of a row add to the sum.
pub struct HashTerms<'a> {
    trace: &'a TraceBuilder,
    sigma: Fr,
    /// What a partial round's input is taken times, and an output.
    powers: (Fr, Fr),
    /// What a cell's input is taken times, and what its slot's is, by what the row holds.
    factors: Vec<(Fr, Fr)>,
}

impl<'a> HashTerms<'a> {
    /// Of a trace.
    pub fn new(trace: &'a TraceBuilder, challenges: &Challenges) -> Self {
        let partial = evaluate(&partial_input(), challenges.rho);
        let output = challenges.rho.pow_vartime([(OUTPUT - OUTPUT_SLOT) as u64]);
        let powers = (partial, output);
        let known = (0..=Hashing::COUNT).map(|kind| factors(powers, Fr::from(kind)));
        Self {
            trace,
            sigma: challenges.sigma,
            powers,
            factors: known.collect(),
        }
    }

    /// At a row, with its weight.
    pub fn at(&self, row: usize, weight: Fr) -> Fr {
        let (layout, advice) = (&self.trace.layout, &self.trace.advice);
        let fixed = |column: usize| self.trace.fixed[column][row];
        let kind = fixed(fixed::HASHING);
        let known = field::to_u128(&kind).and_then(|kind| usize::try_from(kind).ok());
        let (own, slot) = match known.and_then(|kind| self.factors.get(kind)) {
            Some(factors) => *factors,
            // A constant of a weight, below the permutations.
            None => factors(self.powers, kind),
        };
        let rc = fixed(fixed::RC);
        (0..layout.lanes).rev().fold(Fr::ZERO, |sum, lane| {
            let x = advice[advice::X + lane][row];
            let absorbed = match slot == Fr::ZERO {
                true => Fr::ZERO,
                false => slot * advice[advice::B][row + lane * layout.slot_rows()],
            };
            sum * self.sigma + own * x - weight * quint(x) + absorbed - rc
        })
    }
}

/// What a cell's input is taken times, and what its slot's is, where a row holds this.
fn factors((partial, output): (Fr, Fr), kind: Fr) -> (Fr, Fr) {
    let on = |which: Hashing| which.at(kind);
    let own = on(Hashing::Own) + on(Hashing::Absorbs) + on(Hashing::PutsOut);
    let own = own + on(Hashing::Partial) * partial;
    (own, on(Hashing::PutsOut) * output - on(Hashing::Absorbs))
}
