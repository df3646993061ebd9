//! The solver, case by case.
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
use num_bigint::BigUint;

const UNIT: u128 = 10u128.pow(14);

fn problem_of(asset: AssetInput) -> Problem {
    problem(vec![asset], 5000, 1 << 79)
}

fn clause(problem: &Problem) -> Clause {
    solve(problem).unwrap_err().clause().unwrap()
}

#[test]
fn without_caps_everything_counts_and_the_threshold_is_exact() {
    // 100 at 80 %, 50 at 90 %: 125 counted. A debt of 100 at a ratio of 12 500 bps is the threshold.
    let mut problem = problem(
        vec![asset(100, WHOLE, 8000), asset(50, WHOLE, 9000)],
        12_500,
        100_000_000,
    );
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(total(&solution, 0), 125 * UNIT);
    assert_eq!(required(&problem, &solution, 0), BigUint::from(125 * UNIT));
    assert_eq!(largest_ratio(&problem, 0), Ok(Some(12_500)));
    problem.public_debt += 1;
    match solve(&problem).unwrap_err() {
        Shortfall::Uncovered {
            clause,
            scenario,
            missing,
            binding,
            ..
        } => {
            assert_eq!(
                (clause, scenario, missing),
                (Clause::S7, 0, BigUint::from(12_500u32 * 10_000))
            );
            assert_eq!(
                binding,
                [
                    Binding::Tier { asset: 0, tier: 3 },
                    Binding::Tier { asset: 1, tier: 3 }
                ]
            );
        }
        other => panic!("{other}"),
    }
    assert_eq!(largest_ratio(&problem, 0), Ok(Some(12_499)));
}

#[test]
fn ratio_at_the_threshold_holds_and_one_more_does_not() {
    let mut problem = problem(vec![asset(125, WHOLE, 10_000)], 12_500, 100_000_000);
    assert!(solve(&problem).is_ok());
    problem.ratios_bps = vec![12_501];
    assert_eq!(clause(&problem), Clause::S7);
}

#[test]
fn tiers_fill_in_order() {
    let mut one = asset(100, WHOLE, 5000);
    one.tiers[0] = TierInput {
        width: 30,
        weight_bps: 9000,
    };
    let problem = problem(vec![one], 10_000, 62_000_000);
    let solution = solve(&problem).unwrap();
    assert_eq!(
        solution.counted[0],
        [(30 * 9000 + 70 * 5000) * 10u128.pow(10)]
    );
    assert!(holds(&problem, &solution));
}

#[test]
fn asset_cap_binds() {
    // The second may be 60 %: 40 of the first allow 60.
    let mut problem = problem(
        vec![asset(40, WHOLE, 10_000), asset(1000, WHOLE, 10_000)],
        10_000,
        100_000_000,
    );
    problem.assets[1].max_share_bps = 6000;
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(total(&solution, 0), 100 * UNIT);
    assert_eq!(solution.counted[0], [40 * UNIT, 60 * UNIT]);
    let largest = largest_counted(&problem, &[0, 0], 0).unwrap();
    assert_eq!((largest.total, largest.bound), (100 * UNIT, 100 * UNIT));
    assert!(largest.binding.contains(&Binding::AssetShare { asset: 1 }));
    assert!(
        largest
            .binding
            .contains(&Binding::Tier { asset: 0, tier: 3 })
    );
    problem.public_debt += 1;
    assert_eq!(clause(&problem), Clause::S6);
}

