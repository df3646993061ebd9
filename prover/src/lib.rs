//! The prover: from a claim to a proof that was verified.
//!
//! [`allocate::satisfy`] finds which collateral to count and has the relation check it, which
//! gives a [`SatisfiedClaim`](covenant_claims::SatisfiedClaim); [`keys::Keys`] are those of a
//! shape under a ceremony ([`srs`]); [`prove::prove`] makes the proof, and [`batch::prove_all`]
//! many of them.

pub mod allocate;
pub mod batch;
mod cache;
pub mod engine;
pub mod keys;
pub mod prove;
pub mod srs;
