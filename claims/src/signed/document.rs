//! The two documents of docs/spec.md, section 7, and their EIP-712 digests, under the domain
//! `{name: "Covenant", version: "1"}`: no chain and no contract, so that one signature
//! serves every relying party.

use crate::account::{Commitment, Kind};
use crate::field::{Fr, to_be_bytes, to_hex};
use crate::ident::{SubjectId, keccak248};
use crate::json::hex_field;
use crate::numbers::Price;
use alloy_primitives::B256;
use alloy_sol_types::{Eip712Domain, SolStruct};
use serde::{Deserialize, Serialize};
use std::fmt;

/// `name` of the EIP-712 domain.
pub const DOMAIN_NAME: &str = "Covenant";
/// `version` of the EIP-712 domain.
pub const DOMAIN_VERSION: &str = "1";

/// The structures exactly as docs/spec.md, section 7, writes them.
mod sol {
    #![allow(missing_docs, unreachable_pub)]
    alloy_sol_types::sol! {
        struct AccountAttestation {
            bytes32 commitment;
            bytes32 subject;
            uint64 asOf;
            uint64 validUntil;
            uint8 kind;
            bytes32 account;
        }
        struct PriceSnapshot {
            bytes32 policy;
            uint64 asOf;
            uint128[] prices;
        }
    }
}

pub(super) fn domain() -> Eip712Domain {
    Eip712Domain {
        name: Some(DOMAIN_NAME.into()),
        version: Some(DOMAIN_VERSION.into()),
        ..Eip712Domain::default()
    }
}

/// What is signed: keccak256(0x1901, domain separator, hash of the document).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Digest(B256);

impl Digest {
    fn of<T: SolStruct>(document: &T) -> Self {
        Self(document.eip712_signing_hash(&domain()))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

/// An attester's own name for an account, hashed to 248 bits; only the hash is published.
/// A reference that can be guessed, such as an account number, is best hashed together
/// with something that cannot.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "FieldText", into = "FieldText")]
pub struct AccountRef(Fr);

/// A number is not the hash of an account reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("account: expected a hash of 248 bits, got a larger number")]
pub struct AccountRefError;

impl AccountRef {
    /// The hash of an attester's reference.
    pub fn of(reference: &str) -> Self {
        Self(keccak248(reference.as_bytes()))
    }

    /// The field element, below 2^248.
    pub fn get(self) -> Fr {
        self.0
    }

    /// A hash as it is in a file.
    pub fn from_field(x: Fr) -> Result<Self, AccountRefError> {
        match to_be_bytes(&x) {
            [0, ..] => Ok(Self(x)),
            _ => Err(AccountRefError),
        }
    }
}

impl fmt::Display for AccountRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct FieldText(#[serde(with = "hex_field")] Fr);

impl TryFrom<FieldText> for AccountRef {
    type Error = AccountRefError;
    fn try_from(text: FieldText) -> Result<Self, AccountRefError> {
        Self::from_field(text.0)
    }
}

impl From<AccountRef> for FieldText {
    fn from(account: AccountRef) -> Self {
        Self(account.0)
    }
}

/// What the attester of an account says: this commitment is to what the account of this
/// subject held (collateral) or was owed (liability) at `as_of`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountAttestation {
    /// The commitment. An attester computes it itself, from its own books.
    pub commitment: Commitment,
    /// The subject's id.
    pub subject: SubjectId,
    /// Unix seconds of the snapshot.
    pub as_of: u64,
    /// Unix seconds until which a relying party may rest on it.
    pub valid_until: u64,
    /// Collateral or liability.
    pub kind: Kind,
    /// The attester's reference for the account, hashed.
    pub account: AccountRef,
}

impl AccountAttestation {
    /// What the attester signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_sol())
    }

    pub(super) fn type_text() -> String {
        sol::AccountAttestation::eip712_encode_type().into_owned()
    }

    fn to_sol(&self) -> sol::AccountAttestation {
        sol::AccountAttestation {
            commitment: B256::from(to_be_bytes(&self.commitment.0)),
            subject: B256::from(to_be_bytes(&self.subject.get())),
            asOf: self.as_of,
            validUntil: self.valid_until,
            kind: kind_number(self.kind),
            account: B256::from(to_be_bytes(&self.account.0)),
        }
    }
}

/// 0 collateral, 1 liability.
pub(super) fn kind_number(kind: Kind) -> u8 {
    match kind {
        Kind::Collateral => 0,
        Kind::Liability => 1,
    }
}

/// What a source of prices says: these were the prices of the policy's assets at `as_of`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceSnapshot {
    /// The digest of the policy whose assets are priced; it fixes their order, decimals
    /// and quote currency.
    pub policy: Fr,
    /// Unix seconds.
    pub as_of: u64,
    /// Scaled prices (docs/spec.md, section 2) in the policy's digest order.
    pub prices: Vec<Price>,
}

impl PriceSnapshot {
    /// What the source signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&self.to_sol())
    }

    pub(super) fn type_text() -> String {
        sol::PriceSnapshot::eip712_encode_type().into_owned()
    }

    fn to_sol(&self) -> sol::PriceSnapshot {
        sol::PriceSnapshot {
            policy: B256::from(to_be_bytes(&self.policy)),
            asOf: self.as_of,
            prices: self.prices.iter().map(|p| p.get()).collect(),
        }
    }
}
