//! Ranges as types (docs/spec.md, section 2): a number that was range-checked has a type that
//! says so. The circuit enforces the same bounds; [`budget`] asserts at compile time
//! that no product or sum of such numbers can reach the order of the field.

use serde::{Deserialize, Serialize};

/// Bits of an amount.
pub const AMOUNT_BITS: u32 = 112;
/// Bits of an asset id.
pub const ASSET_ID_BITS: u32 = 120;
/// Bits of a price.
pub const PRICE_BITS: u32 = 120;
/// Bits of a value, of the public debt among others.
pub const VALUE_BITS: u32 = 80;
/// Bits of a price multiplier of a scenario, and of a scenario's ratio.
pub const MULTIPLIER_BITS: u32 = 16;
/// Bits of the base ratio.
pub const RATIO_BITS: u32 = 20;
/// Bits of a tier's width, in whole quote units.
pub const WIDTH_BITS: u32 = 60;
/// 100 % in basis points.
pub const ONE_IN_BPS: u32 = 10_000;
/// Most positions of a basket, as a power of two (docs/spec.md, section 2). The shape `xlarge`
/// has 32 more than 2^16.
pub const MAX_POSITIONS_LOG2: u32 = 17;
/// Most assets of a policy that a circuit holds, as a power of two.
pub const MAX_ASSETS_LOG2: u32 = 6;
/// Decimal exponent of a price: quote currency per base unit, times 10^36.
pub const PRICE_EXPONENT: u32 = 36;
/// S4 divides amount times price by this to get micro-units of the quote currency.
pub const VALUE_DIVISOR: u128 = 10u128.pow(30);
/// Micro-units of the quote currency in a whole one.
pub const MICRO: u128 = 1_000_000;
/// S5: a width of one whole quote unit in micro-units times basis points.
pub const WIDTH_SCALE: u128 = 10u128.pow(10);

/// The bit budget: every sum and product of the statement stays below r (H1, H2).
pub mod budget {
    use super::*;
    /// r is above 2^253 (H1).
    pub const FIELD_BITS: u32 = 253;
    /// Bits of a total amount (H35, H40).
    pub const TOTAL_BITS: u32 = AMOUNT_BITS + MAX_POSITIONS_LOG2;
    /// Bits of a value times a multiplier (S5's unit).
    pub const STRESSED_BITS: u32 = VALUE_BITS + MULTIPLIER_BITS;
    /// Bits of what one asset counts for: stressed value times weight.
    pub const COUNTED_BITS: u32 = STRESSED_BITS + 14;
    /// Bits of what all assets count for.
    pub const SUM_COUNTED_BITS: u32 = COUNTED_BITS + MAX_ASSETS_LOG2;
    /// Bits of the obligations of a scenario: public debt and liabilities, in bps.
    pub const OBLIGATION_BITS: u32 = STRESSED_BITS + MAX_ASSETS_LOG2 + 1;

    const _: () = assert!(TOTAL_BITS + PRICE_BITS < FIELD_BITS);
    const _: () = assert!(SUM_COUNTED_BITS + 14 < FIELD_BITS);
    const _: () = assert!(OBLIGATION_BITS + RATIO_BITS < FIELD_BITS);
    const _: () = assert!(WIDTH_BITS + 34 <= STRESSED_BITS);
    const _: () = assert!(ONE_IN_BPS < 1 << 14);
}

/// A number is outside of its range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a number from {least} to 2^{bits} - 1")]
pub struct RangeError {
    /// The smallest number of the range.
    pub least: u128,
    /// The largest number of the range is 2^bits - 1.
    pub bits: u32,
}

macro_rules! bounded {
    // The smallest number is 0 or 1.
    ($(#[$doc:meta])* $name:ident, $least:literal, $bits:expr) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
        #[serde(try_from = "TextInteger", into = "TextInteger")]
        pub struct $name(u128);

        impl $name {
            /// The largest number of this range.
            pub const MAX: Self = Self((1 << $bits) - 1);
            /// Checks the range.
            pub const fn new(x: u128) -> Result<Self, RangeError> {
                if x >> $bits == 0 && !(x == 0 && $least == 1) {
                    Ok(Self(x))
                } else {
                    Err(RangeError { least: $least, bits: $bits })
                }
            }
            /// The number.
            pub const fn get(self) -> u128 {
                self.0
            }
        }

        impl TryFrom<TextInteger> for $name {
            type Error = RangeError;
            fn try_from(x: TextInteger) -> Result<Self, RangeError> {
                Self::new(x.0)
            }
        }

        impl From<$name> for TextInteger {
            fn from(x: $name) -> Self {
                Self(x.0)
            }
        }
    };
}

/// An integer written as decimal text.
#[derive(Serialize, Deserialize)]
struct TextInteger(#[serde(with = "crate::json::decimal")] u128);

bounded!(
    /// Base units of an asset: 0 .. 2^112 - 1. Secret wherever it comes from an opening,
    /// so openings never print it.
    Amount, 0, AMOUNT_BITS
);
bounded!(
    /// Quote currency per base unit, times 10^36: 1 .. 2^120 - 1. A price of 0 would make a
    /// debt in the asset weigh nothing, so there is none; the circuit refuses it too.
    Price, 1, PRICE_BITS
);
bounded!(
    /// Micro-units of the quote currency: 0 .. 2^80 - 1.
    Value, 0, VALUE_BITS
);

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self(0);
}

impl Value {
    /// Zero.
    pub const ZERO: Self = Self(0);
}

/// The required base ratio in basis points: 1 .. 2^20 - 1.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(try_from = "u32", into = "u32")]
pub struct Ratio(u32);

impl Ratio {
    /// Checks the range.
    pub const fn new(bps: u32) -> Result<Self, RatioError> {
        if bps == 0 || bps >> RATIO_BITS != 0 {
            Err(RatioError { got: bps })
        } else {
            Ok(Self(bps))
        }
    }
    /// Basis points.
    pub const fn bps(self) -> u32 {
        self.0
    }
}

/// A ratio is out of range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("expected a ratio of 1 to 1048575 basis points, got {got}")]
pub struct RatioError {
    /// What was found.
    pub got: u32,
}

impl TryFrom<u32> for Ratio {
    type Error = RatioError;
    fn try_from(bps: u32) -> Result<Self, RatioError> {
        Self::new(bps)
    }
}

impl From<Ratio> for u32 {
    fn from(x: Ratio) -> u32 {
        x.0
    }
}
