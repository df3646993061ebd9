//! Keys of account attesters and price sources: made from the operating system's
//! randomness, kept in Ethereum keystores (version 3), and used for nothing but the
//! documents of docs/spec.md, section 7.
//!
//! Whoever has an HSM or a wallet needs none of this: the documents are EIP-712.
//!
//! A custodian signs for what it keeps; anyone can check that it did:
//!
//! ```
//! use covenant_claims::signed::{AccountSalt, Answers};
//! use covenant_claims::{AccountRef, Amount, Kind, Opening, Position};
//! use covenant_keys::SigningKey;
//! use rand_core::OsRng;
//!
//! let dollars = Position::new("iso4217:USD", Amount::new(125_000_000)?)?;
//! let as_of = 1_790_000_000;
//! let opening = Opening::new(Kind::Collateral, "lei:BORROWER", as_of, vec![dollars], OsRng)?;
//!
//! let key = SigningKey::generate()?;
//! // Made once and kept: without it our reference could be guessed.
//! let salt = AccountSalt::random(OsRng);
//! let reference = AccountRef::of(&salt, "our reference")?;
//! // Nothing is owed to us on this account, so it has no counterpart.
//! let account = key.attest(&opening, reference, as_of + 86_400, None)?;
//!
//! // The file is public: it holds the commitment and the signature, and no amount.
//! let attestation = account.attestations.first().ok_or("unsigned")?;
//! assert_eq!(attestation.attester, key.address().into());
//! // A key's signature is checked without asking anybody.
//! attestation.check(&account, &Answers::none())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod key;
pub mod keystore;
pub mod store;

pub use key::{KeyError, SigningKey};
pub use keystore::{KeystoreError, decrypt, encrypt};
