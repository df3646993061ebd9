//! A row as the gates see it: its cells as expressions, queried of the constraint system.

use super::cells::{E, NamedCell, Row, Track};
use super::columns::{CHALLENGES, RowRule, advice, fixed};
use super::layout::Layout;
use crate::field::Fr;
use halo2_proofs::plonk::{Advice, Challenge, Column, Expression, Fixed, Instance, VirtualCells};
use halo2_proofs::poly::Rotation;

/// The columns as expressions at a row.
pub(super) struct View<'a, 'b> {
    pub(super) meta: &'a mut VirtualCells<'b, Fr>,
    pub(super) config: &'a Columns,
}

/// The columns, while gates are being made.
pub(super) struct Columns {
    pub(super) advice: Vec<Column<Advice>>,
    pub(super) second: Vec<Column<Advice>>,
    pub(super) fixed: Vec<Column<Fixed>>,
    pub(super) instance: Column<Instance>,
    pub(super) challenges: [Challenge; CHALLENGES],
    pub(super) layout: Layout,
}

impl View<'_, '_> {
    pub(super) fn advice(&mut self, column: usize, rotation: i32) -> E {
        self.meta
            .query_advice(self.config.advice[column], Rotation(rotation))
    }
    pub(super) fn second(&mut self, column: usize, rotation: i32) -> E {
        self.meta
            .query_advice(self.config.second[column], Rotation(rotation))
    }
    pub(super) fn fixed(&mut self, column: usize) -> E {
        self.fixed_at(column, 0)
    }
    pub(super) fn fixed_at(&mut self, column: usize, rotation: i32) -> E {
        self.meta
            .query_fixed(self.config.fixed[column], Rotation(rotation))
    }
    pub(super) fn a(&mut self, rotation: i32) -> E {
        self.advice(advice::A, rotation)
    }
    pub(super) fn b(&mut self, rotation: i32) -> E {
        self.advice(advice::B, rotation)
    }
    pub(super) fn instance(&mut self) -> E {
        self.meta
            .query_instance(self.config.instance, Rotation::cur())
    }
    pub(super) fn all_limbs(&mut self) -> Vec<E> {
        (0..self.config.layout.limbs)
            .map(|limb| self.limb(limb, 0))
            .collect()
    }
    pub(super) fn limb(&mut self, limb: usize, rotation: i32) -> E {
        self.advice(self.config.layout.first_limb() + limb, rotation)
    }
    pub(super) fn multiplicities(&mut self) -> E {
        self.advice(self.config.layout.multiplicities(), 0)
    }
    /// Not 0 where one of these rules holds.
    pub(super) fn any(&mut self, rules: &[RowRule]) -> E {
        let columns = std::array::from_fn(|i| self.fixed(fixed::RULE + i));
        let rules = rules.iter().map(|rule| rule.is_on(&columns));
        rules
            .reduce(|sum, rule| sum + rule)
            .unwrap_or_else(|| number(0))
    }
    pub(super) fn rho_challenge(&mut self) -> E {
        self.challenge(0)
    }
    pub(super) fn sigma(&mut self) -> E {
        self.challenge(5)
    }
    fn challenge(&mut self, index: usize) -> E {
        self.meta.query_challenge(self.config.challenges[index])
    }
    pub(super) fn beta(&mut self) -> E {
        self.challenge(1)
    }
}

/// A number as an expression.
pub(super) fn number(x: u128) -> E {
    use ff::PrimeField;
    constant(Fr::from_u128(x))
}

/// An element as an expression.
pub(super) fn constant(x: Fr) -> E {
    Expression::Constant(x)
}

impl Row for View<'_, '_> {
    type Term = E;

    fn cell(&mut self, cell: NamedCell) -> E {
        let layout = self.config.layout;
        let (_, column, rotation) = cell.query(&layout);
        match cell.track {
            Track::G | Track::Weight | Track::Hash | Track::Sum => self.second(column, rotation),
            Track::Instance => self.instance(),
            Track::Kc | Track::Ka => self.fixed_at(column, rotation),
            _ => self.advice(column, rotation),
        }
    }
    fn limbs(&mut self) -> Vec<E> {
        self.all_limbs()
    }
    fn on(&mut self, rules: &[RowRule]) -> E {
        self.any(rules)
    }
    fn rho(&mut self) -> E {
        self.challenge(0)
    }
    fn gamma(&mut self) -> E {
        self.challenge(2)
    }
    fn delta(&mut self) -> E {
        self.challenge(3)
    }
    fn kappa(&mut self) -> E {
        self.challenge(4)
    }
    fn layout(&self) -> Layout {
        self.config.layout
    }
}
