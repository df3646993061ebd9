//! Why a bundle, an account file or a prices file could not be read or put together.

use super::{MAX_ASSETS, MAX_BYTES, MAX_SIGNATURES};
use crate::signed::{Address, SignatureError};
use covenant_circuits::ident::NameError;
use covenant_circuits::json::JsonError;
use covenant_circuits::policy::PolicyError;
use covenant_circuits::prices::PriceError;
use covenant_circuits::shape::ShapeError;
use covenant_circuits::statement::StatementError;

/// A bundle could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// Larger than any bundle.
    #[error("expected at most {MAX_BYTES} bytes, got {got}")]
    TooLarge {
        /// Its size.
        got: usize,
    },
    /// Not JSON, or not of the form of docs/spec.md, section 10.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected 1, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// The shape.
    #[error("{0}")]
    Shape(#[from] ShapeError),
    /// More assets than any circuit holds, refused before anything is hashed (V5).
    #[error("policy.assets: expected at most {MAX_ASSETS}, as no circuit holds more, got {got}")]
    TooManyAssets {
        /// How many.
        got: usize,
    },
    /// The policy breaks a rule.
    #[error("policy: {0}")]
    Policy(#[from] PolicyError),
    /// The prices do not fit the policy.
    #[error("prices: {0}")]
    Prices(#[from] PriceError),
    /// The statement breaks a rule.
    #[error("statement: {0}")]
    Statement(#[from] StatementError),
    /// The subject's name.
    #[error("subject: {0}")]
    Subject(#[from] NameError),
    /// A signature that is not what it claims to be.
    #[error("{field}: {error}")]
    Signature {
        /// Which.
        field: String,
        /// What is wrong with it.
        error: SignatureError,
    },
    /// More signatures than prices carry.
    #[error("prices.signatures: expected at most {MAX_SIGNATURES}, got {got}")]
    TooManySignatures {
        /// How many.
        got: usize,
    },
    /// One signer twice.
    #[error("prices.signatures[{index}]: expected every signer once, got {signer} again")]
    SameSigner {
        /// 0-based.
        index: usize,
        /// Who.
        signer: Address,
    },
    /// Two places that must agree do not.
    #[error("{field}: expected {expected}, got {got}")]
    Disagrees {
        /// Where.
        field: String,
        /// What the other place says.
        expected: String,
        /// What stands there.
        got: String,
    },
}
