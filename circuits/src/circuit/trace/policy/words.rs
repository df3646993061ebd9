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

/// The first row of a word that begins with multipliers: `c` starts at 0, and `g` where the word
/// above ended.
fn begin(trace: &mut TraceBuilder, rows: usize, register: Cell) -> usize {
    let row = trace.take(rows + 1);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
    trace.register_copy(row, register);
    row + 1
}

/// A share or weight of at most 10^4.
///
/// # Soundness
/// Out: a number and its complement to 10^4, both range-checked (H50, H51).
fn bps(trace: &mut TraceBuilder, row: usize, value: u64, shift: u32) -> AssignedCell {
    let value = Fr::from(value);
    let held = trace.put(advice::A, row, value);
    let other = trace.put(advice::B, row, Fr::from(u64::from(ONE_IN_BPS)) - value);
    trace.complements(row, other);
    push(trace, row, shift);
    trace.rule(row, RowRule::Complement);
    held
}

/// Rows of a width.
pub(super) fn width_rows(trace: &TraceBuilder) -> usize {
    trace.rows_of(Size::Exact(ExactBits::Width))
}

/// A width, or the grain of reports.
pub(super) fn width(trace: &mut TraceBuilder, row: usize, width: u64) -> AssignedCell {
    trace.number(row, Fr::from(width), Size::Exact(ExactBits::Width)).0
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
        _ => two_pow(32),
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
            trace.arithmetic(row, ArithmeticGate::Linear, two_pow(16), Fr::ONE);
        } else {
            let above = if i == 0 { first(low) } else { two_pow(32) };
            trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(16));
        }
        register = Some(trace.register(row, RowRule::Pair));
    }
    (list.len() / 2, register)
}

/// Place of the largest held share in the third word.
const HELD_SHARE: u32 = 176;

/// The fields of an asset and its three words.
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
    let width_rows = width_rows(trace);
    let [w1, w2, w3, w4] = asset.weights;

    // w3: largest held share, multipliers 15 .. 11, weight 4, weight 3, width 3.
    let mut row = trace.take(1 + pairs(2) + 2 + width_rows);
    let held_share = bps(trace, row, asset.held_share, FIRST);
    // The register begins beside the share.
    trace.register_copy(row, origin);
    row += 1;
    let (rows, register) = multipliers(trace, row, witness, asset, 2, constants, &mut held);
    let register = register.unwrap_or(origin);
    row += rows;
    let below = match rows {
        0 => HELD_SHARE - 80,
        _ => 16,
    };
    let weight4 = bps(trace, row, w4, below);
    let weight3 = bps(trace, row + 1, w3, 16);
    let (width3, word3) = last_width(trace, row + 2, asset.widths[2]);

    // w2: multipliers 10 .. 6, weight 2, width 2, weight 1, width 1.
    let (mut row, shift) = match pairs(1) {
        0 => (trace.take(2 + 2 * width_rows), FIRST),
        pairs => (begin(trace, pairs + 2 + 2 * width_rows, register), 16),
    };
    let (rows, next) = multipliers(trace, row, witness, asset, 1, constants, &mut held);
    let register = next.unwrap_or(register);
    row += rows;
    let weight2 = bps(trace, row, w2, shift);
    let width2 = width(trace, row + 1, asset.widths[1]);
    push(trace, row + 1, 64);
    hold_all(trace, row + 2..row + 1 + width_rows);
    row += 1 + width_rows;
    let weight1 = bps(trace, row, w1, 16);
    let (width1, word2) = last_width(trace, row + 1, asset.widths[0]);

    // w1: multipliers 5 .. 1, may_owe, netting, groups, share, id.
    let mask_rows = MASK_BITS / layout.bits_a_row();
    let id_rows = trace.rows_of(Size::Exact(ExactBits::AssetId));
    // The operand of the last bit may be in `b` of a row of its own.
    let bit_rows = 1 + trace.operand_rows();
    let mut row = begin(trace, pairs(0) + bit_rows + mask_rows + 1 + id_rows, register);
    let (rows, next) = multipliers(trace, row, witness, asset, 0, constants, &mut held);
    let stressed = next.unwrap_or(register);
    row += rows;
    let may_owe = bit(trace, row, asset.may_owe, 7);
    let netting = bit(trace, row + 1, asset.netting, 1);
    hold_all(trace, row + 2..row + bit_rows);
    row += bit_rows;
    let groups = group_bits(trace, row, asset, used, origin);
    push_groups(trace, row);
    row += mask_rows;
    let share = bps(trace, row, asset.share, 16);
    let (id, _) = trace.number(row + 1, asset.id, Size::Exact(ExactBits::AssetId));
    let word1 = export(trace, row + 1, ASSET_ID_BITS);

    let fields = Asset {
        used,
        id,
        share,
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

/// The last field of a word, whose `c` is the word: `b = c`.
fn export(trace: &mut TraceBuilder, row: usize, shift: u32) -> AssignedCell {
    push(trace, row, shift);
    export_register(trace, row)
}

pub(super) fn export_register(trace: &mut TraceBuilder, row: usize) -> AssignedCell {
    let value = trace.value(advice::C, row);
    trace.rule(row, RowRule::Export);
    trace.put(advice::B, row, value)
}

fn last_width(trace: &mut TraceBuilder, row: usize, value: u64) -> (AssignedCell, AssignedCell) {
    (width(trace, row, value), export(trace, row, 64))
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
    // b of each row is its top bit, less than 0; of the first it is the used flag's as well.
    let excess = {
        let row = trace.take(1);
        trace.copy(advice::A, row, used);
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, -top);
        export_register(trace, row)
    };
    let mut register = origin;
    for (i, bits) in bits.chunks(count).rev().enumerate() {
        register = trace.bits(row + i, bits);
        match i {
            0 => trace.copy(advice::B, row, excess),
            _ => {
                let bit = bits.last().is_some_and(|bit| *bit);
                trace.put(advice::B, row + i, -top * Fr::from(u64::from(bit)))
            }
        };
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
    let row = trace.take(values.len() / 2 + 2);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
    let mut held = Vec::new();
    for (i, pair) in values.chunks(2).enumerate() {
        let row = row + 1 + i;
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
        trace.arithmetic(row, ArithmeticGate::Plus, two_pow(32), two_pow(16));
    }
    held.reverse();
    let last = row + 1 + values.len() / 2;
    hold(trace, last);
    (held, export_register(trace, last))
}

/// Fifteen shares and their word.
///
/// # Soundness
/// Out: each share is at most 10^4 (H50, H51), and the word is their sum at fixed places (H52).
pub(super) fn pack_shares(
    trace: &mut TraceBuilder,
    shares: [u64; GROUPS],
) -> (Vec<AssignedCell>, AssignedCell) {
    let row = trace.take(GROUPS + 1);
    let mut held = Vec::new();
    for (i, share) in shares.iter().rev().enumerate() {
        let shift = if i == 0 { FIRST } else { 16 };
        held.push(bps(trace, row + i, *share, shift));
    }
    held.reverse();
    hold(trace, row + GROUPS);
    (held, export_register(trace, row + GROUPS))
}
