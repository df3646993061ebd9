//! The columns of the trace, and switches: fixed columns whose value turns on one of
//! several gates.

use crate::field::Fr;
use halo2_proofs::plonk::{Advice, Challenge, Column, Expression, Fixed, Instance};
use std::ops::Range as Limbs;

/// The degree of the constraint system. halo2-axiom clamps to 5 in silence unless it is
/// told, and a verifier would reject if it were told more than the true degree.
pub const DEGREE: usize = 7;

/// Most limbs that the running sum takes: with the table, the selector and the difference
/// they make the full degree. The part has no table and may take one more.
pub(crate) const IN_SUM: usize = DEGREE - 3;

/// The most limb columns that a layout may have.
pub(crate) const MOST_LIMBS: usize = 2 * IN_SUM + 1;

/// Which of so many limbs the running sum takes, and which the part.
pub(crate) fn split(limbs: usize) -> (Limbs<usize>, Limbs<usize>) {
    let first = limbs.min(IN_SUM);
    (0..first, first..limbs)
}

/// The challenges, drawn after the first phase is committed: what they join is settled before
/// them, and no polynomial in them is 0 by chance (H10, H11).
#[derive(Clone, Copy, Debug)]
pub struct Challenges {
    /// Joins many sums into one.
    pub rho: Fr,
    /// The range check.
    pub beta: Fr,
    /// The keyed sums of S2.
    pub gamma: Fr,
    /// Joins amounts and counts in the keyed sums.
    pub delta: Fr,
}

/// Most bits of a group mask that a row takes ([`RowRule::Bits`]).
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
    /// The three columns that say which [`super::RowRule`] holds of a row.
    pub const RULE: usize = ROUND + 2;
    /// Switch [`super::ArithmeticGate`].
    pub const FORM: usize = RULE + 3;
    /// The form's factor of the register above.
    pub const KC: usize = FORM + 1;
    /// The form's factor of `a` or `a b`; the sum of [`super::RowRule::Sum`].
    pub const KA: usize = KC + 1;
    /// Switch [`super::Range`].
    pub const RANGE: usize = KA + 1;
    /// The range table: each number plus 2; 1 where limbs are looked up and no number
    /// is there; 0 where limbs are not looked up.
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
}

switch!(
    /// How the register `c` follows from the row above; `k_c` and `k_a` are fixed.
    ArithmeticGate {
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
/// What kind of thing a rule says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Family {
    /// A block begins.
    Start,
    /// A block ends.
    Edge,
    /// What `a`, `b` and `c` of a row have to be.
    Flag,
    /// The tiers of S5.
    Tier,
    /// The challenge register.
    Register,
}

macro_rules! rules {
    ($($name:ident: $family:ident, [$($clause:literal),*], $words:literal;)+) => {
        /// What holds of a row beside its form, its limbs and its permutation: one rule at
        /// most. Three fixed columns `p`, `q`, `r` say it together: polynomials of degree 4
        /// in them take any values at the 35 points of whole numbers with
        /// `p + q + r <= 4`, so that each rule, a point, is switched by one that is 0 at the
        /// others and at (0, 0, 0). What a rule switches is in [`super::rules`].
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum RowRule { $(#[doc = $words] $name,)+ }
        impl RowRule {
            /// All.
            pub const ALL: &'static [Self] = &[$(Self::$name,)+];
            /// Its family.
            pub fn family(self) -> Family {
                match self { $(Self::$name => Family::$family,)+ }
            }
            /// The clauses for which the trace uses it; a test compares with the trace.
            pub fn clauses(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($clause),*],)+ }
            }
            /// What it says, in a line.
            pub fn words(self) -> &'static str {
                match self { $(Self::$name => $words,)+ }
            }
        }
    };
}
rules!(
    Public: Start, ["S9"], "`a` is the public input of this row, where public inputs are not copied.";
    AccountHeader: Start, ["S1"], "Row 0 of an account's header.";
    Origin: Start, ["S1"], "The same at row 0 of the trace, where the lookup's sum and the register begin.";
    Hold: Edge, ["S1", "S8"], "A block's output: an inactive block passes the chain value on.";
    First: Edge, ["S1", "S8"], "The same of a header: an unused account's chain value is 0.";
    Policy: Start, ["S8"], "Row 0 of the policy's first permutation: always active.";
    Positions: Start, ["S1"], "Row 0 of a block of positions.";
    Flagged: Start, ["S8"], "Row 0 of a policy block with a flag of its own.";
    Floor: Flag, ["S6"], "`a = 10^4 * c - b * b_next`.";
    Cap: Flag, ["S6"], "`a = b * b_next - 10^4 * c`.";
    Zero: Flag, ["S1", "S3", "S4", "S7", "S8"], "`c = 0`.";
    Export: Flag, ["S8"], "`b = c`.";
    Complement: Flag, ["S8"], "`a + b = 10^4`.";
    Sum: Flag, ["S4", "S8"], "`a + b = k_a`.";
    LookupEnd: Edge, [], "The range check's sums end at 0.";
    Load: Tier, ["S5"], "`d = c`: a tier block (S5) begins.";
    Take: Tier, ["S5"], "`d = d' - a`.";
    Keep: Tier, ["S1", "S5"], "`d = d'`.";
    Finish: Tier, ["S5"], "`d' = a`.";
    Width: Tier, ["S5"], "`d = d'`, and `a` and the next number make `10^10 * b`.";
    WidthRange: Flag, ["S8"], "`a` is the top of exactly 60 bits, or of 16 where a row of limbs is too narrow for fields.";
    WidthExport: Flag, ["S8"], "That and `Export`.";
    Key: Register, ["S2"], "`(g - g') * (gamma + b) = -a * (c + delta * d)`: the pair (b, collateral).";
    LiabilityKey: Register, ["S2"], "`(g - g') * (gamma + b + rho) = -a * (c + delta * d)`: the pair (b, liability).";
    Pair: Register, ["S8"], "`g = rho^2 * g' + rho * a + b`.";
    Horner: Register, ["S6", "S7"], "`g = rho * g' + c`.";
    Dot: Register, ["S7"], "`g = g' + g'' * c`.";
    CapDot: Register, ["S6"], "That and `Cap`.";
    Bits: Register, ["S8"], "`g = rho^n * g' +` n limbs over rho; each is a bit of `a`.";
);

