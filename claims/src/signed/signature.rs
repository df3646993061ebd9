//! Signatures as wallets return them and as files hold them, and the strict recovery of who made
//! them. Read in every usual spelling, held in one: 65 bytes r, s, v, v 27 or 28. Recovered only
//! where r and s are canonical and not zero and s is in the lower half, so that no second
//! signature can be made from a first one.

use super::address::Address;
use super::contract::{Block, MAX_SIGNATURE};
use super::document::Digest;
use super::signer::Contract;
use k256::ecdsa::{RecoveryId, VerifyingKey};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// Bytes of a signature.
pub const LENGTH: usize = 65;

/// Where s begins.
const S_AT: usize = 32;

/// 65 bytes that claim to be a signature. Nothing is believed about them before
/// [`Signature::recover`].
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Signature([u8; LENGTH]);

/// A signature is not one, or not of the one form that is accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignatureError {
    /// Not 65 bytes of hex text, nor 64.
    #[error(
        "signature: expected 130 hex digits (r, s, v), or 128 in EIP-2098's form, got {got} characters that are not that"
    )]
    Format {
        /// Length of the text.
        got: usize,
    },
    /// The last byte.
    #[error("signature: expected the last byte v to be 27 or 28, or 0 or 1, got {got}")]
    RecoveryByte {
        /// What was found.
        got: u8,
    },
    /// r or s is zero, or not below the order of the curve's group.
    #[error("signature: expected {part} between 1 and the group order less 1, got another number")]
    Scalar {
        /// `r` or `s`.
        part: &'static str,
    },
    /// s in the upper half: the second form of a signature that was made with the other s.
    #[error(
        "signature: expected s in the lower half (EIP-2), got the malleated form; use the one that was signed"
    )]
    HighS,
    /// Somebody else's, or over something else.
    #[error("signature: expected one by {expected} over this document, got one by {got}")]
    Forged {
        /// Who is said to have signed.
        expected: Address,
        /// Whom the signature gives over this document.
        got: Address,
    },
    /// No public key makes this signature.
    #[error("signature: no public key makes it over this document")]
    NoKey,
    /// The bytes of a contract's signature, for a key.
    #[error("signature: expected that of a key, r, s and v, got {got} bytes of a contract's")]
    NotAKeys {
        /// How many bytes.
        got: usize,
    },
    /// Not 1 to 4,096 bytes of hex text, for a contract.
    #[error(
        "signature: expected 0x and 2 to {} hex digits, an even number, as the signer is a contract, got {got} characters that are not that",
        2 * MAX_SIGNATURE
    )]
    ContractFormat {
        /// Length of the text.
        got: usize,
    },
    /// Only the contract can tell, and what it answered is not known.
    #[error(
        "signature: only {contract} can tell whether it is its own: expected its answer at a block, got none"
    )]
    NotQueried {
        /// Who is said to have signed.
        contract: Contract,
    },
    /// The contract was queried, and it is not its own.
    #[error("signature: expected one by {contract}, which at its block {block} refuses it")]
    Refused {
        /// Who is said to have signed.
        contract: Contract,
        /// Where it was queried.
        block: Block,
    },
}

impl Signature {
    /// From r, s and v.
    pub fn from_bytes(bytes: [u8; LENGTH]) -> Self {
        Self(bytes)
    }

    /// r, s and v.
    pub fn as_bytes(&self) -> &[u8; LENGTH] {
        &self.0
    }

    /// Who signed the digest. An honest caller compares the answer with whom it expects:
    /// any well-formed signature over any digest is somebody's.
    pub fn recover(&self, digest: &Digest) -> Result<Address, SignatureError> {
        let (signature, recovery) = self.well_formed()?;
        VerifyingKey::recover_from_prehash(digest.as_bytes(), &signature, recovery)
            .map(|key| Address::of(&key))
            .map_err(|_| SignatureError::NoKey)
    }

    /// That `signer` signed the digest.
    pub fn check(&self, digest: &Digest, signer: Address) -> Result<(), SignatureError> {
        let got = self.recover(digest)?;
        if got == signer {
            Ok(())
        } else {
            let expected = signer;
            Err(SignatureError::Forged { expected, got })
        }
    }

    /// The numbers, in the one form that is accepted, whatever they are said to sign.
    fn well_formed(&self) -> Result<(k256::ecdsa::Signature, RecoveryId), SignatureError> {
        let ([r, s], v) = self.parts();
        let recovery = match v {
            27 => RecoveryId::new(false, false),
            28 => RecoveryId::new(true, false),
            got => return Err(SignatureError::RecoveryByte { got }),
        };
        for (part, scalar) in [("r", r), ("s", s)] {
            Option::<k256::NonZeroScalar>::from(k256::NonZeroScalar::from_repr(scalar.into()))
                .ok_or(SignatureError::Scalar { part })?;
        }
        let signature = k256::ecdsa::Signature::from_scalars(r, s)
            .map_err(|_| SignatureError::Scalar { part: "r and s" })?;
        if signature.normalize_s().is_some() {
            return Err(SignatureError::HighS);
        }
        Ok((signature, recovery))
    }

    fn parts(&self) -> ([[u8; 32]; 2], u8) {
        let mut scalars = [[0; 32]; 2];
        for (to, from) in scalars.as_flattened_mut().iter_mut().zip(&self.0) {
            *to = *from;
        }
        let [.., v] = self.0;
        (scalars, v)
    }
}

impl FromStr for Signature {
    type Err = SignatureError;

    /// Hex digits of either case, with or without `0x` (never `0X`): r, s and v, where v is 27 or 28, or 0 or
    /// 1; or r and s with v in the highest bit of s (EIP-2098). r and s must have their form.
    fn from_str(text: &str) -> Result<Self, SignatureError> {
        let bad = || SignatureError::Format { got: text.len() };
        let digits = text.strip_prefix("0x").unwrap_or(text);
        let nibble = |c: u8| char::from(c).to_digit(16).map(|digit| digit as u8);
        let (pairs, []) = digits.as_bytes().as_chunks::<2>() else {
            return Err(bad());
        };
        let mut bytes = pairs
            .iter()
            .map(|[high, low]| Some(nibble(*high)? << 4 | nibble(*low)?))
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(bad)?;
        if bytes.len() == LENGTH - 1 {
            let top = bytes.get_mut(S_AT).ok_or_else(bad)?;
            let v = *top >> 7;
            *top &= 0x7f;
            bytes.push(v);
        }
        let mut bytes: [u8; LENGTH] = bytes.try_into().map_err(|_| bad())?;
        let [.., v] = &mut bytes;
        *v = match *v {
            0 | 27 => 27,
            1 | 28 => 28,
            got => return Err(SignatureError::RecoveryByte { got }),
        };
        let signature = Self(bytes);
        signature.well_formed().map(|_| signature)
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signature({self})")
    }
}

impl TryFrom<String> for Signature {
    type Error = SignatureError;
    fn try_from(text: String) -> Result<Self, SignatureError> {
        text.parse()
    }
}

impl From<Signature> for String {
    fn from(signature: Signature) -> Self {
        signature.to_string()
    }
}
