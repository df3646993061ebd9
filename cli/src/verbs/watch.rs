//! `covenant watch`: whether a proof still says something at later prices.

use super::Global;
use super::verify::{self, Rejected};
use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::expect;
use crate::files;
use crate::keys;
use crate::outcome::{Exit, Failure, Report};
use crate::quotes::whole;
use crate::table::table;
use crate::text::{self, percent};
use clap::Args;
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_verifier::envelope::{Margin, Standing};
use covenant_verifier::verify::Verified;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const WATCH_HELP: &str = r#"Exit codes: 0 inside, 1 outside, lapsed or refused, 2 could not tell.
Units: --at is a time: RFC 3339, a date, Unix seconds, or now.

Example:
  covenant watch bundle.json --expect expect.toml --prices today.json"#;

/// Tell whether a proof still says something at later prices (docs/spec.md, section 6a).
///
/// Inside, what was proved implies that the collateral covers the debt at these prices too, at the
/// ratio that is told. Outside, nothing is known any more: that is no breach, but the end of what was
/// proved. The bundle is verified first; its own prices may have any age, the new ones are yours and
/// as fresh as you expect.
#[derive(Args, Debug)]
#[command(after_help = WATCH_HELP)]
pub(crate) struct Watch {
    /// The bundle
    bundle: PathBuf,
    /// What you expect, TOML or JSON
    #[arg(long, value_name = "FILE")]
    expect: PathBuf,
    /// Later prices of the policy's assets, your own, as prices build writes them
    #[arg(long, value_name = "FILE")]
    prices: PathBuf,
    /// Judge as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: Option<u64>,
    #[command(flatten)]
    query: QueryArgs,
}

/// Where the prices are.
#[derive(Serialize, JsonSchema)]
#[serde(tag = "standing", rename_all = "snake_case")]
pub(crate) enum WatchOutput {
    /// Exit code 0.
    Inside {
        /// The largest ratio that is implied, rounded down.
        ratio_bps: u32,
        /// Weights of the base and the scenarios that imply it, exact: `1/2`.
        weights: Vec<Weight>,
        /// How far each price may move alone.
        margins: Vec<MarginOutput>,
        /// The prices' time, Unix seconds.
        prices_as_of: u64,
        /// The last second of what was verified.
        lapses: u64,
    },
    /// Exit code 1.
    Outside {
        /// What shows it: one exact number for each asset, such that the sum of y x q x 10^4 is below
        /// the sum of y x p x m for the base and every scenario.
        vector: Vec<Witness>,
        /// The prices' time, Unix seconds.
        prices_as_of: u64,
        /// The last second of what was verified.
        lapses: u64,
    },
    /// Exit code 1: the bundle is not accepted, or not any more.
    Refused(Box<verify::RejectedOutput>),
}

/// How much of the base or a scenario.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Weight {
    /// Its name.
    scenario: String,
    /// Exact, from 0 to 1.
    weight: String,
}

/// A number of the vector that shows that prices are outside.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Witness {
    /// The asset.
    asset: String,
    /// Exact.
    y: String,
}

/// How far a price may move alone and stay inside.
#[derive(Serialize, JsonSchema)]
pub(crate) struct MarginOutput {
    /// The asset.
    asset: String,
    /// Its short name.
    symbol: String,
    /// The price of a whole unit in the proof.
    proved: String,
    /// The price of a whole unit now.
    price: String,
    /// By how much it may fall, rounded down; absent where it may fall to nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    fall_bps: Option<u32>,
    /// By how much it may rise, rounded down; absent where there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    rise_bps: Option<u64>,
}

