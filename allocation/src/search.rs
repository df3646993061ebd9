//! The most that one scenario can count at a given netting, in whole numbers (S5 and S6).
//!
//! The real optimum bounds it from above. Rounding inside margins then gives an allocation that is short of the optimum by
//! less than the margins (the sum over assets of the largest weight, below 10^4 units of 10^-14 quote each) times the
//! sensitivity of the optimum to its bounds; without caps nothing is lost. Branching on single assets' counts, each
//! between two neighbouring counts that its tiers can make, closes the rest where that is needed and affordable.

use num_bigint::BigUint;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::ToPrimitive;

use super::problem::{Asset, Instance, Scenario};
use super::shares::{Relaxation, Shares};
use super::tiers::Tiers;
use crate::Split;

/// One scenario at one netting.
pub(super) struct ScenarioSearch<'a> {
    shares: &'a Shares,
    pub(super) tiers: Vec<Tiers>,
    /// The most that each asset may count for; zero for those that the shares exclude.
    high: Vec<u128>,
    /// Common divisor of all counts.
    step: u128,
}

/// The best allocation found.
#[derive(Clone)]
pub(super) struct Incumbent {
    pub(super) counted: Vec<u128>,
    pub(super) total: u128,
    /// No allocation has a larger total, unless one that was requested was found before that was settled.
    pub(super) bound: u128,
    pub(super) binding_rules: Option<Vec<(super::shares::Rule, BigRational)>>,
}

fn real(value: u128) -> BigRational {
    BigRational::from_integer(value.into())
}

fn whole(value: &BigRational) -> u128 {
    value.to_integer().to_u128().unwrap_or(u128::MAX)
}

/// The value of an asset in a scenario, before tiers: `v_a x m`.
fn value(asset: &Asset, netted: u128, multiplier: u32) -> u128 {
    asset.values(netted).0 * u128::from(multiplier)
}

impl<'a> ScenarioSearch<'a> {
    pub(super) fn new(
        instance: &Instance,
        shares: &'a Shares,
        netted: &[u128],
        scenario: &Scenario,
    ) -> Self {
        let assets = instance
            .assets
            .iter()
            .zip(netted)
            .zip(&scenario.multipliers);
        let tiers: Vec<_> = assets
            .map(|((asset, netted), multiplier)| {
                Tiers::new(asset.schedule, value(asset, *netted, *multiplier))
            })
            .collect();
        let high: Vec<_> = tiers
            .iter()
            .enumerate()
            .map(|(asset, tiers)| {
                if shares.admits(asset) {
                    tiers.most()
                } else {
                    0
                }
            })
            .collect();
        let used = instance
            .assets
            .iter()
            .zip(&high)
            .filter(|(_, high)| **high > 0);
        let step = used
            .fold(0, |step: u128, (asset, _)| step.gcd(&asset.schedule.step()))
            .max(1);
        Self {
            shares,
            tiers,
            high,
            step,
        }
    }

    /// How each asset's value is split over its tiers, where the counts are those found.
    pub(super) fn splits(&self, found: &Incumbent) -> Vec<Split> {
        self.tiers
            .iter()
            .zip(&found.counted)
            .map(|(tiers, counted)| tiers.nearest(*counted).below)
            .collect()
    }

    /// What would count without share rules.
    pub(super) fn unshared(&self) -> u128 {
        self.tiers.iter().map(Tiers::most).sum()
    }

    /// The largest allocation (to one part in 2^40, so exactly where totals are small), or the first found that reaches `enough`, within the search's limits.
    pub(super) fn search(&self, instance: &Instance, enough: Option<&BigUint>) -> Incumbent {
        let enough = enough.map(|enough| enough.to_u128().unwrap_or(u128::MAX));
        let high: Vec<_> = self.high.iter().map(|high| real(*high)).collect();
        let Relaxation {
            total,
            counted,
            rules,
        } = self.shares.relaxation(&high);
        let mut found = Incumbent {
            counted: vec![0; self.high.len()],
            total: 0,
            bound: self.bound(&total),
            binding_rules: rules,
        };
        let done = |found: &Incumbent| found.total >= found.bound.min(enough.unwrap_or(u128::MAX));
        self.offer(
            &mut found,
            counted
                .iter()
                .zip(&self.tiers)
                .map(|(c, tiers)| tiers.floor(c))
                .collect(),
        );
        if !done(&found) {
            self.round(&mut found, &total);
        }
        let worthwhile = match enough {
            Some(enough) => enough <= found.bound,
            // A gap this small is below a micro-unit for any total below 10^12 quote units; closing it has no use.
            None => found.bound - found.total > found.total >> 40,
        };
        if !done(&found) && worthwhile {
            let before = found.total;
            self.branch(&mut found, &total, enough);
            if found.total == before && before == 0 {
                self.scale(&mut found, instance);
            }
        }
        found
    }

