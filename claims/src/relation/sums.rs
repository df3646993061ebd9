//! S2 to S4: what the accounts hold and owe of each asset, and what it is worth.

use super::Unsatisfied;
use crate::account::{Kind, Opening};
use crate::ident::AssetId;
use crate::numbers::{Price, VALUE_BITS, VALUE_DIVISOR};
use crate::policy::Policy;
use num_bigint::BigUint;
use num_integer::Integer;
use std::collections::BTreeMap;
use std::fmt;

/// Totals of an asset (S2), in base units. Secret.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// T_a.
    pub collateral: u128,
    /// L_a.
    pub liability: u128,
}

/// Value of an asset after netting (S4), in micro-units of the quote currency. Secret.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub struct AssetValue {
    /// v_a, rounded down.
    pub collateral: u128,
    /// o_a, rounded up.
    pub liability: u128,
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

/// S2. Totals of each policy asset, in digest order. A position of amount 0 is a position.
pub fn totals(policy: &Policy, openings: &[Opening]) -> Result<Vec<Totals>, Unsatisfied> {
    let mut by_id: BTreeMap<AssetId, (Totals, bool)> = policy
        .assets()
        .iter()
        .map(|a| (a.id, (Totals::default(), a.may_owe)))
        .collect();
    for (account, opening) in openings.iter().enumerate() {
        for position in opening.positions() {
            let asset = || position.asset.clone();
            let unlisted = |asset| match opening.kind() {
                Kind::Collateral => Unsatisfied::UnlistedCollateral { account, asset },
                Kind::Liability => Unsatisfied::UnlistedLiability { account, asset },
            };
            let Some((totals, may_owe)) = by_id.get_mut(&position.id) else {
                if opening.kind() == Kind::Liability || policy.complete() {
                    return Err(unlisted(asset()));
                }
                continue;
            };
            let total = match opening.kind() {
                Kind::Collateral => &mut totals.collateral,
                Kind::Liability if *may_owe => &mut totals.liability,
                Kind::Liability => {
                    let asset = asset();
                    return Err(Unsatisfied::MayNotOwe { account, asset });
                }
            };
            *total = total
                .checked_add(position.amount.get())
                .ok_or_else(|| Unsatisfied::TotalOverflow { asset: asset() })?;
        }
    }
    Ok(by_id.into_values().map(|(totals, _)| totals).collect())
}

/// S3 and S4. Values after netting.
pub fn values(
    policy: &Policy,
    prices: &[Price],
    totals: &[Totals],
    netted: &[u128],
) -> Result<Vec<AssetValue>, Unsatisfied> {
    let mut values = Vec::with_capacity(totals.len());
    for (((asset, price), t), n) in policy.assets().iter().zip(prices).zip(totals).zip(netted) {
        // A complete policy nets nothing, or it is none.
        let may_net = asset.netting && !policy.complete();
        let most = if may_net {
            t.collateral.min(t.liability)
        } else {
            0
        };
        let netting = || Unsatisfied::Netting {
            asset: asset.name.clone(),
            most,
            got: *n,
        };
        if *n > most {
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
