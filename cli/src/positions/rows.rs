//! The rows of an export: of a CSV, or of a list somewhere in a JSON document. Every cell is text
//! as it is written, numbers of JSON too, so that none is read as another.

use super::csv_error;
use super::mapping::Mapping;
use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::json;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::fmt;

/// The column of the name that a row has as a member of an object, and that of what it is.
const KEY: &str = "$key";
const VALUE: &str = "$value";

/// A row: the cells of the columns that are read, where it has them.
#[derive(Debug)]
pub(super) struct Row {
    place: Place,
    cells: BTreeMap<String, String>,
}

/// Where a row is.
#[derive(Debug, Clone)]
pub(super) enum Place {
    /// A line of a CSV, from 1.
    Line(u64),
    /// An element of JSON, such as `data[3]`.
    Element(String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Line(line) => write!(f, "line {line}"),
            Self::Element(element) => f.write_str(element),
        }
    }
}

impl Row {
    pub(super) fn new(place: Place, cells: BTreeMap<String, String>) -> Self {
        Self { place, cells }
    }

    pub(super) fn place(&self) -> String {
        self.place.to_string()
    }

    pub(super) fn cell(&self, column: &str) -> Option<&str> {
        self.cells.get(column).map(String::as_str)
    }

    /// An error with the row's place.
    pub(super) fn at(&self, error: Malformed) -> Malformed {
        match &self.place {
            Place::Line(line) => error.line(*line),
            Place::Element(element) => error.field(element),
        }
    }
}

/// The rows at the end of a CSV that are no positions, perhaps with totals.
pub(super) struct Footer {
    header: Vec<String>,
    rows: Vec<(u64, csv::StringRecord)>,
}

