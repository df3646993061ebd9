//! Who wrote which cell: the trace's builder names its sections, and every report of the
//! soundness harness uses these names. Also the place where operator E lies.

use crate::field::Fr;
use std::cell::Cell;
use std::collections::BTreeMap;

thread_local! {
    static LIE: Cell<Option<(usize, usize, Fr)>> = const { Cell::new(None) };
}

/// Runs `build` while the value written to one cell is off by `delta`: all that is computed
/// from the cell follows the lie.
pub(super) fn lying<T>(cell: (usize, usize), delta: Fr, build: impl FnOnce() -> T) -> T {
    LIE.set(Some((cell.0, cell.1, delta)));
    let built = build();
    LIE.set(None);
    built
}

/// The sections of a trace, by index of the builder's columns.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    section: &'static str,
    cells: BTreeMap<(usize, usize), &'static str>,
    order: Vec<(usize, usize)>,
    fixed: BTreeMap<(usize, usize), &'static str>,
    copies: Vec<(usize, &'static str)>,
    clashes: Vec<(usize, usize)>,
}

impl Journal {
    /// What follows belongs to `section`; so do copies from number `copies` on.
    pub fn enter(&mut self, section: &'static str, copies: usize) {
        self.section = section;
        self.copies.push((copies, section));
    }

    /// A value is written; what the code will see of it.
    pub fn put(&mut self, column: usize, row: usize, value: Fr) -> Fr {
        self.cells.insert((column, row), self.section);
        self.order.push((column, row));
        match LIE.get() {
            Some((c, r, delta)) if (c, r) == (column, row) => value + delta,
            _ => value,
        }
    }

    /// A fixed cell is set. A second value for it is a clash of gates.
    pub fn fix(&mut self, column: usize, row: usize, before: Fr, value: Fr) {
        let known = self.fixed.insert((column, row), self.section);
        if known.is_some() && before != value {
            self.clashes.push((column, row));
        }
    }

    /// Section of an advice cell.
    pub fn cell(&self, column: usize, row: usize) -> Option<&'static str> {
        self.cells.get(&(column, row)).copied()
    }

    /// Every advice cell that was written, in the order of writing.
    pub fn cells(&self) -> &[(usize, usize)] {
        &self.order
    }

    /// Section of a fixed cell.
    pub fn fixed(&self, column: usize, row: usize) -> Option<&'static str> {
        self.fixed.get(&(column, row)).copied()
    }

    /// Section of a copy, by its number.
    pub fn copy(&self, number: usize) -> &'static str {
        let after = self.copies.partition_point(|(first, _)| *first <= number);
        after
            .checked_sub(1)
            .and_then(|i| self.copies.get(i))
            .map_or("", |(_, section)| *section)
    }

    /// Fixed cells that were given two values.
    pub fn clashes(&self) -> &[(usize, usize)] {
        &self.clashes
    }
}
