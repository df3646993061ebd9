//! Ladders of any length as the few tiers that a policy has. A ladder is a curve, from an asset's
//! value to what counts of it, that rises ever more slowly. What is merged lies below it
//! everywhere: nothing counts more than before.

use covenant_circuits::policy::TierRule;
use num_bigint::BigUint;

/// The most tiers a ladder may have, for a search that ends.
pub(super) const MOST_STEPS: usize = 64;
/// Beyond it no tier ends, in whole quote units (docs/spec.md, section 5.1).
pub(super) const LARGEST: u64 = (1 << 53) - 1;

/// A ladder in fewer tiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Merged {
    pub(super) tiers: Vec<TierRule>,
    pub(super) loss: Loss,
}

/// The largest share of what counted before that counts no longer: `missing / counted`, at the
/// value `at`. It is the largest of all values, since between two ends of tiers the share is that of
/// two lines and so largest at an end, and beyond the last end it falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Loss {
    pub(super) missing: u128,
    pub(super) counted: u128,
    pub(super) at: u64,
}

impl Loss {
    fn exceeds(&self, other: &Self) -> bool {
        let product = |a: u128, b: u128| BigUint::from(a) * BigUint::from(b);
        product(self.missing, other.counted.max(1)) > product(other.missing, self.counted.max(1))
    }

    /// Parts of a million, rounded up.
    pub(super) fn millionths(&self) -> u128 {
        // What counts is below 2^67.
        (self.missing * 1_000_000).div_ceil(self.counted.max(1))
    }
}

/// Why a list of tiers is no ladder; the tier's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NoLadder {
    Empty,
    TooLong,
    /// A tier that ends where it begins or before, has no end, or one past the largest; the last
    /// with an end.
    End(usize),
    /// A weight above the one before it, or above 100 %.
    Weight(usize),
}

/// The ladder in at most so many tiers, of all merges the one with the smallest [`Loss`]. Merges
/// keep some of the ladder's ends; between two that are kept, what counts grows at one rate: the
/// average of the tiers between them, rounded down. A ladder that is short enough stays as it is.
pub(super) fn merge(ladder: &[TierRule], most: usize) -> Result<Merged, NoLadder> {
    check(ladder)?;
    let unchanged = Merged {
        tiers: ladder.to_vec(),
        loss: Loss::default(),
    };
    if ladder.len() <= most.max(1) {
        return Ok(unchanged);
    }
    let ends: Vec<u64> = ladder.iter().filter_map(|tier| tier.up_to).collect();
    let mut best: Option<Merged> = None;
    for kept in choices(&ends, most.max(1) - 1) {
        let tiers = keeping(ladder, &kept);
        let loss = loss(ladder, &tiers, &ends);
        let better = |best: &Merged| best.loss.exceeds(&loss);
        if best.as_ref().is_none_or(better) {
            best = Some(Merged { tiers, loss });
        }
    }
    Ok(best.unwrap_or(unchanged))
}

fn check(ladder: &[TierRule]) -> Result<(), NoLadder> {
    if ladder.is_empty() {
        return Err(NoLadder::Empty);
    }
    if ladder.len() > MOST_STEPS {
        return Err(NoLadder::TooLong);
    }
    let (mut end, mut weight) = (0, 10_000);
    for (i, tier) in ladder.iter().enumerate() {
        let last = i + 1 == ladder.len();
        match tier.up_to {
            None if last => {}
            Some(up_to) if !last && up_to > end && up_to <= LARGEST => end = up_to,
            _ => return Err(NoLadder::End(i)),
        }
        if tier.weight_bps > weight {
            return Err(NoLadder::Weight(i));
        }
        weight = tier.weight_bps;
    }
    Ok(())
}

/// What counts of a value, in bps of whole quote units.
pub(super) fn counted(tiers: &[TierRule], value: u64) -> u128 {
    let (mut from, mut sum) = (0, 0);
    for tier in tiers {
        let to = tier.up_to.unwrap_or(value).min(value);
        sum += u128::from(to.saturating_sub(from)) * u128::from(tier.weight_bps);
        from = from.max(to);
    }
    sum
}

