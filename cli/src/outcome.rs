//! What a verb ends with: a report or a failure, each as text for people and as one JSON
//! object, and the exit code.

use crate::codes::{Code, Coded};
use crate::explain::coverage::Step;
use crate::explain::refusal::BindingRule;
use crate::explain::remedy::Remedies;
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;
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

/// What a verb prints for `--json`: a type with a schema in docs/schemas.
pub(crate) trait Output: Serialize + JsonSchema {}

impl<T: Serialize + JsonSchema> Output for T {}

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
    pub(crate) fn new(
        exit: Exit,
        text: impl Into<String>,
        output: &impl Output,
    ) -> Result<Self, Failure> {
        Ok(Self {
            text: text.into(),
            json: serde_json::to_value(output).map_err(|e| Failure::new(Code::Internal, e))?,
            exit,
        })
    }

    /// Exit code 0.
    pub(crate) fn done(text: impl Into<String>, output: &impl Output) -> Result<Self, Failure> {
        Self::new(Exit::Done, text, output)
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

/// What a verb prints for `--json` where it did not do what it was told to. Fields that are
/// not known are left out.
#[derive(Serialize, JsonSchema, Debug)]
#[schemars(rename = "error")]
pub(crate) struct FailureOutput {
    /// What went wrong, for people. The words may change with any version.
    pub(crate) error: String,
    /// What went wrong, for programs: see docs/errors.md.
    pub(crate) code: Code,
    /// The exit code: 1 where something is not proved or false, 2 where that could not be told.
    #[schemars(range(min = 1, max = 2))]
    pub(crate) exit: u8,
    /// The file that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) file: Option<String>,
    /// The line in the file, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) line: Option<u64>,
    /// The column in the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) column: Option<u64>,
    /// The field, such as `assets[3].tiers[0].weight_bps`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) field: Option<String>,
    /// What belongs there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expected: Option<String>,
    /// What was found. Never a secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) got: Option<String>,
    /// `false` where a claim was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) proved: Option<bool>,
    /// The clause that fails: `S1` to `S7`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) clause: Option<String>,
    /// The scenario that is not covered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) scenario: Option<String>,
    /// What is required there, in quote units, exact. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) required: Option<String>,
    /// What counts there. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) counted: Option<String>,
    /// What is missing. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) shortfall: Option<String>,
    /// The rules that keep more from counting. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) binding: Option<Vec<BindingRule>>,
    /// What becomes of each asset in that scenario. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) waterfall: Option<Vec<Step>>,
    /// What would make the claim true, each alone. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) remedies: Option<Remedies>,
    /// `false` where pledges were not added.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) added: Option<bool>,
    /// `false` where pledges were not released.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) released: Option<bool>,
    /// The commitment that is in the way.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) commitment: Option<String>,
    /// The facility that it is pledged to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pledged_to: Option<String>,
}

impl FailureOutput {
    /// Where it lies.
    pub(crate) fn at(&mut self, field: impl Into<String>) {
        self.field = Some(field.into());
    }

    /// What belongs there, and what was found.
    pub(crate) fn differs(&mut self, expected: impl Display, got: impl Display) {
        self.expected = Some(expected.to_string());
        self.got = Some(got.to_string());
    }

    /// Another version than the only one there is.
    pub(crate) fn version(&mut self, got: u64) {
        self.at("version");
        self.differs(2, got);
    }

    /// The field is one of a part of the document.
    pub(crate) fn within(&mut self, part: &str) {
        self.field = Some(match self.field.take() {
            Some(field) => format!("{part}.{field}"),
            None => part.into(),
        });
    }
}

/// Why a verb did not do what it was told to.
#[derive(Debug)]
pub(crate) struct Failure(Box<FailureOutput>);

impl Failure {
    /// The code says the exit code.
    pub(crate) fn new(code: Code, message: impl Display) -> Self {
        Self(Box::new(FailureOutput {
            error: message.to_string(),
            code,
            exit: code.exit() as u8,
            file: None,
            line: None,
            column: None,
            field: None,
            expected: None,
            got: None,
            proved: None,
            clause: None,
            scenario: None,
            required: None,
            counted: None,
            shortfall: None,
            binding: None,
            waterfall: None,
            remedies: None,
            added: None,
            released: None,
            commitment: None,
            pledged_to: None,
        }))
    }

    /// An error as it is.
    pub(crate) fn of(error: impl Coded) -> Self {
        let mut failure = Self::new(error.code(), &error);
        error.details(&mut failure.0);
        failure
    }

    /// Names the file first.
    pub(crate) fn in_file(path: &Path, code: Code, message: impl Display) -> Self {
        Self::new(code, message).at_file(path)
    }

    /// An error of a file's content; names the file first.
    pub(crate) fn of_file(path: &Path, error: impl Coded) -> Self {
        Self::of(error).at_file(path)
    }

    /// Names the file that it is about first.
    pub(crate) fn at_file(self, path: &Path) -> Self {
        let name = path.display().to_string();
        let said = format!("{name}: {}", self.0.error);
        self.saying(said).with(|out| out.file = Some(name))
    }

    /// The same in other words.
    pub(crate) fn saying(self, message: impl Display) -> Self {
        self.with(|out| out.error = message.to_string())
    }

    /// The same and more.
    pub(crate) fn adding(self, more: &str) -> Self {
        self.with(|out| out.error.push_str(more))
    }

    /// The same with another code.
    pub(crate) fn coded(self, code: Code) -> Self {
        self.with(|out| {
            out.code = code;
            out.exit = code.exit() as u8;
        })
    }

    /// Sets fields of the JSON object.
    pub(crate) fn with(mut self, set: impl FnOnce(&mut FailureOutput)) -> Self {
        set(&mut self.0);
        self
    }

    /// A field that is not what it should be.
    pub(crate) fn differs(
        self,
        field: impl Into<String>,
        expected: impl Display,
        got: impl Display,
    ) -> Self {
        self.with(|out| {
            out.at(field);
            out.differs(expected, got);
        })
    }

    /// The same once more, for another claim that it stops; details that only text can tell
    /// are in the message.
    pub(crate) fn again(&self) -> Self {
        Self::new(self.0.code, &self.0.error)
    }

    /// What went wrong, for programs.
    pub(crate) fn code(&self) -> Code {
        self.0.code
    }

    /// The JSON object.
    pub(crate) fn into_output(self) -> FailureOutput {
        *self.0
    }

    pub(crate) fn print(self, as_json: bool) -> Exit {
        let exit = self.0.code.exit();
        if as_json {
            // Of texts and numbers alone; nothing in it can fail.
            let object = serde_json::to_string(&self.0).unwrap_or_default();
            say(&object);
        } else {
            complain(&self.0.error);
        }
        exit
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
