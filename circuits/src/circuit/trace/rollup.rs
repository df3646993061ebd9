//! A roll-up's trace, clause by clause: R1 and what its positions add to R2, R2 and R3's sums, R6,
//! R5 and R4. Always in a wide layout.
//!
//! # Soundness
//! Accounts are those of a statement's (S1): nothing is known of an entry or a blinding before it
//! is hashed (H29). Every position of an active block counts, so that what the merged account takes
//! away is the sum of all (H81), each below 2^112 and of an id in range (H82). The merged account's
//! ids ascend (H83), and its blinding is an image of the list (H84), whose every leaf and node is in
//! the trace (H85).

use super::accounts::{Chain, close, open, window, write_block};
use super::{Constants, HEADER_SLOTS, constants, finish, free_rows, hold, hold_all};
use crate::account::Kind;
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, ExactBits, RowRule, advice};
use crate::circuit::layout::{Hashes, Layout, OUTPUT_SLOT};
use crate::circuit::rollup::{MergedWitness, RollupWitness};
use crate::circuit::witness::AccountWitness;
use crate::field::{Fr, two_pow};
use crate::ident::{TAG_ROLLUP, ascii_tag};
use crate::numbers::{ASSET_ID_BITS, MAX_POSITIONS_LOG2};
use crate::rollup::ARITY;
use crate::shape::{FIRST_BLOCK, PER_BLOCK};
use ff::Field;

/// The slot before an account's first position.
const HEADER_END: usize = HEADER_SLOTS - 1;
/// Bits of how many positions make up a total, less 1.
const COUNT_BITS: u32 = MAX_POSITIONS_LOG2 + 1;

/// Public inputs by name, in `a` of the first rows.
#[derive(Clone, Copy)]
struct Public {
    subject: AssignedCell,
    /// First and last second of the window.
    window: (AssignedCell, AssignedCell),
    /// 0 collateral, 1 liability.
    kind: AssignedCell,
    list_root: AssignedCell,
    merged: AssignedCell,
}

impl Public {
    fn write(trace: &mut TraceBuilder, witness: &RollupWitness) -> Self {
        trace.section("public inputs");
        let mut at = |row: usize| {
            let value = witness.public.get(row).copied().unwrap_or_default();
            let held = trace.put(advice::A, row, value);
            trace.rule(row, RowRule::Public);
            held
        };
        Self {
            subject: at(0),
            window: (at(1), at(2)),
            kind: at(3),
            list_root: at(4),
            merged: at(5),
        }
    }
}

/// Writes the whole trace of a roll-up.
pub fn build(layout: &Layout, witness: &RollupWitness) -> TraceBuilder {
    let mut built = TraceBuilder::new(layout, free_rows(layout));
    let trace = &mut built;
    let public = Public::write(trace, witness);
    trace.section("constants");
    let constants = constants(trace, layout);
    trace.section("origin");
    let origin = trace.register_zero(layout.origin());
    let (list, sums) = accounts(trace, layout, witness, public, &constants, origin);
    let entries = sums_by_asset(trace, layout, witness, &constants, sums, origin);
    let mut hashes = Permutations(layout.after_accounts());
    let root = list_root(trace, &mut hashes, witness, &list, &constants);
    trace.equal(root, public.list_root);
    let blinding = binding(trace, &mut hashes, witness, root, &constants);
    merged(
        trace,
        layout,
        &mut hashes,
        public,
        blinding,
        &entries,
        &constants,
        origin,
    );
    finish(trace, layout);
    built
}

/// Permutations after the accounts', in their order ([`Hashes`]).
struct Permutations(usize);

impl Permutations {
    fn next(&mut self) -> usize {
        self.0 += 1;
        self.0 - 1
    }
}

