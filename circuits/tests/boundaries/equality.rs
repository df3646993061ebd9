//! Policies at equality: shares, tiers, netting and the ends of what a policy may say (C6).

use super::*;

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
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[("a", 1_000), ("b", 1_000)],
    )];
    let claim = claim(policy, openings, 0, 10_000);
    let w = witness(&claim, &covenant_fixtures::fullest(&claim), [2, 12, 3, 2]);
    (claim, w)
}

/// With the allocation of one asset lowered by one unit in the base scenario.
fn one_less(claim: &Claim, w: &Witness, name: &str) -> Witness {
    let mut w = w.clone();
    let at = claim
        .policy
        .assets()
        .iter()
        .position(|a| a.name == name)
        .unwrap();
    // A unit of the value at a weight of 100 %.
    w.scenarios[0].counted[at] -= Fr::from(10_000);
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
            vec![covenant_fixtures::account(
                Kind::Collateral,
                &[("a", amount)],
            )],
            0,
            10_000,
        );
        witness(&claim, &covenant_fixtures::fullest(&claim), [1, 12, 1, 1])
    };
    for amount in [999_999, 1_000_000, 1_000_001, 2_000_000, 2_000_001, 1 << 79] {
        assert!(accepts(&full(amount)), "{amount}");
    }
    // One more than the lowest line, wherever the value is, and nothing less than 0.
    for amount in [0, 999_999, 1_000_000, 1_500_000, 1 << 79] {
        let mut w = full(amount);
        w.scenarios[0].counted[0] += Fr::ONE;
        assert!(!accepts(&w), "{amount}");
        w.scenarios[0].counted[0] = -Fr::ONE;
        assert!(!accepts(&w), "{amount}");
    }
    // The first line alone would allow all of the value at its weight.
    let mut w = full(1_500_000);
    w.scenarios[0].counted[0] = Fr::from(1_500_000u64 * 10_000 * 9_000);
    assert!(!accepts(&w));
}

#[test]
fn c6_policies_at_the_ends_of_their_ranges() {
    let widest = (1u64 << 53) - 1;
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
    let openings = vec![covenant_fixtures::account(
        Kind::Collateral,
        &[("a", 5_000_000)],
    )];
    // Base: 2000000 >= 100 % of the debt; high: 2000000 of 32767500 >= 655.35 % of it.
    let claim = claim(policy, openings, 305_180, 10_000);
    let allocation = covenant_fixtures::fullest(&claim);
    relation::check(&claim, &allocation).unwrap();
    let w = witness(&claim, &allocation, [1, 12, 2, 3]);
    assert!(accepts(&w));
    let mut more = w;
    more.public[DEBT] += Fr::ONE;
    assert!(!accepts(&more));
}

/// S3. What the policy does not net stays whole on both sides, though the totals agree.
#[test]
fn s3_an_asset_that_may_not_be_netted() {
    let netted = |netting: bool, by: u64| {
        let mut asset = asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]));
        asset["netting"] = netting.into();
        let openings = vec![
            covenant_fixtures::account(Kind::Collateral, &[("a", 10)]),
            covenant_fixtures::account(Kind::Liability, &[("a", 4)]),
        ];
        let claim = claim(
            policy(vec![asset], json!([]), json!([])),
            openings,
            0,
            10_000,
        );
        let mut w = witness(&claim, &nothing_netted(&claim), [2, 12, 1, 1]);
        let by = Fr::from(by);
        let asset = &mut w.assets[0];
        asset.netted = by;
        for side in [&mut asset.collateral, &mut asset.liability] {
            side.rest -= by;
            side.value -= by;
        }
        w.scenarios[0].counted[0] -= by * Fr::from(10_000 * 10_000);
        accepts(&w)
    };
    assert!(netted(true, 0) && netted(true, 1) && netted(true, 4) && !netted(true, 5));
    assert!(netted(false, 0) && !netted(false, 1) && !netted(false, 4));
}

/// S3. Netting more than is owed would leave a liability of -1. Where a unit is worth less than
/// a micro-unit its value is 0, which is in range, and so is the remainder: only the range of
/// what is left refuses it.
#[test]
fn s3_no_more_is_netted_than_is_owed() {
    let asset = asset("a", 10_000, &[], json!([{"weight_bps": 10_000}]));
    let openings = vec![
        covenant_fixtures::account(Kind::Collateral, &[("a", 10)]),
        covenant_fixtures::account(Kind::Liability, &[("a", 4)]),
    ];
    let policy = policy(vec![asset], json!([]), json!([]));
    let claim = claim(policy, openings, 0, 10_000);
    let honest = witness(&claim, &nothing_netted(&claim), [2, 12, 1, 1]);
    let price = Fr::from(10).pow([20]);
    let netted = |by: u64| {
        let mut w = honest.clone();
        w.public[COMMITMENT + 2] = price;
        w.assets[0].inverse = price.invert().unwrap();
        w.scenarios[0].counted[0] = Fr::ZERO;
        let asset = &mut w.assets[0];
        asset.netted = Fr::from(by);
        let (collateral, liability) = (&mut asset.collateral, &mut asset.liability);
        collateral.rest -= Fr::from(by);
        liability.rest -= Fr::from(by);
        (collateral.value, liability.value) = (Fr::ZERO, Fr::ZERO);
        // One is rounded down, the other up.
        collateral.remainder = collateral.rest * price;
        liability.remainder = -liability.rest * price;
        accepts(&w)
    };
    assert!(netted(4));
    assert!(!netted(5) && !netted(10));
}

/// All that may count, and nothing netted.
fn nothing_netted(claim: &Claim) -> Allocation {
    let mut allocation = covenant_fixtures::fullest(claim);
    allocation.netted.fill(0);
    let assets = claim.policy.assets().len();
    assert_eq!(assets, 1);
    allocation.scenarios[0].counted[0] = 10 * 10_000 * 10_000;
    allocation
}
