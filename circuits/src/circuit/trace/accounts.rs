//! S1: every commitment opens; and what the positions say towards S2's totals. Commitments
//! are the adversary's: nothing is known of an entry or a blinding before it is hashed (H29),
//! and what is hashed is fixed by the commitment (H26).

use super::{Constants, Public};
use crate::account::Kind;
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, Round, RowRule, advice, fixed};
use crate::circuit::layout::Layout;
use crate::circuit::poseidon_trace::{self, FIRST_FULL_AGAIN, LAST_FULL, MAPS, ROWS};
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
///
/// # Soundness
/// In: `inputs`, which the caller's row 0 absorbs (gate `absorb`, by the rule that it sets). Out:
/// `c` of the last row, by `c = M_0 x^5`; every row between follows from the one before (H27).
///
/// # Cost
/// 20 rows of five S-box inputs, or 100 of one; the rows beside them are free for others.
pub(super) fn permutation(trace: &mut TraceBuilder, start: usize, inputs: [Fr; 4]) -> Fr {
    let layout = *trace.layout();
    let (rows, out) = poseidon_trace::rows(inputs);
    for (i, state) in rows.iter().enumerate() {
        let start = start + i * layout.stride();
        for (lane, x) in state.iter().enumerate() {
            let (column, row) = layout.sbox(lane);
            trace.put(advice::X + column, start + row, *x);
        }
        for (at, value) in round(i).values().into_iter().enumerate() {
            trace.fix(fixed::ROUND + at, start, value);
        }
    }
    for (i, constants) in CONSTANTS.iter().enumerate() {
        let start = start + i * layout.stride();
        for (lane, constant) in constants.iter().enumerate() {
            let (column, row) = layout.sbox(lane);
            trace.fix(fixed::RC + column, start + row, *constant);
        }
    }
    trace.put(advice::C, start + layout.end(), out);
    out
}

/// The row of a block's output, and `a` in row 0 of the next: the chain value.
///
/// # Soundness
/// In: the output and the block's state. Out: the chain value, by the gate of `edge` (H28).
pub(super) fn close(
    trace: &mut TraceBuilder,
    start: usize,
    edge: RowRule,
    result: Fr,
) -> AssignedCell {
    let layout = *trace.layout();
    trace.rule(start + layout.end(), edge);
    trace.put(advice::A, start + layout.permutation_rows(), result)
}

/// Writes the accounts; returns the register's origin (0) and its value after all
/// positions.
///
/// # Soundness
/// In: openings, of which nothing is taken for granted (H29): state and tag are a header's (H20,
/// H21), subject and time are copies of the public inputs, the blinding may be anything. Out:
/// the chain value after the last block equals the public commitment, by a copy (H26, H28).
///
/// # Cost
/// A permutation for the header and one for each block; one row for the commitment's copy.
pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
) -> (Cell, Cell) {
    trace.section("origin");
    let origin = trace.register_zero(layout.block(0));
    let mut sums = origin;
    let mut kinds = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        trace.section("S1 header");
        let start = layout.block(layout.account(m));
        let (collateral, liability) = (Kind::Collateral.tag(), Kind::Liability.tag());
        let tag = collateral + (Fr::from(account.state) - Fr::ONE) * (liability - collateral);
        trace.put(advice::B, start, tag);
        trace.put(layout.d(), start, Fr::from(account.state));
        let header = match m {
            0 => RowRule::Origin,
            _ => RowRule::AccountHeader,
        };
        trace.rule(start, header);
        let is_liability = Fr::from(u64::from(account.state == 2));
        kinds.push(trace.put(advice::A, start + 1, is_liability));
        let [_, row1, row2, row3] = layout.inputs();
        let subject = trace.copy(advice::B, start + row1, public.subject());
        let as_of = trace.copy(advice::B, start + row2, public.as_of());
        trace.put(advice::B, start + row3, account.blinding);
        let out = permutation(
            trace,
            start,
            [tag, subject.value, as_of.value, account.blinding],
        );
        let result = if account.state == 0 { Fr::ZERO } else { out };
        let mut chain = close(trace, start, RowRule::First, result);
        for (i, block) in account.blocks.iter().enumerate() {
            let start = layout.block(layout.account(m) + 1 + i);
            (chain, sums) = write_block(trace, start, block, chain, sums);
        }
        trace.section("S1 commitment");
        trace.equal(chain, public.commitment(m));
    }
    pack_kinds(trace, &kinds, public.kinds(), constants);
    (origin, sums)
}

