//! Exact feasibility of bounded linear systems, and the largest parameter for which one is feasible.
//!
//! The bounds are affine in one parameter (or the tightest of several affine ones). Feasibility is the general simplex
//! of Dutertre and de Moura (CAV 2006) under Bland's rule, so it ends; the row that shows a conflict bounds the
//! parameter from above, and Newton's method on that bound ends at the exact maximum. Rows hold integers over one
//! denominator; nothing here rounds.

mod bounds;

use std::cmp::Reverse;

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

pub(super) use bounds::{Affine, Certificate, Side};
use bounds::{Bounds, Variable};

/// The largest feasible parameter.
pub(super) struct Optimum {
    pub(super) parameter: BigRational,
    /// Absent if the starting parameter was feasible already.
    pub(super) certificate: Option<Certificate>,
}

/// `denominator * variable = sum of terms * column variables`, the denominator positive.
struct Row {
    variable: Variable,
    denominator: BigInt,
    terms: Vec<BigInt>,
}

impl Row {
    /// Divides by the common factor, so that entries stay ratios of minors of the original matrix.
    fn reduce(&mut self) {
        let mut factor = self.denominator.clone();
        for term in self.terms.iter().filter(|term| !term.is_zero()) {
            if factor.is_one() {
                return;
            }
            factor = factor.gcd(term);
        }
        if !factor.is_one() {
            self.denominator /= &factor;
            self.terms.iter_mut().for_each(|term| *term /= &factor);
        }
    }
}

/// Variables within bounds, some of them fixed linear combinations (rows) of the others (columns).
pub(super) struct System {
    columns: Vec<Variable>,
    rows: Vec<Row>,
}

impl System {
    /// One free-standing variable for each pair of lower and upper bounds; none may be empty.
    pub(super) fn new(columns: impl IntoIterator<Item = (Vec<Affine>, Vec<Affine>)>) -> Self {
        let columns = columns
            .into_iter()
            .enumerate()
            .map(|(id, (lower, upper))| Variable {
                id,
                lower: Bounds::new(lower),
                upper: Bounds::new(upper),
                value: BigRational::zero(),
            });
        Self {
            columns: columns.collect(),
            rows: Vec::new(),
        }
    }

    /// A variable that is the given combination of the free-standing ones. Only before the first solve.
    pub(super) fn row(&mut self, terms: Vec<BigInt>, lower: Vec<Affine>, upper: Vec<Affine>) {
        let variable = Variable {
            id: self.columns.len() + self.rows.len(),
            lower: Bounds::new(lower),
            upper: Bounds::new(upper),
            value: BigRational::zero(),
        };
        self.rows.push(Row {
            variable,
            denominator: BigInt::one(),
            terms,
        });
    }

    /// Replaces the first lower and the first upper bound of a variable by constants.
    pub(super) fn bound(&mut self, id: usize, low: BigRational, high: BigRational) {
        let variables = self
            .columns
            .iter_mut()
            .chain(self.rows.iter_mut().map(|row| &mut row.variable));
        for variable in variables.filter(|variable| variable.id == id) {
            if let Some(piece) = variable.lower.pieces.first_mut() {
                *piece = Affine::constant(low.clone());
            }
            if let Some(piece) = variable.upper.pieces.first_mut() {
                *piece = Affine::constant(high.clone());
            }
        }
    }

    /// The values of the free-standing variables, in order of creation.
    pub(super) fn values(&self, count: usize) -> Vec<BigRational> {
        let mut values: Vec<_> = self
            .columns
            .iter()
            .chain(self.rows.iter().map(|row| &row.variable))
            .collect();
        values.sort_by_key(|variable| variable.id);
        values
            .into_iter()
            .take(count)
            .map(|variable| variable.value.clone())
            .collect()
    }

