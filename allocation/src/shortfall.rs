//! Why there is no allocation, or none was found: the clause, the scenario, the asset, and how much is missing.

use std::fmt;

use num_bigint::BigUint;

use super::report::Binding;

/// A side of S4.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// `v_a`, the value of what is held.
    Collateral,
    /// `o_a`, the value of what is owed.
    Liability,
}

/// An input with a range.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Quantity {
    /// At most 2^16 assets.
    Assets,
    /// Public debt, below 2^80 micro-units.
    PublicDebt,
    /// Ratios, below 2^20 basis points.
    Ratio,
    /// At least one scenario, and none requested beyond them.
    Scenario,
    /// Price, below 2^120.
    Price,
    /// Largest share, at most 10^4.
    Share,
    /// Group mask, below 2^15.
    Groups,
    /// Tier width, below 2^60.
    Width,
    /// Weights, at most 10^4 and not increasing.
    Weight,
    /// Amounts netted, one for each asset, within S3 and S4.
    Netting,
    /// One multiplier for each scenario, below 2^16, 10^4 for the base.
    Multiplier,
}

/// A clause of the statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Clause {
    /// Values below 2^80.
    S4,
    /// Shares: everything counted would cover the debt, but the share rules forbid counting it.
    S6,
    /// Coverage: not even everything counted, without share rules, covers the debt.
    S7,
}

/// No allocation satisfies S3 to S7, or none was found.
///
/// Amounts are in the fields, for whoever needs them; the message and `Debug` leave them out.
#[derive(Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Shortfall {
    /// An input outside its range. Nothing was decided.
    #[error("{quantity:?} is out of range{}", .asset.map_or(String::new(), |asset| format!(" for asset {asset}")))]
    OutOfRange {
        /// What is out of range.
        quantity: Quantity,
        /// Of which asset, if it belongs to one.
        asset: Option<usize>,
    },
    /// S4: a value reaches 2^80 micro-units whatever is netted.
    #[error(
        "S4: the {which:?} value of asset {asset} is 2^80 micro-units or more; use a larger quote unit"
    )]
    ValueOverflow {
        /// Index of the asset.
        asset: usize,
        /// Held or owed.
        which: Which,
    },
    /// S6 or S7: a scenario is not covered at any netting. The figures are those of the netting that comes closest of
    /// the ones tried. Totals are in 10^-14 of the quote currency.
    #[error("{clause:?}: scenario {scenario} is not covered")]
    Uncovered {
        /// S6 if only the share rules are in the way.
        clause: Clause,
        /// Index of the scenario that misses most.
        scenario: usize,
        /// Right-hand side of S7.
        required: BigUint,
        /// Largest counted total found.
        counted: u128,
        /// `required - counted`.
        missing: BigUint,
        /// What keeps the counted total from being larger.
        binding: Vec<Binding>,
    },
    /// The requirement lies between the best whole-number allocation found and a bound that no allocation passes, and the
    /// search ended before it knew. The gap is far below a micro-unit for policies with room in their share rules.
    #[error(
        "could not decide whether scenario {scenario} can be covered; lower the requirement slightly"
    )]
    Undecided {
        /// Index of the scenario.
        scenario: usize,
        /// Right-hand side of S7.
        required: BigUint,
        /// Largest counted total found.
        counted: u128,
        /// No allocation at this netting has a larger total.
        bound: u128,
    },
}

impl Shortfall {
    /// The clause that cannot be satisfied, if that is known.
    pub fn clause(&self) -> Option<Clause> {
        match self {
            Self::ValueOverflow { .. } => Some(Clause::S4),
            Self::Uncovered { clause, .. } => Some(*clause),
            _ => None,
        }
    }
}

impl fmt::Debug for Shortfall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Shortfall({self})")
    }
}
