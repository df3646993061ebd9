//! A simulation as a page for the owner of the secrets. What is made here is secret.

use super::{Room, VALUE_DECIMALS};
use crate::explain::coverage::{Coverage, Scenario, Step};
use crate::explain::held::HeldShare;
use crate::explain::refusal::{COUNTED_DECIMALS, DEBT_DECIMALS, binding_rule};
use crate::text::{self, plain};
use covenant_circuits::numbers::Ratio;
use covenant_circuits::relation::AssetValue;
use covenant_report::data::PolicyTerms;
use covenant_report::simulation::{self, Netted, SimulatedScenario};
use num_bigint::BigUint;

/// What a page shows beside the scenarios.
pub(super) struct Found<'a> {
    pub(super) prices_as_of: u64,
    pub(super) covered: bool,
    pub(super) broken: Option<String>,
    pub(super) largest: Option<Ratio>,
    pub(super) held: &'a [AssetValue],
    pub(super) shares: &'a [HeldShare],
}

/// The page's data.
pub(super) fn simulation(
    coverage: &Coverage<'_>,
    rooms: &[Room],
    found: &Found<'_>,
) -> covenant_report::Simulation {
    let policy = &coverage.claim.policy;
    let total: BigUint = found.held.iter().map(|v| BigUint::from(v.collateral)).sum();
    let scenarios = coverage.scenarios.iter().zip(rooms);
    covenant_report::Simulation {
        covenant: env!("CARGO_PKG_VERSION").into(),
        at: text::now(),
        prices_as_of: found.prices_as_of,
        policy: PolicyTerms::of(policy),
        covered: found.covered,
        broken: found.broken.clone(),
        largest_ratio_bps: found.largest.map(Ratio::bps),
        held: plain(total, VALUE_DECIMALS),
        accounts: coverage.claim.openings.len(),
        scenarios: scenarios
            .map(|(s, room)| scenario(coverage, s, room))
            .collect(),
        shares: found.shares.iter().map(share).collect(),
        netted: netted(coverage, found.held),
        warnings: Vec::new(),
    }
}

fn scenario(coverage: &Coverage<'_>, s: &Scenario, room: &Room) -> SimulatedScenario {
    let policy = &coverage.claim.policy;
    SimulatedScenario {
        name: s.name.clone(),
        counted: plain(s.total, COUNTED_DECIMALS),
        debt: plain(s.debt.clone(), DEBT_DECIMALS),
        ratio_bps: s.ratio(),
        required_ratio_bps: s.required_ratio,
        headroom: s.headroom(plain),
        covered: s.covered(),
        binding: s
            .binding
            .iter()
            .map(|rule| binding_rule(policy, rule).text)
            .collect(),
        breaking_drop_bps: room.breaking_drop,
        steps: coverage.waterfall(s).into_iter().map(step).collect(),
    }
}

fn step(step: Step) -> simulation::Step {
    simulation::Step {
        asset: step.asset,
        held: step.held,
        value: step.value,
        haircut: step.haircut,
        uncounted: step.uncounted,
        counted: step.counted,
    }
}

fn share(share: &HeldShare) -> simulation::HeldShare {
    let name = share.asset.as_ref().or(share.group.as_ref());
    simulation::HeldShare {
        name: name.cloned().unwrap_or_default(),
        held: share.held.clone(),
        share_bps: share.share_bps,
        min_bps: share.min_held_share_bps,
        max_bps: share.max_held_share_bps,
        holds: share.holds,
    }
}

/// The assets of which something is held and owed at once, and is netted.
fn netted(coverage: &Coverage<'_>, held: &[AssetValue]) -> Vec<Netted> {
    let assets = coverage.claim.policy.assets().iter();
    let values = held.iter().zip(coverage.values());
    let netted = assets
        .zip(values)
        .filter(|(_, (before, after))| before.collateral != after.collateral);
    netted
        .map(|(asset, (before, after))| Netted {
            asset: asset.symbol.clone(),
            before: plain(before.collateral, VALUE_DECIMALS),
            after: plain(after.collateral, VALUE_DECIMALS),
        })
        .collect()
}
