//! `covenant prices build`: one price for each asset out of several sources.

use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::quotes::{self, Built, Given, Priced, Provided, Provider, ProviderFile, Quote, Rules};
use crate::table::table;
use crate::text;
use clap::Args;
use covenant_circuits::policy::Policy;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const BUILD_HELP: &str = r#"Units: a price is of one whole unit, in the policy's quote currency. Nothing is rounded but the mean
of two middle prices. All files of a provider together are one source. Assets are told by the names
in --assets, else by the policy's symbol where the provider has tickers.

Examples:
  covenant prices build desk.csv --policy policy.json --as-of now --out prices.json

  covenant prices build desk.csv --coingecko gecko.json --coinmetrics rates.json \
    --assets assets.csv --policy policy.json --as-of now --min-sources 1 \
    --max-deviation 50 --out prices.json

  covenant prices build --pyth hermes.json --quote iso4217:USD --chainlink rounds.json \
    --feeds feeds-mainnet.json --assets assets.csv --policy policy.json --as-of now \
    --out prices.json

assets.csv:
  asset,coingecko,pyth,chainlink
  eip155:1/slip44:60,ethereum,0xff61...0ace,0x5f4e...8419"#;

/// The heading of what providers publish.
const PROVIDERS: &str = "Files of providers";

/// Build a prices file from quoted prices per whole unit.
///
/// Each SOURCE is one of: CSV `asset,price[,decimals][,time]` with the price of one whole unit in
/// the policy's quote currency as decimal text; CSV
/// `asset,mantissa,price_decimals[,decimals][,time]`; JSON
/// `{"version": 2, "feeds": [{"asset", "decimals", "roundId", "answer", "startedAt",
/// "updatedAt", "answeredInRound"}]}` with what Chainlink's latestRoundData returned. What
/// providers publish is read with an option for each. Of several sources the median is taken.
#[derive(Args, Debug)]
#[command(after_help = BUILD_HELP)]
pub(crate) struct Build {
    /// Sources of prices, in the formats above
    #[arg(
        value_name = "SOURCE",
        required_unless_present_any = ["coingecko", "coinmetrics", "coinmarketcap", "pyth", "chainlink"]
    )]
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
    /// How old a price may be where its source says when it was taken, such as 1h [default: 1h, and
    /// the heartbeat of a feed in --feeds]
    #[arg(long, value_name = "AGE", value_parser = text::age)]
    max_age: Option<u64>,
    /// The prices file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// CoinGecko: JSON of /simple/price with include_last_updated_at=true, or of /coins/markets
    #[arg(long, value_name = "FILE", help_heading = PROVIDERS)]
    coingecko: Vec<PathBuf>,
    /// Coin Metrics: JSON or CSV of /timeseries/asset-metrics with a ReferenceRate
    #[arg(long, value_name = "FILE", help_heading = PROVIDERS)]
    coinmetrics: Vec<PathBuf>,
    /// CoinMarketCap: JSON of /v2/cryptocurrency/quotes/latest
    #[arg(long, value_name = "FILE", help_heading = PROVIDERS)]
    coinmarketcap: Vec<PathBuf>,
    /// Pyth: JSON of Hermes, /v2/updates/price/latest
    #[arg(long, value_name = "FILE", help_heading = PROVIDERS)]
    pyth: Vec<PathBuf>,
    /// Chainlink: JSON from addresses of feeds to what latestRoundData returned, as a list or with
    /// names; or what `cast call --json` printed for one feed, with the feed before it
    #[arg(long, value_name = "[FEED=]FILE", requires = "feeds", help_heading = PROVIDERS)]
    chainlink: Vec<String>,
    /// Chainlink's directory of feeds, such as feeds-mainnet.json: pairs, decimals and heartbeats
    #[arg(long, value_name = "FILE", requires = "chainlink", help_heading = PROVIDERS)]
    feeds: Option<PathBuf>,
    /// What providers call the policy's assets: CSV with the column asset and any of ticker,
    /// coingecko, coinmetrics, coinmarketcap, pyth and chainlink
    #[arg(long, value_name = "FILE", help_heading = PROVIDERS)]
    assets: Option<PathBuf>,
    /// The currency of files that do not name it (/coins/markets and Pyth), such as iso4217:USD
    #[arg(long, value_name = "CURRENCY", help_heading = PROVIDERS)]
    quote: Option<String>,
    /// How wide Pyth's confidence interval may be, in basis points of the price
    #[arg(long, value_name = "BPS", default_value_t = 100, help_heading = PROVIDERS)]
    max_confidence_bps: u64,
}

/// What was written, and what each price was made of.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BuildOutput {
    /// How many prices there are.
    prices: usize,
    /// The currency.
    quote: String,
    /// Unix seconds.
    as_of: u64,
    /// Every asset of the policy.
    assets: Vec<PricedAsset>,
    /// What the sources have and no asset of the policy is.
    ignored: Vec<String>,
    /// The file.
    out: String,
}

/// A price and its sources.
#[derive(Serialize, JsonSchema)]
struct PricedAsset {
    /// Its name.
    asset: String,
    /// Its symbol.
    symbol: String,
    /// The price of a whole unit that was written: the median of the sources.
    median: String,
    /// What each source says, from the lowest price to the highest.
    sources: Vec<SourcePrice>,
    /// Why other sources have no price of it.
    absent: Vec<String>,
}

