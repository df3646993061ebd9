//! Questions beside the decision: the most that can count, the largest ratio, the largest price drop.

use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};

use super::netting::decide;
use super::problem::{Instance, Problem};
use super::search::{Incumbent, ScenarioSearch};
use super::shares::{Rule, Shares};
use super::shortfall::{Quantity, Shortfall};
use crate::ranges::ONE_IN_BPS;
use std::fmt;

/// A rule that keeps the counted total from being larger.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Binding {
    /// The asset counts up to its largest share.
    AssetShare {
        /// Index of the asset.
        asset: usize,
    },
    /// The group counts up to its largest share.
    GroupCap {
        /// Number of the group, 0 to 14.
        group: usize,
    },
    /// The group's smallest share keeps others from counting.
    GroupFloor {
        /// Number of the group, 0 to 14.
        group: usize,
    },
    /// All that the asset is worth counts; more of it would count, and its next unit would fall in this tier.
    Tier {
        /// Index of the asset.
        asset: usize,
        /// 0 to 3.
        tier: usize,
    },
}

/// The most that one scenario can count at a given netting.
#[derive(Clone, PartialEq, Eq)]
pub struct LargestCounted {
    /// Counted total C of S6, in 10^-14 of the quote currency, below 2^126.
    pub total: u128,
    /// An upper bound on every allocation's total; equal to `total` where that is proved to be the largest.
    pub bound: u128,
    /// `c_a` of S5 for each asset, in 10^-14 of the quote currency.
    pub counted: Vec<u128>,
    /// What limits the total. The rules are those of the real optimum, and together they imply the bound.
    pub binding: Vec<Binding>,
}

impl fmt::Debug for LargestCounted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LargestCounted").finish_non_exhaustive()
    }
}

/// The rules in the certificate for a bound; if everything counts in full, every asset's own value.
pub(super) fn bindings(search: &ScenarioSearch<'_>, found: &Incumbent) -> Vec<Binding> {
    let tier = |asset: usize| {
        let most = search.most.get(asset);
        most.map(|(_, tier)| Binding::Tier { asset, tier: *tier })
    };
    let Some(rules) = &found.binding_rules else {
        return (0..search.most.len()).filter_map(tier).collect();
    };
    let rules = rules.iter().filter_map(|(rule, _)| match *rule {
        Rule::Limit(asset) => tier(asset),
        Rule::Share(asset) => Some(Binding::AssetShare { asset }),
        Rule::GroupCap(group) => Some(Binding::GroupCap { group }),
        Rule::GroupFloor(group) => Some(Binding::GroupFloor { group }),
    });
    rules.collect()
}

/// The largest counted total of one scenario at the given netting (base units, one number for each asset), whatever
/// its ratio requires.
///
/// # Errors
/// [`Shortfall::OutOfRange`] for inputs out of range, among them netting that S3 forbids or that is missing, and
/// [`Shortfall::ValueOverflow`] if no netting, or [`Shortfall::OutOfRange`] if not this one, keeps S4 in range.
pub fn largest_counted(
    problem: &Problem,
    netted: &[u128],
    scenario: usize,
) -> Result<LargestCounted, Shortfall> {
    let instance = Instance::new(problem, Some(scenario))?;
    let allowed = instance
        .assets
        .iter()
        .zip(netted)
        .position(|(asset, n)| *n < asset.netting.0 || *n > asset.netting.1);
    let Some(wanted) = instance
        .scenarios
        .first()
        .filter(|_| allowed.is_none() && netted.len() == instance.assets.len())
    else {
        return Err(Shortfall::OutOfRange {
            quantity: Quantity::Netting,
            asset: allowed,
        });
    };
    let shares = Shares::new(&instance);
    let search = ScenarioSearch::new(&instance, &shares, netted, wanted);
    let found = search.search(None);
    Ok(LargestCounted {
        total: found.total,
        bound: found.bound,
        binding: bindings(&search, &found),
        counted: found.counted,
    })
}

