//! Sources that everybody reads, by name; what one of them says of something, and which asset of
//! the policy that is.

use super::decimal::Decimal;
use super::names::Names;
use super::{Quote, Rules, Source, check_age};
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::policy::{Asset, Policy};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// Whose files they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Provider {
    CoinGecko,
    CoinMetrics,
    CoinMarketCap,
    Pyth,
    Chainlink,
}

impl Provider {
    pub(super) const ALL: [Self; 5] = [
        Self::CoinGecko,
        Self::CoinMetrics,
        Self::CoinMarketCap,
        Self::Pyth,
        Self::Chainlink,
    ];

    /// The column of `--assets` with its names, and the option of its files.
    pub(crate) fn column(self) -> &'static str {
        match self {
            Self::CoinGecko => "coingecko",
            Self::CoinMetrics => "coinmetrics",
            Self::CoinMarketCap => "coinmarketcap",
            Self::Pyth => "pyth",
            Self::Chainlink => "chainlink",
        }
    }

    /// What its names are like.
    pub(super) fn form(self) -> &'static str {
        match self {
            Self::CoinGecko => "the id of a coin, such as bitcoin",
            Self::CoinMetrics => "the name of an asset, such as btc",
            Self::CoinMarketCap => "the number of a coin, such as 1",
            Self::Pyth => "the id of a price feed, 64 hexadecimal digits",
            Self::Chainlink => "the address of a feed's proxy, 0x and 40 hexadecimal digits",
        }
    }

    /// A name in the form in which names are compared.
    pub(super) fn id(self, text: &str) -> Option<String> {
        let hex = |text: &str, digits: usize| {
            let right = text.len() == digits && text.bytes().all(|c| c.is_ascii_hexdigit());
            right.then(|| text.to_ascii_lowercase())
        };
        match self {
            Self::CoinGecko => Some(text.to_owned()),
            Self::CoinMetrics => Some(text.to_ascii_lowercase()),
            Self::CoinMarketCap => text.parse().ok().map(|number: u64| number.to_string()),
            Self::Pyth => hex(text.strip_prefix("0x").unwrap_or(text), 64),
            Self::Chainlink => Some(format!("0x{}", hex(text.strip_prefix("0x")?, 40)?)),
        }
    }
}

/// What the rows of a file are read for.
pub(super) struct Context<'a> {
    /// The policy's quote currency.
    pub(super) quote: &'a str,
    pub(super) rules: &'a Rules,
}

impl Context<'_> {
    /// The currency as sources write it, such as `USD`.
    pub(super) fn code(&self) -> Result<&str, Malformed> {
        self.quote.strip_prefix("iso4217:").ok_or_else(|| {
            let expected = "a policy quoted in a currency of ISO 4217, such as iso4217:USD";
            Malformed::new(expected, self.quote).coded(Code::CurrencyMismatch)
        })
    }

    /// For files that do not say which currency their prices are in.
    pub(super) fn check_stated(&self) -> Result<(), Malformed> {
        match self.rules.quote_stated {
            true => Ok(()),
            false => Err(Malformed::new(
                format!(
                    "--quote {}, as the file does not say which currency its prices are in",
                    self.quote
                ),
                "none",
            )
            .coded(Code::CurrencyMismatch)),
        }
    }

    /// Prices in other currencies than the policy's.
    pub(super) fn mismatch(&self, expected: &str, got: &str) -> Malformed {
        let expected = format!("{expected}, as the policy is quoted in {}", self.quote);
        Malformed::new(expected, got).coded(Code::CurrencyMismatch)
    }
}

/// What a file says of one thing.
#[derive(Debug)]
pub(super) struct Row {
    /// What the provider calls it, in the form in which names are compared.
    pub(super) id: String,
    /// What traders call it, where the provider says so.
    pub(super) ticker: Option<String>,
    /// The base of the pair that its price is of, where the provider says so.
    pub(super) base: Option<String>,
    /// Where it is: a part of a JSON document, or a line.
    pub(super) place: Place,
    /// Read in advance; wrong only for those who want it.
    pub(super) read: Result<Observed, Malformed>,
}

/// Where a row is.
#[derive(Debug)]
pub(super) enum Place {
    Part(String),
    Line(u64),
}

/// A price at a time.
#[derive(Debug)]
pub(super) struct Observed {
    /// Of a whole unit.
    pub(super) price: Decimal,
    /// Unix seconds.
    pub(super) time: u64,
    /// Within how many seconds the source publishes the next one, where it says so.
    pub(super) heartbeat: Option<u64>,
}

