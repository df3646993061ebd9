//! What makes a [`SatisfiedClaim`], and what does not (P2).

// A panic in a test is a failing test.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_claims::prices::scaled_price;
use covenant_claims::{
    Allocation, Amount, Claim, ClaimParts, Context, Counted, Kind, Opening, Policy, Position,
    Ratio, SatisfiedClaim, Value, Window,
};
use serde_json::json;

const AS_OF: u64 = 1_790_000_000;
/// 125 dollars in micro-units, at 100 % of price and weight.
const ALL: u128 = 125_000_000 * 10_000 * 10_000;

fn policy(name: &str) -> Policy {
    let document = json!({
        "version": 2, "name": name, "quote": "iso4217:USD",
        "min_ratio_bps": 10_000, "ratio_step_bps": 500,
        "assets": [{
            "asset": "iso4217:USD", "symbol": "USD", "decimals": 6, "netting": false,
            "max_share_bps": 10_000, "groups": [], "tiers": [{ "weight_bps": 10_000 }],
        }],
        "groups": [], "scenarios": [],
    });
    Policy::from_json(&document.to_string()).unwrap()
}

/// 125 dollars against 100 at 125 %.
fn claim(policy: Policy) -> Claim {
    let dollars = Position::new("iso4217:USD", Amount::new(125_000_000).unwrap()).unwrap();
    let rng = rand_core::OsRng;
    let opening = Opening::new(Kind::Collateral, "lei:A", AS_OF, vec![dollars], rng).unwrap();
    let parts = ClaimParts {
        subject: opening.subject_id(),
        window: Window::at(AS_OF),
        public_debt: Value::new(100_000_000).unwrap(),
        ratio: Ratio::new(12_500).unwrap(),
        context: Context::of("a test"),
        prices: vec![scaled_price("iso4217:USD", 1, 0, 6).unwrap()],
    };
    Claim::new(policy, vec![opening], parts).unwrap()
}

fn counting(x: u128) -> Allocation {
    let counted = vec![x];
    Allocation {
        netted: vec![0],
        scenarios: vec![Counted { counted }],
    }
}

#[test]
fn p2_only_a_true_claim_is_satisfied() {
    let true_claim = claim(policy("one"));
    let satisfied = SatisfiedClaim::new(true_claim.clone(), counting(ALL)).unwrap();
    assert_eq!(satisfied.claim().statement, true_claim.statement);
    assert_eq!(*satisfied.allocation(), counting(ALL));
    for (allocation, clause) in [(counting(ALL - 1), "S7"), (counting(ALL + 1), "S5")] {
        let error = SatisfiedClaim::new(true_claim.clone(), allocation).unwrap_err();
        assert_eq!(error.clause(), clause, "{error}");
    }
}

/// The fields of a claim are public: a policy in the place of another is noticed.
#[test]
fn s8_the_statement_is_about_the_claims_policy() {
    let mut swapped = claim(policy("one"));
    swapped.policy = policy("two");
    let error = SatisfiedClaim::new(swapped, counting(ALL)).unwrap_err();
    assert_eq!(error.clause(), "S8", "{error}");
}

#[test]
fn p3_debug_prints_no_choice() {
    let satisfied = SatisfiedClaim::new(claim(policy("one")), counting(ALL)).unwrap();
    let printed = format!(
        "{satisfied:?} {:?} {:?}",
        counting(ALL),
        counting(1).scenarios
    );
    assert!(!printed.chars().any(|c| c.is_ascii_digit()), "{printed}");
}
