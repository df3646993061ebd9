//! Poseidon as a trace of S-box inputs: 20 rows of five cells a permutation.
//!
//! A full round is a row: its five S-box inputs. Partial rounds have one S-box each, so
//! five rounds share a row; the other four lanes are linear and are eliminated: the
//! lanes at the start of a row are recovered from the row's own S-box inputs, and the
//! next row's inputs follow as affine forms. The coefficients are the same for every
//! row; only the constants differ (a test says so), and they stand in fixed columns.
//!
//! The gates use the forms as [`Maps`]: eliminating the linear lanes leaves a recurrence
//! `u_5 = sum linear_k u_{k+1} + sum sboxes_k u_k^5 + constant` between S-box inputs that
//! follow each other. What it takes from a row's own cells, lane by lane, is a basis of
//! the state after the row; full rounds and partial ones share it.

use crate::field::Fr;
use crate::poseidon::{FULL_ROUNDS, PARAMETERS, PARTIAL_ROUNDS, State, WIDTH, mix, quint};
use ff::Field;
use std::sync::LazyLock;

/// Rows of a permutation.
pub const ROWS: usize = FULL_ROUNDS + PARTIAL_ROUNDS / WIDTH;
/// Row of the last full round before the partial ones.
pub const LAST_FULL: usize = FULL_ROUNDS / 2 - 1;
/// Row of the first full round after the partial ones.
pub const FIRST_FULL_AGAIN: usize = LAST_FULL + 1 + PARTIAL_ROUNDS / WIDTH;

const _: () = assert!(PARTIAL_ROUNDS.is_multiple_of(WIDTH) && ROWS == 20);

/// The S-box inputs of a permutation, row by row, and its output lane 0.
pub fn rows(inputs: [Fr; 4]) -> ([State; ROWS], Fr) {
    let [a, b, c, d] = inputs;
    let mut state = [Fr::ZERO, a, b, c, d];
    let mut rows = [[Fr::ZERO; WIDTH]; ROWS];
    for (round, constants) in PARAMETERS.constants.iter().enumerate() {
        for (lane, constant) in state.iter_mut().zip(constants) {
            *lane += constant;
        }
        match place(round) {
            Place::Full(row) => {
                rows[row] = state;
                state = state.map(quint);
            }
            Place::Partial(row, lane) => {
                rows[row][lane] = state[0];
                state[0] = quint(state[0]);
            }
        }
        state = mix(&state);
    }
    (rows, state[0])
}

enum Place {
    Full(usize),
    Partial(usize, usize),
}

fn place(round: usize) -> Place {
    let half = FULL_ROUNDS / 2;
    if round < half {
        Place::Full(round)
    } else if round < half + PARTIAL_ROUNDS {
        let partial = round - half;
        Place::Partial(half + partial / WIDTH, partial % WIDTH)
    } else {
        Place::Full(round - PARTIAL_ROUNDS + PARTIAL_ROUNDS / WIDTH)
    }
}

/// An affine form in the cells of two neighbouring rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// Coefficients of the S-box inputs of this row.
    pub x: State,
    /// Coefficients of the S-box outputs of this row.
    pub z: State,
    /// Coefficients of the S-box outputs of the next row.
    pub z_next: State,
    /// Constant.
    pub constant: Fr,
}

impl Form {
    fn zero() -> Self {
        let zero = [Fr::ZERO; WIDTH];
        Self {
            x: zero,
            z: zero,
            z_next: zero,
            constant: Fr::ZERO,
        }
    }

    fn add(&mut self, factor: Fr, other: &Self) {
        for (to, from) in [
            (&mut self.x, &other.x),
            (&mut self.z, &other.z),
            (&mut self.z_next, &other.z_next),
        ] {
            for (to, from) in to.iter_mut().zip(from) {
                *to += factor * from;
            }
        }
        self.constant += factor * other.constant;
    }
}

/// The five cells of the row after `row`, as forms in `row` and, for the partial
/// rounds, in the outputs of the S-boxes before them in the next row.
pub fn next_row(row: usize) -> [Form; WIDTH] {
    let mds = &PARAMETERS.mds;
    // The state after this row's last S-box, as forms.
    let (mut state, mut round): ([Form; WIDTH], usize) =
        if row <= LAST_FULL || row >= FIRST_FULL_AGAIN {
            let state = std::array::from_fn(|lane| {
                let mut form = Form::zero();
                form.z[lane] = Fr::ONE;
                form
            });
            let round = if row <= LAST_FULL {
                row
            } else {
                row + PARTIAL_ROUNDS - PARTIAL_ROUNDS / WIDTH
            };
            (state, round)
        } else {
            after_partial_row(row)
        };
    let mixed = |state: &[Form; WIDTH], round: usize| -> [Form; WIDTH] {
        std::array::from_fn(|i| {
            let mut form = Form::zero();
            for (k, lane) in state.iter().enumerate() {
                form.add(mds[i][k], lane);
            }
            form.constant += PARAMETERS.constants[round][i];
            form
        })
    };
    round += 1;
    let mut inputs = mixed(&state, round);
    if row + 1 >= FIRST_FULL_AGAIN || row < LAST_FULL {
        return inputs;
    }
    let mut out: [Form; WIDTH] = std::array::from_fn(|_| Form::zero());
    for (lane, input) in out.iter_mut().enumerate() {
        *input = inputs[0].clone();
        state = inputs;
        state[0] = Form::zero();
        state[0].z_next[lane] = Fr::ONE;
        if lane + 1 < WIDTH {
            round += 1;
            inputs = mixed(&state, round);
        } else {
            break;
        }
    }
    out
}

