//! What people read: every help, and a good set of errors, as they were reviewed. They hold no
//! path of a machine, no time of day and nothing random.
//!
//! After a change that is meant: make outputs.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::document::settled;
use common::signing::{NOW, key, salt, signed_basket};
use common::{Desk, SUBJECT};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// Compares with tests/snapshots/NAME.snap.
fn compare(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// One snapshot for each verb, with the verbs under it.
#[test]
fn helps_are_as_reviewed() {
    let desk = Desk::new();
    let mut helps: BTreeMap<String, String> = BTreeMap::new();
    for (command, _) in common::commands(&desk) {
        let line = format!("{command} --help");
        let mut run = desk.command();
        run.env("COLUMNS", "100").args(line.split_whitespace());
        let help = Desk::run_of(&mut run).expect(0).stdout;
        let line = line.trim();
        let family = command.split(' ').next().unwrap();
        let text = helps.entry(format!("help-{family}")).or_default();
        text.push_str(&format!("$ covenant {line}\n{help}\n"));
    }
    let mut expected: BTreeSet<String> = helps.keys().cloned().collect();
    for (name, text) in &helps {
        compare(name.trim_end_matches('-'), text.trim_end());
    }
    expected.remove("help-");
    expected.insert("help".into());
    // A verb that is gone leaves no snapshot behind.
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    let names = fs::read_dir(folder).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        path.file_stem().unwrap().to_str().unwrap().to_owned()
    });
    let found: BTreeSet<String> = names.filter(|name| name.starts_with("help")).collect();
    assert_eq!(found, expected);
}

/// Runs commands that fail, and writes down what they say and their codes.
struct Log<'a> {
    desk: &'a Desk,
    text: String,
}

impl<'a> Log<'a> {
    fn new(desk: &'a Desk) -> Self {
        let text = String::new();
        Self { desk, text }
    }

    fn fails(&mut self, line: &str) {
        let run = |more: &[&str]| {
            let mut command = self.desk.command();
            command.env("KEY", key(0)).env("COLUMNS", "100");
            Desk::run_of(command.args(line.split_whitespace()).args(more))
        };
        let (words, object) = (run(&[]), run(&["--json"]).json());
        assert_ne!(words.code, 0, "{line} does not fail");
        let code = object["code"].as_str().unwrap();
        // Verdicts are answers, on stdout.
        let said = format!("{}{}", words.stdout, words.stderr);
        self.text.push_str(&format!(
            "$ covenant {line}\n{}\n[exit code {}, {code}]\n\n",
            settled(said.trim_end(), 64),
            words.code
        ));
    }

    fn compare(self, name: &str) {
        compare(name, self.text.trim_end());
    }
}

/// Writes `to` with one text of `from` replaced, which must be there.
fn changed(desk: &Desk, from: &str, to: &str, what: &str, with: &str) {
    let text = desk.read(from);
    assert!(text.contains(what), "{from} has no {what}");
    desk.write(to, text.replacen(what, with, 1));
}

#[test]
fn errors_of_usage_and_files() {
    let desk = Desk::basket(NOW);
    let mut log = Log::new(&desk);
    log.fails("nonsense");
    log.fails("prove --policy policy.json");
    log.fails("account commit a.csv --kind both --subject a:b --as-of now --out o");
    log.fails("account commit a.csv --kind collateral --subject a:b --as-of yesterday --out o");
    log.fails("simulate --policy policy.json --prices prices.json --opening o --ratio 125");
    log.fails("simulate --policy policy.json --prices prices.json --opening o --debt 1e6");
    log.fails("export solidity --shape tiny --out o");
    log.fails("schema nonsense");
    log.fails("policy check none.json");
    log.fails("policy check collateral-alder");
    desk.write("binary.json", [0x7b, 0xff, 0x7d]);
    log.fails("policy check binary.json");
    desk.write("large.json", vec![b' '; (1 << 20) + 1]);
    log.fails("policy check large.json");
    log.fails(&format!(
        "prices build prices.csv --policy policy.json --as-of {NOW} --out none/p.json"
    ));
    log.fails(&format!(
        "prices build prices.csv --policy policy.json --as-of {NOW} --out collateral-alder"
    ));
    desk.write("mine/thesis.txt", "years of work");
    log.fails("demo --dir mine");
    log.compare("errors-usage-files");
}

