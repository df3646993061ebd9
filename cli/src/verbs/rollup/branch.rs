//! `covenant rollup branch`: what one creditor is given of a tree.

use super::folder::Folder;
use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::files::{self, Kind};
use crate::outcome::{Failure, Report};
use clap::Args;
use covenant_circuits::account::Commitment;
use covenant_circuits::field::from_hex;
use covenant_prover::rollup::branch;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Write the branch of one account: from the top of the tree to it.
///
/// For a creditor, who checks it with covenant account included --branch. A branch shows no other
/// account: of the lists it has the hashes beside the way.
#[derive(Args, Debug)]
pub(crate) struct Branch {
    /// The tree's folder, with its lists
    tree: PathBuf,
    /// The account's opening (secret)
    #[arg(long, value_name = "FILE", conflicts_with = "commitment")]
    opening: Option<PathBuf>,
    /// The account's commitment, 0x-hex
    #[arg(long, value_name = "K", value_parser = commitment, required_unless_present = "opening")]
    commitment: Option<Commitment>,
    /// The folder to write: manifest.json and branch.json
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// A branch.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BranchOutput {
    /// The folder.
    out: String,
    /// The account, 0x-hex.
    commitment: String,
    /// Proofs from the top to it.
    steps: usize,
}

fn commitment(text: &str) -> Result<Commitment, String> {
    from_hex(text).map(Commitment).map_err(|e| e.to_string())
}

impl Branch {
    pub(crate) fn run(self) -> Outcome {
        let folder = Folder(&self.tree);
        let manifest = folder.manifest()?;
        let leaf = match (&self.opening, self.commitment) {
            (Some(path), _) => claim::opening(path)?.commitment(),
            (None, Some(commitment)) => commitment,
            (None, None) => return Err(Failure::new(Code::Usage, "expected an account")),
        };
        let mut material = BTreeMap::new();
        for node in manifest.nodes() {
            let found = folder.material(node.commitment)?;
            material.insert(node.commitment, found);
        }
        let branch = branch(&manifest, &material, leaf).ok_or_else(|| {
            let said = format!("no list of the tree has the account {leaf}");
            Failure::in_file(&self.tree, Code::NotIncluded, said)
        })?;
        files::create_dir(&self.out)?;
        let path = self.out.join("manifest.json");
        files::write(&path, &manifest.to_json(), Kind::New)?;
        files::write(&self.out.join("branch.json"), &branch.to_json(), Kind::New)?;
        let steps = branch.steps.len();
        let text = format!(
            "wrote {}: {steps} proofs from the top to {leaf}",
            self.out.display()
        );
        let output = BranchOutput {
            out: self.out.display().to_string(),
            commitment: leaf.to_string(),
            steps,
        };
        Report::done(text, &output)
    }
}
