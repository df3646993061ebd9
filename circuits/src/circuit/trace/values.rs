//! S2's totals, S3 and S4: what each asset's collateral and liabilities are worth.

use super::policy::{Asset, Policy};
use super::{Constants, Public, hold};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::witness::{AssetWitness, ValueWitness, Witness};
use crate::field::Fr;
use crate::numbers::VALUE_DIVISOR;
use crate::numbers::budget::TOTAL_BITS;
use ff::{Field, PrimeField};

/// Bits of 10^30.
const DIVISOR_BITS: u32 = 100;
const _: () = assert!(VALUE_DIVISOR >> DIVISOR_BITS == 0);

/// v_a and o_a of an asset.
pub(super) struct Value {
    pub(super) collateral: AssignedCell,
    pub(super) liability: AssignedCell,
}

pub(super) fn write(
    trace: &mut TraceBuilder,
    witness: &Witness,
    public: &Public<'_>,
    policy: &Policy,
    constants: &Constants,
    origin: Cell,
    positions: Cell,
) -> Vec<Value> {
    let mut sums = positions;
    let mut values = Vec::new();
    for (a, (asset, fields)) in witness.assets.iter().zip(&policy.assets).enumerate() {
        let price = public.price(a);
        priced(trace, fields, asset.inverse, price, constants);
        let netted = netted(trace, asset, fields);
        let (rest, collateral) = value(trace, &asset.collateral, price, -Fr::ONE);
        sums = key(
            trace,
            fields,
            RowRule::Key,
            rest,
            netted,
            asset.collateral.count,
            sums,
        );
        let (rest, liability) = value(trace, &asset.liability, price, Fr::ONE);
        sums = key(
            trace,
            fields,
            RowRule::LiabilityKey,
            rest,
            netted,
            asset.liability.count,
            sums,
        );
        values.push(Value {
            collateral,
            liability,
        });
    }
    trace.section("S2 totals");
    // S2. What the positions added is what the assets took away.
    trace.register_equal(sums, origin);
    values
}

/// S8. The price of an asset of the policy is not 0, or a debt in it would weigh nothing:
/// `(price + 1 - used) * inverse = 1`. The price of an unused slot may be anything: there is no
/// total for it to weigh.
///
/// # Soundness
/// In: the public price (H43), the used flag (H55), an inverse put freely. Out: nothing; a used
/// asset whose price is 0 has no inverse (H44).
///
/// # Cost
/// Three rows.
fn priced(
    trace: &mut TraceBuilder,
    fields: &Asset,
    inverse: Fr,
    price: AssignedCell,
    constants: &Constants,
) {
    trace.section("S8 prices");
    let row = trace.take(3);
    trace.copy(advice::A, row, price);
    let inverse = trace.put(advice::B, row, inverse);
    trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    trace.copy(advice::A, row + 1, fields.used);
    trace.copy(advice::B, row + 1, inverse);
    trace.arithmetic(row + 1, ArithmeticGate::Product, Fr::ONE, -Fr::ONE);
    trace.copy(advice::A, row + 2, constants.one);
    trace.copy(advice::B, row + 2, inverse);
    trace.arithmetic(row + 2, ArithmeticGate::Plus, Fr::ONE, -Fr::ONE);
    trace.rule(row + 2, RowRule::Zero);
}

/// S3. n_a, zero where the policy does not net the asset.
///
/// # Soundness
/// In: the flag's negation, a bit (H41). Out: a number; that it is at most the totals follows
/// from the rests being numbers and from what the key says of them (H40).
fn netted(trace: &mut TraceBuilder, asset: &AssetWitness, fields: &Asset) -> AssignedCell {
    trace.section("S3 netting");
    let row = trace.take(trace.rows_of(Size::Loose(TOTAL_BITS)));
    let (netted, _) = trace.number(row, asset.netted, Size::Loose(TOTAL_BITS));
    trace.copy(advice::B, row, fields.not_netting);
    trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    trace.rule(row, RowRule::Zero);
    netted
}

/// S4. `rest * price = value * 10^30 + remainder` (sign -1) or `- remainder` (sign +1),
/// with `0 <= remainder < 10^30`; returns the rest and the value.
///
/// # Soundness
/// In: the public price (H43). The limbs of the rest have room for far more than 2^129: that the
/// product does not wrap is H40 and H43. Out: the value, below 2^80 (H45), is the quotient that
/// is rounded against the prover, and the only one (H42).
///
/// # Cost
/// The rows of a total, of two numbers of 100 bits and of one of 80.
fn value(
    trace: &mut TraceBuilder,
    side: &ValueWitness,
    price: AssignedCell,
    sign: Fr,
) -> (AssignedCell, AssignedCell) {
    trace.section("S4 value");
    let (total, division) = (Size::Loose(TOTAL_BITS), Size::Loose(DIVISOR_BITS));
    let value = Size::Exact(ExactBits::Value);
    let sizes = [total, division, value].map(|size| trace.rows_of(size));
    let mut row = trace.take(sizes.iter().sum());
    let (rest, rows) = trace.number(row, side.rest, total);
    trace.copy(advice::B, row, price);
    trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    (1..rows).for_each(|i| hold(trace, row + i));
    row += rows;
    let (remainder, rows) = trace.number(row, side.remainder, division);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, sign);
    (1..rows).for_each(|i| hold(trace, row + i));
    row += rows;
    let (value, _) = trace.number(row, side.value, value);
    trace.arithmetic(
        row,
        ArithmeticGate::Linear,
        Fr::ONE,
        -Fr::from_u128(VALUE_DIVISOR),
    );
    trace.rule(row, RowRule::Zero);

    let row = trace.take(trace.rows_of(division));
    let most = Fr::from_u128(VALUE_DIVISOR - 1);
    trace.number(row, most - remainder.value, division);
    trace.copy(advice::B, row, remainder);
    trace.sums_to(row, most);
    (rest, value)
}

/// S2. Takes `(total + delta * count) / (gamma + id)` from the register, or the same over
/// `gamma + id + rho` for liabilities; the total is what is netted and the rest.
///
/// # Soundness
/// In: rest and netted (H40), used flag and id (H55, H57), a count put freely (H38). Out: the
/// register, which is 0 after the last asset only if every total is that of its positions (H33,
/// H36); an unused slot has none (H37).
///
/// # Cost
/// Two rows.
fn key(
    trace: &mut TraceBuilder,
    fields: &Asset,
    rule: RowRule,
    rest: AssignedCell,
    netted: AssignedCell,
    count: Fr,
    sums: Cell,
) -> Cell {
    trace.section("S2 totals");
    let row = trace.take(2);
    trace.copy(advice::A, row, rest);
    trace.copy(advice::B, row, netted);
    trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, Fr::ONE);
    trace.register_copy(row, sums);
    trace.copy(advice::A, row + 1, fields.used);
    trace.copy(advice::B, row + 1, fields.id);
    trace.put(trace.layout().d(), row + 1, count);
    hold(trace, row + 1);
    trace.register(row + 1, rule)
}
