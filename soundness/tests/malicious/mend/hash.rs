//! Permutations, which no single equation determines: their cells are made from their inputs as
//! a prover makes them, or as one who hopes that nothing ties them together.

use covenant_circuits::circuit::columns::{Config, advice};
use covenant_circuits::circuit::layout::{Layout, OUTPUT_SLOT};
use covenant_circuits::circuit::permutation::{INPUTS, OUTPUT, cells};
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;

/// What an adversary does to permutations, by their number.
#[derive(Clone, Default)]
pub struct Tricks {
    /// Other inputs in the lane than in the slots.
    pub swaps: Vec<(usize, [Fr; INPUTS])>,
    /// What is added to the output.
    pub twists: Vec<(usize, Fr)>,
}

/// The cells of a permutation, by number.
pub struct Permutation {
    pub inputs: [usize; INPUTS],
    lane: Vec<usize>,
    output: usize,
}

impl Permutation {
    pub fn all(
        layout: &Layout,
        config: &Config,
        number: &mut impl FnMut(Place) -> usize,
    ) -> Vec<Self> {
        let mut cell =
            |column: usize, row: usize| number(Place::Advice(config.advice[column].index(), row));
        let permutations = (0..layout.room()).map(|permutation| {
            let mut slot = |slot| cell(advice::B, layout.slot(permutation, slot));
            let (inputs, output) = (std::array::from_fn(&mut slot), slot(OUTPUT_SLOT));
            let (lane, start) = layout.lane(permutation);
            Self {
                inputs,
                lane: (start..start + OUTPUT)
                    .map(|row| cell(advice::X + lane, row))
                    .collect(),
                output,
            }
        });
        permutations.collect()
    }

    /// What follows from its inputs.
    pub fn made(&self) -> impl Iterator<Item = usize> + '_ {
        self.lane.iter().copied().chain([self.output])
    }

    /// What its slots hold.
    pub fn absorbed(&self, values: &[Fr]) -> [Fr; INPUTS] {
        self.inputs.map(|cell| values[cell])
    }

    /// Puts its cells: those of other inputs or with another output where there is a trick.
    pub fn put(
        &self,
        number: usize,
        values: &mut [Fr],
        tricks: &Tricks,
        lied: &impl Fn(usize) -> bool,
    ) {
        let swapped = tricks.swaps.iter().find(|(p, _)| *p == number);
        let inputs = swapped.map_or_else(|| self.absorbed(values), |(_, inputs)| *inputs);
        let made = cells(&inputs);
        let twists = tricks.twists.iter().filter(|(p, _)| *p == number);
        let output = twists.fold(made.output, |sum, (_, by)| sum + by);
        for (cell, value) in self.made().zip(made.lane.into_iter().chain([output])) {
            if !lied(cell) {
                values[cell] = value;
            }
        }
    }
}
