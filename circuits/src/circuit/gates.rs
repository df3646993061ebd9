//! Every constraint of the circuit, named by its equation: those of the table of rules
//! ([`super::rules`]), and those of limbs, of the range check and of Poseidon, which depend on
//! how many columns a layout has. A prime is the row above, `_next` the row below.

mod hashing;
mod limbs;
mod lines;
pub(super) mod lookup;

use super::cells::E;
use super::columns::{Config, DEGREE, advice, fixed, second};
use super::layout::Layout;
use super::rules::{self, Gate, Switch, Switching};
use super::view::{Columns, View, number};
use crate::field::Fr;
use halo2_proofs::plonk::{ConstraintSystem, FirstPhase, SecondPhase};

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
    let mut copyable = vec![first[advice::A], first[advice::B]];
    copyable.extend(layout.is_wide().then(|| first[layout.operand().0]));
    copyable.extend([second[second::G], second[second::WEIGHT]]);
    for column in copyable {
        meta.enable_equality(column);
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
    hashing::configure(&mut gates);
    for gate in rules::BLOCKS {
        gates.rule(gate, |_| Vec::new());
    }
    limbs::configure(&mut gates, layout);
    lookup::configure(&mut gates);
    for gate in rules::settlement(layout) {
        gates.rule(gate, |_| Vec::new());
    }
    if layout.packs_lines() {
        lines::configure(&mut gates, layout);
    }
    config
}

#[cfg(test)]
mod tests {
    use super::super::layout::Profile;
    use super::*;
    use crate::circuit::fit;
    use crate::shape::Shape;
    use halo2_proofs::plonk::Expression;

    /// More than the true degree and the check on chain fails; less and no proof verifies.
    #[test]
    fn the_degree_is_the_true_one() {
        let layouts = Shape::NAMED.map(|(_, shape)| fit::smallest(shape));
        let wide = fit::smallest_in(Shape::SMALL, Profile::Wide);
        for layout in layouts.into_iter().chain([wide]) {
            let shape = layout.program;
            let mut meta = ConstraintSystem::default();
            configure(&mut meta, &layout);
            let gates = meta.gates().iter();
            let degree = gates
                .flat_map(|gate| gate.polynomials().iter().map(Expression::degree))
                .max();
            assert_eq!(degree, Some(DEGREE), "{shape}");
            assert_eq!(meta.degree(), DEGREE);
            assert!(meta.blinding_factors() < layout.blinding_rows());
        }
    }
}
