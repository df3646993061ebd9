//! What would make a problem that is not covered one that is: less debt, or more of an asset.
//!
//! Less debt lowers what S7 requires and changes nothing else. More of an asset raises its lines (S5), allows more to be
//! netted (S3) and takes no allocation away, since nothing has to be counted. So both are monotone, and their edges are found by bisection over
//! [`solve`], from a guess that is the edge itself where no share rule is in the way.

use num_bigint::BigUint;
use num_integer::Integer;
use num_traits::ToPrimitive;

use super::netting::decide;
use super::problem::{Instance, Problem};
use super::report::largest_counted;
use super::shortfall::Shortfall;
use super::solve;
use crate::ranges::{ONE_IN_BPS, VALUE_BITS, VALUE_DIVISOR};

/// The largest public debt, in micro-units of the quote currency, at which every scenario is covered at its ratio,
/// whatever debt the problem has. None if a scenario is not covered even without public debt. Where the search cannot
/// decide a debt, that debt counts as not covered.
///
/// # Errors
/// [`Shortfall::OutOfRange`] and [`Shortfall::ValueOverflow`].
pub fn largest_debt(problem: &Problem) -> Result<Option<u128>, Shortfall> {
    let holds = |debt: u128| {
        let with = Problem {
            public_debt: debt,
            ..problem.clone()
        };
        answer(&with)
    };
    if !holds(0)? {
        return Ok(None);
    }
    let top = (1 << VALUE_BITS) - 1;
    let guess = unshared_debt(problem)?.min(top);
    let failing = edge(top, guess.saturating_add(1), |debt| Ok(!holds(debt)?))?;
    Ok(Some(failing.map_or(top, |debt| debt - 1)))
}

/// The smallest amount of an asset, in base units, that covers every scenario when it is added to the collateral; 0 for a
/// problem that is covered. It is the smallest to less than a micro-unit of value: a smaller amount by that does not do.
/// None if no amount below S4's bound does, because of share rules or prices that fall to nothing.
///
/// # Errors
/// [`Shortfall::OutOfRange`] and [`Shortfall::ValueOverflow`].
pub fn smallest_top_up(problem: &Problem, asset: usize) -> Result<Option<u128>, Shortfall> {
    let missing = match solve(problem) {
        Ok(_) => return Ok(Some(0)),
        Err(Shortfall::Uncovered { missing, .. }) => missing,
        Err(Shortfall::Undecided { .. }) => BigUint::from(1u8),
        Err(other) => return Err(other),
    };
    let Some(held) = problem.assets.get(asset).filter(|a| a.price > 0) else {
        return Ok(None);
    };
    // The most of which the value is below 2^80 micro-units.
    let most = ((BigUint::from(1u8) << VALUE_BITS) * VALUE_DIVISOR - 1u8) / held.price;
    let most = most
        .to_u128()
        .unwrap_or(u128::MAX)
        .saturating_sub(held.collateral);
    // A micro-unit of value, or the base unit where that is worth more.
    let unit = (VALUE_DIVISOR / held.price).max(1);
    let weight = held.tiers.first().map_or(0, |tier| tier.weight_bps);
    let largest = held.multipliers.iter().max().copied().unwrap_or(0);
    let counts = BigUint::from(weight) * largest;
    // What counts for nothing may still be netted against what is owed in it.
    let netted = held.netting && held.liability > 0;
    if counts == BigUint::ZERO && !netted {
        return Ok(None);
    }
    let guess = match counts == BigUint::ZERO {
        true => 1,
        false => {
            let value = missing.div_ceil(&counts);
            let guess = (value * VALUE_DIVISOR).div_ceil(&BigUint::from(held.price));
            guess.to_u128().unwrap_or(most).min(most).div_ceil(unit)
        }
    };
    let steps = most / unit;
    let holds = |step: u128| {
        let mut with = problem.clone();
        if let Some(asset) = with.assets.get_mut(asset) {
            asset.collateral = asset.collateral.saturating_add(step.saturating_mul(unit));
        }
        answer(&with)
    };
    let found = edge(steps, guess, holds)?;
    Ok(found.map(|step| step.saturating_mul(unit)))
}

/// Whether every scenario is covered, as far as it can be decided.
fn answer(problem: &Problem) -> Result<bool, Shortfall> {
    match decide(&Instance::new(problem, None)?) {
        Ok(_) => Ok(true),
        Err(Shortfall::Uncovered { .. } | Shortfall::Undecided { .. }) => Ok(false),
        Err(other) => Err(other),
    }
}

/// The debt that the most that counts covers in every scenario where as much as possible is netted.
fn unshared_debt(problem: &Problem) -> Result<u128, Shortfall> {
    let netted: Vec<u128> = Instance::new(problem, None)?.netting(true);
    let one = BigUint::from(ONE_IN_BPS);
    let mut least = BigUint::from(1u8) << VALUE_BITS;
    for (j, ratio) in problem
        .ratios_bps
        .iter()
        .enumerate()
        .filter(|(_, r)| **r > 0)
    {
        let instance = Instance::new(problem, Some(j))?;
        let Some(scenario) = instance.scenarios.first() else {
            continue;
        };
        let total = largest_counted(problem, &netted, j)?.total;
        // Of what the ratio allows, what is owed in kind comes first.
        let owed = instance.owed(&netted, scenario) - &one * problem.public_debt;
        let covers = BigUint::from(total) / *ratio;
        let debt = match covers > owed {
            true => (covers - owed) / &one,
            false => BigUint::ZERO,
        };
        least = least.min(debt);
    }
    Ok(least.to_u128().unwrap_or(u128::MAX))
}

/// The smallest number from 1 to `top` at which `holds`, which is monotone and fails at 0; none if it does not hold at
/// `top`. From the guess it goes in the direction of the edge, twice as far each time, then halves the gap.
fn edge(
    top: u128,
    guess: u128,
    mut holds: impl FnMut(u128) -> Result<bool, Shortfall>,
) -> Result<Option<u128>, Shortfall> {
    if top == 0 {
        return Ok(None);
    }
    let (mut failing, mut holding, mut step) = (0, guess.clamp(1, top), 1u128);
    if holds(holding)? {
        while holding - failing > step {
            if !holds(holding - step)? {
                failing = holding - step;
                break;
            }
            holding -= step;
            step = step.saturating_mul(2);
        }
    } else {
        (failing, holding) = (holding, top);
        if !holds(top)? {
            return Ok(None);
        }
        while holding - failing > step {
            if holds(failing + step)? {
                holding = failing + step;
                break;
            }
            failing += step;
            step = step.saturating_mul(2);
        }
    }
    while holding - failing > 1 {
        let middle = failing + (holding - failing) / 2;
        if holds(middle)? {
            holding = middle;
        } else {
            failing = middle;
        }
    }
    Ok(Some(holding))
}
