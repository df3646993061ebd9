//! Rows of a CSV.

use super::{Place, Row};
use crate::malformed::Malformed;
use crate::positions::csv_error;
use crate::positions::mapping::Mapping;
use crate::text;

/// The rows at the end of a CSV that are no positions, perhaps with totals.
pub(in crate::positions) struct Footer {
    header: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl Footer {
    /// A cell of one of the rows, from 1, and its line.
    pub(in crate::positions) fn text(
        &self,
        row: usize,
        column: &str,
    ) -> Result<(u64, &str), Malformed> {
        let found = row.checked_sub(1).and_then(|i| self.rows.get(i));
        let (line, record) = found.ok_or_else(|| {
            let rows = format!(
                "one of the {} rows that footer skips, from 1",
                self.rows.len()
            );
            Malformed::new(rows, row).field("control")
        })?;
        let at = self.header.iter().position(|name| name == column);
        let cell = at.and_then(|at| record.get(at));
        let cell = cell.ok_or_else(|| {
            Malformed::new("a total", "nothing")
                .field(column)
                .line(*line)
        })?;
        Ok((*line, cell))
    }
}

/// The rows that the mapping reads, without one those of a CSV with our own header; and what
/// follows them.
pub(in crate::positions) fn of_csv(
    text: &str,
    mapping: Option<&Mapping>,
) -> Result<(Vec<Row>, Mapping, Footer), Malformed> {
    let own = Mapping::default();
    let said = mapping.unwrap_or(&own);
    let delimiter = u8::try_from(said.delimiter.unwrap_or(','))
        .map_err(|_| Malformed::new("an ASCII character", "another").field("delimiter"))?;
    let lines = text::lines(text);
    // Lines above the header may have any number of columns.
    let above = usize::try_from(said.header.unwrap_or(1) - 1).unwrap_or(usize::MAX);
    let table = lines.splitn(above + 1, '\n').nth(above).ok_or_else(|| {
        Malformed::new(
            format!("a header in line {}", above + 1),
            format!("{} lines", lines.lines().count()),
        )
    })?;
    let shift = |e: Malformed| e.below(above as u64);
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .flexible(true)
        .from_reader(table.as_bytes());
    let header = reader.headers().map_err(|e| shift(csv_error(e)))?.clone();
    let mapping = match mapping {
        Some(mapping) => mapping.clone(),
        None => {
            check_plain_header(&header)?;
            Mapping::plain(&header)
        }
    };
    let wanted = columns(&header, &mapping).map_err(|e| e.line(above as u64 + 1))?;
    // Rows at the end that are skipped may have any number of columns.
    let records = reader.records().collect::<Result<Vec<_>, _>>();
    let records = records.map_err(|e| shift(csv_error(e)))?;
    let kept = records.len().saturating_sub(mapping.footer);
    let line = |record: &csv::StringRecord| {
        record.position().map_or(0, csv::Position::line) + above as u64
    };
    let mut rows = Vec::new();
    for record in records.iter().take(kept) {
        let line = line(record);
        if record.len() != header.len() {
            let wrong = Malformed::new(format!("{} columns", header.len()), record.len());
            return Err(wrong.line(line));
        }
        let cell = |(name, at): &(&str, usize)| {
            let text = record.get(*at)?.trim();
            Some(((*name).to_owned(), text.to_owned()))
        };
        rows.push(Row {
            place: Place::Line(line),
            cells: wanted.iter().filter_map(cell).collect(),
        });
    }
    let footer = Footer {
        header: header.iter().map(|name| name.trim().to_owned()).collect(),
        rows: records
            .iter()
            .skip(kept)
            .map(|r| (line(r), r.clone()))
            .collect(),
    };
    Ok((rows, mapping, footer))
}

/// Names and places of the columns that a mapping reads.
fn columns<'a>(
    header: &csv::StringRecord,
    mapping: &'a Mapping,
) -> Result<Vec<(&'a str, usize)>, Malformed> {
    let wanted = mapping.columns();
    let find = |name: &'a str| {
        let mut found = header.iter().enumerate().filter(|(_, h)| h.trim() == name);
        match (found.next(), found.next()) {
            (Some((i, _)), None) => Ok((name, i)),
            (None, _) => {
                // Where no column is known, it may be a position.
                let got = match header.iter().any(|h| wanted.contains(&h.trim())) {
                    true => format!("the columns {:?}", header.iter().collect::<Vec<_>>()),
                    false => "none of the mapping's columns".into(),
                };
                Err(Malformed::new(format!("a column {name:?}"), got))
            }
            _ => Err(Malformed::said(format!("column {name:?} is there twice"))),
        }
    };
    wanted.iter().map(|name| find(name)).collect()
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
