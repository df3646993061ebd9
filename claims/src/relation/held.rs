//! What a complete policy says of collateral that is *held*, at base prices and without weights,
//! counted or not: the held shares of S6, and the report of S10.

use super::answer::Share;
use super::{AssetValue, Unsatisfied, totals, values};
use crate::account::Opening;
use crate::numbers::{MICRO, Price, ReportLine};
use crate::policy::Policy;
use crate::statement::{Claim, NO_REPORT, Report};
use num_bigint::BigUint;
use num_traits::CheckedDiv;

/// S6, held. Shares of assets and groups in what is held. Only a complete policy has such rules.
pub fn check_held(policy: &Policy, values: &[AssetValue]) -> Result<(), Unsatisfied> {
    if !policy.complete() {
        return Ok(());
    }
    let total: BigUint = values.iter().map(|v| v.collateral).sum();
    for (asset, value) in policy.assets().iter().zip(values) {
        Share::of(&BigUint::from(value.collateral), &total)
            .within(0, asset.max_held_share)
            .map_err(|share| Unsatisfied::AssetHeld {
                asset: asset.name.clone(),
                share,
            })?;
    }
    for (group, rule) in policy.groups().iter().enumerate() {
        Share::of(&held(policy, values, group), &total)
            .within(rule.min_held_share, rule.max_held_share)
            .map_err(|share| Unsatisfied::GroupHeld {
                group: policy.group_name(group).unwrap_or_default().into(),
                share,
            })?;
    }
    Ok(())
}

/// S10. The report of accounts: what the statement must show.
///
/// # Errors
/// A clause before S10, where these accounts have no values.
pub fn report(
    policy: &Policy,
    prices: &[Price],
    openings: &[Opening],
) -> Result<Report, Unsatisfied> {
    if policy.report_grain() == 0 {
        return Ok(NO_REPORT);
    }
    let totals = totals(policy, openings)?;
    // Only a complete policy reports, and it nets nothing.
    let nothing = vec![0; totals.len()];
    lines(policy, &values(policy, prices, &totals, &nothing)?)
}

/// S10. The statement shows this report and no other.
pub fn check_report(claim: &Claim, values: &[AssetValue]) -> Result<(), Unsatisfied> {
    let policy = &claim.policy;
    let expected = lines(policy, values)?;
    for (group, (expected, got)) in expected.iter().zip(claim.statement.report()).enumerate() {
        if expected != got {
            return Err(Unsatisfied::Report {
                group: policy.group_name(group).unwrap_or_default().into(),
                expected: expected.get(),
                got: got.get(),
            });
        }
    }
    Ok(())
}

/// R_g of each group: floor(sum of its v_a / (report_grain * 10^6)), 0 for a group without report.
fn lines(policy: &Policy, values: &[AssetValue]) -> Result<Report, Unsatisfied> {
    let mut report = NO_REPORT;
    let grain = BigUint::from(policy.report_grain()) * MICRO;
    for (group, (line, rule)) in report.iter_mut().zip(policy.groups()).enumerate() {
        if !rule.report {
            continue;
        }
        *line = held(policy, values, group)
            .checked_div(&grain)
            .and_then(|line| u128::try_from(line).ok())
            .and_then(|line| ReportLine::new(line).ok())
            .ok_or(Unsatisfied::Policy)?;
    }
    Ok(report)
}

/// What a group holds, in micro-units.
fn held(policy: &Policy, values: &[AssetValue], group: usize) -> BigUint {
    let assets = policy.assets().iter().zip(values);
    assets
        .filter(|(asset, _)| asset.groups >> group & 1 == 1)
        .map(|(_, value)| value.collateral)
        .sum()
}
