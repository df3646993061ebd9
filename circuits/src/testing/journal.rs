//! Who wrote which cell: the trace's builder names its sections, and every report of the
//! soundness harness uses these names. Also the place where `anchor` lies.

use crate::field::Fr;
use ff::Field;
use std::cell::Cell;

thread_local! {
    /// Column, row (all of the column where there is none), and by how much.
    static LIE: Cell<Option<(usize, Option<usize>, Fr)>> = const { Cell::new(None) };
}

/// Runs `build` while the value written to one cell is off by `delta`: all that is computed
/// from the cell follows the lie.
pub fn lying<T>(cell: (usize, usize), delta: Fr, build: impl FnOnce() -> T) -> T {
    lied((cell.0, Some(cell.1), delta), build)
}

/// The same of every cell of a column at once.
pub fn lying_about_column<T>(column: usize, delta: Fr, build: impl FnOnce() -> T) -> T {
    lied((column, None, delta), build)
}

fn lied<T>(lie: (usize, Option<usize>, Fr), build: impl FnOnce() -> T) -> T {
    LIE.set(Some(lie));
    let built = build();
    LIE.set(None);
    built
}

/// What a trace's builder wrote, by index of its columns, in the order of writing.
#[derive(Clone, Debug, Default)]
pub struct Journal {
    section: &'static str,
    cells: Vec<Entry>,
    fixed: Vec<Entry>,
    register: Vec<(usize, &'static str)>,
    copies: Vec<(usize, &'static str)>,
    clashes: Vec<(usize, usize)>,
}

/// A cell (column and row) and the section that wrote it.
pub type Entry = ((usize, usize), &'static str);

impl Journal {
    /// What follows belongs to `section`; so do copies from number `copies` on.
    pub fn enter(&mut self, section: &'static str, copies: usize) {
        self.section = section;
        self.copies.push((copies, section));
    }

    /// A value is written; what the code will see of it.
    pub fn put(&mut self, column: usize, row: usize, value: Fr) -> Fr {
        self.cells.push(((column, row), self.section));
        match LIE.get() {
            Some((c, r, delta)) if c == column && r.is_none_or(|r| r == row) => value + delta,
            _ => value,
        }
    }

    /// A fixed cell is set. Another value where one stood is a clash of gates.
    pub fn fix(&mut self, column: usize, row: usize, before: Fr, value: Fr) {
        self.fixed.push(((column, row), self.section));
        if before != Fr::ZERO && before != value {
            self.clashes.push((column, row));
        }
    }

    /// The challenge register has a value at a row.
    pub fn register(&mut self, row: usize) {
        self.register.push((row, self.section));
    }

    /// Advice cells.
    pub fn cells(&self) -> &[Entry] {
        &self.cells
    }

    /// Fixed cells.
    pub fn fixed(&self) -> &[Entry] {
        &self.fixed
    }

    /// Rows of the challenge register.
    pub fn register_rows(&self) -> &[(usize, &'static str)] {
        &self.register
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
