//! The folder of a tree: what is published (`manifest.json`, `account.json`, `proofs`), the lists
//! (`lists`, which stay private where they are of creditors), and what nobody else may see
//! (`secret`).

use crate::files::{self, Kind};
use crate::outcome::Failure;
use covenant_circuits::account::Commitment;
use covenant_prover::rollup::files::{self as names, Salts};
use covenant_verifier::tree::{self, Branch, Manifest, Material};
use std::path::{Path, PathBuf};

pub(crate) struct Folder<'a>(pub(crate) &'a Path);

impl Folder<'_> {
    pub(crate) fn manifest_path(&self) -> PathBuf {
        names::manifest(self.0)
    }
    pub(super) fn account_path(&self) -> PathBuf {
        names::account(self.0)
    }
    pub(super) fn opening_path(&self) -> PathBuf {
        names::opening(self.0)
    }
    pub(super) fn salts_path(&self) -> PathBuf {
        names::salts(self.0)
    }
    fn list_path(&self, node: Commitment) -> PathBuf {
        names::list(self.0, node)
    }
    pub(super) fn proof_path(&self, node: Commitment) -> PathBuf {
        names::proof(self.0, node)
    }

    /// Makes it, with what it has inside.
    pub(super) fn create(&self) -> Result<(), Failure> {
        for name in names::FOLDERS {
            files::create_dir(&self.0.join(name))?;
        }
        Ok(())
    }

    pub(crate) fn manifest(&self) -> Result<Manifest, Failure> {
        let path = self.manifest_path();
        let text = files::read(&path, names::MAX_BYTES)?;
        Manifest::from_json(&text).map_err(|e| Failure::of_file(&path, e))
    }

    pub(super) fn salts(&self) -> Result<Option<Salts>, Failure> {
        let path = self.salts_path();
        if !path.exists() {
            return Ok(None);
        }
        let text = files::read(&path, names::MAX_BYTES)?;
        let salts = Salts::from_json(&text).map_err(|e| Failure::of_file(&path, e))?;
        Ok(Some(salts))
    }

    pub(super) fn write_salts(&self, salts: &Salts) -> Result<(), Failure> {
        files::write(&self.salts_path(), &salts.to_json(), Kind::Secret)
    }

    /// The list and the proof of a node.
    pub(super) fn material(&self, node: Commitment) -> Result<Material, Failure> {
        let path = self.list_path(node);
        let text = files::read(&path, tree::MAX_BYTES as u64)?;
        let list = names::list_from_json(&text).map_err(|e| Failure::of_file(&path, e))?;
        let proof = files::bytes(&self.proof_path(node), files::MAX_PUBLIC)?;
        Ok(Material {
            list,
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
        files::write(&path, &names::list_to_json(list), Kind::New)
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
