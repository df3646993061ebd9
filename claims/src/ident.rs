//! Identifiers: assets, subjects, contexts, facilities, holders (docs/spec.md, section 3).

use crate::check_digits;
use crate::field::{self, Fr};
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

/// keccak256.
pub fn keccak256(bytes: &[u8]) -> [u8; 32] {
    Keccak256::digest(bytes).into()
}

/// keccak256 shifted right by 8 bits: 248 bits, so always below r. The form of
/// subject ids, account references, `terms` and `context`.
pub fn keccak248(bytes: &[u8]) -> Fr {
    shift_right_8(&keccak256(bytes))
}

/// A 32-byte hash without its last byte, as an integer.
pub fn shift_right_8(hash: &[u8; 32]) -> Fr {
    let mut shifted = [0u8; 32];
    for (to, from) in shifted.iter_mut().skip(1).zip(hash) {
        *to = *from;
    }
    // 248 bits are always canonical.
    field::from_be_bytes(&shifted).unwrap_or_default()
}

/// 32 bytes of keccak256: a statement or a wording, as a signed document names it.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Hash(pub [u8; 32]);

/// A hash could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected 0x and 1 to 64 lower-case hex digits, got {got} characters that are not that")]
pub struct HashError {
    /// Length of the text.
    pub got: usize,
}

impl Hash {
    /// keccak256 of the bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(keccak256(bytes))
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl FromStr for Hash {
    type Err = HashError;
    fn from_str(text: &str) -> Result<Self, HashError> {
        field::bytes_from_hex(text)
            .map(Self)
            .ok_or(HashError { got: text.len() })
    }
}

impl TryFrom<String> for Hash {
    type Error = HashError;
    fn try_from(text: String) -> Result<Self, HashError> {
        text.parse()
    }
}

impl From<Hash> for String {
    fn from(hash: Hash) -> Self {
        hash.to_string()
    }
}

/// The big-endian integer of an ASCII string of at most 31 bytes.
pub fn ascii_tag(text: &str) -> Fr {
    text.bytes().fold(Fr::from(0), |x, byte| {
        x * Fr::from(256) + Fr::from(u64::from(byte))
    })
}

/// Tag of a collateral account's header.
pub const TAG_COLLATERAL: &str = "covenant/collateral/v2";
/// Tag of a liability account's header.
pub const TAG_LIABILITY: &str = "covenant/liability/v2";
/// Tag of a policy's digest.
pub const TAG_POLICY: &str = "covenant/policy/v2";
/// Tag of the blinding of a merged account (section 8a, R5).
pub const TAG_ROLLUP: &str = "covenant/rollup/v2";
/// Tag of the blinding of a holder's account (section 8a).
pub const TAG_HOLDER: &str = "covenant/holder/v2";

/// Longest name of an asset, group, scenario or policy, in bytes.
pub const MAX_NAME: usize = 200;

/// A name is not usable.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Empty, too long, or with control characters.
    #[error(
        "expected 1 to {MAX_NAME} bytes without control characters or surrounding blanks, got {got:?}"
    )]
    Malformed {
        /// The name, cut to 40 characters.
        got: String,
    },
    /// The identifier hashes to zero, which marks padding.
    #[error("asset {asset:?} hashes to the id 0, which is reserved for padding")]
    ZeroId {
        /// The name.
        asset: String,
    },
}

impl NameError {
    /// The same error without the name, for documents that are secret.
    pub(crate) fn redacted(self) -> Self {
        const UNTOLD: &str = "(a name that is not shown)";
        match self {
            Self::Malformed { .. } => Self::Malformed { got: UNTOLD.into() },
            Self::ZeroId { .. } => Self::ZeroId {
                asset: UNTOLD.into(),
            },
        }
    }
}

/// An LEI in a subject's name is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum LeiError {
    /// Not of its form.
    #[error("lei: expected 18 capital letters or digits and two check digits")]
    Form,
    /// Wrong check digits.
    #[error("lei: the check digits are wrong, so it may be mistyped")]
    CheckDigits,
}

