//! When a file's positions were taken, as it says itself.

use super::rows::{Document, Row};
use crate::malformed::Malformed;
use crate::text;
use schemars::JsonSchema;
use serde::Deserialize;

/// Where a file says when its positions were taken.
#[derive(Deserialize, JsonSchema, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct AsOf {
    /// A column; all rows that are read have the same time in it.
    column: Option<String>,
    /// JSON: a field of the document.
    path: Option<String>,
    /// Whether it is in milliseconds since 1970.
    #[serde(default)]
    milliseconds: bool,
}

/// A time, or a day of which no time is known. Unix seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Taken {
    At(u64),
    /// The day's first second, UTC.
    On(u64),
}

impl Taken {
    /// As `--as-of` reads it, but for `now`. What is not one may be an amount in the wrong place:
    /// it is not quoted.
    pub(super) fn of(written: &str) -> Result<Self, Malformed> {
        let expected = "a time such as 2026-11-20T16:00:00Z, a date or Unix seconds, that has come";
        let wrong = || Malformed::new(expected, text::describe(written));
        let time = match written {
            "now" => return Err(wrong()),
            written => text::time(written).map_err(|_| wrong())?,
        };
        if !text::has_come(time) {
            return Err(wrong());
        }
        let is_date = written.len() == 10 && written.contains('-');
        Ok(match is_date {
            true => Self::On(time),
            false => Self::At(time),
        })
    }

    /// Unix seconds.
    pub(crate) fn seconds(self) -> u64 {
        match self {
            Self::At(time) | Self::On(time) => time,
        }
    }

    /// Whether a time may be this one.
    pub(crate) fn agrees(self, time: u64) -> bool {
        match self {
            Self::At(own) => own == time,
            Self::On(day) => (day..day + 86_400).contains(&time),
        }
    }
}

impl AsOf {
    /// That it names one place.
    pub(super) fn check(&self) -> Result<(), Malformed> {
        match self.column.is_some() == self.path.is_some() {
            true => Err(Malformed::said("expected either a column or a path").field("as_of")),
            false => Ok(()),
        }
    }

    pub(super) fn column(&self) -> Option<&str> {
        self.column.as_deref()
    }

    /// The time that a document has, outside of its rows.
    pub(super) fn of_document(
        &self,
        document: Option<&Document>,
    ) -> Result<Option<Taken>, Malformed> {
        let Some(path) = &self.path else {
            return Ok(None);
        };
        let document = document.ok_or_else(|| {
            Malformed::said("expected a column: only JSON has paths").field("as_of.path")
        })?;
        let written = document
            .text(path)?
            .ok_or_else(|| Malformed::new("a time", "nothing").field(path))?;
        self.time(&written).map(Some).map_err(|e| e.field(path))
    }

    /// The time of a row, which has to be that of the rows before.
    pub(super) fn of_row(&self, row: &Row, before: &mut Option<Taken>) -> Result<(), Malformed> {
        let Some(column) = &self.column else {
            return Ok(());
        };
        let written = row.cell(column).unwrap_or_default();
        let taken = self.time(written).map_err(|e| e.field(column))?;
        match before {
            Some(before) if *before != taken => {
                Err(Malformed::new("the time of the rows before", "another").field(column))
            }
            _ => {
                *before = Some(taken);
                Ok(())
            }
        }
    }

    fn time(&self, written: &str) -> Result<Taken, Malformed> {
        if !self.milliseconds {
            return Taken::of(written);
        }
        let is_right = written.len() == 13 && written.bytes().all(|c| c.is_ascii_digit());
        match written.get(..10).filter(|_| is_right) {
            Some(seconds) => Taken::of(seconds),
            None => Err(Malformed::new(
                "13 digits of milliseconds",
                text::describe(written),
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_agrees_with_its_times_and_a_time_with_itself() {
        let day = Taken::of("2026-09-21").unwrap();
        assert_eq!(day, Taken::On(1_789_948_800));
        assert!(day.agrees(1_789_948_800) && day.agrees(1_790_035_199));
        assert!(!day.agrees(1_790_035_200) && !day.agrees(1_789_948_799));
        let time = Taken::of("2026-09-21T14:13:20Z").unwrap();
        assert_eq!(time, Taken::At(1_790_000_000));
        assert!(time.agrees(1_790_000_000) && !time.agrees(1_790_000_001));
        for bad in ["now", "", "7654321", "2126-01-01", "2026-09-21T14:13:20"] {
            let error = Taken::of(bad).unwrap_err().to_string();
            assert!(bad.is_empty() || !error.ends_with(bad), "{error}");
        }
    }
}
