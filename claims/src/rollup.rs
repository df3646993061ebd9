//! Many accounts become one (docs/spec.md, section 8a): the list that a merged account stands
//! for, its blinding, its positions, and the blindings of holders' accounts. Native functions:
//! what the proof of a roll-up enforces is the circuit's, the walk is the verifier's.
//!
//! - [`shape`]: how many accounts, positions and assets a roll-up circuit holds
//! - [`relation`]: R1 to R6 of a statement, natively

pub mod relation;
pub mod shape;

pub use relation::{RollupClaim, RollupFalse, RollupStatement, SatisfiedRollup};
pub use shape::{RollupShape, RollupShapeError};

use crate::account::{Commitment, Kind, Opening, OpeningError, Position};
use crate::field::Fr;
use crate::ident::{AssetId, HolderReference, TAG_HOLDER, TAG_ROLLUP, ascii_tag};
use crate::numbers::Amount;
use crate::poseidon;
use ff::Field;
use rand_core::{CryptoRng, RngCore};
use std::collections::BTreeMap;

/// Version of the roll-up circuit; part of its ids, so that neither kind of proof is ever taken
/// for the other.
pub const CIRCUIT_VERSION: &str = "covenant-rollup-2";

/// Children of a node of the list's tree: as many as the hash has inputs.
pub const ARITY: usize = poseidon::INPUTS;