/// The state after the fifth S-box of a partial row, and that S-box's round. The linear
/// lanes w at the row's start are unknown; they are solved for from the row's inputs
/// u_1 .. u_4.
fn after_partial_row(row: usize) -> ([Form; WIDTH], usize) {
    let first = FULL_ROUNDS / 2 + (row - FULL_ROUNDS / 2) * WIDTH;
    const LINEAR: usize = WIDTH - 1;
    // Over the basis (w, z of this row, 1).
    type Lane = ([Fr; LINEAR], Form);
    let lane_of_w = |i: usize| -> Lane {
        let mut w = [Fr::ZERO; LINEAR];
        w[i] = Fr::ONE;
        (w, Form::zero())
    };
    let sbox = |i: usize| -> Lane {
        let mut form = Form::zero();
        form.z[i] = Fr::ONE;
        ([Fr::ZERO; LINEAR], form)
    };
    let mut state: Vec<Lane> = std::iter::once(sbox(0))
        .chain((0..LINEAR).map(lane_of_w))
        .collect();
    let mut equations: Vec<Lane> = Vec::new();
    for step in 1..WIDTH {
        let mixed: Vec<Lane> = (0..WIDTH)
            .map(|i| {
                let (mut w, mut form) = ([Fr::ZERO; LINEAR], Form::zero());
                for (k, (lane_w, lane)) in state.iter().enumerate() {
                    let factor = PARAMETERS.mds[i][k];
                    for (to, from) in w.iter_mut().zip(lane_w) {
                        *to += factor * from;
                    }
                    form.add(factor, lane);
                }
                form.constant += PARAMETERS.constants[first + step][i];
                (w, form)
            })
            .collect();
        // u_step = mixed[0], so sum w_i W_i = u_step - the rest.
        let (w, rest) = &mixed[0];
        let mut form = Form::zero();
        form.x[step] = Fr::ONE;
        form.add(-Fr::ONE, rest);
        equations.push((*w, form));
        state = mixed;
        state[0] = sbox(step);
    }
    let solved = solve(equations);
    let state = state.into_iter().map(|(w, mut form)| {
        for (factor, lane) in w.iter().zip(&solved) {
            form.add(*factor, lane);
        }
        form
    });
    let mut out: [Form; WIDTH] = std::array::from_fn(|_| Form::zero());
    for (to, from) in out.iter_mut().zip(state) {
        *to = from;
    }
    (out, first + WIDTH - 1)
}

/// Gauss-Jordan elimination; the matrix is invertible for these parameters, which the
/// tests show by the trace agreeing with the permutation.
fn solve<const N: usize>(mut rows: Vec<([Fr; N], Form)>) -> Vec<Form> {
    for pivot in 0..N {
        if let Some(swap) = (pivot..N).find(|r| !bool::from(rows[*r].0[pivot].is_zero())) {
            rows.swap(pivot, swap);
        }
        let inverse = rows[pivot].0[pivot].invert().unwrap_or(Fr::ZERO);
        let (coefficients, form) = rows[pivot].clone();
        let coefficients = coefficients.map(|c| c * inverse);
        let mut scaled = Form::zero();
        scaled.add(inverse, &form);
        for (r, row) in rows.iter_mut().enumerate() {
            if r == pivot {
                *row = (coefficients, scaled.clone());
            } else {
                let factor = row.0[pivot];
                for (to, from) in row.0.iter_mut().zip(&coefficients) {
                    *to -= factor * from;
                }
                row.1.add(-factor, &scaled);
            }
        }
    }
    rows.into_iter().map(|(_, form)| form).collect()
}

/// The forms of every row but the last, computed once.
pub static NEXT: LazyLock<Vec<[Form; WIDTH]>> =
    LazyLock::new(|| (0..ROWS - 1).map(next_row).collect());

/// The transitions between rows, as few products as they take.
#[derive(Debug)]
pub struct Maps {
    /// Weights of the second to fifth S-box inputs of five, in the sixth.
    pub linear: [Fr; WIDTH - 1],
    /// Weights of five S-box outputs in the sixth input.
    pub sboxes: State,
    /// From the outputs of a full round to what the recurrence takes from them.
    pub entry: [State; WIDTH],
    /// From what the recurrence takes from a row of partial rounds to the inputs of the
    /// full round that follows.
    pub exit: [State; WIDTH],
}