/// S1. The public kinds are the bits of liabilities, account m at 2^(m - 1).
///
/// # Soundness
/// In: a bit of each header (H22). Out: their sum is the public input, over the integers (H23).
///
/// # Cost
/// A row for two accounts, and one.
fn pack_kinds(
    trace: &mut TraceBuilder,
    bits: &[AssignedCell],
    kinds: AssignedCell,
    constants: &Constants,
) {
    trace.section("S1 kinds");
    let rows = bits.len().div_ceil(2);
    let first = trace.take(rows + 1);
    for (row, pair) in (first..).zip(bits.chunks(2).rev()) {
        let low = pair.first().copied().unwrap_or(constants.zero);
        let high = pair.get(1).copied().unwrap_or(constants.zero);
        trace.copy(advice::A, row, high);
        trace.copy(advice::B, row, low);
        let above = if row == first { Fr::ZERO } else { two_pow(2) };
        trace.arithmetic(row, ArithmeticGate::Plus, above, two_pow(1));
    }
    let last = first + rows;
    trace.copy(advice::A, last, kinds);
    trace.arithmetic(last, ArithmeticGate::Linear, Fr::ONE, -Fr::ONE);
    trace.rule(last, RowRule::Zero);
}

/// S1, S2. A block of an account, and what its positions add to the register.
///
/// # Soundness
/// In: entries, which may be any elements (H29); the block's state is 0 or the account's (H24)
/// and reaches every position (H25). A position that counts is an id and an amount in range
/// (H4, H32); one that does not is no liability, or empty (H30, H31). Out: the chain value (H28), and the
/// register, which took amount and count at the pole of id and kind (H33, H36).
///
/// # Cost
/// A permutation; a position takes two rows beside it, wide, or six, narrow.
fn write_block(
    trace: &mut TraceBuilder,
    start: usize,
    block: &BlockWitness,
    chain: AssignedCell,
    sums: Cell,
) -> (AssignedCell, Cell) {
    trace.section("S1 block");
    let state = Fr::from(block.state);
    trace.rule(start, RowRule::Positions);
    trace.put(advice::B, start, chain.value);
    let layout = *trace.layout();
    trace.put(layout.d(), start, state);
    for row in start + 1..=start + layout.position(POSITIONS_PER_BLOCK - 1) {
        trace.put(layout.d(), row, state);
        trace.rule(row, RowRule::Keep);
    }
    trace.section("S2 position");
    let [_, inputs @ ..] = layout.inputs();
    let mut sums = sums;
    for (i, (position, input)) in block.positions.iter().zip(inputs).enumerate() {
        let row = start + layout.position(i);
        trace.number(row, position.amount, Size::Exact(ExactBits::Amount));
        let entry = trace.put(advice::B, row, position.entry);
        if start + input != row {
            trace.copy(advice::B, start + input, entry);
        }
        trace.put(advice::C, row, Fr::from(position.counts));
        trace.put(advice::B, row + 1, position.id);
        // Two rows above, where the position before does not stand there.
        if i == 0 || row - start != layout.position(i - 1) + 2 {
            trace.register_copy(row - 2, sums);
        }
        sums = trace.register_position(row);
    }
    trace.section("S1 block");
    let [e1, e2, e3] = block.positions.map(|p| p.entry);
    let out = permutation(trace, start, [chain.value, e1, e2, e3]);
    let result = if block.state == 0 { chain.value } else { out };
    (close(trace, start, RowRule::Hold, result), sums)
}
