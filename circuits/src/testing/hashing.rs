//! Where hashing fails. The circuit says of all equations of all permutations that their sum is
//! 0, so that a failed pin names no cell. Here each equation is taken alone.

use crate::circuit::layout::{Layout, OUTPUT_SLOT};
use crate::circuit::permutation::{
    CONSTANTS, Cells, INPUTS, OUTPUT, ROWS, Weight, part, residuals, round,
};
use crate::circuit::weights;
use crate::field::Fr;
use ff::Field;
use std::collections::HashMap;
use std::fmt;

/// Something of hashing that does not hold by itself.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fault {
    /// The equation of a cell, or of the output. A changed cell breaks its own, and those that
    /// take its S-box output: the first of a permutation is where to look.
    Cell {
        /// Which permutation.
        permutation: usize,
        /// Its lane.
        lane: usize,
        /// The row of the trace.
        row: usize,
        /// The row of the permutation.
        cell: usize,
    },
    /// A weight that is not what the table makes of the challenge.
    Weight {
        /// The row of the trace.
        row: usize,
        /// The weight that belongs there: 0 where there is none.
        weight: Option<Weight>,
    },
    /// A row of the table of weights that does not follow from the one above.
    Table {
        /// The row of the trace.
        row: usize,
    },
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cell {
                permutation,
                lane,
                row,
                cell,
            } => {
                let part = part(*cell);
                write!(
                    f,
                    "permutation {permutation}, lane {lane}, row {row}: {part:?}"
                )?;
                match round(*cell) {
                    Some(round) => write!(f, ", round {round}"),
                    None => Ok(()),
                }
            }
            Self::Weight { row, weight } => write!(f, "row {row}: weight {weight:?}"),
            Self::Table { row } => write!(f, "row {row}: table of weights"),
        }
    }
}

/// A trace as hashing sees it.
pub struct Hashed<'a> {
    /// Its dimensions.
    pub layout: &'a Layout,
    /// A lane's cell, by lane and row.
    pub lane: &'a dyn Fn(usize, usize) -> Fr,
    /// The slots, by row.
    pub slot: &'a dyn Fn(usize) -> Fr,
    /// The weights, by row.
    pub weight: &'a dyn Fn(usize) -> Fr,
    /// The challenge that weights are polynomials in.
    pub rho: Fr,
}

impl Hashed<'_> {
    /// Everything that fails: cells by permutation and row, then weights by row.
    pub fn faults(&self) -> Vec<Fault> {
        let cells = (0..self.layout.room()).flat_map(|permutation| self.cells(permutation));
        cells.chain(self.table()).chain(self.weights()).collect()
    }

    fn cells(&self, permutation: usize) -> Vec<Fault> {
        let (lane, start) = self.layout.lane(permutation);
        let slot = |slot| (self.slot)(self.layout.slot(permutation, slot));
        let inputs: [Fr; INPUTS] = std::array::from_fn(slot);
        let cells = Cells {
            lane: (0..OUTPUT)
                .map(|row| (self.lane)(lane, start + row))
                .collect(),
            output: slot(OUTPUT_SLOT),
        };
        let left = residuals(&inputs, &cells);
        let left = left.iter().zip(CONSTANTS.iter()).enumerate();
        let failing = left.filter(|(_, (left, constant))| left != constant);
        let fault = |cell: usize| Fault::Cell {
            permutation,
            lane,
            row: start + cell,
            cell,
        };
        failing.map(|(cell, _)| fault(cell)).collect()
    }

    /// Rows of the table, each by the one above as it is.
    fn table(&self) -> Vec<Fault> {
        let end = self.layout.hash_end();
        let rows = weights::TABLE.rows.iter().enumerate();
        let failing = rows.filter(|(i, row)| {
            let above = match row.follows {
                true => (self.weight)(end + i - 1),
                false => Fr::ZERO,
            };
            let value = row
                .added
                .iter()
                .fold(above, |sum, term| sum * self.rho + term);
            (self.weight)(end + i) != value
        });
        failing
            .map(|(i, _)| Fault::Table { row: end + i })
            .collect()
    }

    /// The weights of the rows that the sum is over: copies of the table's, or 0.
    fn weights(&self) -> Vec<Fault> {
        let (start, end) = (self.layout.hash_start(), self.layout.hash_end());
        let ends: HashMap<Weight, usize> = weights::TABLE.ends.iter().copied().collect();
        let rows = (self.layout.origin()..end).filter_map(|row| {
            let weight = row
                .checked_sub(start)
                .and_then(|row| Weight::of(row % ROWS));
            let at = weight.and_then(|weight| ends.get(&weight));
            let value = at.map_or(Fr::ZERO, |at| (self.weight)(end + at));
            let fault = Fault::Weight { row, weight };
            ((self.weight)(row) != value).then_some(fault)
        });
        rows.collect()
    }
}
