//! Signed documents (docs/spec.md, section 7): what attesters of accounts and sources of prices
//! sign, as EIP-712 typed data over secp256k1, so that any wallet, HSM or contract can
//! make and check them.
//!
//! A [`document`] gives a digest, a [`signature::Signature`] over it gives back an
//! [`address::Address`], and [`typed_data`] shows the document to a wallet.

pub mod address;
pub mod document;
pub mod signature;
pub mod typed_data;

pub use address::Address;
pub use document::{AccountAttestation, AccountRef, Digest, PriceSnapshot};
pub use signature::{Signature, SignatureError};
