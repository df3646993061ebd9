//! The vectors of an independent implementation (Python): the hash, ids, commitments, digests,
//! public inputs, what can be proved and what is false, and roll-ups. Signed documents are in
//! `signed.rs`.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod vectors;

use covenant_claims::field::to_hex;
use covenant_claims::relation::{self, Unsatisfied};
use covenant_claims::{
    AssetId, Claim, Commitment, Fr, HolderReference, Opening, SatisfiedClaim, Shape, SubjectId,
    Window, poseidon, rollup,
};
use ff::{Field, PrimeField};
use serde_json::json;
use vectors::{field, fullest, list, opening, policy, text};

#[test]
fn poseidon16() {
    for case in list(&vectors::load()["poseidon16"]) {
        let mut inputs = [Fr::ZERO; poseidon::INPUTS];
        for (input, x) in inputs.iter_mut().zip(list(&case["in"])) {
            *input = Fr::from_str_vartime(text(&x)).unwrap();
        }
        let out = Fr::from_str_vartime(text(&case["out"])).unwrap();
        assert_eq!(poseidon::hash(inputs), out);
    }
}

#[test]
fn identifiers() {
    let vectors = vectors::load();
    for case in list(&vectors["asset_id"]) {
        let id = AssetId::of(text(&case["asset"])).unwrap();
        assert_eq!(id.to_string(), text(&case["id"]));
    }
    for case in list(&vectors["subject"]) {
        let id = SubjectId::of(text(&case["subject"])).unwrap();
        assert_eq!(id.get(), field(&case["id"]));
    }
}

#[test]
fn account_commitments() {
    let vectors = vectors::load();
    let in_cases = ["cases", "false"].map(|group| list(&vectors[group]));
    let in_cases = in_cases.iter().flatten().flat_map(|c| list(&c["accounts"]));
    let all: Vec<_> = list(&vectors["accounts"])
        .into_iter()
        .chain(in_cases)
        .collect();
    assert_eq!(all.len(), 29);
    for account in all {
        let commitment = opening(&account).commitment();
        assert_eq!(commitment.0, field(&account["commitment"]));
    }
}

#[test]
fn policy_digests() {
    let vectors = vectors::load();
    for case in list(&vectors["policy_digests"]) {
        assert_eq!(policy(&case["policy"]).digest(), field(&case["digest"]));
    }
    for case in list(&vectors["cases"]) {
        let digest = field(&case["policy_digest"]);
        assert_eq!(policy(&case["policy"]).digest(), digest);
    }
}

/// The vectors have two scenarios at most; here every field of every word is in use. A complete
/// policy nets nothing, so there are two.
#[test]
fn the_digests_of_policies_with_everything_in_use() {
    let file = include_str!("../../fixtures/data/full_policy.json");
    let file: serde_json::Value = serde_json::from_str(file).unwrap();
    for (case, complete) in [(&file, true), (&file["netting"], false)] {
        let policy = policy(&case["policy"]);
        assert_eq!(policy.scenarios(), 16);
        assert_eq!(policy.complete(), complete);
        assert_eq!(policy.assets().iter().any(|a| a.netting), !complete);
        assert_eq!(to_hex(&policy.digest()), text(&case["digest"]));
    }
}

#[test]
fn statements() {
    for case in list(&vectors::load()["cases"]) {
        let expected = &case["statement"];
        let ratio = expected["ratio_bps"].as_u64().unwrap() as u32;
        let statement = vectors::claim(&case, ratio).statement;
        let size = |name: &str| expected[name].as_u64().unwrap() as usize;
        let shape = Shape::new(size("slots"), 27, size("assets"), 4).unwrap();
        let inputs: Vec<String> = list(&expected["public_inputs"])
            .iter()
            .map(|x| to_hex(&field(x)))
            .collect();
        let ours = statement.public_inputs(&shape).unwrap();
        assert_eq!(ours.len(), shape.public_inputs());
        assert_eq!(ours.iter().map(to_hex).collect::<Vec<_>>(), inputs);
        let hash = statement.hash(text(&expected["circuit"]), &shape).unwrap();
        assert_eq!(hash.to_string(), text(&expected["statement_hash"]));
        assert_eq!(statement.kinds_word(), case["kinds"].as_u64().unwrap());
    }
}

