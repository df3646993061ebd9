//! What a relying party embeds to check a proof of collateral: no prover code, no key
//! generation, no reader of reference strings or keys, no randomness.
//!
//! [`Bundle`] is read, [`Expected`] comes from the relying party's own records, [`verify()`]
//! makes [`Verified`], the only evidence there is.
//!
//! ```
//! use covenant_verifier::{Bundle, CircuitKey, ExpectedFile, Resolved, verify};
//!
//! // What was agreed on, from our own records and never from the bundle.
//! let agreed = r#"
//!     version = 2
//!     subject = "lei:5493001KJTIIGC8Y1R12"
//!     policy = "0x2514ca672fce9058873cd32b40cb1a9c25234b8ba153c2124749c85a99c15387"
//!     min_ratio = "125%"
//!     min_public_debt = "150000000"
//!     max_account_age = "2h"
//!     max_price_age = "1h"
//!     max_clock_skew = "60s"
//!     max_window = "2h"
//!     context_hash = "0x00d053a8d57e8909faea9dc9416b59873d3785bce8b6ed81f9418e0d1573f3bf"
//!     max_self_declared_collateral = 2
//!     max_self_declared_liability = 1
//!     prices = { allow_unsigned = true }
//! "#;
//! let expected = ExpectedFile::from_toml(agreed)?.to_expected(Resolved::default())?;
//!
//! # const RECEIVED: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/data/golden.json"));
//! let bundle = Bundle::from_json(RECEIVED)?;
//! let key = CircuitKey::by_id(bundle.circuit()).ok_or("a circuit of another build")?;
//! let now = 1_790_000_600; // Unix seconds
//! let verified = verify(&bundle, &key, &expected, now)?;
//! assert_eq!(verified.statement().public_debt().get(), 150_000_000_000_000);
//! // Whose word it rests on, a sentence a line.
//! assert!(!verified.trusting().is_empty());
//!
//! // An hour later it is too old.
//! assert!(verify(&bundle, &key, &expected, now + 3_600).is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! With the feature `multicore` a proof is verified on several threads. Without it, the
//! default, the crate builds for `wasm32-unknown-unknown` too.

pub mod bundle;
pub mod envelope;
pub mod expect;
pub mod facility;
pub mod key;
pub mod time;
mod told;
pub mod transcript;
pub mod tree;
pub mod verify;

pub use bundle::{Bundle, BundleError};
pub use covenant_claims::signed;
pub use envelope::{Envelope, Standing};
pub use expect::document::{ExpectError, ExpectedFile, Resolved};
pub use expect::{Expected, Mismatch};
pub use key::{CircuitKey, KeyError};
pub use verify::{ProofError, Verified, VerifyError, check_proof, verify, verify_statement};
