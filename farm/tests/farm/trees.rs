//! Real roll-ups in the smallest standard shape, by the command itself, and what `covenant` says of
//! the folder that they leave.

use crate::claims::{submit, verb, worker};
use crate::harness::Farm;
use covenant_claims::field::Fr;
use covenant_claims::rollup::draw_salt;
use covenant_claims::{Amount, HolderReference, Opening, Position};
use rand_core::OsRng;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;

const SUBJECT: &str = "lei:EXCHANGE";
const AS_OF: u64 = 1_790_000_000;

/// What creditor `i` of [`creditors`] is owed.
pub(crate) fn owed(i: usize) -> u128 {
    7_400_000_000_123 + 1_000_003 * i as u128
}

/// What a creditor is called.
pub(crate) fn holder(i: usize) -> String {
    format!("customer {i}, nonce 7")
}

/// A creditor's account and its salt.
pub(crate) fn creditor(i: usize, positions: Vec<Position>) -> (Opening, Fr) {
    let (reference, salt) = (HolderReference::of(&holder(i)).unwrap(), draw_salt(OsRng));
    let opening = Opening::of_holder(SUBJECT, AS_OF, reference, salt, positions).unwrap();
    (opening, salt)
}

/// An opening on one line.
pub(crate) fn line(opening: &Opening) -> String {
    let json: Value = serde_json::from_str(&opening.to_json()).unwrap();
    json.to_string() + "\n"
}

/// So many creditors, in `creditors.jsonl`.
pub(crate) fn creditors(farm: &Farm, count: usize) -> Vec<Opening> {
    let one = |i| {
        let amount = Amount::new(owed(i)).unwrap();
        creditor(i, vec![Position::new("iso4217:USD", amount).unwrap()]).0
    };
    let all: Vec<Opening> = (0..count).map(one).collect();
    fs::write(
        farm.path("creditors.jsonl"),
        all.iter().map(line).collect::<String>(),
    )
    .unwrap();
    all
}

pub(crate) fn rollup() -> Value {
    json!({
        "kind": "rollup", "name": "creditors", "openings": ["creditors.jsonl"], "tree": "tree",
        "shape": "16x12->12",
    })
}

/// `covenant`, in this process: its exit code, and what it says. `more` are words with spaces.
pub(crate) fn covenant(farm: &Farm, line: &str, more: &[&str]) -> (u8, Value) {
    let cache = farm.path("cache").display().to_string();
    let words = ["--cache-dir", &cache].into_iter().chain(line.split(' '));
    let (exit, said) = covenant_cli::run(words.chain(more.iter().copied()));
    let said = serde_json::from_str(&said).unwrap_or_else(|_| said.into());
    (exit, said)
}

/// The keys that a submission names.
fn keys(submitted: &Value) -> BTreeSet<String> {
    let jobs = submitted["jobs"].as_array().unwrap().iter();
    jobs.map(|job| job["key"].as_str().unwrap().to_owned())
        .collect()
}

