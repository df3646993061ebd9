//! Events of a facility, as a node gives them. One that is not the one encoding of itself, or has a
//! value out of its range, is refused.

use super::Address;
use super::challenge::{documents_hash, prices_hash};
use crate::abi::{self, Basis, CovenantRegistry as Registry, Document};
use alloy_primitives::{B256, U256, keccak256};
use alloy_sol_types::{SolEvent, SolValue};

/// Bits of a public debt.
const DEBT_BITS: u32 = 80;
/// Bits of a time that a coverage ends at.
const TIME_BITS: u32 = 40;

/// What is not an event of the registry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum EventError {
    /// The first topic is of no event that is known here.
    #[error("topics[0]: expected an event of a facility, got another or none")]
    Unknown,
    /// Topics or data that no such event has.
    #[error("{event}: expected its encoding in topics and data, got something else")]
    Malformed {
        /// The event's name.
        event: &'static str,
    },
    /// A value that is out of its range.
    #[error("{event}: expected {field} in its range, got another")]
    OutOfRange {
        /// The event's name.
        event: &'static str,
        /// The value's name.
        field: &'static str,
    },
}

/// Why a coverage was ended before its time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum EndReason {
    /// Somebody showed prices that are outside of what was proved.
    PricesOutside,
    /// A document that it rests on was revoked.
    DocumentRevoked,
}

/// What was proved, as `Covered` has it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ProvedStatement {
    /// All that the proof says.
    pub statement: abi::Statement,
    /// When the prices were signed, Unix seconds; 0 for feeds.
    pub prices_as_of: u64,
    /// Every signature that was checked.
    pub documents: Vec<Document>,
}

impl ProvedStatement {
    /// What later calls need of it.
    pub fn basis(&self) -> Basis {
        Basis {
            ratioBps: self.statement.ratioBps,
            kinds: self.statement.kinds,
            pricesAsOf: self.prices_as_of,
            prices: prices_hash(&self.statement.prices).into(),
            documents: documents_hash(&self.documents).into(),
        }
    }

    /// What the registry keeps of it, in `basis` of the facility.
    pub fn basis_hash(&self) -> [u8; 32] {
        keccak256(self.basis().abi_encode()).0
    }
}

/// Something that happened to a facility. Times are Unix seconds.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Event {
    /// A proof was accepted.
    Covered {
        /// The facility's from then on.
        epoch: u64,
        /// When the coverage ends.
        until: u64,
        /// Of the circuit.
        version: u8,
        /// What was proved.
        proved: Box<ProvedStatement>,
    },
    /// A coverage was ended before its time.
    CoverageEnded {
        /// The facility's from then on.
        epoch: u64,
        /// Why.
        reason: EndReason,
        /// Until when a new proof cures.
        cure_by: u64,
        /// Who showed that it must end.
        by: Address,
    },
    /// A coverage ends sooner.
    CoverageShortened {
        /// When.
        until: u64,
    },
    /// Weaker terms were announced.
    TermsAnnounced {
        /// Their hash.
        terms: [u8; 32],
        /// From when they may be applied.
        from: u64,
        /// Until when they may.
        until: u64,
    },
    /// The terms were changed, which ended the coverage.
    TermsChanged {
        /// The facility's from then on.
        epoch: u64,
        /// The hash of the new ones.
        terms: [u8; 32],
    },
    /// An end was not cured in time.
    Uncured {
        /// The facility's.
        epoch: u64,
    },
    /// The beneficiary lets the pledges go, which ended the coverage.
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

/// The first topics of all these events.
pub fn topics() -> [[u8; 32]; 8] {
    [
        Registry::Covered::SIGNATURE_HASH,
        Registry::CoverageEnded::SIGNATURE_HASH,
        Registry::CoverageShortened::SIGNATURE_HASH,
        Registry::TermsAnnounced::SIGNATURE_HASH,
        Registry::TermsChanged::SIGNATURE_HASH,
        Registry::Uncured::SIGNATURE_HASH,
        Registry::ReleaseConsented::SIGNATURE_HASH,
        Registry::PledgesReleased::SIGNATURE_HASH,
    ]
    .map(|topic| topic.0)
}