impl Watch {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let expected = expect::read(&self.expect)?;
        let fresh = expected.max_price_age;
        let mut any_age = expected;
        // Later prices are judged, not these.
        any_age.max_price_age = u64::MAX;
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let now = self.at.unwrap_or_else(text::now);
        let verified = verify::check(&self.bundle, &any_age, Some(now), &cache, &self.query)?;
        let verified = match verified {
            Ok(verified) => verified,
            Err(rejected) => return refused(rejected, &self.bundle),
        };
        let policy = verified.policy();
        let signed = claim::prices(&self.prices, policy)?;
        let later = signed.prices();
        let age = now.saturating_sub(later.as_of);
        let ahead = later.as_of.saturating_sub(now);
        if age > fresh || ahead > any_age.max_clock_skew {
            let expected = format!("prices at most {fresh} seconds old");
            let got = format!("of {}", text::date(later.as_of));
            let said = format!("as_of: expected {expected}, got prices {got}");
            let stale = Failure::in_file(&self.prices, Code::PriceStale, said);
            return Err(stale.differs("as_of", expected, got));
        }
        let prices = later
            .in_order(policy)
            .map_err(|e| Failure::of_file(&self.prices, e))?;
        let envelope = verified.envelope();
        let known = |e| Failure::new(Code::Internal, e);
        match envelope.at(&prices).map_err(known)? {
            Standing::Inside { ratio_bps, weights } => {
                let margins = envelope.margins(&prices).map_err(known)?;
                inside(
                    &verified,
                    &prices,
                    later.as_of,
                    ratio_bps,
                    &weights,
                    margins,
                )
            }
            Standing::Outside { vector } => outside(&verified, later.as_of, &vector),
        }
    }
}

fn refused(rejected: Rejected, path: &std::path::Path) -> Outcome {
    let (text, output) = rejected.told(path);
    Report::new(Exit::False, text, &WatchOutput::Refused(Box::new(output)))
}

fn inside(
    verified: &Verified,
    prices: &[Price],
    as_of: u64,
    ratio_bps: u32,
    weights: &[impl ToString],
    margins: Vec<Margin>,
) -> Outcome {
    let policy = verified.policy();
    let proved = verified.statement().prices().iter().zip(prices);
    let assets = policy.assets().iter().zip(proved).zip(margins);
    let margins: Vec<MarginOutput> = assets
        .map(|((asset, (proved, price)), margin)| MarginOutput {
            asset: margin.asset,
            symbol: margin.symbol,
            proved: whole(*proved, asset.decimals),
            price: whole(*price, asset.decimals),
            fall_bps: margin.fall_bps,
            rise_bps: margin.rise_bps,
        })
        .collect();
    let header = ["asset", "proved at", "now", "may fall by", "may rise by"];
    let mut shown = table(header, 1..5);
    for margin in &margins {
        let bound = |bps: Option<String>| bps.unwrap_or_else(|| "any".into());
        let rise = margin.rise_bps.and_then(|bps| u32::try_from(bps).ok());
        shown.add_row([
            margin.symbol.clone(),
            margin.proved.clone(),
            margin.price.clone(),
            bound(margin.fall_bps.map(percent)),
            bound(rise.map(percent)),
        ]);
    }
    let lapses = verified.lapses().first();
    let text = format!(
        "INSIDE\nat the prices of {} what was proved implies that the collateral covers the debt at {}\n{shown}\neach price alone, while the others stay; it lapses after {}",
        text::date(as_of),
        percent(ratio_bps),
        text::date(lapses)
    );
    let weights = weights.iter().enumerate().map(|(j, weight)| Weight {
        scenario: scenario(policy, j),
        weight: weight.to_string(),
    });
    Report::done(
        text,
        &WatchOutput::Inside {
            ratio_bps,
            weights: weights.collect(),
            margins,
            prices_as_of: as_of,
            lapses,
        },
    )
}

fn outside(verified: &Verified, as_of: u64, vector: &[impl ToString]) -> Outcome {
    let assets = verified.policy().assets().iter();
    let vector = assets.zip(vector).map(|(asset, y)| Witness {
        asset: asset.name.clone(),
        y: y.to_string(),
    });
    let lapses = verified.lapses().first();
    Report::new(
        Exit::False,
        format!(
            "OUTSIDE\nat the prices of {} nothing is known any more from what was proved: no mixture of its scenarios has prices as bad as these. That is no breach; ask for a new proof",
            text::date(as_of)
        ),
        &WatchOutput::Outside {
            vector: vector.collect(),
            prices_as_of: as_of,
            lapses,
        },
    )
}

/// The base's name is that of the library.
fn scenario(policy: &Policy, j: usize) -> String {
    policy.scenario_name(j).into()
}
