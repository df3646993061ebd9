//! `covenant simulate`: what could be proved now, and how much room there is.

use crate::Outcome;
use crate::claim::{Inputs, WindowArgs};
use crate::codes::Code;
use crate::explain::held::{self, HeldShare};
use crate::explain::refusal::{self, BindingRule, COUNTED_DECIMALS, DEBT_DECIMALS, binding_rule};
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
use covenant_circuits::relation::{self, AssetValue, Totals};
use covenant_circuits::statement::Claim;
use covenant_prover::allocate;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const SIMULATE_HELP: &str = r#"Units: --debt is in whole units of the policy's quote currency, with up to six decimals; a ratio
is in percent (125%) or basis points (12500bps).

Example:
  covenant simulate --policy policy.json --prices prices.json --opening account/opening.json \
    --debt 4000000"#;

/// What could be proved now, and how much room there is; makes no proof.
///
/// The output is derived from secret holdings: keep it to yourself.
#[derive(Args, Debug)]
#[command(after_help = SIMULATE_HELP)]
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

/// Decimals of values (docs/spec.md, section 2).
const VALUE_DECIMALS: usize = 6;

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
        let claim = inputs.claim(WindowArgs::default(), self.debt, ratio, Context::of(""))?;
        let (mut text, mut output) = report(&claim)?;
        output.warnings = inputs.warnings();
        for warning in &output.warnings {
            text.push_str(&format!("\nwarning: {warning}"));
        }
        Report::new(output.code.map_or(Exit::Done, Code::exit), text, &output)
    }
}

fn totals(claim: &Claim) -> Result<Vec<Totals>, Failure> {
    relation::totals(&claim.policy, &claim.openings)
        .map_err(|e| refusal::unsatisfied(&e, &claim.policy))
}

/// What is held by asset, at base prices and without weights; nothing of it netted. Under a
/// complete policy it must have the policy's composition, whatever counts. Secret.
fn held_values(claim: &Claim) -> Result<Vec<AssetValue>, Failure> {
    let (policy, prices) = (&claim.policy, claim.statement.prices());
    let nothing = vec![0; policy.assets().len()];
    let values = relation::values(policy, prices, &totals(claim)?, &nothing)
        .map_err(|e| refusal::unsatisfied(&e, policy))?;
    Ok(values)
}

/// Every scenario of a claim at its ratios.
pub(crate) fn scenarios(claim: &Claim) -> Result<Vec<Scenario>, Failure> {
    let refuse = |e: &_| refusal::unsatisfied(e, &claim.policy);
    relation::check_openings(claim).map_err(|e| refuse(&e))?;
    let totals = totals(claim)?;
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
            window: claim.statement.window(),
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

/// The table and the JSON of a simulation.
pub(crate) fn report(claim: &Claim) -> Result<(String, SimulateOutput), Failure> {
    let scenarios = scenarios(claim)?;
    let policy = &claim.policy;
    let held = held_values(claim)?;
    let shares = held::shares(policy, &held);
    // No ratio and no choice of what counts mends it.
    let composed = relation::check_held(policy, &held);
    let covered = scenarios.iter().all(|s| s.covered) && composed.is_ok();
    let total: BigUint = held.iter().map(|v| BigUint::from(v.collateral)).sum();
    let provable = scenarios
        .first()
        .and_then(|base| largest_provable(claim, base.largest_ratio));
    let mut text = format!(
        "of the policy's assets {} {} are held, at these prices and without weights; what follows is of what counts\n\n{}",
        grouped(total.clone(), VALUE_DECIMALS),
        refusal::quote(policy),
        overview(&scenarios)
    );
    text.push_str(&held::section(&shares));
    if let Err(broken) = &composed {
        text.push_str(&format!("\n\nNOT PROVABLE AT ANY RATIO: {broken}"));
    }
    for s in &scenarios {
        text.push_str(&format!("\n\n{}", s.name));
        for rule in &s.binding {
            text.push_str(&format!("\n  {}", binding_rule(policy, rule).text));
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
    let scenarios = scenarios.iter().map(|s| scenario_output(policy, s));
    let output = SimulateOutput {
        covered,
        code: match &composed {
            Err(_) => Some(Code::HeldShare),
            Ok(()) => (!covered).then_some(Code::NotCovered),
        },
        held: plain(total, VALUE_DECIMALS),
        held_shares: shares,
        broken: composed.err().map(|broken| broken.to_string()),
        largest_provable_ratio_bps: provable.map(Ratio::bps),
        quote: policy.document().quote.clone(),
        policy: covenant_circuits::field::to_hex(&policy.digest()),
        accounts: claim.openings.len(),
        scenarios: scenarios.collect(),
        warnings: Vec::new(),
    };
    Ok((text, output))
}

/// What could be proved. Derived from secrets.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SimulateOutput {
    /// Whether every scenario is covered and every rule on held shares is met; `false` with exit
    /// code 1.
    covered: bool,
    /// Why not, for programs: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// What the accounts hold at these prices, without weights and before netting, in quote units.
    held: String,
    /// Under a complete policy: what it has rules about, and what a report shows, of what is held,
    /// whatever counts.
    held_shares: Vec<HeldShare>,
    /// The rule on held shares that is broken; nothing can be proved then.
    #[serde(skip_serializing_if = "Option::is_none")]
    broken: Option<String>,
    /// The largest ratio on the policy's grid that can be proved; null if there is none.
    largest_provable_ratio_bps: Option<u32>,
    /// The currency that values are in.
    quote: String,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// How many accounts are in the basket.
    accounts: usize,
    /// The base and the policy's scenarios.
    scenarios: Vec<ScenarioOutput>,
    /// Things that are allowed and probably not meant.
    warnings: Vec<String>,
}

/// A scenario. Values are in quote units, exact.
#[derive(Serialize, JsonSchema)]
struct ScenarioOutput {
    /// `base` or the policy's name of it.
    name: String,
    /// The most that counts.
    counted: String,
    /// What is owed, the public debt and the creditors' accounts.
    debt: String,
    /// The largest ratio that could be proved for it alone; null without debt.
    largest_ratio_bps: Option<u64>,
    /// The ratio that is required.
    required_ratio_bps: u32,
    /// The debt times that ratio.
    required: String,
    /// What counts less what is required, with its sign.
    headroom: String,
    /// Whether what counts is enough.
    covered: bool,
    /// What keeps more from counting.
    binding: Vec<BindingRule>,
    /// The smallest fall of all prices that would breach it; null if none would.
    breaking_drop_bps: Option<u16>,
}

fn scenario_output(policy: &Policy, s: &Scenario) -> ScenarioOutput {
    let (enough, headroom) = s.headroom();
    let sign = if enough { "" } else { "-" };
    ScenarioOutput {
        name: s.name.clone(),
        counted: plain(s.counted.clone(), COUNTED_DECIMALS),
        debt: plain(s.debt.clone(), DEBT_DECIMALS),
        largest_ratio_bps: s.largest_ratio,
        required_ratio_bps: s.required_ratio,
        required: plain(s.required(), COUNTED_DECIMALS),
        headroom: format!("{sign}{}", plain(headroom, COUNTED_DECIMALS)),
        covered: s.covered,
        binding: s.binding.iter().map(|b| binding_rule(policy, b)).collect(),
        breaking_drop_bps: s.breaking_drop,
    }
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
