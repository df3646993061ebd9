//! Row 35 of docs/spec.md, section 8.2: trees that were walked are of this basket (R7, R9).

use super::findings::Findings;
use super::{Expected, Mismatch};
use crate::bundle::Bundle;
use crate::tree::{CollateralTree, Walk};
use covenant_claims::account::Commitment;
use std::collections::BTreeSet;

/// An account of the bundle that is the sum of the accounts of a tree.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The account, 0-based.
    pub account: usize,
    /// The leaves that were checked in its place.
    pub leaves: usize,
    /// The tree's proofs.
    pub proofs: usize,
}

impl Expected {
    /// Every tree is of an account of the bundle, walked for its statement; and no commitment of any
    /// tree is elsewhere in the basket or in its trees.
    pub(super) fn check_trees(&self, bundle: &Bundle, found: &mut Findings) -> Vec<Merged> {
        let mut met: BTreeSet<Commitment> =
            bundle.statement().commitments().iter().copied().collect();
        let mut merged = Vec::new();
        for (tree, walked) in self.trees.iter().enumerate() {
            match of_statement(bundle, walked) {
                Ok(account) => merged.push(account),
                Err(got) => found.add(Mismatch::Tree { tree, got }),
            }
            let (leaves, nodes) = (walked.tree().leaves(), walked.tree().merged());
            // The top is the bundle's own commitment; leaves were looked at among the accounts.
            let below = nodes.iter().skip(1);
            if let Some(pledged) = below.clone().find(|k| self.pledged.contains(k)) {
                let got = format!("{pledged} is pledged elsewhere");
                found.add(Mismatch::Tree { tree, got });
            }
            if let Some(twice) = below.chain(leaves).copied().find(|k| !met.insert(*k)) {
                let got = format!("{twice} is met twice, in the tree and elsewhere in the basket");
                found.add(Mismatch::Tree { tree, got });
            }
        }
        merged.sort_by_key(|merged| merged.account);
        merged
    }
}

/// The account that a tree stands for, or what it is otherwise of.
fn of_statement(bundle: &Bundle, walked: &CollateralTree) -> Result<Merged, String> {
    let (statement, top) = (bundle.statement(), walked.top());
    let mut accounts = statement.commitments().iter().zip(statement.kinds());
    let account = accounts.position(|(commitment, _)| *commitment == top);
    let account = account.ok_or_else(|| format!("its top {top} is no account of the bundle"))?;
    let shown = statement.kinds().get(account).copied();
    let serves = walked.tree().serves();
    let expected = Walk {
        subject: statement.subject(),
        window: statement.window(),
        kind: shown.unwrap_or(serves.kind),
        top,
    };
    if *serves != expected {
        return Err(format!(
            "it was walked for another statement: {} accounts as of {} to {}, expected {} accounts of the bundle's subject as of {} to {}",
            serves.kind,
            serves.window.from(),
            serves.window.to(),
            expected.kind,
            expected.window.from(),
            expected.window.to(),
        ));
    }
    Ok(Merged {
        account,
        leaves: walked.leaves().len(),
        proofs: walked.tree().merged().len(),
    })
}
