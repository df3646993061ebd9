//! `covenant-farm cancel`: jobs that nobody wants any more.

use super::{Connection, MOST_AT_ONCE, Report};
use crate::failure::{Exit, Failure};
use crate::job::{Key, QueueName, Spec};
use crate::manifest;
use crate::queue::{self, Request, Sealed};
use crate::work::Registry;
use clap::Args;
use serde_json::json;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Cancel jobs that have not ended, by their keys or all of a manifest
///
/// A worker that has one is told when it next renews its lease. The sealed openings are deleted.
#[derive(Args, Debug)]
pub(super) struct Cancel {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    #[arg(required_unless_present = "key")]
    manifest: Option<PathBuf>,
    /// The key of a job
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
}

impl Cancel {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let mut keys = self
            .key
            .iter()
            .map(|key| key.parse())
            .collect::<Result<Vec<Key>, _>>()?;
        if let Some(path) = &self.manifest {
            keys.extend(
                manifest::read(path, registry)?
                    .jobs
                    .iter()
                    .map(|entry| entry.key),
            );
        }
        let mut db = self.connection.open()?;
        let mut outcomes = BTreeMap::new();
        for part in keys.chunks(MOST_AT_ONCE) {
            let jobs: Vec<_> = part.iter().copied().map(key_alone).collect();
            outcomes.extend(queue::request(&mut db, Request::Cancel, &jobs, "")?);
        }
        let cancelled = outcomes
            .values()
            .filter(|outcome| *outcome == "cancelled")
            .count();
        let others: Vec<_> = outcomes
            .iter()
            .filter(|(_, outcome)| *outcome != "cancelled")
            .collect();
        let mut text = format!("{cancelled} cancelled");
        for (key, outcome) in &others {
            text += &format!("\n{key}: {outcome}, left as it is");
        }
        let jobs = outcomes
            .iter()
            .map(|(key, outcome)| json!({ "key": key.to_string(), "outcome": outcome }));
        Ok(Report {
            exit: if others.is_empty() {
                Exit::Done
            } else {
                Exit::False
            },
            text,
            json: json!({ "cancelled": cancelled, "jobs": jobs.collect::<Vec<_>>() }),
        })
    }
}

/// All that is needed of a job to cancel it.
fn key_alone(key: Key) -> Sealed {
    Sealed {
        key,
        spec: Spec {
            kind: String::new(),
            circuit: String::new(),
            ceremony: [0; 32],
            public: Vec::new(),
        },
        queue: QueueName::Bulk,
        memory_mb: 0,
        children: Vec::new(),
        sealed: Vec::new(),
        wrong: None,
    }
}
