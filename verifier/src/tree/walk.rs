//! R7 to R9: the walk of a whole tree from its top, list by list.

use super::{Keys, Manifest, NodeError, check_node};
use crate::bundle::BundleError;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::ident::SubjectId;
use covenant_claims::rollup;
use covenant_claims::statement::Window;
use ff::Field;
use std::collections::BTreeSet;

/// What travels beside a manifest for one of its nodes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Material {
    /// The commitments of its list in the order of the slots, up to the last used one; those before
    /// it that are empty are 0.
    pub list: Vec<Commitment>,
    /// The proof's bytes.
    pub proof: Vec<u8>,
}

/// The account of a statement that a tree stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Walk {
    /// The statement's subject.
    pub subject: SubjectId,
    /// Its window.
    pub window: Window,
    /// The kind of the account there.
    pub kind: Kind,
    /// The account's commitment, the top K'.
    pub top: Commitment,
}

/// A tree that was walked. Only [`walk`] makes it. Who vouches for its leaves is another question:
/// every leaf of collateral needs what an account of the basket needs (R7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tree {
    serves: Walk,
    leaves: Vec<Commitment>,
    merged: Vec<Commitment>,
}

impl Tree {
    /// The top K'.
    pub fn top(&self) -> Commitment {
        self.serves.top
    }
    /// The account of a statement that it was walked for.
    pub fn serves(&self) -> &Walk {
        &self.serves
    }
    /// Commitments that are the K' of no proof, in the order of the walk.
    pub fn leaves(&self) -> &[Commitment] {
        &self.leaves
    }
    /// Every merged account, the top first.
    pub fn merged(&self) -> &[Commitment] {
        &self.merged
    }
}

/// A tree was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TreeError {
    /// The tree is of another statement.
    #[error("R9: {field}: expected {expected}, got {got}")]
    Statement {
        /// `subject`, `window`, `kind` or `top`.
        field: &'static str,
        /// The statement's.
        expected: String,
        /// The manifest's.
        got: String,
    },
    /// The top has no proof.
    #[error("R7: the top {top} is the merged account of no node")]
    NoTop {
        /// The top K'.
        top: Commitment,
    },
    /// A node's list or proof could not be had.
    #[error("node {node}: {reason}")]
    Missing {
        /// K' of the node.
        node: Commitment,
        /// Why.
        reason: String,
    },
    /// A list that does not fit the shape, or ends with empty slots.
    #[error("R6: node {node}: expected at most {expected} commitments, the last not 0, got {got}")]
    Length {
        /// K' of the node.
        node: Commitment,
        /// Slots of the shape.
        expected: usize,
        /// Of the list.
        got: usize,
    },
    /// A list with another root.
    #[error("R6: node {node}: expected a list with the root {expected}, got {got}")]
    List {
        /// K' of the node.
        node: Commitment,
        /// The manifest's.
        expected: String,
        /// Of the list.
        got: String,
    },
    /// A proof was refused.
    #[error("node {node}: {error}")]
    Node {
        /// K' of the node.
        node: Commitment,
        /// Why.
        error: NodeError,
    },
    /// A commitment is met twice, in the tree or beside it.
    #[error("R7: {commitment} is met twice, the second time in the list of {node}")]
    Twice {
        /// A leaf or a merged account.
        commitment: Commitment,
        /// K' of the node.
        node: Commitment,
    },
    /// A tree of liabilities, in the place of an account that has to be attested.
    #[error("R7: {top} is of liabilities, which count by the attestation of the merged account")]
    Liabilities {
        /// The top K'.
        top: Commitment,
    },
    /// A leaf without an account file.
    #[error("R7: leaf {leaf}: expected its account file, got none")]
    NoFile {
        /// The leaf.
        leaf: Commitment,
    },
    /// Two account files of one leaf.
    #[error("R7: leaf {leaf}: expected one account file, got two")]
    FileTwice {
        /// The leaf.
        leaf: Commitment,
    },
    /// An account file of another account.
    #[error("R7: expected account files of the tree's leaves, got one of {got}")]
    NoLeaf {
        /// Its commitment.
        got: Commitment,
    },
    /// An account file that is not of its leaf.
    #[error("R7: leaf {leaf}: {error}")]
    File {
        /// The leaf.
        leaf: Commitment,
        /// What it says otherwise.
        error: Box<BundleError>,
    },
    /// A node that the walk does not reach.
    #[error("R8: node {node} is not reached from the top")]
    Unreached {
        /// K' of the node.
        node: Commitment,
    },
}

