//! Ethereum addresses: shown with the mixed-case checksum of EIP-55, read strictly.

use k256::ecdsa::VerifyingKey;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Who signs: the last 20 bytes of keccak256 of a secp256k1 public key.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Address(alloy_primitives::Address);

/// An address could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AddressError {
    /// Not `0x` and 40 hex digits.
    #[error("address: expected 0x and 40 hex digits, got {got:?}")]
    Format {
        /// The text, cut to 44 characters.
        got: String,
    },
    /// Its capital letters are not those of EIP-55, so a digit may be wrong.
    #[error(
        "address: the capital letters are not the checksum of EIP-55, so it may be mistyped: expected {expected} if every digit is right, got {got}"
    )]
    Checksum {
        /// The same digits with the right capitals.
        expected: String,
        /// The text.
        got: String,
    },
    /// The address 0, which nobody can sign for.
    #[error("address: expected one that can sign, got the address 0")]
    Zero,
}

impl Address {
    /// The address of a public key.
    pub fn of(key: &VerifyingKey) -> Self {
        let point = key.to_encoded_point(false);
        Self(alloy_primitives::Address::from_raw_public_key(
            // Uncompressed points are the byte 4 and 64 bytes of coordinates.
            point.as_bytes().split_at(1).1,
        ))
    }

    /// The 20 bytes.
    pub fn as_bytes(&self) -> &[u8; 20] {
        &self.0.0.0
    }
}

impl FromStr for Address {
    type Err = AddressError;

    /// Reads `0x` and 40 hex digits. Letters all in lower case carry no checksum;
    /// otherwise the capitals must be those of EIP-55.
    fn from_str(text: &str) -> Result<Self, AddressError> {
        let bad = || AddressError::Format {
            got: text.chars().take(44).collect(),
        };
        let digits = text.strip_prefix("0x").ok_or_else(bad)?;
        if digits.len() != 40 || !digits.bytes().all(|c| c.is_ascii_hexdigit()) {
            return Err(bad());
        }
        let address = alloy_primitives::Address::from_str(text).map_err(|_| bad())?;
        if address.is_zero() {
            return Err(AddressError::Zero);
        }
        let expected = address.to_checksum(None);
        let plain = !digits.bytes().any(|c| c.is_ascii_uppercase());
        if !plain && expected != text {
            return Err(AddressError::Checksum {
                expected,
                got: text.into(),
            });
        }
        Ok(Self(address))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to_checksum(None))
    }
}

impl TryFrom<String> for Address {
    type Error = AddressError;
    fn try_from(text: String) -> Result<Self, AddressError> {
        text.parse()
    }
}

impl From<Address> for String {
    fn from(address: Address) -> Self {
        address.to_string()
    }
}
