//! The native relation: S1..S9 over the integers, straight from docs/spec.md, section 6.
//!
//! A claim is checked here before a proof is attempted. The answer names the clause,
//! the account, asset, group or scenario, and how much is missing. [`check`] takes the
//! prover's choices (an [`Allocation`]) as given and only tests them, and a [`SatisfiedClaim`]
//! is the evidence that they passed; finding them is the prover's concern.

mod answer;
mod satisfied;

pub use answer::Unsatisfied;
pub use satisfied::SatisfiedClaim;

use crate::account::Kind;
use crate::ident::AssetId;
use crate::numbers::{ONE_IN_BPS, VALUE_BITS, VALUE_DIVISOR, WIDTH_SCALE};
use crate::shape::TIERS;
use crate::statement::Claim;
use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::Zero;
use std::collections::BTreeMap;
use std::fmt;

/// The prover's choices in one scenario. Secret; `Debug` prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct ScenarioAllocation {
    /// `x_1 .. x_4` of each asset (S5), in micro-units times basis points.
    pub tiers: Vec<[u128; TIERS]>,
}

/// The prover's choices: S3, S5 and S6 hold when some allocation exists. Secret; `Debug`
/// prints nothing of them.
#[derive(Clone, PartialEq, Eq)]
pub struct Allocation {
    /// `n_a` of each asset in digest order (S3), in base units.
    pub netted: Vec<u128>,
    /// One for each scenario, the base first.
    pub scenarios: Vec<ScenarioAllocation>,
}

/// Totals of an asset (S2), in base units.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// T_a.
    pub collateral: u128,
    /// L_a.
    pub liability: u128,
}

/// Value of an asset after netting (S4), in micro-units of the quote currency.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct AssetValue {
    /// v_a, rounded down.
    pub collateral: u128,
    /// o_a, rounded up.
    pub liability: u128,
}

impl fmt::Debug for ScenarioAllocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ScenarioAllocation(secret)")
    }
}

impl fmt::Debug for Allocation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Allocation(secret)")
    }
}

impl fmt::Debug for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Totals(secret)")
    }
}

impl fmt::Debug for AssetValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AssetValue(secret)")
    }
}

/// S1. Every commitment opens to an account with the public subject, kind and time.
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
        if opening.as_of() != claim.statement.as_of() {
            let (expected, got) = (claim.statement.as_of(), opening.as_of());
            return Err(Unsatisfied::AsOf {
                account,
                expected,
                got,
            });
        }
        if opening.commitment() != *commitment {
            return Err(Unsatisfied::Opening { account });
        }
    }
    Ok(())
}

/// S2. Totals of each policy asset, in digest order.
pub fn totals(claim: &Claim) -> Result<Vec<Totals>, Unsatisfied> {
    let mut by_id: BTreeMap<AssetId, Totals> = claim
        .policy
        .assets()
        .iter()
        .map(|a| (a.id, Totals::default()))
        .collect();
    for (account, opening) in claim.openings.iter().enumerate() {
        for position in opening.positions() {
            match (by_id.get_mut(&position.id), opening.kind()) {
                (Some(t), kind) => {
                    let total = match kind {
                        Kind::Collateral => &mut t.collateral,
                        Kind::Liability => &mut t.liability,
                    };
                    *total = total.checked_add(position.amount.get()).ok_or_else(|| {
                        Unsatisfied::TotalOverflow {
                            asset: position.asset.clone(),
                        }
                    })?;
                }
                (None, Kind::Collateral) => {}
                (None, Kind::Liability) => {
                    return Err(Unsatisfied::UnlistedLiability {
                        account,
                        asset: position.asset.clone(),
                    });
                }
            }
        }
    }
    Ok(by_id.into_values().collect())
}

/// S3 and S4. Values after netting.
pub fn values(
    claim: &Claim,
    totals: &[Totals],
    netted: &[u128],
) -> Result<Vec<AssetValue>, Unsatisfied> {
    let mut values = Vec::with_capacity(totals.len());
    for (((asset, price), t), n) in claim
        .policy
        .assets()
        .iter()
        .zip(claim.statement.prices())
        .zip(totals)
        .zip(netted)
    {
        let netting = || Unsatisfied::Netting {
            asset: asset.name.clone(),
        };
        if *n > 0 && !asset.netting {
            return Err(netting());
        }
        let collateral = t.collateral.checked_sub(*n).ok_or_else(netting)?;
        let liability = t.liability.checked_sub(*n).ok_or_else(netting)?;
        let (price, divisor) = (BigUint::from(price.get()), BigUint::from(VALUE_DIVISOR));
        let in_range = |value: BigUint, side| {
            u128::try_from(value)
                .ok()
                .filter(|v| v >> VALUE_BITS == 0)
                .ok_or_else(|| Unsatisfied::ValueOverflow {
                    asset: asset.name.clone(),
                    side,
                })
        };
        values.push(AssetValue {
            collateral: in_range((&price * collateral).div_floor(&divisor), Kind::Collateral)?,
            liability: in_range((&price * liability).div_ceil(&divisor), Kind::Liability)?,
        });
    }
    Ok(values)
}