#[test]
fn overlapping_group_caps_bind() {
    // 0 in group 0, 1 in both, 2 in group 1, 3 in none; 100 each; both groups at most 50 %.
    let mut problem = problem(vec![asset(100, WHOLE, 10_000); 4], 10_000, 300_000_000);
    for (asset, groups) in problem.assets.iter_mut().zip([1, 3, 2, 0]) {
        asset.groups = groups;
    }
    problem.groups[0].max_share_bps = 5000;
    problem.groups[1].max_share_bps = 5000;
    let largest = largest_counted(&problem, &[0; 4], 0).unwrap();
    assert_eq!(largest.total, 400 * UNIT);
    problem.groups[0].max_share_bps = 4000;
    let largest = largest_counted(&problem, &[0; 4], 0).unwrap();
    // a + s = 0.4 C and b + 100 = 0.6 C: C = 200 / 0.6, less what whole numbers cost.
    assert_eq!(largest.total / UNIT, 333);
    assert!(BigUint::from(largest.total) * 6u8 + 60_000u32 * 100 > BigUint::from(2000 * UNIT));
    assert!(largest.binding.contains(&Binding::GroupCap { group: 0 }));
    assert!(holds(&problem, &solve(&problem).unwrap()));
    problem.public_debt = 334_000_000;
    assert_eq!(clause(&problem), Clause::S6);
}

#[test]
fn floor_leaves_collateral_uncounted() {
    // A quarter has to be in group 0, where there is 10: at most 40 counts of 10 + 1000.
    let mut problem = problem(
        vec![asset(10, WHOLE, 10_000), asset(1000, WHOLE, 10_000)],
        10_000,
        40_000_000,
    );
    problem.assets[0].groups = 1;
    problem.groups[0] = GroupInput {
        min_share_bps: 2500,
        max_share_bps: 10_000,
    };
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(total(&solution, 0), 40 * UNIT);
    let largest = largest_counted(&problem, &[0, 0], 0).unwrap();
    assert!(largest.binding.contains(&Binding::GroupFloor { group: 0 }));
    problem.public_debt += 1;
    assert_eq!(clause(&problem), Clause::S6);
}

#[test]
fn floor_without_members_counts_nothing() {
    let mut problem = problem(vec![asset(10, WHOLE, 10_000)], 10_000, 0);
    problem.groups[7] = GroupInput {
        min_share_bps: 1,
        max_share_bps: 10_000,
    };
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(total(&solution, 0), 0);
    problem.public_debt = 1;
    assert_eq!(clause(&problem), Clause::S6);
    let largest = largest_counted(&problem, &[0], 0).unwrap();
    assert_eq!(
        (largest.total, largest.binding),
        (0, vec![Binding::GroupFloor { group: 7 }])
    );
}

#[test]
fn cap_of_zero_excludes() {
    let mut problem = problem(
        vec![asset(10, WHOLE, 10_000), asset(5, WHOLE, 10_000)],
        10_000,
        5_000_000,
    );
    problem.assets[0].max_share_bps = 0;
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.counted[0], [0, 5 * UNIT]);
    problem.assets[0].max_share_bps = 10_000;
    problem.assets[0].groups = 1;
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.counted[0], [0, 5 * UNIT]);
    problem.public_debt += 1;
    assert_eq!(clause(&problem), Clause::S6);
}

#[test]
fn any_whole_number_up_to_the_lines_can_count() {
    // A twentieth of what counts may be the second, whose weight divides no count that the debt takes: S5 is a bound,
    // not a sum of units at their weight.
    let mut problem = problem(
        vec![asset(95_000, MICRO, 10_000), asset(10_000, MICRO, 9760)],
        1,
        1,
    );
    problem.assets[1].max_share_bps = 500;
    let largest = largest_counted(&problem, &[0, 0], 0).unwrap();
    assert_eq!(largest.counted, [9_500_000_000_000, 500_000_000_000]);
    assert_ne!(largest.counted[1] % 9760, 0);
    assert_eq!(largest.bound, largest.total);
    problem.public_debt = 1_000_000_000;
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(total(&solution, 0), 10_000_000_000_000);
    problem.public_debt += 1;
    assert_eq!(clause(&problem), Clause::S6);
}

#[test]
fn two_assets_at_half_each_count_the_same() {
    let mut problem = problem(
        vec![
            asset(123_456_789, MICRO, 9973),
            asset(987_654_321, MICRO, 9967),
        ],
        10_000,
        123_000_000,
    );
    problem
        .assets
        .iter_mut()
        .for_each(|asset| asset.max_share_bps = 5000);
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(solution.counted[0][0], solution.counted[0][1]);
}