/// An event of whose encoding nothing differs, a byte more or less neither.
fn strict<E: SolEvent>(topics: &[[u8; 32]], data: &[u8]) -> Result<E, EventError> {
    let malformed = EventError::Malformed { event: name::<E>() };
    let words = topics.iter().map(|topic| B256::from(*topic));
    let Ok(event) = E::decode_raw_log_validate(words, data) else {
        return Err(malformed);
    };
    let again = event.encode_log_data();
    let same = again
        .topics()
        .iter()
        .map(|topic| topic.0)
        .eq(topics.iter().copied());
    match same && again.data[..] == *data {
        true => Ok(event),
        false => Err(malformed),
    }
}

fn name<E: SolEvent>() -> &'static str {
    E::SIGNATURE.split('(').next().unwrap_or_default()
}

/// A number that fits, of a field with that name.
fn within<E: SolEvent>(
    value: impl Into<U256>,
    bits: u32,
    field: &'static str,
) -> Result<u64, EventError> {
    let wrong = EventError::OutOfRange {
        event: name::<E>(),
        field,
    };
    let value: U256 = value.into();
    match value.bit_len() <= bits as usize {
        true => value.try_into().map_err(|_| wrong),
        false => Err(wrong),
    }
}

impl Event {
    /// The facility that it is of, and the event.
    ///
    /// # Errors
    /// It is none of a facility, or not encoded as one.
    pub fn decode(topics: &[[u8; 32]], data: &[u8]) -> Result<(u128, Self), EventError> {
        let first = B256::from(*topics.first().ok_or(EventError::Unknown)?);
        Ok(match first {
            Registry::Covered::SIGNATURE_HASH => {
                let e: Registry::Covered = strict(topics, data)?;
                let until = within::<Registry::Covered>(U256::from(e.until), TIME_BITS, "until")?;
                let debt = U256::from(e.statement.publicDebt);
                if debt.bit_len() > DEBT_BITS as usize {
                    let event = name::<Registry::Covered>();
                    let field = "publicDebt";
                    return Err(EventError::OutOfRange { event, field });
                }
                let proved = Box::new(ProvedStatement {
                    statement: e.statement,
                    prices_as_of: e.pricesAsOf,
                    documents: e.documents,
                });
                let (epoch, version) = (e.epoch, e.version);
                let covered = Self::Covered {
                    epoch,
                    until,
                    version,
                    proved,
                };
                (e.facility, covered)
            }
            Registry::CoverageEnded::SIGNATURE_HASH => {
                let e: Registry::CoverageEnded = strict(topics, data)?;
                let reason = match e.reason {
                    0 => EndReason::PricesOutside,
                    1 => EndReason::DocumentRevoked,
                    _ => {
                        let event = name::<Registry::CoverageEnded>();
                        let field = "reason";
                        return Err(EventError::OutOfRange { event, field });
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
            Registry::CoverageShortened::SIGNATURE_HASH => {
                let e: Registry::CoverageShortened = strict(topics, data)?;
                let until = U256::from(e.until);
                let until = within::<Registry::CoverageShortened>(until, TIME_BITS, "until")?;
                (e.facility, Self::CoverageShortened { until })
            }
            Registry::TermsAnnounced::SIGNATURE_HASH => {
                let e: Registry::TermsAnnounced = strict(topics, data)?;
                let announced = Self::TermsAnnounced {
                    terms: e.terms.0,
                    from: within::<Registry::TermsAnnounced>(e.from, u64::BITS, "from")?,
                    until: within::<Registry::TermsAnnounced>(e.until, u64::BITS, "until")?,
                };
                (e.facility, announced)
            }
            Registry::TermsChanged::SIGNATURE_HASH => {
                let e: Registry::TermsChanged = strict(topics, data)?;
                let changed = Self::TermsChanged {
                    epoch: e.epoch,
                    terms: keccak256(e.terms.abi_encode()).0,
                };
                (e.facility, changed)
            }
            Registry::Uncured::SIGNATURE_HASH => {
                let e: Registry::Uncured = strict(topics, data)?;
                (e.facility, Self::Uncured { epoch: e.epoch })
            }
            Registry::ReleaseConsented::SIGNATURE_HASH => {
                let e: Registry::ReleaseConsented = strict(topics, data)?;
                (e.facility, Self::ReleaseConsented { epoch: e.epoch })
            }
            Registry::PledgesReleased::SIGNATURE_HASH => {
                let e: Registry::PledgesReleased = strict(topics, data)?;
                (e.facility, Self::PledgesReleased { epoch: e.epoch })
            }
            _ => return Err(EventError::Unknown),
        })
    }
}
