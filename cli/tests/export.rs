//! `covenant export` and `covenant prove --context-hash`: contracts, calldata, contexts, and
//! what is refused, by field.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::node::Node;
use common::signing::{SALT_FILE, salt};
use common::{ACCOUNTS, Desk};
use serde_json::{Value, json};
use std::fs;
use std::path::Path;
use tiny_http::Response;

const NOW: u64 = 1_790_000_000;
const PLACE: &str = "--chain-id 31337 --registry 0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0 --facility 0x1234 --epoch 7";

fn generated(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../solidity/data");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn error(run: common::Run) -> String {
    run.expect(2).json()["error"].as_str().unwrap().to_owned()
}

#[test]
fn artifacts_are_the_committed_ones() {
    let desk = Desk::new();
    for (shape, name) in [("small", "Small"), ("medium", "Medium"), ("large", "Large")] {
        let run = format!("export artifacts --shape {shape} --out {shape} --json");
        let said = desk.run(&run).expect(0).json();
        let contract = format!("CovenantProof{name}");
        assert_eq!(said["contract"], contract);
        for file in [format!("{contract}.sol"), "manifest.json".into()] {
            assert!(desk.path(&format!("{shape}/{file}")).is_file());
        }
        let source = desk.read(&format!("{shape}/{contract}.sol"));
        assert_eq!(source, generated(&format!("{contract}.sol")));
        for artifact in [
            &contract,
            "CovenantVerifier",
            "CovenantRegistry",
            "CovenantRouter",
            "CovenantRules",
            "CovenantIdentities",
            "BackedToken",
            "TokenDebt",
        ] {
            let written = desk.read(&format!("{shape}/artifacts/{artifact}.json"));
            assert_eq!(written, generated(&format!("{artifact}.json")));
        }
        let hash = said["code_hash"].as_str().unwrap();
        assert!(generated("manifest.json").contains(hash));
        let readme = desk.read(&format!("{shape}/README.md"));
        assert!(readme.contains(hash) && readme.contains(said["circuit"].as_str().unwrap()));
    }
    let said = desk
        .run("export solidity --shape small --out s --json")
        .expect(0)
        .json();
    assert!(!said["files"].to_string().contains("artifacts"));
    assert!(desk.path("s/src/CovenantVerifier.sol").is_file());
}

#[test]
fn another_shape_has_sources_and_no_bytecode() {
    let desk = Desk::new();
    let run = desk
        .run("export artifacts --shape 2x6x4x2 --out o")
        .expect(0);
    assert!(
        run.stdout
            .contains("compile CovenantProof2x6x4x2.input.json"),
        "{}",
        run.stdout
    );
    assert!(!desk.path("o/artifacts/CovenantProof2x6x4x2.json").exists());
    assert!(desk.read("o/README.md").contains("not published"));
    assert!(desk.path("o/CovenantProof2x6x4x2.sol").is_file());
}

/// The demo's basket, signed by one key with every role, proved for the place.
fn proved() -> (Desk, Value) {
    let desk = Desk::basket(NOW);
    salt(&desk);
    let signed = |args: String| {
        let key = format!("0x{}", "11".repeat(32));
        let mut command = desk.command();
        let output = command
            .env("KEY", key)
            .args(args.split_whitespace())
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        serde_json::from_slice::<Value>(&output.stdout).unwrap()
    };
    let mut signer = Value::Null;
    for account in ACCOUNTS {
        let said = signed(format!(
            "account sign {account}/account.json --opening {account}/opening.json --key env:KEY --account {account} --salt {SALT_FILE} --valid-until {} --json",
            NOW + 86_400
        ));
        signer = said["attester"].clone();
    }
    signed("prices sign prices.json --policy policy.json --key env:KEY --json".into());
    let context = desk
        .run(&format!("export context {PLACE} --json"))
        .expect(0)
        .json();
    let context = context["context"].as_str().unwrap().to_owned();
    desk.run(&format!(
        "prove {} --ratio 125% --context-hash {context} --out b.json",
        Desk::inputs()
    ))
    .expect(0);
    let bundle: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    assert_eq!(bundle["statement"]["context"], context);
    let zero = format!("0x{}", "0".repeat(40));
    let none = format!("0x{}", "0".repeat(64));
    let terms = json!({
        "subject": bundle["statement"]["subject"],
        "policy": bundle["statement"]["policy"],
        "minRatioBps": 12_500,
        "circuits": [], "debtSources": [signer],
        "minPublicDebt": "4000000000000", "beneficiary": signer,
        "maxAccountAge": 86_400, "maxWindow": 0, "maxPriceAge": "0xe10", "maxLag": 0,
        "coverageSeconds": 86_400,
        "attesterQuorum": 1, "priceQuorum": 1,
        "attesters": [{ "signer": signer, "identity": signer, "roles": 7 }],
        "feeds": [], "envelope": none,
        "sequencer": zero, "sequencerGrace": 0,
        "securedParty": "0", "wording": none, "bond": 0, "cureSeconds": 3600, "hook": zero,
    });
    (desk, terms)
}

