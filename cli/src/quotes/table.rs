//! CSV of prices: `asset,price[,decimals][,time]` with decimal prices of whole units, or
//! `asset,mantissa,price_decimals[,decimals][,time]`.

use super::decimal::Decimal;
use super::written::{self, Written};
use super::{Read, Rules, Said, check_age};
use crate::malformed::Malformed;
use crate::positions::csv_error;
use crate::text;
use covenant_circuits::policy::{Asset, Policy};
use std::collections::BTreeMap;

/// Every column that is known.
const KNOWN: [&str; 6] = [
    "asset",
    "price",
    "mantissa",
    "price_decimals",
    "decimals",
    "time",
];

pub(super) fn read(text: &str, policy: &Policy, rules: &Rules) -> Result<Read, Malformed> {
    let lines = text::lines(text);
    let mut reader = csv::ReaderBuilder::new().from_reader(lines.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let columns = Columns::of(&header).map_err(|e| e.line(1))?;
    let (mut prices, mut ignored) = (BTreeMap::new(), Vec::new());
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: usize| record.get(column).map(str::trim).unwrap_or_default();
        let name = cell(columns.asset);
        let Some(rule) = super::rule(policy, name).map_err(|e| e.line(line))? else {
            ignored.push(name.to_owned());
            continue;
        };
        let said = columns.said(cell, rule, &policy.document().quote, rules);
        let said = said.map_err(|e| e.line(line))?;
        if prices.insert(rule.name.clone(), said).is_some() {
            let twice = Malformed::new("each asset once", format!("{name} again"));
            return Err(twice.field("asset").line(line));
        }
    }
    Ok((prices, ignored))
}

/// Where what is read is.
struct Columns {
    asset: usize,
    price: Quoted,
    decimals: Option<usize>,
    time: Option<usize>,
}

/// The columns that hold a price.
enum Quoted {
    Decimal(usize),
    Scaled(usize, usize),
}

impl Columns {
    fn of(header: &csv::StringRecord) -> Result<Self, Malformed> {
        let column = |name: &str| header.iter().position(|h| h == name);
        let wrong = || {
            // A first line without any of them may be of another file, such as an opening.
            let got = match header.iter().any(|name| KNOWN.contains(&name)) {
                true => format!("{:?}", header.iter().collect::<Vec<_>>()),
                false => "a first line with none of them".into(),
            };
            Malformed::new(
                "the columns asset, price (or mantissa and price_decimals) and optionally decimals and time, each once",
                got,
            )
        };
        let price = match (
            column("price"),
            column("mantissa"),
            column("price_decimals"),
        ) {
            (Some(price), None, None) => Quoted::Decimal(price),
            (None, Some(mantissa), Some(decimals)) => Quoted::Scaled(mantissa, decimals),
            _ => return Err(wrong()),
        };
        let once = |name: &str| header.iter().filter(|h| *h == name).count() == 1;
        if !header
            .iter()
            .all(|name| KNOWN.contains(&name) && once(name))
        {
            return Err(wrong());
        }
        Ok(Self {
            asset: column("asset").ok_or_else(wrong)?,
            price,
            decimals: column("decimals"),
            time: column("time"),
        })
    }

    fn said<'a>(
        &self,
        cell: impl Fn(usize) -> &'a str,
        rule: &Asset,
        quote: &str,
        rules: &Rules,
    ) -> Result<Said, Malformed> {
        let decimals = self.decimals.map(&cell).filter(|text| !text.is_empty());
        if let Some(text) = decimals
            && text.parse() != Ok(rule.decimals)
        {
            return Err(Malformed::new(
                format!("the policy's {} for {}", rule.decimals, rule.name),
                format!("{text:?}"),
            )
            .field("decimals"));
        }
        let time = match self.time.map(&cell) {
            None => None,
            Some(text) => {
                let time = written::instant("time", Some(&Written(text.to_owned())))?;
                check_age(time, None, rules)?;
                Some(time)
            }
        };
        let price = self.price.read(&cell)?.price(rule, quote)?;
        Ok(Said { price, time })
    }
}

impl Quoted {
    fn read<'a>(&self, cell: impl Fn(usize) -> &'a str) -> Result<Decimal, Malformed> {
        let written = |column| Written(cell(column).to_owned());
        match *self {
            Self::Decimal(price) => written::price("price", Some(&written(price))),
            Self::Scaled(mantissa, decimals) => {
                let mantissa = written::whole("mantissa", Some(&written(mantissa)))?;
                let decimals = written::whole("price_decimals", Some(&written(decimals)))?;
                let decimals = u32::try_from(decimals).map_err(|_| {
                    Malformed::new("a number below 2^32", decimals).field("price_decimals")
                })?;
                Ok(Decimal::scaled(mantissa, decimals))
            }
        }
    }
}
