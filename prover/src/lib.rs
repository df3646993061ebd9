//! The prover.

pub mod srs;
