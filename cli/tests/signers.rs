//! Who signs at the command line: keystores, environment, wallets, ethers; and what must not
//! pass for a signature.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::signing::{NOW, SALT_FILE, high_s, key, reason, salt, signed_basket, verify};
use common::{ACCOUNTS, Desk};
use serde_json::Value;
use std::path::Path;
use std::process::Command;

#[test]
fn external_signers_are_shown_typed_data_and_return_a_signature() {
    let desk = Desk::basket(NOW);
    salt(&desk);
    let sign = format!(
        "account sign collateral-alder/account.json --opening collateral-alder/opening.json --account ref --salt {SALT_FILE} --valid-until {}",
        NOW + 60
    );
    let before = desk.read("collateral-alder/account.json");
    let data = desk
        .run(&format!("{sign} --print-typed-data --json"))
        .expect(0)
        .json();
    assert_eq!(data["primaryType"], "AccountAttestation");
    assert_eq!(data["domain"]["name"], "Covenant");
    assert_eq!(desk.read("collateral-alder/account.json"), before);
    // What a wallet returned, here from our own key.
    let output = desk
        .command()
        .env("KEY", key(0))
        .args(format!("{sign} --key env:KEY --out signed.json").split_whitespace())
        .output()
        .unwrap();
    assert!(output.status.success());
    let signed: Value = serde_json::from_str(&desk.read("signed.json")).unwrap();
    let attestation = &signed["attestation"];
    let (attester, signature) = (
        attestation["attester"].as_str().unwrap(),
        attestation["signature"].as_str().unwrap(),
    );
    desk.run(&format!(
        "{sign} --signer {attester} --signature {signature}"
    ))
    .expect(0);
    assert_eq!(
        desk.read("collateral-alder/account.json"),
        desk.read("signed.json")
    );
    // Another's signature, the malleated one, a short one.
    let other = "0xae3DfFEE97f92db0201d11CB8877C89738353bCE".replace("ae", "Ae");
    desk.run(&format!("{sign} --signer {other} --signature {signature}"))
        .expect(2);
    let run = desk.run(&format!(
        "{sign} --signer {attester} --signature {}",
        high_s(signature)
    ));
    assert!(run.expect(2).stderr.contains("lower half"));
    desk.run(&format!("{sign} --signer {attester} --signature 0x12"))
        .expect(2);
}

#[test]
fn keystores_are_made_read_and_guarded() {
    let desk = Desk::new();
    desk.write("password", "correct horse\n");
    desk.write("wrong", "battery staple\n");
    desk.write("empty", "\n");
    let made = desk
        .run("keys new --out k.json --password-file password --json")
        .expect(0)
        .json();
    let address = desk
        .run("keys address k.json --password-file password --json")
        .expect(0)
        .json();
    assert_eq!(made["address"], address["address"]);
    let wrong = desk
        .run("keys address k.json --password-file wrong")
        .expect(2);
    assert!(wrong.stderr.contains("password"), "{}", wrong.stderr);
    desk.run("keys new --out k.json --password-file password")
        .expect(2);
    desk.run("keys new --out l.json --password-file empty")
        .expect(2);
    assert!(!desk.path("l.json").exists());
    let none = desk.run("keys address env:NO_SUCH_KEY").expect(2);
    assert!(none.stderr.contains("NO_SUCH_KEY"), "{}", none.stderr);
    let bad = desk
        .command()
        .env("BAD", "1234")
        .args(["keys", "address", "env:BAD"])
        .output()
        .unwrap();
    assert_eq!(bad.status.code(), Some(2));
    assert!(!String::from_utf8_lossy(&bad.stderr).contains("1234"));
}

/// ethers signs what `covenant verify` accepts, and checks what `covenant` signed.
#[test]
#[ignore = "needs npm; make test-contracts runs it"]
fn ethers_and_covenant_accept_each_other() {
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples/custodian");
    if !scripts.join("node_modules/ethers").is_dir() {
        let status = Command::new("npm")
            .args(["ci", "--silent"])
            .current_dir(&scripts)
            .status()
            .unwrap();
        assert!(status.success(), "npm ci");
    }
    let desk = signed_basket();
    let attest = |args: &[&str]| {
        Command::new("node")
            .arg(scripts.join("attest.mjs"))
            .args(args)
            .env("ATTESTER_KEY", format!("0x{}", key(0)))
            .env("ATTESTER_SALT", salt(&desk))
            .current_dir(desk.0.path())
            .output()
            .unwrap()
    };
    // Ours, checked there.
    let checked = attest(&["check", "collateral-quay/account.json"]);
    assert!(
        checked.status.success(),
        "{}",
        String::from_utf8_lossy(&checked.stderr)
    );
    // Theirs, accepted here: attester 0's account, signed anew.
    let until = (NOW + 7_200).to_string();
    let path = format!("{}/account.json", ACCOUNTS[0]);
    let opening = format!("{}/opening.json", ACCOUNTS[0]);
    let signed = attest(&["sign", &path, &opening, "by ethers", &until]);
    assert!(
        signed.status.success(),
        "{}",
        String::from_utf8_lossy(&signed.stderr)
    );
    let ours = desk.read(&path);
    desk.write(&path, &signed.stdout);
    assert_ne!(desk.read(&path), ours);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    verify(&desk, "b.json", NOW + 60).expect(0);
}

#[test]
fn each_abuse_of_a_signature_has_its_own_error() {
    let desk = signed_basket();
    for (at, expected) in [(NOW + 3_601, "age of at most 1h"), (NOW - 61, "ahead")] {
        let why = reason(verify(&desk, "b.json", at), 1);
        assert!(why.contains(expected), "{why}");
    }
    let expect = desk.read("expect.toml");
    // Expired, though young enough.
    desk.write("expect.toml", expect.replace("\"1h\"", "\"7d\""));
    let why = reason(verify(&desk, "b.json", NOW + 86_401), 1);
    assert!(why.contains("attester") && why.contains("valid"), "{why}");
    // Another attester, another role, another price source.
    for (from, to, expected) in [
        ("[\"liability\"]", "[\"collateral\"]", "liability"),
        ("quorum = 1", "quorum = 2", "quorum"),
    ] {
        let changed = expect.replace(from, to);
        assert_ne!(changed, expect);
        desk.write("expect.toml", changed);
        let run = verify(&desk, "b.json", NOW);
        let code = run.code;
        let why = reason(run, code);
        assert!(code != 0 && why.contains(expected), "{why}");
    }
    let without = expect.replacen("[[attesters]]", "#", 1);
    let cut: String = without
        .lines()
        .scan(false, |skip, line| {
            if line == "#" {
                *skip = true;
            } else if line.starts_with("[[") {
                *skip = false;
            }
            Some(if *skip {
                String::new()
            } else {
                format!("{line}\n")
            })
        })
        .collect();
    desk.write("expect.toml", cut);
    let why = reason(verify(&desk, "b.json", NOW), 1);
    assert!(why.contains("attester"), "{why}");
    desk.write("expect.toml", &expect);
    // The malleated twin of a signature: s becomes n - s, v the other.
    let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let signature = &mut bad["accounts"][0]["attestation"]["signature"];
    *signature = high_s(signature.as_str().unwrap()).into();
    desk.write("bad.json", bad.to_string());
    let why = reason(verify(&desk, "bad.json", NOW), 1);
    assert!(why.contains("lower half"), "{why}");
}