    /// Totals are multiples of the step.
    fn bound(&self, total: &BigRational) -> u128 {
        let total = whole(total);
        total - total % self.step
    }

    /// Keeps an allocation if it obeys S6 and is better than the one so far.
    fn offer(&self, found: &mut Incumbent, counted: Vec<u128>) {
        let total = counted.iter().sum();
        if total > found.total && self.shares.hold(&counted) {
            (found.counted, found.total) = (counted, total);
        }
    }

    /// Leaves room for lowering each count to one that its tiers can make, and lowers it.
    fn round(&self, found: &mut Incumbent, total: &BigRational) {
        let margins = self
            .tiers
            .iter()
            .zip(&self.high)
            .map(|(tiers, high)| if *high == 0 { 0 } else { tiers.heaviest() });
        let margins: Vec<_> = margins.collect();
        let limits = self.high.iter().map(|high| (real(0), real(*high)));
        let mut system = self.shares.system(limits, Some(&margins));
        system.raise(total);
        if system.maximize(total.clone()).is_some() {
            let values = system.values(self.high.len());
            self.offer(
                found,
                values
                    .iter()
                    .zip(&self.tiers)
                    .map(|(c, tiers)| tiers.floor(c))
                    .collect(),
            );
        }
    }

    /// For rules without any room, such as two assets at half each: everything in multiples of a common one.
    fn scale(&self, found: &mut Incumbent, instance: &Instance) {
        let mut ladders = instance
            .assets
            .iter()
            .zip(&self.high)
            .filter(|(_, high)| **high > 0);
        let period = ladders.try_fold(1u128, |period, (asset, _)| {
            Some(period.lcm(&asset.schedule.period()?)).filter(|period| *period < 1 << 64)
        });
        if let Some(counted) = period.and_then(|period| self.shares.scaled(&self.high, period)) {
            let counted = counted
                .into_iter()
                .zip(&self.tiers)
                .map(|(c, tiers)| tiers.weigh(&tiers.nearest(c).below));
            self.offer(found, counted.collect());
        }
    }

    /// Depth first, lower counts first, on the first asset whose real count its tiers cannot make. The number of nodes
    /// is limited by the size of the problem; small problems are searched to the end.
    fn branch(&self, found: &mut Incumbent, total: &BigRational, enough: Option<u128>) {
        let nodes = (400_000 / self.shares.size()).clamp(50, 20_000);
        let root: Vec<_> = self.high.iter().map(|high| (0, *high)).collect();
        let mut system = self
            .shares
            .system(root.iter().map(|_| (real(0), real(0))), None);
        let mut stack = vec![(root, total.clone())];
        let mut exact = true;
        for _ in 0..nodes {
            let Some((limits, start)) = stack.pop() else {
                break;
            };
            let target = enough.unwrap_or(0).max(found.total + self.step);
            if self.bound(&start) < target {
                continue;
            }
            for (asset, (low, high)) in limits.iter().enumerate() {
                system.bound(asset, real(*low), real(*high));
            }
            let Some(optimum) = system.maximize(start) else {
                continue;
            };
            if self.bound(&optimum.parameter) < target {
                continue;
            }
            let values = system.values(limits.len());
            let split =
                values
                    .iter()
                    .zip(&self.tiers)
                    .enumerate()
                    .find_map(|(asset, (value, tiers))| {
                        let below = tiers.nearest(whole(value));
                        if value.is_integer() && tiers.weigh(&below.below) == whole(value) {
                            return None;
                        }
                        let above = tiers.nearest(whole(&value.ceil()));
                        Some((
                            asset,
                            tiers.weigh(&below.below),
                            tiers.weigh(&above.above),
                            below.exact && above.exact,
                        ))
                    });
            let Some((asset, below, above, known)) = split else {
                self.offer(found, values.iter().map(whole).collect());
                if enough.is_some_and(|enough| found.total >= enough) {
                    return;
                }
                continue;
            };
            exact &= known;
            let child = |low: u128, high: u128| {
                let mut limits = limits.clone();
                if let Some(limit) = limits.get_mut(asset) {
                    *limit = (limit.0.max(low), limit.1.min(high));
                }
                (limits, optimum.parameter.clone())
            };
            stack.push(child(above, u128::MAX));
            stack.push(child(0, below));
        }
        if exact && stack.is_empty() {
            let below = enough.map_or(0, |enough| enough.saturating_sub(1));
            found.bound = found.bound.min(found.total.max(below));
        }
    }
}
