//! The prover.

pub mod allocate;
pub mod batch;
mod cache;
pub mod engine;
pub mod keys;
pub mod prove;
pub mod srs;
