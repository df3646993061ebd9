//! `covenant prices`: from quoted prices to a prices file, signed by its source.

mod sign;

pub(crate) use sign::SignOutput;

use crate::Outcome;
use crate::claim;
use crate::files;
use crate::outcome::Report;
use crate::quotes::{self, Rules};
use crate::text;
use clap::{Args, Subcommand};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum PricesVerb {
    Build(Build),
    Sign(sign::Sign),
}

impl PricesVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Build(verb) => verb.run(),
            Self::Sign(verb) => verb.run(),
        }
    }
}

/// What `--help` ends with.
const BUILD_HELP: &str = r#"Units: a price is of one whole unit, in the policy's quote currency.

Example:
  covenant prices build desk.csv chainlink.json --policy policy.json --as-of now \
    --max-deviation 50 --out prices.json"#;

/// Build a prices file from quoted prices per whole unit.
///
/// Each source is one of: CSV `asset,price[,decimals]` with the price of one whole unit in
/// the policy's quote currency as decimal text; CSV
/// `asset,mantissa,price_decimals[,decimals]`; JSON
/// `{"version": 2, "feeds": [{"asset", "decimals", "roundId", "answer", "startedAt",
/// "updatedAt", "answeredInRound"}]}` with what Chainlink's latestRoundData returned. Of several
/// sources the median is taken.
#[derive(Args, Debug)]
#[command(after_help = BUILD_HELP)]
pub(crate) struct Build {
    /// Sources of prices
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Which assets need a price, and their decimals
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// When the prices were taken: RFC 3339, a date, Unix seconds, or now
    #[arg(long, value_name = "TIME", value_parser = text::past)]
    as_of: u64,
    /// How far the sources of an asset may lie apart, in basis points of their median
    #[arg(long, value_name = "BPS", default_value_t = 100)]
    max_deviation: u64,
    /// How many sources each asset needs [default: all that are given]
    #[arg(long, value_name = "N")]
    min_sources: Option<usize>,
    /// How old a Chainlink round may be, such as 1h
    #[arg(long, value_name = "AGE", default_value = "1h", value_parser = text::age)]
    max_age: u64,
    /// The prices file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What was written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BuildOutput {
    /// How many prices there are.
    prices: usize,
    /// The currency.
    quote: String,
    /// Unix seconds.
    as_of: u64,
    /// Assets of the sources that the policy does not list.
    ignored: Vec<String>,
    /// The file.
    out: String,
}

impl Build {
    pub(crate) fn run(self) -> Outcome {
        files::check_target(&self.out, files::Kind::Prices, "")?;
        let policy = claim::policy(&self.policy)?;
        let rules = Rules {
            as_of: self.as_of,
            max_age: self.max_age,
            max_deviation_bps: self.max_deviation,
            min_sources: self.min_sources.unwrap_or(self.sources.len()).max(1),
        };
        let built = quotes::build(&self.sources, &policy, &rules)?;
        files::write(&self.out, &built.prices.to_json(), files::Kind::Prices)?;
        let mut text = format!(
            "{} prices as of {} in {}",
            built.prices.prices.len(),
            text::date(self.as_of),
            self.out.display()
        );
        for asset in &built.ignored {
            text.push_str(&format!(
                "\nleft out: {asset}, which the policy does not list"
            ));
        }
        Report::done(
            text,
            &BuildOutput {
                prices: built.prices.prices.len(),
                quote: built.prices.quote,
                as_of: self.as_of,
                ignored: built.ignored.into_iter().collect(),
                out: self.out.display().to_string(),
            },
        )
    }
}
