//! What the command says of complete policies: of what is held and of what counts, each by its
//! name. No proof is made.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, copy, example};
use serde_json::Value;

/// The accounts of `examples/reserve`, committed, with prices.
fn reserve() -> Desk {
    let desk = Desk::new();
    copy(&example("reserve"), desk.0.path());
    desk.run("prices build prices.csv --policy policy.json --as-of 2026-11-20 --out prices.json")
        .expect(0);
    for account in ["custodian", "central-bank", "vault"] {
        commit(
            &desk,
            &format!("accounts/collateral-{account}.csv"),
            account,
        );
    }
    desk
}

fn commit(desk: &Desk, file: &str, out: &str) {
    desk.run(&format!(
        "account commit {file} --kind collateral --subject lei:EXMP00COVENANTRSRV47 --as-of 2026-11-20 --policy policy.json --out {out}"
    ))
    .expect(0);
}

fn simulate(accounts: &[&str]) -> String {
    let openings = accounts.iter().map(|a| format!(" {a}/opening.json"));
    format!(
        "simulate --policy policy.json --prices prices.json --debt 24500000000 --opening{}",
        openings.collect::<String>()
    )
}

const RESERVE: [&str; 3] = ["custodian", "central-bank", "vault"];

fn of<'a>(json: &'a Value, field: &str, name: &str) -> &'a Value {
    let mut shares = json["held_shares"].as_array().unwrap().iter();
    shares.find(|share| share[field] == name).unwrap()
}

#[test]
fn what_is_held_and_what_counts_are_told_apart() {
    let desk = reserve();
    let simulation = simulate(&RESERVE);
    let json = desk.run(&format!("{simulation} --json")).expect(0).json();
    let bitcoin = of(&json, "asset", "BTC");
    assert_eq!(bitcoin["held"], "699382125");
    assert_eq!(bitcoin["share_bps"], 275);
    assert_eq!(bitcoin["max_held_share_bps"], 300);
    assert_eq!(bitcoin["holds"], true);
    let bills = of(&json, "group", "bills");
    assert_eq!(
        (&bills["share_bps"], &bills["min_held_share_bps"]),
        (&8_027.into(), &7_500.into())
    );
    assert_eq!(bills["report"], "203");
    // The base counts less than is held, by the weights alone.
    assert_eq!(json["held"], "25404647125");
    assert_eq!(
        json["scenarios"][0]["counted"]
            .as_str()
            .unwrap()
            .split('.')
            .next(),
        Some("25092885305")
    );

    let said = desk.run(&simulation).expect(0).stdout;
    for line in [
        "25,404,647,125.00 USD are held, at these prices and without weights; what follows is of what counts",
        "held, whatever counts\n",
        "BTC: 699,382,125.00 USD, 2.75 % of what is held; at most 3.00 % may be\n",
        "bills: 20,392,765,000.00 USD, 80.27 % of what is held; at least 75.00 % must be; every proof shows 203 times 100,000,000 USD\n",
        "the largest ratio on the policy's grid that can be proved now is 102.00 %",
    ] {
        assert!(said.contains(line), "{line:?} is not in\n{said}");
    }
    // Rules that bind are of what counts.
    for scenario in json["scenarios"].as_array().unwrap() {
        for rule in scenario["binding"].as_array().unwrap() {
            assert!(!rule["text"].as_str().unwrap().contains("held"), "{rule}");
        }
    }
}

/// Coverage grows, and nothing can be proved at any ratio.
#[test]
fn a_hoard_of_bitcoin_breaks_a_held_cap() {
    let desk = reserve();
    commit(&desk, "hoard.csv", "hoard");
    let mut accounts = RESERVE.to_vec();
    accounts.push("hoard");
    let simulation = simulate(&accounts);
    let json = desk.run(&format!("{simulation} --json")).expect(1).json();
    assert_eq!(json["covered"], false);
    assert_eq!(json["code"], "held_share");
    assert_eq!(json["largest_provable_ratio_bps"], Value::Null);
    for scenario in json["scenarios"].as_array().unwrap() {
        assert_eq!(scenario["covered"], true, "{scenario}");
    }
    let bitcoin = of(&json, "asset", "BTC");
    assert_eq!(
        (&bitcoin["share_bps"], &bitcoin["holds"]),
        (&9_320.into(), &false.into())
    );
    assert_eq!(of(&json, "group", "cash")["holds"], true);
    let said = desk.run(&simulation).expect(1).stdout;
    assert!(
        said.contains(
            "BTC: 338,699,391,875.00 USD, 93.20 % of what is held; at most 3.00 % may be (BROKEN)"
        ),
        "{said}"
    );
    assert!(said.contains("NOT PROVABLE AT ANY RATIO: S6: "), "{said}");
    assert!(said.contains("nothing can be proved now"), "{said}");
}

/// Each share is said to be of what counts or of what is held, in a policy and in a change of one.
#[test]
fn policies_and_their_changes_in_words() {
    let desk = reserve();
    let said = desk.run("policy explain policy.json").expect(0).stdout;
    for line in [
        "BTC counts at 70.00 % of the first 500,000,000 USD, 40.00 % of the rest; at most 3.00 % of what is held; in bitcoin; it may not be owed",
        "bills: at least 0.00 % and at most 100.00 % of what counts; at least 75.00 % and at most 100.00 % of what is held; what is held of it is shown by every proof",
        "The accounts are listed in full: who holds anything else, or owes in anything else, cannot prove to be covered. What is held may still be left uncounted.",
        "reports are in units of 100,000,000 USD, rounded down.",
    ] {
        assert!(said.contains(line), "{line:?} is not in\n{said}");
    }
    let changed = desk
        .read("policy.json")
        .replace("\"max_held_share_bps\": 300", "\"max_share_bps\": 300")
        .replace("\"report_grain\": 100000000", "\"report_grain\": 1000000")
        .replace("\"name\": \"cash\", \"report\": true", "\"name\": \"cash\"");
    desk.write("changed.json", changed);
    let said = desk
        .run("policy diff policy.json changed.json")
        .expect(0)
        .stdout;
    for line in [
        "BTC: at most 3.00 % of what counts instead of 100.00 %\n",
        "BTC: at most 100.00 % of what is held instead of 3.00 %\n",
        "policy: reports are in units of 1,000,000 USD, rounded down\n",
        "cash: at least 0.00 % and at most 100.00 % of what counts instead of at least 0.00 % and at most 100.00 % of what counts; what is held of it is shown by every proof",
    ] {
        assert!(said.contains(line), "{line:?} is not in\n{said}");
    }
    // Another case of an address is no other asset.
    let lower = desk.read("policy.json").replace("0000Bad", "0000bad");
    desk.write("lower.json", lower);
    let said = desk
        .run("policy diff policy.json lower.json")
        .expect(0)
        .stdout;
    assert!(
        said.contains("the digest differs") && !said.contains("no longer counts"),
        "{said}"
    );
}
