//! The prover's values of a roll-up, clause by clause, as plain numbers. [`RollupWitness::honest`]
//! makes them from a claim; tests lie in them, and the circuit must notice.

use super::witness::{AccountWitness, BlockWitness, PositionWitness, blocks};
use crate::account::{Kind, Opening};
use crate::field::Fr;
use crate::rollup::{RollupClaim, RollupFalse, RollupShape};
use crate::shape::blocks_of;
use ff::{Field, PrimeField};

/// A position of the merged account (R2 to R4).
#[derive(Clone, Copy, Debug, Default)]
pub struct MergedWitness {
    /// 1 for a position, 0 for an unused slot.
    pub used: u64,
    /// The asset's id.
    pub id: Fr,
    /// The sum of its amounts.
    pub total: Fr,
    /// How many positions make it up.
    pub count: Fr,
}

/// Everything the prover puts into the circuit of a roll-up.
#[derive(Clone, Debug)]
pub struct RollupWitness {
    /// The shape.
    pub shape: RollupShape,
    /// The public inputs.
    pub public: Vec<Fr>,
    /// M slots.
    pub accounts: Vec<AccountWitness>,
    /// Empty positions of active blocks.
    pub empty: Fr,
    /// Q slots.
    pub merged: Vec<MergedWitness>,
    /// The salt of the merged account's blinding.
    pub salt: Fr,
}

impl RollupWitness {
    /// All zero, for key generation.
    pub fn blank(shape: RollupShape) -> Self {
        let account = AccountWitness {
            blocks: blocks(shape.positions())
                .into_iter()
                .map(|positions| BlockWitness {
                    active: 0,
                    positions: vec![PositionWitness::default(); positions],
                })
                .collect(),
            ..Default::default()
        };
        Self {
            shape,
            public: vec![Fr::ZERO; RollupShape::PUBLIC_INPUTS],
            accounts: vec![account; shape.accounts()],
            empty: Fr::ZERO,
            merged: vec![MergedWitness::default(); shape.merged()],
            salt: Fr::ZERO,
        }
    }

    /// The values of a claim. Makes no promise that they satisfy the circuit: a false claim gives
    /// values that do not.
    ///
    /// # Errors
    /// If the claim has no room in the shape.
    pub fn honest(claim: &RollupClaim, shape: RollupShape) -> Result<Self, RollupFalse> {
        fits(claim, shape)?;
        let mut witness = Self::blank(shape);
        witness.public = claim.statement.public_inputs();
        witness.salt = claim.salt;
        let liability = u64::from(claim.statement.kind == Kind::Liability);
        let mut openings = claim.openings.iter();
        let mut empty = 0u64;
        for slot in &mut witness.accounts {
            let opening = openings.next();
            slot.liability = liability;
            slot.every = 1;
            slot.as_of = opening.map_or(claim.statement.window.from(), Opening::as_of);
            slot.blinding = opening.map_or(Fr::ZERO, Opening::blinding);
            let positions = opening.map_or(&[][..], Opening::positions);
            let active = match opening {
                Some(_) => blocks_of(positions.len()),
                None => 0,
            };
            let mut positions = positions.iter();
            for (i, block) in slot.blocks.iter_mut().enumerate() {
                block.active = u64::from(i < active);
                for to in &mut block.positions {
                    to.counts = 1;
                    match positions.next() {
                        Some(position) => {
                            to.entry = position.entry();
                            to.amount = Fr::from_u128(position.amount.get());
                        }
                        None => empty += block.active,
                    }
                }
            }
        }
        witness.empty = Fr::from(empty);
        for (slot, position) in witness.merged.iter_mut().zip(claim.merged.positions()) {
            let occur = claim.openings.iter().flat_map(Opening::positions);
            let count = occur.filter(|other| other.id == position.id).count();
            *slot = MergedWitness {
                used: 1,
                id: Fr::from_u128(position.id.get()),
                total: Fr::from_u128(position.amount.get()),
                count: Fr::from(count as u64),
            };
        }
        Ok(witness)
    }
}

/// Whether the claim has room in the shape.
fn fits(claim: &RollupClaim, shape: RollupShape) -> Result<(), RollupFalse> {
    let (expected, got) = (shape.accounts(), claim.openings.len());
    if got > expected {
        return Err(RollupFalse::Slots { expected, got });
    }
    let expected = shape.positions();
    for (account, opening) in claim.openings.iter().enumerate() {
        let got = opening.positions().len();
        if got > expected {
            return Err(RollupFalse::Positions {
                account,
                expected,
                got,
            });
        }
    }
    let (expected, got) = (shape.merged(), claim.merged.positions().len());
    match got > expected {
        true => Err(RollupFalse::Assets { expected, got }),
        false => Ok(()),
    }
}