/// That a subject's name, where it is given as `lei:`, has the form and the check digits of an
/// LEI. Ids are made of any name: who takes a name from a person checks it.
pub fn check_lei(subject: &str) -> Result<(), LeiError> {
    match subject.strip_prefix("lei:") {
        Some(lei) if !check_digits::is_lei(lei) => Err(LeiError::Form),
        Some(lei) if !check_digits::lei_is_right(lei) => Err(LeiError::CheckDigits),
        _ => Ok(()),
    }
}

pub(crate) fn check_name(name: &str) -> Result<(), NameError> {
    let bad = name.is_empty()
        || name.len() > MAX_NAME
        || name.chars().any(char::is_control)
        || name.trim() != name;
    if bad {
        let got = name.chars().take(40).collect();
        return Err(NameError::Malformed { got });
    }
    Ok(())
}

/// An asset identifier: the first 15 bytes (120 bits, big-endian) of keccak256 of the
/// hashed form of the asset's name. Never 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct AssetId(u128);

impl AssetId {
    /// The id of an asset's name, such as `eip155:1/slip44:60`, `iso4217:USD`,
    /// `isin:US912797QD26`.
    pub fn of(name: &str) -> Result<Self, NameError> {
        check_name(name)?;
        let hash = keccak256(hashed_form(name).as_bytes());
        let id = hash
            .iter()
            .take(15)
            .fold(0u128, |x, byte| (x << 8) | u128::from(*byte));
        if id == 0 {
            return Err(NameError::ZeroId { asset: name.into() });
        }
        Ok(Self(id))
    }

    /// The 120-bit number.
    pub fn get(self) -> u128 {
        self.0
    }
}

/// An asset's name as it is hashed: one that begins with `eip155:` in lower case, so that one
/// token has one id whatever capitals its address is written with; every other name as it is.
pub fn hashed_form(name: &str) -> Cow<'_, str> {
    let has_capitals = name.bytes().any(|c| c.is_ascii_uppercase());
    match name.starts_with("eip155:") && has_capitals {
        true => Cow::Owned(name.to_ascii_lowercase()),
        false => Cow::Borrowed(name),
    }
}

impl fmt::Display for AssetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:030x}", self.0)
    }
}

/// The id of a subject (an institution), from its name, such as
/// `lei:5493001KJTIIGC8Y1R12`.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SubjectId(#[serde(with = "hex248")] Fr);

impl SubjectId {
    /// The id of a subject's name.
    pub fn of(name: &str) -> Result<Self, NameError> {
        check_name(name)?;
        Ok(Self(keccak248(name.as_bytes())))
    }

    /// The field element, below 2^248.
    pub fn get(self) -> Fr {
        self.0
    }

    /// An id as it is in a public statement; `None` when it exceeds 248 bits.
    pub fn from_field(x: Fr) -> Option<Self> {
        below_2_248(&x).then_some(Self(x))
    }
}

