//! Signed documents (docs/spec.md, section 7): what attesters of accounts, sources of prices,
//! subjects and auditors sign, as EIP-712 typed data over secp256k1, so that any wallet, HSM or contract can
//! make and check them; and the public files that carry the signatures (docs/spec.md, section 10).
//!
//! A [`document`] gives a digest, a [`signature::Signature`] over it gives back an
//! [`address::Address`], and [`typed_data`] shows the document to a wallet. An
//! [`AccountFile`] carries attestations, undertakings and revocations, [`SignedPrices`] the
//! signatures of their sources. A [`Signer`] is a key or a contract; whether a contract signed,
//! only it can tell, and what it told is recorded in [`contract::Answers`].

mod account;
pub mod address;
mod any_signature;
pub mod contract;
pub mod document;
mod entry;
mod error;
mod notice;
mod opinion;
mod prices;
mod reference;
pub mod signature;
pub mod signer;
pub mod typed_data;

pub use account::{AccountFile, Attestation};
pub use address::Address;
pub use any_signature::AnySignature;
pub use contract::{Answer, Answers, Block, ContractSignature, Question};
pub use document::{
    AccountAttestation, ControlUndertaking, Digest, PriceSnapshot, Representation, Revocation,
};
pub use entry::{SignedRepresentation, SignedRevocation, Undertaking};
pub use error::DocumentError;
pub use notice::{FacilityState, MarginNotice, SignedNotice, prices_hash};
pub use opinion::{AuditorOpinion, OpinionError, SignedOpinion};
pub use prices::{MAX_SIGNATURES, PriceSignature, SignedPrices, snapshot};
pub use reference::{AccountRef, AccountRefError, AccountSalt};
pub use signature::{Signature, SignatureError};
pub use signer::{Contract, Signer, SignerError};

/// Largest account file or prices file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
