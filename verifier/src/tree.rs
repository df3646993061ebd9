//! Trees of roll-ups (docs/spec.md, section 8a): R7 to R9 over a whole tree, and a creditor's own
//! branch of one.
//!
//! - [`Manifest`]: what is published of a tree
//! - [`walk`](fn@walk): the whole tree, list by list
//! - [`CollateralTree`]: a tree that was walked, with the account files of its leaves
//! - [`Branch`]: from the top to one leaf, without the lists
//!
//! # Examples
//! A creditor checks that its account is in the tree whose manifest everybody sees:
//!
//! ```
//! use covenant_claims::account::Opening;
//! use covenant_verifier::key::RollupKey;
//! use covenant_verifier::tree::{Branch, Keys, Manifest};
//!
//! # let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data/tree");
//! # let read = |name| std::fs::read_to_string(format!("{folder}/{name}")).unwrap();
//! # let (manifest, branch, opening) = (read("manifest.json"), read("branch.json"), read("opening.json"));
//! let manifest = Manifest::from_json(&manifest)?;
//! let branch = Branch::from_json(&branch)?;
//! let leaf = Opening::from_json(&opening)?.commitment();
//! branch.verify(&manifest, leaf, &mut Keys::standard())?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod branch;
mod collateral;
mod manifest;
mod walk;

pub use branch::{Branch, BranchError, Step};
pub use collateral::CollateralTree;
pub use manifest::{Manifest, ManifestError, Node};
pub use walk::{Material, Tree, TreeError, Walk, walk};

use crate::key::{self, RollupKey};
use crate::verify::{ProofError, check_proof};
use covenant_claims::ident::Hash;
use covenant_claims::rollup::{RollupShape, RollupStatement};
use std::collections::HashMap;
use std::sync::Arc;

/// Largest list or branch that is read, in bytes.
pub const MAX_BYTES: usize = 16 << 20;

/// The keys of a tree's nodes, each made once.
pub struct Keys {
    known: HashMap<RollupShape, Arc<RollupKey>>,
    make: Box<dyn FnMut(RollupShape) -> Option<RollupKey>>,
}

impl std::fmt::Debug for Keys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

impl Keys {
    /// The compiled-in keys of the standard shapes.
    pub fn standard() -> Self {
        Self::by(|shape| RollupKey::rollup(shape).ok())
    }

    /// Keys that a caller rebuilds from a shape and an SRS.
    pub fn by(make: impl FnMut(RollupShape) -> Option<RollupKey> + 'static) -> Self {
        Self {
            known: HashMap::new(),
            make: Box::new(make),
        }
    }

    fn of(&mut self, shape: RollupShape) -> Option<Arc<RollupKey>> {
        if let Some(key) = self.known.get(&shape) {
            return Some(key.clone());
        }
        let key = Arc::new((self.make)(shape)?);
        self.known.insert(shape, key.clone());
        Some(key)
    }
}

/// A node's proof was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NodeError {
    /// A circuit with a false statement that has a proof.
    #[error("circuit: {got} is retired: {reason}")]
    Retired {
        /// The node's.
        got: String,
        /// Why.
        reason: &'static str,
    },
    /// No key of that shape is known here.
    #[error("shape: no key of {got} is known here")]
    NoKey {
        /// The node's.
        got: RollupShape,
    },
    /// Another circuit than that shape's.
    #[error("circuit: expected {expected}, got {got}")]
    Circuit {
        /// The key's id.
        expected: String,
        /// The node's.
        got: String,
    },
    /// Another ceremony than the key's.
    #[error("ceremony: expected {expected}, got {got}")]
    Ceremony {
        /// The key's.
        expected: String,
        /// The node's.
        got: String,
    },
    /// Another proof than the manifest names.
    #[error("proof: expected the one with keccak256 {expected}, got {got}")]
    OtherProof {
        /// The manifest's.
        expected: Hash,
        /// Of the proof.
        got: Hash,
    },
    /// The proof was refused.
    #[error("{0}")]
    Proof(#[from] ProofError),
}

/// The proof of a node: of the circuit, ceremony and statement that the manifest names (R9).
fn check_node(
    manifest: &Manifest,
    node: &Node,
    proof: &[u8],
    keys: &mut Keys,
) -> Result<(), NodeError> {
    if let Some(retired) = key::retired(&node.circuit) {
        let (got, reason) = (node.circuit.clone(), retired.reason);
        return Err(NodeError::Retired { got, reason });
    }
    let got = node.shape;
    let key = keys.of(got).ok_or(NodeError::NoKey { got })?;
    if key.id() != node.circuit {
        let (expected, got) = (key.id().into(), node.circuit.clone());
        return Err(NodeError::Circuit { expected, got });
    }
    if key.ceremony() != node.ceremony {
        let (expected, got) = (key.ceremony().into(), node.ceremony.clone());
        return Err(NodeError::Ceremony { expected, got });
    }
    let (expected, got) = (node.proof, Hash::of(proof));
    if expected != got {
        return Err(NodeError::OtherProof { expected, got });
    }
    let statement = RollupStatement {
        subject: manifest.subject_id(),
        window: manifest.window(),
        kind: manifest.kind(),
        list_root: node.list_root,
        merged: node.commitment,
    };
    Ok(check_proof(&key, &statement.public_inputs(), proof)?)
}
