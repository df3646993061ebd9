//! What is held, at base prices without weights: its shares (S6) and the report (S10).

use super::policy::Policy;
use super::scenarios::sum_of_groups;
use super::values::Values;
use super::{Public, hold_all};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::Layout;
use crate::circuit::witness::Witness;
use crate::field::{Fr, two_pow};
use crate::numbers::budget::SUM_HELD_BITS;
use crate::numbers::{BPS_BITS, MICRO, ONE_IN_BPS, REPORT_LINE_BITS, REPORT_LINES_PER_WORD};
use crate::shape::GROUPS;
use ff::Field;

// A line times its grain is a product of numbers that are checked loosely (H3), and what a group
// holds over the smallest grain is below 2^80.
const _: () = assert!(SUM_HELD_BITS - 19 <= REPORT_LINE_BITS && MICRO >> 19 > 0);

/// Bits of a slack of a held share.
const SLACK_BITS: u32 = SUM_HELD_BITS + BPS_BITS;

pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    policy: &Policy,
    values: &Values,
) {
    trace.section("S6 held shares");
    let held: Vec<Fr> = values.assets.iter().map(|v| v.collateral.value).collect();
    let (total, mut register) = values.total;
    let mut groups = Vec::new();
    let each = 1 + 2 * trace.rows_of(Size::Loose(SLACK_BITS));
    let first = trace.take(GROUPS * each);
    for (i, g) in (0..GROUPS).rev().enumerate() {
        let sum = sum_of_groups(witness, &held, g);
        let row = first + i * each;
        let (cell, next) = group(trace, row, policy.held[g], total, sum, register);
        register = next;
        groups.push(cell);
    }
    groups.reverse();
    trace.register_equal(values.held, register);
    report(trace, layout, witness, public, policy, &groups);
}

/// S6. What a group holds, put freely and taken into the register (H64), and its two shares.
fn group(
    trace: &mut TraceBuilder,
    row: usize,
    (least, most): (AssignedCell, AssignedCell),
    total: AssignedCell,
    sum: Fr,
    register: Cell,
) -> (AssignedCell, Cell) {
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    let size = Size::Loose(SLACK_BITS);
    let rows = trace.rows_of(size);
    let held = trace.put(advice::A, row, sum);
    trace.register_copy(row, register);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
    let (floor, cap) = (row + 1, row + 1 + rows);
    trace.number(floor, sum * scale - least.value * total.value, size);
    trace.copy(advice::B, floor, least);
    trace.operand(floor, total);
    let register = trace.register(floor, RowRule::Floor);
    trace.number(cap, most.value * total.value - sum * scale, size);
    trace.copy(advice::B, cap, most);
    trace.operand(cap, total);
    trace.rule(cap, RowRule::Cap);
    hold_all(trace, floor..cap + 1);
    (held, register)
}

/// S10. The lines of the report, three to a public input.
///
/// # Soundness
/// In: what each group holds (H64), the grain, whether it is reported (H41). A line is 0 where it
/// is not; else `line * grain + remainder` is what the group holds and the remainder is below the
/// grain. The grain is then 10^6 or more, since no remainder is below 0: the line is below 2^67,
/// and three of them have places of their own in a public input.
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
        let [low, middle, high] = [0, 1, 2].map(|i| lines[i]);
        let (row, places) = (trace.take(2), two_pow(REPORT_LINE_BITS));
        trace.copy(advice::A, row, high);
        trace.copy(advice::B, row, middle);
        trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, places);
        trace.copy(advice::A, row + 1, public.report(word));
        trace.copy(advice::B, row + 1, low);
        trace.arithmetic(row + 1, ArithmeticGate::Plus, places, -Fr::ONE);
        trace.rule(row + 1, RowRule::Zero);
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
    let (whole, rest) = (Size::Loose(REPORT_LINE_BITS), Size::Loose(SUM_HELD_BITS));
    let (whole_rows, rest_rows) = (trace.rows_of(whole), trace.rows_of(rest));
    let between = if layout.is_wide() { 0 } else { 1 };
    let row = trace.take(whole_rows + 2 * rest_rows + between);
    let (line, _) = trace.number(row, line, whole);
    trace.copy(advice::B, row, policy.grain);
    trace.operand(row, reported);
    trace.rule(row, RowRule::OnlyIf);
    let whole = trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    hold_all(trace, row + 1..row + whole_rows);
    let at = row + whole_rows;
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
