//! The accounts that checks are about: those of the bundle, and in the place of the top of a tree
//! that was walked its leaves (docs/spec.md, section 8.2).

use crate::bundle::{AccountFile, Bundle};
use crate::tree::CollateralTree;
use covenant_claims::account::Kind;
use std::fmt;

/// Where an account is: in the bundle, or below one of its accounts in a tree.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The account of the bundle, 0-based.
    pub account: usize,
    /// The leaf of its tree, 0-based in the order of the walk; `None` for the account itself.
    pub leaf: Option<usize>,
}

impl Place {
    /// An account of the bundle itself.
    pub const fn account(account: usize) -> Self {
        Self {
            account,
            leaf: None,
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "accounts[{}]", self.account)?;
        match self.leaf {
            Some(leaf) => write!(f, ".leaves[{leaf}]"),
            None => Ok(()),
        }
    }
}

/// An account with what is said of it.
#[derive(Clone, Copy)]
pub(super) struct Account<'a> {
    pub(super) place: Place,
    pub(super) file: &'a AccountFile,
    /// Its kind, as the proof shows it.
    pub(super) shown: Kind,
    /// Whether it is the top of a tree that was walked: then its leaves are checked in its place.
    pub(super) walked: bool,
}

/// All of them, a top before its leaves.
pub(super) struct Basket<'a> {
    accounts: Vec<Account<'a>>,
}

impl<'a> Basket<'a> {
    pub(super) fn of(bundle: &'a Bundle, trees: &'a [CollateralTree]) -> Self {
        let mut accounts = Vec::new();
        let kinds = bundle.statement().kinds().iter();
        for (account, (file, shown)) in bundle.accounts().iter().zip(kinds).enumerate() {
            let tree = trees.iter().find(|tree| tree.top() == file.commitment);
            accounts.push(Account {
                place: Place::account(account),
                file,
                shown: *shown,
                walked: tree.is_some(),
            });
            let leaves = tree.map_or(&[][..], CollateralTree::leaves);
            accounts.extend(leaves.iter().enumerate().map(|(leaf, file)| Account {
                place: Place {
                    account,
                    leaf: Some(leaf),
                },
                file,
                shown: *shown,
                walked: false,
            }));
        }
        Self { accounts }
    }

    /// All of them: what is signed has to be its signer's, and nothing is counted twice.
    pub(super) fn all(&self) -> impl Iterator<Item = Account<'a>> + Clone + '_ {
        self.accounts.iter().copied()
    }

    /// Those that have to be attested: the tops of trees that were walked are not among them.
    pub(super) fn counted(&self) -> impl Iterator<Item = Account<'a>> + Clone + '_ {
        self.all().filter(|account| !account.walked)
    }
}
