//! The solver at real magnitudes: what it loses to whole numbers, and how long it takes.
#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    clippy::unwrap_used,
    missing_docs
)]

mod common;

use std::time::Instant;

use common::*;
use covenant_allocation::*;

/// A fixed linear congruential sequence, so that every run sees the same portfolios.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % limit
    }
}

/// Assets with tiers, caps that bind, overlapping groups with caps and floors, stress scenarios; every `every`-th asset
/// is netted.
fn portfolio(seed: u64, assets: usize, scenarios: usize, every: Option<usize>) -> Problem {
    let mut numbers = Numbers(seed);
    let assets: Vec<_> = (0..assets)
        .map(|index| {
            let amount = u128::from(numbers.below(2_000_000_000))
                * 1_000_000_007
                * u128::from(1 + numbers.below(1000));
            let first = 7000 + 50 * u16::try_from(numbers.below(60)).unwrap();
            let [second, third, last] = [first - 500, first - 1350, first / 2];
            let tier = |width, weight_bps| TierInput { width, weight_bps };
            let mut one = asset(
                amount,
                10u128.pow(18) * u128::from(1 + numbers.below(5000)) / 7,
                last,
            );
            one.tiers = [
                tier(numbers.below(300_000_000), first),
                tier(200_000_000, second),
                tier(numbers.below(2) * 500_000_000, third),
                tier(0, last),
            ];
            one.max_share_bps = 100 + 50 * u16::try_from(numbers.below(30)).unwrap();
            one.groups = u16::try_from(numbers.below(1 << 15) & numbers.below(1 << 15)).unwrap();
            one.multipliers = (0..scenarios)
                .map(|j| {
                    if j == 0 {
                        10_000
                    } else {
                        2000 + u32::try_from(numbers.below(9000)).unwrap()
                    }
                })
                .collect();
            if every.is_some_and(|every| index % every == 0) {
                one.netting = true;
                one.liability = amount / u128::from(1 + numbers.below(4));
            }
            one
        })
        .collect();
    let mut problem = problem(assets, 0, 0);
    problem.ratios_bps = vec![0; scenarios];
    for (g, group) in problem.groups.iter_mut().enumerate() {
        *group = match g % 3 {
            0 => GroupInput {
                min_share_bps: 0,
                max_share_bps: 3000,
            },
            1 => GroupInput {
                min_share_bps: 500,
                max_share_bps: 10_000,
            },
            _ => GroupInput {
                min_share_bps: 1500,
                max_share_bps: 4000,
            },
        };
    }
    problem
}

#[test]
fn whole_numbers_cost_next_to_nothing() {
    for seed in 0..6 {
        let problem = portfolio(seed, 24, 2, None);
        for scenario in 0..2 {
            let largest = largest_counted(&problem, &[0; 24], scenario).unwrap();
            assert!(shares_hold(&problem, &largest.counted));
            // 10^8 units are one micro-unit of the quote currency.
            assert!(largest.bound - largest.total < 100_000_000);
        }
    }
}

#[test]
fn sixty_four_assets_and_eight_scenarios() {
    for (seed, every) in [(1, None), (2, None), (3, Some(16)), (4, Some(8))] {
        let mut problem = portfolio(seed, 64, 8, every);
        problem.public_debt = 100_000_000_000_000;
        let start = Instant::now();
        let best: Vec<_> = (0..8)
            .map(|j| largest_counted(&problem, &[0; 64], j).unwrap())
            .collect();
        println!(
            "portfolio {seed}: the most of eight scenarios in {:?}",
            start.elapsed()
        );
        assert!(
            best.iter()
                .all(|best| best.bound - best.total < 100_000_000)
        );
        let ratios: Vec<_> = (0..8)
            .map(|j| largest_ratio(&problem, j).unwrap().unwrap())
            .collect();
        for percent in [70, 99, 102] {
            problem.ratios_bps = ratios
                .iter()
                .map(|ratio| u32::try_from(ratio * percent / 100).unwrap())
                .collect();
            let start = Instant::now();
            let solved = solve(&problem);
            println!(
                "portfolio {seed} at {percent} % of the largest ratios: {:?}",
                start.elapsed()
            );
            match solved {
                Ok(solution) => assert!(percent < 100 && holds(&problem, &solution)),
                Err(shortfall) => {
                    // With netting, scenarios may want different amounts.
                    assert!(percent > 100 || every.is_some(), "{shortfall}");
                    assert!(
                        matches!(shortfall, Shortfall::Uncovered { .. }),
                        "{shortfall}"
                    );
                }
            }
        }
    }
}