/// R1. Returns what each slot's commitment is, 0 where it is not used, and the register with what
/// all positions add.
///
/// # Soundness
/// In: openings, of which nothing is taken for granted (H29): the tag is the public kind's (H20,
/// H21), the subject is a copy of the public input, the time is in the window (H22). Every position
/// of an active block counts (H30, H31). Out: the chain value after the last active block, or 0
/// (H24, H26, H28).
///
/// # Cost
/// A permutation for each block, and the window's rows.
fn accounts(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &RollupWitness,
    public: Public,
    constants: &Constants,
    origin: Cell,
) -> (Vec<AssignedCell>, Cell) {
    let mut sums = origin;
    let mut list = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        let mut chain = Chain {
            active: constants.one,
            value: constants.zero,
            sums,
        };
        header(trace, layout, m, account, public);
        for (i, block) in account.blocks.iter().enumerate() {
            let permutation = layout.account(m, i);
            if i > 0 {
                trace.section("R1 block");
                trace.absorb_copy(permutation, 0, chain.value);
            }
            let every = constants.one;
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
        }
        list.push(chain.value);
        sums = chain.sums;
    }
    (list, sums)
}

/// Slots 0 to 3 of an account's first block.
fn header(
    trace: &mut TraceBuilder,
    layout: &Layout,
    account: usize,
    witness: &AccountWitness,
    public: Public,
) {
    trace.section("R1 header");
    let permutation = layout.account(account, 0);
    tag(trace, permutation, public);
    trace.absorb_copy(permutation, 1, public.subject);
    let as_of = trace.absorb(permutation, 2, Fr::from(witness.as_of));
    trace.absorb(permutation, HEADER_END, witness.blinding);
    window(trace, as_of, public.window);
}

/// The tag of the public kind, in slot 0 of a header.
fn tag(trace: &mut TraceBuilder, permutation: usize, public: Public) {
    let row = trace.layout().slot(permutation, 0);
    let (collateral, owed) = (Kind::Collateral.tag(), Kind::Liability.tag());
    let tag = collateral + public.kind.value * (owed - collateral);
    trace.absorb(permutation, 0, tag);
    trace.rule(row, RowRule::Header);
    trace.copy(advice::A, row + 1, public.kind);
}

/// A position of the merged account: whether it is used, and its entry.
struct Entry {
    used: AssignedCell,
    entry: AssignedCell,
}

/// R2, R3. What the positions added to the register, the merged account's positions take away.
///
/// # Soundness
/// In: the register of all positions. Empty positions take their count away at the id 0 (H32).
/// Out: entries with ids of exactly 120 bits and totals of exactly 112 (H4), ascending (H83), each
/// of one position or more where it is used (H81): the register ends at 0 only if each id's
/// amounts and positions are those taken away (H33, H36, H82).
///
/// # Cost
/// Seven rows a position of the merged account, and two.
fn sums_by_asset(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &RollupWitness,
    constants: &Constants,
    positions: Cell,
    origin: Cell,
) -> Vec<Entry> {
    trace.section("R4 merged account");
    let used: Vec<AssignedCell> = (0..)
        .zip(&witness.merged)
        .map(|(position, slot)| {
            let (permutation, at) = merged_slot(layout, position);
            let row = layout.slot(permutation, at);
            trace.put(advice::A, row, Fr::from(slot.used))
        })
        .collect();
    trace.section("R2 totals");
    let row = trace.take(2);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
    trace.copy(advice::A, row, constants.zero);
    trace.put(advice::A, row + 1, witness.empty);
    let mut sums = key(trace, row + 1, constants.one, constants.zero, positions);
    let mut previous = constants.zero;
    let mut entries = Vec::new();
    for (slot, used) in witness.merged.iter().zip(used) {
        let (id, total, entry) = ranges(trace, slot);
        ascends(trace, used, previous, id);
        let count = count(trace, used, slot.count);
        trace.section("R2 totals");
        let row = trace.take(2);
        trace.copy(advice::A, row, total);
        trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ONE);
        trace.copy(advice::A, row + 1, count);
        sums = key(trace, row + 1, used, id, sums);
        previous = id;
        entries.push(Entry { used, entry });
    }
    trace.section("R2 totals");
    trace.register_equal(sums, origin);
    entries
}

