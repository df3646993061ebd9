//! S1, S2, S8: what a permutation absorbs, how its output chains on, and the positions
//! of an account.
//!
//! Row 0 of a block: `a` is the chain value so far, `b` the first input, `d` the state
//! of the block: 0 unused, 1 active (collateral), 2 active (liability). In the header of an
//! account `a` of row 1 is the bit of a liability, for the public kinds. The other inputs
//! stand in `b` of the rows that the layout says; a block of positions keeps its state in
//! `d` down to its last position. An inactive block passes the chain value on, and its
//! entries are zero.

use super::{E, Gates, constant, number};
use crate::account::Kind;
use crate::circuit::columns::{ArithmeticGate, RowRule, fixed, second};
use crate::circuit::layout::Layout;
use crate::field::{Fr, two_pow};
use crate::ident::{TAG_POLICY, ascii_tag};
use crate::poseidon::PARAMETERS;
use ff::Field;

/// 1 for the states 1 and 2, 0 for 0; a state is one of the three (H20, H24, H30).
fn active(state: E) -> E {
    state.clone() * (number(3) - state) * two_pow(1).invert().unwrap_or(Fr::ZERO)
}

/// 1 for the state 2, 0 for 0 and 1 (H22).
fn is_liability(state: E) -> E {
    state.clone() * (state - number(1)) * two_pow(1).invert().unwrap_or(Fr::ZERO)
}

pub(super) fn configure(gates: &mut Gates<'_>, layout: &Layout) {
    // Rotations from a block's output to its row 0 and to that of the next block, and to
    // the same row of the block before.
    let (start, after) = (-(layout.end() as i32), layout.stride() as i32);
    let before = -(layout.permutation_rows() as i32);
    let rows = layout.inputs().map(|row| row as i32);
    if layout.public_rows() > 0 {
        gates.gate("public input", |view| {
            let on = view.on(&[RowRule::Public]);
            (on, vec![("a = public input", view.a(0) - view.instance())])
        });
    }
    gates.gate("absorb", |view| {
        let on = view.on(&[
            RowRule::AccountHeader,
            RowRule::Origin,
            RowRule::Policy,
            RowRule::Positions,
            RowRule::Flagged,
        ]);
        let first = PARAMETERS.constants[0];
        let inputs = std::iter::once(None).chain(rows.map(Some));
        let constraints = inputs
            .enumerate()
            .map(|(lane, row)| {
                let input = row.map_or_else(|| constant(Fr::ZERO), |row| view.b(row));
                let input = input + constant(first[lane]);
                ("x = input + rc", view.x(lane, false) - input)
            })
            .collect();
        (on, constraints)
    });
    gates.gate("header of an account", |view| {
        let on = view.on(&[RowRule::AccountHeader, RowRule::Origin]);
        let (b, state) = (view.b(0), view.d(0));
        let (collateral, liability) = (Kind::Collateral.tag(), Kind::Liability.tag());
        let tag = constant(collateral) + (state.clone() - number(1)) * (liability - collateral);
        (
            on,
            vec![
                (
                    "d (d - 1) (d - 2) = 0",
                    state.clone() * (state.clone() - number(1)) * (state.clone() - number(2)),
                ),
                ("b = tag of d", b - tag),
                (
                    "a of row 1 = 1 if a liability, else 0",
                    view.a(1) - is_liability(state),
                ),
            ],
        )
    });
    gates.gate("chain", |view| {
        let on = view.on(&[RowRule::Hold]);
        let (out, so_far, state) = (view.c(0), view.a(start), view.d(start));
        let result = so_far.clone() + active(state) * (out - so_far);
        (
            on,
            vec![(
                "a of the next block = active ? output : a of row 0",
                view.a(after) - result,
            )],
        )
    });
    gates.gate("chain begins", |view| {
        let on = view.on(&[RowRule::First]);
        let (out, state) = (view.c(0), view.d(start));
        (
            on,
            vec![(
                "a of the next block = active ? output : 0",
                view.a(after) - active(state) * out,
            )],
        )
    });
    gates.gate("origin", |view| {
        let on = view.on(&[RowRule::Origin]);
        let constraints = vec![
            ("a = 0", view.a(0)),
            ("g = 0", view.g(0)),
            ("sum = 0", view.second(second::SUM, 0)),
        ];
        (on, constraints)
    });
    gates.gate("policy begins", |view| {
        let on = view.on(&[RowRule::Policy]);
        (
            on,
            vec![
                ("d = 1", view.d(0) - number(1)),
                (
                    "b = tag of a policy",
                    view.b(0) - constant(ascii_tag(TAG_POLICY)),
                ),
                ("a of row 1 = 1", view.a(1) - number(1)),
            ],
        )
    });
    gates.gate("a block follows", |view| {
        let on = view.on(&[RowRule::Positions, RowRule::Flagged]);
        let (state, before) = (view.d(0), view.d(before));
        (
            on,
            vec![
                (
                    "d = 0 or d of the block before",
                    state.clone() * (state - before),
                ),
                ("b = a", view.b(0) - view.a(0)),
            ],
        )
    });
    gates.gate("a block of the policy", |view| {
        let on = view.on(&[RowRule::Flagged]);
        let unused = view.d(0) - number(1);
        (
            on,
            vec![
                ("unused: word 1 = 0", unused.clone() * view.b(rows[1])),
                ("unused: word 2 = 0", unused.clone() * view.b(rows[2])),
                ("unused: word 3 = 0", unused * view.b(rows[3])),
                ("a of row 1 = d", view.a(1) - view.d(0)),
            ],
        )
    });
    // a = amount, b = entry, c = how the position counts (0 not, 1 collateral, 2 liability),
    // d = the block's state (H25); in the row below b = asset id. The entry may be any element
    // (H29): only one that counts is id and amount (H32).
    gates.gate("position", |view| {
        let (amount, entry, id) = (view.a(0), view.b(0), view.b(1));
        let (counts, state) = (view.c(0), view.d(0));
        let not_counted = (counts.clone() - number(1)) * (counts.clone() - number(2));
        // Asset and kind are one pole of two separate values: the kind's part is a challenge,
        // so that a wrong id cannot make up for a wrong kind, whatever number the id is (H33).
        let key = id.clone() + (counts.clone() - number(1)) * view.rho();
        let weight = amount.clone() + view.delta() * active(counts.clone());
        // The register skips a row, where two rows are a position; it stands beside the first.
        let (g, g_before) = (view.g(0), view.g(-2));
        (
            ArithmeticGate::Position.is_on(&view.fixed(fixed::FORM)),
            vec![
                (
                    "counts = 0 or the block's state",
                    counts.clone() * (counts.clone() - state.clone()),
                ),
                (
                    "counted: entry = id * 2^128 + amount",
                    counts.clone() * (entry.clone() - id.clone() * two_pow(128) - amount.clone()),
                ),
                ("not counted: id = 0", not_counted.clone() * id),
                ("not counted: amount = 0", not_counted * amount),
                (
                    // The first factor is not 0 where it is not counted, and 0 where it is a
                    // liability that is.
                    "not counted and not collateral: entry = 0",
                    (counts.clone() - number(2)) * (state.clone() - number(1)) * entry.clone(),
                ),
                (
                    "(g - g'') (gamma + id + rho kind) = amount + delta",
                    (g - g_before) * (view.gamma() + key) - weight,
                ),
            ],
        )
    });
}
