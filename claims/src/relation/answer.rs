//! What the relation answers where a claim does not hold.

use crate::account::Kind;
use crate::numbers::{MICRO, ONE_IN_BPS};
use crate::statement::Window;
use num_bigint::BigUint;
use num_integer::Integer;
use std::fmt;

/// A share that is outside of its bounds, in basis points. Derived from secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ShareError {
    /// The share, rounded away from the bound that it breaks.
    pub got: u32,
    /// Smallest.
    pub least: u16,
    /// Largest.
    pub most: u16,
}

impl fmt::Display for ShareError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { got, least, most } = self;
        write!(
            f,
            "expected a share of {least} to {most} basis points, got {got}"
        )
    }
}

/// A part of a total, times 10^4, and the total.
pub(super) struct Share<'a> {
    part: BigUint,
    total: &'a BigUint,
}

impl<'a> Share<'a> {
    pub(super) fn of(part: &BigUint, total: &'a BigUint) -> Self {
        let part = part * ONE_IN_BPS;
        Self { part, total }
    }

    /// `least * total <= 10^4 * part <= most * total`.
    pub(super) fn within(&self, least: u16, most: u16) -> Result<(), ShareError> {
        let bps = if self.part > self.total * most {
            self.part.div_ceil(self.total)
        } else if self.part < self.total * least {
            self.part.div_floor(self.total)
        } else {
            return Ok(());
        };
        let got = u32::try_from(bps).unwrap_or(u32::MAX);
        Err(ShareError { got, least, most })
    }
}

/// Micro-units of the quote currency, as people write them.
fn micro(amount: &BigUint) -> String {
    let (whole, micro) = amount.div_rem(&BigUint::from(MICRO));
    let digits = format!("{micro:0>6}", micro = micro.to_string());
    match digits.trim_end_matches('0') {
        "" => whole.to_string(),
        fraction => format!("{whole}.{fraction}"),
    }
}

/// What counts is in micro-units times 10^8; rounded up.
fn counted(amount: &BigUint) -> String {
    micro(&amount.div_ceil(&BigUint::from(100_000_000u32)))
}

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
    /// S1: an account that was not taken in the window.
    #[error(
        "S1: account {account} is as of {got}, the window of the statement from {} to {}",
        expected.from(),
        expected.to()
    )]
    AsOf {
        /// 0-based.
        account: usize,
        /// The statement's.
        expected: Window,
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
    /// S2: collateral in an asset outside a complete policy.
    #[error(
        "S2: account {account} holds {asset}, which the policy does not list, and the policy is complete"
    )]
    UnlistedCollateral {
        /// 0-based.
        account: usize,
        /// The asset's name.
        asset: String,
    },
    /// S2: a liability in an asset that may not be owed.
    #[error("S2: account {account} has a liability in {asset}, which may not be owed")]
    MayNotOwe {
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
    #[error("S3: expected at most {most} base units of {asset} to be netted, got {got}")]
    Netting {
        /// The asset's name.
        asset: String,
        /// What the policy and the totals allow, in base units.
        most: u128,
        /// What the allocation nets.
        got: u128,
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
    /// S5: an asset counts for more than its tiers allow.
    #[error(
        "S5: scenario {scenario}: expected {asset} to count for at most {} of the quote currency, got {}",
        counted(&BigUint::from(*most)),
        counted(&BigUint::from(*got))
    )]
    Counted {
        /// 0 is the base.
        scenario: usize,
        /// The asset's name.
        asset: String,
        /// The lowest of its lines, in micro-units times 10^8.
        most: u128,
        /// What the allocation counts.
        got: u128,
    },
    /// S6: an asset above its largest share of what counts.
    #[error("S6: scenario {scenario}: {asset} in what counts: {share}")]
    AssetShare {
        /// 0 is the base.
        scenario: usize,
        /// The asset's name.
        asset: String,
        /// Its share.
        share: ShareError,
    },
    /// S6: a group outside of its shares of what counts.
    #[error("S6: scenario {scenario}: group {group:?} in what counts: {share}")]
    GroupShare {
        /// 0 is the base.
        scenario: usize,
        /// The group's name.
        group: String,
        /// Its share.
        share: ShareError,
    },
    /// S6: an asset above its largest share of what is held.
    #[error("S6: {asset} in what is held: {share}")]
    AssetHeld {
        /// The asset's name.
        asset: String,
        /// Its share.
        share: ShareError,
    },
    /// S6: a group outside of its shares of what is held.
    #[error("S6: group {group:?} in what is held: {share}")]
    GroupHeld {
        /// The group's name.
        group: String,
        /// Its share.
        share: ShareError,
    },
    /// S7: not covered.
    #[error(
        "S7: scenario {scenario}: what counts falls short of the requirement by {} of the quote currency",
        counted(missing)
    )]
    Coverage {
        /// 0 is the base.
        scenario: usize,
        /// `ratio_j * (10^4 * debt + sum o_a * m) - C`, in micro-units times 10^8.
        missing: BigUint,
    },
    /// S8: the statement names another policy than the claim's.
    #[error("S8: the statement has the digest of another policy")]
    Policy,
    /// S10: a line of the report that the accounts do not give.
    #[error("S10: the report's line of group {group:?}: expected {expected} grains, got {got}")]
    Report {
        /// The group's name.
        group: String,
        /// What the accounts give.
        expected: u128,
        /// The statement's.
        got: u128,
    },
    /// The choices do not have the policy's assets and scenarios.
    #[error("the allocation does not have the policy's assets and scenarios")]
    CountingShape,
}

impl Unsatisfied {
    /// `S1` .. `S8`, `S10`; S9 holds of every claim, as the context is in the statement.
    pub fn clause(&self) -> &'static str {
        match self {
            Self::Opening { .. }
            | Self::Subject { .. }
            | Self::Kind { .. }
            | Self::AsOf { .. }
            | Self::OpeningCount { .. } => "S1",
            Self::UnlistedLiability { .. }
            | Self::UnlistedCollateral { .. }
            | Self::MayNotOwe { .. }
            | Self::TotalOverflow { .. } => "S2",
            Self::Netting { .. } => "S3",
            Self::ValueOverflow { .. } => "S4",
            Self::Counted { .. } => "S5",
            Self::AssetShare { .. }
            | Self::GroupShare { .. }
            | Self::AssetHeld { .. }
            | Self::GroupHeld { .. } => "S6",
            Self::Coverage { .. } => "S7",
            Self::Policy => "S8",
            Self::Report { .. } => "S10",
            Self::CountingShape => "S5",
        }
    }
}
