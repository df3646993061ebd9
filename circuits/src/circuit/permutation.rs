//! Poseidon with sixteen inputs as cells of one column: 220 S-box inputs a permutation, and one
//! equation a cell.
//!
//! A permutation takes [`ROWS`] = 221 rows of a *lane*, in the order of [`Part`]: the sixteen
//! inputs of the first full round (the capacity lane is 0 there, so that it has no cell), three
//! more full rounds, the 68 inputs of the partial rounds, what the recurrence takes from them
//! (17 values), four full rounds. The last row has no cell: its equation is that of the output,
//! which is not in the lane.
//!
//! - A full round after a full one: `x_l = sum_k M_lk z_k + constant`, with `z = x^5`.
//! - Partial rounds have one S-box each. The sixteen lanes without one are linear and are
//!   eliminated: what is left is a recurrence of order 17 between S-box inputs that follow each
//!   other, `u_{r+17} = sum_k (linear_k u_{r+k} + sboxes_k z_{r+k}) + constant`. The first 17 begin
//!   with a map of the last full round (`entry`).
//! - What the recurrence would take for the 17 rounds after the last partial one is a basis of
//!   the state. It is stored as a fifth root, so that it is an S-box *output* like all others;
//!   `x -> x^5` is a bijection of the field. The full round after it is a map of it (`exit`).
//!
//! All equations of all lanes are one random linear combination ([`super::gates`]): the equation
//! of a row has that row's power of a challenge `rho`. What an S-box output of a row adds to the
//! equations of later rows is a *weight*, a polynomial in `rho` that is the same in every
//! permutation; [`Weight`] names the 69 that there are.

use crate::field::Fr;
use crate::poseidon::{FULL_ROUNDS, PARAMETERS, PARTIAL_ROUNDS, State, WIDTH, mix, quint};
use ff::Field;
use std::sync::LazyLock;

/// Rows of a permutation.
pub const ROWS: usize = FULL_ROUNDS * WIDTH - 1 + PARTIAL_ROUNDS + WIDTH + 1;
/// Inputs of a permutation, in the first rows of its lane.
pub const INPUTS: usize = WIDTH - 1;
/// The row whose equation is the output's; it has no cell.
pub const OUTPUT: usize = ROWS - 1;

const HALF: usize = FULL_ROUNDS / 2;
/// First row of the partial rounds.
const PARTIAL: usize = INPUTS + (HALF - 1) * WIDTH;
/// First row of what the recurrence takes from them.
const TAKEN: usize = PARTIAL + PARTIAL_ROUNDS;
/// First row of the full rounds after them.
const AGAIN: usize = TAKEN + WIDTH;

const _: () = assert!(ROWS == 13 * WIDTH && PARTIAL_ROUNDS >= 2 * WIDTH);

/// What a row of a lane is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Part {
    /// Input of an S-box of the first full round; of lanes 1 to 16.
    First(usize),
    /// Input of an S-box of a full round whose next round is a full one.
    Full(usize),
    /// The same, whose next round is partial.
    Entry(usize),
    /// Input of the S-box of a partial round.
    Partial(usize),
    /// Fifth root of what the recurrence takes.
    Taken(usize),
    /// Input of an S-box of the last full round.
    Last(usize),
    /// The row of the output's equation.
    Output,
}

/// What a row is.
pub fn part(row: usize) -> Part {
    let lane = |from: usize| (row - from) % WIDTH;
    match row {
        _ if row < INPUTS => Part::First(row + 1),
        _ if row < PARTIAL - WIDTH => Part::Full(lane(INPUTS)),
        _ if row < PARTIAL => Part::Entry(lane(PARTIAL - WIDTH)),
        _ if row < TAKEN => Part::Partial(row - PARTIAL),
        _ if row < AGAIN => Part::Taken(row - TAKEN),
        _ if row < OUTPUT - WIDTH => Part::Full(lane(AGAIN)),
        _ if row < OUTPUT => Part::Last(lane(OUTPUT - WIDTH)),
        _ => Part::Output,
    }
}

