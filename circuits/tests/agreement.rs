//! The native relation and MockProver agree on random small claims, true and false, with
//! numbers near their boundaries (C7).

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

use covenant_circuits::account::Kind;
use covenant_circuits::circuit::layout::Profile;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::{self, Allocation};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::allocate;
use num_traits::CheckedDiv;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::json;
use std::cell::Cell;

const ASSETS: [&str; 4] = [
    "eip155:1/slip44:60",
    "iso4217:USD",
    "isin:US912797QD26",
    "isin:UNLISTED",
];

#[derive(Debug, Clone)]
struct Case {
    weights: [u32; 3],
    widths: [u64; 2],
    share: u32,
    netting: [bool; 3],
    may_owe: [bool; 3],
    /// A complete policy, with a report: nothing is netted.
    complete: bool,
    held: [u32; 2],
    late: bool,
    groups: [u32; 3],
    moves: [i64; 3],
    scenario_ratio: u32,
    prices: [u128; 3],
    positions: Vec<(bool, usize, u128)>,
    debt: u128,
    ratio: u32,
    nudge: i64,
}

fn bps() -> impl Strategy<Value = u32> {
    prop_oneof![Just(0), Just(10_000), 0..=10_000u32]
}

fn case() -> impl Strategy<Value = Case> {
    let amount = prop_oneof![Just(0), Just(1), 1..2_000u128, Just((1u128 << 112) - 1)];
    let price = prop_oneof![
        Just(10u128.pow(30)),
        Just(10u128.pow(30) - 1),
        Just(1),
        1..10u128.pow(33)
    ];
    (
        (
            [bps(), bps(), bps()],
            [1..50u64, 1..50u64],
            prop_oneof![Just(10_000), 5_000..=10_000u32, bps()],
        ),
        (
            any::<[bool; 3]>(),
            [bps(), bps(), bps()],
            (-10_000..20_000i64, -9_000..0i64),
            // Mostly the base decides, of which the edge is drawn.
            prop_oneof![2 => Just(0), 1 => 0..20_000u32],
        ),
        (
            [price.clone(), price.clone(), price],
            prop::collection::vec((any::<bool>(), 0..4usize, amount), 0..7),
        ),
        (prop_oneof![Just(0), 0..5_000u128], 1..30_000u32, -2..3i64),
        (
            prop::array::uniform3(prop::bool::weighted(0.95)),
            prop::bool::weighted(0.3),
            (bps(), 3_000..=10_000u32),
            prop::bool::weighted(0.05),
        ),
    )
        .prop_map(|(a, b, c, d, e)| Case {
            weights: a.0,
            widths: a.1,
            share: a.2,
            netting: b.0,
            groups: b.1,
            moves: [b.2.0, b.2.1, 0],
            scenario_ratio: b.3,
            prices: c.0,
            positions: c.1,
            debt: d.0,
            ratio: d.1,
            nudge: d.2,
            may_owe: e.0,
            complete: e.1,
            held: e.2.into(),
            late: e.3,
        })
}

fn policy(case: &Case) -> Policy {
    let mut weights = case.weights;
    weights.sort_unstable_by(|a, b| b.cmp(a));
    let (low, high) = (
        case.groups[0].min(case.groups[1]),
        case.groups[0].max(case.groups[1]),
    );
    let assets: Vec<_> = (0..3)
        .map(|i| {
            json!({
                "asset": ASSETS[i], "symbol": "X", "decimals": 6, 
                "netting": case.netting[i] && !case.complete, "may_owe": case.may_owe[i],
                "max_held_share_bps": if case.complete && i == 1 { case.held[1] } else { 10_000 },
                "max_share_bps": if i == 0 { case.share } else { 10_000 },
                "groups": if case.groups[2].is_multiple_of(2) && i < 2 { vec!["g"] } else { vec![] },
                "tiers": [
                    {"up_to": case.widths[0], "weight_bps": weights[0]},
                    {"up_to": case.widths[0] + case.widths[1], "weight_bps": weights[1]},
                    {"weight_bps": weights[2]},
                ],
            })
        })
        .collect();
    let moves: serde_json::Map<_, _> = (0..3)
        .map(|i| (ASSETS[i].to_owned(), case.moves[i].into()))
        .collect();
    let document = json!({
        "version": 2, "name": "random", "complete": case.complete,
        "report_grain": u8::from(case.complete), "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "assets": assets,
        "groups": [{
            "name": "g", "min_share_bps": low / 4, "max_share_bps": high.max(low / 4),
            "min_held_share_bps": if case.complete { case.held[0] / 8 } else { 0 },
            "report": case.complete,
        }],
        "scenarios": [{"name": "s", "min_ratio_bps": case.scenario_ratio, "moves_bps": moves}],
    });
    Policy::from_json(&document.to_string()).unwrap()
}

