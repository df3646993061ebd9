//! S5 to S7: in every scenario, what each asset counts for, the shares, the coverage.

use super::policy::Policy;
use super::values::{Value, Values};
use super::{Constants, Public, hold, hold_all};
use crate::circuit::builder::{AssignedCell, Cell, Free, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::{Layout, SLACK_BITS};
use crate::circuit::witness::Witness;
use crate::field::Fr;
use crate::numbers::budget::{COUNTED_BITS, OFFSET_BITS, STRESSED_BITS};
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};
use crate::shape::GROUPS;
use ff::{Field, PrimeField};

// A line is below 2^110: a weight is at most 10^4, which is less than 14 bits.
const _: () = assert!(
    ((ONE_IN_BPS as u128) << STRESSED_BITS) + (1 << OFFSET_BITS) < 1 << COUNTED_BITS
);

/// The rows of every block of lines, taken before all others: they have no form, so that they
/// can be beside the table of weights.
pub(super) fn line_rows(trace: &mut TraceBuilder, layout: &Layout) -> Vec<usize> {
    let blocks = layout.shape.assets() * layout.shape.scenarios();
    (0..blocks)
        .map(|_| trace.take_less(layout.block_rows(), Free::Formless))
        .collect()
}

#[allow(clippy::too_many_arguments)]
pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    policy: &Policy,
    values: &Values,
    origin: Cell,
    line_rows: &[usize],
) {
    let assets = &values.assets;
    let obligations = stressed_liabilities(trace, witness, policy, values, origin, constants);
    for (j, owed) in obligations.into_iter().enumerate() {
        let counts = &witness.scenarios[j].counted;
        let (total, expected) = shares_of_groups(trace, witness, policy, counts, origin);
        let mut dot = origin;
        for (a, value) in assets.iter().enumerate() {
            let multiplier = match j.checked_sub(1) {
                None => constants.base,
                Some(i) => policy.assets[a].multipliers[i],
            };
            let row = line_rows[j * assets.len() + a];
            let fields = &policy.assets[a];
            dot = lines(trace, layout, fields, counts[a], value, multiplier, total, dot, row);
        }
        trace.section("S6 group shares");
        // The counted collateral of the groups and of all is the sum over the assets.
        trace.register_equal(dot, expected);
        let ratio = match j.checked_sub(1) {
            None => public.ratio(),
            Some(i) => policy.ratios[i],
        };
        coverage(trace, public.debt(), ratio, owed, total);
    }
}

/// S5 and the asset's share (S6): c_a is a number and no line is below it. Adds `c_a` times the
/// asset's groups to the register.
///
/// # Soundness
/// In: c_a, put freely and range-checked; value (H45), multiplier and weights (H50, H51), ends of
/// the tiers (H4). Every slack is a number (H60, H61, H62), the share's too (H65). Out: the
/// register with `c_a` times the groups' bits (H64).
///
/// # Cost
/// The rows of five numbers of 110 bits and of a slack.
#[allow(clippy::too_many_arguments)]
fn lines(
    trace: &mut TraceBuilder,
    layout: &Layout,
    fields: &super::policy::Asset,
    counted: Fr,
    value: &Value,
    multiplier: AssignedCell,
    total: AssignedCell,
    dot: Cell,
    row: usize,
) -> Cell {
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    let n = layout.line_rows();
    let counted_row = row + layout.share_rows();
    let (line, slack) = (Size::Loose(COUNTED_BITS), Size::Loose(SLACK_BITS));

    trace.section("S5 lines");
    let (counted, _) = trace.number(counted_row, counted, line);
    trace.copy(advice::B, counted_row, value.collateral);
    trace.operand(counted_row, multiplier);
    // `c`: the stressed value, and what of it is beyond the tiers before a line.
    let mut beyond = value.collateral.value * multiplier.value;
    let hold = |trace: &mut TraceBuilder, rows: std::ops::Range<usize>, c: Fr| {
        for row in rows {
            trace.put(advice::C, row, c);
            trace.rule(row, RowRule::Hold);
        }
    };
    trace.put(advice::C, counted_row, beyond);
    hold(trace, counted_row + 1..counted_row + n, beyond);
    let mut above = Fr::ZERO;
    for (l, weight) in fields.weights.iter().enumerate() {
        let at = counted_row + (1 + l) * n;
        trace.copy(advice::B, at, *weight);
        above = match l.checked_sub(1) {
            None => {
                trace.rule(at, RowRule::FirstLine);
                weight.value * beyond - counted.value
            }
            Some(before) => {
                let width = fields.widths[before];
                trace.operand(at, width);
                trace.rule(at, RowRule::Line);
                beyond -= width.value * Fr::from_u128(WIDTH_SCALE);
                above + (weight.value - fields.weights[before].value) * beyond
            }
        };
        trace.put(advice::C, at, beyond);
        trace.number(at, above, line);
        hold(trace, at + 1..at + n, beyond);
    }

    trace.section("S6 asset share");
    let slack_value = fields.share.value * total.value - counted.value * scale;
    trace.number(row, slack_value, slack);
    trace.copy(advice::B, row, fields.share);
    trace.operand(row, total);
    trace.rule(row, RowRule::Share);
    trace.register_copy(counted_row - 1, dot);
    trace.register_copy(counted_row + 1, fields.groups);
    trace.register(counted_row, RowRule::Counted)
}

