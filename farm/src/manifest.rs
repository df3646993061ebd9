//! Manifests: the jobs that somebody wants done. A JSON file, or a folder of files that end in
//! `.jobs.json`; every path in one is relative to it. Submitting the same manifest again changes
//! nothing, so a manifest is all that has to be kept to rebuild a queue.

use crate::failure::Failure;
use crate::files::text;
use crate::job::{Key, QueueName, Spec};
use crate::work::{Registry, Whole};
use serde_json::{Map, Value};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// What the names of a folder's manifests end in.
const SUFFIX: &str = ".jobs.json";

/// A job of a manifest.
pub struct Entry {
    /// Its name, unique in the manifest: that of the file that becomes of it.
    pub name: String,
    /// Its key.
    pub key: Key,
    /// What the key is made of.
    pub spec: Spec,
    /// How soon it is wanted.
    pub queue: QueueName,
    /// What a worker needs, in megabytes.
    pub memory_mb: u32,
    /// Whose results it needs, in this order.
    pub children: Vec<Key>,
    /// Secret.
    pub payload: Zeroizing<String>,
    /// Where what becomes of it belongs, if that is not where `fetch` is told.
    pub file: Option<PathBuf>,
}

/// What several jobs make together.
pub struct Together {
    /// The name of their entry.
    pub name: String,
    /// Whose proofs it is made of, in this order.
    pub keys: Vec<Key>,
    /// Writes it.
    pub write: Whole,
}

/// A manifest, read.
pub struct Manifest {
    /// Its jobs, children before their parents.
    pub jobs: Vec<Entry>,
    /// What some of them make together.
    pub together: Vec<Together>,
}

/// Reads a manifest.
pub fn read(path: &Path, registry: &Registry) -> Result<Manifest, Failure> {
    let (mut drafts, mut together) = (Vec::new(), Vec::new());
    for file in files(path)? {
        let text = text(&file)?;
        let said = |e: &dyn std::fmt::Display| Failure::file(&file, "a manifest of jobs", e);
        // Only its line and column: serde's own words quote what they find.
        let value: Value = serde_json::from_str(&text).map_err(|e| {
            said(&format!(
                "no JSON at line {}, column {}",
                e.line(),
                e.column()
            ))
        })?;
        let mut fields = Fields::of(&value).map_err(|e| said(&e))?;
        let version: u32 = fields.number("version").map_err(|e| said(&e))?;
        if version != 1 {
            return Err(said(&format!("version {version}, not 1")));
        }
        let Some(Value::Array(jobs)) = fields.0.remove("jobs") else {
            return Err(said(&"no list \"jobs\""));
        };
        fields.nothing_else().map_err(|e| said(&e))?;
        let folder = file.parent().unwrap_or(Path::new("."));
        for (i, job) in jobs.iter().enumerate() {
            let read = entry(job, folder, registry);
            let (jobs, whole) = read
                .map_err(|e| Failure::at(format!("{}: jobs[{i}]", file.display()), "a job", e))?;
            drafts.extend(jobs);
            together.extend(whole);
        }
    }
    Ok(Manifest {
        jobs: in_order(path, drafts)?,
        together,
    })
}

/// The files of a manifest.
fn files(path: &Path) -> Result<Vec<PathBuf>, Failure> {
    if !path.is_dir() {
        return Ok(vec![path.into()]);
    }
    let unread = |e: std::io::Error| Failure::file(path, "a folder that can be read", e);
    let mut found = Vec::new();
    for file in std::fs::read_dir(path).map_err(unread)? {
        let file = file.map_err(unread)?.path();
        if file.to_str().is_some_and(|name| name.ends_with(SUFFIX)) {
            found.push(file);
        }
    }
    found.sort();
    match found.is_empty() {
        true => Err(Failure::file(path, "files that end in .jobs.json", "none")),
        false => Ok(found),
    }
}

/// The jobs of an entry, whose children are still names, or keys in hex.
type Read = (Vec<(Entry, Vec<String>)>, Option<Together>);

fn entry(job: &Value, folder: &Path, registry: &Registry) -> Result<Read, Failure> {
    let mut fields = Fields::of(job)?;
    let kind = fields.text("kind")?;
    let work = registry
        .get(&kind)
        .ok_or_else(|| Failure::at("kind", registry.names(), format!("{kind:?}")))?;
    let name = fields.text("name")?;
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    if name.is_empty() || name.len() > 100 || name.starts_with('.') || !name.chars().all(fits) {
        let expected = "at most 100 letters, digits, -, _ and ., not first a point";
        return Err(Failure::at("name", expected, format!("{name:?}")));
    }
    let queue = fields.text_or("queue", "bulk")?.parse()?;
    let children = fields.texts("children")?;
    let drafts = work.draft(&Value::Object(fields.0), folder)?;
    if drafts.whole.is_some() && !children.is_empty() {
        let expected = format!("none, as no job of the kind {kind} waits for another");
        return Err(Failure::at("children", expected, format!("{children:?}")));
    }
    let mut jobs = Vec::new();
    for (i, draft) in drafts.jobs.into_iter().enumerate() {
        let entry = Entry {
            name: match drafts.whole {
                Some(_) => format!("{name}.{}", i + 1),
                None => name.clone(),
            },
            key: draft.spec.key(),
            spec: draft.spec,
            queue,
            memory_mb: draft.memory_mb,
            children: Vec::new(),
            payload: draft.payload,
            file: draft.file,
        };
        jobs.push((entry, children.clone()));
    }
    let keys = jobs.iter().map(|(entry, _)| entry.key).collect();
    let together = drafts.whole.map(|write| Together { name, keys, write });
    Ok((jobs, together))
}

