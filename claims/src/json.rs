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
    /// names what it found, as in "invalid type: integer `5`, expected a string". A field
    /// that is unknown is not named either: a secret may stand where a name belongs.
    pub fn redacted(mut self) -> Self {
        // These are fields of the format.
        const NAMES_A_FIELD: [&str; 2] = ["missing field", "duplicate field"];
        if NAMES_A_FIELD.iter().any(|m| self.message.starts_with(m)) {
            return self;
        }
        if self.message.starts_with("unknown field") {
            self.message = match self.message.rsplit_once("`, expected ") {
                Some((_, expected)) => format!("unknown field, expected {expected}"),
                None => "unknown field".into(),
            };
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

/// Longest message, in characters: serde quotes names and texts of any length.
const MAX_MESSAGE: usize = 400;

/// Reads a whole document of one JSON value.
pub fn from_str<'de, T: de::Deserialize<'de>>(text: &'de str) -> Result<T, JsonError> {
    serde_json::from_str(text).map_err(|e| {
        let full = e.to_string();
        let message = full.rsplit_once(" at line ").map_or(&*full, |(m, _)| m);
        let mut message = message.to_owned();
        if let Some((cut, _)) = message.char_indices().nth(MAX_MESSAGE) {
            message.truncate(cut);
            message.push_str(" ...");
        }
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

/// A field that may be absent, but not null. For `#[serde(default, deserialize_with)]`.
pub fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: de::Deserialize<'de>,
{
    T::deserialize(deserializer).map(Some)
}

/// [`unique_map`], where the field may be absent, but not null.
pub fn present_map<'de, D, V>(deserializer: D) -> Result<Option<BTreeMap<String, V>>, D::Error>
where
    D: Deserializer<'de>,
    V: de::Deserialize<'de>,
{
    unique_map(deserializer).map(Some)
}

/// One object, or a list of at least one. For `#[serde(with)]`.
pub mod one_or_many {
    use serde::de::{self, Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
    use serde::{Serialize, Serializer};
    use std::fmt;
    use std::marker::PhantomData;

    /// Writes a list of one as that one.
    pub fn serialize<S: Serializer, T: Serialize>(
        list: &[T],
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match list {
            [one] => one.serialize(serializer),
            many => many.serialize(serializer),
        }
    }

    /// Reads an object, or a list of at least one.
    pub fn deserialize<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
    where
        D: Deserializer<'de>,
        T: Deserialize<'de>,
    {
        struct OneOrMany<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
            type Value = Vec<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, or a list of at least one")
            }
            fn visit_map<A: MapAccess<'de>>(self, access: A) -> Result<Vec<T>, A::Error> {
                T::deserialize(de::value::MapAccessDeserializer::new(access)).map(|one| vec![one])
            }
            fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Vec<T>, A::Error> {
                let many = Vec::deserialize(de::value::SeqAccessDeserializer::new(access))?;
                if many.is_empty() {
                    return Err(de::Error::invalid_length(0, &self));
                }
                Ok(many)
            }
        }
        deserializer.deserialize_any(OneOrMany(PhantomData))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Secret {
        #[allow(dead_code)]
        blinding: String,
    }

    /// Found by fuzzing: a secret that stood where a name belongs was told (P3).
    #[test]
    fn p3_a_redacted_error_names_no_unknown_field() {
        let error = from_str::<Secret>("{\"0x123456789\": 1}").unwrap_err();
        assert!(error.message.contains("123456789"), "the case is not met");
        let message = error.redacted().message;
        assert!(!message.contains("123456789"), "{message}");
        assert!(message.contains("`blinding`"), "{message}");
        for hostile in ["a`, expected b", "at line 5, expected "] {
            let text = serde_json::json!({ hostile: 1 }).to_string();
            let message = from_str::<Secret>(&text).unwrap_err().redacted().message;
            assert_eq!(message, "unknown field, expected `blinding`");
        }
    }

    /// Found by fuzzing: an error was as long as the name it quoted.
    #[test]
    fn files_a_long_name_is_not_quoted_whole() {
        let text = format!("{{\"{}\": 1}}", "é".repeat(100_000));
        let error = from_str::<Secret>(&text).unwrap_err();
        assert!(error.message.chars().count() < MAX_MESSAGE + 10);
        assert!(error.redacted().message.len() < 4 * MAX_MESSAGE);
    }
}
