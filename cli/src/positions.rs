//! Positions as attesters have them: CSV or JSON, in base units or whole units, with an
//! optional mapping file so that a custody platform's export is read without editing.
//! Errors name line and column and never quote an amount.

mod mapping;
mod rows;

pub(crate) use mapping::Mapping;

use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::account::{Kind, Position};
use covenant_circuits::json;
use covenant_circuits::numbers::Amount;
use covenant_circuits::policy::Policy;
use mapping::{Rounding, signed};
use rows::Row;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// A position of a file, and the decimals of its asset where they are known.
type Known = (Position, Option<u32>);

/// Where decimals come from, beside a column, and which kind of account is read.
struct Units<'a> {
    policy: Option<&'a Policy>,
    mapping: Option<&'a Mapping>,
    kind: Kind,
}

impl Units<'_> {
    fn decimals(&self, asset: &str, column: Option<u32>) -> Result<u32, Malformed> {
        let policy = self.policy.and_then(|p| {
            let found = p.assets().iter().find(|a| a.name == asset);
            found.map(|a| a.decimals)
        });
        let mapped = self.mapping.and_then(|m| m.decimals.get(asset).copied());
        let wrong = match (column.or(mapped), policy) {
            (Some(own), Some(policy)) if own != policy => {
                Malformed::new(format!("the policy's {policy}"), own)
            }
            (Some(decimals), _) | (None, Some(decimals)) if decimals <= 36 => return Ok(decimals),
            (None, None) => {
                Malformed::new("a decimals column or a policy that lists it", "neither")
            }
            _ => Malformed::new("at most 36", "more"),
        };
        Err(wrong.field(&format!("decimals of {asset}")))
    }

    /// A position, and the decimals of its asset where the file or the policy has them.
    fn position(
        &self,
        asset: &str,
        amount: Option<&str>,
        quantity: Option<&str>,
        decimals: Option<u32>,
    ) -> Result<Known, Malformed> {
        let units = match (amount, quantity) {
            (Some(amount), None) => json::decimal::parse(amount).ok_or_else(|| {
                Malformed::new(
                    "a whole number of base units, without sign or leading zeros",
                    text::describe(amount),
                )
                .field("amount")
            })?,
            (None, Some(quantity)) => {
                let decimals = self.decimals(asset, decimals)?;
                let up = match self.mapping.map(|m| m.rounding) {
                    Some(Rounding::Safe) => Some(self.kind == Kind::Liability),
                    _ => None,
                };
                text::rounded(quantity, decimals, up).map_err(|e| e.field("quantity"))?
            }
            _ => return Err(Malformed::said("expected either an amount or a quantity")),
        };
        let amount = Amount::new(units)
            .map_err(|_| Malformed::new("less than 2^112 base units", "more").field("amount"))?;
        let position = Position::new(asset, amount)
            .map_err(|e| Malformed::said(e.to_string()).field("asset"))?;
        Ok((position, self.decimals(asset, decimals).ok()))
    }
}

/// What a file of positions says.
#[derive(Default)]
pub(crate) struct Read {
    /// In the order of the file.
    pub(crate) positions: Vec<Position>,
    /// Rows that the mapping leaves out, or that are of another kind of account.
    pub(crate) skipped: usize,
    /// Decimals by asset name, where the file, its mapping or the policy has them.
    pub(crate) decimals: BTreeMap<String, u32>,
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

/// Reads a list of positions: JSON if it starts with a bracket or a brace, else CSV.
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
    let (rows, mapping) = match (is_json, units.mapping) {
        (true, None) => return from_json(text, units).map(Read::of),
        (true, Some(mapping)) => (rows::of_json(text, mapping)?, mapping.clone()),
        (false, mapping) => rows::of_csv(text, mapping)?,
    };
    let units = Units {
        mapping: Some(&mapping),
        ..*units
    };
    units.read(&rows)
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
        units
            .position(
                &row.asset,
                row.amount.as_deref(),
                row.quantity.as_deref(),
                row.decimals,
            )
            .map_err(|e| e.field(&format!("[{i}]")))
    };
    rows.into_iter().enumerate().map(position).collect()
}

impl Units<'_> {
    /// The positions of an export's rows, for one kind of account.
    fn read(&self, rows: &[Row]) -> Result<Read, Malformed> {
        let none = Mapping::default();
        let mapping = self.mapping.unwrap_or(&none);
        let mut read = Read::default();
        for row in rows {
            let text = |column: &str| row.cell(column).unwrap_or_default().to_owned();
            if !mapping.reads(text) {
                read.skipped += 1;
                continue;
            }
            let before = read.positions.len();
            self.add(mapping, row, &mut read).map_err(|e| row.at(e))?;
            read.skipped += usize::from(read.positions.len() == before);
        }
        Ok(read)
    }

    /// The positions of a row: one, or in a wide table one for each cell that is not empty.
    fn add(&self, mapping: &Mapping, row: &Row, read: &mut Read) -> Result<(), Malformed> {
        let columns = &mapping.columns;
        for (column, asset) in &mapping.wide {
            if let Some(number) = row.cell(column).filter(|number| !number.is_empty()) {
                let quantity = Some((number, "quantity"));
                let one = self.one(mapping, asset, quantity, None);
                read.extend(one.map_err(|e| e.field(column))?);
            }
        }
        if !mapping.wide.is_empty() {
            return Ok(());
        }
        let named = columns.asset.as_deref().and_then(|column| row.cell(column));
        let name = named.or(mapping.asset.as_deref()).unwrap_or_default();
        let decimals = columns
            .decimals
            .as_deref()
            .and_then(|column| row.cell(column));
        let decimals =
            match decimals {
                None | Some("") => None,
                Some(text) => Some(text.parse().map_err(|_| {
                    Malformed::new("0 to 36", text::describe(text)).field("decimals")
                })?),
            };
        let number = |column: &Option<String>, name| {
            let column = column.as_deref()?;
            Some((row.cell(column).unwrap_or_default(), name))
        };
        let number =
            number(&columns.amount, "amount").or_else(|| number(&columns.quantity, "quantity"));
        read.extend(self.one(mapping, name, number, decimals)?);
        Ok(())
    }

    /// A position, where the number is of this kind of account.
    fn one(
        &self,
        mapping: &Mapping,
        name: &str,
        number: Option<(&str, &str)>,
        decimals: Option<u32>,
    ) -> Result<Option<Known>, Malformed> {
        let asset = mapping.assets.get(name).map_or(name, String::as_str);
        let Some((number, of)) = number else {
            return Err(Malformed::said("expected either an amount or a quantity"));
        };
        let (number, kind) = signed(number, mapping.negative);
        let plain = mapping
            .convention()?
            .plain(number)
            .map_err(|e| e.field(of))?;
        if kind.is_some_and(|kind| kind != self.kind) {
            return Ok(None);
        }
        let (amount, quantity) = match of {
            "amount" => (Some(&*plain), None),
            _ => (None, Some(&*plain)),
        };
        self.position(asset, amount, quantity, decimals).map(Some)
    }
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
