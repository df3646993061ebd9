//! `covenant simulate`: what could be proved now, and how much room there is.

mod page;

use super::prove::ShapeChoice;
use crate::Outcome;
use crate::claim::{self, Inputs, WindowArgs};
use crate::codes::Code;
use crate::explain::coverage::{Coverage, Scenario, Step, overview, waterfall_table};
use crate::explain::held::{self, HeldShare};
use crate::explain::refusal::{self, BindingRule, COUNTED_DECIMALS, DEBT_DECIMALS, binding_rule};
use crate::explain::remedy::{self, Remedies};
use crate::files::{self, Kind};
use crate::outcome::{Exit, Failure, Report};
use crate::text::{debt, grouped, percent, plain, ratio};
use clap::Args;
use covenant_allocation::{Shortfall, breaking_drop_bps, largest_ratio};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::relation;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::Claim;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;
use zeroize::Zeroizing;

/// What `--help` ends with.
const SIMULATE_HELP: &str = r#"Units: --debt is in whole units of the policy's quote currency, with up to six decimals; a ratio
is in percent (125%) or basis points (12500bps).

Example:
  covenant simulate --policy policy.json --prices prices.json --opening account/opening.json \
    --debt 4000000
  covenant simulate --policy policy.json --prices prices.json --opening account/opening.json \
    --debt 4000000 --html secret.html"#;

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
    #[arg(long, value_name = "N", default_value = "0", value_parser = debt, allow_negative_numbers = true)]
    debt: Value,
    /// The base ratio that is wanted [default: the policy's smallest]
    #[arg(long, value_name = "RATIO", value_parser = ratio)]
    ratio: Option<Ratio>,
    /// The circuit that a proof would use, as of covenant prove
    #[arg(long, value_name = "SHAPE", default_value = "auto")]
    shape: ShapeChoice,
    /// Write the simulation as a page too, for your eyes alone: a new file, readable by you only
    #[arg(long, value_name = "FILE.html")]
    html: Option<PathBuf>,
}

/// Decimals of values (docs/spec.md, section 2).
const VALUE_DECIMALS: usize = 6;

impl Simulate {
    pub(crate) fn run(self) -> Outcome {
        if let Some(path) = &self.html {
            files::check_target(path, Kind::Secret, "")?;
        }
        let inputs = Inputs::read(&self.policy, &self.prices, &self.openings, &[])?;
        let ratio = self.ratio.unwrap_or(inputs.policy.min_ratio());
        let claim = inputs.claim(WindowArgs::default(), self.debt, ratio, Context::of(""))?;
        // What prove would refuse is refused here too, whatever the figures are.
        claim::check_grid(&claim)?;
        let shape = self.shape.of(&claim)?;
        let Simulated {
            mut text,
            mut output,
            mut page,
        } = report(&claim, shape, inputs.prices.prices().as_of)?;
        output.warnings = inputs.warnings();
        for warning in &output.warnings {
            text.push_str(&format!("\nwarning: {warning}"));
        }
        if let Some(path) = &self.html {
            page.warnings.clone_from(&output.warnings);
            let page = covenant_report::simulation_html(&page);
            let page = page.map_err(|e| Failure::new(Code::Internal, e))?;
            files::write(path, &Zeroizing::new(page), Kind::Secret)?;
            text.push_str(&format!(
                "\nthe page is in {}; it is secret",
                path.display()
            ));
        }
        Report::new(output.code.map_or(Exit::Done, Code::exit), text, &output)
    }
}

/// A simulation as a table, as JSON and as a page's data. Secret.
struct Simulated {
    text: String,
    output: SimulateOutput,
    page: covenant_report::Simulation,
}

