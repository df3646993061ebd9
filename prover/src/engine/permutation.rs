//! The permutation argument's running products.

use super::domain::powers;
use ff::{BatchInverter, Field, PrimeField};
use halo2curves::bn256::Fr;
use rayon::prelude::*;

/// A column under the permutation: its values, and what its cells are permuted to.
pub(super) struct Permuted<'a> {
    pub(super) values: &'a [Fr],
    pub(super) sigma: &'a [Fr],
}

/// The running product over a set of columns, from `start`: row i + 1 is row i times
/// `product (p + delta^j omega^i beta + gamma) / (p + beta sigma + gamma)`. `first` is the
/// number j of the set's first column.
pub(super) fn running_product(
    columns: &[Permuted<'_>],
    first: usize,
    omega: Fr,
    (beta, gamma): (Fr, Fr),
    start: Fr,
) -> Vec<Fr> {
    let n = columns.first().map_or(0, |column| column.values.len());
    let identities: Vec<Fr> = powers(Fr::DELTA)
        .skip(first)
        .take(columns.len())
        .map(|delta| delta * beta)
        .collect();
    let mut ratios = vec![Fr::ONE; n];
    let mut numerators = vec![Fr::ONE; n];
    let chunk = n.div_ceil(rayon::current_num_threads()).max(1);
    ratios
        .par_chunks_mut(chunk)
        .zip(numerators.par_chunks_mut(chunk))
        .enumerate()
        .for_each(|(i, (ratios, numerators))| {
            let from = i * chunk;
            let row = omega.pow_vartime([from as u64]);
            for (column, identity) in columns.iter().zip(&identities) {
                let values = column.values.get(from..).unwrap_or_default();
                let sigma = column.sigma.get(from..).unwrap_or_default();
                let cells = values.iter().zip(sigma).zip(powers(omega));
                let products = ratios.iter_mut().zip(numerators.iter_mut());
                for (((value, sigma), power), (denominator, numerator)) in cells.zip(products) {
                    *denominator *= beta * sigma + gamma + value;
                    *numerator *= *identity * row * power + gamma + value;
                }
            }
            let mut scratch = vec![Fr::ZERO; ratios.len()];
            BatchInverter::invert_with_external_scratch(ratios, &mut scratch);
            for (ratio, numerator) in ratios.iter_mut().zip(numerators) {
                *ratio *= *numerator;
            }
        });
    let mut product = start;
    for ratio in &mut ratios {
        product *= std::mem::replace(ratio, product);
    }
    ratios
}
