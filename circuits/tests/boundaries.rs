//! The ends of every range, on the circuit itself: 0, 1, the largest number and one more,
//! numbers that stand for negative ones, sums that would wrap r; thresholds, tiers and
//! shares at equality and one unit beside it (C6); what stands in unused places (C8); and
//! packed words whose fields are cut another way (S8). Each table has a row that holds.

// A panic in a test is a failing test.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod common;

use common::mock_witness;
use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::ident::Context;
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::Policy;
use covenant_circuits::poseidon;
use covenant_circuits::relation::{self, Counting, ScenarioCounting};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts};
use ff::{Field, PrimeField};
use num_bigint::BigUint;
use num_integer::Integer;
use serde_json::{Value as Json, json};

const AS_OF: u64 = 1_790_000_000;

fn accepts(witness: &Witness) -> bool {
    mock_witness(witness).verify().is_ok()
}

fn asset(name: &str, share: u32, groups: &[&str], tiers: Json) -> Json {
    json!({ "asset": name, "symbol": name, "decimals": 0, "netting": true, "max_share_bps": share,
            "groups": groups, "tiers": tiers })
}

fn policy(assets: Vec<Json>, groups: Json, scenarios: Json) -> Policy {
    let policy = json!({
        "version": 1, "name": "boundaries", "quote": "iso4217:USD", "min_ratio_bps": 1, "ratio_step_bps": 1,
        "assets": assets, "groups": groups, "scenarios": scenarios
    });
    Policy::from_json(&policy.to_string()).unwrap()
}

/// A claim at a price of one micro-unit a base unit.
fn claim(policy: Policy, openings: Vec<Opening>, debt: u128, ratio: u32) -> Claim {
    let parts = ClaimParts {
        subject: common::subject(),
        as_of: AS_OF,
        public_debt: Value::new(debt).unwrap(),
        ratio: Ratio::new(ratio).unwrap(),
        context: Context::of("boundaries"),
        prices: vec![Price::new(10u128.pow(30)).unwrap(); policy.assets().len()],
    };
    Claim::new(policy, openings, parts).unwrap()
}

fn witness(claim: &Claim, counting: &Counting, shape: [usize; 4]) -> Witness {
    let [m, p, a, j] = shape;
    Witness::honest(claim, counting, Shape::new(m, p, a, j).unwrap()).unwrap()
}

fn nothing_counted(claim: &Claim) -> Counting {
    let assets = claim.policy.assets().len();
    Counting {
        netted: vec![0; assets],
        scenarios: vec![
            ScenarioCounting {
                tiers: vec![[0; 4]; assets]
            };
            claim.policy.scenarios()
        ],
    }
}

// ---- One asset, one account, no policy to speak of: every number can be chosen.

/// Numbers of a claim, of any size, told to the circuit consistently modulo r.
#[derive(Clone)]
struct Numbers {
    amount: BigUint,
    price: BigUint,
    debt: BigUint,
    ratio: BigUint,
}

fn big(n: u128) -> BigUint {
    n.into()
}

fn two(n: u32) -> BigUint {
    BigUint::from(1u8) << n
}

fn order() -> BigUint {
    fr_to_big(-Fr::ONE) + 1u8
}

fn fr_to_big(x: Fr) -> BigUint {
    BigUint::from_bytes_le(x.to_repr().as_ref())
}

fn fr(x: &BigUint) -> Fr {
    let mut repr = [0u8; 32];
    let bytes = (x % order()).to_bytes_le();
    repr[..bytes.len()].copy_from_slice(&bytes);
    Fr::from_repr(repr).unwrap()
}

impl Numbers {
    fn new(amount: u128, debt: u128, ratio: u32) -> Self {
        Self {
            amount: big(amount),
            price: big(10u128.pow(30)),
            debt: big(debt),
            ratio: ratio.into(),
        }
    }

