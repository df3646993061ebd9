//! The ends of every range, on the circuit itself: 0, 1, the largest number and one more,
//! numbers that stand for negative ones, sums that would wrap r; thresholds, tiers and
//! shares at equality and one unit beside it (C6); what is in unused places (C8); and
//! packed words whose fields are cut another way (S8). Each table has a row that holds.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod equality;
mod lines;
mod numbers;
mod packing;
mod unused;

use covenant_circuits::account::{Kind, Opening, commit};
use covenant_circuits::circuit::witness::{PositionWitness, Witness};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::{self, Allocation, Counted};
use covenant_circuits::shape::{REPORT_WORDS, Shape};
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_fixtures::mock_witness;
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;
use serde_json::{Value as Json, json};

const AS_OF: u64 = 1_790_000_000;

/// Rows of public inputs; the prices follow the commitments.
const DEBT: usize = 4;
const RATIO: usize = 5;
const REPORT: usize = Shape::NAMED_INPUTS;
const COMMITMENT: usize = REPORT + REPORT_WORDS;

fn accepts(witness: &Witness) -> bool {
    mock_witness(witness).verify().is_ok()
}

fn asset(name: &str, share: u32, groups: &[&str], tiers: Json) -> Json {
    json!({ "asset": name, "symbol": name, "decimals": 0, "netting": true, "may_owe": true, "max_share_bps": share,
            "groups": groups, "tiers": tiers })
}

fn policy(assets: Vec<Json>, groups: Json, scenarios: Json) -> Policy {
    let policy = json!({
        "version": 2, "name": "boundaries", "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "assets": assets, "groups": groups, "scenarios": scenarios
    });
    Policy::from_json(&policy.to_string()).unwrap()
}

/// A claim at a price of one micro-unit a base unit.
fn claim(policy: Policy, openings: Vec<Opening>, debt: u128, ratio: u32) -> Claim {
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: Window::new(AS_OF, AS_OF).unwrap(),
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(ratio).unwrap(),
        context: Context::of("boundaries"),
        prices: vec![Price::new(10u128.pow(30)).unwrap(); policy.assets().len()],
    };
    Claim::new(policy, openings, parts).unwrap()
}

fn witness(claim: &Claim, allocation: &Allocation, shape: [usize; 4]) -> Witness {
    let [m, p, a, j] = shape;
    Witness::honest(claim, allocation, Shape::new(m, p, a, j).unwrap()).unwrap()
}

/// A position of an asset of the policy, counted.
fn counted(id: Fr, amount: u64) -> PositionWitness {
    let amount = Fr::from(amount);
    PositionWitness {
        entry: id * Fr::from(2).pow([128]) + amount,
        counts: 1,
        amount,
    }
}

fn nothing_counted(claim: &Claim) -> Allocation {
    let assets = claim.policy.assets().len();
    Allocation {
        netted: vec![0; assets],
        scenarios: vec![
            Counted {
                counted: vec![0; assets]
            };
            claim.policy.scenarios()
        ],
    }
}
