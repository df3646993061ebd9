//! Signed documents (docs/spec.md, section 7): what attesters of accounts and sources of prices
//! sign, as EIP-712 typed data over secp256k1, so that any wallet, HSM or contract can
//! make and check them; and the public files that carry the signatures (docs/spec.md, section 10).
//!
//! A [`document`] gives a digest, a [`signature::Signature`] over it gives back an
//! [`address::Address`], and [`typed_data`] shows the document to a wallet. An
//! [`AccountFile`] carries an attestation, [`SignedPrices`] the signatures of their sources.

mod account;
pub mod address;
pub mod document;
mod error;
mod prices;
pub mod signature;
pub mod typed_data;

pub use account::{AccountFile, Attestation};
pub use address::Address;
pub use document::{AccountAttestation, AccountRef, Digest, PriceSnapshot};
pub use error::DocumentError;
pub use prices::{MAX_SIGNATURES, PriceSignature, SignedPrices, snapshot};
pub use signature::{Signature, SignatureError};

/// Largest account file or prices file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;
