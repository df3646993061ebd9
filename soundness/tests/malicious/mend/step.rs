//! How a cell gets its value.

use crate::compile::Node;
use covenant_circuits::field::Fr;

pub enum Step {
    /// The cell in which an equation is affine, with the inverse of its slope where that is
    /// a number.
    Solve {
        equation: usize,
        cell: usize,
        slope: Result<Fr, Node>,
        /// Whether the equation was taken away and is of numbers: 0 where the cell would be in
        /// no range.
        soft: bool,
    },
    /// Limbs, lowest first, with their bits; the last takes what is left. Where the equation
    /// was taken away and the number is in no range, all are the largest: what is left of a
    /// line may only be too little.
    Digits {
        equation: usize,
        scale: Fr,
        limbs: Vec<(usize, u32)>,
        soft: bool,
    },
    /// The cells of a permutation.
    Hash(usize),
}

impl Step {
    /// The equation, and the cells that it determines.
    pub fn solves(&self) -> (Option<usize>, Vec<usize>) {
        match self {
            Self::Solve { equation, cell, .. } => (Some(*equation), vec![*cell]),
            Self::Digits {
                equation, limbs, ..
            } => (
                Some(*equation),
                limbs.iter().map(|(cell, _)| *cell).collect(),
            ),
            Self::Hash(_) => (None, Vec::new()),
        }
    }

    /// By an equation that binds nothing, which may be of numbers.
    pub fn softened(mut self, of_numbers: bool) -> Self {
        match &mut self {
            Self::Solve { soft, .. } => *soft = of_numbers,
            Self::Digits { soft, .. } => *soft = true,
            Self::Hash(_) => {}
        }
        self
    }
}
