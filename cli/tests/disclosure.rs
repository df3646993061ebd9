//! What is disclosed to an auditor is sealed to it, is of the bundle, and nothing else opens
//! (docs/spec.md, section 10.15); what the auditor says of it is signed (7.8).

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::signing::{NOW, key, signed_basket};
use common::{ACCOUNTS, Desk, Run, SUBJECT};
use covenant_disclosure::seal::seal_text;
use covenant_disclosure::{Identity, unseal};
use serde_json::{Value, json};
use std::fs;

const OPEN: &str = "open d.age --identity auditor.key --bundle b.json --json";

/// A signed and proved basket, and an auditor's identity; returns its recipient.
fn desk() -> (Desk, String) {
    let desk = signed_basket();
    let said = desk
        .run("keys age --out auditor.key --json")
        .expect(0)
        .json();
    let recipient = said["recipient"].as_str().unwrap().to_owned();
    (desk, recipient)
}

fn disclose(desk: &Desk, accounts: &[&str], to: &str, more: &str) -> Run {
    let openings: Vec<String> = accounts
        .iter()
        .map(|a| format!("{a}/opening.json"))
        .collect();
    let openings = openings.join(" ");
    desk.run(&format!(
        "disclose {openings} --bundle b.json --to {to} --out d.age --json {more}"
    ))
}

/// What was sealed, and the identity that opens it.
fn unsealed(desk: &Desk) -> (Value, Identity) {
    let identities = Identity::read_all(&desk.read("auditor.key")).unwrap();
    let sealed = fs::read(desk.path("d.age")).unwrap();
    let text = unseal(&sealed, &identities).unwrap();
    let identity = identities.into_iter().next().unwrap();
    (serde_json::from_str(&text).unwrap(), identity)
}

/// Seals another payload in the place of what was disclosed.
fn reseal(desk: &Desk, identity: &Identity, text: &str) {
    let sealed = seal_text(text, &[identity.recipient()]).unwrap();
    desk.write("d.age", sealed);
}

#[cfg(unix)]
fn mode(desk: &Desk, name: &str) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(desk.path(name)).unwrap().permissions().mode() & 0o777
}

#[test]
fn every_account_is_opened_by_its_auditor() {
    let (desk, recipient) = desk();
    let said = disclose(&desk, &ACCOUNTS, &recipient, "").expect(0).json();
    assert_eq!(said["recipients"], json!([recipient]));
    assert_eq!(said["disclosed"].as_array().unwrap().len(), 4);
    assert_eq!(said["undisclosed"], json!([]));
    let opened = desk.run(OPEN).expect(0).json();
    assert_eq!(opened["subject"], SUBJECT);
    assert_eq!(opened["statement"], said["statement"]);
    let accounts = opened["disclosed"].as_array().unwrap();
    assert_eq!(accounts.len(), 4);
    // Counts alone, unless more is told to be shown.
    for account in accounts {
        assert!(account["positions"].as_u64().unwrap() > 0);
        assert!(account.get("shown").is_none() && account.get("file").is_none());
    }
    let first: Value = serde_json::from_str(&desk.read("collateral-alder/opening.json")).unwrap();
    let amount = first["positions"][0][1].as_str().unwrap();
    let plain = desk.run(&OPEN.replace(" --json", "")).expect(0).stdout;
    assert!(
        plain.contains("OPENED") && plain.contains("covenant verify"),
        "{plain}"
    );
    let grouped = plain.replace(',', "");
    assert!(!grouped.contains(amount), "{plain}");
    let shown = desk
        .run(&format!("{} --show", OPEN.replace(" --json", "")))
        .expect(0)
        .stdout;
    assert!(shown.replace(',', "").contains(amount), "{shown}");
    let shown = desk.run(&format!("{OPEN} --show")).expect(0).json();
    let shown = shown["disclosed"].as_array().unwrap();
    let has = |a: &Value| a["shown"].to_string().contains(amount);
    assert!(shown.iter().any(has));
    #[cfg(unix)]
    assert_eq!(
        (mode(&desk, "d.age"), mode(&desk, "auditor.key")),
        (0o600, 0o600)
    );
}

