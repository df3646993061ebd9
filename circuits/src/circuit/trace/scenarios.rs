//! S5 to S7: in every scenario, what each asset counts for, the shares, the coverage.

use super::policy::Policy;
use super::values::{Value, Values};
use super::{Constants, Public, hold, hold_all, multiple};
use crate::circuit::builder::{AssignedCell, Cell, Free, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::{Layout, SLACK_BITS};
use crate::circuit::witness::Witness;
use crate::field::Fr;
use crate::numbers::budget::{COUNTED_BITS, OFFSET_BITS, STRESSED_BITS};
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};
use crate::shape::{GROUPS, Shape};
use ff::{Field, PrimeField};

// A line is below 2^110 (H60): a weight is at most 10^4, which is less than 14 bits.
const _: () =
    assert!(((ONE_IN_BPS as u128) << STRESSED_BITS) + (1 << OFFSET_BITS) < 1 << COUNTED_BITS);

/// Rows that are taken before all others: they are the longest runs.
pub(super) struct Reserved {
    /// Of each scenario, those of the shares of groups.
    groups: Vec<usize>,
    /// Of each block of lines, narrow. Wide they are many and short, and fill what all else leaves.
    lines: Vec<usize>,
}

/// Takes them: lines beside the table of weights first, which have no form.
pub(super) fn reserve(trace: &mut TraceBuilder, layout: &Layout, shape: Shape) -> Reserved {
    let (assets, scenarios) = (shape.assets(), shape.scenarios());
    let blocks = if layout.is_wide() {
        0
    } else {
        assets * scenarios
    };
    let lines = (0..blocks).map(|_| trace.take_less(layout.block_rows(), Free::Formless));
    let lines = lines.collect();
    let rows = 2 + GROUPS * 2 * layout.share_rows();
    let groups = (0..scenarios).map(|_| trace.take(rows)).collect();
    Reserved { groups, lines }
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
    reserved: &Reserved,
) {
    let debt = public.debt();
    let obligations = obligations(trace, witness, policy, values, origin, constants, debt);
    let shares = witness.scenarios.iter().zip(&reserved.groups);
    let shares: Vec<(AssignedCell, Cell)> = shares
        .map(|(scenario, row)| {
            shares_of_groups(trace, *row, witness, policy, &scenario.counted, origin)
        })
        .collect();
    let lines = match layout.packs_lines() {
        true => packed_lines,
        false => lines,
    };
    for (j, ((total, expected), obligation)) in shares.into_iter().zip(obligations).enumerate() {
        let mut dot = origin;
        for (a, value) in values.assets.iter().enumerate() {
            let multiplier = match j.checked_sub(1) {
                None => constants.base,
                Some(i) => policy.assets[a].multipliers[i],
            };
            let row = match reserved.lines.get(j * values.assets.len() + a) {
                Some(row) => *row,
                None => trace.take_less(layout.block_rows(), Free::Formless),
            };
            let counted = witness.scenarios[j].counted[a];
            let fields = &policy.assets[a];
            dot = lines(
                trace, layout, fields, counted, value, multiplier, total, dot, row,
            );
        }
        trace.section("S6 group shares");
        // The counted collateral of the groups and of all is the sum over the assets.
        trace.register_equal(dot, expected);
        let ratio = match j.checked_sub(1) {
            None => public.ratio(),
            Some(i) => policy.ratios[i],
        };
        coverage(trace, ratio, obligation, total);
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
            trace.rule(row, RowRule::Stressed);
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

/// The same in four rows, where rows have limbs for more than a line.
///
/// # Soundness
/// As [`lines`], by the gates of `gates/lines.rs`.
///
/// # Cost
/// Four rows.
#[allow(clippy::too_many_arguments)]
fn packed_lines(
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
    trace.section("S5 lines");
    let [w1, w2, w3, w4] = [0, 1, 2, 3].map(|l| fields.weights[l]);
    let [width1, width2, width3] = [0, 1, 2].map(|l| fields.widths[l]);
    let scale = Fr::from_u128(WIDTH_SCALE);
    let stressed = value.collateral.value * multiplier.value;
    let beyond1 = stressed - width1.value * scale;
    let beyond2 = beyond1 - width2.value * scale;
    let beyond3 = beyond2 - width3.value * scale;
    let slack1 = w1.value * stressed - counted;
    let slack2 = slack1 + (w2.value - w1.value) * beyond1;
    let slack3 = slack2 + (w3.value - w2.value) * beyond2;
    let slack4 = slack3 + (w4.value - w3.value) * beyond3;
    let share = fields.share.value * total.value - counted * Fr::from(u64::from(ONE_IN_BPS));

    trace.copy(advice::A, row, fields.share);
    trace.put(advice::A, row + 1, counted);
    trace.copy(advice::A, row + 2, w4);
    trace.put(advice::A, row + 3, slack2);
    let beside = [value.collateral, w1, w2, w3];
    let operands = [multiplier, total, width1, width2];
    for (i, (b, operand)) in beside.into_iter().zip(operands).enumerate() {
        trace.copy(advice::B, row + i, b);
        trace.operand(row + i, operand);
    }
    for (i, c) in [stressed, stressed, beyond1, beyond2]
        .into_iter()
        .enumerate()
    {
        trace.put(advice::C, row + i, c);
    }
    let (first, last) = (0..layout.line_limbs(), layout.rest_limbs()..layout.limbs);
    let limbs = [last.clone(), first.clone(), last, first];
    for (i, (number, limbs)) in [counted, slack1, slack2, slack3]
        .into_iter()
        .zip(limbs)
        .enumerate()
    {
        trace.part(row + i, limbs, number);
    }
    trace.halves(row, share);
    trace.halves(row + 2, slack4);
    trace.rule(row, RowRule::Stressed);
    trace.rule(row + 2, RowRule::Line);
    trace.rule(row + 3, RowRule::LastLine);
    trace.register_copy(row, dot);
    trace.register_copy(row + 2, fields.groups);
    trace.register_copy(row + 3, width3.cell);
    trace.register(row + 1, RowRule::Counted)
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

/// A total, put freely in the second of two rows, and the register that begins with it: that of
/// all assets is over rho^15.
pub(super) fn total(
    trace: &mut TraceBuilder,
    row: usize,
    total: Fr,
    origin: Cell,
) -> (AssignedCell, Cell) {
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
    first: usize,
    witness: &Witness,
    policy: &Policy,
    counts: &[Fr],
    origin: Cell,
) -> (AssignedCell, Cell) {
    trace.section("S6 group shares");
    let n = trace.rows_of(Size::Loose(SLACK_BITS));
    let (total, mut register) = total(trace, first, counts.iter().sum(), origin);
    for (i, g) in (0..GROUPS).rev().enumerate() {
        let sum = sum_of_groups(witness, counts, g);
        let (least, most) = policy.shares[g];
        // The register above is that of the group before; of the first, the total's.
        let floor = first + 2 + i * 2 * n;
        if i > 0 {
            trace.register_copy(floor - 1, register);
        }
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

/// `10^4 debt + sum o_a m_{j,a}` for every scenario at once, the sums as powers of rho.
///
/// # Soundness
/// In: values owed (H45), multipliers in the register (H50, H51), the debt (H70). Out:
/// obligations put freely, which without the debt are sums whose powers of rho add up to those of
/// the assets (H66).
///
/// # Cost
/// A row a scenario, and three.
fn obligations(
    trace: &mut TraceBuilder,
    witness: &Witness,
    policy: &Policy,
    values: &Values,
    origin: Cell,
    constants: &Constants,
    debt: AssignedCell,
) -> Vec<AssignedCell> {
    trace.section("S7 obligations");
    // The debt in basis points, less than 0.
    let less = multiple(trace, debt, -Fr::from(u64::from(ONE_IN_BPS)));

    let row = trace.take(1 + policy.sequence.len());
    trace.register_copy(row, origin);
    let mut register = origin;
    let mut obligations = vec![None; witness.shape.scenarios()];
    for (i, scenario) in policy.sequence.iter().enumerate() {
        let row = row + 1 + i;
        match scenario {
            None => {
                trace.copy(advice::A, row, constants.zero);
                trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
            }
            Some(j) => {
                let owed = values.assets.iter().enumerate();
                let owed = owed.map(|(a, v)| v.liability.value * witness.multiplier(*j, a));
                let obligation = owed.sum::<Fr>() - less.value;
                obligations[*j] = Some(trace.put(advice::A, row, obligation));
                trace.copy(advice::B, row, less);
                trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, Fr::ONE);
            }
        }
        register = trace.register(row, RowRule::Horner);
    }
    trace.register_equal(values.owed, register);
    obligations.into_iter().flatten().collect()
}

/// S7. `C - ratio * obligation >= 0`.
///
/// # Soundness
/// In: base ratio, which the statement types (H70), obligations (H66), C (H64). The difference is a
/// number, so that it is not negative (H67).
///
/// # Cost
/// A row and those of a slack.
fn coverage(
    trace: &mut TraceBuilder,
    ratio: AssignedCell,
    obligation: AssignedCell,
    total: AssignedCell,
) {
    trace.section("S7 coverage");
    let row = trace.take(1 + trace.rows_of(Size::Loose(SLACK_BITS)));
    trace.copy(advice::A, row, obligation);
    trace.copy(advice::B, row, ratio);
    let short = trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, -Fr::ONE);
    trace.number(row + 1, short + total.value, Size::Loose(SLACK_BITS));
    trace.copy(advice::B, row + 1, total);
    trace.arithmetic(row + 1, ArithmeticGate::Plus, Fr::ONE, -Fr::ONE);
    trace.rule(row + 1, RowRule::Zero);
}
