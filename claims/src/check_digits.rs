//! Check digits of identifiers that others assign: securities (ISO 6166) and institutions
//! (ISO 17442). They catch a slip of the keyboard, not a wrong institution.

/// Whether the text has the form of an ISIN: two capital letters, nine capital letters or digits,
/// and the check digit.
pub(crate) fn is_isin(text: &str) -> bool {
    let (country, rest) = text.as_bytes().split_at(text.len().min(2));
    text.len() == 12
        && country.iter().all(u8::is_ascii_uppercase)
        && rest.iter().all(|c| is_capital_or_digit(*c))
        && rest.last().is_some_and(u8::is_ascii_digit)
}

/// Whether the check digit of an ISIN is right: letters are read as 10 to 35, and then the Luhn
/// sum of all digits is a multiple of 10.
pub(crate) fn isin_is_right(isin: &str) -> bool {
    let sum: u32 = expanded(isin)
        .iter()
        .rev()
        .zip([1, 2].into_iter().cycle())
        .map(|(digit, factor)| digit * factor)
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

/// Whether the text has the form of an LEI: eighteen capital letters or digits, and two check
/// digits.
pub(crate) fn is_lei(text: &str) -> bool {
    text.len() == 20
        && text.bytes().all(is_capital_or_digit)
        && text.bytes().rev().take(2).all(|c| c.is_ascii_digit())
}

/// Whether the check digits of an LEI are right: letters are read as 10 to 35, and the number is 1
/// modulo 97 (ISO 7064, MOD 97-10).
pub(crate) fn lei_is_right(lei: &str) -> bool {
    expanded(lei)
        .iter()
        .fold(0, |rest, digit| (rest * 10 + digit) % 97)
        == 1
}

fn is_capital_or_digit(c: u8) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit()
}

/// Decimal digits, letters as the two of 10 to 35.
fn expanded(text: &str) -> Vec<u32> {
    let values = text.chars().filter_map(|c| c.to_digit(36));
    values
        .flat_map(|value| {
            [value / 10, value % 10]
                .into_iter()
                .skip(usize::from(value < 10))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_isins() {
        // Of listed shares and a bond.
        for isin in [
            "US0378331005",
            "AU0000XVGZA3",
            "GB0002634946",
            "US38259P5089",
        ] {
            assert!(is_isin(isin) && isin_is_right(isin), "{isin}");
            for digit in '0'..='9' {
                let mut other = isin[..11].to_owned();
                other.push(digit);
                assert_eq!(isin_is_right(&other), other == isin, "{other}");
            }
        }
        for bad in ["", "U", "US037833100", "us0378331005", "US037833100A", "é"] {
            assert!(!is_isin(bad), "{bad}");
        }
    }

    #[test]
    fn published_leis() {
        for lei in ["5493001KJTIIGC8Y1R12", "INR2EJN1ERAN0W5ZP974"] {
            assert!(is_lei(lei) && lei_is_right(lei), "{lei}");
            let swapped = lei.replacen("N", "M", 1).replacen("T", "U", 1);
            assert!(is_lei(&swapped) && !lei_is_right(&swapped), "{swapped}");
        }
        for bad in ["", "5493001KJTIIGC8Y1R1", "5493001kjtiigc8y1r12"] {
            assert!(!is_lei(bad), "{bad}");
        }
    }
}