#[test]
fn the_answer_says_which_accounts_are_not_disclosed() {
    let (desk, recipient) = desk();
    let said = disclose(&desk, &ACCOUNTS[..2], &recipient, "")
        .expect(0)
        .json();
    let opened = desk
        .run(&format!("{OPEN} --out-dir openings"))
        .expect(0)
        .json();
    for said in [&said, &opened] {
        assert_eq!(said["disclosed"].as_array().unwrap().len(), 2);
        assert_eq!(said["undisclosed"].as_array().unwrap().len(), 2);
    }
    let plain = desk.run(&OPEN.replace(" --json", "")).expect(0).stdout;
    assert_eq!(plain.matches("not disclosed ").count(), 2, "{plain}");
    // What is written are the openings, and each is that of the account that is named.
    for account in opened["disclosed"].as_array().unwrap() {
        let file = account["file"].as_str().unwrap();
        let checked = desk
            .run(&format!("account check {file} --json"))
            .expect(0)
            .json();
        assert_eq!(checked["commitment"], account["commitment"]);
        #[cfg(unix)]
        assert_eq!(mode(&desk, file), 0o600);
    }
    assert_eq!(fs::read_dir(desk.path("openings")).unwrap().count(), 2);
    // A secret replaces nothing, and none is written beside one that is there.
    let first = opened["disclosed"][1]["file"].as_str().unwrap();
    fs::remove_file(desk.path(first)).unwrap();
    let said = desk
        .run(&format!("{OPEN} --out-dir openings"))
        .expect(2)
        .json();
    assert_eq!(said["code"], "file_exists");
    assert_eq!(fs::read_dir(desk.path("openings")).unwrap().count(), 1);
    let said = disclose(&desk, &ACCOUNTS[..1], &recipient, "")
        .expect(2)
        .json();
    assert_eq!(said["code"], "file_exists");
}

#[test]
fn several_recipients_open_it_each_alone() {
    let (desk, recipient) = desk();
    let said = desk
        .run("keys age --out second.key --json")
        .expect(0)
        .json();
    desk.write(
        "to",
        format!("# the second\n{}\n", said["recipient"].as_str().unwrap()),
    );
    let said = disclose(&desk, &ACCOUNTS, &recipient, "--to-file to")
        .expect(0)
        .json();
    assert_eq!(said["recipients"].as_array().unwrap().len(), 2);
    desk.run(OPEN).expect(0);
    desk.run(&OPEN.replace("auditor", "second")).expect(0);
    desk.run("keys age --out third.key").expect(0);
    let said = desk.run(&OPEN.replace("auditor", "third")).expect(2).json();
    assert_eq!(
        (&said["code"], &said["file"]),
        (&json!("identity_wrong"), &json!("d.age"))
    );
}

#[test]
fn what_is_not_of_the_bundle_is_not_sealed() {
    let (desk, recipient) = desk();
    let refused = |accounts: &[&str], code: i32| {
        let said = disclose(&desk, accounts, &recipient, "")
            .expect(code)
            .json();
        assert!(!desk.path("d.age").exists(), "half-written");
        said
    };
    // The same opening twice.
    let said = refused(&[ACCOUNTS[0], ACCOUNTS[1], ACCOUNTS[0]], 2);
    assert_eq!(said["code"], "opening_repeated");
    assert_eq!(said["field"], "openings[2]");
    assert_eq!(said["file"], format!("{}/opening.json", ACCOUNTS[0]));
    // Another account, and one that was altered.
    let path = format!("{}/opening.json", ACCOUNTS[1]);
    let text = desk
        .read(&path)
        .replace(&NOW.to_string(), &(NOW + 1).to_string());
    desk.write(&path, text);
    let said = refused(&ACCOUNTS, 1);
    assert_eq!(
        (&said["code"], &said["file"]),
        (&json!("not_included"), &json!(path))
    );
    assert_eq!(said["field"], "openings[1]");
    // No bundle, and no recipient.
    desk.write("b.json", "{}");
    assert_eq!(refused(&ACCOUNTS[..1], 1)["code"], "bundle_malformed");
    let secret = desk.read("auditor.key");
    let secret = secret.lines().last().unwrap();
    let said = disclose(&desk, &ACCOUNTS[..1], secret, "").expect(2);
    assert!(
        !said.stdout.contains(&secret[..30]),
        "a secret is told: {}",
        said.stdout
    );
    assert_eq!(said.json()["code"], "usage");
    desk.write("to", "# nobody\n");
    let nobody = "disclose a --bundle b.json --to-file to --out d.age --json";
    let said = desk.run(nobody).expect(2).json();
    assert_eq!(
        (&said["code"], &said["file"]),
        (&json!("key_not_read"), &json!("to"))
    );
}

