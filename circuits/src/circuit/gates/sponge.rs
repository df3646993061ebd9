//! Poseidon: from row to row of a permutation, and its output.

use super::{E, Gates, View, constant};
use crate::circuit::columns::{Block, FullRound, PartialRound, advice, fixed};
use crate::circuit::sponge::{FIRST_FULL_AGAIN, Form, LAST_FULL, NEXT};
use crate::poseidon::{PARAMETERS, WIDTH};
use ff::Field;

fn quint(x: E) -> E {
    let square = x.clone() * x.clone();
    square.clone() * square * x
}

fn outputs(view: &mut View<'_, '_>, rotation: i32) -> Vec<E> {
    (0..WIDTH)
        .map(|i| quint(view.advice(advice::X + i, rotation)))
        .collect()
}

pub(super) fn configure(gates: &mut Gates<'_>) {
    type On = fn(&mut View<'_, '_>) -> E;
    let transitions: [(&'static str, On, usize); 4] = [
        (
            "x_next = M x^5 + rc",
            |v| FullRound::Full.is_on(&v.fixed(fixed::FULL)),
            0,
        ),
        (
            "x_next: five partial rounds after a full one",
            |v| FullRound::Entry.is_on(&v.fixed(fixed::FULL)),
            LAST_FULL,
        ),
        (
            "x_next: five partial rounds after five",
            |v| PartialRound::Partial.is_on(&v.fixed(fixed::PARTIAL)),
            LAST_FULL + 1,
        ),
        (
            "x_next: a full round after five partial ones",
            |v| PartialRound::Exit.is_on(&v.fixed(fixed::PARTIAL)),
            FIRST_FULL_AGAIN - 1,
        ),
    ];
    for (name, on, row) in transitions {
        gates.gate(name, |view| {
            let (z, z_next) = (outputs(view, 0), outputs(view, 1));
            let x: Vec<E> = (0..WIDTH).map(|i| view.advice(advice::X + i, 0)).collect();
            let constraints = NEXT[row]
                .iter()
                .enumerate()
                .map(|(lane, form)| {
                    let value = evaluate(form, &x, &z, &z_next) + view.fixed(fixed::RC + lane);
                    (
                        "x_next is the next S-box input",
                        view.advice(advice::X + lane, 1) - value,
                    )
                })
                .collect();
            (on(view), constraints)
        });
    }
    gates.gate("c = M_0 x^5", |view| {
        let out = outputs(view, 0)
            .into_iter()
            .zip(PARAMETERS.mds[0])
            .fold(constant(ff::Field::ZERO), |sum, (z, m)| sum + z * m);
        (
            Block::End.is_on(&view.fixed(fixed::BLOCK)),
            vec![("c is the permutation's output", view.c(0) - out)],
        )
    });
}

/// A form without its constant, which stands in the fixed columns.
fn evaluate(form: &Form, x: &[E], z: &[E], z_next: &[E]) -> E {
    let terms = [(&form.x, x), (&form.z, z), (&form.z_next, z_next)];
    terms
        .into_iter()
        .flat_map(|(factors, cells)| factors.iter().zip(cells))
        .filter(|(factor, _)| !bool::from(factor.is_zero()))
        .fold(constant(Field::ZERO), |sum, (factor, cell)| {
            sum + cell.clone() * *factor
        })
}
