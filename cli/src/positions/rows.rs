//! The rows of an export: of a CSV, or of a list somewhere in a JSON document. Every cell is text
//! as it is written, numbers of JSON too, so that none is read as another.

mod document;
mod table;

pub(super) use document::Document;
pub(super) use table::{Footer, of_csv};

use crate::malformed::Malformed;
use std::collections::BTreeMap;
use std::fmt;

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
