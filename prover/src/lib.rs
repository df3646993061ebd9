//! The prover.

mod cache;
pub mod engine;
pub mod keys;
pub mod prove;
pub mod srs;