/// The round, from 0, whose S-box the cell of a row is the input of; `None` of what is no such
/// input: what the recurrence takes is of several rounds, and the output of none.
#[cfg(any(test, feature = "testing"))]
pub fn round(row: usize) -> Option<usize> {
    match part(row) {
        Part::First(_) => Some(0),
        Part::Partial(l) => Some(HALF + l),
        Part::Full(_) | Part::Entry(_) if row < PARTIAL => Some(1 + (row - INPUTS) / WIDTH),
        Part::Full(_) | Part::Last(_) => Some(HALF + PARTIAL_ROUNDS + (row - AGAIN) / WIDTH),
        Part::Entry(_) | Part::Taken(_) | Part::Output => None,
    }
}

type Matrix = [State; WIDTH];

/// The linear maps between the cells.
#[derive(Debug)]
pub struct Maps {
    /// Weights of 17 S-box inputs of partial rounds in the next.
    pub linear: State,
    /// Weights of their outputs in it.
    pub sboxes: State,
    /// From the outputs of a full round to the first 17 inputs of partial rounds, without what
    /// the recurrence takes of those before.
    pub entry: Matrix,
    /// From what the recurrence takes to the inputs of the next full round.
    pub exit: Matrix,
}

/// [`Maps`] of circomlib's parameters.
pub static MAPS: LazyLock<Maps> = LazyLock::new(Maps::derive);

fn dot(a: &[Fr], b: &[Fr]) -> Fr {
    a.iter().zip(b).map(|(a, b)| *a * b).sum()
}

impl Maps {
    /// By the characteristic polynomial of the linear lanes' map (Cayley and Hamilton).
    fn derive() -> Self {
        const LINEAR: usize = WIDTH - 1;
        let mds = &PARAMETERS.mds;
        let row = |i: usize| -> [Fr; LINEAR] { std::array::from_fn(|k| mds[i][k + 1]) };
        let lanes: Vec<[Fr; LINEAR]> = (1..WIDTH).map(row).collect();
        let times = |v: &[Fr; LINEAR]| -> [Fr; LINEAR] {
            std::array::from_fn(|k| (0..LINEAR).map(|i| v[i] * lanes[i][k]).sum())
        };
        // What u_{r + 1 + j} takes from the linear lanes of round r.
        let mut seen = vec![row(0)];
        for j in 0..LINEAR {
            let next = times(&seen[j]);
            seen.push(next);
        }
        // seen[16] is a combination of those before: the recurrence's weights of inputs.
        let transposed: Vec<Vec<Fr>> = (0..LINEAR)
            .map(|k| seen.iter().map(|v| v[k]).collect())
            .collect();
        let combination = solve(transposed);
        // What u_{r + 1 + j} takes from the S-box output of round r.
        let from_sbox: Vec<Fr> = std::iter::once(mds[0][0])
            .chain(
                seen[..LINEAR]
                    .iter()
                    .map(|v| (0..LINEAR).map(|i| v[i] * mds[i + 1][0]).sum()),
            )
            .collect();
        let mut linear = [Fr::ZERO; WIDTH];
        linear[1..].copy_from_slice(&combination);
        let sboxes = std::array::from_fn(|i| {
            let later = (i..LINEAR).map(|j| combination[j] * from_sbox[j - i]);
            from_sbox[LINEAR - i] - later.sum::<Fr>()
        });
        let mut maps = Self {
            linear,
            sboxes,
            entry: [[Fr::ZERO; WIDTH]; WIDTH],
            exit: [[Fr::ZERO; WIDTH]; WIDTH],
        };
        for k in 0..WIDTH {
            let mut unit = [Fr::ZERO; WIDTH];
            unit[k] = Fr::ONE;
            let entered = maps.entered(unit);
            for (to, from) in maps.entry.iter_mut().zip(entered) {
                to[k] = from;
            }
        }
        maps.exit = product(mds, &inverse(&maps.entry));
        maps
    }

