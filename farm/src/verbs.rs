//! The command line. A verb is a file: its arguments, and a `run` that returns a report.

mod cancel;
mod doctor;
mod fetch;
mod init;
mod retry;
mod submit;
mod watch;
mod work;

use crate::connect::{Db, Target};
use crate::failure::{Exit, Failure};
use crate::manifest::Entry;
use crate::queue::Sealed;
use crate::work::Registry;
use clap::{Args, Parser, Subcommand};
use covenant_disclosure::seal::{Recipient, seal_text};
use rand_core::{OsRng, RngCore};
use serde_json::{Value, json};
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::Duration;

/// Most jobs that are asked about, or submitted, at once.
const MOST_AT_ONCE: usize = 200;

/// Most sealed bytes that are submitted at once.
const MOST_BYTES_AT_ONCE: usize = 8 << 20;

/// Queue proving jobs in PostgreSQL, prove them with workers, fetch and verify the proofs.
///
/// Openings are sealed to the workers' key before they leave this machine; the database never has
/// that key. A proof is verified before it is written: a worker can withhold one, not forge one.
///
/// Exit codes: 0 done, 1 not proved or false, 2 could not tell.
#[derive(Parser, Debug)]
#[command(name = "covenant-farm", version, max_term_width = 100)]
struct Cli {
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    verb: Verb,
}

#[derive(Subcommand, Debug)]
enum Verb {
    Init(init::Init),
    Submit(submit::Submit),
    Work(work::Work),
    Watch(watch::Watch),
    Cancel(cancel::Cancel),
    Retry(retry::Retry),
    Fetch(fetch::Fetch),
    Doctor(doctor::Doctor),
}

/// How the database is reached.
#[derive(Args, Debug)]
struct Connection {
    /// postgres://user@host:port/database; a host is only reached over TLS, its certificate and
    /// name checked, a Unix socket as postgres:///database?host=/folder
    #[arg(
        long,
        value_name = "URL",
        env = "COVENANT_FARM_URL",
        hide_env_values = true
    )]
    url: String,
    /// The certificates, in PEM, that the server's comes from
    #[arg(long, value_name = "FILE", env = "COVENANT_FARM_CA")]
    ca: Option<PathBuf>,
    /// A file with the password and nothing else
    #[arg(long, value_name = "FILE", env = "COVENANT_FARM_PASSWORD_FILE")]
    password_file: Option<PathBuf>,
}

impl Connection {
    fn target(&self) -> Result<Target, Failure> {
        let password = self
            .password_file
            .as_deref()
            .map(crate::files::text)
            .transpose()?;
        let password = password
            .as_deref()
            .map(|text| text.trim_end_matches(['\r', '\n']));
        Target::new(&self.url, password, self.ca.as_deref())
    }

    /// A connection for a verb that ends: half a minute of a broken one is sat out.
    fn open(&self) -> Result<Db, Failure> {
        Db::open(
            &self.target()?,
            Duration::from_secs(30),
            Arc::new(AtomicBool::new(false)),
        )
    }
}

/// What a verb says.
struct Report {
    exit: Exit,
    text: String,
    json: Value,
}

/// What a run of the command line prints, and how it ends.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outcome {
    /// The exit code.
    pub exit: Exit,
    /// For stdout.
    pub out: String,
    /// For stderr.
    pub err: String,
}

/// Runs a command line over the kinds that a program knows.
pub fn run<I, T>(arguments: I, registry: &Registry) -> Outcome
where
    I: IntoIterator<Item = T>,
    T: Into<OsString> + Clone,
{
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            let said = error.render().to_string();
            let (exit, out, err) = match error.use_stderr() {
                true => (Exit::Unknown, String::new(), said),
                false => (Exit::Done, said, String::new()),
            };
            return Outcome { exit, out, err };
        }
    };
    let json = cli.json;
    let outcome = match cli.verb {
        Verb::Init(verb) => verb.run(),
        Verb::Submit(verb) => verb.run(registry),
        Verb::Work(verb) => verb.run(registry),
        Verb::Watch(verb) => verb.run(registry),
        Verb::Cancel(verb) => verb.run(registry),
        Verb::Retry(verb) => verb.run(registry),
        Verb::Fetch(verb) => verb.run(registry),
        Verb::Doctor(verb) => verb.run(),
    };
    match outcome {
        Ok(report) => Outcome {
            exit: report.exit,
            out: if json {
                format!("{}\n", report.json)
            } else {
                report.text + "\n"
            },
            err: String::new(),
        },
        Err(failure) => {
            let (code, said) = (failure.code(), failure.to_string());
            let error = json!({ "code": code, "error": said });
            Outcome {
                exit: Exit::Unknown,
                out: if json {
                    format!("{error}\n")
                } else {
                    String::new()
                },
                err: if json {
                    String::new()
                } else {
                    format!("error: {said}\n")
                },
            }
        }
    }
}

/// Whom payloads are sealed to: keys, or files of keys.
fn recipients(named: &[String]) -> Result<Vec<Recipient>, Failure> {
    let mut all = Vec::new();
    for text in named {
        if text.starts_with("age1") {
            let key = text.parse();
            all.push(key.map_err(|e| Failure::at("--to", "an age key, age1 and more", e))?);
        } else {
            let read = crate::files::text(Path::new(text))?;
            let keys = Recipient::read_all(&read);
            all.extend(keys.map_err(|e| Failure::at(text, "a file of age keys", e))?);
        }
    }
    Ok(all)
}

/// A job as it is submitted.
fn sealed(entry: &Entry, recipients: &[Recipient]) -> Result<Sealed, Failure> {
    let sealed = seal_text(&entry.payload, recipients);
    Ok(Sealed {
        key: entry.key,
        spec: entry.spec.clone(),
        queue: entry.queue,
        memory_mb: entry.memory_mb,
        children: entry.children.clone(),
        sealed: sealed.map_err(|e| Failure::at(&entry.name, "a payload that can be sealed", e))?,
        wrong: None,
    })
}

/// A new trace id: what links a submission to what workers log of it.
fn new_trace() -> String {
    let mut bytes = [0; 16];
    OsRng.fill_bytes(&mut bytes);
    crate::job::hex(&bytes)
}
