//! A farm: a server, its users, manifests, and worker processes.

use crate::figures::cpu_of;
use crate::server::Server;
use crate::toy;
use covenant_disclosure::seal::Identity;
use covenant_farm::{Exit, Outcome, run};
use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::sleep;
use std::time::{Duration, Instant};

pub(crate) const PASSWORD: &str = "correct horse";

pub(crate) struct Farm {
    pub(crate) server: Server,
    pub(crate) identity: Identity,
}

impl Farm {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    /// Installed with options of `init`.
    pub(crate) fn with(options: &[&str]) -> Self {
        let farm = Self {
            server: Server::start(),
            identity: Identity::generate(),
        };
        fs::write(farm.identity_file(), farm.identity.to_file().as_bytes()).unwrap();
        farm.init(options);
        for role in ["submitter", "worker", "viewer"] {
            farm.sql(&format!(
                "CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'; GRANT farm_{role} TO {role}"
            ));
        }
        farm
    }

    pub(crate) fn init(&self, options: &[&str]) {
        let url = self.server.socket();
        let outcome = run(
            [&["farm", "init", "--url", &url], options].concat(),
            &toy::registry(),
        );
        assert_eq!(outcome.exit, Exit::Done, "{outcome:?}");
    }

    pub(crate) fn sql(&self, text: &str) {
        self.server.owner().batch_execute(text).unwrap();
    }

    /// A number, as the owner sees it.
    pub(crate) fn count(&self, query: &str) -> i64 {
        self.server.owner().query_one(query, &[]).unwrap().get(0)
    }

    pub(crate) fn states(&self) -> Vec<(String, i64)> {
        let query = "SELECT state, count(*) FROM farm.jobs GROUP BY 1 ORDER BY 1";
        let rows = self.server.owner().query(query, &[]).unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.server.dir.path().join(name)
    }
    pub(crate) fn identity_file(&self) -> PathBuf {
        self.path("identity")
    }
    pub(crate) fn url(&self, user: &str) -> String {
        self.url_at(user, self.server.port)
    }
    pub(crate) fn url_at(&self, user: &str, port: u16) -> String {
        let password = PASSWORD.replace(' ', "%20");
        format!("postgres://{user}:{password}@localhost:{port}/farm?sslmode=verify-full")
    }

    /// The options that every verb needs.
    pub(crate) fn as_user(&self, user: &str) -> Vec<String> {
        vec![
            "--url".into(),
            self.url(user),
            "--ca".into(),
            self.server.ca().display().to_string(),
        ]
    }

    /// A verb of a user, in this process.
    pub(crate) fn verb(&self, user: &str, arguments: &[&str]) -> (Exit, Value) {
        let outcome = self.outcome(user, arguments);
        assert!(outcome.err.is_empty(), "{outcome:?}");
        (outcome.exit, serde_json::from_str(&outcome.out).unwrap())
    }

    pub(crate) fn outcome(&self, user: &str, arguments: &[&str]) -> Outcome {
        let mut all = vec!["farm".to_owned(), arguments[0].to_owned(), "--json".into()];
        all.extend(self.as_user(user));
        all.extend(arguments[1..].iter().map(|a| (*a).to_owned()));
        run(all, &toy::registry())
    }

    /// Writes a manifest of jobs.
    pub(crate) fn manifest(&self, name: &str, jobs: &[Value]) -> String {
        let path = self.path(name);
        fs::write(&path, json!({ "version": 1, "jobs": jobs }).to_string()).unwrap();
        path.display().to_string()
    }

    pub(crate) fn submit(&self, manifest: &str) -> Value {
        let to = self.identity.recipient().to_string();
        let (exit, said) = self.verb("submitter", &["submit", manifest, "--to", &to]);
        assert_eq!(exit, Exit::Done, "{said}");
        said
    }

    pub(crate) fn retry(&self, manifest: &str) -> Value {
        let to = self.identity.recipient().to_string();
        let (exit, said) = self.verb("submitter", &["retry", manifest, "--to", &to]);
        assert_eq!(exit, Exit::Done, "{said}");
        said
    }

    /// Waits for all of a manifest to end.
    pub(crate) fn wait(&self, manifest: &str, seconds: u32) -> (Exit, Value) {
        self.verb(
            "viewer",
            &["watch", manifest, "--wait", &seconds.to_string()],
        )
    }

    pub(crate) fn fetch(&self, manifest: &str, out: &str) -> (Exit, Value) {
        let out = self.path(out).display().to_string();
        self.verb("submitter", &["fetch", manifest, "--out", &out])
    }

    /// A worker process that knows the toy kind.
    pub(crate) fn worker(&self, name: &str, options: &[&str]) -> Worker {
        self.worker_at(&self.url("worker"), name, options)
    }

    pub(crate) fn worker_at(&self, url: &str, name: &str, options: &[&str]) -> Worker {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args([
            "--exact",
            "harness::worker_process",
            "--ignored",
            "--nocapture",
        ]);
        let (ca, identity) = (self.server.ca(), self.identity_file());
        let arguments = [
            &[
                "farm",
                "work",
                "--url",
                url,
                "--name",
                name,
                "--ca",
                ca.to_str().unwrap(),
            ],
            &["--identity", identity.to_str().unwrap(), "--poll", "50"][..],
            options,
        ];
        command.env("FARM_TEST_ARGUMENTS", json!(arguments.concat()).to_string());
        Worker::spawn(command)
    }

