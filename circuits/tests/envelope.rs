//! What a true statement implies at later prices (docs/spec.md, section 6a), judged with the openings:
//! whatever the envelope calls inside is covered at the ratio that it tells, with values not rounded;
//! whatever it calls outside has a vector that shows it. More vectors: ENVELOPE_VECTORS=1000000.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stdout
)]

mod model_common;

use covenant_allocation::largest_ratio;
use covenant_circuits::account::Kind;
use covenant_circuits::field::to_hex;
use covenant_circuits::numbers::{ONE_IN_BPS, VALUE_DIVISOR, WIDTH_SCALE};
use covenant_circuits::policy::Asset;
use covenant_circuits::relation::{self, Allocation};
use covenant_circuits::statement::Claim;
use covenant_prover::allocate;
use covenant_verifier::envelope::{Envelope, Standing};
use model_common::{Draw, Sketch};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Signed, Zero};
use serde_json::{Value as Json, json};
use std::path::Path;

fn integer(n: impl Into<BigInt>) -> BigRational {
    BigRational::from(n.into())
}

/// A random claim that is true, its ratios at the largest that can be covered, and how it is.
fn true_claim(draw: &mut Draw) -> Option<(Sketch, Claim, Allocation)> {
    let mut sketch = Sketch::random(draw);
    let claim = sketch.claim().ok()?;
    let totals = relation::totals(&claim.policy, &claim.openings).ok()?;
    let problem = allocate::problem(&claim, &totals);
    for j in 0..claim.policy.scenarios() {
        if let Ok(Some(largest)) = largest_ratio(&problem, j) {
            // A scenario of ratio 0 requires nothing, and says nothing.
            let nothing = j > 0 && draw.chance(6);
            sketch.set_ratio(j, if nothing { 0 } else { largest.max(1) });
        }
    }
    let claim = sketch.claim().ok()?;
    let allocation = allocate::find_allocation(&claim).ok()?;
    relation::check(&claim, &allocation).ok()?;
    Some((sketch, claim, allocation))
}

/// Numbers that sum to 1: of one scenario alone, or of several.
fn mixture(draw: &mut Draw, n: usize) -> Vec<BigRational> {
    let mut parts: Vec<u64> = match draw.chance(3) {
        true => vec![0; n],
        false => (0..n).map(|_| draw.below(4)).collect(),
    };
    let one = draw.index(n);
    parts[one] += 1;
    let sum: u64 = parts.iter().sum();
    let part = |part: u64| BigRational::new(part.into(), sum.into());
    parts.into_iter().map(part).collect()
}

/// Prices as a mixture of the scenarios has them, some of them moved a little or a lot.
fn later(draw: &mut Draw, claim: &Claim) -> Vec<BigRational> {
    let weights = mixture(draw, claim.policy.scenarios());
    let prices = claim.statement.prices().iter().enumerate();
    let mixed = prices.map(|(a, price)| {
        let moves = weights.iter().enumerate();
        let moves = moves.map(|(j, weight)| weight * integer(relation::multiplier(claim, j, a)));
        integer(price.get()) * moves.sum::<BigRational>() / integer(ONE_IN_BPS)
    });
    let mut prices: Vec<BigRational> = mixed.collect();
    for price in &mut prices {
        if draw.chance(4) {
            let bps = draw.pick(&[0, 9_000, 9_999, 10_001, 11_000, 50_000]);
            *price *= BigRational::new(bps.into(), 10_000.into());
        }
    }
    prices
}

