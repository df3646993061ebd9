//! The native relation of a roll-up: R1 to R6 over the integers, straight from docs/spec.md, 8a.1.
//! A claim is checked here before a proof is attempted; the circuit is written independently and
//! tested against this.

use super::{RollupShape, list_root, merged_blinding};
use crate::account::{Commitment, Kind, Opening};
use crate::field::Fr;
use crate::ident::{AssetId, SubjectId};
use crate::numbers::Amount;
use crate::statement::Window;
use std::collections::BTreeMap;
use std::fmt;

/// What a proof of a roll-up says, all of it public.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RollupStatement {
    /// Whose accounts they are.
    pub subject: SubjectId,
    /// When they were taken.
    pub window: Window,
    /// The kind of all of them.
    pub kind: Kind,
    /// The root of the list of their commitments (R6).
    pub list_root: Fr,
    /// K', the merged account.
    pub merged: Commitment,
}

impl RollupStatement {
    /// The public inputs, in the circuit's order.
    pub fn public_inputs(&self) -> Vec<Fr> {
        vec![
            self.subject.get(),
            Fr::from(self.window.from()),
            Fr::from(self.window.to()),
            Fr::from(u64::from(self.kind == Kind::Liability)),
            self.list_root,
            self.merged.0,
        ]
    }
}

/// A statement, and what its prover knows. The openings are secret.
#[derive(Clone)]
pub struct RollupClaim {
    /// What is claimed.
    pub statement: RollupStatement,
    /// The accounts of the list, in the order of its slots; the slots after them are empty.
    pub openings: Vec<Opening>,
    /// The merged account.
    pub merged: Opening,
    /// The salt of the merged account's blinding (R5).
    pub salt: Fr,
}

impl fmt::Debug for RollupClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RollupClaim")
            .field("statement", &self.statement)
            .finish_non_exhaustive()
    }
}

/// A roll-up is false. Amounts are not in the text.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RollupFalse {
    /// More accounts than slots.
    #[error("R1: expected at most {expected} accounts, got {got}")]
    Slots {
        /// M of the shape.
        expected: usize,
        /// Accounts.
        got: usize,
    },
    /// More positions than an account may have.
    #[error("R1: account {account} has {got} positions, expected at most {expected}")]
    Positions {
        /// 0-based, in the order of the list.
        account: usize,
        /// P of the shape.
        expected: usize,
        /// Positions.
        got: usize,
    },
    /// Another subject.
    #[error("R1: account {account} is another subject's")]
    Subject {
        /// 0-based, in the order of the list.
        account: usize,
    },
    /// Another kind.
    #[error("R1: account {account}: expected kind {expected}, got {got}")]
    Kind {
        /// 0-based, in the order of the list.
        account: usize,
        /// The public kind.
        expected: Kind,
        /// The account's.
        got: Kind,
    },
    /// Taken outside of the window.
    #[error(
        "R1: account {account}: as_of must be from {} to {}, got {got}",
        expected.from(),
        expected.to()
    )]
    AsOf {
        /// 0-based, in the order of the list.
        account: usize,
        /// The public window.
        expected: Window,
        /// The account's.
        got: u64,
    },
    /// A total of 2^112 or more.
    #[error("R3: the total of {asset} is 2^112 base units or more")]
    Total {
        /// The asset's name.
        asset: String,
    },
    /// The merged account has other positions than the sums by ascending id.
    #[error("R2: the merged account's positions are not the sums by ascending asset id")]
    Sums,
    /// More assets than the merged account may have.
    #[error("R2: {got} assets occur, expected at most {expected}")]
    Assets {
        /// Q of the shape.
        expected: usize,
        /// Distinct ids.
        got: usize,
    },
    /// The merged account is not K', or of another subject, kind or time.
    #[error("R4: the merged account is not an account of the statement as of its last second")]
    Merged,
    /// The merged account's blinding is another.
    #[error("R5: the merged account's blinding is not bound to the list")]
    Binding,
    /// The list root is another's.
    #[error("R6: the list root is not that of the accounts")]
    List,
}

