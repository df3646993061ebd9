//! Arithmetic of whole coefficient vectors.

use ff::Field;
use halo2curves::bn256::Fr;

/// Rows that a core works on at a time.
const BLOCK: usize = 256;

/// `sum factor * vector`; as long as the longest vector.
pub(super) fn combine<'a>(terms: impl IntoIterator<Item = (Fr, &'a [Fr])>) -> Vec<Fr> {
    let terms: Vec<_> = terms.into_iter().collect();
    let length = terms.iter().map(|(_, v)| v.len()).max().unwrap_or(0);
    let mut sum = vec![Fr::ZERO; length];
    for (i, block) in sum.chunks_mut(BLOCK).enumerate() {
        for (factor, vector) in &terms {
            let values = vector.get(i * BLOCK..).unwrap_or_default();
            for (sum, value) in block.iter_mut().zip(values) {
                *sum += *factor * value;
            }
        }
    }
    sum
}

/// The value of a polynomial at a point.
pub(super) fn evaluate(coefficients: &[Fr], x: Fr) -> Fr {
    // Four sums side by side: one alone waits for each multiplication.
    let x2 = x.square();
    let x4 = x2.square();
    let mut sums = [Fr::ZERO; 4];
    for chunk in coefficients.chunks(4).rev() {
        for (i, sum) in sums.iter_mut().enumerate() {
            *sum = *sum * x4 + chunk.get(i).copied().unwrap_or(Fr::ZERO);
        }
    }
    let [a, b, c, d] = sums;
    a + b * x + (c + d * x) * x2
}

/// The quotient by `X - root`; the remainder is dropped.
pub(super) fn divide_by_root(coefficients: &mut Vec<Fr>, root: Fr) {
    let mut carry = Fr::ZERO;
    for coefficient in coefficients.iter_mut().rev() {
        carry = carry * root + *coefficient;
        *coefficient = carry;
    }
    if !coefficients.is_empty() {
        coefficients.remove(0);
    }
}
