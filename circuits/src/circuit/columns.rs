//! The columns of the trace, and switches: fixed columns whose value turns on one of
//! several gates.

use crate::field::Fr;
use ff::Field;
use halo2_proofs::plonk::{Advice, Challenge, Column, Expression, Fixed, Instance};
use std::ops::Range as Limbs;

/// The degree of the constraint system. halo2-axiom clamps to 5 in silence unless it is
/// told, and a verifier would reject if it were told more than the true degree.
pub const DEGREE: usize = 7;

/// Most limbs that the running sum takes: with the table, the selector and the difference
/// they make the full degree.
const IN_SUM: usize = DEGREE - 3;
/// Most limbs of a part: it has no table.
const IN_PART: usize = DEGREE - 2;
/// Most parts beside the sum.
const MOST_PARTS: usize = 4;
/// The most limb columns that a layout may have.
pub(crate) const MOST_LIMBS: usize = IN_SUM + MOST_PARTS * IN_PART;

/// The limbs that the running sum takes.
pub(crate) fn in_sum(limbs: usize) -> Limbs<usize> {
    0..limbs.min(IN_SUM)
}

/// The limbs of each part, whose sum has a column of its own.
pub(crate) fn parts(limbs: usize) -> Vec<Limbs<usize>> {
    let starts = (IN_SUM..limbs).step_by(IN_PART);
    starts
        .map(|start| start..limbs.min(start + IN_PART))
        .collect()
}

/// How many challenges there are.
pub const CHALLENGES: usize = 6;

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
    /// Keeps liabilities apart from collateral in the keyed sums.
    pub kappa: Fr,
    /// Keeps the lanes of hashing apart.
    pub sigma: Fr,
}

impl Challenges {
    /// From the six, in the order in which they are drawn.
    pub fn of(drawn: &[Fr]) -> Self {
        let at = |i: usize| drawn.get(i).copied().unwrap_or_default();
        Self {
            rho: at(0),
            beta: at(1),
            gamma: at(2),
            delta: at(3),
            kappa: at(4),
            sigma: at(5),
        }
    }
}

/// Most bits of a group mask that a row takes ([`RowRule::Bits`]).
pub const MOST_BITS_A_ROW: usize = 16;

/// First-phase advice columns, by index in [`Config::advice`]. Those after the lanes depend on
/// the layout: its limbs, and where it is wide the operand and the counts of the range table.
pub mod advice {
    /// Copyable.
    pub const A: usize = 0;
    /// Copyable; what permutations absorb and put out.
    pub const B: usize = A + 1;
    /// Register of the arithmetic gate.
    pub const C: usize = B + 1;
    /// S-box inputs of Poseidon, a column a lane.
    pub const X: usize = C + 1;
}

/// Second-phase advice columns, by index in [`Config::second`].
pub mod second {
    /// The challenge register. Copyable.
    pub const G: usize = 0;
    /// The weights of hashing. Copyable.
    pub const WEIGHT: usize = 1;
    /// What the equations of hashing add up to, from a row on.
    pub const HASH: usize = 2;
    /// The running sum of the range check.
    pub const SUM: usize = 3;
    /// What the later limbs of a row add to it, where a layout has so many.
    pub const PARTS: usize = 4;
}

