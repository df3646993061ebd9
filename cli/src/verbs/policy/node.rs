//! JSON of others, whose documents have more fields than are read: each value with its path, so
//! that an error says where it is. Numbers are read as they are written. Nothing here is secret.

use crate::files;
use crate::malformed::Malformed;
use crate::numbers::Convention;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::json;
use serde::Deserialize;
use serde_json::value::RawValue;
use std::collections::BTreeMap;
use std::path::Path;

/// A value of a document, and its path.
#[derive(Debug)]
pub(super) struct Node {
    place: String,
    value: Box<RawValue>,
}

/// An object whose keys are all different.
#[derive(Deserialize)]
#[serde(transparent)]
struct Object(#[serde(deserialize_with = "json::unique_map")] BTreeMap<String, Box<RawValue>>);

/// The fields of an object that are not null.
#[derive(Debug)]
pub(super) struct Fields {
    place: String,
    fields: BTreeMap<String, Node>,
}

impl Node {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_POSITIONS)?;
        Self::of_text(&text).map_err(|e| Failure::of_file(path, e))
    }

    fn of_text(text: &str) -> Result<Self, Malformed> {
        Ok(Self {
            place: String::new(),
            value: json::from_str(text)?,
        })
    }

    /// An error about this value.
    pub(super) fn wrong(&self, expected: &str) -> Malformed {
        let text = self.value.get();
        let got = match text.chars().next() {
            Some('{') => "an object".into(),
            Some('[') => "a list".into(),
            _ => text.chars().take(80).collect::<String>(),
        };
        self.at(Malformed::new(expected, got))
    }

    /// The error with the value's path.
    pub(super) fn at(&self, error: Malformed) -> Malformed {
        match &*self.place {
            "" => error,
            place => error.field(place),
        }
    }

    pub(super) fn is_list(&self) -> bool {
        self.value.get().starts_with('[')
    }

    pub(super) fn is_object(&self) -> bool {
        self.value.get().starts_with('{')
    }

    pub(super) fn list(&self) -> Result<Vec<Self>, Malformed> {
        let list: Vec<Box<RawValue>> =
            serde_json::from_str(self.value.get()).map_err(|_| self.wrong("a list"))?;
        let named = list.into_iter().enumerate();
        let node = |(i, value)| Self {
            place: format!("{}[{i}]", self.place),
            value,
        };
        Ok(named.map(node).collect())
    }

    pub(super) fn fields(&self) -> Result<Fields, Malformed> {
        let expected = "an object whose keys are all different";
        let object: Object =
            serde_json::from_str(self.value.get()).map_err(|_| self.wrong(expected))?;
        let present = object.0.into_iter().filter(|(_, v)| v.get() != "null");
        let node = |(name, value): (String, Box<RawValue>)| {
            let place = match &*self.place {
                "" => name.clone(),
                place => format!("{place}.{name}"),
            };
            (name, Self { place, value })
        };
        Ok(Fields {
            place: self.place.clone(),
            fields: present.map(node).collect(),
        })
    }

    pub(super) fn text(&self) -> Result<String, Malformed> {
        serde_json::from_str(self.value.get()).map_err(|_| self.wrong("a text"))
    }

    pub(super) fn flag(&self) -> Result<bool, Malformed> {
        serde_json::from_str(self.value.get()).map_err(|_| self.wrong("true or false"))
    }

    /// A decimal number at or above 0, written as a number or as a text, perhaps with an exponent:
    /// digits and a point.
    pub(super) fn decimal(&self) -> Result<String, Malformed> {
        let expected = "a decimal number at or above 0";
        let written = match self.value.get().starts_with('"') {
            true => self.text()?,
            false => self.value.get().to_owned(),
        };
        let plain = Convention::default()
            .with_exponents(true)
            .plain(&written)
            .map_err(|_| self.wrong(expected))?;
        let digits = plain
            .split_once('.')
            .map_or(0, |(_, fraction)| fraction.len());
        let digits = u32::try_from(digits).unwrap_or(u32::MAX);
        match digits > 40 || text::scaled(&plain, digits.min(30)).is_err() {
            true => Err(self.wrong(expected)),
            false => Ok(plain),
        }
    }

    /// A whole number from 0 to `most`, written as a number or as a text.
    pub(super) fn whole(&self, most: u64) -> Result<u64, Malformed> {
        let expected = format!("a whole number from 0 to {most}");
        let number = text::scaled(&self.decimal()?, 0).ok();
        let number = number.and_then(|number| u64::try_from(number).ok());
        number
            .filter(|number| *number <= most)
            .ok_or_else(|| self.wrong(&expected))
    }

    /// A share from 0 to 1 in basis points, rounded down; and whether it was rounded.
    pub(super) fn share(&self) -> Result<(u32, bool), Malformed> {
        let expected = "a share from 0 to 1, such as 0.825";
        let number = self.decimal()?;
        let down = text::rounded(&number, 4, Some(false)).map_err(|_| self.wrong(expected))?;
        let up = text::rounded(&number, 4, Some(true)).map_err(|_| self.wrong(expected))?;
        match u32::try_from(down) {
            Ok(bps) if up <= 10_000 => Ok((bps, down != up)),
            _ => Err(self.wrong(expected)),
        }
    }
}

impl Fields {
    /// Takes a field out.
    pub(super) fn take(&mut self, name: &str) -> Option<Node> {
        self.fields.remove(name)
    }

    /// Takes a field out that must be there.
    pub(super) fn need(&mut self, name: &str) -> Result<Node, Malformed> {
        let found = self.take(name);
        found.ok_or_else(|| self.missing(&format!("a field {name:?}")))
    }

    /// Takes a field out that must be there, under one of its names.
    pub(super) fn need_one(&mut self, names: &[&str]) -> Result<Node, Malformed> {
        let mut found = names.iter().filter_map(|name| self.fields.remove(*name));
        match (found.next(), found.next()) {
            (Some(node), None) => Ok(node),
            (None, _) => Err(self.missing(&format!("one of the fields {names:?}"))),
            (Some(node), Some(_)) => {
                let expected = format!("only one of the fields {names:?}");
                Err(node.at(Malformed::new(expected, "several")))
            }
        }
    }

    /// Takes out what is of no concern here.
    pub(super) fn ignore(&mut self, names: &[&str]) {
        for name in names {
            self.fields.remove(*name);
        }
    }

    fn missing(&self, expected: &str) -> Malformed {
        let keys: Vec<&str> = self.names().collect();
        let error = Malformed::new(expected, format!("the fields {keys:?}"));
        match &*self.place {
            "" => error,
            place => error.field(place),
        }
    }

    /// The fields that were not taken out.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.fields.keys().map(String::as_str)
    }

    pub(super) fn into_nodes(self) -> impl Iterator<Item = (String, Node)> {
        self.fields.into_iter()
    }
}
