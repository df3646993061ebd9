//! The claim that the harness works on, and its witness: two scenarios, two assets, one of
//! them netted, caps and floors, an account slot and an asset slot left unused.

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts};
use ff::Field;
use serde_json::json;

pub const ETHER: &str = "eip155:1/slip44:60";
pub const DOLLAR: &str = "iso4217:USD";

/// Three account slots of six positions, three assets, three scenarios.
pub fn shape() -> Shape {
    Shape::new(3, 6, 3, 3).unwrap()
}

/// The smallest circuit there is.
pub fn smallest() -> Shape {
    Shape::new(1, 3, 1, 1).unwrap()
}

pub fn claim() -> Claim {
    let policy = json!({
        "version": 1, "name": "soundness", "quote": "iso4217:USD", "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "netting": false, "max_share_bps": 6000,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]},
            {"asset": DOLLAR, "symbol": "USD", "decimals": 2, "netting": true, "max_share_bps": 10000,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "min_share_bps": 0, "max_share_bps": 7000},
            {"name": "cash", "min_share_bps": 3000, "max_share_bps": 10000}
        ],
        "scenarios": [{"name": "fall", "min_ratio_bps": 10500, "moves_bps": {ETHER: -5000}}]
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let prices = policy
        .assets()
        .iter()
        .map(|a| match a.symbol.as_str() {
            "ETH" => Price::new(3_000 * 10u128.pow(18) + 7).unwrap(),
            _ => Price::new(10u128.pow(34)).unwrap(),
        })
        .collect();
    let ether = 10u128.pow(18);
    let openings = vec![
        covenant_fixtures::account(
            Kind::Collateral,
            &[
                (ETHER, 2 * ether + 12_345),
                (DOLLAR, 900_000),
                ("isin:UNLISTED", 77),
                (DOLLAR, 100_000),
            ],
        ),
        covenant_fixtures::account(Kind::Liability, &[(DOLLAR, 300_000), (ETHER, ether / 10)]),
    ];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        as_of: 1_790_000_000,
        public_debt: Value::new(5_000_000_000).unwrap(),
        ratio: Ratio::new(11_000).unwrap(),
        context: Context::of("soundness"),
        prices,
    };
    Claim::new(policy, openings, parts).unwrap()
}

/// One account, one asset, the base alone.
pub fn smallest_claim() -> Claim {
    let policy = json!({
        "version": 1, "name": "smallest", "quote": "iso4217:USD", "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "netting": true, "max_share_bps": 10000,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]}
        ],
        "groups": [{"name": "crypto", "min_share_bps": 100, "max_share_bps": 10000}],
        "scenarios": []
    });
    let policy = Policy::from_json(&policy.to_string()).unwrap();
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[(ETHER, 2 * 10u128.pow(18) + 12_345), ("isin:UNLISTED", 77)],
    )];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        as_of: 1_790_000_000,
        public_debt: Value::new(3_000_000_000).unwrap(),
        ratio: Ratio::new(11_000).unwrap(),
        context: Context::of("soundness"),
        prices: vec![Price::new(3_000 * 10u128.pow(18) + 7).unwrap()],
    };
    Claim::new(policy, openings, parts).unwrap()
}

pub fn witness(claim: &Claim, shape: Shape) -> Witness {
    let allocation = covenant_fixtures::fullest(claim);
    relation::check(claim, &allocation).unwrap();
    Witness::honest(claim, &allocation, shape).unwrap()
}

/// Challenges as a transcript would draw them, but the same in every run.
pub fn challenges(seed: u64) -> [Fr; 4] {
    std::array::from_fn(|i| random(seed * 4 + i as u64))
}

/// A number without structure.
pub fn random(seed: u64) -> Fr {
    use covenant_circuits::poseidon::hash;
    hash([Fr::from(seed), Fr::from(0x5eed), Fr::ONE, Fr::ZERO])
}

/// Slot of an asset in digest order.
pub fn slot(symbol: &str) -> usize {
    let claim = claim();
    let at = claim
        .policy
        .assets()
        .iter()
        .position(|a| a.symbol == symbol);
    at.unwrap()
}

/// The claim with no debt and, for S2, a liability outside the policy or, for S4, an amount
/// worth 2^80 micro-units: everything else of the statement is true.
pub fn claim_refused_by(clause: &str) -> Claim {
    let claim = claim();
    let opening = match clause {
        "S2" => covenant_fixtures::account(Kind::Liability, &[("isin:UNLISTED", 1)]),
        _ => covenant_fixtures::account(Kind::Collateral, &[(DOLLAR, 121 * 10u128.pow(18))]),
    };
    let s = &claim.statement;
    let parts = ClaimParts {
        subject: s.subject(),
        as_of: s.as_of(),
        public_debt: Value::new(0).unwrap(),
        ratio: s.ratio(),
        context: s.context(),
        prices: s.prices().to_vec(),
    };
    Claim::new(claim.policy.clone(), vec![opening], parts).unwrap()
}
