//! Strict JSON: serde's derived readers refuse unknown fields, duplicate fields and
//! floats; what is here closes the rest (duplicate keys of maps, amounts as text).

use serde::de::{self, Deserializer, MapAccess, Visitor};
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

/// A document could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct JsonError {
    /// 1-based.
    pub line: usize,
    /// 1-based.
    pub column: usize,
    /// What was expected and what was found.
    pub message: String,
}

impl JsonError {
    /// The same error without any value it quotes, for documents that are secret: serde
    /// names what it found, as in "invalid type: integer `5`, expected a string".
    pub fn redacted(mut self) -> Self {
        const NAMES_A_FIELD: [&str; 3] = ["unknown field", "missing field", "duplicate field"];
        if NAMES_A_FIELD.iter().any(|m| self.message.starts_with(m)) {
            return self;
        }
        self.message = match self.message.rsplit_once(", expected ") {
            Some((_, expected)) => format!("expected {expected}, got something else"),
            None if self.message.contains(['`', '"']) => "not of the expected form".into(),
            None => self.message,
        };
        self
    }
}

/// Reads a whole document of one JSON value.
pub fn from_str<T: de::DeserializeOwned>(text: &str) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|e| {
        let full = e.to_string();
        let message = match full.rfind(" at line ") {
            Some(at) => full.chars().take(full[..at].chars().count()).collect(),
            None => full,
        };
        JsonError {
            line: e.line(),
            column: e.column(),
            message,
        }
    })
}

/// A map with text keys, each at most once. For `#[serde(deserialize_with)]`.
pub fn unique_map<'de, D, V>(deserializer: D) -> Result<BTreeMap<String, V>, D::Error>
where
    D: Deserializer<'de>,
    V: de::Deserialize<'de>,
{
    struct Unique<V>(PhantomData<V>);
    impl<'de, V: de::Deserialize<'de>> Visitor<'de> for Unique<V> {
        type Value = BTreeMap<String, V>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object whose keys are all different")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Self::Value, A::Error> {
            let mut map = BTreeMap::new();
            while let Some((key, value)) = access.next_entry::<String, V>()? {
                if map.contains_key(&key) {
                    return Err(de::Error::custom(format!("duplicate key {key:?}")));
                }
                map.insert(key, value);
            }
            Ok(map)
        }
    }
    deserializer.deserialize_map(Unique(PhantomData))
}

/// Integers as decimal text, as they may pass 2^53: no sign, no leading zero.
pub mod decimal {
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes the decimal digits as text.
    pub fn serialize<S: Serializer>(x: &u128, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&x.to_string())
    }

    /// Reads decimal digits from text.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u128, D::Error> {
        let text = String::deserialize(deserializer)?;
        parse(&text).ok_or_else(|| {
            de::Error::custom(
                "expected a decimal integer below 2^128 as text, without sign or leading zeros",
            )
        })
    }

    /// Reads decimal digits without sign or leading zeros.
    pub fn parse(text: &str) -> Option<u128> {
        let digits = !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
        let leading_zero = text.len() > 1 && text.starts_with('0');
        if !digits || leading_zero {
            return None;
        }
        text.parse().ok()
    }
}

/// Field elements as 0x-prefixed hex text.
pub mod hex_field {
    use crate::field::{self, Fr};
    use serde::{Deserialize, Deserializer, Serializer, de};

    /// Writes 0x and 64 digits.
    pub fn serialize<S: Serializer>(x: &Fr, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&field::to_hex(x))
    }

    /// Reads 0x and 1 to 64 digits of a number below r.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Fr, D::Error> {
        let text = String::deserialize(deserializer)?;
        field::from_hex(&text).map_err(de::Error::custom)
    }
}
