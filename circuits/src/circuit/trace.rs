//! Which values go where, clause by clause: S1 and S2's positions, S8, S2's totals, S3
//! and S4, S5 to S7.

mod accounts;
mod policy;
mod scenarios;
mod values;

use super::builder::{AssignedCell, Cell, Run, TraceBuilder};
use super::columns::{ArithmeticGate, RowRule, advice};
use super::layout::Layout;
use super::witness::Witness;
use crate::field::Fr;
use crate::numbers::ONE_IN_BPS;
use crate::shape::{POSITIONS_PER_BLOCK, Shape};
use ff::Field;

/// Constants, pinned once and copied: by the origin, by the policy's first block, and by
/// a sum (H16).
struct Constants {
    zero: AssignedCell,
    one: AssignedCell,
    /// 10^4.
    base: AssignedCell,
}

/// Public inputs by name.
struct Public<'a> {
    witness: &'a Witness,
    /// Whether they stand in `a` of the first rows; else they are copied.
    stands: bool,
}

/// Row of the context among the public inputs.
const CONTEXT: usize = 5;
/// Public inputs before the commitments.
const NAMED: usize = Shape::NAMED_INPUTS;

impl Public<'_> {
    fn at(&self, row: usize) -> AssignedCell {
        let cell = match self.stands {
            true => Cell::Advice(advice::A, row),
            false => Cell::Instance(row),
        };
        AssignedCell {
            cell,
            value: self.witness.public[row],
        }
    }
    /// S9. The context is a public input, which nothing else reads; in the trace it is part
    /// of what a gate or the permutation argument binds (H72, H73, H74).
    fn write(&self, trace: &mut TraceBuilder) {
        for (row, value) in self.witness.public.iter().enumerate() {
            let name = match row {
                CONTEXT => "S9 context",
                _ => "public inputs",
            };
            trace.section(name);
            if self.stands {
                trace.put(advice::A, row, *value);
                trace.rule(row, RowRule::Public);
            } else if row == CONTEXT {
                let row = trace.take(1);
                trace.copy(advice::A, row, self.at(CONTEXT));
            }
        }
    }
    fn subject(&self) -> AssignedCell {
        self.at(0)
    }
    fn as_of(&self) -> AssignedCell {
        self.at(1)
    }
    fn policy(&self) -> AssignedCell {
        self.at(2)
    }
    fn debt(&self) -> AssignedCell {
        self.at(3)
    }
    fn ratio(&self) -> AssignedCell {
        self.at(4)
    }
    fn kinds(&self) -> AssignedCell {
        self.at(6)
    }
    fn commitment(&self, account: usize) -> AssignedCell {
        self.at(NAMED + account)
    }
    fn price(&self, asset: usize) -> AssignedCell {
        self.at(NAMED + self.witness.shape.accounts() + asset)
    }
}

/// Writes the whole trace.
pub fn build(layout: &Layout, witness: &Witness) -> TraceBuilder {
    let mut trace = TraceBuilder::new(layout, free_rows(layout));
    let public = Public {
        witness,
        stands: layout.public_rows() > 0,
    };
    let tier_rows = scenarios::tier_rows(&mut trace, layout);
    trace.section("constants");
    let constants = constants(&mut trace, layout);
    public.write(&mut trace);
    let (origin, totals) = accounts::write(&mut trace, layout, witness, &public, &constants);
    let policy = policy::write(&mut trace, layout, witness, &public, &constants, origin);
    let values = values::write(
        &mut trace, witness, &public, &policy, &constants, origin, totals,
    );
    scenarios::write(
        &mut trace, layout, witness, &public, &constants, &policy, &values, origin, &tier_rows,
    );
    trace.finish();
    trace
}

/// The rows that permutations leave before and after that of their output, and all rows
/// after the last permutation.
fn free_rows(layout: &Layout) -> Vec<Run> {
    let permutations = layout.permutations();
    let [.., last_input] = layout.inputs();
    let between = (0..permutations).flat_map(|p| {
        let inputs = match layout.holds_positions(p) {
            true => layout.position(POSITIONS_PER_BLOCK),
            false => last_input + 1,
        };
        let before = Run {
            start: layout.block(p) + inputs,
            rows: layout.end() - inputs,
            open: true,
        };
        let after = Run {
            start: layout.block(p) + layout.end() + 1,
            rows: layout.stride() - 1,
            open: false,
        };
        [before, after]
    });
    let after = Run {
        start: layout.block(permutations) + 1,
        rows: usize::MAX,
        open: false,
    };
    let taken = between.filter(|run| run.rows > 0);
    taken.chain(std::iter::once(after)).collect()
}

/// Constants of the trace beside those of the policy's first row.
fn constants(trace: &mut TraceBuilder, layout: &Layout) -> Constants {
    let zero = trace.put(advice::A, layout.block(0), Fr::ZERO);
    let one = trace.put(advice::A, layout.block(layout.policy()) + 1, Fr::ONE);
    let row = trace.take(1);
    let value = Fr::from(u64::from(ONE_IN_BPS));
    trace.copy(advice::A, row, zero);
    let base = trace.put(advice::B, row, value);
    trace.sums_to(row, value);
    Constants { zero, one, base }
}

/// A row that holds `c` from the row above.
fn hold(trace: &mut TraceBuilder, row: usize) {
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, Fr::ZERO);
}