/// Every choice of at most so many of the ends, in order.
fn choices(ends: &[u64], most: usize) -> Vec<Vec<u64>> {
    let mut all = vec![Vec::new()];
    for end in ends {
        let longer: Vec<Vec<u64>> = all
            .iter()
            .filter(|kept| kept.len() < most)
            .map(|kept| [kept.as_slice(), &[*end]].concat())
            .collect();
        all.extend(longer);
    }
    all
}

/// The merge that keeps these ends. Both ends of each new tier lie on or below the ladder's curve,
/// which bends downwards only, and so does the line between them. Beyond the last end that is kept
/// the weight is the ladder's last, its lowest.
fn keeping(ladder: &[TierRule], kept: &[u64]) -> Vec<TierRule> {
    let (mut from, mut reached, mut weight) = (0, 0u128, 10_000u32);
    let mut tiers = Vec::new();
    for end in kept {
        let width = u128::from(end - from);
        let rate = counted(ladder, *end).saturating_sub(reached) / width.max(1);
        weight = u32::try_from(rate).map_or(weight, |rate| rate.min(weight));
        reached += width * u128::from(weight);
        from = *end;
        tiers.push(TierRule {
            up_to: Some(from),
            weight_bps: weight,
        });
    }
    let last = ladder.last().map_or(0, |tier| tier.weight_bps);
    tiers.push(TierRule {
        up_to: None,
        weight_bps: last.min(weight),
    });
    tiers
}