fn report(claim: &Claim, shape: Shape, prices_as_of: u64) -> Result<Simulated, Failure> {
    let policy = &claim.policy;
    let coverage = Coverage::of(claim)?;
    let held = coverage.held()?;
    let shares = held::shares(policy, &held);
    // No ratio and no choice of what counts mends it.
    let composed = relation::check_held(policy, &held);
    let covered = coverage.covered && composed.is_ok();
    let total: BigUint = held.iter().map(|v| BigUint::from(v.collateral)).sum();
    let rooms = rooms(&coverage)?;
    let base = rooms.first().and_then(|room| room.largest_ratio);
    let provable = remedy::largest_provable(claim, base);
    let remedies = remedy::remedies(&coverage)?;
    let mut text = format!(
        "of the policy's assets {} {} are held, at these prices and without weights; what follows is of what counts\n\n{}",
        grouped(total.clone(), VALUE_DECIMALS),
        refusal::quote(policy),
        overview(&coverage.scenarios)
    );
    text.push_str(&held::section(&shares));
    if let Err(broken) = &composed {
        text.push_str(&format!("\n\nNOT PROVABLE AT ANY RATIO: {broken}"));
    }
    text.push_str(&details(&coverage, &rooms));
    if let Some(tightest) = coverage.tightest() {
        let steps = waterfall_table(policy, &coverage.waterfall(tightest));
        text.push_str(&format!(
            "\n\nhow much of each asset counts, {}\n{steps}",
            tightest.name
        ));
    }
    if let Some(remedies) = &remedies {
        text.push_str(&format!(
            "\n\n{}",
            remedies.text(policy, claim.statement.ratio())
        ));
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
    let found = page::Found {
        prices_as_of,
        covered,
        broken: composed.as_ref().err().map(ToString::to_string),
        largest: provable,
        held: &held,
        shares: &shares,
    };
    let page = page::simulation(&coverage, &rooms, &found);
    let scenarios = coverage.scenarios.iter().zip(&rooms);
    let output = SimulateOutput {
        covered,
        code: match &composed {
            Err(_) => Some(Code::HeldShare),
            Ok(()) => (!covered).then_some(Code::NotCovered),
        },
        shape: shape.to_string(),
        held: plain(total, VALUE_DECIMALS),
        held_shares: shares,
        broken: composed.err().map(|broken| broken.to_string()),
        largest_provable_ratio_bps: provable.map(Ratio::bps),
        quote: policy.document().quote.clone(),
        policy: covenant_circuits::field::to_hex(&policy.digest()),
        accounts: claim.openings.len(),
        scenarios: scenarios
            .map(|(s, room)| scenario_output(&coverage, s, room))
            .collect(),
        remedies,
        warnings: Vec::new(),
    };
    Ok(Simulated { text, output, page })
}

/// How much would have to change for a scenario to be covered no more.
struct Room {
    largest_ratio: Option<u64>,
    breaking_drop: Option<u16>,
}

fn rooms(coverage: &Coverage<'_>) -> Result<Vec<Room>, Failure> {
    let problem = &coverage.problem;
    let room = |j| {
        Ok(Room {
            largest_ratio: largest_ratio(problem, j)?,
            breaking_drop: breaking_drop_bps(problem, Some(j)).unwrap_or_default(),
        })
    };
    let rooms: Result<_, Shortfall> = (0..coverage.scenarios.len()).map(room).collect();
    rooms.map_err(|e| refusal::shortfall(&e, &coverage.claim.policy))
}

/// What keeps more from counting, for each scenario; those of which the same is to be said
/// together.
fn details(coverage: &Coverage<'_>, rooms: &[Room]) -> String {
    let mut said: Vec<(Vec<&str>, String)> = Vec::new();
    for (s, room) in coverage.scenarios.iter().zip(rooms) {
        let mut lines = String::new();
        for rule in &s.binding {
            let rule = binding_rule(&coverage.claim.policy, rule);
            lines.push_str(&format!("\n  {}", rule.text));
        }
        lines.push_str(&match (s.covered(), room.breaking_drop) {
            (true, Some(drop)) => format!(
                "\n  a fall of all prices by {} would breach it",
                percent(drop)
            ),
            (true, None) => "\n  no fall of prices would breach it".into(),
            (false, _) => "\n  not covered".into(),
        });
        match said.iter_mut().find(|(_, same)| *same == lines) {
            Some((names, _)) => names.push(&s.name),
            None => said.push((vec![&s.name], lines)),
        }
    }
    let part = |(names, lines): &(Vec<&str>, String)| format!("\n\n{}{lines}", names.join(", "));
    said.iter().map(part).collect()
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
    /// The shape of the circuit that a proof would use.
    shape: String,
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
    /// What would make it true, each alone; absent where it is covered or nothing would.
    #[serde(skip_serializing_if = "Option::is_none")]
    remedies: Option<Remedies>,
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
    /// What becomes of each asset of which there is some.
    waterfall: Vec<Step>,
}

fn scenario_output(coverage: &Coverage<'_>, s: &Scenario, room: &Room) -> ScenarioOutput {
    let rule = |rule| binding_rule(&coverage.claim.policy, rule);
    ScenarioOutput {
        name: s.name.clone(),
        counted: plain(s.total, COUNTED_DECIMALS),
        debt: plain(s.debt.clone(), DEBT_DECIMALS),
        largest_ratio_bps: room.largest_ratio,
        required_ratio_bps: s.required_ratio,
        required: plain(s.required(), COUNTED_DECIMALS),
        headroom: s.headroom(plain),
        covered: s.covered(),
        binding: s.binding.iter().map(rule).collect(),
        breaking_drop_bps: room.breaking_drop,
        waterfall: coverage.waterfall(s),
    }
}