/// S5 to S7 at these prices and ratio, with values not rounded, by the mixture of what the scenarios
/// count: the statement's own openings and allocation, and nothing of the envelope but the weights.
fn assert_covered(
    claim: &Claim,
    allocation: &Allocation,
    prices: &[BigRational],
    ratio_bps: u32,
    weights: &[BigRational],
) {
    assert!(weights.iter().all(|w| !w.is_negative()));
    assert!(weights.iter().sum::<BigRational>().is_one());
    let totals = relation::totals(&claim.policy, &claim.openings).unwrap();
    let assets = claim.policy.assets();
    let value = |amount: u128, a: usize| integer(amount) * &prices[a] / integer(VALUE_DIVISOR);
    let counted: Vec<BigRational> = (0..assets.len())
        .map(|a| {
            let scenarios = allocation.scenarios.iter().zip(weights);
            scenarios
                .map(|(j, weight)| weight * integer(j.counted[a]))
                .sum()
        })
        .collect();
    let total: BigRational = counted.iter().sum();
    let one = integer(ONE_IN_BPS);
    let mut owed = integer(claim.statement.public_debt().get()) * &one;
    for (a, asset) in assets.iter().enumerate() {
        let netted = allocation.netted[a];
        let held = value(totals[a].collateral - netted, a);
        owed += value(totals[a].liability - netted, a) * &one;
        for l in 0..asset.tiers.len() {
            let weight = asset.tiers[l].weight;
            let offset: BigRational = asset.tiers[..l]
                .iter()
                .map(|tier| {
                    integer(tier.weight - weight) * integer(tier.width) * integer(WIDTH_SCALE)
                })
                .sum();
            let line = &held * &one * integer(weight) + offset;
            assert!(counted[a] <= line, "S5, {}, line {l}", asset.name);
        }
        let most = &total * integer(asset.max_share);
        assert!(&counted[a] * &one <= most, "S6, {}", asset.name);
    }
    for (g, rule) in claim.policy.groups().iter().enumerate() {
        let members = assets.iter().zip(&counted);
        let members = members.filter(|(asset, _)| asset.groups >> g & 1 == 1);
        let part = members.map(|(_, c)| c).sum::<BigRational>() * &one;
        let (least, most) = (
            &total * integer(rule.min_share),
            &total * integer(rule.max_share),
        );
        assert!(part >= least && part <= most, "S6, group {g}");
    }
    assert!(total >= owed * integer(ratio_bps), "S7");
}

/// The vector's signs, and that it separates the prices from every scenario's.
fn assert_shown(claim: &Claim, prices: &[BigRational], vector: &[BigRational]) {
    let owes = claim.statement.kinds().contains(&Kind::Liability);
    for (asset, y) in claim.policy.assets().iter().zip(vector) {
        let weightless = asset.tiers.iter().all(|tier| tier.weight == 0);
        match (owes && asset.may_owe, weightless) {
            (false, false) => assert!(!y.is_negative()),
            (false, true) => assert!(y.is_zero()),
            (true, true) => assert!(!y.is_positive()),
            (true, false) => {}
        }
    }
    let left: BigRational = vector.iter().zip(prices).map(|(y, q)| y * q).sum();
    let left = left * integer(ONE_IN_BPS);
    let ratios = claim.policy.scenario_ratios();
    for j in (0..claim.policy.scenarios()).filter(|j| *j == 0 || ratios[j - 1] > 0) {
        let proved = claim.statement.prices().iter().enumerate();
        let right: BigRational = proved
            .map(|(a, p)| {
                &vector[a] * integer(p.get()) * integer(relation::multiplier(claim, j, a))
            })
            .sum();
        assert!(left < right, "scenario {j}");
    }
}

/// How often there was something of what makes it hard, among vectors that are inside.
#[derive(Default, Debug)]
struct Tally {
    inside: u32,
    outside: u32,
    owing: u32,
    by_a_mixture: u32,
    netted: u32,
    with_a_floor: u32,
    with_a_weightless_asset: u32,
    with_a_scenario_of_ratio_0: u32,
}

