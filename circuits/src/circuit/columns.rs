//! The columns of the trace, and switches: fixed columns whose value turns on one of
//! several gates.

use crate::field::Fr;
use crate::poseidon::WIDTH;
use ff::Field;
use halo2_proofs::plonk::{Advice, Challenge, Column, Expression, Fixed, Instance};

/// Limb columns.
pub const LIMBS: usize = 8;
/// Running sums of the range check, four factors each.
pub const LOOKUP_SUMS: usize = 3;

/// First-phase advice columns, by index in [`Config::advice`].
pub mod advice {
    use super::{LIMBS, WIDTH};
    /// S-box inputs of Poseidon, five columns.
    pub const X: usize = 0;
    /// Limbs, eight columns.
    pub const L: usize = X + WIDTH;
    /// Copyable.
    pub const A: usize = L + LIMBS;
    /// Copyable.
    pub const B: usize = A + 1;
    /// Register of the arithmetic gate; block states on block rows.
    pub const C: usize = B + 1;
    /// Register of the tiers: stressed value still to be placed.
    pub const D: usize = C + 1;
    /// Multiplicities of the range table.
    pub const M: usize = D + 1;
    /// How many there are.
    pub const COUNT: usize = M + 1;
}

/// Second-phase advice columns, by index in [`Config::second`].
pub mod second {
    use super::LOOKUP_SUMS;
    /// The challenge register.
    pub const G: usize = 0;
    /// Running sums of the range check.
    pub const SUM: usize = 1;
    /// How many there are.
    pub const COUNT: usize = 1 + LOOKUP_SUMS;
}

/// Fixed columns, by index in [`Config::fixed`].
pub mod fixed {
    use super::WIDTH;
    /// Constants of the next row's S-box inputs, five columns.
    pub const RC: usize = 0;
    /// Full round to full round.
    pub const FULL: usize = RC + WIDTH;
    /// Full round to the first partial ones.
    pub const ENTRY: usize = FULL + 1;
    /// Five partial rounds to five.
    pub const PARTIAL: usize = ENTRY + 1;
    /// Partial rounds to the first full one after them.
    pub const EXIT: usize = PARTIAL + 1;
    /// Last row of a permutation.
    pub const END: usize = EXIT + 1;
    /// A position.
    pub const POSITION: usize = END + 1;
    /// Switch [`super::BlockEdge`].
    pub const EDGE: usize = POSITION + 1;
    /// Switch [`super::BlockStart`].
    pub const START: usize = EDGE + 1;
    /// The arithmetic gate is on.
    pub const ON: usize = START + 1;
    /// Its factor of the register above.
    pub const KC: usize = ON + 1;
    /// Its factor of `a`.
    pub const KA: usize = KC + 1;
    /// Its factor of `b`.
    pub const KB: usize = KA + 1;
    /// Its factor of `a * b`.
    pub const KAB: usize = KB + 1;
    /// Its constant.
    pub const K1: usize = KAB + 1;
    /// Switch [`super::Flag`].
    pub const FLAG: usize = K1 + 1;
    /// Switch [`super::TierOp`].
    pub const TIER: usize = FLAG + 1;
    /// Switch [`super::Bound`].
    pub const BOUND: usize = TIER + 1;
    /// Switch [`super::RegisterOp`].
    pub const REGISTER: usize = BOUND + 1;
    /// Switch [`super::Range`].
    pub const RANGE: usize = REGISTER + 1;
    /// Switch [`super::Top`].
    pub const TOP: usize = RANGE + 1;
    /// The range table.
    pub const TABLE: usize = TOP + 1;
    /// Rows whose limbs are looked up.
    pub const LOOKUP: usize = TABLE + 1;
    /// How many there are.
    pub const COUNT: usize = LOOKUP + 1;
}

