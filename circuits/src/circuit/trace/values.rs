//! S2's totals, S3 and S4: what each asset's collateral and liabilities are worth.

use super::policy::{Asset, Policy};
use super::{Constants, Public, hold};
use crate::circuit::columns::{Form, Rule, Top, advice};
use crate::circuit::sheet::{Cell, Held, Sheet, Size};
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
    pub(super) collateral: Held,
    pub(super) liability: Held,
}

pub(super) fn write(
    sheet: &mut Sheet,
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
        priced(sheet, fields, asset.inverse, price, constants);
        let netted = netted(sheet, asset, fields);
        let (rest, collateral) = value(sheet, &asset.collateral, price, -Fr::ONE);
        sums = key(
            sheet,
            fields,
            Rule::Key,
            rest,
            netted,
            asset.collateral.count,
            sums,
        );
        let (rest, liability) = value(sheet, &asset.liability, price, Fr::ONE);
        sums = key(
            sheet,
            fields,
            Rule::LiabilityKey,
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
    sheet.section("S2 totals");
    // S2. What the positions added is what the assets took away.
    sheet.register_equal(sums, origin);
    values
}

/// S8. The price of an asset of the policy is not 0, or a debt in it would weigh nothing:
/// `(price + 1 - used) * inverse = 1` (H44). The price of an unused slot may be anything: there
/// is no total for it to weigh.
fn priced(sheet: &mut Sheet, fields: &Asset, inverse: Fr, price: Held, constants: &Constants) {
    sheet.section("S8 prices");
    let row = sheet.take(3);
    sheet.copy(advice::A, row, price);
    let inverse = sheet.put(advice::B, row, inverse);
    sheet.arithmetic(row, Form::Product, Fr::ZERO, Fr::ONE);
    sheet.copy(advice::A, row + 1, fields.used);
    sheet.copy(advice::B, row + 1, inverse);
    sheet.arithmetic(row + 1, Form::Product, Fr::ONE, -Fr::ONE);
    sheet.copy(advice::A, row + 2, constants.one);
    sheet.copy(advice::B, row + 2, inverse);
    sheet.arithmetic(row + 2, Form::Plus, Fr::ONE, -Fr::ONE);
    sheet.rule(row + 2, Rule::Zero);
}

/// S3. n_a, zero where the policy does not net the asset (H41). That it is at most the totals
/// follows from the rests being numbers and from what the key says of them (H40).
fn netted(sheet: &mut Sheet, asset: &AssetWitness, fields: &Asset) -> Held {
    sheet.section("S3 netting");
    let row = sheet.take(sheet.rows_of(Size::Loose(TOTAL_BITS)));
    let (netted, _) = sheet.number(row, asset.netted, Size::Loose(TOTAL_BITS));
    sheet.copy(advice::B, row, fields.not_netting);
    sheet.arithmetic(row, Form::Product, Fr::ZERO, Fr::ONE);
    sheet.rule(row, Rule::Zero);
    netted
}

/// S4. `rest * price = value * 10^30 + remainder` (sign -1) or `- remainder` (sign +1),
/// with `0 <= remainder < 10^30` (H42); returns the rest and the value. The limbs of the rest
/// have room for far more than 2^129: that the product does not wrap is H40 and H43.
fn value(sheet: &mut Sheet, side: &ValueWitness, price: Held, sign: Fr) -> (Held, Held) {
    sheet.section("S4 value");
    let (total, division) = (Size::Loose(TOTAL_BITS), Size::Loose(DIVISOR_BITS));
    let value = Size::Exact(Top::Value);
    let sizes = [total, division, value].map(|size| sheet.rows_of(size));
    let mut row = sheet.take(sizes.iter().sum());
    let (rest, rows) = sheet.number(row, side.rest, total);
    sheet.copy(advice::B, row, price);
    sheet.arithmetic(row, Form::Product, Fr::ZERO, Fr::ONE);
    (1..rows).for_each(|i| hold(sheet, row + i));
    row += rows;
    let (remainder, rows) = sheet.number(row, side.remainder, division);
    sheet.arithmetic(row, Form::Linear, Fr::ONE, sign);
    (1..rows).for_each(|i| hold(sheet, row + i));
    row += rows;
    let (value, _) = sheet.number(row, side.value, value);
    sheet.arithmetic(row, Form::Linear, Fr::ONE, -Fr::from_u128(VALUE_DIVISOR));
    sheet.rule(row, Rule::Zero);

    let row = sheet.take(sheet.rows_of(division));
    let most = Fr::from_u128(VALUE_DIVISOR - 1);
    sheet.number(row, most - remainder.value, division);
    sheet.copy(advice::B, row, remainder);
    sheet.sums_to(row, most);
    (rest, value)
}

/// S2. Takes `(total + delta * count) / (gamma + id)` from the register, or the same over
/// `gamma + id + rho` for liabilities (H33); the total is what is netted and the rest (H40).
fn key(
    sheet: &mut Sheet,
    fields: &Asset,
    rule: Rule,
    rest: Held,
    netted: Held,
    count: Fr,
    sums: Cell,
) -> Cell {
    sheet.section("S2 totals");
    let row = sheet.take(2);
    sheet.copy(advice::A, row, rest);
    sheet.copy(advice::B, row, netted);
    sheet.arithmetic(row, Form::Plus, Fr::ZERO, Fr::ONE);
    sheet.register_copy(row, sums);
    sheet.copy(advice::A, row + 1, fields.used);
    sheet.copy(advice::B, row + 1, fields.id);
    sheet.put(sheet.layout().d(), row + 1, count);
    hold(sheet, row + 1);
    sheet.register(row + 1, rule)
}
