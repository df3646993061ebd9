//! S8: the policy's fields, each in its range (H4, H50, H51), packed into words that decode in
//! one way (H52) and hash to the public digest, which is a document's (H54).

mod words;

use super::accounts::{Chain, close, open};
use super::{Constants, Public, hold, hold_all, multiple};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::{Layout, OUTPUT_SLOT, Part};
use crate::circuit::witness::{GroupWitness, Witness};
use crate::field::{Fr, two_pow};
use crate::ident::{TAG_POLICY, ascii_tag};
use crate::numbers::{ASSET_ID_BITS, MICRO};
use crate::policy::ASSETS_PER_BLOCK;
use crate::shape::GROUPS;
use ff::{Field, PrimeField};
use words::{
    export_below, export_register, export_rows, pack_ratios, pack_shares, unpack, word_scenarios,
};

/// The cells of an asset's fields.
pub(super) struct Asset {
    pub(super) used: AssignedCell,
    pub(super) id: AssignedCell,
    pub(super) share: AssignedCell,
    /// Largest share of what is held.
    pub(super) held_share: AssignedCell,
    pub(super) netting: AssignedCell,
    /// 1 only for an asset of the policy.
    pub(super) may_owe: AssignedCell,
    /// Scenarios 1 .. J - 1.
    pub(super) multipliers: Vec<AssignedCell>,
    /// Of tiers 1 .. 3.
    pub(super) widths: Vec<AssignedCell>,
    pub(super) weights: Vec<AssignedCell>,
    /// `sum bit_g rho^g + used rho^15`.
    pub(super) groups: Cell,
    /// The multipliers over rho, in the order of [`Policy::sequence`].
    pub(super) stressed: Cell,
}

/// Smallest and largest share of a group.
pub(super) type Shares = (AssignedCell, AssignedCell);

/// The cells of the policy.
pub(super) struct Policy {
    pub(super) assets: Vec<Asset>,
    /// Of scenarios 1 .. J - 1.
    pub(super) ratios: Vec<AssignedCell>,
    /// Of what counts, of each group.
    pub(super) shares: Vec<Shares>,
    /// Of what is held.
    pub(super) held: Vec<Shares>,
    /// Of each group, whether it is reported.
    pub(super) reported: Vec<AssignedCell>,
    /// In micro-units of the quote currency.
    pub(super) grain: AssignedCell,
    /// Scenarios in the order in which their multipliers enter the register, highest
    /// power of rho first; `None` is a gap.
    pub(super) sequence: Vec<Option<usize>>,
}

/// The header word's fields, and the word but for the number of assets.
pub(super) struct Header {
    pub(super) complete: AssignedCell,
    reported: Vec<AssignedCell>,
    /// In micro-units.
    grain: AssignedCell,
    /// What is above the number of assets, over 2^8.
    upper: AssignedCell,
}

/// A bit in `a` that enters a word; its row is its own condition. The operand may be in the row
/// below, whose `a` it leaves alone.
///
/// # Soundness
/// Out: `(1 - bit) bit = 0` (H41).
pub(super) fn bit(trace: &mut TraceBuilder, row: usize, value: u64, shift: u32) -> AssignedCell {
    let held = trace.put(advice::A, row, Fr::from(value));
    trace.operand(row, held);
    trace.rule(row, RowRule::OnlyIf);
    trace.arithmetic(row, ArithmeticGate::Linear, two_pow(shift), Fr::ONE);
    held
}