macro_rules! switch {
    ($(#[$doc:meta])* $name:ident { $($(#[$item_doc:meta])* $item:ident = $value:expr),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub enum $name { $($(#[$item_doc])* $item = $value),+ }
        impl $name {
            const VALUES: &'static [u64] = &[$($value),+];
            /// What the fixed column holds where this gate is on.
            pub fn value(self) -> Fr {
                Fr::from(self as u64)
            }
            /// 1 where the column holds this gate's value, 0 where it holds another's or 0.
            /// Its degree is the number of gates of the switch.
            pub fn is_on(self, column: &Expression<Fr>) -> Expression<Fr> {
                select(column, self as u64, Self::VALUES)
            }
        }
    };
}

switch!(
    /// Rows 0 and 19 of a block, where its state matters.
    BlockEdge {
        /// Row 0 of an account's header.
        AccountHeader = 1,
        /// Row 19: an inactive block passes the chain value on.
        Hold = 2,
        /// Row 19 of a header: an unused account's chain value is 0.
        First = 3,
    }
);
switch!(
    /// Row 0 of the other blocks.
    BlockStart {
        /// Row 0 of the trace.
        Origin = 1,
        /// Row 0 of the policy's first permutation: always active.
        Policy = 2,
        /// Row 0 of a block of positions.
        Positions = 3,
        /// Row 0 of a policy block with a flag of its own.
        Flagged = 4,
    }
);
switch!(
    /// What else must hold of the arithmetic gate's cells.
    Flag {
        /// `c = 0`.
        Zero = 1,
        /// `b = c`.
        Export = 2,
        /// `a` is 0 or 1.
        Bool = 3,
        /// `a + b = 10^4`.
        Complement = 4,
    }
);
switch!(
    /// The register `d` of a tier block (S5).
    TierOp {
        /// `d = a * b`.
        Load = 1,
        /// `d = d' - a`.
        Take = 2,
        /// `d = d'`.
        Keep = 3,
        /// `d' = a`.
        Finish = 4,
    }
);
switch!(
    /// Comparisons.
    Bound {
        /// `a + a' = 10^10 * b`.
        Width = 1,
        /// `a = b * b_next - 10^4 * c`.
        Cap = 2,
        /// `a = 10^4 * c - b * b_next`.
        Floor = 3,
        /// The range check's sums end at 0.
        LookupEnd = 4,
    }
);
switch!(
    /// The register `g`.
    RegisterOp {
        /// `(g - g') * (gamma + b) = -a * (c + delta * d)`.
        Key = 1,
        /// `g = rho^2 * g' + rho * a + b`.
        Pair = 2,
        /// `g = rho * g' + c`.
        Horner = 3,
        /// `g = g' + g'' * c`.
        Dot = 4,
    }
);
switch!(
    /// What the limbs of a row say about `a` (and `b`).
    Range {
        /// `a` is the number the limbs write.
        Limbs = 1,
        /// `a` is that number plus the next row's `a` shifted by a row of limbs.
        More = 2,
        /// `a` and `b` are numbers of 16 bits.
        Fields = 3,
        /// `a` is a number of 8 bits, limb by limb.
        Bits = 4,
    }
);
switch!(
    /// `a` is a number of exactly so many bits, in the top row of a number.
    Top {
        /// The top of 112 bits: an amount.
        Amount = 1,
        /// The top of 120 bits: an asset id.
        AssetId = 2,
        /// The top of 80 bits: a value.
        Value = 3,
        /// The top of 60 bits: a width.
        Width = 4,
    }
);

fn select(column: &Expression<Fr>, value: u64, all: &[u64]) -> Expression<Fr> {
    let (mut product, mut scale) = (column.clone(), Fr::from(value));
    for other in all.iter().filter(|v| **v != value) {
        product = product * (column.clone() - Expression::Constant(Fr::from(*other)));
        scale *= Fr::from(value) - Fr::from(*other);
    }
    product * scale.invert().unwrap_or(Fr::ZERO)
}

/// The columns of the constraint system.
#[derive(Clone, Debug)]
pub struct Config {
    /// First phase.
    pub advice: Vec<Column<Advice>>,
    /// Second phase.
    pub second: Vec<Column<Advice>>,
    /// Fixed.
    pub fixed: Vec<Column<Fixed>>,
    /// The public inputs.
    pub instance: Column<Instance>,
    /// rho, beta, gamma, delta, drawn after the first phase.
    pub challenges: [Challenge; 4],
}
