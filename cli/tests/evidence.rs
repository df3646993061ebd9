//! A pack of evidence verifies years later, at the time that is named and against the relying party's
//! own expectations (docs/spec.md, section 10.16).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::signing::{NOW, key, signed_basket};
use common::{ACCOUNTS, Desk, Run};
use covenant_disclosure::Pack;
use serde_json::{Value, json};
use std::fs;

/// Until when every account is attested.
const UNTIL: u64 = NOW + 86_400;
/// The auditor's key, by number.
const AUDITOR: usize = 9;

fn with_key(desk: &Desk, n: usize, line: &str) -> Run {
    let mut command = desk.command();
    command.env("KEY", key(n)).args(line.split_whitespace());
    Desk::run_of(&mut command)
}

/// A basket with an opinion and expectations that allow a month; returns the auditor's address.
fn desk() -> (Desk, String) {
    let desk = signed_basket();
    let expect = desk.read("expect.toml").replace("\"1h\"", "\"720h\"");
    desk.write("expect.toml", expect);
    desk.write("done.txt", "We opened every account.\n");
    let line = format!(
        "opinion b.json --from {} --to {} --procedures done.txt --key env:KEY --out o.json --json",
        NOW - 60,
        NOW + 60
    );
    let said = with_key(&desk, AUDITOR, &line).expect(0).json();
    let auditor = said["signer"].as_str().unwrap().to_owned();
    (desk, auditor)
}

fn pack(desk: &Desk, out: &str, more: &str) -> Run {
    desk.run(&format!(
        "evidence pack --bundle b.json --expect expect.toml --opinion o.json --document policy.json --document prices.json --out {out} --json {more}"
    ))
}

fn check(desk: &Desk, at: u64, more: &str) -> Run {
    desk.run(&format!(
        "evidence check e.tar --expect expect.toml --at {at} --json {more}"
    ))
}

/// The pack with other members.
fn repack(desk: &Desk, change: impl FnOnce(&mut [Vec<u8>; 3])) {
    let pack = Pack::from_bytes(&fs::read(desk.path("e.tar")).unwrap()).unwrap();
    let mut parts = [pack.bundle(), pack.expectations(), pack.opinion()].map(<[u8]>::to_vec);
    change(&mut parts);
    let [bundle, expectations, opinion] = parts;
    let pack = Pack::new(bundle, expectations, opinion, pack.documents().clone()).unwrap();
    desk.write("e.tar", pack.to_bytes().unwrap());
}

#[test]
fn a_pack_has_what_was_put_into_it() {
    let (desk, auditor) = desk();
    let said = pack(&desk, "e.tar", "").expect(0).json();
    let again = pack(&desk, "again.tar", "").expect(0).json();
    assert_eq!(
        (&said["sha256"], &said["members"]),
        (&again["sha256"], &again["members"])
    );
    assert_eq!(
        fs::read(desk.path("e.tar")).unwrap(),
        fs::read(desk.path("again.tar")).unwrap()
    );
    let packed = Pack::from_bytes(&fs::read(desk.path("e.tar")).unwrap()).unwrap();
    assert_eq!(packed.bundle(), desk.read("b.json").as_bytes());
    assert_eq!(packed.expectations(), desk.read("expect.toml").as_bytes());
    assert_eq!(
        packed.documents()["policy.json"],
        desk.read("policy.json").as_bytes()
    );
    let checked = check(&desk, NOW + 60, &format!("--auditor {auditor}"))
        .expect(0)
        .json();
    assert_eq!(
        (&checked["proved"], &checked["verdict"]["proved"]),
        (&json!(true), &json!(true))
    );
    assert_eq!(
        (&checked["sha256"], &checked["members"]),
        (&said["sha256"], &said["members"])
    );
    assert_eq!(checked["same_expectations"], true);
    assert_eq!(checked["opinion"]["by_named_auditor"], true);
    assert_eq!(
        checked["opinion"]["procedures"],
        "We opened every account.\n"
    );
    // It is not replaced.
    assert_eq!(
        pack(&desk, "e.tar", "").expect(2).json()["code"],
        "file_exists"
    );
}

/// The verdict of a past time is what it was then, by both verbs.
#[test]
fn a_verification_at_a_past_time_gives_that_times_verdict() {
    let (desk, _) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let both = |at: u64| {
        let verified = desk.run(&format!(
            "verify e.tar --expect expect.toml --at {at} --json"
        ));
        let checked = check(&desk, at, "");
        assert_eq!(
            verified.code, checked.code,
            "{}{}",
            verified.stdout, checked.stdout
        );
        let (verified, checked) = (verified.json(), checked.json());
        assert_eq!(verified, checked["verdict"]);
        (verified["proved"] == true, verified["code"].clone())
    };
    let proved = (true, Value::Null);
    // Before the snapshot; the clocks may differ by a minute.
    assert_eq!(both(NOW - 61), (false, json!("from_the_future")));
    assert_eq!(both(NOW - 60), proved);
    // Until the attestations end.
    assert_eq!(both(UNTIL), proved);
    assert_eq!(both(UNTIL + 1), (false, json!("attestation_expired")));
    // Until one of them is withdrawn.
    let account = format!("{}/account.json", ACCOUNTS[0]);
    let revoke = format!(
        "account revoke {account} --at {} --key env:KEY --out revoked.json --json",
        NOW + 100
    );
    let revocation = with_key(&desk, 0, &revoke).expect(0).json()["revocation"].clone();
    let expect: toml::Table = desk.read("expect.toml").parse().unwrap();
    let mut expect = serde_json::to_value(expect).unwrap();
    expect["revocations"] = json!([revocation]);
    desk.write("expect.toml", expect.to_string());
    assert_eq!(both(NOW + 99), proved);
    assert_eq!(both(NOW + 100), (false, json!("revoked")));
}