/// Accounts could not be merged.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RollupError {
    /// More accounts than the shape has slots.
    #[error("the list: expected at most {expected} accounts, got {got}")]
    TooMany {
        /// Slots of the shape.
        expected: usize,
        /// Accounts.
        got: usize,
    },
    /// No account, so no subject and kind.
    #[error("the list: expected at least one account, got none")]
    Empty,
    /// An account of another subject or kind than the first.
    #[error("R1: account {account} is not of the subject and kind of the first")]
    Mixed {
        /// 0-based, in the order of the list.
        account: usize,
    },
    /// A snapshot later than the merged account.
    #[error("R1: account {account} is as of {got}, later than the merged account at {expected}")]
    Later {
        /// 0-based.
        account: usize,
        /// as_of_to, Unix seconds.
        expected: u64,
        /// The account's.
        got: u64,
    },
    /// A total that is no amount.
    #[error("R3: the total of {asset} is 2^112 base units or more")]
    Total {
        /// The asset's name.
        asset: String,
    },
    /// A clause fails.
    #[error("{0}")]
    False(#[from] RollupFalse),
    /// The merged account is none.
    #[error("the merged account: {0}")]
    Opening(#[from] OpeningError),
}

/// The blinding of an account that is shown to one holder: H(tag, holder reference, salt). The
/// salt is uniform in F, fresh for each account, and known to debtor and holder only.
pub fn holder_blinding(holder: HolderReference, salt: Fr) -> Fr {
    poseidon::hash([ascii_tag(TAG_HOLDER), holder.get(), salt])
}

/// The blinding of a merged account (R5): H(tag, list root, M, salt), M the slots of the shape.
/// The salt is uniform in F, fresh for each merged account, and shown to nobody.
pub fn merged_blinding(list_root: Fr, slots: usize, salt: Fr) -> Fr {
    let slots = Fr::from(slots as u64);
    poseidon::hash([ascii_tag(TAG_ROLLUP), list_root, slots, salt])
}

/// A salt for one roll-up, or for one holder's account, from the operating system or another
/// cryptographic source.
pub fn draw_salt<R: RngCore + CryptoRng>(rng: R) -> Fr {
    Fr::random(rng)
}

/// Levels of the tree over so many slots; at least one.
pub fn depth(slots: usize) -> u32 {
    let levels = std::iter::successors(Some(ARITY), |width| width.checked_mul(ARITY));
    levels.take_while(|width| *width < slots).count() as u32 + 1
}

/// The list root (R6): the 16-ary Merkle root of the commitments in their order, the unused leaves
/// 0, every inner node the hash of sixteen children, those of empty subtrees too.
pub fn list_root(list: &[Commitment], slots: usize) -> Result<Fr, RollupError> {
    if list.len() > slots {
        return Err(RollupError::TooMany {
            expected: slots,
            got: list.len(),
        });
    }
    let (root, _) = climb(list, slots, 0);
    Ok(root)
}

/// The way from a slot of the list to its root: on each level from the leaves up the fifteen other
/// children of the node above, in their order.
///
/// # Errors
/// If the list has more than the slots, or the slot is not in it.
pub fn list_path(
    list: &[Commitment],
    slots: usize,
    index: usize,
) -> Result<Vec<[Fr; ARITY - 1]>, RollupError> {
    let (expected, got) = (slots.min(list.len()), list.len().max(index + 1));
    if got > expected {
        return Err(RollupError::TooMany { expected, got });
    }
    let (_, path) = climb(list, slots, index);
    Ok(path)
}

/// The root, and the siblings of a slot on each level.
fn climb(list: &[Commitment], slots: usize, mut index: usize) -> (Fr, Vec<[Fr; ARITY - 1]>) {
    let mut level: Vec<Fr> = list.iter().map(|k| k.0).collect();
    let mut empty = Fr::ZERO;
    let mut path = Vec::new();
    for _ in 0..depth(slots) {
        let child = |at: usize| level.get(at).copied().unwrap_or(empty);
        let first = index / ARITY * ARITY;
        let mut others = (first..first + ARITY).filter(|at| *at != index).map(child);
        path.push(std::array::from_fn(|_| others.next().unwrap_or(empty)));
        let nodes = level.chunks(ARITY).map(|children| {
            let mut inputs = [empty; ARITY];
            for (input, child) in inputs.iter_mut().zip(children) {
                *input = *child;
            }
            poseidon::hash(inputs)
        });
        level = nodes.collect();
        empty = poseidon::hash([empty; ARITY]);
        index /= ARITY;
    }
    (level.first().copied().unwrap_or(empty), path)
}

/// The positions of the merged account (R2, R3): every asset that occurs, totals of 0 included,
/// by ascending id, with exactly the sum of its amounts. Secret.
pub fn merged_positions(openings: &[Opening]) -> Result<Vec<Position>, RollupError> {
    let mut totals: BTreeMap<AssetId, Position> = BTreeMap::new();
    for position in openings.iter().flat_map(Opening::positions) {
        let zero = || Position {
            asset: position.asset.clone(),
            id: position.id,
            amount: Amount::ZERO,
        };
        let total = totals.entry(position.id).or_insert_with(zero);
        // Both are below 2^112.
        total.amount = Amount::new(total.amount.get() + position.amount.get()).map_err(|_| {
            RollupError::Total {
                asset: position.asset.clone(),
            }
        })?;
    }
    Ok(totals.into_values().collect())
}

/// The merged account K' (R4, R5) of accounts in the order of their list: an ordinary account of
/// the same subject and kind, as of the end of the window.
pub fn merged(
    openings: &[Opening],
    slots: usize,
    as_of_to: u64,
    salt: Fr,
) -> Result<Opening, RollupError> {
    let first = openings.first().ok_or(RollupError::Empty)?;
    for (account, opening) in openings.iter().enumerate() {
        if opening.subject() != first.subject() || opening.kind() != first.kind() {
            return Err(RollupError::Mixed { account });
        }
        if opening.as_of() > as_of_to {
            return Err(RollupError::Later {
                account,
                expected: as_of_to,
                got: opening.as_of(),
            });
        }
    }
    let list: Vec<Commitment> = openings.iter().map(Opening::commitment).collect();
    let blinding = merged_blinding(list_root(&list, slots)?, slots, salt);
    let positions = merged_positions(openings)?;
    let (kind, subject) = (first.kind(), first.subject());
    Ok(Opening::with_blinding(
        kind, subject, as_of_to, blinding, positions,
    )?)
}

impl Opening {
    /// A creditor's account that is shown to one holder: a liability whose blinding is
    /// [`holder_blinding`], so that the holder sees that it is nobody else's too. `as_of` in Unix
    /// seconds.
    pub fn of_holder(
        subject: &str,
        as_of: u64,
        holder: HolderReference,
        salt: Fr,
        positions: Vec<Position>,
    ) -> Result<Self, OpeningError> {
        let blinding = holder_blinding(holder, salt);
        Self::with_blinding(Kind::Liability, subject, as_of, blinding, positions)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r6_the_depth_is_the_least_that_holds_the_slots() {
        let cases = [(1, 1), (16, 1), (17, 2), (256, 2), (257, 3), (4096, 3)];
        for (slots, levels) in cases {
            assert_eq!(depth(slots), levels, "{slots}");
        }
    }
}
