//! Running `covenant` in a directory of its own.
#![allow(dead_code, unreachable_pub, missing_docs)]

pub mod document;
pub mod node;
pub mod schemas;
pub mod signing;

use assert_cmd::Command;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Keys are made once for all tests.
pub const CACHE: &str = concat!(env!("CARGO_TARGET_TMPDIR"), "/cache");

/// The example's folder.
pub fn example(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../examples")
        .join(name)
}

/// The conformance vectors.
pub fn vectors() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../fixtures/data/conformance.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

/// A directory to work in. Keys are cached for all tests together.
pub struct Desk(pub TempDir);

/// What a run of `covenant` gave.
pub struct Run {
    /// The verb that was run, if it has a schema.
    pub verb: Option<String>,
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// The one JSON object on stdout, which is of its schema.
    pub fn json(&self) -> Value {
        assert_eq!(self.stdout.trim_end().lines().count(), 1, "{}", self.stdout);
        let json: Value = serde_json::from_str(&self.stdout).unwrap();
        schemas::check(self.verb.as_deref(), self.code, json.as_object().unwrap());
        json
    }

    pub fn expect(self, code: i32) -> Self {
        assert_eq!(self.code, code, "{}\n{}", self.stdout, self.stderr);
        self
    }
}

impl Desk {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn command(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_covenant"));
        command.current_dir(self.0.path()).env_clear();
        command.env("COVENANT_CACHE_DIR", CACHE);
        command
    }

    /// Runs words separated by blanks.
    pub fn run(&self, line: &str) -> Run {
        self.args(line.split_whitespace())
    }

    pub fn args<I: IntoIterator<Item = S>, S: AsRef<std::ffi::OsStr>>(&self, args: I) -> Run {
        Self::run_of(self.command().args(args))
    }

    /// Runs a command that is made already.
    pub fn run_of(command: &mut Command) -> Run {
        let output = command.output().unwrap();
        let words = command.get_args().map(|word| word.to_string_lossy().into());
        Run {
            verb: schemas::verb(&words.collect::<Vec<_>>()),
            code: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// The demo's basket, committed at that time: `policy.json`, `prices.json`,
    /// `expect.toml` and one folder for each attester.
    pub fn basket(as_of: u64) -> Self {
        let desk = Self::new();
        let demo = example("demo");
        for file in ["policy.json", "prices.csv"] {
            fs::copy(demo.join(file), desk.path(file)).unwrap();
        }
        for account in ACCOUNTS {
            let kind = account.split('-').next().unwrap();
            let csv = demo.join(format!("accounts/{account}.csv"));
            desk.run(&format!(
                "account commit {} --kind {kind} --subject {SUBJECT} --as-of {as_of} --policy policy.json --out {account}",
                csv.display()
            ))
            .expect(0);
        }
        desk.run(&format!(
            "prices build prices.csv --policy policy.json --as-of {as_of} --out prices.json"
        ))
        .expect(0);
        desk.write(
            "expect.toml",
            format!(
                "version = 2\npolicy = \"policy.json\"\nsubject = \"{SUBJECT}\"\nmin_ratio = \"125%\"\nmin_public_debt = \"4000000\"\nmax_account_age = \"1h\"\nmax_price_age = \"1h\"\nmax_clock_skew = \"1m\"\nmax_window = \"0s\"\ncontext = \"\"\nmax_self_declared_collateral = 3\nmax_self_declared_liability = 1\n[prices]\nallow_unsigned = true\n"
            ),
        );
        desk
    }

    /// The arguments that name the basket.
    pub fn inputs() -> String {
        let openings = ACCOUNTS.map(|a| format!("{a}/opening.json"));
        format!(
            "--policy policy.json --prices prices.json --debt 4000000 --opening {}",
            openings.join(" ")
        )
    }
}

pub const SUBJECT: &str = "lei:EXMP00COVENANTDEMO73";
pub const ACCOUNTS: [&str; 4] = [
    "collateral-alder",
    "collateral-northbank",
    "collateral-quay",
    "liability-birch",
];

/// Copies a folder with everything in it that a clone has.
pub fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() == "node_modules" {
            continue;
        }
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every command with the commands under it, as the helps list them; the first is `covenant`
/// itself, by the empty name.
pub fn commands(desk: &Desk) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let mut left = vec![String::new()];
    while let Some(command) = left.pop() {
        let help = desk.run(&format!("{command} --help")).expect(0).stdout;
        let listed = help.split_once("Commands:\n").map_or("", |(_, rest)| rest);
        let lines = listed.lines().take_while(|line| !line.is_empty());
        // Names are indented by two blanks, what continues a line by more.
        let named = lines.filter_map(|line| line.strip_prefix("  "));
        let named = named.filter(|line| !line.starts_with(' '));
        let names = named.filter_map(|line| line.split(' ').next());
        let under: Vec<String> = names
            .filter(|name| *name != "help")
            .map(|name| format!("{command} {name}").trim().to_owned())
            .collect();
        left.extend(under.iter().cloned());
        found.push((command, under));
    }
    found.sort();
    found
}