/// The largest ratio that can be proved, in the base and in each scenario, and one more.
#[test]
fn s7_cases_at_the_largest_ratio_and_one_more() {
    for case in list(&vectors::load()["cases"]) {
        if case["held_shares_hold"] == false {
            continue;
        }
        let name = text(&case["name"]);
        let base = vectors::claim(&case, 1);
        let values = values_of(&base);
        for (j, largest) in list(&case["largest_ratio_bps"]).iter().enumerate() {
            let largest: u64 = text(largest).parse().unwrap();
            let counted: u128 = fullest(&base).scenarios[j].counted.iter().sum();
            let owed = relation::obligations(&base, &values, j);
            let counted = num_bigint::BigUint::from(counted);
            assert!(&owed * largest <= counted, "{name} {j}");
            assert!(&owed * (largest + 1) > counted, "{name} {j}");
        }
        let largest: u32 = text(&case["largest_ratio_bps"][0]).parse().unwrap();
        let claim = vectors::claim(&case, largest);
        SatisfiedClaim::new(claim.clone(), fullest(&claim)).unwrap();
        let claim = vectors::claim(&case, largest + 1);
        let error = SatisfiedClaim::new(claim.clone(), fullest(&claim)).unwrap_err();
        assert_eq!(error.clause(), "S7", "{name}: {error}");
    }
}

fn values_of(claim: &Claim) -> Vec<relation::AssetValue> {
    let totals = relation::totals(&claim.policy, &claim.openings).unwrap();
    let netted = fullest(claim).netted;
    relation::values(&claim.policy, claim.statement.prices(), &totals, &netted).unwrap()
}

#[test]
fn s6_s10_what_is_held_and_reported() {
    let mut seen = 0;
    for case in list(&vectors::load()["cases"]) {
        let Some(held) = case["held_values"].as_array() else {
            continue;
        };
        seen += 1;
        let claim = vectors::claim(&case, 1);
        let values = values_of(&claim);
        for (value, expected) in values.iter().zip(held) {
            assert_eq!(value.collateral.to_string(), text(expected));
        }
        let report = claim.statement.report();
        for (line, expected) in report.iter().zip(list(&case["report_lines"])) {
            assert_eq!(line.get().to_string(), text(&expected));
        }
        let words = list(&case["report_words"]);
        assert_eq!(
            claim.statement.report_words().to_vec(),
            words.iter().map(field).collect::<Vec<_>>()
        );
        let holds = relation::check_held(&claim.policy, &values).is_ok();
        assert_eq!(holds, case["held_shares_hold"] == true);
        if !holds {
            let error = SatisfiedClaim::new(claim.clone(), fullest(&claim)).unwrap_err();
            assert!(matches!(error, Unsatisfied::GroupHeld { .. }), "{error}");
        }
    }
    assert_eq!(seen, 2);
}

/// Each is false for the clause that it names, at every ratio, whatever is netted and counted.
#[test]
fn false_statements() {
    let vectors = vectors::load();
    let cases = list(&vectors["cases"]);
    for case in list(&vectors["false"]) {
        let because = text(&case["because"]);
        // Prices, debt and window are those of the case with the same policy.
        let mut whole = cases
            .iter()
            .find(|c| c["policy"] == case["policy"])
            .unwrap()
            .clone();
        whole["accounts"] = case["accounts"].clone();
        for bound in ["as_of_from", "as_of_to"] {
            if !case[bound].is_null() {
                whole["statement"][bound] = case[bound].clone();
            }
        }
        let claim = vectors::claim(&whole, 1);
        let error = SatisfiedClaim::new(claim.clone(), fullest(&claim)).unwrap_err();
        assert_eq!(error.clause(), &because[..2], "{because}: {error}");
    }
}

