//! `covenant srs`: structured reference strings and the ceremonies they come from.

use super::Global;
use crate::Outcome;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use clap::{Args, Subcommand};
use covenant_prover::srs::{self, Ceremony, ImportOptions, MAX_EMBEDDED_K, Srs};
use serde_json::{Value, json};
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
    /// Accept a ceremony that is not on the list; it is named untrusted wherever it shows
    #[arg(long)]
    allow_untrusted: bool,
}

impl File {
    fn read(&self, json: bool) -> Result<Srs, Failure> {
        let progress = Progress::new(json);
        progress.say("checking every point");
        let options = ImportOptions {
            k: self.k,
            allow_untrusted: self.allow_untrusted,
        };
        srs::import(&self.file, options).map_err(Failure::unknown)
    }
}

fn object(srs: &Srs) -> Value {
    json!({
        "ceremony": srs.ceremony().to_string(),
        "k": srs.k(),
        "trusted": srs.ceremony().is_known(),
    })
}

impl SrsVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let cache = keys::cache_dir(global.cache_dir.as_deref())?.join("srs");
        match self {
            Self::List => {
                let found = srs::list(&cache).map_err(Failure::unknown)?;
                let mut text = format!(
                    "{}  k 1 to {MAX_EMBEDDED_K}  embedded",
                    Ceremony::AztecIgnition
                );
                let mut entries = vec![json!({
                    "ceremony": Ceremony::AztecIgnition.to_string(),
                    "k": MAX_EMBEDDED_K,
                    "embedded": true,
                })];
                for entry in found {
                    let path = entry.path.display().to_string();
                    text.push_str(&format!("\n{}  k {}  {path}", entry.ceremony, entry.k));
                    entries.push(json!({
                        "ceremony": entry.ceremony,
                        "k": entry.k,
                        "embedded": false,
                        "path": path,
                    }));
                }
                Ok(Report::done(text, json!({ "srs": entries })))
            }
            Self::Check(file) => {
                let srs = file.read(global.json)?;
                let text = format!(
                    "{}: 2^{} powers of one tau, by the ceremony {}",
                    file.file.display(),
                    srs.k(),
                    srs.ceremony()
                );
                Ok(Report::done(text, object(&srs)))
            }
            Self::Import(file) => {
                let srs = file.read(global.json)?;
                let path = srs.save(&cache).map_err(Failure::unknown)?;
                let text = format!(
                    "2^{} powers of one tau, by the ceremony {}, kept in {}",
                    srs.k(),
                    srs.ceremony(),
                    path.display()
                );
                let mut json = object(&srs);
                if let Some(object) = json.as_object_mut() {
                    object.insert("path".into(), path.display().to_string().into());
                }
                Ok(Report::done(text, json))
            }
        }
    }
}
