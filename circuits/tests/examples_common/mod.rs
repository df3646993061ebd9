//! Check digits and checksums of the identifiers in the examples.
#![allow(clippy::indexing_slicing, missing_docs, unreachable_pub)]

use covenant_circuits::ident::keccak256;
use num_bigint::BigUint;

/// Digits of a code in base 36, letters as two decimal digits.
fn base36(code: &str) -> Vec<u32> {
    code.chars().map(|c| c.to_digit(36).unwrap()).collect()
}

/// ISO 17442: 20 characters, congruent to 1 modulo 97 with letters as two digits.
pub fn check_lei(code: &str) {
    let number: String = base36(code).iter().map(u32::to_string).collect();
    let number: BigUint = number.parse().unwrap();
    assert_eq!(code.len(), 20, "{code}");
    assert_eq!(number % 97u32, 1u32.into(), "{code}");
    assert!(code.starts_with("EXMP"), "{code} might be a real firm's");
}

fn luhn(digits: impl DoubleEndedIterator<Item = u32>) -> u32 {
    let doubled = digits.rev().zip([2, 1].into_iter().cycle());
    let sum: u32 = doubled.map(|(d, by)| d * by / 10 + d * by % 10).sum();
    (10 - sum % 10) % 10
}

/// ISO 6166, and the CUSIP within a US code.
pub fn check_isin(code: &str) {
    let digits: String = base36(&code[..11]).iter().map(u32::to_string).collect();
    let digits = digits.chars().map(|c| c.to_digit(10).unwrap());
    let expected = luhn(digits.collect::<Vec<_>>().into_iter());
    assert_eq!(code[11..], expected.to_string(), "{code}");
    let cusip = code.strip_prefix("US").unwrap();
    // A CUSIP weighs from the left, which for its eight characters is the same.
    let expected = luhn(base36(&cusip[..8]).into_iter());
    assert_eq!(cusip[8..9], expected.to_string(), "{code}: CUSIP");
}

/// EIP-55.
pub fn check_address(address: &str) {
    let hash = keccak256(address.to_ascii_lowercase().as_bytes());
    assert_eq!(address.len(), 40, "{address}");
    for (i, c) in address.chars().enumerate().filter(|(_, c)| !c.is_numeric()) {
        let nibble = hash[i / 2] >> (4 * (1 - i % 2)) & 15;
        assert_eq!(c.is_ascii_uppercase(), nibble >= 8, "{address}");
    }
}

#[test]
fn the_checks_refuse_what_is_wrong() {
    let refused = |check: fn(&str), code: &'static str| {
        assert!(std::panic::catch_unwind(|| check(code)).is_err(), "{code}");
    };
    check_isin("US0378331005");
    refused(check_isin, "US0378331006");
    refused(check_isin, "US0378331014");
    refused(check_lei, "EXMP00COVENANTDEMO74");
    check_address("5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
    refused(check_address, "5aaeb6053F3E94C9b9A09f33669435E7Ef1BeAed");
}
