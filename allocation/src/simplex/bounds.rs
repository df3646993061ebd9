//! Variables, their bounds, and certificates made of bounds.

use num_rational::BigRational;
use num_traits::Zero;

/// `constant + slope * parameter`.
#[derive(Clone)]
pub(crate) struct Affine {
    pub(crate) constant: BigRational,
    pub(crate) slope: BigRational,
}

impl Affine {
    pub(crate) fn constant(constant: BigRational) -> Self {
        Self {
            constant,
            slope: BigRational::zero(),
        }
    }

    fn at(&self, parameter: &BigRational) -> BigRational {
        if self.slope.is_zero() {
            self.constant.clone()
        } else {
            &self.constant + &self.slope * parameter
        }
    }
}

/// Which bound of a variable a certificate uses.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Side {
    Lower,
    Upper,
}

/// One bound in a certificate, times a positive weight.
#[derive(Clone)]
pub(crate) struct Term {
    /// Number of the variable, in order of creation.
    pub(crate) variable: usize,
    pub(crate) side: Side,
    /// Which of the variable's affine bounds on that side was the tightest.
    pub(crate) piece: usize,
    pub(crate) weight: BigRational,
    bound: Affine,
}

/// Why no larger parameter is feasible: with these weights, upper bounds minus lower bounds must not be negative.
#[derive(Clone)]
pub(crate) struct Certificate {
    pub(crate) terms: Vec<Term>,
}

impl Certificate {
    /// The certificate's bound as one affine function, non-negative wherever the system is feasible.
    pub(crate) fn line(&self) -> Affine {
        let mut line = Affine::constant(BigRational::zero());
        for term in &self.terms {
            let sign = if term.side == Side::Upper {
                term.weight.clone()
            } else {
                -&term.weight
            };
            line.constant += &sign * &term.bound.constant;
            line.slope += &sign * &term.bound.slope;
        }
        line
    }
}

pub(super) struct Bounds {
    pub(super) pieces: Vec<Affine>,
    pub(super) active: usize,
    pub(super) value: BigRational,
}

impl Bounds {
    pub(super) fn new(pieces: Vec<Affine>) -> Self {
        Self {
            pieces,
            active: 0,
            value: BigRational::zero(),
        }
    }

    /// Takes the tightest piece: the greatest lower or the least upper bound.
    pub(super) fn settle(&mut self, parameter: &BigRational, side: Side) {
        let values = self
            .pieces
            .iter()
            .map(|piece| piece.at(parameter))
            .enumerate();
        let tightest = match side {
            Side::Lower => values.max_by(|(i, a), (j, b)| a.cmp(b).then(j.cmp(i))),
            Side::Upper => values.min_by(|(i, a), (j, b)| a.cmp(b).then(i.cmp(j))),
        };
        if let Some((active, value)) = tightest {
            self.active = active;
            self.value = value;
        }
    }
}

pub(super) struct Variable {
    pub(super) id: usize,
    pub(super) lower: Bounds,
    pub(super) upper: Bounds,
    pub(super) value: BigRational,
}

impl Variable {
    pub(super) fn term(&self, side: Side, weight: BigRational) -> Option<Term> {
        let bounds = if side == Side::Lower {
            &self.lower
        } else {
            &self.upper
        };
        let bound = bounds.pieces.get(bounds.active)?.clone();
        Some(Term {
            variable: self.id,
            side,
            piece: bounds.active,
            weight,
            bound,
        })
    }

    /// The bound that the value breaks.
    pub(super) fn broken(&self) -> Option<Side> {
        if self.value < self.lower.value {
            Some(Side::Lower)
        } else if self.value > self.upper.value {
            Some(Side::Upper)
        } else {
            None
        }
    }

    /// How far the value can move without breaking a bound that holds.
    pub(super) fn search(&self, up: bool) -> BigRational {
        if up {
            &self.upper.value - &self.value
        } else {
            &self.value - &self.lower.value
        }
    }

    pub(super) fn can_move(&self, up: bool) -> bool {
        if up {
            self.value < self.upper.value
        } else {
            self.value > self.lower.value
        }
    }
}
