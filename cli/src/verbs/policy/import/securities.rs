//! The instruments that a schedule is about: a CSV of a security master.

use super::symbols::{Row, table};
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use jiff::civil::Date;
use std::path::Path;

/// An instrument, and what a schedule may demand of it; empty cells are not known.
#[derive(Debug)]
pub(super) struct Security {
    pub(super) asset: String,
    pub(super) symbol: String,
    pub(super) decimals: u32,
    /// As CDM has it, such as `Security/Debt`: what is more precise comes after a slash.
    pub(super) kind: String,
    pub(super) country: Option<String>,
    pub(super) currency: Option<String>,
    pub(super) maturity: Option<Date>,
    pub(super) issuer_type: Option<String>,
}

const NEEDED: &[&str] = &["asset", "decimals", "type"];
const MORE: &[&str] = &[
    "symbol",
    "country",
    "currency",
    "maturity",
    "rating",
    "issuer_type",
];

pub(super) fn read(path: &Path) -> Result<Vec<Security>, Failure> {
    let text = files::read(path, files::MAX_POSITIONS)?;
    of_text(&text).map_err(|e| Failure::of_file(path, e))
}

fn of_text(text: &str) -> Result<Vec<Security>, Malformed> {
    table(text, NEEDED, MORE)?.iter().map(security).collect()
}

fn security(row: &Row) -> Result<Security, Malformed> {
    let asset = row.asset()?;
    let own = asset.split_once(':').map_or(&*asset, |(_, rest)| rest);
    let text = |column| row.get(column).map(str::to_owned);
    let maturity = row.get("maturity").map(|date| {
        // Dates without hyphens have other readings.
        let form = date.len() == 10 && date.as_bytes().get(4) == Some(&b'-');
        let read: Option<Date> = date.parse().ok().filter(|_| form);
        let expected = "a date such as 2027-02-11";
        read.ok_or_else(|| row.at("maturity", Malformed::new(expected, format!("{date:?}"))))
    });
    Ok(Security {
        symbol: text("symbol").unwrap_or_else(|| own.to_owned()),
        decimals: row.decimals()?,
        kind: row.need("type")?.to_owned(),
        country: text("country"),
        currency: text("currency"),
        maturity: maturity.transpose()?,
        issuer_type: text("issuer_type"),
        asset,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_list_of_securities_is_refused_by_line_and_column() {
        let header = "asset,decimals,type,maturity\n";
        for (text, expected) in [
            (
                "asset,type\n",
                "line 1: expected the column \"decimals\" once",
            ),
            ("asset,decimals,type,coupon\n", "got \"coupon\""),
            (
                "asset,decimals,type,maturity,maturity\n",
                "got \"maturity\"",
            ),
            (
                &format!("{header}isin:US912797Z342,8,Security,\n"),
                "line 2, column asset: the check digit",
            ),
            (
                &format!("{header}T-BILL,8,Security,\n"),
                "line 2, column asset",
            ),
            (
                &format!("{header}iso4217:USD,37,Cash,\n"),
                "line 2, column decimals",
            ),
            (&format!("{header}iso4217:USD,2,,\n"), "line 2, column type"),
            (
                &format!("{header}iso4217:USD,2,Cash,11/02/2027\n"),
                "line 2, column maturity",
            ),
            (
                &format!("{header}iso4217:USD,2,Cash,20270211\n"),
                "line 2, column maturity",
            ),
            (
                &format!("{header}iso4217:USD,2,Cash\n"),
                "line 2: expected 4 columns",
            ),
        ] {
            let error = of_text(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{text}: {error}");
        }
    }
}