    /// The largest feasible parameter up to `start`, or none.
    ///
    /// Every round's certificate is violated at the parameter it was found at and not at the next one, so no pair of
    /// row and active bounds repeats, and there are finitely many.
    pub(super) fn maximize(&mut self, start: BigRational) -> Option<Optimum> {
        let mut optimum = Optimum {
            parameter: start,
            certificate: None,
        };
        while let Some(certificate) = self.conflict(&optimum.parameter) {
            let line = certificate.line();
            if !line.slope.is_negative() {
                return None;
            }
            optimum = Optimum {
                parameter: -line.constant / line.slope,
                certificate: Some(certificate),
            };
        }
        Some(optimum)
    }

    /// Makes the values feasible at a parameter, or says why that is impossible.
    pub(super) fn conflict(&mut self, parameter: &BigRational) -> Option<Certificate> {
        if let Some(certificate) = self.settle(parameter) {
            return Some(certificate);
        }
        // Bland's rule ends but wanders; it takes over if the quicker choice of column has not ended by then.
        let patience = 4 * (self.rows.len() + self.columns.len());
        for round in 0.. {
            let broken = self
                .rows
                .iter()
                .enumerate()
                .filter_map(|(i, row)| Some((i, row, row.variable.broken()?)));
            let (index, row, side) = broken.min_by_key(|(_, row, _)| row.variable.id)?;
            let up = side == Side::Lower;
            let movable =
                row.terms
                    .iter()
                    .zip(&self.columns)
                    .enumerate()
                    .filter(|(_, (term, column))| {
                        !term.is_zero() && column.can_move(up == term.is_positive())
                    });
            let chosen = if round < patience {
                movable.max_by_key(|(_, (term, column))| {
                    (
                        column.search(up == term.is_positive()) * term.abs(),
                        Reverse(column.id),
                    )
                })
            } else {
                movable.min_by_key(|(_, (_, column))| column.id)
            };
            match chosen {
                Some((column, _)) => self.pivot(index, column, side),
                None => return Some(self.explain(row, side)),
            }
        }
        None
    }

    /// Evaluates the bounds, puts columns within theirs and rows where the columns put them.
    fn settle(&mut self, parameter: &BigRational) -> Option<Certificate> {
        let variables = self
            .columns
            .iter_mut()
            .chain(self.rows.iter_mut().map(|row| &mut row.variable));
        for variable in variables {
            variable.lower.settle(parameter, Side::Lower);
            variable.upper.settle(parameter, Side::Upper);
            if variable.lower.value > variable.upper.value {
                let sides = [Side::Lower, Side::Upper].into_iter();
                return Some(Certificate {
                    terms: sides
                        .filter_map(|side| variable.term(side, BigRational::one()))
                        .collect(),
                });
            }
        }
        for column in &mut self.columns {
            // Fresh columns start at zero, that is below every interesting bound: count as much as possible first.
            if column.value < column.lower.value {
                column.value.clone_from(&column.lower.value);
            } else if column.value > column.upper.value {
                column.value.clone_from(&column.upper.value);
            }
        }
        for row in &mut self.rows {
            let mut sum = BigRational::zero();
            for (term, column) in row.terms.iter().zip(&self.columns) {
                if term.is_one() {
                    sum += &column.value;
                } else if !term.is_zero() {
                    sum += &column.value * term;
                }
            }
            row.variable.value = sum / &row.denominator;
        }
        None
    }

    /// Starts every column at its upper bound at `parameter`, where a solution that counts most is to be looked for.
    pub(super) fn raise(&mut self, parameter: &BigRational) {
        for column in &mut self.columns {
            column.upper.settle(parameter, Side::Upper);
            column.value.clone_from(&column.upper.value);
        }
    }