fn claim(case: &Case, policy: Policy, ratio: Ratio) -> Claim {
    let side = |liability: bool| -> Vec<(&str, u128)> {
        case.positions
            .iter()
            .filter(|p| p.0 == liability)
            .map(|p| (ASSETS[p.1], p.2))
            .collect()
    };
    let prices = policy
        .assets()
        .iter()
        .map(|a| {
            Price::new(case.prices[ASSETS.iter().position(|n| *n == a.name).unwrap()]).unwrap()
        })
        .collect();
    let openings = vec![
        covenant_fixtures::account(Kind::Collateral, &side(false)),
        covenant_fixtures::account(Kind::Liability, &side(true)),
    ];
    let parts = ClaimParts {
        subject: covenant_fixtures::subject(),
        window: match case.late {
            true => Window::new(1_790_000_001, 1_790_000_002).unwrap(),
            false => Window::new(1_789_999_999, 1_790_000_001).unwrap(),
        },
        public_debt: Value::new(case.debt).unwrap(),
        ratio,
        context: Context::of("random"),
        prices,
    };
    Claim::new(policy, openings, parts).unwrap()
}

/// A ratio at the edge of what the allocation covers, moved by the nudge.
fn edge(claim: &Claim, allocation: &Allocation, nudge: i64) -> Option<Ratio> {
    let policy = &claim.policy;
    let totals = relation::totals(policy, &claim.openings).ok()?;
    let prices = claim.statement.prices();
    let values = relation::values(policy, prices, &totals, &allocation.netted).ok()?;
    let counted = allocation.scenarios.first()?.counted.iter();
    let total: num_bigint::BigUint = counted.map(|c| num_bigint::BigUint::from(*c)).sum();
    let owed = relation::obligations(claim, &values, 0);
    let edge = u32::try_from(total.checked_div(&owed)?).ok()?;
    Ratio::new(u32::try_from(i64::from(edge) + nudge).ok()?).ok()
}

#[test]
fn c7_relation_and_circuit_agree_on_2000_claims() {
    agree(2_000);
}

/// Ten minutes, so for `make test-full`.
#[test]
#[ignore = "minutes"]
fn c7_relation_and_circuit_agree_on_10000_claims() {
    agree(10_000);
}

/// Threads that draw claims of their own: MockProver takes one core.
const THREADS: u32 = 2;

fn agree(cases: u32) {
    let counts: Vec<(u32, u32)> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|_| scope.spawn(|| agree_alone(cases / THREADS)))
            .collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let proved: u32 = counts.iter().map(|(proved, _)| proved).sum();
    let refused: u32 = counts.iter().map(|(_, refused)| refused).sum();
    println!("{proved} true, {refused} false");
    assert!(
        proved > 200 && refused > 200,
        "{proved} true, {refused} false"
    );
}

/// How many claims were true, and how many false.
fn agree_alone(cases: u32) -> (u32, u32) {
    let shape = Shape::new(2, 13, 3, 2).unwrap();
    let (proved, refused) = (Cell::new(0), Cell::new(0));
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new(config)
        .run(&case(), |case| {
            let at = |ratio| claim(&case, policy(&case), ratio);
            let first = at(Ratio::new(case.ratio).unwrap());
            // Half of the claims stand within two basis points of what is covered.
            let found = allocate::find_allocation(&first)
                .unwrap_or_else(|_| covenant_fixtures::fullest(&first));
            let claim = match edge(&first, &found, case.nudge) {
                Some(ratio) if case.ratio % 2 == 0 => at(ratio),
                _ => first,
            };
            let allocation = match allocate::find_allocation(&claim) {
                Ok(allocation) => allocation,
                Err(_) => covenant_fixtures::fullest(&claim),
            };
            let native = relation::check(&claim, &allocation);
            let count = if native.is_ok() { &proved } else { &refused };
            count.set(count.get() + 1);
            // The narrow trace has four times the rows: every eighth claim of either kind.
            let profiles = match count.get() % 8 {
                0 => &Profile::ALL[..],
                _ => &[Profile::Wide],
            };
            let witness = Witness::honest(&claim, &allocation, shape).unwrap();
            let circuit = covenant_fixtures::mock_in(profiles, &witness, &witness.public).verify();
            prop_assert_eq!(native.is_ok(), circuit.is_ok(), "{:?}", native);
            Ok(())
        })
        .unwrap();
    (proved.get(), refused.get())
}