/// R1 to R6, with the first clause that fails, in the order of docs/spec.md, 8a.1: R1 for each
/// slot, then R3, R2, R4, R5 and R6.
///
/// # Errors
/// The first clause that fails.
pub fn check(claim: &RollupClaim, shape: RollupShape) -> Result<(), RollupFalse> {
    let statement = &claim.statement;
    if claim.openings.len() > shape.accounts() {
        let (expected, got) = (shape.accounts(), claim.openings.len());
        return Err(RollupFalse::Slots { expected, got });
    }
    for (account, opening) in claim.openings.iter().enumerate() {
        check_opening(statement, shape, account, opening)?;
    }
    let mut sums: BTreeMap<AssetId, (&str, u128)> = BTreeMap::new();
    for position in claim.openings.iter().flat_map(Opening::positions) {
        let (_, sum) = sums.entry(position.id).or_insert((&position.asset, 0));
        // Each is below 2^112, and there are at most 2^17.
        *sum += position.amount.get();
    }
    if let Some((asset, _)) = sums.values().find(|(_, sum)| *sum > Amount::MAX.get()) {
        let asset = (*asset).to_owned();
        return Err(RollupFalse::Total { asset });
    }
    if sums.len() > shape.merged() {
        let (expected, got) = (shape.merged(), sums.len());
        return Err(RollupFalse::Assets { expected, got });
    }
    let merged = claim.merged.positions().iter();
    let merged = merged.map(|position| (position.id, position.amount.get()));
    if !merged.eq(sums.iter().map(|(id, (_, sum))| (*id, *sum))) {
        return Err(RollupFalse::Sums);
    }
    let is_merged = claim.merged.subject_id() == statement.subject
        && claim.merged.kind() == statement.kind
        && claim.merged.as_of() == statement.window.to()
        && claim.merged.commitment() == statement.merged;
    if !is_merged {
        return Err(RollupFalse::Merged);
    }
    let blinding = merged_blinding(statement.list_root, shape.accounts(), claim.salt);
    if claim.merged.blinding() != blinding {
        return Err(RollupFalse::Binding);
    }
    let list: Vec<Commitment> = claim.openings.iter().map(Opening::commitment).collect();
    match list_root(&list, shape.accounts()) {
        Ok(root) if root == statement.list_root => Ok(()),
        _ => Err(RollupFalse::List),
    }
}

/// R1 of a slot.
fn check_opening(
    statement: &RollupStatement,
    shape: RollupShape,
    account: usize,
    opening: &Opening,
) -> Result<(), RollupFalse> {
    if opening.subject_id() != statement.subject {
        return Err(RollupFalse::Subject { account });
    }
    if opening.kind() != statement.kind {
        let (expected, got) = (statement.kind, opening.kind());
        return Err(RollupFalse::Kind {
            account,
            expected,
            got,
        });
    }
    if !statement.window.contains(opening.as_of()) {
        let (expected, got) = (statement.window, opening.as_of());
        return Err(RollupFalse::AsOf {
            account,
            expected,
            got,
        });
    }
    if opening.positions().len() > shape.positions() {
        let (expected, got) = (shape.positions(), opening.positions().len());
        return Err(RollupFalse::Positions {
            account,
            expected,
            got,
        });
    }
    Ok(())
}

/// A claim that passed [`check`], as a prover takes it.
#[derive(Clone, Debug)]
pub struct SatisfiedRollup {
    claim: RollupClaim,
    shape: RollupShape,
}

impl SatisfiedRollup {
    /// Checks a claim.
    ///
    /// # Errors
    /// The first clause that fails.
    pub fn new(claim: RollupClaim, shape: RollupShape) -> Result<Self, RollupFalse> {
        check(&claim, shape)?;
        Ok(Self { claim, shape })
    }

    /// Merges accounts in the order of their list: [`super::merged`], and the statement about it.
    ///
    /// # Errors
    /// If they cannot be merged, or not in this shape.
    pub fn merging(
        openings: Vec<Opening>,
        shape: RollupShape,
        window: Window,
        salt: Fr,
    ) -> Result<Self, super::RollupError> {
        let merged = super::merged(&openings, shape.accounts(), window.to(), salt)?;
        let list: Vec<Commitment> = openings.iter().map(Opening::commitment).collect();
        let statement = RollupStatement {
            subject: merged.subject_id(),
            window,
            kind: merged.kind(),
            list_root: list_root(&list, shape.accounts())?,
            merged: merged.commitment(),
        };
        let claim = RollupClaim {
            statement,
            openings,
            merged,
            salt,
        };
        Ok(Self::new(claim, shape)?)
    }

    /// The claim.
    pub fn claim(&self) -> &RollupClaim {
        &self.claim
    }
    /// The shape that it fits.
    pub fn shape(&self) -> RollupShape {
        self.shape
    }
}
