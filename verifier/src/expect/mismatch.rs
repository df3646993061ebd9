//! Why a bundle is not what a relying party expects: what, where, expected and got, in the units of
//! the file of expectations.

use super::Place;
use super::quantity::{Duration, Percent, QuoteUnits};
use crate::time::date;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::policy::check::Refusal;
use covenant_claims::signed::{AccountRef, SignatureError, Signer};
use std::fmt;

/// Every reason why a bundle is not what the relying party expects, in the order of the checks; at
/// least one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatches {
    // Boxed, so that whoever returns a verdict returns little.
    first: Box<Mismatch>,
    more: Vec<Mismatch>,
}

impl Mismatches {
    /// `None` of none.
    pub(super) fn of(list: Vec<Mismatch>) -> Option<Self> {
        let mut list = list.into_iter();
        let first = Box::new(list.next()?);
        let more = list.collect();
        Some(Self { first, more })
    }

    /// The one that the first check found.
    pub fn first(&self) -> &Mismatch {
        &self.first
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Mismatch> {
        std::iter::once(self.first()).chain(&self.more)
    }
}

impl fmt::Display for Mismatches {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.first.fmt(f)?;
        self.more.iter().try_for_each(|more| write!(f, "; {more}"))
    }
}

impl std::error::Error for Mismatches {}

