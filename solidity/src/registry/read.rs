//! Calls of the registry and its router that only read, and their answers, which come from a node
//! that nobody has to trust for their form: an answer that is not the one encoding of a value is no
//! answer.

use super::Address;
use crate::abi::{self, CovenantRegistry, CovenantRouter};
use alloy_sol_types::SolCall;

type Decode<T> = Box<dyn Fn(&[u8]) -> Option<T>>;

/// A call that reads a value.
pub struct Read<T> {
    name: &'static str,
    calldata: Vec<u8>,
    decode: Decode<T>,
}

impl<T> Read<T> {
    fn new<C: SolCall>(call: &C, value: impl Fn(C::Return) -> Option<T> + 'static) -> Self {
        Self {
            name: C::SIGNATURE.split('(').next().unwrap_or_default(),
            calldata: call.abi_encode(),
            decode: Box::new(move |returned| strict::<C>(returned).and_then(&value)),
        }
    }

    /// The function's name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What the contract is called with.
    pub fn calldata(&self) -> &[u8] {
        &self.calldata
    }

    /// The value that was returned; `None` where that is no encoding of one.
    pub fn decode(&self, returned: &[u8]) -> Option<T> {
        (self.decode)(returned)
    }
}

/// A returned value that is encoded as Solidity does, without a byte more or less.
fn strict<C: SolCall>(returned: &[u8]) -> Option<C::Return> {
    let value = C::abi_decode_returns_validate(returned).ok()?;
    (C::abi_encode_returns(&value) == returned).then_some(value)
}

/// A facility, as `facilityOf` returns it. Times are Unix seconds, 0 for none; hashes are 0 for none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FacilityState {
    /// The zero address where there is no such facility.
    pub owner: Address,
    /// Of the terms.
    pub terms: [u8; 32],
    /// When the coverage ends; 0 where nothing was proved, or it was ended.
    pub until: u64,
    /// No account is older.
    pub as_of_from: u64,
    /// No account is younger.
    pub as_of_to: u64,
    /// Micro-units that were proved to be covered.
    pub debt: u128,
    /// Counts proofs, changes and ends.
    pub epoch: u64,
    /// The epoch of the last proof, whose pledges hold; 0 where they were released.
    pub pledges: u64,
    /// Of the circuit that was proved with.
    pub version: u8,
    /// What the coverage rests on.
    pub basis: [u8; 32],
    /// Weaker terms that wait.
    pub announced: [u8; 32],
    /// From when these may be applied.
    pub announced_from: u64,
    /// When a coverage ended that no proof has followed.
    pub ended_at: u64,
    /// Whether the lender's contract was told that this end was not cured.
    pub uncured: bool,
    /// The epoch whose pledges the beneficiary lets go.
    pub consented: u64,
}

impl FacilityState {
    fn of(f: abi::Facility) -> Option<Self> {
        let as_of_from = u64::try_from(f.coverage.asOfFrom).ok()?;
        let window = u64::try_from(f.coverage.window).ok()?;
        Some(Self {
            owner: f.owner.into_array(),
            terms: f.terms.0,
            until: f.coverage.until.try_into().ok()?,
            as_of_from,
            as_of_to: as_of_from.checked_add(window)?,
            debt: f.coverage.debt.try_into().ok()?,
            epoch: f.coverage.epoch.into(),
            pledges: f.coverage.pledges.into(),
            version: f.coverage.version,
            basis: f.basis.0,
            announced: f.announced.0,
            announced_from: f.announcedFrom,
            ended_at: f.endedAt,
            uncured: f.uncured,
            consented: f.consented.into(),
        })
    }
}

/// What `provedDebt` returns; zeros where nothing counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ProvedDebt {
    /// Micro-units.
    pub debt: u128,
    /// Unix seconds: no account is older.
    pub as_of_from: u64,
    /// Unix seconds at which it ends.
    pub until: u64,
}

/// A version of the router.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RouterVersion {
    /// The front of its verifier.
    pub verifier: Address,
    /// Unix seconds from which its proofs count.
    pub from: u64,
    /// Its proofs count no more.
    pub frozen: bool,
}

impl Read<FacilityState> {
    /// `facilityOf` of the registry.
    pub fn facility_of(facility: u128) -> Self {
        let call = CovenantRegistry::facilityOfCall { facility };
        Self::new(&call, FacilityState::of)
    }
}

impl Read<Address> {
    /// `router` of the registry.
    pub fn router() -> Self {
        Self::new(&CovenantRegistry::routerCall {}, |router| {
            Some(router.into_array())
        })
    }
}

impl Read<bool> {
    /// `isCovered` of the registry.
    pub fn is_covered(facility: u128, terms: [u8; 32]) -> Self {
        let call = CovenantRegistry::isCoveredCall {
            facility,
            termsHash: terms.into(),
        };
        Self::new(&call, Some)
    }

    /// `counts` of the router: whether what a version's proofs covered still counts.
    pub fn counts(version: u8) -> Self {
        Self::new(&CovenantRouter::countsCall { version }, Some)
    }
}

impl Read<ProvedDebt> {
    /// `provedDebt` of the registry.
    pub fn proved_debt(facility: u128, terms: [u8; 32]) -> Self {
        let call = CovenantRegistry::provedDebtCall {
            facility,
            termsHash: terms.into(),
        };
        Self::new(&call, |proved| {
            Some(ProvedDebt {
                debt: proved.debt.try_into().ok()?,
                as_of_from: proved.asOfFrom,
                until: proved.until,
            })
        })
    }
}

impl Read<u64> {
    /// `pausedUntil` of the router.
    pub fn paused_until() -> Self {
        Self::new(&CovenantRouter::pausedUntilCall {}, Some)
    }

    /// `GRACE` of the registry: seconds in which announced terms may be applied.
    pub fn grace() -> Self {
        Self::new(&CovenantRegistry::GRACECall {}, Some)
    }
}

impl Read<u8> {
    /// `versionCount` of the router; versions count from 1.
    pub fn version_count() -> Self {
        Self::new(&CovenantRouter::versionCountCall {}, Some)
    }
}

impl Read<RouterVersion> {
    /// `versions` of the router.
    pub fn version(version: u8) -> Self {
        Self::new(&CovenantRouter::versionsCall { version }, |v| {
            Some(RouterVersion {
                verifier: v.verifier.into_array(),
                from: v.from,
                frozen: v.frozen,
            })
        })
    }
}