fn submit(desk: &Desk, terms: &Value) -> common::Run {
    desk.write("terms.json", terms.to_string());
    desk.run(&format!(
        "export calldata b.json --for submit --version 1 --terms terms.json {PLACE} --json"
    ))
}

#[test]
fn calldata_of_every_call_and_refusals_by_field() {
    let (desk, terms) = proved();
    let bundle: Value = serde_json::from_str(&desk.read("b.json")).unwrap();
    let proof = bundle["proof"]
        .as_str()
        .unwrap()
        .trim_start_matches("0x")
        .to_lowercase();
    for (call, function) in [("proof", "verify"), ("verify", "verify")] {
        let run = format!("export calldata b.json --for {call} --json");
        let said = desk.run(&run).expect(0).json();
        assert_eq!(said["function"], function);
        let data = said["calldata"].as_str().unwrap();
        assert!(data.contains(&proof));
        assert_eq!(said["bytes"], (data.len() - 2) / 2);
    }
    let said = submit(&desk, &terms).expect(0).json();
    assert!(said["calldata"].as_str().unwrap().contains(&proof));

    type Break = fn(&mut Value);
    let breaks: [(&str, Break); 17] = [
        ("minRatioBps: expected a number below 2^32", |t| {
            t["minRatioBps"] = json!("4294967296")
        }),
        ("attesterQuorum: expected a whole number", |t| {
            t["attesterQuorum"] = json!(-1)
        }),
        ("attesters[0].roles: expected a number below 2^8", |t| {
            t["attesters"][0]["roles"] = json!(256)
        }),
        ("attesters[0].signer: ", |t| {
            t["attesters"][0]["signer"] = json!("0x12")
        }),
        // No default: a key that follows another one has the identity of the first.
        ("attesters[0].identity: expected this field", |t| {
            t["attesters"][0]
                .as_object_mut()
                .unwrap()
                .remove("identity");
        }),
        ("circuits[1]: expected a whole number", |t| {
            t["circuits"] = json!([1, "x"])
        }),
        ("debtSources[0]: expected an address as text", |t| {
            t["debtSources"] = json!([1])
        }),
        ("verifier: expected no such field", |t| {
            t["verifier"] = t["beneficiary"].clone()
        }),
        (
            "undertakings: expected one for the terms' secured party",
            |t| t["securedParty"] = json!(5),
        ),
        (
            "attesters[1].identity: expected attesters by ascending",
            |t| {
                let again = t["attesters"][0].clone();
                t["attesters"].as_array_mut().unwrap().push(again);
            },
        ),
        ("sequencer: expected this field", |t| {
            t.as_object_mut().unwrap().remove("sequencer");
        }),
        ("attesters[0].role: expected no such field", |t| {
            t["attesters"][0]["role"] = json!(1)
        }),
        ("feeds: expected a list", |t| t["feeds"] = json!({})),
        ("subject: expected 0x", |t| t["subject"] = json!(1)),
        ("policy: expected 0x", |t| t["policy"] = json!("0x2")),
        ("accounts[", |t| t["attesters"][0]["roles"] = json!(4)),
        ("price_signatures: expected 1", |t| {
            t["attesters"][0]["roles"] = json!(3)
        }),
    ];
    for (expected, damage) in breaks {
        let mut bad = terms.clone();
        damage(&mut bad);
        let said = error(submit(&desk, &bad));
        assert!(said.contains(expected), "expected {expected}, got {said}");
    }
    // V7. A retired circuit is refused by its name, whatever its shape and key.
    let id = bundle["circuit"].as_str().unwrap();
    let (_, rest) = id.split_once('/').unwrap();
    let old = format!("covenant-1/{rest}");
    desk.write("old.json", desk.read("b.json").replace(id, &old));
    for call in ["proof", "verify"] {
        let said = error(desk.run(&format!("export calldata old.json --for {call} --json")));
        let expected = format!("circuit: {old} is retired: ");
        assert!(said.starts_with(&expected), "{said}");
    }
    // Another epoch is another context.
    submit(&desk, &terms).expect(0);
    let other = PLACE.replace("--epoch 7", "--epoch 8");
    let run = format!(
        "export calldata b.json --for submit --version 1 --terms terms.json {other} --json"
    );
    assert!(error(desk.run(&run)).starts_with("context: expected 0x"));
    let submit = format!("export calldata b.json --for submit {PLACE} --terms terms.json");
    for (run, expected) in [
        (
            "export calldata b.json --for submit".to_owned(),
            "got no --terms",
        ),
        (submit.clone(), "got no --version"),
        (format!("{submit} --version 256"), "256 is not in 0..=255"),
        (
            format!("{submit} --version 1 --salt 0x12"),
            "expected 0x and 64 hex digits",
        ),
        ("export calldata --for verify".into(), "got no BUNDLE"),
        (
            "export calldata b.json --for verify --terms terms.json".into(),
            "--terms: expected none with --for verify",
        ),
        (
            "export calldata --for open --terms terms.json".into(),
            "got no --salt",
        ),
        (
            "export calldata --for change --terms terms.json --facility 1".into(),
            "got no --next",
        ),
        (
            format!("export calldata b.json --for challenge {PLACE} --terms terms.json"),
            "got no --prices",
        ),
    ] {
        let said = error(desk.run(&format!("{run} --json")));
        assert!(
            said.contains(expected),
            "{run}: expected {expected}, got {said}"
        );
    }
}

