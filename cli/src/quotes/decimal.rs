//! Prices of a whole unit as exact decimals: read from what is written, never through a binary
//! float, and scaled to the price of a base unit without rounding.

use crate::codes::Code;
use crate::malformed::Malformed;
use crate::numbers::Convention;
use crate::text;
use covenant_circuits::numbers::{PRICE_EXPONENT, Price};
use covenant_circuits::policy::Asset;
use covenant_circuits::prices::largest_price;
use num_bigint::BigUint;

/// Longest text of a number that is quoted in an error.
const QUOTED: usize = 40;
/// Decimals of an asset up to which the largest price is a number to read.
const READABLE: u32 = 8;

/// `mantissa x 10^-decimals`, without zeros at the end of its fraction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Decimal {
    mantissa: BigUint,
    decimals: u32,
}

impl Decimal {
    /// A number such as `1250.75` or `1e-7`, exponents -40 to 40.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let convention = Convention::default().with_exponents(true);
        let plain = convention.plain(text).ok()?;
        let (whole, fraction) = text::parts(&plain).ok()?;
        Some(Self {
            mantissa: BigUint::parse_bytes(format!("{whole}{fraction}").as_bytes(), 10)?,
            decimals: u32::try_from(fraction.len()).ok()?,
        })
    }

    /// An integer and how many of its digits are after the point.
    pub(super) fn scaled(mantissa: u128, decimals: u32) -> Self {
        let (mut mantissa, mut decimals) = (mantissa, decimals);
        while decimals > 0 && mantissa.is_multiple_of(10) {
            (mantissa, decimals) = (mantissa / 10, decimals - 1);
        }
        Self {
            mantissa: mantissa.into(),
            decimals,
        }
    }

    /// The same, as decimal text.
    pub(super) fn text(&self) -> String {
        // A feed may claim to have any number of decimals.
        match self.decimals {
            0..=100 => text::plain(self.mantissa.clone(), self.decimals as usize),
            decimals => format!("{} x 10^-{decimals}", self.mantissa),
        }
    }

    /// The price of one base unit of an asset of the policy, times 10^36.
    pub(super) fn price(&self, rule: &Asset, quote: &str) -> Result<Price, Malformed> {
        let unusable = |expected: String, got: String| {
            Err(Malformed::new(expected, got).coded(Code::PriceUnusable))
        };
        let asset = format!("{} ({})", rule.name, rule.symbol);
        if self.mantissa == BigUint::ZERO {
            return unusable(format!("a price of {asset} above 0"), "0".into());
        }
        let used = self.decimals.checked_add(rule.decimals);
        let Some(exponent) = used.and_then(|used| PRICE_EXPONENT.checked_sub(used)) else {
            return unusable(
                format!(
                    "at most {PRICE_EXPONENT} decimals of {asset} and of its price together, which is all that a price can hold"
                ),
                format!("{} and {}", rule.decimals, self.decimals),
            );
        };
        let scaled = &self.mantissa * BigUint::from(10u32).pow(exponent);
        match u128::try_from(scaled).ok().map(Price::new) {
            Some(Ok(price)) => Ok(price),
            _ => unusable(
                format!(
                    "at most {} {quote} for a whole unit of {asset}, which is what {} decimals allow (a policy with more decimals for the asset, or with a larger quote unit, allows more)",
                    ceiling(rule.decimals),
                    rule.decimals
                ),
                shortened(&self.text()),
            ),
        }
    }
}

/// The largest price of a whole unit, for people.
fn ceiling(decimals: u32) -> String {
    match decimals {
        0..=READABLE => largest_price(decimals),
        _ => format!("1.329 x 10^{decimals}"),
    }
}

/// What was found, for an error: of public files, but not at any length.
pub(super) fn shortened(text: &str) -> String {
    match text.char_indices().nth(QUOTED) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{} ...", text.get(..cut).unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_rational::BigRational;
    use proptest::prelude::*;

    /// Sums up digit by digit, and multiplies by ten or divides by it for the exponent.
    fn independent(whole: &str, fraction: &str, exponent: i32) -> BigRational {
        let whole_number = |n: u32| BigRational::from_integer(n.into());
        let ten = whole_number(10);
        let mut value = whole_number(0);
        for digit in whole.chars() {
            value = value * &ten + whole_number(digit.to_digit(10).unwrap());
        }
        let mut place = whole_number(1);
        for digit in fraction.chars() {
            place /= &ten;
            value += &place * whole_number(digit.to_digit(10).unwrap());
        }
        for _ in 0..exponent.abs() {
            match exponent > 0 {
                true => value *= &ten,
                false => value /= &ten,
            }
        }
        value
    }

    fn value(decimal: &Decimal) -> BigRational {
        let ten = num_bigint::BigInt::from(10);
        BigRational::new(decimal.mantissa.clone().into(), ten.pow(decimal.decimals))
    }

    proptest! {
        #[test]
        fn reading_agrees_with_exact_fractions(
            whole in "0|[1-9][0-9]{0,20}",
            fraction in "[0-9]{0,24}",
            exponent in proptest::option::of(-40i32..=40),
            capital: bool,
            plus: bool,
        ) {
            let mut text = whole.clone();
            if !fraction.is_empty() {
                text.push_str(&format!(".{fraction}"));
            }
            if let Some(exponent) = exponent {
                text.push(if capital { 'E' } else { 'e' });
                if plus && exponent >= 0 {
                    text.push('+');
                }
                text.push_str(&exponent.to_string());
            }
            let decimal = Decimal::parse(&text).unwrap();
            prop_assert_eq!(value(&decimal), independent(&whole, &fraction, exponent.unwrap_or(0)));
            // What is shown is what was read.
            prop_assert_eq!(Decimal::parse(&decimal.text()), Some(decimal));
        }

        #[test]
        fn integers_with_decimals_are_the_same_numbers(mantissa: u128, decimals in 0u32..40) {
            let decimal = Decimal::scaled(mantissa, decimals);
            let ten = num_bigint::BigInt::from(10);
            prop_assert_eq!(value(&decimal), BigRational::new(mantissa.into(), ten.pow(decimals)));
        }
    }

    #[test]
    fn what_is_no_decimal_is_refused() {
        for text in [
            "", ".", "1.", ".5", "-1", "+1", "01", "1,5", " 1", "1 ", "1e", "e1", "1.e1", "1e41",
            "1e-41", "0x1", "NaN", "Infinity", "null", "true", "1e1e1", "\u{0661}",
        ] {
            assert_eq!(Decimal::parse(text), None, "{text:?}");
        }
        // No binary float is 0.1, nor their sum with 0.2.
        assert_eq!(Decimal::parse("0.1"), Some(Decimal::scaled(1, 1)));
        assert_eq!(
            Decimal::parse("0.30000000000000004"),
            Some(Decimal::scaled(30_000_000_000_000_004, 17))
        );
        assert_eq!(Decimal::parse("1.50e-7"), Some(Decimal::scaled(15, 8)));
    }
}
