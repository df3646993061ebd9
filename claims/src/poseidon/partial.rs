//! The partial rounds in a third of the multiplications.
//!
//! A partial round is linear but for what its S-box adds to the first lane. With
//! `d_r = x_r^5 - x_r`, where x_r is the first lane after the constants of round r, the states
//! s_0, s_1, .. before each round satisfy `s_{r+1} = M (s_r + constants_r + d_r e_1)`, so
//!
//! - `x_r = row_r s_0 + offset_r + sum over i < r of d_i u_{r-i}`, where row_r is the first row
//!   of M^r and `u_n` the first entry of M^n,
//! - `s_R = M^R s_0 + offset + sum over i < R of d_i column_{R-i}`, where column_n is the first
//!   column of M^n,
//!
//! and the offsets are what the same rounds make of `s_0 = 0` without any S-box.

use super::{PARAMETERS, PARTIAL_ROUNDS, State, WIDTH, dot, mix, quint};
use crate::field::Fr;
use ff::Field;
use std::array::from_fn;
use std::sync::LazyLock;

struct Linear {
    /// The first rows of M^0, M^1, .. M^(R-1).
    rows: Vec<State>,
    /// The first lane in each round without S-boxes, from 0.
    offsets: Vec<Fr>,
    /// The first columns of M^1, M^2, .. M^R.
    columns: Vec<State>,
    /// M^R, by rows.
    all: [State; WIDTH],
    /// The state after all rounds without S-boxes, from 0.
    offset: State,
}

static LINEAR: LazyLock<Linear> = LazyLock::new(Linear::derive);

/// All partial rounds.
pub(super) fn rounds(state: &State) -> State {
    let linear = &*LINEAR;
    let mut added: Vec<Fr> = Vec::with_capacity(PARTIAL_ROUNDS);
    for (row, offset) in linear.rows.iter().zip(&linear.offsets) {
        let earlier = added.iter().rev().zip(&linear.columns);
        let x = dot(row, state) + offset + earlier.map(|(d, [u, ..])| *d * u).sum::<Fr>();
        added.push(quint(x) - x);
    }
    let mut out: State = from_fn(|_| Fr::ZERO);
    for ((lane, row), offset) in out.iter_mut().zip(&linear.all).zip(&linear.offset) {
        *lane = dot(row, state) + offset;
    }
    for (d, column) in added.iter().rev().zip(&linear.columns) {
        for (lane, weight) in out.iter_mut().zip(column) {
            *lane += *d * weight;
        }
    }
    out
}

impl Linear {
    fn derive() -> Self {
        let (_, partial, _) = PARAMETERS.phases();
        let unit = |k: usize| from_fn(|i| if i == k { Fr::ONE } else { Fr::ZERO });
        let steps = |first, step: fn(&State) -> State| {
            std::iter::successors(Some(first), move |s| Some(step(s)))
        };
        let mut offset = [Fr::ZERO; WIDTH];
        let mut offsets = Vec::with_capacity(PARTIAL_ROUNDS);
        for constants in partial {
            for (lane, constant) in offset.iter_mut().zip(constants) {
                *lane += constant;
            }
            let [first, ..] = offset;
            offsets.push(first);
            offset = mix(&offset);
        }
        Self {
            rows: steps(unit(0), mix_from_the_left)
                .take(PARTIAL_ROUNDS)
                .collect(),
            offsets,
            columns: steps(unit(0), mix).skip(1).take(PARTIAL_ROUNDS).collect(),
            all: power(PARTIAL_ROUNDS),
            offset,
        }
    }
}

/// A row times the MDS matrix.
fn mix_from_the_left(row: &State) -> State {
    left(row, &PARAMETERS.mds)
}

fn left(row: &State, matrix: &[State; WIDTH]) -> State {
    let mut out = [Fr::ZERO; WIDTH];
    for (weight, entries) in row.iter().zip(matrix) {
        for (lane, entry) in out.iter_mut().zip(entries) {
            *lane += *weight * entry;
        }
    }
    out
}

/// M^n by squaring, n not 0.
fn power(n: usize) -> [State; WIDTH] {
    let mds = &PARAMETERS.mds;
    let bits_below_the_highest = (0..n.ilog2()).rev().map(|bit| n >> bit & 1 == 1);
    bits_below_the_highest.fold(*mds, |power, multiply| {
        let square = product(&power, &power);
        if multiply {
            product(&square, mds)
        } else {
            square
        }
    })
}

fn product(a: &[State; WIDTH], b: &[State; WIDTH]) -> [State; WIDTH] {
    a.each_ref().map(|row| left(row, b))
}
