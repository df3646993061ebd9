//! What there is to count: totals, prices and the policy's rules as plain integers.

use std::fmt;

use num_bigint::BigUint;
use num_traits::{ToPrimitive, Zero};

use super::shortfall::{Quantity, Shortfall, Which};
use super::tiers::TierSchedule;
use crate::ranges::{
    GROUPS, MAX_ASSETS, MULTIPLIER_BITS, ONE_IN_BPS, PRICE_BITS, RATIO_BITS, TIERS, VALUE_BITS,
    VALUE_DIVISOR, WIDTH_BITS,
};

/// One tier of S5.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TierInput {
    /// Whole quote units, below 2^60; ignored for the fourth tier, which has no end. 0 for a tier that is not there.
    pub width: u64,
    /// Basis points, 0 to 10^4, not above that of the tier before.
    pub weight_bps: u16,
}

/// One asset: what is held and owed of it, and the policy's rules for it.
///
/// The totals are secret; `Debug` does not print them.
#[derive(Clone, PartialEq, Eq)]
pub struct AssetInput {
    /// Collateral total `T_a` of S2, in base units, below 2^128.
    pub collateral: u128,
    /// Liability total `L_a` of S2, in base units, below 2^128.
    pub liability: u128,
    /// Quote units per base unit, times 10^36; below 2^120.
    pub price: u128,
    /// Whether S3 may set collateral off against liabilities.
    pub netting: bool,
    /// Largest share of the counted total, basis points, 0 to 10^4.
    pub max_share_bps: u16,
    /// Bit g is set for a member of group g; below 2^15.
    pub groups: u16,
    /// The tiers of S5.
    pub tiers: [TierInput; TIERS],
    /// 10^4 + move of each scenario, below 2^16; 10^4 for scenario 0, the base.
    pub multipliers: Vec<u32>,
}

impl fmt::Debug for AssetInput {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AssetInput").finish_non_exhaustive()
    }
}

/// Share limits of one group (S6). A group the policy lacks has no members; any limits with a zero floor fit it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GroupInput {
    /// Smallest share of the counted total, basis points. Taken literally: above 0 without members, nothing counts.
    pub min_share_bps: u16,
    /// Largest share of the counted total, basis points.
    pub max_share_bps: u16,
}

/// Everything that S3 to S7 depend on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// In digest order; at most 2^16.
    pub assets: Vec<AssetInput>,
    /// Groups 0 to 14.
    pub groups: [GroupInput; GROUPS],
    /// Micro-units of the quote currency, below 2^80.
    pub public_debt: u128,
    /// Ratio of each scenario in basis points, below 2^20, the base first.
    pub ratios_bps: Vec<u32>,
}

/// A scenario under consideration; its ratio may be beyond the statement's range while one is searched for.
#[derive(Clone)]
pub(super) struct Scenario {
    pub(super) index: usize,
    pub(super) ratio: BigUint,
    pub(super) multipliers: Vec<u32>,
}

/// One asset, checked.
#[derive(Clone)]
pub(super) struct Asset {
    pub(super) collateral: u128,
    pub(super) liability: u128,
    pub(super) price: u128,
    pub(super) schedule: TierSchedule,
    pub(super) max_share: u16,
    pub(super) groups: u16,
    /// The least and the most that may be netted: the least is what S4 needs to stay below 2^80.
    pub(super) netting: (u128, u128),
}

/// A problem in range, with the scenarios to satisfy.
#[derive(Clone)]
pub(super) struct Instance {
    pub(super) assets: Vec<Asset>,
    pub(super) groups: [GroupInput; GROUPS],
    pub(super) debt: u128,
    pub(super) scenarios: Vec<Scenario>,
}

/// 10^30: price units to micro-units.
pub(super) fn price_unit() -> BigUint {
    BigUint::from(VALUE_DIVISOR)
}

impl Asset {
    /// `v_a` and `o_a` of S4.
    pub(super) fn values(&self, netted: u128) -> (u128, u128) {
        let price = BigUint::from(self.price);
        let held = BigUint::from(self.collateral.saturating_sub(netted)) * &price / price_unit();
        let owed =
            BigUint::from(self.liability.saturating_sub(netted)) * price + price_unit() - 1u8;
        // Both are below 2^80 within the netting range; outside it nothing is ever counted.
        (
            held.to_u128().unwrap_or(0),
            (owed / price_unit()).to_u128().unwrap_or(u128::MAX),
        )
    }
}

