//! The columns of the trace, and switches: fixed columns whose value turns on one of
//! several gates.

use crate::field::Fr;
use halo2_proofs::plonk::{Advice, Challenge, Column, Expression, Fixed, Instance};

/// Most bits of a group mask that a row takes ([`RegisterOp::Bits`]).
pub const MOST_BITS_A_ROW: usize = 8;

/// First-phase advice columns, by index in [`Config::advice`]. Those after the S-box inputs
/// depend on the layout: its limbs, `d` and the counts of the range table, in this order.
pub mod advice {
    /// Copyable.
    pub const A: usize = 0;
    /// Copyable.
    pub const B: usize = A + 1;
    /// Register of the arithmetic gate.
    pub const C: usize = B + 1;
    /// S-box inputs of Poseidon.
    pub const X: usize = C + 1;
}

/// Second-phase advice columns, by index in [`Config::second`].
pub mod second {
    /// The challenge register.
    pub const G: usize = 0;
    /// The running sum of the range check.
    pub const SUM: usize = 1;
    /// What the later limbs of a row add to it, where a layout has so many.
    pub const PART: usize = 2;
}

/// Fixed columns, by index in [`Config::fixed`].
pub mod fixed {
    /// The pair of columns that says which [`super::Round`] a row begins.
    pub const ROUND: usize = 0;
    /// Switch [`super::BlockEdge`].
    pub const EDGE: usize = ROUND + 2;
    /// Switch [`super::BlockStart`].
    pub const START: usize = EDGE + 1;
    /// Switch [`super::Form`].
    pub const FORM: usize = START + 1;
    /// The form's factor of the register above.
    pub const KC: usize = FORM + 1;
    /// The form's factor of `a` or `a b`; the sum of [`super::Flag::Sum`].
    pub const KA: usize = KC + 1;
    /// Switch [`super::Flag`].
    pub const FLAG: usize = KA + 1;
    /// Switch [`super::TierOp`].
    pub const TIER: usize = FLAG + 1;
    /// Switch [`super::RegisterOp`].
    pub const REGISTER: usize = TIER + 1;
    /// Switch [`super::Range`].
    pub const RANGE: usize = REGISTER + 1;
    /// The range table: each number plus 2; 1 where limbs are looked up and no number
    /// stands; 0 where limbs are not looked up.
    pub const TABLE: usize = RANGE + 1;
    /// Constants of the next S-box inputs, as many columns as those have.
    pub const RC: usize = TABLE + 1;
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
            /// Not 0 where the column holds this gate's value, 0 where it holds another's or 0.
            /// Its degree is the number of gates of the switch.
            pub fn is_on(self, column: &Expression<Fr>) -> Expression<Fr> {
                select(column, self as u64, Self::VALUES)
            }
        }
    };
}

/// What follows a row of a permutation. Two fixed columns `p`, `q` say it together: the
/// five pairs and (0, 0) are points where quadratics in `p` and `q` take any values, so
/// that each is switched by a quadratic that is 0 at the others.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Round {
    /// A full round, after a full one.
    Full,
    /// The first five partial rounds, after a full one.
    Entry,
    /// Five more partial rounds.
    Partial,
    /// A full round, after partial ones.
    Exit,
    /// Nothing: `c` is the permutation's output.
    End,
}

impl Round {
    /// What the two fixed columns hold.
    pub fn values(self) -> [Fr; 2] {
        match self {
            Self::Full => [1, 0],
            Self::Entry => [2, 0],
            Self::Partial => [0, 1],
            Self::Exit => [0, 2],
            Self::End => [1, 1],
        }
        .map(Fr::from)
    }
    /// Not 0 where the columns hold this pair, 0 where they hold another or nothing.
    pub fn is_on(self, p: &Expression<Fr>, q: &Expression<Fr>) -> Expression<Fr> {
        let number = |x: u64| Expression::Constant(Fr::from(x));
        let one_of_one = || number(2) - p.clone() - q.clone();
        match self {
            Self::Full => p.clone() * one_of_one(),
            Self::Entry => p.clone() * (p.clone() - number(1)),
            Self::Partial => q.clone() * one_of_one(),
            Self::Exit => q.clone() * (q.clone() - number(1)),
            Self::End => p.clone() * q.clone(),
        }
    }
    /// What [`Self::is_on`] is where this pair stands.
    pub fn weight(self) -> Fr {
        match self {
            Self::Entry | Self::Exit => Fr::from(2),
            Self::Full | Self::Partial | Self::End => Fr::from(1),
        }
    }
}

