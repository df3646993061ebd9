//! An auditor's opinion as a file (docs/spec.md, sections 7.8 and 10.14): what is signed is what is
//! read, and it is of one statement and one period.

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_claims::ident::{Hash, SubjectId};
use covenant_claims::signed::{
    Answers, AuditorOpinion, OpinionError, SignatureError, SignedOpinion, Signer,
};
use covenant_claims::statement::Window;
use serde_json::{Value, json};

/// The texts whose hashes the vector has.
const PROCEDURES: &str = "We confirmed every balance with its custodian.\n";

/// The opinion of the vectors, which ethers signed, as its file.
fn file() -> Value {
    let text = include_str!("../../fixtures/data/conformance.json");
    let v = serde_json::from_str::<Value>(text).unwrap()["eip712"].take();
    let m = &v["auditor_opinion"]["message"];
    json!({
        "version": 1, "subject": m["subject"], "statement": m["statement"],
        "period_from": m["periodFrom"], "period_to": m["periodTo"],
        "procedures": PROCEDURES, "exceptions": "",
        "signer": v["address"], "signature": v["auditor_opinion"]["signature"],
    })
}

fn read(file: &Value) -> Result<SignedOpinion, OpinionError> {
    SignedOpinion::from_json(&file.to_string())
}

#[test]
fn the_file_of_the_vector_is_signed() {
    let opinion = read(&file()).unwrap();
    assert_eq!(opinion.check(&Answers::none()), Ok(None));
    let again = SignedOpinion::from_json(&opinion.to_json()).unwrap();
    assert_eq!(again, opinion);
    let document = opinion.document();
    let made = SignedOpinion::new(
        &document,
        PROCEDURES,
        "",
        opinion.signer,
        opinion.signature.clone(),
    );
    assert_eq!(made, opinion);
}

/// Texts are signed by their hashes: another text is another document.
#[test]
fn every_field_is_signed() {
    for (field, value) in [
        ("subject", json!("0x1")),
        ("statement", json!("0x1")),
        ("period_from", json!(1_788_220_801)),
        ("period_to", json!(1_790_812_798)),
        (
            "procedures",
            json!("We confirmed every balance with its custodian."),
        ),
        ("exceptions", json!("One custodian did not answer.")),
        (
            "signer",
            json!("0x33e3e81eD4CC6e9A029d12CFEbE4F02234E1FB00"),
        ),
    ] {
        let mut file = file();
        file[field] = value;
        let opinion = read(&file).unwrap();
        let said = opinion.check(&Answers::none()).unwrap_err();
        let forged = matches!(
            said,
            OpinionError::Signature(SignatureError::Forged { .. } | SignatureError::NoKey)
        );
        assert!(forged, "{field}: {said}");
    }
}

#[test]
fn what_is_no_opinion_is_refused() {
    for (field, value, expected) in [
        ("version", json!(2), "version: expected 1, got 2"),
        ("procedures", json!(" \n"), "procedures: expected a text"),
        (
            "period_to",
            json!(1_788_220_799),
            "period_to: expected 1788220800",
        ),
        ("more", json!(1), "unknown field `more`"),
        ("signature", json!("0x12"), "signature"),
        ("signer", json!("somebody"), "expected"),
    ] {
        let mut file = file();
        file[field] = value;
        let said = read(&file).unwrap_err().to_string();
        assert!(said.contains(expected), "{field}: {said}");
    }
    let twice = file()
        .to_string()
        .replacen('{', "{\"exceptions\": \"\",", 1);
    let said = SignedOpinion::from_json(&twice).unwrap_err().to_string();
    assert!(said.contains("duplicate field `exceptions`"), "{said}");
    let large = " ".repeat((1 << 20) + 1);
    assert_eq!(
        SignedOpinion::from_json(&large),
        Err(OpinionError::TooLarge { got: large.len() })
    );
}

/// Of another subject, another statement, and of a period that begins after the window or ends
/// before it.
#[test]
fn it_is_of_one_statement_and_one_period() {
    let opinion = read(&file()).unwrap();
    let AuditorOpinion {
        subject, statement, ..
    } = opinion.document();
    let (from, to) = (opinion.period_from, opinion.period_to);
    let about = |subject, statement, from, to| {
        opinion.is_about(subject, statement, Window::new(from, to).unwrap())
    };
    assert_eq!(about(subject, statement, from, to), Ok(()));
    let other = SubjectId::of("lei:OTHER").unwrap();
    let refused = about(other, statement, from, to).unwrap_err();
    assert!(matches!(refused, OpinionError::Subject { .. }), "{refused}");
    let refused = about(subject, Hash([7; 32]), from, to).unwrap_err();
    assert!(
        matches!(refused, OpinionError::Statement { .. }),
        "{refused}"
    );
    for (from, to) in [(from - 1, to), (from, to + 1)] {
        let refused = about(subject, statement, from, to).unwrap_err();
        assert!(
            matches!(refused, OpinionError::NotThePeriod { .. }),
            "{refused}"
        );
    }
}

/// Only a contract tells whether it signed.
#[test]
fn a_contract_is_to_be_queried() {
    let mut file = file();
    let address = file["signer"].as_str().unwrap();
    file["signer"] = json!(format!("eip155:1:{address}"));
    let opinion = read(&file).unwrap();
    assert!(matches!(opinion.signer, Signer::Contract(_)));
    let said = opinion.check(&Answers::none()).unwrap_err();
    let not_queried = matches!(
        said,
        OpinionError::Signature(SignatureError::NotQueried { .. })
    );
    assert!(not_queried, "{said}");
}
