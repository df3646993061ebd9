//! docs/spec.md, sections 7 and 8, at the command line: signed accounts and prices, expectations,
//! and what must not pass.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::signing::{NOW, reason, sign, signed_basket, verify};
use common::{ACCOUNTS, Desk, SUBJECT, example};
use serde_json::Value;
use std::fs;

#[test]
fn a_signed_basket_is_verified_by_whose_word_it_rests_on() {
    let desk = signed_basket();
    let json = verify(&desk, "b.json", NOW + 60).expect(0).json();
    assert_eq!(json["proved"], true);
    let trusting = json["trusting"].to_string();
    for n in 0..4 {
        assert!(trusting.contains(&format!("attester {n}")), "{trusting}");
    }
    assert!(trusting.contains("source"), "{trusting}");
}

/// V6: every field of a signed bundle, edited alone, is rejected with a reason.
#[test]
fn v6_every_edit_of_a_signed_bundle_is_rejected() {
    let desk = signed_basket();
    let good: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let mut leaves = Vec::new();
    walk(&good, String::new(), &mut leaves);
    assert!(leaves.len() > 80, "{}", leaves.len());
    for path in leaves {
        let mut bad = good.clone();
        let leaf = bad.pointer_mut(&path).unwrap();
        *leaf = match &*leaf {
            Value::Number(n) => (n.as_i64().unwrap() + 1).into(),
            Value::Bool(b) => (!b).into(),
            Value::String(s) => {
                // The last digit or letter becomes another.
                let mut s = s.clone();
                let last = s.pop().unwrap();
                s.push(if last == '1' { '2' } else { '1' });
                s.into()
            }
            _ => unreachable!(),
        };
        desk.write("bad.json", bad.to_string());
        let why = reason(verify(&desk, "bad.json", NOW + 60), 1);
        assert!(!why.is_empty(), "{path}");
    }
    // Removed, swapped.
    for (path, field) in [
        ("/accounts/0", "attestation"),
        ("/prices", "signatures"),
        ("/statement", "context"),
        ("", "proof"),
    ] {
        let mut bad = good.clone();
        bad.pointer_mut(path)
            .unwrap()
            .as_object_mut()
            .unwrap()
            .remove(field)
            .unwrap();
        desk.write("bad.json", bad.to_string());
        verify(&desk, "bad.json", NOW + 60).expect(1);
    }
    let mut bad = good.clone();
    let (first, second) = (
        good["accounts"][0]["attestation"].clone(),
        good["accounts"][1]["attestation"].clone(),
    );
    bad["accounts"][0]["attestation"] = second;
    bad["accounts"][1]["attestation"] = first;
    desk.write("bad.json", bad.to_string());
    assert!(reason(verify(&desk, "bad.json", NOW + 60), 1).contains("accounts[0].attestation"));
}

fn walk(json: &Value, at: String, into: &mut Vec<String>) {
    match json {
        Value::Object(map) => map.iter().for_each(|(k, v)| {
            let k = k.replace('~', "~0").replace('/', "~1");
            walk(v, format!("{at}/{k}"), into);
        }),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .for_each(|(i, v)| walk(v, format!("{at}/{i}"), into)),
        _ => into.push(at),
    }
}

