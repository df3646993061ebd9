//! S8: an asset's fields and those of the policy, put and range-checked, and the words into which
//! they are packed: a word is `c` of its last row, its fields entering from the highest.

use super::super::{Constants, hold, hold_all};
use super::{Asset, bit};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::witness::{AssetWitness, Witness};
use crate::field::{Fr, two_pow};
use crate::numbers::{ASSET_ID_BITS, ONE_IN_BPS};
use crate::shape::GROUPS;
use ff::Field;

/// Bits of the group mask with the used flag.
const MASK_BITS: usize = GROUPS + 1;

/// Multipliers per word.
const PER_WORD: usize = 5;

/// Scenarios whose multipliers a word carries, the highest first, with a gap in front
/// that makes their number even; word 1 ends with the base.
pub(super) fn word_scenarios(word: usize, scenarios: usize) -> Vec<Option<usize>> {
    let (low, high) = (
        word * PER_WORD + 1,
        ((word + 1) * PER_WORD).min(scenarios - 1),
    );
    let mut list: Vec<Option<usize>> = (low..=high).rev().map(Some).collect();
    if word == 0 {
        list.push(Some(0));
    }
    if list.len() % 2 == 1 {
        list.insert(0, None);
    }
    list
}

/// Where the lowest multiplier of each word is.
const LOWEST: [u32; 3] = [160, 160, 96];

/// Of the first field of a word: `c = a`.
const FIRST: u32 = 0;

/// A field that enters a word: `c = 2^shift c' + a`.
fn push(trace: &mut TraceBuilder, row: usize, shift: u32) {
    let above = match shift {
        FIRST => Fr::ZERO,
        shift => two_pow(shift),
    };
    trace.arithmetic(row, ArithmeticGate::Linear, above, Fr::ONE);
}

/// A share or weight of at most 10^4 that enters a word, `shift` places below what the word has
/// so far.
///
/// # Soundness
/// Out: the number and its complement to 10^4 are range-checked (H50, H51).
fn share(
    trace: &mut TraceBuilder,
    row: usize,
    value: u64,
    shift: u32,
    constants: &Constants,
) -> AssignedCell {
    let value = Fr::from(value);
    let held = trace.put(advice::A, row, value);
    if trace.layout().is_wide() {
        trace.copy(advice::B, row, constants.zero);
        trace.operand(row, constants.zero);
        trace.shares(row);
    } else {
        let other = Fr::from(u64::from(ONE_IN_BPS)) - value;
        let other = trace.put(advice::B, row, other);
        trace.complements(row, other);
        trace.rule(row, RowRule::Complement);
    }
    push(trace, row, shift);
    held
}

/// The largest held share and weight 4, which enter the third word one after the other, and the
/// largest counted share, which enters the first: a row, or one for each.
fn shares(
    trace: &mut TraceBuilder,
    row: usize,
    [held, weight, counted]: [u64; 3],
    constants: &Constants,
) -> [AssignedCell; 3] {
    let between = HELD_SHARE - WEIGHT4;
    if !trace.layout().is_wide() {
        let held = share(trace, row, held, FIRST, constants);
        let weight = share(trace, row + 1, weight, between, constants);
        let row = trace.take(1);
        return [held, weight, share(trace, row, counted, FIRST, constants)];
    }
    let held = trace.put(advice::A, row, Fr::from(held));
    let weight = trace.put(advice::B, row, Fr::from(weight));
    let counted = trace.put(trace.layout().operand().0, row, Fr::from(counted));
    trace.shares(row);
    trace.arithmetic(row, ArithmeticGate::Plus, Fr::ZERO, two_pow(between));
    [held, weight, counted]
}

/// Places of the largest held share and of weight 4 in the third word.
const HELD_SHARE: u32 = 176;
const WEIGHT4: u32 = 80;

/// A weight and, 64 places below it, a width; `shift` places below what the word has so far.
///
/// # Soundness
/// Out: the weight is at most 10^4 (H50, H51), the width has its bits (H4).
fn weight_and_width(
    trace: &mut TraceBuilder,
    row: usize,
    weight: u64,
    width: u64,
    shift: u32,
    constants: &Constants,
) -> (AssignedCell, AssignedCell) {
    if trace.layout().is_wide() {
        let weight = trace.put(advice::A, row, Fr::from(weight));
        let width = trace.put(advice::B, row, Fr::from(width));
        trace.weight_and_width(row);
        let above = match shift {
            FIRST => Fr::ZERO,
            shift => two_pow(shift + WIDTH_PLACES),
        };
        trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(WIDTH_PLACES));
        return (weight, width);
    }
    let weight = share(trace, row, weight, shift, constants);
    let (width, rows) = trace.number(row + 1, Fr::from(width), Size::Exact(ExactBits::Width));
    push(trace, row + 1, WIDTH_PLACES);
    hold_all(trace, row + 2..row + 1 + rows);
    (weight, width)
}

