//! S8: the policy's fields, each in its range (H4, H50, H51), packed into words that decode in
//! one way (H52) and hash to the public digest, which is a document's (H54).

mod words;

use super::accounts::{close, permutation};
use super::{Constants, Public, hold};
use crate::circuit::builder::{AssignedCell, Cell, Size, TraceBuilder};
use crate::circuit::columns::{ArithmeticGate, RowRule, advice};
use crate::circuit::layout::Layout;
use crate::circuit::witness::Witness;
use crate::field::Fr;
use crate::ident::{TAG_POLICY, ascii_tag};
use crate::numbers::ASSET_ID_BITS;
use ff::Field;
use words::{export_register, pack_ratios, pack_shares, unpack, word_scenarios};

/// The cells of an asset's fields.
pub(super) struct Asset {
    pub(super) used: AssignedCell,
    pub(super) id: AssignedCell,
    pub(super) share: AssignedCell,
    /// 1 where the asset may not be netted.
    pub(super) not_netting: AssignedCell,
    /// Scenarios 1 .. J - 1.
    pub(super) multipliers: Vec<AssignedCell>,
    pub(super) widths: Vec<AssignedCell>,
    pub(super) weights: Vec<AssignedCell>,
    /// `sum bit_g rho^g + used rho^15`.
    pub(super) groups: Cell,
    /// The multipliers over rho, in the order of [`Policy::sequence`].
    pub(super) stressed: Cell,
}

/// The cells of the policy.
pub(super) struct Policy {
    pub(super) assets: Vec<Asset>,
    /// Of scenarios 1 .. J - 1.
    pub(super) ratios: Vec<AssignedCell>,
    /// Smallest and largest share of each group.
    pub(super) shares: Vec<(AssignedCell, AssignedCell)>,
    /// Scenarios in the order in which their multipliers enter the register, highest
    /// power of rho first; `None` is a gap.
    pub(super) sequence: Vec<Option<usize>>,
}

pub(super) fn write(
    trace: &mut TraceBuilder,
    layout: &Layout,
    witness: &Witness,
    public: &Public<'_>,
    constants: &Constants,
    origin: Cell,
) -> Policy {
    trace.section("S8 fields");
    let first = layout.policy();
    let used: Vec<AssignedCell> = witness
        .assets
        .iter()
        .enumerate()
        .map(|(a, asset)| {
            trace.put(
                advice::A,
                layout.block(first + 2 + a) + 1,
                Fr::from(asset.used),
            )
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
    let count = count(trace, &used, constants);
    let (ratios, ratio_word) = pack_ratios(trace, witness, constants);
    let (mins, min_word) = pack_shares(trace, witness.shares.map(|(min, _)| min));
    let (maxs, max_word) = pack_shares(trace, witness.shares.map(|(_, max)| max));

    // The digest, over the words.
    trace.section("S8 digest");
    let mut start = layout.block(first);
    trace.rule(start, RowRule::Policy);
    trace.put(layout.d(), start, Fr::ONE);
    let tag = trace.put(advice::B, start, ascii_tag(TAG_POLICY));
    let [_, row1, row2, row3] = layout.inputs();
    let terms = trace.put(advice::B, start + row1, witness.terms);
    trace.copy(advice::B, start + row2, ratio_word);
    trace.copy(advice::B, start + row3, count);
    let out = permutation(
        trace,
        start,
        [tag.value, terms.value, ratio_word.value, count.value],
    );
    let mut chain = close(trace, start, RowRule::First, out);
    start = layout.block(first + 1);
    let header = trace.put(advice::A, start + 1, Fr::ONE);
    trace.equal(header, constants.one);
    chain = absorb(
        trace,
        start,
        chain,
        Fr::ONE,
        [min_word, max_word, constants.zero],
    );
    for (a, (packed, used)) in words.into_iter().zip(&used).enumerate() {
        start = layout.block(first + 2 + a);
        chain = absorb(trace, start, chain, used.value, packed);
    }
    trace.equal(chain, public.policy());
    let sequence = (0..3)
        .rev()
        .flat_map(|word| word_scenarios(word, witness.shape.scenarios()))
        .collect();
    Policy {
        assets,
        ratios,
        shares: mins.into_iter().zip(maxs).collect(),
        sequence,
    }
}

/// A block of the digest; its flag is in `a` of row 1 already.
fn absorb(
    trace: &mut TraceBuilder,
    start: usize,
    chain: AssignedCell,
    used: Fr,
    words: [AssignedCell; 3],
) -> AssignedCell {
    trace.rule(start, RowRule::Flagged);
    trace.put(advice::B, start, chain.value);
    let layout = *trace.layout();
    trace.put(layout.d(), start, used);
    let [_, inputs @ ..] = layout.inputs();
    for (word, row) in words.iter().zip(inputs) {
        trace.copy(advice::B, start + row, *word);
    }
    let [w1, w2, w3] = words.map(|w| w.value);
    let out = permutation(trace, start, [chain.value, w1, w2, w3]);
    let result = if used == Fr::ZERO { chain.value } else { out };
    close(trace, start, RowRule::Hold, result)
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
        let row = trace.take(2 + trace.rows_of(size));
        trace.copy(advice::A, row, asset.used);
        trace.copy(advice::B, row, previous);
        trace.arithmetic(row, ArithmeticGate::Product, Fr::ZERO, Fr::ONE);
        trace.copy(advice::A, row + 1, asset.used);
        let least = trace.arithmetic(row + 1, ArithmeticGate::Linear, Fr::ONE, Fr::ONE);
        trace.number(row + 2, asset.id.value - least, size);
        trace.copy(advice::B, row + 2, asset.id);
        trace.arithmetic(row + 2, ArithmeticGate::Plus, -Fr::ONE, -Fr::ONE);
        trace.rule(row + 2, RowRule::Zero);
        previous = asset.id;
    }
}

/// The number of assets.
///
/// # Soundness
/// In: used flags, each 0 or 1 and ordered (H55). Out: their sum, which the digest has.
fn count(trace: &mut TraceBuilder, used: &[AssignedCell], constants: &Constants) -> AssignedCell {
    let row = trace.take(used.len().div_ceil(2) + 1);
    for (i, pair) in used.chunks(2).enumerate() {
        trace.copy(
            advice::A,
            row + i,
            pair.first().copied().unwrap_or(constants.zero),
        );
        trace.copy(
            advice::B,
            row + i,
            pair.get(1).copied().unwrap_or(constants.zero),
        );
        let above = if i == 0 { Fr::ZERO } else { Fr::ONE };
        trace.arithmetic(row + i, ArithmeticGate::Plus, above, Fr::ONE);
    }
    let last = row + used.len().div_ceil(2);
    hold(trace, last);
    export_register(trace, last)
}
