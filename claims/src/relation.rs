//! The native relation: S1..S10 over the integers, straight from docs/spec.md, section 6.
//!
//! A claim is checked here before a proof is attempted. The answer names the clause,
//! the account, asset, group or scenario, and how much is missing. [`check`] takes the
//! prover's choices (an [`Allocation`]) as given and only tests them, and a [`SatisfiedClaim`]
//! is the evidence that they passed; finding them is the prover's concern.
//!
//! Openings are typed here, so their entries are well formed. What the statement makes of other
//! entries (section 4), the circuit judges: nothing rests on an account having been honest.

mod answer;
mod counting;
mod held;
mod satisfied;
mod sums;

pub use answer::{ShareError, Unsatisfied};
pub use counting::{
    check_counted, check_coverage, check_shares, line, most_counted, multiplier, obligations,
    required_ratio,
};
pub use held::{check_held, check_report, report};
pub use satisfied::SatisfiedClaim;
pub use sums::{AssetValue, Totals, totals, values};

use crate::statement::Claim;
use std::fmt;

/// What each asset counts for in one scenario. Secret; `Debug` prints nothing of it.
#[derive(Clone, PartialEq, Eq)]
pub struct Counted {
    /// `c_a` of each asset in digest order (S5), in micro-units times basis points of the
    /// multiplier times basis points of the weight: 10^-14 of the quote currency.
    pub counted: Vec<u128>,
}

/// The prover's choices: S3, S5 and the counted shares of S6 hold when some allocation exists.
/// Secret; `Debug` prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Allocation {
    /// `n_a` of each asset in digest order (S3), in base units.
    pub netted: Vec<u128>,
    /// One for each scenario, the base first.
    pub scenarios: Vec<Counted>,
}

impl fmt::Debug for Counted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counted(secret)")
    }
}

impl fmt::Debug for Allocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allocation(secret)")
    }
}

/// S1. Every commitment opens to an account with the public subject and kind, taken in the window.
pub fn check_openings(claim: &Claim) -> Result<(), Unsatisfied> {
    let commitments = claim.statement.commitments();
    if commitments.len() != claim.openings.len() {
        return Err(Unsatisfied::OpeningCount {
            expected: commitments.len(),
            got: claim.openings.len(),
        });
    }
    let accounts = commitments.iter().zip(claim.statement.kinds());
    for (account, ((commitment, kind), opening)) in accounts.zip(&claim.openings).enumerate() {
        if opening.subject_id() != claim.statement.subject() {
            return Err(Unsatisfied::Subject { account });
        }
        if opening.kind() != *kind {
            let (expected, got) = (*kind, opening.kind());
            return Err(Unsatisfied::Kind {
                account,
                expected,
                got,
            });
        }
        let (window, as_of) = (claim.statement.window(), opening.as_of());
        if !window.contains(as_of) {
            return Err(Unsatisfied::AsOf {
                account,
                expected: window,
                got: as_of,
            });
        }
        if opening.commitment() != *commitment {
            return Err(Unsatisfied::Opening { account });
        }
    }
    Ok(())
}

/// The whole relation with the prover's choices given. S9 holds of every claim: the context is
/// in the statement.
///
/// # Errors
/// The first clause that fails, with the account, asset, group or scenario.
pub fn check(claim: &Claim, allocation: &Allocation) -> Result<(), Unsatisfied> {
    let policy = &claim.policy;
    let (assets, scenarios) = (policy.assets().len(), policy.scenarios());
    let fits = allocation.netted.len() == assets
        && allocation.scenarios.len() == scenarios
        && allocation
            .scenarios
            .iter()
            .all(|s| s.counted.len() == assets)
        && claim.statement.prices().len() == assets;
    if !fits {
        return Err(Unsatisfied::CountingShape);
    }
    check_openings(claim)?;
    let totals = totals(policy, &claim.openings)?;
    let values = values(
        policy,
        claim.statement.prices(),
        &totals,
        &allocation.netted,
    )?;
    // No choice helps where this fails.
    check_held(policy, &values)?;
    for (scenario, choices) in allocation.scenarios.iter().enumerate() {
        check_counted(claim, &values, scenario, choices)?;
        check_shares(claim, scenario, choices)?;
        check_coverage(claim, &values, scenario, choices)?;
    }
    // So has [`Claim::new`] made it; the fields of a claim are public.
    if claim.statement.policy() != policy.digest() {
        return Err(Unsatisfied::Policy);
    }
    check_report(claim, &values)
}
