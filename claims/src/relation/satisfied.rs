//! Evidence that a claim is true: a type that only the relation makes.

use super::{Allocation, Unsatisfied, check};
use crate::statement::Claim;
use std::fmt;

/// A claim, with an allocation under which it satisfies S1..S10. Only [`Self::new`] makes one,
/// and nothing changes it: who takes one proves nothing that was not checked (P2).
///
/// It is not put together from its parts:
///
/// ```compile_fail,E0451
/// use covenant_claims::{Allocation, Claim, SatisfiedClaim};
///
/// fn unchecked(claim: Claim, allocation: Allocation) -> SatisfiedClaim {
///     SatisfiedClaim { claim, allocation }
/// }
/// ```
#[derive(Clone)]
pub struct SatisfiedClaim {
    claim: Claim,
    allocation: Allocation,
}

impl SatisfiedClaim {
    /// Checks the whole relation.
    ///
    /// # Errors
    /// The first clause that fails; see [`check`].
    pub fn new(claim: Claim, allocation: Allocation) -> Result<Self, Unsatisfied> {
        check(&claim, &allocation)?;
        Ok(Self { claim, allocation })
    }

    /// The claim.
    pub fn claim(&self) -> &Claim {
        &self.claim
    }

    /// The prover's choices; secret.
    pub fn allocation(&self) -> &Allocation {
        &self.allocation
    }
}

impl fmt::Debug for SatisfiedClaim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SatisfiedClaim").finish_non_exhaustive()
    }
}
