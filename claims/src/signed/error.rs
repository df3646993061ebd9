//! Why an account file or a prices file could not be read or signed.

use super::{MAX_BYTES, MAX_SIGNATURES, SignatureError, Signer};
use crate::ident::NameError;
use crate::json::JsonError;
use crate::prices::PriceError;

/// An account file or a prices file could not be read, or a signature does not go with it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DocumentError {
    /// Larger than any such file.
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
    /// The subject's name.
    #[error("subject: {0}")]
    Subject(#[from] NameError),
    /// The prices do not fit the policy.
    #[error("prices: {0}")]
    Prices(#[from] PriceError),
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
    /// More than an account file carries.
    #[error("{list}: expected at most {MAX_SIGNATURES}, got {got}")]
    TooMany {
        /// Which list.
        list: &'static str,
        /// How many.
        got: usize,
    },
    /// One attester twice.
    #[error("attestation[{index}]: expected every attester once, got {signer} again")]
    SameAttester {
        /// 0-based.
        index: usize,
        /// Who.
        signer: Signer,
    },
    /// One signer twice.
    #[error("prices.signatures[{index}]: expected every signer once, got {signer} again")]
    SameSigner {
        /// 0-based.
        index: usize,
        /// Who.
        signer: Signer,
    },
}
