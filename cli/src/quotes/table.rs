//! CSV of prices: `asset,price[,decimals]` with decimal prices of whole units, or
//! `asset,mantissa,price_decimals[,decimals]`.

use crate::malformed::Malformed;
use crate::positions::csv_error;
use crate::text;
use covenant_circuits::json;
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::scaled_price;
use std::collections::BTreeMap;

pub(super) type Read = (BTreeMap<String, Price>, Vec<String>);

pub(super) fn read(text: &str, policy: &Policy) -> Result<Read, Malformed> {
    let lines = text::lines(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(lines.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let column = |name: &str| header.iter().position(|h| h == name);
    let known = ["asset", "price", "mantissa", "price_decimals", "decimals"];
    let wrong = || {
        Malformed::new(
            "the columns asset, price (or mantissa and price_decimals) and optionally decimals",
            format!("{:?}", header.iter().collect::<Vec<_>>()),
        )
        .line(1)
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
        let Some(rule) = super::rule(policy, name).map_err(|e| e.line(line))? else {
            ignored.push(name.to_owned());
            continue;
        };
        if let Some(text) = decimals.map(cell).filter(|text| !text.is_empty())
            && text.parse() != Ok(rule.decimals)
        {
            return Err(Malformed::new(
                format!("the policy's {} for {name}", rule.decimals),
                format!("{text:?}"),
            )
            .field("decimals")
            .line(line));
        }
        let (mantissa, price_decimals) = price.read(cell).map_err(|e| e.line(line))?;
        let scaled = scaled_price(name, mantissa, price_decimals, rule.decimals)
            .map_err(|e| Malformed::from(e).line(line))?;
        if prices.insert(rule.name.clone(), scaled).is_some() {
            let twice = Malformed::new("each asset once", format!("{name} again"));
            return Err(twice.field("asset").line(line));
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
    fn read<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Result<(u128, u32), Malformed> {
        match *self {
            Self::Decimal(price) => {
                let text = cell(price);
                let fraction = text.split_once('.').map_or("", |(_, f)| f);
                let decimals = fraction.trim_end_matches('0').len() as u32;
                text::scaled(text, decimals)
                    .map(|mantissa| (mantissa, decimals))
                    .map_err(|_| {
                        Malformed::new("a decimal price such as 1250.75", format!("{text:?}"))
                            .field("price")
                    })
            }
            Self::Scaled(mantissa, decimals) => {
                let whole = |column: usize, name: &str| {
                    json::decimal::parse(cell(column)).ok_or_else(|| {
                        Malformed::new("a whole number", format!("{:?}", cell(column))).field(name)
                    })
                };
                let (mantissa, price_decimals) = (
                    whole(mantissa, "mantissa")?,
                    whole(decimals, "price_decimals")?,
                );
                let decimals = u32::try_from(price_decimals).map_err(|_| {
                    Malformed::new("a number below 2^32", price_decimals).field("price_decimals")
                })?;
                Ok((mantissa, decimals))
            }
        }
    }
}
