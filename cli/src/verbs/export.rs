//! `covenant export`: what goes on chain. Contracts, calldata, contexts.

mod calldata;
mod challenge;
mod check;
pub(in crate::verbs) mod context;
mod deployment;
pub(in crate::verbs) mod submission;
pub(in crate::verbs) mod terms;

pub(crate) use calldata::CalldataOutput;
pub(crate) use check::CheckOutput;
pub(crate) use context::ContextOutput;
pub(crate) use terms::TermsOutput;

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
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Subcommand, Debug)]
pub(crate) enum ExportVerb {
    /// Write the Solidity verifier of a circuit, its typed front and compiler input
    ///
    /// The compiler's settings are part of what is published: no others give the pinned code
    /// hash, so there is no option for them.
    Solidity(Contracts),
    /// Write the Solidity verifier of a circuit and compiled contracts: all that a dApp needs
    ///
    /// The compiler's settings are part of what is published: no others give the pinned code
    /// hash, so there is no option for them.
    Artifacts(Contracts),
    Calldata(Box<calldata::Calldata>),
    Terms(terms::TermsVerb),
    Context(context::ContextVerb),
    Check(check::Check),
}

/// Contracts of a circuit.
#[derive(Args, Debug)]
pub(crate) struct Contracts {
    /// small, medium, large, or ACCOUNTSxPOSITIONSxASSETSxSCENARIOS
    #[arg(long)]
    shape: Shape,
    /// The directory to write to
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What was written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ContractsOutput {
    /// The circuit's id.
    circuit: String,
    /// Its shape.
    shape: String,
    /// Its ceremony.
    ceremony: String,
    /// The name of the generated contract.
    contract: String,
    /// The compiler's version.
    solc: String,
    /// keccak256 of the deployed code, 0x-hex; null where none is published.
    code_hash: Option<String>,
    /// The most gas that verifying takes.
    gas_cap: u64,
    /// The directory.
    out: String,
    /// The files in it.
    files: Vec<String>,
}

impl ExportVerb {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        match self {
            Self::Solidity(verb) => {
                let key = verb.key(global)?;
                let files = export::files(&key).map_err(Failure::of)?;
                verb.write(&key, files)
            }
            Self::Artifacts(verb) => {
                let key = verb.key(global)?;
                let files = artifacts::files(&key).map_err(Failure::of)?;
                verb.write(&key, files)
            }
            Self::Calldata(verb) => verb.run(global),
            Self::Terms(verb) => verb.run(),
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
        let verifier = ProofVerifier::of(key).map_err(Failure::of)?;
        // All or none: each is staged before the first is put in place.
        let mut staged = Vec::new();
        for (name, text) in &files {
            let path = self.out.join(name);
            files::create_dir(path.parent().unwrap_or(Path::new(".")))?;
            staged.push(files::stage(&path, text, files::Kind::Generated)?);
        }
        for file in staged {
            file.commit()?;
        }
        let hash = published_code_hash(key.id());
        let hash_line = match &hash {
            Some(hash) => format!("code hash {hash}"),
            None => format!(
                "no code hash and no bytecode are published for this circuit: compile {}.input.json with solc {SOLC_VERSION} and pin what you get",
                verifier.name()
            ),
        };
        let names: Vec<String> = files.iter().map(|(name, _)| name.clone()).collect();
        let list: String = names.iter().map(|name| format!("\n  {name}")).collect();
        Report::done(
            format!(
                "circuit   {}\n{hash_line}\nwritten to {}:{list}",
                key.id(),
                self.out.display()
            ),
            &ContractsOutput {
                circuit: key.id().into(),
                shape: key.shape().to_string(),
                ceremony: key.ceremony().into(),
                contract: verifier.name().to_string(),
                solc: SOLC_VERSION.into(),
                code_hash: hash.map(|hash| hash.to_string()),
                gas_cap: artifacts::GAS_CAP,
                out: self.out.display().to_string(),
                files: names,
            },
        )
    }
}