    /// Every job done, once: a result and a single message each, no opening left, nothing queued.
    pub(crate) fn assert_each_done_once(&self, jobs: i64) {
        assert_eq!(self.states(), [("done".to_owned(), jobs)]);
        assert_eq!(self.count("SELECT count(*) FROM farm.results"), jobs);
        assert_eq!(
            self.count("SELECT count(*) FROM farm.jobs WHERE sealed IS NOT NULL"),
            0
        );
        assert_eq!(self.messages("q"), 0);
        assert_eq!(self.messages("a"), jobs);
        let twice = "SELECT count(*) FROM (SELECT message->>'key' FROM pgmq.a_farm_bulk GROUP BY 1 \
            HAVING count(*) > 1) x";
        assert_eq!(self.count(twice), 0);
    }

    pub(crate) fn messages(&self, table: &str) -> i64 {
        let queues = ["urgent", "hourly", "bulk"];
        queues
            .iter()
            .map(|q| self.count(&format!("SELECT count(*) FROM pgmq.{table}_farm_{q}")))
            .sum()
    }
}

/// A job of the toy kind.
pub(crate) fn toy(name: &str, ms: u32) -> Value {
    json!({ "kind": "toy", "name": name, "id": name, "ms": ms, "secret": 1 })
}

/// One that ends in a certain way.
pub(crate) fn toy_that(name: &str, ms: u32, behaviour: &str) -> Value {
    let mut job = toy(name, ms);
    job["behaviour"] = behaviour.into();
    job
}

/// One with children.
pub(crate) fn toy_of(name: &str, children: &[String]) -> Value {
    let mut job = toy(name, 0);
    job["children"] = json!(children);
    job
}

/// What a worker took, and how it ended.
pub(crate) struct Cost {
    pub(crate) exit: Option<i32>,
    pub(crate) cpu_s: f64,
    pub(crate) peak_mb: u64,
}

pub(crate) struct Worker {
    child: Child,
    lines: Arc<Mutex<Vec<String>>>,
}

impl Worker {
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = Arc::new(Mutex::new(Vec::new()));
        let (stderr, kept) = (child.stderr.take().unwrap(), lines.clone());
        std::thread::spawn(move || {
            for line in BufReader::new(stderr).lines().map_while(Result::ok) {
                kept.lock().unwrap().push(line);
            }
        });
        Self { child, lines }
    }

    pub(crate) fn log(&self) -> String {
        self.lines.lock().unwrap().join("\n")
    }

    /// Waits for a line with all of these.
    pub(crate) fn wait_for(&self, parts: &[&str]) -> String {
        let began = Instant::now();
        loop {
            let lines = self.lines.lock().unwrap().clone();
            if let Some(line) = lines
                .into_iter()
                .find(|line| parts.iter().all(|part| line.contains(part)))
            {
                return line;
            }
            assert!(
                began.elapsed() < Duration::from_secs(60),
                "no {parts:?} in {}",
                self.log()
            );
            sleep(Duration::from_millis(5));
        }
    }

    pub(crate) fn signal(&self, name: &str) {
        let id = self.child.id().to_string();
        assert!(
            Command::new("kill")
                .args([name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// What it took until it ended, of which nothing is left once it is waited for.
    pub(crate) fn measured(&mut self) -> Cost {
        let id = self.child.id().to_string();
        let (mut cpu_s, mut peak_mb) = (0.0, 0);
        loop {
            let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap();
            if let Some((_, peak)) = status.split_once("VmHWM:") {
                let kb: u64 = peak.split_whitespace().next().unwrap().parse().unwrap();
                peak_mb = peak_mb.max(kb / 1024);
            }
            let (state, own, _) = cpu_of(&id).unwrap();
            cpu_s = own.max(cpu_s);
            if state == 'Z' {
                break;
            }
            sleep(Duration::from_millis(50));
        }
        Cost {
            exit: self.child.wait().unwrap().code(),
            cpu_s,
            peak_mb,
        }
    }

    /// Its exit code, once it ended.
    pub(crate) fn ended(&mut self, seconds: u64) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            assert!(
                began.elapsed() < Duration::from_secs(seconds),
                "still works: {}",
                self.log()
            );
            sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// No test: what [`Farm::worker`] runs in a process of its own.
#[test]
#[ignore = "it is a worker process of the other tests"]
fn worker_process() {
    let Ok(arguments) = std::env::var("FARM_TEST_ARGUMENTS") else {
        return;
    };
    let arguments: Vec<String> = serde_json::from_str(&arguments).unwrap();
    let outcome = run(arguments, &toy::registry());
    eprint!("{}", outcome.err);
    std::process::exit(outcome.exit as i32);
}

/// Text files of a folder.
pub(crate) fn names(folder: &Path) -> Vec<String> {
    let Ok(found) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut names: Vec<_> = found
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
