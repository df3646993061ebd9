//! How large the trace of a shape is: k, the width of a limb, the rows of each kind of
//! number, and where the permutations stand.

use super::columns::BITS_A_ROW;
use super::gates::MOST_LIMBS;
use super::{sponge, trace};
use crate::numbers::{AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS};
use crate::shape::Shape;
use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

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
    /// Columns of limbs.
    pub limbs: usize,
    /// Bits of a limb.
    pub limb_bits: u32,
    /// Rows that the trace takes.
    pub rows_used: usize,
}

/// k, limb width and number of limb columns that are tried, smallest first. The table of
/// limbs must fit the rows, and 60, 80, 112 and 120 bits must end with a free limb
/// (asserted below). A row should hold the 96 bits of a stressed value: at k = 12 that
/// takes nine limbs, because a table of 2^12 leaves no room for blinding.
const CANDIDATES: [(u32, u32, usize); 13] = [
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

const _: () = {
    let mut i = 0;
    while i < CANDIDATES.len() {
        let (k, b, limbs) = CANDIDATES[i];
        assert!(BITS_A_ROW <= limbs && limbs <= MOST_LIMBS);
        assert!((1usize << b) + BLINDING_ROWS <= 1usize << k);
        let mut j = 0;
        let tops = [AMOUNT_BITS, ASSET_ID_BITS, VALUE_BITS, WIDTH_BITS];
        while j < tops.len() {
            let (full, part) = top_limbs(tops[j], limbs, b);
            assert!(full + (if part > 0 { 2 } else { 0 }) <= limbs);
            j += 1;
        }
        // Two rows of limbs hold every loosely bounded number without reaching r.
        assert!(2 * limbs as u32 * b >= 131 && 2 * limbs as u32 * b <= 200);
        // Fields of 16 bits take two limbs.
        assert!(b >= 8 && b < 16);
        i += 1;
    }
};

/// Whole limbs, and bits of a last one, in the top row of a number of that many bits.
pub const fn top_limbs(bits: u32, limbs: usize, limb_bits: u32) -> (usize, u32) {
    let top = bits % (limbs as u32 * limb_bits);
    ((top / limb_bits) as usize, top % limb_bits)
}

impl Layout {
    /// The smallest trace that holds the shape. Found once for a shape in a process:
    /// trying means laying out.
    pub fn of(shape: Shape) -> Self {
        static FOUND: Mutex<BTreeMap<Shape, Layout>> = Mutex::new(BTreeMap::new());
        let found = || FOUND.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(layout) = found().get(&shape) {
            return layout.clone();
        }
        let layout = Self::smallest(shape);
        found().insert(shape, layout.clone());
        layout
    }

    fn smallest(shape: Shape) -> Self {
        let mut last = None;
        for (k, limb_bits, limbs) in CANDIDATES {
            let layout = Self {
                shape,
                k,
                limbs,
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
            limbs: 8,
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
        self.limbs as u32 * self.limb_bits
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
