//! What the registry, its router, debt sources and feeds say when they are called, read strictly:
//! whoever passes it on, a node, is not trusted for form.

use super::Address;
use crate::abi::{AggregatorV3Interface, CovenantRegistry, CovenantRouter, IDebtSource};
use alloy_primitives::U256;
use alloy_sol_types::SolCall;

/// Bytes that are no answer of the function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}: expected what the function returns, got something else")]
pub struct UnknownAnswer(&'static str);

/// What a function returned, as this crate has it.
pub trait Answer: Sized {
    /// Its name.
    const FUNCTION: &'static str;

    /// Reads what it returned.
    ///
    /// # Errors
    /// It is not encoded as the function's answers are.
    fn read(returned: &[u8]) -> Result<Self, UnknownAnswer>;
}

fn returned<C: SolCall>(name: &'static str, bytes: &[u8]) -> Result<C::Return, UnknownAnswer> {
    let read = C::abi_decode_returns_validate(bytes).map_err(|_| UnknownAnswer(name))?;
    // One encoding only.
    match C::abi_encode_returns(&read) == bytes {
        true => Ok(read),
        false => Err(UnknownAnswer(name)),
    }
}

/// What the registry keeps of a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Facility {
    /// Who owns it; 0 where there is no such facility.
    pub owner: Address,
    /// Micro-units, as the terms have it.
    pub fixed_debt: u128,
    /// Hash of the terms; 0 where there is no such facility.
    pub terms: [u8; 32],
    /// Unix seconds; 0 where nothing was proved, or the coverage was ended.
    pub until: u64,
    /// Unix seconds of the oldest and the youngest account of the last proof.
    pub window: (u64, u64),
    /// Micro-units that were proved last.
    pub debt: u128,
    /// Counts proofs, changes and ends.
    pub epoch: u64,
    /// The epoch of the last proof, whose pledges hold; 0 where there is none, or they were released.
    pub pledges: u64,
    /// The circuit's.
    pub version: u8,
    /// Hash of what the coverage rests on.
    pub basis: [u8; 32],
    /// Hash of weaker terms that wait; 0 for none.
    pub announced: [u8; 32],
    /// Unix seconds from which these may be applied.
    pub announced_from: u64,
    /// Unix seconds at which the coverage ended that no proof has followed; 0 for none.
    pub ended_at: u64,
    /// Whether the hook was told that this end was not cured.
    pub uncured: bool,
    /// The epoch whose pledges the beneficiary lets go.
    pub consented: u64,
}

impl Answer for Facility {
    const FUNCTION: &'static str = "facilityOf";

    fn read(bytes: &[u8]) -> Result<Self, UnknownAnswer> {
        let f = returned::<CovenantRegistry::facilityOfCall>(Self::FUNCTION, bytes)?;
        let c = f.coverage;
        let from: u64 = c.asOfFrom.to();
        Ok(Self {
            owner: f.owner.into_array(),
            fixed_debt: f.fixedDebt.to(),
            terms: f.terms.0,
            until: c.until.to(),
            window: (from, from + c.window.to::<u64>()),
            debt: c.debt.to(),
            epoch: c.epoch.into(),
            pledges: c.pledges.into(),
            version: c.version,
            basis: f.basis.0,
            announced: f.announced.0,
            announced_from: f.announcedFrom,
            ended_at: f.endedAt,
            uncured: f.uncured,
            consented: f.consented.into(),
        })
    }
}

/// A version of the router.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Version {
    /// The front of its verifier; 0 for a number that is not used.
    pub front: Address,
    /// Unix seconds from which its proofs count.
    pub from: u64,
    /// Whether they count no more.
    pub frozen: bool,
}

impl Answer for Version {
    const FUNCTION: &'static str = "versions";

    fn read(bytes: &[u8]) -> Result<Self, UnknownAnswer> {
        let v = returned::<CovenantRouter::versionsCall>(Self::FUNCTION, bytes)?;
        Ok(Self {
            front: v.verifier.into_array(),
            from: v.from,
            frozen: v.frozen,
        })
    }
}

/// The debt that is proved, while the proof counts; 0 otherwise.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Debt {
    /// Micro-units.
    pub debt: U256,
    /// Unix seconds of the oldest account.
    pub as_of_from: u64,
    /// Unix seconds.
    pub until: u64,
}

impl Answer for Debt {
    const FUNCTION: &'static str = "provedDebt";

