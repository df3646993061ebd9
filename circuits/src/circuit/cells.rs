//! Cells by name, and what equations over them are written in: expressions for the gates,
//! elements for honest values.

use super::columns::{RowRule, advice, fixed, second};
use super::layout::Layout;
use crate::field::Fr;
use crate::numbers::budget::STRESSED_BITS;
use halo2_proofs::plonk::Expression;
use std::ops::{Add, Mul, Sub};

/// An expression over BN254's scalar field.
pub(super) type E = Expression<Fr>;

/// A column, by what it is for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Track {
    /// The first copyable column.
    A,
    /// The second copyable column.
    B,
    /// The register of the arithmetic gate.
    C,
    /// The register of the tiers; states of blocks.
    D,
    /// The challenge register.
    G,
    /// The running sum of the range check.
    Sum,
    /// One of five S-box inputs, by lane.
    X(usize),
    /// All limbs of the row.
    Limbs,
    /// The public inputs.
    Instance,
    /// The fixed factor of the register above.
    Kc,
    /// The fixed factor of `a` or `a b`.
    Ka,
}

/// A row, from the one at which the gate is on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    /// So many rows below, or above where negative.
    Row(i32),
    /// From a block's output: its row 0.
    BlockStart,
    /// From a block's output: row 0 of the next block.
    NextBlock,
    /// The same row of the block before.
    BlockBefore,
    /// From a block's row 0: where its input of that number is absorbed.
    Input(usize),
    /// The row of the number that follows a tier's.
    NextNumber,
}

impl At {
    /// The rotation of a query.
    pub fn rotation(self, layout: &Layout) -> i32 {
        match self {
            Self::Row(rows) => rows,
            Self::BlockStart => -(layout.end() as i32),
            Self::NextBlock => layout.stride() as i32,
            Self::BlockBefore => -(layout.permutation_rows() as i32),
            Self::Input(number) => layout.inputs()[number] as i32,
            Self::NextNumber => layout.number_rows(STRESSED_BITS) as i32,
        }
    }
}

/// A cell that an equation reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NamedCell {
    /// What it holds where the equation is on.
    pub name: &'static str,
    /// Its column.
    pub track: Track,
    /// Its row.
    pub at: At,
}

/// A query: the kind of column, its index among those of the kind, and the rotation.
pub type Query = (&'static str, usize, i32);

impl NamedCell {
    /// The query that reads it; of several limbs the first.
    pub fn query(&self, layout: &Layout) -> Query {
        let at = self.at.rotation(layout);
        match self.track {
            Track::A => ("advice", advice::A, at),
            Track::B => ("advice", advice::B, at),
            Track::C => ("advice", advice::C, at),
            Track::D => ("advice", layout.d(), at),
            Track::X(lane) => {
                let (column, row) = layout.sbox(lane);
                ("advice", advice::X + column, at + row as i32)
            }
            Track::Limbs => ("advice", layout.first_limb(), at),
            Track::G => ("second", second::G, at),
            Track::Sum => ("second", second::SUM, at),
            Track::Instance => ("instance", 0, at),
            Track::Kc => ("fixed", fixed::KC, at),
            Track::Ka => ("fixed", fixed::KA, at),
        }
    }

    /// Every query that reads it.
    pub fn queries(&self, layout: &Layout) -> Vec<Query> {
        let (kind, column, at) = self.query(layout);
        let columns = match self.track {
            Track::Limbs => layout.limbs,
            _ => 1,
        };
        (column..column + columns)
            .map(|column| (kind, column, at))
            .collect()
    }
}

pub(super) const fn cell(name: &'static str, track: Track, rows: i32) -> NamedCell {
    NamedCell {
        name,
        track,
        at: At::Row(rows),
    }
}

/// What equations are written in: expressions for the gates, elements for honest values.
pub(super) trait Algebra:
    Clone + Add<Output = Self> + Sub<Output = Self> + Mul<Output = Self> + Mul<Fr, Output = Self>
{
    /// An element.
    fn constant(x: Fr) -> Self;
    /// A number.
    fn number(x: u128) -> Self {
        use ff::PrimeField;
        Self::constant(Fr::from_u128(x))
    }
}

impl Algebra for E {
    fn constant(x: Fr) -> Self {
        E::Constant(x)
    }
}

impl Algebra for Fr {
    fn constant(x: Fr) -> Self {
        x
    }
}

/// A row as equations see it.
pub(super) trait Row {
    /// What its cells are.
    type Term: Algebra;
    /// A cell; of several (limbs) the first.
    fn cell(&mut self, cell: NamedCell) -> Self::Term;
    /// All limbs of the row.
    fn limbs(&mut self) -> Vec<Self::Term>;
    /// Not 0 where one of these rules holds, 0 elsewhere.
    fn on(&mut self, rules: &[RowRule]) -> Self::Term;
    /// Joins many sums into one.
    fn rho(&mut self) -> Self::Term;
    /// The pole of the keyed sums.
    fn gamma(&mut self) -> Self::Term;
    /// Joins amounts and counts in the keyed sums.
    fn delta(&mut self) -> Self::Term;
    /// The trace's dimensions.
    fn layout(&self) -> Layout;
}

/// 1 for the states 1 and 2, 0 for 0; a state is one of the three (H20, H24, H30).
pub(super) fn active<T: Algebra>(state: T) -> T {
    use ff::PrimeField;
    state.clone() * (T::number(3) - state) * Fr::TWO_INV
}

/// `sum unit^i * term_i`, with `unit` a number.
pub(super) fn powers<T: Algebra>(terms: impl IntoIterator<Item = T>, unit: Fr) -> T {
    use ff::Field;
    let mut factor = Fr::ONE;
    terms.into_iter().fold(T::constant(Fr::ZERO), |sum, term| {
        let sum = sum + term * factor;
        factor *= unit;
        sum
    })
}