/// Rows of [`weight_and_width`].
fn weight_and_width_rows(trace: &TraceBuilder) -> usize {
    match trace.layout().is_wide() {
        true => 1,
        false => 1 + trace.rows_of(Size::Exact(ExactBits::Width)),
    }
}

/// Places of a width in a word.
const WIDTH_PLACES: u32 = 64;

/// Rows of the grain of reports.
pub(super) fn grain_rows(trace: &TraceBuilder) -> usize {
    weight_and_width_rows(trace)
}

/// The grain of reports, a width, whose `c` begins a word; the weight beside it is 0.
pub(super) fn grain(
    trace: &mut TraceBuilder,
    row: usize,
    grain: u64,
    constants: &Constants,
) -> AssignedCell {
    let (weight, grain) = weight_and_width(trace, row, 0, grain, FIRST, constants);
    trace.equal(weight, constants.zero);
    grain
}

/// The multipliers of a word, two a row; returns the rows and the register. `above` is how far
/// the field before them is above the highest place of a multiplier that the shape has.
///
/// # Soundness
/// Out: each is below 2^16 (H50, H51), is in its place in the word (H52), and entered the
/// register over rho in the same order for every asset (H66).
fn multipliers(
    trace: &mut TraceBuilder,
    row: usize,
    witness: &Witness,
    asset: &AssetWitness,
    word: usize,
    constants: &Constants,
    held: &mut [Option<AssignedCell>],
) -> (usize, Option<Cell>) {
    let list = word_scenarios(word, witness.shape.scenarios());
    // The field before the first pair: the largest held share, at 2^176 of the third word.
    let first = |low: Option<usize>| match (word, low) {
        (2, Some(j)) => two_pow(HELD_SHARE - LOWEST[2] - 16 * (j - 1 - 2 * PER_WORD) as u32),
        _ => Fr::ZERO,
    };
    let mut register = None;
    for (i, pair) in list.chunks(2).enumerate() {
        let row = row + i;
        let mut own = Vec::new();
        for (column, scenario) in [advice::A, advice::B].into_iter().zip(pair) {
            match scenario {
                None => {
                    trace.copy(column, row, constants.zero);
                }
                Some(0) => {
                    trace.copy(column, row, constants.base);
                }
                Some(j) => {
                    let multiplier = Fr::from(asset.multipliers[*j - 1]);
                    own.push(trace.put(column, row, multiplier));
                    held[*j - 1] = own.last().copied();
                }
            }
        }
        trace.fields(row, &own);
        let low = pair.get(1).copied().flatten();
        if low == Some(0) {
            let above = if i == 0 { Fr::ZERO } else { two_pow(16) };
            trace.arithmetic(row, ArithmeticGate::Linear, above, Fr::ONE);
        } else {
            let above = if i == 0 { first(low) } else { two_pow(32) };
            trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(16));
        }
        register = Some(trace.register(row, RowRule::Pair));
    }
    (list.len() / 2, register)
}

