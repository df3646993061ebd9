//! Identifiers: assets, subjects, contexts (docs/spec.md, section 3).

use crate::field::{self, Fr};
use serde::{Deserialize, Serialize};
use sha3::{Digest, Keccak256};
use std::fmt;

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

/// The big-endian integer of an ASCII string of at most 31 bytes.
pub fn ascii_tag(text: &str) -> Fr {
    text.bytes().fold(Fr::from(0), |x, byte| {
        x * Fr::from(256) + Fr::from(u64::from(byte))
    })
}

/// Tag of a collateral account's header.
pub const TAG_COLLATERAL: &str = "covenant/collateral/v1";
/// Tag of a liability account's header.
pub const TAG_LIABILITY: &str = "covenant/liability/v1";
/// Tag of a policy's digest.
pub const TAG_POLICY: &str = "covenant/policy/v1";

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
/// asset's name. Never 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub struct AssetId(u128);

impl AssetId {
    /// The id of an asset's name, such as `eip155:1/slip44:60`, `iso4217:USD`,
    /// `isin:US912797QD26`.
    pub fn of(name: &str) -> Result<Self, NameError> {
        check_name(name)?;
        let hash = keccak256(name.as_bytes());
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

impl fmt::Display for AssetId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "0x{:030x}", self.0)
    }
}

/// The id of a subject (an institution), from its name, such as
/// `lei:5493001KJTIIGC8Y1R12`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct SubjectId(Fr);

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

/// What a proof is bound to (S9): a relying party's nonce, a facility and epoch.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Context(Fr);

impl Context {
    /// keccak256 of the text, shifted right by 8 bits.
    pub fn of(text: &str) -> Self {
        Self(keccak248(text.as_bytes()))
    }

    /// The field element, below 2^248.
    pub fn get(self) -> Fr {
        self.0
    }

    /// A context as it is in a public statement; `None` when it exceeds 248 bits.
    pub fn from_field(x: Fr) -> Option<Self> {
        below_2_248(&x).then_some(Self(x))
    }
}

fn below_2_248(x: &Fr) -> bool {
    field::to_be_bytes(x).first() == Some(&0)
}
