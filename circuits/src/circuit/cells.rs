//! Cells by name, and what equations over them are written in: expressions for the gates,
//! elements for honest values.

use super::columns::{RowRule, advice, fixed, second};
use super::layout::{Layout, OUTPUT_SLOT};
use crate::field::Fr;
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
    /// A third copyable cell of a row: in a column of its own, or in `b` of the row below.
    Operand,
    /// Where a word goes: the operand's column, or `b`.
    Exported,
    /// The chain value at the end of a block: in the operand's column; or in `c`, and that of the
    /// block before in `b`.
    Chain,
    /// The challenge register.
    G,
    /// The weights of hashing.
    Weight,
    /// What the equations of hashing add up to.
    Hash,
    /// The running sum of the range check.
    Sum,
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
    /// From the end of a block: what the block before left.
    BlockBefore,
    /// From a line's slack: the line before. From that of a held share: the value.
    LineBefore,
    /// From the slack of an asset's share: the number c_a, which follows.
    Counted,
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

/// Rows from a block's first slot to that of its output.
const BLOCK: i32 = OUTPUT_SLOT as i32;

impl NamedCell {
    /// The query that reads it; of several limbs the first.
    pub fn query(&self, layout: &Layout) -> Query {
        let wide = layout.is_wide();
        let (operand, below) = layout.operand();
        let at = match (self.at, self.track) {
            (At::Row(rows), _) => rows,
            // Wide, in the first slot of the block; narrow, in the rows around its end.
            (At::BlockBefore, _) if wide => -BLOCK,
            (At::BlockBefore, Track::G) => -2,
            (At::BlockBefore, _) => 1,
            (At::LineBefore, _) => -(layout.line_rows() as i32),
            (At::Counted, _) => layout.share_rows() as i32,
        };
        match self.track {
            Track::A => ("advice", advice::A, at),
            Track::B => ("advice", advice::B, at),
            Track::C => ("advice", advice::C, at),
            Track::Operand => ("advice", operand, at + below as i32),
            Track::Exported if !wide => ("advice", advice::B, at),
            Track::Chain | Track::Exported if wide => ("advice", operand, at),
            Track::Chain if self.at == At::BlockBefore => ("advice", advice::B, at),
            Track::Chain | Track::Exported => ("advice", advice::C, at),
            Track::Limbs => ("advice", layout.first_limb(), at),
            Track::G => ("second", second::G, at),
            Track::Weight => ("second", second::WEIGHT, at),
            Track::Hash => ("second", second::HASH, at),
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
    /// Keeps liabilities apart from collateral.
    fn kappa(&mut self) -> Self::Term;
    /// The trace's dimensions.
    fn layout(&self) -> Layout;
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
