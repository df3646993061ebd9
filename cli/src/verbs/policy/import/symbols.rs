//! What the symbols of an exchange are: CSV with the columns `symbol,asset,decimals`.

use super::source;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::positions::csv_error;
use crate::text;
use std::collections::BTreeMap;
use std::path::Path;

/// An asset that a symbol is of, and its decimals.
pub(super) type Symbols = BTreeMap<String, (String, u32)>;

pub(super) fn read(path: &Path) -> Result<Symbols, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    of_text(&text).map_err(|e| Failure::of_file(path, e))
}

fn of_text(text: &str) -> Result<Symbols, Malformed> {
    let rows = table(text, &["symbol", "asset", "decimals"], &[])?;
    let mut symbols = Symbols::new();
    for row in rows {
        let symbol = row.need("symbol")?.to_owned();
        let asset = row.asset()?;
        let known = (asset, row.decimals()?);
        if symbols.insert(symbol, known).is_some() {
            let wrong = Malformed::new("each symbol once", row.need("symbol")?);
            return Err(wrong.field("symbol").line(row.line));
        }
    }
    Ok(symbols)
}

/// A row of a table, its cells by column.
pub(super) struct Row {
    line: u64,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// What a cell has, where the table has the column and the cell is not empty.
    pub(super) fn get(&self, column: &str) -> Option<&str> {
        let cell = self.cells.get(column).map(String::as_str);
        cell.filter(|cell| !cell.is_empty())
    }

    pub(super) fn need(&self, column: &str) -> Result<&str, Malformed> {
        let found = self.get(column);
        found.ok_or_else(|| self.at(column, Malformed::new("a text", "nothing")))
    }

    pub(super) fn at(&self, column: &str, error: Malformed) -> Malformed {
        error.field(column).line(self.line)
    }

    /// The asset's name, with right checksums.
    pub(super) fn asset(&self) -> Result<String, Malformed> {
        let asset = self.need("asset")?;
        source::asset_name(asset).map_err(|e| self.at("asset", e))?;
        Ok(asset.into())
    }

    pub(super) fn decimals(&self) -> Result<u32, Malformed> {
        let text = self.need("decimals")?;
        let number = text
            .bytes()
            .all(|c| c.is_ascii_digit())
            .then(|| text.parse().ok());
        let number = number
            .flatten()
            .filter(|n| u64::from(*n) <= source::MOST_DECIMALS);
        number.ok_or_else(|| self.at("decimals", Malformed::new("0 to 36", format!("{text:?}"))))
    }
}

/// The rows of a CSV that has these columns, perhaps those, and no others.
pub(super) fn table(text: &str, needed: &[&str], more: &[&str]) -> Result<Vec<Row>, Malformed> {
    let text = text::lines(text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().map_err(csv_error)?.clone();
    let names: Vec<&str> = header.iter().map(str::trim).collect();
    for name in needed {
        if names.iter().filter(|n| *n == name).count() != 1 {
            let expected = format!("the column {name:?} once");
            return Err(Malformed::new(expected, format!("the columns {names:?}")).line(1));
        }
    }
    for (i, name) in names.iter().enumerate() {
        let known = needed.contains(name) || more.contains(name);
        if !known || names.iter().skip(i + 1).any(|n| n == name) {
            let expected = format!("the columns {needed:?}, perhaps {more:?}, and no others");
            return Err(Malformed::new(expected, format!("{name:?}")).line(1));
        }
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(csv_error)?;
        let cells = names.iter().zip(record.iter());
        rows.push(Row {
            line: record.position().map_or(0, csv::Position::line),
            cells: cells
                .map(|(name, cell)| ((*name).to_owned(), cell.trim().to_owned()))
                .collect(),
        });
    }
    Ok(rows)
}
