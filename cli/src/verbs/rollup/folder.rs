//! The folder of a tree: what is published (`manifest.json`, `account.json`, `proofs`), the lists
//! (`lists`, which stay private where they are of creditors), and what nobody else may see
//! (`secret`).

use crate::codes::Code;
use crate::files::{self, Kind};
use crate::outcome::Failure;
use covenant_circuits::account::Commitment;
use covenant_circuits::field::Fr;
use covenant_circuits::json::{self, hex_field};
use covenant_verifier::tree::{self, Branch, Manifest, Material};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Largest manifest that is read, in bytes: some 10^5 nodes.
const MAX_MANIFEST: u64 = 64 << 20;

pub(crate) struct Folder<'a>(pub(crate) &'a Path);

/// A list in the clear, in the order of the slots.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ListFile {
    version: u64,
    list: Vec<Commitment>,
}

/// The salts of the merged accounts, in the order in which they are merged. Secret.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Salts {
    version: u64,
    pub(super) shape: String,
    salts: Vec<Salt>,
}

#[derive(Serialize, Deserialize)]
#[serde(transparent)]
struct Salt(#[serde(with = "hex_field")] Fr);

impl Salts {
    pub(super) fn new(shape: String, salts: impl Iterator<Item = Fr>) -> Self {
        Self {
            version: 2,
            shape,
            salts: salts.map(Salt).collect(),
        }
    }

    pub(super) fn list(&self) -> Vec<Fr> {
        self.salts.iter().map(|salt| salt.0).collect()
    }
}

impl Folder<'_> {
    pub(crate) fn manifest_path(&self) -> PathBuf {
        self.0.join("manifest.json")
    }
    pub(super) fn account_path(&self) -> PathBuf {
        self.0.join("account.json")
    }
    pub(super) fn opening_path(&self) -> PathBuf {
        self.0.join("secret").join("opening.json")
    }
    pub(super) fn salts_path(&self) -> PathBuf {
        self.0.join("secret").join("salts.json")
    }
    fn list_path(&self, node: Commitment) -> PathBuf {
        self.0.join("lists").join(format!("{node}.json"))
    }
    pub(super) fn proof_path(&self, node: Commitment) -> PathBuf {
        self.0.join("proofs").join(format!("{node}.proof"))
    }

    /// Makes it, with what it has inside.
    pub(super) fn create(&self) -> Result<(), Failure> {
        for name in ["proofs", "lists", "secret"] {
            files::create_dir(&self.0.join(name))?;
        }
        Ok(())
    }

    pub(crate) fn manifest(&self) -> Result<Manifest, Failure> {
        let path = self.manifest_path();
        let text = files::read(&path, MAX_MANIFEST)?;
        Manifest::from_json(&text).map_err(|e| Failure::of_file(&path, e))
    }

    pub(super) fn salts(&self) -> Result<Option<Salts>, Failure> {
        let path = self.salts_path();
        if !path.exists() {
            return Ok(None);
        }
        let text = files::read(&path, MAX_MANIFEST)?;
        let salts: Salts =
            json::from_str(&text).map_err(|e| Failure::of_file(&path, e.redacted()))?;
        version(&path, salts.version)?;
        Ok(Some(salts))
    }

    pub(super) fn write_salts(&self, salts: &Salts) -> Result<(), Failure> {
        write_json(&self.salts_path(), salts, Kind::Secret)
    }

    /// The list and the proof of a node.
    pub(super) fn material(&self, node: Commitment) -> Result<Material, Failure> {
        let path = self.list_path(node);
        let text = files::read(&path, tree::MAX_BYTES as u64)?;
        let file: ListFile = json::from_str(&text).map_err(|e| Failure::of_file(&path, e))?;
        version(&path, file.version)?;
        let proof = files::bytes(&self.proof_path(node), files::MAX_PUBLIC)?;
        Ok(Material {
            list: file.list,
            proof: proof.to_vec(),
        })
    }

    pub(super) fn write_list(
        &self,
        node: Commitment,
        list: Vec<Commitment>,
    ) -> Result<(), Failure> {
        let path = self.list_path(node);
        if path.exists() {
            return Ok(());
        }
        write_json(&path, &ListFile { version: 2, list }, Kind::New)
    }
}

/// The branch that `rollup branch` wrote, with its manifest.
pub(crate) fn branch_of(folder: &Path) -> Result<(Manifest, Branch), Failure> {
    let manifest = Folder(folder).manifest()?;
    let path = folder.join("branch.json");
    let text = files::read(&path, tree::MAX_BYTES as u64)?;
    let branch = Branch::from_json(&text).map_err(|e| Failure::of_file(&path, e))?;
    Ok((manifest, branch))
}

fn version(path: &Path, got: u64) -> Result<(), Failure> {
    match got {
        2 => Ok(()),
        got => {
            let said = format!("version: expected 2, got {got}");
            Err(Failure::in_file(path, Code::VersionUnknown, said))
        }
    }
}

fn write_json(path: &Path, value: &impl Serialize, kind: Kind) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|e| Failure::new(Code::Internal, e))?;
    files::write(path, &zeroize::Zeroizing::new(text + "\n"), kind)
}
