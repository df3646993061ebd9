//! docs/schemas are the program's own, and every verb prints what its schema says, where it
//! does what it should and where it does not.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod common;

use common::node::Node;
use common::schemas::{file, folder};
use common::signing::{NOW, key, signed_basket};
use common::{Desk, example};
use covenant_disclosure::Identity;
use covenant_prover::srs::Srs;
use std::collections::BTreeSet;
use std::fs;

/// Every verb that does something, as the helps list them.
fn verbs() -> BTreeSet<String> {
    let desk = Desk::new();
    common::commands(&desk)
        .into_iter()
        .filter(|(_, under)| under.is_empty())
        .map(|(verb, _)| verb)
        .collect()
}

/// After a change that is meant: make outputs.
#[test]
fn docs_schemas_are_those_of_the_program() {
    let desk = Desk::new();
    let listed = desk.run("schema").expect(0).stdout;
    let listed: BTreeSet<String> = listed.lines().map(Into::into).collect();
    let mut expected = verbs();
    expected.extend(["error".into(), "mapping".into()]);
    assert_eq!(listed, expected);
    let write = std::env::var_os("COVENANT_WRITE_DOCS").is_some();
    let guide = fs::read_to_string(folder().join("../json.md")).unwrap();
    for verb in &listed {
        let schema = desk.run(&format!("schema {verb}")).expect(0).stdout;
        let path = folder().join(format!("{}.json", file(verb)));
        if write {
            fs::write(&path, &schema).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == schema, "{} is stale: make outputs", path.display());
        jsonschema::meta::validate(&serde_json::from_str(&schema).unwrap()).unwrap();
        let link = format!("(schemas/{}.json)", file(verb));
        assert!(guide.contains(&link), "docs/json.md has no link {link}");
    }
    assert_eq!(fs::read_dir(folder()).unwrap().count(), listed.len());
}

