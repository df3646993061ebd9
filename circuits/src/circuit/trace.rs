//! Which values go where, clause by clause: S1 and S2's positions, S8, S2's totals, S3
//! and S4, what is held (S6) and reported (S10), S5 to S7.

mod accounts;
mod held;
mod many;
mod policy;
pub mod rollup;
mod scenarios;
mod values;

use super::builder::{AssignedCell, Cell, Free, Run, TraceBuilder};
use super::columns::{ArithmeticGate, RowRule, advice};
use super::layout::{Layout, OUTPUT_SLOT, Part};
use super::many::ManyWitness;
use super::permutation::ROWS;
use super::program::Program;
use super::rollup::RollupWitness;
use super::witness::Witness;
use crate::field::Fr;
use crate::numbers::ONE_IN_BPS;
use crate::shape::{REPORT_WORDS, Shape};
use ff::Field;

/// Constants, pinned once and copied: by the origin and by sums (H16).
struct Constants {
    zero: AssignedCell,
    one: AssignedCell,
    /// 10^4.
    base: AssignedCell,
}

/// Public inputs by name, in `a` of the first rows.
struct Public<'a> {
    witness: &'a Witness,
    part: Part,
}

/// Public inputs before the report.
const NAMED: usize = Shape::NAMED_INPUTS;
/// Slots of an account's header.
const HEADER_SLOTS: usize = 4;
/// Row of the context among the public inputs.
const CONTEXT: usize = 6;

impl Public<'_> {
    fn at(&self, row: usize) -> AssignedCell {
        AssignedCell {
            cell: Cell::Advice(advice::A, self.part.input(row)),
            value: self.witness.public[row],
        }
    }
    /// S9. The context is a public input, which nothing else reads; in the trace it is part
    /// of what a gate binds (H72, H73, H74).
    fn write(&self, trace: &mut TraceBuilder) {
        for (row, value) in self.witness.public.iter().enumerate() {
            let name = match row {
                CONTEXT => "S9 context",
                _ => "public inputs",
            };
            trace.section(name);
            let row = self.part.input(row);
            trace.put(advice::A, row, *value);
            trace.rule(row, RowRule::Public);
        }
    }
    fn subject(&self) -> AssignedCell {
        self.at(0)
    }
    /// First and last second of the window.
    fn window(&self) -> (AssignedCell, AssignedCell) {
        (self.at(1), self.at(2))
    }
    fn policy(&self) -> AssignedCell {
        self.at(3)
    }
    fn debt(&self) -> AssignedCell {
        self.at(4)
    }
    fn ratio(&self) -> AssignedCell {
        self.at(5)
    }
    fn kinds(&self) -> AssignedCell {
        self.at(7)
    }
    fn report(&self, word: usize) -> AssignedCell {
        self.at(NAMED + word)
    }
    fn commitment(&self, account: usize) -> AssignedCell {
        self.at(NAMED + REPORT_WORDS + account)
    }
    fn price(&self, asset: usize) -> AssignedCell {
        self.at(NAMED + REPORT_WORDS + self.witness.shape.accounts() + asset)
    }
}

/// The prover's values, of a claim, of many, or of a roll-up.
pub trait Values {
    /// The public inputs.
    fn public(&self) -> &[Fr];
    /// The trace that they make in a layout of their program.
    fn trace(&self, layout: &Layout) -> TraceBuilder;
}

impl Values for Witness {
    fn public(&self) -> &[Fr] {
        &self.public
    }
    fn trace(&self, layout: &Layout) -> TraceBuilder {
        build(layout, self)
    }
}

impl Values for ManyWitness {
    fn public(&self) -> &[Fr] {
        &self.public
    }
    fn trace(&self, layout: &Layout) -> TraceBuilder {
        many::build(layout, &self.claims)
    }
}

impl Values for RollupWitness {
    fn public(&self) -> &[Fr] {
        &self.public
    }
    fn trace(&self, layout: &Layout) -> TraceBuilder {
        rollup::build(layout, self)
    }
}

/// The trace without a witness.
pub fn blank(layout: &Layout) -> TraceBuilder {
    match layout.program {
        Program::Claim(shape) => build(layout, &Witness::blank(shape)),
        Program::Many(shape) => many::build(layout, &ManyWitness::blank(shape).claims),
        Program::Rollup(shape) => rollup::build(layout, &RollupWitness::blank(shape)),
    }
}

