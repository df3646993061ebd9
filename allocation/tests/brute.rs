//! The solver against a brute force over whole numbers, on tiny instances.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

mod common;

use common::*;
use covenant_allocation::*;
use proptest::prelude::*;

type RawAsset = (u128, u128, bool, (u16, u16), (u16, u16), (u32, u32));

/// Scenario 0 requires nothing; scenarios 1 and 2 have values of a few units.
fn tiny(assets: Vec<RawAsset>, groups: Vec<(u16, u16)>, ratios: (u32, u32), half: bool) -> Problem {
    let price = if half { MICRO / 2 } else { MICRO };
    let assets = assets.into_iter().map(
        |(collateral, liability, netting, (share, mask), (first, last), (m1, m2))| {
            let [first, last] = [first.max(last), first.min(last)];
            let tier = |width, weight_bps| TierInput { width, weight_bps };
            AssetInput {
                collateral,
                liability,
                price,
                netting,
                max_share_bps: share,
                groups: mask,
                tiers: [tier(1, first), tier(0, last), tier(0, last), tier(0, last)],
                multipliers: vec![10_000, m1, m2],
            }
        },
    );
    let mut problem = problem(assets.collect(), 0, 0);
    problem.ratios_bps.extend([ratios.0, ratios.1]);
    for (group, (min, max)) in problem.groups.iter_mut().zip(groups) {
        (group.min_share_bps, group.max_share_bps) = (min.min(max), min.max(max));
    }
    problem
}

fn raw_asset() -> impl Strategy<Value = RawAsset> {
    let share = prop::sample::select(vec![
        0u16, 1000, 2500, 3333, 4000, 5000, 5000, 6000, 7500, 10_000, 10_000, 10_000, 10_000,
    ]);
    let weight = prop::sample::select(vec![0u16, 1, 2, 3, 4]);
    let mask = prop_oneof![Just(0u16), 0u16..8];
    (
        0u128..4,
        0u128..4,
        any::<bool>(),
        (share, mask),
        (weight.clone(), weight),
        (0u32..3, 1u32..3),
    )
}

fn raw_groups() -> impl Strategy<Value = Vec<(u16, u16)>> {
    let limit = prop::sample::select(vec![0u16, 0, 2000, 3333, 5000, 6000, 8000, 10_000, 10_000]);
    prop::collection::vec((prop_oneof![2 => Just(0u16), 1 => limit.clone()], limit), 3)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource("regressions"))), ..ProptestConfig::default() })]

    #[test]
    fn largest_counted_is_the_largest(assets in prop::collection::vec(raw_asset(), 1..4), groups in raw_groups(), half: bool) {
        let problem = tiny(assets, groups, (0, 0), half);
        let netted = vec![0; problem.assets.len()];
        let found = largest_counted(&problem, &netted, 2).unwrap();
        let best = brute_largest(&problem, &netted, 2);
        prop_assert_eq!(found.total, best);
        prop_assert_eq!(found.bound, best);
        prop_assert_eq!(found.counted.iter().sum::<u128>(), found.total);
        prop_assert!(shares_hold(&problem, &found.counted));
    }

    #[test]
    fn solves_exactly_what_can_be_solved(
        assets in prop::collection::vec(raw_asset(), 1..4), groups in raw_groups(), half: bool,
        pick in any::<prop::sample::Index>(), around in -2i64..3, second in prop_oneof![Just(0u32), 0u32..20_000],
    ) {
        // The first stress ratio is placed at or next to the largest possible one of some netting.
        let mut problem = tiny(assets, groups, (0, second), half);
        let nettings = brute_nettings(&problem);
        let totals: Vec<_> = nettings.iter().map(|n| (brute_largest(&problem, n, 1), brute_largest(&problem, n, 2))).collect();
        let chosen = pick.index(nettings.len());
        let owed = brute_owed(&problem, &nettings[chosen], 1).max(1);
        let ratio = i64::try_from(totals[chosen].0 / owed).unwrap() + around;
        problem.ratios_bps[1] = u32::try_from(ratio.clamp(0, (1 << 20) - 1)).unwrap();
        let possible = nettings.iter().zip(&totals).any(|(n, (first, last))| {
            *first >= brute_owed(&problem, n, 1) * u128::from(problem.ratios_bps[1])
                && *last >= brute_owed(&problem, n, 2) * u128::from(problem.ratios_bps[2])
        });
        match solve(&problem) {
            Ok(solution) => {
                prop_assert!(holds(&problem, &solution));
                prop_assert!(possible);
            }
            Err(Shortfall::Uncovered { .. }) => prop_assert!(!possible),
            Err(other) => prop_assert!(false, "{other}"),
        }
    }

    #[test]
    fn largest_ratio_is_the_largest(assets in prop::collection::vec(raw_asset(), 1..4), groups in raw_groups(), half: bool) {
        let problem = tiny(assets, groups, (0, 0), half);
        let nettings = brute_nettings(&problem);
        let ratios: Option<Vec<u128>> = nettings.iter().map(|n| match brute_owed(&problem, n, 2) {
            0 => None,
            owed => Some(brute_largest(&problem, n, 2) / owed),
        }).collect();
        let expected = ratios.map(|ratios| u64::try_from(ratios.into_iter().max().unwrap()).unwrap());
        prop_assert_eq!(largest_ratio(&problem, 2).unwrap(), expected);
    }
}

