//! V6, exhaustively: every field of a signed bundle edited, taken away or added to.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod signed;

use covenant_claims::account::Kind;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::Expected;
use serde_json::{Value as Json, json};
use signed::certificate::{certified, of_kind};
use signed::{MADE, NOW, all_self_declared, check, with};
use std::collections::BTreeSet;

fn leaves(at: String, value: &Json, found: &mut Vec<String>) {
    match value {
        Json::Object(map) => {
            for (name, inner) in map {
                leaves(
                    format!("{at}/{}", name.replace('~', "~0").replace('/', "~1")),
                    inner,
                    found,
                );
            }
        }
        Json::Array(list) => {
            for (i, inner) in list.iter().enumerate() {
                leaves(format!("{at}/{i}"), inner, found);
            }
        }
        _ => found.push(at),
    }
}

/// Another value of the same form: the nearest one.
fn edited(value: &Json) -> Json {
    match value {
        Json::Bool(b) => json!(!b),
        Json::Number(n) => json!(n.as_i64().unwrap() + 1),
        Json::String(text) if text == "collateral" => json!("liability"),
        Json::String(text) if text == "liability" => json!("collateral"),
        Json::String(text) => {
            // An address in lower case, so that it is read whatever its digits are.
            let text = match text.len() {
                42 => &text.to_lowercase(),
                _ => text,
            };
            let decimal = text.parse::<u128>().ok().map(|n| (n + 1).to_string());
            let last = if text.ends_with('1') { "2" } else { "1" };
            json!(decimal.unwrap_or(format!("{}{last}", &text[..text.len() - 1])))
        }
        other => panic!("{other}"),
    }
}

fn verdict(json: &Json, expected: &Expected) -> Result<(), String> {
    let bundle = Bundle::from_json(&json.to_string()).map_err(|e| e.to_string())?;
    let verified = check(&bundle, expected, NOW).map_err(|e| e.to_string())?;
    drop(verified);
    Ok(())
}

/// Every leaf of a bundle's JSON, edited alone: rejected, with a message that names the part it is in
/// or the field itself, where `by_name` of its path. Returns the paths.
fn edit_each(good: &Json, expected: &Expected, by_name: impl Fn(&str) -> bool) -> Vec<String> {
    assert_eq!(verdict(good, expected), Ok(()));
    let mut paths = Vec::new();
    leaves(String::new(), good, &mut paths);
    for path in &paths {
        let mut changed = good.clone();
        let leaf = changed.pointer_mut(path).unwrap();
        *leaf = edited(leaf);
        assert_ne!(changed, *good);
        let message = match verdict(&changed, expected) {
            Err(message) => message,
            Ok(()) => panic!("{path}: accepted"),
        };
        let names = path.split('/').filter(|p| p.parse::<u32>().is_err());
        // Messages say the unit after the number.
        let word = |name: &str| {
            name.trim_end_matches("_bps")
                .trim_end_matches('s')
                .to_owned()
        };
        let named = |name: &str| !name.is_empty() && message.contains(&word(name));
        let told = names.into_iter().any(named);
        assert!(told || !by_name(path), "{path}: {message}");
    }
    paths
}

#[test]
fn v6_every_single_edit_of_a_signed_bundle_is_rejected_by_name() {
    let good: Json = serde_json::from_str(&MADE.signed.to_json()).unwrap();
    let paths = edit_each(&good, &MADE.expected, |_| true);
    let part = |path: &String| path.split('/').nth(1).unwrap().to_owned();
    let parts: BTreeSet<String> = paths.iter().map(part).collect();
    let all = [
        "accounts",
        "ceremony",
        "circuit",
        "policy",
        "prices",
        "proof",
        "shape",
        "statement",
        "version",
    ];
    assert_eq!(parts, all.map(String::from).into());
    for field in ["attester", "account", "valid_until", "signature"] {
        for i in 0..3 {
            assert!(paths.contains(&format!("/accounts/{i}/attestation/{field}")));
        }
    }
    assert!(paths.contains(&"/prices/signatures/1/signer".into()));
}

/// The same of a certificate, where everything is required. A statement that was edited is not the
/// one that its subject represents, so that this is told of it first.
#[test]
fn v6_every_single_edit_of_a_certificate_is_rejected() {
    let (bundle, expected) = certified();
    let good: Json = serde_json::from_str(&bundle.to_json()).unwrap();
    let own = |path: &str| path.contains("/undertakings/") || path.contains("/representation/");
    let paths = edit_each(&good, &expected, own);
    for i in of_kind(Kind::Collateral) {
        for field in [
            "attester",
            "account",
            "secured_party",
            "facility",
            "held_from",
            "held_until",
            "wording",
            "signature",
        ] {
            let path = format!("/accounts/{i}/undertakings/{field}");
            assert!(paths.contains(&path), "{path}");
        }
    }
    for field in ["signer", "no_other_debt", "wording", "signature"] {
        assert!(paths.contains(&format!("/representation/{field}")));
    }
}

/// Every field taken away, and one put in that nobody knows.
#[test]
fn v6_no_field_can_be_missing_or_unknown() {
    let (bundle, expected) = certified();
    let good: Json = serde_json::from_str(&bundle.to_json()).unwrap();
    let mut objects = vec![String::new()];
    let mut paths = Vec::new();
    leaves(String::new(), &good, &mut paths);
    for path in paths {
        for (at, _) in path.match_indices('/') {
            let parent = &path[..at];
            if good.pointer(parent).is_some_and(Json::is_object)
                && !objects.iter().any(|o| o == parent)
            {
                objects.push(parent.into());
            }
        }
    }
    assert!(objects.len() > 15);
    for path in objects {
        let fields: Vec<String> = good
            .pointer(&path)
            .unwrap()
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect();
        for field in fields {
            let mut changed = good.clone();
            changed
                .pointer_mut(&path)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(&field);
            assert!(
                verdict(&changed, &expected).is_err(),
                "{path} without {field}"
            );
        }
        // A price of an asset outside the policy is of no consequence.
        if path != "/prices/prices" {
            let mut changed = good.clone();
            changed.pointer_mut(&path).unwrap()["extra"] = json!(0);
            assert!(
                verdict(&changed, &expected).is_err(),
                "{path} with a field more"
            );
        }
    }
    let mut null = good.clone();
    null["accounts"][0]["attestation"] = Json::Null;
    let lax = with(|e| e.max_self_declared = all_self_declared());
    assert!(verdict(&null, &lax).is_err());
}
