//! Positions as attesters have them: CSV or JSON, in base units or whole units, with an
//! optional mapping file so that a custody platform's export is read without editing; and
//! statements of holdings, semt.002 and MT535. Errors name line and column and never quote an
//! amount.

mod as_of;
mod assets;
mod control;
mod mapping;
mod mt535;
pub(crate) mod presets;
mod rows;
mod semt002;
mod statement;
mod units;
mod xml;

pub(crate) use as_of::Taken;
pub(crate) use assets::Assets;
pub(crate) use mapping::Mapping;

use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::account::{Kind, Position};
use covenant_circuits::json;
use covenant_circuits::numbers::Amount;
use covenant_circuits::policy::Policy;
use mapping::Format;
use rows::{Document, Row};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use units::{Known, Unit, Units};

/// What a file of positions says.
#[derive(Default)]
pub(crate) struct Read {
    /// In the order of the file.
    pub(crate) positions: Vec<Position>,
    /// Rows that are no positions of this account.
    pub(crate) skipped: Vec<Skipped>,
    /// Decimals by asset name, where the file, its mapping or the policy has them.
    pub(crate) decimals: BTreeMap<String, u32>,
    /// When they were taken, where the file says so.
    pub(crate) as_of: Option<Taken>,
    /// Assets and what they have to add up to, in whole units, where the file or its mapping says
    /// so.
    pub(crate) control: Vec<(String, String)>,
}

/// A row that is no position of this account.
pub(crate) struct Skipped {
    /// Such as `line 7`.
    pub(crate) place: String,
    pub(crate) why: Why,
}

/// Why a row is none.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    Filter,
    OtherKind,
    Zero,
    Empty,
}

impl Why {
    /// In words.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::Filter => "left out by keep or skip of the mapping",
            Self::OtherKind => "of the other kind of account",
            Self::Zero => "of a quantity of 0",
            Self::Empty => "without a quantity in any column",
        }
    }
}

impl Read {
    fn of(rows: Vec<Known>) -> Self {
        let mut read = Self::default();
        read.extend(rows);
        read
    }

    fn extend(&mut self, rows: impl IntoIterator<Item = Known>) {
        for (position, decimals) in rows {
            if let Some(decimals) = decimals {
                self.decimals.insert(position.asset.clone(), decimals);
            }
            self.positions.push(position);
        }
    }

    /// One position for each asset, in the order in which they first come.
    pub(crate) fn added_up(&mut self, path: &Path) -> Result<(), Failure> {
        let mut sums: Vec<Position> = Vec::new();
        for position in std::mem::take(&mut self.positions) {
            let Some(sum) = sums.iter_mut().find(|sum| sum.id == position.id) else {
                sums.push(position);
                continue;
            };
            // Each is below 2^112.
            sum.amount = Amount::new(sum.amount.get() + position.amount.get()).map_err(|_| {
                let wrong = Malformed::new("less than 2^112 base units together", "more");
                Failure::of_file(path, wrong.field(&sum.asset))
            })?;
        }
        self.positions = sums;
        Ok(())
    }
}

/// Reads a list of positions: JSON if it starts with a bracket or a brace, a statement if it
/// starts as one, else CSV.
pub(crate) fn read(
    path: &Path,
    kind: Kind,
    policy: Option<&Policy>,
    mapping: Option<&Mapping>,
) -> Result<Read, Failure> {
    let text = files::read(path, files::MAX_POSITIONS)?;
    let units = Units {
        policy,
        mapping,
        kind,
    };
    of_text(&text, &units).map_err(|e| Failure::of_file(path, e))
}

fn of_text(text: &str, units: &Units<'_>) -> Result<Read, Malformed> {
    let is_json = text.trim_start().starts_with(['[', '{']);
    let found = match statement::format(text) {
        Some(statement) => statement,
        None if is_json => Format::Json,
        None => Format::Csv,
    };
    check_format(found, units.mapping)?;
    let mut footer = None;
    let (rows, mapping, document, as_of) = match (found, units.mapping) {
        (Format::Json, None) => return from_json(text, units).map(Read::of),
        (Format::Json, Some(mapping)) => {
            let document = Document::of(text)?;
            document.check(mapping)?;
            (
                document.rows(mapping)?,
                mapping.clone(),
                Some(document),
                None,
            )
        }
        (Format::Csv, mapping) => {
            let (rows, mapping, below) = rows::of_csv(text, mapping)?;
            footer = Some(below);
            (rows, mapping, None, None)
        }
        (statement, mapping) => {
            let (rows, mapping, as_of) = statement::rows(text, statement, mapping)?;
            (rows, mapping, None, as_of)
        }
    };
    let units = Units {
        mapping: Some(&mapping),
        ..*units
    };
    let mut read = units.read(&rows)?;
    read.control = control::totals(&mapping, document.as_ref(), footer.as_ref())?;
    let of_document = match &mapping.as_of {
        Some(place) => place.of_document(document.as_ref())?,
        None => as_of,
    };
    read.as_of = read.as_of.or(of_document);
    Ok(read)
}

