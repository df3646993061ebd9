//! A tree of roll-ups (docs/spec.md, section 8a): which accounts are merged where, and what is
//! published of it.

pub mod files;

use covenant_claims::account::{Commitment, Opening};
use covenant_claims::field::Fr;
use covenant_claims::ident::Hash;
use covenant_claims::rollup::{RollupError, RollupShape, SatisfiedRollup};
use covenant_claims::statement::Window;
use covenant_verifier::key::RollupKey;
use covenant_verifier::tree::{Branch, Manifest, ManifestError, Material, Node, Step};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Every roll-up of a tree, leaves' lists first, the top last. No node waits for another's proof:
/// merged accounts are known before anything is proved. Secret.
#[derive(Debug)]
pub struct TreePlan {
    nodes: Vec<SatisfiedRollup>,
}

impl TreePlan {
    /// Merges accounts in their order, as many at a time as the shape has slots, level by level
    /// until one is left. `salt` is called for each roll-up in turn: it draws one uniformly, or
    /// repeats what it drew before.
    ///
    /// # Errors
    /// If accounts cannot be merged, or not in this shape.
    pub fn new(
        openings: Vec<Opening>,
        shape: RollupShape,
        window: Window,
        mut salt: impl FnMut() -> Fr,
    ) -> Result<Self, RollupError> {
        let mut nodes: Vec<SatisfiedRollup> = Vec::new();
        let mut level = openings;
        loop {
            let made = merged(level, shape, window, &mut salt)?;
            let tops = made.iter().map(|node| node.claim().merged.clone());
            level = tops.collect();
            nodes.extend(made);
            // With one slot a level never becomes shorter.
            if level.len() == 1 || shape.accounts() == 1 {
                break;
            }
        }
        match level.len() {
            1 => Ok(Self { nodes }),
            got => Err(RollupError::TooMany { expected: 1, got }),
        }
    }

    /// Of roll-ups that were planned before, the top last.
    pub fn of(nodes: Vec<SatisfiedRollup>) -> Self {
        Self { nodes }
    }

    /// The roll-ups, the top last.
    pub fn nodes(&self) -> &[SatisfiedRollup] {
        &self.nodes
    }

    /// The top's merged account; an ordinary account of a statement. Secret.
    pub fn top(&self) -> Option<&Opening> {
        Some(&self.nodes.last()?.claim().merged)
    }

    /// What a manifest says of a node, with its proof; `None` where there is no such node.
    pub fn node(&self, key: &RollupKey, at: usize, proof: &[u8]) -> Option<Node> {
        let claim = self.nodes.get(at)?.claim();
        Some(Node {
            circuit: key.id().into(),
            ceremony: key.ceremony().into(),
            shape: key.shape(),
            commitment: claim.statement.merged,
            list_root: claim.statement.list_root,
            proof: Hash::of(proof),
        })
    }

    /// What travels beside the manifest for a node: its list in the clear.
    pub fn material(&self, at: usize, proof: Vec<u8>) -> Option<Material> {
        let openings = self.nodes.get(at)?.claim().openings.iter();
        Some(Material {
            list: openings.map(Opening::commitment).collect(),
            proof,
        })
    }

    /// The manifest of its proofs, in the order of [`Self::nodes`].
    ///
    /// # Errors
    /// If there are not as many proofs, or a time or name has no place in a manifest.
    pub fn manifest(&self, key: &RollupKey, proofs: &[Vec<u8>]) -> Result<Manifest, ManifestError> {
        let nodes = proofs.iter().enumerate();
        let nodes: Vec<Node> = nodes
            .filter_map(|(at, proof)| self.node(key, at, proof))
            .collect();
        let Some(last) = self
            .nodes
            .last()
            .filter(|_| nodes.len() == self.nodes.len())
        else {
            return Err(ManifestError::Empty);
        };
        let statement = &last.claim().statement;
        Manifest::new(
            statement.kind,
            last.claim().merged.subject(),
            statement.window,
            statement.merged,
            nodes,
        )
    }
}

/// One level: its accounts in lists of as many as the shape has slots, of none at least one list.
/// Lists are merged on all threads.
fn merged(
    accounts: Vec<Opening>,
    shape: RollupShape,
    window: Window,
    salt: &mut impl FnMut() -> Fr,
) -> Result<Vec<SatisfiedRollup>, RollupError> {
    let mut rest = accounts.into_iter();
    let mut lists = Vec::new();
    loop {
        let list: Vec<Opening> = rest.by_ref().take(shape.accounts()).collect();
        if list.is_empty() && !lists.is_empty() {
            break;
        }
        lists.push((list, salt()));
    }
    let made: Vec<Result<SatisfiedRollup, RollupError>> = lists
        .into_par_iter()
        .map(|(list, salt)| SatisfiedRollup::merging(list, shape, window, salt))
        .collect();
    // Of several errors the first in the order of the accounts.
    made.into_iter().collect()
}

/// How many roll-ups [`TreePlan::new`] makes of so many accounts, level by level; the top is last.
/// With one slot a level never becomes shorter: then there is one.
pub fn levels(accounts: u64, shape: RollupShape) -> Vec<u64> {
    let slots = shape.accounts() as u64;
    let above = |level: u64| level.div_ceil(slots).max(1);
    let mut levels = vec![above(accounts)];
    while let Some(last) = levels.last().copied().filter(|last| *last > 1 && slots > 1) {
        levels.push(above(last));
    }
    levels
}

/// The smallest standard shape that holds accounts at every level of their tree, or how many
/// positions and assets they have where none does.
///
/// # Errors
/// The most positions of an account, and the assets of all of them.
pub fn smallest(openings: &[Opening]) -> Result<RollupShape, (usize, usize)> {
    let positions = openings.iter().map(|o| o.positions().len()).max();
    let positions = positions.unwrap_or(0);
    let assets: BTreeSet<_> = openings
        .iter()
        .flat_map(|o| o.positions().iter().map(|p| p.id))
        .collect();
    let most = positions.max(assets.len());
    let fits = |shape: &RollupShape| {
        let one = openings.len() <= shape.accounts() || *shape != RollupShape::SHORT;
        one && most <= shape.positions().min(shape.merged())
    };
    let found = RollupShape::STANDARD.into_iter().find(fits);
    found.ok_or((positions, assets.len()))
}

/// The branch of a leaf: from a tree's manifest and what travels beside it. `None` where no list has
/// it.
pub fn branch(
    manifest: &Manifest,
    material: &BTreeMap<Commitment, Material>,
    leaf: Commitment,
) -> Option<Branch> {
    let mut parents = BTreeMap::new();
    for (node, material) in material {
        for (index, child) in material.list.iter().enumerate() {
            parents.insert(*child, (*node, index));
        }
    }
    let mut steps = Vec::new();
    let mut child = leaf;
    while child != manifest.top() {
        let (parent, index) = parents.get(&child)?;
        let node = manifest.node(*parent)?.clone();
        let Material { list, proof } = material.get(parent)?;
        steps.push(Step::new(node, proof.clone(), list, *index).ok()?);
        child = *parent;
        // A tree of honest proofs has no cycle; what is read may be anything.
        if steps.len() > manifest.nodes().len() {
            return None;
        }
    }
    steps.reverse();
    Some(Branch { steps })
}