/// Degree of what switches a rule.
const RULE_DEGREE: u64 = 4;

impl RowRule {
    /// What the three fixed columns hold.
    pub fn point(self) -> [u64; 3] {
        let whole = || 0..=RULE_DEGREE;
        let points =
            whole().flat_map(|p| whole().flat_map(move |q| whole().map(move |r| [p, q, r])));
        let used = points.filter(|point| (1..=RULE_DEGREE).contains(&point.iter().sum()));
        // There are more points than rules (a test says so).
        used.take(self as usize + 1).last().unwrap_or_default()
    }

    /// What the three fixed columns hold.
    pub fn values(self) -> [Fr; 3] {
        self.point().map(Fr::from)
    }

    /// The rule that says both.
    pub fn with(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Cap, Self::Dot) => Some(Self::CapDot),
            (Self::WidthRange, Self::Export) => Some(Self::WidthExport),
            (one, two) if one == two => Some(one),
            _ => None,
        }
    }

    /// Not 0 where the columns hold this rule, 0 where they hold another or nothing: each
    /// column times its distances from smaller numbers, and so for what is left of 4.
    pub fn is_on(self, columns: &[Expression<Fr>; 3]) -> Expression<Fr> {
        let number = |x: u64| Expression::Constant(Fr::from(x));
        let [p, q, r] = columns;
        let left = number(RULE_DEGREE) - p.clone() - q.clone() - r.clone();
        let point = self.point();
        let rest = RULE_DEGREE - point.iter().sum::<u64>();
        let falling = |column: &Expression<Fr>, count: u64| {
            (0..count)
                .map(|x| match x {
                    0 => column.clone(),
                    x => column.clone() - number(x),
                })
                .reduce(|product, factor| product * factor)
        };
        columns
            .iter()
            .chain([&left])
            .zip(point.into_iter().chain([rest]))
            .filter_map(|(column, count)| falling(column, count))
            .reduce(|product, factor| product * factor)
            .unwrap_or_else(|| number(0))
    }
}
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
pub enum ExactBits {
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
/// `value`, 0 where it holds another's or 0: a fixed column holds one of them or 0 (H12).
/// Written as what is below times what is above, so that the gates of a switch share most of it.
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
    /// rho, beta, gamma, delta, drawn after the first phase (H10).
    pub challenges: [Challenge; 4],
}

#[cfg(test)]
mod tests {
    use super::*;
    use ff::Field;

    fn value(e: &Expression<Fr>) -> Fr {
        e.evaluate(
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
    }

    #[test]
    fn each_rule_is_switched_alone() {
        for rule in RowRule::ALL {
            let at = |values: [Fr; 3]| value(&rule.is_on(&values.map(Expression::Constant)));
            assert_eq!(at([Fr::ZERO; 3]), Fr::ZERO);
            for other in RowRule::ALL {
                let on = at(other.values()) != Fr::ZERO;
                assert_eq!(on, rule == other, "{rule:?} {other:?}");
            }
        }
    }

    #[test]
    fn each_round_is_switched_alone() {
        let rounds = [
            Round::Full,
            Round::Entry,
            Round::Partial,
            Round::Exit,
            Round::End,
        ];
        let at = |round: Round, values: [Fr; 2]| {
            let [p, q] = values.map(Expression::Constant);
            value(&round.is_on(&p, &q))
        };
        for round in rounds {
            assert_eq!(at(round, [Fr::ZERO; 2]), Fr::ZERO);
            for other in rounds {
                let on = at(round, other.values()) != Fr::ZERO;
                assert_eq!(on, round == other);
            }
        }
    }
}
