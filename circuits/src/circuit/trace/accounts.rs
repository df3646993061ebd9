//! S1: every commitment opens; and what the positions say towards S2's totals. Commitments
//! are the adversary's: nothing is known of an entry or a blinding before it is hashed (H29),
//! and what is hashed is fixed by the commitment (H26).

use super::policy::Header;
use super::{Constants, HEADER_SLOTS, Public, hold};
use crate::account::Kind;
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::layout::{Layout, OUTPUT_SLOT};
use crate::circuit::witness::{AccountWitness, BlockWitness, PositionWitness, Witness};
use crate::field::Fr;
use crate::numbers::AMOUNT_BITS;
use ff::Field;

/// Bits of a time.
const TIME_BITS: u32 = 64;
/// The slot before an account's first position: its header.
const HEADER_END: usize = HEADER_SLOTS - 1;

/// What a block leaves to the next.
#[derive(Clone, Copy)]
pub(super) struct Chain {
    /// Whether it is active.
    pub(super) active: AssignedCell,
    /// The chain value.
    pub(super) value: AssignedCell,
    /// The register with what the positions so far add.
    pub(super) sums: Cell,
}

/// Writes the accounts; returns the register's value after all positions.
///
/// # Soundness
/// In: openings, of which nothing is taken for granted (H29): tag and kind say the same (H20,
/// H21), the subject is a copy of the public input, the time is in the window (H22), the blinding
/// may be anything. Out: the chain value after the last active block equals the public
/// commitment, by a copy (H26, H28).
///
/// # Cost
/// A permutation for each block, four rows for the window, two for the kind.
pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    policy: &Header,
    origin: Cell,
) -> Cell {
    let part = public.part;
    let mut sums = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        let mut chain = Chain {
            active: constants.one,
            value: constants.zero,
            sums: origin,
        };
        let (liability, every) = header(trace, layout, part.account(m, 0), account, public, policy);
        let mut used = None;
        for (i, block) in account.blocks.iter().enumerate() {
            let permutation = part.account(m, i);
            if i > 0 {
                trace.section("S1 block");
                trace.absorb_copy(permutation, 0, chain.value);
            }
            chain = write_block(
                trace,
                layout,
                permutation,
                i,
                block,
                chain,
                every,
                constants,
            );
            used.get_or_insert(chain.active);
        }
        trace.section("S1 commitment");
        trace.equal(chain.value, public.commitment(m));
        let used = used.unwrap_or(constants.zero);
        sums.push((used, liability, chain.sums));
    }
    kinds(trace, &sums, public.kinds(), origin)
}

/// Slots 0 to 3 of an account's first block. Returns the bit of a liability, and whether every
/// position must count.
fn header(
    trace: &mut TraceBuilder,
    layout: &Layout,
    permutation: usize,
    witness: &AccountWitness,
    public: &Public<'_>,
    policy: &Header,
) -> (AssignedCell, AssignedCell) {
    trace.section("S1 header");
    let row = layout.slot(permutation, 0);
    let liability = Fr::from(witness.liability);
    let (collateral, owed) = (Kind::Collateral.tag(), Kind::Liability.tag());
    let tag = collateral + liability * (owed - collateral);
    trace.absorb(permutation, 0, tag);
    trace.absorb_copy(permutation, 1, public.subject());
    let as_of = trace.absorb(permutation, 2, Fr::from(witness.as_of));
    trace.absorb(permutation, HEADER_END, witness.blinding);
    trace.rule(row, RowRule::Header);
    let liability = trace.put(advice::A, row + 1, liability);
    let every = trace.put(advice::A, row + 2, Fr::from(witness.every));
    trace.rule(row + 2, RowRule::Must);
    trace.copy(advice::A, row + 3, policy.complete);
    window(trace, as_of, public.window());
    (liability, every)
}

/// `from <= as_of <= to`.
///
/// # Soundness
/// In: the window, which the statement types (H70). Both differences are numbers (H22).
///
/// # Cost
/// The rows of two numbers of 64 bits.
pub(super) fn window(
    trace: &mut TraceBuilder,
    as_of: AssignedCell,
    (from, to): (AssignedCell, AssignedCell),
) {
    trace.section("S1 window");
    let size = Size::Loose(TIME_BITS);
    for (high, low) in [(to, as_of), (as_of, from)] {
        let row = trace.take(trace.rows_of(size));
        trace.number(row, high.value - low.value, size);
        trace.copy(advice::B, row, high);
        trace.operand(row, low);
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
        trace.rule(row, RowRule::Adds);
    }
}