/// Each example, signed end to end: accounts, prices, expectations that allow nobody else.
#[test]
fn the_examples_are_signed_end_to_end() {
    for name in ["demo", "stablecoin", "lender", "treasury-fund"] {
        let desk = Desk::new();
        let facts: toml::Table = fs::read_to_string(example(name).join("facts.toml"))
            .unwrap()
            .parse()
            .unwrap();
        let fact = |key: &str| facts[key].as_str().unwrap().to_owned();
        for file in ["policy.json", "prices.csv"] {
            fs::copy(example(name).join(file), desk.path(file)).unwrap();
        }
        let mut accounts = Vec::new();
        for entry in fs::read_dir(example(name).join("accounts")).unwrap() {
            let path = entry.unwrap().path();
            let stem = path.file_stem().unwrap().to_str().unwrap().to_owned();
            let kind = stem.split('-').next().unwrap();
            desk.run(&format!(
                "account commit {} --kind {kind} --subject {} --as-of {} --policy policy.json --out {stem}",
                path.display(), fact("subject"), fact("as_of"),
            ))
            .expect(0);
            accounts.push(stem);
        }
        desk.run(&format!(
            "prices build prices.csv --policy policy.json --as-of {} --out prices.json",
            fact("prices_as_of")
        ))
        .expect(0);
        let names: Vec<&str> = accounts.iter().map(String::as_str).collect();
        let trust = sign(&desk, &names, 1_900_000_000);
        let ratio = facts["ratio_bps"].as_integer().unwrap();
        desk.write("expect.toml", format!(
            "version = 2\npolicy = \"policy.json\"\nsubject = \"{}\"\nmin_ratio = {ratio}\nmin_public_debt = \"{}\"\nmax_account_age = \"24h\"\nmax_price_age = \"24h\"\nmax_clock_skew = \"1m\"\nmax_window = \"0s\"\ncontext = \"signed\"\n{trust}",
            fact("subject"), fact("public_debt"),
        ));
        let openings: Vec<String> = accounts
            .iter()
            .map(|a| format!("{a}/opening.json"))
            .collect();
        desk.run(&format!(
            "prove --policy policy.json --prices prices.json --debt {} --ratio {ratio}bps --context signed --out b.json --opening {}",
            fact("public_debt"), openings.join(" "),
        ))
        .expect(0);
        let verify = format!(
            "verify b.json --expect expect.toml --at {} --json",
            fact("as_of")
        );
        desk.run(&verify).expect(0);
        // One signature less.
        let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
        bad["accounts"][0]
            .as_object_mut()
            .unwrap()
            .remove("attestation")
            .unwrap();
        desk.write("b.json", bad.to_string());
        assert!(reason(desk.run(&verify), 1).contains("self-declared"));
    }
}

#[test]
fn a_creditor_finds_its_own_account() {
    let desk = signed_basket();
    let included = |opening: &str| desk.run(&format!("account included {opening} b.json --json"));
    let json = included("liability-birch/opening.json").expect(0).json();
    assert_eq!(
        (&json["included"], &json["kind"]),
        (&true.into(), &"liability".into())
    );
    included("collateral-quay/opening.json").expect(0);
    // An account that was left out, and the same positions with another blinding.
    desk.run(&format!(
        "account commit {} --kind liability --subject {SUBJECT} --as-of {NOW} --policy policy.json --out other",
        example("demo/accounts/liability-birch.csv").display()
    ))
    .expect(0);
    assert!(reason(included("other/opening.json"), 1).contains("does not count"));
    // Included in a bundle whose proof does not hold.
    let mut bad: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    bad["statement"]["public_debt"] = "0".into();
    desk.write("b.json", bad.to_string());
    assert!(reason(included("liability-birch/opening.json"), 1).contains("proof"));
}

#[test]
fn proving_again_needs_only_the_new_documents() {
    let desk = signed_basket();
    desk.run(&format!(
        "prices build prices.csv --policy policy.json --as-of {} --out prices2.json",
        NOW + 600
    ))
    .expect(0);
    let openings = ACCOUNTS.map(|a| format!("{a}/opening.json")).join(" ");
    let json = desk
        .run(&format!(
            "prove --from b.json --prices prices2.json --opening {openings} --out b2.json --json"
        ))
        .expect(0)
        .json();
    assert_eq!(
        (&json["ratio_bps"], &json["public_debt"]),
        (&12_500.into(), &"4000000".into())
    );
    assert_eq!(json["signed_accounts"], 4);
    let expect = desk.read("expect.toml");
    let head = expect.split("[prices]").next().unwrap();
    let attesters = &expect[expect.find("[[attesters]]").unwrap()..];
    desk.write(
        "expect.toml",
        format!("{head}[prices]\nallow_unsigned = true\n{attesters}"),
    );
    verify(&desk, "b2.json", NOW + 600).expect(0);
}