/// R3. The id and the total, each in its range, and the entry, `c = id 2^128 + total`.
fn ranges(
    trace: &mut TraceBuilder,
    slot: &MergedWitness,
) -> (AssignedCell, AssignedCell, AssignedCell) {
    trace.section("R3 ranges");
    let id_size = Size::Exact(ExactBits::AssetId);
    let total_size = Size::Exact(ExactBits::Amount);
    let row = trace.take(trace.rows_of(id_size) + trace.rows_of(total_size));
    let (id, rows) = trace.number(row, slot.id, id_size);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, two_pow(128));
    hold_all(trace, row + 1..row + rows);
    let row = row + rows;
    let (total, rows) = trace.number(row, slot.total, total_size);
    let entry = trace.arithmetic(row, ArithmeticGate::Linear, Fr::ONE, Fr::ONE);
    hold_all(trace, row + 1..row + rows);
    trace.rule(row, RowRule::Export);
    let entry = trace.put(trace.layout().operand().0, row, entry);
    (id, total, entry)
}

/// R2. `used (previous + 1) + difference = id`, the difference a number: ids ascend (H83).
fn ascends(trace: &mut TraceBuilder, used: AssignedCell, previous: AssignedCell, id: AssignedCell) {
    trace.section("R2 ids ascend");
    let size = Size::Loose(ASSET_ID_BITS);
    let row = trace.take(1 + trace.rows_of(size));
    trace.copy(advice::A, row, used);
    trace.copy(advice::B, row, previous);
    let least = trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
    trace.number(row + 1, id.value - least - used.value, size);
    trace.copy(advice::B, row + 1, id);
    trace.operand(row + 1, used);
    hold(trace, row + 1);
    trace.rule(row + 1, RowRule::Adds);
}

/// R2. `count = used + a number`: a position that is used is of one or more (H81).
fn count(trace: &mut TraceBuilder, used: AssignedCell, value: Fr) -> AssignedCell {
    trace.section("R2 counts");
    let size = Size::Loose(COUNT_BITS);
    let row = trace.take(trace.rows_of(size));
    trace.number(row, value - used.value, size);
    let count = trace.put(advice::B, row, value);
    trace.operand(row, used);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, Fr::ZERO);
    trace.rule(row, RowRule::Adds);
    count
}

/// The permutation that absorbs a position of the merged account, and its slot.
fn merged_slot(layout: &Layout, position: usize) -> (usize, usize) {
    let merged = layout.permutations() - layout.merged_blocks();
    match position.checked_sub(FIRST_BLOCK) {
        None => (merged, HEADER_END + 1 + position),
        Some(after) => (merged + 1 + after / PER_BLOCK, 1 + after % PER_BLOCK),
    }
}

/// Takes `(total + delta * count) / (gamma + id)` from the register; the total is `c` of the row
/// above, the count `a` of this one.
fn key(
    trace: &mut TraceBuilder,
    row: usize,
    listed: AssignedCell,
    id: AssignedCell,
    sums: Cell,
) -> Cell {
    trace.register_copy(row - 1, sums);
    trace.copy(advice::B, row, id);
    trace.operand(row, listed);
    hold(trace, row);
    trace.register(row, RowRule::Key)
}

/// R6. The root of the list's tree.
///
/// # Soundness
/// In: each slot's commitment, or 0. Out: the hash of a tree whose shape is fixed (H85).
///
/// # Cost
/// A permutation for each node with a leaf that a slot has, and one for each level's empty node.
fn list_root(
    trace: &mut TraceBuilder,
    hashes: &mut Permutations,
    witness: &RollupWitness,
    list: &[AssignedCell],
    constants: &Constants,
) -> AssignedCell {
    trace.section("R6 list");
    let mut node = |trace: &mut TraceBuilder, children: &[AssignedCell], empty: AssignedCell| {
        let permutation = hashes.next();
        let padded = children.iter().copied().chain(std::iter::repeat(empty));
        for (slot, child) in (0..ARITY).zip(padded) {
            trace.absorb_copy(permutation, slot, child);
        }
        trace.permutation(permutation)
    };
    let mut level = list.to_vec();
    let mut empty = constants.zero;
    for (_, needs_empty) in Hashes::of(witness.shape).levels {
        let children = level.chunks(ARITY);
        level = children
            .map(|children| node(trace, children, empty))
            .collect();
        if needs_empty {
            empty = node(trace, &[], empty);
        }
    }
    level.first().copied().unwrap_or(constants.zero)
}

