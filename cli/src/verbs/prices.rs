//! `covenant prices`: from quoted prices to a prices file.

use crate::Outcome;
use crate::claim;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::positions::csv_error;
use crate::text;
use clap::{Args, Subcommand};
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::{Prices, scaled_price};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

#[derive(Subcommand, Debug)]
pub(crate) enum PricesVerb {
    /// Build a prices file from quoted prices per whole unit
    Build(Build),
}

impl PricesVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Build(verb) => verb.run(),
        }
    }
}

/// Build a prices file.
///
/// CSV has the columns `asset,price` and optionally `decimals`: the price of one whole unit
/// in the policy's quote currency as decimal text, and the asset's decimals, which must be
/// the policy's.
#[derive(Args, Debug)]
pub(crate) struct Build {
    /// Prices per whole unit: asset,price[,decimals]
    csv: PathBuf,
    /// Which assets need a price, and their decimals
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// When the prices were taken: RFC 3339, a date, Unix seconds, or now
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    as_of: u64,
    /// The prices file to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

impl Build {
    pub(crate) fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        let built = build(&self.csv, &policy, self.as_of)?;
        files::write(&self.out, &built.prices.to_json())?;
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
        Ok(Report::done(
            text,
            json!({
                "prices": built.prices.prices.len(),
                "quote": built.prices.quote,
                "as_of": self.as_of,
                "ignored": built.ignored,
                "out": self.out.display().to_string(),
            }),
        ))
    }
}

/// Prices and the assets that the policy does not list.
pub(crate) struct Built {
    pub(crate) prices: Prices,
    pub(crate) ignored: Vec<String>,
}

/// One price for each asset of the policy.
pub(crate) fn build(path: &Path, policy: &Policy, as_of: u64) -> Result<Built, Failure> {
    let csv = files::read(path, files::MAX_PUBLIC)?;
    let (prices, ignored) = read(&csv, policy).map_err(|e| Failure::in_file(path, e))?;
    let prices = Prices {
        quote: policy.document().quote.clone(),
        as_of,
        prices,
    };
    prices
        .in_order(policy)
        .map_err(|e| Failure::in_file(path, e))?;
    Ok(Built { prices, ignored })
}

type Read = (BTreeMap<String, Price>, Vec<String>);

fn read(text: &str, policy: &Policy) -> Result<Read, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let column = |name: &str| header.iter().position(|h| h == name);
    let known = |h: &str| ["asset", "price", "decimals"].contains(&h);
    let (Some(asset), Some(price), true) =
        (column("asset"), column("price"), header.iter().all(known))
    else {
        return Err(format!(
            "line 1: expected the columns asset, price and optionally decimals, got {:?}",
            header.iter().collect::<Vec<_>>()
        ));
    };
    let decimals = column("decimals");
    let (mut prices, mut ignored) = (BTreeMap::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(column).map(str::trim).unwrap_or_default();
        let name = cell(asset);
        let Some(rule) = policy.assets().iter().find(|a| a.name == name) else {
            ignored.push(name.to_owned());
            continue;
        };
        if let Some(text) = decimals.map(cell).filter(|text| !text.is_empty())
            && text.parse() != Ok(rule.decimals)
        {
            return Err(format!(
                "line {line}, column decimals: expected the policy's {} for {name}, got {text:?}",
                rule.decimals
            ));
        }
        let (mantissa, price_decimals) = quoted(cell(price))
            .map_err(|e| format!("line {line}, column price: {e}, got {:?}", cell(price)))?;
        let scaled = scaled_price(name, mantissa, price_decimals, rule.decimals)
            .map_err(|e| format!("line {line}, column price: {e}"))?;
        if prices.insert(name.to_owned(), scaled).is_some() {
            return Err(format!(
                "line {line}, column asset: expected each asset once, got {name} again"
            ));
        }
    }
    Ok((prices, ignored))
}

/// `1250.75` as the mantissa 125075 and 2 decimals. Trailing zeros carry nothing.
fn quoted(text: &str) -> Result<(u128, u32), &'static str> {
    let fraction = text.split_once('.').map_or("", |(_, f)| f);
    let decimals = fraction.trim_end_matches('0').len() as u32;
    text::scaled(text, decimals)
        .map(|mantissa| (mantissa, decimals))
        .map_err(|_| "expected a decimal price such as 1250.75")
}
