//! What a lender's own watch found of a facility, signed by the key that it watches with, so that
//! systems act on it and nobody disputes later what was told when. It binds nobody else, and no
//! verification reads it.

use super::any_signature::read_by_signer;
use super::document::Digest;
use super::{Answers, AnySignature, SignatureError, Signer};
use crate::ident::{FacilityId, Hash, SubjectId};
use crate::numbers::Price;
use alloy_primitives::{B256, U256, keccak256};
use alloy_sol_types::{SolStruct, SolValue};
use serde::{Deserialize, Serialize};
use std::fmt;

mod sol {
    #![allow(missing_docs, unreachable_pub)]
    alloy_sol_types::sol! {
        struct MarginNotice {
            bytes32 facility;
            bytes32 subject;
            bytes32 statement;
            bytes32 prices;
            uint64 pricesAsOf;
            uint64 at;
            uint8 state;
            uint32 ratio;
            uint64 cureUntil;
            bytes32 previous;
        }
    }
}

/// What is known of a facility.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FacilityState {
    /// What was proved implies a ratio that nothing is to be done about.
    Healthy,
    /// The ratio is below that of a warning.
    Warning,
    /// Collateral is called, and the borrower has time to cure it.
    Call,
    /// The ratio is below the critical one, or a call was not cured in time.
    Critical,
    /// Nothing is known any more: the prices are outside what was proved, or the proof is not
    /// accepted any more. That is no breach.
    Lapsed,
    /// There are no prices that are fresh enough to tell.
    Stale,
}

impl FacilityState {
    /// From healthy to stale.
    pub const ALL: [Self; 6] = [
        Self::Healthy,
        Self::Warning,
        Self::Call,
        Self::Critical,
        Self::Lapsed,
        Self::Stale,
    ];

    /// As notices have it: 0 healthy, 1 warning, 2 call, 3 critical, 4 lapsed, 5 stale.
    pub fn number(self) -> u8 {
        self as u8
    }
}

impl fmt::Display for FacilityState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Healthy => "healthy",
            Self::Warning => "warning",
            Self::Call => "call",
            Self::Critical => "critical",
            Self::Lapsed => "lapsed",
            Self::Stale => "stale",
        })
    }
}

/// A change of a facility's state.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MarginNotice {
    /// The facility.
    pub facility: FacilityId,
    /// Whose collateral it is.
    pub subject: SubjectId,
    /// [`Statement::hash`](crate::Statement::hash) of what was proved.
    pub statement: Hash,
    /// [`prices_hash`] of the prices that were judged; 0 where there were none.
    pub prices: Hash,
    /// Unix seconds of those prices; 0 where there were none.
    pub prices_as_of: u64,
    /// Unix seconds at which they were judged.
    pub at: u64,
    /// The state since then.
    pub state: FacilityState,
    /// The largest ratio that is implied, in basis points; 0 where none is.
    pub ratio_bps: u32,
    /// Unix seconds until which a call is to be cured; 0 where there is none.
    pub cure_until: u64,
    /// The digest of the notice before this one; 0 of the first.
    pub previous: Hash,
}

impl MarginNotice {
    /// What whoever watches signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&sol::MarginNotice {
            facility: B256::from(crate::field::to_be_bytes(&self.facility.get())),
            subject: B256::from(crate::field::to_be_bytes(&self.subject.get())),
            statement: self.statement.0.into(),
            prices: self.prices.0.into(),
            pricesAsOf: self.prices_as_of,
            at: self.at,
            state: self.state.number(),
            ratio: self.ratio_bps,
            cureUntil: self.cure_until,
            previous: self.previous.0.into(),
        })
    }

    /// The structure as EIP-712 encodes its type.
    pub fn type_text() -> String {
        sol::MarginNotice::eip712_encode_type().into_owned()
    }
}

/// keccak256 of the ABI encoding of prices in digest order, `uint128[]`: as contracts store those
/// of a statement (docs/spec.md, section 6a).
pub fn prices_hash(prices: &[Price]) -> Hash {
    let words: Vec<U256> = prices.iter().map(|p| U256::from(p.get())).collect();
    Hash(keccak256(words.abi_encode()).0)
}

/// A [`MarginNotice`] and who signed it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SignedNotice {
    /// Who watches.
    pub signer: Signer,
    /// What was found.
    pub notice: MarginNotice,
    /// Over the [`MarginNotice`].
    pub signature: AnySignature,
}

read_by_signer!(SignedNotice, signer, {
    notice: MarginNotice,
});

impl SignedNotice {
    /// That the signer signed it.
    pub fn check(&self, answers: &Answers) -> Result<(), SignatureError> {
        let digest = self.notice.digest();
        self.signature
            .check(&digest, self.signer, answers)
            .map(drop)
    }
}
