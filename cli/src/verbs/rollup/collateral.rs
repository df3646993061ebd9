//! Trees of collateral for `covenant verify`: walked for a bundle, with the account files of their
//! leaves.

use super::folder::Folder;
use super::verify::{itself, of_bundle};
use crate::codes::Coded;
use crate::files;
use crate::keys;
use crate::outcome::Failure;
use crate::progress::Progress;
use covenant_prover::rollup::files as names;
use covenant_verifier::bundle::{AccountFile, Bundle};
use covenant_verifier::tree::{CollateralTree, TreeError, walk};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Walks every tree for the account of the bundle that is its top. The inner error is a tree that is
/// refused, the outer one of files that could not be read.
pub(crate) fn walked(
    folders: &[PathBuf],
    bundle: &Bundle,
    cache: &Path,
    progress: &Progress,
) -> Result<Result<Vec<CollateralTree>, Failure>, Failure> {
    let mut keys = keys::of_tree(cache);
    let mut met = BTreeSet::new();
    let mut trees = Vec::new();
    for path in folders {
        let folder = Folder(path);
        let manifest = folder.manifest()?;
        // A tree of another basket is walked for what it says of itself: verification tells.
        let (serves, others) =
            of_bundle(&manifest, bundle).unwrap_or_else(|| (itself(&manifest), BTreeSet::new()));
        met.extend(others);
        // Tops of other trees are among the others of this one.
        met.remove(&serves.top);
        let mut failed = None;
        let mut material = |node| {
            folder.material(node).map_err(|failure| {
                failed = Some(failure);
                String::new()
            })
        };
        let count = manifest.nodes().len();
        let mut told = |done| {
            progress.say(format!("verifying {}: {done} of {count}", path.display()));
        };
        let tree = walk(
            &manifest,
            &serves,
            &mut keys,
            &mut met,
            &mut material,
            &mut told,
        );
        let refused = |e: TreeError| {
            let said = format!("{}: {e}", path.display());
            Failure::new(e.code(), said)
        };
        let tree = match (tree, failed) {
            (Ok(tree), _) => tree,
            (Err(TreeError::Missing { .. }), Some(failure)) => return Err(failure),
            (Err(e), _) => return Ok(Err(refused(e))),
        };
        match CollateralTree::new(tree, accounts(path)?) {
            Ok(tree) => trees.push(tree),
            Err(e) => return Ok(Err(refused(e))),
        }
    }
    Ok(Ok(trees))
}

/// The account files of a folder's leaves, whatever they are called.
fn accounts(folder: &Path) -> Result<Vec<AccountFile>, Failure> {
    let mut paths = files::listed(&names::accounts(folder))?;
    paths.retain(|path| path.extension().is_some_and(|e| e == "json"));
    let read = |path: PathBuf| {
        let text = files::read(&path, files::MAX_PUBLIC)?;
        AccountFile::from_json(&text).map_err(|e| Failure::of_file(&path, e))
    };
    paths.into_iter().map(read).collect()
}
