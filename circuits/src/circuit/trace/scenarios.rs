//! S5 to S7: in every scenario, what each asset counts for, the shares, the coverage.

use super::policy::Policy;
use super::values::Value;
use super::{Constants, Public, hold};
use crate::circuit::columns::{Form, Rule, advice};
use crate::circuit::layout::Layout;
use crate::circuit::sheet::{Cell, Held, Sheet, Size};
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
pub(super) fn tier_rows(sheet: &mut Sheet, layout: &Layout) -> Vec<usize> {
    let rows = 1 + 2 * TIERS * layout.number_rows(STRESSED_BITS) + layout.number_rows(SLACK_BITS);
    let blocks = layout.shape.assets() * layout.shape.scenarios();
    (0..blocks).map(|_| sheet.take_open_ended(rows)).collect()
}

#[allow(clippy::too_many_arguments)]
pub(super) fn write(
    sheet: &mut Sheet,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    policy: &Policy,
    values: &[Value],
    origin: Cell,
    tier_rows: &[usize],
) {
    let obligations = stressed_liabilities(sheet, witness, policy, values, origin, constants);
    for (j, owed) in obligations.into_iter().enumerate() {
        let counts: Vec<Fr> = (0..values.len()).map(|a| counted(witness, a, j)).collect();
        let total: Fr = counts.iter().sum();
        let (total, expected) =
            shares_of_groups(sheet, layout, witness, policy, &counts, total, origin);
        let mut dot = origin;
        for (a, value) in values.iter().enumerate() {
            let multiplier = match j.checked_sub(1) {
                None => constants.base,
                Some(i) => policy.assets[a].multipliers[i],
            };
            dot = tiers(
                sheet,
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
        sheet.section("S6 group shares");
        // The counted collateral of the groups and of all is the sum over the assets.
        sheet.register_equal(dot, expected);
        let ratio = match j.checked_sub(1) {
            None => public.ratio(),
            Some(i) => policy.ratios[i],
        };
        coverage(sheet, public.debt(), ratio, owed, total);
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

/// S5 and the asset's share (S6): the stressed value (H60) is placed into tiers (H61, H62),
/// and what is not placed is not counted. Adds `c_a` times the asset's groups to the register.
#[allow(clippy::too_many_arguments)]
fn tiers(
    sheet: &mut Sheet,
    layout: &Layout,
    witness: &Witness,
    policy: &Policy,
    place: Place,
    value: &Value,
    multiplier: Held,
    total: Held,
    dot: Cell,
    row: usize,
) -> Cell {
    let Place { asset, scenario } = place;
    let fields = &policy.assets[asset];
    let xs = witness.scenarios[scenario].tiers[asset];
    let n = layout.number_rows(STRESSED_BITS);
    let mut at = row;

    sheet.section("S5 tiers");
    sheet.copy(advice::A, at, value.collateral);
    sheet.copy(advice::B, at, multiplier);
    let mut left = sheet.arithmetic(at, Form::Product, Fr::ZERO, Fr::ONE);
    load(sheet, at, Rule::Load, left);
    at += 1;
    for (l, x) in xs.iter().enumerate() {
        if let Some(width) = fields.widths.get(l) {
            let slack = width.value * Fr::from_u128(WIDTH_SCALE) - x;
            sheet.number(at, slack, Size::Loose(STRESSED_BITS));
            sheet.copy(advice::B, at, *width);
            hold(sheet, at);
            load(sheet, at, Rule::Width, left);
            keep(sheet, at + 1, n - 1, left);
            at += n;
        }
        sheet.number(at, *x, Size::Loose(STRESSED_BITS));
        sheet.copy(advice::B, at, fields.weights[l]);
        // What the register held before the first tier is the value itself.
        let above = if l == 0 { Fr::ZERO } else { Fr::ONE };
        sheet.arithmetic(at, Form::Product, above, Fr::ONE);
        left -= x;
        load(sheet, at, Rule::Take, left);
        keep(sheet, at + 1, n - 1, left);
        at += n;
    }
    // What is left is u, and is not negative.
    sheet.number(at, left, Size::Loose(STRESSED_BITS));
    hold(sheet, at);
    load(sheet, at, Rule::Finish, Fr::ZERO);
    (1..n).for_each(|i| hold(sheet, at + i));
    at += n;

    sheet.section("S6 asset share");
    sheet.register_copy(at - 2, fields.groups);
    sheet.register_copy(at - 1, dot);
    let counted = sheet.value(advice::C, at - 1);
    cap(sheet, at, fields.share, total, counted);
    hold(sheet, at);
    sheet.register(at, Rule::Dot)
}

fn load(sheet: &mut Sheet, row: usize, op: Rule, value: Fr) {
    sheet.put(sheet.layout().d(), row, value);
    sheet.rule(row, op);
}

/// Rows that keep both registers.
fn keep(sheet: &mut Sheet, from: usize, rows: usize, left: Fr) {
    for row in from..from + rows {
        hold(sheet, row);
        load(sheet, row, Rule::Keep, left);
    }
}

/// `share * total - 10^4 * c >= 0`; `c` stands in the register.
fn cap(sheet: &mut Sheet, row: usize, share: Held, total: Held, counted: Fr) {
    let slack = share.value * total.value - Fr::from(u64::from(ONE_IN_BPS)) * counted;
    sheet.number(row, slack, Size::Loose(SLACK_BITS));
    sheet.copy(advice::B, row, share);
    sheet.copy(advice::B, row + 1, total);
    sheet.rule(row, Rule::Cap);
}

/// S6 for groups: both shares of each. The register takes `C rho^15 + sum S_g rho^g`,
/// which must equal what the assets add up to (H64). C and the sums have no range of their own. Returns C and the register.
fn shares_of_groups(
    sheet: &mut Sheet,
    layout: &Layout,
    witness: &Witness,
    policy: &Policy,
    counts: &[Fr],
    total: Fr,
    origin: Cell,
) -> (Held, Cell) {
    sheet.section("S6 group shares");
    let row = sheet.take(2);
    sheet.register_copy(row, origin);
    let total = sheet.put(advice::A, row + 1, total);
    sheet.arithmetic(row + 1, Form::Linear, Fr::ZERO, Fr::ONE);
    let mut register = sheet.register(row + 1, Rule::Horner);
    let n = layout.number_rows(SLACK_BITS);
    for g in (0..GROUPS).rev() {
        let members = witness
            .assets
            .iter()
            .zip(counts)
            .filter(|(a, _)| a.groups[g]);
        let share: Fr = members.map(|(_, c)| c).sum();
        let (least, most) = policy.shares[g];
        let row = sheet.take(2 * n);
        sheet.put(advice::C, row, share);
        let slack = share * Fr::from(u64::from(ONE_IN_BPS)) - least.value * total.value;
        sheet.number(row, slack, Size::Loose(SLACK_BITS));
        sheet.copy(advice::B, row, least);
        sheet.copy(advice::B, row + 1, total);
        sheet.rule(row, Rule::Floor);
        // The register takes the sum in the row below, where `c` is held.
        sheet.register_copy(row, register);
        register = sheet.register(row + 1, Rule::Horner);
        (1..n).for_each(|i| hold(sheet, row + i));
        cap(sheet, row + n, most, total, share);
        hold(sheet, row + n);
    }
    (total, register)
}

/// `O_j = sum o_a m_{j,a}` for every scenario at once, as powers of rho (H66).
fn stressed_liabilities(
    sheet: &mut Sheet,
    witness: &Witness,
    policy: &Policy,
    values: &[Value],
    origin: Cell,
    constants: &Constants,
) -> Vec<Held> {
    sheet.section("S7 stressed liabilities");
    let mut dot = origin;
    for (fields, value) in policy.assets.iter().zip(values) {
        let row = sheet.take(3);
        sheet.register_copy(row, fields.stressed);
        sheet.register_copy(row + 1, dot);
        sheet.copy(advice::A, row + 2, value.liability);
        sheet.arithmetic(row + 2, Form::Linear, Fr::ZERO, Fr::ONE);
        dot = sheet.register(row + 2, Rule::Dot);
    }
    let row = sheet.take(1 + policy.sequence.len());
    sheet.register_copy(row, origin);
    let mut register = origin;
    let mut sums = vec![None; witness.shape.scenarios()];
    for (i, scenario) in policy.sequence.iter().enumerate() {
        let row = row + 1 + i;
        match scenario {
            None => {
                sheet.copy(advice::A, row, constants.zero);
            }
            Some(j) => {
                let sum = values
                    .iter()
                    .enumerate()
                    .map(|(a, v)| v.liability.value * witness.multiplier(*j, a))
                    .sum();
                sums[*j] = Some(sheet.put(advice::A, row, sum));
            }
        }
        sheet.arithmetic(row, Form::Linear, Fr::ZERO, Fr::ONE);
        register = sheet.register(row, Rule::Horner);
    }
    sheet.register_equal(dot, register);
    sums.into_iter().flatten().collect()
}

/// S7. `C - ratio * (10^4 * debt + O) >= 0`; debt and base ratio are typed (H67, H70).
fn coverage(sheet: &mut Sheet, debt: Held, ratio: Held, owed: Held, total: Held) {
    sheet.section("S7 coverage");
    let row = sheet.take(2 + sheet.rows_of(Size::Loose(SLACK_BITS)));
    let scale = Fr::from(u64::from(ONE_IN_BPS));
    sheet.copy(advice::A, row, debt);
    sheet.copy(advice::B, row, ratio);
    sheet.arithmetic(row, Form::Product, Fr::ZERO, -scale);
    sheet.copy(advice::A, row + 1, owed);
    sheet.copy(advice::B, row + 1, ratio);
    let short = sheet.arithmetic(row + 1, Form::Product, Fr::ONE, -Fr::ONE);
    sheet.number(row + 2, short + total.value, Size::Loose(SLACK_BITS));
    sheet.copy(advice::B, row + 2, total);
    sheet.arithmetic(row + 2, Form::Plus, Fr::ONE, -Fr::ONE);
    sheet.rule(row + 2, Rule::Zero);
}
