//! Check digits and checksums of the identifiers in the examples.
#![allow(clippy::indexing_slicing, missing_docs, unreachable_pub)]

pub mod files;

use covenant_circuits::ident::keccak256;
use num_bigint::BigUint;

/// Digits of a code in base 36; none for anything but digits and capitals.
fn base36(code: &str) -> Option<Vec<u32>> {
    code.chars()
        .map(|c| c.to_digit(36).filter(|_| !c.is_ascii_lowercase()))
        .collect()
}

/// ISO 17442: 20 characters, congruent to 1 modulo 97 with letters as two digits.
pub fn is_lei(code: &str) -> bool {
    let number = base36(code).map(|d| d.iter().map(u32::to_string).collect::<String>());
    let number = number.and_then(|digits| digits.parse::<BigUint>().ok());
    code.len() == 20 && number.is_some_and(|n| n % 97u32 == 1u32.into())
}

fn luhn(digits: &[u32]) -> u32 {
    let doubled = digits.iter().rev().zip([2, 1].into_iter().cycle());
    let sum: u32 = doubled.map(|(d, by)| d * by / 10 + d * by % 10).sum();
    (10 - sum % 10) % 10
}

/// ISO 6166, and the CUSIP within, of a code of the United States.
pub fn is_us_isin(code: &str) -> bool {
    let Some(values) = base36(code).filter(|v| v.len() == 12 && code.starts_with("US")) else {
        return false;
    };
    let digits = values[..11].iter().flat_map(|v| match v {
        10.. => vec![v / 10, v % 10],
        _ => vec![*v],
    });
    // A CUSIP weighs from the left, which for its eight characters is the same.
    luhn(&digits.collect::<Vec<_>>()) == values[11] && luhn(&values[2..10]) == values[10]
}

/// EIP-55, without the `0x`.
pub fn is_address(address: &str) -> bool {
    let hash = keccak256(address.to_ascii_lowercase().as_bytes());
    let upper = |i: usize| hash[i / 2] >> (4 * (1 - i % 2)) & 15 >= 8;
    address.len() == 40
        && address.chars().enumerate().all(|(i, c)| {
            c.is_ascii_digit() || (c.is_ascii_hexdigit() && c.is_ascii_uppercase() == upper(i))
        })
}

#[test]
fn the_checks_refuse_what_is_wrong() {
    assert!(is_us_isin("US0378331005"));
    // The ISIN's digit, then the CUSIP's under a valid digit of the ISIN.
    assert!(!is_us_isin("US0378331006"));
    assert!(!is_us_isin("US0378331013"));
    assert!(is_lei("EXMP00COVENANTDEMO73"));
    assert!(!is_lei("EXMP00COVENANTDEMO74"));
    assert!(!is_lei("EXMP00COVENANTDEM073"));
    assert!(is_address("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
    assert!(!is_address("5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed"));
    assert!(!is_address("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeg"));
}