/// The first of the numbers from 0 for which the problem can be solved.
fn first(to: u128, problem: impl Fn(u128) -> Problem) -> Option<u128> {
    (0..=to).find(|n| solve(&problem(*n)).is_ok())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: Some(Box::new(proptest::test_runner::FileFailurePersistence::WithSource("regressions"))), ..ProptestConfig::default() })]

    /// A micro-unit or half of one is worth a base unit here, so that the amount is exact.
    #[test]
    fn the_smallest_top_up_is_the_smallest(assets in prop::collection::vec(raw_asset(), 1..4), groups in raw_groups(), ratios in (0u32..3, 0u32..3), debt in 0u128..4, half: bool, which in 0usize..3) {
        let mut problem = tiny(assets, groups, ratios, half);
        problem.public_debt = debt;
        let which = which % problem.assets.len();
        let added = |n| {
            let mut with = problem.clone();
            with.assets[which].collateral += n;
            with
        };
        let found = smallest_top_up(&problem, which).unwrap();
        let least = first(60, added);
        match (found, least) {
            (Some(found), Some(least)) if half => prop_assert!(found >= least && found < least + 2, "{found} {least}"),
            (Some(found), None) => prop_assert!(found > 60 && solve(&added(found)).is_ok()),
            (found, least) => prop_assert_eq!(found, least),
        }
    }

    #[test]
    fn the_largest_debt_is_the_largest(assets in prop::collection::vec(raw_asset(), 1..4), groups in raw_groups(), ratios in (1u32..3, 1u32..3), half: bool) {
        let problem = tiny(assets, groups, ratios, half);
        let with = |debt| Problem { public_debt: debt, ..problem.clone() };
        let found = largest_debt(&problem).unwrap();
        prop_assert_eq!(found.is_some(), solve(&with(0)).is_ok());
        if let Some(debt) = found {
            prop_assert!(solve(&with(debt)).is_ok());
            prop_assert!(solve(&with(debt + 1)).is_err());
        }
    }
}

/// What counts for nothing still makes a claim true where it is netted against what is owed in it.
#[test]
fn a_top_up_may_be_netted() {
    let owed = (0, 1, true, (0, 0), (0, 0), (0, 1));
    let problem = tiny(vec![owed], vec![(0, 0); 3], (0, 1), false);
    assert!(solve(&problem).is_err());
    assert_eq!(smallest_top_up(&problem, 0).unwrap(), Some(1));
    let mut apart = problem;
    apart.assets[0].netting = false;
    assert_eq!(smallest_top_up(&apart, 0).unwrap(), None);
}
