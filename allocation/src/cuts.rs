//! Cutting planes over the amounts netted: upper bounds on each scenario's margin, and the largest margin they allow.

use num_bigint::BigInt;
use num_integer::Integer;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

use super::problem::{Instance, Scenario, price_unit};
use super::shares::{Rule, Shares};
use super::simplex::{Affine, System};
use crate::ranges::ONE_IN_BPS;

/// An upper bound on a scenario's margin: `constant + sum of slopes x netted`.
pub(super) struct Cut {
    constant: BigRational,
    slopes: Vec<BigRational>,
    scale: BigRational,
}

impl Cut {
    pub(super) fn at(&self, netted: &[BigRational]) -> BigRational {
        netted
            .iter()
            .zip(&self.slopes)
            .fold(self.constant.clone(), |sum, (n, slope)| sum + n * slope)
            / &self.scale
    }

    /// Value and slope of a scenario's margin, without the rounding of S4 where the amount is not settled.
    pub(super) fn new(
        instance: &Instance,
        shares: &Shares,
        scenario: &Scenario,
        netted: &[BigRational],
    ) -> Self {
        let mut required = real(instance.debt) * real(ONE_IN_BPS);
        let mut scale = required.clone() + BigRational::one();
        let mut high = Vec::with_capacity(netted.len());
        let mut slopes = Vec::with_capacity(netted.len());
        let ratio = real(BigInt::from(scenario.ratio.clone()));
        for (index, ((asset, n), multiplier)) in instance
            .assets
            .iter()
            .zip(netted)
            .zip(&scenario.multipliers)
            .enumerate()
        {
            let price = BigRational::new(asset.price.into(), price_unit().into());
            let multiplier = real(*multiplier);
            let (held, owed) = if asset.netting.0 == asset.netting.1 {
                let (held, owed) = asset.values(asset.netting.0);
                (real(held), real(owed))
            } else {
                (
                    (real(asset.collateral) - n) * &price,
                    (real(asset.liability) - n) * &price,
                )
            };
            required += owed * &multiplier;
            scale += real(asset.liability) * &price * &multiplier;
            let (count, weight, _) = asset.schedule.count(&(held * &multiplier));
            high.push(if shares.admits(index) {
                count
            } else {
                BigRational::zero()
            });
            let slope = price * multiplier;
            slopes.push((
                slope.clone(),
                if shares.admits(index) {
                    slope * real(weight)
                } else {
                    BigRational::zero()
                },
            ));
        }
        let relaxation = shares.relaxation(&high);
        let mut worth = vec![
            if relaxation.rules.is_none() {
                BigRational::one()
            } else {
                BigRational::zero()
            };
            netted.len()
        ];
        for (rule, weight) in relaxation.rules.iter().flatten() {
            if let Rule::Limit(asset) = rule
                && let Some(worth) = worth.get_mut(*asset)
            {
                worth.clone_from(weight);
            }
        }
        let slopes: Vec<_> = slopes
            .into_iter()
            .zip(worth)
            .map(|((owed, held), worth)| &ratio * owed - held * worth)
            .collect();
        let margin = relaxation.total - &ratio * required;
        let constant = netted
            .iter()
            .zip(&slopes)
            .fold(margin, |sum, (n, slope)| sum - n * slope);
        Cut {
            constant,
            slopes,
            scale: ratio * scale + BigRational::one(),
        }
    }
}

pub(super) fn real(value: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(value.into())
}

/// The largest margin, relative to the requirement, that the cuts allow, and where. The scale of a cut only weighs
/// scenarios against each other: a negative result means that no point satisfies all cuts.
pub(super) fn largest_margin(
    instance: &Instance,
    cuts: &[Cut],
    mut start: Option<BigRational>,
) -> Option<(BigRational, Vec<BigRational>)> {
    let open: Vec<_> = instance
        .assets
        .iter()
        .map(|asset| asset.netting.0 < asset.netting.1)
        .collect();
    let ranges = instance.assets.iter().map(|asset| asset.netting);
    let columns = ranges
        .clone()
        .zip(&open)
        .filter(|(_, open)| **open)
        .map(|((least, most), _)| {
            (
                vec![Affine::constant(real(least))],
                vec![Affine::constant(real(most))],
            )
        });
    let mut system = System::new(columns);
    for cut in cuts {
        let highest = cut.slopes.iter().zip(ranges.clone()).fold(
            cut.constant.clone(),
            |sum, (slope, (least, most))| {
                sum + slope * real(if slope.is_positive() { most } else { least })
            },
        );
        start = start
            .into_iter()
            .chain([highest.clone() / &cut.scale])
            .min();
        let settled = cut
            .slopes
            .iter()
            .zip(ranges.clone())
            .zip(&open)
            .filter(|(_, open)| !**open);
        let constant = settled.fold(cut.constant.clone(), |sum, ((slope, (least, _)), _)| {
            sum + slope * real(least)
        });
        let slopes = cut
            .slopes
            .iter()
            .zip(&open)
            .filter(|(_, open)| **open)
            .map(|(slope, _)| slope);
        let common = slopes
            .clone()
            .fold(BigInt::one(), |common, slope| common.lcm(slope.denom()));
        let terms = slopes.map(|slope| (slope * &common).to_integer()).collect();
        let lower = Affine {
            constant: -&constant * &common,
            slope: &cut.scale * &common,
        };
        // The cut has no upper side; its largest value stands for one.
        let upper = Affine::constant((highest - constant) * &common);
        system.row(terms, vec![lower], vec![upper]);
    }
    let optimum = system.maximize(start?)?;
    let mut values = system
        .values(open.iter().filter(|open| **open).count())
        .into_iter();
    let netted = ranges.zip(&open).map(|((least, _), open)| {
        if *open {
            values.next()
        } else {
            Some(real(least))
        }
    });
    Some((optimum.parameter, netted.collect::<Option<_>>()?))
}
