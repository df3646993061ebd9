//! At which later prices a verified statement still says something (docs/spec.md, section 6a): the
//! worked examples, the edges, and that no answer is given without what shows it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

use covenant_circuits::numbers::Price;
use covenant_circuits::statement::Claim;
use covenant_fixtures::Vectors;
use covenant_verifier::envelope::{Envelope, PricesError, Standing};
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
fn moved(claim: &Claim, moves: &[(&str, u128)]) -> Vec<BigRational> {
    let assets = claim.policy.assets().iter();
    for (symbol, _) in moves {
        assert!(assets.clone().any(|a| a.symbol == *symbol), "{symbol}");
    }
    assets
        .zip(claim.statement.prices())
        .map(|(asset, price)| {
            let bps = moves.iter().find(|(symbol, _)| *symbol == asset.symbol);
            let bps = bps.map_or(10_000, |(_, bps)| *bps);
            BigRational::new(BigInt::from(price.get()) * bps, 10_000.into())
        })
        .collect()
}

/// The same as prices of the statement's unit, which they must be whole in.
fn whole(prices: &[BigRational]) -> Vec<Price> {
    let whole = |price: &BigRational| {
        assert!(price.is_integer(), "{price}");
        Price::new(u128::try_from(price.to_integer()).unwrap()).unwrap()
    };
    prices.iter().map(whole).collect()
}

fn ratio(n: i64, d: i64) -> BigRational {
    BigRational::new(n.into(), d.into())
}

fn inside(claim: &Claim, moves: &[(&str, u128)]) -> (u32, Vec<BigRational>) {
    match envelope(claim).at_exactly(&moved(claim, moves)).unwrap() {
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
    let Standing::Outside { vector } = envelope(claim).at_exactly(&prices).unwrap() else {
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
    for j in 0..claim.policy.scenarios() {
        let (mut left, mut right) = (BigRational::zero(), BigRational::zero());
        for (a, asset) in assets.iter().enumerate() {
            let multiplier = match j {
                0 => 10_000,
                j => u128::from(asset.multipliers[j - 1]),
            };
            left += &vector[a] * &prices[a] * integer(10_000);
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
    let falls = vec![("T-bill", 9_950), ("ETH", 9_000), ("BTC", 7_000)];
    let cases = [
        (creditors(), vec![]),
        (creditors(), falls),
        (reserve(), vec![]),
        (reserve(), vec![("BTC", 5_500)]),
    ];
    let (mut falling, mut rising, mut unbounded) = (0, 0, 0);
    for (claim, others) in cases {
        let envelope = envelope(&claim);
        let prices = moved(&claim, &others);
        let margins = envelope.margins(&whole(&prices)).unwrap();
        assert_eq!(margins.len(), claim.policy.assets().len());
        for (a, margin) in margins.iter().enumerate() {
            let at = |bps: u64| {
                let mut prices = prices.clone();
                prices[a] *= BigRational::new(bps.into(), 10_000.into());
                let standing = envelope.at_exactly(&prices).unwrap();
                matches!(standing, Standing::Inside { .. })
            };
            match margin.fall_bps {
                Some(bps) => {
                    assert!(at(10_000 - u64::from(bps)), "{margin:?}");
                    assert!(!at(10_000 - u64::from(bps) - 1), "{margin:?}");
                    falling += 1;
                }
                None => assert!(at(0), "{margin:?}"),
            }
            match margin.rise_bps {
                Some(bps) => {
                    assert!(at(10_000 + bps), "{margin:?}");
                    assert!(!at(10_000 + bps + 1), "{margin:?}");
                    rising += 1;
                }
                None => {
                    assert!(at(1_000_000), "{margin:?}");
                    unbounded += 1;
                }
            }
        }
    }
    assert!(falling > 3 && rising > 3 && unbounded > 3);
}

#[test]
fn prices_that_are_no_vector_of_the_policy_are_refused() {
    let (claim, envelope) = (creditors(), envelope(&creditors()));
    let none = PricesError::Count {
        expected: 4,
        got: 0,
    };
    assert_eq!(envelope.at(&[]), Err(none));
    assert_eq!(envelope.margins(&[]), Err(none));
    let mut prices = moved(&claim, &[]);
    prices[2] = -BigRational::one();
    let below = PricesError::Negative { index: 2 };
    assert_eq!(envelope.at_exactly(&prices), Err(below));
    // Of prices outside there are no margins.
    let rise = moved(&claim, &[("BTC", 11_000)]);
    assert_eq!(envelope.margins(&whole(&rise)), Ok(Vec::new()));
}
