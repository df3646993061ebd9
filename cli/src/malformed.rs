//! What is wrong with a file whose format is the command line's own: positions, mappings,
//! quoted prices, terms. Place and field are kept apart from the words, for `--json`.

use crate::codes::{Code, Coded};
use crate::outcome::FailureOutput;
use covenant_circuits::json::JsonError;
use covenant_circuits::prices::PriceError;
use std::fmt;

/// Something is not as the format demands. Quotes nothing that may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Malformed {
    code: Code,
    line: Option<u64>,
    column: Option<u64>,
    field: Option<String>,
    what: What,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum What {
    Differs { expected: String, got: String },
    Said(String),
}

impl Malformed {
    /// Something else than what belongs there.
    pub(crate) fn new(expected: impl Into<String>, got: impl ToString) -> Self {
        let (expected, got) = (expected.into(), got.to_string());
        Self::of(Code::Malformed, What::Differs { expected, got })
    }

    /// In words of its own.
    pub(crate) fn said(what: impl Into<String>) -> Self {
        Self::of(Code::Malformed, What::Said(what.into()))
    }

    fn of(code: Code, what: What) -> Self {
        Self {
            code,
            line: None,
            column: None,
            field: None,
            what,
        }
    }

    /// The field or the column of a table that it is in, or the part that its field is of.
    pub(crate) fn field(mut self, name: &str) -> Self {
        self.field = Some(match self.field {
            None => name.into(),
            Some(inner) => format!("{name}.{inner}"),
        });
        self
    }

    /// What was found, where that can be said.
    pub(crate) fn got(mut self, found: impl Into<String>) -> Self {
        if let What::Differs { got, .. } = &mut self.what {
            *got = found.into();
        }
        self
    }

    /// Counted from the beginning of a file that has so many lines above.
    pub(crate) fn below(mut self, above: u64) -> Self {
        self.line = self.line.map(|line| line + above);
        self
    }

    /// The line of a table.
    pub(crate) fn line(mut self, line: u64) -> Self {
        self.line = Some(line);
        self
    }

    /// The same with another code.
    pub(crate) fn coded(mut self, code: Code) -> Self {
        self.code = code;
        self
    }

    /// Not TOML, or not of its format: without the lines that the parser would quote, which may
    /// be of a secret file.
    pub(crate) fn toml(text: &str, error: &toml::de::Error) -> Self {
        let before = error.span().and_then(|span| text.get(..span.start));
        let line = before.map_or(1, |text| 1 + text.matches('\n').count() as u64);
        Self::said(error.message()).line(line)
    }

    /// JSON that may be secret: what it says is not quoted.
    pub(crate) fn secret_json(error: JsonError) -> Self {
        error.redacted().into()
    }
}

impl From<JsonError> for Malformed {
    fn from(error: JsonError) -> Self {
        Self {
            line: Some(error.line as u64),
            column: Some(error.column as u64),
            ..Self::said(error.message)
        }
    }
}

impl From<PriceError> for Malformed {
    fn from(error: PriceError) -> Self {
        Self::said(error.to_string()).coded(error.code())
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.line, self.column, &self.field) {
            (Some(line), None, Some(_)) => write!(f, "line {line}, column ")?,
            (Some(line), Some(column), _) => write!(f, "line {line}, column {column}: ")?,
            (Some(line), None, None) => write!(f, "line {line}: ")?,
            (None, ..) => {}
        }
        if let Some(field) = &self.field {
            write!(f, "{field}: ")?;
        }
        match &self.what {
            What::Differs { expected, got } => write!(f, "expected {expected}, got {got}"),
            What::Said(what) => f.write_str(what),
        }
    }
}

impl Coded for Malformed {
    fn code(&self) -> Code {
        self.code
    }
    fn details(&self, out: &mut FailureOutput) {
        (out.line, out.column) = (self.line, self.column);
        out.field.clone_from(&self.field);
        if let What::Differs { expected, got } = &self.what {
            out.differs(expected, got);
        }
    }
}
