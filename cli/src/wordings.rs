//! Texts that are signed: undertakings, representations and opinions have the hash of one (docs/spec.md,
//! sections 7.5, 7.6 and 7.8). Whoever signs is shown the text.

use crate::codes::Code;
use crate::files;
use crate::outcome::Failure;
use clap::Args;
use covenant_circuits::ident::{Hash, keccak256};
use std::path::{Path, PathBuf};

/// Our own undertaking of control.
pub(crate) const CONTROL: &str = include_str!("../wordings/control.txt");
/// Our own representation that there is no other debt.
pub(crate) const NO_OTHER_DEBT: &str = include_str!("../wordings/no-other-debt.txt");

/// Most bytes of a text.
const LARGEST: u64 = 1 << 20;

/// In which words something is signed.
#[derive(Args, Debug)]
pub(crate) struct WordingArgs {
    /// The text that is signed, in a file of yours: its bytes are hashed as they are [default: the
    /// standard text, which is shown]
    #[arg(long, value_name = "FILE")]
    wording: Option<PathBuf>,
}

/// A text, and what stands for it in a document.
pub(crate) struct Wording {
    pub(crate) text: String,
    pub(crate) hash: Hash,
}

impl WordingArgs {
    /// The text that was named, or the standard one.
    pub(crate) fn read(&self, standard: &str) -> Result<Wording, Failure> {
        let Some(path) = &self.wording else {
            return Ok(Wording::of(standard));
        };
        of_file(path)
    }
}

/// The text of a file, which must have one.
pub(crate) fn of_file(path: &Path) -> Result<Wording, Failure> {
    let wording = of_any_file(path)?;
    match wording.text.trim() {
        "" => Err(wrong(path, "expected a text to sign, got none")),
        _ => Ok(wording),
    }
}

/// The text of a file, which may be empty: its bytes as they are.
pub(crate) fn of_any_file(path: &Path) -> Result<Wording, Failure> {
    let bytes = files::bytes(path, LARGEST)?;
    let text = std::str::from_utf8(&bytes);
    let text = text.map_err(|_| wrong(path, "expected UTF-8, got other bytes"))?;
    Ok(Wording::of(text))
}

fn wrong(path: &Path, what: &str) -> Failure {
    Failure::in_file(path, Code::Malformed, what)
}

impl Wording {
    pub(crate) fn of(text: &str) -> Self {
        Self {
            text: text.into(),
            hash: hash(text),
        }
    }
}

/// What stands for a text in a document.
pub(crate) fn hash(text: &str) -> Hash {
    Hash(keccak256(text.as_bytes()))
}
