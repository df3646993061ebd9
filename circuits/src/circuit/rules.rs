//! What may hold of a row beside its limbs and its permutation: a table of gates, each with
//! its equations, and of each equation the clause that it serves, the rules that switch it and
//! the cells that it reads, by name.
//!
//! Everything else follows from the table: the gates ([`super::gates`]), the honest value of
//! the challenge register ([`register`]), the tables of docs/circuit.md, and a test that the
//! cells named here are those that the gates query. By family:
//!
//! - [`start`]: a block begins, and what it absorbs
//! - [`edge`]: a block ends, and what it passes on
//! - [`flag`]: the register `c` and what its row must fulfil
//! - [`tier`]: the tiers of S5, in the register `d`
//! - [`register`]: the challenge register `g`
//!
//! A prime in an equation is the row above, `_next` the row below.

pub mod edge;
pub mod flag;
pub mod register;
pub mod start;
pub mod tier;

use super::columns::{ArithmeticGate, RowRule, advice, fixed, second};
use super::gates::{E, View};
use super::layout::Layout;
use crate::field::Fr;
use crate::numbers::budget::STRESSED_BITS;
use register::RowValues;
use std::ops::{Add, Mul, Sub};

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

const fn cell(name: &'static str, track: Track, rows: i32) -> NamedCell {
    NamedCell {
        name,
        track,
        at: At::Row(rows),
    }
}

/// What turns an equation on.
#[derive(Clone, Copy, Debug)]
pub enum Switch {
    /// One of these rules of the row.
    Rules(&'static [RowRule]),
    /// The form of the row's register `c`.
    Form(ArithmeticGate),
}

/// One equation of a gate.
#[derive(Clone, Copy, Debug)]
pub struct Equation {
    /// The equation, as the constraint system names it.
    pub name: &'static str,
    /// Where it holds.
    pub on: Switch,
    /// What it reads, but for its switch.
    pub cells: &'static [NamedCell],
    /// The polynomial that is 0.
    pub(super) term: fn(&mut View<'_, '_>) -> E,
    /// The same over a row's values, where the equation defines the challenge register: it is
    /// linear in `g` of this row.
    pub(super) defines_register: Option<fn(&mut RowValues<'_>) -> Fr>,
}

impl Equation {
    const fn new(
        name: &'static str,
        on: Switch,
        cells: &'static [NamedCell],
        term: fn(&mut View<'_, '_>) -> E,
    ) -> Self {
        Self {
            name,
            on,
            cells,
            term,
            defines_register: None,
        }
    }
}

/// How the switches of a gate's equations enter its polynomials.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Switching {
    /// One switch for all.
    Together,
    /// Each equation has its own.
    Each,
    /// The equations contain it.
    Inside,
}

/// A gate: equations that share what they read.
#[derive(Clone, Copy, Debug)]
pub struct Gate {
    /// Its name in the constraint system.
    pub name: &'static str,
    /// How its equations are switched.
    pub switching: Switching,
    /// Its equations.
    pub equations: &'static [Equation],
}

/// The gates of blocks, in the constraint system's order.
pub const BLOCKS: [&Gate; 10] = [
    &start::PUBLIC_INPUT,
    &start::ABSORB,
    &start::ACCOUNT_HEADER,
    &edge::CHAIN,
    &edge::CHAIN_BEGINS,
    &start::ORIGIN,
    &start::POLICY_BEGINS,
    &start::BLOCK_FOLLOWS,
    &start::POLICY_BLOCK,
    &register::POSITION,
];

/// The gates of the settlement, in the constraint system's order.
pub const SETTLEMENT: [&Gate; 9] = [
    &flag::ARITHMETIC,
    &flag::FLAGS,
    &tier::TIERS,
    &flag::CAP,
    &flag::FLOOR,
    &register::KEY,
    &register::PAIR,
    &register::HORNER,
    &register::DOT,
];

/// Those of the blocks that a layout has: public inputs may be copied instead.
pub(super) fn blocks(layout: &Layout) -> impl Iterator<Item = &'static Gate> {
    let in_rows = layout.public_rows() > 0;
    let gates = BLOCKS.into_iter();
    gates.filter(move |gate| in_rows || gate.name != start::PUBLIC_INPUT.name)
}

/// Every gate of the table that a layout has.
pub fn gates(layout: &Layout) -> impl Iterator<Item = &'static Gate> {
    let between = [&register::BITS, &edge::LOOKUP_ENDS];
    blocks(layout).chain(between).chain(SETTLEMENT)
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
fn active<T: Algebra>(state: T) -> T {
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

#[cfg(test)]
mod tests;
