//! Which constraints are on at which row, and which cells they read there: the gates with
//! their fixed columns filled in.

use super::capture::{Captured, Place};
use crate::field::Fr;
use ff::Field;
use halo2_proofs::plonk::{ConstraintSystem, Expression};
use halo2_proofs::poly::Rotation;

/// One polynomial of a gate.
#[derive(Clone, Debug)]
pub struct Constraint {
    /// The gate's name.
    pub gate: String,
    /// The equation's name.
    pub name: String,
    /// What must be 0 at every row.
    pub poly: Expression<Fr>,
}

/// A constraint at a row at which it reads at least one cell that is not fixed, or is not
/// 0 whatever they are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Active {
    /// Index of the constraint.
    pub constraint: usize,
    /// The row.
    pub row: usize,
    /// Advice and instance cells that it reads.
    pub cells: Vec<Place>,
}

/// The constraints of a system.
pub fn constraints(cs: &ConstraintSystem<Fr>) -> Vec<Constraint> {
    cs.gates()
        .iter()
        .flat_map(|gate| {
            gate.polynomials()
                .iter()
                .enumerate()
                .map(|(i, poly)| Constraint {
                    gate: gate.name().to_owned(),
                    name: gate.constraint_name(i).to_owned(),
                    poly: poly.clone(),
                })
        })
        .collect()
}

/// Every constraint at every row at which it is on, blinding rows included: gates must
/// vanish there too.
pub fn active(trace: &Captured, constraints: &[Constraint]) -> Vec<Active> {
    let mut found = Vec::new();
    for row in 0..trace.rows {
        for (constraint, c) in constraints.iter().enumerate() {
            let mut cells = Vec::new();
            if reads(&c.poly, trace, row, &mut cells) != Some(Fr::ZERO) {
                cells.sort_unstable();
                cells.dedup();
                found.push(Active {
                    constraint,
                    row,
                    cells,
                });
            }
        }
    }
    found
}

/// The row of a query.
pub(crate) fn at(trace: &Captured, row: usize, rotation: Rotation) -> usize {
    let rows = trace.rows as i64;
    (row as i64 + i64::from(rotation.0)).rem_euclid(rows) as usize
}

/// The value of an expression whose cells are all fixed; otherwise the cells it reads are
/// pushed. A factor that is 0 hides what it multiplies.
fn reads(e: &Expression<Fr>, trace: &Captured, row: usize, cells: &mut Vec<Place>) -> Option<Fr> {
    match e {
        Expression::Constant(x) => Some(*x),
        Expression::Selector(s) => Some(Fr::from(u64::from(trace.selectors[s.index()][row]))),
        Expression::Fixed(q) => Some(trace.fixed[q.column_index()][at(trace, row, q.rotation())]),
        Expression::Advice(q) => {
            cells.push(Place::Advice(
                q.column_index(),
                at(trace, row, q.rotation()),
            ));
            None
        }
        Expression::Instance(q) => {
            cells.push(Place::Instance(
                q.column_index(),
                at(trace, row, q.rotation()),
            ));
            None
        }
        // Random: any number says the same about which cells are read, so long as the
        // circuit's constants do not cancel it.
        Expression::Challenge(c) => Some(Fr::from(0x9e37_79b9_7f4a_7c15 + c.index() as u64)),
        Expression::Negated(e) => reads(e, trace, row, cells).map(|x| -x),
        Expression::Sum(a, b) => {
            let (a, b) = (reads(a, trace, row, cells), reads(b, trace, row, cells));
            Some(a? + b?)
        }
        Expression::Product(a, b) => {
            let before = cells.len();
            let a = reads(a, trace, row, cells);
            if a == Some(Fr::ZERO) {
                return a;
            }
            let b = reads(b, trace, row, cells);
            if b == Some(Fr::ZERO) {
                cells.truncate(before);
                return b;
            }
            Some(a? * b?)
        }
        Expression::Scaled(e, factor) => {
            if *factor == Fr::ZERO {
                return Some(Fr::ZERO);
            }
            reads(e, trace, row, cells).map(|x| x * factor)
        }
    }
}