/// Walks a tree from its top, for an account of a statement. `met` are the commitments elsewhere in
/// the basket, those of its other trees included; what this tree has is added to them. `told` hears
/// after each node how many are done.
///
/// # Errors
/// The first reason to refuse it, in the order of the walk.
pub fn walk(
    manifest: &Manifest,
    serves: &Walk,
    keys: &mut Keys,
    met: &mut BTreeSet<Commitment>,
    material: &mut dyn FnMut(Commitment) -> Result<Material, String>,
    told: &mut dyn FnMut(usize),
) -> Result<Tree, TreeError> {
    check_statement(manifest, serves)?;
    let top = manifest.top();
    if manifest.node(top).is_none() {
        return Err(TreeError::NoTop { top });
    }
    let mut tree = Tree {
        serves: *serves,
        leaves: Vec::new(),
        merged: vec![top],
    };
    if !met.insert(top) {
        let (commitment, node) = (top, top);
        return Err(TreeError::Twice { commitment, node });
    }
    let mut at = 0;
    while let Some(node) = tree.merged.get(at).copied() {
        at += 1;
        let Some(named) = manifest.node(node) else {
            continue;
        };
        let missing = |reason| TreeError::Missing { node, reason };
        let Material { list, proof } = material(node).map_err(missing)?;
        check_list(node, named.shape.accounts(), named.list_root, &list)?;
        let refused = |error| TreeError::Node { node, error };
        check_node(manifest, named, &proof, keys).map_err(refused)?;
        for commitment in list.into_iter().filter(|k| k.0 != Fr::ZERO) {
            if !met.insert(commitment) {
                return Err(TreeError::Twice { commitment, node });
            }
            match manifest.node(commitment) {
                Some(_) => tree.merged.push(commitment),
                None => tree.leaves.push(commitment),
            }
        }
        told(at);
    }
    let reached: BTreeSet<Commitment> = tree.merged.iter().copied().collect();
    let mut nodes = manifest.nodes().iter().map(|node| node.commitment);
    match nodes.find(|node| !reached.contains(node)) {
        Some(node) => Err(TreeError::Unreached { node }),
        None => Ok(tree),
    }
}

/// R9.
fn check_statement(manifest: &Manifest, serves: &Walk) -> Result<(), TreeError> {
    let (own, other) = (manifest.window(), serves.window);
    let window = |w: Window| format!("{} to {}", w.from(), w.to());
    let fields = [
        (
            "subject",
            to_hex(&serves.subject.get()),
            to_hex(&manifest.subject_id().get()),
        ),
        ("window", window(other), window(own)),
        ("kind", serves.kind.to_string(), manifest.kind().to_string()),
        ("top", serves.top.to_string(), manifest.top().to_string()),
    ];
    let mut differing = fields
        .into_iter()
        .filter(|(_, expected, got)| expected != got);
    match differing.next() {
        None => Ok(()),
        Some((field, expected, got)) => Err(TreeError::Statement {
            field,
            expected,
            got,
        }),
    }
}

/// R6, over a list in the clear.
fn check_list(
    node: Commitment,
    slots: usize,
    root: Fr,
    list: &[Commitment],
) -> Result<(), TreeError> {
    let got = list.len();
    let ends = list.last().is_none_or(|last| last.0 != Fr::ZERO);
    let hashed = rollup::list_root(list, slots).ok().filter(|_| ends);
    let hashed = hashed.ok_or(TreeError::Length {
        node,
        expected: slots,
        got,
    })?;
    match hashed == root {
        true => Ok(()),
        false => Err(TreeError::List {
            node,
            expected: to_hex(&root),
            got: to_hex(&hashed),
        }),
    }
}
