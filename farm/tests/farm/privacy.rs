//! What the database, its log, its write-ahead log, workers' logs and metrics do not have, and who
//! may not look.

use crate::claims::{self, AMOUNT, account, claim};
use crate::harness::{Farm, PASSWORD, toy, toy_of};
use crate::server::free_port;
use crate::trees;
use covenant_claims::Opening;
use covenant_claims::field::to_be_bytes;
use covenant_farm::Exit;
use covenant_farm::job::hex;
use covenant_prover::rollup::files::Salts;
use postgres::NoTls;
use postgres::error::SqlState;
use serde_json::json;
use std::fs;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::sleep;
use std::time::Duration;

/// A number in the forms that it may leak in: decimal, hex, bytes of both orders, and the bytes as
/// a dump writes them.
fn forms(decimal: &str, big_endian: &[u8]) -> Vec<Vec<u8>> {
    let mut little = big_endian.to_vec();
    little.reverse();
    let digits = hex(big_endian);
    vec![
        decimal.as_bytes().to_vec(),
        digits.trim_start_matches('0').as_bytes().to_vec(),
        digits.trim_start_matches('0').to_uppercase().into_bytes(),
        hex(&little).into_bytes(),
        little,
        big_endian.to_vec(),
    ]
}

fn contains(place: &[u8], form: &[u8]) -> bool {
    place.windows(form.len()).any(|window| window == form)
}

/// Everything the server keeps or says.
fn places(farm: &Farm) -> Vec<(String, Vec<u8>)> {
    let mut places = vec![
        ("dump".to_owned(), farm.server.dump()),
        ("log".to_owned(), fs::read(farm.server.log()).unwrap()),
    ];
    for entry in fs::read_dir(farm.server.data().join("pg_wal")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            places.push((path.display().to_string(), fs::read(&path).unwrap()));
        }
    }
    places
}

fn found(places: &[(String, Vec<u8>)], forms: &[Vec<u8>]) -> Vec<String> {
    let mut found = Vec::new();
    for (name, place) in places {
        for (i, form) in forms.iter().enumerate() {
            if contains(place, form) {
                found.push(format!("form {i} in {name}"));
            }
        }
    }
    found
}

/// Amounts, blindings and salts of a real claim and a real tree, and what toy jobs leave for their parents, while they
/// are queued and after they are done, on a server that logs all it is told. The same search finds
/// them once they are planted.
#[test]
fn f3_no_secret_is_in_dump_write_ahead_log_log_or_metric() {
    let farm = Farm::new();
    let opening = account(&farm);
    let mut leaf = toy("leaf", 0);
    leaf["secret"] = json!(987_654_321);
    let toys = farm.manifest("toys.json", &[leaf, toy_of("parent", &["leaf".into()])]);
    let creditors = trees::creditors(&farm, 17);
    let jobs = [claim("covered", "4000000.50"), trees::rollup()];
    let manifest = farm.manifest("claim.json", &jobs);

    let blinding = to_be_bytes(&opening.blinding());
    let mut secrets = forms(&AMOUNT.to_string(), &(AMOUNT as u64).to_be_bytes());
    let decimal = num(&blinding);
    secrets.extend(forms(&decimal, &blinding));
    secrets.extend(forms("987654321", &987_654_321u64.to_be_bytes()));
    secrets.extend(forms("987654322", &987_654_322u64.to_be_bytes()));
    // Of a list in the tree, and of merged accounts.
    for owed in [trees::owed(3), (0..17).map(trees::owed).sum()] {
        secrets.extend(forms(&owed.to_string(), &(owed as u64).to_be_bytes()));
    }
    let blinding = to_be_bytes(&creditors[3].blinding());
    secrets.extend(forms(&num(&blinding), &blinding));
    let identity = farm.identity.to_file();
    let identity = identity
        .lines()
        .find(|line| line.starts_with("AGE-SECRET-KEY"))
        .unwrap();
    secrets.push(identity.as_bytes().to_vec());
    secrets.push(b"\"blinding\"".to_vec());

    let submitted = claims::submit(&farm, "submit", &manifest);
    let salts = fs::read_to_string(farm.path("tree/secret/salts.json")).unwrap();
    let top = fs::read_to_string(farm.path("tree/secret/opening.json")).unwrap();
    let (salts, top) = (
        Salts::from_json(&salts).unwrap().list(),
        Opening::from_json(&top).unwrap(),
    );
    assert_eq!(salts.len(), 3);
    for secret in salts.iter().chain([&top.blinding()]).map(to_be_bytes) {
        secrets.extend(forms(&num(&secret), &secret));
    }
    farm.submit(&toys);
    farm.sql("CHECKPOINT");
    let mut all = places(&farm);
    let port = free_port();
    let worker = claims::worker(&farm, "a", &["--metrics", &format!("127.0.0.1:{port}")]);
    while farm.states() != [("done".to_owned(), 4), ("queued".to_owned(), 2)] {
        assert!(!worker.log().contains("\"refused\""), "{}", worker.log());
        sleep(Duration::from_millis(100));
    }
    let mut toys = farm.worker("b", &["--drain"]);
    assert_eq!(toys.ended(30), Some(0));
    let metrics = scrape(port);
    let metrics_text = String::from_utf8(metrics.clone()).unwrap();
    assert!(
        metrics_text.contains("covenant_farm_done_total 4\n"),
        "{metrics_text}"
    );
    farm.sql("CHECKPOINT");
    all.extend(places(&farm));
    all.push(("metrics".into(), metrics));
    all.push(("worker's log".into(), worker.log().into_bytes()));
    all.push(("worker's log".into(), toys.log().into_bytes()));
    all.push(("submission".into(), submitted.to_string().into_bytes()));
    assert!(all.len() >= 10, "{}", all.len());
    assert_eq!(found(&all, &secrets), Vec::<String>::new());

    // What is public is there: the search sees.
    let key = submitted["jobs"][0]["key"]
        .as_str()
        .unwrap()
        .trim_start_matches("0x")
        .to_owned();
    let trace = submitted["trace"].as_str().unwrap();
    for name in ["dump", "log", "worker's log"] {
        let place: Vec<_> = all.iter().filter(|(n, _)| n == name).cloned().collect();
        assert!(
            !found(&place, &[key.clone().into_bytes()]).is_empty(),
            "{name}"
        );
        assert!(
            !found(&place, &[trace.as_bytes().to_vec()]).is_empty(),
            "{name}"
        );
    }
    // And so would a secret be.
    let mut owner = farm.server.owner();
    owner
        .batch_execute("CREATE TABLE planted (a text, b bytea)")
        .unwrap();
    for secret in &secrets {
        let text = String::from_utf8_lossy(secret).replace('\0', " ");
        owner
            .execute("INSERT INTO planted VALUES ($1, $2)", &[&text, secret])
            .unwrap();
    }
    let planted = places(&farm);
    for secret in &secrets {
        let places = found(&planted, std::slice::from_ref(secret)).join(" ");
        assert!(places.contains("pg_wal"), "{secret:?}");
        assert!(
            !secret.is_ascii() || secret.contains(&0) || places.contains("dump"),
            "{secret:?}"
        );
    }
}

