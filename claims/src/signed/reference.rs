//! What an attester calls an account by, without telling its number to anybody.

use crate::field::{Fr, to_hex};
use crate::ident::{EmptyReference, Hash, HashError, hex248, keccak248, not_empty};
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;
use zeroize::{Zeroize, Zeroizing};

/// keccak256 of an attester's salt and its own reference for an account, shifted right by 8 bits.
/// The same for one account every time. An attester that is not the account's keeper uses the
/// keeper's.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AccountRef(#[serde(with = "hex248")] Fr);

/// An attester's 32 bytes, secret from everybody, the subject included: without them a reference
/// such as an account number could be guessed.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountSalt([u8; 32]);

/// A number is not the hash of an account reference.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("account: expected a hash of 248 bits, got a larger number")]
pub struct AccountRefError;

impl AccountRef {
    /// The hash of the attester's salt and reference, which need not be a name.
    ///
    /// # Errors
    /// The reference is empty.
    pub fn of(salt: &AccountSalt, reference: &str) -> Result<Self, EmptyReference> {
        let reference = not_empty(reference)?;
        let mut bytes = salt.0.to_vec();
        bytes.extend(reference.as_bytes());
        let hash = keccak248(&bytes);
        bytes.zeroize();
        Ok(Self(hash))
    }

    /// The field element, below 2^248.
    pub fn get(self) -> Fr {
        self.0
    }

    /// A hash as it is in a file.
    pub fn from_field(x: Fr) -> Result<Self, AccountRefError> {
        crate::ident::below_2_248(&x)
            .then_some(Self(x))
            .ok_or(AccountRefError)
    }
}

impl fmt::Display for AccountRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&to_hex(&self.0))
    }
}

impl AccountSalt {
    /// A fresh one, which an attester makes once and keeps.
    pub fn random<R: RngCore + CryptoRng>(mut rng: R) -> Self {
        let mut bytes = [0; 32];
        rng.fill_bytes(&mut bytes);
        Self(bytes)
    }

    /// Its text, which [`Self::from_str`] reads. Secret.
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(Hash(self.0).to_string())
    }
}

impl FromStr for AccountSalt {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Self, HashError> {
        text.parse::<Hash>().map(|Hash(bytes)| Self(bytes))
    }
}

impl fmt::Debug for AccountSalt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccountSalt(secret)")
    }
}

impl Drop for AccountSalt {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
