//! What is submitted is done once, in the order that it needs, and by whoever can.

use crate::harness::{Farm, names, toy, toy_of, toy_that};
use covenant_disclosure::seal::unseal;
use covenant_farm::Exit;
use serde_json::{Value, json};
use std::fs;
use std::time::{Duration, Instant};

/// 40 leaves, 8 parents, one root; each has the secret 1.
fn tree() -> Vec<Value> {
    let name = |kind: &str, i: usize| format!("{kind}{i}");
    let mut jobs = vec![toy_of(
        "root",
        &(0..8).map(|i| name("parent", i)).collect::<Vec<_>>(),
    )];
    for i in 0..8 {
        let leaves: Vec<_> = (5 * i..5 * i + 5).map(|leaf| name("leaf", leaf)).collect();
        jobs.push(toy_of(&name("parent", i), &leaves));
    }
    jobs.extend((0..40).map(|i| toy(&name("leaf", i), 20)));
    jobs
}

/// Duplicates, two submitters at once, and two workers with two lanes each: every job is done
/// once, each parent is queued once, and parents had what their children left for them.
#[test]
fn f2_a_tree_submitted_by_two_at_once_and_again_is_done_once() {
    let farm = Farm::new();
    let manifest = farm.manifest("tree.json", &tree());
    let mut workers = [
        farm.worker("a", &["--at-a-time", "2"]),
        farm.worker("b", &["--at-a-time", "2"]),
    ];
    let submitted: Vec<Value> = std::thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| farm.submit(&manifest)));
        both.map(|one| one.join().unwrap()).into()
    });
    let new: u64 = submitted
        .iter()
        .map(|s| s["counts"]["submitted"].as_u64().unwrap_or(0))
        .sum();
    assert_eq!(new, 49, "{submitted:?}");
    farm.submit(&manifest);
    assert_eq!(farm.wait(&manifest, 60).0, Exit::Done);
    assert_eq!(farm.submit(&manifest)["counts"], json!({ "done": 49 }));
    farm.assert_each_done_once(49);
    for worker in &mut workers {
        worker.signal("-TERM");
        assert_eq!(worker.ended(10), Some(0), "{}", worker.log());
    }
    let (exit, said) = farm.fetch(&manifest, "out");
    assert_eq!((exit, &said["written"]), (Exit::Done, &json!(49)), "{said}");
    // What the root left is sealed to the workers' key: the sum over the tree.
    let sealed = fs::read(farm.path("out/root.output.age")).unwrap();
    assert_eq!(
        unseal(&sealed, &[]).err().map(|e| e.to_string()).unwrap(),
        "expected 1 to 64 keys, got 0"
    );
    let sum = unseal(&sealed, std::slice::from_ref(&farm.identity)).unwrap();
    assert_eq!(*sum, "49");
    // What only the root's children's parents needed is gone.
    assert_eq!(
        farm.count("SELECT count(*) FROM farm.results WHERE output IS NOT NULL"),
        1
    );
    assert_eq!(names(&farm.path("out")).len(), 50);
}

/// A parent that comes later needs an output that is gone: its child is done again, and no other.
#[test]
fn f2_an_output_that_is_spent_is_made_again_for_a_later_parent() {
    let farm = Farm::new();
    let jobs = [toy("leaf", 0), toy_of("first", &["leaf".into()])];
    let manifest = farm.manifest("one.json", &jobs);
    farm.submit(&manifest);
    assert_eq!(farm.worker("a", &["--drain"]).ended(30), Some(0));
    let jobs = [toy("leaf", 0), toy_of("second", &["leaf".into()])];
    let later = farm.manifest("two.json", &jobs);
    let said = farm.submit(&later);
    assert_eq!(said["counts"], json!({ "done": 1, "submitted": 1 }));
    assert_eq!(farm.states(), [("done".into(), 1), ("queued".into(), 2)]);
    assert_eq!(farm.worker("b", &["--drain"]).ended(30), Some(0));
    assert_eq!(farm.states(), [("done".into(), 3)]);
    assert_eq!(farm.messages("a"), 4);
}

/// A parent that comes without its child's manifest waits: nobody here can seal the child again. Once
/// somebody submits the child, both are done.
#[test]
fn f2_a_parent_of_a_spent_output_waits_for_its_child_to_be_submitted() {
    let farm = Farm::new();
    let jobs = [toy("leaf", 0), toy_of("first", &["leaf".into()])];
    let manifest = farm.manifest("one.json", &jobs);
    let submitted = farm.submit(&manifest);
    let jobs = submitted["jobs"].as_array().unwrap();
    let leaf = jobs.iter().find(|job| job["name"] == "leaf").unwrap()["key"].clone();
    assert_eq!(farm.worker("a", &["--drain"]).ended(30), Some(0));
    let second = toy_of("second", &[leaf.as_str().unwrap().to_owned()]);
    farm.submit(&farm.manifest("two.json", &[second]));
    assert_eq!(farm.messages("q"), 0);
    farm.submit(&manifest);
    assert_eq!(farm.messages("q"), 1);
    assert_eq!(farm.worker("b", &["--drain"]).ended(30), Some(0));
    assert_eq!(farm.states(), [("done".into(), 3)]);
}