#[test]
fn errors_of_policies() {
    let desk = Desk::basket(NOW);
    let mut log = Log::new(&desk);
    let cases = [
        (
            "unknown-field",
            "\"version\": 2",
            "\"version\": 2, \"colour\": \"red\"",
        ),
        ("missing-field", "\"ratio_step_bps\": 500,", ""),
        (
            "repeated-field",
            "\"version\": 2",
            "\"version\": 2, \"version\": 2",
        ),
        (
            "wrong-type",
            "\"min_ratio_bps\": 11000",
            "\"min_ratio_bps\": \"110%\"",
        ),
        ("other-version", "\"version\": 2", "\"version\": 3"),
        ("not-json", "\"version\": 2,", "\"version\": 2"),
        (
            "large-share",
            "\"max_share_bps\": 2000",
            "\"max_share_bps\": 20000",
        ),
        (
            "held-share-of-incomplete",
            "\"max_share_bps\": 2000",
            "\"max_held_share_bps\": 2000",
        ),
        (
            "no-step",
            "\"ratio_step_bps\": 500",
            "\"ratio_step_bps\": 0",
        ),
        (
            "rising-tiers",
            "\"weight_bps\": 8000",
            "\"weight_bps\": 100",
        ),
        (
            "undefined-group",
            "\"groups\": [\"crypto\"]",
            "\"groups\": [\"metals\"]",
        ),
        (
            "repeated-key",
            "\"eip155:1/slip44:60\": -5500",
            "\"eip155:1/slip44:60\": -5500, \"eip155:1/slip44:60\": -1",
        ),
        ("deep-fall", "-5500", "-10001"),
        (
            "blank-name",
            "\"asset\": \"iso4217:USD\"",
            "\"asset\": \" USD\"",
        ),
    ];
    for (name, what, with) in cases {
        let file = format!("{name}.json");
        changed(&desk, "policy.json", &file, what, with);
        log.fails(&format!("policy check {file}"));
    }
    log.compare("errors-policies");
}

#[test]
fn errors_of_positions_and_prices() {
    let desk = Desk::basket(NOW);
    let mut log = Log::new(&desk);
    let tables = [
        ("memo.csv", "asset,amount,memo\nAAA,1,1\n"),
        ("both.csv", "asset,amount,quantity\nAAA,1,1\n"),
        ("zeros.csv", "asset,amount\nAAA,1\nAAA,007\n"),
        ("fraction.csv", "asset,quantity,decimals\nAAA,1.234,2\n"),
        ("decimals.csv", "asset,quantity\nAAA,1\n"),
        ("unequal.csv", "asset,amount\nAAA,1,9\n"),
        ("noname.csv", "asset,amount\n,1\n"),
        (
            "huge.csv",
            "asset,amount\nAAA,5192296858534827628530496329220096\n",
        ),
        ("number.json", "[[\"AAA\", 5]]"),
    ];
    for (name, text) in tables {
        desk.write(name, text);
        log.fails(&format!(
            "account commit {name} --kind collateral --subject a:b --as-of {NOW} --out o"
        ));
    }
    let build = |sources: &str| {
        format!("prices build {sources} --policy policy.json --as-of {NOW} --out p.json")
    };
    let usd = "iso4217:USD,1,2";
    for (name, with) in [
        ("absent.csv", ""),
        ("zero.csv", "iso4217:USD,0,2"),
        ("negative.csv", "iso4217:USD,-1,2"),
        ("twice.csv", "iso4217:USD,1,2\niso4217:USD,1,2"),
        ("other-decimals.csv", "iso4217:USD,1,3"),
        (
            "fine.csv",
            "iso4217:USD,1.0000000000000000000000000000000000000001,2",
        ),
        ("apart.csv", "iso4217:USD,1.02,2"),
    ] {
        changed(&desk, "prices.csv", name, usd, with);
        let sources = match name {
            "apart.csv" => format!("prices.csv {name}"),
            _ => name.into(),
        };
        log.fails(&build(&sources));
    }
    desk.write("header.csv", "name,value\nUSD,1\n");
    log.fails(&build("header.csv"));
    let round = |updated: u64, answered: u64| {
        format!(
            r#"{{"version": 2, "feeds": [{{"asset": "iso4217:USD", "decimals": 8, "roundId": 7, "answer": "100000000", "startedAt": {updated}, "updatedAt": {updated}, "answeredInRound": {answered}}}]}}"#
        )
    };
    desk.write("old-round.json", round(NOW - 4_000, 7));
    log.fails(&build("old-round.json"));
    desk.write("late-round.json", round(NOW + 1, 7));
    log.fails(&build("late-round.json"));
    desk.write("carried-round.json", round(NOW, 6));
    log.fails(&build("carried-round.json"));
    let simulate = format!("simulate {}", Desk::inputs()).replace("prices.json", "changed.json");
    for (what, with) in [
        ("\"iso4217:USD\"", "\"iso4217:EUR\""),
        ("\"quote\"", "\"currency\""),
        ("\"version\": 2", "\"version\": 3"),
        ("\"bip122:", "\"bip123:"),
    ] {
        changed(&desk, "prices.json", "changed.json", what, with);
        log.fails(&simulate);
    }
    log.compare("errors-positions-prices");
}

