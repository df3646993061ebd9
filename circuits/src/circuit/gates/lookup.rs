//! The range check: every limb of every row is in the table, by a logarithmic
//! derivative (logUp), H5. `sum_limbs 1 / (beta + limb) = sum_rows m (t + 1) / (beta + t)`, over
//! the rows at which the table has a number t (H7). The multiplicities `m (t + 1)` may be anything (H8):
//! the left side has no other poles than the table's only if every limb is in the table. A row
//! of the table that has no number (its fixed cell is 1) takes its count with a factor 0, so
//! that the multiplicities may share a column with what is in such rows.
//!
//! The running sum takes as many limbs as the degree allows; what the others add is
//! beside it in columns of their own, which are queried at one row and not at two.

use super::Gates;
use crate::circuit::cells::{E, Row};
use crate::circuit::columns::{fixed, in_sum, parts, second};
use crate::circuit::view::number;

/// `prod limbs` and `prod limbs * sum 1 / limb`.
fn fraction(limbs: &[E]) -> (E, E) {
    let product = |skip: Option<usize>| {
        limbs
            .iter()
            .enumerate()
            .filter(|(j, _)| Some(*j) != skip)
            .fold(number(1), |p, (_, l)| p * l.clone())
    };
    let sum = (0..limbs.len()).fold(number(0), |s, j| s + product(Some(j)));
    (product(None), sum)
}

pub(super) fn configure(gates: &mut Gates<'_>) {
    gates.gate("lookup", |view| {
        let beta = view.beta();
        let limbs: Vec<E> = view.limbs().into_iter().map(|l| l + beta.clone()).collect();
        // The table holds each number plus 2 and 1 elsewhere, so that it is not 0 wherever
        // limbs are looked up, and switches the gate itself.
        let on = view.fixed(fixed::TABLE);
        let table = beta + on.clone() - number(2);
        let multiplicity = view.multiplicities() * (on.clone() - number(1));
        let parts = parts(limbs.len());
        let sums: Vec<E> = (0..parts.len())
            .map(|part| view.second(second::PARTS + part, 0))
            .collect();
        let mut step = view.second(second::SUM, 1) - view.second(second::SUM, 0);
        for part in &sums {
            step = step - part.clone();
        }
        let (product, sum) = fraction(&limbs[in_sum(limbs.len())]);
        let mut constraints = vec![(
            "(sum_next - sum - parts) = sum 1 / limb - m (t + 1) / table",
            (step * product.clone() - sum) * table + multiplicity * product,
        )];
        for (part, limbs_of) in sums.into_iter().zip(parts) {
            let (product, sum) = fraction(&limbs[limbs_of]);
            constraints.push(("part = sum 1 / limb", part * product - sum));
        }
        (on, constraints)
    });
}

#[cfg(test)]
mod tests {
    use crate::circuit::CovenantCircuit;
    use crate::circuit::fit;
    use crate::circuit::layout::Profile;
    use crate::circuit::witness::Witness;
    use crate::field::Fr;
    use crate::shape::Shape;
    use halo2_proofs::dev::MockProver;

    /// A limb that is not in the table keeps the sum from ending at 0, in whichever column
    /// it is: those of the running sum and those of its part, with two, eight or nine.
    #[test]
    fn every_limb_column_is_looked_up() {
        let smallest = Shape::new(1, 12, 1, 1).unwrap();
        let layouts = [
            (smallest, Profile::Wide),
            (smallest, Profile::Narrow),
            (Shape::MEDIUM, Profile::Wide),
        ];
        for (shape, profile) in layouts {
            let witness = Witness::blank(shape);
            let honest = CovenantCircuit::laid_out(fit::smallest_in(shape, profile), &witness);
            let (k, limbs, bits) = {
                let layout = honest.layout();
                (layout.k, layout.limbs, layout.limb_bits)
            };
            // The blank witness is of no policy; only the lookup is of interest.
            let ends = |circuit: &CovenantCircuit| {
                let prover = MockProver::run(k, circuit, vec![witness.public.clone()]).unwrap();
                let failures = prover.verify().err().unwrap_or_default();
                !failures
                    .iter()
                    .any(|failure| failure.to_string().contains("lookup ends"))
            };
            assert!(ends(&honest));
            for limb in 0..limbs {
                let mut circuit = honest.clone();
                let row = circuit.layout().usable() - 2;
                let outside = Fr::from(1 << bits);
                let column = circuit.layout().first_limb() + limb;
                circuit.trace_mut().tamper(column, row, outside);
                assert!(!ends(&circuit), "limb column {limb}");
            }
        }
    }
}
