//! Quoted prices as sources publish them: CSV of decimal prices or of mantissas, or
//! Chainlink rounds saved as JSON; and one price per asset out of several sources.

mod chainlink;
mod table;

use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::ident::{AssetId, keccak256};
use covenant_circuits::numbers::{ONE_IN_BPS, Price};
use covenant_circuits::policy::{Asset, Policy};
use covenant_circuits::prices::Prices;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A price is quote units for a base unit, times ten to this.
const PRICE_DIGITS: u32 = 36;

/// What a set of sources must satisfy.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rules {
    /// Unix seconds of the snapshot.
    pub(crate) as_of: u64,
    /// How old a round may be, in seconds.
    pub(crate) max_age: u64,
    /// How far the sources of an asset may lie apart, in basis points of their median.
    pub(crate) max_deviation_bps: u64,
    /// How many sources each asset needs.
    pub(crate) min_sources: usize,
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

/// What one source says: scaled prices by asset, and assets that the policy does not list.
#[derive(Debug)]
struct Source {
    path: PathBuf,
    /// keccak256 of the file.
    hash: [u8; 32],
    prices: BTreeMap<String, Price>,
    ignored: Vec<String>,
}

/// Prices and the assets that were left out.
#[derive(Debug)]
pub(crate) struct Built {
    pub(crate) prices: Prices,
    pub(crate) ignored: BTreeSet<String>,
}

fn read(path: &Path, policy: &Policy, rules: &Rules) -> Result<Source, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let found = if text.trim_start().starts_with('{') {
        chainlink::read(&text, policy, rules)
    } else {
        table::read(&text, policy)
    };
    let (prices, ignored) = found.map_err(|e| Failure::of_file(path, e))?;
    Ok(Source {
        path: path.into(),
        hash: keccak256(text.as_bytes()),
        prices,
        ignored,
    })
}

/// One price for each asset of the policy: the median of its sources.
pub(crate) fn build(paths: &[PathBuf], policy: &Policy, rules: &Rules) -> Result<Built, Failure> {
    let mut sources: Vec<Source> = Vec::new();
    for path in paths {
        let source = read(path, policy, rules)?;
        // The same file again, or a copy of it, is no second source.
        if !sources.iter().any(|s| s.hash == source.hash) {
            sources.push(source);
        }
    }
    let mut prices = BTreeMap::new();
    for asset in policy.assets() {
        let mut quotes: Vec<(u128, &Path)> = sources
            .iter()
            .filter_map(|s| Some((s.prices.get(&asset.name)?.get(), s.path.as_path())))
            .collect();
        quotes.sort();
        if quotes.len() < rules.min_sources {
            let few = Malformed::new(
                format!("prices from at least {} sources", rules.min_sources),
                format!("{}; a file that is given twice is one source", quotes.len()),
            );
            return Err(Failure::of(
                few.field(&asset.name).coded(Code::PricesMissing),
            ));
        }
        let median = median(&quotes, rules.max_deviation_bps, asset.decimals)
            .map_err(|e| Failure::of(e.field(&format!("{} ({})", asset.name, asset.symbol))))?;
        prices.insert(asset.name.clone(), median);
    }
    let prices = Prices {
        quote: policy.document().quote.clone(),
        as_of: rules.as_of,
        prices,
    };
    prices.in_order(policy).map_err(Failure::of)?;
    Ok(Built {
        prices,
        ignored: sources.into_iter().flat_map(|s| s.ignored).collect(),
    })
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
        let whole =
            |price: u128| text::plain(price, PRICE_DIGITS.saturating_sub(decimals) as usize);
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