/// `share * total - 10^4 * c >= 0`, with `c` in the register.
///
/// # Soundness
/// In: a share (H50, H51), the total (H64). The slack is a number, so that it is not negative:
/// both products are far below r (H65).
fn cap(
    trace: &mut TraceBuilder,
    row: usize,
    share: AssignedCell,
    total: AssignedCell,
    counted: Fr,
) {
    let slack = share.value * total.value - Fr::from(u64::from(ONE_IN_BPS)) * counted;
    trace.number(row, slack, Size::Loose(SLACK_BITS));
    trace.copy(advice::B, row, share);
    trace.operand(row, total);
    trace.rule(row, RowRule::Cap);
}

/// What a group's assets add up to.
pub(super) fn sum_of_groups(witness: &Witness, terms: &[Fr], group: usize) -> Fr {
    let members = witness.assets.iter().zip(terms);
    let members = members.filter(|(asset, _)| asset.groups[group]);
    members.map(|(_, term)| term).sum()
}

/// A total, put freely, and the register that begins with it: that of all assets is over rho^15.
pub(super) fn total(trace: &mut TraceBuilder, total: Fr, origin: Cell) -> (AssignedCell, Cell) {
    let row = trace.take(2);
    trace.register_copy(row, origin);
    let total = trace.put(advice::A, row + 1, total);
    trace.arithmetic(row + 1, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
    (total, trace.register(row + 1, RowRule::Horner))
}

/// S6 for groups: both shares of each. The register takes `C rho^15 + sum S_g rho^g`. Returns C
/// and the register.
///
/// # Soundness
/// C and the sums are put freely and have no range of their own: the register must equal what
/// the assets add up to (H64). Slacks are numbers (H65).
///
/// # Cost
/// Two rows, and for each of fifteen groups those of two slacks.
fn shares_of_groups(
    trace: &mut TraceBuilder,
    witness: &Witness,
    policy: &Policy,
    counts: &[Fr],
    origin: Cell,
) -> (AssignedCell, Cell) {
    trace.section("S6 group shares");
    let (total, mut register) = total(trace, counts.iter().sum(), origin);
    let n = trace.rows_of(Size::Loose(SLACK_BITS));
    let first = trace.take(1 + GROUPS * 2 * n);
    for (i, g) in (0..GROUPS).rev().enumerate() {
        let sum = sum_of_groups(witness, counts, g);
        let (least, most) = policy.shares[g];
        // The register above is that of the group before.
        let floor = first + 1 + i * 2 * n;
        trace.register_copy(floor - 1, register);
        trace.put(advice::C, floor, sum);
        let slack = sum * Fr::from(u64::from(ONE_IN_BPS)) - least.value * total.value;
        trace.number(floor, slack, Size::Loose(SLACK_BITS));
        trace.copy(advice::B, floor, least);
        trace.operand(floor, total);
        register = trace.register(floor, RowRule::Floor);
        hold_all(trace, floor + 1..floor + n);
        cap(trace, floor + n, most, total, sum);
        hold(trace, floor + n);
    }
    (total, register)
}

/// `O_j = sum o_a m_{j,a}` for every scenario at once, as powers of rho.
///
/// # Soundness
/// In: values owed (H45), multipliers in the register (H50, H51). Out: sums put freely, whose
/// powers of rho add up to those of the assets (H66).
///
/// # Cost
/// A row a scenario, and one.
fn stressed_liabilities(
    trace: &mut TraceBuilder,
    witness: &Witness,
    policy: &Policy,
    values: &Values,
    origin: Cell,
    constants: &Constants,
) -> Vec<AssignedCell> {
    trace.section("S7 stressed liabilities");
    let row = trace.take(1 + policy.sequence.len());
    trace.register_copy(row, origin);
    let mut register = origin;
    let mut sums = vec![None; witness.shape.scenarios()];
    for (i, scenario) in policy.sequence.iter().enumerate() {
        let row = row + 1 + i;
        match scenario {
            None => {
                trace.copy(advice::A, row, constants.zero);
            }
            Some(j) => {
                let owed = values.assets.iter().enumerate();
                let sum = owed
                    .map(|(a, v)| v.liability.value * witness.multiplier(*j, a))
                    .sum();
                sums[*j] = Some(trace.put(advice::A, row, sum));
            }
        }
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
        register = trace.register(row, RowRule::Horner);
    }
    trace.register_equal(values.owed, register);
    sums.into_iter().flatten().collect()
}

/// S7. `C - ratio * (10^4 * debt + O) >= 0`.
///
/// # Soundness
/// In: debt and base ratio, which the statement types (H70), obligations (H66), C (H64). The
/// difference is a number, so that it is not negative (H67).
///
/// # Cost
/// Two rows and those of a slack.
fn coverage(
    trace: &mut TraceBuilder,
    debt: AssignedCell,
    ratio: AssignedCell,
    owed: AssignedCell,
    total: AssignedCell,
) {
    trace.section("S7 coverage");
    let row = trace.take(2 + trace.rows_of(Size::Loose(SLACK_BITS)));
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    trace.copy(advice::A, row, debt);
    trace.copy(advice::B, row, ratio);
    trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, -scale);
    trace.copy(advice::A, row + 1, owed);
    trace.copy(advice::B, row + 1, ratio);
    let short = trace.arithmetic(row + 1, ArithmeticGate::Product, Fr::ONE, -Fr::ONE);
    trace.number(row + 2, short + total.value, Size::Loose(SLACK_BITS));
    trace.copy(advice::B, row + 2, total);
    trace.arithmetic(row + 2, ArithmeticGate::Plus, Fr::ONE, -Fr::ONE);
    trace.rule(row + 2, RowRule::Zero);
}