fn loss(ladder: &[TierRule], tiers: &[TierRule], ends: &[u64]) -> Loss {
    let mut largest = Loss::default();
    for at in ends {
        let before = counted(ladder, *at);
        let loss = Loss {
            missing: before.saturating_sub(counted(tiers, *at)),
            counted: before,
            at: *at,
        };
        if loss.exceeds(&largest) {
            largest = loss;
        }
    }
    largest
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers that look random and are the same each time (xorshift).
    struct Numbers(u64);

    impl Numbers {
        fn below(&mut self, bound: u64) -> u64 {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            self.0 % bound
        }

        fn ladder(&mut self, steps: u64, largest: u64) -> Vec<TierRule> {
            let mut ends: Vec<u64> = (1..steps).map(|_| 1 + self.below(largest)).collect();
            let mut weights: Vec<u32> = (0..steps).map(|_| self.below(10_001) as u32).collect();
            ends.sort_unstable();
            ends.dedup();
            weights.sort_unstable_by(|a, b| b.cmp(a));
            let ends = ends.into_iter().map(Some).chain([None]);
            let tier = |(up_to, weight_bps)| TierRule { up_to, weight_bps };
            ends.zip(weights).map(tier).collect()
        }
    }

    fn tiers(of: &[(u64, u32)], last: u32) -> Vec<TierRule> {
        let ended = of.iter().map(|(end, weight)| TierRule {
            up_to: Some(*end),
            weight_bps: *weight,
        });
        let last = TierRule {
            up_to: None,
            weight_bps: last,
        };
        ended.chain([last]).collect()
    }

    /// What counts, unit by unit: written anew, for small values.
    fn slow(tiers: &[TierRule], value: u64) -> u128 {
        let weight = |unit: u64| {
            let mut at = tiers
                .iter()
                .filter(|t| t.up_to.is_none_or(|end| unit < end));
            u128::from(at.next().unwrap().weight_bps)
        };
        (0..value).map(weight).sum()
    }

    #[test]
    fn nothing_counts_more_than_before_at_any_value() {
        let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
        for round in 0..300 {
            let largest = [20, 1_000, 1_000_000_000, LARGEST][round % 4];
            let steps = 1 + numbers.below(11);
            let ladder = numbers.ladder(steps, largest);
            let merged = merge(&ladder, 4).unwrap();
            assert!(merged.tiers.len() <= 4);
            check(&merged.tiers).unwrap();
            let ends = ladder.iter().filter_map(|tier| tier.up_to);
            let mut values: Vec<u64> = ends.flat_map(|end| [end - 1, end, end + 1]).collect();
            values.extend((0..50).map(|_| numbers.below(largest * 3 / 2 + 2)));
            values.push(u64::MAX >> 4);
            for value in values {
                let (before, after) = (counted(&ladder, value), counted(&merged.tiers, value));
                assert!(after <= before, "{ladder:?} {merged:?} {value}");
                // No value loses more than is told.
                let missing = BigUint::from(before - after) * merged.loss.counted.max(1);
                assert!(
                    missing <= BigUint::from(merged.loss.missing) * before,
                    "{ladder:?} {merged:?} {value}"
                );
            }
        }
    }

    #[test]
    fn a_short_ladder_is_left_as_it_is() {
        let mut numbers = Numbers(7);
        for steps in [1, 2, 3, 4, 4, 4] {
            let ladder = numbers.ladder(steps, 1_000_000);
            let merged = merge(&ladder, 4).unwrap();
            assert_eq!((merged.tiers, merged.loss), (ladder, Loss::default()));
        }
    }

    /// All subsets of the ends, each evaluated unit by unit.
    #[test]
    fn no_other_merge_loses_less() {
        let mut numbers = Numbers(41);
        for _ in 0..120 {
            let steps = 5 + numbers.below(3);
            let ladder = numbers.ladder(steps, 60);
            if ladder.len() <= 4 {
                continue;
            }
            let merged = merge(&ladder, 4).unwrap();
            let ends: Vec<u64> = ladder.iter().filter_map(|tier| tier.up_to).collect();
            let share = |tiers: &[TierRule]| {
                let shares = (1..=70).filter_map(|value| {
                    let before = slow(&ladder, value);
                    assert!(slow(tiers, value) <= before);
                    (before > 0).then(|| (before - slow(tiers, value), before))
                });
                shares.fold((0, 1), |a, b| if b.0 * a.1 > a.0 * b.1 { b } else { a })
            };
            let found = share(&merged.tiers);
            let told = (merged.loss.missing, merged.loss.counted.max(1));
            assert_eq!(found.0 * told.1, told.0 * found.1, "{ladder:?} {merged:?}");
            for set in 0..1u32 << ends.len() {
                if set.count_ones() > 3 {
                    continue;
                }
                let kept = ends.iter().enumerate();
                let kept: Vec<u64> = kept
                    .filter(|(i, _)| set >> i & 1 == 1)
                    .map(|(_, end)| *end)
                    .collect();
                let other = share(&keeping(&ladder, &kept));
                assert!(
                    found.0 * other.1 <= other.0 * found.1,
                    "{ladder:?}: {kept:?} loses less than {merged:?}"
                );
            }
        }
    }

    #[test]
    fn a_merge_worked_by_hand() {
        // 100 each at 100, 90, 80, 70 and then 60 %: 100, 190, 270, 340 count.
        let ladder = tiers(
            &[(100, 10_000), (200, 9_000), (300, 8_000), (400, 7_000)],
            6_000,
        );
        let merged = merge(&ladder, 4).unwrap();
        // Of the three that are kept, the last two tiers before the end become one of 75 %: at 300
        // count 265 instead of 270, 1.9 %. To leave out 200 instead loses 5 of 190, 2.6 %.
        let expected = tiers(&[(100, 10_000), (200, 9_000), (400, 7_500)], 6_000);
        assert_eq!(merged.tiers, expected);
        assert_eq!((merged.loss.at, merged.loss.millionths()), (300, 18_519));
        // Equal weights are joined for nothing.
        let flat = tiers(&[(1, 9_000), (2, 9_000), (3, 9_000), (4, 9_000)], 9_000);
        assert_eq!(merge(&flat, 4).unwrap().loss.missing, 0);
    }

    #[test]
    fn what_is_no_ladder_is_refused() {
        for (ladder, expected) in [
            (vec![], NoLadder::Empty),
            (tiers(&[(5, 9_000)], 9_001), NoLadder::Weight(1)),
            (tiers(&[], 10_001), NoLadder::Weight(0)),
            (tiers(&[(5, 9_000), (5, 8_000)], 7_000), NoLadder::End(1)),
            (tiers(&[(0, 9_000)], 7_000), NoLadder::End(0)),
            (tiers(&[(LARGEST + 1, 9_000)], 7_000), NoLadder::End(0)),
            (
                tiers(&[(5, 9_000)], 7_000).split_off(0)[..1].to_vec(),
                NoLadder::End(0),
            ),
            (
                tiers(&(1..=64).map(|n| (n, 1)).collect::<Vec<_>>(), 1),
                NoLadder::TooLong,
            ),
        ] {
            assert_eq!(merge(&ladder, 4), Err(expected), "{ladder:?}");
        }
    }
}
