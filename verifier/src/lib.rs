//! What a relying party embeds to check a proof of collateral: no prover code, no reader
//! of reference strings or keys, no randomness.
//!
//! [`bundle::Bundle`] is read, [`expect::Expected`] comes from the relying party's own
//! records, [`verify::verify`] makes [`verify::Verified`], the only evidence there is.

pub mod bundle;
pub mod expect;
pub mod key;
#[cfg(feature = "solidity")]
pub mod solidity;
pub mod transcript;
pub mod verify;

pub use covenant_claims::signed;