#[test]
fn a_sealed_file_that_was_altered_or_cut_is_refused() {
    let (desk, recipient) = desk();
    disclose(&desk, &ACCOUNTS, &recipient, "").expect(0);
    let sealed = fs::read(desk.path("d.age")).unwrap();
    let open = format!("{OPEN} --out-dir openings");
    let mut altered = sealed.clone();
    *altered.last_mut().unwrap() ^= 1;
    for (bytes, code) in [
        (altered, "sealed_damaged"),
        (sealed[..sealed.len() - 1].to_vec(), "sealed_damaged"),
        (sealed[..sealed.len() / 2].to_vec(), "sealed_damaged"),
        (b"no file of age".to_vec(), "malformed"),
        (Vec::new(), "malformed"),
    ] {
        desk.write("d.age", &bytes);
        let said = desk.run(&open).expect(2).json();
        assert_eq!(
            (&said["code"], &said["file"]),
            (&json!(code), &json!("d.age"))
        );
        assert!(!desk.path("openings").exists(), "half-written");
    }
    desk.write("auditor.key", "AGE-SECRET-KEY-1WRONG\n");
    let said = desk.run(&open).expect(2);
    assert!(
        !said.stdout.contains("1WRONG"),
        "a secret is told: {}",
        said.stdout
    );
    let said = said.json();
    assert_eq!(
        (&said["code"], &said["line"]),
        (&json!("key_not_read"), &json!(1))
    );
}

/// The code, the exit code and the field of what a change of the payload comes to.
type Change = (&'static str, i32, &'static str, fn(&mut Value));