/// Forty creditors in three lists and a top. Two submit at once, workers are killed in every phase of
/// the prover, the queue is dropped and rebuilt: each node is queued once and proved once. The folder
/// is that of `covenant rollup build`, and a second run proves nothing.
#[test]
fn f2_a_tree_survives_kills_and_a_lost_queue_and_is_that_of_rollup_build() {
    let farm = Farm::with(&["--deliveries", "20"]);
    let openings = creditors(&farm, 40);
    let manifest = farm.manifest("tree.json", &[rollup()]);
    let submitted = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| submit(&farm, "submit", &manifest)));
        both.map(|one| one.join().unwrap())
    });
    assert_eq!(keys(&submitted[0]), keys(&submitted[1]));
    let new = submitted
        .iter()
        .map(|s| s["counts"]["submitted"].as_u64().unwrap_or(0));
    assert_eq!(new.sum::<u64>(), 4);
    // No node waits for another, and each has one message.
    let again = submit(&farm, "submit", &manifest);
    assert_eq!(again["counts"], json!({ "queued": 4 }));
    assert_eq!(keys(&again), keys(&submitted[0]));
    assert_eq!(farm.messages("q"), 4);
    assert_eq!(farm.count("SELECT count(*) FROM farm.children"), 0);

    for phase in [
        "opening",
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
    let mut last = worker(&farm, "last", &["--drain"]);
    assert_eq!(last.ended(300), Some(0), "{}", last.log());
    farm.assert_each_done_once(4);

    let (exit, said) = verb(&farm, "submitter", &["fetch", &manifest]);
    assert_eq!((exit, &said["written"]), (0, &json!(4)), "{said}");
    // Another run proves nothing.
    let [tree, file] =
        ["tree", "creditors.jsonl"].map(|name| farm.path(name).display().to_string());
    let published = fs::read(farm.path("tree/manifest.json")).unwrap();
    assert_eq!(verb(&farm, "submitter", &["fetch", &manifest]).0, 0);
    assert_eq!(
        submit(&farm, "submit", &manifest)["counts"],
        json!({ "done": 4 })
    );
    let mut idle = worker(&farm, "idle", &["--drain"]);
    assert_eq!(idle.ended(60), Some(0));
    assert!(!idle.log().contains("\"leased\""), "{}", idle.log());
    let build = format!("rollup build --openings {file} --shape 16x12->12 --out {tree}");
    let (exit, built) = covenant(&farm, &build, &[]);
    assert_eq!(
        (exit, &built["proofs"], &built["proved"]),
        (0, &json!(4), &json!(0)),
        "{built}"
    );
    assert_eq!(
        fs::read(farm.path("tree/manifest.json")).unwrap(),
        published
    );

    rebuilt(&farm, &manifest, &keys(&submitted[0]));
    assert_eq!(
        fs::read(farm.path("tree/manifest.json")).unwrap(),
        published
    );

    let (exit, walked) = covenant(&farm, &format!("rollup verify {tree}"), &[]);
    assert_eq!((exit, &walked["leaves"]), (0, &json!(40)), "{walked}");
    let leaf = openings[39].commitment();
    let mine = farm.path("mine").display().to_string();
    let branch = format!("rollup branch {tree} --commitment {leaf} --out {mine}");
    assert_eq!(covenant(&farm, &branch, &[]).0, 0);
}

/// The queue is lost, and the manifest brings the same jobs back. Their proofs are other ones; what was
/// published names the first, which stay.
fn rebuilt(farm: &Farm, manifest: &str, keys: &BTreeSet<String>) {
    farm.sql("DROP SCHEMA farm, pgmq CASCADE");
    farm.init(&[]);
    let rebuilt = submit(farm, "submit", manifest);
    assert_eq!(rebuilt["counts"], json!({ "submitted": keys.len() }));
    assert_eq!(self::keys(&rebuilt), *keys);
    let mut worker = worker(farm, "again", &["--drain"]);
    assert_eq!(worker.ended(300), Some(0), "{}", worker.log());
    let (exit, said) = verb(farm, "submitter", &["fetch", manifest]);
    assert_eq!((exit, &said["written"]), (0, &json!(keys.len())), "{said}");
}

