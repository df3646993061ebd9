//! The dimensions of a trace: k, the width of a limb, the rows of each kind of number, and
//! where the permutations are. Which dimensions a shape has is found by [`super::fit`].

use super::columns::{IN_SUM, MOST_BITS_A_ROW, MOST_LIMBS, advice, fixed, second};
use super::poseidon_trace;
use crate::field::{Fr, two_pow};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, MULTIPLIER_BITS, VALUE_BITS, WIDTH_BITS};
use crate::poseidon::WIDTH;
use crate::shape::{POSITIONS_PER_BLOCK, Shape};

/// What a layout is made for. Fewer columns make a proof shorter and cheaper to verify on
/// chain; fewer rows make it faster.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Profile {
    /// Five S-box inputs and eight or nine limbs a row; multiplicities of the range table in a
    /// column of their own.
    Wide,
    /// One S-box input and two limbs a row; multiplicities in the rows that `d` leaves.
    Narrow,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Wide, Self::Narrow];

    /// `small` is the shape for proofs on chain.
    pub fn of(shape: Shape) -> Self {
        match shape == Shape::SMALL {
            true => Self::Narrow,
            false => Self::Wide,
        }
    }

    /// Rows at the end that blinding takes: more than halo2 requires with this circuit's
    /// queries (a test compares). Narrow, a column is queried at ten rows.
    pub const fn blinding_rows(self) -> usize {
        match self {
            Self::Wide => 8,
            Self::Narrow => 13,
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

/// Dimensions of the trace of a shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The shape.
    pub shape: Shape,
    /// What it is made for.
    pub profile: Profile,
    /// log2 of the number of rows.
    pub k: u32,
    /// Columns of limbs.
    pub limbs: usize,
    /// Bits of a limb.
    pub limb_bits: u32,
    /// Rows that the trace takes.
    pub rows_used: usize,
}

/// A row should hold the 96 bits of a stressed value: at k = 12 that takes nine limbs,
/// because a table of 2^12 leaves no room for blinding.
const WIDE: [(u32, u32, usize); 13] = [
    (10, 9, 8),
    (11, 10, 8),
    (12, 10, 8),
    (12, 11, 9),
    (13, 12, 8),
    (14, 12, 8),
    (15, 12, 8),
    (16, 12, 8),
    (17, 12, 8),
    (18, 12, 8),
    (19, 12, 8),
    (20, 12, 8),
    (21, 12, 8),
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

const _: () = {
    let mut profile = 0;
    while profile < Profile::ALL.len() {
        let candidates = Profile::ALL[profile].candidates();
        let mut i = 0;
        while i < candidates.len() {
            let (k, b, limbs) = candidates[i];
            admissible(k, b, limbs, Profile::ALL[profile].blinding_rows());
            i += 1;
        }
        profile += 1;
    }
};

const fn admissible(k: u32, b: u32, limbs: usize, blinding: usize) {
    assert!(limbs <= MOST_LIMBS);
    assert!((1usize << b) + blinding <= 1usize << k);
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
    // Fields of 16 bits take two limbs; where a row has not six, the gate of a width's top
    // row is that of a field.
    assert!(b >= 8 && b < 16);
    let (full, part) = top_limbs(WIDTH_BITS, limbs, b);
    assert!(limbs >= 6 || (MULTIPLIER_BITS == full as u32 * b + part && part > 0));
}

/// Whole limbs, and bits of a last one, in the top row of a number of that many bits.
pub const fn top_limbs(bits: u32, limbs: usize, limb_bits: u32) -> (usize, u32) {
    let top = bits % (limbs as u32 * limb_bits);
    ((top / limb_bits) as usize, top % limb_bits)
}

impl Layout {
    /// Columns of S-box inputs.
    pub fn sboxes(&self) -> usize {
        match self.profile {
            Profile::Wide => WIDTH,
            Profile::Narrow => 1,
        }
    }

    /// Rows that five S-box inputs take.
    pub fn stride(&self) -> usize {
        WIDTH.div_ceil(self.sboxes())
    }

    /// Column and row, from that of the first, of an S-box input of five.
    pub fn sbox(&self, lane: usize) -> (usize, usize) {
        (lane % self.sboxes(), lane / self.sboxes())
    }

    /// The first limb's column.
    pub fn first_limb(&self) -> usize {
        advice::X + self.sboxes()
    }

    /// Column of the tiers' register (stressed value still to be placed); states of the
    /// blocks.
    pub fn d(&self) -> usize {
        self.first_limb() + self.limbs
    }

    /// Column of the multiplicities of the range table.
    pub fn multiplicities(&self) -> usize {
        match self.profile {
            Profile::Wide => self.d() + 1,
            Profile::Narrow => self.d(),
        }
    }

    /// First-phase columns.
    pub fn advice_columns(&self) -> usize {
        self.multiplicities() + 1
    }

    /// Second-phase columns.
    pub fn second_columns(&self) -> usize {
        second::PART + usize::from(self.limbs > IN_SUM)
    }

    /// Fixed columns.
    pub fn fixed_columns(&self) -> usize {
        fixed::RC + self.sboxes()
    }

    /// Whether a row has limbs for two fields of 16 bits.
    pub fn takes_fields(&self) -> bool {
        self.limbs >= 6
    }

    /// Bits of a group mask that a row takes.
    pub fn bits_a_row(&self) -> usize {
        self.limbs.min(MOST_BITS_A_ROW)
    }

    /// What the uppermost of those bits adds to the number that they write.
    pub fn top_bit(&self) -> Fr {
        two_pow(self.bits_a_row() as u32 - 1)
    }

    /// Rows that may be assigned.
    pub fn usable(&self) -> usize {
        (1 << self.k) - self.profile.blinding_rows()
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

    /// Rows before the first permutation in whose `a` the public inputs stand, by a gate;
    /// where there are none, they are copied.
    pub fn public_rows(&self) -> usize {
        match self.profile {
            Profile::Wide => 0,
            Profile::Narrow => self.shape.public_inputs(),
        }
    }

    /// Rows of a permutation.
    pub fn permutation_rows(&self) -> usize {
        poseidon_trace::ROWS * self.stride()
    }

    /// The row of a permutation whose `c` is its output.
    pub fn end(&self) -> usize {
        (poseidon_trace::ROWS - 1) * self.stride()
    }

    /// Row of a block in which one of its positions begins.
    pub fn position(&self, position: usize) -> usize {
        let first = match self.profile {
            Profile::Wide => 1,
            Profile::Narrow => self.inputs().len(),
        };
        first + position * self.exact_rows(AMOUNT_BITS)
    }

    /// Rows of a block in whose `b` its inputs stand: wide, beside its positions.
    pub fn inputs(&self) -> [usize; POSITIONS_PER_BLOCK + 1] {
        match self.profile {
            Profile::Wide => [0, 1, 3, 5],
            Profile::Narrow => [0, 1, 2, 3],
        }
    }

    /// Permutations: each account's header and blocks, the policy's two headers and assets.
    pub fn permutations(&self) -> usize {
        self.shape.accounts() * (1 + self.shape.blocks()) + 2 + self.shape.assets()
    }

    /// Row 0 of a permutation.
    pub fn block(&self, permutation: usize) -> usize {
        self.public_rows() + permutation * self.permutation_rows()
    }

    /// Whether a permutation absorbs positions.
    pub fn holds_positions(&self, permutation: usize) -> bool {
        permutation < self.policy() && !permutation.is_multiple_of(1 + self.shape.blocks())
    }

    /// The permutation of an account's header; its blocks follow.
    pub fn account(&self, account: usize) -> usize {
        account * (1 + self.shape.blocks())
    }

    /// The policy's first permutation; its second and the assets' follow.
    pub fn policy(&self) -> usize {
        self.account(self.shape.accounts())
    }
}
