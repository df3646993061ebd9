//! `covenant-farm fetch`: the proofs of a manifest, each verified before it is written.

use super::{Connection, MOST_AT_ONCE, Report};
use crate::failure::{Exit, Failure};
use crate::files;
use crate::job::Key;
use crate::manifest::{self, Entry, Together};
use crate::queue::{self, Found};
use crate::work::Registry;
use clap::Args;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Fetch the proofs of a manifest, verify each, and write what holds
///
/// A proof that does not is not written, and the worker that made it is named. Of a roll-up, what
/// covenant rollup build writes is in its own folder. Exit code 0 if all are there, 1 if one is wrong
/// or will not come, 2 if some are not done yet.
#[derive(Args, Debug)]
pub(super) struct Fetch {
    #[command(flatten)]
    connection: Connection,
    /// A JSON file of jobs, or a folder of files that end in .jobs.json
    manifest: PathBuf,
    /// The folder that NAME.json of each claim is written to [default: the manifest's]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

impl Fetch {
    pub(super) fn run(self, registry: &Registry) -> Result<Report, Failure> {
        let manifest = manifest::read(&self.manifest, registry)?;
        let entries = &manifest.jobs;
        let mut db = self.connection.open()?;
        let out = self.out();
        files::create_dir(&out)?;
        let (mut exit, mut written, mut jobs, mut lines) = (Exit::Done, 0, Vec::new(), Vec::new());
        // Of what several jobs make together.
        let mut proofs = BTreeMap::new();
        for part in entries.chunks(MOST_AT_ONCE) {
            let keys: Vec<_> = part.iter().map(|entry| entry.key).collect();
            let found = queue::results(&mut db, &keys)?;
            let found: BTreeMap<_, _> = found.into_iter().map(|found| (found.key, found)).collect();
            let states: BTreeMap<_, _> = queue::jobs(&mut db, &keys)?.into_iter().collect();
            for entry in part {
                let mut job = json!({ "name": entry.name, "key": entry.key.to_string() });
                let (of_job, said) = if let Some(found) = found.get(&entry.key) {
                    add(&mut job, "worker", found.worker.clone().into());
                    match write(registry, &out, entry, found)? {
                        Ok(proof) => {
                            written += 1;
                            proofs.extend(entry.file.is_some().then_some((entry.key, proof)));
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
        for whole in manifest.together {
            if let Some(line) = complete(whole, &proofs)? {
                lines.push(line);
            }
        }
        lines.push(format!(
            "{written} of {} verified and written",
            entries.len()
        ));
        Ok(Report {
            exit,
            text: lines.join("\n"),
            json: json!({ "written": written, "of": entries.len(), "jobs": jobs }),
        })
    }

    fn out(&self) -> PathBuf {
        let beside = || match self.manifest.is_dir() {
            true => self.manifest.clone(),
            false => self.manifest.with_file_name(""),
        };
        self.out.clone().unwrap_or_else(beside)
    }
}

/// Writes the file of a proof that holds, or says why it does not.
fn write(
    registry: &Registry,
    out: &Path,
    entry: &Entry,
    found: &Found,
) -> Result<Result<Vec<u8>, String>, Failure> {
    let Some(work) = registry.get(&entry.spec.kind) else {
        return Ok(Err("its kind is not known here".into()));
    };
    let verified = |proof: &[u8]| work.document(&entry.spec, &entry.payload, proof);
    let document = match verified(&found.proof) {
        Ok(document) => document,
        Err(why) => return Ok(Err(why)),
    };
    let Some(path) = &entry.file else {
        let name = |end: &str| out.join(format!("{}{end}", entry.name));
        files::write(&name(".json"), &document)?;
        if let Some(output) = &found.output {
            // As it was sealed by the worker; it proves nothing.
            files::write(&name(".output.age"), output)?;
        }
        return Ok(Ok(found.proof.clone()));
    };
    if files::write_new(path, &document)? {
        return Ok(Ok(found.proof.clone()));
    }
    // What was published may name the one that was fetched before, or made here.
    let kept = files::bytes(path)?;
    verified(&kept).map_err(|why| Failure::file(path, "a proof that holds", why))?;
    Ok(Ok(kept.to_vec()))
}

/// Writes what several jobs make together, if all of them are there.
fn complete(whole: Together, proofs: &BTreeMap<Key, Vec<u8>>) -> Result<Option<String>, Failure> {
    let Together { name, keys, write } = whole;
    let proofs: Option<Vec<_>> = keys.iter().map(|key| proofs.get(key).cloned()).collect();
    let Some(proofs) = proofs else {
        return Ok(None);
    };
    write(&proofs)?;
    Ok(Some(format!("{name}: complete, {} proofs", proofs.len())))
}

fn add(job: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = job {
        fields.insert(name.into(), value);
    }
}
