//! Numbers as exports write them: a decimal sign, and perhaps a sign between groups of three
//! digits. One convention holds for a whole file; whatever does not follow it is refused, since a
//! sign that is taken for another changes an amount by factors of ten. Nothing is quoted: it may
//! be secret.

use crate::malformed::Malformed;
use crate::text;

/// Signs between groups of digits that exports have: comma, point, apostrophes, blanks (no-break
/// ones too), underscore.
const GROUPS: [char; 9] = [
    ',', '.', '\'', '\u{2019}', ' ', '\u{a0}', '\u{202f}', '\u{2009}', '_',
];

/// How a file writes numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Convention {
    decimal: char,
    group: Option<char>,
    exponents: bool,
}

impl Default for Convention {
    /// A point before the fraction and nothing between digits.
    fn default() -> Self {
        Self {
            decimal: '.',
            group: None,
            exponents: false,
        }
    }
}

impl Convention {
    /// A decimal sign, a point unless it is given, and the sign between groups of three digits.
    pub(crate) fn new(decimal: Option<char>, group: Option<char>) -> Result<Self, Malformed> {
        let decimal = decimal.unwrap_or('.');
        if !['.', ','].contains(&decimal) {
            let wrong = Malformed::new("a point or a comma", format!("{decimal:?}"));
            return Err(wrong.field("decimal"));
        }
        match group {
            Some(sign) if !GROUPS.contains(&sign) => Err(Malformed::new(
                "a comma, a point, an apostrophe, a blank or an underscore",
                format!("{sign:?}"),
            )
            .field("thousands")),
            Some(sign) if sign == decimal => Err(Malformed::new(
                "another sign than the decimal one (decimal = \",\" where a comma is before the fraction)",
                format!("{sign:?} for both"),
            )
            .field("thousands")),
            group => Ok(Self {
                decimal,
                group,
                exponents: false,
            }),
        }
    }

    /// The same, with or without numbers such as `1.5e-8`.
    pub(crate) fn with_exponents(self, exponents: bool) -> Self {
        Self { exponents, ..self }
    }

    /// A number with a point before its fraction and nothing between its digits, for
    /// [`text::scaled`] and its like, which refuse what else is wrong with it.
    pub(crate) fn plain(&self, number: &str) -> Result<String, Malformed> {
        // What a sign of another convention is taken for must not be guessed.
        let own = |c: char| c == self.decimal || self.group == Some(c);
        if number.contains(|c| GROUPS.contains(&c) && !own(c)) {
            return Err(self.refused(number));
        }
        if self.exponents
            && let Some((digits, exponent)) = number.split_once(['e', 'E'])
        {
            return self.shifted(digits, exponent);
        }
        let (whole, fraction) = match number.split_once(self.decimal) {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (number, None),
        };
        let whole = match self.group.filter(|sign| whole.contains(*sign)) {
            None => whole.to_owned(),
            Some(sign) => {
                let mut groups = whole.split(sign);
                let first = groups.next().unwrap_or_default();
                let full = groups.clone().all(|group| group.len() == 3);
                if !(1..=3).contains(&first.len()) || !full {
                    return Err(self.refused(number));
                }
                whole.split(sign).collect()
            }
        };
        match fraction {
            None => Ok(whole),
            Some(fraction) if self.group.is_some_and(|sign| fraction.contains(sign)) => {
                Err(self.refused(number))
            }
            Some(fraction) => Ok(format!("{whole}.{fraction}")),
        }
    }

    /// `digits x 10^exponent` written out.
    fn shifted(&self, digits: &str, exponent: &str) -> Result<String, Malformed> {
        let expected = || Malformed::new("an exponent from -40 to 40", text::describe(exponent));
        let shift: i32 = exponent.parse().map_err(|_| expected())?;
        let plain = self.with_exponents(false).plain(digits)?;
        let (whole, fraction) = text::parts(&plain)?;
        // Places of the decimal sign, among zeros enough on both sides.
        let zeros = "0".repeat(40);
        let all = format!("{zeros}{whole}{fraction}{zeros}");
        let place = i32::try_from(40 + whole.len())
            .ok()
            .map(|place| place + shift);
        let place = place
            .filter(|_| shift.abs() <= 40)
            .and_then(|p| usize::try_from(p).ok());
        let split = place.and_then(|place| all.split_at_checked(place));
        let (whole, fraction) = split.ok_or_else(expected)?;
        let whole = whole.trim_start_matches('0');
        let whole = if whole.is_empty() { "0" } else { whole };
        Ok(match fraction.trim_end_matches('0') {
            "" => whole.to_owned(),
            fraction => format!("{whole}.{fraction}"),
        })
    }