/// The header word from its top: grain, bits of the groups that are reported, complete.
///
/// # Soundness
/// Out: each field in its range (H4, H41, H51) and at its place (H52).
///
/// # Cost
/// The rows of a width, of sixteen bits, and two.
pub(super) fn header(trace: &mut TraceBuilder, witness: &Witness, constants: &Constants) -> Header {
    trace.section("S8 fields");
    let grain_rows = words::grain_rows(trace);
    let row = trace.take(grain_rows + GROUPS + 1 + 2);
    let grain = words::grain(trace, row, witness.grain, constants);
    let mut at = row + grain_rows;
    let mut reported = Vec::new();
    for (i, group) in witness.groups.iter().rev().enumerate() {
        // From the grain at 2^32 to the last group's bit at 2^30.
        let shift = if i == 0 { 2 } else { 1 };
        reported.push(bit(trace, at, group.reported.into(), shift));
        at += 1;
    }
    reported.reverse();
    let complete = bit(trace, at, witness.complete, 8);
    // Two rows below, since the operand of the last bit may be in `b` of the first.
    hold_all(trace, at + 1..at + 3);
    let upper = export_register(trace, at + 2);
    Header {
        complete,
        reported,
        // In micro-units.
        grain: multiple(trace, grain, Fr::from_u128(MICRO)),
        upper,
    }
}

pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    header: Header,
    origin: Cell,
) -> Policy {
    trace.section("S8 fields");
    let used: Vec<AssignedCell> = witness
        .assets
        .iter()
        .enumerate()
        .map(|(a, asset)| {
            let (permutation, slot) = word_slot(&public.part, a);
            let row = layout.slot(permutation, slot);
            trace.put(advice::A, row, Fr::from(asset.used))
        })
        .collect();
    let mut assets = Vec::new();
    let mut words = Vec::new();
    for (asset, used) in witness.assets.iter().zip(&used) {
        let (fields, packed) = unpack(trace, witness, asset, *used, constants, origin);
        assets.push(fields);
        words.push(packed);
    }
    trace.section("S8 ids ascend");
    ascending(trace, &assets, constants);
    trace.section("S8 words");
    let header_word = count(trace, &used, constants, &header);
    let (ratios, ratio_word) = pack_ratios(trace, witness, constants);
    let mut pack = |share: fn(&GroupWitness) -> u64| {
        let values = std::array::from_fn(|g| share(&witness.groups[g]));
        pack_shares(trace, values, constants)
    };
    let (mins, min_word) = pack(|g| g.counted.0);
    let (maxs, max_word) = pack(|g| g.counted.1);
    let (held_mins, held_min_word) = pack(|g| g.held.0);
    let (held_maxs, held_max_word) = pack(|g| g.held.1);

    // The digest, over the words.
    trace.section("S8 digest");
    let permutation = public.part.after_accounts();
    let begin = Chain {
        active: constants.one,
        value: constants.zero,
        sums: origin,
    };
    open(trace, permutation, constants.one, begin);
    let row = layout.slot(permutation, 0);
    let tag = ascii_tag(TAG_POLICY);
    trace.absorb(permutation, 0, tag);
    if !layout.is_wide() {
        trace.copy(advice::A, row, constants.one);
    }
    trace.sums_to(row, tag + Fr::ONE);
    trace.absorb(permutation, 1, witness.terms);
    let header_words = [
        ratio_word,
        header_word,
        min_word,
        max_word,
        held_min_word,
        held_max_word,
    ];
    let zeros = std::iter::repeat(constants.zero);
    for (slot, word) in (2..OUTPUT_SLOT).zip(header_words.into_iter().chain(zeros)) {
        trace.absorb_copy(permutation, slot, word);
    }
    let mut chain = end(trace, layout, permutation, constants.one, begin, origin);
    for (block, words) in words.chunks(ASSETS_PER_BLOCK).enumerate() {
        let first = block * ASSETS_PER_BLOCK;
        let before = match first.checked_sub(1) {
            None => constants.one,
            Some(asset) => used[asset],
        };
        chain = absorb(
            trace,
            layout,
            permutation + 1 + block,
            words,
            &used[first..],
            before,
            chain,
            constants,
            origin,
        );
    }
    trace.equal(chain.value, public.policy());
    let sequence = (0..3)
        .rev()
        .flat_map(|word| word_scenarios(word, witness.shape.scenarios()))
        .collect();
    Policy {
        assets,
        ratios,
        shares: mins.into_iter().zip(maxs).collect(),
        held: held_mins.into_iter().zip(held_maxs).collect(),
        reported: header.reported,
        grain: header.grain,
        sequence,
    }
}