/// S1, S2. A block of an account, and what its positions add to the register.
///
/// # Soundness
/// In: entries, which may be any elements (H29). A position that counts adds its amount and 1
/// at the pole of its id (H32, H33, H36); where every position must, each does (H30, H31). Out:
/// the chain value (H28) and the register, which take the block only where it is active (H24,
/// H25).
///
/// # Cost
/// A permutation. Wide, positions are in its slots; narrow, each has six rows of its own.
#[allow(clippy::too_many_arguments)]
pub(super) fn write_block(
    trace: &mut TraceBuilder,
    layout: &Layout,
    permutation: usize,
    index: usize,
    block: &BlockWitness,
    chain: Chain,
    every: AssignedCell,
    constants: &Constants,
) -> Chain {
    let first = match index {
        0 => HEADER_END + 1,
        _ => 1,
    };
    trace.section("S1 block");
    open(trace, permutation, chain.active, chain);
    let entries: Vec<AssignedCell> = (first..)
        .zip(&block.positions)
        .map(|(slot, position)| trace.absorb(permutation, slot, position.entry))
        .collect();
    for slot in first + entries.len()..OUTPUT_SLOT {
        trace.absorb_copy(permutation, slot, constants.zero);
    }
    trace.section("S2 position");
    let sums = if layout.is_wide() {
        let row = layout.slot(permutation, first);
        let mut sums = match index {
            // The header is between the block's beginning and its first position.
            0 => trace.register_copy(row - 1, chain.sums),
            _ => Cell::Register(row - 1),
        };
        for (row, position) in (row..).zip(&block.positions) {
            sums = write_position(trace, row, position, every);
        }
        sums
    } else {
        let each = layout.exact_rows(AMOUNT_BITS);
        let start = trace.take(1 + block.positions.len() * each);
        let mut sums = chain.sums;
        for (i, (position, entry)) in block.positions.iter().zip(&entries).enumerate() {
            let row = start + 1 + i * each;
            trace.register_copy(row - 1, sums);
            trace.copy(advice::B, row, *entry);
            sums = write_position(trace, row, position, every);
        }
        sums
    };
    trace.section("S1 block");
    trace.permutation(permutation);
    let active = trace.put(
        advice::A,
        layout.slot(permutation, OUTPUT_SLOT),
        Fr::from(block.active),
    );
    close(trace, permutation, active, chain, sums)
}

/// A position in a row whose `b` is the entry.
fn write_position(
    trace: &mut TraceBuilder,
    row: usize,
    position: &PositionWitness,
    every: AssignedCell,
) -> Cell {
    trace.number(row, position.amount, Size::Exact(ExactBits::Amount));
    trace.put(advice::C, row, Fr::from(position.counts));
    trace.operand(row, every);
    trace.register(row, RowRule::Position)
}

/// The first slot of a block: what the block before left, where the block's end reads it there;
/// `a` says whether that one is active.
pub(super) fn open(
    trace: &mut TraceBuilder,
    permutation: usize,
    active: AssignedCell,
    before: Chain,
) {
    let layout = *trace.layout();
    if layout.is_wide() {
        let start = layout.slot(permutation, 0);
        trace.copy(advice::A, start, active);
        trace.copy(layout.operand().0, start, before.value);
        trace.register_copy(start, before.sums);
    }
}

/// The end of a block whose `a` in the slot of the output says whether it is active.
///
/// # Soundness
/// In: what the block before left, as copies, and the output. Out: the chain value and the
/// register, each the block's own where it is active and the one before where it is not (H24,
/// H25, H28).
///
/// # Cost
/// None, wide; two rows below the slots, narrow.
pub(super) fn close(
    trace: &mut TraceBuilder,
    permutation: usize,
    active: AssignedCell,
    before: Chain,
    sums: Cell,
) -> Chain {
    let layout = *trace.layout();
    let end = layout.slot(permutation, OUTPUT_SLOT);
    let output = trace.value(advice::B, end);
    let value = before.value.value + active.value * (output - before.value.value);
    if sums != Cell::Register(end - 1) {
        trace.register_copy(end - 1, sums);
    }
    trace.rule(end, RowRule::Block);
    let value = if layout.is_wide() {
        trace.put(layout.operand().0, end, value)
    } else {
        trace.register_copy(end - 2, before.sums);
        trace.put(advice::C, end, value);
        trace.copy(advice::A, end + 1, before.active);
        trace.copy(advice::B, end + 1, before.value);
        hold(trace, end + 1);
        let value = trace.put(advice::A, end + 2, value);
        trace.arithmetic(end + 2, ArithmeticGate::Linear, Fr::ONE, -Fr::ONE);
        trace.rule(end + 2, RowRule::Zero);
        value
    };
    let sums = trace.register(end, RowRule::Block);
    Chain {
        active,
        value,
        sums,
    }
}

/// S1, S2. The public kinds are the bits of liabilities, account m at 2^(m - 1), and what an
/// account's positions add to the totals is its kind's.
///
/// # Soundness
/// In: for each account whether it is used, a bit of its kind (H20), and the register of its
/// positions. Out: the sum of the bits is the public input, over the integers (H23); the
/// register has the sums of liabilities times a challenge (H33).
///
/// # Cost
/// Two rows an account, and two.
fn kinds(
    trace: &mut TraceBuilder,
    accounts: &[(AssignedCell, AssignedCell, Cell)],
    kinds: AssignedCell,
    origin: Cell,
) -> Cell {
    trace.section("S1 kinds");
    let first = trace.take(2 + 2 * accounts.len());
    let mut sums = trace.register_copy(first, origin);
    for (i, (used, liability, own)) in accounts.iter().rev().enumerate() {
        let row = first + 1 + 2 * i;
        let above = if i == 0 { Fr::ZERO } else { Fr::ONE };
        trace.register_copy(row, *own);
        trace.arithmetic(row, ArithmeticGate::Linear, above, Fr::ZERO);
        trace.copy(advice::A, row + 1, *used);
        trace.copy(advice::B, row + 1, *liability);
        trace.arithmetic(row + 1, ArithmeticGate::Product, Fr::from(2), Fr::ONE);
        sums = trace.register(row + 1, RowRule::Kind);
    }
    let last = first + 1 + 2 * accounts.len();
    trace.copy(advice::A, last, kinds);
    trace.arithmetic(last, ArithmeticGate::Linear, Fr::ONE, -Fr::ONE);
    trace.rule(last, RowRule::Zero);
    sums
}
