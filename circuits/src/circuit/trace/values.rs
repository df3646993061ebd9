//! S2's totals, S3 and S4: what each asset's collateral and liabilities are worth.

use super::policy::{Asset, Policy};
use super::scenarios::total as total_of;
use super::{Constants, Public, hold, hold_all};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::layout::SLACK_BITS;
use crate::circuit::witness::{AssetWitness, ValueWitness, Witness};
use crate::field::Fr;
use crate::numbers::budget::TOTAL_BITS;
use crate::numbers::{ONE_IN_BPS, VALUE_DIVISOR};
use ff::{Field, PrimeField};

/// Bits of 10^30.
const DIVISOR_BITS: u32 = 100;
const _: () = assert!(VALUE_DIVISOR >> DIVISOR_BITS == 0);

/// v_a and o_a of an asset, and the registers that they add to.
pub(super) struct Value {
    pub(super) collateral: AssignedCell,
    pub(super) liability: AssignedCell,
}

/// Values, and what they add up to.
pub(super) struct Values {
    pub(super) assets: Vec<Value>,
    /// `sum v_a`, put freely, and the register that begins with it.
    pub(super) total: (AssignedCell, Cell),
    /// `sum v_a` times the asset's groups and used flag, over rho.
    pub(super) held: Cell,
    /// `sum o_a` times the asset's multipliers, over rho.
    pub(super) owed: Cell,
}

pub(super) fn write(
    trace: &mut TraceBuilder,
    witness: &Witness,
    public: &Public<'_>,
    policy: &Policy,
    constants: &Constants,
    origin: Cell,
    positions: Cell,
) -> Values {
    trace.section("S6 held shares");
    let total = witness.assets.iter().map(|asset| asset.collateral.value);
    let row = trace.take(2);
    let total = total_of(trace, row, total.sum(), origin);
    let mut sums = empty(trace, witness, constants, positions);
    let (mut held, mut owed) = (origin, origin);
    let mut assets = Vec::new();
    for (a, (asset, fields)) in witness.assets.iter().zip(&policy.assets).enumerate() {
        let price = public.price(a);
        priced(trace, fields, asset.inverse, price);
        let cap = Some((fields.held_share, total.0));
        let side = (&asset.collateral, -Fr::ONE);
        let (rest, collateral, next) = value(trace, side, price, fields.groups, held, cap);
        held = next;
        let netted = netted(trace, asset, fields, rest);
        let (id, count) = (fields.id, asset.collateral.count);
        sums = key(
            trace,
            RowRule::Key,
            netted.row,
            fields.used,
            id,
            count,
            sums,
        );
        let side = (&asset.liability, Fr::ONE);
        let (rest, liability, next) = value(trace, side, price, fields.stressed, owed, None);
        owed = next;
        let row = trace.take(1 + trace.operand_rows());
        trace.copy(advice::A, row, rest);
        trace.copy(advice::B, row, netted.cell);
        trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, Fr::ONE);
        let count = asset.liability.count;
        sums = key(
            trace,
            RowRule::LiabilityKey,
            row + 1,
            fields.may_owe,
            id,
            count,
            sums,
        );
        assets.push(Value {
            collateral,
            liability,
        });
    }
    trace.section("S2 totals");
    // S2. What the positions added is what the assets took away.
    trace.register_equal(sums, origin);
    Values {
        assets,
        total,
        held,
        owed,
    }
}

/// S2. Empty positions that count: the id 0, which no asset has, with a total of 0.
///
/// # Soundness
/// In: counts put freely (H38). Out: the register, which an entry of id 0 with an amount keeps
/// from ending at 0 (H32).
///
/// # Cost
/// Two rows.
fn empty(
    trace: &mut TraceBuilder,
    witness: &Witness,
    constants: &Constants,
    positions: Cell,
) -> Cell {
    trace.section("S2 totals");
    let (collateral, liability) = witness.empty;
    let mut sums = positions;
    for (rule, count) in [
        (RowRule::Key, collateral),
        (RowRule::LiabilityKey, liability),
    ] {
        let row = trace.take(1 + trace.operand_rows());
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
        trace.copy(advice::A, row, constants.zero);
        sums = key(
            trace,
            rule,
            row + 1,
            constants.one,
            constants.zero,
            count,
            sums,
        );
    }
    sums
}

/// S8. The price of an asset of the policy is not 0, or a debt in it would weigh nothing:
/// `price * inverse = used`. That of an unused slot is 0, so that nothing there has a value.
///
/// # Soundness
/// In: the public price (H43), the used flag (H55), an inverse put freely. Out: nothing; a used
/// asset whose price is 0 has no inverse (H44).
///
/// # Cost
/// A row.
fn priced(trace: &mut TraceBuilder, fields: &Asset, inverse: Fr, price: AssignedCell) {
    trace.section("S8 prices");
    let row = trace.take(trace.operand_rows());
    trace.copy(advice::A, row, price);
    trace.put(advice::B, row, inverse);
    trace.operand(row, fields.used);
    trace.rule(row, RowRule::Priced);
    if !trace.layout().is_wide() {
        trace.bare(row + 1);
    }
}

