//! The choice of netting (S3), which all scenarios share, and with it the decision.
//!
//! Netting an amount takes it off both sides: a scenario loses what it would have counted and no longer has to cover
//! what was owed. Without share rules and with every ratio at least the asset's largest weight, netting everything is
//! best, exactly. Netting the rest r = min(T, L) - n removes one side. If that is the liability, ceil(r p) is no longer
//! owed and floor((T - n) p) - floor((T - n - r) p) <= ceil(r p) is lost; if it is the collateral, floor(r p) is lost and
//! ceil((L - n) p) - ceil((L - n - r) p) >= floor(r p) no longer owed. So no more value is lost than is no longer owed, and
//! its weight is at most the ratio. Share rules can make an asset worth more, as it lets others count; then the best may
//! be to net nothing or some amount in between.
//!
//! So: everything, then nothing, then every combination if there are few. Otherwise cutting planes: without S4's
//! rounding each scenario's margin is concave in the amounts netted, and its value and slope at a point bound it
//! everywhere; the largest margin that the bounds allow gives the next point. A negative bound proves that there is no
//! allocation; a point with no negative margin is rounded and decided in whole numbers.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{Signed, Zero};

use super::cuts::{Cut, largest_margin, real};
use super::problem::{Instance, Scenario};
use super::report::bindings;
use super::search::ScenarioSearch;
use super::shares::Shares;
use super::shortfall::{Clause, Shortfall};

/// Combinations of amounts netted that are simply all tried.
const COMBINATIONS: u128 = 1024;
/// Rounds of cutting planes.
const ROUNDS: usize = 80;

/// Choices that were checked, for every scenario of an instance.
pub(super) struct Decided {
    pub(super) netted: Vec<u128>,
    pub(super) scenarios: Vec<Covered>,
}

/// One scenario of them.
pub(super) struct Covered {
    /// Its index in the problem.
    pub(super) scenario: usize,
    pub(super) counted: Vec<u128>,
    /// The counted total C, at least what S7 requires.
    pub(super) total: u128,
}

/// The decision over a problem; keeps the failure that came closest.
struct Decision<'a> {
    instance: &'a Instance,
    shares: Shares,
    closest: Option<(BigInt, Shortfall)>,
    undecided: Option<Shortfall>,
}

/// Choices for every scenario of the instance.
pub(super) fn decide(instance: &Instance) -> Result<Decided, Shortfall> {
    let mut instance = instance.clone();
    let shares = Shares::new(&instance);
    if shares.vacuous() {
        net_where_best(&mut instance);
    }
    let (most, least) = (instance.netting(true), instance.netting(false));
    let mut decision = Decision {
        instance: &instance,
        shares,
        closest: None,
        undecided: None,
    };
    if let Some(decided) = decision.attempt(&most) {
        return Ok(decided);
    }
    if most != least {
        let mut sizes = most
            .iter()
            .zip(&least)
            .map(|(most, least)| (most - least).checked_add(1));
        let combinations = sizes.try_fold(1u128, |product, size| {
            Some(product.checked_mul(size?)?).filter(|p| *p <= COMBINATIONS)
        });
        let decided = match (decision.attempt(&least), combinations) {
            (Some(decided), _) => Some(decided),
            (None, Some(combinations)) => (1..combinations)
                .find_map(|number| decision.attempt(&combination(&instance, number))),
            (None, None) => decision.cutting_planes(),
        };
        if let Some(decided) = decided {
            return Ok(decided);
        }
    }
    let closest = decision.closest.map(|(_, shortfall)| shortfall);
    Err(decision
        .undecided
        .or(closest)
        .unwrap_or(Shortfall::Undecided {
            scenario: 0,
            required: BigUint::zero(),
            counted: 0,
            bound: 0,
        }))
}

/// Nets everything of the assets for which the proof above says that it is best.
fn net_where_best(instance: &mut Instance) {
    let scenarios = instance.scenarios.clone();
    for (index, asset) in instance.assets.iter_mut().enumerate() {
        let weight = BigUint::from(asset.schedule.heaviest());
        let moves = |scenario: &Scenario| {
            scenario
                .multipliers
                .get(index)
                .is_some_and(|multiplier| *multiplier > 0)
        };
        if scenarios
            .iter()
            .all(|scenario| scenario.ratio >= weight || !moves(scenario))
        {
            asset.netting.0 = asset.netting.1;
        }
    }
}

/// The combination of amounts with a number, in mixed base.
fn combination(instance: &Instance, mut number: u128) -> Vec<u128> {
    let digit = |(least, most): (u128, u128)| {
        let size = most - least + 1;
        let digit = number % size;
        number /= size;
        least + digit
    };
    instance
        .assets
        .iter()
        .map(|asset| asset.netting)
        .map(digit)
        .collect()
}

