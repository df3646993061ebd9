//! What the relation answers where a claim does not hold.

use crate::account::Kind;
use num_bigint::BigUint;

/// Which clause of the statement fails, where, and by how much. `missing` amounts are
/// derived from secrets: show them to the prover only.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unsatisfied {
    /// S1: an opening does not belong to its commitment.
    #[error("S1: account {account} does not open its commitment")]
    Opening {
        /// 0-based, in the order of the commitments.
        account: usize,
    },
    /// S1: an account of another subject.
    #[error("S1: account {account} belongs to another subject than the statement's")]
    Subject {
        /// 0-based.
        account: usize,
    },
    /// S1: an account of another kind.
    #[error("S1: account {account} is {got}, the statement says {expected}")]
    Kind {
        /// 0-based.
        account: usize,
        /// The statement's kind.
        expected: Kind,
        /// The account's.
        got: Kind,
    },
    /// S1: an account of another time.
    #[error("S1: account {account} is as of {got}, the statement as of {expected}")]
    AsOf {
        /// 0-based.
        account: usize,
        /// The statement's Unix seconds.
        expected: u64,
        /// The account's.
        got: u64,
    },
    /// S1: not one opening for each commitment.
    #[error("S1: expected {expected} openings, one for each commitment, got {got}")]
    OpeningCount {
        /// Commitments.
        expected: usize,
        /// Openings.
        got: usize,
    },
    /// S2: a liability in an asset outside the policy.
    #[error("S2: account {account} has a liability in {asset}, which the policy does not list")]
    UnlistedLiability {
        /// 0-based.
        account: usize,
        /// The asset's name.
        asset: String,
    },
    /// S2: a total of 2^128 base units or more; it takes more than 2^16 positions.
    #[error("S2: the total of {asset} is 2^128 base units or more")]
    TotalOverflow {
        /// The asset's name.
        asset: String,
    },
    /// S3: more netted than there is, or netting that the policy forbids.
    #[error("S3: more of {asset} is netted than the policy and the totals allow")]
    Netting {
        /// The asset's name.
        asset: String,
    },
    /// S4: a value of 2^80 micro-units or more.
    #[error(
        "S4: the {side} in {asset} is worth 2^80 micro-units or more, which no statement can express"
    )]
    ValueOverflow {
        /// The asset's name.
        asset: String,
        /// Collateral or liability.
        side: Kind,
    },
    /// S5: the tiers do not add up or one is overfull.
    #[error("S5: scenario {scenario}: the tiers of {asset} count more than there is")]
    Tiers {
        /// 0 is the base.
        scenario: usize,
        /// The asset's name.
        asset: String,
    },
    /// S6: an asset above its largest share.
    #[error("S6: scenario {scenario}: {asset} is above its largest share")]
    AssetShare {
        /// 0 is the base.
        scenario: usize,
        /// The asset's name.
        asset: String,
    },
    /// S6: a group outside of its shares.
    #[error("S6: scenario {scenario}: group {group} is outside of its smallest and largest share")]
    GroupShare {
        /// 0 is the base.
        scenario: usize,
        /// 0-based.
        group: usize,
    },
    /// S7: not covered.
    #[error(
        "S7: scenario {scenario}: the counted collateral falls short of the requirement by {missing} (micro-units times 10^8)"
    )]
    Coverage {
        /// 0 is the base.
        scenario: usize,
        /// `ratio_j * (10^4 * debt + sum o_a * m) - C`.
        missing: BigUint,
    },
    /// S8: the statement names another policy than the claim's.
    #[error("S8: the statement has the digest of another policy")]
    Policy,
    /// The choices do not have the policy's assets and scenarios.
    #[error("the allocation does not have the policy's assets and scenarios")]
    CountingShape,
}

impl Unsatisfied {
    /// `S1` .. `S8`; S9 holds of every claim, as the context is in the statement.
    pub fn clause(&self) -> &'static str {
        match self {
            Self::Opening { .. }
            | Self::Subject { .. }
            | Self::Kind { .. }
            | Self::AsOf { .. }
            | Self::OpeningCount { .. } => "S1",
            Self::UnlistedLiability { .. } | Self::TotalOverflow { .. } => "S2",
            Self::Netting { .. } => "S3",
            Self::ValueOverflow { .. } => "S4",
            Self::Tiers { .. } => "S5",
            Self::AssetShare { .. } | Self::GroupShare { .. } => "S6",
            Self::Coverage { .. } => "S7",
            Self::Policy => "S8",
            Self::CountingShape => "S5",
        }
    }
}
