//! One asset in one scenario: what its value can count for under its tiers (S5).
//!
//! Amounts of value are in 10^-10 of the quote currency (micro-units times a multiplier in basis points), below 2^96;
//! counted value is in 10^-14 (value times a weight in basis points), below 2^110.

use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use crate::ranges::{Split, TIERS, WIDTH_SCALE};

/// Width and weight of the four tiers.
#[derive(Clone, Copy)]
pub(super) struct TierSchedule([(u128, u128); TIERS]);

/// A schedule with a value to put on it.
#[derive(Clone, Copy)]
pub(super) struct Tiers {
    schedule: TierSchedule,
    value: u128,
}

/// The counts nearest to a wanted one.
pub(super) struct Nearest {
    /// The largest found that is not above it.
    pub(super) below: Split,
    /// The smallest found that is not below it.
    pub(super) above: Split,
    /// Whether nothing nearer exists on either side.
    pub(super) exact: bool,
}

impl TierSchedule {
    /// From widths in whole quote units, the last tier unbounded.
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

    pub(super) fn heaviest(&self) -> u128 {
        self.0
            .iter()
            .filter(|(width, _)| *width > 0)
            .map(|(_, weight)| *weight)
            .max()
            .unwrap_or(0)
    }

    /// Common divisor of the weights that can count; zero if none can.
    pub(super) fn step(&self) -> u128 {
        self.0
            .iter()
            .filter(|(width, _)| *width > 0)
            .fold(0, |step, (_, weight)| step.gcd(weight))
    }

    /// Common multiple of the weights that can count; none if it passes 2^64.
    pub(super) fn period(&self) -> Option<u128> {
        let mut weights = self
            .0
            .iter()
            .filter(|(width, weight)| *width > 0 && *weight > 0)
            .map(|(_, weight)| *weight);
        weights.try_fold(1u128, |period, weight| {
            Some(period.lcm(&weight)).filter(|period| *period < 1 << 64)
        })
    }

    /// The most that a (rational) value counts for, the weight of its next unit, and the tier that unit falls in.
    pub(super) fn count(&self, value: &BigRational) -> (BigRational, u128, usize) {
        let mut left = value.clone();
        let mut counted = BigRational::zero();
        for (tier, (width, weight)) in self.0.iter().enumerate() {
            let width = BigRational::from_integer((*width).into());
            if left < width {
                return (
                    counted + left * BigRational::from_integer((*weight).into()),
                    *weight,
                    tier,
                );
            }
            counted += &width * BigRational::from_integer((*weight).into());
            left -= width;
        }
        (counted, 0, 3)
    }

    /// What a split counts for.
    pub(super) fn weigh(&self, split: &Split) -> u128 {
        self.0
            .iter()
            .zip(split)
            .map(|((_, weight), x)| weight * x)
            .sum()
    }
}

impl Tiers {
    pub(super) fn new(schedule: TierSchedule, value: u128) -> Self {
        Self { schedule, value }
    }

    /// The tier that one more unit of value would fall in.
    pub(super) fn heaviest(&self) -> u128 {
        self.schedule.heaviest()
    }

    /// The tier that one more unit of value would fall in.
    pub(super) fn next_tier(&self) -> usize {
        self.schedule
            .count(&BigRational::from_integer(self.value.into()))
            .2
    }

    /// Everything counted. Weights do not increase, so filling the tiers in order counts most.
    pub(super) fn full(&self) -> Split {
        self.fill(u128::MAX).0
    }

    pub(super) fn most(&self) -> u128 {
        self.weigh(&self.full())
    }

    pub(super) fn weigh(&self, split: &Split) -> u128 {
        self.schedule.weigh(split)
    }

    /// Fills the tiers in order without passing `wanted`; also the first tier that had room left for value.
    fn fill(&self, wanted: u128) -> (Split, Option<usize>) {
        let (mut left, mut wanted, mut short) = (self.value, wanted, None);
        let mut split = [0; TIERS];
        for (tier, (x, (width, weight))) in split.iter_mut().zip(self.schedule.0).enumerate() {
            if weight == 0 {
                break;
            }
            let room = width.min(left);
            *x = room.min(wanted / weight);
            if *x < room && short.is_none() {
                short = Some(tier);
            }
            left -= *x;
            wanted -= *x * weight;
        }
        (split, short)
    }

