//! Positions as attesters have them: CSV or JSON, in base units or whole units, with an
//! optional mapping file so that a custody platform's export is read without editing.
//! Errors name line and column and never quote an amount.

use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::numbers::Convention;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::account::Position;
use covenant_circuits::json;
use covenant_circuits::numbers::Amount;
use covenant_circuits::policy::Policy;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// How an export is to be read: TOML, version 2.
#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    version: u64,
    /// What separates columns; a comma unless said otherwise.
    delimiter: Option<char>,
    /// What is before a fraction: a point unless said otherwise.
    decimal: Option<char>,
    /// What groups digits, as the comma in `1,000.00`: nothing unless said otherwise.
    thousands: Option<char>,
    columns: Columns,
    /// The export's name of an asset to its identifier.
    #[serde(default)]
    assets: BTreeMap<String, String>,
    /// Decimals by identifier.
    #[serde(default)]
    decimals: BTreeMap<String, u32>,
}

#[derive(Deserialize, Debug, Default)]
#[serde(deny_unknown_fields)]
struct Columns {
    asset: String,
    amount: Option<String>,
    quantity: Option<String>,
    decimals: Option<String>,
}

impl Columns {
    fn names(&self) -> Vec<&str> {
        let named = [&self.amount, &self.quantity, &self.decimals];
        let named = named.into_iter().filter_map(Option::as_deref);
        named.chain([self.asset.as_str()]).collect()
    }
}

impl Mapping {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_PUBLIC)?;
        Self::from_toml(&text).map_err(|e| Failure::of_file(path, e))
    }

    fn from_toml(text: &str) -> Result<Self, Malformed> {
        let mapping: Self = toml::from_str(text).map_err(|e| Malformed::toml(text, &e))?;
        if mapping.version != 2 {
            let wrong = Malformed::new("2", mapping.version).field("version");
            return Err(wrong.coded(Code::VersionUnknown));
        }
        if mapping.columns.amount.is_some() == mapping.columns.quantity.is_some() {
            return Err(Malformed::said(
                "expected either amount (base units) or quantity (whole units)",
            )
            .field("columns"));
        }
        mapping.convention()?;
        Ok(mapping)
    }

    /// How its file writes numbers.
    fn convention(&self) -> Result<Convention, Malformed> {
        Convention::new(self.decimal, self.thousands)
    }

    /// The columns of a plain CSV, as its header says.
    fn plain(header: &csv::StringRecord) -> Self {
        let has = |name: &str| header.iter().any(|h| h == name).then(|| name.to_owned());
        Self {
            version: 2,
            columns: Columns {
                asset: "asset".into(),
                amount: has("amount"),
                quantity: has("quantity"),
                decimals: has("decimals"),
            },
            ..Self::default()
        }
    }
}

