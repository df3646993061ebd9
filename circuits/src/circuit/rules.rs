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

use super::cells::{E, NamedCell};
use super::columns::{ArithmeticGate, RowRule};
use super::layout::Layout;
use super::view::View;
use crate::field::Fr;
use register::RowValues;

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