#[test]
fn errors_of_claims() {
    let desk = Desk::basket(NOW);
    let mut log = Log::new(&desk);
    let inputs = Desk::inputs();
    let prove = format!("prove {inputs} --out b.json");
    log.fails(&format!("{prove} --ratio 126%"));
    log.fails(&format!("{prove} --ratio 105%"));
    log.fails(&format!("{prove} --ratio 130%"));
    let more = prove.replace("--debt 4000000", "--debt 40000000");
    log.fails(&format!("{more} --ratio 110%"));
    log.fails(&format!("{prove} --ratio 125% --shape 3x27x8x4"));
    log.fails(&format!(
        "{prove} --ratio 125% --shape small --context a --context-hash 0x1"
    ));
    log.fails(&format!(
        "{prove} --ratio 125% --account liability-birch/account.json none.json"
    ));
    log.fails(&format!("simulate {inputs} --ratio 200%"));
    let opening = "collateral-alder/opening.json";
    log.fails(&format!("simulate {inputs} {opening}"));
    changed(&desk, opening, "changed.json", SUBJECT, "lei:SOMEBODYELSE");
    log.fails(&format!("simulate {inputs} changed.json"));
    let later = NOW + 60;
    log.fails(&format!(
        "{prove} --ratio 125% --as-of-from {later} --as-of-to {later}"
    ));
    for (what, with) in [
        ("\"blinding\"", "\"blinded\""),
        ("\"kind\": \"collateral\"", "\"kind\": \"treasure\""),
    ] {
        changed(&desk, opening, "secret.json", what, with);
        log.fails("account check secret.json");
    }
    desk.write("unlisted.csv", "asset,amount\neip155:1/slip44:2,5\n");
    desk.run(&format!(
        "account commit unlisted.csv --kind liability --subject {SUBJECT} --as-of {NOW} --out unlisted"
    ))
    .expect(0);
    log.fails(&format!("simulate {inputs} unlisted/opening.json"));
    desk.write(
        "claims.toml",
        "[[claim]]\npolicy = \"policy.json\"\ncolour = \"red\"\n",
    );
    log.fails("prove-all claims.toml");
    desk.write("claims.toml", "claim = []\n");
    log.fails("prove-all claims.toml");
    log.compare("errors-claims");
}

