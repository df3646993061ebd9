//! S5 to S7: what the collateral counts for in a scenario, and whether that covers the debt.

use super::answer::Share;
use super::{AssetValue, Counted, Unsatisfied};
use crate::numbers::{ONE_IN_BPS, WIDTH_SCALE};
use crate::policy::Asset;
use crate::statement::Claim;
use num_bigint::BigUint;

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

/// S5. Line l (0-based) of an asset worth `value` micro-units at a multiplier:
/// `weight_l * value * multiplier + off_l`, with
/// `off_l = sum over i < l of (weight_i - weight_l) * width_i * 10^10`. `None` for a fifth line.
pub fn line(asset: &Asset, value: u128, multiplier: u32, l: usize) -> Option<BigUint> {
    let weight = asset.tiers.get(l)?.weight;
    // Weights never increase, so no difference is negative.
    let offset: BigUint = asset
        .tiers
        .iter()
        .take(l)
        .map(|tier| BigUint::from(tier.weight.saturating_sub(weight)) * tier.width * WIDTH_SCALE)
        .sum();
    Some(BigUint::from(value) * multiplier * weight + offset)
}

/// S5. The most that an asset worth `value` micro-units counts for at a multiplier: the lowest
/// of its lines. Below 2^110.
pub fn most_counted(asset: &Asset, value: u128, multiplier: u32) -> u128 {
    (0..)
        .map_while(|l| line(asset, value, multiplier, l))
        .min()
        .and_then(|least| u128::try_from(least).ok())
        .unwrap_or(0)
}

/// S5. No asset counts for more than each of its lines.
pub fn check_counted(
    claim: &Claim,
    values: &[AssetValue],
    scenario: usize,
    choices: &Counted,
) -> Result<(), Unsatisfied> {
    let assets = claim.policy.assets().iter().zip(values);
    for (a, ((asset, value), c)) in assets.zip(&choices.counted).enumerate() {
        let most = most_counted(asset, value.collateral, multiplier(claim, scenario, a));
        if *c > most {
            return Err(Unsatisfied::Counted {
                scenario,
                asset: asset.name.clone(),
                most,
                got: *c,
            });
        }
    }
    Ok(())
}

/// S6. Shares of assets and groups in the counted collateral.
pub fn check_shares(claim: &Claim, scenario: usize, choices: &Counted) -> Result<(), Unsatisfied> {
    let policy = &claim.policy;
    let total: BigUint = choices.counted.iter().sum();
    for (asset, c) in policy.assets().iter().zip(&choices.counted) {
        Share::of(&BigUint::from(*c), &total)
            .within(0, asset.max_share)
            .map_err(|share| Unsatisfied::AssetShare {
                scenario,
                asset: asset.name.clone(),
                share,
            })?;
    }
    for (group, rule) in policy.groups().iter().enumerate() {
        let members = policy.assets().iter().zip(&choices.counted);
        let members = members.filter(|(a, _)| a.groups >> group & 1 == 1);
        let part: BigUint = members.map(|(_, c)| c).sum();
        Share::of(&part, &total)
            .within(rule.min_share, rule.max_share)
            .map_err(|share| Unsatisfied::GroupShare {
                scenario,
                group: policy.group_name(group).unwrap_or_default().into(),
                share,
            })?;
    }
    Ok(())
}

/// S7. The counted collateral covers the obligations at the scenario's ratio.
pub fn check_coverage(
    claim: &Claim,
    values: &[AssetValue],
    scenario: usize,
    choices: &Counted,
) -> Result<(), Unsatisfied> {
    let total: BigUint = choices.counted.iter().sum();
    let required = obligations(claim, values, scenario) * required_ratio(claim, scenario);
    if total < required {
        return Err(Unsatisfied::Coverage {
            scenario,
            missing: required - total,
        });
    }
    Ok(())
}
