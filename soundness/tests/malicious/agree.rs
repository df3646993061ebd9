//! The fuzzer's judge and decoder against the native relation, on claims of the crate's own
//! types. Neither reads the other's code; the solver, which is common to both, is used for
//! other allocations alone.

use crate::decode::Hashes;
use crate::judge::{Allocation, Verdict, judge};
use crate::rng::Rng;
use crate::shapes;
use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::field::Fr;
use covenant_circuits::ident::{Context, SubjectId, TAG_POLICY, ascii_tag};
use covenant_circuits::numbers::{Price, Ratio, Value};
use covenant_circuits::policy::{AssetWords, Policy};
use covenant_circuits::poseidon;
use covenant_circuits::relation;
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_prover::allocate;
use ff::{Field, PrimeField};
use num_traits::CheckedDiv;
use serde_json::json;

/// Claims of each shape.
const CLAIMS: u64 = 300;

const LISTED: [&str; 3] = ["iso4217:EUR", "isin:US912797QD26", "eip155:1/slip44:60"];
const UNLISTED: &str = "isin:UNLISTED";

fn policy(shape: Shape, rng: &mut Rng) -> Policy {
    let names = LISTED.iter().take(shape.assets());
    let complete = rng.one_in(3);
    let asset = |name: &&str| {
        let width = 1 + rng.next() % 50;
        let held = if complete {
            rng.pick(&[10_000, 10_000, 9_000])
        } else {
            10_000
        };
        json!({
            "asset": name, "symbol": "X", "decimals": 6,
            "netting": !complete && rng.one_in(2), "may_owe": !rng.one_in(12),
            "max_share_bps": rng.pick(&[10_000, 10_000, 10_000, 9_000]),
            "max_held_share_bps": held,
            "groups": if rng.one_in(3) { vec!["g"] } else { vec![] },
            "tiers": [
                {"up_to": width, "weight_bps": rng.pick(&[10_000, 9_000])},
                {"up_to": width + 1 + rng.next() % 50, "weight_bps": rng.pick(&[9_000, 5_000])},
                {"weight_bps": rng.pick(&[5_000, 1, 0])},
            ],
        })
    };
    let assets: Vec<_> = names.clone().map(asset).collect();
    let scenario = |j: usize| {
        let moves = names.clone().map(|name| {
            let by = rng.pick(&[0i64, 0, -1_000, -5_000, 3_000]);
            ((*name).to_owned(), json!(by))
        });
        let moves: serde_json::Map<_, _> = moves.collect();
        let ratio = rng.pick(&[0, 5_000, 10_000]);
        json!({"name": format!("s{j}"), "min_ratio_bps": ratio, "moves_bps": moves})
    };
    let scenarios: Vec<_> = (1..shape.scenarios()).map(scenario).collect();
    let (least, most) = rng.pick(&[(0, 10_000), (0, 10_000), (0, 6_000), (100, 10_000)]);
    let grain = if complete { rng.pick(&[0, 1, 20]) } else { 0 };
    let held = if complete {
        rng.pick(&[(0, 10_000), (0, 9_000), (50, 10_000)])
    } else {
        (0, 10_000)
    };
    let document = json!({
        "version": 2, "name": "random", "quote": "iso4217:USD",
        "min_ratio_bps": 1, "ratio_step_bps": 1,
        "complete": complete, "report_grain": grain,
        "assets": assets,
        "groups": [{
            "name": "g", "min_share_bps": least, "max_share_bps": most,
            "min_held_share_bps": held.0, "max_held_share_bps": held.1, "report": grain > 0,
        }],
        "scenarios": scenarios,
    });
    Policy::from_json(&document.to_string()).unwrap()
}

/// The first account mostly holds, the others owe.
fn openings(shape: Shape, rng: &mut Rng) -> Vec<Opening> {
    let opening = |m: usize| {
        let holds = m == 0 && !rng.one_in(6);
        let count = rng.below(shape.positions() + 1);
        // Rather few, so that some fit any complete policy.
        let count = if rng.one_in(2) { count.min(2) } else { count };
        let positions: Vec<(&str, u128)> = (0..count)
            .map(|_| {
                let unlisted = rng.one_in(if holds { 6 } else { 24 });
                let listed = LISTED[rng.below(shape.assets())];
                let bits = if holds { 40 } else { 24 };
                let amount = match rng.below(24) {
                    0 => (1 << 112) - 1,
                    1..4 => u128::from(rng.next() & 1),
                    _ => rng.bits(bits) >> rng.below(16),
                };
                (if unlisted { UNLISTED } else { listed }, amount)
            })
            .collect();
        let kind = if holds {
            Kind::Collateral
        } else {
            Kind::Liability
        };
        covenant_fixtures::account(kind, &positions)
    };
    (0..shape.accounts()).map(opening).collect()
}

/// What a claim leaves open beside its policy and accounts.
fn parts(policy: &Policy, rng: &mut Rng) -> ClaimParts {
    const UNIT: u128 = 10u128.pow(30);
    let price = |_| Price::new(rng.pick(&[UNIT, UNIT, UNIT - 1, 3 * UNIT, 1])).unwrap();
    let prices = policy.assets().iter().map(price).collect();
    ClaimParts {
        subject: match rng.below(24) {
            0 => SubjectId::of("lei:OTHER").unwrap(),
            _ => covenant_fixtures::subject(),
        },
        window: {
            // The accounts are of 1790000000.
            let (before, after) = (rng.pick(&[0, 0, 60]), rng.pick(&[0, 0, 60]));
            let off = u64::from(rng.one_in(24)) * 61;
            Window::new(1_790_000_000 + off - before, 1_790_000_000 + off + after).unwrap()
        },
        public_debt: Value::new(u128::from(rng.next() % 1_000)).unwrap(),
        ratio: Ratio::new(1 + rng.next() as u32 % 20_000).unwrap(),
        context: Context::of("random"),
        prices,
    }
}

