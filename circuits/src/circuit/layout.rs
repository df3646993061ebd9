//! The dimensions of a trace: k, lanes of permutations, limbs a row and their width, and where
//! blocks of accounts and what is hashed after them are. Which dimensions a shape has is found by
//! [`super::fit`].

use super::columns::{MOST_BITS_A_ROW, MOST_LIMBS, advice, fixed, parts, second};
use super::permutation::{INPUTS, ROWS};
use super::program::Program;
use super::weights;
use crate::field::{Fr, two_pow};
use crate::numbers::budget::{COUNTED_BITS, SUM_COUNTED_BITS};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, BPS_BITS, MULTIPLIER_BITS, VALUE_BITS};
use crate::policy::ASSETS_PER_BLOCK;
use crate::poseidon::WIDTH;
use crate::rollup::{self, ARITY, RollupShape};
use crate::shape::{Shape, TIERS};

/// Bits of a tier's width and of the report's grain, as the circuit checks them: less than their
/// 64 places in a word. A document's are below 2^53 (H54).
pub const WIDTH_BITS: u32 = 60;

/// Bits of a slack of S6 or S7: a share or ratio times the counted collateral (H63, H65, H67).
pub const SLACK_BITS: u32 = SUM_COUNTED_BITS + 15;
const _: () = assert!(SLACK_BITS <= 131);

/// What a layout is made for. Fewer columns make a proof shorter and cheaper to verify on
/// chain; fewer rows make it faster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Profile {
    /// For desks: several lanes, and limbs for a whole number in every row. A third copyable
    /// column, the operand, is beside `b`; the multiplicities of the range table have a column.
    Wide,
    /// For chains: one lane and two limbs a row. The operand is in `b` of the row below, and
    /// the multiplicities are in the rows that `b` leaves.
    Narrow,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// `small` is the shape for proofs on chain.
    pub fn of(program: Program) -> Self {
        match program == Program::Claim(Shape::SMALL) {
            true => Self::Narrow,
            false => Self::Wide,
        }
    }

    /// k, limb width and number of limb columns that are tried, smallest first. The table
    /// of limbs must fit the rows (asserted below, with what else numbers ask for).
    pub(super) const fn candidates(self) -> &'static [(u32, u32, usize)] {
        match self {
            Self::Wide => &WIDE,
            Self::Narrow => &NARROW,
        }
    }
}

/// Dimensions of a trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// What it is of.
    pub program: Program,
    /// What it is made for.
    pub profile: Profile,
    /// log2 of the number of rows.
    pub k: u32,
    /// Permutations side by side.
    pub lanes: usize,
    /// Columns of limbs.
    pub limbs: usize,
    /// Bits of a limb.
    pub limb_bits: u32,
    /// Rows that the trace takes.
    pub rows_used: usize,
}

/// A row holds any number of the statement; 131 bits at most.
const WIDE: [(u32, u32, usize); 13] = [
    (10, 9, 15),
    (11, 10, 18),
    (12, 11, 12),
    (12, 11, 16),
    (13, 12, 12),
    (14, 13, 12),
    (15, 14, 11),
    (16, 15, 10),
    (17, 16, 9),
    (18, 16, 9),
    (19, 16, 9),
    (20, 16, 9),
    (21, 16, 9),
];

/// Of few columns. With 22 bits a row, a slack of 131 bits takes six rows, and an amount
/// and an id end with a free limb.
const NARROW: [(u32, u32, usize); 10] = [
    (12, 11, 2),
    (13, 11, 2),
    (14, 11, 2),
    (15, 11, 2),
    (16, 11, 2),
    (17, 11, 2),
    (18, 11, 2),
    (19, 11, 2),
    (20, 11, 2),
    (21, 11, 2),
];

/// Most permutations side by side: each has slots in the rows of one.
pub const MOST_LANES: usize = ROWS / (SLOTS + CLOSING);

/// Rows of `b` that a permutation takes: its inputs and its output.
pub const SLOTS: usize = INPUTS + 1;
/// Rows at which a column is queried, but for `b`: `a` narrow, the challenge register wide.
const MOST_QUERIES: usize = 5;
/// Rows of a block of S5 whose lines are packed.
const PACKED: usize = 4;
/// Rows below the slots that the end of a block takes, narrow.
const CLOSING: usize = 2;
/// The slot of the output.
pub const OUTPUT_SLOT: usize = INPUTS;
const _: () = assert!(SLOTS == WIDTH && MOST_LANES == 11);

