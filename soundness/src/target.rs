//! What the operators work on: an honest trace, how its cells are called, and what an
//! honest prover would compute again after a change.

use covenant_circuits::lint::{Captured, Constraint, Place, constraints};
use covenant_claims::field::Fr;

/// Advice columns of a trace, by index of the constraint system.
pub type Columns = Vec<Vec<Fr>>;

/// A circuit under test.
pub trait Target {
    /// The honest trace.
    fn trace(&self) -> &Captured;

    /// Its constraints.
    fn constraints(&self) -> Vec<Constraint> {
        constraints(&self.trace().cs)
    }

    /// The counts of a range table after looked-up cells changed. `changed` has cells with
    /// what they held before; what changes here is appended.
    fn recount(&self, _advice: &mut Columns, _changed: &mut Vec<(usize, usize, Fr)>) {}

    /// The second phase after first-phase cells changed, appended likewise.
    fn second_phase(&self, _advice: &mut Columns, _changed: &mut Vec<(usize, usize, Fr)>) {}

    /// Other challenges, and the honest advice columns under them; as many as `count`
    /// says, none where the circuit has one phase.
    fn redrawn(&self, _count: usize) -> Vec<(Vec<Fr>, Columns)> {
        Vec::new()
    }

    /// Whether somebody wrote an advice cell.
    fn is_assigned(&self, place: Place) -> bool {
        matches!(place, Place::Advice(c, r) if self.trace().assigned[c][r])
    }

    /// The column of a cell in words.
    fn column(&self, place: Place) -> String {
        place.to_string()
    }

    /// The gadget that wrote a cell.
    fn section(&self, _place: Place) -> &'static str {
        "circuit"
    }

    /// The gadget that turned a constraint on at a row.
    fn section_of(&self, _constraint: usize, _row: usize) -> &'static str {
        "circuit"
    }

    /// The gadget that made a copy.
    fn section_of_copy(&self, _number: usize) -> &'static str {
        "circuit"
    }

    /// Whether a gate is part of a range check: what it reads is then only known to be in
    /// a table.
    fn is_range_check(&self, _gate: &str) -> bool {
        false
    }

    /// Whether a constraint holds at a row whatever the cells are that other constraints read: a
    /// cell of its own, which nothing else reads, makes up for them. Whoever says so has a test of
    /// it.
    fn binds_nothing(&self, _constraint: usize, _row: usize) -> bool {
        false
    }

    /// Cells that the range check looks up.
    fn is_looked_up(&self, _place: Place) -> bool {
        false
    }

    /// Whether a cell has one value that fits the others it is joined to by equations, by an
    /// argument that looks at all of them together.
    fn is_pinned(&self, _place: Place) -> bool {
        false
    }

    /// In words, which of the equations that a gate joins by challenges fail when each is taken
    /// alone; nothing where a gate is one equation, or its equations hold.
    fn joined_faults(&self, _gate: &str, _advice: &Columns) -> Vec<String> {
        Vec::new()
    }

    /// For `rigidity`: cells, and those that follow from them by equations that are joined by
    /// challenges into too few for it to tell apart. Whoever says so has a test of it.
    fn follows(&self) -> Vec<(Vec<Place>, Vec<Place>)> {
        Vec::new()
    }

    /// The gadget's inputs for `rigidity`: cells that the statement leaves to the prover.
    fn is_input(&self, _place: Place) -> bool {
        false
    }
}