/// Decimal digits of a big-endian number.
fn num(bytes: &[u8]) -> String {
    let mut digits = vec![0u32];
    for byte in bytes {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            let value = *digit * 256 + carry;
            (*digit, carry) = (value % 10, value / 10);
        }
        while carry > 0 {
            digits.push(carry % 10);
            carry /= 10;
        }
    }
    digits.iter().rev().map(u32::to_string).collect()
}

fn scrape(port: u16) -> Vec<u8> {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
    stream
        .write_all(b"GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n")
        .unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).unwrap();
    answer
}

/// No role reads or writes a table, and each calls its own functions and no other.
#[test]
fn f3_roles_touch_no_table_and_call_their_own_functions_alone() {
    let farm = Farm::new();
    farm.submit(&farm.manifest("jobs.json", &[toy("a", 0)]));
    let calls = [
        ("request", "farm.request('cancel', '[]', '{}', '')"),
        (
            "lease",
            "farm.lease('\\x00000000000000000000000000000000', 'a', 30, '[]')",
        ),
        ("report", "farm.report('renew', '{}', 30, NULL, NULL, NULL)"),
        ("look", "farm.look('queues', '{}')"),
        ("queue_if_ready", "farm.queue_if_ready('')"),
        ("put_away", "farm.put_away('', 'done', NULL)"),
        ("requeue", "farm.requeue('', '', '')"),
        ("send", "pgmq.send('farm_bulk', '{}'::jsonb)"),
        ("read", "pgmq.read('farm_bulk', 1, 1)"),
    ];
    let mut owner = farm.server.owner();
    let tables = "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
        WHERE n.nspname IN ('farm', 'pgmq') AND c.relkind IN ('r', 'p')";
    let tables: Vec<String> = owner
        .query(tables, &[])
        .unwrap()
        .iter()
        .map(|row| row.get(0))
        .collect();
    assert!(tables.contains(&"farm.jobs".into()) && tables.contains(&"pgmq.q_farm_bulk".into()));
    for (user, own) in [
        ("submitter", &["request", "look"][..]),
        ("worker", &["lease", "report"]),
        ("viewer", &["look"]),
    ] {
        // As that user, by the owner's connection.
        owner
            .batch_execute(&format!("SET SESSION AUTHORIZATION {user}"))
            .unwrap();
        let mut denied = |query: &str| match owner.simple_query(query) {
            Ok(_) => false,
            Err(e) if e.code() == Some(&SqlState::INSUFFICIENT_PRIVILEGE) => true,
            Err(e) => panic!("{user}: {query}: {e:?}"),
        };
        for table in &tables {
            assert!(
                denied(&format!("SELECT count(*) FROM {table}")),
                "{user} reads {table}"
            );
            assert!(
                denied(&format!("DELETE FROM {table}")),
                "{user} writes {table}"
            );
        }
        for (name, call) in calls {
            assert_eq!(
                !denied(&format!("SELECT * FROM {call}")),
                own.contains(&name),
                "{user}: {call}"
            );
        }
        owner.batch_execute("RESET SESSION AUTHORIZATION").unwrap();
    }
    // Outputs are for submitters.
    assert_eq!(farm.worker("a", &["--drain"]).ended(30), Some(0));
    for (user, some) in [("submitter", true), ("viewer", false)] {
        let key: Vec<u8> = owner
            .query_one("SELECT key FROM farm.jobs", &[])
            .unwrap()
            .get(0);
        owner
            .batch_execute(&format!("SET SESSION AUTHORIZATION {user}"))
            .unwrap();
        let query = "SELECT output IS NOT NULL FROM farm.look('results', ARRAY[$1::bytea])";
        assert_eq!(
            owner.query_one(query, &[&key]).unwrap().get::<_, bool>(0),
            some,
            "{user}"
        );
        owner.batch_execute("RESET SESSION AUTHORIZATION").unwrap();
    }
    // The doctor sees the same, and that this server logs statements.
    let (exit, said) = farm.verb("viewer", &["doctor"]);
    assert_eq!(exit, Exit::False);
    let checks = said["checks"].as_array().unwrap().iter();
    let wrong: Vec<_> = checks
        .filter(|c| c["holds"] == false)
        .map(|c| c["check"].as_str().unwrap())
        .collect();
    assert_eq!(wrong, ["log_statement", "log_min_duration_statement"]);
    farm.sql("ALTER DATABASE farm SET log_statement = 'none'; ALTER DATABASE farm SET log_min_duration_statement = -1");
    assert_eq!(farm.verb("viewer", &["doctor"]).0, Exit::Done);
    farm.sql("GRANT SELECT ON farm.jobs TO farm_worker");
    assert_eq!(farm.verb("viewer", &["doctor"]).0, Exit::False);
}