    fn refused(&self, number: &str) -> Malformed {
        let decimal = match self.decimal {
            ',' => "a comma",
            _ => "a point",
        };
        let groups = match self.group {
            None => "nothing between digits (thousands = \",\" in a mapping says otherwise)".into(),
            Some(sign) => format!("{sign:?} between groups of three digits"),
        };
        Malformed::new(
            format!("{decimal} before the fraction and {groups}"),
            text::describe(number),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    use proptest::prelude::*;
    use regex::Regex;

    fn convention(decimal: char, group: char) -> Convention {
        Convention::new(Some(decimal), Some(group)).unwrap()
    }

    /// What a number stands for in units of 10^-decimals, by a pattern of what may be written:
    /// another reader than the one above.
    fn independent(
        number: &str,
        decimal: char,
        group: Option<char>,
        decimals: u32,
    ) -> Option<u128> {
        let sign = |c: char| regex::escape(&c.to_string());
        let grouped = group.map_or(String::new(), |g| {
            format!("|[1-9][0-9]{{0,2}}(?:{}[0-9]{{3}})+", sign(g))
        });
        let pattern = format!("^(0|[1-9][0-9]*{grouped})(?:{}([0-9]+))?$", sign(decimal));
        let parts = Regex::new(&pattern).unwrap().captures(number)?;
        let whole: String = parts[1].chars().filter(char::is_ascii_digit).collect();
        let fraction = parts.get(2).map_or("", |m| m.as_str());
        let mut value: u128 = whole.parse().ok()?;
        for place in 0..fraction.len().max(decimals as usize) {
            let digit = fraction
                .as_bytes()
                .get(place)
                .map_or(0, |c| u128::from(c - b'0'));
            if place < decimals as usize {
                value = value.checked_mul(10)?.checked_add(digit)?;
            } else if digit != 0 {
                return None;
            }
        }
        Some(value)
    }

    fn agree(number: &str, decimal: char, group: Option<char>, decimals: u32) {
        let convention = Convention::new(Some(decimal), group).unwrap();
        let read = convention
            .plain(number)
            .and_then(|plain| text::scaled(&plain, decimals));
        let expected = independent(number, decimal, group, decimals);
        assert_eq!(
            read.ok(),
            expected,
            "{number:?} with {decimal:?}, {group:?}, {decimals}"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        /// Numbers that follow some convention, read under every one.
        #[test]
        fn two_readers_agree_on_numbers(
            groups in prop::collection::vec("[0-9]{3}", 0..4),
            first in "[0-9]{1,3}",
            fraction in "[0-9]{0,4}",
            written in prop::sample::select(vec![('.', ','), (',', '.'), ('.', '\''), (',', ' '), ('.', '_')]),
            read in prop::sample::select(vec![('.', ','), (',', '.'), ('.', '\''), (',', ' '), ('.', '_')]),
            grouped: bool,
            decimals in 0u32..6,
        ) {
            let mut number = first;
            for group in groups {
                number.push(written.1);
                number.push_str(&group);
            }
            if !fraction.is_empty() {
                number.push(written.0);
                number.push_str(&fraction);
            }
            agree(&number, read.0, grouped.then_some(read.1), decimals);
            agree(&number, written.0, Some(written.1), decimals);
        }

        /// Anything of digits and signs.
        #[test]
        fn two_readers_agree_on_anything(
            number in "[0-9.,' _e+-]{0,9}",
            decimal in prop::sample::select(vec!['.', ',']),
            group in prop::sample::select(vec![None, Some('\''), Some(' '), Some('_')]),
            decimals in 0u32..6,
        ) {
            agree(&number, decimal, group, decimals);
        }
    }

    #[test]
    fn groups_are_of_three_digits_left_of_the_decimal_sign() {
        let english = convention('.', ',');
        for (number, plain) in [
            ("1,250.5", "1250.5"),
            ("1,234,567", "1234567"),
            ("12", "12"),
            ("1250.75", "1250.75"),
            ("0.000001", "0.000001"),
        ] {
            assert_eq!(english.plain(number).as_deref(), Ok(plain), "{number}");
        }
        for number in [
            "2,40",
            "1,2345",
            "1234,567",
            ",123",
            "1,,234",
            "1,234,",
            "1.234,5",
            "1,234.5,6",
            "0.1,234",
            "1.234.567",
            "1 234",
            "1'234",
        ] {
            let read = english
                .plain(number)
                .and_then(|plain| text::scaled(&plain, 9));
            assert!(read.is_err(), "{number}");
        }
    }

    #[test]
    fn exponents_are_written_out_where_a_file_has_them() {
        let with = Convention::default().with_exponents(true);
        for (number, plain) in [
            ("1e6", "1000000"),
            ("1.5E-8", "0.000000015"),
            ("12.34e1", "123.4"),
            ("5e0", "5"),
            ("0e5", "0"),
        ] {
            assert_eq!(with.plain(number).as_deref(), Ok(plain), "{number}");
        }
        for number in [
            "1e",
            "e5",
            "1.e5",
            ".5e5",
            "01e5",
            "1e41",
            "1e-99999999999",
            "1e1.5",
            "-1e5",
            "1e5e5",
        ] {
            let read = with.plain(number).and_then(|plain| text::scaled(&plain, 9));
            assert!(read.is_err(), "{number}");
        }
    }

    #[test]
    fn the_decimal_sign_is_said_and_never_guessed() {
        let german = convention(',', '.');
        assert_eq!(german.plain("1.204,50").as_deref(), Ok("1204.50"));
        assert_eq!(german.plain("2,40").as_deref(), Ok("2.40"));
        assert!(german.plain("1204.50").is_err());
        assert!(Convention::default().plain("2,40").is_err());
        assert!(Convention::default().plain("1 000").is_err());
        let swiss = convention('.', '\u{2019}');
        assert_eq!(swiss.plain("1\u{2019}204.5").as_deref(), Ok("1204.5"));
        for (decimal, group) in [
            (Some('.'), Some('.')),
            (None, Some('.')),
            (Some(','), Some(',')),
            (Some('e'), None),
            (None, Some('e')),
            (None, Some('-')),
            (None, Some('0')),
        ] {
            assert!(
                Convention::new(decimal, group).is_err(),
                "{decimal:?} {group:?}"
            );
        }
    }
}