/// What the pack has of expectations decides nothing, and a difference is told.
#[test]
fn the_relying_partys_own_expectations_decide() {
    let (desk, _) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let own = desk.read("expect.toml");
    desk.write("expect.toml", own.replace("\"125%\"", "\"130%\""));
    let said = check(&desk, NOW, "").expect(1).json();
    assert_eq!(
        (&said["code"], &said["same_expectations"]),
        (&json!("ratio_too_low"), &json!(false))
    );
    // Nor does a pack with laxer ones, or with none that can be read.
    repack(&desk, |[_, expectations, _]| {
        *expectations = own.clone().into_bytes()
    });
    check(&desk, NOW, "").expect(1);
    repack(&desk, |[_, expectations, _]| {
        *expectations = b"\xff".to_vec()
    });
    check(&desk, NOW, "").expect(1);
    desk.write("expect.toml", own);
    let said = check(&desk, NOW, "").expect(0).json();
    assert_eq!(said["same_expectations"], false);
    let plain = desk.run(&format!(
        "evidence check e.tar --expect expect.toml --at {NOW}"
    ));
    let plain = plain.expect(0).stdout;
    assert!(
        plain.contains("differs from your file; yours decided"),
        "{plain}"
    );
}

#[test]
fn an_opinion_counts_for_the_auditor_that_was_named() {
    let (desk, auditor) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let said = check(&desk, NOW, "").expect(0).json();
    assert_eq!(
        (
            &said["opinion"]["signer"],
            &said["opinion"]["by_named_auditor"]
        ),
        (&json!(auditor), &json!(false))
    );
    let plain = desk.run(&format!(
        "evidence check e.tar --expect expect.toml --at {NOW}"
    ));
    let plain = plain.expect(0).stdout;
    assert!(plain.contains("it counts for nothing"), "{plain}");
    let other = "0xae3DfFEE97f92db0201d11CB8877C89738353bCE";
    let said = check(&desk, NOW, &format!("--auditor {other}"))
        .expect(1)
        .json();
    assert_eq!(
        (&said["code"], &said["got"]),
        (&json!("auditor_not_accepted"), &json!(auditor))
    );
    check(
        &desk,
        NOW,
        &format!("--auditor {other} --auditor {auditor}"),
    )
    .expect(0);
    // The same address as a contract is another signer.
    let said = check(&desk, NOW, &format!("--auditor eip155:1:{auditor}"))
        .expect(1)
        .json();
    assert_eq!(said["code"], "auditor_not_accepted");
}

#[test]
fn an_opinion_that_does_not_fit_is_refused() {
    let (desk, auditor) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let good = desk.read("o.json");
    let with = |change: &dyn Fn(&mut Value), exit: i32| {
        let mut opinion: Value = serde_json::from_str(&good).unwrap();
        change(&mut opinion);
        let text = opinion.to_string();
        repack(&desk, |[_, _, opinion]| {
            *opinion = text.clone().into_bytes()
        });
        let said = check(&desk, NOW, &format!("--auditor {auditor}"))
            .expect(exit)
            .json();
        // Nor is it packed, with the same code but for what is no opinion at all.
        desk.write("o.json", text);
        let packed = pack(&desk, "new.tar", "");
        assert_ne!(packed.code, 0);
        assert!(!desk.path("new.tar").exists(), "half-written");
        said["code"].as_str().unwrap().to_owned()
    };
    assert_eq!(
        with(&|o| o["exceptions"] = json!("Some."), 1),
        "signature_refused"
    );
    assert_eq!(
        with(&|o| o["statement"] = json!("0x1"), 1),
        "statement_mismatch"
    );
    assert_eq!(
        with(&|o| o["subject"] = json!("0x1"), 1),
        "subject_mismatch"
    );
    assert_eq!(
        with(&|o| o["period_from"] = json!(NOW + 1), 1),
        "period_mismatch"
    );
    assert_eq!(with(&|o| o["version"] = json!(2), 1), "pack_malformed");
    assert_eq!(with(&|o| o["more"] = json!(1), 1), "pack_malformed");
}

