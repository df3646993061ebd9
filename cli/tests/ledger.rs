//! The ledger of pledges under concurrent use, and prices from several sources.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::signing::{NOW, SALT_FILE, key, signed_basket};
use common::{ACCOUNTS, Desk, SUBJECT, example};
use serde_json::{Value, json};
use std::process::{Child, Stdio};
use std::time::Duration;

fn spawn(desk: &Desk, line: &str) -> Child {
    std::process::Command::new(env!("CARGO_BIN_EXE_covenant"))
        .args(line.split_whitespace())
        .current_dir(desk.0.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn two_parallel_adds_of_one_commitment_and_exactly_one_succeeds() {
    let desk = Desk::new();
    for round in 0..12 {
        let commitment = format!("0x{:064x}", round + 1);
        let children: Vec<Child> = ["a", "b", "c"]
            .iter()
            .map(|f| {
                spawn(
                    &desk,
                    &format!("ledger add --ledger l.db --facility {f} {commitment}"),
                )
            })
            .collect();
        let mut codes: Vec<i32> = children
            .into_iter()
            .map(|c| c.wait_with_output().unwrap().status.code().unwrap())
            .collect();
        codes.sort();
        assert_eq!(codes, [0, 1, 1]);
    }
    let pledges = desk
        .run("ledger list --ledger l.db --json")
        .expect(0)
        .json();
    assert_eq!(pledges["pledges"].as_array().unwrap().len(), 12);
}

/// A process killed while it adds: what it reported is kept, and nothing is half-added.
#[test]
fn killing_the_process_loses_nothing() {
    let desk = Desk::new();
    let (mut acknowledged, mut killed) = (Vec::new(), 0);
    for round in 0..40u64 {
        // Pairs, so that half of one would show.
        let pair = format!("0x{:064x} 0x{:064x}", 2 * round + 1, 2 * round + 2);
        let mut child = spawn(
            &desk,
            &format!("ledger add --ledger l.db --facility f {pair}"),
        );
        std::thread::sleep(Duration::from_micros(500 * round));
        killed += u64::from(child.kill().is_ok());
        if child.wait().unwrap().success() {
            acknowledged.push(round);
        }
    }
    assert!(killed > 0);
    desk.run(&format!(
        "ledger add --ledger l.db --facility f 0x{:064x}",
        1000
    ))
    .expect(0);
    let list = desk
        .run("ledger list --ledger l.db --json")
        .expect(0)
        .json();
    let found: Vec<u64> = list["pledges"]
        .as_array()
        .unwrap()
        .iter()
        .map(|p| u64::from_str_radix(&p["commitment"].as_str().unwrap()[50..], 16).unwrap())
        .collect();
    for round in 0..40 {
        let (first, second) = (
            found.contains(&(2 * round + 1)),
            found.contains(&(2 * round + 2)),
        );
        assert_eq!(first, second, "half of a pair");
        assert!(first || !acknowledged.contains(&round));
    }
}

#[test]
fn a_pledge_elsewhere_stands_in_the_way_until_released() {
    let desk = Desk::basket(NOW);
    desk.run(&format!(
        "prove {} --ratio 125% --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    let add = |facility: &str| {
        desk.run(&format!(
            "ledger add --ledger l.db --facility {facility} --bundle b.json --expect expect.toml --json"
        ))
    };
    let verify = |facility: &str| {
        desk.run(&format!("verify b.json --expect expect.toml --at {NOW} --ledger l.db --facility {facility} --json"))
    };
    let json = add("ours").expect(0).json();
    assert_eq!(
        json["commitments"].as_array().unwrap().len(),
        3,
        "collateral only"
    );
    assert!(json["already"].as_array().unwrap().is_empty());
    // Once more says the same, and changes nothing.
    let once_more = add("ours").expect(0).json();
    assert_eq!(once_more["already"], json["commitments"]);
    let again = add("theirs").expect(1).json();
    assert_eq!(again["pledged_to"], "ours");
    verify("ours").expect(0);
    let refused = verify("theirs").expect(1).json();
    assert!(
        refused["reason"].as_str().unwrap().contains("pledged"),
        "{refused}"
    );
    desk.run("ledger release --ledger l.db --facility theirs --bundle b.json")
        .expect(1);
    desk.run("ledger release --ledger l.db --facility ours --bundle b.json")
        .expect(0);
    verify("theirs").expect(0);
    // Not a ledger, and none at all.
    desk.write(
        "other.db",
        "not a database, though long enough to be looked at as one",
    );
    desk.run("ledger list --ledger other.db").expect(2);
    desk.run("ledger list --ledger none.db").expect(2);
    assert!(!desk.path("none.db").exists());
}

fn rounds(change: impl Fn(&mut Value)) -> String {
    let feed = |asset: &str, answer: &str| {
        json!({
            "asset": asset, "decimals": 8, "roundId": "110680464442257320247", "answer": answer,
            "startedAt": NOW - 120, "updatedAt": NOW - 60, "answeredInRound": "110680464442257320247",
        })
    };
    let mut json = json!({ "version": 2, "feeds": [
        feed("bip122:000000000019d6689c085ae165831e93/slip44:0", "9425000000000"),
        feed("eip155:1/slip44:60", "315050000000"),
        feed("eip155:1/erc20:0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48", "99980000"),
        feed("isin:US912797Z341", "9913540000"),
        feed("iso4217:USD", "100000000"),
        feed("iso4217:EUR", "116000000"),
    ]});
    change(&mut json);
    json.to_string()
}

#[test]
fn prices_come_from_several_sources_that_agree() {
    let desk = Desk::basket(NOW);
    desk.write("rounds.json", rounds(|_| ()));
    let csv = desk.read("prices.csv");
    let scaled: String = "asset,mantissa,price_decimals\n".to_owned()
        + &csv
            .lines()
            .skip(1)
            .map(|line| {
                let cells: Vec<&str> = line.split(',').collect();
                let (whole, part) = cells[1].split_once('.').unwrap_or((cells[1], ""));
                let mantissa = format!("{whole}{part}");
                let mantissa = mantissa.trim_start_matches('0');
                format!("{},{mantissa},{}\n", cells[0], part.len())
            })
            .collect::<String>();
    desk.write("scaled.csv", &scaled);
    let build = |sources: &str, rest: &str| {
        desk.run(&format!(
            "prices build {sources} --policy policy.json --as-of {NOW} --out p.json --json {rest}"
        ))
    };
    // The same prices in three forms.
    let mut files = Vec::new();
    for source in ["prices.csv", "scaled.csv", "rounds.json"] {
        build(source, "").expect(0).json();
        files.push(desk.read("p.json"));
    }
    assert!(files.iter().all(|f| *f == files[0]));
    let json = build("prices.csv scaled.csv rounds.json", "")
        .expect(0)
        .json();
    assert_eq!(json["ignored"], json!(["iso4217:EUR"]));
    assert_eq!(desk.read("p.json"), files[0]);
    // One source is off: refused beyond the rule, outvoted within it.
    desk.write("off.csv", csv.replace("3150.50", "3200.50"));
    let run = build("prices.csv off.csv", "").expect(2);
    let error = run.json()["error"].to_string();
    assert!(
        error.contains("ETH") && error.contains("off.csv"),
        "{error}"
    );
    build("prices.csv off.csv rounds.json", "--max-deviation 200").expect(0);
    assert_eq!(desk.read("p.json"), files[0]);
    // An asset that only some sources have.
    let short: String = csv
        .lines()
        .filter(|l| !l.contains("slip44:60"))
        .map(|l| format!("{l}\n"))
        .collect();
    desk.write("short.csv", short);
    build("prices.csv short.csv", "").expect(2);
    build("prices.csv short.csv", "--min-sources 1").expect(0);
    build("short.csv", "").expect(2);
    // Rounds that must not be used.
    for (change, expected) in [
        (json!({"answer": "0"}), "positive"),
        (json!({"answer": "-5"}), "not negative"),
        (json!({"updatedAt": 0}), "finished"),
        (json!({"updatedAt": NOW + 1}), "after it"),
        (
            json!({"updatedAt": NOW - 3_601, "startedAt": NOW - 3_700}),
            "3600 seconds old",
        ),
        (json!({"answeredInRound": "1"}), "answeredInRound"),
        (json!({"decimals": 40}), "36"),
        (json!({"extra": 1}), "extra"),
    ] {
        desk.write(
            "bad.json",
            rounds(|json| {
                for (k, v) in change.as_object().unwrap() {
                    json["feeds"][1][k] = v.clone();
                }
            }),
        );
        let error = build("bad.json", "").expect(2).json()["error"].to_string();
        assert!(
            error.contains(expected) && error.contains("bad.json"),
            "{error}"
        );
    }
}

/// Neither a new blinding nor another key frees an account: it is pledged under its attester's
/// name in the expectations. Whose it is must be known.
#[test]
fn an_account_is_pledged_under_its_attesters_name() {
    let desk = signed_basket();
    let add = |facility: &str, bundle: &str, expect: &str| {
        desk.run(&format!(
            "ledger add --ledger l.db --facility {facility} --bundle {bundle} --expect {expect} --json"
        ))
    };
    desk.run("ledger add --ledger l.db --facility ours --bundle b.json 0x01")
        .expect(2);
    add("ours", "b.json", "expect.toml").expect(0);
    let list = desk
        .run("ledger list --ledger l.db --json")
        .expect(0)
        .json();
    let names = list["pledges"].as_array().unwrap().iter();
    let names: Vec<&str> = names.map(|p| p["attester"].as_str().unwrap()).collect();
    assert_eq!(names.len(), 3);
    assert!(
        names.iter().all(|name| name.starts_with("attester ")),
        "{names:?}"
    );

    // The same account under another commitment, signed with a second key.
    let (n, account) = ACCOUNTS
        .iter()
        .enumerate()
        .find(|(_, account)| account.starts_with("collateral"))
        .unwrap();
    let csv = example("demo").join(format!("accounts/{account}.csv"));
    desk.run(&format!(
        "account commit {} --kind collateral --subject {SUBJECT} --as-of {NOW} --policy policy.json --out again",
        csv.display()
    ))
    .expect(0);
    let signed = desk
        .command()
        .env("KEY", key(9))
        .args(
            format!(
                "account sign again/account.json --opening again/opening.json --key env:KEY --account ref-{n} --salt {SALT_FILE} --valid-until {} --json",
                NOW + 86_400
            )
            .split_whitespace(),
        )
        .output()
        .unwrap();
    let second: Value = serde_json::from_slice(&signed.stdout).unwrap();
    let inputs = Desk::inputs().replace(&format!("{account}/opening"), "again/opening");
    desk.run(&format!("prove {inputs} --ratio 125% --out again.json"))
        .expect(0);
    let refused = add("theirs", "again.json", "expect.toml").expect(1).json();
    assert_eq!(refused["code"], "attester_not_accepted");
    let one = format!("name = \"attester {n}\"\nkeys = [");
    let expect = desk.read("expect.toml");
    assert!(expect.contains(&one), "{expect}");
    let two = format!("{one}{}, ", second["attester"]);
    desk.write("two.toml", expect.replace(&one, &two));
    let refused = add("theirs", "again.json", "two.toml").expect(1).json();
    assert_eq!(refused["pledged_to"], "ours");
    let verify = |facility: &str| {
        desk.run(&format!(
            "verify again.json --expect two.toml --at {NOW} --ledger l.db --facility {facility} --json"
        ))
    };
    let refused = verify("theirs").expect(1).json();
    assert!(
        refused["reason"].as_str().unwrap().contains("pledged"),
        "{refused}"
    );
    verify("ours").expect(0);

    // A ledger of the first edition names keys: it is not read.
    let old = rusqlite::Connection::open(desk.path("l.db")).unwrap();
    old.execute_batch("PRAGMA user_version = 1").unwrap();
    drop(old);
    let refused = desk
        .run("ledger list --ledger l.db --json")
        .expect(2)
        .json();
    assert_eq!(refused["code"], "not_a_ledger");
    assert!(
        refused["error"].as_str().unwrap().contains("version 2"),
        "{refused}"
    );
}