macro_rules! hash248 {
    ($(#[$doc:meta])* $name:ident, $of:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(#[serde(with = "hex248")] Fr);

        impl $name {
            #[doc = concat!("keccak256 of ", $of, ", shifted right by 8 bits.")]
            pub fn of(text: &str) -> Self {
                Self(keccak248(text.as_bytes()))
            }

            /// The field element, below 2^248.
            pub fn get(self) -> Fr {
                self.0
            }

            /// The hash as it is in a public document; `None` when it exceeds 248 bits.
            pub fn from_field(x: Fr) -> Option<Self> {
                below_2_248(&x).then_some(Self(x))
            }
        }
    };
}

hash248!(
    /// What a proof is bound to (S9): a relying party's nonce, a facility and epoch.
    Context,
    "the text"
);
hash248!(
    /// What an undertaking secures: a facility. On chain its id is another hash (section 7),
    /// which [`Self::from_field`] takes.
    FacilityId,
    "the facility's name"
);

impl FacilityId {
    /// A facility as people write it: its name, or `0x` and its id on a chain.
    ///
    /// # Errors
    /// The text is empty, or starts with `0x` and is no number of 248 bits.
    pub fn read(text: &str) -> Result<Self, FacilityError> {
        match text {
            "" => Err(FacilityError {
                got: "an empty text",
            }),
            id if id.starts_with("0x") => {
                let number = field::from_hex(id).map_err(|_| FacilityError {
                    got: "0x and no number",
                })?;
                Self::from_field(number).ok_or(FacilityError {
                    got: "a larger number",
                })
            }
            name => Ok(Self::of(name)),
        }
    }
}

/// A text names no facility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a facility's name, or its id of 248 bits as 0x-hex, got {got}")]
pub struct FacilityError {
    /// What was found.
    pub got: &'static str,
}

/// Whom a creditor's account is shown to (section 8a): an identifier and a nonce that the
/// *holder* supplied, never one that the debtor assigned, so that one account cannot be
/// shown to two holders with equal balances.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct HolderReference(Fr);

impl HolderReference {
    /// keccak256 of the holder's identifier and nonce, in the one text that the holder supplied,
    /// shifted right by 8 bits.
    ///
    /// # Errors
    /// The text is empty.
    pub fn of(text: &str) -> Result<Self, EmptyReference> {
        not_empty(text).map(|text| Self(keccak248(text.as_bytes())))
    }

    /// The field element, below 2^248.
    pub fn get(self) -> Fr {
        self.0
    }
}

/// A reference has no text, so that everybody knows its hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("reference: expected a text, got an empty one")]
pub struct EmptyReference;

pub(crate) fn not_empty(text: &str) -> Result<&str, EmptyReference> {
    Some(text)
        .filter(|text| !text.is_empty())
        .ok_or(EmptyReference)
}

pub(crate) fn below_2_248(x: &Fr) -> bool {
    field::to_be_bytes(x).first() == Some(&0)
}

/// Hashes of 248 bits in files, as 32 bytes of hex text.
pub(crate) mod hex248 {
    use super::{Fr, below_2_248};
    use crate::json::hex_field;
    use serde::{Deserializer, de};

    pub(crate) use hex_field::serialize;

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fr, D::Error> {
        let x = hex_field::deserialize(deserializer)?;
        if below_2_248(&x) {
            Ok(x)
        } else {
            Err(de::Error::custom(
                "expected a hash of 248 bits, got a larger number",
            ))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_token_has_one_id() {
        let lower = "eip155:1/erc20:0xa0b86991c6218b36c1d19d4a2e9eb0ce3606eb48";
        let id = AssetId::of(lower).unwrap();
        let checksummed = "eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48";
        assert_eq!(AssetId::of(checksummed), Ok(id));
        assert_eq!(hashed_form(checksummed), lower);
        // All of the name, not its reference alone; letters beyond ASCII stay.
        for (name, hashed) in [
            ("eip155:1/erc721:0xAB/7", "eip155:1/erc721:0xab/7"),
            ("eip155:1/ERC20:0xAB", "eip155:1/erc20:0xab"),
            ("eip155:ONE", "eip155:one"),
            ("eip155:\u{c9}A", "eip155:\u{c9}a"),
        ] {
            assert_eq!(hashed_form(name), hashed);
            assert_eq!(AssetId::of(name), AssetId::of(hashed));
        }
        // Elsewhere the case is part of the name.
        for name in [
            "isin:US912797QD26",
            "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp/token:EPjFWdD5",
            "eip155:1",
            "EIP155:1/ERC20:0xAB",
            "eip1559:1/ERC20:0xAB",
        ] {
            assert_eq!(hashed_form(name), name);
        }
    }

    #[test]
    fn tags_fit_a_field_element() {
        for tag in [
            TAG_COLLATERAL,
            TAG_LIABILITY,
            TAG_POLICY,
            TAG_ROLLUP,
            TAG_HOLDER,
        ] {
            assert!(tag.is_ascii() && tag.len() < 32);
        }
    }
}
