//! A signature of either sort of signer, read by the rules of its signer: a key's strictly, as
//! [`Signature`] does, a contract's as bytes that only the contract understands.

use super::contract::{Answers, Block, ContractSignature, Question};
use super::document::Digest;
use super::signature::{Signature, SignatureError};
use super::signer::{Contract, Signer};
use serde::{Serialize, Serializer};
use std::fmt;

/// A signature of a key or of a contract. It is serialized as text, and deserialized only
/// together with its signer.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum AnySignature {
    /// A key's.
    Key(Signature),
    /// A contract's.
    Contract(ContractSignature),
}

impl AnySignature {
    /// Reads the text of a signature by that signer.
    pub fn read(text: &str, signer: Signer) -> Result<Self, SignatureError> {
        match signer {
            Signer::Key(_) => text.parse().map(Self::Key),
            Signer::Contract(_) => ContractSignature::read(text).map(Self::Contract),
        }
    }

    /// The bytes, as a contract takes them.
    pub fn as_bytes(&self) -> &[u8] {
        match self {
            Self::Key(signature) => signature.as_bytes(),
            Self::Contract(signature) => signature.as_bytes(),
        }
    }

    /// That `signer` signed the digest: told from a key's signature itself, and of a contract's
    /// by what the contract answered, at the block that is returned.
    ///
    /// # Errors
    /// [`SignatureError::NotQueried`] where that was not recorded, so that it cannot be told; every
    /// other error says that the signature is not the signer's.
    pub fn check(
        &self,
        digest: &Digest,
        signer: Signer,
        answers: &Answers,
    ) -> Result<Option<Block>, SignatureError> {
        let Some(question) = self.question(digest, signer)? else {
            return self.check_key(digest, signer).map(|()| None);
        };
        let contract = question.contract;
        match answers.get(&question) {
            None => Err(SignatureError::NotQueried { contract }),
            Some(answer) if !answer.valid => Err(SignatureError::Refused {
                contract,
                block: answer.block,
            }),
            Some(answer) => Ok(Some(answer.block)),
        }
    }

    /// That a key signed the digest. A contract's signature is let pass, for whoever attaches
    /// one: who relies on it has to query the contract.
    pub fn check_key(&self, digest: &Digest, signer: Signer) -> Result<(), SignatureError> {
        match (self, signer) {
            (Self::Key(signature), Signer::Key(address)) => signature.check(digest, address),
            (Self::Contract(signature), Signer::Key(_)) => Err(SignatureError::NotAKeys {
                got: signature.as_bytes().len(),
            }),
            (_, Signer::Contract(_)) => Ok(()),
        }
    }

    /// What to query the signer for, where it is a contract.
    pub fn question(
        &self,
        digest: &Digest,
        signer: Signer,
    ) -> Result<Option<Question>, SignatureError> {
        let of = |contract: Contract| {
            Ok(Question {
                contract,
                digest: *digest,
                signature: ContractSignature::new(self.as_bytes().to_vec())?,
            })
        };
        signer.contract().map(of).transpose()
    }
}

impl From<Signature> for AnySignature {
    fn from(signature: Signature) -> Self {
        Self::Key(signature)
    }
}

impl From<ContractSignature> for AnySignature {
    fn from(signature: ContractSignature) -> Self {
        Self::Contract(signature)
    }
}

impl fmt::Display for AnySignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(signature) => signature.fmt(f),
            Self::Contract(signature) => signature.fmt(f),
        }
    }
}

impl Serialize for AnySignature {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// Reads a structure that ends with `signature`, by the rules of the signer that it names: a
/// signature cannot be read without it, and serde's derived readers look at one field at a time.
/// The fields are those of the structure, in its order.
macro_rules! read_by_signer {
    ($name:ident, $signer:ident, { $($(#[$attribute:meta])* $field:ident: $of:ty,)* }) => {
        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                #[derive(serde::Deserialize)]
                #[serde(deny_unknown_fields)]
                struct $name {
                    $signer: $crate::signed::Signer,
                    $($(#[$attribute])* $field: $of,)*
                    signature: String,
                }
                let read = $name::deserialize(deserializer)?;
                let signature = $crate::signed::AnySignature::read(&read.signature, read.$signer)
                    .map_err(serde::de::Error::custom)?;
                Ok(Self {
                    $signer: read.$signer,
                    $($field: read.$field,)*
                    signature,
                })
            }
        }
    };
}

pub(super) use read_by_signer;
