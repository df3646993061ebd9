//! What counts in each scenario, and for each asset how much of what is held that is. For the
//! prover's own eyes.

use super::refusal::{self, COUNTED_DECIMALS, quote};
use crate::outcome::Failure;
use crate::table::table;
use crate::text::{self, grouped, percent, plain};
use covenant_allocation::{Binding, Problem, Shortfall, largest_counted};
use covenant_circuits::numbers::ONE_IN_BPS;
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::{self, AssetValue, Totals, Unsatisfied};
use covenant_circuits::statement::Claim;
use covenant_prover::allocate;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

/// A claim's scenarios, all at the same netting, as a proof would have them (S3).
pub(crate) struct Coverage<'a> {
    pub(crate) claim: &'a Claim,
    pub(crate) problem: Problem,
    pub(crate) scenarios: Vec<Scenario>,
    totals: Vec<Totals>,
    /// Of what is left after netting.
    values: Vec<AssetValue>,
    /// Whether some allocation satisfies S3 to S7.
    pub(crate) covered: bool,
}

/// One scenario's figures. Secret.
pub(crate) struct Scenario {
    pub(crate) name: String,
    /// Its index, 0 for the base.
    index: usize,
    /// The most that counts, in 10^-14 quote units.
    pub(crate) total: u128,
    /// The same by asset.
    counted: Vec<u128>,
    /// In 10^-10 quote units.
    pub(crate) debt: BigUint,
    pub(crate) required_ratio: u32,
    pub(crate) binding: Vec<Binding>,
}

impl Scenario {
    pub(crate) fn required(&self) -> BigUint {
        &self.debt * self.required_ratio
    }

    pub(crate) fn covered(&self) -> bool {
        BigUint::from(self.total) >= self.required()
    }

    /// Counted less required, with its sign, in quote units.
    pub(crate) fn headroom(&self, show: fn(BigUint, usize) -> String) -> String {
        let (counted, required) = (BigUint::from(self.total), self.required());
        match self.covered() {
            true => show(counted - required, COUNTED_DECIMALS),
            false => format!("-{}", show(required - counted, COUNTED_DECIMALS)),
        }
    }

    /// What counts over what is owed, in basis points, rounded down; none without debt.
    pub(crate) fn ratio(&self) -> Option<u64> {
        if self.debt == BigUint::ZERO {
            return None;
        }
        let bps = BigUint::from(self.total) / &self.debt;
        Some(u64::try_from(bps).unwrap_or(u64::MAX))
    }
}

impl<'a> Coverage<'a> {
    /// The figures of a claim whose openings are those of its commitments, true or false. The
    /// netting is that of an allocation which satisfies it, else as much as may be netted.
    pub(crate) fn of(claim: &'a Claim) -> Result<Self, Failure> {
        let policy = &claim.policy;
        let refuse = |e: &_| refusal::unsatisfied(e, policy);
        let allocation = match allocate::find_allocation(claim) {
            Ok(allocation) => Some(allocation),
            Err(allocate::Refused::Shortfall(
                Shortfall::Uncovered { .. } | Shortfall::Undecided { .. },
            )) => None,
            Err(other) => return Err(refusal::refused(&other, policy)),
        };
        let totals = relation::totals(policy, &claim.openings).map_err(|e| refuse(&e))?;
        let problem = allocate::problem(claim, &totals);
        let covered = allocation.is_some();
        let netted = allocation.map_or_else(|| full(&problem), |found| found.netted);
        let prices = claim.statement.prices();
        let values = relation::values(policy, prices, &totals, &netted).map_err(|e| refuse(&e))?;
        let scenarios = (0..policy.scenarios()).map(|j| {
            let largest = largest_counted(&problem, &netted, j)?;
            Ok(Scenario {
                name: policy.scenario_name(j).into(),
                index: j,
                total: largest.total,
                counted: largest.counted,
                debt: relation::obligations(claim, &values, j),
                required_ratio: relation::required_ratio(claim, j),
                binding: largest.binding,
            })
        });
        let scenarios = scenarios.collect::<Result<_, _>>();
        Ok(Self {
            scenarios: scenarios.map_err(|e| refusal::shortfall(&e, policy))?,
            claim,
            problem,
            totals,
            values,
            covered,
        })
    }

    /// What is held by asset, at base prices and without weights; nothing of it netted. Under a
    /// complete policy it must have the policy's composition, whatever counts. Secret.
    pub(crate) fn held(&self) -> Result<Vec<AssetValue>, Failure> {
        held(self.claim, &self.totals).map_err(|e| refusal::unsatisfied(&e, &self.claim.policy))
    }

