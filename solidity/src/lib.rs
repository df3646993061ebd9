//! A circuit's verifier as one self-contained Solidity contract.
//!
//! [`ProofVerifier::of`] writes it from the verifying key alone: the transcript's order,
//! the gates, the permutation argument and the SHPLONK opening all follow from the key's
//! constraint system, so a change of the circuit needs no change here. The output is
//! deterministic. [`ProofVerifier::standard_json`] is the compiler's whole input.

pub mod abi;
pub mod artifacts;
mod body;
mod code;
mod contract;
pub mod export;
mod expression;
mod identity;
mod opening;
mod protocol;
pub mod registry;

pub use contract::{ProofVerifier, SOLC_VERSION, compiler_settings};
use protocol::Challenge;

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
