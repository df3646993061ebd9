//! Why a bundle could not be read or put together.

use super::{MAX_ASSETS, MAX_BYTES};
use covenant_claims::json::JsonError;
use covenant_claims::policy::PolicyError;
use covenant_claims::prices::PriceError;
use covenant_claims::shape::ShapeError;
use covenant_claims::signed::DocumentError;
use covenant_claims::statement::{StatementError, WindowError};

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
    #[error("version: expected 2, got {got}")]
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
    /// The statement's window ends before it begins.
    #[error("statement: {0}")]
    Window(#[from] WindowError),
    /// Not one report line for each group of the policy.
    #[error(
        "statement.report: expected {expected} lines, one for each group of the policy, got {got}"
    )]
    Report {
        /// Groups of the policy.
        expected: usize,
        /// Lines.
        got: usize,
    },
    /// An account file or the signatures of the prices.
    #[error("{0}")]
    Document(#[from] DocumentError),
    /// Two places that must agree do not.
    #[error("{field}: expected {expected}, got {got}")]
    Disagrees {
        /// Where.
        field: String,
        /// What the other place says.
        expected: String,
        /// What is there.
        got: String,
    },
}
