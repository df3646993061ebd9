//! `covenant-farm retry`: again what died, was cancelled, or was done wrongly.

use super::submit::{ask, said};
use super::{Connection, MOST_AT_ONCE, Report, new_trace, recipients};
use crate::failure::Failure;
use crate::job::hex;
use crate::manifest;
use crate::queue::{self, Request};
use crate::work::Registry;
use clap::Args;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Put jobs of a manifest back into the queue: the dead, the cancelled, and those whose proof is
/// wrong
///
/// A claim that was refused is false, and stays refused.
#[derive(Args, Debug)]
pub(super) struct Retry {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    manifest: PathBuf,
    /// The workers' age key, or a file of them
    #[arg(long, value_name = "KEY", required = true)]
    to: Vec<String>,
}

impl Retry {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let recipients = recipients(&self.to)?;
        let entries = manifest::read(&self.manifest, registry)?.jobs;
        let mut db = self.connection.open()?;
        let mut wrong = BTreeMap::new();
        for part in entries.chunks(MOST_AT_ONCE) {
            let keys: Vec<_> = part.iter().map(|entry| entry.key).collect();
            for found in queue::results(&mut db, &keys)? {
                let entry = part.iter().find(|entry| entry.key == found.key);
                let Some((entry, work)) =
                    entry.and_then(|e| Some((e, registry.get(&e.spec.kind)?)))
                else {
                    continue;
                };
                if work
                    .document(&entry.spec, &entry.payload, &found.proof)
                    .is_err()
                {
                    wrong.insert(found.key, hex(&Sha256::digest(&found.proof)));
                }
            }
        }
        let trace = new_trace();
        let outcomes = ask(
            &mut db,
            Request::Retry,
            &entries,
            &wrong,
            &recipients,
            &trace,
        )?;
        Ok(said(&entries, &outcomes, &trace))
    }
}
