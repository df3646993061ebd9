//! `covenant export`: what goes on chain. Contracts, calldata, contexts.

mod calldata;
mod check;
mod context;
mod submission;
mod terms;

use super::Global;
use crate::Outcome;
use crate::files;
use crate::keys;
use crate::outcome::{Failure, Report};
use clap::{Args, Subcommand};
use covenant_circuits::shape::Shape;
use covenant_solidity::export::{self, File, published_code_hash};
use covenant_solidity::{ProofVerifier, SOLC_VERSION, artifacts};
use covenant_verifier::key::CircuitKey;
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Subcommand, Debug)]
pub(crate) enum ExportVerb {
    /// Write the Solidity verifier of a circuit, its typed front and compiler input
    Solidity(Contracts),
    /// The same and compiled contracts, so that a dApp needs nothing else
    Artifacts(Contracts),
    /// Print the calldata that verifies or submits a bundle
    Calldata(calldata::Calldata),
    /// Print the context that a facility's next proof must be made for
    Context(context::ContextVerb),
    /// Check that the code at an address is the published verifier
    Check(check::Check),
}

/// Contracts of a circuit.
///
/// The compiler's settings are part of what is published: no others give the pinned code
/// hash, so there is no option for them.
#[derive(Args, Debug)]
pub(crate) struct Contracts {
    /// small, medium, large, or ACCOUNTSxPOSITIONSxASSETSxSCENARIOS
    #[arg(long)]
    shape: Shape,
    /// The directory to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl ExportVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        match self {
            Self::Solidity(verb) => {
                let key = verb.key(global)?;
                let files = export::files(&key).map_err(Failure::unknown)?;
                verb.write(&key, files)
            }
            Self::Artifacts(verb) => {
                let key = verb.key(global)?;
                let files = artifacts::files(&key).map_err(Failure::unknown)?;
                verb.write(&key, files)
            }
            Self::Calldata(verb) => verb.run(global),
            Self::Context(verb) => verb.run(),
            Self::Check(verb) => verb.run(),
        }
    }
}

impl Contracts {
    fn key(&self, global: &Global) -> Result<CircuitKey, Failure> {
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        keys::verifying_of(self.shape, &cache)
    }

    fn write(self, key: &CircuitKey, files: Vec<File>) -> Outcome {
        let verifier = ProofVerifier::of(key).map_err(Failure::unknown)?;
        for (name, text) in &files {
            let path = self.out.join(name);
            files::create_dir(path.parent().unwrap_or(Path::new(".")))?;
            files::write(&path, text)?;
        }
        let hash = published_code_hash(key.id());
        let hash_line = match &hash {
            Some(hash) => format!("code hash {hash}"),
            None => format!(
                "no code hash and no bytecode are published for this circuit: compile {}.input.json with solc {SOLC_VERSION} and pin what you get",
                verifier.name()
            ),
        };
        let names: Vec<&String> = files.iter().map(|(name, _)| name).collect();
        let list: String = names.iter().map(|name| format!("\n  {name}")).collect();
        Ok(Report::done(
            format!(
                "circuit   {}\n{hash_line}\nwritten to {}:{list}",
                key.id(),
                self.out.display()
            ),
            json!({
                "circuit": key.id(),
                "shape": key.shape().to_string(),
                "ceremony": key.ceremony(),
                "contract": verifier.name(),
                "solc": SOLC_VERSION,
                "code_hash": hash,
                "gas_cap": artifacts::GAS_CAP,
                "out": self.out.display().to_string(),
                "files": names,
            }),
        ))
    }
}

/// `0x` and hex digits.
fn hex(bytes: &[u8]) -> String {
    let digits: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    format!("0x{digits}")
}
