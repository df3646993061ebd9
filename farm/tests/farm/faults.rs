//! Workers, the database and connections that die at the worst time: every job is done once, and
//! none is lost.

use crate::harness::{Farm, toy, toy_of, toy_that};
use covenant_farm::Exit;
use serde_json::Value;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// SIGKILL in each phase: another worker has the job within its lease and a second.
#[test]
fn f2_a_worker_killed_in_any_phase_is_replaced_within_lease_and_a_second() {
    let farm = Farm::new();
    for phase in ["begin", "middle", "end"] {
        let manifest = farm.manifest("jobs.json", &[toy(phase, 900)]);
        farm.submit(&manifest);
        let mut first = farm.worker("first", &["--lease", "2"]);
        first.wait_for(&[&format!("\"phase\":\"{phase}\"")]);
        let second = farm.worker("second", &["--lease", "2", "--drain"]);
        second.wait_for(&["\"started\""]);
        first.kill();
        let killed = Instant::now();
        second.wait_for(&["\"leased\"", "\"delivery\":2"]);
        let after = killed.elapsed();
        assert!(after < Duration::from_secs(3), "{after:?}");
        assert_eq!(farm.wait(&manifest, 30).0, Exit::Done);
    }
    farm.assert_each_done_once(3);
}

/// Killed again and again while there is much to do, at whatever moment.
#[test]
fn f2_workers_killed_at_any_moment_lose_nothing() {
    let farm = Farm::with(&["--deliveries", "50"]);
    let mut jobs: Vec<Value> = (0..60).map(|i| toy(&format!("leaf{i}"), 30)).collect();
    let leaves: Vec<_> = (0..60).map(|i| format!("leaf{i}")).collect();
    jobs.extend(
        leaves
            .chunks(6)
            .enumerate()
            .map(|(i, part)| toy_of(&format!("parent{i}"), part)),
    );
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    for i in 0..8 {
        let mut worker = farm.worker(&format!("w{i}"), &["--lease", "1", "--at-a-time", "2"]);
        worker.wait_for(&["\"done\""]);
        sleep(Duration::from_millis(17 * i));
        worker.kill();
    }
    assert_eq!(
        farm.worker("last", &["--lease", "1", "--drain"]).ended(60),
        Some(0)
    );
    farm.assert_each_done_once(70);
}

/// SIGKILL to the database, twice, while two workers are at it: they wait for it, and go on.
#[test]
fn f2_a_database_that_is_killed_and_restarted_loses_nothing() {
    let farm = Farm::new();
    let mut jobs: Vec<Value> = (0..60).map(|i| toy(&format!("leaf{i}"), 60)).collect();
    let leaves: Vec<_> = (0..60).map(|i| format!("leaf{i}")).collect();
    jobs.extend(
        leaves
            .chunks(6)
            .enumerate()
            .map(|(i, part)| toy_of(&format!("parent{i}"), part)),
    );
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut workers = ["a", "b"].map(|name| farm.worker(name, &["--lease", "2", "--drain"]));
    for _ in 0..2 {
        sleep(Duration::from_millis(700));
        farm.server.kill();
        sleep(Duration::from_millis(300));
        farm.server.boot();
    }
    for worker in &mut workers {
        assert_eq!(worker.ended(60), Some(0), "{}", worker.log());
    }
    farm.assert_each_done_once(70);
}

/// Forwards to the server, and cuts a connection when the server has sent so many pieces on it: at
/// the worst, after it committed and before its answer is known.
fn cutting(port: u16, first: usize) -> (u16, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let own = listener.local_addr().unwrap().port();
    let cuts = Arc::new(AtomicUsize::new(0));
    let counted = cuts.clone();
    std::thread::spawn(move || {
        for client in listener.incoming().flatten() {
            let Ok(server) = TcpStream::connect(("127.0.0.1", port)) else {
                continue;
            };
            let (mut up, mut down) = (server.try_clone().unwrap(), server);
            let (mut from, mut to) = (client.try_clone().unwrap(), client);
            std::thread::spawn(move || {
                let _ = std::io::copy(&mut from, &mut up);
                let _ = up.shutdown(std::net::Shutdown::Both);
            });
            let counted = counted.clone();
            std::thread::spawn(move || {
                let mut left = first + counted.load(Ordering::Relaxed) % 9;
                let mut bytes = [0; 65536];
                while let Ok(read @ 1..) = down.read(&mut bytes) {
                    left = left.saturating_sub(1);
                    if left == 0 {
                        counted.fetch_add(1, Ordering::Relaxed);
                        break;
                    }
                    if to.write_all(&bytes[..read]).is_err() {
                        break;
                    }
                }
                let _ = to.shutdown(std::net::Shutdown::Both);
                let _ = down.shutdown(std::net::Shutdown::Both);
            });
        }
    });
    (own, cuts)
}