const _: () = {
    let mut profile = 0;
    while profile < Profile::ALL.len() {
        let candidates = Profile::ALL[profile].candidates();
        let mut i = 0;
        while i < candidates.len() {
            let (k, b, limbs) = candidates[i];
            admissible(k, b, limbs);
            i += 1;
        }
        profile += 1;
    }
};

const fn admissible(k: u32, b: u32, limbs: usize) {
    assert!(limbs <= MOST_LIMBS);
    assert!((1usize << b) + 32 <= 1usize << k);
    // Exact numbers end with a free limb in their row, or one of the row below (H4, H6).
    let mut j = 0;
    let tops = [AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS];
    while j < tops.len() {
        let (full, part) = top_limbs(tops[j], limbs, b);
        assert!(full + (if part > 0 { 1 } else { 0 }) <= limbs);
        j += 1;
    }
    // Loosely bounded numbers stay far from r (H3).
    let rows = 131u32.div_ceil(limbs as u32 * b);
    assert!(rows * limbs as u32 * b <= 200);
    // Wide, a row holds a weight beside a width, and three shares.
    if limbs > 2 {
        let (full, part) = top_limbs(WIDTH_BITS, limbs, b);
        let width = full + if part > 0 { 2 } else { 0 };
        let share = 2 * BPS_BITS.div_ceil(b) as usize;
        assert!(width + share <= limbs && 3 * share <= limbs);
    }
    // Fields of 16 bits take two limbs or one; where a row has not six, the gate of a width's
    // top row is that of a field.
    assert!(b >= 8 && b <= 16);
    let (full, part) = top_limbs(WIDTH_BITS, limbs, b);
    assert!(limbs >= 6 || (MULTIPLIER_BITS == full as u32 * b + part && part > 0));
}

/// Whole limbs, and bits of a last one, in the top row of a number of that many bits.
pub const fn top_limbs(bits: u32, limbs: usize, limb_bits: u32) -> (usize, u32) {
    let top = bits % (limbs as u32 * limb_bits);
    ((top / limb_bits) as usize, top % limb_bits)
}

impl Layout {
    /// The shape, of a collateral claim.
    pub fn claim(&self) -> Option<Shape> {
        match self.program {
            Program::Claim(shape) => Some(shape),
            Program::Many(_) | Program::Rollup(_) => None,
        }
    }

    /// Whether numbers take one row, with an operand beside `b`.
    pub fn is_wide(&self) -> bool {
        self.profile == Profile::Wide
    }

    /// The first limb's column.
    pub fn first_limb(&self) -> usize {
        advice::X + self.lanes
    }

    /// The operand: its column, and its row from that of `b`.
    pub fn operand(&self) -> (usize, usize) {
        match self.profile {
            Profile::Wide => (self.first_limb() + self.limbs, 0),
            Profile::Narrow => (advice::B, 1),
        }
    }

    /// Column of the multiplicities of the range table.
    pub fn multiplicities(&self) -> usize {
        match self.profile {
            Profile::Wide => self.first_limb() + self.limbs + 1,
            Profile::Narrow => advice::B,
        }
    }

    /// First-phase columns.
    pub fn advice_columns(&self) -> usize {
        self.first_limb() + self.limbs + if self.is_wide() { 2 } else { 0 }
    }

    /// Second-phase columns.
    pub fn second_columns(&self) -> usize {
        second::PARTS + parts(self.limbs).len()
    }

    /// Fixed columns.
    pub fn fixed_columns(&self) -> usize {
        fixed::COUNT
    }

    /// Rows at the end that blinding takes: more than halo2 requires with this circuit's
    /// queries (a test compares). `b` is queried at a row for each lane, and one above.
    pub fn blinding_rows(&self) -> usize {
        3 + MOST_QUERIES.max(self.lanes + if self.is_wide() { 1 } else { 2 })
    }

    /// Limbs of a field of 16 bits, with the one that shows the last to be short.
    pub fn field_limbs(&self) -> usize {
        match MULTIPLIER_BITS % self.limb_bits {
            0 => (MULTIPLIER_BITS / self.limb_bits) as usize,
            _ => (MULTIPLIER_BITS / self.limb_bits) as usize + 2,
        }
    }

    /// Limbs of a share or weight, and of its complement to 10^4.
    pub fn share_limbs(&self) -> usize {
        BPS_BITS.div_ceil(self.limb_bits) as usize
    }

