//! What may hold of a row beside its limbs and its permutation: a table of gates, each with
//! its equations, and of each equation the clause that it serves, the rules that switch it and
//! the cells that it reads, by name.
//!
//! Everything else follows from the table: the gates ([`super::gates`]), the honest value of
//! the challenge register ([`register`]), the tables of docs/circuit.md, and a test that the
//! cells named here are those that the gates query. By family:
//!
//! - [`edge`]: public inputs, and where columns begin and end
//! - [`block`]: blocks of accounts and of the policy, positions
//! - [`flag`]: the register `c` and what its row must fulfil
//! - [`count`]: what an asset counts for, shares, reports
//! - [`register`]: the challenge register `g`
//!
//! A prime in an equation is the row above, `_next` the row below.

pub mod block;
pub mod count;
pub mod edge;
pub mod flag;
pub mod register;

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

/// An equation that defines the register, over both kinds of rows.
macro_rules! defines {
    ($name:expr, $on:expr, $cells:expr, $equation:path) => {
        Equation {
            name: $name,
            on: $on,
            cells: $cells,
            term: |v| $equation(v),
            defines_register: Some(|v| $equation(v)),
        }
    };
}
use defines;

/// The gates of edges and blocks, in the constraint system's order.
pub const BLOCKS: [&Gate; 9] = [
    &edge::PUBLIC_INPUT,
    &edge::ORIGIN,
    &edge::HASHING,
    &edge::LOOKUP_ENDS,
    &block::ACCOUNT_HEADER,
    &block::EVERY_POSITION,
    &block::BLOCK,
    &block::ASSET_WORD,
    &block::POSITION,
];

/// The gates of the settlement, in the constraint system's order.
pub const SETTLEMENT: [&Gate; 10] = [
    &flag::ARITHMETIC,
    &flag::FLAGS,
    &count::LINES,
    &count::SHARES,
    &count::REMAINDER,
    &register::KEY,
    &register::KIND,
    &register::PAIR,
    &register::HORNER,
    &register::DOT,
];

/// Those of the settlement that a layout has: lines may be packed instead.
pub(super) fn settlement(layout: &Layout) -> impl Iterator<Item = &'static Gate> {
    let packed = layout.packs_lines();
    let gates = SETTLEMENT.into_iter();
    gates.filter(move |gate| !(packed && gate.name == count::LINES.name))
}

/// Every gate of the table that a layout has.
pub fn gates(layout: &Layout) -> impl Iterator<Item = &'static Gate> {
    let blocks = BLOCKS.into_iter().chain([&register::BITS]);
    blocks.chain(settlement(layout))
}