/// The price that a source gives.
#[derive(Serialize, JsonSchema)]
struct SourcePrice {
    /// The file.
    file: String,
    /// What the source calls the asset, where that is not the policy's name.
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    /// The price of a whole unit, exact.
    price: String,
    /// When the price was taken, in Unix seconds; absent where the file does not say.
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<u64>,
    /// How many seconds that is before `as_of`.
    #[serde(skip_serializing_if = "Option::is_none")]
    age: Option<u64>,
}

impl Build {
    pub(crate) fn run(self) -> Outcome {
        files::check_target(&self.out, files::Kind::Prices, "")?;
        let policy = claim::policy(&self.policy)?;
        let rules = self.rules(&policy)?;
        let built = quotes::build(&self.given(), &policy, &rules)?;
        files::write(&self.out, &built.prices.to_json(), files::Kind::Prices)?;
        let mut text = format!(
            "{} prices as of {} in {}\n{}",
            built.assets.len(),
            text::date(self.as_of),
            self.out.display(),
            shown(&built, self.as_of)
        );
        for ignored in &built.ignored {
            text.push_str(&format!(
                "\nleft out: {} ({}), which is no asset of the policy",
                ignored.name, ignored.source
            ));
        }
        let output = BuildOutput {
            prices: built.assets.len(),
            quote: built.prices.quote.clone(),
            as_of: self.as_of,
            assets: built
                .assets
                .iter()
                .map(|asset| of_asset(asset, self.as_of))
                .collect(),
            ignored: ignored(&built),
            out: self.out.display().to_string(),
        };
        Report::done(text, &output)
    }

    fn rules(&self, policy: &Policy) -> Result<Rules, Failure> {
        let quote = &policy.document().quote;
        if let Some(stated) = self.quote.as_ref().filter(|stated| *stated != quote) {
            let said = format!("--quote: expected {quote}, the policy's currency, got {stated}");
            let wrong = Failure::new(Code::CurrencyMismatch, said);
            return Err(wrong.differs("--quote", quote, stated));
        }
        Ok(Rules {
            as_of: self.as_of,
            max_age: self.max_age,
            max_deviation_bps: self.max_deviation,
            max_confidence_bps: self.max_confidence_bps,
            min_sources: self.min_sources,
            quote_stated: self.quote.is_some(),
        })
    }

    fn given(&self) -> Given {
        let plain = |path: &PathBuf| ProviderFile {
            feed: None,
            path: path.clone(),
        };
        let of = |files: &[PathBuf]| files.iter().map(plain).collect::<Vec<_>>();
        let rounds = self
            .chainlink
            .iter()
            .map(|text| ProviderFile::of_argument(text));
        let all = [
            (Provider::CoinGecko, of(&self.coingecko)),
            (Provider::CoinMetrics, of(&self.coinmetrics)),
            (Provider::CoinMarketCap, of(&self.coinmarketcap)),
            (Provider::Pyth, of(&self.pyth)),
            (Provider::Chainlink, rounds.collect()),
        ];
        let provided = all.into_iter().filter(|(_, files)| !files.is_empty());
        Given {
            own: self.sources.clone(),
            provided: provided
                .map(|(provider, files)| Provided { provider, files })
                .collect(),
            feeds: self.feeds.clone(),
            assets: self.assets.clone(),
        }
    }
}

/// Names, each once.
fn ignored(built: &Built) -> Vec<String> {
    let names: std::collections::BTreeSet<&str> =
        built.ignored.iter().map(|ignored| &*ignored.name).collect();
    names.into_iter().map(ToOwned::to_owned).collect()
}

fn of_asset(priced: &Priced, as_of: u64) -> PricedAsset {
    let source = |quote: &Quote| SourcePrice {
        file: quote.file.display().to_string(),
        name: quote.name.clone(),
        price: quotes::whole(quote.price, priced.decimals),
        time: quote.time,
        age: quote.time.map(|time| as_of.saturating_sub(time)),
    };
    PricedAsset {
        asset: priced.asset.clone(),
        symbol: priced.symbol.clone(),
        median: quotes::whole(priced.median, priced.decimals),
        sources: priced.quotes.iter().map(source).collect(),
        absent: priced.absent.clone(),
    }
}

/// Every asset with its sources, and the median below them where there are several; then why some
/// have none.
fn shown(built: &Built, as_of: u64) -> String {
    let header = ["asset", "source", "called", "price", "time", "age"];
    let mut table = table(header, 3..4);
    let mut absent = String::new();
    for priced in &built.assets {
        for quote in &priced.quotes {
            table.add_row([
                priced.symbol.clone(),
                quote.file.display().to_string(),
                quote.name.clone().unwrap_or_default(),
                quotes::whole(quote.price, priced.decimals),
                quote.time.map(text::date).unwrap_or_default(),
                quote.time.map_or_else(String::new, |time| {
                    format!("{} s", as_of.saturating_sub(time))
                }),
            ]);
        }
        // The median of one source is what it says.
        if priced.quotes.len() > 1 {
            let median = quotes::whole(priced.median, priced.decimals);
            let row = [priced.symbol.as_str(), "median", "", &median, "", ""];
            table.add_row(row);
        }
        for why in &priced.absent {
            absent.push_str(&format!("\nno price of {}: {why}", priced.symbol));
        }
    }
    format!("{table}{absent}")
}
