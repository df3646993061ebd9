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
            "BackedToken",
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
    assert!(desk.path("s/CovenantVerifier.sol").is_file());
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
    let terms = json!({
        "subject": bundle["statement"]["subject"],
        "policy": bundle["statement"]["policy"],
        "minRatioBps": 12_500,
        "verifier": signer,
        "debtToken": zero,
        "minPublicDebt": "4000000000000",
        "maxAccountAge": 86_400, "maxWindow": 0, "maxPriceAge": "0xe10", "coverageSeconds": 86_400,
        "attesterQuorum": 1, "priceQuorum": 1,
        "attesters": [{ "signer": signer, "roles": 7 }],
        "feeds": [], "envelope": format!("0x{}", "0".repeat(64)),
        "sequencer": zero, "sequencerGrace": 0,
    });
    (desk, terms)
}

fn submit(desk: &Desk, terms: &Value) -> common::Run {
    desk.write("terms.json", terms.to_string());
    desk.run(&format!(
        "export calldata b.json --for submit --terms terms.json {PLACE} --json"
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
    let breaks: [(&str, Break); 12] = [
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
        (
            "attesters[1].signer: expected attesters by ascending",
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
    let run = format!("export calldata b.json --for submit --terms terms.json {other} --json");
    assert!(error(desk.run(&run)).starts_with("context: expected 0x"));
    for missing in [
        "export calldata b.json --for submit --json".to_owned(),
        format!("export calldata b.json --for submit {PLACE} --json"),
        "export calldata b.json --for verify --terms terms.json --json".into(),
    ] {
        assert!(error(desk.run(&missing)).contains("--terms") || missing.contains("verify"));
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
