//! The prover's values of claims that share a proof: each claim's own, and the public inputs of
//! all. Tests lie in them, and the circuit must notice.

use super::witness::Witness;
use crate::field::Fr;
use crate::many::{ManyError, ManyShape, SatisfiedMany};

/// Everything the prover puts into the circuit of many claims.
#[derive(Clone, Debug)]
pub struct ManyWitness {
    /// The shape.
    pub shape: ManyShape,
    /// The public inputs: those of the claims, one after the other.
    pub public: Vec<Fr>,
    /// N claims. What the trace takes for public inputs is what each of these has.
    pub claims: Vec<Witness>,
}

impl ManyWitness {
    /// All zero, for key generation.
    pub fn blank(shape: ManyShape) -> Self {
        Self::of(shape, vec![Witness::blank(shape.claim()); shape.claims()])
    }

    /// Of N witnesses of the shape, which need not be honest.
    pub fn of(shape: ManyShape, claims: Vec<Witness>) -> Self {
        let public = claims.iter().flat_map(|claim| &claim.public);
        Self {
            shape,
            public: public.copied().collect(),
            claims,
        }
    }

    /// The values of claims under their allocations.
    ///
    /// # Errors
    /// If a claim has no room in the shape.
    pub fn honest(satisfied: &SatisfiedMany) -> Result<Self, ManyError> {
        let shape = satisfied.shape();
        let claims = satisfied.filled().enumerate().map(|(claim, satisfied)| {
            Witness::honest(satisfied.claim(), satisfied.allocation(), shape.claim())
                .map_err(|why| ManyError::DoesNotFit { claim, why })
        });
        Ok(Self::of(shape, claims.collect::<Result<_, _>>()?))
    }
}