/// A worker stores another node's proof: it is named, the tree is not complete, and the next proof
/// comes in its place. A payload of another node is refused.
#[test]
fn f2_a_node_with_a_proof_or_payload_of_another_is_named() {
    let farm = Farm::new();
    creditors(&farm, 17);
    let manifest = farm.manifest("tree.json", &[rollup()]);
    submit(&farm, "submit", &manifest);
    farm.sql(
        "UPDATE farm.jobs j SET sealed = o.sealed FROM farm.jobs o \
         WHERE j.key = (SELECT key FROM farm.jobs ORDER BY key LIMIT 1) \
         AND o.key = (SELECT key FROM farm.jobs ORDER BY key DESC LIMIT 1)",
    );
    let mut honest = worker(&farm, "honest", &["--drain"]);
    assert_eq!(honest.ended(300), Some(1), "{}", honest.log());
    assert_eq!(farm.states(), [("done".into(), 2), ("refused".into(), 1)]);
    let reason =
        "SELECT count(*) FROM farm.jobs WHERE reason LIKE 'public inputs: expected 0x%, got 0x%'";
    assert_eq!(farm.count(reason), 1);

    farm.sql(
        "WITH two AS (SELECT r.key, p.proof FROM farm.results r JOIN farm.results p ON p.key <> r.key) \
         UPDATE farm.results r SET proof = two.proof, worker = 'mallory' FROM two \
         WHERE two.key = r.key AND r.key = (SELECT key FROM farm.results ORDER BY key LIMIT 1)",
    );
    let (exit, said) = verb(&farm, "submitter", &["fetch", &manifest]);
    assert_eq!((exit, &said["written"]), (1, &json!(1)), "{said}");
    let jobs = said["jobs"].as_array().unwrap().iter();
    let wrong = jobs.filter(|job| job["worker"] == "mallory");
    let wrong: Vec<_> = wrong.map(|job| job["outcome"].as_str().unwrap()).collect();
    assert_eq!(
        wrong,
        ["wrong, from the worker mallory: proof: it does not prove the statement"]
    );
    assert!(!farm.path("tree/manifest.json").exists());
    assert_eq!(crate::harness::names(&farm.path("tree/proofs")).len(), 1);
    let retried = submit(&farm, "retry", &manifest);
    assert_eq!(
        retried["counts"],
        json!({ "done": 1, "refused": 1, "retried": 1 })
    );
}

/// What cannot be a tree is named before anything is submitted, and no opening is quoted. A folder
/// of other accounts is left as it is.
#[test]
fn a_tree_that_cannot_be_is_refused_by_name() {
    let farm = Farm::new();
    creditors(&farm, 3);
    let to = farm.identity.recipient().to_string();
    let refused = |job: Value| {
        let manifest = farm.manifest("bad.json", &[job]);
        let (exit, said) = verb(&farm, "submitter", &["submit", &manifest, "--to", &to]);
        assert_eq!((exit, &said["code"]), (2, &json!("malformed")), "{said}");
        said["error"].as_str().unwrap().to_owned()
    };
    let but = |field: &str, value: Value| {
        let mut job = rollup();
        job[field] = value;
        job
    };
    fs::write(farm.path("bad.jsonl"), "\n{\"blinding\": \"0x1234567\"}\n").unwrap();
    let text = fs::read_to_string(farm.path("creditors.jsonl")).unwrap();
    fs::write(farm.path("twice.jsonl"), text.clone() + &text).unwrap();
    for (job, expected) in [
        (
            but("shape", json!("3x1->1")),
            "shape: expected a standard shape",
        ),
        (
            but("openings", json!([])),
            "openings: expected at least one",
        ),
        (
            but("openings", json!(["bad.jsonl"])),
            "bad.jsonl: line 2: expected an opening",
        ),
        (
            but("openings", json!(["twice.jsonl"])),
            "that of account 4 again",
        ),
        (
            but("as_of_from", json!(AS_OF + 1)),
            "as_of_from: expected a window",
        ),
        (
            but("as_of_to", json!(AS_OF - 1)),
            "as_of_from: expected a window",
        ),
        (but("other", json!(1)), "no other field"),
    ] {
        let said = refused(job);
        assert!(
            said.contains(expected) && !said.contains("1234567"),
            "{said}"
        );
    }
    assert!(!farm.path("tree/secret/salts.json").exists());

    let manifest = farm.manifest("tree.json", &[rollup()]);
    submit(&farm, "submit", &manifest);
    let said = refused(but("children", json!(["a"])));
    assert!(said.contains("children: expected none"), "{said}");
    let salts = fs::read(farm.path("tree/secret/salts.json")).unwrap();
    creditors(&farm, 3);
    let said = refused(rollup());
    assert!(
        said.contains("got another tree, which is left as it is"),
        "{said}"
    );
    creditors(&farm, 17);
    let said = refused(rollup());
    assert!(
        said.contains("expected a tree of 3 nodes in the shape 16x12->12"),
        "{said}"
    );
    assert_eq!(
        fs::read(farm.path("tree/secret/salts.json")).unwrap(),
        salts
    );
}
