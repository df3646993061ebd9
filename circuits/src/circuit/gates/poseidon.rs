//! Poseidon: from row to row of a permutation, and its output.

use super::Gates;
use crate::circuit::cells::E;
use crate::circuit::columns::{Round, fixed};
use crate::circuit::poseidon_trace::MAPS;
use crate::circuit::view::{View, constant, number};
use crate::field::Fr;
use crate::poseidon::{PARAMETERS, State, WIDTH};
use ff::Field;

fn quint(x: E) -> E {
    let square = x.clone() * x.clone();
    square.clone() * square * x
}

fn outputs(view: &mut View<'_, '_>, next: bool) -> Vec<E> {
    (0..WIDTH).map(|i| quint(view.x(i, next))).collect()
}

fn dot<'a>(factors: impl IntoIterator<Item = &'a Fr>, cells: &[E]) -> E {
    factors
        .into_iter()
        .zip(cells)
        .map(|(factor, cell)| cell.clone() * *factor)
        .reduce(|sum, term| sum + term)
        .unwrap_or_else(|| constant(Fr::ZERO))
}

fn times(matrix: &[State; WIDTH], cells: &[E]) -> Vec<E> {
    matrix.iter().map(|row| dot(row, cells)).collect()
}

pub(super) fn configure(gates: &mut Gates<'_>) {
    // A row has one of the four transitions at most (H12), so that each term of a lane's sum
    // vanishes by itself.
    gates.gate("x_next is the next S-box input", |view| {
        let (p, q) = (view.fixed(fixed::ROUND), view.fixed(fixed::ROUND + 1));
        let to_full = Round::Full.is_on(&p, &q);
        let entry = Round::Entry.is_on(&p, &q);
        let to_partial = Round::Partial.is_on(&p, &q);
        let exit = Round::Exit.is_on(&p, &q);
        let x: Vec<E> = (0..WIDTH).map(|i| view.x(i, false)).collect();
        let x_next: Vec<E> = (0..WIDTH).map(|i| view.x(i, true)).collect();
        let (z, z_next) = (outputs(view, false), outputs(view, true));
        let maps = &*MAPS;
        // What the recurrence of the partial rounds takes from this row, lane by lane.
        let before: Vec<E> = (0..WIDTH)
            .map(|lane| match lane {
                lane if lane + 1 < WIDTH => {
                    dot(&maps.linear, &x[lane + 1..]) + dot(&maps.sboxes, &z[lane..])
                }
                lane => dot(&maps.sboxes, &z[lane..]),
            })
            .collect();
        let mixed = times(&PARAMETERS.mds, &z);
        let entered = times(&maps.entry, &z);
        let left = times(&maps.exit, &before);
        let any = (to_full.clone() + exit.clone()) + (entry.clone() + to_partial.clone());
        let partial_follows = entry.clone() + to_partial.clone();
        let constraints = (0..WIDTH)
            .map(|lane| {
                let mut sum = any.clone() * (x_next[lane].clone() - view.rc(lane))
                    - to_full.clone() * mixed[lane].clone()
                    - exit.clone() * left[lane].clone()
                    - entry.clone() * entered[lane].clone()
                    - to_partial.clone() * before[lane].clone();
                if lane > 0 {
                    // The same recurrence, in the cells of the next row.
                    let next = dot(&maps.linear[WIDTH - 1 - lane..], &x_next)
                        + dot(&maps.sboxes[WIDTH - lane..], &z_next);
                    sum = sum - partial_follows.clone() * next;
                }
                ("x_next = the transition's map", sum)
            })
            .collect();
        (number(1), constraints)
    });
    gates.gate("c = M_0 x^5", |view| {
        let out = dot(&PARAMETERS.mds[0], &outputs(view, false));
        let (p, q) = (view.fixed(fixed::ROUND), view.fixed(fixed::ROUND + 1));
        (
            Round::End.is_on(&p, &q),
            vec![("c is the permutation's output", view.c(0) - out)],
        )
    });
}