    /// `entry` of a vector of S-box outputs: the partial rounds' inputs with all of their own
    /// outputs 0, and from each what the recurrence takes of those before.
    fn entered(&self, outputs: State) -> State {
        let mut state = mix(&outputs);
        let mut inputs = [Fr::ZERO; WIDTH];
        for input in &mut inputs {
            *input = state[0];
            state[0] = Fr::ZERO;
            state = mix(&state);
        }
        std::array::from_fn(|l| inputs[l] - dot(&self.linear[WIDTH - l..], &inputs[..l]))
    }

    /// What the recurrence takes for the round after `l` more, from 17 rounds and their outputs.
    fn taken(&self, inputs: &[Fr], outputs: &[Fr], l: usize) -> Fr {
        dot(&self.linear, &inputs[l..]) + dot(&self.sboxes, &outputs[l..])
    }
}

/// Gauss-Jordan elimination of rows that end with their right side. The matrices are invertible
/// for these parameters, which the tests show by the cells agreeing with the permutation.
fn eliminate(mut rows: Vec<Vec<Fr>>) -> Vec<Vec<Fr>> {
    let size = rows.len();
    for pivot in 0..size {
        if let Some(swap) = (pivot..size).find(|r| !bool::from(rows[*r][pivot].is_zero())) {
            rows.swap(pivot, swap);
        }
        let inverse = rows[pivot][pivot].invert().unwrap_or(Fr::ZERO);
        rows[pivot].iter_mut().for_each(|x| *x *= inverse);
        let row = rows[pivot].clone();
        for (r, other) in rows.iter_mut().enumerate() {
            let factor = other[pivot];
            if r != pivot && factor != Fr::ZERO {
                other
                    .iter_mut()
                    .zip(&row)
                    .for_each(|(x, y)| *x -= factor * y);
            }
        }
    }
    rows
}

fn solve(rows: Vec<Vec<Fr>>) -> Vec<Fr> {
    let size = rows.len();
    eliminate(rows).into_iter().map(|row| row[size]).collect()
}

fn inverse(matrix: &Matrix) -> Matrix {
    let rows = matrix.iter().enumerate().map(|(i, row)| {
        let unit = (0..WIDTH).map(|k| Fr::from(u64::from(k == i)));
        row.iter().copied().chain(unit).collect()
    });
    let rows = eliminate(rows.collect());
    std::array::from_fn(|i| std::array::from_fn(|k| rows[i][WIDTH + k]))
}

fn product(a: &Matrix, b: &Matrix) -> Matrix {
    std::array::from_fn(|i| std::array::from_fn(|k| (0..WIDTH).map(|j| a[i][j] * b[j][k]).sum()))
}

/// The cells of a permutation.
#[derive(Clone, Debug)]
pub struct Cells {
    /// The lane's rows but the last.
    pub lane: Vec<Fr>,
    /// The output.
    pub output: Fr,
}

/// The exponent that takes fifth roots: the inverse of 5 modulo r - 1.
static FIFTH_ROOT: LazyLock<[u64; 4]> = LazyLock::new(|| {
    use num_bigint::BigUint;
    let order = BigUint::from_bytes_le(&crate::field::repr(&-Fr::ONE));
    // 5 k = 1 + m (r - 1) for the m of 1 .. 4 that makes it divisible.
    let multiple = (1u32..5).map(|m| &order * m + 1u32);
    let multiple = multiple
        .into_iter()
        .find(|x| (x % 5u32).iter_u64_digits().next().is_none());
    let digits = (multiple.unwrap_or_default() / 5u32).to_u64_digits();
    std::array::from_fn(|i| digits.get(i).copied().unwrap_or(0))
});

fn fifth_root(x: Fr) -> Fr {
    x.pow_vartime(*FIFTH_ROOT)
}

