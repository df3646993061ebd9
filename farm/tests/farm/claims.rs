//! Real claims in the smallest standard shape, by the command itself.

use crate::harness::{Farm, Worker};
use covenant_claims::prices::scaled_price;
use covenant_claims::{Amount, Kind, Opening, Position, Prices};
use covenant_verifier::{Bundle, CircuitKey, verify_statement};
use rand_core::OsRng;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

pub(crate) const AMOUNT: u128 = 7_345_912_008_417;

const POLICY: &str = r#"{
    "version": 2, "name": "dollars", "quote": "iso4217:USD",
    "min_ratio_bps": 10000, "ratio_step_bps": 500,
    "assets": [{ "asset": "iso4217:USD", "symbol": "USD", "decimals": 6,
                 "tiers": [{ "weight_bps": 10000 }] }]
}"#;

/// An account of some 7.3 million dollars, its policy and prices; jobs are claims about it.
pub(crate) fn account(farm: &Farm) -> Opening {
    let as_of = 1_790_000_000;
    let dollars = Position::new("iso4217:USD", Amount::new(AMOUNT).unwrap()).unwrap();
    let opening = Opening::new(
        Kind::Collateral,
        "lei:BORROWER",
        as_of,
        vec![dollars],
        OsRng,
    )
    .unwrap();
    let price = scaled_price("iso4217:USD", 1, 0, 6).unwrap();
    let prices = Prices {
        quote: "iso4217:USD".into(),
        as_of,
        prices: BTreeMap::from([("iso4217:USD".to_owned(), price)]),
    };
    fs::write(farm.path("policy.json"), POLICY).unwrap();
    fs::write(farm.path("prices.json"), prices.to_json()).unwrap();
    fs::write(farm.path("opening.json"), opening.to_json().as_bytes()).unwrap();
    opening
}

pub(crate) fn claim(name: &str, debt: &str) -> Value {
    json!({
        "kind": "claim", "name": name, "policy": "policy.json", "prices": "prices.json",
        "openings": ["opening.json"], "ratio_bps": 12500, "debt": debt, "context": "a loan",
    })
}

pub(crate) fn command(farm: &Farm) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_covenant-farm"));
    command.env("COVENANT_CACHE_DIR", farm.path("cache"));
    command
}