impl Instance {
    /// Checks every range and takes the scenarios of `only`, or all.
    pub(super) fn new(problem: &Problem, only: Option<usize>) -> Result<Self, Shortfall> {
        let out = |quantity, asset| Err(Shortfall::OutOfRange { quantity, asset });
        if problem.assets.len() > MAX_ASSETS {
            return out(Quantity::Assets, None);
        }
        if problem.public_debt >> VALUE_BITS != 0 {
            return out(Quantity::PublicDebt, None);
        }
        if problem
            .ratios_bps
            .iter()
            .any(|ratio| ratio >> RATIO_BITS != 0)
        {
            return out(Quantity::Ratio, None);
        }
        let count = problem.ratios_bps.len();
        if count == 0 || only.is_some_and(|index| index >= count) {
            return out(Quantity::Scenario, None);
        }
        let mut assets = Vec::with_capacity(problem.assets.len());
        for (index, asset) in problem.assets.iter().enumerate() {
            if let Some(quantity) = asset.out_of_range(count) {
                return out(quantity, Some(index));
            }
            assets.push(asset.check(index)?);
        }
        let scenarios = problem
            .ratios_bps
            .iter()
            .enumerate()
            .filter(|(index, _)| only.is_none_or(|j| j == *index));
        let scenarios = scenarios.map(|(index, ratio)| Scenario {
            index,
            ratio: BigUint::from(*ratio),
            multipliers: problem
                .assets
                .iter()
                .filter_map(|asset| asset.multipliers.get(index).copied())
                .collect(),
        });
        Ok(Self {
            assets,
            groups: problem.groups,
            debt: problem.public_debt,
            scenarios: scenarios.collect(),
        })
    }

    /// Netting at one end of its range.
    pub(super) fn netting(&self, most: bool) -> Vec<u128> {
        self.assets
            .iter()
            .map(|asset| {
                if most {
                    asset.netting.1
                } else {
                    asset.netting.0
                }
            })
            .collect()
    }

    /// `10^4 x public debt + sum o_a x m` of S7, in 10^-10 of the quote currency.
    pub(super) fn owed(&self, netted: &[u128], scenario: &Scenario) -> BigUint {
        let owed = self.assets.iter().zip(netted).zip(&scenario.multipliers);
        owed.fold(
            BigUint::from(self.debt) * ONE_IN_BPS,
            |sum, ((asset, netted), multiplier)| {
                sum + BigUint::from(asset.values(*netted).1) * *multiplier
            },
        )
    }

    /// The right-hand side of S7.
    pub(super) fn required(&self, netted: &[u128], scenario: &Scenario) -> BigUint {
        &scenario.ratio * self.owed(netted, scenario)
    }
}

impl AssetInput {
    fn out_of_range(&self, scenarios: usize) -> Option<Quantity> {
        let mut weights = self.tiers.windows(2);
        if self.price >> PRICE_BITS != 0 {
            Some(Quantity::Price)
        } else if self.max_share_bps > ONE_IN_BPS {
            Some(Quantity::Share)
        } else if self.groups >> GROUPS != 0 {
            Some(Quantity::Groups)
        } else if self
            .tiers
            .iter()
            .take(TIERS - 1)
            .any(|tier| tier.width >> WIDTH_BITS != 0)
        {
            Some(Quantity::Width)
        } else if self.tiers.iter().any(|tier| tier.weight_bps > ONE_IN_BPS)
            || weights.any(|pair| matches!(pair, [a, b] if a.weight_bps < b.weight_bps))
        {
            Some(Quantity::Weight)
        } else if self.multipliers.len() != scenarios
            || self.multipliers.first() != Some(&u32::from(ONE_IN_BPS))
            || self
                .multipliers
                .iter()
                .any(|multiplier| multiplier >> MULTIPLIER_BITS != 0)
        {
            Some(Quantity::Multiplier)
        } else {
            None
        }
    }

    /// The netting range: floor(r p / 10^30) < 2^80 for r up to (2^80 10^30 - 1) / p, the ceiling up to
    /// (2^80 - 1) 10^30 / p.
    fn check(&self, index: usize) -> Result<Asset, Shortfall> {
        let most = if self.netting {
            self.collateral.min(self.liability)
        } else {
            0
        };
        let limit = (BigUint::from(1u8) << VALUE_BITS) * price_unit();
        let least = |amount: u128, limit: BigUint, which| {
            let price = BigUint::from(self.price);
            let fits = if price.is_zero() {
                u128::MAX
            } else {
                (limit / price).to_u128().unwrap_or(u128::MAX)
            };
            Some(amount.saturating_sub(fits))
                .filter(|least| *least <= most)
                .ok_or(Shortfall::ValueOverflow {
                    asset: index,
                    which,
                })
        };
        let held = least(self.collateral, &limit - 1u8, Which::Collateral)?;
        let owed = least(self.liability, limit - price_unit(), Which::Liability)?;
        Ok(Asset {
            collateral: self.collateral,
            liability: self.liability,
            price: self.price,
            schedule: TierSchedule::new(&self.tiers),
            max_share: self.max_share_bps,
            groups: self.groups,
            netting: (held.max(owed), most),
        })
    }
}
