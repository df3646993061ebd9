//! Text of the examples' files: tables, amounts, times; and figures as their READMEs write them.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    missing_docs,
    unreachable_pub
)]

use covenant_circuits::numbers::Amount;
use covenant_circuits::policy::Policy;
use num_bigint::BigUint;
use std::collections::BTreeMap;

/// Rows of a CSV file by column name.
pub fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut lines = csv.lines().map(|line| line.split(',').map(str::to_owned));
    let header: Vec<String> = lines.next().unwrap().collect();
    let rows: Vec<BTreeMap<_, _>> = lines
        .map(|fields| {
            let fields: Vec<String> = fields.collect();
            assert_eq!(fields.len(), header.len(), "{fields:?}");
            header.iter().cloned().zip(fields).collect()
        })
        .collect();
    assert!(!rows.is_empty());
    rows
}

/// The policy's decimals of a row's asset, with which the row's own must agree.
pub fn decimals(policy: &Policy, row: &BTreeMap<String, String>) -> Option<u32> {
    let stated = row.get("decimals").map(|d| d.parse().unwrap());
    let listed = policy.assets().iter().find(|a| a.name == row["asset"]);
    if let (Some(stated), Some(listed)) = (stated, listed) {
        assert_eq!(stated, listed.decimals, "{row:?}");
    }
    stated.or(listed.map(|a| a.decimals))
}

pub fn amount(policy: &Policy, row: &BTreeMap<String, String>) -> Amount {
    let base_units = match (row.get("amount"), row.get("quantity")) {
        (Some(amount), None) => amount.parse().unwrap(),
        (None, Some(quantity)) => scaled(quantity, decimals(policy, row).unwrap()),
        _ => panic!("expected an amount or a quantity: {row:?}"),
    };
    Amount::new(base_units).unwrap()
}

/// Mantissa and number of decimals.
pub fn decimal(text: &str) -> (u128, u32) {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = format!("{whole}{fraction}");
    assert!(digits.bytes().all(|c| c.is_ascii_digit()), "{text}");
    (digits.parse().unwrap(), fraction.len() as u32)
}

/// `text` in units of `10^-decimals`; it must be a whole number of them.
pub fn scaled(text: &str, decimals: u32) -> u128 {
    let (mantissa, used) = decimal(text);
    let missing = decimals.checked_sub(used).unwrap();
    mantissa.checked_mul(10u128.pow(missing)).unwrap()
}

pub fn text(value: &serde_json::Value) -> &str {
    value.as_str().unwrap()
}

pub fn number(value: &serde_json::Value) -> u32 {
    value.as_u64().unwrap().try_into().unwrap()
}

pub fn percent(bps: u64) -> String {
    let (whole, rest) = (bps / 100, bps % 100);
    match (rest, rest % 10) {
        (0, _) => format!("{whole}%"),
        (_, 0) => format!("{whole}.{}%", rest / 10),
        _ => format!("{whole}.{rest:02}%"),
    }
}

pub fn thousands(x: &BigUint) -> String {
    let digits = x.to_string();
    let mut grouped = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// Unix seconds of `YYYY-MM-DDThh:mm:ssZ`.
pub fn unix(text: &str) -> u64 {
    let fields: Vec<u64> = text
        .strip_suffix('Z')
        .unwrap()
        .split(['-', 'T', ':'])
        .map(|field| field.parse().unwrap())
        .collect();
    let [year, month, day, hour, minute, second] = fields[..] else {
        panic!("{text}");
    };
    // Years that begin in March put the leap day last.
    let (y, m) = match month {
        1 | 2 => (year - 1, month + 9),
        _ => (year, month - 3),
    };
    let days = 365 * y + y / 4 - y / 100 + y / 400 + (153 * m + 2) / 5 + day - 719_469;
    ((days * 24 + hour) * 60 + minute) * 60 + second
}

#[test]
fn times() {
    assert_eq!(unix("1970-01-01T00:00:00Z"), 0);
    assert_eq!(unix("2024-03-01T00:00:01Z"), 1_709_251_201);
    assert_eq!(unix("2026-11-20T21:00:00Z"), 1_795_208_400);
}
