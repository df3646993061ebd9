//! Hashing: the equations of every permutation in every lane as one sum, and the table of the
//! weights that it takes ([`super::super::weights`]).
//!
//! # Soundness
//! The sum over rows of `rho^row` times what the row's equations leave, lanes apart by powers of
//! `sigma`, is a polynomial in the two challenges whose coefficients are those remainders, each at
//! a power of its own: the cells of a permutation are first-phase, and a weight moves what an
//! S-box output takes to the row of the equation that takes it, which is below. It is 0 by
//! chance with probability at most (rows + lanes) / r (H11), and else every equation of every
//! permutation holds (H27). The sum is [`second::HASH`], from below: it is 0 in the row after the
//! last permutation and in the first. The rows after the last permutation follow the same rule
//! and bind nothing.

use super::Gates;
use crate::circuit::cells::E;
use crate::circuit::columns::{ArithmeticGate, Hashing, advice, fixed, second};
use crate::circuit::layout::OUTPUT_SLOT;
use crate::circuit::permutation::{OUTPUT, partial_input};
use crate::circuit::view::{View, constant};

/// `x^e` of a challenge.
fn power(x: E, exponent: usize) -> E {
    match exponent {
        0 => constant(crate::field::Fr::from(1)),
        1 => x,
        e if e.is_multiple_of(2) => power(x.clone() * x, e / 2),
        e => power(x.clone() * x.clone(), e / 2) * x,
    }
}

/// A polynomial in a challenge.
fn polynomial(coefficients: &[crate::field::Fr], at: &E) -> E {
    let terms = coefficients.iter().rev().copied().map(constant);
    terms
        .reduce(|sum, term| sum * at.clone() + term)
        .unwrap_or_else(|| constant(crate::field::Fr::from(0)))
}

fn quint(x: E) -> E {
    let square = x.clone() * x.clone();
    square.clone() * square * x
}

pub(super) fn configure(gates: &mut Gates<'_>) {
    gates.gate("hashing", |view| {
        let (rho, sigma) = (view.rho_challenge(), view.sigma());
        let kind = view.fixed(fixed::HASHING);
        let on = |which: Hashing| which.is_one(&kind);
        // What a cell's input is taken times, and what its slot's is.
        let input = on(Hashing::Own)
            + on(Hashing::Absorbs)
            + on(Hashing::PutsOut)
            + on(Hashing::Partial) * polynomial(&partial_input(), &rho);
        let slot =
            on(Hashing::PutsOut) * power(rho.clone(), OUTPUT - OUTPUT_SLOT) - on(Hashing::Absorbs);
        let weight = view.second(second::WEIGHT, 0);
        let rc = view.fixed(fixed::RC);
        let (lanes, slots) = (view.config.layout.lanes, view.config.layout.slot_rows());
        let mut terms: Vec<E> = (0..lanes)
            .map(|lane| {
                let x = view.advice(advice::X + lane, 0);
                let absorbed = view.advice(advice::B, (lane * slots) as i32);
                input.clone() * x.clone() - weight.clone() * quint(x) + slot.clone() * absorbed
                    - rc.clone()
            })
            .collect();
        let last = terms.pop();
        let sum = terms
            .into_iter()
            .rev()
            .fold(last, |sum, term| sum.map(|sum| sum * sigma.clone() + term));
        let sum = sum.unwrap_or_else(|| constant(crate::field::Fr::from(0)));
        let step = view.second(second::HASH, 0) - view.second(second::HASH, 1) * rho;
        // On wherever limbs are looked up: not in the rows of blinding.
        (
            view.fixed(fixed::TABLE),
            vec![(
                "sum = rho sum_next + what the lanes' equations leave",
                step - sum,
            )],
        )
    });
    gates.gate("weights", |view: &mut View<'_, '_>| {
        let rho = view.rho_challenge();
        let (w, above) = (
            view.second(second::WEIGHT, 0),
            view.second(second::WEIGHT, -1),
        );
        let follows = view.fixed(fixed::KC) * above;
        let value = ((follows * rho.clone() + view.fixed(fixed::KA)) * rho.clone()
            + view.fixed(fixed::HASHING))
            * rho
            + view.fixed(fixed::RC);
        (
            ArithmeticGate::Weight.is_on(&view.fixed(fixed::FORM)),
            vec![("w = k_c rho^3 w' + rho^2 k_a + rho h + rc", w - value)],
        )
    });
}
