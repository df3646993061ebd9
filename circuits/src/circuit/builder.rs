//! The trace while it is written: the one door by which values, fixed cells and copies
//! enter the circuit. A value enters by [`TraceBuilder::put`], to be pinned by a gate or a range
//! check, or by [`TraceBuilder::copy`], with its copy constraint. Nothing else assigns advice.

mod hashing;
mod numbers;
mod second;

pub use hashing::HashTerms;

use super::columns::{ArithmeticGate, ExactBits, RowRule, advice, fixed};
use super::layout::Layout;
use crate::field::{self, Fr};
use ff::{BatchInvert, Field};
use std::collections::BTreeMap;

/// A cell that copies may name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cell {
    /// A first-phase column and row.
    Advice(usize, usize),
    /// The challenge register `g` at a row.
    Register(usize),
    /// The weight of hashing at a row.
    Weight(usize),
}

/// A first-phase value and where it is.
#[derive(Clone, Copy, Debug)]
pub struct AssignedCell {
    /// Where.
    pub cell: Cell,
    /// The value.
    pub value: Fr,
}

/// What a number may be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Size {
    /// At least so many bits; whole rows of limbs.
    Loose(u32),
    /// Exactly as many bits as the kind has.
    Exact(ExactBits),
}

impl ExactBits {
    /// The number's bits.
    pub fn bits(self) -> u32 {
        match self {
            ExactBits::Amount => crate::numbers::AMOUNT_BITS,
            ExactBits::AssetId => crate::numbers::ASSET_ID_BITS,
            ExactBits::Value => crate::numbers::VALUE_BITS,
            ExactBits::Width => super::layout::WIDTH_BITS,
            ExactBits::Field => crate::numbers::MULTIPLIER_BITS,
        }
    }
}

/// How the challenge register gets its value at a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Step {
    Zero,
    Copy(Cell),
    Op(RowRule),
}

/// Rows left to the settlement.
#[derive(Clone, Copy, Debug)]
pub struct Run {
    /// The first.
    pub start: usize,
    /// How many.
    pub rows: usize,
    /// What of its rows is free.
    pub free: Free,
}

/// What of a row is free, beside `a` and limbs.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Free {
    /// All that the settlement uses.
    All,
    /// All but the form: beside the table of weights.
    Formless,
    /// `a` and limbs alone: beside what permutations absorb.
    Bare,
}

/// The trace.
#[derive(Clone, Debug)]
pub struct TraceBuilder {
    layout: Layout,
    fixed: Vec<Vec<Fr>>,
    advice: Vec<Vec<Fr>>,
    written: Vec<Vec<bool>>,
    rules: BTreeMap<usize, RowRule>,
    twice: Vec<(usize, usize)>,
    copies: Vec<(Cell, Cell)>,
    steps: Vec<(usize, Step)>,
    free: Vec<Run>,
    end: usize,
    #[cfg(feature = "testing")]
    journal: crate::testing::Journal,
}

impl TraceBuilder {
    /// An empty trace. `free` are the rows for the settlement; the last run
    /// may grow.
    pub fn new(layout: &Layout, free: Vec<Run>) -> Self {
        let rows = layout.usable();
        Self {
            layout: *layout,
            fixed: vec![vec![Fr::ZERO; rows]; layout.fixed_columns()],
            advice: vec![vec![Fr::ZERO; rows]; layout.advice_columns()],
            written: vec![vec![false; rows]; layout.advice_columns()],
            rules: BTreeMap::new(),
            twice: Vec::new(),
            copies: Vec::new(),
            steps: Vec::new(),
            free,
            end: 0,
            #[cfg(feature = "testing")]
            journal: crate::testing::Journal::default(),
        }
    }

    /// The trace's dimensions.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }
    /// Fixed columns.
    pub fn fixed(&self) -> &[Vec<Fr>] {
        &self.fixed
    }
    /// First-phase columns.
    pub fn advice(&self) -> &[Vec<Fr>] {
        &self.advice
    }
    /// Copy constraints.
    pub fn copies(&self) -> &[(Cell, Cell)] {
        &self.copies
    }
    /// Cells that were written more than once; must be empty (H13).
    pub fn written_twice(&self) -> &[(usize, usize)] {
        &self.twice
    }
    /// Whether a first-phase cell was written.
    pub fn is_written(&self, column: usize, row: usize) -> bool {
        self.written[column][row]
    }
    /// The row after the last that the settlement or the permutations took.
    pub fn end(&self) -> usize {
        self.end
    }
    /// Overwrites a cell, for tests that tamper.
    #[cfg(any(test, feature = "testing"))]
    pub fn tamper(&mut self, column: usize, row: usize, value: Fr) {
        self.advice[column][row] = value;
    }

