//! The weights of hashing: polynomials in `rho` with fixed coefficients, evaluated once in the
//! rows after the last permutation and copied to every row of every permutation.
//!
//! # Soundness
//! A row of the table is `w = k_c rho^3 w' + rho^2 k_a + rho p + r`, all four of them fixed
//! (`k_c` is 0 where a polynomial begins, 1 else), so that the last row of each is the
//! polynomial's value and nothing that the prover chose. The rows of a permutation hold copies.

use super::permutation::Weight;
use crate::field::Fr;
use ff::Field;
use std::sync::LazyLock;

/// Coefficients that a row takes.
const A_ROW: usize = 3;

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub struct Row {
    /// Whether it goes on with the row above.
    pub follows: bool,
    /// The coefficients that it adds, of `rho^2`, `rho` and 1.
    pub added: [Fr; A_ROW],
}

/// The table, and at which of its rows each weight is complete.
#[derive(Debug)]
pub struct Table {
    /// From the first row on.
    pub rows: Vec<Row>,
    /// The last row of each weight.
    pub ends: Vec<(Weight, usize)>,
}

/// The table of all weights.
pub static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let (mut rows, mut ends) = (Vec::new(), Vec::new());
    for weight in Weight::all() {
        let mut coefficients = weight.coefficients();
        coefficients.resize(coefficients.len().next_multiple_of(A_ROW), Fr::ZERO);
        coefficients.reverse();
        for (i, added) in coefficients.chunks_exact(A_ROW).enumerate() {
            let added = std::array::from_fn(|j| added[j]);
            rows.push(Row {
                follows: i > 0,
                added,
            });
        }
        ends.push((weight, rows.len() - 1));
    }
    Table { rows, ends }
});

/// Rows of the table.
pub fn rows() -> usize {
    TABLE.rows.len()
}
