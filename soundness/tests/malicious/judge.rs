//! Whether the statement of a satisfied circuit is true: S1 to S10 over the integers, from the
//! public inputs and what the decoder reads behind them. The prover's own allocation is tried
//! first; where it does not do, the solver says whether another one does.

mod clauses;
mod public;

use crate::decode::{Asset, Hashes, NoPolicy, Policy, entry};
use covenant_allocation::{AssetInput, GroupInput, Problem, TierInput, solve};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use ff::Field;
use public::Public;

/// The prover's allocation: n of each asset, and c of each by scenario and asset.
pub struct Allocation {
    pub netted: Vec<Fr>,
    pub counted: Vec<Vec<Fr>>,
}

#[derive(Debug, PartialEq, Eq)]
pub enum Verdict {
    /// No verifier takes such public inputs: they are no values of their types.
    Refused,
    True,
    /// True, but the digest is that of no policy document, for a reason that the circuit leaves
    /// to whoever holds the document.
    NoPolicy(&'static str),
    /// True, but not by the allocation that the circuit accepted: why not.
    OtherCounting(String),
    False(String),
}

pub fn judge(inputs: &[Fr], shape: Shape, hashes: &Hashes, allocation: &Allocation) -> Verdict {
    let public = Public::new(inputs, shape);
    if !public.admissible() {
        return Verdict::Refused;
    }
    let policy = match hashes.policy(public.digest()) {
        Ok(policy) => policy,
        Err(NoPolicy::Malformed(why)) => {
            return Verdict::False(format!("S8: the words of the digest have {why}"));
        }
        Err(NoPolicy::Unopened) => return Verdict::False("S8: the digest is of no policy".into()),
    };
    let problem = match problem(&public, hashes, &policy) {
        Ok(problem) => problem,
        Err(why) => return Verdict::False(why),
    };
    let why = match clauses::check(&public, &policy, &problem, allocation) {
        Ok(()) => {
            return policy
                .undocumented()
                .map_or(Verdict::True, Verdict::NoPolicy);
        }
        Err(why) => why,
    };
    let Ok(solution) = solve(&problem) else {
        return Verdict::False(why);
    };
    // What is held and reported depends on what is netted alone.
    match clauses::check_held(&public, &policy, &problem, &solution.netted) {
        Ok(()) => Verdict::OtherCounting(why),
        Err(why) => Verdict::False(why),
    }
}

/// S1, S2 and what S8 says of prices; leaves what S3 to S7 depend on.
fn problem(public: &Public<'_>, hashes: &Hashes, policy: &Policy) -> Result<Problem, String> {
    let mut totals = vec![[0u128; 2]; policy.assets.len()];
    for (m, commitment) in public.commitments().iter().enumerate() {
        if *commitment == Fr::ZERO {
            if public.kind(m) {
                return Err(format!("S1: slot {m} is unused and has a kind"));
            }
            continue;
        }
        let account = hashes.account(commitment);
        let account = account.ok_or(format!("S1: commitment {m} has no known opening"))?;
        if account.liability != public.kind(m) {
            return Err(format!(
                "S1: account {m} is of another kind than the public one"
            ));
        }
        if account.subject != *public.subject() {
            return Err(format!("S1: account {m} is of another subject"));
        }
        if !public.in_window(&account.as_of) {
            return Err(format!("S1: account {m} is outside of the window"));
        }
        let beyond = account.entries.iter().skip(public.shape.positions());
        if account.blocks > public.shape.blocks() || beyond.into_iter().any(|e| *e != Fr::ZERO) {
            return Err(format!("S1: account {m} has more positions than the shape"));
        }
        for e in account.entries.iter().filter(|e| **e != Fr::ZERO) {
            let listed = entry(e).and_then(|(id, amount)| {
                Some((policy.assets.iter().position(|a| a.id == id)?, amount))
            });
            match listed {
                Some((a, _)) if account.liability && !policy.assets[a].may_owe => {
                    return Err(format!(
                        "S2: liability {m} has an asset that may not be owed"
                    ));
                }
                Some((a, amount)) => totals[a][usize::from(account.liability)] += amount,
                None if account.liability || policy.complete => {
                    return Err(format!(
                        "S2: account {m} has an entry that is not well formed and listed"
                    ));
                }
                None => {}
            }
        }
    }
    let scenarios = public.shape.scenarios();
    if policy.ratios.iter().skip(scenarios - 1).any(|x| *x != 0)
        || policy.assets.len() > public.prices().len()
    {
        return Err("S8: the policy does not fit the shape".into());
    }
    let (prices, others) = public.prices().split_at(policy.assets.len());
    if prices.contains(&Fr::ZERO) {
        return Err("S8: the price of an asset is 0".into());
    }
    if others.iter().any(|price| *price != Fr::ZERO) {
        return Err("S8: an unused slot has a price".into());
    }
    let assets = policy.assets.iter().zip(totals).zip(prices);
    let assets = assets
        .map(|((asset, totals), price)| input(asset, totals, public::number(price), scenarios));
    let ratios = [public.ratio()]
        .into_iter()
        .chain(policy.ratios.iter().copied());
    Ok(Problem {
        assets: assets.collect(),
        groups: std::array::from_fn(|g| GroupInput {
            min_share_bps: policy.counted[g].0 as u16,
            max_share_bps: policy.counted[g].1 as u16,
        }),
        public_debt: public.debt(),
        ratios_bps: ratios.take(scenarios).map(|x| x as u32).collect(),
    })
}

fn input(asset: &Asset, totals: [u128; 2], price: u128, scenarios: usize) -> AssetInput {
    let [collateral, liability] = totals;
    AssetInput {
        collateral,
        liability,
        price,
        netting: asset.netting,
        max_share_bps: asset.share as u16,
        groups: asset.groups as u16,
        tiers: std::array::from_fn(|t| TierInput {
            width: asset.widths[t] as u64,
            weight_bps: asset.weights[t] as u16,
        }),
        multipliers: [10_000]
            .into_iter()
            .chain(asset.multipliers.iter().map(|m| *m as u32))
            .take(scenarios)
            .collect(),
    }
}