/// Whoever seals may write what it likes: what is opened is read strictly, and compared.
#[test]
fn what_was_sealed_is_judged_when_it_is_opened() {
    let (desk, recipient) = desk();
    disclose(&desk, &ACCOUNTS, &recipient, "").expect(0);
    let (good, identity) = unsealed(&desk);
    let changes: [Change; 9] = [
        ("statement_mismatch", 1, "statement", |p| {
            p["statement"] = json!("0x1")
        }),
        ("period_mismatch", 1, "as_of_from, as_of_to", |p| {
            p["as_of_from"] = json!(NOW - 1)
        }),
        ("period_mismatch", 1, "as_of_from, as_of_to", |p| {
            p["as_of_to"] = json!(NOW + 1)
        }),
        ("not_included", 1, "openings[1]", |p| {
            p["openings"][1]["as_of"] = json!(NOW + 1);
        }),
        ("opening_repeated", 2, "openings[3]", |p| {
            p["openings"][3] = p["openings"][0].clone();
        }),
        ("version_unknown", 2, "version", |p| p["version"] = json!(2)),
        ("version_unknown", 2, "openings[0].version", |p| {
            p["openings"][0]["version"] = json!(1)
        }),
        ("malformed", 2, "openings", |p| p["openings"] = json!([])),
        ("malformed", 2, "as_of_to", |p| p["as_of_to"] = json!(1)),
    ];
    for (code, exit, field, change) in changes {
        let mut payload = good.clone();
        change(&mut payload);
        reseal(&desk, &identity, &payload.to_string());
        let said = desk
            .run(&format!("{OPEN} --out-dir openings"))
            .expect(exit)
            .json();
        assert_eq!(
            (&said["code"], &said["field"]),
            (&json!(code), &json!(field)),
            "{said}"
        );
        assert_eq!(said["file"], "d.age");
        assert!(!desk.path("openings").exists(), "half-written");
    }
    let text = good.to_string();
    for (to, expected) in [
        ("{\"more\": 1,", "unknown field"),
        ("{\"version\": 1,", "duplicate field `version`"),
    ] {
        reseal(&desk, &identity, &text.replacen('{', to, 1));
        let said = desk.run(OPEN).expect(2).json();
        assert_eq!(said["code"], "malformed");
        assert!(said["error"].as_str().unwrap().contains(expected), "{said}");
    }
    reseal(&desk, &identity, &text[..text.len() - 1]);
    assert_eq!(desk.run(OPEN).expect(2).json()["code"], "malformed");
    // Another bundle: the same accounts at another time.
    reseal(&desk, &identity, &text);
    desk.run(OPEN).expect(0);
    desk.run(&format!(
        "prove {} --ratio 120% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    assert_eq!(
        desk.run(OPEN).expect(1).json()["code"],
        "statement_mismatch"
    );
}

fn opine(desk: &Desk, more: &str) -> Run {
    let line = format!("opinion b.json --procedures done.txt --json {more}");
    let mut command = desk.command();
    command.env("KEY", key(9)).args(line.split_whitespace());
    Desk::run_of(&mut command)
}

#[test]
fn an_opinion_is_signed_of_texts_that_are_shown() {
    let (desk, _) = desk();
    desk.write("done.txt", "We opened every account.\n");
    desk.write("found.txt", "Quay answered late.\n");
    let period = format!("--from {} --to {}", NOW - 60, NOW + 60);
    let keyed = format!("{period} --key env:KEY --out o.json");
    let said = opine(&desk, &format!("{keyed} --exceptions found.txt"))
        .expect(0)
        .json();
    assert_eq!(said["procedures"], "We opened every account.\n");
    assert_eq!(said["exceptions"], "Quay answered late.\n");
    let file: Value = serde_json::from_str(&desk.read("o.json")).unwrap();
    assert_eq!(file["exceptions"], "Quay answered late.\n");
    assert_eq!(
        (&file["signer"], &file["statement"]),
        (&said["signer"], &said["statement"])
    );
    // Shown before it is signed elsewhere, and attached when it was.
    let shown = opine(
        &desk,
        &format!("{period} --exceptions found.txt --print-typed-data"),
    );
    let shown = shown.expect(0).json();
    assert_eq!(shown["primaryType"], "AuditorOpinion");
    assert_eq!(shown["message"]["statement"], file["statement"]);
    let text = desk
        .run(&format!(
            "opinion b.json --procedures done.txt {period} --print-typed-data"
        ))
        .expect(0)
        .stdout;
    assert!(
        text.contains("We opened every account.\n\nexceptions\nnone"),
        "{text}"
    );
    let [signer, signature] = ["signer", "signature"].map(|f| file[f].as_str().unwrap());
    let attach = format!("{period} --signer {signer} --signature {signature} --out p.json");
    opine(&desk, &format!("{attach} --exceptions found.txt")).expect(0);
    assert_eq!(desk.read("p.json"), desk.read("o.json"));
    // Of other texts it is no signature; nothing is replaced.
    let said = opine(&desk, &attach.replace("p.json", "q.json"))
        .expect(2)
        .json();
    assert_eq!(said["code"], "signature_invalid");
    assert!(!desk.path("q.json").exists());
    assert_eq!(opine(&desk, &keyed).expect(2).json()["code"], "file_exists");
}

#[test]
fn an_opinion_is_for_a_period_that_has_the_snapshots_and_has_come() {
    let (desk, _) = desk();
    desk.write("done.txt", "We opened every account.\n");
    let of = |period: &str, exit: i32| {
        let said = opine(&desk, &format!("{period} --key env:KEY --out o.json"));
        let said = said.expect(exit).json();
        assert!(!desk.path("o.json").exists());
        said
    };
    let after = of(&format!("--from {} --to {}", NOW + 1, NOW + 2), 1);
    assert_eq!(after["code"], "period_mismatch");
    let before = of(&format!("--from {} --to {}", NOW - 2, NOW - 1), 1);
    assert_eq!(before["code"], "period_mismatch");
    let turned = of(&format!("--from {} --to {NOW}", NOW + 1), 2);
    assert!(
        turned["error"].as_str().unwrap().contains("--to"),
        "{turned}"
    );
    let future = of(&format!("--from {NOW} --to 2100-01-01"), 2);
    assert!(
        future["error"].as_str().unwrap().contains("has come"),
        "{future}"
    );
    desk.write("done.txt", " \n");
    let empty = of(&format!("--from {NOW} --to {NOW}"), 2);
    assert_eq!(empty["file"], "done.txt");
    desk.write("done.txt", b"\xff");
    assert_eq!(
        of(&format!("--from {NOW} --to {NOW}"), 2)["file"],
        "done.txt"
    );
}