/// Writes the whole trace of a claim.
pub fn build(layout: &Layout, witness: &Witness) -> TraceBuilder {
    many::build(layout, std::slice::from_ref(witness))
}

/// Writes a claim into its part of the trace.
///
/// # Soundness
/// In: constants (H16), the register's origin, rows that nothing else has. Nothing of another claim
/// (H86): the register begins at the origin for each sum, and ends there.
fn claim(
    trace: &mut TraceBuilder,
    layout: &Layout,
    public: &Public<'_>,
    constants: &Constants,
    origin: Cell,
    reserved: &scenarios::Reserved,
) {
    let witness = public.witness;
    let header = policy::header(trace, witness, constants);
    let sums = accounts::write(trace, layout, witness, public, constants, &header, origin);
    let policy = policy::write(trace, layout, witness, public, constants, header, origin);
    let values = values::write(trace, witness, public, &policy, constants, origin, sums);
    held::write(trace, layout, witness, public, &policy, &values);
    scenarios::write(
        trace, layout, witness, public, constants, &policy, &values, origin, reserved,
    );
}

/// What all traces end with: hashing, the range table, and cells that bind nothing.
fn finish(trace: &mut TraceBuilder, layout: &Layout) {
    trace.hashing();
    trace.finish();
    if trace.end() <= layout.usable() {
        trace.idle();
    }
}

/// The rows that permutations leave beside their slots, those of the weights, and all after;
/// narrow, `a` and limbs of the slots of accounts too.
fn free_rows(layout: &Layout) -> Vec<Run> {
    let taken = layout.lanes * layout.slot_rows();
    let between = (layout.hash_start()..layout.hash_end())
        .step_by(ROWS)
        .map(|start| Run {
            start: start + taken,
            rows: ROWS - taken,
            free: Free::All,
        });
    let narrow = layout.parts().filter(|_| !layout.is_wide());
    let slots = narrow.flat_map(|part| {
        // `a` of a header's slots 1 to 3 is taken, and of the policy's slot 0; that of the
        // output's slot always.
        let accounts = part.accounts().enumerate().map(|(block, permutation)| {
            let header = block % layout.program.blocks() == 0;
            (permutation, if header { HEADER_SLOTS } else { 0 })
        });
        accounts.chain([(part.after_accounts(), 1)])
    });
    let slots = slots.map(|(permutation, first)| Run {
        start: layout.slot(permutation, first),
        rows: OUTPUT_SLOT - first,
        free: Free::Bare,
    });
    // The first row below the permutations has a rule of its own.
    let weights = Run {
        start: layout.hash_end() + 1,
        rows: layout.formless_end() - layout.hash_end() - 1,
        free: Free::Formless,
    };
    let after = Run {
        start: layout.formless_end(),
        rows: usize::MAX,
        free: Free::All,
    };
    between.chain(slots).chain([weights, after]).collect()
}

/// Constants of the trace.
fn constants(trace: &mut TraceBuilder, layout: &Layout) -> Constants {
    trace.rule(layout.origin(), RowRule::Origin);
    let zero = trace.put(advice::A, layout.origin(), Fr::ZERO);
    let constant = |trace: &mut TraceBuilder, value: Fr| {
        let row = trace.take(1);
        trace.copy(advice::B, row, zero);
        trace.sums_to(row, value);
        trace.put(advice::A, row, value)
    };
    let one = constant(trace, Fr::ONE);
    let base = constant(trace, Fr::from(u64::from(ONE_IN_BPS)));
    Constants { zero, one, base }
}

/// A multiple of a value, in `b` of a row of its own: `c = b - factor a = 0`.
fn multiple(trace: &mut TraceBuilder, of: AssignedCell, factor: Fr) -> AssignedCell {
    let row = trace.take(1);
    trace.copy(advice::A, row, of);
    let multiple = trace.put(advice::B, row, of.value * factor);
    trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, -factor);
    trace.rule(row, RowRule::Zero);
    multiple
}

/// A row that holds `c` from the row above.
fn hold(trace: &mut TraceBuilder, row: usize) {
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, Fr::ZERO);
}

/// Rows that hold `c` from the row above.
fn hold_all(trace: &mut TraceBuilder, rows: std::ops::Range<usize>) {
    rows.for_each(|row| hold(trace, row));
}