/// A verb of the command: its exit code, and what it says.
pub(crate) fn verb(farm: &Farm, user: &str, arguments: &[&str]) -> (i32, Value) {
    let output = command(farm)
        .arg(arguments[0])
        .arg("--json")
        .args(farm.as_user(user))
        .args(&arguments[1..])
        .output()
        .unwrap();
    assert!(
        output.stderr.is_empty(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    (
        output.status.code().unwrap(),
        serde_json::from_slice(&output.stdout).unwrap(),
    )
}

pub(crate) fn submit(farm: &Farm, what: &str, manifest: &str) -> Value {
    let to = farm.identity.recipient().to_string();
    let (exit, said) = verb(farm, "submitter", &[what, manifest, "--to", &to]);
    assert_eq!(exit, 0, "{said}");
    said
}

pub(crate) fn worker(farm: &Farm, name: &str, options: &[&str]) -> Worker {
    let mut command = command(farm);
    command
        .arg("work")
        .args(farm.as_user("worker"))
        .args(["--name", name, "--lease", "2", "--poll", "50"]);
    command
        .arg("--identity")
        .arg(farm.identity_file())
        .args(options);
    Worker::spawn(command)
}

/// A worker that stores a valid proof of another statement is named, and nothing is written. Then
/// workers are killed in every phase of the prover; what is fetched in the end verifies. A claim
/// that is false is refused with its clause.
#[test]
fn f2_real_claims_survive_kills_in_every_phase_and_forgers() {
    let farm = Farm::with(&["--deliveries", "20"]);
    let opening = account(&farm);
    let covered = farm.manifest("covered.json", &[claim("covered", "4000000.50")]);
    let both = [claim("covered", "4000000.50"), claim("false", "6000000")];
    let both = farm.manifest("both.json", &both);
    submit(&farm, "submit", &covered);

    let golden = include_str!("../../../verifier/data/golden.json");
    let golden = Bundle::from_json(golden).unwrap();
    let mut owner = farm.server.owner();
    let small = CircuitKey::by_id(golden.circuit()).unwrap();
    verify_statement(golden.statement(), golden.proof(), &small).unwrap();
    let lanes = r#"[{"kind": "claim", "memory_mb": 1024}]"#;
    let lease = "SELECT key IS NOT NULL FROM farm.lease(decode(repeat('0a', 16), 'hex'), 'mallory', 30, $1::text::jsonb)";
    assert!(owner.query_one(lease, &[&lanes]).unwrap().get::<_, bool>(0));
    let done = "SELECT standing FROM farm.report('done', ARRAY[decode(repeat('0a', 16), 'hex')], 0, $1, NULL, NULL)";
    let standing: String = owner.query_one(done, &[&golden.proof()]).unwrap().get(0);
    assert_eq!(standing, "done");
    let out = farm.path("out").display().to_string();
    let (exit, said) = verb(&farm, "submitter", &["fetch", &covered, "--out", &out]);
    assert_eq!((exit, &said["written"]), (1, &json!(0)));
    let outcome = &said["jobs"][0]["outcome"];
    assert_eq!(
        outcome,
        "wrong, from the worker mallory: proof: it does not prove the statement"
    );
    assert!(!farm.path("out/covered.json").exists());
    assert_eq!(
        submit(&farm, "retry", &covered)["counts"],
        json!({ "retried": 1 })
    );

    for phase in [
        "keys",
        "witness",
        "committing",
        "quotient",
        "opening commitments",
        "verifying",
    ] {
        let mut worker = worker(&farm, phase, &[]);
        worker.wait_for(&[&format!("\"phase\":\"{phase}\"")]);
        worker.kill();
    }
    assert_eq!(submit(&farm, "submit", &both)["counts"]["submitted"], 1);
    let mut last = worker(&farm, "last", &["--drain"]);
    // One was refused.
    assert_eq!(last.ended(300), Some(1), "{}", last.log());
    let (exit, said) = verb(&farm, "submitter", &["fetch", &both, "--out", &out]);
    assert_eq!((exit, &said["written"]), (1, &json!(1)), "{said}");
    let of = |name: &str| {
        said["jobs"]
            .as_array()
            .unwrap()
            .iter()
            .find(|j| j["name"] == name)
            .unwrap()
            .clone()
    };
    assert_eq!(of("false")["outcome"], "refused: S7: the claim is false");
    let (exit, said) = verb(&farm, "viewer", &["watch", &both]);
    assert_eq!(
        (exit, &said["counts"]),
        (1, &json!({ "done": 1, "refused": 1 }))
    );
    let bundle =
        Bundle::from_json(&fs::read_to_string(farm.path("out/covered.json")).unwrap()).unwrap();
    let statement = bundle.statement();
    assert_eq!(statement.commitments(), [opening.commitment()]);
    assert_eq!(
        (statement.public_debt().get(), statement.ratio().bps()),
        (4_000_000_500_000, 12_500)
    );
    verify_statement(
        statement,
        bundle.proof(),
        &CircuitKey::by_id(bundle.circuit()).unwrap(),
    )
    .unwrap();
}

/// A payload of another claim than the key's is refused by the worker that opens it.
#[test]
fn f2_a_payload_of_another_job_is_refused() {
    let farm = Farm::new();
    account(&farm);
    let one = farm.manifest("one.json", &[claim("one", "4000000")]);
    let two = farm.manifest("two.json", &[claim("two", "3000000")]);
    submit(&farm, "submit", &one);
    submit(&farm, "submit", &two);
    farm.sql(
        "UPDATE farm.jobs j SET sealed = o.sealed FROM farm.jobs o WHERE o.key > j.key AND o.key <> j.key",
    );
    let mut worker = worker(&farm, "a", &["--drain"]);
    assert_eq!(worker.ended(300), Some(1), "{}", worker.log());
    assert_eq!(farm.states(), [("done".into(), 1), ("refused".into(), 1)]);
    let query = "SELECT reason, encode(key, 'hex') FROM farm.jobs WHERE state = 'refused'";
    let row = farm.server.owner().query_one(query, &[]).unwrap();
    let (reason, key): (String, String) = (row.get(0), row.get(1));
    assert!(
        reason.starts_with(&format!("public inputs: expected 0x{key}, got 0x")),
        "{reason}"
    );
}
