//! Solidity for a circuit: a generated verifier contract, the files that an integrator
//! deploys, and calldata for the contracts around it.
//!
//! | what for | where |
//! |---|---|
//! | the generated contract and its compiler input | [`ProofVerifier`] |
//! | all files of a circuit, compiled contracts among them | [`artifacts`], [`export`] |
//! | contexts, terms and submissions of `CovenantRegistry` | [`registry`] |
//! | the contracts' structures and functions for an Ethereum client | [`abi`] |
//!
//! [`ProofVerifier::of`] writes the contract from the verifying key alone: the transcript's
//! order, the gates, the permutation argument and the SHPLONK opening all follow from the key's
//! constraint system, so a change of the circuit needs no change here. The output is
//! deterministic. [`ProofVerifier::standard_json`] is the compiler's whole input.
//!
//! ```
//! use covenant_circuits::shape::Shape;
//! use covenant_solidity::{ProofVerifier, published_code_hash};
//! use covenant_verifier::key::CircuitKey;
//!
//! let key = CircuitKey::standard(Shape::SMALL)?;
//! let verifier = ProofVerifier::of(&key)?;
//! assert_eq!(verifier.name(), "CovenantProofSmall");
//! assert!(verifier.source().contains("contract CovenantProofSmall {"));
//! // What the code at an address must hash to, before anybody relies on it.
//! assert!(published_code_hash(key.id()).is_some());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! A proof is made for one facility of one registry, once (S9):
//!
//! ```
//! use covenant_solidity::Binding;
//!
//! let binding = Binding {
//!     chain_id: 1,
//!     registry: [0x11; 20],
//!     facility: 0x1234,
//!     epoch: 7,
//! };
//! let next = Binding { epoch: 8, ..binding };
//! assert_ne!(binding.context(), next.context());
//! ```

pub mod abi;
pub mod artifacts;
mod body;
mod code;
mod contract;
pub mod deployed;
pub mod export;
mod expression;
mod identity;
mod opening;
mod protocol;
pub mod registry;

pub use contract::{ProofVerifier, SOLC_VERSION, compiler_settings};
pub use export::published_code_hash;
use protocol::Challenge;
pub use registry::{Binding, Submission, Terms, verify_calldata};

/// No contract can be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SolidityError {
    /// A constraint system with parts that the generator does not write.
    #[error("the constraint system must have {what}")]
    Unsupported {
        /// What the generator expects.
        what: &'static str,
    },
    /// tau G2 is the identity.
    #[error("tau G2 must not be the identity")]
    TauG2,
}

type Result<T> = std::result::Result<T, SolidityError>;
