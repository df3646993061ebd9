//! Numbers and times of a source's JSON or CSV as they are written, read when they are needed: a
//! coin that no policy lists may well have no price.

use super::decimal::{Decimal, shortened};
use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::json;
use serde::de::{self, Deserialize, Deserializer};
use serde_json::value::RawValue;
use std::collections::BTreeMap;

/// A number of JSON as it is written, a text without its quotes, or a cell of a CSV.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written(pub(super) String);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let raw = Box::<RawValue>::deserialize(deserializer)?;
        match raw.get().starts_with('"') {
            true => serde_json::from_str(raw.get())
                .map(Self)
                .map_err(|_| de::Error::custom("not a text")),
            false => Ok(Self(raw.get().to_owned())),
        }
    }
}

/// A JSON object whose keys are all different, or a row of a CSV.
#[derive(serde::Deserialize, Debug)]
#[serde(transparent)]
pub(super) struct Fields(
    #[serde(deserialize_with = "json::unique_map")] pub(super) BTreeMap<String, Written>,
);

/// An optional field that must be there, and be what `read` makes something of.
fn field<T>(
    name: &str,
    expected: &str,
    written: Option<&Written>,
    read: impl Fn(&str) -> Option<T>,
) -> Result<T, Malformed> {
    let found = written.and_then(|written| read(&written.0));
    found.ok_or_else(|| {
        let got = match written {
            None => "none".into(),
            Some(Written(text)) => format!("{:?}", shortened(text)),
        };
        Malformed::new(expected, got).field(name)
    })
}

/// The price of a whole unit.
pub(super) fn price(name: &str, written: Option<&Written>) -> Result<Decimal, Malformed> {
    let expected = "a decimal price such as 1250.75 or 1e-7";
    field(name, expected, written, Decimal::parse)
}

/// A whole number.
pub(super) fn whole(name: &str, written: Option<&Written>) -> Result<u128, Malformed> {
    let expected = "a whole number that is not negative";
    field(name, expected, written, json::decimal::parse)
}

/// A time in Unix seconds; to find out how old a price is, so it must be there.
pub(super) fn seconds(name: &str, written: Option<&Written>) -> Result<u64, Malformed> {
    let read = |text: &str| json::decimal::parse(text).and_then(|n| u64::try_from(n).ok());
    field(name, "a time in Unix seconds", written, read)
}

/// A time such as `2026-11-20T16:00:00Z`.
pub(super) fn instant(name: &str, written: Option<&Written>) -> Result<u64, Malformed> {
    let expected = "a time such as 2026-11-20T16:00:00Z";
    field(name, expected, written, text::instant)
}
