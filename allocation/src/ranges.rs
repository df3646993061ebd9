//! The units and ranges of what goes into the solver and comes out of it. They are those of the statement; whoever
//! turns a claim into a problem asserts that.

/// 100 % in basis points: the largest weight and share, and the multiplier of a price that does not move.
pub const ONE_IN_BPS: u16 = 10_000;
/// Most assets of a problem.
pub const MAX_ASSETS: usize = 1 << 16;
/// Groups of a problem.
pub const GROUPS: usize = 15;
/// Tiers of an asset.
pub const TIERS: usize = 4;
/// Bits of a value, such as the public debt, in micro-units of the quote currency.
pub const VALUE_BITS: u32 = 80;
/// Bits of a price.
pub const PRICE_BITS: u32 = 120;
/// Bits of a ratio in basis points.
pub const RATIO_BITS: u32 = 20;
/// Bits of a multiplier in basis points.
pub const MULTIPLIER_BITS: u32 = 16;
/// Bits of a tier's width in whole quote units.
pub const WIDTH_BITS: u32 = 60;
/// Amount times price divided by this is micro-units of the quote currency.
pub const VALUE_DIVISOR: u128 = 10u128.pow(30);
/// A width of one whole quote unit, in micro-units times basis points.
pub const WIDTH_SCALE: u128 = 10u128.pow(10);
