//! What a figure was measured on.

use serde::{Deserialize, Serialize};
use std::process::Command;

/// The machine, the code and the day.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Machine {
    /// The processor's name.
    pub model: String,
    /// Threads that may run at once.
    pub cores: usize,
    /// Bytes.
    pub memory: u64,
    /// Load over the last minute at the start: a machine that is not idle says so.
    pub load: f64,
    /// The commit, with `+` where files differ from it.
    pub commit: String,
    /// Of the start, UTC.
    pub date: String,
}

fn said(program: &str, arguments: &[&str]) -> String {
    Command::new(program)
        .args(arguments)
        .output()
        .map(|o| String::from_utf8_lossy(&o.stdout).trim().to_owned())
        .unwrap_or_default()
}

fn field(text: &str, name: &str) -> Option<String> {
    let line = text.lines().find(|l| l.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

impl Machine {
    /// This one, now. What cannot be had stays empty.
    pub fn here() -> Self {
        let meminfo = std::fs::read_to_string("/proc/meminfo").unwrap_or_default();
        let memory = field(&meminfo, "MemTotal")
            .and_then(|m| m.trim_end_matches("kB").trim().parse::<u64>().ok())
            .unwrap_or_default();
        let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
        let changed = said("git", &["status", "--porcelain", "--untracked-files=no"]);
        let mark = if changed.is_empty() { "" } else { "+" };
        Self {
            model: field(&said("lscpu", &[]), "Model name").unwrap_or_default(),
            cores: std::thread::available_parallelism().map_or(0, usize::from),
            memory: memory * 1024,
            load: load
                .split(' ')
                .next()
                .and_then(|l| l.parse().ok())
                .unwrap_or_default(),
            commit: said("git", &["rev-parse", "--short=12", "HEAD"]) + mark,
            date: said("date", &["-u", "+%Y-%m-%d %H:%M"]),
        }
    }
}
