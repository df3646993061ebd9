//! The share rules (S6) as a linear system in the counted values, with the total as its parameter.
//!
//! With the total C as the parameter, S6 is: `c_a` at most its limit and at most `max_share_a C / 10^4`, the sum equal to
//! C, and each group's sum between two multiples of C. All rows are sums with coefficients 0 and 1, so there are at most
//! 16 of them however many assets there are, and tableau entries stay below 2^20.

use num_bigint::{BigInt, BigUint};
use num_rational::BigRational;
use num_traits::{One, Zero};

use super::problem::{GroupInput, Instance};
use super::simplex::{Affine, Optimum, Side, System};
use crate::ranges::ONE_IN_BPS;

/// The share rules of a policy.
pub(super) struct Shares {
    /// Share limit and group mask of each asset.
    assets: Vec<(u16, u16)>,
    /// Index, limits and membership of the groups that constrain anything.
    groups: Vec<(usize, GroupInput, Vec<bool>)>,
}

/// What a certificate's bound belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    /// The most that an asset's value can count for.
    Limit(usize),
    /// The asset's share limit.
    Share(usize),
    GroupCap(usize),
    GroupFloor(usize),
}

/// The largest total, a real solution for it, and what limits it.
pub(super) struct Relaxation {
    pub(super) total: BigRational,
    pub(super) counted: Vec<BigRational>,
    /// Rules with `d total / d bound` for `Limit`s; absent if everything counts in full.
    pub(super) rules: Option<Vec<(Rule, BigRational)>>,
}

fn ratio(value: impl Into<BigInt>) -> BigRational {
    BigRational::from_integer(value.into())
}

/// `share / 10^4 * (total - margin)`.
fn share_of(share: u16, margin: &BigRational) -> Affine {
    let slope = BigRational::new(share.into(), ONE_IN_BPS.into());
    Affine {
        constant: -(&slope * margin),
        slope,
    }
}

impl Shares {
    pub(super) fn new(instance: &Instance) -> Self {
        let assets: Vec<_> = instance
            .assets
            .iter()
            .map(|asset| (asset.max_share, asset.groups))
            .collect();
        let groups = instance
            .groups
            .iter()
            .enumerate()
            .filter_map(|(index, group)| {
                let members: Vec<_> = assets
                    .iter()
                    .map(|(_, mask)| mask >> index & 1 == 1)
                    .collect();
                let capped = group.max_share_bps < ONE_IN_BPS && members.contains(&true);
                (capped || group.min_share_bps > 0).then_some((index, *group, members))
            });
        Self {
            groups: groups.collect(),
            assets,
        }
    }

    /// Whether no allocation can break a share rule.
    pub(super) fn vacuous(&self) -> bool {
        self.groups.is_empty() && self.assets.iter().all(|(share, _)| *share >= ONE_IN_BPS)
    }

    /// Work of one pivot, in tableau entries.
    pub(super) fn size(&self) -> usize {
        (self.groups.len() + 1) * self.assets.len().max(1)
    }

    /// Whether an asset may count at all.
    pub(super) fn admits(&self, asset: usize) -> bool {
        self.assets.get(asset).is_some_and(|(share, _)| *share > 0)
            && !self.groups.iter().any(|(_, group, members)| {
                group.max_share_bps == 0 && members.get(asset) == Some(&true)
            })
    }

    /// S6, exactly.
    pub(super) fn hold(&self, counted: &[u128]) -> bool {
        let total: BigUint = counted.iter().map(|c| BigUint::from(*c)).sum();
        let assets = counted
            .iter()
            .zip(&self.assets)
            .all(|(c, (share, _))| BigUint::from(*c) * ONE_IN_BPS <= &total * *share);
        assets
            && self.groups.iter().all(|(_, group, members)| {
                let sum: BigUint = counted
                    .iter()
                    .zip(members)
                    .filter(|(_, member)| **member)
                    .map(|(c, _)| BigUint::from(*c))
                    .sum();
                let sum = sum * ONE_IN_BPS;
                &total * group.min_share_bps <= sum && sum <= &total * group.max_share_bps
            })
    }

