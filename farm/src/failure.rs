//! What a verb answers where it did not do what it was run for. Nothing here is secret: payloads,
//! identities and passwords are never quoted.

use std::fmt;
use std::path::Path;

/// Exit codes, as those of `covenant`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Not proved, or false.
    False = 1,
    /// It could not be told.
    Unknown = 2,
}

/// Why a verb ended early.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// A file, an option or an entry of a manifest is not what it has to be.
    #[error("{at}: expected {expected}, got {got}")]
    Malformed {
        /// The file, the option, or the field.
        at: String,
        /// What belongs there.
        expected: String,
        /// What was found; never a secret.
        got: String,
    },
    /// The connection would not be private.
    #[error("database: expected {expected}, got {got}")]
    NotPrivate {
        /// What is taken.
        expected: &'static str,
        /// What was found.
        got: String,
    },
    /// The database could not be reached for as long as was waited.
    #[error("database: could not be reached: {reason}")]
    Unreachable {
        /// Without the password.
        reason: String,
    },
    /// The database refused a query.
    #[error("database: {message} ({code})")]
    Database {
        /// The server's message.
        message: String,
        /// The SQLSTATE.
        code: String,
    },
    /// A queue has as many jobs as it takes.
    #[error("{message}; wait until some are done, then submit the same manifest again")]
    Full {
        /// Which, and how many.
        message: String,
    },
    /// A job's child is neither in the queue nor in the manifest.
    #[error("{message}; submit the manifest that has it first")]
    Orphan {
        /// Which of which.
        message: String,
    },
    /// The database's answer is not one of this program's functions.
    #[error(
        "database: expected the functions of this version, got {got}; run covenant-farm doctor"
    )]
    Answer {
        /// What was found.
        got: String,
    },
    /// This machine could not do it.
    #[error("{0}")]
    Machine(String),
    /// A signal came while the database could not be reached.
    #[error("stopped by a signal while the database could not be reached")]
    Stopped,
}

impl Failure {
    /// At a place, something was found where something else was expected.
    pub fn at(at: impl fmt::Display, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        Self::Malformed {
            at: at.to_string(),
            expected: expected.to_string(),
            got: got.to_string(),
        }
    }

    /// The same of a file.
    pub fn file(path: &Path, expected: impl fmt::Display, got: impl fmt::Display) -> Self {
        Self::at(path.display(), expected, got)
    }

    /// A word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Malformed { .. } => "malformed",
            Self::NotPrivate { .. } => "connection-not-private",
            Self::Unreachable { .. } => "database-unreachable",
            Self::Database { .. } => "database-refused",
            Self::Full { .. } => "queue-full",
            Self::Orphan { .. } => "child-not-submitted",
            Self::Answer { .. } => "database-other-version",
            Self::Machine(_) => "machine",
            Self::Stopped => "stopped",
        }
    }
}