    /// Whether a row has limbs for two fields of 16 bits.
    pub fn takes_fields(&self) -> bool {
        self.limbs >= 2 * self.field_limbs()
    }

    /// Bits of a group mask that a row takes: a power of two, so that rows share them evenly.
    pub fn bits_a_row(&self) -> usize {
        1 << self.limbs.min(MOST_BITS_A_ROW).ilog2()
    }

    /// What the uppermost of those bits adds to the number that they write.
    pub fn top_bit(&self) -> Fr {
        two_pow(self.bits_a_row() as u32 - 1)
    }

    /// Rows that may be assigned.
    pub fn usable(&self) -> usize {
        (1 << self.k) - self.blinding_rows()
    }

    /// Bits that a row of limbs holds.
    pub fn row_bits(&self) -> u32 {
        self.limbs as u32 * self.limb_bits
    }

    /// Rows of a number of at most that many bits.
    pub fn number_rows(&self, bits: u32) -> usize {
        bits.div_ceil(self.row_bits()) as usize
    }

    /// Rows of a number of exactly that many bits: where the top row has no limb free for
    /// the check of its last one, the row below has it.
    pub fn exact_rows(&self, bits: u32) -> usize {
        let (full, part) = top_limbs(bits, self.limbs, self.limb_bits);
        self.number_rows(bits) + usize::from(part > 0 && full + 1 == self.limbs)
    }

    /// Rows from a line's slack to the next line's (S5).
    pub fn line_rows(&self) -> usize {
        self.number_rows(COUNTED_BITS)
    }

    /// Rows of a slack of S6 or S7.
    pub fn share_rows(&self) -> usize {
        self.number_rows(SLACK_BITS)
    }

    /// Rows of a block of S5: the slack of the asset's share, c_a and four lines.
    pub fn block_rows(&self) -> usize {
        match self.packs_lines() {
            true => PACKED,
            false => self.share_rows() + (1 + TIERS) * self.line_rows(),
        }
    }

    /// Limbs of a line's slack.
    pub fn line_limbs(&self) -> usize {
        COUNTED_BITS.div_ceil(self.limb_bits) as usize
    }

    /// Limbs of a row that a line's slack leaves.
    pub fn rest_limbs(&self) -> usize {
        self.limbs.saturating_sub(self.line_limbs())
    }

    /// Whether a row has limbs for a line's slack and half of another number: then a block takes
    /// four rows ([`super::gates`]).
    pub fn packs_lines(&self) -> bool {
        self.is_wide() && 2 * self.rest_limbs() as u32 * self.limb_bits >= SLACK_BITS
    }

    /// The row after those that have no form of the settlement's: beside the weights, and on to
    /// the end of a block of S5.
    pub fn formless_end(&self) -> usize {
        let start = self.hash_end() + 1;
        let rows = self.weights_end() - start;
        start + rows.next_multiple_of(self.block_rows())
    }

    /// The first rows, in whose `a` the public inputs are, by a gate.
    pub fn public_rows(&self) -> usize {
        self.program.public_inputs()
    }

    /// The row where range checks, hashing and the challenge register begin.
    pub fn origin(&self) -> usize {
        self.public_rows()
    }

    /// The first row of the permutations.
    pub fn hash_start(&self) -> usize {
        self.origin() + 1
    }

    /// Permutations, those of one claim after those of another.
    pub fn permutations(&self) -> usize {
        self.program.claims() * self.permutations_each()
    }

    /// Permutations of a claim or a roll-up: each account's blocks; then the policy's header and its
    /// blocks of assets, or what a roll-up hashes.
    fn permutations_each(&self) -> usize {
        let of_policy = |shape: Shape| 1 + shape.assets().div_ceil(ASSETS_PER_BLOCK);
        let more = match self.program {
            Program::Claim(shape) => of_policy(shape),
            Program::Many(shape) => of_policy(shape.claim()),
            Program::Rollup(shape) => Hashes::of(shape).count(),
        };
        self.after_accounts() + more
    }

    /// Each claim's part, or the roll-up's.
    pub fn parts(&self) -> impl Iterator<Item = Part> + use<> {
        let (permutations, accounts) = (self.permutations_each(), self.after_accounts());
        let (claims, blocks) = (self.program.claims(), self.program.blocks());
        let inputs = self.program.public_inputs() / claims;
        (0..claims).map(move |claim| Part {
            first_input: claim * inputs,
            first: claim * permutations,
            blocks,
            accounts,
        })
    }

