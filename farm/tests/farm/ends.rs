//! Jobs that do not end well, or are not wanted any more, and queues that are lost.

use crate::harness::{Farm, toy, toy_of, toy_that};
use covenant_farm::Exit;
use serde_json::json;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A job that kills its workers is dead after five of them; others are done meanwhile, and what
/// waits for it is named.
#[test]
fn f2_a_poison_job_is_dead_after_five_deliveries() {
    let farm = Farm::new();
    let jobs = [
        toy_that("poison", 0, "abort"),
        toy("good", 0),
        toy_of("parent", &["poison".into(), "good".into()]),
    ];
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut died = 0;
    for i in 0..7 {
        let mut worker = farm.worker(&format!("w{i}"), &["--lease", "1", "--drain"]);
        died += i32::from(worker.ended(30) != Some(0));
    }
    assert_eq!(died, 5);
    let (exit, said) = farm.wait(&manifest, 5);
    assert_eq!(exit, Exit::False, "{said}");
    assert_eq!(said["counts"], json!({ "dead": 1, "done": 1, "queued": 1 }));
    let jobs = said["jobs"].as_array().unwrap();
    let of = |name: &str| jobs.iter().find(|job| job["name"] == name).unwrap();
    assert_eq!(of("poison")["deliveries"], 5);
    let reason = of("poison")["reason"].as_str().unwrap();
    assert!(
        reason.starts_with("delivered 5 times, no answer the last time, from the worker w"),
        "{reason}"
    );
    let waits = of("parent")["waits_for"].as_array().unwrap();
    assert_eq!((waits.len(), &waits[0]["state"]), (1, &json!("dead")));
    assert_eq!(
        farm.count("SELECT count(*) FROM farm.jobs WHERE state = 'dead' AND sealed IS NOT NULL"),
        0
    );
}

