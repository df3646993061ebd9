//! Many claims in one proof (docs/spec.md, section 8b): N claims of one shape, each with a
//! statement of its own. What they share is the verifying key, and so the proof; subject, policy,
//! prices and accounts are each claim's. Native functions: what the proof enforces is the
//! circuit's, S1 to S10 of each claim.

use crate::field::Fr;
use crate::numbers::MAX_POSITIONS_LOG2;
use crate::relation::{Allocation, SatisfiedClaim, Unsatisfied};
use crate::shape::Shape;
use crate::statement::{Claim, Statement, StatementError};
use std::fmt;

/// Version of the circuit of many claims; part of its ids, so that its proofs are never taken for
/// those of one claim.
pub const CIRCUIT_VERSION: &str = "covenant-many-2";

/// Most claims of a proof.
const MOST_CLAIMS: usize = 64;

/// Capacity of a circuit of many claims: N claims, each of a shape.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub struct ManyShape {
    claim: Shape,
    claims: usize,
}

/// Claims could not be put into one proof.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ManyError {
    /// A shape out of range.
    #[error("many claims: {field} must be {expected}, got {got}")]
    Range {
        /// Which number.
        field: &'static str,
        /// What it may be.
        expected: &'static str,
        /// What it is.
        got: usize,
    },
    /// No claim, or more than the circuit has room for.
    #[error("many claims: expected 1 to {expected} claims, got {got}")]
    Count {
        /// How many the circuit has room for.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// A claim that has no room in the shape.
    #[error("claim {claim}: {why}")]
    DoesNotFit {
        /// 0-based, in the order of the claims.
        claim: usize,
        /// What does not fit.
        why: StatementError,
    },
    /// A claim that is false.
    #[error("claim {claim}: {why}")]
    False {
        /// 0-based, in the order of the claims.
        claim: usize,
        /// The clause that fails.
        why: Unsatisfied,
    },
}

impl ManyShape {
    /// Ten claims of [`Shape::SMALL`], provable with the embedded ceremony.
    pub const SMALL: Self = Self {
        claim: Shape::SMALL,
        claims: 10,
    };
    /// The standard shapes, whose keys are published.
    pub const STANDARD: [Self; 1] = [Self::SMALL];

    /// 1 to 64 claims of a shape, with at most 2^17 positions in all of them together.
    ///
    /// # Errors
    /// If a number is out of range.
    pub fn new(claim: Shape, claims: usize) -> Result<Self, ManyError> {
        let range = |field, expected, got| {
            Err(ManyError::Range {
                field,
                expected,
                got,
            })
        };
        if !(1..=MOST_CLAIMS).contains(&claims) {
            return range("claims", "1 to 64", claims);
        }
        let positions = claim.accounts() * claim.positions();
        if positions.saturating_mul(claims) > 1 << MAX_POSITIONS_LOG2 {
            return range("positions", "at most 131072 over all claims", positions);
        }
        Ok(Self { claim, claims })
    }

    /// The shape of each claim.
    pub const fn claim(&self) -> Shape {
        self.claim
    }
    /// N, the number of claims.
    pub const fn claims(&self) -> usize {
        self.claims
    }
    /// Length of the public input vector: those of every claim, one after the other.
    pub const fn public_inputs(&self) -> usize {
        self.claims * self.claim.public_inputs()
    }

    fn holds(&self, claims: usize) -> Result<(), ManyError> {
        match (1..=self.claims).contains(&claims) {
            true => Ok(()),
            false => Err(ManyError::Count {
                expected: self.claims,
                got: claims,
            }),
        }
    }

    /// The list with its last entry repeated until there are N: what a circuit of N claims takes in
    /// place of claims that there are not. It says no more than the list does.
    fn fill<'a, T>(&self, list: &'a [T]) -> impl Iterator<Item = &'a T> {
        let (last, claims) = (list.last(), self.claims);
        let rest = std::iter::repeat(last).flatten();
        list.iter().chain(rest).take(claims)
    }
}

