//! What `covenant watch --registry` prints for `--json`.

use crate::codes::Code;
use crate::rpc::hex;
use crate::text::plain;
use covenant_solidity::registry::{EndReason, Event, address_text};
use schemars::JsonSchema;
use serde::Serialize;

/// What a registry says of a facility at a block. Of several facilities, and with --every, an object
/// each, a line each.
#[derive(Serialize, JsonSchema)]
pub(crate) struct FacilityLook {
    /// Whether the facility is covered, and why not.
    pub(super) standing: LookStanding,
    /// Why the exit code is not 0: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<Code>,
    /// The chain that the node is of.
    pub(super) chain_id: u64,
    /// The registry's address.
    pub(super) registry: String,
    /// The facility's id, 0x-hex.
    pub(super) facility: String,
    /// The block at which everything was read.
    pub(super) block_number: u64,
    /// Its hash, 0x-hex.
    pub(super) block_hash: String,
    /// The block's time, Unix seconds, at which coverage is judged.
    pub(super) at: u64,
    /// keccak256 of the facility's terms, 0x-hex; absent where there is no such facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) terms: Option<String>,
    /// Whether these are the terms of --terms; absent without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) terms_agreed: Option<bool>,
    /// How many proofs, changes and ends the facility has seen.
    pub(super) epoch: u64,
    /// What was proved last, whether or not it still counts; absent where nothing was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) proved: Option<Proved>,
    /// Where a coverage is over that no proof has followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ended: Option<Ended>,
    /// Weaker terms that wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) announced: Option<Announced>,
    /// While submissions, and what is covered, are stopped.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paused: Option<Pause>,
    /// Where the beneficiary has consented that the pledges of the last proof are released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) consented: Option<Consent>,
    /// What has happened to the facility since the last look, at first since --from-block.
    pub(super) events: Vec<Happened>,
}

/// Whether a facility is covered.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum LookStanding {
    /// The debt of now is covered, under the terms that the facility has.
    Covered,
    /// The registry has no such facility.
    NoFacility,
    /// No proof was accepted yet.
    NothingProved,
    /// The coverage has lapsed.
    Expired,
    /// The coverage was ended before its time, or by a change of terms.
    Ended,
    /// The coverage was ended by a release of its pledges, or by a consent to one.
    Released,
    /// The registry's router is paused.
    Paused,
    /// The version that was proved with is frozen.
    Frozen,
    /// More is owed than was proved, or a debt source does not say how much.
    DebtAboveProved,
}

/// What was proved.
#[derive(Serialize, JsonSchema)]
pub(super) struct Proved {
    /// When the coverage ends, Unix seconds; absent where it was ended before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) until: Option<u64>,
    /// The debt that was proved to be covered, in quote units, exact.
    pub(super) debt: String,
    /// No account is older, Unix seconds.
    pub(super) as_of_from: u64,
    /// No account is younger, Unix seconds.
    pub(super) as_of_to: u64,
    /// The number of the circuit's version.
    pub(super) version: u8,
    /// Whether that version is frozen.
    pub(super) frozen: bool,
    /// The base ratio; absent, as the next two, where the proof's event was not read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio_bps: Option<u32>,
    /// The prices, in the policy's digest order: quote units for one base unit, times 10^36.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices: Option<Vec<String>>,
    /// When they were signed, Unix seconds; absent for prices of feeds too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices_as_of: Option<u64>,
}

/// The end of a coverage.
#[derive(Serialize, JsonSchema)]
pub(super) struct Ended {
    /// When it ended, Unix seconds.
    pub(super) at: u64,
    /// Why before its time; absent where it lapsed, the terms were changed, or its event was not
    /// read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<ReasonTold>,
    /// Who showed that it must end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) by: Option<String>,
    /// Until when a new proof cures, Unix seconds; absent where neither its event was read nor
    /// the facility's terms are those of --terms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cure_by: Option<u64>,
    /// Whether it was declared that none came in time.
    pub(super) uncured: bool,
}

/// Why a coverage was ended before its time.
#[derive(Clone, Copy, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum ReasonTold {
    /// Prices are outside of what was proved.
    PricesOutside,
    /// A document that it rests on was revoked.
    DocumentRevoked,
}

