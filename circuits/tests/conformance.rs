//! The vectors of an independent implementation (Python): ids, commitments, digests, and
//! the ratios that can and cannot be proved, natively and by MockProver.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Opening;
use covenant_circuits::field::{from_hex, to_hex};
use covenant_circuits::ident::{AssetId, SubjectId};
use covenant_circuits::policy::Policy;
use covenant_circuits::poseidon;
use covenant_circuits::relation;
use covenant_fixtures::Vectors;
use ff::PrimeField;
use halo2curves::bn256::Fr;

#[test]
fn poseidon4() {
    for case in Vectors::load().list("poseidon4") {
        let inputs: Vec<Fr> = covenant_fixtures::strings(&case["in"])
            .iter()
            .map(|x| Fr::from_str_vartime(x).unwrap())
            .collect();
        let out = Fr::from_str_vartime(case["out"].as_str().unwrap()).unwrap();
        assert_eq!(poseidon::hash(inputs.try_into().unwrap()), out);
    }
}

#[test]
fn identifiers() {
    for case in Vectors::load().list("asset_id") {
        let id = AssetId::of(case["asset"].as_str().unwrap()).unwrap();
        assert_eq!(id.to_string(), case["id"].as_str().unwrap());
    }
    for case in Vectors::load().list("subject") {
        let id = SubjectId::of(case["subject"].as_str().unwrap()).unwrap();
        assert_eq!(id.get(), from_hex(case["id"].as_str().unwrap()).unwrap());
    }
}

/// The vectors have two scenarios at most; here every field of every word is in use.
#[test]
fn the_digest_of_a_policy_with_everything_in_use() {
    let file: serde_json::Value =
        serde_json::from_str(include_str!("../../fixtures/data/full_policy.json")).unwrap();
    let policy = Policy::from_json(&file["policy"].to_string()).unwrap();
    assert_eq!(policy.scenarios(), 16);
    assert_eq!(to_hex(&policy.digest()), file["digest"].as_str().unwrap());
}

#[test]
fn account_commitments() {
    let vectors = Vectors::load();
    let of_cases: Vec<_> = vectors
        .list("cases")
        .into_iter()
        .flat_map(|c| c["accounts"].as_array().unwrap().clone())
        .collect();
    for account in vectors.list("accounts").into_iter().chain(of_cases) {
        let opening: Opening = covenant_fixtures::opening(&account);
        assert_eq!(
            opening.commitment().0,
            from_hex(account["commitment"].as_str().unwrap()).unwrap()
        );
    }
}

#[test]
fn policy_digests() {
    let vectors = Vectors::load();
    for case in vectors.list("policy_digests") {
        let policy = Policy::from_json(&case["policy"].to_string()).unwrap();
        assert_eq!(to_hex(&policy.digest()), case["digest"].as_str().unwrap());
    }
    for case in vectors.list("cases") {
        let policy = Policy::from_json(&case["policy"].to_string()).unwrap();
        assert_eq!(
            to_hex(&policy.digest()),
            case["policy_digest"].as_str().unwrap()
        );
    }
}

#[test]
fn cases_at_the_largest_ratio_and_one_more() {
    for case in Vectors::load().list("cases") {
        let largest: u32 = covenant_fixtures::strings(&case["largest_ratio_bps"])[0]
            .parse()
            .unwrap();
        let claim = covenant_fixtures::claim(&case, largest);
        let allocation = covenant_fixtures::fullest(&claim);
        assert_eq!(
            relation::check(&claim, &allocation),
            Ok(()),
            "{}",
            case["name"]
        );
        covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY).assert_satisfied();

        let claim = covenant_fixtures::claim(&case, largest + 1);
        let allocation = covenant_fixtures::fullest(&claim);
        let error = relation::check(&claim, &allocation).unwrap_err();
        assert_eq!(error.clause(), "S7");
        assert!(
            covenant_fixtures::mock(&claim, &allocation, covenant_fixtures::TINY)
                .verify()
                .is_err(),
            "{}",
            case["name"]
        );
    }
}

#[test]
fn standard_shapes_are_satisfied() {
    let case = &Vectors::load().list("cases")[0];
    let claim = covenant_fixtures::claim(case, 27_063);
    let allocation = covenant_fixtures::fullest(&claim);
    for shape in covenant_circuits::shape::Shape::STANDARD {
        covenant_fixtures::mock(&claim, &allocation, shape).assert_satisfied();
    }
}
