//! Prices with the signatures of their sources (docs/spec.md, section 10).

use super::any_signature::read_by_signer;
use super::{AnySignature, DocumentError, PriceSnapshot, Signer};
use crate::json;
use crate::numbers::Price;
use crate::policy::Policy;
use crate::prices::{PriceError, Prices};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Most signatures that prices or an account carry.
pub const MAX_SIGNATURES: usize = 32;

/// Prices, and who vouches for them.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(try_from = "PricesFile", into = "PricesFile")]
pub struct SignedPrices {
    prices: Prices,
    signatures: Vec<PriceSignature>,
}

/// A source's signature over a [`PriceSnapshot`].
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceSignature {
    /// Who signed.
    pub signer: Signer,
    /// The signature.
    pub signature: AnySignature,
}

read_by_signer!(PriceSignature, signer, {});

impl SignedPrices {
    /// At most [`MAX_SIGNATURES`], each by another signer. The signatures themselves are
    /// not checked here: that takes the policy.
    pub fn new(prices: Prices, signatures: Vec<PriceSignature>) -> Result<Self, DocumentError> {
        if signatures.len() > MAX_SIGNATURES {
            return Err(DocumentError::TooManySignatures {
                got: signatures.len(),
            });
        }
        let mut signers = BTreeSet::new();
        for (index, PriceSignature { signer, .. }) in signatures.iter().enumerate() {
            if !signers.insert(*signer) {
                return Err(DocumentError::SameSigner {
                    index,
                    signer: *signer,
                });
            }
        }
        Ok(Self { prices, signatures })
    }

    /// Reads a prices file, signed or not.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > super::MAX_BYTES {
            return Err(DocumentError::TooLarge { got: text.len() });
        }
        Ok(json::from_str(text)?)
    }

    /// Writes a prices file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The prices.
    pub fn prices(&self) -> &Prices {
        &self.prices
    }

    /// The signatures.
    pub fn signatures(&self) -> &[PriceSignature] {
        &self.signatures
    }

    /// With one more signature, made here or elsewhere. It must be the signer's, over
    /// these prices under that policy; a contract's is not checked, as only the contract can.
    pub fn signed(self, policy: &Policy, signature: PriceSignature) -> Result<Self, DocumentError> {
        let digest = snapshot(&self.prices, policy)?.digest();
        signature
            .signature
            .check_key(&digest, signature.signer)
            .map_err(|error| DocumentError::Signature {
                field: format!("prices.signatures[{}]", self.signatures.len()),
                error,
            })?;
        let mut signatures = self.signatures;
        signatures.push(signature);
        Self::new(self.prices, signatures)
    }
}

/// What a source of prices signs: those of the policy's assets, in its digest order.
pub fn snapshot(prices: &Prices, policy: &Policy) -> Result<PriceSnapshot, PriceError> {
    Ok(PriceSnapshot {
        policy: policy.digest(),
        as_of: prices.as_of,
        prices: prices.in_order(policy)?,
    })
}

impl From<Prices> for SignedPrices {
    fn from(prices: Prices) -> Self {
        Self {
            prices,
            signatures: Vec::new(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct PricesFile {
    version: u64,
    quote: String,
    as_of: u64,
    #[serde(deserialize_with = "json::unique_map")]
    prices: BTreeMap<String, Price>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    signatures: Vec<PriceSignature>,
}

impl TryFrom<PricesFile> for SignedPrices {
    type Error = DocumentError;
    fn try_from(file: PricesFile) -> Result<Self, DocumentError> {
        if file.version != 2 {
            return Err(DocumentError::Version { got: file.version });
        }
        let prices = Prices {
            quote: file.quote,
            as_of: file.as_of,
            prices: file.prices,
        };
        Self::new(prices.checked()?, file.signatures)
    }
}

impl From<SignedPrices> for PricesFile {
    fn from(file: SignedPrices) -> Self {
        Self {
            version: 2,
            quote: file.prices.quote,
            as_of: file.prices.as_of,
            prices: file.prices.prices,
            signatures: file.signatures,
        }
    }
}
