//! Prices: what one base unit of each asset is worth (docs/spec.md, section 2). Their file is
//! that of [`SignedPrices`], signed or not.

use crate::ident::{AssetId, NameError, check_name};
use crate::numbers::{PRICE_EXPONENT, Price};
use crate::policy::Policy;
use crate::signed::SignedPrices;
use num_bigint::BigUint;
use num_integer::Integer;
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
    #[error(
        "price of {asset}: expected at most {} of the quote currency for a whole unit, which is what {decimals} decimals allow, got more; give an asset without a chain of its own 8 decimals or more, or the policy a larger quote unit",
        largest_price(*decimals)
    )]
    TooLarge {
        /// The asset's name.
        asset: String,
        /// Decimals of the asset.
        decimals: u32,
    },
    /// Two names of one asset, such as an address in two spellings.
    #[error("prices: expected one price for {asset}, got another one under another spelling")]
    Spelling {
        /// One of its names.
        asset: String,
    },
}

/// The largest price of a whole unit of an asset with so many decimals: 1.329 x 10^decimals of
/// the quote currency, as decimal text, rounded down to three places.
pub fn largest_price(decimals: u32) -> String {
    let digits = BigUint::from(Price::MAX.get()) * BigUint::from(10u32).pow(decimals)
        / BigUint::from(10u32).pow(PRICE_EXPONENT - 3);
    let (whole, thousandths) = digits.div_rem(&BigUint::from(1_000u32));
    format!("{whole}.{:0>3}", thousandths.to_string())
}

/// A price as that of a whole unit of an asset with so many decimals, in the quote currency: exact
/// decimal text, for people and for JSON.
pub fn whole_price(price: Price, decimals: u32) -> String {
    let digits = PRICE_EXPONENT.saturating_sub(decimals);
    let unit = BigUint::from(10u32).pow(digits);
    let (whole, fraction) = BigUint::from(price.get()).div_rem(&unit);
    let fraction = format!("{:0>width$}", fraction.to_string(), width = digits as usize);
    match fraction.trim_end_matches('0') {
        "" => whole.to_string(),
        fraction => format!("{whole}.{fraction}"),
    }
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
        decimals,
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
    /// Checks the names, and that each asset is there once.
    pub fn checked(self) -> Result<Self, PriceError> {
        check_name(&self.quote)?;
        self.by_id()?;
        Ok(self)
    }

    fn by_id(&self) -> Result<BTreeMap<AssetId, Price>, PriceError> {
        let mut by_id = BTreeMap::new();
        for (asset, price) in &self.prices {
            if by_id.insert(AssetId::of(asset)?, *price).is_some() {
                return Err(PriceError::Spelling {
                    asset: asset.clone(),
                });
            }
        }
        Ok(by_id)
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
        let by_id = self.by_id()?;
        policy
            .assets()
            .iter()
            .map(|a| {
                by_id
                    .get(&a.id)
                    .copied()
                    .ok_or_else(|| PriceError::Missing {
                        asset: a.name.clone(),
                    })
            })
            .collect()
    }
}
