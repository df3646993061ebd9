//! S5 to S7: in every scenario, what each asset counts for, the shares, the coverage.

use super::policy::Policy;
use super::values::Value;
use super::{Constants, Public, hold};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::Layout;
use crate::circuit::witness::Witness;
use crate::field::Fr;
use crate::numbers::budget::{STRESSED_BITS, SUM_COUNTED_BITS};
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};
use crate::shape::{GROUPS, TIERS};
use ff::{Field, PrimeField};

/// Bits of a slack of S6 or S7: a share or ratio times the counted collateral (H63, H65, H67).
const SLACK_BITS: u32 = SUM_COUNTED_BITS + 15;
const _: () = assert!(SLACK_BITS <= 131);

/// The rows of every tier block, taken before all others: they are the longest runs and
/// there are many.
pub(super) fn tier_rows(trace: &mut TraceBuilder, layout: &Layout) -> Vec<usize> {
    let rows = 1 + 2 * TIERS * layout.number_rows(STRESSED_BITS) + layout.number_rows(SLACK_BITS);
    let blocks = layout.shape.assets() * layout.shape.scenarios();
    (0..blocks).map(|_| trace.take_open_ended(rows)).collect()
}

#[allow(clippy::too_many_arguments)]
pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    policy: &Policy,
    values: &[Value],
    origin: Cell,
    tier_rows: &[usize],
) {
    let obligations = stressed_liabilities(trace, witness, policy, values, origin, constants);
    for (j, owed) in obligations.into_iter().enumerate() {
        let counts: Vec<Fr> = (0..values.len()).map(|a| counted(witness, a, j)).collect();
        let total: Fr = counts.iter().sum();
        let (total, expected) =
            shares_of_groups(trace, layout, witness, policy, &counts, total, origin);
        let mut dot = origin;
        for (a, value) in values.iter().enumerate() {
            let multiplier = match j.checked_sub(1) {
                None => constants.base,
                Some(i) => policy.assets[a].multipliers[i],
            };
            dot = tiers(
                trace,
                layout,
                witness,
                policy,
                Place {
                    asset: a,
                    scenario: j,
                },
                value,
                multiplier,
                total,
                dot,
                tier_rows[j * values.len() + a],
            );
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

/// c_a in a scenario.
fn counted(witness: &Witness, asset: usize, scenario: usize) -> Fr {
    let tiers = &witness.scenarios[scenario].tiers[asset];
    tiers
        .iter()
        .zip(witness.assets[asset].weights)
        .map(|(x, w)| *x * Fr::from(w))
        .sum()
}

struct Place {
    asset: usize,
    scenario: usize,
}

/// S5 and the asset's share (S6): the stressed value is placed into tiers, and what is not placed
/// is not counted. Adds `c_a` times the asset's groups to the register.
///
/// # Soundness
/// In: value (H45), multiplier and weights (H50, H51), widths (H4). What is placed and what is
/// left make the stressed value over the integers (H60, H61), and a tier holds its width at
/// most (H62). Out: c_a in `c` (H63), and the register with `c_a` times the groups' bits (H64).
///
/// # Cost
/// One row, the rows of eight numbers of 96 bits, and those of a slack.
#[allow(clippy::too_many_arguments)]
fn tiers(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    policy: &Policy,
    place: Place,
    value: &Value,
    multiplier: AssignedCell,
    total: AssignedCell,
    dot: Cell,
    row: usize,
) -> Cell {
    let Place { asset, scenario } = place;
    let fields = &policy.assets[asset];
    let xs = witness.scenarios[scenario].tiers[asset];
    let n = layout.number_rows(STRESSED_BITS);
    let mut at = row;

    trace.section("S5 tiers");
    trace.copy(advice::A, at, value.collateral);
    trace.copy(advice::B, at, multiplier);
    let mut left = trace.arithmetic(at, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    load(trace, at, RowRule::Load, left);
    at += 1;
    for (l, x) in xs.iter().enumerate() {
        if let Some(width) = fields.widths.get(l) {
            let slack = width.value * Fr::from_u128(WIDTH_SCALE) - x;
            trace.number(at, slack, Size::Loose(STRESSED_BITS));
            trace.copy(advice::B, at, *width);
            hold(trace, at);
            load(trace, at, RowRule::Width, left);
            keep(trace, at + 1, n - 1, left);
            at += n;
        }
        trace.number(at, *x, Size::Loose(STRESSED_BITS));
        trace.copy(advice::B, at, fields.weights[l]);
        // What the register held before the first tier is the value itself.
        let above = if l == 0 { Fr::ZERO } else { Fr::ONE };
        trace.arithmetic(at, ArithmeticGate::Product, above, Fr::ONE);
        left -= x;
        load(trace, at, RowRule::Take, left);
        keep(trace, at + 1, n - 1, left);
        at += n;
    }
    // What is left is u, and is not negative.
    trace.number(at, left, Size::Loose(STRESSED_BITS));
    hold(trace, at);
    load(trace, at, RowRule::Finish, Fr::ZERO);
    (1..n).for_each(|i| hold(trace, at + i));
    at += n;

    trace.section("S6 asset share");
    trace.register_copy(at - 2, fields.groups);
    trace.register_copy(at - 1, dot);
    let counted = trace.value(advice::C, at - 1);
    cap(trace, at, fields.share, total, counted);
    hold(trace, at);
    trace.register(at, RowRule::Dot)
}

fn load(trace: &mut TraceBuilder, row: usize, op: RowRule, value: Fr) {
    trace.put(trace.layout().d(), row, value);
    trace.rule(row, op);
}

/// Rows that keep both registers.
fn keep(trace: &mut TraceBuilder, from: usize, rows: usize, left: Fr) {
    for row in from..from + rows {
        hold(trace, row);
        load(trace, row, RowRule::Keep, left);
    }
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
    trace.copy(advice::B, row + 1, total);
    trace.rule(row, RowRule::Cap);
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
    layout: &Layout,
    witness: &Witness,
    policy: &Policy,
    counts: &[Fr],
    total: Fr,
    origin: Cell,
) -> (AssignedCell, Cell) {
    trace.section("S6 group shares");
    let row = trace.take(2);
    trace.register_copy(row, origin);
    let total = trace.put(advice::A, row + 1, total);
    trace.arithmetic(row + 1, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
    let mut register = trace.register(row + 1, RowRule::Horner);
    let n = layout.number_rows(SLACK_BITS);
    for g in (0..GROUPS).rev() {
        let members = witness
            .assets
            .iter()
            .zip(counts)
            .filter(|(a, _)| a.groups[g]);
        let share: Fr = members.map(|(_, c)| c).sum();
        let (least, most) = policy.shares[g];
        let row = trace.take(2 * n);
        trace.put(advice::C, row, share);
        let slack = share * Fr::from(u64::from(ONE_IN_BPS)) - least.value * total.value;
        trace.number(row, slack, Size::Loose(SLACK_BITS));
        trace.copy(advice::B, row, least);
        trace.copy(advice::B, row + 1, total);
        trace.rule(row, RowRule::Floor);
        // The register takes the sum in the row below, where `c` is held.
        trace.register_copy(row, register);
        register = trace.register(row + 1, RowRule::Horner);
        (1..n).for_each(|i| hold(trace, row + i));
        cap(trace, row + n, most, total, share);
        hold(trace, row + n);
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
/// Three rows an asset, one a scenario.
fn stressed_liabilities(
    trace: &mut TraceBuilder,
    witness: &Witness,
    policy: &Policy,
    values: &[Value],
    origin: Cell,
    constants: &Constants,
) -> Vec<AssignedCell> {
    trace.section("S7 stressed liabilities");
    let mut dot = origin;
    for (fields, value) in policy.assets.iter().zip(values) {
        let row = trace.take(3);
        trace.register_copy(row, fields.stressed);
        trace.register_copy(row + 1, dot);
        trace.copy(advice::A, row + 2, value.liability);
        trace.arithmetic(row + 2, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
        dot = trace.register(row + 2, RowRule::Dot);
    }
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
                let sum = values
                    .iter()
                    .enumerate()
                    .map(|(a, v)| v.liability.value * witness.multiplier(*j, a))
                    .sum();
                sums[*j] = Some(trace.put(advice::A, row, sum));
            }
        }
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
        register = trace.register(row, RowRule::Horner);
    }
    trace.register_equal(dot, register);
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
