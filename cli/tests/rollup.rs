//! `covenant rollup` and `account included --branch`: creditors of an exchange become one account
//! of a claim, and each finds itself.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::{Desk, SUBJECT};
use serde_json::Value;

/// Nineteen creditors: two lists and a top, in the smallest shape.
const CREDITORS: usize = 19;
const NOW: u64 = 1_790_000_000;

/// A desk with a committed account for each creditor and their openings in one file.
fn exchange() -> Desk {
    let desk = Desk::basket(NOW);
    for i in 0..CREDITORS {
        desk.write(
            "owed.csv",
            format!("asset,amount\niso4217:USD,{}\n", 1_000 + i),
        );
        let line = format!(
            "account commit owed.csv --kind liability --subject {SUBJECT} --as-of {NOW} --holder"
        );
        let name = format!("customer {i}, nonce 7");
        let out = format!("creditor-{i}");
        let words = line.split(' ').chain([name.as_str(), "--out", &out]);
        desk.args(words).expect(0);
    }
    desk.write("creditors.jsonl", lines(&desk));
    desk
}

fn lines(desk: &Desk) -> String {
    let line = |i| {
        let opening: Value =
            serde_json::from_str(&desk.read(&format!("creditor-{i}/opening.json"))).unwrap();
        opening.to_string() + "\n"
    };
    (0..CREDITORS).map(line).collect()
}

/// A claim over the demo's collateral, of which one account is owed.
fn prove(desk: &Desk, owed: &str, out: &str) {
    let collateral = ["alder", "northbank", "quay"].map(|a| format!("collateral-{a}/opening.json"));
    let collateral = collateral.join(" ");
    desk.run(&format!(
        "prove --policy policy.json --prices prices.json --debt 4000000 --ratio 125% --opening {collateral} {owed} --out {out}"
    ))
    .expect(0);
}

#[test]
fn creditors_are_merged_and_find_themselves() {
    let desk = exchange();
    let build = "rollup build --openings creditors.jsonl --shape 16x12->12 --out tree";
    let made = desk.run(&format!("{build} --json")).expect(0).json();
    assert_eq!(
        (&made["accounts"], &made["proofs"]),
        (&CREDITORS.into(), &3.into())
    );
    assert_eq!(
        (&made["proved"], &made["shape"]),
        (&3.into(), &"16x12->12".into())
    );

    // A second run proves nothing; one that was cut off goes on.
    let again = desk.run(&format!("{build} --json")).expect(0).json();
    assert_eq!(
        (&again["proved"], &again["manifest"]),
        (&0.into(), &made["manifest"])
    );
    let proofs = desk.path("tree/proofs");
    let first = std::fs::read_dir(&proofs).unwrap().next().unwrap().unwrap();
    std::fs::remove_file(first.path()).unwrap();
    std::fs::remove_file(desk.path("tree/manifest.json")).unwrap();
    let again = desk.run(&format!("{build} --json")).expect(0).json();
    assert_eq!(again["proved"], 1);
    // The proof is a new one, and so is the manifest.
    assert_ne!(again["manifest"], made["manifest"]);

    // Another tree is left as it is.
    let other = desk.run("rollup build --opening creditor-0/opening.json --out tree --json");
    assert_eq!(other.expect(2).json()["code"], "file_exists");

    let verified = desk.run("rollup verify tree --json").expect(0).json();
    assert_eq!(
        (&verified["leaves"], &verified["proofs"]),
        (&CREDITORS.into(), &3.into())
    );
    assert_eq!(verified["of_bundle"], false);

    prove(&desk, "tree/secret/opening.json", "bundle.json");
    let verified = desk.run("rollup verify tree --bundle bundle.json --json");
    assert_eq!(verified.expect(0).json()["of_bundle"], true);
    included(&desk);
    refused(&desk);
}

