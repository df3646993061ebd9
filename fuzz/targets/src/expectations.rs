//! A relying party's expectations: one meaning, whichever of the two formats it is in.

use crate::golden;
use crate::{Verdict, refused};
use covenant_verifier::expect::Expected;
use covenant_verifier::expect::document::{ExpectError, ExpectedFile, PolicySource, Resolved};
use std::collections::BTreeSet;

pub(crate) fn json(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let file = match ExpectedFile::from_json(text) {
        Ok(file) => file,
        Err(e) => return refused(&e),
    };
    // The same in TOML, where TOML has a form for it: no null, integers of 64 bits.
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    if value.is_object()
        && let Ok(toml) = toml::to_string(&value)
    {
        let again = ExpectedFile::from_toml(&toml).unwrap();
        same(&file, &again);
    }
    meaning(&file)
}

pub(crate) fn toml(data: &[u8]) -> Verdict {
    let Ok(text) = std::str::from_utf8(data) else {
        return Verdict::Refused;
    };
    let file = match ExpectedFile::from_toml(text) {
        Ok(file) => file,
        Err(e) => return refused(&e),
    };
    let value: toml::Table = toml::from_str(text).unwrap();
    let json = serde_json::to_string(&value).unwrap();
    let again = ExpectedFile::from_json(&json).unwrap();
    same(&file, &again);
    meaning(&file)
}

fn expected(file: &ExpectedFile) -> Result<Expected, ExpectError> {
    let golden = golden::bundle();
    file.to_expected(Resolved {
        policy: Some(golden.policy().digest()),
        prices: Some(golden.prices().clone()),
    })
}

fn same(a: &ExpectedFile, b: &ExpectedFile) {
    assert_eq!(format!("{a:?}"), format!("{b:?}"));
}

/// Reads every field, and uses what it gives.
fn meaning(file: &ExpectedFile) -> Verdict {
    let expected = match expected(file) {
        Ok(expected) => expected,
        Err(e) => return refused(&e),
    };
    if let PolicySource::Digest(digest) = file.policy().unwrap() {
        assert_eq!(expected.policy, digest);
    }
    assert!(expected.max_account_age >> 40 == 0 && expected.max_price_age >> 40 == 0);
    assert!(expected.max_clock_skew >> 40 == 0);
    let names: BTreeSet<&String> = expected.disabled_circuits.iter().collect();
    let golden = golden::bundle();
    match covenant_verifier::verify::verify(golden, golden::key(), &expected, golden::NOW) {
        Ok(_) => assert!(
            !names.contains(&golden.circuit().to_owned()),
            "a disabled circuit was accepted"
        ),
        Err(e) => {
            refused(&e);
        }
    }
    Verdict::Read
}