impl Row {
    fn at(&self, error: Malformed) -> Malformed {
        match &self.place {
            Place::Part(part) => error.field(part),
            Place::Line(line) => error.line(*line),
        }
    }

    fn quote(&self, file: &Path, rule: &Asset, context: &Context<'_>) -> Result<Quote, Malformed> {
        let observed = self.read.as_ref().map_err(|e| self.at(e.clone()))?;
        check_age(observed.time, observed.heartbeat, context.rules).map_err(|e| self.at(e))?;
        let price = observed.price.price(rule, context.quote);
        Ok(Quote {
            file: file.into(),
            name: Some(self.id.clone()),
            price: price.map_err(|e| self.at(e))?,
            time: Some(observed.time),
        })
    }
}

/// How an asset is looked for among a provider's rows.
enum Sought<'a> {
    Id(&'a str),
    Ticker(&'a str),
    Nothing,
}

impl Sought<'_> {
    fn is(&self, row: &Row) -> bool {
        match self {
            Self::Id(id) => row.id == *id,
            Self::Ticker(ticker) => {
                let found = row.ticker.as_deref();
                found.is_some_and(|found| found.eq_ignore_ascii_case(ticker))
            }
            Self::Nothing => false,
        }
    }

    /// Why nothing was found.
    fn missed(&self, provider: Provider) -> String {
        let column = provider.column();
        match self {
            Self::Id(id) => format!("{column} has no {id}"),
            Self::Ticker(ticker) => format!(
                "{column} calls nothing {ticker}: name it in the column {column} of --assets"
            ),
            Self::Nothing => format!(
                "{column}: another asset has its symbol too: name it in the column {column} of --assets"
            ),
        }
    }
}

/// The source that all files of a provider are together: an asset that two of them have is not
/// quoted twice.
pub(super) fn source(
    provider: Provider,
    files: &[(PathBuf, Vec<Row>)],
    policy: &Policy,
    names: &Names,
    context: &Context<'_>,
) -> Result<Source, Failure> {
    let rows = || {
        files
            .iter()
            .flat_map(|(file, rows)| rows.iter().map(move |row| (file, row)))
    };
    let (mut quotes, mut absent, mut used) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    for rule in super::in_document(policy) {
        let sought = match (names.id(rule, provider), names.own_ticker(rule, policy)) {
            (Some(id), _) => Sought::Id(id),
            (None, Some(ticker)) => Sought::Ticker(ticker),
            (None, None) => Sought::Nothing,
        };
        let found: Vec<_> = rows().filter(|(_, row)| sought.is(row)).collect();
        let [(file, row)] = found.as_slice() else {
            if let [(file, row), .., (other, again)] = found.as_slice() {
                let twice = row.at(twice(provider, rule, row, other, again));
                return Err(Failure::of_file(file, twice));
            }
            absent.insert(rule.name.clone(), sought.missed(provider));
            continue;
        };
        let quote = check_base(row, rule, names).and_then(|()| row.quote(file, rule, context));
        let quote = quote.map_err(|e| Failure::of_file(file, e))?;
        quotes.insert(rule.name.clone(), quote);
        used.insert(row.id.clone());
    }
    let left = rows().filter(|(_, row)| !used.contains(&row.id));
    Ok(Source {
        label: provider.column().into(),
        quotes,
        absent,
        ignored: left.map(|(_, row)| row.id.clone()).collect(),
    })
}

/// Two rows for one asset.
fn twice(provider: Provider, rule: &Asset, row: &Row, other: &Path, again: &Row) -> Malformed {
    let asset = format!("{} ({})", rule.name, rule.symbol);
    let place = match &again.place {
        Place::Part(part) => format!("at {part}"),
        Place::Line(line) => format!("in line {line}"),
    };
    let advice = match row.id == again.id {
        true => "once".to_owned(),
        false => format!("once, or its {} in --assets", provider.column()),
    };
    Malformed::new(
        format!("{asset} {advice}"),
        format!(
            "{} here and {} {place} of {}",
            row.id,
            again.id,
            other.display()
        ),
    )
}

/// That a feed which is named for an asset is of that asset.
fn check_base(row: &Row, rule: &Asset, names: &Names) -> Result<(), Malformed> {
    let ticker = names.ticker(rule);
    match &row.base {
        Some(base) if !base.eq_ignore_ascii_case(ticker) => Err(row.at(Malformed::new(
            format!(
                "a pair of {ticker}, the symbol of {} (a column ticker of --assets names another)",
                rule.name
            ),
            format!("one of {base}"),
        ))),
        _ => Ok(()),
    }
}
