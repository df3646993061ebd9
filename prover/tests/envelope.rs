//! At which later prices a verified statement still says something (docs/spec.md, section 6a): the
//! worked examples, the edges, and that no answer is given without what shows it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_circuits::numbers::Price;
use covenant_circuits::statement::Claim;
use covenant_fixtures::Vectors;
use covenant_verifier::envelope::{Envelope, Standing};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};

fn claim(case: usize, ratio: u32) -> Claim {
    covenant_fixtures::claim(&Vectors::load().list("cases")[case], ratio)
}

/// The statement of section 6.6, and that of section 6.7.
fn creditors() -> Claim {
    claim(0, 27_000)
}

fn reserve() -> Claim {
    claim(3, 11_000)
}

fn envelope(claim: &Claim) -> Envelope {
    Envelope::of(&claim.statement, &claim.policy)
}

/// The statement's prices, each of an asset of that symbol at so many basis points of it.
fn moved(claim: &Claim, moves: &[(&str, u128)]) -> Vec<Price> {
    let assets = claim.policy.assets().iter();
    for (symbol, _) in moves {
        assert!(assets.clone().any(|a| a.symbol == *symbol), "{symbol}");
    }
    assets
        .zip(claim.statement.prices())
        .map(|(asset, price)| {
            let bps = moves.iter().find(|(symbol, _)| *symbol == asset.symbol);
            let bps = bps.map_or(10_000, |(_, bps)| *bps);
            Price::new(price.get() / 10_000 * bps).unwrap()
        })
        .collect()
}

fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn inside(claim: &Claim, moves: &[(&str, u128)]) -> (u32, Vec<BigRational>) {
    match envelope(claim).at(&moved(claim, moves)).unwrap() {
        Standing::Inside { ratio_bps, weights } => {
            assert!(weights.iter().all(|w| !w.is_negative()));
            assert!(weights.iter().sum::<BigRational>().is_one(), "{weights:?}");
            (ratio_bps, weights)
        }
        outside => panic!("{moves:?}: {outside:?}"),
    }
}

/// The vector that shows it, which is checked here from the statement and the policy alone.
fn outside(claim: &Claim, moves: &[(&str, u128)]) -> Vec<BigRational> {
    let prices = moved(claim, moves);
    let Standing::Outside { vector } = envelope(claim).at(&prices).unwrap() else {
        panic!("{moves:?}: inside");
    };
    let integer = |n: u128| BigRational::from(BigInt::from(n));
    let assets = claim.policy.assets();
    let kinds = claim.statement.kinds();
    let owes = kinds.contains(&covenant_circuits::account::Kind::Liability);
    for (asset, y) in assets.iter().zip(&vector) {
        let weightless = asset.tiers.iter().all(|tier| tier.weight == 0);
        match (owes && asset.may_owe, weightless) {
            (false, false) => assert!(!y.is_negative()),
            (false, true) => assert!(y.is_zero()),
            (true, true) => assert!(!y.is_positive()),
            (true, false) => {}
        }
    }
    for j in 0..=claim.policy.scenarios() {
        let (mut left, mut right) = (BigRational::zero(), BigRational::zero());
        for (a, asset) in assets.iter().enumerate() {
            let multiplier = match j {
                0 => 10_000,
                j => u128::from(asset.multipliers[j - 1]),
            };
            left += &vector[a] * integer(prices[a].get() * 10_000);
            right += &vector[a] * integer(claim.statement.prices()[a].get()) * integer(multiplier);
        }
        assert!(left < right, "{moves:?}, scenario {j}: {left} {right}");
    }
    vector
}

#[test]
fn the_specifications_examples_come_out() {
    let falls = [("T-bill", 9_950), ("ETH", 9_000), ("BTC", 7_000)];
    let (bps, weights) = inside(&creditors(), &falls);
    assert_eq!(bps, 10_500);
    // Bitcoin fixes one half, the T-bill needs a third of the last.
    assert_eq!(weights[1], ratio(1, 2));
    assert!(weights[2] >= ratio(1, 3), "{weights:?}");
    outside(&creditors(), &[("BTC", 11_000)]);

    let (bps, weights) = inside(&reserve(), &[("BTC", 5_500)]);
    assert_eq!(bps, 10_500);
    assert_eq!(weights, [ratio(1, 2), ratio(1, 2)]);
    outside(&reserve(), &[("T-bill", 9_900)]);
}

#[test]
fn the_statements_own_prices_and_scenarios_are_inside() {
    for claim in [creditors(), reserve()] {
        let (bps, _) = inside(&claim, &[]);
        assert_eq!(bps, claim.statement.ratio().bps());
        for (j, required) in claim.policy.scenario_ratios().iter().enumerate() {
            let stressed: Vec<(&str, u128)> = claim
                .policy
                .assets()
                .iter()
                .map(|a| (a.symbol.as_str(), u128::from(a.multipliers[j])))
                .collect();
            let (bps, _) = inside(&claim, &stressed);
            assert!(bps >= u32::from(*required), "scenario {j}");
        }
    }
}

#[test]
fn edges_are_where_inside_ends() {
    for (claim, others) in [(creditors(), vec![("ETH", 9_000)]), (reserve(), vec![])] {
        let envelope = envelope(&claim);
        let margins = envelope.margins(&moved(&claim, &others)).unwrap();
        assert_eq!(margins.len(), claim.policy.assets().len());
        for margin in margins {
            let symbol = margin.symbol.as_str();
            let own = others
                .iter()
                .find(|(s, _)| *s == symbol)
                .map_or(10_000, |(_, bps)| *bps);
            let rest: Vec<(&str, u128)> = others
                .iter()
                .filter(|(other, _)| *other != symbol)
                .copied()
                .collect();
            // In millionths, so that the statement's prices are moved exactly.
            let at = |bps: u128| {
                let mut prices = moved(&claim, &rest);
                let a = claim
                    .policy
                    .assets()
                    .iter()
                    .position(|a| a.symbol == symbol)
                    .unwrap();
                let price = prices[a].get() / 10_000 * own / 10_000 * bps;
                prices[a] = Price::new(price.max(1)).unwrap();
                matches!(envelope.at(&prices).unwrap(), Standing::Inside { .. })
            };
            if let Some(bps) = margin.fall_bps {
                assert!(at(10_000 - u128::from(bps)), "{margin:?}");
                assert!(!at(10_000 - u128::from(bps) - 1), "{margin:?}");
            }
            match margin.rise_bps {
                Some(bps) => {
                    assert!(at(10_000 + u128::from(bps)), "{margin:?}");
                    assert!(!at(10_000 + u128::from(bps) + 1), "{margin:?}");
                }
                None => assert!(at(1_000_000), "{margin:?}"),
            }
        }
        assert!(envelope.at(&[]).is_err());
    }
    assert_eq!(
        envelope(&creditors())
            .margins(&moved(&creditors(), &[("BTC", 11_000)]))
            .unwrap(),
        []
    );
}