/// Urgent before hourly before bulk, and nothing that a worker cannot do.
#[test]
fn queues_are_served_in_their_order_and_lanes_take_what_they_can() {
    let farm = Farm::new();
    let on = |name: &str, queue: &str| {
        let mut job = toy(name, 0);
        job["queue"] = queue.into();
        job
    };
    let mut other = toy("other", 0);
    other["circuit"] = "toy-2".into();
    let jobs = [on("c", "bulk"), on("b", "hourly"), other, on("a", "urgent")];
    farm.submit(&farm.manifest("jobs.json", &jobs));
    // It needs ten megabytes.
    assert_eq!(
        farm.worker("small", &["--drain", "--memory-mb", "9"])
            .ended(30),
        Some(0)
    );
    assert_eq!(farm.states(), [("queued".into(), 4)]);
    let mut hourly = farm.worker("hourly", &["--drain", "--queue", "hourly"]);
    assert_eq!(hourly.ended(30), Some(0));
    assert_eq!(farm.states(), [("done".into(), 1), ("queued".into(), 3)]);
    assert_eq!(farm.worker("any", &["--drain"]).ended(30), Some(0));
    // The other circuit is for another worker.
    assert_eq!(farm.states(), [("done".into(), 3), ("queued".into(), 1)]);
    let order = "SELECT string_agg(convert_from(j.public, 'UTF8'), '' ORDER BY r.made)::text \
        FROM farm.results r JOIN farm.jobs j USING (key)";
    let order: String = farm.server.owner().query_one(order, &[]).unwrap().get(0);
    assert_eq!(order, "bac");
    let unknown = farm.worker("none", &["--circuit", "toy-3"]).ended(30);
    assert_eq!(unknown, Some(2));
}

/// A queue takes so many live jobs, and says so; what is done makes room.
#[test]
fn a_full_queue_refuses_by_name_and_takes_the_rest_later() {
    let farm = Farm::with(&["--depth", "3"]);
    let jobs = ["a", "b", "c", "d"].map(|name| toy(name, 0));
    let to = farm.identity.recipient().to_string();
    let four = farm.manifest("four.json", &jobs);
    let (exit, said) = farm.verb("submitter", &["submit", &four, "--to", &to]);
    assert_eq!((exit, &said["code"]), (Exit::Unknown, &json!("queue-full")));
    let error = said["error"].as_str().unwrap();
    assert!(
        error.starts_with("the queue bulk takes 3 jobs at a time: it has 0, and 4 more"),
        "{error}"
    );
    assert_eq!(farm.states(), []);
    let three = farm.manifest("three.json", &jobs[..3]);
    farm.submit(&three);
    farm.submit(&three);
    assert_eq!(
        farm.verb("submitter", &["submit", &four, "--to", &to]).0,
        Exit::Unknown
    );
    assert_eq!(farm.worker("a", &["--drain"]).ended(30), Some(0));
    assert_eq!(
        farm.submit(&four)["counts"],
        json!({ "done": 3, "submitted": 1 })
    );
}

/// The first signal lets a job end and takes no other; the second gives it back, at no cost.
#[test]
fn f2_a_worker_that_is_stopped_ends_what_it_has_or_gives_it_back() {
    let farm = Farm::new();
    let jobs = [toy("first", 1500), toy("second", 1500)];
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut worker = farm.worker("a", &[]);
    worker.wait_for(&["\"phase\":\"begin\""]);
    worker.signal("-TERM");
    assert_eq!(worker.ended(10), Some(0));
    assert_eq!(farm.states(), [("done".into(), 1), ("queued".into(), 1)]);
    let mut worker = farm.worker("b", &[]);
    worker.wait_for(&["\"phase\":\"begin\""]);
    worker.signal("-TERM");
    worker.wait_for(&["\"signal\""]);
    worker.signal("-TERM");
    let began = Instant::now();
    worker.ended(10);
    assert!(
        worker.log().contains("\"event\":\"released\""),
        "{}",
        worker.log()
    );
    assert!(began.elapsed() < Duration::from_millis(2500));
    assert_eq!(
        farm.count("SELECT sum(deliveries)::bigint FROM farm.jobs"),
        1
    );
    assert_eq!(farm.worker("c", &["--drain"]).ended(30), Some(0));
    farm.assert_each_done_once(2);
}

/// A manifest that cannot be done is refused before anything is submitted.
#[test]
fn a_manifest_that_cannot_be_done_is_refused_by_name() {
    let farm = Farm::new();
    let to = farm.identity.recipient().to_string();
    let circle = [toy_of("a", &["b".into()]), toy_of("b", &["a".into()])];
    let strange = [toy_that("a", 0, "ok"), toy_of("b", &["c".into()])];
    let twice = [toy("a", 0), toy("a", 0)];
    for (jobs, expected) in [
        (&circle, "waits for itself"),
        (&strange, "children of b"),
        (&twice, "each name once"),
    ] {
        let manifest = farm.manifest("bad.json", jobs);
        let (exit, said) = farm.verb("submitter", &["submit", &manifest, "--to", &to]);
        assert_eq!((exit, &said["code"]), (Exit::Unknown, &json!("malformed")));
        assert!(said["error"].as_str().unwrap().contains(expected), "{said}");
    }
    // A child that nobody ever submitted.
    let key = format!("0x{}", "ab".repeat(32));
    let manifest = farm.manifest("orphan.json", &[toy_of("b", std::slice::from_ref(&key))]);
    let (exit, said) = farm.verb("submitter", &["submit", &manifest, "--to", &to]);
    assert_eq!(
        (exit, &said["code"]),
        (Exit::Unknown, &json!("child-not-submitted"))
    );
    assert!(said["error"].as_str().unwrap().contains(&key), "{said}");
    assert_eq!(farm.states(), []);
}