    /// Moves a row's variable to the bound it breaks and exchanges it with a column.
    fn pivot(&mut self, index: usize, position: usize, side: Side) {
        let mut row = self.rows.swap_remove(index);
        let Some(pivot) = row.terms.get(position).cloned() else {
            return self.rows.push(row);
        };
        let bound = if side == Side::Lower {
            &row.variable.lower
        } else {
            &row.variable.upper
        };
        let target = bound.value.clone();
        let step = (&target - &row.variable.value) * &row.denominator / &pivot;
        row.variable.value = target;
        if let Some(column) = self.columns.get_mut(position) {
            column.value += &step;
            std::mem::swap(column, &mut row.variable);
        }
        // d x = p y + sum p_l z_l  becomes  p y = d x - sum p_l z_l, with the sign on the denominator.
        for (l, term) in row.terms.iter_mut().enumerate() {
            if l == position {
                term.clone_from(&row.denominator);
            } else if !term.is_zero() {
                *term = -std::mem::take(term);
            }
        }
        row.denominator = pivot;
        if row.denominator.is_negative() {
            row.denominator = -row.denominator;
            row.terms
                .iter_mut()
                .for_each(|term| *term = -std::mem::take(term));
        }
        row.reduce();
        for other in &mut self.rows {
            let Some(factor) = other.terms.get_mut(position).map(std::mem::take) else {
                continue;
            };
            if factor.is_zero() {
                continue;
            }
            other.variable.value += &step * &factor / &other.denominator;
            let scale = !row.denominator.is_one();
            for (term, replacement) in other.terms.iter_mut().zip(&row.terms) {
                if scale && !term.is_zero() {
                    *term *= &row.denominator;
                }
                if !replacement.is_zero() {
                    *term += &factor * replacement;
                }
            }
            other.denominator *= &row.denominator;
            other.reduce();
        }
        self.rows.push(row);
    }

    /// The row whose variable breaks a bound although every column is where it helps most.
    fn explain(&self, row: &Row, side: Side) -> Certificate {
        let columns = row
            .terms
            .iter()
            .zip(&self.columns)
            .filter(|(term, _)| !term.is_zero());
        let terms = columns.filter_map(|(term, column)| {
            let helps = if (side == Side::Lower) == term.is_positive() {
                Side::Upper
            } else {
                Side::Lower
            };
            column.term(helps, BigRational::new(term.abs(), row.denominator.clone()))
        });
        Certificate {
            terms: row
                .variable
                .term(side, BigRational::one())
                .into_iter()
                .chain(terms)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(value: i64) -> BigRational {
        BigRational::from_integer(value.into())
    }

    fn line(constant: i64, slope: i64) -> Affine {
        Affine {
            constant: number(constant),
            slope: number(slope),
        }
    }

    #[test]
    fn finds_a_rational_maximum_and_its_certificate() {
        // x <= 10, y <= 7 and 3 x + 2 y = t, x - y <= 1: the best is x = 8, y = 7, t = 38.
        let mut system = System::new([
            (vec![line(0, 0)], vec![line(10, 0)]),
            (vec![line(0, 0)], vec![line(7, 0)]),
        ]);
        system.row(vec![3.into(), 2.into()], vec![line(0, 1)], vec![line(0, 1)]);
        system.row(
            vec![1.into(), (-1).into()],
            vec![line(-100, 0)],
            vec![line(1, 0)],
        );
        let optimum = system.maximize(number(1000)).unwrap();
        assert_eq!(optimum.parameter, number(38));
        assert_eq!(system.values(2), [number(8), number(7)]);
        assert!(
            optimum
                .certificate
                .unwrap()
                .terms
                .iter()
                .any(|term| term.variable == 3)
        );
        // A floor of 9 on x leaves nothing: y would have to be 8.
        system.bound(0, number(9), number(10));
        assert!(system.maximize(number(1000)).is_none());
    }

    #[test]
    fn crossing_bounds_are_a_certificate() {
        let mut system = System::new([(vec![line(0, 1)], vec![line(12, 0), line(15, -2)])]);
        assert_eq!(system.maximize(number(100)).unwrap().parameter, number(5));
    }
}
