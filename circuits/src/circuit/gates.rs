//! Every constraint of the circuit, named by its equation: those of the table of rules
//! ([`super::rules`]), and those of limbs, of the range check and of Poseidon, which depend on
//! how many columns a layout has. A prime is the row above, `_next` the row below.

mod limbs;
pub(super) mod lookup;
mod poseidon;

use super::columns::{Config, RowRule, advice, fixed, second};
use super::layout::Layout;
use super::rules::{self, Gate, NamedCell, Row, Switch, Switching, Track};
use crate::field::Fr;
use halo2_proofs::plonk::{
    Advice, Challenge, Column, ConstraintSystem, Expression, FirstPhase, Fixed, Instance,
    SecondPhase, VirtualCells,
};
use halo2_proofs::poly::Rotation;

pub(super) use lookup::{IN_SUM, MOST_LIMBS, split};

/// An expression over BN254's scalar field.
pub(super) type E = Expression<Fr>;

/// The degree of the constraint system. halo2-axiom clamps to 5 in silence unless it is
/// told, and a verifier would reject if it were told more than the true degree.
pub const DEGREE: usize = 7;

/// The challenges, drawn after the first phase is committed: what they join is settled before
/// them, and no polynomial in them is 0 by chance (H10, H11).
#[derive(Clone, Copy, Debug)]
pub struct Challenges {
    /// Joins many sums into one.
    pub rho: Fr,
    /// The range check.
    pub beta: Fr,
    /// The keyed sums of S2.
    pub gamma: Fr,
    /// Joins amounts and counts in the keyed sums.
    pub delta: Fr,
}

/// The columns as expressions at a row.
pub(super) struct View<'a, 'b> {
    meta: &'a mut VirtualCells<'b, Fr>,
    config: &'a Columns,
}

/// The columns, while gates are being made.
pub(super) struct Columns {
    advice: Vec<Column<Advice>>,
    second: Vec<Column<Advice>>,
    fixed: Vec<Column<Fixed>>,
    instance: Column<Instance>,
    challenges: [Challenge; 4],
    layout: Layout,
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
    /// One of five S-box inputs: those of this row and on, or those after them.
    pub(super) fn x(&mut self, lane: usize, next: bool) -> E {
        let layout = self.config.layout;
        let (column, row) = layout.sbox(lane);
        let row = row + if next { layout.stride() } else { 0 };
        self.advice(advice::X + column, row as i32)
    }
    /// The constant of one of the next five S-box inputs.
    pub(super) fn rc(&mut self, lane: usize) -> E {
        let (column, row) = self.config.layout.sbox(lane);
        self.fixed_at(fixed::RC + column, row as i32)
    }
    pub(super) fn a(&mut self, rotation: i32) -> E {
        self.advice(advice::A, rotation)
    }
    pub(super) fn b(&mut self, rotation: i32) -> E {
        self.advice(advice::B, rotation)
    }
    pub(super) fn c(&mut self, rotation: i32) -> E {
        self.advice(advice::C, rotation)
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
            Track::G | Track::Sum => self.second(column, rotation),
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
    fn layout(&self) -> Layout {
        self.config.layout
    }
}

/// Makes gates: `when * expression = 0` for each of the expressions.
pub(super) struct Gates<'a> {
    meta: &'a mut ConstraintSystem<Fr>,
    columns: Columns,
}

impl Gates<'_> {
    pub(super) fn gate(
        &mut self,
        name: &'static str,
        make: impl FnOnce(&mut View<'_, '_>) -> (E, Vec<(&'static str, E)>),
    ) {
        let columns = &self.columns;
        self.meta.create_gate(name, |meta| {
            let (when, constraints) = make(&mut View {
                meta,
                config: columns,
            });
            constraints
                .into_iter()
                .map(|(equation, e)| (equation, when.clone() * e))
                .collect::<Vec<_>>()
        });
    }

    /// A gate of the table, and equations that depend on the layout.
    fn rule(
        &mut self,
        gate: &'static Gate,
        more: impl FnOnce(&mut View<'_, '_>) -> Vec<(&'static str, E)>,
    ) {
        self.gate(gate.name, |view| {
            let switch = |view: &mut View<'_, '_>, on: Switch| match on {
                Switch::Rules(rules) => view.any(rules),
                Switch::Form(form) => form.is_on(&view.fixed(fixed::FORM)),
            };
            let mut constraints = Vec::new();
            let mut when = number(1);
            for equation in gate.equations {
                let term = match gate.switching {
                    Switching::Together => {
                        when = switch(view, equation.on);
                        (equation.term)(view)
                    }
                    Switching::Each => switch(view, equation.on) * (equation.term)(view),
                    Switching::Inside => (equation.term)(view),
                };
                constraints.push((equation.name, term));
            }
            constraints.extend(more(view));
            (when, constraints)
        });
    }
}

/// Makes the columns and every gate.
pub fn configure(meta: &mut ConstraintSystem<Fr>, layout: &Layout) -> Config {
    meta.set_minimum_degree(DEGREE);
    let first = (0..layout.advice_columns())
        .map(|_| meta.advice_column_in(FirstPhase))
        .collect::<Vec<_>>();
    let challenges = std::array::from_fn(|_| meta.challenge_usable_after(FirstPhase));
    let second = (0..layout.second_columns())
        .map(|_| meta.advice_column_in(SecondPhase))
        .collect::<Vec<_>>();
    let fixed = (0..layout.fixed_columns())
        .map(|_| meta.fixed_column())
        .collect::<Vec<_>>();
    let instance = meta.instance_column();
    for column in [first[advice::A], first[advice::B], second[second::G]] {
        meta.enable_equality(column);
    }
    if layout.public_rows() == 0 {
        meta.enable_equality(instance);
    }
    let config = Config {
        advice: first.clone(),
        second: second.clone(),
        fixed: fixed.clone(),
        instance,
        challenges,
    };
    let mut gates = Gates {
        meta,
        columns: Columns {
            advice: first,
            second,
            fixed,
            instance,
            challenges,
            layout: *layout,
        },
    };
    poseidon::configure(&mut gates);
    for gate in rules::blocks(layout) {
        gates.rule(gate, |_| Vec::new());
    }
    limbs::configure(&mut gates, layout);
    lookup::configure(&mut gates);
    for gate in rules::SETTLEMENT {
        gates.rule(gate, |_| Vec::new());
    }
    config
}

#[cfg(test)]
mod tests {
    use super::super::layout::Profile;
    use super::*;
    use crate::circuit::fit;
    use crate::shape::Shape;

    /// More than the true degree and the check on chain fails; less and no proof verifies.
    #[test]
    fn the_degree_is_the_true_one() {
        let layouts = Shape::NAMED.map(|(_, shape)| fit::smallest(shape));
        let wide = fit::smallest_in(Shape::SMALL, Profile::Wide);
        for layout in layouts.into_iter().chain([wide]) {
            let shape = layout.shape;
            let mut meta = ConstraintSystem::default();
            configure(&mut meta, &layout);
            let gates = meta.gates().iter();
            let degree = gates
                .flat_map(|gate| gate.polynomials().iter().map(Expression::degree))
                .max();
            assert_eq!(degree, Some(DEGREE), "{shape}");
            assert_eq!(meta.degree(), DEGREE);
            assert!(meta.blinding_factors() < layout.profile.blinding_rows());
        }
    }
}
