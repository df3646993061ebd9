//! The events of a facility, read strictly: whoever sends them, a node, is not trusted for form.

use super::{Address, Terms, documents_hash, prices_hash};
use crate::abi::{Basis, CovenantRegistry, Document};
use alloy_primitives::{B256, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

/// Why a coverage was ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndReason {
    /// Prices left what was proved.
    PricesOutside,
    /// A document that it rests on was revoked.
    DocumentRevoked,
}

/// A proof that was accepted, as far as whoever watches needs it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Proved {
    /// The facility's, with this proof.
    pub epoch: u64,
    /// Unix seconds.
    pub until: u64,
    /// The circuit's.
    pub version: u8,
    /// The policy's digest.
    pub policy: [u8; 32],
    /// Micro-units.
    pub debt: u128,
    /// The base ratio.
    pub ratio_bps: u32,
    /// Bit i is 1 where account i is a liability.
    pub kinds: u64,
    /// In digest order.
    pub prices: Vec<u128>,
    /// When the prices were signed; 0 for feeds.
    pub prices_as_of: u64,
    /// Unix seconds of the oldest and the youngest account.
    pub window: (u64, u64),
    /// Every signature that was checked.
    pub documents: Vec<Document>,
}

impl Proved {
    /// What the coverage rests on.
    pub fn basis(&self) -> Basis {
        Basis {
            ratioBps: self.ratio_bps,
            kinds: self.kinds,
            pricesAsOf: self.prices_as_of,
            prices: prices_hash(&self.prices).into(),
            documents: documents_hash(&self.documents).into(),
        }
    }

    /// What the registry keeps of that.
    pub fn basis_hash(&self) -> [u8; 32] {
        keccak256(self.basis().abi_encode()).0
    }
}

/// What the registry told of a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Event {
    /// It was opened under these terms.
    Opened { owner: Address, terms: Box<Terms> },
    /// Weaker terms were announced: Unix seconds from and until which they may be applied.
    TermsAnnounced {
        terms: [u8; 32],
        from: u64,
        until: u64,
    },
    /// Its terms are others now.
    TermsChanged { epoch: u64, terms: Box<Terms> },
    /// A proof was accepted.
    Covered(Box<Proved>),
    /// A coverage was ended before its time; Unix seconds until which a new proof cures.
    CoverageEnded {
        epoch: u64,
        reason: EndReason,
        cure_by: u64,
        by: Address,
    },
    /// A coverage ends sooner.
    CoverageShortened { until: u64 },
    /// The hook was told that no proof came in time.
    Uncured { epoch: u64 },
    /// The beneficiary lets the pledges go.
    ReleaseConsented { epoch: u64 },
    /// They are gone.
    PledgesReleased { epoch: u64 },
}

/// A log is none of a facility's events.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// Its first topic.
    #[error("expected an event that was queried, got another")]
    Other,
    /// It is not encoded as the event is.
    #[error("{event}: expected the fields of the event, got something else")]
    Encoding {
        /// The event's name.
        event: &'static str,
    },
    /// A number is larger than the contract writes.
    #[error("{event}: expected {field} in its range, got a larger number")]
    Range {
        /// The event's name.
        event: &'static str,
        /// The field.
        field: &'static str,
    },
}

fn decoded<E: SolEvent>(
    event: &'static str,
    topics: &[[u8; 32]],
    data: &[u8],
) -> Result<E, EventError> {
    let wrong = EventError::Encoding { event };
    let words = topics.iter().map(|topic| B256::from(*topic));
    let read = E::decode_raw_log_validate(words, data).map_err(|_| wrong.clone())?;
    // One encoding only: nothing hides behind the fields, or in the indexed ones.
    let log = read.encode_log_data();
    let same = log
        .topics()
        .iter()
        .map(|topic| topic.0)
        .eq(topics.iter().copied());
    match same && log.data.as_ref() == data {
        true => Ok(read),
        false => Err(wrong),
    }
}

impl Event {
    /// The first topics of a facility's events; its second is the facility's id.
    pub fn topics() -> [[u8; 32]; 9] {
        [
            CovenantRegistry::FacilityOpened::SIGNATURE_HASH.0,
            CovenantRegistry::TermsAnnounced::SIGNATURE_HASH.0,
            CovenantRegistry::TermsChanged::SIGNATURE_HASH.0,
            CovenantRegistry::Covered::SIGNATURE_HASH.0,
            CovenantRegistry::CoverageEnded::SIGNATURE_HASH.0,
            CovenantRegistry::CoverageShortened::SIGNATURE_HASH.0,
            CovenantRegistry::Uncured::SIGNATURE_HASH.0,
            CovenantRegistry::ReleaseConsented::SIGNATURE_HASH.0,
            CovenantRegistry::PledgesReleased::SIGNATURE_HASH.0,
        ]
    }