/// The fields of an asset and its three words, one below the other.
///
/// # Soundness
/// In: fields, put freely. Out: each is in its range (H4, H41, H50, H51), and the words are their
/// sums at fixed places, so that a word has one decoding (H52); the digest fixes the words (H26).
///
/// # Cost
/// The section `S8 words` of docs/circuit.md, for each asset.
pub(super) fn unpack(
    trace: &mut TraceBuilder,
    witness: &Witness,
    asset: &AssetWitness,
    used: AssignedCell,
    constants: &Constants,
    origin: Cell,
) -> (Asset, [AssignedCell; 3]) {
    let (layout, scenarios) = (*trace.layout(), witness.shape.scenarios());
    let mut held = vec![None; scenarios - 1];
    let pairs = |word| word_scenarios(word, scenarios).len() / 2;
    let (wide, tier) = (layout.is_wide(), weight_and_width_rows(trace));
    let mask_rows = MASK_BITS / layout.bits_a_row();
    let id_rows = trace.rows_of(Size::Exact(ExactBits::AssetId));
    // The operand of the last bit may be in `b` of a row of its own.
    let bit_rows = 1 + trace.operand_rows();
    let share_rows = if wide && pairs(2) == 0 { 1 } else { 2 };
    let third = share_rows + pairs(2) + tier;
    let second = pairs(1) + 2 * tier;
    let first = pairs(0) + bit_rows + mask_rows + 1 + id_rows;
    let mut row = trace.take(third + second + first);
    let [w1, w2, w3, w4] = asset.weights;

    // w3: largest held share, multipliers 15 .. 11, weight 4, weight 3, width 3.
    let mut register = origin;
    let [held_share, weight4, share_cell] = if pairs(2) == 0 {
        let together = [asset.held_share, w4, asset.share];
        let cells = shares(trace, row, together, constants);
        row += share_rows;
        cells
    } else {
        let held_share = share(trace, row, asset.held_share, FIRST, constants);
        trace.register_copy(row, register);
        let (rows, next) = multipliers(trace, row + 1, witness, asset, 2, constants, &mut held);
        register = next.unwrap_or(register);
        row += 1 + rows;
        let weight4 = share(trace, row, w4, 16, constants);
        row += 1;
        let counted = trace.take(1);
        [
            held_share,
            weight4,
            share(trace, counted, asset.share, FIRST, constants),
        ]
    };
    let (weight3, width3) = weight_and_width(trace, row, w3, asset.widths[2], 16, constants);
    row += tier;
    let word3 = export_register(trace, last_of(trace, row, tier));

    // w2: multipliers 10 .. 6, weight 2, width 2, weight 1, width 1.
    trace.register_copy(row - 1, register);
    let (rows, next) = multipliers(trace, row, witness, asset, 1, constants, &mut held);
    register = next.unwrap_or(register);
    row += rows;
    let shift = if rows == 0 { FIRST } else { 16 };
    let (weight2, width2) = weight_and_width(trace, row, w2, asset.widths[1], shift, constants);
    row += tier;
    let (weight1, width1) = weight_and_width(trace, row, w1, asset.widths[0], 16, constants);
    row += tier;
    let word2 = export_register(trace, last_of(trace, row, tier));

    // w1: multipliers 5 .. 1, may_owe, netting, groups, share, id.
    trace.register_copy(row - 1, register);
    let (rows, next) = multipliers(trace, row, witness, asset, 0, constants, &mut held);
    let stressed = next.unwrap_or(register);
    row += rows;
    // The shape may have no scenario: then the base alone is in the register, and `c` is 0.
    let may_owe = bit(trace, row, asset.may_owe, 7);
    let netting = bit(trace, row + 1, asset.netting, 1);
    hold_all(trace, row + 2..row + bit_rows);
    row += bit_rows;
    let groups = group_bits(trace, row, asset, used, origin);
    push_groups(trace, row);
    row += mask_rows;
    trace.copy(advice::A, row, share_cell);
    push(trace, row, 16);
    let (id, _) = trace.number(row + 1, asset.id, Size::Exact(ExactBits::AssetId));
    push(trace, row + 1, ASSET_ID_BITS);
    let word1 = export_register(trace, row + 1);

    let fields = Asset {
        used,
        id,
        share: share_cell,
        held_share,
        netting,
        may_owe,
        multipliers: held.into_iter().flatten().collect(),
        widths: vec![width1, width2, width3],
        weights: vec![weight1, weight2, weight3, weight4],
        groups,
        stressed,
    };
    (fields, [word1, word2, word3])
}

/// The row whose `c` is a word that ends with a width: that of the width's number, `end` being the
/// row below.
fn last_of(trace: &TraceBuilder, end: usize, tier: usize) -> usize {
    match trace.layout().is_wide() {
        true => end - 1,
        false => end - tier + 1,
    }
}

/// A word, which is `c` of a row.
pub(super) fn export_register(trace: &mut TraceBuilder, row: usize) -> AssignedCell {
    let value = trace.value(advice::C, row);
    trace.rule(row, RowRule::Export);
    match trace.layout().is_wide() {
        true => trace.put(trace.layout().operand().0, row, value),
        false => trace.put(advice::B, row, value),
    }
}