/// Every connection breaks after a few answers, some of them with a commit that is not known.
#[test]
fn f2_connections_that_are_cut_lose_nothing_and_repeat_nothing() {
    let farm = Farm::new();
    let (port, cuts) = cutting(farm.server.port, 9);
    let mut jobs: Vec<Value> = (0..30).map(|i| toy(&format!("leaf{i}"), 0)).collect();
    let leaves: Vec<_> = (0..30).map(|i| format!("leaf{i}")).collect();
    jobs.extend(
        leaves
            .chunks(6)
            .enumerate()
            .map(|(i, part)| toy_of(&format!("parent{i}"), part)),
    );
    let manifest = farm.manifest("jobs.json", &jobs);
    farm.submit(&manifest);
    let mut worker = farm.worker_at(
        &farm.url_at("worker", port),
        "a",
        &["--drain", "--at-a-time", "2"],
    );
    assert_eq!(worker.ended(120), Some(0), "{}", worker.log());
    assert!(cuts.load(Ordering::Relaxed) >= 10, "{cuts:?}");
    farm.assert_each_done_once(35);
    // No job was given twice: the answer that was lost was given again.
    assert_eq!(
        farm.count("SELECT max(deliveries)::bigint FROM farm.jobs"),
        1
    );
}

/// A worker sleeps in the middle of a proof until its lease runs out and another has done the job:
/// its own result comes too late, and is dropped.
#[test]
fn f2_a_lease_that_runs_out_in_mid_proof_leaves_the_first_proof() {
    let farm = Farm::new();
    let manifest = farm.manifest("jobs.json", &[toy_that("slow", 1200, "stubborn")]);
    farm.submit(&manifest);
    let mut first = farm.worker("first", &["--lease", "1"]);
    first.wait_for(&["\"phase\":\"middle\""]);
    first.signal("-STOP");
    let second = farm.worker("second", &["--lease", "5"]);
    assert_eq!(farm.wait(&manifest, 30).0, Exit::Done);
    second.wait_for(&["\"event\":\"done\""]);
    first.signal("-CONT");
    first.wait_for(&["\"event\":\"cancelled\""]);
    first.signal("-TERM");
    assert_eq!(first.ended(10), Some(0));
    farm.assert_each_done_once(1);
    let by = "SELECT count(*) FROM farm.results WHERE worker = 'second'";
    assert_eq!(farm.count(by), 1);
}

/// The same without a renewal in between: the late worker reports with a lease that is not its own
/// any more, and the database drops what it brings.
#[test]
fn f2_a_result_under_a_lost_lease_is_dropped_by_the_database() {
    let farm = Farm::new();
    let manifest = farm.manifest("jobs.json", &[toy("a", 0)]);
    farm.submit(&manifest);
    let mut owner = farm.server.owner();
    let lanes = r#"[{"kind": "toy", "memory_mb": 10}]"#;
    let lease = |owner: &mut postgres::Client, token: &str, worker: &str| {
        let query = format!(
            "SELECT key IS NOT NULL FROM farm.lease(decode(repeat('{token}', 16), 'hex'), '{worker}', 1, '{lanes}')"
        );
        owner.query_one(&query, &[]).unwrap().get::<_, bool>(0)
    };
    let done = |owner: &mut postgres::Client, token: &str, proof: &str| {
        let query = format!(
            "SELECT standing FROM farm.report('done', ARRAY[decode(repeat('{token}', 16), 'hex')], 0, '{proof}', NULL, NULL)"
        );
        owner.query_one(&query, &[]).unwrap().get::<_, String>(0)
    };
    assert!(lease(&mut owner, "0a", "first"));
    assert!(!lease(&mut owner, "0b", "second"));
    sleep(Duration::from_millis(1100));
    assert!(lease(&mut owner, "0b", "second"));
    assert_eq!(done(&mut owner, "0a", "late"), "lost");
    assert_eq!(done(&mut owner, "0b", "first"), "done");
    assert_eq!(done(&mut owner, "0b", "again"), "done");
    assert_eq!(done(&mut owner, "0a", "late"), "lost");
    let proof: Vec<u8> = owner
        .query_one("SELECT proof FROM farm.results", &[])
        .unwrap()
        .get(0);
    assert_eq!(proof, b"first");
}

/// A proof that takes four leases is one delivery: the lease is renewed, and nobody else has it.
#[test]
fn f2_a_lease_is_renewed_while_it_is_worked_on() {
    let farm = Farm::new();
    let manifest = farm.manifest("jobs.json", &[toy("long", 4000)]);
    farm.submit(&manifest);
    let mut workers = ["a", "b"].map(|name| farm.worker(name, &["--lease", "1", "--drain"]));
    for worker in &mut workers {
        assert_eq!(worker.ended(30), Some(0), "{}", worker.log());
    }
    farm.assert_each_done_once(1);
    assert_eq!(
        farm.count("SELECT max(deliveries)::bigint FROM farm.jobs"),
        1
    );
}