    /// The counts around `wanted`, which is at most [`Self::most`].
    ///
    /// All tiers but the marginal one are varied around filling them in order, completely where they are narrow, and
    /// the marginal tier takes what is left. With one other tier a window of 10^4 meets every residue of the weights.
    pub(super) fn nearest(&self, wanted: u128) -> Nearest {
        let (base, short) = self.fill(wanted);
        let Some(pivot) = short else {
            return Nearest {
                below: base,
                above: base,
                exact: true,
            };
        };
        let weight = self.schedule.0.get(pivot).map_or(1, |(_, weight)| *weight);
        let step = self.schedule.step().max(1);
        let (floor, ceiling) = (wanted - wanted % step, wanted.next_multiple_of(step));
        let usable = |tier: usize| {
            tier != pivot
                && self
                    .schedule
                    .0
                    .get(tier)
                    .is_some_and(|(width, weight)| *width > 0 && *weight > 0)
        };
        let radius = match (0..TIERS).filter(|tier| usable(*tier)).count() {
            0 | 1 => 10_000,
            2 => 100,
            _ => 20,
        };
        let mut exact = true;
        let mut windows: [Vec<u128>; TIERS] = Default::default();
        for ((tier, window), (base, (width, _))) in windows
            .iter_mut()
            .enumerate()
            .zip(base.iter().zip(&self.schedule.0))
        {
            let room = (*width).min(self.value);
            *window = match (usable(tier), room <= 2 * radius) {
                (false, _) => vec![0],
                (true, true) => outward(*base, room, room),
                (true, false) => outward(*base, room, radius),
            };
            exact &= !usable(tier) || room <= 2 * radius;
        }
        let full = self.full();
        let (mut below, mut above) = ((self.weigh(&base), base), (self.weigh(&full), full));
        let room = self
            .schedule
            .0
            .get(pivot)
            .map_or(0, |(width, _)| (*width).min(self.value));
        let [first, second, third, fourth] = &windows;
        for x in first
            .iter()
            .flat_map(|a| second.iter().map(move |b| (*a, *b)))
            .flat_map(|(a, b)| {
                third
                    .iter()
                    .flat_map(move |c| fourth.iter().map(move |d| [a, b, *c, *d]))
            })
        {
            if below.0 == floor && above.0 == ceiling {
                break;
            }
            let (used, counted) = (x.iter().sum::<u128>(), self.weigh(&x));
            let Some(room) = self.value.checked_sub(used).map(|left| left.min(room)) else {
                continue;
            };
            let missing = wanted.saturating_sub(counted);
            for amount in [missing / weight, missing.div_ceil(weight)] {
                let amount = amount.min(room);
                let mut split = x;
                if let Some(x) = split.get_mut(pivot) {
                    *x = amount;
                }
                let total = counted + amount * weight;
                if total <= wanted && total > below.0 {
                    below = (total, split);
                }
                if total >= wanted && total < above.0 {
                    above = (total, split);
                }
            }
        }
        let exact = exact || (below.0 == floor && above.0 == ceiling);
        Nearest {
            below: below.1,
            above: above.1,
            exact,
        }
    }

    /// The largest count found up to a rational number.
    pub(super) fn floor(&self, wanted: &BigRational) -> u128 {
        let wanted = wanted.floor().to_integer().to_u128().unwrap_or(0);
        self.weigh(&self.nearest(wanted).below)
    }
}

/// The numbers from 0 to `most` at most `radius` from `base`, nearest first.
fn outward(base: u128, most: u128, radius: u128) -> Vec<u128> {
    let up = |distance| base.checked_add(distance).filter(|x| *x <= most);
    let down = |distance| {
        base.checked_sub(distance)
            .filter(|x| *x <= most && distance > 0)
    };
    (0..=radius)
        .flat_map(|distance| up(distance).into_iter().chain(down(distance)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TierInput;

    fn tiers(steps: [(u64, u16); TIERS], value: u128) -> Tiers {
        Tiers::new(
            TierSchedule::new(&steps.map(|(width, weight_bps)| TierInput { width, weight_bps })),
            value,
        )
    }

    #[test]
    fn fills_in_order() {
        let two = tiers(
            [(1, 9000), (0, 5000), (0, 5000), (0, 5000)],
            3 * WIDTH_SCALE,
        );
        assert_eq!(two.full(), [WIDTH_SCALE, 0, 0, 2 * WIDTH_SCALE]);
        assert_eq!(two.most(), WIDTH_SCALE * 19_000);
        assert_eq!(
            tiers([(1, 9000), (0, 0), (0, 0), (0, 0)], 3 * WIDTH_SCALE).full(),
            [WIDTH_SCALE, 0, 0, 0]
        );
    }

    #[test]
    fn nearest_agrees_with_enumeration() {
        // Tiers are never narrower than a whole quote unit, so small values reach only the first wide tier; a zero-width
        // first tier and lower weights used early are what there is to choose.
        for (a, b, c) in [(10_000, 8500, 6000), (9999, 7, 3), (5, 3, 2), (7, 7, 0)] {
            for value in 0..7u128 {
                let schedule = tiers([(1, a), (1, b), (0, 1), (0, c)], value);
                let mut counts = Vec::new();
                for x in 0..=value {
                    for y in 0..=value - x {
                        for z in 0..=value - x - y {
                            counts.push(x * u128::from(a) + y * u128::from(b) + z * u128::from(c));
                        }
                    }
                }
                for wanted in (0..=schedule.most()).step_by(if a > 100 { 211 } else { 1 }) {
                    let nearest = schedule.nearest(wanted);
                    assert!(nearest.exact);
                    assert_eq!(
                        Some(schedule.weigh(&nearest.below)),
                        counts.iter().copied().filter(|c| *c <= wanted).max()
                    );
                    assert_eq!(
                        Some(schedule.weigh(&nearest.above)),
                        counts.iter().copied().filter(|c| *c >= wanted).min()
                    );
                }
            }
        }
    }

    #[test]
    fn nearest_uses_lower_tiers_for_the_remainder() {
        let schedule = tiers([(50, 8500), (0, 1), (0, 1), (0, 6000)], 100 * WIDTH_SCALE);
        let nearest = schedule.nearest(1_000_500);
        assert!(nearest.exact);
        assert_eq!(
            (
                schedule.weigh(&nearest.below),
                schedule.weigh(&nearest.above)
            ),
            (1_000_500, 1_000_500)
        );
    }
}
