//! Documents of docs/spec.md, section 7, and their EIP-712 digests, under the domain
//! `{name: "Covenant", version: "1"}`: no chain and no contract, so that one signature
//! serves every relying party.

use super::AccountRef;
use crate::account::{Commitment, Kind};
use crate::field::{Fr, to_be_bytes};
use crate::ident::{FacilityId, Hash, SubjectId};
use crate::numbers::Price;
use alloy_primitives::B256;
use alloy_sol_types::{Eip712Domain, SolStruct};
use ff::Field;
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
            bytes32 counterpart;
        }
        struct PriceSnapshot {
            bytes32 policy;
            uint64 asOf;
            uint128[] prices;
        }
        struct ControlUndertaking {
            bytes32 account;
            bytes32 subject;
            bytes32 securedParty;
            bytes32 facility;
            uint64 heldFrom;
            uint64 heldUntil;
            bytes32 wording;
        }
        struct Representation {
            bytes32 subject;
            bytes32 statement;
            bool noOtherDebt;
            bytes32 wording;
        }
        struct Revocation {
            bytes32 document;
            uint64 at;
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
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Digest(B256);

impl Digest {
    pub(super) fn of<T: SolStruct>(document: &T) -> Self {
        Self(document.eip712_signing_hash(&domain()))
    }

    /// The 32 bytes.
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0.0
    }
}

impl From<Digest> for Hash {
    fn from(digest: Digest) -> Self {
        Self(digest.0.0)
    }
}

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
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
    /// The account that the attester, or the keeper whose account it attests, calls by it.
    pub account: AccountRef,
    /// The commitment of the same account's other kind at the same `as_of`; `None`, signed as 0,
    /// where nothing is owed to the attester on this account. So the debt of a margin account
    /// cannot be left at home.
    pub counterpart: Option<Commitment>,
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
            commitment: word(&self.commitment.0),
            subject: word(&self.subject.get()),
            asOf: self.as_of,
            validUntil: self.valid_until,
            kind: kind_number(self.kind),
            account: word(&self.account.get()),
            counterpart: word(&counterpart_field(self.counterpart)),
        }
    }
}

pub(super) fn word(x: &Fr) -> B256 {
    B256::from(to_be_bytes(x))
}

/// A commitment, or 0.
pub(super) fn counterpart_field(counterpart: Option<Commitment>) -> Fr {
    counterpart.map_or(Fr::ZERO, |k| k.0)
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
            policy: word(&self.policy),
            asOf: self.as_of,
            prices: self.prices.iter().map(|p| p.get()).collect(),
        }
    }
}

/// What the keeper of a collateral account undertakes towards a secured party.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ControlUndertaking {
    /// The account.
    pub account: AccountRef,
    /// Whose collateral it holds.
    pub subject: SubjectId,
    /// For whom it is held: an id like the subject's.
    pub secured_party: SubjectId,
    /// What it secures.
    pub facility: FacilityId,
    /// Unix seconds from which it is held.
    pub held_from: u64,
    /// Unix seconds until which it is held.
    pub held_until: u64,
    /// keccak256 of the text that was undertaken.
    pub wording: Hash,
}

impl ControlUndertaking {
    /// What the attester of the account signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&sol::ControlUndertaking {
            account: word(&self.account.get()),
            subject: word(&self.subject.get()),
            securedParty: word(&self.secured_party.get()),
            facility: word(&self.facility.get()),
            heldFrom: self.held_from,
            heldUntil: self.held_until,
            wording: self.wording.0.into(),
        })
    }

    pub(super) fn type_text() -> String {
        sol::ControlUndertaking::eip712_encode_type().into_owned()
    }
}

/// What the subject itself says of a statement, with a key that the relying party holds for it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Representation {
    /// Who says it.
    pub subject: SubjectId,
    /// [`Statement::hash`](crate::Statement::hash).
    pub statement: Hash,
    /// That as of the end of the window nothing is owed beyond the public debt and the basket's
    /// liabilities, as `wording` defines debt.
    pub no_other_debt: bool,
    /// keccak256 of the text that was signed.
    pub wording: Hash,
}

impl Representation {
    /// What the subject signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&sol::Representation {
            subject: word(&self.subject.get()),
            statement: self.statement.0.into(),
            noOtherDebt: self.no_other_debt,
            wording: self.wording.0.into(),
        })
    }

    pub(super) fn type_text() -> String {
        sol::Representation::eip712_encode_type().into_owned()
    }
}

/// What a signer withdraws. Whoever has seen it refuses the document from `at` on.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Revocation {
    /// The digest of a document of the same signer.
    pub document: Hash,
    /// Unix seconds.
    pub at: u64,
}

impl Revocation {
    /// What the signer of the document signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&sol::Revocation {
            document: self.document.0.into(),
            at: self.at,
        })
    }

    pub(super) fn type_text() -> String {
        sol::Revocation::eip712_encode_type().into_owned()
    }
}