/// The cells of the permutation of these inputs, by the recurrence: a partial round takes 34
/// products in place of the matrix's 289.
pub fn cells(inputs: &[Fr; INPUTS]) -> Cells {
    let (maps, constants) = (&*MAPS, &*CONSTANTS);
    let mut lane = Vec::with_capacity(OUTPUT);
    lane.extend(inputs.iter().zip(constants).map(|(input, c)| *input + c));
    let mut z: Vec<Fr> = lane.iter().map(|x| quint(*x)).collect();
    // The first full round's capacity lane is part of the constants of the second.
    let mut outputs: &[Fr] = &z;
    let mut next = [Fr::ZERO; WIDTH];
    for round in 1..HALF {
        let skip = WIDTH - outputs.len();
        for (x, row) in next.iter_mut().zip(&PARAMETERS.mds) {
            *x = dot(&row[skip..], outputs);
        }
        z = extended(&mut lane, &next, constants);
        outputs = &z;
        debug_assert_eq!(lane.len(), INPUTS + round * WIDTH);
    }
    let mut boxes = [Fr::ZERO; PARTIAL_ROUNDS];
    for l in 0..PARTIAL_ROUNDS {
        let from = l.saturating_sub(WIDTH);
        let skip = WIDTH - (l - from);
        let entry = maps.entry.get(l).map_or(Fr::ZERO, |row| dot(row, &z));
        let x = entry
            + dot(&maps.linear[skip..], &lane[PARTIAL + from..])
            + dot(&maps.sboxes[skip..], &boxes[from..l])
            + constants[PARTIAL + l];
        lane.push(x);
        boxes[l] = quint(x);
    }
    let last = PARTIAL_ROUNDS - WIDTH;
    let taken: State =
        std::array::from_fn(|l| maps.taken(&lane[PARTIAL + last..TAKEN], &boxes[last..], l));
    lane.extend(taken.map(fifth_root));
    let mut z = extended(&mut lane, &times(&maps.exit, &taken), constants);
    for _ in 1..HALF {
        z = extended(&mut lane, &times(&PARAMETERS.mds, &z), constants);
    }
    let output = dot(&PARAMETERS.mds[0], &z);
    Cells { lane, output }
}

fn times(matrix: &Matrix, vector: &[Fr]) -> State {
    std::array::from_fn(|l| dot(&matrix[l], vector))
}

/// Appends a full round's inputs, whose constants are those of their rows; returns its outputs.
fn extended(lane: &mut Vec<Fr>, inputs: &State, constants: &[Fr; ROWS]) -> Vec<Fr> {
    let start = lane.len();
    lane.extend(inputs.iter().zip(&constants[start..]).map(|(x, c)| *x + c));
    lane[start..].iter().map(|x| quint(*x)).collect()
}

/// The same, round by round as the specification has it: what the constants are derived from.
fn plain_cells(inputs: &[Fr; INPUTS]) -> Cells {
    let mut state = [Fr::ZERO; WIDTH];
    state[1..].copy_from_slice(inputs);
    let mut lane = Vec::with_capacity(OUTPUT);
    let (mut before, mut outputs) = (Vec::new(), Vec::new());
    for (round, constants) in PARAMETERS.constants.iter().enumerate() {
        state
            .iter_mut()
            .zip(constants)
            .for_each(|(lane, c)| *lane += c);
        if round == HALF + PARTIAL_ROUNDS {
            let last = PARTIAL_ROUNDS - WIDTH;
            let taken = (0..WIDTH).map(|l| MAPS.taken(&before[last..], &outputs[last..], l));
            lane.extend(taken.map(fifth_root));
        }
        if (HALF..HALF + PARTIAL_ROUNDS).contains(&round) {
            lane.push(state[0]);
            before.push(state[0]);
            state[0] = quint(state[0]);
            outputs.push(state[0]);
        } else {
            let skip = usize::from(round == 0);
            lane.extend_from_slice(&state[skip..]);
            state = state.map(quint);
        }
        state = mix(&state);
    }
    Cells {
        lane,
        output: state[0],
    }
}

