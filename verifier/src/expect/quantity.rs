//! Quantities as people write them in a file of expectations: durations such as `24h`,
//! ratios such as `125%`. Strict: no sign, no leading zero, no blank, nothing rounded.

use covenant_claims::json::decimal;
use covenant_claims::numbers::MICRO;
use serde::{Deserialize, Deserializer, de};
use std::fmt;

/// An integer, or text: what a quantity may be in a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Scalar {
    /// A plain number.
    Integer(u64),
    /// Text, to be read.
    Text(String),
}

impl fmt::Display for Scalar {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(n) => write!(f, "{n}"),
            Self::Text(text) => write!(f, "{:?}", text.chars().take(40).collect::<String>()),
        }
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = Scalar;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a whole number that is not negative, or text")
            }
            fn visit_u64<E: de::Error>(self, n: u64) -> Result<Scalar, E> {
                Ok(Scalar::Integer(n))
            }
            fn visit_i64<E: de::Error>(self, n: i64) -> Result<Scalar, E> {
                u64::try_from(n)
                    .map(Scalar::Integer)
                    .map_err(|_| E::invalid_value(de::Unexpected::Signed(n), &self))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(text.into()))
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

/// What a duration must look like.
pub const DURATION: &str =
    "seconds, or a whole number of s, m, h or d such as \"24h\", below 2^40 seconds";

/// Seconds: `90`, `"90s"`, `"15m"`, `"24h"`, `"7d"`; below 2^40.
pub fn seconds(x: &Scalar) -> Option<u64> {
    let seconds = match x {
        Scalar::Integer(n) => *n,
        Scalar::Text(text) => {
            let unit = match text.chars().last()? {
                's' => 1,
                'm' => 60,
                'h' => 3_600,
                'd' => 86_400,
                _ => return None,
            };
            // The unit is one byte.
            let count = decimal::parse(text.get(..text.len() - 1)?)?;
            u64::try_from(count).ok()?.checked_mul(unit)?
        }
    };
    (seconds < 1 << 40).then_some(seconds)
}

/// What a ratio must look like.
pub const RATIO: &str =
    "basis points from 1 to 1048575, or per cent with at most 2 decimals such as \"125%\"";

/// Basis points: `12500`, `"125%"`, `"125.5%"`, `"125.25%"`.
pub fn basis_points(x: &Scalar) -> Option<u32> {
    match x {
        Scalar::Integer(n) => u32::try_from(*n).ok(),
        Scalar::Text(text) => {
            let number = text.strip_suffix('%')?;
            let (whole, part) = number.split_once('.').unwrap_or((number, "00"));
            let hundredths = match (part.len(), part.parse::<u128>()) {
                _ if !part.bytes().all(|c| c.is_ascii_digit()) => return None,
                (1, Ok(tenths)) => tenths * 10,
                (2, Ok(hundredths)) => hundredths,
                _ => return None,
            };
            let bps = decimal::parse(whole)?.checked_mul(100)?;
            u32::try_from(bps.checked_add(hundredths)?).ok()
        }
    }
}

/// What an amount of debt must look like.
pub const DEBT: &str =
    "quote units below 2^80 / 10^6 with at most 6 decimals, such as 4000000 or \"4000000.50\"";

/// Micro-units of the quote currency, from quote units: `4000000`, `"4000000.50"`.
pub fn micro_units(x: &Scalar) -> Option<u128> {
    let (whole, part) = match x {
        Scalar::Integer(n) => (u128::from(*n), ""),
        Scalar::Text(text) => match text.split_once('.') {
            None => (decimal::parse(text)?, ""),
            Some((_, "")) => return None,
            Some((whole, part)) => (decimal::parse(whole)?, part),
        },
    };
    if part.len() > 6 || !part.bytes().all(|c| c.is_ascii_digit()) {
        return None;
    }
    let micro = format!("{part:0<6}").parse::<u128>().ok()?;
    whole.checked_mul(MICRO)?.checked_add(micro)
}

/// Basis points as [`basis_points`] reads them: `125%`, `125.5%`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Percent(pub u32);

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, format!("{:02}", self.0 % 100));
        match part.trim_end_matches('0') {
            "" => write!(f, "{whole}%"),
            part => write!(f, "{whole}.{part}%"),
        }
    }
}

/// Micro-units as [`micro_units`] reads them, in quote units: `4000000.00`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct QuoteUnits(pub u128);

