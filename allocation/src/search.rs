//! The most that one scenario can count at a given netting, in whole numbers (S5 and S6).
//!
//! The real optimum bounds it from above. Rounding down inside margins of one unit for each asset then gives an
//! allocation that is short of the optimum by less than the number of assets (units of 10^-14 quote each) times the
//! sensitivity of the optimum to its bounds; without caps nothing is lost. Branching on single assets' counts, each
//! between two neighbouring whole numbers, closes the rest where that is needed and affordable.

use num_bigint::BigUint;
use num_rational::BigRational;
use num_traits::{ToPrimitive, Zero};

use super::cuts::real;
use super::problem::{Instance, Scenario};
use super::shares::{Relaxation, Rule, Shares};

/// One scenario at one netting.
pub(super) struct ScenarioSearch<'a> {
    shares: &'a Shares,
    /// For each asset the most that its tiers let it count for, and the tier that its next unit would fall in.
    pub(super) most: Vec<(u128, usize)>,
    /// The most that each asset may count for; zero for those that the shares exclude.
    high: Vec<u128>,
}

/// The best allocation found.
#[derive(Clone)]
pub(super) struct Incumbent {
    pub(super) counted: Vec<u128>,
    pub(super) total: u128,
    /// No allocation has a larger total, unless one that was requested was found before that was settled.
    pub(super) bound: u128,
    pub(super) binding_rules: Option<Vec<(Rule, BigRational)>>,
}

fn whole(value: &BigRational) -> u128 {
    value.to_integer().to_u128().unwrap_or(u128::MAX)
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
        let most: Vec<_> = assets
            .map(|((asset, netted), multiplier)| {
                let value = asset.values(*netted).0 * u128::from(*multiplier);
                asset.schedule.most(value)
            })
            .collect();
        let high = most.iter().enumerate();
        let high = high.map(|(asset, (most, _))| if shares.admits(asset) { *most } else { 0 });
        Self {
            shares,
            high: high.collect(),
            most,
        }
    }

    /// What would count without share rules.
    pub(super) fn unshared(&self) -> u128 {
        self.most.iter().map(|(most, _)| most).sum()
    }

    /// The largest allocation (to one part in 2^40, so exactly where totals are small), or the first found that reaches `enough`, within the search's limits.
    pub(super) fn search(&self, enough: Option<&BigUint>) -> Incumbent {
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
            bound: whole(&total),
            binding_rules: rules,
        };
        let done = |found: &Incumbent| found.total >= found.bound.min(enough.unwrap_or(u128::MAX));
        self.offer(&mut found, &counted);
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
            if found.total == before
                && before == 0
                && let Some(counted) = self.shares.scaled(&self.high)
            {
                self.offer(&mut found, &counted);
            }
        }
        found
    }

    /// Keeps an allocation, rounded down, if it obeys S6 and is better than the one so far.
    fn offer(&self, found: &mut Incumbent, counted: &[BigRational]) {
        let counted: Vec<_> = counted.iter().map(whole).collect();
        let total = counted.iter().sum();
        if total > found.total && self.shares.hold(&counted) {
            (found.counted, found.total) = (counted, total);
        }
    }

    /// Leaves room for rounding each count down to a whole number, and does.
    fn round(&self, found: &mut Incumbent, total: &BigRational) {
        let margins: Vec<_> = self.high.iter().map(|high| u128::from(*high > 0)).collect();
        let limits = self.high.iter().map(|high| (real(0), real(*high)));
        let mut system = self.shares.system(limits, Some(&margins));
        system.raise(total);
        if system.maximize(total.clone()).is_some() {
            self.offer(found, &system.values(self.high.len()));
        }
    }

    /// Depth first, lower counts first, on the first asset whose real count is not whole. The number of nodes is limited
    /// by the size of the problem; small problems are searched to the end.
    fn branch(&self, found: &mut Incumbent, total: &BigRational, enough: Option<u128>) {
        let nodes = (400_000 / self.shares.size()).clamp(50, 20_000);
        let root: Vec<_> = self.high.iter().map(|high| (0, *high)).collect();
        let zero = || (BigRational::zero(), BigRational::zero());
        let mut system = self.shares.system(root.iter().map(|_| zero()), None);
        let mut stack = vec![(root, total.clone())];
        for _ in 0..nodes {
            let Some((limits, start)) = stack.pop() else {
                break;
            };
            let target = enough.unwrap_or(0).max(found.total + 1);
            if whole(&start) < target {
                continue;
            }
            for (asset, (low, high)) in limits.iter().enumerate() {
                system.bound(asset, real(*low), real(*high));
            }
            let Some(optimum) = system.maximize(start) else {
                continue;
            };
            if whole(&optimum.parameter) < target {
                continue;
            }
            let values = system.values(limits.len());
            let Some(asset) = values.iter().position(|value| !value.is_integer()) else {
                self.offer(found, &values);
                if enough.is_some_and(|enough| found.total >= enough) {
                    return;
                }
                continue;
            };
            let below = values.get(asset).map_or(0, whole);
            let child = |low: u128, high: u128| {
                let mut limits = limits.clone();
                if let Some(limit) = limits.get_mut(asset) {
                    *limit = (limit.0.max(low), limit.1.min(high));
                }
                (limits, optimum.parameter.clone())
            };
            stack.push(child(below + 1, u128::MAX));
            stack.push(child(0, below));
        }
        if stack.is_empty() {
            let below = enough.map_or(0, |enough| enough.saturating_sub(1));
            found.bound = found.bound.min(found.total.max(below));
        }
    }
}
