//! What `covenant watch --registry` prints for `--json`.

use super::super::output::{MarginOutput, Weight, Witness};
use crate::codes::Code;
use crate::rpc::hex;
use covenant_solidity::registry::{EndReason, Event};
use schemars::JsonSchema;
use serde::Serialize;

/// A facility of a registry at a block. Of several, and with --every, an object each time that
/// something changed, a line each.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RegistryOutput {
    /// The registry, on its chain: `eip155:1:0x...`.
    pub(super) registry: String,
    /// The facility's id, 0x-hex.
    pub(super) facility: String,
    /// What it is now.
    pub(super) state: StateOutput,
    /// Why it is not covered, or could not be told: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<Code>,
    /// The same for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// At which time it was judged, Unix seconds.
    pub(super) at: u64,
    /// The number of the block that was read.
    pub(super) block_number: u64,
    /// Its hash.
    pub(super) block_hash: String,
    /// Its time, Unix seconds.
    pub(super) block_time: u64,
    /// The hash of its terms, 0x-hex; absent where there is no such facility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) terms: Option<String>,
    /// How many proofs, changes and ends it has seen.
    pub(super) epoch: u64,
    /// Until when submissions are paused, Unix seconds; absent where they are not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) paused_until: Option<u64>,
    /// What was proved last, where that has not ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) coverage: Option<CoverageOutput>,
    /// What is owed now, in quote units, where the terms are known and every debt source says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) debt: Option<String>,
    /// Wei that are deposited for whoever ends the coverage by a challenge.
    pub(super) bond: String,
    /// Weaker terms that wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) announced: Option<AnnouncedOutput>,
    /// The end of the coverage, where no proof has followed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ended: Option<EndedOutput>,
    /// Whether the beneficiary lets the pledges go.
    pub(super) consented: bool,
    /// Where prices are, with --policy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices: Option<PricesOutput>,
    /// With --challenge, where prices are outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) challenge: Option<ChallengeOutput>,
    /// What the registry told of it since the last look, or since --from-block.
    pub(super) events: Vec<EventOutput>,
}

/// What a facility is.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StateOutput {
    /// Covered; with --policy, also at the prices of now.
    Covered,
    /// The registry still counts it as covered, and the prices of now are outside of what was proved.
    Outside,
    /// The registry counts it as covered, and the prices of now could not be told.
    PricesUnknown,
    /// There is no such facility.
    NotOpen,
    /// Its terms are not those that were named.
    OtherTerms,
    /// Nothing is proved.
    NotProved,
    /// The coverage was ended before its time.
    Ended,
    /// The beneficiary let the pledges go, which ended the coverage.
    Consented,
    /// The coverage is over.
    Lapsed,
    /// The circuit's version was frozen.
    Frozen,
    /// Submissions are paused, and what is covered does not count meanwhile.
    Paused,
    /// More is owed than was proved.
    DebtExceeds,
    /// A debt source says nothing, or more is owed than was proved.
    DebtUnknown,
}

/// What was proved.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct CoverageOutput {
    /// Unix seconds at which it is over.
    pub(super) until: u64,
    /// The debt that is covered, in quote units.
    pub(super) debt: String,
    /// Unix seconds of the oldest account.
    pub(super) as_of_from: u64,
    /// Unix seconds of the youngest account.
    pub(super) as_of_to: u64,
    /// The number of the circuit that it was proved with.
    pub(super) version: u8,
    /// The base ratio; absent where the event `Covered` is not in the blocks that were read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio_bps: Option<u32>,
    /// The prices that were proved with, in digest order, as the statement has them; absent as the
    /// ratio is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) prices: Vec<String>,
    /// When they were signed, Unix seconds; absent for feeds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices_as_of: Option<u64>,
}

/// Weaker terms that wait.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct AnnouncedOutput {
    /// Their hash, 0x-hex.
    pub(super) terms: String,
    /// Unix seconds from which they may be applied.
    pub(super) from: u64,
    /// Unix seconds from which they may not any more.
    pub(super) until: u64,
    /// Whether they may be applied now.
    pub(super) open: bool,
}

/// The end of a coverage.
#[derive(Clone, Serialize, JsonSchema)]
pub(super) struct EndedOutput {
    /// Unix seconds.
    pub(super) at: u64,
    /// Unix seconds until which a new proof cures; absent where neither the terms nor the event are
    /// known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cure_by: Option<u64>,
    /// Whether the registry was told that none came in time.
    pub(super) uncured: bool,
}