impl Decision<'_> {
    /// Decides at one netting. Keeps the failure with the least missing in its worst scenario.
    fn attempt(&mut self, netted: &[u128]) -> Option<Decided> {
        let mut scenarios = Vec::with_capacity(self.instance.scenarios.len());
        let mut worst: Option<(BigInt, Shortfall)> = None;
        let mut undecided = None;
        for scenario in &self.instance.scenarios {
            let required = self.instance.required(netted, scenario);
            let search = ScenarioSearch::new(self.instance, &self.shares, netted, scenario);
            let found = search.search(Some(&required));
            if BigUint::from(found.total) >= required {
                scenarios.push(Covered {
                    scenario: scenario.index,
                    counted: found.counted,
                    total: found.total,
                });
                continue;
            }
            let missing = &required - found.total;
            if BigUint::from(found.bound) >= required {
                undecided = Some(Shortfall::Undecided {
                    scenario: scenario.index,
                    required,
                    counted: found.total,
                    bound: found.bound,
                });
            } else if worst
                .as_ref()
                .is_none_or(|(most, _)| *most < missing.clone().into())
            {
                let clause = if BigUint::from(search.unshared()) >= required {
                    Clause::S6
                } else {
                    Clause::S7
                };
                let binding = bindings(&search, &found);
                let (scenario, counted) = (scenario.index, found.total);
                let order = missing.clone().into();
                worst = Some((
                    order,
                    Shortfall::Uncovered {
                        clause,
                        scenario,
                        required,
                        counted,
                        missing,
                        binding,
                    },
                ));
            }
        }
        match worst {
            Some(worst)
                if self
                    .closest
                    .as_ref()
                    .is_none_or(|closest| worst.0 < closest.0) =>
            {
                self.closest = Some(worst)
            }
            Some(_) => {}
            None if undecided.is_some() => self.undecided = undecided,
            None => {
                return Some(Decided {
                    netted: netted.to_vec(),
                    scenarios,
                });
            }
        }
        None
    }

    fn cutting_planes(&mut self) -> Option<Decided> {
        let mut netted: Vec<_> = self.instance.netting(true).into_iter().map(real).collect();
        let mut cuts = Vec::new();
        let mut best: Option<BigRational> = None;
        let mut last: Option<BigRational> = None;
        for _ in 0..ROUNDS {
            let found: Vec<_> = self
                .instance
                .scenarios
                .iter()
                .map(|scenario| Cut::new(self.instance, &self.shares, scenario, &netted))
                .collect();
            let margin = found.iter().map(|cut| cut.at(&netted)).min()?;
            if !margin.is_negative()
                && let Some(decided) = self.round(&netted)
            {
                return Some(decided);
            }
            best = best.into_iter().chain([margin]).max();
            // Only cuts below the last bound can lower it.
            cuts.extend(
                found
                    .into_iter()
                    .filter(|cut| last.as_ref().is_none_or(|last| cut.at(&netted) < *last)),
            );
            let (bound, next) = largest_margin(self.instance, &cuts, last.clone())?;
            if bound.is_negative() {
                self.undecided = None;
                return None;
            }
            // A bound at any point holds everywhere, and short numbers keep the next rounds short.
            let next: Vec<_> = next
                .iter()
                .map(|n| (n * real(1u64 << 32)).round() / real(1u64 << 32))
                .collect();
            let repeated = next == netted;
            netted = next;
            if repeated || best.as_ref().is_some_and(|best| *best >= bound) {
                break;
            }
            last = Some(bound);
        }
        let decided = self.round(&netted);
        if decided.is_none() && self.undecided.is_none() {
            // A netting may exist between the ones tried: say so, with the figures of the closest.
            if let Some((
                _,
                Shortfall::Uncovered {
                    scenario,
                    required,
                    counted,
                    ..
                },
            )) = &self.closest
            {
                let (scenario, required, counted) = (*scenario, required.clone(), *counted);
                self.undecided = Some(Shortfall::Undecided {
                    scenario,
                    required,
                    counted,
                    bound: u128::MAX,
                });
            }
        }
        decided
    }

    /// Whole amounts around real ones: all down, all up, all to the nearest.
    fn round(&mut self, netted: &[BigRational]) -> Option<Decided> {
        let mut tried: Vec<Vec<u128>> = Vec::new();
        for rounding in [BigRational::floor, BigRational::ceil, BigRational::round] {
            let whole = netted.iter().zip(&self.instance.assets).map(|(n, asset)| {
                let (least, most) = asset.netting;
                u128::try_from(rounding(n).to_integer())
                    .unwrap_or(least)
                    .clamp(least, most)
            });
            let whole: Vec<_> = whole.collect();
            if !tried.contains(&whole) {
                if let Some(decided) = self.attempt(&whole) {
                    return Some(decided);
                }
                tried.push(whole);
            }
        }
        None
    }
}