    /// Permutations that the lanes have room for: those, and some that hash zeros.
    pub fn room(&self) -> usize {
        self.permutations().next_multiple_of(self.lanes)
    }

    /// The row after the last permutation.
    pub fn hash_end(&self) -> usize {
        self.hash_start() + self.room() / self.lanes * ROWS
    }

    /// The row after the weights, which are in the rows from [`Self::hash_end`] on.
    pub fn weights_end(&self) -> usize {
        self.hash_end() + weights::rows()
    }

    /// Whether permutations and weights leave the rows that they must: the gate of hashing
    /// reads `b` of other lanes' rows wherever a weight's constants are.
    pub fn has_room(&self) -> bool {
        self.formless_end() + self.slot_rows() * self.lanes + 2 <= self.usable()
    }

    /// The lane of a permutation, and the row where its cells begin there.
    pub fn lane(&self, permutation: usize) -> (usize, usize) {
        let period = self.hash_start() + permutation / self.lanes * ROWS;
        (permutation % self.lanes, period)
    }

    /// The row of an input or of the output of a permutation, in `b`.
    pub fn slot(&self, permutation: usize, slot: usize) -> usize {
        let (lane, period) = self.lane(permutation);
        period + lane * self.slot_rows() + slot
    }

    /// Rows that a permutation takes beside its slots, below them: the end of a block.
    pub fn closing_rows(&self) -> usize {
        match self.profile {
            Profile::Wide => 0,
            Profile::Narrow => CLOSING,
        }
    }

    /// Rows from a lane's slots to the next lane's.
    pub fn slot_rows(&self) -> usize {
        SLOTS + self.closing_rows()
    }

    /// A block of an account, of the first claim.
    pub fn account(&self, account: usize, block: usize) -> usize {
        account * self.program.blocks() + block
    }

    /// Blocks of a roll-up's merged account, which are the last permutations.
    pub fn merged_blocks(&self) -> usize {
        match self.program {
            Program::Claim(_) | Program::Many(_) => 0,
            Program::Rollup(shape) => shape.merged_blocks(),
        }
    }

    /// The first permutation after the accounts' of the first claim: the policy's, whose blocks of
    /// assets follow, or the first of [`Hashes`].
    pub fn after_accounts(&self) -> usize {
        self.program.accounts() * self.program.blocks()
    }
}

/// Where a claim's own permutations and public inputs are: those of one of several claims come after
/// those of the claims before it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    first_input: usize,
    first: usize,
    blocks: usize,
    accounts: usize,
}

impl Part {
    /// The row of a public input.
    pub fn input(&self, input: usize) -> usize {
        self.first_input + input
    }

    /// The permutation of a block of an account.
    pub fn account(&self, account: usize, block: usize) -> usize {
        self.first + account * self.blocks + block
    }

    /// The permutations of the accounts' blocks.
    pub fn accounts(&self) -> std::ops::Range<usize> {
        self.first..self.after_accounts()
    }

    /// The first permutation after the accounts'.
    pub fn after_accounts(&self) -> usize {
        self.first + self.accounts
    }
}

/// What a roll-up hashes after its accounts, in this order: the nodes of the list's tree level by
/// level, each level's empty node after its own where one is needed above, then the binding, then
/// the merged account's blocks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hashes {
    /// Of each level, from the leaves up: its nodes that have leaves, and whether the level above
    /// takes an empty one.
    pub levels: Vec<(usize, bool)>,
    /// Blocks of the merged account.
    pub merged: usize,
}

impl Hashes {
    /// Of a shape.
    pub fn of(shape: RollupShape) -> Self {
        let mut width = shape.accounts();
        let widths = (0..rollup::depth(shape.accounts())).map(|_| {
            width = width.div_ceil(ARITY);
            width
        });
        let mut levels: Vec<(usize, bool)> = widths.map(|width| (width, false)).collect();
        // An empty node is made of those below it.
        let mut needed = false;
        for (width, empty) in levels.iter_mut().rev() {
            needed |= *width > 1 && !width.is_multiple_of(ARITY);
            *empty = needed;
        }
        Self {
            levels,
            merged: shape.merged_blocks(),
        }
    }

    /// How many permutations.
    pub fn count(&self) -> usize {
        let nodes = self.levels.iter();
        let nodes = nodes.map(|(nodes, empty)| nodes + usize::from(*empty));
        nodes.sum::<usize>() + 1 + self.merged
    }
}
