//! The vectors of an independent implementation, and what is made of them.

// Every test takes some of it.
#![allow(dead_code, unreachable_pub)]

use covenant_claims::relation::{Counted, most_counted, multiplier, totals, values};
use covenant_claims::{
    Allocation, Claim, ClaimParts, Context, Fr, Opening, Policy, Prices, Ratio, Value, Window,
};
use covenant_claims::{field::from_hex, numbers::Price};
use serde_json::{Value as Json, json};

/// All of them.
pub fn load() -> Json {
    serde_json::from_str(include_str!("../../../fixtures/data/conformance.json")).unwrap()
}

/// A list of them.
pub fn list(of: &Json) -> Vec<Json> {
    of.as_array().unwrap().clone()
}

pub fn text(of: &Json) -> &str {
    of.as_str().unwrap()
}

pub fn field(of: &Json) -> Fr {
    from_hex(text(of)).unwrap()
}

pub fn policy(of: &Json) -> Policy {
    Policy::from_json(&of.to_string()).unwrap()
}

pub fn opening(account: &Json) -> Opening {
    let file = json!({
        "version": 2,
        "kind": account["kind"],
        "subject": account["subject"],
        "as_of": account["as_of"],
        "blinding": account["blinding"],
        "positions": account["positions"],
    });
    Opening::from_json(&file.to_string()).unwrap()
}

pub fn prices(of: &Json, policy: &Policy) -> Vec<Price> {
    let price = |p: &Json| Price::new(text(p).parse().unwrap()).unwrap();
    let prices = of.as_object().unwrap().iter();
    Prices {
        quote: policy.document().quote.clone(),
        as_of: 0,
        prices: prices.map(|(a, p)| (a.clone(), price(p))).collect(),
    }
    .in_order(policy)
    .unwrap()
}

/// The claim of a case at a base ratio, in basis points.
pub fn claim(case: &Json, ratio: u32) -> Claim {
    let policy = policy(&case["policy"]);
    let openings: Vec<Opening> = list(&case["accounts"]).iter().map(opening).collect();
    let statement = &case["statement"];
    let time = |name: &str| statement[name].as_u64().unwrap();
    let parts = ClaimParts {
        subject: openings[0].subject_id(),
        window: Window::new(time("as_of_from"), time("as_of_to")).unwrap(),
        public_debt: Value::new(text(&case["public_debt"]).parse().unwrap()).unwrap(),
        ratio: Ratio::new(ratio).unwrap(),
        context: Context::of(text(&statement["context"])),
        prices: prices(&case["prices"], &policy),
    };
    Claim::new(policy, openings, parts).unwrap()
}

/// Nets and counts all that may be; the best where no share binds.
pub fn fullest(claim: &Claim) -> Allocation {
    let policy = &claim.policy;
    let totals = totals(policy, &claim.openings).unwrap_or_default();
    let assets = || policy.assets().iter();
    let netted: Vec<u128> = assets()
        .zip(&totals)
        .map(|(a, t)| u128::from(a.netting) * t.collateral.min(t.liability))
        .collect();
    let netted = if totals.is_empty() {
        vec![0; assets().len()]
    } else {
        netted
    };
    let values = values(policy, claim.statement.prices(), &totals, &netted).unwrap_or_default();
    let value = |a: usize| values.get(a).map_or(0, |v| v.collateral);
    let counted = |j| Counted {
        counted: assets()
            .enumerate()
            .map(|(a, asset)| most_counted(asset, value(a), multiplier(claim, j, a)))
            .collect(),
    };
    Allocation {
        netted,
        scenarios: (0..policy.scenarios()).map(counted).collect(),
    }
}
