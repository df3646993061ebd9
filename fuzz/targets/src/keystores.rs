//! Ethereum keystores: costs are bounded before any work, and the password is not told.

use crate::{Verdict, refused};
use covenant_keys::keystore::decrypt;
use serde_json::Value;
use std::time::{Duration, Instant};

/// Of the corpus.
pub(crate) const PASSWORD: &str = "correct horse 20261121";

/// Work that a file may legitimately require, but that a fuzzer has no time for: more than
/// this and not more than the reader allows.
const CHEAP: u64 = 1 << 12;
const LARGEST: u64 = 1 << 24;

pub(crate) fn keystore(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    if let Ok(value) = serde_json::from_str::<Value>(text)
        && dear(&value)
    {
        return Verdict::Refused;
    }
    let begun = Instant::now();
    let verdict = decrypt(text, PASSWORD);
    assert!(
        begun.elapsed() < Duration::from_secs(5),
        "{:?}",
        begun.elapsed()
    );
    match verdict {
        Ok(key) => {
            // A file that names its key was believed only if it is that key.
            if let Ok(value) = serde_json::from_str::<Value>(text)
                && let Some(address) = value.get("address").and_then(Value::as_str)
            {
                let digits = address.trim_start_matches("0x").to_lowercase();
                assert_eq!(
                    format!("0x{digits}"),
                    key.address().to_string().to_lowercase()
                );
            }
            assert!(format!("{key:?}").contains(&key.address().to_string()));
            Verdict::Read
        }
        Err(e) => {
            // A fuzzer that sees comparisons writes the password into the file itself.
            let told = e.to_string().contains(PASSWORD) && !text.contains(PASSWORD);
            assert!(!told, "the password is told");
            refused(&e)
        }
    }
}

/// Whether the numbers in the file, wherever they are, could be costs between the two.
fn dear(value: &Value) -> bool {
    let mut numbers = Vec::new();
    collect(value, &mut numbers);
    let product = numbers.iter().fold(1u64, |x, n| x.saturating_mul(*n));
    let any = |n: &u64| *n > CHEAP && *n <= LARGEST;
    (product > CHEAP && product <= LARGEST) || numbers.iter().any(any)
}

fn collect(value: &Value, numbers: &mut Vec<u64>) {
    match value {
        Value::Number(n) => numbers.extend(n.as_u64().filter(|n| *n > 0 && *n != 32 && *n != 3)),
        Value::Array(items) => items.iter().for_each(|v| collect(v, numbers)),
        Value::Object(items) => items.values().for_each(|v| collect(v, numbers)),
        _ => (),
    }
}
