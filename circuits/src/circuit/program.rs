//! What a trace is of: a collateral claim, many of one shape, or a roll-up of accounts. All are
//! written with the same columns and gates.

use super::CIRCUIT_VERSION;
use crate::many::{self, ManyShape};
use crate::rollup::{self, RollupShape};
use crate::shape::Shape;
use std::fmt;

/// The statement of a circuit, with its capacity.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Program {
    /// S1 to S10, for a shape.
    Claim(Shape),
    /// S1 to S10 of each of several claims.
    Many(ManyShape),
    /// R1 to R6, for a roll-up shape.
    Rollup(RollupShape),
}

/// A type of shapes, each the capacity of a [`Program`]: what keys are of, so that a key of a claim
/// is never taken for one of a roll-up.
pub trait Capacity: Copy + PartialEq + fmt::Debug + fmt::Display + Into<Program> {}

impl Capacity for Shape {}
impl Capacity for ManyShape {}
impl Capacity for RollupShape {}

impl From<Shape> for Program {
    fn from(shape: Shape) -> Self {
        Self::Claim(shape)
    }
}

impl From<ManyShape> for Program {
    fn from(shape: ManyShape) -> Self {
        Self::Many(shape)
    }
}

impl From<RollupShape> for Program {
    fn from(shape: RollupShape) -> Self {
        Self::Rollup(shape)
    }
}

impl fmt::Display for Program {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Claim(shape) => shape.fmt(f),
            Self::Many(shape) => shape.fmt(f),
            Self::Rollup(shape) => shape.fmt(f),
        }
    }
}

impl Program {
    /// What an id of the circuit begins with: which statement it is of.
    pub const fn version(&self) -> &'static str {
        match self {
            Self::Claim(_) => CIRCUIT_VERSION,
            Self::Many(_) => many::CIRCUIT_VERSION,
            Self::Rollup(_) => rollup::CIRCUIT_VERSION,
        }
    }

    /// The second part of an id: `4x27x8x4`, `10of4x27x8x4`, or `256x12->12`.
    pub fn dimensions(&self) -> String {
        match self {
            Self::Claim(shape) => shape.dimensions(),
            Self::Many(shape) => shape.to_string(),
            Self::Rollup(shape) => shape.to_string(),
        }
    }

    /// Length of the public input vector.
    pub const fn public_inputs(&self) -> usize {
        match self {
            Self::Claim(shape) => shape.public_inputs(),
            Self::Many(shape) => shape.public_inputs(),
            Self::Rollup(_) => RollupShape::PUBLIC_INPUTS,
        }
    }

    /// Claims, or one roll-up.
    pub const fn claims(&self) -> usize {
        match self {
            Self::Claim(_) | Self::Rollup(_) => 1,
            Self::Many(shape) => shape.claims(),
        }
    }

    /// Account slots of a claim or a roll-up.
    pub const fn accounts(&self) -> usize {
        match self {
            Self::Claim(shape) => shape.accounts(),
            Self::Many(shape) => shape.claim().accounts(),
            Self::Rollup(shape) => shape.accounts(),
        }
    }

    /// Largest number of positions of an account.
    pub const fn positions(&self) -> usize {
        match self {
            Self::Claim(shape) => shape.positions(),
            Self::Many(shape) => shape.claim().positions(),
            Self::Rollup(shape) => shape.positions(),
        }
    }

    /// Blocks of the hash of a full account.
    pub const fn blocks(&self) -> usize {
        crate::shape::blocks_of(self.positions())
    }
}