/// That a file is what its mapping says, and that a statement is not read as a table.
fn check_format(found: Format, mapping: Option<&Mapping>) -> Result<(), Malformed> {
    let Some(mapping) = mapping else {
        return Ok(());
    };
    let expected = match mapping.format {
        Some(format) if format != found => format.name(),
        None if found.is_statement() => "CSV or JSON, as the mapping's columns are of",
        None if found == Format::Csv && !mapping.require.is_empty() => "JSON, as require is of",
        _ => return Ok(()),
    };
    Err(Malformed::new(expected, found.name()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonRow {
    asset: String,
    amount: Option<String>,
    quantity: Option<String>,
    decimals: Option<u32>,
}

/// `[[asset, amount], ...]`, or objects with the columns of the CSV as fields.
fn from_json(text: &str, units: &Units<'_>) -> Result<Vec<Known>, Malformed> {
    let inner = text.trim_start().trim_start_matches('[').trim_start();
    let rows: Vec<JsonRow> = if inner.starts_with('{') {
        json::from_str(text).map_err(Malformed::secret_json)?
    } else {
        let pairs: Vec<(String, String)> = json::from_str(text).map_err(Malformed::secret_json)?;
        let row = |(asset, amount)| JsonRow {
            asset,
            amount: Some(amount),
            quantity: None,
            decimals: None,
        };
        pairs.into_iter().map(row).collect()
    };
    let position = |(i, row): (usize, JsonRow)| {
        let number = match (row.amount.as_deref(), row.quantity.as_deref()) {
            (Some(amount), None) => Ok((amount, Unit::Base)),
            (None, Some(quantity)) => Ok((quantity, Unit::Whole)),
            _ => Err(Malformed::said("expected either an amount or a quantity")),
        };
        number
            .and_then(|(number, unit)| units.position(&row.asset, &[number], unit, row.decimals))
            .map_err(|e| e.field(&format!("[{i}]")))
    };
    rows.into_iter().enumerate().map(position).collect()
}

/// The line of a CSV error; its own words quote nothing but counts.
pub(crate) fn csv_error(error: csv::Error) -> Malformed {
    let line = error.position().map_or(1, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths {
            expected_len, len, ..
        } => Malformed::new(format!("{expected_len} columns"), len).line(line),
        _ => Malformed::said("not CSV").line(line),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NONE: Units<'static> = Units {
        policy: None,
        mapping: None,
        kind: Kind::Collateral,
    };

    fn of(text: &str, units: &Units<'_>) -> Result<Vec<Position>, Malformed> {
        of_text(text, units).map(|read| read.positions)
    }

    #[test]
    fn both_units_and_both_formats() {
        let amounts = of("asset,amount\nAAA,5\nBBB,0\n", &NONE).unwrap();
        assert_eq!(amounts.len(), 2);
        assert_eq!(amounts[0].amount.get(), 5);
        let whole = of("asset,decimals,quantity\nAAA,2,1.5\n", &NONE).unwrap();
        assert_eq!(whole[0].amount.get(), 150);
        let json = of(r#"[["AAA","5"]]"#, &NONE).unwrap();
        assert!(json[0] == amounts[0]);
        let rows = of(r#"[{"asset":"AAA","quantity":"1.5","decimals":2}]"#, &NONE).unwrap();
        assert!(rows[0] == whole[0]);
    }

    #[test]
    fn errors_name_line_and_column_and_quote_no_amount() {
        for (text, expected) in [
            ("asset,amount\nAAA,7654321x\n", "line 2, column amount"),
            ("asset,amount\nAAA,07654321\n", "line 2, column amount"),
            ("asset,amount\nAAA,5\n,7654321\n", "line 3, column asset"),
            ("asset,quantity\nAAA,7654321\n", "decimals of AAA"),
            (
                "asset,quantity,decimals\nAAA,7654321.123,2\n",
                "line 2, column quantity",
            ),
            ("asset,amount,quantity\nAAA,1,1\n", "line 1"),
            ("asset,amount,memo\nAAA,1,1\n", "\"memo\""),
            ("asset,amount\nAAA,7654321,9\n", "expected 2 columns, got 3"),
            ("7654321,AAA\n1,BBB\n", "a first line without asset"),
            (
                "asset,amount\nAAA,5192296858534827628530496329220096\n",
                "2^112",
            ),
        ] {
            let error = of(text, &NONE).err().unwrap().to_string();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("7654321"), "{error}");
        }
        for text in [
            r#"[["AAA",7654321]]"#,
            r#"[["AAA","7654321x"]]"#,
            r#"[["AAA","1","7654321"]]"#,
        ] {
            let error = of(text, &NONE).err().unwrap().to_string();
            assert!(!error.contains("7654321"), "{error}");
        }
    }

    #[test]
    fn an_export_is_read_with_a_mapping() {
        let mapping = Mapping::from_toml(
            "version = 2\ndelimiter = \";\"\nthousands = \",\"\n[columns]\nasset = \"Instrument\"\nquantity = \"Balance\"\n[assets]\nBitcoin = \"BBB\"\n[decimals]\nBBB = 8\n",
        )
        .unwrap();
        let units = Units {
            mapping: Some(&mapping),
            ..NONE
        };
        let read = of("Date;Instrument;Balance\n1;Bitcoin;1,250.5\n", &units).unwrap();
        assert_eq!(read[0].asset, "BBB");
        assert_eq!(read[0].amount.get(), 125_050_000_000);
        for (text, got) in [
            (
                "Date;Instrument;Balance\r\n1;Bitcoin;1\r\n2;Bitcoin;2,40\r\n",
                "line 3, column quantity",
            ),
            ("Date;Instrument\n1;Bitcoin\n", "\"Date\""),
            ("1;Bitcoin;7654321\n", "none of the mapping's columns"),
        ] {
            let error = of(text, &units).err().unwrap().to_string();
            assert!(error.contains(got), "{error}");
            assert!(!error.contains("7654321"), "{error}");
        }
        // Positions in the place of the mapping.
        let error = Mapping::from_toml("AAA,7654321\n")
            .err()
            .unwrap()
            .to_string();
        assert!(
            error.starts_with("line 1: ") && !error.contains("7654321"),
            "{error}"
        );
    }
}
