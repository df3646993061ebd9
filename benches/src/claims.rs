//! Full claims: every account, position, asset and scenario slot of a shape is used, with
//! four tiers an asset, netting, groups and liabilities. Amounts and blindings come from
//! the operating system's randomness.

use crate::Outcome;
use covenant_circuits::account::{Kind, Opening, Position};
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Amount, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::{Prices, scaled_price};
use covenant_circuits::relation::{self, SatisfiedClaim};
use covenant_circuits::shape::{GROUPS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::allocate;
use rand_core::{OsRng, RngCore};
use serde_json::json;
use std::collections::BTreeMap;

/// Of every account, Unix seconds.
const AS_OF: u64 = 1_790_000_000;
/// Of every asset.
const DECIMALS: u32 = 18;
const SUBJECT: &str = "lei:BENCHMARK";
const QUOTE: &str = "iso4217:USD";
/// The base ratio, basis points.
pub const RATIO_BPS: u32 = 12_500;

/// A claim that fills its shape, and an allocation that satisfies it.
pub struct Full {
    /// The shape.
    pub shape: Shape,
    /// The claim and the honest choices.
    pub satisfied: SatisfiedClaim,
    /// The prices that the claim was made with.
    pub prices: Prices,
    /// Debt beside the creditors' accounts.
    pub debt: Value,
}

fn below(bound: u64) -> u128 {
    u128::from(OsRng.next_u64() % bound)
}

fn asset(index: usize) -> String {
    format!("eip155:1/erc20:0x{:040x}", index + 1)
}

fn policy(shape: Shape) -> Outcome<Policy> {
    let assets: Vec<_> = (0..shape.assets())
        .map(|a| {
            json!({
                "asset": asset(a), "symbol": format!("B{a}"), "decimals": DECIMALS,
                "netting": a % 4 == 0, "may_owe": true, "max_share_bps": 10_000,
                "groups": [format!("g{}", a % GROUPS), format!("g{}", (a + 7) % GROUPS)],
                "tiers": [
                    { "up_to": 1_000_000, "weight_bps": 9500 },
                    { "up_to": 5_000_000, "weight_bps": 9000 },
                    { "up_to": 20_000_000, "weight_bps": 8000 },
                    { "weight_bps": 6000 } ],
            })
        })
        .collect();
    let groups: Vec<_> = (0..GROUPS)
        .map(|g| json!({ "name": format!("g{g}"), "min_share_bps": 0, "max_share_bps": 10_000 }))
        .collect();
    let scenarios: Vec<_> = (1..shape.scenarios())
        .map(|j| {
            let moves: BTreeMap<_, _> = (0..shape.assets())
                .map(|a| (asset(a), -100 * ((7 * j + 3 * a) % 30) as i64))
                .collect();
            json!({ "name": format!("stress {j}"), "min_ratio_bps": 10_500, "moves_bps": moves })
        })
        .collect();
    let document = json!({
        "version": 2, "name": format!("benchmark {shape}"), "quote": QUOTE,
        "min_ratio_bps": RATIO_BPS, "ratio_step_bps": 500,
        "assets": assets, "groups": groups, "scenarios": scenarios,
    });
    Ok(Policy::from_json(&document.to_string())?)
}

/// One account in four, and never the only one, is a creditor's of a tenth the size.
fn opening(shape: Shape, account: usize) -> Outcome<Opening> {
    let (kind, most) = match account % 4 {
        3 => (Kind::Liability, 1_000),
        _ => (Kind::Collateral, 10_000),
    };
    let positions = (0..shape.positions())
        .map(|i| {
            let units = below(most) * 10u128.pow(DECIMALS) + below(1_000_000_000_000_000_000);
            let amount = Amount::new(units)?;
            Ok(Position::new(
                &asset((account + i) % shape.assets()),
                amount,
            )?)
        })
        .collect::<Outcome<Vec<_>>>()?;
    Ok(Opening::new(kind, SUBJECT, AS_OF, positions, OsRng)?)
}

/// A claim that fills the shape; the base ratio holds with room.
pub fn full(shape: Shape) -> Outcome<Full> {
    let policy = policy(shape)?;
    let listed = (0..shape.assets())
        .map(|a| {
            let cents = 100 + below(100_000);
            Ok((asset(a), scaled_price(&asset(a), cents, 2, DECIMALS)?))
        })
        .collect::<Outcome<_>>()?;
    let prices = Prices {
        quote: QUOTE.into(),
        as_of: AS_OF,
        prices: listed,
    };
    let openings = (0..shape.accounts())
        .map(|m| opening(shape, m))
        .collect::<Outcome<Vec<_>>>()?;
    let subject = openings.first().ok_or("no account")?.subject_id();
    let parts = |public_debt| -> Outcome<ClaimParts> {
        Ok(ClaimParts {
            subject,
            window: Window::at(AS_OF),
            public_debt,
            ratio: Ratio::new(RATIO_BPS)?,
            context: Context::of("benchmark"),
            prices: prices.in_order(&policy)?,
        })
    };
    let free = Claim::new(policy.clone(), openings.clone(), parts(Value::ZERO)?)?;
    let totals = relation::totals(&policy, &free.openings)?;
    let values = relation::values(
        &policy,
        free.statement.prices(),
        &totals,
        &vec![0; shape.assets()],
    )?;
    let held: u128 = values.iter().map(|v| v.collateral).sum();
    let debt = Value::new(held / 10)?;
    let claim = Claim::new(policy.clone(), openings, parts(debt)?)?;
    let satisfied = allocate::satisfy(claim)?;
    Ok(Full {
        shape,
        satisfied,
        prices,
        debt,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_full_claim_uses_every_slot() {
        for shape in Shape::STANDARD {
            let full = full(shape).unwrap();
            let slots = (
                shape.accounts(),
                shape.positions(),
                shape.assets(),
                shape.scenarios(),
            );
            assert_eq!(full.satisfied.claim().size(), slots);
            assert!(
                full.satisfied
                    .claim()
                    .openings
                    .iter()
                    .all(|o| o.positions().len() == shape.positions())
            );
        }
    }
}
