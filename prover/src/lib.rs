//! Proving a claim: the ceremony's reference string, the keys of a circuit, proofs that are
//! verified before anybody sees them.
//!
//! [`Keys`] are made once for a shape and a ceremony, and kept on disk; [`prove()`] checks the
//! claim natively, proves it and verifies the proof; [`bundle`] puts it with what a relying
//! party needs to check it.
//!
//! ```no_run
//! use covenant_circuits::prices::Prices;
//! use covenant_circuits::relation::Allocation;
//! use covenant_circuits::shape::Shape;
//! use covenant_circuits::statement::Claim;
//! use covenant_prover::{Keys, Phase, bundle, prove};
//!
//! // Key generation and a proof take seconds, and a cache directory spares the first.
//! fn proved(
//!     claim: &Claim,
//!     allocation: &Allocation,
//!     prices: Prices,
//! ) -> Result<String, Box<dyn std::error::Error>> {
//!     let keys = Keys::embedded(Shape::SMALL, Some("cache".as_ref()))?;
//!     let mut watch = |phase: Phase| println!("{phase:?}");
//!     let proof = prove(&keys, claim, allocation, &mut watch)?;
//!     Ok(bundle(&keys, claim, prices, proof)?.to_json())
//! }
//! ```
//!
//! Claims with an allocation come from `covenant_circuits`. With the feature `multicore`,
//! which is on, halo2 works on several threads; the prover's own parts always do.

pub mod allocate;
pub mod batch;
mod cache;
pub mod engine;
pub mod keys;
pub mod prove;
pub mod srs;

pub use batch::{BatchObserver, prove_all};
pub use keys::{KeyError, Keys};
pub use prove::{Observer, Phase, ProveError, bundle, prove, prove_off_grid};
pub use srs::{Ceremony, Srs, SrsError};