/// R5. The blinding of the merged account: H(tag, list root, M, salt).
///
/// # Soundness
/// In: the list root; a salt, which may be anything. Out: an image of H that no other list has
/// (H84).
///
/// # Cost
/// A permutation.
fn binding(
    trace: &mut TraceBuilder,
    hashes: &mut Permutations,
    witness: &RollupWitness,
    root: AssignedCell,
    constants: &Constants,
) -> AssignedCell {
    trace.section("R5 binding");
    let permutation = hashes.next();
    let constant = |trace: &mut TraceBuilder, slot: usize, value: Fr| {
        let row = trace.layout().slot(permutation, slot);
        trace.absorb(permutation, slot, value);
        trace.copy(advice::A, row, constants.one);
        trace.sums_to(row, value + Fr::ONE);
    };
    constant(trace, 0, ascii_tag(TAG_ROLLUP));
    trace.absorb_copy(permutation, 1, root);
    constant(trace, 2, Fr::from(witness.shape.accounts() as u64));
    trace.absorb(permutation, 3, witness.salt);
    for slot in 4..OUTPUT_SLOT {
        trace.absorb_copy(permutation, slot, constants.zero);
    }
    trace.permutation(permutation)
}

/// R4. The merged account is an ordinary one of the public subject and kind, as of the end of the
/// window.
///
/// # Soundness
/// In: entries (H82), the binding (H84). Used positions come first, the entries of the others are 0
/// (H55), and a block is active only where its first position is used, so that the account has no
/// whole block of zeros (H24). Out: the chain value equals the public K' (H26, H28).
///
/// # Cost
/// A permutation for each block.
#[allow(clippy::too_many_arguments)]
fn merged(
    trace: &mut TraceBuilder,
    layout: &Layout,
    hashes: &mut Permutations,
    public: Public,
    blinding: AssignedCell,
    entries: &[Entry],
    constants: &Constants,
    origin: Cell,
) {
    trace.section("R4 merged account");
    let mut chain = Chain {
        active: constants.one,
        value: constants.zero,
        sums: origin,
    };
    let (_, as_of_to) = public.window;
    let mut entries = entries.iter();
    let mut used_before = constants.one;
    for block in 0..layout.merged_blocks() {
        let permutation = hashes.next();
        open(trace, permutation, used_before, chain);
        let first = match block {
            0 => {
                tag(trace, permutation, public);
                trace.absorb_copy(permutation, 1, public.subject);
                trace.absorb_copy(permutation, 2, as_of_to);
                trace.absorb_copy(permutation, HEADER_END, blinding);
                // What the first position's slot takes for the used flag before.
                let above = layout.slot(permutation, HEADER_END);
                trace.copy(advice::A, above, constants.one);
                HEADER_END + 1
            }
            _ => {
                trace.absorb_copy(permutation, 0, chain.value);
                1
            }
        };
        let mut active = (block == 0).then_some(constants.one);
        for slot in first..OUTPUT_SLOT {
            let Some(entry) = entries.next() else {
                trace.absorb_copy(permutation, slot, constants.zero);
                continue;
            };
            trace.absorb_copy(permutation, slot, entry.entry);
            trace.rule(layout.slot(permutation, slot), RowRule::Word);
            active.get_or_insert(entry.used);
            used_before = entry.used;
        }
        trace.permutation(permutation);
        let end = layout.slot(permutation, OUTPUT_SLOT);
        let active = trace.copy(advice::A, end, active.unwrap_or(constants.zero));
        chain = close(trace, permutation, active, chain, origin);
    }
    trace.equal(chain.value, public.merged);
}
