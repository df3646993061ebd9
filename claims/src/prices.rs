//! Prices: what one base unit of each asset is worth (docs/spec.md, section 2). Their file is
//! that of [`SignedPrices`], signed or not.

use crate::ident::{NameError, check_name};
use crate::numbers::{PRICE_EXPONENT, Price};
use crate::policy::Policy;
use crate::signed::SignedPrices;
use serde::Serialize;
use std::collections::BTreeMap;

/// A dated list of prices in one quote currency.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(into = "SignedPrices")]
pub struct Prices {
    /// The currency prices are quoted in, such as `iso4217:USD`.
    pub quote: String,
    /// Unix seconds.
    pub as_of: u64,
    /// By asset name; quote currency per base unit, times 10^36.
    pub prices: BTreeMap<String, Price>,
}

/// Prices are none, or do not fit the policy.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PriceError {
    /// The quote currency's or an asset's name.
    #[error("{0}")]
    Name(#[from] NameError),
    /// Prices in another currency than the policy's.
    #[error("quote: the policy is quoted in {expected}, the prices in {got}")]
    Quote {
        /// The policy's.
        expected: String,
        /// The prices'.
        got: String,
    },
    /// An asset of the policy has no price.
    #[error("prices: expected a price for {asset}, which the policy lists, got none")]
    Missing {
        /// The asset's name.
        asset: String,
    },
    /// More decimals than the scale of prices holds.
    #[error(
        "price of {asset}: {decimals} decimals of the asset and {price_decimals} of the price are more than {PRICE_EXPONENT} together"
    )]
    Exponent {
        /// The asset's name.
        asset: String,
        /// Decimals of the asset.
        decimals: u32,
        /// Decimals of the quoted price.
        price_decimals: u32,
    },
    /// A price of 0, which would make a debt in the asset weigh nothing.
    #[error("price of {asset}: expected a price above 0, got 0")]
    Zero {
        /// The asset's name.
        asset: String,
    },
    /// A price of 2^120 and above.
    #[error("price of {asset}: expected a scaled price below 2^120, got a larger one")]
    TooLarge {
        /// The asset's name.
        asset: String,
    },
}

/// The scaled price of a token with `decimals`, quoted per whole token as
/// `mantissa * 10^-price_decimals`: `mantissa * 10^(36 - price_decimals - decimals)`.
pub fn scaled_price(
    asset: &str,
    mantissa: u128,
    price_decimals: u32,
    decimals: u32,
) -> Result<Price, PriceError> {
    let too_large = || PriceError::TooLarge {
        asset: asset.into(),
    };
    let exponent = price_decimals
        .checked_add(decimals)
        .and_then(|used| PRICE_EXPONENT.checked_sub(used))
        .ok_or_else(|| PriceError::Exponent {
            asset: asset.into(),
            decimals,
            price_decimals,
        })?;
    let scaled = mantissa
        .checked_mul(10u128.checked_pow(exponent).ok_or_else(too_large)?)
        .ok_or_else(too_large)?;
    Price::new(scaled).map_err(|_| match scaled {
        0 => PriceError::Zero {
            asset: asset.into(),
        },
        _ => too_large(),
    })
}

impl Prices {
    /// Checks the names.
    pub fn checked(self) -> Result<Self, PriceError> {
        check_name(&self.quote)?;
        for asset in self.prices.keys() {
            check_name(asset)?;
        }
        Ok(self)
    }

    /// Writes a prices file without signatures; [`SignedPrices::from_json`] reads it.
    pub fn to_json(&self) -> String {
        SignedPrices::from(self.clone()).to_json()
    }

    /// The prices of the policy's assets, in its digest order.
    pub fn in_order(&self, policy: &Policy) -> Result<Vec<Price>, PriceError> {
        if self.quote != policy.document().quote {
            return Err(PriceError::Quote {
                expected: policy.document().quote.clone(),
                got: self.quote.clone(),
            });
        }
        policy
            .assets()
            .iter()
            .map(|a| {
                self.prices
                    .get(&a.name)
                    .copied()
                    .ok_or_else(|| PriceError::Missing {
                        asset: a.name.clone(),
                    })
            })
            .collect()
    }
}