/// The relation's own allocation where there is one.
fn allocation(claim: &Claim) -> relation::Allocation {
    allocate::find_allocation(claim).unwrap_or_else(|_| covenant_fixtures::fullest(claim))
}

/// The largest ratio that an allocation covers.
fn edge(claim: &Claim, allocation: &relation::Allocation) -> Option<u32> {
    let totals = relation::totals(&claim.policy, &claim.openings).ok()?;
    let prices = claim.statement.prices();
    let values = relation::values(&claim.policy, prices, &totals, &allocation.netted).ok()?;
    let total: u128 = allocation.scenarios.first()?.counted.iter().sum();
    let total = num_bigint::BigUint::from(total);
    total
        .checked_div(&relation::obligations(claim, &values, 0))?
        .try_into()
        .ok()
}

/// The inputs of every hash behind a claim's commitments and digest.
fn hashes(claim: &Claim) -> Hashes {
    let mut taken = Vec::new();
    let mut hash = |inputs: &[Fr]| {
        let mut all = [Fr::ZERO; 16];
        all[..inputs.len()].copy_from_slice(inputs);
        taken.push(all);
        poseidon::hash(all)
    };
    for opening in &claim.openings {
        let entries = opening.entries();
        let (first, rest) = entries.split_at(entries.len().min(12));
        let before = hash(&[&opening.header()[..], first].concat());
        rest.chunks(15)
            .fold(before, |h, block| hash(&[&[h], block].concat()));
    }
    let header = claim.policy.header_words();
    let tag = ascii_tag(TAG_POLICY);
    let shares = [header.mins, header.maxs, header.held_mins, header.held_maxs];
    let before = hash(
        &[
            &[tag, header.terms, header.ratios, header.header],
            &shares[..],
        ]
        .concat(),
    );
    claim.policy.assets().chunks(5).fold(before, |h, assets| {
        let words = assets.iter().map(AssetWords::of);
        let words: Vec<Fr> = words
            .flat_map(|words| [words.w1, words.w2, words.w3])
            .collect();
        hash(&[&[h], &words[..]].concat())
    });
    Hashes::of(taken)
}

fn judged(claim: &Claim, allocation: &relation::Allocation, shape: Shape) -> Verdict {
    let counted = |s: &relation::Counted| s.counted.iter().map(|c| Fr::from_u128(*c)).collect();
    let allocation = Allocation {
        netted: allocation
            .netted
            .iter()
            .map(|n| Fr::from_u128(*n))
            .collect(),
        counted: allocation.scenarios.iter().map(counted).collect(),
    };
    let inputs = claim.statement.public_inputs(&shape).unwrap();
    judge(&inputs, shape, &hashes(claim), &allocation)
}

#[test]
fn c9_the_judge_agrees_with_the_relation() {
    for shape in shapes() {
        // True, false, and true by another allocation than the one that is given.
        let mut seen = [0; 3];
        for number in 0..CLAIMS {
            let rng = &mut Rng::new(1, number);
            let policy = policy(shape, rng);
            let openings = openings(shape, rng);
            let mut parts = parts(&policy, rng);
            let make = |parts: &ClaimParts| {
                Claim::new(policy.clone(), openings.clone(), parts.clone()).unwrap()
            };
            let mut claim = make(&parts);
            // Most claims stand at the edge of what is covered, or one beyond it.
            if !rng.one_in(4)
                && let Some(edge) = edge(&claim, &allocation(&claim))
                && let Ok(ratio) = Ratio::new(edge + rng.next() as u32 % 2)
            {
                parts.ratio = ratio;
                claim = make(&parts);
                if rng.one_in(4) {
                    let debt = parts.public_debt.get() + 1;
                    parts.public_debt = Value::new(debt).unwrap();
                    claim = make(&parts);
                }
            }
            let mut given = allocation(&claim);
            if rng.one_in(6) {
                let scenario = rng.below(given.scenarios.len());
                let first = given.scenarios[scenario].counted.first_mut();
                match (rng.below(3), given.netted.first_mut(), first) {
                    (0, Some(netted), _) => *netted += 1,
                    (1, _, Some(counted)) => *counted += 1,
                    (_, _, Some(counted)) => *counted = 0,
                    _ => {}
                }
            }
            let native = relation::check(&claim, &given);
            let verdict = judged(&claim, &given, shape);
            let other = allocate::find_allocation(&claim).ok();
            let other = other.filter(|other| relation::check(&claim, other).is_ok());
            let expected = match (&native, other) {
                (Ok(()), _) => 0,
                (Err(_), None) => 1,
                (Err(_), Some(_)) => 2,
            };
            let got = match verdict {
                Verdict::True => 0,
                Verdict::False(_) => 1,
                Verdict::OtherCounting(_) => 2,
                _ => 3,
            };
            assert_eq!(
                got, expected,
                "{shape} claim {number}: {verdict:?}, {native:?}"
            );
            seen[got] += 1;
        }
        println!(
            "{shape}: {} true, {} false, {} by another allocation",
            seen[0], seen[1], seen[2]
        );
        assert!(
            seen[0] >= 20 && seen[1] >= 20 && seen[2] > 0,
            "{shape}: {seen:?}"
        );
    }
}
