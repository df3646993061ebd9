//! How large the trace of a shape is: k, the width of a limb, the rows of each kind of
//! number, and where the permutations stand.

use super::columns::LIMBS;
use super::{sponge, trace};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS};
use crate::shape::Shape;

/// Rows at the end that blinding takes: more than halo2 asks for with this circuit's
/// queries (a test compares).
pub const BLINDING_ROWS: usize = 8;

/// Dimensions of the trace of a shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// The shape.
    pub shape: Shape,
    /// log2 of the number of rows.
    pub k: u32,
    /// Bits of a limb.
    pub limb_bits: u32,
    /// Rows that the trace takes.
    pub rows_used: usize,
}

/// k and limb width that are tried, smallest first. The table of limbs must fit the
/// rows, and 60, 80, 112 and 120 bits must end with a free limb (asserted below).
const CANDIDATES: [(u32, u32); 12] = [
    (10, 9),
    (11, 10),
    (12, 10),
    (13, 12),
    (14, 12),
    (15, 12),
    (16, 12),
    (17, 12),
    (18, 12),
    (19, 12),
    (20, 12),
    (21, 12),
];

const _: () = {
    let mut i = 0;
    while i < CANDIDATES.len() {
        let (k, b) = CANDIDATES[i];
        assert!((1usize << b) + BLINDING_ROWS <= 1usize << k);
        let mut j = 0;
        let tops = [AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS];
        while j < tops.len() {
            let (full, part) = top_limbs(tops[j], b);
            assert!(full + (if part > 0 { 2 } else { 0 }) <= LIMBS);
            j += 1;
        }
        // Two rows of limbs hold every loosely bounded number without reaching r.
        assert!(2 * LIMBS as u32 * b >= 131 && 2 * LIMBS as u32 * b <= 200);
        // Fields of 16 bits take two limbs.
        assert!(b >= 8 && b < 16);
        i += 1;
    }
};

/// Whole limbs, and bits of a last one, in the top row of a number of that many bits.
pub const fn top_limbs(bits: u32, limb_bits: u32) -> (usize, u32) {
    let top = bits % (LIMBS as u32 * limb_bits);
    ((top / limb_bits) as usize, top % limb_bits)
}

impl Layout {
    /// The smallest trace that holds the shape.
    pub fn of(shape: Shape) -> Self {
        let mut last = None;
        for (k, limb_bits) in CANDIDATES {
            let layout = Self {
                shape,
                k,
                limb_bits,
                rows_used: 0,
            };
            if layout.permutations() * sponge::ROWS + 2 > layout.usable() {
                continue;
            }
            let rows_used = trace::rows_used(&layout);
            let layout = Self {
                rows_used,
                ..layout
            };
            if rows_used <= layout.usable() {
                return layout;
            }
            last = Some(layout);
        }
        // Shapes are bounded, so that the largest candidate holds them all (a test says so).
        last.unwrap_or(Self {
            shape,
            k: 28,
            limb_bits: 12,
            rows_used: usize::MAX,
        })
    }

    /// Rows that may be assigned.
    pub fn usable(&self) -> usize {
        (1 << self.k) - BLINDING_ROWS
    }

    /// Bits that a row of limbs holds.
    pub fn row_bits(&self) -> u32 {
        LIMBS as u32 * self.limb_bits
    }

    /// Rows of a number of at most that many bits.
    pub fn number_rows(&self, bits: u32) -> usize {
        bits.div_ceil(self.row_bits()) as usize
    }

    /// Permutations: each account's header and blocks, the policy's two headers and assets.
    pub fn permutations(&self) -> usize {
        self.shape.accounts() * (1 + self.shape.blocks()) + 2 + self.shape.assets()
    }

    /// Row 0 of a permutation.
    pub fn block(&self, permutation: usize) -> usize {
        permutation * sponge::ROWS
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