/// Every verb at least once with exit code 0 and once without. `json` validates.
#[test]
fn every_verb_prints_what_its_schema_says() {
    let desk = signed_basket();
    let inputs = Desk::inputs();
    let accounts = example("demo/accounts");
    let csv = accounts.join("collateral-alder.csv").display().to_string();
    let commit = format!("account commit {csv} --kind collateral --subject a:b --as-of {NOW}");
    let opening = "collateral-alder/opening.json";
    let sign = format!(
        "account sign collateral-alder/account.json --opening {opening} --account r --salt salt --valid-until {}",
        NOW + 60
    );
    let digest = format!("0x{}", "17".repeat(32));
    let undertake = format!(
        "account undertake collateral-alder/account.json --secured-party lender --facility loan --held-until {}",
        NOW + 60
    );
    let revoke = format!("account revoke collateral-alder/account.json --at {NOW}");
    let srs = Srs::embedded(4).unwrap().save(desk.path("srs")).unwrap();
    let srs = srs.display().to_string();
    let (zero, none) = (
        format!("0x{}", "0".repeat(40)),
        format!("0x{}", "0".repeat(64)),
    );
    let terms = serde_json::json!({
        "subject": 1, "policy": 1, "minRatioBps": 12_500, "circuits": [], "debtSources": [],
        "minPublicDebt": 0, "beneficiary": zero, "maxAccountAge": 1, "maxWindow": 0,
        "maxPriceAge": 1, "maxLag": 0, "coverageSeconds": 1, "attesterQuorum": 1, "priceQuorum": 1,
        "attesters": [], "feeds": [], "envelope": none, "sequencer": zero, "sequencerGrace": 0,
        "securedParty": 0, "wording": none, "bond": 0, "cureSeconds": 0, "hook": zero,
    });
    desk.write("terms.json", terms.to_string());
    desk.write("password", "a password\n");
    desk.write("wrong", "another one\n");
    desk.write("broken.json", "{}");
    desk.write(
        "reserves.json",
        r#"[{"symbol": "WBTC", "underlyingAsset": "0x2260fac5e5542a773aa44fbcfedf7c193bc2c599", "decimals": 8, "ltv": "7300", "liquidationThreshold": "7800"}]"#,
    );
    desk.write(
        "claims.toml",
        "[[claim]]\nfrom = \"b.json\"\nprices = \"prices.json\"\nopening = [\"collateral-alder/opening.json\", \"collateral-northbank/opening.json\", \"collateral-quay/opening.json\", \"liability-birch/opening.json\"]\nout = \"b2.json\"\n",
    );
    let claims = desk.read("claims.toml");
    desk.write("false.toml", format!("{claims}ratio = \"130%\"\n{claims}"));
    let place =
        "--chain-id 1 --registry 0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0 --facility 1 --epoch 1";
    let check =
        "export check --address 0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0 --shape small --rpc";
    let verify = "verify b.json --expect expect.toml --at";
    let watch = "watch --bundle b.json --expect expect.toml --prices";
    let identity = Identity::generate();
    let recipient = identity.recipient();
    desk.write("own.key", identity.to_file().as_bytes());
    let disclose = format!("disclose {opening} --bundle b.json");
    let open = "open d.age --identity own.key --bundle";
    desk.write("done.txt", "We opened one account.\n");
    let opinion = format!("opinion b.json --from {NOW} --to {NOW} --procedures done.txt");
    let pack = "evidence pack --bundle b.json --expect expect.toml --opinion o.json";
    let evidence = "evidence check e.tar --expect expect.toml --at";
    let served = Node::new(|_, _| Ok("0x".into()));
    // The exit code, and the command.
    let lines = [
        (0, "demo".to_owned()),
        (2, "demo --dir collateral-alder".into()),
        (0, format!("{commit} --policy policy.json --out new")),
        (2, format!("{commit} --out new")),
        (
            0,
            format!("account read {csv} --kind collateral --policy policy.json"),
        ),
        (
            2,
            format!("account read {csv} --kind collateral --preset kraken"),
        ),
        (0, "account presets".into()),
        (2, "account presets kraken".into()),
        (0, format!("account check {opening}")),
        (2, "account check broken.json".into()),
        (0, format!("{sign} --key env:KEY --out signed.json")),
        (0, format!("{sign} --print-typed-data")),
        (
            2,
            sign.replace("collateral-alder/opening", "liability-birch/opening") + " --key env:KEY",
        ),
        (0, format!("{undertake} --key env:KEY --out held.json")),
        (0, format!("{undertake} --print-typed-data")),
        (
            2,
            format!("{undertake} --key env:KEY --held-from 2099-01-01"),
        ),
        (
            0,
            format!("{revoke} --document {digest} --key env:KEY --out revoked.json"),
        ),
        (
            0,
            format!("{revoke} --document {digest} --print-typed-data"),
        ),
        (2, format!("{revoke} --what undertaking --key env:KEY")),
        (
            0,
            "represent b.json --key env:KEY --out represented.json".into(),
        ),
        (0, "represent b.json --print-typed-data".into()),
        (1, "represent broken.json --key env:KEY".into()),
        (0, format!("account included {opening} b.json")),
        (1, "account included new/opening.json b.json".into()),
        (1, format!("account included {opening} broken.json")),
        (0, format!("rollup build --opening {opening} --out tree")),
        (2, "rollup build --opening broken.json --out other".into()),
        (0, "rollup verify tree".into()),
        (
            0,
            "rollup plan --creditors 300 --positions 12 --vcpu-hour 0.04".into(),
        ),
        (2, "rollup plan --creditors 0 --positions 12".into()),
        (1, "rollup verify tree --bundle broken.json".into()),
        (2, "rollup verify new".into()),
        (
            0,
            format!("rollup branch tree --opening {opening} --out branch"),
        ),
        (1, "rollup branch tree --commitment 0x01 --out none".into()),
        (0, "policy check policy.json".into()),
        (2, "policy check broken.json".into()),
        (0, "policy digest policy.json".into()),
        (2, "policy digest none.json".into()),
        (0, "policy explain policy.json".into()),
        (2, "policy explain broken.json".into()),
        (0, "policy diff policy.json policy.json".into()),
        (2, "policy diff policy.json broken.json".into()),
        (0, "policy init --template fund".into()),
        (2, "policy init --template fund --asset nothing".into()),
        (
            0,
            "policy import reserves.json --format aave-v3 --chain-id 1 --out imported.toml".into(),
        ),
        (
            2,
            "policy import reserves.json --format aave-v3 --chain-id 1 --out imported.toml".into(),
        ),
        (
            0,
            format!("prices build prices.csv --policy policy.json --as-of {NOW} --out p.json"),
        ),
        (
            2,
            format!("prices build policy.json --policy policy.json --as-of {NOW} --out p.json"),
        ),
        (
            0,
            "prices sign p.json --policy policy.json --key env:KEY".into(),
        ),
        (
            0,
            "prices sign p.json --policy policy.json --print-typed-data".into(),
        ),
        (
            2,
            "prices sign p.json --policy policy.json --key env:NONE".into(),
        ),
        (0, format!("simulate {inputs}")),
        (1, format!("simulate {inputs} --ratio 200%")),
        (2, "simulate --policy policy.json".into()),
        (0, format!("prove {inputs} --ratio 125% --out b1.json")),
        (1, format!("prove {inputs} --ratio 130% --out b1.json")),
        (2, format!("prove {inputs} --ratio 126% --out b1.json")),
        (0, "prove-all claims.toml".into()),
        (1, "prove-all false.toml".into()),
        (2, "prove-all broken.json".into()),
        (
            0,
            "expect init --policy policy.json --subject a:b --out new.toml".into(),
        ),
        (
            2,
            "expect init --policy policy.json --subject a:b --out new.toml".into(),
        ),
        (0, "expect check expect.toml".into()),
        (2, "expect check new.toml".into()),
        (0, format!("{verify} {NOW}")),
        (1, format!("{verify} {}", NOW + 1_000_000)),
        (1, "verify broken.json --expect expect.toml".into()),
        (2, "verify none.json --expect expect.toml".into()),
        (0, format!("{watch} prices.json --at {NOW}")),
        (2, format!("{watch} broken.json --at {NOW}")),
        (1, format!("{watch} prices.json --at {}", NOW + 1_000_000)),
        (0, "keys age --out auditor.key".into()),
        (2, "keys age --out auditor.key".into()),
        (0, format!("{disclose} --to {recipient} --out d.age")),
        (2, format!("{disclose} --to nobody --out d.age")),
        (0, format!("{open} b.json")),
        (0, format!("{open} b.json --show --out-dir openings")),
        (1, format!("{open} broken.json")),
        (0, format!("{opinion} --key env:KEY --out o.json")),
        (0, format!("{opinion} --print-typed-data")),
        (2, format!("{opinion} --key env:KEY --out o.json")),
        (0, format!("{pack} --document policy.json --out e.tar")),
        (2, format!("{pack} --document policy.json --out e.tar")),
        (0, format!("{evidence} {NOW}")),
        (1, format!("{evidence} {}", NOW + 1_000_000)),
        (1, "evidence check broken.json --expect expect.toml".into()),
        (
            0,
            format!("report b.json --expect expect.toml --at {NOW} --out r.html"),
        ),
        (
            1,
            format!(
                "report b.json --expect expect.toml --at {} --out r.html",
                NOW + 1_000_000
            ),
        ),
        (
            2,
            "report none.json --expect expect.toml --out r.html".into(),
        ),
        (0, "inspect b.json".into()),
        (1, "inspect broken.json".into()),
        (
            0,
            "ledger add --ledger l.db --facility one --bundle b.json --expect expect.toml".into(),
        ),
        (
            1,
            "ledger add --ledger l.db --facility two --bundle b.json --expect expect.toml".into(),
        ),
        (0, "ledger list --ledger l.db".into()),
        (2, "ledger list --ledger none.db".into()),
        (
            1,
            "ledger release --ledger l.db --facility two --bundle b.json".into(),
        ),
        (
            0,
            "ledger release --ledger l.db --facility one --bundle b.json".into(),
        ),
        (0, "export solidity --shape small --out contracts".into()),
        (2, "export solidity --shape tiny --out contracts".into()),
        (0, "export artifacts --shape small --out contracts".into()),
        (2, "export artifacts --shape small --out b.json".into()),
        (0, "export calldata b.json --for verify".into()),
        (2, "export calldata b.json --for submit".into()),
        (0, format!("export context {place}")),
        (0, "export terms terms.json".into()),
        (2, "export terms terms.json --policy policy.json".into()),
        (2, "export context".into()),
        (1, format!("{check} {}", served.url)),
        (2, format!("{check} https://example.com")),
        (0, "keys new --out new.key --password-file password".into()),
        (2, "keys new --out new.key --password-file password".into()),
        (0, "keys salt --out new.salt".into()),
        (2, "keys salt --out new.salt".into()),
        (0, "keys address new.key --password-file password".into()),
        (2, "keys address new.key --password-file wrong".into()),
        (0, format!("srs check {srs}")),
        (2, "srs check broken.json".into()),
        (0, format!("srs import {srs} --cache-dir own")),
        (2, "srs import none.ptau --cache-dir own".into()),
        (0, "srs list --cache-dir own".into()),
        (2, "srs list --cache-dir broken.json".into()),
        (0, "shapes".into()),
        (2, "shapes small".into()),
        (0, "schema".into()),
        (0, "schema prove".into()),
        (2, "schema nonsense".into()),
        (0, "completions bash".into()),
        (2, "completions nonsense".into()),
    ];
    let (mut done, mut failed) = (BTreeSet::new(), BTreeSet::new());
    for (exit, line) in lines {
        let mut command = desk.command();
        command.env("KEY", key(0)).args(line.split_whitespace());
        let run = Desk::run_of(command.arg("--json"));
        assert_eq!(run.code, exit, "{line}: {}{}", run.stdout, run.stderr);
        run.json();
        let met = if exit == 0 { &mut done } else { &mut failed };
        met.insert(run.verb.unwrap_or_else(|| panic!("{line} has no schema")));
    }
    // The code of an honest deployment is checked in tests/export.rs.
    done.insert("export check".into());
    assert_eq!(done, verbs(), "every verb is to be run with exit code 0");
    assert_eq!(failed, verbs(), "every verb is to be run so that it fails");
}