impl Tally {
    fn add(&mut self, claim: &Claim, allocation: &Allocation, weights: &[BigRational]) {
        let policy = &claim.policy;
        let assets = policy.assets();
        let owes = claim.statement.kinds().contains(&Kind::Liability);
        let weightless = |a: &Asset| a.tiers.iter().all(|tier| tier.weight == 0);
        for (count, of) in [
            (&mut self.inside, true),
            (&mut self.owing, owes && assets.iter().any(|a| a.may_owe)),
            (&mut self.by_a_mixture, weights.iter().all(|w| !w.is_one())),
            (&mut self.netted, allocation.netted.iter().any(|n| *n > 0)),
            (
                &mut self.with_a_floor,
                policy.groups().iter().any(|g| g.min_share > 0),
            ),
            (
                &mut self.with_a_weightless_asset,
                assets.iter().any(weightless),
            ),
            (
                &mut self.with_a_scenario_of_ratio_0,
                policy.scenario_ratios().contains(&0),
            ),
        ] {
            *count += u32::from(of);
        }
    }

    /// Without enough of each, it would say little.
    fn check(&self, count: u32) {
        println!("{self:?}");
        for n in [self.inside, self.outside, self.owing, self.by_a_mixture] {
            assert!(n * 20 > count, "{self:?}");
        }
        for n in [
            self.netted,
            self.with_a_floor,
            self.with_a_weightless_asset,
            self.with_a_scenario_of_ratio_0,
        ] {
            assert!(n * 100 > count, "{self:?}");
        }
    }
}

#[test]
fn what_is_inside_is_covered_and_what_is_outside_is_shown() {
    let count = std::env::var("ENVELOPE_VECTORS").map_or(4_000, |n| n.parse().unwrap());
    let mut draw = Draw(1);
    let mut tally = Tally::default();
    while tally.inside + tally.outside < count {
        let Some((_, claim, allocation)) = true_claim(&mut draw) else {
            continue;
        };
        let envelope = Envelope::of(&claim.statement, &claim.policy);
        for _ in 0..20 {
            let prices = later(&mut draw, &claim);
            match envelope.at_exactly(&prices).unwrap() {
                Standing::Inside { ratio_bps, weights } => {
                    assert_covered(&claim, &allocation, &prices, ratio_bps, &weights);
                    tally.add(&claim, &allocation, &weights);
                }
                Standing::Outside { vector } => {
                    assert_shown(&claim, &prices, &vector);
                    tally.outside += 1;
                }
            }
        }
    }
    tally.check(count);
}

fn fractions(numbers: &[BigRational]) -> Vec<String> {
    numbers.iter().map(ToString::to_string).collect()
}

/// Where later prices of a claim are, and what shows it.
fn placed(claim: &Claim, draw: &mut Draw) -> Json {
    let prices = later(draw, claim);
    let envelope = Envelope::of(&claim.statement, &claim.policy);
    let mut line = json!({ "prices": fractions(&prices) });
    match envelope.at_exactly(&prices).unwrap() {
        Standing::Inside { ratio_bps, weights } => {
            line["ratio_bps"] = ratio_bps.into();
            line["weights"] = fractions(&weights).into();
        }
        Standing::Outside { vector } => line["vector"] = fractions(&vector).into(),
    }
    line
}

/// Where `make model` reads, under target/.
const OUTPUT: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../target/model/envelope.jsonl"
);

#[test]
#[ignore = "writes the prices that `make model` compares"]
fn prices_for_the_model() {
    let setting = |name: &str, default: u64| -> u64 {
        std::env::var(name).map_or(default, |x| x.parse().unwrap())
    };
    let (count, seed) = (setting("MODEL_CLAIMS", 1_000), setting("MODEL_SEED", 1));
    let mut draw = Draw(seed);
    let mut lines = String::new();
    let mut written = 0;
    while written < count {
        let Some((sketch, claim, _)) = true_claim(&mut draw) else {
            continue;
        };
        let mut line = sketch.json();
        line["policy_digest"] = to_hex(&sketch.policy().digest()).into();
        line["verdict"] = true.into();
        let placed: Vec<Json> = (0..5).map(|_| placed(&claim, &mut draw)).collect();
        line["placed"] = placed.into();
        lines.push_str(&format!("{line}\n"));
        written += 1;
    }
    std::fs::create_dir_all(Path::new(OUTPUT).parent().unwrap()).unwrap();
    std::fs::write(OUTPUT, lines).unwrap();
}