/// `10of4x27x8x4`: how many, and of what.
impl fmt::Display for ManyShape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}of{}", self.claims, self.claim.dimensions())
    }
}

/// The public inputs of one proof of these statements: those of each, one after the other, the
/// last statement's again for every claim that there is not.
///
/// # Errors
/// If there is no statement or more than the shape's, or one has no room.
pub fn public_inputs(statements: &[&Statement], shape: ManyShape) -> Result<Vec<Fr>, ManyError> {
    shape.holds(statements.len())?;
    let mut inputs = Vec::with_capacity(shape.public_inputs());
    for (claim, statement) in shape.fill(statements).enumerate() {
        let own = statement.public_inputs(&shape.claim);
        inputs.extend(own.map_err(|why| ManyError::DoesNotFit { claim, why })?);
    }
    Ok(inputs)
}

/// Claims that go into one proof, each of which is true. Only [`Self::new`] and [`Self::check`]
/// make one.
#[derive(Clone, Debug)]
pub struct SatisfiedMany {
    shape: ManyShape,
    claims: Vec<SatisfiedClaim>,
}

impl SatisfiedMany {
    /// Of claims that were found true.
    ///
    /// # Errors
    /// If there is no claim or more than the shape's, or one has no room.
    pub fn new(claims: Vec<SatisfiedClaim>, shape: ManyShape) -> Result<Self, ManyError> {
        shape.holds(claims.len())?;
        for (claim, satisfied) in claims.iter().enumerate() {
            let fits = satisfied.claim().check_fits(&shape.claim);
            fits.map_err(|why| ManyError::DoesNotFit { claim, why })?;
        }
        Ok(Self { shape, claims })
    }

    /// Checks the whole relation of every claim.
    ///
    /// # Errors
    /// The first claim that is false, with the clause that fails; or as [`Self::new`].
    pub fn check(claims: Vec<(Claim, Allocation)>, shape: ManyShape) -> Result<Self, ManyError> {
        let claims = claims.into_iter().enumerate();
        let satisfied = claims.map(|(claim, (of, allocation))| {
            SatisfiedClaim::new(of, allocation).map_err(|why| ManyError::False { claim, why })
        });
        Self::new(satisfied.collect::<Result<_, _>>()?, shape)
    }

    /// The shape.
    pub fn shape(&self) -> ManyShape {
        self.shape
    }
    /// The claims, without repetitions.
    pub fn claims(&self) -> &[SatisfiedClaim] {
        &self.claims
    }
    /// N claims: the last one is repeated for those that there are not.
    pub fn filled(&self) -> impl Iterator<Item = &SatisfiedClaim> {
        self.shape.fill(&self.claims)
    }
    /// What is proved, without repetitions.
    pub fn statements(&self) -> Vec<&Statement> {
        let claims = self.claims.iter();
        claims.map(|claim| &claim.claim().statement).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_have_a_name_and_a_range() {
        assert_eq!(ManyShape::SMALL.to_string(), "10of4x27x8x4");
        assert_eq!(ManyShape::SMALL.public_inputs(), 250);
        assert_eq!(
            ManyShape::new(Shape::SMALL, 10).unwrap(),
            ManyShape::STANDARD[0]
        );
        for claims in [0, 65] {
            assert!(ManyShape::new(Shape::SMALL, claims).is_err(), "{claims}");
        }
        assert!(ManyShape::new(Shape::XLARGE, 1).is_ok());
        assert!(ManyShape::new(Shape::XLARGE, 2).is_err());
    }

    #[test]
    fn fewer_claims_are_filled_up_with_the_last() {
        let shape = ManyShape::new(Shape::SMALL, 3).unwrap();
        let filled: Vec<&char> = shape.fill(&['a', 'b']).collect();
        assert_eq!(filled, [&'a', &'b', &'b']);
        let count = |got| Err(ManyError::Count { expected: 3, got });
        assert_eq!(shape.holds(0), count(0));
        assert_eq!(shape.holds(4), count(4));
        assert_eq!(public_inputs(&[], shape), count(0).map(|()| Vec::new()));
    }
}