/// Where prices are.
#[derive(Serialize, JsonSchema)]
pub(super) struct PricesOutput {
    /// Inside or outside of what was proved; absent where that could not be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) inside: Option<bool>,
    /// The prices' time, Unix seconds; of feeds the oldest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) as_of: Option<u64>,
    /// Inside: the largest ratio that is implied, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio_bps: Option<u32>,
    /// Inside: weights of the base and the scenarios that imply it, exact.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) weights: Vec<Weight>,
    /// Inside: how far each price may move alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) margins: Vec<MarginOutput>,
    /// Outside: what shows it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) vector: Vec<Witness>,
}

/// What ends the coverage.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChallengeOutput {
    /// The file with the calldata of `challenge`, as export calldata prints it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) file: Option<String>,
    /// Why the registry would not accept one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<String>,
}

/// What the registry told: an event with what it has of these.
#[derive(Serialize, JsonSchema)]
pub(super) struct EventOutput {
    /// The number of its block.
    block: u64,
    /// Its name.
    event: EventName,
    /// The facility's epoch since.
    #[serde(skip_serializing_if = "Option::is_none")]
    epoch: Option<u64>,
    /// The hash of terms, 0x-hex: of those that are the facility's now, or were announced.
    #[serde(skip_serializing_if = "Option::is_none")]
    terms: Option<String>,
    /// Unix seconds from which announced terms may be applied.
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<u64>,
    /// Unix seconds until which they may, or until which it is covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<u64>,
    /// The base ratio that was proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    ratio_bps: Option<u32>,
    /// The debt that is covered, in quote units.
    #[serde(skip_serializing_if = "Option::is_none")]
    debt: Option<String>,
    /// Why a coverage was ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Why>,
    /// Unix seconds until which a new proof cures.
    #[serde(skip_serializing_if = "Option::is_none")]
    cure_by: Option<u64>,
    /// Who showed that it must end.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
}

/// An event of the registry.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
enum EventName {
    FacilityOpened,
    TermsAnnounced,
    TermsChanged,
    Covered,
    CoverageEnded,
    CoverageShortened,
    Uncured,
    ReleaseConsented,
    PledgesReleased,
}

/// Why a coverage was ended.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
enum Why {
    /// Prices left what was proved.
    PricesOutside,
    /// A document that it rests on was revoked.
    DocumentRevoked,
}

impl EventOutput {
    fn new(block: u64, event: EventName) -> Self {
        Self {
            block,
            event,
            epoch: None,
            terms: None,
            from: None,
            until: None,
            ratio_bps: None,
            debt: None,
            why: None,
            cure_by: None,
            by: None,
        }
    }

    pub(super) fn of(block: u64, event: &Event) -> Self {
        let of = |event| Self::new(block, event);
        match event {
            Event::Opened { terms, .. } => Self {
                terms: Some(hex(&terms.hash())),
                ..of(EventName::FacilityOpened)
            },
            Event::TermsAnnounced { terms, from, until } => Self {
                terms: Some(hex(terms)),
                from: Some(*from),
                until: Some(*until),
                ..of(EventName::TermsAnnounced)
            },
            Event::TermsChanged { epoch, terms } => Self {
                epoch: Some(*epoch),
                terms: Some(hex(&terms.hash())),
                ..of(EventName::TermsChanged)
            },
            Event::Covered(proved) => Self {
                epoch: Some(proved.epoch),
                until: Some(proved.until),
                ratio_bps: Some(proved.ratio_bps),
                debt: Some(super::quote(proved.debt)),
                ..of(EventName::Covered)
            },
            Event::CoverageEnded {
                epoch,
                reason,
                cure_by,
                by,
            } => Self {
                epoch: Some(*epoch),
                why: Some(match reason {
                    EndReason::PricesOutside => Why::PricesOutside,
                    EndReason::DocumentRevoked => Why::DocumentRevoked,
                }),
                cure_by: Some(*cure_by),
                by: Some(hex(by)),
                ..of(EventName::CoverageEnded)
            },
            Event::CoverageShortened { until } => Self {
                until: Some(*until),
                ..of(EventName::CoverageShortened)
            },
            Event::Uncured { epoch } => Self {
                epoch: Some(*epoch),
                ..of(EventName::Uncured)
            },
            Event::ReleaseConsented { epoch } => Self {
                epoch: Some(*epoch),
                ..of(EventName::ReleaseConsented)
            },
            Event::PledgesReleased { epoch } => Self {
                epoch: Some(*epoch),
                ..of(EventName::PledgesReleased)
            },
        }
    }
}