/// [`Maps`] of circomlib's parameters.
pub static MAPS: LazyLock<Maps> = LazyLock::new(Maps::derive);

impl Maps {
    fn derive() -> Self {
        let [first, ..] = &NEXT[LAST_FULL + 1];
        let [_, linear @ ..] = first.x;
        let sboxes = first.z;
        let mut entry = [[Fr::ZERO; WIDTH]; WIDTH];
        for (lane, row) in entry.iter_mut().enumerate() {
            let forms = &NEXT[LAST_FULL];
            *row = std::array::from_fn(|k| {
                forms[lane].z[k] - after(&linear, lane, |at| forms[at].z[k])
            });
        }
        // The forms of the exit are `exit` times the recurrence's; the S-box outputs alone
        // determine it, by a triangular system.
        let inverse = sboxes[0].invert().unwrap_or(Fr::ZERO);
        let mut exit = [[Fr::ZERO; WIDTH]; WIDTH];
        for (row, form) in exit.iter_mut().zip(&NEXT[FIRST_FULL_AGAIN - 1]) {
            for k in 0..WIDTH {
                let known: Fr = (0..k).map(|j| row[j] * sboxes[k - j]).sum();
                row[k] = (form.z[k] - known) * inverse;
            }
        }
        Self {
            linear,
            sboxes,
            entry,
            exit,
        }
    }

    /// The constants of a row's transition.
    pub fn constants(&self, row: usize) -> State {
        let forms = &NEXT[row];
        let partial_follows = (LAST_FULL..FIRST_FULL_AGAIN - 1).contains(&row);
        std::array::from_fn(|lane| {
            let constant = forms[lane].constant;
            if partial_follows {
                constant - after(&self.linear, lane, |at| forms[at].constant)
            } else {
                constant
            }
        })
    }
}

/// What the recurrence takes from the lanes before one in the same row.
fn after(linear: &[Fr; WIDTH - 1], lane: usize, value: impl Fn(usize) -> Fr) -> Fr {
    (0..lane)
        .map(|at| linear[WIDTH - 1 - lane + at] * value(at))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poseidon;

    #[test]
    fn the_trace_is_the_permutation() {
        let inputs = [3, 1, 4, 1].map(Fr::from);
        let (rows, out) = rows(inputs);
        assert_eq!(out, poseidon::hash(inputs));
        for (row, forms) in NEXT.iter().enumerate() {
            let (z, z_next) = (rows[row].map(quint), rows[row + 1].map(quint));
            for (lane, form) in forms.iter().enumerate() {
                let dot = |c: &State, v: &State| c.iter().zip(v).map(|(c, v)| *c * v).sum::<Fr>();
                let value = dot(&form.x, &rows[row])
                    + dot(&form.z, &z)
                    + dot(&form.z_next, &z_next)
                    + form.constant;
                assert_eq!(value, rows[row + 1][lane], "row {row} lane {lane}");
            }
        }
    }

    #[test]
    fn maps_are_the_forms() {
        let maps = &*MAPS;
        assert_eq!(NEXT[LAST_FULL + 1][0].x[0], Fr::ZERO);
        let (rows, _) = rows([2, 7, 1, 8].map(Fr::from));
        let dot = |c: &[Fr], v: &[Fr]| c.iter().zip(v).map(|(c, v)| *c * v).sum::<Fr>();
        for row in 0..ROWS - 1 {
            let (x, next) = (rows[row], rows[row + 1]);
            let (z, z_next) = (x.map(quint), next.map(quint));
            let before: State = std::array::from_fn(|lane| {
                dot(&maps.linear, &x[lane + 1..]) + dot(&maps.sboxes, &z[lane..])
            });
            for lane in 0..WIDTH {
                let from_row = match row {
                    LAST_FULL => dot(&maps.entry[lane], &z),
                    _ if row + 1 == FIRST_FULL_AGAIN => dot(&maps.exit[lane], &before),
                    _ if !(LAST_FULL..FIRST_FULL_AGAIN).contains(&row) => {
                        dot(&PARAMETERS.mds[lane], &z)
                    }
                    _ => before[lane],
                };
                let mut value = from_row + maps.constants(row)[lane];
                if (LAST_FULL..FIRST_FULL_AGAIN - 1).contains(&row) && lane > 0 {
                    value += dot(&maps.linear[WIDTH - 1 - lane..], &next)
                        + dot(&maps.sboxes[WIDTH - lane..], &z_next);
                }
                assert_eq!(value, next[lane], "row {row} lane {lane}");
            }
        }
    }

    #[test]
    fn coefficients_repeat() {
        let same = |a: usize, b: usize| {
            for (f, g) in NEXT[a].iter().zip(&NEXT[b]) {
                assert_eq!(
                    (f.x, f.z, f.z_next),
                    (g.x, g.z, g.z_next),
                    "rows {a} and {b}"
                );
            }
        };
        [1, 2, 16, 17, 18].into_iter().for_each(|row| same(0, row));
        (5..FIRST_FULL_AGAIN - 1).for_each(|row| same(4, row));
    }
}