/// Weaker terms that wait.
#[derive(Serialize, JsonSchema)]
pub(super) struct Announced {
    /// Their hash, 0x-hex.
    pub(super) terms: String,
    /// From when they may be applied, Unix seconds.
    pub(super) from: u64,
    /// From when they may not be any more.
    pub(super) until: u64,
}

/// A pause.
#[derive(Serialize, JsonSchema)]
pub(super) struct Pause {
    /// When it ends at the latest, Unix seconds.
    pub(super) until: u64,
}

/// A consent of the beneficiary.
#[derive(Serialize, JsonSchema)]
pub(super) struct Consent {
    /// The epoch of the proof whose pledges may be released.
    pub(super) epoch: u64,
}

/// Something that happened.
#[derive(Serialize, JsonSchema)]
pub(super) struct Happened {
    /// The block.
    pub(super) block_number: u64,
    /// Its place among the block's logs.
    pub(super) log_index: u64,
    /// The transaction's hash, 0x-hex.
    pub(super) transaction: String,
    /// What it was.
    pub(super) what: EventTold,
}

/// An event of the registry; times are Unix seconds.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(super) enum EventTold {
    /// A proof was accepted.
    Covered {
        /// The facility's from then on.
        epoch: u64,
        /// When the coverage ends.
        until: u64,
        /// The number of the circuit's version.
        version: u8,
        /// The debt, in quote units.
        debt: String,
        /// The base ratio.
        ratio_bps: u32,
    },
    /// A coverage was ended before its time.
    CoverageEnded {
        /// The facility's from then on.
        epoch: u64,
        /// Why.
        reason: ReasonTold,
        /// Until when a new proof cures.
        cure_by: u64,
        /// Who showed that it must end.
        by: String,
    },
    /// A coverage ends sooner, as a document that it rests on is revoked from then on.
    CoverageShortened {
        /// When.
        until: u64,
    },
    /// Weaker terms were announced.
    TermsAnnounced {
        /// Their hash, 0x-hex.
        terms: String,
        /// From when they may be applied.
        from: u64,
        /// From when they may not be any more.
        until: u64,
    },
    /// The terms were changed, which ended the coverage.
    TermsChanged {
        /// The facility's from then on.
        epoch: u64,
        /// The hash of the new ones, 0x-hex.
        terms: String,
    },
    /// No new proof came in time.
    Uncured {
        /// The facility's.
        epoch: u64,
    },
    /// The beneficiary has consented to a release, which ended the coverage.
    ReleaseConsented {
        /// The facility's from then on.
        epoch: u64,
    },
    /// The pledges were released, which ended the coverage.
    PledgesReleased {
        /// The facility's from then on.
        epoch: u64,
    },
}

impl From<EndReason> for ReasonTold {
    fn from(reason: EndReason) -> Self {
        match reason {
            EndReason::PricesOutside => Self::PricesOutside,
            EndReason::DocumentRevoked => Self::DocumentRevoked,
        }
    }
}

/// An event as it is told.
pub(super) fn told(event: &Event) -> EventTold {
    match event {
        Event::Covered {
            epoch,
            until,
            version,
            proved,
        } => EventTold::Covered {
            epoch: *epoch,
            until: *until,
            version: *version,
            debt: plain(proved.statement.publicDebt, 6),
            ratio_bps: proved.statement.ratioBps,
        },
        Event::CoverageEnded {
            epoch,
            reason,
            cure_by,
            by,
        } => EventTold::CoverageEnded {
            epoch: *epoch,
            reason: (*reason).into(),
            cure_by: *cure_by,
            by: address_text(by),
        },
        Event::CoverageShortened { until } => EventTold::CoverageShortened { until: *until },
        Event::TermsAnnounced { terms, from, until } => EventTold::TermsAnnounced {
            terms: hex(terms),
            from: *from,
            until: *until,
        },
        Event::TermsChanged { epoch, terms } => EventTold::TermsChanged {
            epoch: *epoch,
            terms: hex(terms),
        },
        Event::Uncured { epoch } => EventTold::Uncured { epoch: *epoch },
        Event::ReleaseConsented { epoch } => EventTold::ReleaseConsented { epoch: *epoch },
        Event::PledgesReleased { epoch } => EventTold::PledgesReleased { epoch: *epoch },
    }
}
