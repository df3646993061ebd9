//! Proving a claim: the ceremony's reference string, the keys of a circuit, proofs that are
//! verified before anybody sees them.
//!
//! [`allocate::satisfy`] finds which collateral to count and has the relation check it, which
//! gives a [`SatisfiedClaim`](covenant_claims::SatisfiedClaim), the only thing that is proved.
//! [`Keys`] are those of a shape under a ceremony, made once and kept on disk; [`prove()`] makes
//! a proof and verifies it, [`prove_all`] many; [`bundle`] puts it with what a relying party needs
//! to check it.
//!
//! ```no_run
//! use covenant_claims::{Claim, Prices, Shape};
//! use covenant_prover::{Keys, Phase, allocate, bundle, prove};
//!
//! // Key generation and a proof take seconds, and a cache directory spares the first.
//! fn proved(claim: Claim, prices: Prices) -> Result<String, Box<dyn std::error::Error>> {
//!     let satisfied = allocate::satisfy(claim)?;
//!     let keys = Keys::embedded(Shape::SMALL, Some("cache".as_ref()))?;
//!     let mut watch = |phase: Phase| println!("{phase:?}");
//!     let proof = prove(&keys, &satisfied, &mut watch)?;
//!     Ok(bundle(&keys, satisfied.claim(), prices, proof)?.to_json())
//! }
//! ```
//!
//! With the feature `multicore`, which is on, halo2 works on several threads; the prover's own
//! parts always do.

pub mod allocate;
pub mod batch;
mod cache;
pub mod capacity;
pub mod engine;
pub mod keys;
pub mod prove;
pub mod rollup;
pub mod srs;

pub use batch::{BatchObserver, prove_all};
pub use keys::{KeyError, Keys};
pub use prove::{Observer, Phase, ProveError, bundle, prove, prove_off_grid};
pub use srs::{Ceremony, Srs, SrsError};