impl fmt::Display for QuoteUnits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / MICRO, format!("{:06}", self.0 % MICRO));
        write!(f, "{whole}.{:0<2}", part.trim_end_matches('0'))
    }
}

/// Seconds as [`seconds`] reads them, in the largest unit that is exact: `24h`, `90s`.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Duration(pub u64);

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let units = [
            (86_400 * 2, 86_400, 'd'),
            (3_600, 3_600, 'h'),
            (60, 60, 'm'),
        ];
        let unit = units
            .into_iter()
            .find(|(least, unit, _)| self.0 >= *least && self.0.is_multiple_of(*unit));
        let (_, unit, letter) = unit.unwrap_or((0, 1, 's'));
        write!(f, "{}{letter}", self.0 / unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_is_written_is_read_as_the_same(bps in 1u32..1 << 20, micro in 0u128..1 << 80, s in 0u64..1 << 40) {
            let text = |x: String| Scalar::Text(x);
            prop_assert_eq!(basis_points(&text(Percent(bps).to_string())), Some(bps));
            prop_assert_eq!(micro_units(&text(QuoteUnits(micro).to_string())), Some(micro));
            prop_assert_eq!(seconds(&text(Duration(s).to_string())), Some(s));
            let days = s % 1000 * 86_400;
            prop_assert_eq!(seconds(&text(Duration(days).to_string())), Some(days));
        }
    }

    #[test]
    fn quantities_are_written_as_people_write_them() {
        for (bps, text) in [(12_500, "125%"), (12_550, "125.5%"), (1, "0.01%")] {
            assert_eq!(Percent(bps).to_string(), text);
        }
        for (micro, text) in [
            (4_000_000_000_000, "4000000.00"),
            (1, "0.000001"),
            (500_000, "0.50"),
        ] {
            assert_eq!(QuoteUnits(micro).to_string(), text);
        }
        for (s, text) in [
            (0, "0s"),
            (90, "90s"),
            (86_400, "24h"),
            (604_800, "7d"),
            (86_460, "1441m"),
        ] {
            assert_eq!(Duration(s).to_string(), text);
        }
    }

    #[test]
    fn quantities_are_read_exactly_or_refused() {
        let text = |t: &str| Scalar::Text(t.into());
        for (t, n) in [
            ("0s", 0),
            ("90s", 90),
            ("15m", 900),
            ("24h", 86_400),
            ("7d", 604_800),
        ] {
            assert_eq!(seconds(&text(t)), Some(n), "{t}");
        }
        assert_eq!(seconds(&Scalar::Integer(90)), Some(90));
        for t in [
            "",
            "s",
            "90",
            "-1s",
            "+1s",
            "01h",
            "1 h",
            "1.5h",
            "1h30m",
            "1w",
            "1H",
            "é",
            "1é",
            "12725830d",
            "18446744073709551615d",
            "1099511627776s",
        ] {
            assert_eq!(seconds(&text(t)), None, "{t}");
        }
        assert_eq!(seconds(&Scalar::Integer(1 << 40)), None);
        for (t, n) in [
            ("125%", 12_500),
            ("125.5%", 12_550),
            ("125.05%", 12_505),
            ("0.01%", 1),
            ("100.00%", 10_000),
        ] {
            assert_eq!(basis_points(&text(t)), Some(n), "{t}");
        }
        assert_eq!(basis_points(&Scalar::Integer(12_500)), Some(12_500));
        for (t, n) in [
            ("0", 0),
            ("4.5", 4_500_000),
            ("4000000.000001", 4_000_000_000_001),
        ] {
            assert_eq!(micro_units(&text(t)), Some(n), "{t}");
        }
        assert_eq!(micro_units(&Scalar::Integer(4)), Some(4_000_000));
        for t in [
            "",
            "1.",
            ".5",
            "-1",
            "1.0000001",
            "1e3",
            "01",
            "1.+5",
            "1,000",
        ] {
            assert_eq!(micro_units(&text(t)), None, "{t}");
        }
        for t in [
            "",
            "%",
            "125",
            "1.25",
            "125.%",
            ".5%",
            "125.555%",
            "-125%",
            "125 %",
            "0125%",
            "1e2%",
            "125.+5%",
            "99999999999%",
        ] {
            assert_eq!(basis_points(&text(t)), None, "{t}");
        }
    }
}
