//! Polynomials over the rows' subgroup H of order n = 2^k, and over cosets of it.

use ff::{Field, PrimeField};
use halo2curves::bn256::Fr;

/// The subgroup, and what transforms over it need.
pub(super) struct Domain {
    /// The generator of H.
    pub(super) omega: Fr,
    /// Stage s holds the powers of the root of order 2^(s + 1) that its butterflies need.
    twiddles: Vec<Vec<Fr>>,
    inverse_twiddles: Vec<Vec<Fr>>,
    inverse_n: Fr,
    n: usize,
    /// The coset j is `shifts[j] * H`.
    shifts: Vec<Fr>,
    /// Powers of each shift.
    powers: Vec<Vec<Fr>>,
    /// Takes the remainders modulo `X^n - shifts[j]^n` of a polynomial, divided by `X^n - 1`,
    /// to its pieces of n coefficients.
    pieces: Vec<Vec<Fr>>,
}

impl Domain {
    /// For 2^k rows, and quotients of so many pieces.
    pub(super) fn new(k: u32, pieces: usize) -> Self {
        let n = 1usize << k;
        let root = |log: u32| (log..Fr::S).fold(Fr::ROOT_OF_UNITY, |root, _| root.square());
        let stages = |invert: bool| -> Vec<Vec<Fr>> {
            (0..k)
                .map(|stage| {
                    let root = root(stage + 1);
                    let root = if invert {
                        root.invert().unwrap_or(Fr::ONE)
                    } else {
                        root
                    };
                    powers(root).take(1 << stage).collect()
                })
                .collect()
        };
        let extended = k + pieces.next_power_of_two().ilog2();
        let step = root(extended);
        let shifts: Vec<Fr> = powers(step)
            .map(|power| power * Fr::MULTIPLICATIVE_GENERATOR)
            .take(pieces)
            .collect();
        Self {
            omega: root(k),
            twiddles: stages(false),
            inverse_twiddles: stages(true),
            inverse_n: Fr::from(n as u64).invert().unwrap_or(Fr::ONE),
            n,
            powers: shifts
                .iter()
                .map(|x| powers(*x).take(n).collect())
                .collect(),
            pieces: unfold(&shifts, n),
            shifts,
        }
    }

    /// How many rows there are.
    pub(super) fn n(&self) -> usize {
        self.n
    }
    /// How many cosets there are.
    pub(super) fn cosets(&self) -> usize {
        self.shifts.len()
    }
    /// The points of the coset j, in the order of the rows.
    pub(super) fn coset(&self, j: usize) -> Option<Vec<Fr>> {
        let shift = self.shifts.get(j)?;
        let points = powers(self.omega).map(|power| power * shift);
        Some(points.take(self.n).collect())
    }
    /// `x omega^rotation`.
    pub(super) fn rotate(&self, x: Fr, rotation: i32) -> Fr {
        let power = rotation.rem_euclid(i32::try_from(self.n).unwrap_or(i32::MAX));
        x * self.omega.pow_vartime([u64::from(power.unsigned_abs())])
    }

    /// Values in the order of the rows from coefficients.
    fn fft(&self, a: &mut [Fr]) {
        halves(a, &self.twiddles);
        reverse_bits(a);
    }

    /// Coefficients from values in the order of the rows.
    pub(super) fn interpolate(&self, a: &mut [Fr]) {
        halves(a, &self.inverse_twiddles);
        reverse_bits(a);
        for value in a {
            *value *= self.inverse_n;
        }
    }

    /// A polynomial's values on the coset j, from its coefficients.
    pub(super) fn evaluate_on(&self, j: usize, coefficients: &[Fr]) -> Vec<Fr> {
        let powers = self.powers.get(j).map(Vec::as_slice).unwrap_or_default();
        let shifted = coefficients.iter().zip(powers).map(|(c, power)| *c * power);
        let mut values: Vec<Fr> = shifted.collect();
        self.fft(&mut values);
        values
    }

    /// The pieces of n coefficients of `p / (X^n - 1)`, from p's values on each coset.
    pub(super) fn quotient(&self, mut values: Vec<Vec<Fr>>) -> Vec<Vec<Fr>> {
        use rayon::prelude::*;
        values
            .par_iter_mut()
            .zip(&self.shifts)
            .for_each(|(values, shift)| {
                self.interpolate(values);
                let inverse = shift.invert().unwrap_or(Fr::ONE);
                for (value, power) in values.iter_mut().zip(powers(inverse)) {
                    *value *= power;
                }
            });
        self.pieces
            .par_iter()
            .map(|row| {
                let values = values.iter().map(Vec::as_slice);
                super::vectors::combine(row.iter().copied().zip(values))
            })
            .collect()
    }
}

/// 1, x, x^2 and so on.
pub(super) fn powers(x: Fr) -> impl Iterator<Item = Fr> {
    std::iter::successors(Some(Fr::ONE), move |power| Some(*power * x))
}

/// A polynomial h of `m` pieces has the remainder `sum c^i h_i` modulo `X^n - c`: the inverse
/// of that Vandermonde matrix, over the shifts' c, each column divided by c - 1.
fn unfold(shifts: &[Fr], n: usize) -> Vec<Vec<Fr>> {
    let points: Vec<Fr> = shifts
        .iter()
        .map(|shift| shift.pow_vartime([n as u64]))
        .collect();
    // Column j holds the coefficients of the Lagrange polynomial of point j.
    let columns = points.iter().enumerate().map(|(j, point)| {
        let others = || points.iter().enumerate().filter(move |(i, _)| *i != j);
        let mut coefficients = vec![Fr::ONE];
        for (_, other) in others() {
            coefficients = times_root(&coefficients, *other);
        }
        let norm: Fr = others().map(|(_, other)| *point - other).product();
        let scale = (norm * (*point - Fr::ONE)).invert().unwrap_or(Fr::ZERO);
        coefficients.iter().map(|c| *c * scale).collect::<Vec<_>>()
    });
    let columns: Vec<Vec<Fr>> = columns.collect();
    let entry = |i: usize, column: &Vec<Fr>| column.get(i).copied().unwrap_or(Fr::ZERO);
    (0..points.len())
        .map(|i| columns.iter().map(|column| entry(i, column)).collect())
        .collect()
}

/// `p (X - root)`.
pub(super) fn times_root(p: &[Fr], root: Fr) -> Vec<Fr> {
    let shifted = std::iter::once(&Fr::ZERO).chain(p);
    let scaled = p.iter().chain(std::iter::once(&Fr::ZERO));
    shifted.zip(scaled).map(|(s, c)| *s - root * c).collect()
}

/// Decimation in frequency, depth first so that halves stay in the cache; the values come out
/// in the order of their indices' reversed bits.
fn halves(a: &mut [Fr], twiddles: &[Vec<Fr>]) {
    let Some((stage, below)) = twiddles.split_last() else {
        return;
    };
    let (low, high) = a.split_at_mut(stage.len());
    for ((low, high), twiddle) in low.iter_mut().zip(high.iter_mut()).zip(stage) {
        let difference = *low - *high;
        *low += *high;
        *high = difference * twiddle;
    }
    halves(low, below);
    halves(high, below);
}

fn reverse_bits(a: &mut [Fr]) {
    let bits = a.len().trailing_zeros();
    for i in 0..a.len() {
        let j = i.reverse_bits() >> (usize::BITS - bits.max(1));
        if i < j {
            a.swap(i, j);
        }
    }
}