#[test]
fn errors_of_bundles_and_expectations() {
    let desk = signed_basket();
    let mut log = Log::new(&desk);
    let verify = |bundle: &str, expect: &str, at: u64| {
        format!("verify {bundle} --expect {expect} --at {at}")
    };
    // Not what is expected.
    log.fails(&verify("b.json", "expect.toml", NOW + 4_000));
    log.fails(&verify("b.json", "expect.toml", NOW - 100));
    for (what, with) in [
        ("min_ratio = \"125%\"", "min_ratio = \"130%\""),
        (
            "min_public_debt = \"4000000\"",
            "min_public_debt = \"4000001\"",
        ),
        (SUBJECT, "lei:SOMEBODYELSE"),
        ("context = \"\"", "context = \"nonce 2\""),
        ("roles = [\"liability\"]", "roles = [\"collateral\"]"),
        ("quorum = 1", "quorum = 2"),
    ] {
        changed(&desk, "expect.toml", "changed.toml", what, with);
        log.fails(&verify("b.json", "changed.toml", NOW));
    }
    // Expectations that are none.
    for (what, with) in [
        ("version = 2", "version = 1"),
        ("max_price_age = \"1h\"", "max_price_age = \"soon\""),
        ("max_price_age = \"1h\"\n", ""),
        ("context = \"\"", "context = \"\"\ncolour = \"red\""),
        ("min_ratio = \"125%\"", "min_ratio = \"much\""),
        ("policy = \"policy.json\"", "policy = \"none.json\""),
    ] {
        changed(&desk, "expect.toml", "changed.toml", what, with);
        log.fails("expect check changed.toml");
    }
    // Forged and damaged bundles.
    let bundle: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let forge = |name: &str, change: &dyn Fn(&mut Value)| {
        let mut bundle = bundle.clone();
        change(&mut bundle);
        desk.write(name, bundle.to_string());
    };
    forge("ratio.json", &|b| {
        b["statement"]["ratio_bps"] = 13_000.into()
    });
    forge("proof.json", &|b| {
        let proof = b["proof"].as_str().unwrap();
        let last = if proof.ends_with('0') { "1" } else { "0" };
        b["proof"] = format!("{}{last}", &proof[..proof.len() - 1]).into();
    });
    forge("short.json", &|b| {
        let proof = b["proof"].as_str().unwrap();
        b["proof"] = proof[..proof.len() - 2].into();
    });
    forge("retired.json", &|b| {
        let id = b["circuit"].as_str().unwrap();
        b["circuit"] = format!("covenant-1/{}", id.split_once('/').unwrap().1).into();
    });
    for name in ["ratio", "proof", "short", "retired"] {
        log.fails(&verify(&format!("{name}.json"), "expect.toml", NOW));
    }
    log.fails("inspect policy.json");
    log.fails("account included collateral-alder/opening.json policy.json");
    desk.write("one.csv", "asset,amount\niso4217:USD,1\n");
    desk.run(&format!(
        "account commit one.csv --kind collateral --subject a:b --as-of {NOW} --out other"
    ))
    .expect(0);
    log.fails("account included other/opening.json b.json");
    // One attester less.
    let expect = desk.read("expect.toml");
    let (rest, _) = expect.rsplit_once("[[attesters]]").unwrap();
    desk.write("changed.toml", rest);
    log.fails(&verify("b.json", "changed.toml", NOW));
    log.compare("errors-bundles-expectations");
}

#[test]
fn errors_of_keys_and_ledgers() {
    let desk = Desk::basket(NOW);
    salt(&desk);
    let mut log = Log::new(&desk);
    desk.write("password", "right\n");
    desk.write("wrong", "wrong\n");
    desk.write("empty", "\n");
    desk.run("keys new --out k --password-file password")
        .expect(0);
    log.fails("keys new --out k --password-file password");
    log.fails("keys new --out k2 --password-file empty");
    log.fails("keys new --out none/k2 --password-file password");
    log.fails("keys address k --password-file wrong");
    log.fails("keys address none --password-file password");
    log.fails("keys address policy.json --password-file password");
    log.fails("keys address env:NONE");
    let sign = |opening: &str, until: u64, rest: &str| {
        format!(
            "account sign collateral-alder/account.json --opening {opening}/opening.json --account r --salt salt --valid-until {until} {rest}"
        )
    };
    log.fails(&sign("collateral-quay", NOW + 60, "--key env:KEY"));
    log.fails(&sign("liability-birch", NOW + 60, "--key env:KEY"));
    log.fails(&sign("collateral-alder", NOW - 60, "--key env:KEY"));
    let signer = "0x70997970C51812dc3A010C7d01b50e0d17dc79C8";
    log.fails(&sign(
        "collateral-alder",
        NOW + 60,
        &format!("--signer {signer} --signature 0x12"),
    ));
    log.fails(&sign(
        "collateral-alder",
        NOW + 60,
        &format!(
            "--signer {} --signature 0x12",
            signer.to_lowercase().replace("0x7", "0xA")
        ),
    ));
    let one = format!("0x{:064x}", 1);
    let two = format!("0x{:064x}", 2);
    desk.run(&format!("ledger add --ledger l.db --facility a {one}"))
        .expect(0);
    log.fails(&format!("ledger add --ledger l.db --facility b {one}"));
    log.fails(&format!("ledger release --ledger l.db --facility b {one}"));
    log.fails(&format!("ledger release --ledger l.db --facility a {two}"));
    log.fails("ledger add --ledger l.db --facility a 0xzz");
    log.fails("ledger add --ledger l.db --facility a");
    log.fails("ledger list --ledger none.db");
    log.fails("ledger list --ledger policy.json");
    log.fails("srs check policy.json");
    log.fails("srs import none.ptau");
    log.compare("errors-keys-ledgers");
}
