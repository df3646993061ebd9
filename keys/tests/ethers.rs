//! The same documents as another implementation (ethers, in examples/custodian): what it
//! signed is accepted here, and what is committed here for its tests is what we make.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::from_hex;
use covenant_claims::ident::SubjectId;
use covenant_claims::numbers::Price;
use covenant_claims::signed::{
    AccountAttestation, AccountFile, AccountRef, AccountSalt, Answers, DocumentError,
    PriceSnapshot, SignatureError,
};
use covenant_keys::{SigningKey, keystore};
use serde_json::{Value, json};

const FOLDER: &str = "../examples/custodian/testdata";

fn vectors() -> Value {
    let text = include_str!("../../fixtures/data/conformance.json");
    serde_json::from_str::<Value>(text).unwrap()["eip712"].take()
}

fn salt() -> AccountSalt {
    let text = vectors()["reference"]["salt"].take();
    text.as_str().unwrap().parse().unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_hex(vectors()["private_key"].as_str().unwrap()).unwrap()
}

fn committed(name: &str) -> String {
    std::fs::read_to_string(format!("{FOLDER}/{name}")).unwrap()
}

/// The text that is committed; what it should be is left in the target folder.
fn assert_committed(name: &str, text: &str) {
    let actual = format!("{}/{name}", env!("CARGO_TARGET_TMPDIR"));
    std::fs::write(&actual, text).unwrap();
    let same = std::fs::read_to_string(format!("{FOLDER}/{name}")).ok();
    assert_eq!(same.as_deref(), Some(text), "expected {actual}");
}

#[test]
fn an_account_that_ethers_signed_is_accepted() {
    let text = committed("ethers-account.json");
    let file = AccountFile::from_json(&text).unwrap();
    let attestation = file.attestations[0].clone();
    attestation.check(&file, &Answers::none()).unwrap();
    assert_eq!(attestation.attester, key().address().into());
    assert_eq!(
        attestation.account,
        AccountRef::of(&salt(), "attester's own reference").unwrap()
    );
    // Both are deterministic, so the files are equal to the byte.
    let mut unsigned = file;
    unsigned.attestations.clear();
    let (account, until) = (attestation.account, attestation.valid_until);
    let ours = key()
        .attest_unchecked(unsigned, account, until, attestation.counterpart)
        .unwrap();
    assert_eq!(ours.to_json(), text);
}

#[test]
fn v6_an_account_that_ethers_signed_is_bound() {
    let good: Value = serde_json::from_str(&committed("ethers-account.json")).unwrap();
    for (path, value) in [
        ("/kind", json!("collateral")),
        ("/subject", json!("lei:OTHER")),
        ("/as_of", json!(1_790_000_001)),
        ("/commitment", json!("0x1")),
        ("/attestation/account", json!("0x1")),
        ("/attestation/valid_until", json!(1_790_086_401)),
        ("/attestation/counterpart", json!("0x1")),
        (
            "/attestation/attester",
            json!("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed"),
        ),
    ] {
        let mut changed = good.clone();
        *changed.pointer_mut(path).unwrap() = value;
        let file = AccountFile::from_json(&changed.to_string()).unwrap();
        let error = file.attestations[0]
            .check(&file, &Answers::none())
            .unwrap_err();
        assert!(
            matches!(
                error,
                DocumentError::Signature {
                    error: SignatureError::Forged { .. } | SignatureError::NoKey,
                    ..
                }
            ),
            "{path}: {error}"
        );
    }
}

#[test]
fn what_ethers_reads_is_what_is_written_here() {
    let v = vectors();
    let text = |x: &Value| x.as_str().unwrap().to_owned();
    let m = &v["attestation"]["message"];
    let field = |x: &Value| from_hex(x.as_str().unwrap()).unwrap();
    let attestation = AccountAttestation {
        commitment: Commitment(field(&m["commitment"])),
        subject: SubjectId::from_field(field(&m["subject"])).unwrap(),
        as_of: m["asOf"].as_u64().unwrap(),
        valid_until: m["validUntil"].as_u64().unwrap(),
        kind: Kind::Liability,
        account: AccountRef::from_field(field(&m["account"])).unwrap(),
        counterpart: Some(Commitment(field(&m["counterpart"]))),
    };
    let m = &v["price_snapshot"]["message"];
    let snapshot = PriceSnapshot {
        policy: field(&m["policy"]),
        as_of: m["asOf"].as_u64().unwrap(),
        prices: m["prices"]
            .as_array()
            .unwrap()
            .iter()
            .map(|p| Price::new(text(p).parse().unwrap()).unwrap())
            .collect(),
    };
    let typed = json!({
        "attestation": attestation.typed_data(),
        "price_snapshot": snapshot.typed_data(),
    });
    let typed = serde_json::to_string_pretty(&typed).unwrap() + "\n";
    assert_committed("rust-typed-data.json", &typed);

    let file = AccountFile {
        version: 2,
        kind: Kind::Liability,
        subject: "lei:5493001KJTIIGC8Y1R12".into(),
        as_of: 1_790_000_000,
        commitment: attestation.commitment,
        attestations: Vec::new(),
        undertakings: Vec::new(),
        revocations: Vec::new(),
    };
    let account = AccountRef::of(&salt(), "a loan").unwrap();
    let signed = key()
        .attest_unchecked(file, account, 1_790_086_400, None)
        .unwrap();
    assert_committed("rust-account.json", &signed.to_json());

    // A keystore is different every time; the committed one was written by `encrypt`.
    let stored = keystore::decrypt(&committed("rust-keystore.json"), "testpassword").unwrap();
    assert_eq!(stored.address(), key().address());
}