    /// Everything follows from the numbers: the commitment, the public inputs, the value,
    /// its remainder and what counts. Nothing is reduced to its range.
    fn witness(&self) -> Witness {
        let policy = policy(
            vec![asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]))],
            json!([]),
            json!([]),
        );
        let opening = common::account(Kind::Collateral, &[("a", 1)]);
        let header = opening.header_inputs();
        let claim = claim(policy, vec![opening], 0, 1);
        let mut w = witness(&claim, &common::fullest(&claim), [1, 3, 1, 1]);

        let (id, amount) = (w.assets[0].id, fr(&self.amount));
        let position = &mut w.accounts[0].blocks[0].positions[0];
        position.amount = amount;
        position.entry = id * Fr::from(2).pow([128]) + amount;
        let entries = [poseidon::hash(header), position.entry, Fr::ZERO, Fr::ZERO];
        w.public[3] = fr(&self.debt);
        w.public[4] = fr(&self.ratio);
        w.public[6] = poseidon::hash(entries);
        w.public[7] = fr(&self.price);
        let (value, remainder) = (&self.amount * &self.price).div_rem(&big(10u128.pow(30)));
        let side = &mut w.assets[0].collateral;
        side.rest = amount;
        (side.value, side.remainder) = (fr(&value), fr(&remainder));
        w.scenarios[0].tiers[0] = [Fr::ZERO, Fr::ZERO, Fr::ZERO, fr(&(value * 10_000u32))];
        w
    }
}