#[test]
fn expectations_begin_with_nobody_trusted() {
    let desk = Desk::basket(NOW);
    let init = format!("expect init --policy policy.json --subject {SUBJECT} --out mine.toml");
    desk.run(&init).expect(0);
    assert!(desk.read("mine.toml").contains("# Whose word"));
    // It names no price signer yet, so it is refused; and it is not overwritten.
    let run = desk.run("expect check mine.toml").expect(2);
    assert!(run.stderr.contains("prices"), "{}", run.stderr);
    desk.run(&init).expect(2);
    let own = desk
        .read("mine.toml")
        .replace("quorum = 1\nsigners = [", "allow_unsigned = true\n#")
        .replace("\n]\n# or, in", "\n# or, in");
    desk.write("mine.toml", own);
    desk.run("expect check mine.toml").expect(0);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    let why = reason(
        desk.run(&format!(
            "verify b.json --expect mine.toml --at {NOW} --json"
        )),
        1,
    );
    assert!(
        why.contains("self-declared") || why.contains("debt"),
        "{why}"
    );
}

/// Whoever is named at once leaves nothing to fill, and the file passes the check as it is.
#[test]
fn expectations_that_name_whom_they_trust_are_whole() {
    let desk = Desk::basket(NOW);
    let [a, b, c] = ["1", "2", "3"].map(|n| format!("0x{}{n}", "0".repeat(39)));
    let init = |more: &str| {
        let _ = fs::remove_file(desk.path("mine.toml"));
        desk.run(&format!(
            "expect init --policy policy.json --subject {SUBJECT} --out mine.toml --json {more}"
        ))
    };
    let said = init("").expect(0).json();
    let text = desk.read("mine.toml");
    let lines: Vec<&str> = text.lines().collect();
    let line = |missing: &serde_json::Value| lines[missing["line"].as_u64().unwrap() as usize - 1];
    let missing: Vec<&str> = said["to_fill"]
        .as_array()
        .unwrap()
        .iter()
        .map(line)
        .collect();
    assert_eq!(missing, ["signers = [", "# [[attesters]]"]);
    for prices in [
        format!("--price-signer source={c}"),
        "--own-prices prices.json".into(),
    ] {
        let whom = format!("--custodian bank={a} --creditor bank={b} --creditor birch={c}");
        let said = init(&format!(
            "{whom} {prices} --min-public-debt 1.5 --max-window 24h"
        ))
        .expect(0)
        .json();
        assert_eq!(said["to_fill"], serde_json::json!([]));
        let checked = desk.run("expect check mine.toml --json").expect(0).json();
        assert_eq!(checked["attesters"].as_array().unwrap().len(), 2);
    }
    for (wrong, expected) in [
        ("--custodian bank", "NAME=ADDRESS"),
        ("--custodian bank=0x12", "--custodian"),
        (
            "--custodian =0x0000000000000000000000000000000000000001",
            "name",
        ),
        (
            "--custodian a=0x0000000000000000000000000000000000000001 --creditor b=0x0000000000000000000000000000000000000001",
            "every key once",
        ),
    ] {
        let run = init(wrong).expect(2);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(said.contains(expected), "{wrong}: {said}");
        assert!(!desk.path("mine.toml").exists(), "{wrong}");
    }
}

/// An attester holds an opening that somebody else made against its own books.
#[test]
fn an_opening_is_compared_with_the_attesters_own_export() {
    let desk = Desk::basket(1_790_000_000);
    desk.write("password", "x");
    desk.run("keys new --out custodian.key --password-file password")
        .expect(0);
    common::signing::salt(&desk);
    let own = example("demo").join("accounts/collateral-alder.csv");
    let own = fs::read_to_string(own).unwrap();
    let less: Vec<&str> = own.lines().collect();
    desk.write("own.csv", &own);
    desk.write("less.csv", less[..less.len() - 1].join("\n"));
    let sign = |export: &str| {
        desk.run(&format!(
            "account sign collateral-alder/account.json --opening collateral-alder/opening.json --positions {export} --policy policy.json --key custodian.key --password-file password --account ours --salt salt --valid-until 2027-01-01 --out signed.json"
        ))
    };
    let refused = sign("less.csv").expect(2);
    assert!(
        refused
            .stderr
            .contains("expected what the opening has of it, got less; nothing was signed"),
        "{}",
        refused.stderr
    );
    assert!(!desk.path("signed.json").exists());
    sign("own.csv").expect(0);
}