#[test]
fn shares_that_add_up_to_one_leave_multiples_of_a_common_one() {
    // Every count is its exact share of the total, which is a multiple of 10^4 as the shares have no common divisor.
    let weights = [(9973, 4001), (9967, 3001), (9949, 1999), (9941, 999)];
    let assets = weights.map(|(weight, share)| AssetInput {
        max_share_bps: share,
        ..asset(123_456_789_012_345 + u128::from(share), MICRO, weight)
    });
    let problem = problem(assets.to_vec(), 10_000, 200_000_000_000_000);
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(solution.counted[0][0] * 999, solution.counted[0][3] * 4001);
}

#[test]
fn netting_helps_where_the_weight_is_low() {
    let mut problem = problem(vec![asset(100, WHOLE, 5000)], 11_000, 0);
    problem.assets[0].liability = 80;
    problem.assets[0].netting = true;
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(solution.netted, [80]);
    assert_eq!(largest_ratio(&problem, 0), Ok(None));
    problem.assets[0].netting = false;
    assert_eq!(clause(&problem), Clause::S7);
    assert_eq!(largest_ratio(&problem, 0), Ok(Some(6250)));
}

#[test]
fn netting_harms_where_the_ratio_is_below_the_weight() {
    // Ratio 50 %, weight 100 %: unnetted 100 + 20 covers half of 120 + 100; netted 20 does not cover half of 20 + 100.
    let mut problem = problem(vec![asset(100, WHOLE, 10_000)], 5000, 100_000_000);
    problem.assets[0].liability = 100;
    problem.assets[0].netting = true;
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(solution.netted, [0]);
    assert_eq!(largest_ratio(&problem, 0), Ok(Some(5000)));
}

#[test]
fn netting_in_between_is_found() {
    // A ratio of 80 %. The first 500 count in full and are worth keeping, the rest at half and is worth netting:
    // 750 against 880 without netting, 500 against 480 with 500 netted, 0 against 80 with all netted.
    let mut first = asset(1000 * 10u128.pow(18), 10u128.pow(18), 5000);
    first.tiers[0] = TierInput {
        width: 500,
        weight_bps: 10_000,
    };
    first.liability = first.collateral;
    first.netting = true;
    let mut problem = problem(vec![first], 8000, 100_000_000);
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(largest_ratio(&problem, 0), Ok(Some(8333)));
    // At 125 of debt nothing is left over, and only exactly half netted will do.
    problem.public_debt = 125_000_000;
    assert!(holds(&problem, &solve(&problem).unwrap()));
    problem.public_debt += 1;
    assert_eq!(clause(&problem), Clause::S7);
    // A second scenario at 20 % of the price, where all 200 count in full: netting loses there.
    problem.public_debt = 100_000_000;
    problem.assets[0].multipliers.push(2000);
    problem.ratios_bps.push(5000);
    assert!(holds(&problem, &solve(&problem).unwrap()));
    // At 51 % it needs n <= 479.6, the base n >= 433.4; at 55 % n <= 388.9.
    problem.ratios_bps[1] = 5100;
    let solution = solve(&problem).unwrap();
    assert!(holds(&problem, &solution));
    assert_eq!(solution.counted.len(), 2);
    problem.ratios_bps[1] = 5500;
    assert_eq!(clause(&problem), Clause::S7);
}

#[test]
fn values_of_2_to_the_80_are_refused_unless_netted_away() {
    let amount = 1u128 << 80;
    let mut problem = problem(vec![asset(1, MICRO, 1), asset(amount, MICRO, 10_000)], 1, 0);
    assert_eq!(
        solve(&problem).unwrap_err(),
        Shortfall::ValueOverflow {
            asset: 1,
            which: Which::Collateral
        }
    );
    assert_eq!(clause(&problem), Clause::S4);
    problem.assets[1].liability = 1;
    problem.assets[1].netting = true;
    let solution = solve(&problem).unwrap();
    assert_eq!(solution.netted, [0, 1]);
    assert!(holds(&problem, &solution));
    // Where no netting is wanted, there is just as much as both sides need: 1 and 6.
    let mut both = asset(amount, MICRO, 10_000);
    both.liability = amount + 5;
    both.netting = true;
    let both = problem_of(both);
    let solution = solve(&both).unwrap();
    assert_eq!(solution.netted, [6]);
    assert!(holds(&both, &solution));
    problem.assets[1].collateral = amount - 1;
    problem.assets[1].netting = false;
    assert!(solve(&problem).is_ok());
    problem.assets[1].liability = amount;
    assert_eq!(
        solve(&problem).unwrap_err(),
        Shortfall::ValueOverflow {
            asset: 1,
            which: Which::Liability
        }
    );
}

