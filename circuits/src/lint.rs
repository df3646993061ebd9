//! The trace lint (C3): no cell assigned twice, none in the blinding rows, none queried by
//! an enabled gate and left unassigned. It reads the constraint system and who assigned
//! what, never a value of the witness, so that a release prover can afford it and may run
//! it on secrets.

// Rows and columns come from the constraint system and the trace's dimensions.
#![allow(clippy::indexing_slicing)]

mod capture;
#[cfg(any(test, feature = "testing"))]
pub mod emitted;
mod structure;

#[cfg(feature = "testing")]
pub use capture::capture_lying;
pub use capture::{Capture, Captured, LintError, Place, capture};
pub use structure::{Active, Constraint, active, constraints};

use crate::circuit::CovenantCircuit;
use crate::circuit::columns::{CHALLENGES, second};
use crate::field::Fr;
use ff::Field;

/// What the lint found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Finding {
    /// Two assignments of one cell: regions overlap.
    #[error("{0} is assigned twice")]
    Twice(Place),
    /// An assignment that blinding replaces.
    #[error("{0} is assigned in the blinding rows")]
    Blinding(Place),
    /// A gate reads what nobody wrote.
    #[error("{cell} is read by gate {gate:?} at row {row} and not assigned")]
    Unassigned {
        /// The cell.
        cell: Place,
        /// The gate.
        gate: String,
        /// The row at which the gate is on.
        row: usize,
    },
    /// A gate reads a row that blinding replaces.
    #[error("{cell} is a blinding row, read by gate {gate:?} at row {row}")]
    ReadsBlinding {
        /// The cell.
        cell: Place,
        /// The gate.
        gate: String,
        /// The row at which the gate is on.
        row: usize,
    },
}

/// Checks a captured trace; `exempt` are cells that may be read unassigned (their 0 is
/// meant).
pub fn lint(trace: &Captured, exempt: impl Fn(&Place) -> bool) -> Vec<Finding> {
    let mut found: Vec<Finding> = trace.twice.iter().copied().map(Finding::Twice).collect();
    found.extend(trace.outside.iter().copied().map(Finding::Blinding));
    let constraints = constraints(&trace.cs);
    for active in active(trace, &constraints) {
        let gate = || constraints[active.constraint].gate.clone();
        for cell in &active.cells {
            let Place::Advice(column, at) = *cell else {
                continue;
            };
            if at >= trace.usable {
                found.push(Finding::ReadsBlinding {
                    cell: *cell,
                    gate: gate(),
                    row: active.row,
                });
            } else if !trace.assigned[column][at] && !exempt(cell) {
                found.push(Finding::Unassigned {
                    cell: *cell,
                    gate: gate(),
                    row: active.row,
                });
            }
        }
    }
    found
}

/// The lint of a circuit that is about to be proved. The trace fills whole columns, so
/// what counts as assigned is what its builder wrote; but limbs are meant as 0 where nobody
/// wrote them, and rows of the lookup's running sums are all written in the second phase.
pub fn lint_circuit(circuit: &CovenantCircuit) -> Result<Vec<Finding>, LintError> {
    let layout = circuit.layout();
    let mut trace = capture(layout.k, circuit, &[], &[Fr::ZERO; CHALLENGES])?;
    let built = circuit.trace();
    let config = &trace.config;
    for (i, column) in config.advice.iter().enumerate() {
        let looked_up = (layout.first_limb()..layout.first_limb() + layout.limbs).contains(&i);
        for row in 0..trace.captured.usable {
            let written = row < layout.usable() && built.is_written(i, row);
            trace.captured.assigned[column.index()][row] = written || looked_up;
        }
    }
    let register = config.second[second::G].index();
    trace.captured.assigned[register].fill(false);
    for row in built.register_rows() {
        trace.captured.assigned[register][row] = true;
    }
    for (column, row) in built.written_twice() {
        let place = Place::Advice(config.advice[*column].index(), *row);
        trace.captured.twice.push(place);
    }
    Ok(lint(&trace.captured, |_| false))
}
