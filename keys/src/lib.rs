//! Keys of account attesters and price sources: made from the operating system's
//! randomness, kept in Ethereum keystores (version 3), and used for nothing but the
//! documents of docs/spec.md, section 7.
//!
//! Whoever has an HSM or a wallet needs none of this: the documents are EIP-712.

pub mod key;
pub mod keystore;
pub mod store;

pub use key::{KeyError, SigningKey};
pub use keystore::KeystoreError;
