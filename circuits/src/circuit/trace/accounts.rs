//! S1: every commitment opens; and what the positions say towards S2's totals. Commitments
//! are the adversary's: nothing is known of an entry or a blinding before it is hashed (H29),
//! and what is hashed is fixed by the commitment (H26).

use super::{Constants, Public};
use crate::account::Kind;
use crate::circuit::columns::{Form, Round, Rule, Top, advice, fixed};
use crate::circuit::layout::Layout;
use crate::circuit::sheet::{Cell, Held, Sheet, Size};
use crate::circuit::sponge::{self, FIRST_FULL_AGAIN, LAST_FULL, MAPS, ROWS};
use crate::circuit::witness::{BlockWitness, Witness};
use crate::field::{Fr, two_pow};
use crate::poseidon::State;
use crate::shape::POSITIONS_PER_BLOCK;
use ff::Field;
use std::sync::LazyLock;

/// What follows a row of a permutation.
fn round(row: usize) -> Round {
    match row {
        LAST_FULL => Round::Entry,
        _ if row + 1 == ROWS => Round::End,
        _ if !(LAST_FULL..FIRST_FULL_AGAIN).contains(&row) => Round::Full,
        _ if row + 1 == FIRST_FULL_AGAIN => Round::Exit,
        _ => Round::Partial,
    }
}

/// Constants of the transitions.
static CONSTANTS: LazyLock<Vec<State>> =
    LazyLock::new(|| (0..ROWS - 1).map(|row| MAPS.constants(row)).collect());

/// Writes the S-box inputs of a permutation with its gates; returns the output.
pub(super) fn permutation(sheet: &mut Sheet, start: usize, inputs: [Fr; 4]) -> Fr {
    let layout = *sheet.layout();
    let (rows, out) = sponge::rows(inputs);
    for (i, state) in rows.iter().enumerate() {
        let start = start + i * layout.stride();
        for (lane, x) in state.iter().enumerate() {
            let (column, row) = layout.sbox(lane);
            sheet.put(advice::X + column, start + row, *x);
        }
        for (at, value) in round(i).values().into_iter().enumerate() {
            sheet.fix(fixed::ROUND + at, start, value);
        }
    }
    for (i, constants) in CONSTANTS.iter().enumerate() {
        let start = start + i * layout.stride();
        for (lane, constant) in constants.iter().enumerate() {
            let (column, row) = layout.sbox(lane);
            sheet.fix(fixed::RC + column, start + row, *constant);
        }
    }
    sheet.put(advice::C, start + layout.end(), out);
    out
}

/// The row of a block's output, and `a` in row 0 of the next: the chain value.
pub(super) fn close(sheet: &mut Sheet, start: usize, edge: Rule, result: Fr) -> Held {
    let layout = *sheet.layout();
    sheet.rule(start + layout.end(), edge);
    sheet.put(advice::A, start + layout.permutation_rows(), result)
}

/// Writes the accounts; returns the register's origin (0) and its value after all
/// positions.
pub(super) fn write(
    sheet: &mut Sheet,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
) -> (Cell, Cell) {
    sheet.section("origin");
    let origin = sheet.register_zero(layout.block(0));
    let mut sums = origin;
    let mut kinds = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        sheet.section("S1 header");
        let start = layout.block(layout.account(m));
        let (collateral, liability) = (Kind::Collateral.tag(), Kind::Liability.tag());
        let tag = collateral + (Fr::from(account.state) - Fr::ONE) * (liability - collateral);
        sheet.put(advice::B, start, tag);
        sheet.put(layout.d(), start, Fr::from(account.state));
        let header = match m {
            0 => Rule::Origin,
            _ => Rule::AccountHeader,
        };
        sheet.rule(start, header);
        let is_liability = Fr::from(u64::from(account.state == 2));
        kinds.push(sheet.put(advice::A, start + 1, is_liability));
        let [_, row1, row2, row3] = layout.inputs();
        let subject = sheet.copy(advice::B, start + row1, public.subject());
        let as_of = sheet.copy(advice::B, start + row2, public.as_of());
        sheet.put(advice::B, start + row3, account.blinding);
        let out = permutation(
            sheet,
            start,
            [tag, subject.value, as_of.value, account.blinding],
        );
        let result = if account.state == 0 { Fr::ZERO } else { out };
        let mut chain = close(sheet, start, Rule::First, result);
        for (i, block) in account.blocks.iter().enumerate() {
            let start = layout.block(layout.account(m) + 1 + i);
            (chain, sums) = write_block(sheet, start, block, chain, sums);
        }
        sheet.section("S1 commitment");
        sheet.equal(chain, public.commitment(m));
    }
    pack_kinds(sheet, &kinds, public.kinds(), constants);
    (origin, sums)
}

/// S1. The public kinds are the bits of liabilities, account m at 2^(m - 1) (H22, H23).
fn pack_kinds(sheet: &mut Sheet, bits: &[Held], kinds: Held, constants: &Constants) {
    sheet.section("S1 kinds");
    let rows = bits.len().div_ceil(2);
    let first = sheet.take(rows + 1);
    for (row, pair) in (first..).zip(bits.chunks(2).rev()) {
        let low = pair.first().copied().unwrap_or(constants.zero);
        let high = pair.get(1).copied().unwrap_or(constants.zero);
        sheet.copy(advice::A, row, high);
        sheet.copy(advice::B, row, low);
        let above = if row == first { Fr::ZERO } else { two_pow(2) };
        sheet.arithmetic(row, Form::Plus, above, two_pow(1));
    }
    let last = first + rows;
    sheet.copy(advice::A, last, kinds);
    sheet.arithmetic(last, Form::Linear, Fr::ONE, -Fr::ONE);
    sheet.rule(last, Rule::Zero);
}

fn write_block(
    sheet: &mut Sheet,
    start: usize,
    block: &BlockWitness,
    chain: Held,
    sums: Cell,
) -> (Held, Cell) {
    sheet.section("S1 block");
    let state = Fr::from(block.state);
    sheet.rule(start, Rule::Positions);
    sheet.put(advice::B, start, chain.value);
    let layout = *sheet.layout();
    sheet.put(layout.d(), start, state);
    for row in start + 1..=start + layout.position(POSITIONS_PER_BLOCK - 1) {
        sheet.put(layout.d(), row, state);
        sheet.rule(row, Rule::Keep);
    }
    sheet.section("S2 position");
    let [_, inputs @ ..] = layout.inputs();
    let mut sums = sums;
    for (i, (position, input)) in block.positions.iter().zip(inputs).enumerate() {
        let row = start + layout.position(i);
        sheet.number(row, position.amount, Size::Exact(Top::Amount));
        let entry = sheet.put(advice::B, row, position.entry);
        if start + input != row {
            sheet.copy(advice::B, start + input, entry);
        }
        sheet.put(advice::C, row, Fr::from(position.counts));
        sheet.put(advice::B, row + 1, position.id);
        // Two rows above, where the position before does not stand there.
        if i == 0 || row - start != layout.position(i - 1) + 2 {
            sheet.register_copy(row - 2, sums);
        }
        sums = sheet.register_position(row);
    }
    sheet.section("S1 block");
    let [e1, e2, e3] = block.positions.map(|p| p.entry);
    let out = permutation(sheet, start, [chain.value, e1, e2, e3]);
    let result = if block.state == 0 { chain.value } else { out };
    (close(sheet, start, Rule::Hold, result), sums)
}