#[test]
fn inputs_out_of_range_are_refused() {
    let good = problem(vec![asset(1, MICRO, 1)], 1, 0);
    assert!(solve(&good).is_ok());
    let refused = |change: &dyn Fn(&mut Problem), expected: Quantity| {
        let mut bad = good.clone();
        change(&mut bad);
        match solve(&bad).unwrap_err() {
            Shortfall::OutOfRange { quantity, .. } => assert_eq!(quantity, expected),
            other => panic!("{other}"),
        }
    };
    refused(&|p| p.public_debt = 1 << 80, Quantity::PublicDebt);
    refused(&|p| p.ratios_bps[0] = 1 << 20, Quantity::Ratio);
    refused(&|p| p.ratios_bps.clear(), Quantity::Scenario);
    refused(&|p| p.assets[0].price = 1 << 120, Quantity::Price);
    refused(&|p| p.assets[0].max_share_bps = 10_001, Quantity::Share);
    refused(&|p| p.assets[0].groups = 1 << 15, Quantity::Groups);
    refused(&|p| p.assets[0].tiers[0].width = 1 << 60, Quantity::Width);
    refused(&|p| p.assets[0].tiers[0].weight_bps = 0, Quantity::Weight);
    refused(&|p| p.assets[0].multipliers[0] = 9999, Quantity::Multiplier);
    refused(&|p| p.assets[0].multipliers.push(1), Quantity::Multiplier);
    assert!(matches!(
        largest_counted(&good, &[1], 0),
        Err(Shortfall::OutOfRange {
            quantity: Quantity::Netting,
            ..
        })
    ));
    assert!(matches!(
        largest_counted(&good, &[], 0),
        Err(Shortfall::OutOfRange {
            quantity: Quantity::Netting,
            ..
        })
    ));
    assert!(matches!(
        largest_counted(&good, &[0], 1),
        Err(Shortfall::OutOfRange {
            quantity: Quantity::Scenario,
            ..
        })
    ));
}

#[test]
fn breaking_drop() {
    // 200 against 100 at 100 %: a drop of half still covers, one basis point more does not.
    let mut problem = problem(vec![asset(200, WHOLE, 10_000)], 10_000, 100_000_000);
    assert_eq!(breaking_drop_bps(&problem, Some(0)), Ok(Some(5001)));
    assert_eq!(breaking_drop_bps(&problem, None), Ok(Some(5001)));
    // Debt in kind falls too: 200 (1 - d) against 50 + 100 (1 - d).
    problem.assets[0].liability = 100;
    problem.public_debt = 50_000_000;
    assert_eq!(breaking_drop_bps(&problem, Some(0)), Ok(Some(5001)));
    problem.public_debt = 0;
    assert_eq!(breaking_drop_bps(&problem, Some(0)), Ok(None));
    problem.public_debt = 101_000_000;
    assert!(matches!(
        breaking_drop_bps(&problem, Some(0)),
        Err(Shortfall::Uncovered { .. })
    ));
}

#[test]
fn messages_and_debug_carry_no_amounts() {
    let problem = problem(vec![asset(123_456, WHOLE, 8000)], 12_500, 987_654_321_000);
    let shortfall = solve(&problem).unwrap_err();
    assert_eq!(shortfall.to_string(), "S7: scenario 0 is not covered");
    assert!(!format!("{shortfall:?} {:?}", problem.assets).contains("123456"));
}