/// The group mask, a bit a limb over the rows from `row`; bit 15 is the used flag, which
/// the packed word does not have (H53). The register takes the bits over rho, from 0.
///
/// # Soundness
/// Out: each limb is a bit, `a` their number, and `b` what the word has less than it (H53).
fn group_bits(
    trace: &mut TraceBuilder,
    row: usize,
    asset: &AssetWitness,
    used: AssignedCell,
    origin: Cell,
) -> Cell {
    trace.register_copy(row - 1, origin);
    let (count, top) = (trace.layout().bits_a_row(), trace.layout().top_bit());
    let mut bits: Vec<bool> = asset.groups.to_vec();
    bits.push(asset.used == 1);
    // `b` of each row is its top bit, less than 0: of the first it is the used flag, which the word
    // does not have. Wide, the operand says so; narrow, `b` is a copy.
    let wide = trace.layout().is_wide();
    let excess = (!wide).then(|| {
        let row = trace.take(1);
        trace.copy(advice::A, row, used);
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, -top);
        export_register(trace, row)
    });
    let mut register = origin;
    for (i, bits) in bits.chunks(count).rev().enumerate() {
        register = trace.bits(row + i, bits);
        let bit = Fr::from(u64::from(bits.last().is_some_and(|bit| *bit)));
        match (i, excess) {
            (0, Some(excess)) => trace.copy(advice::B, row, excess),
            _ => trace.put(advice::B, row + i, -top * bit),
        };
        match (i, wide) {
            (0, true) => _ = trace.operand(row, used),
            (_, true) => _ = trace.put(trace.layout().operand().0, row + i, bit),
            _ => {}
        }
    }
    register
}

/// The rows of the mask, as [`group_bits`] wrote them.
fn push_groups(trace: &mut TraceBuilder, row: usize) {
    let count = trace.layout().bits_a_row();
    trace.arithmetic(row, ArithmeticGate::Plus, two_pow(count as u32), Fr::ONE);
    for i in 1..MASK_BITS / count {
        push(trace, row + i, count as u32);
    }
}

/// The scenarios' ratios and their word.
///
/// # Soundness
/// Out: each ratio is below 2^16 (H50, H51), and the word is their sum at fixed places (H52).
pub(super) fn pack_ratios(
    trace: &mut TraceBuilder,
    witness: &Witness,
    constants: &Constants,
) -> (Vec<AssignedCell>, AssignedCell) {
    let mut values: Vec<Option<u64>> = witness.ratios.iter().rev().copied().map(Some).collect();
    if values.len() % 2 == 1 {
        values.insert(0, None);
    }
    if values.is_empty() {
        return (Vec::new(), constants.zero);
    }
    let rows = values.len() / 2;
    let row = trace.take(rows + export_rows(trace));
    let mut held = Vec::new();
    for (i, pair) in values.chunks(2).enumerate() {
        let row = row + i;
        let before = held.len();
        for (column, value) in [advice::A, advice::B].into_iter().zip(pair) {
            match value {
                None => {
                    trace.copy(column, row, constants.zero);
                }
                Some(ratio) => held.push(trace.put(column, row, Fr::from(*ratio))),
            }
        }
        trace.fields(row, &held[before..]);
        let above = if i == 0 { Fr::ZERO } else { two_pow(32) };
        trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(16));
    }
    held.reverse();
    (held, export_below(trace, row + rows - 1))
}

/// Rows that a word takes where `b` of its last row is taken.
pub(super) fn export_rows(trace: &TraceBuilder) -> usize {
    if trace.layout().is_wide() { 0 } else { 1 }
}

/// A word whose last row has its `b` taken.
pub(super) fn export_below(trace: &mut TraceBuilder, last: usize) -> AssignedCell {
    let rows = export_rows(trace);
    hold_all(trace, last + 1..last + 1 + rows);
    export_register(trace, last + rows)
}

/// Fifteen shares and their word.
///
/// # Soundness
/// Out: each share is at most 10^4 (H50, H51), and the word is their sum at fixed places (H52).
pub(super) fn pack_shares(
    trace: &mut TraceBuilder,
    values: [u64; GROUPS],
    constants: &Constants,
) -> (Vec<AssignedCell>, AssignedCell) {
    let mut held = Vec::new();
    let each = if trace.layout().is_wide() { 2 } else { 1 };
    let rows = GROUPS.div_ceil(each);
    // The operand of the last row is the word, so that a row without shares follows, wide too.
    let row = trace.take(rows + 1);
    for (i, share_values) in values.rchunks(each).enumerate() {
        let row = row + i;
        let shift = if i == 0 { FIRST } else { 16 };
        match share_values {
            [low, high] => {
                held.push(trace.put(advice::A, row, Fr::from(*high)));
                held.push(trace.put(advice::B, row, Fr::from(*low)));
                trace.operand(row, constants.zero);
                trace.shares(row);
                let above = if i == 0 { Fr::ZERO } else { two_pow(32) };
                trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(16));
            }
            [value] => held.push(share(trace, row, *value, shift, constants)),
            _ => {}
        }
    }
    held.reverse();
    hold(trace, row + rows);
    (held, export_register(trace, row + rows))
}
