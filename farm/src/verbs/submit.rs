//! `covenant-farm submit`: seals the jobs of a manifest and puts them into the queue.

use super::{Connection, MOST_AT_ONCE, MOST_BYTES_AT_ONCE, Report, new_trace, recipients, sealed};
use crate::connect::Db;
use crate::failure::{Exit, Failure};
use crate::job::Key;
use crate::manifest::{self, Entry};
use crate::queue::{self, Request, Sealed};
use crate::work::Registry;
use clap::Args;
use covenant_disclosure::seal::Recipient;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Seal the jobs of a manifest and put them into the queue
///
/// Those that are there already are left as they are, so the same manifest can be submitted again at
/// any time, and rebuilds a queue that was lost.
#[derive(Args, Debug)]
pub(super) struct Submit {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    manifest: PathBuf,
    /// The workers' age key, or a file of them
    #[arg(long, value_name = "KEY", required = true)]
    to: Vec<String>,
}

impl Submit {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let recipients = recipients(&self.to)?;
        let entries = manifest::read(&self.manifest, registry)?.jobs;
        let mut db = self.connection.open()?;
        let trace = new_trace();
        let outcomes = ask(
            &mut db,
            Request::Submit,
            &entries,
            &BTreeMap::new(),
            &recipients,
            &trace,
        )?;
        Ok(said(&entries, &outcomes, &trace))
    }
}

/// Asks for jobs, in parts that the database takes at once. `wrong` has the proofs to be replaced.
pub(super) fn ask(
    db: &mut Db,
    what: Request,
    entries: &[Entry],
    wrong: &BTreeMap<Key, String>,
    recipients: &[Recipient],
    trace: &str,
) -> Result<BTreeMap<Key, String>, Failure> {
    let (mut outcomes, mut part, mut bytes) = (BTreeMap::new(), Vec::<Sealed>::new(), 0);
    for entry in entries {
        let mut job = sealed(entry, recipients)?;
        job.wrong = wrong.get(&entry.key).cloned();
        let size = job.sealed.len() + job.spec.public.len();
        if part.len() == MOST_AT_ONCE || (!part.is_empty() && bytes + size > MOST_BYTES_AT_ONCE) {
            outcomes.extend(queue::request(db, what, &part, trace)?);
            (part, bytes) = (Vec::new(), 0);
        }
        bytes += size;
        part.push(job);
    }
    outcomes.extend(queue::request(db, what, &part, trace)?);
    Ok(outcomes)
}

/// How many became what, and each.
pub(super) fn said(entries: &[Entry], outcomes: &BTreeMap<Key, String>, trace: &str) -> Report {
    let mut counts = BTreeMap::new();
    for outcome in outcomes.values() {
        *counts.entry(outcome.clone()).or_insert(0) += 1;
    }
    let text: Vec<_> = counts
        .iter()
        .map(|(outcome, n)| format!("{n} {outcome}"))
        .collect();
    let jobs = entries.iter().map(|entry| {
        json!({
            "name": entry.name,
            "key": entry.key.to_string(),
            "outcome": outcomes.get(&entry.key),
        })
    });
    Report {
        exit: Exit::Done,
        text: format!("{} (trace {trace})", text.join(", ")),
        json: json!({ "trace": trace, "counts": counts, "jobs": jobs.collect::<Vec<_>>() }),
    }
}