/// Resolves the children, and sorts so that each comes before its parents.
fn in_order(path: &Path, drafts: Vec<(Entry, Vec<String>)>) -> Result<Vec<Entry>, Failure> {
    let mut keys = BTreeMap::new();
    for (entry, _) in &drafts {
        if keys.insert(entry.name.clone(), entry.key).is_some() {
            return Err(Failure::file(
                path,
                "each name once",
                format!("{:?} again", entry.name),
            ));
        }
    }
    let mut once = BTreeMap::new();
    for (entry, _) in &drafts {
        if let Some(other) = once.insert(entry.key, &entry.name) {
            let got = format!("{:?} and {:?} of the same", other, entry.name);
            return Err(Failure::file(path, "each job once", got));
        }
    }
    let mut waiting = Vec::new();
    for (mut entry, children) in drafts {
        for child in children {
            let key = keys.get(&child).copied().or_else(|| child.parse().ok());
            entry.children.push(key.ok_or_else(|| {
                let expected = "the name of a job in the manifest, or the key of one";
                Failure::at(
                    format!("{}: children of {}", path.display(), entry.name),
                    expected,
                    format!("{child:?}"),
                )
            })?);
        }
        waiting.push(entry);
    }
    let here: BTreeSet<Key> = keys.into_values().collect();
    let (mut placed, mut sorted) = (BTreeSet::new(), Vec::new());
    while !waiting.is_empty() {
        let before = sorted.len();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|entry| {
            let mut children = entry.children.iter();
            children.all(|child| placed.contains(child) || !here.contains(child))
        });
        placed.extend(ready.iter().map(|entry| entry.key));
        sorted.extend(ready);
        waiting = rest;
        if let (Some(stuck), true) = (waiting.first(), sorted.len() == before) {
            let got = format!("{:?}, which waits for itself", stuck.name);
            return Err(Failure::file(
                path,
                "jobs that can be done in some order",
                got,
            ));
        }
    }
    Ok(sorted)
}

/// The fields of an object: each is taken once, and none may be left.
pub struct Fields(Map<String, Value>);

impl Fields {
    /// Those of an object.
    pub fn of(value: &Value) -> Result<Self, Failure> {
        match value {
            Value::Object(fields) => Ok(Self(fields.clone())),
            _ => Err(Failure::at("entry", "an object", "something else")),
        }
    }

    /// A text that must be there.
    pub fn text(&mut self, field: &str) -> Result<String, Failure> {
        match self.0.remove(field) {
            Some(Value::String(text)) => Ok(text),
            Some(_) => Err(Failure::at(field, "a text", "something else")),
            None => Err(Failure::at(field, "a text", "nothing")),
        }
    }

    /// A text that may be missing.
    pub fn text_or(&mut self, field: &str, missing: &str) -> Result<String, Failure> {
        match self.0.contains_key(field) {
            true => self.text(field),
            false => Ok(missing.into()),
        }
    }

    /// A whole number that must be there.
    pub fn number(&mut self, field: &str) -> Result<u32, Failure> {
        let number = self.0.remove(field).and_then(|n| n.as_u64());
        let number = number.and_then(|n| u32::try_from(n).ok());
        number.ok_or_else(|| Failure::at(field, "a whole number below 2^32", "something else"))
    }

    /// Unix seconds that may be missing.
    pub fn time(&mut self, field: &str) -> Result<Option<u64>, Failure> {
        match self.0.remove(field) {
            None => Ok(None),
            Some(value) => {
                let time = value.as_u64();
                time.map(Some)
                    .ok_or_else(|| Failure::at(field, "Unix seconds", "something else"))
            }
        }
    }

    /// A list of texts; missing is empty.
    pub fn texts(&mut self, field: &str) -> Result<Vec<String>, Failure> {
        let wrong = || Failure::at(field, "a list of texts", "something else");
        match self.0.remove(field) {
            None => Ok(Vec::new()),
            Some(Value::Array(items)) => {
                let texts = items.into_iter().map(|item| match item {
                    Value::String(text) => Ok(text),
                    _ => Err(wrong()),
                });
                texts.collect()
            }
            Some(_) => Err(wrong()),
        }
    }

    /// That every field was one of these.
    pub fn nothing_else(&self) -> Result<(), Failure> {
        match self.0.keys().next() {
            None => Ok(()),
            Some(name) => Err(Failure::at("entry", "no other field", format!("{name:?}"))),
        }
    }
}