/// Fixed columns, by index in [`Config::fixed`].
pub mod fixed {
    /// The three columns that say which [`super::RowRule`] holds of a row.
    pub const RULE: usize = 0;
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
    /// Which [`super::Hashing`] a row is; a constant of a weight after the permutations.
    pub const HASHING: usize = TABLE + 1;
    /// Constant of a row's equation of hashing; of a weight after the permutations.
    pub const RC: usize = HASHING + 1;
    /// How many.
    pub const COUNT: usize = RC + 1;
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

switch!(
    /// How a cell of a lane takes part in the equations of hashing; 0: only by its S-box output.
    Hashing {
        /// Its input is its own equation's.
        Own = 1,
        /// The input of a partial round: its own equation's, and taken by those of 17 more.
        Partial = 2,
        /// Its own equation's, which absorbs the input in the row's slot.
        Absorbs = 3,
        /// Its own equation's; the output of the permutation is in the row's slot.
        PutsOut = 4,
    }
);
switch!(
    /// How the register `c` follows from the row above; `k_c` and `k_a` are fixed.
    ArithmeticGate {
        /// `c = k_c c' + k_a a`.
        Linear = 1,
        /// `c = k_c c' + k_a a + b`.
        Plus = 2,
        /// `c = k_c c' + k_a a b`.
        Product = 3,
        /// Nothing: a row of the table of weights ([`super::weights`]).
        Weight = 4,
    }
);
/// What kind of thing a rule says.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Family {
    /// Public inputs, and where columns begin and end.
    Edge,
    /// Blocks of accounts and of the policy.
    Block,
    /// What `a`, `b` and `c` of a row have to be.
    Flag,
    /// What an asset counts for, S5 and S6.
    Count,
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
    Public: Edge, ["S9"], "`a` is the public input of this row.";
    Origin: Edge, [], "Sums of range checks, of hashing and the challenge register begin at 0, and so does `a`.";
    HashEnd: Edge, [], "The row after the last permutation: the equations of hashing add up to 0.";
    LookupEnd: Edge, [], "The range check's sum ends at 0.";
    Header: Block, ["S1"], "Slot 0 of an account: the tag says its kind, a bit in `a` below.";
    Must: Block, ["S1"], "Slot 2 of an account: whether every position counts: a liability's, and those of a complete policy.";
    Block: Block, ["S1", "S8"], "The output's slot: an active block's output is the chain value, and what its positions add counts.";
    Word: Block, ["S8"], "A word of an asset; 0 where the asset is unused. After an unused one, all are.";
    Position: Block, ["S2"], "A position: counted or not, and what it adds to the register.";
    Zero: Flag, ["S1", "S7", "S8", "S10"], "`c = 0`.";
    Export: Flag, ["S8"], "The word is `c`: `b = c`, or the operand, where `b` has a field.";
    Complement: Flag, ["S8"], "`a` is at most 10^4: `a + b = 10^4`, both numbers; or `a`, `b` and the operand are, each with its complement.";
    Sum: Flag, ["S4", "S8"], "`a + b = k_a`.";
    Adds: Flag, ["S1", "S8"], "`a + operand + c = b`.";
    Priced: Flag, ["S8"], "`a b` = operand, and `(1 - operand) a = 0`.";
    OnlyIf: Flag, ["S3", "S8", "S10"], "`(1 - operand) a = 0`.";
    WidthRange: Flag, ["S8"], "`a` is the top of exactly 60 bits, or of 16 where a row of limbs is too narrow for fields; or `b` has exactly 60 bits and `a` is at most 10^4.";
    WidthExport: Flag, ["S8"], "That and `Export`.";
    Counted: Count, ["S5", "S6"], "`a` is c_a: `c` = `b` times the operand, the stressed value; the register takes `a` times the groups below.";
    FirstLine: Count, ["S5"], "The first line: `a` and the number before make `b c`; `c = c'`.";
    Line: Count, ["S5"], "A line: `a` is the number before and `b - b_before` times `c`, which is `c'` less 10^10 times the operand.";
    Share: Count, ["S6"], "`a` = `b` times the operand, less 10^4 times the number that follows.";
    Stressed: Count, ["S5"], "`c = c'`, beside the numbers of a line; or, where rows have limbs for more than a line, `c` = `b` times the operand: a block of lines begins.";
    Floor: Count, ["S6"], "`a = 10^4 c - b operand`; the register takes `c` over rho.";
    Cap: Count, ["S6"], "`a = b operand - 10^4 c`.";
    LastLine: Count, ["S5"], "A line, and the fourth in the limbs that are left.";
    Remainder: Count, ["S10"], "`a = operand (b - 1 - a_above)`.";
    Key: Register, ["S2"], "`(g - g') * (gamma + b) = -operand * (c + delta * a)`.";
    LiabilityKey: Register, ["S2"], "`(g - g') * (gamma + b) = -kappa * operand * (c + delta * a)`.";
    Kind: Register, ["S1"], "`g = g'' + g' (1 + (kappa - 1) b)`.";
    Pair: Register, ["S8"], "`g = rho^2 * g' + rho * a + b`.";
    Horner: Register, ["S6", "S7"], "`g = rho * g' + c`.";
    ZeroDot: Register, ["S4"], "`c = 0`, and `g = g' + g_next * a`: a value, and what it adds.";
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

impl Hashing {
    /// How many.
    pub const COUNT: u64 = Self::VALUES.len() as u64;

    /// The other values, 0 among them.
    fn others(self) -> impl Iterator<Item = u64> {
        (0..=Self::COUNT).filter(move |value| *value != self as u64)
    }

    /// Over the distances of this value from the others.
    fn unit(self) -> Fr {
        let distances = self.others().map(|value| self.value() - Fr::from(value));
        distances.product::<Fr>().invert().unwrap_or(Fr::ZERO)
    }

    /// 1 where the column holds this value, 0 where it holds another's or 0: what a cell is taken
    /// times, where a switch may be anything that is not 0 (H12).
    pub fn is_one(self, column: &Expression<Fr>) -> Expression<Fr> {
        self.is_on(column) * self.unit()
    }

    /// The same polynomial at a value, which is any element beside the table of weights.
    pub fn at(self, value: Fr) -> Fr {
        let distances = self.others().map(|other| value - Fr::from(other));
        distances.product::<Fr>() * self.unit()
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
    /// rho, beta, gamma, delta, kappa, sigma, drawn after the first phase (H10).
    pub challenges: [Challenge; CHALLENGES],
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
}
