//! The range check: every limb of every row is in the table, by a logarithmic
//! derivative (logUp). `sum_limbs 1 / (beta + limb) = sum_rows m / (beta + t)`.

use super::{E, Gates, number};
use crate::circuit::columns::{Bound, LIMBS, LOOKUP_SUMS, advice, fixed, second};

/// Limbs that one running sum takes: with the selector and the difference they make
/// degree 6.
const LIMBS_PER_SUM: usize = 4;
const _: () = assert!(LIMBS.div_ceil(LIMBS_PER_SUM) + 1 == LOOKUP_SUMS);

pub(super) fn configure(gates: &mut Gates<'_>) {
    gates.gate("lookup", |view| {
        let beta = view.beta();
        let limbs: Vec<E> = view.limbs().into_iter().map(|l| l + beta.clone()).collect();
        let mut constraints = Vec::new();
        for (i, chunk) in limbs.chunks(LIMBS_PER_SUM).enumerate() {
            let step = view.second(second::SUM + i, 1) - view.second(second::SUM + i, 0);
            let product = |skip: Option<usize>| {
                chunk
                    .iter()
                    .enumerate()
                    .filter(|(j, _)| Some(*j) != skip)
                    .fold(number(1), |p, (_, l)| p * l.clone())
            };
            let sum = (0..chunk.len()).fold(number(0), |s, j| s + product(Some(j)));
            constraints.push((
                "(s_next - s) prod (beta + l) = sum of products",
                step * product(None) - sum,
            ));
        }
        let last = second::COUNT - 1;
        let step = view.second(last, 1) - view.second(last, 0);
        let table = beta + view.fixed(fixed::TABLE);
        constraints.push((
            "(s_next - s) (beta + t) = -m",
            step * table + view.advice(advice::M, 0),
        ));
        (view.fixed(fixed::LOOKUP), constraints)
    });
    gates.gate("lookup ends", |view| {
        let on = Bound::LookupEnd.is_on(&view.fixed(fixed::BOUND));
        let sum = (second::SUM..second::COUNT).fold(number(0), |s, i| s + view.second(i, 0));
        (on, vec![("the sums cancel", sum)])
    });
}