    /// Reads a log's topics and data: the facility, and what was told of it.
    ///
    /// # Errors
    /// It is another event, is not encoded as the contract encodes it, or has a number that the
    /// contract does not write.
    pub fn decode(topics: &[[u8; 32]], data: &[u8]) -> Result<(u128, Self), EventError> {
        use CovenantRegistry as R;
        let first = topics.first().ok_or(EventError::Other)?;
        Ok(match *first {
            t if t == R::FacilityOpened::SIGNATURE_HASH.0 => {
                let e: R::FacilityOpened = decoded("FacilityOpened", topics, data)?;
                let (owner, terms) = (e.owner.into_array(), Box::new(Terms::of_abi(&e.terms)));
                (e.facility, Self::Opened { owner, terms })
            }
            t if t == R::TermsAnnounced::SIGNATURE_HASH.0 => {
                let e: R::TermsAnnounced = decoded("TermsAnnounced", topics, data)?;
                let time = |field, x: alloy_primitives::U256| {
                    u64::try_from(x).map_err(|_| EventError::Range {
                        event: "TermsAnnounced",
                        field,
                    })
                };
                let (from, until) = (time("from", e.from)?, time("until", e.until)?);
                let terms = e.terms.0;
                (e.facility, Self::TermsAnnounced { terms, from, until })
            }
            t if t == R::TermsChanged::SIGNATURE_HASH.0 => {
                let e: R::TermsChanged = decoded("TermsChanged", topics, data)?;
                let (epoch, terms) = (e.epoch, Box::new(Terms::of_abi(&e.terms)));
                (e.facility, Self::TermsChanged { epoch, terms })
            }
            t if t == R::Covered::SIGNATURE_HASH.0 => {
                let e: R::Covered = decoded("Covered", topics, data)?;
                let proved = Proved {
                    epoch: e.epoch,
                    until: e.until,
                    version: e.version,
                    policy: e.statement.policy.to_be_bytes(),
                    debt: e.statement.publicDebt,
                    ratio_bps: e.statement.ratioBps,
                    kinds: e.statement.kinds,
                    prices: e.statement.prices,
                    prices_as_of: e.pricesAsOf,
                    window: (e.statement.asOfFrom, e.statement.asOfTo),
                    documents: e.documents,
                };
                (e.facility, Self::Covered(Box::new(proved)))
            }
            t if t == R::CoverageEnded::SIGNATURE_HASH.0 => {
                let e: R::CoverageEnded = decoded("CoverageEnded", topics, data)?;
                let reason = match e.reason {
                    0 => EndReason::PricesOutside,
                    1 => EndReason::DocumentRevoked,
                    _ => {
                        return Err(EventError::Range {
                            event: "CoverageEnded",
                            field: "reason",
                        });
                    }
                };
                let ended = Self::CoverageEnded {
                    epoch: e.epoch,
                    reason,
                    cure_by: e.cureBy,
                    by: e.by.into_array(),
                };
                (e.facility, ended)
            }
            t if t == R::CoverageShortened::SIGNATURE_HASH.0 => {
                let e: R::CoverageShortened = decoded("CoverageShortened", topics, data)?;
                (e.facility, Self::CoverageShortened { until: e.until })
            }
            t if t == R::Uncured::SIGNATURE_HASH.0 => {
                let e: R::Uncured = decoded("Uncured", topics, data)?;
                (e.facility, Self::Uncured { epoch: e.epoch })
            }
            t if t == R::ReleaseConsented::SIGNATURE_HASH.0 => {
                let e: R::ReleaseConsented = decoded("ReleaseConsented", topics, data)?;
                (e.facility, Self::ReleaseConsented { epoch: e.epoch })
            }
            t if t == R::PledgesReleased::SIGNATURE_HASH.0 => {
                let e: R::PledgesReleased = decoded("PledgesReleased", topics, data)?;
                (e.facility, Self::PledgesReleased { epoch: e.epoch })
            }
            _ => return Err(EventError::Other),
        })
    }
}