/// What the equation of each row leaves without its constant, from the cells: written out, where
/// [`Weight`] has the same by columns.
pub(crate) fn residuals(inputs: &[Fr; INPUTS], cells: &Cells) -> [Fr; ROWS] {
    let maps = &*MAPS;
    let x = &cells.lane;
    let z: Vec<Fr> = x.iter().map(|x| quint(*x)).collect();
    // The outputs of the full round before one that begins at a row; that of the capacity lane
    // of the first round is part of the constants.
    let full = |start: usize, lane: usize| -> Fr {
        match start {
            INPUTS => dot(&PARAMETERS.mds[lane][1..], &z[..INPUTS]),
            _ => dot(&PARAMETERS.mds[lane], &z[start - WIDTH..start]),
        }
    };
    std::array::from_fn(|row| match part(row) {
        Part::First(lane) => x[row] - inputs[lane - 1],
        Part::Partial(l) => {
            let from = l.saturating_sub(WIDTH);
            let skip = WIDTH - (l - from);
            let known = dot(&maps.linear[skip..], &x[PARTIAL + from..row])
                + dot(&maps.sboxes[skip..], &z[PARTIAL + from..row]);
            let entry = maps.entry.get(l);
            let entry = entry.map_or(Fr::ZERO, |e| dot(e, &z[PARTIAL - WIDTH..PARTIAL]));
            x[row] - known - entry
        }
        Part::Taken(l) => {
            z[row] - maps.taken(&x[TAKEN - WIDTH..TAKEN], &z[TAKEN - WIDTH..TAKEN], l)
        }
        Part::Full(lane) | Part::Entry(lane) | Part::Last(lane) => {
            let start = row - lane;
            match start {
                AGAIN => x[row] - dot(&maps.exit[lane], &z[TAKEN..AGAIN]),
                _ => x[row] - full(start, lane),
            }
        }
        Part::Output => cells.output - full(OUTPUT, 0),
    })
}

/// The constant of each row's equation.
pub static CONSTANTS: LazyLock<[Fr; ROWS]> = LazyLock::new(|| {
    let inputs = [Fr::ZERO; INPUTS];
    residuals(&inputs, &plain_cells(&inputs))
});

/// What an S-box output takes from the combination of the equations after it, over the power of
/// `rho` of its own row.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Weight {
    /// Of a full round, in the next.
    Full(usize),
    /// Of a full round, in the partial rounds.
    Entry(usize),
    /// Of a partial round, in the 17 after it.
    Partial,
    /// Of what the recurrence takes, in the full round after it, less 1: its own equation has it.
    Taken(usize),
    /// Of the last full round, in the output.
    Last(usize),
}

impl Weight {
    /// All.
    pub fn all() -> impl Iterator<Item = Self> {
        let lanes = |of: fn(usize) -> Self| (0..WIDTH).map(of);
        let full = lanes(Self::Full).chain(lanes(Self::Entry));
        let full = full.chain(lanes(Self::Taken)).chain(lanes(Self::Last));
        full.chain([Self::Partial])
    }

    /// Of a row; `None` where there is nothing to weigh.
    pub fn of(row: usize) -> Option<Self> {
        Some(match part(row) {
            Part::First(lane) | Part::Full(lane) => Self::Full(lane),
            Part::Entry(lane) => Self::Entry(lane),
            Part::Partial(_) => Self::Partial,
            Part::Taken(lane) => Self::Taken(lane),
            Part::Last(lane) => Self::Last(lane),
            Part::Output => return None,
        })
    }

    /// Its coefficients, that of `rho^0` first.
    pub fn coefficients(self) -> Vec<Fr> {
        let maps = &*MAPS;
        // The cell of lane k takes part in the equation that is 17 + l - k rows below.
        let column = |matrix: &Matrix, k: usize| {
            let mut powers = vec![Fr::ZERO; WIDTH - k];
            powers.extend(matrix.iter().map(|row| row[k]));
            powers
        };
        match self {
            Self::Full(k) => column(&PARAMETERS.mds, k),
            Self::Entry(k) => column(&maps.entry, k),
            Self::Taken(k) => {
                let mut powers = column(&maps.exit, k);
                powers[0] -= Fr::ONE;
                powers
            }
            Self::Last(k) => {
                let mut powers = vec![Fr::ZERO; WIDTH - k];
                powers.push(PARAMETERS.mds[0][k]);
                powers
            }
            Self::Partial => recurrence(&maps.sboxes),
        }
    }
}

