//! Quoted prices as sources publish them: files of our own, and those of CoinGecko, Coin Metrics,
//! CoinMarketCap, Pyth and Chainlink; and one price per asset out of several sources.

mod chainlink;
mod coingecko;
mod coinmarketcap;
mod coinmetrics;
mod decimal;
mod feeds;
mod names;
mod provider;
mod pyth;
mod read;
mod round;
mod table;
mod written;

pub(crate) use provider::Provider;
pub(crate) use read::{Given, Provided, ProviderFile};

use crate::codes::Code;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::ident::AssetId;
use covenant_circuits::numbers::{ONE_IN_BPS, PRICE_EXPONENT, Price};
use covenant_circuits::policy::{Asset, Policy};
use covenant_circuits::prices::Prices;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How old a price may be unless it is said, in seconds.
const MAX_AGE: u64 = 3_600;

/// What a set of sources must satisfy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Unix seconds of the snapshot.
    pub(crate) as_of: u64,
    /// How old a price may be, in seconds; an hour unless it is said.
    pub(crate) max_age: Option<u64>,
    /// How far the sources of an asset may lie apart, in basis points of their median.
    pub(crate) max_deviation_bps: u64,
    /// How wide a price's confidence interval may be, in basis points of the price.
    pub(crate) max_confidence_bps: u64,
    /// How many sources each asset needs; all that are given unless it is said.
    pub(crate) min_sources: Option<usize>,
    /// Whether files that do not say their currency are said to be in the policy's.
    pub(crate) quote_stated: bool,
}

/// The policy's rule for an asset of a source, in any spelling of the same name. A name that
/// differs from one of the policy's by its letters' case alone is refused: it would be left out.
fn rule<'a>(policy: &'a Policy, name: &str) -> Result<Option<&'a Asset>, Malformed> {
    let id = AssetId::of(name).ok();
    let find = |matches: &dyn Fn(&Asset) -> bool| policy.assets().iter().find(|a| matches(a));
    match find(&|rule| rule.name == name || Some(rule.id) == id) {
        Some(rule) => Ok(Some(rule)),
        None => match find(&|rule| rule.name.eq_ignore_ascii_case(name)) {
            Some(rule) => Err(Malformed::new(
                format!("{:?}, as the policy writes it", rule.name),
                format!("{name:?}"),
            )
            .field("asset")),
            None => Ok(None),
        },
    }
}

/// The policy's assets in the order of its document, as people read them.
fn in_document(policy: &Policy) -> impl Iterator<Item = &Asset> {
    let named = |name: &str| policy.assets().iter().find(|asset| asset.name == name);
    let document = policy.document().assets.iter();
    document.filter_map(move |rule| named(&rule.asset))
}

/// The largest age of a price in seconds: a feed's heartbeat, and no more than is said.
fn age_limit(heartbeat: Option<u64>, rules: &Rules) -> u64 {
    match (heartbeat, rules.max_age) {
        (Some(heartbeat), Some(most)) => heartbeat.min(most),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => MAX_AGE,
    }
}

/// That a price is of a time up to the snapshot's, and fresh.
fn check_age(time: u64, heartbeat: Option<u64>, rules: &Rules) -> Result<(), Malformed> {
    let Some(age) = rules.as_of.checked_sub(time) else {
        let up_to = format!("a price of a time up to {}", text::date(rules.as_of));
        let late = Malformed::new(up_to, format!("{}, after it", text::date(time)));
        return Err(late.coded(Code::PriceStale));
    };
    let most = age_limit(heartbeat, rules);
    if age > most {
        let fresh = format!("a price at most {most} seconds old (--max-age)");
        let stale = Malformed::new(fresh, format!("{age}, of {}", text::date(time)));
        return Err(stale.coded(Code::PriceStale));
    }
    Ok(())
}

/// What a file of our own says of an asset.
#[derive(Debug)]
struct Said {
    price: Price,
    /// Unix seconds.
    time: Option<u64>,
}

/// What a file of our own says by asset of the policy, and its other assets.
type Read = (BTreeMap<String, Said>, Vec<String>);

/// What a source says of an asset.
#[derive(Clone, Debug)]
pub(crate) struct Quote {
    pub(crate) file: PathBuf,
    /// What the source calls the asset, where that is not the policy's name.
    pub(crate) name: Option<String>,
    pub(crate) price: Price,
    /// Unix seconds, where the source says so.
    pub(crate) time: Option<u64>,
}

/// What one source says: prices by asset, why it has none of some, and what the policy does not
/// list.
#[derive(Debug)]
struct Source {
    label: String,
    quotes: BTreeMap<String, Quote>,
    absent: BTreeMap<String, String>,
    ignored: Vec<String>,
}

/// Something that no asset of the policy is.
#[derive(Debug)]
pub(crate) struct Ignored {
    /// The file or the provider.
    pub(crate) source: String,
    pub(crate) name: String,
}

/// The price of an asset, and where it comes from.
#[derive(Debug)]
pub(crate) struct Priced {
    pub(crate) asset: String,
    pub(crate) symbol: String,
    pub(crate) decimals: u32,
    /// From the lowest price to the highest.
    pub(crate) quotes: Vec<Quote>,
    /// Why other sources have no price of it.
    pub(crate) absent: Vec<String>,
    pub(crate) median: Price,
}

/// Prices, how they came about, and what was left out.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) prices: Prices,
    pub(crate) assets: Vec<Priced>,
    pub(crate) ignored: Vec<Ignored>,
}