    /// What is left by asset after netting, at base prices. Secret.
    pub(crate) fn values(&self) -> &[AssetValue] {
        &self.values
    }

    pub(crate) fn totals(&self) -> &[Totals] {
        &self.totals
    }

    /// The scenario with the least headroom for its size: of those that are not covered the one
    /// that misses most, else the one that is nearest to it.
    pub(crate) fn tightest(&self) -> Option<&Scenario> {
        let owing = self
            .scenarios
            .iter()
            .filter(|s| s.required() > BigUint::ZERO);
        owing.min_by(|a, b| {
            let (left, right) = (b.required() * a.total, a.required() * b.total);
            left.cmp(&right)
        })
    }

    /// What becomes of each asset of which there is some, in a scenario.
    pub(crate) fn waterfall(&self, scenario: &Scenario) -> Vec<Step> {
        let policy = &self.claim.policy;
        let assets = policy.assets().iter().enumerate();
        let rows = assets.zip(&self.totals).zip(&self.values);
        let rows = rows
            .zip(&scenario.counted)
            .map(|(((row, totals), value), counted)| {
                (row, totals.collateral, value.collateral, *counted)
            });
        let step = |((a, asset), amount, value, counted): ((usize, &_), u128, u128, u128)| {
            let asset: &covenant_circuits::policy::Asset = asset;
            let multiplier = relation::multiplier(self.claim, scenario.index, a);
            let worth = BigUint::from(value) * multiplier * ONE_IN_BPS;
            let line = relation::most_counted(asset, value, multiplier);
            let figure = |n: BigUint| plain(n, COUNTED_DECIMALS);
            Step {
                asset: asset.symbol.clone(),
                held: plain(amount, asset.decimals as usize),
                haircut: figure(&worth - line),
                value: figure(worth),
                uncounted: figure(BigUint::from(line.saturating_sub(counted))),
                counted: figure(counted.into()),
            }
        };
        let held = rows.filter(|(_, amount, ..)| *amount > 0);
        held.map(step).collect()
    }
}

/// The values of these totals at base prices, nothing of them netted.
pub(crate) fn held(claim: &Claim, totals: &[Totals]) -> Result<Vec<AssetValue>, Unsatisfied> {
    let nothing = vec![0; totals.len()];
    relation::values(&claim.policy, claim.statement.prices(), totals, &nothing)
}

/// As much netted as S3 allows.
fn full(problem: &Problem) -> Vec<u128> {
    let assets = problem.assets.iter();
    let netted = assets.map(|a| u128::from(a.netting) * a.collateral.min(a.liability));
    netted.collect()
}

/// What becomes of an asset in a scenario: `value` less `haircut` less `uncounted` is `counted`.
/// Quote units, exact. Derived from secrets.
#[derive(Serialize, JsonSchema, Debug)]
pub(crate) struct Step {
    /// The asset's symbol.
    pub(crate) asset: String,
    /// What is held of it, in whole units.
    pub(crate) held: String,
    /// Its value at the scenario's prices, after netting.
    pub(crate) value: String,
    /// What the weights of its tiers take off.
    pub(crate) haircut: String,
    /// What the share rules keep from counting.
    pub(crate) uncounted: String,
    /// What counts.
    pub(crate) counted: String,
}

/// A waterfall as a table.
pub(crate) fn waterfall_table(policy: &Policy, steps: &[Step]) -> String {
    let quote = quote(policy);
    let header = ["asset", "held", "value", "haircut", "uncounted", "counted"];
    let mut rows = table(header, 1..6);
    for step in steps {
        let figures = [&step.value, &step.haircut, &step.uncounted, &step.counted];
        let [value, haircut, uncounted, counted] = figures.map(|text| text::cents(text));
        rows.add_row([
            step.asset.clone(),
            text::grouped_exact(&step.held),
            value,
            haircut,
            uncounted,
            counted,
        ]);
    }
    format!(
        "{rows}\nheld in whole units, the others in {quote}; haircut: what the weights take off; uncounted: what the share rules keep out"
    )
}

/// Every scenario in a line.
pub(crate) fn overview(scenarios: &[Scenario]) -> comfy_table::Table {
    let header = [
        "scenario", "counted", "debt", "ratio", "required", "headroom", "",
    ];
    let mut table = table(header, 1..6);
    for s in scenarios {
        table.add_row([
            s.name.clone(),
            grouped(s.total, COUNTED_DECIMALS),
            grouped(s.debt.clone(), super::refusal::DEBT_DECIMALS),
            s.ratio().map_or("no debt".into(), percent),
            percent(s.required_ratio),
            s.headroom(grouped),
            if s.covered() {
                "covered"
            } else {
                "NOT COVERED"
            }
            .into(),
        ]);
    }
    table
}