/// `sum_k terms_k X^(17 - k)`, X^0 first: what a partial round adds to the 17 after it.
fn recurrence(terms: &State) -> Vec<Fr> {
    let mut powers = vec![Fr::ZERO];
    powers.extend(terms.iter().rev());
    powers
}

/// What the *input* of a partial round's S-box is taken times: 1 for its own equation, less what
/// the recurrence takes. X^0 first.
pub fn partial_input() -> Vec<Fr> {
    let mut powers = recurrence(&MAPS.linear);
    powers.iter_mut().for_each(|x| *x = -*x);
    powers[0] += Fr::ONE;
    powers
}

/// A polynomial at a point.
pub fn evaluate(coefficients: &[Fr], at: Fr) -> Fr {
    coefficients
        .iter()
        .rev()
        .fold(Fr::ZERO, |sum, c| sum * at + c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poseidon;

    fn inputs(seed: u64) -> [Fr; INPUTS] {
        std::array::from_fn(|i| Fr::from(seed + 7 * i as u64).square())
    }

    #[test]
    fn the_cells_are_the_permutation() {
        for seed in 0..3 {
            let inputs = inputs(seed);
            let cells = cells(&inputs);
            assert_eq!(cells.lane.len(), OUTPUT);
            assert_eq!(cells.output, poseidon::hash(inputs));
            assert_eq!(residuals(&inputs, &cells), *CONSTANTS);
            assert_eq!(plain_cells(&inputs).lane, cells.lane);
        }
    }

    /// The same equations by columns: what the gate sums.
    #[test]
    fn weights_are_the_equations() {
        let rho = Fr::from(0x1234_5678_9abc).square();
        let input = evaluate(&partial_input(), rho);
        let combined = |seed: u64| {
            let (inputs, mut sum) = (inputs(seed), Fr::ZERO);
            let cells = cells(&inputs);
            for (row, x) in cells.lane.iter().enumerate().rev() {
                let own = match part(row) {
                    Part::Partial(_) => input,
                    Part::Taken(_) => Fr::ZERO,
                    _ => Fr::ONE,
                };
                let weight = Weight::of(row).map_or(Fr::ZERO, |w| evaluate(&w.coefficients(), rho));
                let absorbed = inputs.get(row).copied().unwrap_or_default();
                sum = sum * rho + own * x - weight * quint(*x) - absorbed;
            }
            sum + rho.pow([OUTPUT as u64]) * cells.output
        };
        let constants = evaluate(&*CONSTANTS, rho);
        assert_eq!(combined(1), constants);
        assert_eq!(combined(2), constants);
        assert_eq!(Weight::all().count(), 69);
    }

    #[test]
    fn rounds_are_numbered_from_0() {
        let rounds: Vec<usize> = (0..ROWS).filter_map(round).collect();
        assert!(rounds.is_sorted());
        let cells = |n: usize| rounds.iter().filter(|round| **round == n).count();
        let counts: Vec<usize> = (0..FULL_ROUNDS + PARTIAL_ROUNDS).map(cells).collect();
        assert_eq!(counts[..HALF], [INPUTS, WIDTH, WIDTH, WIDTH]);
        assert_eq!(counts[HALF..HALF + PARTIAL_ROUNDS], [1; PARTIAL_ROUNDS]);
        assert_eq!(counts[HALF + PARTIAL_ROUNDS..], [WIDTH; HALF]);
    }

    #[test]
    fn fifth_roots_are_roots() {
        for x in [2u64, 3, 11, 1 << 40].map(Fr::from) {
            assert_eq!(quint(x.pow_vartime(*FIFTH_ROOT)), x);
        }
    }
}
