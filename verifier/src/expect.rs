//! What a relying party expects, from its own records and never from the bundle
//! (docs/spec.md, section 8).
//!
//! [`Expected`] is built in code, or read from a file by [`document::ExpectedFile`].

mod basket;
mod check;
pub mod document;
mod findings;
mod mismatch;
pub mod quantity;
mod required;
mod revocations;
mod signatures;
mod template;
mod trees;
mod trust;

pub use basket::Place;
pub use mismatch::{Mismatch, Mismatches};
pub use required::{Held, MustInclude, RequiredRepresentation, RequiredUndertakings};
pub use signatures::ContractWord;
pub use template::{TemplateParts, TemplatePrices, TemplateUndertakings, template, to_fill};
pub use trees::Merged;
pub(crate) use trust::Provenance;
pub use trust::{
    AccountSource, Attester, Attesters, NamedSigner, PriceQuorum, PriceSigner, PriceSource,
    PriceTrust, TrustError,
};

use crate::tree::CollateralTree;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::Fr;
use covenant_claims::ident::{Context, SubjectId};
use covenant_claims::numbers::{Ratio, Value};
use covenant_claims::shape::Shape;
use covenant_claims::signed::{AccountRef, Answers, SignedRevocation, Signer};
use std::collections::HashSet;

/// How many accounts may rest on the subject's word alone, of each kind. The proof shows the
/// kinds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SelfDeclared {
    /// Accounts that hold collateral.
    pub collateral: usize,
    /// Accounts that are owed.
    pub liability: usize,
}

impl SelfDeclared {
    /// No account of either kind.
    pub const NONE: Self = Self {
        collateral: 0,
        liability: 0,
    };

    /// How many of that kind.
    pub fn of(self, kind: Kind) -> usize {
        match kind {
            Kind::Collateral => self.collateral,
            Kind::Liability => self.liability,
        }
    }
}

/// Expectations. There is no default for any of them: each is a decision.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The digest of the policy that was agreed on.
    pub policy: Fr,
    /// Who must be covered.
    pub subject: SubjectId,
    /// The smallest base ratio; the policy's own smallest ratio holds besides.
    pub min_ratio: Ratio,
    /// The smallest public debt that is believed; 0 where all debt is in creditors'
    /// accounts.
    pub min_public_debt: Value,
    /// Largest age of the oldest account snapshot, in seconds: of the start of the window.
    pub max_account_age: u64,
    /// Largest age of the prices, in seconds.
    pub max_price_age: u64,
    /// How far in the future a time may lie, in seconds, for clocks that differ.
    pub max_clock_skew: u64,
    /// Widest window of account snapshots, in seconds; 0 for snapshots of one second.
    pub max_window: u64,
    /// The shape that is expected; `None` for any that there is a key for.
    pub shape: Option<Shape>,
    /// What the proof must be bound to.
    pub context: Context,
    /// Whose attestations of accounts are accepted.
    pub attesters: Attesters,
    /// Whose prices are accepted.
    pub prices: PriceTrust,
    /// How many accounts that nobody signed for are accepted, of each kind that the proof
    /// shows.
    pub max_self_declared: SelfDeclared,
    /// Accounts that have to be in the basket, so that nobody who is owed something is left out.
    pub must_include: Vec<MustInclude>,
    /// What the attester of every collateral account has to undertake; `None` if nothing.
    pub undertakings: Option<RequiredUndertakings>,
    /// What the subject has to say of the statement; `None` if nothing.
    pub representation: Option<RequiredRepresentation>,
    /// Commitments that are pledged elsewhere and cannot count here.
    pub pledged: HashSet<Commitment>,
    /// Accounts that are pledged elsewhere under any commitment, by attester and reference:
    /// a fresh blinding does not free an account, and neither does another key of the same
    /// attester.
    pub pledged_accounts: HashSet<(Signer, AccountRef)>,
    /// Revocations that the relying party has seen, beside the bundle's own.
    pub revocations: Vec<SignedRevocation>,
    /// What contracts answered that were queried for their signatures: by a node that the relying
    /// party trusts. [`Expected::questions`] says what to query.
    pub contract_answers: Answers,
    /// Trees of collateral that the relying party has walked: each stands for the account of the
    /// bundle that is its top, and its leaves are checked in that account's place.
    pub trees: Vec<CollateralTree>,
    /// Circuits that are no longer accepted, by id.
    pub disabled_circuits: Vec<String>,
}