/// What owners send, the terms' hash, and terms that are not the policy's.
#[test]
fn terms_are_hashed_and_compared_with_the_policy() {
    let (desk, mut terms) = proved();
    let told = |terms: &Value| {
        desk.write("terms.json", terms.to_string());
        desk.run("export terms terms.json --policy policy.json --json")
    };
    let said = told(&terms).expect(0).json();
    let hash = said["hash"].as_str().unwrap().to_owned();
    assert_eq!(said["policy"]["policy"], terms["policy"]);
    assert_eq!(said["policy"]["challenges"], false);
    let assets = said["policy"]["assets"].as_array().unwrap();
    for (place, asset) in assets.iter().enumerate() {
        assert_eq!(asset["place"], place);
    }
    let plain = desk.run("export terms terms.json --json").expect(0).json();
    assert_eq!(
        (&plain["hash"], &plain["policy"]),
        (&json!(hash), &Value::Null)
    );
    let salt = format!("0x{}", "07".repeat(32));
    for (run, function) in [
        (
            format!("--for open --terms terms.json --salt {salt}"),
            "open",
        ),
        (
            "--for announce --terms terms.json --facility 7".into(),
            "announceTerms",
        ),
        (
            "--for change --terms terms.json --next terms.json --facility 7".into(),
            "changeTerms",
        ),
    ] {
        let said = desk.run(&format!("export calldata {run} --json"));
        let said = said.expect(0).json();
        assert_eq!(
            (&said["function"], &said["terms"]),
            (&json!(function), &json!(hash))
        );
        let announces = said["calldata"].as_str().unwrap().ends_with(&hash[2..]);
        assert_eq!(announces, function == "announceTerms");
    }
    terms["envelope"] = said["policy"]["envelope"].clone();
    let said = told(&terms).expect(0).json();
    assert_eq!(said["policy"]["challenges"], true);
    assert_ne!(said["hash"], hash);
    let feed = json!({ "feed": terms["beneficiary"], "assetDecimals": 99, "maxAge": 60 });
    type Break = fn(&mut Value, &Value);
    let breaks: [(&str, Break); 4] = [
        ("policy: expected 0x", |t, _| t["policy"] = json!(1)),
        ("envelope: expected 0x", |t, _| t["envelope"] = json!(1)),
        ("feeds: expected one for each", |t, feed| {
            t["feeds"] = json!([feed])
        }),
        ("feeds[0].assetDecimals: expected ", |t, feed| {
            t["feeds"] = json!(vec![feed; 200])
        }),
    ];
    for (expected, damage) in breaks {
        let mut bad = terms.clone();
        damage(&mut bad, &feed);
        if bad["feeds"].as_array().unwrap().len() == 200 {
            bad["feeds"].as_array_mut().unwrap().truncate(assets.len());
        }
        let said = error(told(&bad));
        assert!(said.contains(expected), "expected {expected}, got {said}");
    }
}