    /// Names what is written from here on; the tests' reports and filters use it.
    pub fn section(&mut self, _name: &'static str) {
        #[cfg(feature = "testing")]
        self.journal.enter(_name, self.copies.len());
    }
    /// Who wrote what.
    #[cfg(feature = "testing")]
    pub fn journal(&self) -> &crate::testing::Journal {
        &self.journal
    }
    /// Rows at which the challenge register has a value.
    pub fn register_rows(&self) -> impl Iterator<Item = usize> + '_ {
        self.steps.iter().map(|(row, _)| *row)
    }

    fn grow(&mut self, row: usize) {
        self.end = self.end.max(row + 1);
        if row >= self.advice[0].len() {
            for column in self.fixed.iter_mut().chain(&mut self.advice) {
                column.resize(row + 1, Fr::ZERO);
            }
            for column in &mut self.written {
                column.resize(row + 1, false);
            }
        }
    }

    /// Takes `rows` consecutive rows for the settlement, from the run that they fit best.
    pub fn take(&mut self, rows: usize) -> usize {
        self.take_from(rows, Free::All)
    }

    /// The same for rows of which less is used, from a run of which less is free if there is one.
    pub fn take_less(&mut self, rows: usize, free: Free) -> usize {
        let fits = |run: &Run| run.free == free && run.rows >= rows;
        match self.free.iter().any(fits) {
            true => self.take_from(rows, free),
            false => self.take(rows),
        }
    }

    fn take_from(&mut self, rows: usize, free: Free) -> usize {
        let last = self.free.len() - 1;
        let fits = |i: &usize| self.free[*i].free == free && self.free[*i].rows >= rows;
        let best = (0..last).filter(fits).min_by_key(|i| self.free[*i].rows);
        let run = &mut self.free[best.unwrap_or(last)];
        let start = run.start;
        run.start += rows;
        run.rows -= rows;
        start
    }

    /// Gives back a row whose `b` alone is taken.
    pub fn bare(&mut self, row: usize) {
        let run = Run {
            start: row,
            rows: 1,
            free: Free::Bare,
        };
        self.free.insert(0, run);
    }

    /// Rows that a row with an operand takes.
    pub fn operand_rows(&self) -> usize {
        1 + self.layout.operand().1
    }

    /// Copies a value to the operand of a row.
    pub fn operand(&mut self, row: usize, from: AssignedCell) -> AssignedCell {
        let (column, below) = self.layout.operand();
        self.copy(column, row + below, from)
    }

    /// Witnesses a value. Whoever calls this says by a gate or a range check what it is (H17).
    pub fn put(&mut self, column: usize, row: usize, value: Fr) -> AssignedCell {
        self.grow(row);
        #[cfg(feature = "testing")]
        let value = self.journal.put(column, row, value);
        if std::mem::replace(&mut self.written[column][row], true) {
            self.twice.push((column, row));
        }
        self.advice[column][row] = value;
        AssignedCell {
            cell: Cell::Advice(column, row),
            value,
        }
    }

    /// Copies a value to a cell.
    pub fn copy(&mut self, column: usize, row: usize, from: AssignedCell) -> AssignedCell {
        let held = self.put(column, row, from.value);
        self.copies.push((from.cell, held.cell));
        held
    }

    /// Constrains two cells to be equal.
    pub fn equal(&mut self, left: AssignedCell, right: AssignedCell) {
        self.copies.push((left.cell, right.cell));
    }

    /// Sets a fixed cell.
    pub fn fix(&mut self, column: usize, row: usize, value: Fr) {
        self.grow(row);
        #[cfg(feature = "testing")]
        self.journal
            .fix(column, row, self.fixed[column][row], value);
        self.fixed[column][row] = value;
    }

    /// The value of a cell.
    pub fn value(&self, column: usize, row: usize) -> Fr {
        self.advice[column].get(row).copied().unwrap_or_default()
    }

    /// The register `c` at a row whose `a` and `b` stand: `k_c` times the register above (H15),
    /// and the form's terms with the factor `k_a`.
    pub fn arithmetic(&mut self, row: usize, form: ArithmeticGate, kc: Fr, ka: Fr) -> Fr {
        self.grow(row);
        let above = if row == 0 {
            Fr::ZERO
        } else {
            self.value(advice::C, row - 1)
        };
        let (a, b) = (self.value(advice::A, row), self.value(advice::B, row));
        let terms = match form {
            ArithmeticGate::Linear => ka * a,
            ArithmeticGate::Plus => ka * a + b,
            ArithmeticGate::Product => ka * a * b,
            ArithmeticGate::Weight => Fr::ZERO,
        };
        let value = kc * above + terms;
        self.put(advice::C, row, value);
        for (column, fixed) in [
            (fixed::FORM, form.value()),
            (fixed::KC, kc),
            (fixed::KA, ka),
        ] {
            self.fix(column, row, fixed);
        }
        value
    }

    /// What else holds of a row.
    pub fn rule(&mut self, row: usize, rule: RowRule) {
        let rule = match self.rules.insert(row, rule) {
            None => rule,
            Some(before) => before.with(rule).unwrap_or_else(|| {
                // One of the two would be lost: no key is made of such a trace (H13).
                self.twice.push((fixed::RULE, row));
                rule
            }),
        };
        self.rules.insert(row, rule);
        for (at, value) in rule.values().into_iter().enumerate() {
            self.grow(row);
            #[cfg(feature = "testing")]
            self.journal.fix(fixed::RULE + at, row, Fr::ZERO, value);
            self.fixed[fixed::RULE + at][row] = value;
        }
    }

    /// `a + b = sum` at a row without a form.
    pub fn sums_to(&mut self, row: usize, sum: Fr) {
        self.fix(fixed::KA, row, sum);
        self.rule(row, RowRule::Sum);
    }

    fn step(&mut self, row: usize, step: Step) {
        #[cfg(feature = "testing")]
        self.journal.register(row);
        self.steps.push((row, step));
    }

    /// The register at a row: 0, for the origin.
    pub fn register_zero(&mut self, row: usize) -> Cell {
        self.step(row, Step::Zero);
        Cell::Register(row)
    }

    /// The register at a row: a copy of another row's, or of a first-phase cell.
    pub fn register_copy(&mut self, row: usize, from: Cell) -> Cell {
        self.grow(row);
        self.step(row, Step::Copy(from));
        self.copies.push((from, Cell::Register(row)));
        Cell::Register(row)
    }

    /// The register at a row by one of its gates.
    pub fn register(&mut self, row: usize, op: RowRule) -> Cell {
        self.rule(row, op);
        self.step(row, Step::Op(op));
        Cell::Register(row)
    }

    /// Constrains two register cells to be equal.
    pub fn register_equal(&mut self, left: Cell, right: Cell) {
        self.copies.push((left, right));
    }

    /// Counts every limb for the range table and closes the lookup. The table's numbers
    /// stand in the first rows whose cell of the counts' column is free; a trace without so
    /// many is too long.
    pub fn finish(&mut self) {
        self.section("range table");
        // The lookup begins where the sum does, at the trace's origin.
        let (mut end, first) = (self.end, self.layout.origin());
        let last = self.layout.usable() - 1;
        if end > last {
            return;
        }
        let counts = self.multiplicities();
        let column = self.layout.multiplicities();
        let free: Vec<usize> = (first..last)
            .filter(|r| !self.is_written(column, *r))
            .collect();
        if free.len() < counts.len() {
            end = self.layout.usable() + 1;
        }
        let mut table = vec![Fr::ONE; last];
        for ((number, count), row) in (0u64..).zip(counts).zip(free) {
            table[row] = Fr::from(number + 2);
            self.put(column, row, count);
        }
        for (row, number) in table.into_iter().enumerate().skip(first) {
            self.fix(fixed::TABLE, row, number);
        }
        self.rule(last, RowRule::LookupEnd);
        self.end = end;
    }

    /// How often each number t of the table is in a limb that is looked up, over t + 1:
    /// the gate takes it back.
    fn multiplicities(&self) -> Vec<Fr> {
        let mut counts = vec![0u64; 1 << self.layout.limb_bits];
        for column in self.limbs() {
            for limb in &column[self.layout.origin()..self.layout.usable() - 1] {
                if let Some(count) = table_index(limb).and_then(|i| counts.get_mut(i)) {
                    *count += 1;
                }
            }
        }
        let mut factors: Vec<Fr> = (1..=counts.len() as u64).map(Fr::from).collect();
        factors.iter_mut().batch_invert();
        let counts = counts.into_iter().map(Fr::from);
        counts.zip(factors).map(|(count, f)| count * f).collect()
    }

    /// The columns of limbs.
    fn limbs(&self) -> &[Vec<Fr>] {
        let first = self.layout.first_limb();
        &self.advice[first..first + self.layout.limbs]
    }
}

fn table_index(limb: &Fr) -> Option<usize> {
    field::to_u128(limb).and_then(|x| usize::try_from(x).ok())
}
