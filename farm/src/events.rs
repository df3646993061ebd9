//! What a worker logs: a JSON object a line, on stderr. Keys, workers, phases and reasons; never a
//! payload, a proof, an output or a key that opens one.

use crate::job::Key;
use serde_json::{Map, Value};
use std::io::Write;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

/// Where events go.
#[derive(Clone)]
pub struct Events {
    worker: Arc<str>,
    quiet: bool,
}

impl Events {
    /// Of a worker.
    pub fn new(worker: &str, quiet: bool) -> Self {
        Self {
            worker: worker.into(),
            quiet,
        }
    }

    /// Something about the worker.
    pub fn say(&self, event: &str, more: &[(&str, Value)]) {
        self.write(event, None, more);
    }

    /// Something about a job, by its key and the trace of its submission.
    pub fn of(&self, event: &str, key: Key, trace: &str, more: &[(&str, Value)]) {
        self.write(event, Some((key, trace)), more);
    }

    fn write(&self, event: &str, job: Option<(Key, &str)>, more: &[(&str, Value)]) {
        if self.quiet {
            return;
        }
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = now.map_or(0, |d| u64::try_from(d.as_millis()).unwrap_or(u64::MAX));
        let mut line = Map::new();
        line.insert("at_ms".into(), now.into());
        line.insert("event".into(), event.into());
        line.insert("worker".into(), self.worker.to_string().into());
        if let Some((key, trace)) = job {
            line.insert("job".into(), key.to_string().into());
            line.insert("trace".into(), trace.into());
        }
        for (name, value) in more {
            line.insert((*name).into(), value.clone());
        }
        let text = Value::Object(line).to_string() + "\n";
        // Nobody is there to be told that nobody listens.
        let _ = std::io::stderr().lock().write_all(text.as_bytes());
    }
}
