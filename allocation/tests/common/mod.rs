//! What the solver's tests share: small policies, a checker of S3 to S7 written from the specification alone, and a
//! brute force over whole numbers.
#![allow(dead_code, clippy::indexing_slicing, missing_docs, unreachable_pub)]

use covenant_allocation::*;
use num_bigint::BigUint;

/// One micro-unit for each base unit.
pub const MICRO: u128 = 10u128.pow(30);
/// One whole quote unit for each base unit.
pub const WHOLE: u128 = 10u128.pow(36);

pub fn asset(collateral: u128, price: u128, weight_bps: u16) -> AssetInput {
    AssetInput {
        collateral,
        liability: 0,
        price,
        netting: false,
        max_share_bps: 10_000,
        groups: 0,
        tiers: [TierInput {
            width: 0,
            weight_bps,
        }; 4],
        multipliers: vec![10_000],
    }
}

pub fn problem(assets: Vec<AssetInput>, ratio: u32, public_debt: u128) -> Problem {
    Problem {
        assets,
        groups: [GroupInput {
            min_share_bps: 0,
            max_share_bps: 0,
        }; 15],
        public_debt,
        ratios_bps: vec![ratio],
    }
}

fn values(asset: &AssetInput, netted: u128) -> (BigUint, BigUint) {
    let unit = BigUint::from(10u8).pow(30);
    let held = BigUint::from(asset.collateral - netted) * asset.price / &unit;
    let owed = (BigUint::from(asset.liability - netted) * asset.price + &unit - 1u8) / &unit;
    (held, owed)
}

/// S6 as the specification writes it.
pub fn shares_hold(problem: &Problem, counted: &[u128]) -> bool {
    let total: BigUint = counted.iter().map(|c| BigUint::from(*c)).sum();
    let caps = problem
        .assets
        .iter()
        .zip(counted)
        .all(|(a, c)| BigUint::from(*c) * 10_000u32 <= &total * a.max_share_bps);
    caps && problem.groups.iter().enumerate().all(|(g, group)| {
        let members = problem
            .assets
            .iter()
            .zip(counted)
            .filter(|(a, _)| a.groups >> g & 1 == 1);
        let sum = members.map(|(_, c)| BigUint::from(*c)).sum::<BigUint>() * 10_000u32;
        &total * group.min_share_bps <= sum && (sum <= &total * group.max_share_bps)
    })
}

/// The counted total of a scenario.
pub fn total(solution: &Solution, j: usize) -> u128 {
    solution.counted[j].iter().sum()
}

/// The right-hand side of S7.
pub fn required(problem: &Problem, solution: &Solution, j: usize) -> BigUint {
    let owed = problem.assets.iter().zip(&solution.netted);
    owed.fold(
        BigUint::from(problem.public_debt) * 10_000u32,
        |sum, (a, n)| sum + values(a, *n).1 * a.multipliers[j],
    ) * problem.ratios_bps[j]
}

/// S3 to S7 as the specification writes them.
pub fn holds(problem: &Problem, solution: &Solution) -> bool {
    let netted = problem.assets.iter().zip(&solution.netted);
    if solution.netted.len() != problem.assets.len()
        || solution.counted.len() != problem.ratios_bps.len()
    {
        return false;
    }
    let nets = netted.clone().all(|(a, n)| {
        let most = if a.netting {
            a.collateral.min(a.liability)
        } else {
            0
        };
        *n <= most && values(a, *n).0.bits() <= 80 && values(a, *n).1.bits() <= 80
    });
    nets && (0..solution.counted.len()).all(|j| {
        let counted = &solution.counted[j];
        let lines = netted.clone().zip(counted).all(|((a, n), c)| {
            let value = values(a, *n).0 * a.multipliers[j];
            lines(a, value)
                .iter()
                .all(|line| BigUint::from(*c) <= *line)
        });
        counted.len() == problem.assets.len()
            && lines
            && shares_hold(problem, counted)
            && BigUint::from(total(solution, j)) >= required(problem, solution, j)
    })
}

/// The lines of S5, as the specification writes them.
fn lines(asset: &AssetInput, value: BigUint) -> [BigUint; 4] {
    std::array::from_fn(|l| {
        let weight = |i: usize| asset.tiers[i].weight_bps;
        let off: BigUint = (0..l)
            .map(|i| {
                let width = BigUint::from(asset.tiers[i].width) * 10u64.pow(10);
                width * (weight(i) - weight(l))
            })
            .sum();
        &value * weight(l) + off
    })
}

/// The most that an asset can count for, for values far below a tier's width.
fn most(asset: &AssetInput, netted: u128, j: usize) -> u128 {
    let lines = lines(asset, values(asset, netted).0 * asset.multipliers[j]);
    let most = u128::try_from(lines.into_iter().min().unwrap()).unwrap();
    assert!(most < 100, "too large for brute force");
    most
}

/// The largest total that obeys S6, over all whole numbers.
pub fn brute_largest(problem: &Problem, netted: &[u128], j: usize) -> u128 {
    let most: Vec<_> = problem
        .assets
        .iter()
        .zip(netted)
        .map(|(a, n)| most(a, *n, j))
        .collect();
    let mut counted = vec![0; most.len()];
    fn walk(problem: &Problem, most: &[u128], counted: &mut Vec<u128>, at: usize, best: &mut u128) {
        match most.get(at) {
            Some(largest) => (0..=*largest).for_each(|c| {
                counted[at] = c;
                walk(problem, most, counted, at + 1, best);
            }),
            None => {
                let total = counted.iter().sum();
                if total > *best && shares_hold(problem, counted) {
                    *best = total;
                }
            }
        }
    }
    let mut best = 0;
    walk(problem, &most, &mut counted, 0, &mut best);
    best
}

/// Everything S3 allows.
pub fn brute_nettings(problem: &Problem) -> Vec<Vec<u128>> {
    problem.assets.iter().fold(vec![vec![]], |prefixes, a| {
        let most = if a.netting {
            a.collateral.min(a.liability)
        } else {
            0
        };
        prefixes
            .iter()
            .flat_map(|p| (0..=most).map(move |n| p.iter().copied().chain([n]).collect()))
            .collect()
    })
}

/// 10^4 x debt + what is owed in a scenario.
pub fn brute_owed(problem: &Problem, netted: &[u128], j: usize) -> u128 {
    let owed = problem
        .assets
        .iter()
        .zip(netted)
        .map(|(a, n)| values(a, *n).1 * a.multipliers[j])
        .sum::<BigUint>();
    u128::try_from(owed + BigUint::from(problem.public_debt) * 10_000u32).unwrap()
}