/// Only a contract tells whether it signed: without a node the answer is that it could not be told.
#[test]
fn an_opinion_of_a_contract_is_to_be_queried() {
    let (desk, auditor) = desk();
    let contract = format!("eip155:1:{auditor}");
    let line = format!(
        "opinion b.json --from {NOW} --to {NOW} --procedures done.txt --signer {contract} --signature 0x1234 --out c.json --json"
    );
    assert_eq!(desk.run(&line).expect(0).json()["checked"], false);
    fs::rename(desk.path("c.json"), desk.path("o.json")).unwrap();
    pack(&desk, "e.tar", "").expect(0);
    let said = check(&desk, NOW, &format!("--auditor {contract}"))
        .expect(2)
        .json();
    assert_eq!(said["code"], "contract_not_queried");
}

/// By its digest, which `opinion` prints.
#[test]
fn an_opinion_that_its_signer_withdrew_does_not_stand() {
    let (desk, _) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let digest = check(&desk, NOW, "").expect(0).json()["opinion"]["digest"].clone();
    let revoke = |n: usize| {
        let line = format!(
            "account revoke {}/account.json --document {} --at {} --key env:KEY --out revoked.json --json",
            ACCOUNTS[0],
            digest.as_str().unwrap(),
            NOW + 100
        );
        let said = with_key(&desk, n, &line).expect(0).json();
        said["revocation"].clone()
    };
    let expect: toml::Table = desk.read("expect.toml").parse().unwrap();
    let expecting = |revocation: Value| {
        let mut expect = serde_json::to_value(&expect).unwrap();
        expect["revocations"] = json!([revocation]);
        desk.write("expect.toml", expect.to_string());
    };
    expecting(revoke(AUDITOR));
    check(&desk, NOW + 99, "").expect(0);
    let said = check(&desk, NOW + 100, "").expect(1).json();
    assert_eq!(
        (&said["code"], &said["field"]),
        (&json!("revoked"), &json!("opinion.json"))
    );
    // Nobody else withdraws it.
    fs::remove_file(desk.path("revoked.json")).unwrap();
    expecting(revoke(1));
    check(&desk, NOW + 100, "").expect(0);
}

#[test]
fn a_pack_that_was_altered_is_refused_by_both_verbs() {
    let (desk, _) = desk();
    pack(&desk, "e.tar", "").expect(0);
    let good = fs::read(desk.path("e.tar")).unwrap();
    let both = |bytes: &[u8]| {
        desk.write("e.tar", bytes);
        let checked = check(&desk, NOW, "").expect(1).json();
        let verify = format!("verify e.tar --expect expect.toml --at {NOW} --json");
        assert_eq!(desk.run(&verify).expect(1).json(), checked);
        assert_eq!(checked["file"], "e.tar");
        checked["code"].as_str().unwrap().to_owned()
    };
    let place = |text: &str| {
        let found = good.windows(text.len()).position(|w| w == text.as_bytes());
        found.unwrap()
    };
    let mut altered = good.clone();
    altered[place("ratio_bps")] ^= 1;
    assert_eq!(both(&altered), "pack_altered");
    assert_eq!(both(&[good.clone(), vec![0; 512]].concat()), "pack_altered");
    assert_eq!(both(&good[..good.len() / 2]), "pack_malformed");
    // A pack whose bundle is none.
    desk.write("e.tar", &good);
    repack(&desk, |[bundle, _, _]| *bundle = b"{}".to_vec());
    assert_eq!(
        check(&desk, NOW, "").expect(1).json()["code"],
        "bundle_malformed"
    );
    // A bundle of another statement than the opinion's, however it came there.
    desk.write("e.tar", &good);
    desk.run(&format!(
        "prove {} --ratio 120% --out other.json",
        Desk::inputs()
    ))
    .expect(0);
    let other = desk.read("other.json");
    repack(&desk, |[bundle, _, _]| *bundle = other.into_bytes());
    assert_eq!(
        check(&desk, NOW, "").expect(1).json()["code"],
        "statement_mismatch"
    );
}

/// Whoever has a pack reads all of it.
#[test]
fn no_secret_is_packed_as_a_document() {
    let (desk, _) = desk();
    desk.run("keys age --out auditor.key").expect(0);
    for secret in ["collateral-alder/opening.json", "auditor.key"] {
        let said = pack(&desk, "e.tar", &format!("--document {secret}"))
            .expect(2)
            .json();
        assert_eq!(
            (&said["code"], &said["file"]),
            (&json!("usage"), &json!(secret))
        );
        assert!(!desk.path("e.tar").exists(), "half-written");
    }
    // Nor a name that could lead elsewhere, or the same one twice.
    desk.write("a b", "");
    for document in ["a b", "policy.json"] {
        let args = [
            "evidence",
            "pack",
            "--bundle",
            "b.json",
            "--expect",
            "expect.toml",
            "--opinion",
            "o.json",
            "--document",
            "policy.json",
            "--document",
            document,
            "--out",
            "e.tar",
            "--json",
        ];
        assert_eq!(desk.args(args).expect(2).json()["code"], "usage");
        assert!(!desk.path("e.tar").exists(), "half-written");
    }
}
