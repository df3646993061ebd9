//! How large a shape's circuit is, without making its trace.

use super::fit;
use super::gates;
use super::program::Program;
use crate::field::Fr;
use halo2_proofs::plonk::ConstraintSystem;

/// Rows and columns of a circuit.
#[derive(Debug, Clone)]
pub struct Size {
    /// log2 of the number of rows.
    pub k: u32,
    /// Advice columns of both phases.
    pub advice: usize,
    /// Fixed columns.
    pub fixed: usize,
    /// Rows that the trace takes.
    pub rows_used: usize,
    /// The gates, for whatever else follows from them.
    pub constraints: ConstraintSystem<Fr>,
}

impl Size {
    /// The size of a shape's circuit.
    pub fn of(program: impl Into<Program>) -> Self {
        let layout = fit::smallest(program);
        let mut constraints = ConstraintSystem::default();
        gates::configure(&mut constraints, &layout);
        Self {
            k: layout.k,
            advice: constraints.num_advice_columns(),
            fixed: constraints.num_fixed_columns(),
            rows_used: layout.rows_used,
            constraints,
        }
    }
}