#[test]
fn s1_the_window_has_both_its_ends() {
    let case = &vectors::load()["cases"][2];
    let as_of = 1_790_000_000;
    for (from, to, holds) in [
        (as_of, as_of, true),
        (as_of - 1, as_of - 1, false),
        (as_of + 1, as_of + 1, false),
        (0, u64::MAX, true),
    ] {
        let mut case = case.clone();
        case["statement"]["as_of_from"] = json!(from);
        case["statement"]["as_of_to"] = json!(to);
        let claim = vectors::claim(&case, 1);
        let answer = SatisfiedClaim::new(claim.clone(), fullest(&claim));
        assert_eq!(answer.is_ok(), holds, "{from} {to}");
    }
    assert!(Window::new(2, 1).is_err());
}

fn holder_openings(vectors: &serde_json::Value) -> Vec<Opening> {
    let holders = list(&vectors["rollup"]["holders"]);
    holders
        .iter()
        .map(|holder| {
            opening(&json!({
                "kind": "liability",
                "subject": vectors["subject"][0]["subject"],
                "as_of": 1_790_000_000,
                "blinding": holder["blinding"],
                "positions": holder["positions"],
            }))
        })
        .collect()
}

#[test]
fn rollup_holders() {
    let vectors = vectors::load();
    let holders = list(&vectors["rollup"]["holders"]);
    for (holder, opening) in holders.iter().zip(holder_openings(&vectors)) {
        let reference = HolderReference::of(text(&holder["holder"])).unwrap();
        let salt = field(&holder["salt"]);
        assert_eq!(
            rollup::holder_blinding(reference, salt),
            field(&holder["blinding"])
        );
        let commitment = field(&holder["commitment"]);
        assert_eq!(opening.commitment().0, commitment);
        let (subject, positions) = (opening.subject(), opening.positions().to_vec());
        let remade = Opening::of_holder(subject, opening.as_of(), reference, salt, positions);
        assert_eq!(remade.unwrap().commitment().0, commitment);
    }
}

fn check_merged(openings: &[Opening], expected: &serde_json::Value, depth: u32) {
    let slots = expected["slots"].as_u64().unwrap() as usize;
    assert_eq!(rollup::depth(slots), depth);
    let members: Vec<Commitment> = openings.iter().map(Opening::commitment).collect();
    let given: Vec<_> = list(&expected["list"]).iter().map(field).collect();
    assert_eq!(members.iter().map(|k| k.0).collect::<Vec<_>>(), given);
    let root = rollup::list_root(&members, slots).unwrap();
    assert_eq!(to_hex(&root), to_hex(&field(&expected["list_root"])));
    let salt = field(&expected["salt"]);
    let merged = rollup::merged(openings, slots, MERGED_AS_OF, salt).unwrap();
    let positions: Vec<_> = merged
        .positions()
        .iter()
        .map(|p| json!([p.asset, p.amount]))
        .collect();
    assert_eq!(json!(positions), expected["positions"]);
    assert_eq!(
        merged.commitment().0,
        field(&expected["commitment"]),
        "{}",
        to_hex(&merged.commitment().0)
    );
}

/// as_of_to of the roll-ups.
const MERGED_AS_OF: u64 = 1_790_000_000;

#[test]
fn rollup_one_level() {
    let vectors = vectors::load();
    let expected = &vectors["rollup"]["one_level"];
    check_merged(&holder_openings(&vectors), expected, 1);
}

#[test]
fn rollup_two_levels() {
    let vectors = vectors::load();
    let openings: Vec<Opening> = (0..17)
        .map(|i| {
            opening(&json!({
                "kind": "liability",
                "subject": vectors["subject"][0]["subject"],
                "as_of": 1_790_000_000,
                "blinding": format!("{:#x}", i + 1),
                "positions": [["iso4217:USD", i.to_string()]],
            }))
        })
        .collect();
    check_merged(&openings, &vectors["rollup"]["two_levels"], 2);
}