/// The last creditor's branch, alone and with the blinding.
fn included(desk: &Desk) {
    desk.run("rollup branch tree --opening creditor-18/opening.json --out mine")
        .expect(0);
    let find = "account included creditor-18/opening.json bundle.json --branch mine";
    let found = desk.run(&format!("{find} --json")).expect(0).json();
    assert_eq!(found["included"], true);
    let with_holder = |holder: &str| {
        let words = find.split(' ');
        desk.args(words.chain(["--holder", holder, "--salt", "creditor-18/salt", "--json"]))
    };
    let found = with_holder("customer 18, nonce 7").expect(0);
    assert_eq!(found.json()["included"], true);
    let other = with_holder("customer 17, nonce 7").expect(1).json();
    assert_eq!(other["code"], "holder_mismatch");

    // Without its branch it is not in the basket, and another's branch does not serve.
    let alone = desk.run("account included creditor-18/opening.json bundle.json --json");
    assert_eq!(alone.expect(1).json()["code"], "not_included");
    let other =
        desk.run("account included creditor-17/opening.json bundle.json --branch mine --json");
    assert_eq!(other.expect(1).json()["code"], "tree_refused");
    let stranger = "rollup branch tree --commitment 0x01 --out none --json";
    assert_eq!(desk.run(stranger).expect(1).json()["code"], "not_included");
    assert!(!desk.path("none").exists());
}

fn refused(desk: &Desk) {
    // Lists that are not the tree's.
    let lists = std::fs::read_dir(desk.path("tree/lists")).unwrap();
    let mut lists: Vec<_> = lists.map(|entry| entry.unwrap().path()).collect();
    lists.sort();
    let text = std::fs::read_to_string(&lists[0]).unwrap();
    let mut json: Value = serde_json::from_str(&text).unwrap();
    json["list"][0] = "0x01".into();
    std::fs::write(&lists[0], json.to_string()).unwrap();
    let refused = desk.run("rollup verify tree --json").expect(1).json();
    assert_eq!(
        (&refused["verified"], &refused["code"]),
        (&false.into(), &"tree_refused".into())
    );
    std::fs::remove_file(&lists[0]).unwrap();
    let refused = desk.run("rollup verify tree --json").expect(2).json();
    assert_eq!(refused["code"], "file_not_read");
    std::fs::write(&lists[0], text).unwrap();
    desk.run("rollup verify tree").expect(0);

    // A bundle that counts another account.
    prove(desk, "creditor-0/opening.json", "other.json");
    let refused = desk.run("rollup verify tree --bundle other.json --json");
    assert_eq!(refused.expect(1).json()["code"], "tree_refused");
}

#[test]
fn bad_openings_are_named_by_their_line() {
    let desk = exchange();
    let text = lines(&desk);
    let build = "rollup build --openings bad.jsonl --out tree --json";
    let told = |text: String| {
        desk.write("bad.jsonl", text);
        let told = desk.run(build);
        assert!(!desk.path("tree").exists());
        told
    };
    let failed = told(text.replacen("\"version\":2", "\"version\":3", 2))
        .expect(2)
        .json();
    assert_eq!(
        (&failed["code"], &failed["line"]),
        (&"version_unknown".into(), &1.into())
    );
    let first = text.lines().next().unwrap();
    let failed = told(format!("{text}\n{first}\n")).expect(2).json();
    assert_eq!(failed["code"], "opening_repeated");
    let failed = told("\n".into()).expect(2).json();
    assert_eq!(failed["code"], "malformed");
    let mixed = text.replacen("\"kind\":\"liability\"", "\"kind\":\"collateral\"", 1);
    let failed = told(mixed).expect(1).json();
    assert_eq!(failed["code"], "rollup_false");
    let early = format!("{build} --as-of-from 2026-11-30");
    desk.write("bad.jsonl", &text);
    assert_eq!(desk.run(&early).expect(2).json()["code"], "usage");

    // Nobody but a creditor has a reference, and it is not empty.
    desk.write("held.csv", "asset,amount\niso4217:USD,1\n");
    for (kind, holder) in [("collateral", "a"), ("liability", "")] {
        let line = format!(
            "account commit held.csv --kind {kind} --subject {SUBJECT} --as-of {NOW} --out held --json --holder"
        );
        desk.args(line.split(' ').chain([holder])).expect(2);
        assert!(!desk.path("held").exists());
    }
}
