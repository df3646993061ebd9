//! Where the language meets the solver: a claim becomes a problem, its solution an
//! allocation, and the claim with it a [`SatisfiedClaim`]. Neither crate knows of the other.

use covenant_allocation::{AssetInput, GroupInput, Problem, Shortfall, TierInput, ranges, solve};
use covenant_claims::numbers;
use covenant_claims::relation::{self, Allocation, Counted, SatisfiedClaim, Totals, Unsatisfied};
use covenant_claims::shape::{GROUPS, TIERS};
use covenant_claims::statement::Claim;

// The solver's units and ranges are the statement's.
const _: () = assert!(
    ranges::ONE_IN_BPS as u32 == numbers::ONE_IN_BPS
        && ranges::GROUPS == GROUPS
        && ranges::TIERS == TIERS
        && ranges::VALUE_BITS == numbers::VALUE_BITS
        && ranges::PRICE_BITS == numbers::PRICE_BITS
        && ranges::RATIO_BITS == numbers::RATIO_BITS
        && ranges::MULTIPLIER_BITS == numbers::MULTIPLIER_BITS
        && ranges::WIDTH_BITS >= numbers::WHOLE_BITS
        && ranges::VALUE_DIVISOR == numbers::VALUE_DIVISOR
        && ranges::WIDTH_SCALE == numbers::WIDTH_SCALE
);

/// Why a claim has no allocation.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refused {
    /// A clause fails whatever is counted.
    #[error("{0}")]
    Unsatisfied(#[from] Unsatisfied),
    /// No allocation satisfies S3 to S7.
    #[error("{0}")]
    Shortfall(#[from] Shortfall),
}

/// The problem of finding an allocation, where the claim's accounts have these totals (S2).
pub fn problem(claim: &Claim, totals: &[Totals]) -> Problem {
    let priced = claim
        .policy
        .assets()
        .iter()
        .zip(totals)
        .zip(claim.statement.prices())
        .enumerate();
    let scenarios = 0..claim.policy.scenarios();
    Problem {
        assets: priced
            .map(|(a, ((asset, totals), price))| AssetInput {
                collateral: totals.collateral,
                liability: totals.liability,
                price: price.get(),
                netting: asset.netting,
                max_share_bps: asset.max_share,
                groups: asset.groups,
                tiers: asset.tiers.map(|t| TierInput {
                    width: t.width,
                    weight_bps: t.weight,
                }),
                multipliers: scenarios
                    .clone()
                    .map(|j| relation::multiplier(claim, j, a))
                    .collect(),
            })
            .collect(),
        groups: claim.policy.groups().map(|g| GroupInput {
            min_share_bps: g.min_share,
            max_share_bps: g.max_share,
        }),
        public_debt: claim.statement.public_debt().get(),
        ratios_bps: scenarios
            .map(|j| relation::required_ratio(claim, j))
            .collect(),
    }
}

/// Finds the allocation of a claim, if there is one, and checks the whole relation with it.
///
/// # Errors
/// [`Refused::Unsatisfied`] names the clause that fails whatever is counted,
/// [`Refused::Shortfall`] what is missing, or that it could not be decided.
pub fn satisfy(claim: Claim) -> Result<SatisfiedClaim, Refused> {
    match solved(&claim) {
        Ok(allocation) => Ok(SatisfiedClaim::new(claim, allocation)?),
        Err(refused) => {
            // The commitments of true claims are recomputed once, in the relation; of false
            // ones here, so that S1 is told before what rests on it.
            relation::check_openings(&claim)?;
            Err(refused)
        }
    }
}

/// Finds the honest allocation of a claim, if there is one: S1 and S2 are checked, then
/// S3 to S7 solved for. [`SatisfiedClaim::new`] is still to check what is found.
///
/// # Errors
/// [`Refused::Unsatisfied`] names the clause that fails whatever is counted,
/// [`Refused::Shortfall`] what is missing, or that it could not be decided.
pub fn find_allocation(claim: &Claim) -> Result<Allocation, Refused> {
    relation::check_openings(claim)?;
    solved(claim)
}

/// S2 to S7 of a claim whose openings may not be those of its commitments. What is held is the
/// same whatever is counted: [`SatisfiedClaim::new`] judges it.
fn solved(claim: &Claim) -> Result<Allocation, Refused> {
    let totals = relation::totals(&claim.policy, &claim.openings)?;
    let solution = solve(&problem(claim, &totals))?;
    let scenarios = solution.counted.into_iter();
    let scenarios = scenarios.map(|counted| Counted { counted });
    Ok(Allocation {
        netted: solution.netted,
        scenarios: scenarios.collect(),
    })
}
