//! What a verb ends with: a report or a failure, each as text for people and as one JSON
//! object, and the exit code.

use serde_json::{Map, Value, json};
use std::fmt::Display;
use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

/// Exit codes: 0, 1, 2; of many outcomes the largest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Exit {
    /// Proved, or done.
    Done,
    /// Not proved, or false.
    False,
    /// Could not tell: bad usage, an unreadable file, no key.
    Unknown,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// What a verb found.
#[derive(Debug)]
pub(crate) struct Report {
    /// For people.
    pub(crate) text: String,
    /// For `--json`; an object.
    pub(crate) json: Value,
    /// Done or false.
    pub(crate) exit: Exit,
}

impl Report {
    pub(crate) fn done(text: impl Into<String>, json: Value) -> Self {
        Self {
            text: text.into(),
            json,
            exit: Exit::Done,
        }
    }

    pub(crate) fn print(self, as_json: bool) -> Exit {
        let text = if as_json {
            self.json.to_string()
        } else {
            self.text
        };
        if say(&text) { self.exit } else { Exit::Unknown }
    }
}

/// Why a verb did not do what it was asked for.
#[derive(Debug)]
pub(crate) struct Failure {
    message: String,
    exit: Exit,
    details: Map<String, Value>,
}

impl Failure {
    /// Exit code 2.
    pub(crate) fn unknown(message: impl Display) -> Self {
        Self {
            message: message.to_string(),
            exit: Exit::Unknown,
            details: Map::new(),
        }
    }

    /// Exit code 1.
    pub(crate) fn false_claim(message: impl Display) -> Self {
        Self {
            exit: Exit::False,
            ..Self::unknown(message)
        }
    }

    /// Names the file first.
    pub(crate) fn in_file(path: &Path, message: impl Display) -> Self {
        Self::unknown(format!("{}: {message}", path.display()))
    }

    /// Adds a field to the JSON object.
    pub(crate) fn with(mut self, field: &str, value: impl Into<Value>) -> Self {
        self.details.insert(field.into(), value.into());
        self
    }

    /// The same as one of many: what it says, as text and as an object.
    pub(crate) fn report(self) -> Report {
        let mut object = self.details;
        object.insert("error".into(), json!(self.message));
        Report {
            text: self.message,
            json: Value::Object(object),
            exit: self.exit,
        }
    }

    pub(crate) fn print(self, as_json: bool) -> Exit {
        let report = self.report();
        if as_json {
            say(&report.json.to_string());
        } else {
            complain(&report.text);
        }
        report.exit
    }
}

/// A line on stdout; false if it could not be written.
pub(crate) fn say(line: &str) -> bool {
    let mut out = anstream::stdout().lock();
    match writeln!(out, "{}", line.trim_end()).and_then(|()| out.flush()) {
        Ok(()) => true,
        // Whoever reads has seen enough, as with `| head`.
        Err(e) => e.kind() == std::io::ErrorKind::BrokenPipe,
    }
}

/// An error line on stderr.
pub(crate) fn complain(message: &str) {
    let style = anstyle::AnsiColor::Red.on_default().bold();
    let _ = writeln!(anstream::stderr(), "{style}error:{style:#} {message}");
}

/// A note on stderr.
pub(crate) fn note(message: &str) {
    let style = anstyle::AnsiColor::Yellow.on_default().bold();
    let _ = writeln!(anstream::stderr(), "{style}note:{style:#} {message}");
}