/// The largest whole ratio in basis points at which one scenario alone can be covered, whatever its ratio in the
/// problem; netting is chosen for it. None if nothing is owed after netting, so that every ratio is covered. At most
/// `u64::MAX`. Where the search cannot decide a ratio, that ratio counts as not covered.
///
/// # Errors
/// [`Shortfall::OutOfRange`] and [`Shortfall::ValueOverflow`].
pub fn largest_ratio(problem: &Problem, scenario: usize) -> Result<Option<u64>, Shortfall> {
    let mut instance = Instance::new(problem, Some(scenario))?;
    let Some(wanted) = instance.scenarios.first() else {
        return Ok(None);
    };
    if instance.owed(&instance.netting(true), wanted).is_zero() {
        return Ok(None);
    }
    let shares = Shares::new(&instance);
    let mut reached = 0;
    for netted in [instance.netting(true), instance.netting(false)] {
        let total = ScenarioSearch::new(&instance, &shares, &netted, wanted)
            .search(None)
            .total;
        reached = reached.max(quotient(total, &instance.owed(&netted, wanted)));
    }
    let mut covers = |ratio: u64| {
        let wanted = instance.scenarios.first_mut()?;
        wanted.ratio = BigUint::from(ratio);
        let index = wanted.index;
        let decided = decide(&instance).ok()?;
        let found = decided
            .scenarios
            .iter()
            .find(|scenario| scenario.scenario == index)?;
        let owed = instance.owed(&decided.netted, instance.scenarios.first()?);
        Some(quotient(found.total, &owed).max(ratio))
    };
    // Double the step until a ratio fails, then halve the gap.
    let mut step = 1u64;
    let mut failing = loop {
        let Some(next) = reached.checked_add(step) else {
            return Ok(Some(reached));
        };
        let Some(ratio) = covers(next) else {
            break next;
        };
        reached = ratio;
        step = step.saturating_mul(2);
    };
    while failing - reached > 1 {
        let middle = reached + (failing - reached) / 2;
        match covers(middle) {
            // Rounding could in principle let a larger ratio through where a smaller one was not found.
            Some(ratio) => reached = ratio.min(failing - 1),
            None => failing = middle,
        }
    }
    Ok(Some(reached))
}

fn quotient(total: u128, owed: &BigUint) -> u64 {
    if owed.is_zero() {
        u64::MAX
    } else {
        (BigUint::from(total) / owed).to_u64().unwrap_or(u64::MAX)
    }
}

/// The smallest whole drop of all prices, in basis points, at which one scenario (or any, for `None`) can no longer be
/// covered at its ratio in the problem. None if even worthless assets leave it covered, that is without public debt.
///
/// Every price becomes `floor(price x (10^4 - drop) / 10^4)`, **of liabilities in kind too**: they fall with the assets
/// they are owed in, while public debt stays. Tier widths stay. Apart from rounding, coverage once lost stays lost (the
/// margin is concave in the price level and not positive at zero), so the drop is found by bisection: it fails there
/// and holds one basis point before.
///
/// # Errors
/// The shortfall at today's prices, if there is one already.
pub fn breaking_drop_bps(
    problem: &Problem,
    scenario: Option<usize>,
) -> Result<Option<u16>, Shortfall> {
    let holds = |drop: u16| {
        let mut dropped = problem.clone();
        for asset in &mut dropped.assets {
            let price = BigUint::from(asset.price) * (ONE_IN_BPS - drop) / ONE_IN_BPS;
            asset.price = price.to_u128().unwrap_or(asset.price);
        }
        decide(&Instance::new(&dropped, scenario)?)
    };
    holds(0)?;
    let (mut holding, mut failing) = (0, ONE_IN_BPS);
    if holds(failing).is_ok() {
        return Ok(None);
    }
    while failing - holding > 1 {
        let middle = holding + (failing - holding) / 2;
        if holds(middle).is_ok() {
            holding = middle
        } else {
            failing = middle
        }
    }
    Ok(Some(failing))
}
