//! The folder of a tree: what is published (`manifest.json`, `account.json`, `proofs`), the lists
//! (`lists`, which stay private where they are of creditors), and what nobody else may see
//! (`secret`). Names and texts; reading and writing are the caller's.

use covenant_claims::account::Commitment;
use covenant_claims::field::Fr;
use covenant_claims::json::{self, JsonError, hex_field};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Largest manifest, or file of salts, that is read, in bytes: some 10^5 nodes.
pub const MAX_BYTES: u64 = 64 << 20;

/// The folders inside.
pub const FOLDERS: [&str; 3] = ["proofs", "lists", "secret"];

/// Of every proof, by its hash.
pub fn manifest(tree: &Path) -> PathBuf {
    tree.join("manifest.json")
}
/// Of the merged account, for the basket.
pub fn account(tree: &Path) -> PathBuf {
    tree.join("account.json")
}
/// Secret: the merged account's opening.
pub fn opening(tree: &Path) -> PathBuf {
    tree.join("secret").join("opening.json")
}
/// Secret: [`Salts`].
pub fn salts(tree: &Path) -> PathBuf {
    tree.join("secret").join("salts.json")
}
/// The commitments that a node merges, in the clear.
pub fn list(tree: &Path, node: Commitment) -> PathBuf {
    tree.join("lists").join(format!("{node}.json"))
}
/// Of a tree of collateral: the account files of its leaves, whatever they are called.
pub fn accounts(tree: &Path) -> PathBuf {
    tree.join("accounts")
}
/// The proof of a node: its bytes.
pub fn proof(tree: &Path, node: Commitment) -> PathBuf {
    tree.join("proofs").join(format!("{node}.proof"))
}

/// A file of a tree that is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TreeFileError {
    /// Not JSON, or not of the form.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
}

/// The salts of the merged accounts of one shape, in the order in which they are merged. They are
/// drawn once: other salts make other merged accounts, and another tree. Secret.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Salts {
    version: u64,
    shape: String,
    salts: Vec<Element>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
struct Element(#[serde(with = "hex_field")] Fr);

impl std::fmt::Debug for Salts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Salts")
            .field("shape", &self.shape)
            .finish_non_exhaustive()
    }
}

impl Salts {
    /// Of a tree in a shape.
    pub fn new(shape: impl ToString, salts: impl IntoIterator<Item = Fr>) -> Self {
        Self {
            version: 2,
            shape: shape.to_string(),
            salts: salts.into_iter().map(Element).collect(),
        }
    }

    /// Reads them.
    ///
    /// # Errors
    /// If they are not of the form; nothing that is there is quoted.
    pub fn from_json(text: &str) -> Result<Self, TreeFileError> {
        let read: Self = json::from_str(text).map_err(JsonError::redacted)?;
        version(read.version)?;
        Ok(read)
    }

    /// Writes them. The text is secret.
    pub fn to_json(&self) -> Zeroizing<String> {
        Zeroizing::new(written(self))
    }

    /// The shape that they are for.
    pub fn shape(&self) -> &str {
        &self.shape
    }

    /// The salts.
    pub fn list(&self) -> Vec<Fr> {
        self.salts.iter().map(|salt| salt.0).collect()
    }
}

/// A list in the clear, in the order of the slots.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    version: u64,
    list: Vec<Commitment>,
}

/// Reads a list.
///
/// # Errors
/// If it is not of the form.
pub fn list_from_json(text: &str) -> Result<Vec<Commitment>, TreeFileError> {
    let read: List = json::from_str(text)?;
    version(read.version)?;
    Ok(read.list)
}

/// Writes a list.
pub fn list_to_json(list: Vec<Commitment>) -> String {
    written(&List { version: 2, list })
}

fn version(got: u64) -> Result<(), TreeFileError> {
    match got {
        2 => Ok(()),
        got => Err(TreeFileError::Version { got }),
    }
}

fn written(value: &impl Serialize) -> String {
    // Serializing a plain structure to memory cannot fail.
    serde_json::to_string_pretty(value).unwrap_or_default() + "\n"
}