/// Where decimals come from, beside a column.
struct Units<'a> {
    policy: Option<&'a Policy>,
    mapping: Option<&'a Mapping>,
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
    ) -> Result<Row, Malformed> {
        let units = match (amount, quantity) {
            (Some(amount), None) => json::decimal::parse(amount).ok_or_else(|| {
                Malformed::new(
                    "a whole number of base units, without sign or leading zeros",
                    text::describe(amount),
                )
                .field("amount")
            })?,
            (None, Some(quantity)) => text::scaled(quantity, self.decimals(asset, decimals)?)
                .map_err(|e| e.field("quantity"))?,
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
pub(crate) struct Read {
    /// In the order of the file.
    pub(crate) positions: Vec<Position>,
    /// Decimals by asset name, where the file, its mapping or the policy has them.
    pub(crate) decimals: BTreeMap<String, u32>,
}

impl Read {
    fn of(rows: Vec<Row>) -> Self {
        let known = rows.iter();
        let decimals = known.filter_map(|(p, decimals)| Some((p.asset.clone(), (*decimals)?)));
        Self {
            decimals: decimals.collect(),
            positions: rows.into_iter().map(|(position, _)| position).collect(),
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

/// Reads a list of positions: JSON if it starts with a bracket, else CSV.
pub(crate) fn read(
    path: &Path,
    policy: Option<&Policy>,
    mapping: Option<&Mapping>,
) -> Result<Read, Failure> {
    let text = files::read(path, files::MAX_POSITIONS)?;
    let units = Units { policy, mapping };
    let positions = if text.trim_start().starts_with('[') {
        from_json(&text, &units)
    } else {
        from_csv(&text, &units)
    };
    let rows = positions.map_err(|e| Failure::of_file(path, e))?;
    Ok(Read::of(rows))
}

/// A position of a file, and the decimals of its asset where they are known.
type Row = (Position, Option<u32>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct JsonRow {
    asset: String,
    amount: Option<String>,
    quantity: Option<String>,
    decimals: Option<u32>,
}

/// `[[asset, amount], ...]`, or objects with the columns of the CSV as fields.
fn from_json(text: &str, units: &Units<'_>) -> Result<Vec<Row>, Malformed> {
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

fn from_csv(text: &str, units: &Units<'_>) -> Result<Vec<Row>, Malformed> {
    let delimiter = units.mapping.and_then(|m| m.delimiter).unwrap_or(',');
    let delimiter = u8::try_from(delimiter)
        .map_err(|_| Malformed::new("an ASCII character", "another").field("delimiter"))?;
    let lines = text::lines(text);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .from_reader(lines.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let plain;
    let mapping = match units.mapping {
        Some(mapping) => mapping,
        None => {
            plain = Mapping::plain(&header);
            check_plain_header(&header)?;
            &plain
        }
    };
    let known = mapping.columns.names();
    let column = |name: &str| -> Result<usize, Malformed> {
        let mut found = header.iter().enumerate().filter(|(_, h)| *h == name);
        match (found.next(), found.next()) {
            (Some((i, _)), None) => Ok(i),
            (None, _) => {
                // Where no column is known, it may be a position.
                let got = match header.iter().any(|h| known.contains(&h)) {
                    true => format!("the columns {:?}", header.iter().collect::<Vec<_>>()),
                    false => "none of the mapping's columns".into(),
                };
                Err(Malformed::new(format!("a column {name:?}"), got).line(1))
            }
            _ => Err(Malformed::said(format!("column {name:?} is there twice")).line(1)),
        }
    };
    let optional = |name: &Option<String>| name.as_deref().map(column).transpose();
    let asset = column(&mapping.columns.asset)?;
    let amount = optional(&mapping.columns.amount)?;
    let quantity = optional(&mapping.columns.quantity)?;
    let decimals = optional(&mapping.columns.decimals)?;
    let convention = mapping.convention()?;
    let mut positions = Vec::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cell = |column: Option<usize>| column.and_then(|c| record.get(c)).map(str::trim);
        let number = |column, name: &str| {
            let read = |number| convention.plain(number).map_err(|e| e.field(name));
            cell(column).map(read).transpose()
        };
        let position = || {
            let name = cell(Some(asset)).unwrap_or_default();
            let name = mapping.assets.get(name).map_or(name, String::as_str);
            let decimals = match cell(decimals) {
                None | Some("") => None,
                Some(text) => Some(text.parse().map_err(|_| {
                    Malformed::new("0 to 36", text::describe(text)).field("decimals")
                })?),
            };
            units.position(
                name,
                number(amount, "amount")?.as_deref(),
                number(quantity, "quantity")?.as_deref(),
                decimals,
            )
        };
        positions.push(position().map_err(|e| e.line(line))?);
    }
    Ok(positions)
}

/// Without a mapping, a column that nobody reads is a mistake. A first line that names no
/// column `asset` is not quoted: it may be a position.
fn check_plain_header(header: &csv::StringRecord) -> Result<(), Malformed> {
    let has = |name| header.iter().any(|h| h == name);
    for name in header {
        if !["asset", "amount", "quantity", "decimals"].contains(&name) {
            let got = match has("asset") {
                true => format!("{name:?}; a mapping file can name others"),
                false => "a first line without asset; a mapping file can name others".into(),
            };
            let expected = "the columns asset, amount or quantity, and decimals";
            return Err(Malformed::new(expected, got).line(1));
        }
    }
    if has("amount") == has("quantity") {
        return Err(Malformed::said(
            "expected either a column amount (base units) or a column quantity (whole units)",
        )
        .line(1));
    }
    Ok(())
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
    };

    #[test]
    fn both_units_and_both_formats() {
        let amounts = from_csv("asset,amount\nAAA,5\nBBB,0\n", &NONE).unwrap();
        assert_eq!(amounts.len(), 2);
        assert_eq!(amounts[0].0.amount.get(), 5);
        let whole = from_csv("asset,decimals,quantity\nAAA,2,1.5\n", &NONE).unwrap();
        assert_eq!(whole[0].0.amount.get(), 150);
        let json = from_json(r#"[["AAA","5"]]"#, &NONE).unwrap();
        assert!(json[0].0 == amounts[0].0);
        let rows = from_json(r#"[{"asset":"AAA","quantity":"1.5","decimals":2}]"#, &NONE).unwrap();
        assert!(rows[0].0 == whole[0].0);
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
            let error = from_csv(text, &NONE).err().unwrap().to_string();
            assert!(error.contains(expected), "{error}");
            assert!(!error.contains("7654321"), "{error}");
        }
        for text in [
            r#"[["AAA",7654321]]"#,
            r#"[["AAA","7654321x"]]"#,
            r#"[["AAA","1","7654321"]]"#,
        ] {
            let error = from_json(text, &NONE).err().unwrap().to_string();
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
            policy: None,
            mapping: Some(&mapping),
        };
        let read = from_csv("Date;Instrument;Balance\n1;Bitcoin;1,250.5\n", &units).unwrap();
        assert_eq!(read[0].0.asset, "BBB");
        assert_eq!(read[0].0.amount.get(), 125_050_000_000);
        for (text, got) in [
            (
                "Date;Instrument;Balance\r\n1;Bitcoin;1\r\n2;Bitcoin;2,40\r\n",
                "line 3, column quantity",
            ),
            ("Date;Instrument\n1;Bitcoin\n", "\"Date\""),
            ("1;Bitcoin;7654321\n", "none of the mapping's columns"),
        ] {
            let error = from_csv(text, &units).err().unwrap().to_string();
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