    /// The system for allocations between `low` and `high`.
    ///
    /// With `margins`, any solution stays one when each asset's count is lowered by less than its margin: the caps are
    /// taken of the lowest total that can result, the floors of the present one, and met without what may go.
    pub(super) fn system(
        &self,
        limits: impl IntoIterator<Item = (BigRational, BigRational)>,
        margins: Option<&[u128]>,
    ) -> System {
        let sum = |members: Option<&[bool]>| {
            let margins = margins.unwrap_or_default().iter().enumerate();
            let counted = margins.filter(|(asset, _)| {
                members.is_none_or(|members| members.get(*asset) == Some(&true))
            });
            ratio(
                counted
                    .map(|(_, margin)| BigInt::from(*margin))
                    .sum::<BigInt>(),
            )
        };
        let all = sum(None);
        let columns = limits
            .into_iter()
            .zip(&self.assets)
            .map(|((low, high), (share, _))| {
                let cap = (*share < ONE_IN_BPS).then(|| share_of(*share, &all));
                (
                    vec![Affine::constant(low)],
                    [Affine::constant(high)].into_iter().chain(cap).collect(),
                )
            });
        let mut system = System::new(columns);
        let total = || vec![share_of(ONE_IN_BPS, &BigRational::zero())];
        system.row(vec![BigInt::one(); self.assets.len()], total(), total());
        for (_, group, members) in &self.groups {
            let mut floor = share_of(group.min_share_bps, &BigRational::zero());
            floor.constant = sum(Some(members));
            let mut cap = share_of(group.max_share_bps, &all);
            if group.max_share_bps >= ONE_IN_BPS {
                cap = share_of(ONE_IN_BPS, &BigRational::zero());
            }
            if group.min_share_bps == 0 {
                floor.constant = BigRational::zero();
            }
            system.row(
                members
                    .iter()
                    .map(|member| BigInt::from(u8::from(*member)))
                    .collect(),
                vec![floor],
                vec![cap],
            );
        }
        system
    }

    /// The largest real total with each asset counting at most `high`. Nothing counted is always a solution.
    pub(super) fn relaxation(&self, high: &[BigRational]) -> Relaxation {
        let start: BigRational = high.iter().sum();
        let mut system = self.system(
            high.iter().map(|high| (BigRational::zero(), high.clone())),
            None,
        );
        system.raise(&start);
        let Some(optimum) = system.maximize(start) else {
            return Relaxation {
                total: BigRational::zero(),
                counted: vec![BigRational::zero(); high.len()],
                rules: Some(Vec::new()),
            };
        };
        Relaxation {
            counted: system.values(high.len()),
            rules: self.rules(&optimum),
            total: optimum.parameter,
        }
    }

    fn rules(&self, optimum: &Optimum) -> Option<Vec<(Rule, BigRational)>> {
        let certificate = optimum.certificate.as_ref()?;
        let slope = -certificate.line().slope;
        let rules = certificate.terms.iter().filter_map(|term| {
            let weight = &term.weight / &slope;
            let group = || {
                self.groups
                    .get(term.variable.checked_sub(self.assets.len() + 1)?)
                    .map(|(index, _, _)| *index)
            };
            let rule = match (term.variable < self.assets.len(), term.side, term.piece) {
                (true, Side::Upper, 0) => Rule::Limit(term.variable),
                (true, Side::Upper, _) => Rule::Share(term.variable),
                (true, Side::Lower, _) => return None,
                (false, Side::Upper, _) => Rule::GroupCap(group()?),
                (false, Side::Lower, _) => Rule::GroupFloor(group()?),
            };
            Some((rule, weight))
        });
        Some(rules.collect())
    }

    /// A whole solution near the relaxation when the rules leave no room to round.
    ///
    /// S6 is homogeneous: with every limit a multiple of q and the total a multiple of 10^4 q, each vertex is a multiple
    /// of q over a determinant of the rows, and q takes that in.
    pub(super) fn scaled(&self, high: &[u128]) -> Option<Vec<BigRational>> {
        let mut grid = BigInt::one();
        for _ in 0..4 {
            let limits = || {
                high.iter().map(|high| {
                    (
                        BigRational::zero(),
                        ratio(BigInt::from(*high) / &grid * &grid),
                    )
                })
            };
            let start = limits().map(|(_, high)| high).sum();
            let relaxation = self.system(limits(), None).maximize(start)?.parameter;
            let unit = &grid * ONE_IN_BPS;
            let total = ratio(relaxation.to_integer() / &unit * &unit);
            let mut system = self.system(limits(), None);
            system.raise(&total);
            if system.conflict(&total).is_some() {
                return None;
            }
            let values = system.values(high.len());
            let excess = values.iter().fold(BigInt::one(), |excess, value| {
                num_integer::lcm(excess, value.denom().clone())
            });
            if excess.is_one() {
                return Some(values);
            }
            grid *= excess;
        }
        None
    }
}