/// Nothing is said in plain text over TCP, neither by the client nor to the server, and no server
/// but the one that was named is spoken to.
#[test]
fn f3_a_plaintext_connection_is_refused_by_both_sides() {
    let farm = Farm::new();
    let said = |url: &str, ca: &str| {
        let outcome = covenant_farm::run(
            ["farm", "watch", "--json", "--url", url, "--ca", ca],
            &crate::toy::registry(),
        );
        assert_eq!(outcome.exit, Exit::Unknown);
        assert!(!outcome.out.contains(PASSWORD) && !outcome.out.contains("correct%20horse"));
        outcome.out
    };
    let (ca, url) = (farm.server.ca(), farm.url("viewer"));
    let ca = ca.to_str().unwrap();
    assert_eq!(farm.verb("viewer", &["watch"]).0, Exit::Done);
    for mode in ["disable", "prefer", "require"] {
        let plain = url.replace("verify-full", mode);
        assert!(said(&plain, ca).contains("connection-not-private"));
    }
    // The server refuses it too.
    let plain = url.split('?').next().unwrap();
    let refused = postgres::Client::connect(&format!("{plain}?sslmode=disable"), NoTls)
        .err()
        .unwrap();
    assert_eq!(
        refused.code(),
        Some(&SqlState::INVALID_AUTHORIZATION_SPECIFICATION),
        "{refused:?}"
    );
    // A certificate of another authority; one with another name.
    let other = farm.server.other_ca();
    let refused = said(&url, other.to_str().unwrap());
    assert!(refused.contains("invalid peer certificate"), "{refused}");
    let elsewhere = url.replace("localhost", "127.0.0.1");
    let refused = said(&elsewhere, ca);
    assert!(
        refused.contains("certificate not valid for name \\\"127.0.0.1\\\""),
        "{refused}"
    );
    // A server that has no TLS is told nothing, not even a user.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream
            .set_read_timeout(Some(Duration::from_secs(10)))
            .unwrap();
        let mut request = [0; 8];
        stream.read_exact(&mut request).unwrap();
        stream.write_all(b"N").unwrap();
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).unwrap();
        (request, rest)
    });
    said(&farm.url_at("viewer", port), ca);
    let ssl_request = [0, 0, 0, 8, 4, 210, 22, 47];
    assert_eq!(heard.join().unwrap(), (ssl_request, Vec::new()));
    // Metrics are for this machine alone.
    let mut worker = farm.worker("a", &["--metrics", "0.0.0.0:0"]);
    assert_eq!(worker.ended(10), Some(2));
    assert!(
        worker
            .log()
            .contains("--metrics: expected an address of this machine alone"),
        "{}",
        worker.log()
    );
}