switch!(
    /// Rows 0 and 19 of a block, where its state matters; and a comparison.
    BlockEdge {
        /// Row 0 of an account's header.
        AccountHeader = 1,
        /// Row 19: an inactive block passes the chain value on.
        Hold = 2,
        /// Row 19 of a header: an unused account's chain value is 0.
        First = 3,
        /// `a = 10^4 * c - b * b_next`.
        Floor = 4,
    }
);
switch!(
    /// Row 0 of the other blocks; and a comparison.
    BlockStart {
        /// Row 0 of the trace.
        Origin = 1,
        /// Row 0 of the policy's first permutation: always active.
        Policy = 2,
        /// Row 0 of a block of positions.
        Positions = 3,
        /// Row 0 of a policy block with a flag of its own.
        Flagged = 4,
        /// `a = b * b_next - 10^4 * c`.
        Cap = 5,
    }
);
switch!(
    /// How the register `c` follows from the row above; `k_c` and `k_a` are fixed.
    Form {
        /// `c = k_c c' + k_a a`.
        Linear = 1,
        /// `c = k_c c' + k_a a + b`.
        Plus = 2,
        /// `c = k_c c' + k_a a b`.
        Product = 3,
        /// Nothing: the first of a position's two rows, where `c` says how it counts.
        Position = 4,
    }
);
switch!(
    /// What else must hold of a row.
    Flag {
        /// `c = 0`.
        Zero = 1,
        /// `b = c`.
        Export = 2,
        /// `a + b = 10^4`.
        Complement = 3,
        /// `a + b = k_a`.
        Sum = 4,
        /// `b = a + 2^120`.
        LiabilityKey = 5,
        /// The range check's sums end at 0.
        LookupEnd = 6,
    }
);
switch!(
    /// The register `d` of a tier block (S5).
    TierOp {
        /// `d = c`.
        Load = 1,
        /// `d = d' - a`.
        Take = 2,
        /// `d = d'`.
        Keep = 3,
        /// `d' = a`.
        Finish = 4,
        /// `d = d'`, and `a` and the next number make `10^10 * b`.
        Width = 5,
        /// Not a tier block: `a` is the top of exactly 60 bits, or of 16 where a row of limbs
        /// is too narrow for fields.
        WidthRange = 6,
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
        /// `g = rho^n * g' +` n limbs over rho; each is a bit of `a`.
        Bits = 5,
    }
);
switch!(
    /// What the limbs of a row say about `a` (and `b`).
    Range {
        /// `a` is the number the limbs write.
        Limbs = 1,
        /// `a` is that number plus the next row's `a` shifted by a row of limbs.
        More = 2,
        /// `a` and `b` are numbers of 16 bits, where a row has six limbs.
        Fields = 3,
        /// `a` is the top of exactly 112 bits: an amount.
        Amount = 4,
        /// `a` is the top of exactly 120 bits: an asset id.
        AssetId = 5,
        /// `a` is the top of exactly 80 bits: a value.
        Value = 6,
    }
);
/// Numbers of exactly so many bits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Top {
    /// 112 bits.
    Amount,
    /// 120 bits.
    AssetId,
    /// 80 bits.
    Value,
    /// 60 bits.
    Width,
    /// 16 bits, where a row of limbs is too narrow for two.
    Field,
}

/// `column` times its distances from the other gates' values: not 0 where the column holds
/// `value`, 0 where it holds another's or 0. Written as what is below times what is above,
/// so that the gates of a switch share most of it.
fn select(column: &Expression<Fr>, value: u64, all: &[u64]) -> Expression<Fr> {
    let distance = |other: &u64| column.clone() - Expression::Constant(Fr::from(*other));
    let below = all
        .iter()
        .filter(|v| **v < value)
        .fold(column.clone(), |p, v| p * distance(v));
    let above = all
        .iter()
        .rev()
        .filter(|v| **v > value)
        .map(distance)
        .reduce(|p, d| p * d);
    match above {
        Some(above) => below * above,
        None => below,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use ff::Field;

    #[test]
    fn each_round_is_switched_alone() {
        let rounds = [
            Round::Full,
            Round::Entry,
            Round::Partial,
            Round::Exit,
            Round::End,
        ];
        let value = |round: Round, [p, q]: [Fr; 2]| {
            let (p, q) = (Expression::Constant(p), Expression::Constant(q));
            round.is_on(&p, &q).evaluate(
                &|c| c,
                &|_| Fr::ZERO,
                &|_| Fr::ZERO,
                &|_| Fr::ZERO,
                &|_| Fr::ZERO,
                &|_| Fr::ZERO,
                &|a: Fr| -a,
                &|a, b| a + b,
                &|a, b| a * b,
                &|a, b| a * b,
            )
        };
        for round in rounds {
            assert_eq!(value(round, [Fr::ZERO; 2]), Fr::ZERO);
            for other in rounds {
                let expected = if round == other {
                    round.weight()
                } else {
                    Fr::ZERO
                };
                assert_eq!(value(round, other.values()), expected);
            }
        }
    }
}