/// The permutation that absorbs an asset, and the slot of its first word.
fn word_slot(part: &Part, asset: usize) -> (usize, usize) {
    let permutation = part.after_accounts() + 1 + asset / ASSETS_PER_BLOCK;
    (permutation, 1 + asset % ASSETS_PER_BLOCK * 3)
}

/// A block of the digest: the words of five assets, each 0 where the asset is unused.
#[allow(clippy::too_many_arguments)]
fn absorb(
    trace: &mut TraceBuilder,
    layout: &Layout,
    permutation: usize,
    words: &[[AssignedCell; 3]],
    used: &[AssignedCell],
    used_before: AssignedCell,
    chain: Chain,
    constants: &Constants,
    origin: Cell,
) -> Chain {
    open(trace, permutation, used_before, chain);
    if !layout.is_wide() {
        trace.copy(advice::A, layout.slot(permutation, 0), used_before);
    }
    trace.absorb_copy(permutation, 0, chain.value);
    let words = words.iter().zip(used);
    let mut words = words.flat_map(|(words, used)| words.iter().map(move |word| (*word, *used)));
    for slot in 1..OUTPUT_SLOT {
        let Some((word, used)) = words.next() else {
            trace.absorb_copy(permutation, slot, constants.zero);
            continue;
        };
        trace.absorb_copy(permutation, slot, word);
        let row = layout.slot(permutation, slot);
        if used.cell != Cell::Advice(advice::A, row) {
            trace.copy(advice::A, row, used);
        }
        trace.rule(row, RowRule::Word);
    }
    let active = used.first().copied().unwrap_or(constants.zero);
    end(trace, layout, permutation, active, chain, origin)
}

/// The end of a block of the digest.
fn end(
    trace: &mut TraceBuilder,
    layout: &Layout,
    permutation: usize,
    active: AssignedCell,
    chain: Chain,
    origin: Cell,
) -> Chain {
    trace.permutation(permutation);
    let row = layout.slot(permutation, OUTPUT_SLOT);
    let held = trace.copy(advice::A, row, active);
    close(trace, permutation, held, chain, origin)
}

/// Ids ascend, so that no asset is there twice; the first is not 0.
///
/// # Soundness
/// In: used flags (H55) and ids (H4). Out: `used (previous + 1) + difference = id`, the
/// difference range-checked (H57), so that ids are distinct (H34).
fn ascending(trace: &mut TraceBuilder, assets: &[Asset], constants: &Constants) {
    let mut previous = constants.zero;
    for asset in assets {
        // used * (previous + 1) + difference = id
        let size = Size::Loose(ASSET_ID_BITS);
        let row = trace.take(1 + trace.rows_of(size));
        trace.copy(advice::A, row, asset.used);
        trace.copy(advice::B, row, previous);
        let least = trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
        let difference = asset.id.value - least - asset.used.value;
        trace.number(row + 1, difference, size);
        trace.copy(advice::B, row + 1, asset.id);
        trace.operand(row + 1, asset.used);
        hold(trace, row + 1);
        trace.rule(row + 1, RowRule::Adds);
        previous = asset.id;
    }
}

/// The header word: its upper fields, and the number of assets.
///
/// # Soundness
/// In: used flags, each 0 or 1 and ordered (H55), and the upper fields (H52). Out: the word.
fn count(
    trace: &mut TraceBuilder,
    used: &[AssignedCell],
    constants: &Constants,
    header: &Header,
) -> AssignedCell {
    let rows = used.len().div_ceil(2);
    let row = trace.take(1 + rows + export_rows(trace));
    trace.copy(advice::A, row, header.upper);
    trace.arithmetic(row, ArithmeticGate::Linear, Fr::ZERO, two_pow(8));
    for (i, pair) in used.chunks(2).enumerate() {
        let row = row + 1 + i;
        trace.copy(
            advice::A,
            row,
            pair.first().copied().unwrap_or(constants.zero),
        );
        trace.copy(
            advice::B,
            row,
            pair.get(1).copied().unwrap_or(constants.zero),
        );
        trace.arithmetic(row, ArithmeticGate::Plus, Fr::ONE, Fr::ONE);
    }
    export_below(trace, row + rows)
}
