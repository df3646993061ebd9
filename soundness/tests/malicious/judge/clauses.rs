//! S3 to S7 and S10 with the allocation given.

use super::Allocation;
use super::public::Public;
use crate::decode::{Policy, Shares, integer};
use covenant_allocation::Problem;
use covenant_circuits::field::Fr;
use num_bigint::{BigInt, BigUint};
use num_integer::Integer;

/// v_a and o_a (S4).
type Values = Vec<(BigUint, BigUint)>;

pub fn check(
    public: &Public<'_>,
    policy: &Policy,
    problem: &Problem,
    allocation: &Allocation,
) -> Result<(), String> {
    let values = values(problem, allocation.netted.iter().map(integer))?;
    held(public, policy, &values)?;
    for (j, (ratio, counted)) in problem
        .ratios_bps
        .iter()
        .zip(&allocation.counted)
        .enumerate()
    {
        scenario(problem, &values, j, *ratio, counted)?;
    }
    Ok(())
}

/// What S3, S4, S10 and the held shares of S6 say where so much is netted.
pub fn check_held(
    public: &Public<'_>,
    policy: &Policy,
    problem: &Problem,
    netted: &[u128],
) -> Result<(), String> {
    let values = values(problem, netted.iter().map(|n| BigUint::from(*n)))?;
    held(public, policy, &values)
}

fn values(problem: &Problem, netted: impl Iterator<Item = BigUint>) -> Result<Values, String> {
    let unit = BigUint::from(10u8).pow(30);
    let mut values = Vec::new();
    for (a, (asset, netted)) in problem.assets.iter().zip(netted).enumerate() {
        let [held, owed] = [asset.collateral, asset.liability].map(BigUint::from);
        if netted > held || netted > owed || (!asset.netting && netted != BigUint::ZERO) {
            return Err(format!("S3: more of asset {a} is netted than may be"));
        }
        let held = ((held - &netted) * asset.price).div_floor(&unit);
        let owed = ((owed - &netted) * asset.price).div_ceil(&unit);
        if held.bits() > 80 || owed.bits() > 80 {
            return Err(format!("S4: asset {a} has a value of more than 80 bits"));
        }
        values.push((held, owed));
    }
    Ok(values)
}

/// Whether a part is within its shares of a total.
fn within(part: &BigUint, (least, most): Shares, total: &BigUint) -> bool {
    let part = part * 10_000u32;
    total * least <= part && part <= total * most
}

/// S6, held shares, and S10.
fn held(public: &Public<'_>, policy: &Policy, values: &Values) -> Result<(), String> {
    let total: BigUint = values.iter().map(|(v, _)| v).sum();
    for (a, ((v, _), asset)) in values.iter().zip(&policy.assets).enumerate() {
        if !within(v, (0, asset.held_share), &total) {
            return Err(format!("S6: asset {a} is above its share of what is held"));
        }
    }
    for (g, line) in public.report().into_iter().enumerate() {
        let members = values.iter().zip(&policy.assets);
        let members = members.filter(|(_, asset)| asset.groups >> g & 1 == 1);
        let sum: BigUint = members.map(|((v, _), _)| v).sum();
        if !within(&sum, policy.held[g], &total) {
            return Err(format!(
                "S6: group {g} is outside of its shares of what is held"
            ));
        }
        let grain = BigUint::from(policy.grain) * 1_000_000u32;
        let expected = match policy.reported[g] && grain != BigUint::ZERO {
            true => sum / grain,
            false => BigUint::ZERO,
        };
        if expected != BigUint::from(line) {
            return Err(format!(
                "S10: the line of group {g} is {line}, not {expected}"
            ));
        }
    }
    Ok(())
}

/// S5 to S7 in a scenario.
fn scenario(
    problem: &Problem,
    values: &Values,
    j: usize,
    ratio: u32,
    counted: &[Fr],
) -> Result<(), String> {
    let mut owed = BigUint::from(problem.public_debt) * 10_000u32;
    let counted: Vec<BigUint> = counted.iter().take(values.len()).map(integer).collect();
    for (a, ((asset, (v, o)), c)) in problem.assets.iter().zip(values).zip(&counted).enumerate() {
        let stressed = BigInt::from(v * asset.multipliers[j]);
        let line = |l: usize| {
            let weight = |l: usize| BigInt::from(asset.tiers[l].weight_bps);
            let before = (0..l).map(|i| {
                let width = BigInt::from(asset.tiers[i].width) * 10_000_000_000u64;
                (weight(i) - weight(l)) * width
            });
            weight(l) * &stressed + before.sum::<BigInt>()
        };
        if (0..4).any(|l| BigInt::from(c.clone()) > line(l)) {
            return Err(format!(
                "S5: scenario {j} counts more of asset {a} than there is"
            ));
        }
        owed += o * asset.multipliers[j];
    }
    let total: BigUint = counted.iter().sum();
    for (a, (c, asset)) in counted.iter().zip(&problem.assets).enumerate() {
        if !within(c, (0, asset.max_share_bps.into()), &total) {
            return Err(format!("S6: asset {a} is above its share in scenario {j}"));
        }
    }
    for (g, group) in problem.groups.iter().enumerate() {
        let members = counted.iter().zip(&problem.assets);
        let members = members.filter(|(_, asset)| asset.groups >> g & 1 == 1);
        let sum: BigUint = members.map(|(c, _)| c).sum();
        let shares = (group.min_share_bps.into(), group.max_share_bps.into());
        if !within(&sum, shares, &total) {
            return Err(format!(
                "S6: group {g} is outside of its shares in scenario {j}"
            ));
        }
    }
    if total < owed * ratio {
        return Err(format!("S7: scenario {j} is not covered"));
    }
    Ok(())
}