#[test]
fn c6_amounts_at_both_ends() {
    let amount = |amount: BigUint| {
        let numbers = Numbers {
            amount,
            price: big(1),
            ..Numbers::new(0, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(amount(big(0)) && amount(big(1)) && amount(two(112) - 1u8));
    for beyond in [
        two(112),
        two(112) + 1u8,
        two(113),
        two(128) - 1u8,
        order() - 1u8,
    ] {
        assert!(!amount(beyond.clone()), "{beyond}");
    }
}

#[test]
fn c6_prices_at_both_ends() {
    let price = |price: BigUint| {
        let numbers = Numbers {
            price,
            ..Numbers::new(1, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(price(big(0)) && price(big(1)) && price(two(120) - 1u8));
    // A price is public: its type refuses what the circuit is never shown.
    assert!(Price::new(1 << 120).is_err());
    assert!(!price(order() - 1u8));
}

#[test]
fn c6_values_at_both_ends() {
    let value = |value: BigUint| {
        let numbers = Numbers {
            amount: value,
            ..Numbers::new(0, 0, 10_000)
        };
        accepts(&numbers.witness())
    };
    assert!(value(big(0)) && value(big(1)) && value(two(80) - 1u8));
    for beyond in [two(80), two(81), two(100)] {
        assert!(!value(beyond.clone()), "{beyond}");
    }
}

/// The product of amount and price has one value: none that is right modulo r only.
#[test]
fn c6_a_value_that_wraps_r() {
    let numbers = Numbers::new(1_000, 0, 10_000);
    let mut w = numbers.witness();
    assert!(accepts(&w));
    let (value, remainder) =
        (&numbers.amount * &numbers.price + order()).div_rem(&big(10u128.pow(30)));
    assert!(value > two(80));
    let side = &mut w.assets[0].collateral;
    (side.value, side.remainder) = (fr(&value), fr(&remainder));
    w.scenarios[0].tiers[0][3] = Fr::ZERO;
    assert!(!accepts(&w));
    // The same with a value in its range and a remainder that makes up for it.
    let mut w = numbers.witness();
    let side = &mut w.assets[0].collateral;
    side.value += Fr::from(7);
    side.remainder -= Fr::from(7) * fr(&big(10u128.pow(30)));
    assert!(!accepts(&w));
}

#[test]
fn c6_tiers_that_sum_to_the_value_only_modulo_r() {
    for tier in 0..3 {
        let mut w = Numbers::new(1_000, 0, 10_000).witness();
        let tiers = &mut w.scenarios[0].tiers[0];
        tiers[tier] -= Fr::ONE;
        tiers[3] += Fr::ONE;
        assert!(!accepts(&w), "tier {tier}");
    }
    let mut w = Numbers::new(1_000, 0, 10_000).witness();
    w.scenarios[0].tiers[0][3] += Fr::ONE;
    assert!(!accepts(&w), "more than there is");
    w.scenarios[0].tiers[0][3] -= Fr::from(2);
    assert!(accepts(&w), "less may count");
}

#[test]
fn c6_the_threshold_is_exact() {
    let holds = |amount, debt, ratio| accepts(&Numbers::new(amount, debt, ratio).witness());
    // 11000 = 110 % of 10000.
    assert!(holds(11_000, 10_000, 11_000));
    assert!(!holds(11_000, 10_000, 11_001));
    assert!(!holds(11_000, 10_001, 11_000));
    assert!(!holds(10_999, 10_000, 11_000));
    // At the ends of the ranges: 2^80 - 1 at 100 %, and the largest ratio.
    let largest = (1 << 80) - 1;
    assert!(holds(largest, largest, 10_000));
    assert!(!holds(largest, largest, 10_001));
    assert!(!holds(largest - 1, largest, 10_000));
    let ratio = (1 << 20) - 1;
    assert!(holds(u128::from(ratio), 10_000, ratio));
    assert!(!holds(u128::from(ratio) - 1, 10_000, ratio));
    assert!(!holds(0, 1, 1) && holds(1, 10_000, 1) && holds(0, 0, ratio));
}

/// Public inputs have types: what would be a negative debt is no `Value`, and a slack that
/// is negative does not pass for a positive one.
#[test]
fn c6_debts_and_ratios_beyond_their_types() {
    assert!(Value::new(1 << 80).is_err() && Ratio::new(1 << 20).is_err() && Ratio::new(0).is_err());
    // No collateral, a debt of 1 and every multiple of r in its way.
    for debt in [big(1), two(80) - 1u8, two(80), two(200)] {
        let numbers = Numbers {
            debt: debt.clone(),
            ..Numbers::new(0, 0, 10_000)
        };
        assert!(!accepts(&numbers.witness()), "{debt}");
    }
}

/// Where the line is drawn: the circuit takes debt and ratio as they are given, so that a
/// verifier, native or on chain, must itself refuse a debt of 2^80 and a ratio of 2^20 and
/// more. Natively there is no other way in than `Value` and `Ratio`.
#[test]
fn c6_the_circuit_leaves_the_range_of_debt_and_ratio_to_the_verifier() {
    let minus_one = order() - 1u8;
    for (debt, ratio) in [(minus_one.clone(), big(10_000)), (big(1), minus_one)] {
        let numbers = Numbers {
            debt,
            ratio,
            ..Numbers::new(1_000_000, 0, 1)
        };
        assert!(accepts(&numbers.witness()));
    }
}

// ---- Policies at equality.

const CLASSES: [(&str, u32); 2] = [("a", 10_000), ("b", 10_000)];

/// What two assets at 1000 micro-units each count for, by their names.
fn pair(share: u32, group: [u32; 2]) -> (Claim, Witness) {
    let tiers = json!([{"weight_bps": 10_000}]);
    let assets = CLASSES
        .iter()
        .map(|(name, cap)| {
            let (groups, cap): (&[&str], _) = if *name == "a" {
                (&["g"], share)
            } else {
                (&[], *cap)
            };
            asset(name, cap, groups, tiers.clone())
        })
        .collect();
    let groups = json!([{"name": "g", "min_share_bps": group[0], "max_share_bps": group[1]}]);
    let policy = policy(assets, groups, json!([]));
    let openings = vec![common::account(
        Kind::Collateral,
        &[("a", 1_000), ("b", 1_000)],
    )];
    let claim = claim(policy, openings, 0, 10_000);
    let w = witness(&claim, &common::fullest(&claim), [2, 3, 3, 2]);
    (claim, w)
}

/// With the counting of one asset lowered by one unit in the base scenario.
fn one_less(claim: &Claim, w: &Witness, name: &str) -> Witness {
    let mut w = w.clone();
    let at = claim
        .policy
        .assets()
        .iter()
        .position(|a| a.name == name)
        .unwrap();
    w.scenarios[0].tiers[at][3] -= Fr::ONE;
    w
}

#[test]
fn c6_shares_at_equality() {
    // Each is exactly half of what counts.
    for (share, group, held_by) in [
        (5_000, [0, 10_000], "a"),
        (10_000, [0, 5_000], "a"),
        (10_000, [5_000, 10_000], "b"),
    ] {
        let (claim, w) = pair(share, group);
        assert!(accepts(&w), "{share} {group:?}");
        // The side that may shrink, and the one that may not.
        let other = if held_by == "a" { "b" } else { "a" };
        assert!(accepts(&one_less(&claim, &w, held_by)), "{share} {group:?}");
        assert!(!accepts(&one_less(&claim, &w, other)), "{share} {group:?}");
    }
    // A basis point tighter, and equality is too much.
    for (share, group) in [
        (4_999, [0, 10_000]),
        (10_000, [0, 4_999]),
        (10_000, [5_001, 10_000]),
    ] {
        assert!(!accepts(&pair(share, group).1), "{share} {group:?}");
    }
}

#[test]
fn c6_tiers_at_equality() {
    // Widths of 1 quote unit, 10^6 micro-units.
    let tiers = json!([{"up_to": 1, "weight_bps": 9_000}, {"up_to": 2, "weight_bps": 5_000}, {"weight_bps": 0}]);
    let full = |amount: u128| {
        let policy = policy(
            vec![asset("a", 10_000, &[], tiers.clone())],
            json!([]),
            json!([]),
        );
        let claim = claim(
            policy,
            vec![common::account(Kind::Collateral, &[("a", amount)])],
            0,
            10_000,
        );
        witness(&claim, &common::fullest(&claim), [1, 3, 1, 1])
    };
    for amount in [999_999, 1_000_000, 1_000_001, 2_000_000, 2_000_001, 1 << 79] {
        assert!(accepts(&full(amount)), "{amount}");
    }
    // One unit past the width of either bounded tier.
    for tier in [0, 1] {
        let mut w = full(1 << 79);
        w.scenarios[0].tiers[0][tier] += Fr::ONE;
        w.scenarios[0].tiers[0][3] -= Fr::ONE;
        assert!(!accepts(&w), "tier {tier}");
    }
    // A missing tier has no width at all.
    let mut w = full(1 << 79);
    w.scenarios[0].tiers[0][2] += Fr::ONE;
    w.scenarios[0].tiers[0][3] -= Fr::ONE;
    assert!(!accepts(&w));
}

#[test]
fn c6_policies_at_the_ends_of_their_ranges() {
    let widest = (1u64 << 60) - 1;
    let assets = vec![
        asset(
            "a",
            10_000,
            &["g"],
            json!([{"up_to": 1, "weight_bps": 10_000}, {"up_to": 2, "weight_bps": 10_000}, {"up_to": widest, "weight_bps": 0}, {"weight_bps": 0}]),
        ),
        asset(
            "b",
            0,
            &[],
            json!([{"up_to": widest, "weight_bps": 10_000}, {"weight_bps": 10_000}]),
        ),
    ];
    let groups = json!([{"name": "g", "min_share_bps": 10_000, "max_share_bps": 10_000}]);
    let scenarios = json!([
        {"name": "gone", "min_ratio_bps": 0, "moves_bps": {"a": -10_000, "b": 55_535}},
        {"name": "high", "min_ratio_bps": 65_535, "moves_bps": {"a": 55_535, "b": -10_000}}
    ]);
    let policy = policy(assets, groups, scenarios);
    let openings = vec![common::account(Kind::Collateral, &[("a", 5_000_000)])];
    // Base: 2000000 >= 100 % of the debt; high: 2000000 of 32767500 >= 655.35 % of it.
    let claim = claim(policy, openings, 305_180, 10_000);
    let counting = common::fullest(&claim);
    relation::check(&claim, &counting).unwrap();
    let w = witness(&claim, &counting, [1, 3, 2, 3]);
    assert!(accepts(&w));
    let mut more = w;
    more.public[3] += Fr::ONE;
    assert!(!accepts(&more));
}

/// S3. What the policy does not net stays whole on both sides, though the totals agree.
#[test]
fn s3_an_asset_that_may_not_be_netted() {
    let netted = |netting: bool, by: u64| {
        let mut asset = asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]));
        asset["netting"] = netting.into();
        let openings = vec![
            common::account(Kind::Collateral, &[("a", 10)]),
            common::account(Kind::Liability, &[("a", 4)]),
        ];
        let claim = claim(
            policy(vec![asset], json!([]), json!([])),
            openings,
            0,
            10_000,
        );
        let mut w = witness(&claim, &nothing_netted(&claim), [2, 3, 1, 1]);
        let by = Fr::from(by);
        let asset = &mut w.assets[0];
        asset.netted = by;
        for side in [&mut asset.collateral, &mut asset.liability] {
            side.rest -= by;
            side.value -= by;
        }
        w.scenarios[0].tiers[0][3] -= by * Fr::from(10_000);
        accepts(&w)
    };
    assert!(netted(true, 0) && netted(true, 1) && netted(true, 4) && !netted(true, 5));
    assert!(netted(false, 0) && !netted(false, 1) && !netted(false, 4));
}

/// All that may count, and nothing netted.
fn nothing_netted(claim: &Claim) -> Counting {
    let mut counting = common::fullest(claim);
    counting.netted.fill(0);
    let assets = claim.policy.assets().len();
    assert_eq!(assets, 1);
    counting.scenarios[0].tiers[0] = [0, 0, 0, 10 * 10_000];
    counting
}

/// S4. The remainder is below 10^30: a value rounded down twice is another value.
#[test]
fn c6_a_remainder_has_one_value() {
    let divisor = fr(&big(10u128.pow(30)));
    let mut w = Numbers::new(1_000, 0, 10_000).witness();
    // Nothing counts, so that a smaller value is in nothing's way.
    w.scenarios[0].tiers[0][3] = Fr::ZERO;
    assert!(accepts(&w));
    let side = &mut w.assets[0].collateral;
    side.value -= Fr::ONE;
    side.remainder += divisor;
    assert!(!accepts(&w));
}

// ---- What carries nothing (C8).

/// Room left everywhere, nothing owed and nothing counted: only what ought not to be
/// there can be in the way.
fn roomy() -> (Claim, Witness) {
    let scenarios = json!([
        {"name": "s", "min_ratio_bps": 1, "moves_bps": {"a": -1, "b": 1}},
        {"name": "t", "min_ratio_bps": 1, "moves_bps": {}}
    ]);
    let groups = json!([{"name": "g", "min_share_bps": 1, "max_share_bps": 9_999}, {"name": "h", "min_share_bps": 1, "max_share_bps": 9_998}]);
    let tiers = json!([{"up_to": 10, "weight_bps": 9_000}, {"up_to": 20, "weight_bps": 8_000}, {"weight_bps": 7_000}]);
    let assets = vec![
        asset("a", 9_000, &["g"], tiers.clone()),
        asset("b", 8_000, &["g", "h"], tiers),
    ];
    let policy = policy(assets, groups, scenarios);
    let openings = vec![common::account(Kind::Collateral, &[("a", 100), ("b", 200)])];
    let claim = claim(policy, openings, 0, 10_000);
    let w = witness(&claim, &nothing_counted(&claim), [2, 6, 3, 4]);
    assert!(accepts(&w));
    (claim, w)
}

fn refuses(what: &str, lie: impl FnOnce(&mut Witness)) {
    let (_, mut w) = roomy();
    lie(&mut w);
    assert!(!accepts(&w), "{what}");
}

#[test]
fn c8_an_unused_position_carries_nothing() {
    let id = roomy().1.assets[0].id;
    let entry = id * Fr::from(2).pow([128]) + Fr::from(5);
    for (block, place, what) in [(0, 2, "rest of a used block"), (1, 0, "unused block")] {
        refuses(what, |w| {
            w.accounts[0].blocks[block].positions[place].entry = entry
        });
        // Counted, whether the entry is there or not.
        for entry in [Fr::ZERO, entry] {
            refuses(what, |w| {
                let position = &mut w.accounts[0].blocks[block].positions[place];
                (position.entry, position.counts) = (entry, 1);
                (position.id, position.amount) = (id, Fr::from(5));
                w.assets[0].collateral.rest += Fr::from(5);
                w.assets[0].collateral.value += Fr::from(5);
                w.assets[0].collateral.count += Fr::ONE;
            });
        }
    }
    // An empty position that counts adds nothing but its one to the count of an asset 0.
    refuses("an asset of id 0", |w| {
        w.accounts[0].blocks[0].positions[2].counts = 1
    });
}

#[test]
fn c8_an_unused_account_slot_carries_nothing() {
    let id = roomy().1.assets[0].id;
    for state in [0, 1, 2] {
        refuses("a slot with commitment 0", |w| {
            w.accounts[1].state = state;
            w.accounts[1].blinding = Fr::from(7);
            let block = &mut w.accounts[1].blocks[0];
            block.state = 1;
            let position = &mut block.positions[0];
            (position.counts, position.id, position.amount) = (1, id, Fr::from(5));
            position.entry = id * Fr::from(2).pow([128]) + Fr::from(5);
            w.assets[0].collateral.rest += Fr::from(5);
            w.assets[0].collateral.value += Fr::from(5);
            w.assets[0].collateral.count += Fr::ONE;
        });
    }
    refuses("the first slot hidden", |w| w.accounts.swap(0, 1));
    refuses("a commitment without an account", |w| {
        w.public[7] = Fr::from(5)
    });
}

#[test]
fn c8_an_unused_asset_slot_carries_nothing() {
    refuses("tiers", |w| {
        w.scenarios[0].tiers[2] = [Fr::ONE, Fr::ZERO, Fr::ZERO, Fr::ZERO]
    });
    refuses("value", |w| w.assets[2].collateral.value = Fr::ONE);
    refuses("rest", |w| w.assets[2].collateral.rest = Fr::ONE);
    refuses("everything", |w| {
        let (from, price) = (w.assets[0].clone(), w.public[8]);
        w.assets[2] = from;
        w.public[10] = price;
    });
    refuses("a used slot given up", |w| w.assets[1].used = 0);
    refuses("an unused slot used", |w| w.assets[2].used = 1);
}

#[test]
fn c8_an_unused_scenario_or_group_carries_nothing() {
    refuses("a ratio", |w| w.ratios[2] = 1);
    refuses("a multiplier", |w| w.assets[0].multipliers[2] = 1);
    refuses("shares", |w| w.shares[2] = (0, 1));
    refuses("a member", |w| w.assets[0].groups[2] = true);
}

// ---- Packed words cut another way (S8): the word stays, a field leaves its range.

/// w1, w2, w3 of SPEC section 5, from the witness's fields, beside the multipliers of
/// scenarios that this shape lacks.
fn words(w: &Witness, at: usize) -> [Fr; 3] {
    let asset = &w.assets[at];
    let pow = |n: u64| Fr::from(2).pow([n]);
    let mask: u64 = asset
        .groups
        .iter()
        .enumerate()
        .map(|(g, b)| u64::from(*b) << g)
        .sum();
    let moves: Fr = (0u64..)
        .zip(&asset.multipliers)
        .map(|(j, m)| Fr::from(*m) * pow(160 + 16 * j))
        .sum();
    let [t1, t2, t3] = asset.widths.map(Fr::from);
    let [w1, w2, w3, w4] = asset.weights.map(Fr::from);
    [
        asset.id
            + Fr::from(asset.share) * pow(120)
            + Fr::from(mask) * pow(136)
            + Fr::from(asset.netting) * pow(152)
            + moves,
        t1 + w1 * pow(64) + t2 * pow(80) + w2 * pow(144),
        t3 + w3 * pow(64) + w4 * pow(80),
    ]
}

#[test]
fn s8_packed_fields_cut_another_way_are_refused() {
    let (_, honest) = roomy();
    // Asset b is in groups 0 and 1.
    let at = (0..2).find(|a| honest.assets[*a].groups[1]).unwrap();
    type Lie = fn(&mut Witness, usize);
    let lies: [(&str, Lie); 6] = [
        ("share over mask", |w, at| {
            w.assets[at].share += 1 << 16;
            w.assets[at].groups[0] = false;
        }),
        ("id over share", |w, at| {
            w.assets[at].id += Fr::from(2).pow([120]);
            w.assets[at].share -= 1;
        }),
        ("netting over multiplier", |w, at| {
            w.assets[at].netting += 1 << 8;
            w.assets[at].multipliers[0] -= 1;
        }),
        ("multiplier over multiplier", |w, at| {
            w.assets[at].multipliers[0] += 1 << 16;
            w.assets[at].multipliers[1] -= 1;
        }),
        ("weight over width", |w, at| {
            w.assets[at].weights[0] += 1 << 16;
            w.assets[at].widths[1] -= 1;
        }),
        ("weight over weight", |w, at| {
            w.assets[at].weights[2] += 1 << 16;
            w.assets[at].weights[3] -= 1;
        }),
    ];
    for (what, lie) in lies {
        let mut w = honest.clone();
        let before = words(&w, at);
        lie(&mut w, at);
        assert_eq!(words(&w, at), before, "{what}: the lie must keep the words");
        assert!(!accepts(&w), "{what}");
    }
    // The header's words: ratios and shares.
    refuses("ratio over ratio", |w| {
        w.ratios[0] += 1 << 16;
        w.ratios[1] = 0;
    });
    refuses("share over share", |w| {
        w.shares[0].0 += 1 << 16;
        w.shares[1].0 -= 1;
    });
    refuses("cap over cap", |w| {
        w.shares[0].1 += 1 << 16;
        w.shares[1].1 -= 1;
    });
}

// ---- Empty and full shapes.

#[test]
fn c8_empty_accounts_and_full_shapes() {
    let one = || {
        policy(
            vec![asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]))],
            json!([]),
            json!([]),
        )
    };
    // An account without positions covers a debt of 0 and no other.
    let empty = |debt: u64| {
        let claim = claim(
            one(),
            vec![common::account(Kind::Collateral, &[])],
            0,
            10_000,
        );
        let mut w = witness(&claim, &common::fullest(&claim), [2, 3, 2, 2]);
        w.public[3] = Fr::from(debt);
        accepts(&w)
    };
    assert!(empty(0) && !empty(1));
    // No place is left in either account, and both count.
    let full = |debt: u128| {
        let accounts =
            (0..2).map(|_| common::account(Kind::Collateral, &[("a", 1), ("a", 2), ("a", 3)]));
        let claim = claim(one(), accounts.collect(), 0, 10_000);
        let mut w = witness(&claim, &common::fullest(&claim), [2, 3, 1, 1]);
        w.public[3] = Fr::from(debt as u64);
        accepts(&w)
    };
    assert!(full(12) && !full(13));
    // One account, position or asset more does not fit.
    let accounts = vec![common::account(Kind::Collateral, &[("a", 1); 4])];
    let claim = claim(one(), accounts, 0, 10_000);
    let fits = |m, p, a, j| claim.check_fits(&Shape::new(m, p, a, j).unwrap()).is_ok();
    assert!(fits(1, 6, 1, 1) && !fits(1, 3, 1, 1));
}