    fn read(bytes: &[u8]) -> Result<Self, UnknownAnswer> {
        let d = returned::<CovenantRegistry::provedDebtCall>(Self::FUNCTION, bytes)?;
        Ok(Self {
            debt: d.debt,
            as_of_from: d.asOfFrom,
            until: d.until,
        })
    }
}

/// A feed's latest round.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Latest {
    /// Of the round.
    pub id: u128,
    /// The answer where it is positive and below 2^120.
    pub answer: Option<u128>,
    /// Whether the answer is 0: a sequencer's uptime feed says so that it is up.
    pub is_zero: bool,
    /// Unix seconds; `None` for a time that never comes.
    pub started_at: Option<u64>,
    /// Unix seconds; `None` for a time that never comes.
    pub updated_at: Option<u64>,
    /// The round in which it was answered.
    pub answered_in: u128,
}

impl Answer for Latest {
    const FUNCTION: &'static str = "latestRoundData";

    fn read(bytes: &[u8]) -> Result<Self, UnknownAnswer> {
        let r = returned::<AggregatorV3Interface::latestRoundDataCall>(Self::FUNCTION, bytes)?;
        let answer = u128::try_from(r.answer).ok();
        Ok(Self {
            id: r.id.to(),
            answer: answer.filter(|answer| *answer > 0 && *answer < 1 << 120),
            is_zero: r.answer.is_zero(),
            started_at: u64::try_from(r.startedAt).ok(),
            updated_at: u64::try_from(r.updatedAt).ok(),
            answered_in: r.answeredInRound.to(),
        })
    }
}

/// A function that is called, with its arguments.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub enum Call {
    FacilityOf(u128),
    Router,
    IsCovered { facility: u128, terms: [u8; 32] },
    ProvedDebt { facility: u128, terms: [u8; 32] },
    BondOf(u128),
    PausedUntil,
    Versions(u8),
    VersionCount,
    Counts(u8),
    Debt,
    LatestRoundData,
    Decimals,
}

impl Call {
    /// Its calldata.
    pub fn calldata(self) -> Vec<u8> {
        use {AggregatorV3Interface as F, CovenantRegistry as R, CovenantRouter as V};
        match self {
            Self::FacilityOf(facility) => R::facilityOfCall { facility }.abi_encode(),
            Self::Router => R::routerCall {}.abi_encode(),
            Self::IsCovered { facility, terms } => R::isCoveredCall {
                facility,
                termsHash: terms.into(),
            }
            .abi_encode(),
            Self::ProvedDebt { facility, terms } => R::provedDebtCall {
                facility,
                termsHash: terms.into(),
            }
            .abi_encode(),
            Self::BondOf(facility) => R::bondOfCall { facility }.abi_encode(),
            Self::PausedUntil => V::pausedUntilCall {}.abi_encode(),
            Self::Versions(version) => V::versionsCall { version }.abi_encode(),
            Self::VersionCount => V::versionCountCall {}.abi_encode(),
            Self::Counts(version) => V::countsCall { version }.abi_encode(),
            Self::Debt => IDebtSource::debtCall {}.abi_encode(),
            Self::LatestRoundData => F::latestRoundDataCall {}.abi_encode(),
            Self::Decimals => F::decimalsCall {}.abi_encode(),
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::FacilityOf(_) => "facilityOf",
            Self::Router => "router",
            Self::IsCovered { .. } => "isCovered",
            Self::ProvedDebt { .. } => "provedDebt",
            Self::BondOf(_) => "bondOf",
            Self::PausedUntil => "pausedUntil",
            Self::Versions(_) => "versions",
            Self::VersionCount => "versionCount",
            Self::Counts(_) => "counts",
            Self::Debt => "debt",
            Self::LatestRoundData => "latestRoundData",
            Self::Decimals => "decimals",
        }
    }

    /// An address that it returned.
    ///
    /// # Errors
    /// It returned something else.
    pub fn address(self, bytes: &[u8]) -> Result<Address, UnknownAnswer> {
        let read = returned::<CovenantRegistry::routerCall>(self.name(), bytes);
        read.map(alloy_primitives::Address::into_array)
    }

    /// A truth value that it returned.
    ///
    /// # Errors
    /// It returned something else.
    pub fn truth(self, bytes: &[u8]) -> Result<bool, UnknownAnswer> {
        returned::<CovenantRouter::pausedCall>(self.name(), bytes)
    }

    /// A number that it returned.
    ///
    /// # Errors
    /// It returned something else.
    pub fn number(self, bytes: &[u8]) -> Result<U256, UnknownAnswer> {
        returned::<IDebtSource::debtCall>(self.name(), bytes)
    }
}
