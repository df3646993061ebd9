//! One asset's tiers (S5): the most that a value can count for.
//!
//! Weights do not increase, so that is what filling the tiers in order gives, and every whole number up to it may be
//! counted. Values are in 10^-10 of the quote currency (micro-units times a multiplier in basis points), below 2^96;
//! counted value is in 10^-14 (value times a weight in basis points), below 2^110.

use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::cuts::real;
use crate::ranges::{TIERS, WIDTH_SCALE};

/// Width and weight of the four tiers; the last has no end.
#[derive(Clone, Copy)]
pub(super) struct TierSchedule([(u128, u128); TIERS]);

impl TierSchedule {
    /// From widths in whole quote units.
    pub(super) fn new(tiers: &[super::TierInput; TIERS]) -> Self {
        let mut steps = tiers.map(|tier| {
            (
                u128::from(tier.width) * WIDTH_SCALE,
                u128::from(tier.weight_bps),
            )
        });
        if let Some((width, _)) = steps.last_mut() {
            *width = u128::MAX;
        }
        Self(steps)
    }

    /// The largest weight that any value can have.
    pub(super) fn heaviest(&self) -> u128 {
        let wide = self.0.iter().filter(|(width, _)| *width > 0);
        wide.map(|(_, weight)| *weight).max().unwrap_or(0)
    }

    /// The most that a (rational) value counts for, the weight of its next unit, and the tier that unit falls in.
    pub(super) fn count(&self, value: &BigRational) -> (BigRational, u128, usize) {
        let mut left = value.clone();
        let mut counted = BigRational::zero();
        for (tier, (width, weight)) in self.0.iter().enumerate() {
            let width = real(*width);
            if left < width {
                return (counted + left * real(*weight), *weight, tier);
            }
            counted += &width * real(*weight);
            left -= width;
        }
        (counted, 0, TIERS - 1)
    }

    /// The most that a whole value counts for, and the tier its next unit falls in.
    pub(super) fn most(&self, value: u128) -> (u128, usize) {
        let (counted, _, tier) = self.count(&real(value));
        (counted.to_integer().to_u128().unwrap_or(0), tier)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TierInput;

    #[test]
    fn tiers_are_filled_in_order() {
        let schedule = |steps: [(u64, u16); TIERS]| {
            TierSchedule::new(&steps.map(|(width, weight_bps)| TierInput { width, weight_bps }))
        };
        let two = schedule([(1, 9000), (0, 5000), (0, 5000), (0, 5000)]);
        assert_eq!(two.most(WIDTH_SCALE - 1), ((WIDTH_SCALE - 1) * 9000, 0));
        assert_eq!(two.most(WIDTH_SCALE), (WIDTH_SCALE * 9000, 3));
        assert_eq!(two.most(3 * WIDTH_SCALE), (WIDTH_SCALE * 19_000, 3));
        let one = schedule([(1, 9000), (0, 0), (0, 0), (0, 0)]);
        assert_eq!(one.most(3 * WIDTH_SCALE), (WIDTH_SCALE * 9000, 3));
    }
}