/// The bundle is not what the relying party expects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// A circuit that is disabled.
    #[error("circuit: {got} is disabled")]
    Disabled {
        /// Its id.
        got: String,
    },
    /// Another policy.
    #[error("policy: expected the digest {expected}, got {got}")]
    Policy {
        /// The agreed digest.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// The agreed policy is one that nobody should have agreed on.
    #[error("policy check: {}", .refusals.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Check {
        /// What it is refused for; at least one.
        refusals: Vec<Refusal>,
    },
    /// Another subject.
    #[error("subject: expected {expected}, got {got}")]
    Subject {
        /// The expected id.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// A ratio below what is expected; basis points.
    #[error("ratio: expected at least {}, got {}", Percent(*.expected), Percent(*.got))]
    Ratio {
        /// The smallest.
        expected: u32,
        /// The bundle's.
        got: u32,
    },
    /// A ratio that is not on the policy's grid.
    #[error(
        "ratio: expected {} and a multiple of {} more, the policy's steps, got {}",
        Percent(*.least), Percent(*.step), Percent(*.got)
    )]
    Grid {
        /// The policy's smallest ratio.
        least: u32,
        /// The policy's step.
        step: u32,
        /// The bundle's.
        got: u32,
    },
    /// Less public debt than is known of; micro-units.
    #[error("public debt: expected at least {}, got {}", QuoteUnits(*.expected), QuoteUnits(*.got))]
    Debt {
        /// The smallest.
        expected: u128,
        /// The bundle's.
        got: u128,
    },
    /// Another context.
    #[error("context: expected {expected}, got {got}")]
    Context {
        /// The expected context.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// Too old.
    #[error("{what}: expected an age of at most {}, got {}", Duration(*.expected), Duration(*.got))]
    Stale {
        /// Accounts or prices.
        what: &'static str,
        /// The largest age.
        expected: u64,
        /// The age.
        got: u64,
    },
    /// From the future.
    #[error("{what}: expected a time not more than {} ahead, got {} ahead", Duration(*.expected), Duration(*.got))]
    Future {
        /// Accounts or prices.
        what: &'static str,
        /// The largest skew.
        expected: u64,
        /// How far ahead.
        got: u64,
    },
    /// Snapshots of accounts that lie too far apart.
    #[error("accounts: expected a window of at most {}, got {}", Duration(*.expected), Duration(*.got))]
    Window {
        /// The widest, seconds.
        expected: u64,
        /// The window's width, seconds.
        got: u64,
    },
    /// A signature that is not what it claims to be.
    #[error("{at}: {error}")]
    Signature {
        /// `accounts[i].attestation`, `prices.signatures[i]` and the like.
        at: String,
        /// What is wrong with it.
        error: SignatureError,
    },
    /// More accounts of a kind without a signature than are allowed.
    #[error(
        "{place}: expected at most {expected} {kind} accounts that are self-declared, got {got}"
    )]
    SelfDeclared {
        /// The first one too many.
        place: Place,
        /// Of which kind, as the proof shows it.
        kind: Kind,
        /// How many are allowed.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// An attester that is not accepted.
    #[error("{place}: expected one of the accepted attesters ({expected}), got {got}")]
    UnknownAttester {
        /// The account.
        place: Place,
        /// Those accepted.
        expected: String,
        /// Who signed.
        got: Signer,
    },
    /// An attester that is not accepted for this kind of account.
    #[error("{place}: the attester {attester} is accepted for {expected}, got a {got} account")]
    Role {
        /// The account.
        place: Place,
        /// Its name and keys.
        attester: String,
        /// Its roles.
        expected: String,
        /// The account's kind.
        got: Kind,
    },
    /// Too few different attesters.
    #[error("{place}: expected attestations of at least {expected} different attesters, got {got}")]
    AttesterQuorum {
        /// The account.
        place: Place,
        /// The quorum.
        expected: usize,
        /// Different attesters that signed, whatever keys they used.
        got: usize,
    },
    /// An attestation past its time.
    #[error(
        "{place}: the attestation of {attester} was valid until {}, expected {} or later",
        date(*.got), date(*.expected)
    )]
    Expired {
        /// The account.
        place: Place,
        /// Name and address.
        attester: String,
        /// The time of verification, Unix seconds.
        expected: u64,
        /// `valid_until`, Unix seconds.
        got: u64,
    },
    /// A document that its own signer has withdrawn.
    #[error("{at}: {signer} revoked it from {} on", date(*.since))]
    Revoked {
        /// `accounts[i].attestation`, `prices.signatures[i]` and the like.
        at: String,
        /// Who signed both.
        signer: Signer,
        /// Unix seconds.
        since: u64,
    },
    /// Two commitments to one account.
    #[error("{place}: expected every {kind} account once, got {account} again, which is {first}")]
    SameAccount {
        /// The second one.
        place: Place,
        /// The first one.
        first: Place,
        /// Of which kind both are.
        kind: Kind,
        /// The reference's hash.
        account: AccountRef,
    },
    /// A commitment that covers something else already.
    #[error("{place}: expected an account that is pledged nowhere else, got the commitment {got}")]
    Pledged {
        /// The account.
        place: Place,
        /// The commitment.
        got: Commitment,
    },
    /// An account whose other side is not in the basket: what is owed on a collateral account,
    /// left at home.
    #[error(
        "{place}: its attester names {counterpart} as the other side of the account: expected it in the basket as {expected} of the same time, got {got}"
    )]
    Counterpart {
        /// The account.
        place: Place,
        /// The commitment that is named.
        counterpart: Commitment,
        /// Of which kind it has to be.
        expected: Kind,
        /// What is in the basket.
        got: String,
    },
    /// Somebody who has to be in the basket is not.
    #[error("accounts: expected {expected} in the basket, got none")]
    Missing {
        /// What is required.
        expected: String,
    },
    /// A collateral account that is not held for the secured party as it has to be.
    #[error(
        "{place}.undertakings: expected one of its attester for the secured party and the facility, in an accepted wording, until {} or later, got {got}",
        date(*.expected)
    )]
    Undertaking {
        /// The account.
        place: Place,
        /// Until when, Unix seconds.
        expected: u64,
        /// What is there, and why it does not count.
        got: String,
    },
    /// The subject has not said that there is no other debt.
    #[error(
        "representation: expected one by a key of the subject that there is no other debt, in an accepted wording, got {got}"
    )]
    Representation {
        /// What is there.
        got: String,
    },
    /// Too few of the accepted price signers.
    #[error(
        "prices: expected signatures of at least {expected} accepted signers, got {got}; accepted are {accepted}"
    )]
    Quorum {
        /// The quorum.
        expected: usize,
        /// Accepted signers that signed.
        got: usize,
        /// Those accepted.
        accepted: String,
    },
    /// A tree that was walked, but not for this basket.
    #[error("trees[{tree}]: {got}")]
    Tree {
        /// Which tree, 0-based.
        tree: usize,
        /// What it is instead.
        got: String,
    },
    /// Other prices than the relying party's own.
    #[error("prices: expected the relying party's own {what}, {expected}, got {got}")]
    OwnPrices {
        /// The asset's price, the time or the currency.
        what: String,
        /// Its own.
        expected: String,
        /// The bundle's.
        got: String,
    },
}