/// One that fails with an answer is dead after five, with it; one that is false is refused the
/// first time, with its clause, and no retry brings it back. A panic tells no secret.
#[test]
fn f2_what_fails_is_tried_five_times_and_what_is_false_once() {
    let farm = Farm::new();
    let mut panics = toy_that("panics", 0, "panic");
    panics["secret"] = json!(918_273_645);
    let jobs = [
        toy_that("fails", 0, "fail"),
        toy_that("false", 0, "false"),
        panics,
    ];
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut worker = farm.worker("a", &["--drain", "--pause", "0"]);
    assert_eq!(worker.ended(30), Some(1));
    let said = |name: &str| {
        let query = format!(
            "SELECT state || ' ' || deliveries || ' ' || reason FROM farm.jobs WHERE public = '{name}'"
        );
        farm.server
            .owner()
            .query_one(&query, &[])
            .unwrap()
            .get::<_, String>(0)
    };
    assert_eq!(said("fails"), "dead 5 no luck");
    assert_eq!(said("false"), "refused 1 S7: the claim is false");
    assert_eq!(said("panics"), "dead 5 the worker panicked");
    assert!(worker.log().contains("\"panicked\""));
    assert!(!worker.log().contains("918273645"), "{}", worker.log());
    let again = farm.retry(&manifest);
    assert_eq!(again["counts"], json!({ "refused": 1, "retried": 2 }));
    let (exit, fetched) = farm.fetch(&manifest, "out");
    assert_eq!(exit, Exit::False);
    let refused = &fetched["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|j| j["name"] == "false")
        .unwrap()["outcome"];
    assert_eq!(refused, "refused: S7: the claim is false");
}

/// Cancelled while queued it never runs; cancelled in mid-proof the worker hears of it with its next
/// renewal. Its opening is gone at once, and a retry brings it back.
#[test]
fn f2_a_job_is_cancelled_queued_and_active() {
    let farm = Farm::new();
    let jobs = [toy("active", 30_000), toy("queued", 0)];
    let both = farm.manifest("both.json", &jobs);
    farm.submit(&both);
    let worker = farm.worker("a", &["--lease", "4"]);
    worker.wait_for(&["\"phase\":\"begin\""]);
    let began = Instant::now();
    let (exit, said) = farm.verb("submitter", &["cancel", &both]);
    assert_eq!((exit, &said["cancelled"]), (Exit::Done, &json!(2)));
    assert_eq!(
        farm.count("SELECT count(*) FROM farm.jobs WHERE sealed IS NOT NULL"),
        0
    );
    worker.wait_for(&["\"event\":\"cancelled\""]);
    assert!(
        began.elapsed() < Duration::from_secs(3),
        "{:?}",
        began.elapsed()
    );
    assert_eq!(farm.states(), [("cancelled".into(), 2)]);
    assert_eq!(farm.count("SELECT count(*) FROM farm.results"), 0);
    assert_eq!(farm.submit(&both)["counts"], json!({ "cancelled": 2 }));
    let queued = farm.manifest("queued.json", &jobs[1..]);
    assert_eq!(farm.retry(&queued)["counts"], json!({ "retried": 1 }));
    assert_eq!(farm.wait(&queued, 30).0, Exit::Done);
    // What has ended is not cancelled.
    let (exit, said) = farm.verb("submitter", &["cancel", &queued]);
    assert_eq!((exit, &said["cancelled"]), (Exit::False, &json!(0)));
}

/// Messages that are lost come back when the manifest is submitted again, and so does all of it.
#[test]
fn f2_a_queue_that_was_wiped_is_rebuilt_from_the_manifest() {
    let farm = Farm::new();
    let mut jobs: Vec<_> = (0..12).map(|i| toy(&format!("leaf{i}"), 20)).collect();
    let leaves: Vec<_> = (0..12).map(|i| format!("leaf{i}")).collect();
    jobs.extend(
        leaves
            .chunks(4)
            .enumerate()
            .map(|(i, part)| toy_of(&format!("parent{i}"), part)),
    );
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut worker = farm.worker("a", &["--lease", "1"]);
    worker.wait_for(&["\"done\""]);
    worker.kill();
    farm.sql("SELECT pgmq.purge_queue('farm_bulk')");
    // Nothing is found any more, though the jobs are there.
    let mut other = farm.worker("b", &["--lease", "1"]);
    other.wait_for(&["\"started\""]);
    sleep(Duration::from_millis(1500));
    assert!(!other.log().contains("\"leased\""), "{}", other.log());
    let left = farm.count("SELECT count(*) FROM farm.jobs WHERE state <> 'done'");
    assert!(left > 3, "{left}");
    farm.submit(&manifest);
    assert_eq!(farm.wait(&manifest, 30).0, Exit::Done);
    other.kill();
    assert_eq!(farm.states(), [("done".into(), 15)]);
    assert_eq!(farm.count("SELECT count(*) FROM farm.results"), 15);
    // All of it.
    farm.sql("DROP SCHEMA farm, pgmq CASCADE");
    farm.init(&[]);
    assert_eq!(farm.submit(&manifest)["counts"], json!({ "submitted": 15 }));
    assert_eq!(farm.worker("d", &["--drain"]).ended(30), Some(0));
    farm.assert_each_done_once(15);
    assert_eq!(farm.fetch(&manifest, "out").0, Exit::Done);
}

/// A worker that stores what proves nothing: the proof is named with it and not written, and
/// another worker's comes in its place.
#[test]
fn f2_a_wrong_proof_is_named_with_its_worker_and_replaced() {
    let farm = Farm::new();
    let forged = farm.manifest("forged.json", &[toy_that("a", 0, "forge"), toy("b", 0)]);
    farm.submit(&forged);
    assert_eq!(farm.worker("mallory", &["--drain"]).ended(30), Some(0));
    let (exit, said) = farm.fetch(&forged, "out");
    assert_eq!((exit, &said["written"]), (Exit::False, &json!(1)));
    let outcome = said["jobs"]
        .as_array()
        .unwrap()
        .iter()
        .find(|j| j["name"] == "a")
        .unwrap();
    assert_eq!(
        outcome["outcome"],
        "wrong, from the worker mallory: it does not prove the statement"
    );
    assert_eq!(outcome["worker"], "mallory");
    assert!(!farm.path("out/a.json").exists() && farm.path("out/b.json").exists());
    // The same job by its key, with an honest payload.
    let honest = farm.manifest("honest.json", &[toy("a", 0), toy("b", 0)]);
    assert_eq!(
        farm.retry(&honest)["counts"],
        json!({ "done": 1, "retried": 1 })
    );
    assert_eq!(farm.worker("bob", &["--drain"]).ended(30), Some(0));
    let (exit, said) = farm.fetch(&honest, "out");
    assert_eq!((exit, &said["written"]), (Exit::Done, &json!(2)), "{said}");
}
