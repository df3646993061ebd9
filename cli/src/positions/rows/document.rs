//! Rows of a list, or of an object's members, somewhere in a JSON document.

use super::{Place, Row};
use crate::malformed::Malformed;
use crate::positions::mapping::Mapping;
use covenant_circuits::json;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// The column of the name that a row has as a member of an object, and that of what it is.
const KEY: &str = "$key";
const VALUE: &str = "$value";

/// An object whose keys are all different.
#[derive(Deserialize)]
#[serde(transparent)]
struct Object(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Box<RawValue>>);

/// A JSON document.
pub(in crate::positions) struct Document(Box<RawValue>);

impl Document {
    pub(in crate::positions) fn of(text: &str) -> Result<Self, Malformed> {
        json::from_str(text)
            .map(Self)
            .map_err(Malformed::secret_json)
    }

    /// A field of the document, such as `data.total`, where it has something in it.
    pub(in crate::positions) fn text(&self, path: &str) -> Result<Option<String>, Malformed> {
        cell("", &self.0, path)
    }

    /// That the fields which a mapping requires have one of their texts.
    pub(in crate::positions) fn check(&self, mapping: &Mapping) -> Result<(), Malformed> {
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
    pub(in crate::positions) fn rows(&self, mapping: &Mapping) -> Result<Vec<Row>, Malformed> {
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
