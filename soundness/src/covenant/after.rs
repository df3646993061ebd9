//! The second phase after a change of the first, without what did not change: operators make it again
//! for each cell.

use super::Covenant;
use crate::target::Columns;
use covenant_circuits::circuit::builder::{HashTerms, TraceBuilder};
use covenant_circuits::circuit::columns::{advice, second};
use covenant_claims::field::Fr;
use ff::Field;
use std::collections::BTreeSet;

impl Covenant {
    /// The second phase after some cells of the first changed: those columns anew that read them, and
    /// of hashing the rows whose equations do.
    pub(super) fn second_after(
        &self,
        trace: &TraceBuilder,
        columns: &Columns,
        touched: &[(usize, usize, Fr)],
    ) -> Vec<Vec<Fr>> {
        let (layout, usable) = (&self.layout, self.layout.usable());
        let second = self.config.second.iter();
        let mut second: Vec<_> = second
            .map(|c| columns[c.index()][..usable].to_vec())
            .collect();
        let (limbs, counts) = (self.limbs(), layout.multiplicities());
        let lanes = advice::X..layout.first_limb();
        let of = |holds: &dyn Fn(usize) -> bool| touched.iter().any(|(column, ..)| holds(*column));
        let register = of(&|c| !lanes.contains(&c) && (c != counts || !layout.is_wide()));
        let lookup = of(&|c| limbs.contains(&c) || c == counts);
        trace.second_phase_again(&mut second, &self.challenges, register, lookup);

        // Rows whose equations of hashing read a cell that changed.
        let mut rows = BTreeSet::new();
        for (column, row, _) in touched {
            match *column {
                c if lanes.contains(&c) => drop(rows.insert(*row)),
                advice::B => {
                    let above = (0..layout.lanes).map(|lane| lane * layout.slot_rows());
                    rows.extend(above.filter_map(|rows| row.checked_sub(rows)));
                }
                _ => {}
            }
        }
        let Some(last) = rows.last().copied() else {
            return second;
        };
        if last >= layout.hash_end() {
            // The idle rows follow the same rule downwards.
            second[second::HASH] = trace
                .second_phase(&self.challenges)
                .swap_remove(second::HASH);
            return second;
        }
        let terms = HashTerms::new(trace, &self.challenges);
        let (rho, mut more) = (self.challenges.rho, Fr::ZERO);
        let sums = &columns[self.config.second[second::HASH].index()];
        for row in (layout.origin()..=last).rev() {
            more *= rho;
            if rows.contains(&row) {
                let before = sums[row] - rho * sums[row + 1];
                more += terms.at(row, second[second::WEIGHT][row]) - before;
            }
            second[second::HASH][row] += more;
        }
        second
    }
}
