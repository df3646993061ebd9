//! `covenant simulate`: what could be proved now, and how much room there is.

use crate::Outcome;
use crate::claim::Inputs;
use crate::explain::refusal::{self, COUNTED_DECIMALS, DEBT_DECIMALS, binding, binding_json};
use crate::outcome::{Exit, Failure, Report};
use crate::table::table;
use crate::text::{debt, grouped, percent, plain, ratio};
use clap::Args;
use comfy_table::Table;
use covenant_allocation::{
    Binding, Problem, Shortfall, breaking_drop_bps, largest_counted, largest_ratio,
};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{ONE_IN_BPS, RATIO_BITS, Ratio, VALUE_DIVISOR, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation;
use covenant_circuits::statement::Claim;
use covenant_prover::allocate;
use num_bigint::BigUint;
use serde_json::json;
use std::path::PathBuf;

/// What could be proved now, and how much room there is; makes no proof.
///
/// The output is derived from secret holdings: keep it to yourself.
#[derive(Args, Debug)]
pub(crate) struct Simulate {
    /// The policy
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The prices
    #[arg(long, value_name = "FILE")]
    prices: PathBuf,
    /// The openings of every account in the basket
    #[arg(long = "opening", value_name = "FILE", required = true, num_args = 1..)]
    openings: Vec<PathBuf>,
    /// Debt beside the creditors' accounts, in quote units such as 1000000.50
    #[arg(long, value_name = "N", default_value = "0", value_parser = debt)]
    debt: Value,
    /// The base ratio that is wanted [default: the policy's smallest]
    #[arg(long, value_name = "RATIO", value_parser = ratio)]
    ratio: Option<Ratio>,
}

/// One scenario's figures. Secret.
pub(crate) struct Scenario {
    name: String,
    /// In 10^-14 quote units.
    counted: BigUint,
    /// In 10^-10 quote units.
    debt: BigUint,
    largest_ratio: Option<u64>,
    required_ratio: u32,
    pub(crate) covered: bool,
    binding: Vec<Binding>,
    breaking_drop: Option<u16>,
}

impl Scenario {
    fn required(&self) -> BigUint {
        &self.debt * self.required_ratio
    }

    /// Counted less required, with its sign.
    fn headroom(&self) -> (bool, BigUint) {
        let required = self.required();
        if self.counted >= required {
            (true, &self.counted - required)
        } else {
            (false, required - &self.counted)
        }
    }
}

impl Simulate {
    pub(crate) fn run(self) -> Outcome {
        let inputs = Inputs::read(&self.policy, &self.prices, &self.openings, &[])?;
        let ratio = self.ratio.unwrap_or(inputs.policy.min_ratio());
        let claim = inputs.claim(self.debt, ratio, Context::of(""))?;
        let mut report = report(&claim)?;
        let warnings = inputs.warnings();
        for warning in &warnings {
            report.text.push_str(&format!("\nwarning: {warning}"));
        }
        if let Some(object) = report.json.as_object_mut() {
            object.insert("warnings".into(), json!(warnings));
        }
        Ok(report)
    }
}

/// Every scenario of a claim at its ratios.
pub(crate) fn scenarios(claim: &Claim) -> Result<Vec<Scenario>, Failure> {
    let refuse = |e: &_| refusal::unsatisfied(e, &claim.policy);
    relation::check_openings(claim).map_err(|e| refuse(&e))?;
    let totals = relation::totals(claim).map_err(|e| refuse(&e))?;
    let problem = allocate::problem(claim, &totals);
    let full: Vec<u128> = problem
        .assets
        .iter()
        .map(|a| {
            if a.netting {
                a.collateral.min(a.liability)
            } else {
                0
            }
        })
        .collect();
    (0..claim.policy.scenarios())
        .map(|j| scenario(claim, &problem, &full, j))
        .collect::<Result<_, _>>()
        .map_err(|e| refusal::shortfall(&e, &claim.policy))
}

fn scenario(
    claim: &Claim,
    problem: &Problem,
    netted: &[u128],
    j: usize,
) -> Result<Scenario, Shortfall> {
    let largest = largest_counted(problem, netted, j)?;
    let debt = owed(problem, netted, j);
    let ratio = largest_ratio(problem, j)?;
    let required_ratio = relation::required_ratio(claim, j);
    let breaking_drop = breaking_drop_bps(problem, Some(j)).unwrap_or_default();
    Ok(Scenario {
        name: claim.policy.scenario_name(j).into(),
        counted: largest.total.into(),
        covered: ratio.is_none_or(|r| r >= required_ratio.into()),
        largest_ratio: ratio,
        required_ratio,
        debt,
        binding: largest.binding,
        breaking_drop,
    })
}

/// `10^4 * public debt + sum o_a * m` (S7), in 10^-10 quote units.
fn owed(problem: &Problem, netted: &[u128], j: usize) -> BigUint {
    let divisor = BigUint::from(VALUE_DIVISOR);
    let liabilities = problem.assets.iter().zip(netted).map(|(asset, n)| {
        let product = BigUint::from(asset.liability.saturating_sub(*n)) * asset.price;
        let value = (product + &divisor - 1u32) / &divisor;
        value * asset.multipliers.get(j).copied().unwrap_or(0)
    });
    BigUint::from(problem.public_debt) * ONE_IN_BPS + liabilities.sum::<BigUint>()
}

/// The largest ratio on the policy's grid at which the whole claim holds.
pub(crate) fn largest_provable(claim: &Claim, base: Option<u64>) -> Option<Ratio> {
    let (min, step) = (
        claim.policy.document().min_ratio_bps,
        claim.policy.document().ratio_step_bps,
    );
    let top = base.unwrap_or(u64::MAX).min((1 << RATIO_BITS) - 1) as u32;
    let mut ratio = min.checked_add(top.checked_sub(min)? / step * step)?;
    // Netting is chosen once for all scenarios, so the base's own largest ratio can be out
    // of reach by a step.
    for _ in 0..4 {
        let parts = covenant_circuits::statement::ClaimParts {
            subject: claim.statement.subject(),
            as_of: claim.statement.as_of(),
            public_debt: claim.statement.public_debt(),
            ratio: Ratio::new(ratio).ok()?,
            context: claim.statement.context(),
            prices: claim.statement.prices().to_vec(),
        };
        let tried = Claim::new(claim.policy.clone(), claim.openings.clone(), parts).ok()?;
        if allocate::satisfy(tried).is_ok() {
            return Ratio::new(ratio).ok();
        }
        ratio = ratio.checked_sub(step).filter(|r| *r >= min)?;
    }
    None
}

/// The table and the JSON of a simulation; exit 1 where a scenario is not covered.
pub(crate) fn report(claim: &Claim) -> Result<Report, Failure> {
    let scenarios = scenarios(claim)?;
    let policy = &claim.policy;
    let covered = scenarios.iter().all(|s| s.covered);
    let provable = scenarios
        .first()
        .and_then(|base| largest_provable(claim, base.largest_ratio));
    let mut text = overview(&scenarios).to_string();
    for s in &scenarios {
        text.push_str(&format!("\n\n{}", s.name));
        for rule in &s.binding {
            text.push_str(&format!("\n  {}", binding(policy, rule)));
        }
        text.push_str(&match (s.covered, s.breaking_drop) {
            (true, Some(drop)) => format!(
                "\n  a fall of all prices by {} would breach it",
                percent(drop)
            ),
            (true, None) => "\n  no fall of prices would breach it".into(),
            (false, _) => "\n  not covered".into(),
        });
    }
    text.push_str(&format!(
        "\n\nvalues in {}; {}",
        refusal::quote(policy),
        match (covered, provable) {
            (_, Some(ratio)) => format!(
                "the largest ratio on the policy's grid that can be proved now is {}",
                percent(ratio.bps())
            ),
            (true, None) => "no ratio on the policy's grid can be proved now".into(),
            (false, None) => "nothing can be proved now".into(),
        }
    ));
    let json = json!({
        "covered": covered,
        "largest_provable_ratio_bps": provable.map(Ratio::bps),
        "quote": policy.document().quote,
        "policy": covenant_circuits::field::to_hex(&policy.digest()),
        "accounts": claim.openings.len(),
        "scenarios": scenarios.iter().map(|s| scenario_json(policy, s)).collect::<Vec<_>>(),
    });
    Ok(Report {
        text,
        json,
        exit: if covered { Exit::Done } else { Exit::False },
    })
}

fn scenario_json(policy: &Policy, s: &Scenario) -> serde_json::Value {
    let (enough, headroom) = s.headroom();
    let sign = if enough { "" } else { "-" };
    json!({
        "name": s.name,
        "counted": plain(s.counted.clone(), COUNTED_DECIMALS),
        "debt": plain(s.debt.clone(), DEBT_DECIMALS),
        "largest_ratio_bps": s.largest_ratio,
        "required_ratio_bps": s.required_ratio,
        "required": plain(s.required(), COUNTED_DECIMALS),
        "headroom": format!("{sign}{}", plain(headroom, COUNTED_DECIMALS)),
        "covered": s.covered,
        "binding": s.binding.iter().map(|b| binding_json(policy, b)).collect::<Vec<_>>(),
        "breaking_drop_bps": s.breaking_drop,
    })
}

fn overview(scenarios: &[Scenario]) -> Table {
    let header = [
        "scenario", "counted", "debt", "ratio", "required", "headroom", "",
    ];
    let mut table = table(header, 1..6);
    for s in scenarios {
        let (enough, headroom) = s.headroom();
        let sign = if enough { "" } else { "-" };
        table.add_row([
            s.name.clone(),
            grouped(s.counted.clone(), COUNTED_DECIMALS),
            grouped(s.debt.clone(), DEBT_DECIMALS),
            s.largest_ratio.map_or("no debt".into(), percent),
            percent(s.required_ratio),
            format!("{sign}{}", grouped(headroom, COUNTED_DECIMALS)),
            if s.covered { "covered" } else { "NOT COVERED" }.into(),
        ]);
    }
    table
}