/// A price of a base unit as one of a whole unit, exact.
pub(crate) fn whole(price: Price, decimals: u32) -> String {
    text::plain(
        price.get(),
        PRICE_EXPONENT.saturating_sub(decimals) as usize,
    )
}

/// One price for each asset of the policy: the median of its sources.
pub(crate) fn build(given: &Given, policy: &Policy, rules: &Rules) -> Result<Built, Failure> {
    let (sources, again, mut ignored) = read::all(given, policy, rules)?;
    let all = given.own.len() + given.provided.len();
    let least = rules.min_sources.unwrap_or(all).max(1);
    let mut assets = Vec::new();
    for asset in in_document(policy) {
        let quotes = sources.iter().filter_map(|s| s.quotes.get(&asset.name));
        let mut quotes: Vec<Quote> = quotes.cloned().collect();
        quotes.sort_by(|a, b| (a.price, &a.file).cmp(&(b.price, &b.file)));
        let absent = sources.iter().filter_map(|s| s.absent.get(&asset.name));
        let absent: Vec<String> = absent.cloned().collect();
        if quotes.len() < least {
            return Err(too_few(asset, least, quotes.len(), &absent, again));
        }
        let sorted: Vec<(u128, &Path)> = quotes
            .iter()
            .map(|quote| (quote.price.get(), quote.file.as_path()))
            .collect();
        let median = median(&sorted, rules.max_deviation_bps, asset.decimals)
            .map_err(|e| Failure::of(e.field(&format!("{} ({})", asset.name, asset.symbol))))?;
        assets.push(Priced {
            asset: asset.name.clone(),
            symbol: asset.symbol.clone(),
            decimals: asset.decimals,
            quotes,
            absent,
            median,
        });
    }
    let by_asset = assets
        .iter()
        .map(|priced| (priced.asset.clone(), priced.median));
    let prices = Prices {
        quote: policy.document().quote.clone(),
        as_of: rules.as_of,
        prices: by_asset.collect(),
    };
    prices.in_order(policy).map_err(Failure::of)?;
    for source in sources {
        let label = source.label;
        ignored.extend(source.ignored.into_iter().map(|name| Ignored {
            source: label.clone(),
            name,
        }));
    }
    Ok(Built {
        prices,
        assets,
        ignored,
    })
}

/// An asset with fewer prices than are required, and why.
fn too_few(asset: &Asset, least: usize, got: usize, absent: &[String], again: usize) -> Failure {
    let mut found = vec![got.to_string()];
    found.extend(absent.iter().cloned());
    if again > 0 {
        found.push("a file that is given twice is one source".into());
    }
    let expected = format!("prices from at least {least} sources (--min-sources)");
    let few = Malformed::new(expected, found.join("; "));
    Failure::of(few.field(&asset.name).coded(Code::PricesMissing))
}

/// The middle quote, or the mean of the two in the middle, rounded down; refused where the
/// lowest and highest lie too far apart. `quotes` ascend; the decimals are the asset's, for words.
fn median(
    quotes: &[(u128, &Path)],
    max_deviation_bps: u64,
    decimals: u32,
) -> Result<Price, Malformed> {
    let (Some((lowest, low_source)), Some((highest, high_source))) =
        (quotes.first(), quotes.last())
    else {
        return Err(Malformed::new("at least one source", "none").coded(Code::PricesMissing));
    };
    let middle = |i: usize| quotes.get(i).map_or(0, |(price, _)| *price);
    let half = quotes.len() / 2;
    let median = if quotes.len() % 2 == 1 {
        middle(half)
    } else {
        // Below 2^121.
        (middle(half - 1) + middle(half)) / 2
    };
    let apart = num_bigint::BigUint::from(highest - lowest) * ONE_IN_BPS;
    if apart > num_bigint::BigUint::from(median) * max_deviation_bps {
        let digits = PRICE_EXPONENT.saturating_sub(decimals) as usize;
        let whole = |price: u128| text::plain(price, digits);
        let (lowest, highest) = (whole(*lowest), whole(*highest));
        let apart = Malformed::new(
            format!("sources within {max_deviation_bps} bps of each other"),
            format!(
                "{lowest} a whole unit from {} and {highest} from {}",
                low_source.display(),
                high_source.display()
            ),
        );
        return Err(apart.coded(Code::PricesApart));
    }
    Price::new(median).map_err(|e| Malformed::said(e.to_string()).coded(Code::PriceUnusable))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_taken_and_outliers_refused() {
        let path = Path::new("x");
        let quotes = |all: &[u128]| all.iter().map(|q| (*q, path)).collect::<Vec<_>>();
        let median = |all: &[u128], bps| median(&quotes(all), bps, 34).map(Price::get);
        assert_eq!(median(&[100], 0), Ok(100));
        assert_eq!(median(&[100, 101], 100), Ok(100));
        assert_eq!(median(&[100, 102, 103], 300), Ok(102));
        assert!(median(&[100, 102, 200], 300).is_err());
        // Exactly the limit, and one unit beyond.
        assert!(median(&[10_000, 10_000, 10_100], 100).is_ok());
        assert!(median(&[10_000, 10_000, 10_101], 100).is_err());
        assert!(median(&[], 0).is_err());
        // In whole units of an asset with two decimals less than a price has.
        let error = super::median(&quotes(&[150, 250]), 1, 34)
            .unwrap_err()
            .to_string();
        assert!(error.contains("1.5 a whole unit from x and 2.5"), "{error}");
    }
}