impl Footer {
    /// A cell of one of the rows, from 1, and its line.
    pub(super) fn text(&self, row: usize, column: &str) -> Result<(u64, &str), Malformed> {
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
pub(super) fn of_csv(
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

/// An object whose keys are all different.
#[derive(Deserialize)]
#[serde(transparent)]
struct Object(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Box<RawValue>>);

/// A JSON document.
pub(super) struct Document(Box<RawValue>);

impl Document {
    pub(super) fn of(text: &str) -> Result<Self, Malformed> {
        json::from_str(text)
            .map(Self)
            .map_err(Malformed::secret_json)
    }

    /// A field of the document, such as `data.total`, where it has something in it.
    pub(super) fn text(&self, path: &str) -> Result<Option<String>, Malformed> {
        cell("", &self.0, path)
    }

    /// That the fields which a mapping requires have one of their texts.
    pub(super) fn check(&self, mapping: &Mapping) -> Result<(), Malformed> {
        for (path, texts) in &mapping.require {
            let found = match value("", &self.0, path)? {
                None => String::new(),
                Some(list) if list.get().starts_with(['[', '{']) => {
                    list.get().split_whitespace().collect()
                }
                Some(_) => self.text(path)?.unwrap_or_default(),
            };
            if !texts.contains(&found) {
                let expected = texts.iter().map(|text| match text.as_str() {
                    "" => "nothing".to_owned(),
                    text => format!("{text:?}"),
                });
                let expected = expected.collect::<Vec<_>>().join(" or ");
                let wrong = Malformed::new(expected, "something else: not all, or not this file");
                return Err(wrong.field(path));
            }
        }
        Ok(())
    }

    /// The rows of the lists or objects that a mapping names.
    pub(super) fn rows(&self, mapping: &Mapping) -> Result<Vec<Row>, Malformed> {
        let columns = mapping.columns();
        let of_members = columns.contains(&KEY);
        let mut rows = Vec::new();
        for (place, list) in self.lists(mapping.rows.as_deref())? {
            let members = match of_members {
                true => members(&place, &list)?,
                false => elements(&place, &list)?,
            };
            for (place, name, row) in members {
                rows.push(row_of(place, &name, &row, &columns)?);
            }
        }
        Ok(rows)
    }

    /// What is at a path; `*` stands for each of a list.
    fn lists(&self, path: Option<&str>) -> Result<Vec<(String, Box<RawValue>)>, Malformed> {
        let mut found = vec![(String::new(), self.0.clone())];
        for step in path.iter().flat_map(|path| path.split('.')) {
            let mut next = Vec::new();
            for (place, value) in found {
                match step {
                    "*" => {
                        let elements = elements(&place, &value)?;
                        next.extend(elements.into_iter().map(|(place, _, value)| (place, value)));
                    }
                    name => next.push((joined(&place, name), field(&place, &value, name)?)),
                }
            }
            found = next;
        }
        Ok(found)
    }
}

/// The cells of a row that are read.
fn row_of(place: String, name: &str, row: &RawValue, columns: &[&str]) -> Result<Row, Malformed> {
    let mut cells = BTreeMap::new();
    for column in columns {
        let cell = match *column {
            KEY => Some(name.to_owned()),
            VALUE => scalar(&place, row)?,
            column => cell(&place, row, column)?,
        };
        if let Some(cell) = cell {
            cells.insert((*column).to_owned(), cell);
        }
    }
    Ok(Row::new(Place::Element(place), cells))
}

fn joined(place: &str, name: &str) -> String {
    match place {
        "" => name.to_owned(),
        place => format!("{place}.{name}"),
    }
}

fn wrong(place: &str, expected: &str) -> Malformed {
    let error = Malformed::new(expected, "something else");
    match place {
        "" => error,
        place => error.field(place),
    }
}

/// A place, a name and what is there.
type Member = (String, String, Box<RawValue>);

fn elements(place: &str, value: &RawValue) -> Result<Vec<Member>, Malformed> {
    let list: Vec<Box<RawValue>> =
        serde_json::from_str(value.get()).map_err(|_| wrong(place, "a list"))?;
    let named = list.into_iter().enumerate();
    Ok(named
        .map(|(i, value)| (format!("{place}[{i}]"), String::new(), value))
        .collect())
}

fn members(place: &str, value: &RawValue) -> Result<Vec<Member>, Malformed> {
    let named = object(place, value)?.0.into_iter();
    Ok(named
        .map(|(name, value)| (joined(place, &name), name, value))
        .collect())
}

fn object(place: &str, value: &RawValue) -> Result<Object, Malformed> {
    let expected = "an object whose keys are all different";
    serde_json::from_str(value.get()).map_err(|_| wrong(place, expected))
}

fn field(place: &str, value: &RawValue, name: &str) -> Result<Box<RawValue>, Malformed> {
    let mut object = object(place, value)?;
    let found = object.0.remove(name);
    found.ok_or_else(|| {
        let keys = object.0.keys().map(String::as_str).collect::<Vec<_>>();
        wrong(place, &format!("a field {name:?}")).got(format!("the fields {keys:?}"))
    })
}

/// What is in a field of a row, or of an object within it; `None` where it has no such field or
/// nothing in it.
fn value(place: &str, row: &RawValue, column: &str) -> Result<Option<Box<RawValue>>, Malformed> {
    let mut value = row.to_owned();
    for name in column.split('.') {
        let Some(inner) = object(place, &value)?.0.remove(name) else {
            return Ok(None);
        };
        value = inner;
        if value.get() == "null" {
            return Ok(None);
        }
    }
    Ok(Some(value))
}

/// The same, where it is a text, a number or true or false.
fn cell(place: &str, row: &RawValue, column: &str) -> Result<Option<String>, Malformed> {
    match value(place, row, column)? {
        None => Ok(None),
        Some(value) => scalar(&joined(place, column), &value),
    }
}

/// A text, a number as it is written, or true or false.
fn scalar(place: &str, value: &RawValue) -> Result<Option<String>, Malformed> {
    match value.get().chars().next() {
        _ if value.get() == "null" => Ok(None),
        Some('"') => serde_json::from_str(value.get())
            .map(|text: String| Some(text.trim().to_owned()))
            .map_err(|_| wrong(place, "a text")),
        Some('{' | '[') => Err(wrong(place, "a text or a number")),
        _ => Ok(Some(value.get().to_owned())),
    }
}