/// n_a, and the row below in which `c` is still T_a.
struct Netted {
    cell: AssignedCell,
    row: usize,
}

/// S3. n_a, zero where the policy does not net the asset; `c` is the total of collateral.
///
/// # Soundness
/// In: the flag, a bit (H41), the rest (H40). Out: a number; that it is at most the totals
/// follows from the rests being numbers and from what the key says of them (H40).
fn netted(
    trace: &mut TraceBuilder,
    asset: &AssetWitness,
    fields: &Asset,
    rest: AssignedCell,
) -> Netted {
    trace.section("S3 netting");
    let rows = trace.rows_of(Size::Loose(TOTAL_BITS));
    let row = trace.take(rows + trace.operand_rows());
    let (cell, _) = trace.number(row, asset.netted, Size::Loose(TOTAL_BITS));
    trace.copy(advice::B, row, rest);
    trace.operand(row, fields.netting);
    trace.rule(row, RowRule::OnlyIf);
    trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, Fr::ONE);
    hold_all(trace, row + 1..row + rows);
    Netted {
        cell,
        row: row + rows,
    }
}

/// S4. `rest * price = value * 10^30 + remainder` (sign -1) or `- remainder` (sign +1),
/// with `0 <= remainder < 10^30`; returns the rest, the value, and the register with the value
/// times another.
///
/// # Soundness
/// In: the public price (H43). The limbs of the rest have room for far more than 2^129: that the
/// product does not wrap is H40 and H43. Out: the value, below 2^80 (H45), is the quotient that
/// is rounded against the prover, and the only one (H42).
///
/// Of collateral, the value is at most its share of all that is held (S6): the slack is a number
/// (H65).
///
/// # Cost
/// The rows of a total, of two numbers of 100 bits and of one of 80; of a slack.
fn value(
    trace: &mut TraceBuilder,
    (side, sign): (&ValueWitness, Fr),
    price: AssignedCell,
    factor: Cell,
    sum: Cell,
    cap: Option<(AssignedCell, AssignedCell)>,
) -> (AssignedCell, AssignedCell, Cell) {
    trace.section("S4 value");
    let (total, division) = (Size::Loose(TOTAL_BITS), Size::Loose(DIVISOR_BITS));
    let value = Size::Exact(ExactBits::Value);
    let slack = Size::Loose(SLACK_BITS);
    let sizes = [total, division, value, division].map(|size| trace.rows_of(size));
    let slack_rows = cap.map_or(0, |_| trace.rows_of(slack));
    let mut row = trace.take(sizes.iter().sum::<usize>() + slack_rows);
    let (rest, rows) = trace.number(row, side.rest, total);
    trace.copy(advice::B, row, price);
    trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    hold_all(trace, row + 1..row + rows);
    row += rows;
    let (remainder, rows) = trace.number(row, side.remainder, division);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, sign);
    hold_all(trace, row + 1..row + rows);
    row += rows;
    if let Some((share, total)) = cap {
        // The value follows, so far below as c_a below the slack of a counted share.
        trace.section("S6 held shares");
        let counted = side.value * Fr::from(u64::from(ONE_IN_BPS));
        trace.number(row, share.value * total.value - counted, slack);
        trace.copy(advice::B, row, share);
        trace.operand(row, total);
        trace.rule(row, RowRule::Share);
        hold_all(trace, row..row + slack_rows);
        row += slack_rows;
        trace.section("S4 value");
    }
    let (value, rows) = trace.number(row, side.value, value);
    let divisor = Fr::from_u128(VALUE_DIVISOR);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, -divisor);
    trace.register_copy(row - 1, sum);
    trace.register_copy(row + 1, factor);
    let sum = trace.register(row, RowRule::ZeroDot);
    row += rows;
    let most = Fr::from_u128(VALUE_DIVISOR - 1);
    trace.number(row, most - remainder.value, division);
    trace.copy(advice::B, row, remainder);
    trace.sums_to(row, most);
    (rest, value, sum)
}

/// S2. Takes `(total + delta * count) / (gamma + id)` from the register, times a challenge for
/// liabilities; the total is `c` of the row above.
///
/// # Soundness
/// In: the total (H40), whether there is such an asset and whether it may be owed, and its id
/// (H41, H55, H57), a count put freely (H38). Out: the register, which is 0 after the last asset
/// only if every total is that of its positions (H33, H36); a slot without an asset takes
/// nothing away (H37).
///
/// # Cost
/// A row.
fn key(
    trace: &mut TraceBuilder,
    rule: RowRule,
    row: usize,
    listed: AssignedCell,
    id: AssignedCell,
    count: Fr,
    sums: Cell,
) -> Cell {
    trace.section("S2 totals");
    trace.register_copy(row - 1, sums);
    trace.put(advice::A, row, count);
    trace.copy(advice::B, row, id);
    trace.operand(row, listed);
    hold(trace, row);
    if !trace.layout().is_wide() {
        trace.bare(row + 1);
    }
    trace.register(row, rule)
}