/// Prices that left what was proved, signed again later, and a document that was revoked.
#[test]
fn calldata_that_ends_a_coverage() {
    let (desk, mut terms) = proved();
    desk.write("terms.json", terms.to_string());
    let policy = desk.run("export terms terms.json --policy policy.json --json");
    let envelope = policy.expect(0).json()["policy"]["envelope"].clone();
    let call = |call: &str| {
        let run = format!("export calldata b.json {call} --terms terms.json {PLACE} --json");
        desk.run(&run)
    };
    let challenge = || call("--for challenge --prices later.json");
    let mut later: Value = serde_json::from_str(&desk.read("prices.json")).unwrap();
    desk.write("later.json", later.to_string());
    let said = error(challenge());
    assert!(said.starts_with("envelope: expected 0x"), "{said}");
    terms["envelope"] = envelope;
    desk.write("terms.json", terms.to_string());
    let said = error(challenge());
    let inside = "prices: expected prices outside of what was proved, got prices inside";
    assert!(said.starts_with(inside), "{said}");
    // Everything falls to a tenth.
    later["as_of"] = json!(NOW + 60);
    later.as_object_mut().unwrap().remove("signatures");
    for price in later["prices"].as_object_mut().unwrap().values_mut() {
        let scaled: u128 = price.as_str().unwrap().parse().unwrap();
        *price = json!((scaled / 10).to_string());
    }
    desk.write("later.json", later.to_string());
    let said = error(challenge());
    assert!(said.starts_with("signatures: expected 1"), "{said}");
    let key = format!("0x{}", "11".repeat(32));
    let signed = desk
        .command()
        .env("KEY", key)
        .args("prices sign later.json --policy policy.json --key env:KEY".split(' '))
        .output()
        .unwrap();
    assert!(signed.status.success());
    let said = challenge().expect(0).json();
    assert_eq!(said["function"], "challenge");

    let none = format!("--for end-revoked --document 0x{}", "00".repeat(32));
    let said = error(call(&none));
    let digests = said.split("submitted: ").nth(1).unwrap();
    // Each account's attestation, and the prices.
    let digests: Vec<&str> = digests
        .split([',', ' '])
        .filter(|d| d.len() == 66)
        .collect();
    let mut named: Vec<&str> = digests.clone();
    named.truncate(ACCOUNTS.len() + 1);
    for digest in named {
        let said = call(&format!("--for end-revoked --document {digest}"));
        assert_eq!(said.expect(0).json()["function"], "endRevoked");
    }
}

#[test]
fn a_context_is_a_text_or_a_hash() {
    let desk = Desk::new();
    let hash = format!("0x{}", "0".repeat(64));
    let prove = "prove --policy p --prices p --opening o --ratio 125% --out b --json";
    let both = format!("{prove} --context text --context-hash {hash}");
    assert!(error(desk.run(&both)).contains("cannot be used with"));
    let large = format!("{prove} --context-hash 0x01{}", "0".repeat(62));
    assert!(error(desk.run(&large)).contains("2^248"));
}

#[test]
fn deployed_code_is_checked_against_the_published_hash() {
    let desk = Desk::new();
    let artifact: Value = serde_json::from_str(&generated("CovenantProofSmall.json")).unwrap();
    let manifest: Value = serde_json::from_str(&generated("manifest.json")).unwrap();
    let length = manifest["verifiers"][0]["code_bytes"].as_u64().unwrap() as usize;
    // Without immutables and metadata, the runtime code ends the creation code.
    let creation = artifact["bytecode"].as_str().unwrap();
    let runtime = format!("0x{}", &creation[creation.len() - 2 * length..]);
    let address = "0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0";
    let check = |answer: Value| {
        let node = Node::raw(move |_, _| Response::from_string(answer.to_string()));
        let run = desk.run(&format!(
            "export check --rpc {} --address {address} --shape small --json",
            node.url
        ));
        let calls = node.calls();
        assert_eq!(calls.len(), 1, "{calls:?}");
        assert_eq!(calls[0].0, "eth_getCode");
        assert_eq!(calls[0].1[0], address);
        run
    };
    let good = check(json!({ "jsonrpc": "2.0", "id": 1, "result": runtime }))
        .expect(0)
        .json();
    assert_eq!(good["same"], true);
    assert_eq!(good["code_bytes"], length);
    let other = format!("{}00", &runtime[..runtime.len() - 2]);
    for code in [other.as_str(), "0x"] {
        let said = check(json!({ "jsonrpc": "2.0", "id": 1, "result": code }))
            .expect(1)
            .json();
        assert_eq!(said["same"], false);
    }
    for answer in [
        json!({ "error": { "code": -32000, "message": "no" } }),
        json!({ "result": "0x123" }),
        json!({ "result": null }),
        json!([]),
    ] {
        error(check(answer));
    }
    for (rpc, shape) in [
        ("http://127.0.0.1:1", "small"),
        ("https://example.com", "small"),
        ("http://127.0.0.1:1", "2x6x4x2"),
    ] {
        error(desk.run(&format!(
            "export check --rpc {rpc} --address {address} --shape {shape} --json"
        )));
    }
}
