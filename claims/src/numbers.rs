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
/// Bits of a weight or a share in basis points, at most 10^4.
pub const BPS_BITS: u32 = 14;
/// Bits of a tier's `up_to` and of a report's grain, in whole quote units: what a JSON number
/// holds everywhere.
pub const WHOLE_BITS: u32 = 53;
/// Bits of one report line (S10).
pub const REPORT_LINE_BITS: u32 = 80;
/// Report lines in one public input.
pub const REPORT_LINES_PER_WORD: usize = 3;
/// 100 % in basis points.
pub const ONE_IN_BPS: u32 = 10_000;
/// Most positions of a basket, as a power of two (docs/spec.md, section 2). The shape `xlarge`
/// has more than 2^16.
pub const MAX_POSITIONS_LOG2: u32 = 17;
/// Most assets of a policy that a circuit holds, as a power of two.
pub const MAX_ASSETS_LOG2: u32 = 6;
/// Decimal exponent of a price: quote currency per base unit, times 10^36.
pub const PRICE_EXPONENT: u32 = 36;
/// S4 divides amount times price by this to get micro-units of the quote currency.
pub const VALUE_DIVISOR: u128 = 10u128.pow(30);
/// Micro-units of the quote currency in a whole one.
pub const MICRO: u128 = 1_000_000;
/// S5: one whole quote unit of a tier's width in micro-units times basis points.
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
    /// Bits of a line's offset (S5): its widths are together below 2^[`WHOLE_BITS`], each times a
    /// difference of weights and [`WIDTH_SCALE`], which is below 2^34.
    pub const OFFSET_BITS: u32 = BPS_BITS + WHOLE_BITS + 34;
    /// Bits of what one asset counts for: the first line, which has no offset.
    pub const COUNTED_BITS: u32 = STRESSED_BITS + BPS_BITS;
    /// Bits of any line (S5): stressed value times weight, and the offset.
    pub const LINE_BITS: u32 = COUNTED_BITS + 1;
    /// Bits of what all assets count for.
    pub const SUM_COUNTED_BITS: u32 = COUNTED_BITS + MAX_ASSETS_LOG2;
    /// Bits of what all assets are worth at base prices, V (S6, held shares).
    pub const SUM_HELD_BITS: u32 = VALUE_BITS + MAX_ASSETS_LOG2;
    /// Bits of the obligations of a scenario: public debt and liabilities, in bps.
    pub const OBLIGATION_BITS: u32 = STRESSED_BITS + MAX_ASSETS_LOG2 + 1;

    const _: () = assert!(TOTAL_BITS + PRICE_BITS < FIELD_BITS);
    const _: () = assert!(WIDTH_SCALE < 1 << 34);
    const _: () = assert!(OFFSET_BITS <= COUNTED_BITS);
    const _: () = assert!(LINE_BITS < FIELD_BITS && COUNTED_BITS < u128::BITS);
    const _: () = assert!(SUM_COUNTED_BITS + BPS_BITS < FIELD_BITS);
    const _: () = assert!(SUM_HELD_BITS + BPS_BITS < FIELD_BITS);
    const _: () = assert!(OBLIGATION_BITS + RATIO_BITS < FIELD_BITS);
    // A line is at most V over 10^6; three of them are one public input.
    const _: () = assert!(SUM_HELD_BITS - 19 <= REPORT_LINE_BITS && MICRO >> 19 == 1);
    const _: () = assert!(REPORT_LINES_PER_WORD as u32 * REPORT_LINE_BITS < FIELD_BITS);
    // grain x 10^6 x line, compared with a sum of values.
    const _: () = assert!(WHOLE_BITS + 20 + REPORT_LINE_BITS < FIELD_BITS);
    const _: () = assert!(ONE_IN_BPS < 1 << BPS_BITS);
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
bounded!(
    /// R_g, a line of a report (S10), in grains of the policy: 0 .. 2^80 - 1. Public.
    ReportLine, 0, REPORT_LINE_BITS
);

impl Amount {
    /// Zero.
    pub const ZERO: Self = Self(0);
}

impl ReportLine {
    /// Zero: what a group without a report has.
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
