//! What is held, at base prices without weights: its shares (S6) and the report (S10).

use super::policy::Policy;
use super::scenarios::sum_of_groups;
use super::values::Values;
use super::{Public, hold_all};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::layout::Layout;
use crate::circuit::witness::Witness;
use crate::field::{Fr, two_pow};
use crate::numbers::budget::SUM_HELD_BITS;
use crate::numbers::{BPS_BITS, ONE_IN_BPS, REPORT_LINE_BITS, REPORT_LINES_PER_WORD};
use crate::shape::GROUPS;
use ff::Field;

/// Bits of a slack of a held share.
const SLACK_BITS: u32 = SUM_HELD_BITS + BPS_BITS;

pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    policy: &Policy,
    values: &Values,
    origin: Cell,
) {
    trace.section("S6 held shares");
    let held: Vec<Fr> = values.assets.iter().map(|v| v.collateral.value).collect();
    let (total, mut register) = super::scenarios::total(trace, held.iter().sum(), origin);
    let mut groups = Vec::new();
    for g in (0..GROUPS).rev() {
        let sum = sum_of_groups(witness, &held, g);
        let (cell, next) = group(trace, policy.held[g], total, sum, register);
        register = next;
        groups.push(cell);
    }
    groups.reverse();
    trace.register_equal(values.held, register);
    for (value, fields) in values.assets.iter().zip(&policy.assets) {
        asset(trace, layout, value.collateral, fields.held_share, total);
    }
    report(trace, layout, witness, public, policy, &groups);
}

/// S6. What a group holds, put freely and taken into the register (H64), and its two shares.
fn group(
    trace: &mut TraceBuilder,
    (least, most): (AssignedCell, AssignedCell),
    total: AssignedCell,
    sum: Fr,
    register: Cell,
) -> (AssignedCell, Cell) {
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    let size = Size::Loose(SLACK_BITS);
    let rows = trace.rows_of(size);
    let row = trace.take(2 + 2 * rows);
    let held = trace.put(advice::A, row + 1, sum);
    trace.register_copy(row, register);
    trace.arithmetic(row + 1, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
    let register = trace.register(row + 1, RowRule::Horner);
    let floor = row + 2;
    trace.number(floor, sum * scale - least.value * total.value, size);
    trace.copy(advice::B, floor, least);
    trace.operand(floor, total);
    // A floor takes its sum into the register, which is not used from there on.
    trace.rule(floor, RowRule::HeldFloor);
    hold_all(trace, floor..floor + rows);
    let cap = floor + rows;
    trace.number(cap, most.value * total.value - sum * scale, size);
    trace.copy(advice::B, cap, most);
    trace.operand(cap, total);
    trace.rule(cap, RowRule::Cap);
    hold_all(trace, cap..cap + 1);
    (held, register)
}

/// S6. `v_a 10^4 <= max_held_share V`.
fn asset(
    trace: &mut TraceBuilder,
    layout: &Layout,
    value: AssignedCell,
    share: AssignedCell,
    total: AssignedCell,
) {
    trace.section("S6 held shares");
    let size = Size::Loose(SLACK_BITS);
    let row = trace.take(1 + trace.rows_of(size));
    trace.copy(advice::A, row, value);
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    let slack = share.value * total.value - value.value * scale;
    trace.number(row + 1, slack, size);
    trace.copy(advice::B, row + 1, share);
    trace.operand(row + 1, total);
    trace.rule(row + 1, RowRule::HeldCap);
    let _ = layout;
}

/// S10. The lines of the report, three to a public input.
///
/// # Soundness
/// In: what each group holds (H64), the grain, whether it is reported (H41). A line is 0 where it
/// is not; else `line * grain + remainder` is what the group holds, the line has exactly 80 bits
/// and the remainder is below the grain.
///
/// # Cost
/// For each group, the rows of a number of 80 bits and of two remainders; two rows a public input.
fn report(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    policy: &Policy,
    groups: &[AssignedCell],
) {
    trace.section("S10 report");
    let lines: Vec<AssignedCell> = (0..GROUPS)
        .map(|g| {
            let line = witness.groups[g].line;
            report_line(trace, layout, policy, policy.reported[g], groups[g], line)
        })
        .collect();
    for (word, lines) in lines.chunks(REPORT_LINES_PER_WORD).enumerate() {
        let row = trace.take(lines.len() + 1);
        for (i, line) in lines.iter().rev().enumerate() {
            trace.copy(advice::A, row + i, *line);
            let above = if i == 0 { Fr::ZERO } else { two_pow(REPORT_LINE_BITS) };
            trace.arithmetic(row + i, ArithmeticGate::Linear, above, Fr::ONE);
        }
        let last = row + lines.len();
        trace.copy(advice::A, last, public.report(word));
        trace.arithmetic(last, ArithmeticGate::Linear, Fr::ONE, -Fr::ONE);
        trace.rule(last, RowRule::Zero);
    }
}

fn report_line(
    trace: &mut TraceBuilder,
    layout: &Layout,
    policy: &Policy,
    reported: AssignedCell,
    held: AssignedCell,
    line: Fr,
) -> AssignedCell {
    let exact = Size::Exact(ExactBits::Value);
    let rest = Size::Loose(SUM_HELD_BITS);
    let (exact_rows, rest_rows) = (trace.rows_of(exact), trace.rows_of(rest));
    let between = if layout.is_wide() { 0 } else { 1 };
    let row = trace.take(exact_rows + 2 * rest_rows + between);
    let (line, _) = trace.number(row, line, exact);
    trace.copy(advice::B, row, policy.grain);
    trace.operand(row, reported);
    trace.rule(row, RowRule::OnlyIf);
    let whole = trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    hold_all(trace, row + 1..row + exact_rows);
    let at = row + exact_rows;
    let (remainder, _) = trace.number(at, held.value - whole, rest);
    trace.copy(advice::B, at, held);
    trace.arithmetic(at, ArithmeticGate::Plus, -Fr::ONE, -Fr::ONE);
    trace.rule(at, RowRule::Zero);
    let mut at = at + rest_rows;
    if between == 1 {
        trace.copy(advice::A, at, remainder);
        at += 1;
    }
    let left = reported.value * (policy.grain.value - Fr::ONE - remainder.value);
    trace.number(at, left, rest);
    trace.copy(advice::B, at, policy.grain);
    trace.operand(at, reported);
    trace.rule(at, RowRule::Remainder);
    line
}
