//! `covenant-farm fetch`: the proofs of a manifest, each verified before it is written.

use super::{Connection, MOST_AT_ONCE, Report};
use crate::failure::{Exit, Failure};
use crate::manifest::{self, Entry};
use crate::queue::{self, Found};
use crate::work::Registry;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

/// Fetch the proofs of a manifest, verify each, and write what holds
///
/// A proof that does not is not written, and the worker that made it is named. Exit code 0 if all
/// are there, 1 if one is wrong or will not come, 2 if some are not done yet.
#[derive(Args, Debug)]
pub(super) struct Fetch {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    manifest: PathBuf,
    /// The folder that NAME.json of each job is written to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Fetch {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let entries = manifest::read(&self.manifest, registry)?;
        let mut db = self.connection.open()?;
        let unwritable = |e| Failure::file(&self.out, "a folder that can be written to", e);
        std::fs::create_dir_all(&self.out).map_err(unwritable)?;
        let (mut exit, mut written, mut jobs, mut lines) = (Exit::Done, 0, Vec::new(), Vec::new());
        for part in entries.chunks(MOST_AT_ONCE) {
            let keys: Vec<_> = part.iter().map(|entry| entry.key).collect();
            let found = queue::results(&mut db, &keys)?;
            let found: BTreeMap<_, _> = found.into_iter().map(|found| (found.key, found)).collect();
            let states: BTreeMap<_, _> = queue::jobs(&mut db, &keys)?.into_iter().collect();
            for entry in part {
                let mut job = json!({ "name": entry.name, "key": entry.key.to_string() });
                let (of_job, said) = if let Some(found) = found.get(&entry.key) {
                    add(&mut job, "worker", found.worker.clone().into());
                    match self.write(registry, entry, found)? {
                        Ok(()) => {
                            written += 1;
                            (Exit::Done, "written".to_owned())
                        }
                        Err(why) => {
                            let said = format!("wrong, from the worker {}: {why}", found.worker);
                            (Exit::False, said)
                        }
                    }
                } else {
                    let state = states.get(&entry.key);
                    let name = state.map_or("not in the queue", |s| s.state.as_str());
                    let ended = ["refused", "dead", "cancelled"].contains(&name);
                    let reason = state
                        .and_then(|s| s.reason.clone())
                        .map(|r| format!(": {r}"));
                    let exit = if ended { Exit::False } else { Exit::Unknown };
                    (exit, format!("{name}{}", reason.unwrap_or_default()))
                };
                if of_job != Exit::Done {
                    lines.push(format!("{}: {said}", entry.name));
                    // A wrong one is told even where others are not done.
                    exit = if exit == Exit::False { exit } else { of_job };
                }
                add(&mut job, "outcome", said.into());
                jobs.push(job);
            }
        }
        lines.push(format!(
            "{written} of {} verified and written to {}",
            entries.len(),
            self.out.display()
        ));
        Ok(Report {
            exit,
            text: lines.join("\n"),
            json: json!({ "written": written, "of": entries.len(), "jobs": jobs }),
        })
    }

    /// Writes the file of a proof that holds, or says why it does not.
    fn write(
        &self,
        registry: &Registry,
        entry: &Entry,
        found: &Found,
    ) -> Result<Result<(), String>, Failure> {
        let Some(work) = registry.get(&entry.spec.kind) else {
            return Ok(Err("its kind is not known here".into()));
        };
        match work.document(&entry.spec, &entry.payload, &found.proof) {
            Err(why) => Ok(Err(why)),
            Ok(document) => {
                let name = |end: &str| self.out.join(format!("{}{end}", entry.name));
                write(&name(".json"), document.as_bytes())?;
                if let Some(output) = &found.output {
                    // As it was sealed by the worker; it proves nothing.
                    write(&name(".output.age"), output)?;
                }
                Ok(Ok(()))
            }
        }
    }
}

fn add(job: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = job {
        fields.insert(name.into(), value);
    }
}

/// Whole or not at all.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let failed = |e: std::io::Error| Failure::file(path, "a file that can be written", e.kind());
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    file.persist(path).map_err(|e| failed(e.error))?;
    Ok(())
}
