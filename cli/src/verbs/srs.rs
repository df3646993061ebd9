//! `covenant srs`: structured reference strings and the ceremonies they come from.

use super::Global;
use crate::Outcome;
use crate::codes::Code;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use clap::{Args, Subcommand};
use covenant_prover::srs::{self, Ceremony, ImportOptions, MAX_EMBEDDED_K, Srs};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum SrsVerb {
    /// The embedded ceremony and what was imported
    List,
    /// Check a .ptau or .srs file: every point, the powers of one tau, the ceremony
    Check(File),
    /// Check a .ptau or .srs file and keep it for circuits beyond the embedded ceremony
    Import(File),
}

#[derive(Args, Debug)]
pub(crate) struct File {
    /// A snarkjs .ptau, or a halo2 raw .srs
    file: PathBuf,
    /// Cut it down for circuits of 2^K rows, which take one power more: a .ptau serves its own
    /// power, a .srs one less [default: the file's]
    #[arg(long)]
    k: Option<u32>,
    /// Accept a ceremony that is not on the list; it is named untrusted wherever it is shown
    #[arg(long)]
    allow_untrusted: bool,
}

impl File {
    fn read(&self, tells: bool) -> Result<Srs, Failure> {
        let progress = Progress::new(tells);
        progress.say("checking every point");
        let options = ImportOptions {
            k: self.k,
            allow_untrusted: self.allow_untrusted,
        };
        srs::import(&self.file, options).map_err(Failure::of)
    }
}

/// A structured reference string.
#[derive(Serialize, JsonSchema)]
pub(crate) struct SrsOutput {
    /// The ceremony that it is of.
    ceremony: String,
    /// It serves circuits of 2^k rows.
    k: u32,
    /// Whether the ceremony is on the list of known ones.
    trusted: bool,
    /// Where it is kept; after an import.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

/// The structured reference strings that there are.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ListOutput {
    /// The embedded one first.
    srs: Vec<EntryOutput>,
}

/// One that is there.
#[derive(Serialize, JsonSchema)]
struct EntryOutput {
    /// The ceremony that it is of.
    ceremony: String,
    /// It serves circuits of 2^k rows; the embedded one those of fewer too.
    k: u32,
    /// Whether it is compiled in.
    embedded: bool,
    /// Where it is kept, if it was imported.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<String>,
}

fn object(srs: &Srs) -> SrsOutput {
    SrsOutput {
        ceremony: srs.ceremony().to_string(),
        k: srs.k(),
        trusted: srs.ceremony().is_known(),
        path: None,
    }
}

impl SrsVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let cache = keys::cache_dir(global.cache_dir.as_deref())?.join("srs");
        match self {
            Self::List => {
                let found = srs::list(&cache).map_err(Failure::of)?;
                let mut text = format!(
                    "{}  k 1 to {MAX_EMBEDDED_K}  embedded",
                    Ceremony::AztecIgnition
                );
                let mut entries = vec![EntryOutput {
                    ceremony: Ceremony::AztecIgnition.to_string(),
                    k: MAX_EMBEDDED_K,
                    embedded: true,
                    path: None,
                }];
                for entry in found {
                    let path = entry.path.display().to_string();
                    text.push_str(&format!("\n{}  k {}  {path}", entry.ceremony, entry.k));
                    entries.push(EntryOutput {
                        ceremony: entry.ceremony,
                        k: entry.k,
                        embedded: false,
                        path: Some(path),
                    });
                }
                Report::done(text, &ListOutput { srs: entries })
            }
            Self::Check(file) => {
                let srs = file.read(global.tells())?;
                let text = format!(
                    "{}: 2^{} powers of one tau, by the ceremony {}",
                    file.file.display(),
                    srs.k(),
                    srs.ceremony()
                );
                Report::done(text, &object(&srs))
            }
            Self::Import(file) => {
                let srs = file.read(global.tells())?;
                let path =
                    (srs.save(&cache)).map_err(|e| Failure::of(e).coded(Code::FileNotWritten))?;
                let text = format!(
                    "2^{} powers of one tau, by the ceremony {}, kept in {}",
                    srs.k(),
                    srs.ceremony(),
                    path.display()
                );
                let mut output = object(&srs);
                output.path = Some(path.display().to_string());
                Report::done(text, &output)
            }
        }
    }
}
