//! The range check: every limb of every row is in the table, by a logarithmic
//! derivative (logUp). `sum_limbs 1 / (beta + limb) = sum_rows m / (beta + t)`.

use super::{E, Gates, number};
use crate::circuit::columns::{Flag, LOOKUP_SUMS, advice, fixed, second};
use std::ops::Range;

/// Most limbs of the first running sum: with the table, the selector and the difference
/// they make the full degree. The others have no table and take one more.
const FIRST: usize = super::DEGREE - 3;
const MOST: usize = FIRST + (LOOKUP_SUMS - 1) * (FIRST + 1);

/// Which of so many limbs a running sum takes.
pub(crate) fn limbs_of_sum(sum: usize, limbs: usize) -> Range<usize> {
    debug_assert!(limbs <= MOST);
    match sum {
        0 => 0..limbs.min(FIRST),
        _ => {
            let start = FIRST + (sum - 1) * (FIRST + 1);
            start.min(limbs)..limbs.min(start + FIRST + 1)
        }
    }
}

pub(super) fn configure(gates: &mut Gates<'_>) {
    gates.gate("lookup", |view| {
        let beta = view.beta();
        let limbs: Vec<E> = view.limbs().into_iter().map(|l| l + beta.clone()).collect();
        // The table holds each number plus 1, so that it is not 0 wherever limbs are looked
        // up, and switches the gate itself.
        let on = view.fixed(fixed::TABLE);
        let table = beta + on.clone() - number(1);
        let multiplicity = view.advice(advice::M, 0);
        let mut constraints = Vec::new();
        for i in 0..LOOKUP_SUMS {
            let chunk = &limbs[limbs_of_sum(i, limbs.len())];
            let step = view.second(second::SUM + i, 1) - view.second(second::SUM + i, 0);
            let product = |skip: Option<usize>| {
                chunk
                    .iter()
                    .enumerate()
                    .filter(|(j, _)| Some(*j) != skip)
                    .fold(number(1), |p, (_, l)| p * l.clone())
            };
            let sum = (0..chunk.len()).fold(number(0), |s, j| s + product(Some(j)));
            constraints.push(if i == 0 {
                let both = sum * table.clone() - multiplicity.clone() * product(None);
                (
                    "limbs and the table",
                    step * product(None) * table.clone() - both,
                )
            } else {
                ("limbs", step * product(None) - sum)
            });
        }
        (on, constraints)
    });
    gates.gate("lookup ends", |view| {
        let on = Flag::LookupEnd.is_on(&view.fixed(fixed::FLAG));
        let sum = (second::SUM..second::COUNT).fold(number(0), |s, i| s + view.second(i, 0));
        (on, vec![("the sums cancel", sum)])
    });
}
