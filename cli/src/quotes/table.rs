//! CSV of prices: `asset,price[,decimals]` with decimal prices of whole units, or
//! `asset,mantissa,price_decimals[,decimals]`.

use crate::positions::csv_error;
use crate::text;
use covenant_circuits::json;
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::scaled_price;
use std::collections::BTreeMap;

pub(super) type Read = (BTreeMap<String, Price>, Vec<String>);

pub(super) fn read(text: &str, policy: &Policy) -> Result<Read, String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let column = |name: &str| header.iter().position(|h| h == name);
    let known = ["asset", "price", "mantissa", "price_decimals", "decimals"];
    let wrong = || {
        format!(
            "line 1: expected the columns asset, price (or mantissa and price_decimals) and optionally decimals, got {:?}",
            header.iter().collect::<Vec<_>>()
        )
    };
    let asset = column("asset").ok_or_else(wrong)?;
    let price = match (
        column("price"),
        column("mantissa"),
        column("price_decimals"),
    ) {
        (Some(price), None, None) => Quoted::Decimal(price),
        (None, Some(mantissa), Some(decimals)) => Quoted::Scaled(mantissa, decimals),
        _ => return Err(wrong()),
    };
    if header.iter().any(|h| !known.contains(&h)) {
        return Err(wrong());
    }
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
        let (mantissa, price_decimals) = price
            .read(cell)
            .map_err(|e| format!("line {line}, column {e}"))?;
        let scaled = scaled_price(name, mantissa, price_decimals, rule.decimals)
            .map_err(|e| format!("line {line}: {e}"))?;
        if prices.insert(name.to_owned(), scaled).is_some() {
            return Err(format!(
                "line {line}, column asset: expected each asset once, got {name} again"
            ));
        }
    }
    Ok((prices, ignored))
}

/// The columns that hold a price.
enum Quoted {
    Decimal(usize),
    Scaled(usize, usize),
}

impl Quoted {
    /// Mantissa and decimals: `1250.75` is 125075 and 2. Trailing zeros carry nothing.
    fn read<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Result<(u128, u32), String> {
        match *self {
            Self::Decimal(price) => {
                let text = cell(price);
                let fraction = text.split_once('.').map_or("", |(_, f)| f);
                let decimals = fraction.trim_end_matches('0').len() as u32;
                text::scaled(text, decimals)
                    .map(|mantissa| (mantissa, decimals))
                    .map_err(|_| {
                        format!("price: expected a decimal price such as 1250.75, got {text:?}")
                    })
            }
            Self::Scaled(mantissa, decimals) => {
                let mantissa = json::decimal::parse(cell(mantissa)).ok_or_else(|| {
                    format!(
                        "mantissa: expected a whole number, got {:?}",
                        cell(mantissa)
                    )
                })?;
                let decimals = json::decimal::parse(cell(decimals))
                    .and_then(|d| u32::try_from(d).ok())
                    .ok_or_else(|| {
                        format!(
                            "price_decimals: expected a whole number, got {:?}",
                            cell(decimals)
                        )
                    })?;
                Ok((mantissa, decimals))
            }
        }
    }
}
