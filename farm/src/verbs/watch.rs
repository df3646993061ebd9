//! `covenant-farm watch`: how far the queue is.

use super::{Connection, MOST_AT_ONCE, Report};
use crate::connect::Db;
use crate::failure::{Exit, Failure};
use crate::job::Key;
use crate::manifest;
use crate::queue::{self, JobState};
use crate::work::Registry;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Say how far the queue is, or the jobs of a manifest
///
/// Exit code 0 if all are done, 1 if one will not be (refused, dead, cancelled, or waiting for one
/// that is), 2 if some are still to come.
#[derive(Args, Debug)]
pub(super) struct Watch {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    manifest: Option<PathBuf>,
    /// Wait until there is nothing to wait for, but at most so many seconds
    #[arg(long, value_name = "SECONDS", num_args = 0..=1, default_missing_value = "31536000")]
    wait: Option<u64>,
}

impl Watch {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let keys = match &self.manifest {
            Some(path) => {
                let entries = manifest::read(path, registry)?.jobs;
                Some(
                    entries
                        .into_iter()
                        .map(|e| (e.key, e.name))
                        .collect::<BTreeMap<_, _>>(),
                )
            }
            None => None,
        };
        let mut db = self.connection.open()?;
        let began = Instant::now();
        loop {
            let report = match &keys {
                Some(keys) => jobs(&mut db, keys)?,
                None => queues(&mut db)?,
            };
            let more = self
                .wait
                .is_some_and(|wait| began.elapsed() < Duration::from_secs(wait));
            if report.exit != Exit::Unknown || !more {
                return Ok(report);
            }
            sleep(Duration::from_millis(500));
        }
    }
}

fn queues(db: &mut Db) -> Result<Report, Failure> {
    let (mut exit, mut lines) = (Exit::Done, Vec::new());
    let counts = queue::counts(db)?;
    for c in &counts {
        if c.ready + c.leased > 0 {
            exit = Exit::Unknown;
        } else if c.refused + c.dead + c.cancelled + c.waiting > 0 && exit == Exit::Done {
            exit = Exit::False;
        }
        lines.push(format!(
            "{:7} {} ready, {} waiting, {} leased, {} done, {} refused, {} dead, {} cancelled",
            c.queue, c.ready, c.waiting, c.leased, c.done, c.refused, c.dead, c.cancelled
        ));
    }
    Ok(Report {
        exit,
        text: lines.join("\n"),
        json: json!({ "queues": counts }),
    })
}

/// What becomes of a job, as far as it can be told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Done,
    Never,
    Open,
}

fn jobs(db: &mut Db, names: &BTreeMap<Key, String>) -> Result<Report, Failure> {
    let keys: Vec<Key> = names.keys().copied().collect();
    let mut states = BTreeMap::new();
    for part in keys.chunks(MOST_AT_ONCE) {
        states.extend(queue::jobs(db, part)?);
    }
    let (mut fates, mut counts, mut lines, mut told) =
        (BTreeMap::new(), BTreeMap::new(), Vec::new(), Vec::new());
    for (key, name) in names {
        let state = states.get(key);
        let said = state.map_or("not in the queue", |state| state.state.as_str());
        *counts.entry(said.to_owned()).or_insert(0u64) += 1;
        fates.insert(*key, fate(*key, &states, 0));
        if let Some(state) = state {
            let waits: Vec<_> = state
                .waits_for
                .iter()
                .map(|w| format!("0x{} ({})", w.key, w.state))
                .collect();
            if let Some(reason) = &state.reason {
                lines.push(format!("{name}: {said}: {reason}"));
            }
            if fates.get(key) == Some(&Fate::Never) && !waits.is_empty() {
                lines.push(format!("{name}: waits for {}", waits.join(", ")));
            }
            told.push(json!({
                "name": name, "key": key.to_string(), "state": said, "worker": state.worker,
                "deliveries": state.deliveries, "reason": state.reason, "trace": state.trace,
                "waits_for": state.waits_for,
            }));
        } else {
            told.push(json!({ "name": name, "key": key.to_string(), "state": said }));
        }
    }
    let has = |fate| fates.values().any(|f| *f == fate);
    let exit = match (has(Fate::Open), has(Fate::Never)) {
        (true, _) => Exit::Unknown,
        (false, true) => Exit::False,
        (false, false) => Exit::Done,
    };
    let totals: Vec<_> = counts
        .iter()
        .map(|(state, n)| format!("{n} {state}"))
        .collect();
    lines.push(totals.join(", "));
    Ok(Report {
        exit,
        text: lines.join("\n"),
        json: json!({ "counts": counts, "jobs": told }),
    })
}

/// A job that waits for one that will not be done will not be either. Trees are shallow; what is
/// deeper than a thousand is left open.
fn fate(key: Key, states: &BTreeMap<Key, JobState>, depth: u32) -> Fate {
    let Some(state) = states.get(&key) else {
        return Fate::Open;
    };
    match state.state.as_str() {
        "done" => Fate::Done,
        "refused" | "dead" | "cancelled" => Fate::Never,
        _ if depth > 1000 => Fate::Open,
        _ => {
            let stuck = state.waits_for.iter().any(|child| {
                let known = format!("0x{}", child.key).parse();
                let ended = ["refused", "dead", "cancelled"].contains(&child.state.as_str());
                ended || known.is_ok_and(|key| fate(key, states, depth + 1) == Fate::Never)
            });
            if stuck { Fate::Never } else { Fate::Open }
        }
    }
}