/// `m_{j,a}`: the multiplier of an asset in a scenario; 10^4 in the base.
pub fn multiplier(claim: &Claim, scenario: usize, asset: usize) -> u32 {
    match scenario.checked_sub(1) {
        None => ONE_IN_BPS,
        Some(j) => claim
            .policy
            .assets()
            .get(asset)
            .and_then(|a| a.multipliers.get(j))
            .copied()
            .map_or(0, u32::from),
    }
}

/// The required ratio of a scenario in basis points; the public base ratio for the base.
pub fn required_ratio(claim: &Claim, scenario: usize) -> u32 {
    match scenario.checked_sub(1) {
        None => claim.statement.ratio().bps(),
        Some(j) => claim
            .policy
            .scenario_ratios()
            .get(j)
            .copied()
            .map_or(0, u32::from),
    }
}

/// `10^4 * public debt + sum o_a * m_{j,a}`.
pub fn obligations(claim: &Claim, values: &[AssetValue], scenario: usize) -> BigUint {
    values.iter().enumerate().fold(
        BigUint::from(claim.statement.public_debt().get()) * ONE_IN_BPS,
        |sum, (a, value)| sum + BigUint::from(value.liability) * multiplier(claim, scenario, a),
    )
}

/// S5. What each asset counts for in a scenario, `c_a`.
pub fn counted(
    claim: &Claim,
    values: &[AssetValue],
    scenario: usize,
    allocation: &ScenarioAllocation,
) -> Result<Vec<BigUint>, Unsatisfied> {
    let assets = claim.policy.assets();
    let mut counted = Vec::with_capacity(assets.len());
    for (a, ((asset, value), tiers)) in assets.iter().zip(values).zip(&allocation.tiers).enumerate()
    {
        let overfull = || Unsatisfied::Tiers {
            scenario,
            asset: asset.name.clone(),
        };
        let available = BigUint::from(value.collateral) * multiplier(claim, scenario, a);
        let (mut used, mut c) = (BigUint::zero(), BigUint::zero());
        for (index, (x, tier)) in tiers.iter().zip(&asset.tiers).enumerate() {
            let bounded = index + 1 < TIERS;
            if bounded && BigUint::from(*x) > BigUint::from(tier.width) * WIDTH_SCALE {
                return Err(overfull());
            }
            used += *x;
            c += BigUint::from(*x) * tier.weight;
        }
        if used > available {
            return Err(overfull());
        }
        counted.push(c);
    }
    Ok(counted)
}

/// S6. Shares of assets and groups in the counted collateral.
pub fn check_shares(
    claim: &Claim,
    scenario: usize,
    counted: &[BigUint],
) -> Result<(), Unsatisfied> {
    let total: BigUint = counted.iter().sum();
    for (asset, c) in claim.policy.assets().iter().zip(counted) {
        if c * ONE_IN_BPS > &total * asset.max_share {
            return Err(Unsatisfied::AssetShare {
                scenario,
                asset: asset.name.clone(),
            });
        }
    }
    for (group, rule) in claim.policy.groups().iter().enumerate() {
        let members = claim
            .policy
            .assets()
            .iter()
            .zip(counted)
            .filter(|(a, _)| a.groups >> group & 1 == 1);
        let share = members.map(|(_, c)| c).sum::<BigUint>() * ONE_IN_BPS;
        if share < &total * rule.min_share || share > &total * rule.max_share {
            return Err(Unsatisfied::GroupShare { scenario, group });
        }
    }
    Ok(())
}

/// S7. The counted collateral covers the obligations at the scenario's ratio.
pub fn check_coverage(
    claim: &Claim,
    values: &[AssetValue],
    scenario: usize,
    counted: &[BigUint],
) -> Result<(), Unsatisfied> {
    let total: BigUint = counted.iter().sum();
    let required = obligations(claim, values, scenario) * required_ratio(claim, scenario);
    if total < required {
        return Err(Unsatisfied::Coverage {
            scenario,
            missing: required - total,
        });
    }
    Ok(())
}

/// The whole relation with the prover's choices given. S9 holds of every claim: the context is
/// in the statement.
///
/// # Errors
/// The first clause that fails, with the account, asset, group or scenario.
pub fn check(claim: &Claim, allocation: &Allocation) -> Result<(), Unsatisfied> {
    let (assets, scenarios) = (claim.policy.assets().len(), claim.policy.scenarios());
    let fits = allocation.netted.len() == assets
        && allocation.scenarios.len() == scenarios
        && allocation.scenarios.iter().all(|s| s.tiers.len() == assets);
    if !fits {
        return Err(Unsatisfied::CountingShape);
    }
    check_openings(claim)?;
    let totals = totals(claim)?;
    let values = values(claim, &totals, &allocation.netted)?;
    for (scenario, choices) in allocation.scenarios.iter().enumerate() {
        let counted = counted(claim, &values, scenario, choices)?;
        check_shares(claim, scenario, &counted)?;
        check_coverage(claim, &values, scenario, &counted)?;
    }
    // So has [`Claim::new`] made it; the fields of a claim are public.
    if claim.statement.policy() != claim.policy.digest() {
        return Err(Unsatisfied::Policy);
    }
    Ok(())
}
