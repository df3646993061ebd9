//! A tree of collateral with the account files of its leaves: what a verifier checks in the place of
//! its top (R7).

use super::{Tree, TreeError, Walk};
use crate::bundle::{AccountFile, check_account};
use covenant_claims::account::{Commitment, Kind};
use std::collections::BTreeMap;

/// A tree that was walked, and an account file for each of its leaves. It goes into
/// [`Expected::trees`](crate::expect::Expected::trees).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CollateralTree {
    tree: Tree,
    leaves: Vec<AccountFile>,
}

impl CollateralTree {
    /// The account files in any order: one for each leaf, and no other.
    ///
    /// # Errors
    /// If the tree is of liabilities, whose lists are nobody else's; or a file is missing, is of no
    /// leaf, or says of its leaf what the tree's proofs do not.
    pub fn new(
        tree: Tree,
        files: impl IntoIterator<Item = AccountFile>,
    ) -> Result<Self, TreeError> {
        let top = tree.top();
        if tree.serves().kind != Kind::Collateral {
            return Err(TreeError::Liabilities { top });
        }
        let mut by_commitment: BTreeMap<Commitment, AccountFile> = BTreeMap::new();
        for file in files {
            let leaf = file.commitment;
            if by_commitment.insert(leaf, file).is_some() {
                return Err(TreeError::FileTwice { leaf });
            }
        }
        let mut leaves = Vec::with_capacity(tree.leaves().len());
        for (i, leaf) in tree.leaves().iter().copied().enumerate() {
            let file = by_commitment
                .remove(&leaf)
                .ok_or(TreeError::NoFile { leaf })?;
            let Walk {
                subject,
                window,
                kind,
                ..
            } = *tree.serves();
            check_account(
                &file,
                (leaf, kind),
                (subject, window),
                &format!("leaves[{i}]"),
            )
            .map_err(|error| TreeError::File {
                leaf,
                error: Box::new(error),
            })?;
            leaves.push(file);
        }
        match by_commitment.into_keys().next() {
            Some(got) => Err(TreeError::NoLeaf { got }),
            None => Ok(Self { tree, leaves }),
        }
    }

    /// The account of the statement that it stands for.
    pub fn top(&self) -> Commitment {
        self.tree.top()
    }

    /// The walk.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The account files of its leaves, in the order of the walk.
    pub fn leaves(&self) -> &[AccountFile] {
        &self.leaves
    }
}