/// A child ends in a transaction that is open while its parent is submitted, and the other way
/// round: neither misses the other, and the parent is queued.
#[test]
fn f2_a_parent_submitted_while_its_child_ends_is_queued() {
    let farm = Farm::new();
    for child_first in [true, false] {
        let child = format!("child-{child_first}");
        let manifest = farm.manifest("child.json", &[toy(&child, 0)]);
        let key = farm.submit(&manifest)["jobs"][0]["key"].clone();
        let key = key.as_str().unwrap().to_owned();
        let parent = toy_of(&format!("parent-{child_first}"), &[key]);
        let parent = farm.manifest("parent.json", &[parent]);
        let mut owner = farm.server.owner();
        let token = if child_first { "0a" } else { "0b" };
        let lease = format!(
            "SELECT farm.lease(decode(repeat('{token}', 16), 'hex'), 'w', 30, '[{{\"kind\": \"toy\", \"memory_mb\": 10}}]')"
        );
        let done = format!(
            "SELECT farm.report('done', ARRAY[decode(repeat('{token}', 16), 'hex')], 0, 'p', NULL, NULL)"
        );
        owner.batch_execute(&lease).unwrap();
        if child_first {
            let mut open = owner.transaction().unwrap();
            open.batch_execute(&done).unwrap();
            std::thread::scope(|scope| {
                let submitted = scope.spawn(|| farm.submit(&parent));
                sleep(Duration::from_millis(500));
                assert!(!submitted.is_finished());
                open.commit().unwrap();
                submitted.join().unwrap();
            });
        } else {
            // What the submission does, left open.
            let mut submitting = farm.server.owner();
            let mut open = submitting.transaction().unwrap();
            let request = "SELECT farm.request('submit', jsonb_build_array(jsonb_build_object( \
                'key', repeat('ee', 32), 'kind', 'toy', 'circuit', 'toy-1', 'ceremony', repeat('01', 32), \
                'public', '', 'queue', 'bulk', 'memory_mb', 10, 'children', \
                (SELECT jsonb_agg(encode(key, 'hex')) FROM farm.jobs WHERE state = 'leased'))), \
                ARRAY['sealed'::bytea], 't')";
            open.batch_execute(request).unwrap();
            std::thread::scope(|scope| {
                let ended = scope.spawn(|| owner.batch_execute(&done).unwrap());
                sleep(Duration::from_millis(500));
                assert!(!ended.is_finished());
                open.commit().unwrap();
                ended.join().unwrap();
            });
        }
        // Only the parent is left, with its message.
        let ready = "SELECT count(*) FROM farm.jobs WHERE state = 'queued' AND msg_id IS NOT NULL";
        assert_eq!(farm.count(ready), 1, "{child_first}");
        farm.sql(
            "UPDATE farm.jobs SET state = 'cancelled', msg_id = NULL, sealed = NULL WHERE state = 'queued'",
        );
        farm.sql("SELECT pgmq.purge_queue('farm_bulk')");
    }
}

/// A child ends while two of its parents and the child itself are cancelled: each waits for rows that
/// the other has, unless what ends a job and what is asked for exclude each other.
#[test]
fn f2_a_job_that_ends_and_a_request_never_wait_in_a_circle() {
    let farm = Farm::new();
    let child = ["child".to_owned()];
    let jobs = [toy("child", 0), toy_of("a", &child), toy_of("b", &child)];
    farm.submit(&farm.manifest("jobs.json", &jobs));
    let mut owner = farm.server.owner();
    let query = "SELECT encode(key, 'hex') FROM farm.jobs ORDER BY msg_id IS NULL, key";
    let keys: Vec<String> = owner
        .query(query, &[])
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    let [child, first, second] = [&keys[0], &keys[1], &keys[2]];
    owner
        .batch_execute(
            "SELECT farm.lease(decode(repeat('0a', 16), 'hex'), 'w', 30, '[{\"kind\": \"toy\", \"memory_mb\": 10}]')",
        )
        .unwrap();
    let cancel = format!(
        "SELECT farm.request('cancel', '[{{\"key\": \"{second}\"}}, {{\"key\": \"{child}\"}}]', '{{}}', '')"
    );
    let done =
        "SELECT farm.report('done', ARRAY[decode(repeat('0a', 16), 'hex')], 0, 'p', NULL, NULL)";
    let waiting = |count: i64| {
        let began = Instant::now();
        let blocked = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";
        while farm.count(blocked) < count {
            assert!(began.elapsed() < Duration::from_secs(20));
            sleep(Duration::from_millis(20));
        }
    };
    // The first parent is held, so that the child's end has its own row and waits for that one.
    let mut held = owner.transaction().unwrap();
    held.batch_execute(&format!(
        "SELECT FROM farm.jobs WHERE key = decode('{first}', 'hex') FOR UPDATE"
    ))
    .unwrap();
    std::thread::scope(|scope| {
        let ended = scope.spawn(|| farm.server.owner().batch_execute(done));
        waiting(1);
        let cancelled = scope.spawn(|| farm.server.owner().batch_execute(&cancel));
        waiting(2);
        held.commit().unwrap();
        ended.join().unwrap().unwrap();
        cancelled.join().unwrap().unwrap();
    });
    let states = [
        ("cancelled".into(), 1),
        ("done".into(), 1),
        ("queued".into(), 1),
    ];
    assert_eq!(farm.states(), states);
}
