//! The claims that the harness works on, and their witnesses: one that nets, with caps and
//! floors of what counts, an account slot and an asset slot left unused; one under a complete
//! policy, with held shares and a report; and the smallest there is.

use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::circuit::columns::CHALLENGES;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation;
use covenant_circuits::relation::{Allocation, Counted};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use serde_json::{Value as Json, json};

pub const ETHER: &str = "eip155:1/slip44:60";
pub const DOLLAR: &str = "iso4217:USD";

/// Whether slow operators run on everything, as `make soundness` has them do, and not on a part.
pub fn everything() -> bool {
    std::env::var_os("SOUNDNESS_EVERYTHING").is_some()
}

/// When the accounts were taken.
pub const AS_OF: u64 = 1_790_000_000;
const HOUR: u64 = 3600;

/// Three account slots of two blocks, three assets, three scenarios.
pub fn shape() -> Shape {
    Shape::new(3, 13, 3, 3).unwrap()
}

/// The smallest circuit there is.
pub fn smallest() -> Shape {
    Shape::new(1, 3, 1, 1).unwrap()
}

pub fn window() -> Window {
    Window::new(AS_OF - HOUR, AS_OF + HOUR).unwrap()
}

fn policy(document: &Json) -> Policy {
    Policy::from_json(&document.to_string()).unwrap()
}

fn prices(policy: &Policy) -> Vec<Price> {
    let assets = policy.assets().iter();
    let price = |symbol: &str| match symbol {
        "ETH" => Price::new(3_000 * 10u128.pow(18) + 7).unwrap(),
        _ => Price::new(10u128.pow(34)).unwrap(),
    };
    assets.map(|a| price(&a.symbol)).collect()
}

fn claimed(policy: Policy, openings: Vec<Opening>, debt: u128) -> Claim {
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: window(),
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(11_000).unwrap(),
        context: Context::of("soundness"),
        prices: prices(&policy),
    };
    Claim::new(policy, openings, parts).unwrap()
}

const ONE_ETHER: u128 = 10u128.pow(18);

pub fn claim() -> Claim {
    let policy = policy(&json!({
        "version": 2, "name": "soundness", "quote": "iso4217:USD", "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "max_share_bps": 6000, "may_owe": true,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]},
            {"asset": DOLLAR, "symbol": "USD", "decimals": 2, "netting": true, "may_owe": true,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "max_share_bps": 7000},
            {"name": "cash", "min_share_bps": 3000}
        ],
        "scenarios": [{"name": "fall", "min_ratio_bps": 10500, "moves_bps": {ETHER: -5000}}]
    }));
    let openings = vec![
        covenant_fixtures::account(
            Kind::Collateral,
            &[
                (ETHER, 2 * ONE_ETHER + 12_345),
                (DOLLAR, 900_000),
                ("isin:UNLISTED", 77),
                (DOLLAR, 100_000),
            ],
        ),
        covenant_fixtures::account(
            Kind::Liability,
            &[(DOLLAR, 300_000), (ETHER, ONE_ETHER / 10)],
        ),
    ];
    claimed(policy, openings, 5_000_000_000)
}

/// A complete policy, in which ether may be at most so much of what is held.
pub fn complete_claim(held_share: u64) -> Claim {
    let policy = policy(&json!({
        "version": 2, "name": "reserve", "quote": "iso4217:USD", "min_ratio_bps": 10000, "ratio_step_bps": 500,
        "complete": true, "report_grain": 100,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "max_held_share_bps": held_share,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]},
            {"asset": DOLLAR, "symbol": "USD", "decimals": 2, "may_owe": true,
             "groups": ["cash"], "tiers": [{"weight_bps": 10000}]}
        ],
        "groups": [
            {"name": "crypto", "report": true},
            {"name": "cash", "report": true, "min_held_share_bps": 5000}
        ],
        "scenarios": [{"name": "fall", "min_ratio_bps": 10500, "moves_bps": {ETHER: -5000}}]
    }));
    let openings = vec![
        covenant_fixtures::account(
            Kind::Collateral,
            &[(ETHER, ONE_ETHER + 12_345), (DOLLAR, 900_050), (DOLLAR, 0)],
        ),
        covenant_fixtures::account(Kind::Liability, &[(DOLLAR, 300_000)]),
    ];
    claimed(policy, openings, 1_000_000_000)
}

/// One account, one asset, the base alone.
pub fn smallest_claim() -> Claim {
    let policy = policy(&json!({
        "version": 2, "name": "smallest", "quote": "iso4217:USD", "min_ratio_bps": 11000, "ratio_step_bps": 500,
        "assets": [
            {"asset": ETHER, "symbol": "ETH", "decimals": 18, "netting": true, "may_owe": true,
             "groups": ["crypto"], "tiers": [{"up_to": 1000, "weight_bps": 8500}, {"weight_bps": 6000}]}
        ],
        "groups": [{"name": "crypto", "min_share_bps": 100}],
        "scenarios": []
    }));
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[(ETHER, 2 * ONE_ETHER + 12_345), ("isin:UNLISTED", 77)],
    )];
    claimed(policy, openings, 3_000_000_000)
}

/// The honest witness of a claim that is true.
pub fn witness(claim: &Claim, shape: Shape) -> Witness {
    let allocation = covenant_fixtures::fullest(claim);
    relation::check(claim, &allocation).unwrap();
    Witness::honest(claim, &allocation, shape).unwrap()
}

/// Challenges as a transcript would draw them, but the same in every run.
pub fn challenges(seed: u64) -> [Fr; CHALLENGES] {
    std::array::from_fn(|i| random(seed * CHALLENGES as u64 + i as u64))
}

/// A number without structure.
pub fn random(seed: u64) -> Fr {
    covenant_circuits::poseidon::hash([Fr::from(seed), Fr::from(0x5eed)])
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

/// The account of a kind, in the order of the statement.
pub fn account(witness: &Witness, liability: u64) -> usize {
    let at = witness
        .accounts
        .iter()
        .position(|a| a.liability == liability);
    at.unwrap()
}

/// The claim with no debt and, for S2, a liability outside the policy or, for S4, an amount
/// worth 2^80 micro-units: everything else of the statement is true.
pub fn claim_refused_by(clause: &str) -> Claim {
    let opening = match clause {
        "S2" => covenant_fixtures::account(Kind::Liability, &[("isin:UNLISTED", 0)]),
        _ => covenant_fixtures::account(Kind::Collateral, &[(DOLLAR, 121 * 10u128.pow(18))]),
    };
    claimed(claim().policy, vec![opening], 0)
}

/// The allocation that nets and counts nothing.
pub fn nothing(claim: &Claim) -> Allocation {
    let none = vec![0; claim.policy.assets().len()];
    let scenarios = (0..claim.policy.scenarios()).map(|_| Counted {
        counted: none.clone(),
    });
    Allocation {
        netted: none.clone(),
        scenarios: scenarios.collect(),
    }
}
