//! The prover.

pub mod keys;
pub mod prove;
pub mod srs;
