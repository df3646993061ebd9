//! Whether the statement of a satisfied circuit is true: S1 to S9 over the integers, from the
//! public inputs and what the decoder reads behind them. The prover's own allocation is tried
//! first; where it does not do, the solver says whether another one does.

use crate::decode::{Asset, Hashes, NoPolicy, Policy, entry, integer};
use covenant_allocation::{AssetInput, GroupInput, Problem, TierInput, solve};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use ff::Field;
use num_bigint::BigUint;
use num_integer::Integer;

/// The prover's allocation: n of each asset, and what is in each tier by scenario and asset.
pub struct Allocation {
    pub netted: Vec<Fr>,
    pub tiers: Vec<Vec<[Fr; 4]>>,
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

/// The public inputs by name.
struct Public<'a> {
    inputs: &'a [Fr],
    shape: Shape,
}

impl Public<'_> {
    fn named(&self) -> usize {
        self.inputs.len() - self.shape.accounts() - self.shape.assets()
    }
    fn commitments(&self) -> &[Fr] {
        &self.inputs[self.named()..self.named() + self.shape.accounts()]
    }
    fn prices(&self) -> &[Fr] {
        &self.inputs[self.named() + self.shape.accounts()..]
    }
    fn kind(&self, account: usize) -> bool {
        integer(&self.inputs[6]).bit(account as u64)
    }
    /// The ranges of docs/spec.md, sections 2 and 3, which the verifier's types keep; no account
    /// occurs twice.
    fn admissible(&self) -> bool {
        let below = |x: &Fr, bits: u64| integer(x).bits() <= bits;
        let [subject, as_of, _, debt, ratio, context, kinds, ..] = self.inputs else {
            return false;
        };
        let mut used: Vec<BigUint> = self.commitments().iter().map(integer).collect();
        used.retain(|k| *k != BigUint::ZERO);
        let count = used.len();
        used.sort();
        used.dedup();
        below(subject, 248)
            && below(context, 248)
            && below(as_of, 64)
            && below(debt, 80)
            && below(ratio, 20)
            && *ratio != Fr::ZERO
            && below(kinds, self.shape.accounts() as u64)
            && self.prices().iter().all(|p| below(p, 120))
            && used.len() == count
    }
}

pub fn judge(inputs: &[Fr], shape: Shape, hashes: &Hashes, allocation: &Allocation) -> Verdict {
    let public = Public { inputs, shape };
    if !public.admissible() {
        return Verdict::Refused;
    }
    let policy = match hashes.policy(&inputs[2]) {
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
    let why = match check(&problem, allocation) {
        Ok(()) => {
            return policy
                .undocumented()
                .map_or(Verdict::True, Verdict::NoPolicy);
        }
        Err(why) => why,
    };
    match solve(&problem) {
        Ok(_) => Verdict::OtherCounting(why),
        Err(_) => Verdict::False(why),
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
        if (account.subject, account.as_of) != (public.inputs[0], public.inputs[1]) {
            return Err(format!("S1: account {m} is of another subject or time"));
        }
        if account.entries.len() > public.shape.positions() {
            return Err(format!("S1: account {m} has more positions than the shape"));
        }
        for e in account.entries.iter().filter(|e| **e != Fr::ZERO) {
            let listed = entry(e).and_then(|(id, amount)| {
                Some((policy.assets.iter().position(|a| a.id == id)?, amount))
            });
            match listed {
                Some((a, amount)) => totals[a][usize::from(account.liability)] += amount,
                None if account.liability => {
                    return Err(format!(
                        "S2: liability {m} has an entry that is not well formed and listed"
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
    let mut assets = Vec::new();
    for ((asset, [collateral, liability]), price) in
        policy.assets.iter().zip(totals).zip(public.prices())
    {
        let price: u128 = integer(price).try_into().unwrap();
        if price == 0 {
            return Err("S8: the price of an asset is 0".into());
        }
        assets.push(input(asset, [collateral, liability], price, scenarios));
    }
    let number = |row: usize| u128::try_from(integer(&public.inputs[row])).unwrap();
    let ratios = [number(4)].into_iter().chain(policy.ratios.iter().copied());
    Ok(Problem {
        assets,
        groups: std::array::from_fn(|g| GroupInput {
            min_share_bps: policy.shares[g].0 as u16,
            max_share_bps: policy.shares[g].1 as u16,
        }),
        public_debt: number(3),
        ratios_bps: ratios.take(scenarios).map(|x| x as u32).collect(),
    })
}

fn input(asset: &Asset, totals: [u128; 2], price: u128, scenarios: usize) -> AssetInput {
    let [collateral, liability] = totals;
    AssetInput {
        collateral,
        liability,
        price,
        netting: asset.netting == 1,
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

/// S3 to S7 with the allocation given.
fn check(problem: &Problem, allocation: &Allocation) -> Result<(), String> {
    let unit = BigUint::from(10u8).pow(30);
    let mut values = Vec::new();
    for (a, (asset, netted)) in problem.assets.iter().zip(&allocation.netted).enumerate() {
        let netted = integer(netted);
        let [held, owed] = [asset.collateral, asset.liability].map(BigUint::from);
        if netted > held || netted > owed || (!asset.netting && netted != BigUint::ZERO) {
            return Err(format!("S3: more of asset {a} is netted than may be"));
        }
        let held = ((held - &netted) * asset.price).div_floor(&unit);
        let owed = ((owed - &netted) * asset.price).div_ceil(&unit);
        if held.bits() > 80 || owed.bits() > 80 {
            return Err(format!("S4: asset {a} has a value of more than 80 bits"));
        }
        values.push((held, owed));
    }
    for (j, (ratio, tiers)) in problem.ratios_bps.iter().zip(&allocation.tiers).enumerate() {
        scenario(problem, &values, j, *ratio, tiers)?;
    }
    Ok(())
}

/// S5 to S7 in a scenario.
fn scenario(
    problem: &Problem,
    values: &[(BigUint, BigUint)],
    j: usize,
    ratio: u32,
    tiers: &[[Fr; 4]],
) -> Result<(), String> {
    let mut owed = BigUint::from(problem.public_debt) * 10_000u32;
    let mut counted = Vec::new();
    for (a, ((asset, (v, o)), tiers)) in problem.assets.iter().zip(values).zip(tiers).enumerate() {
        let tiers = tiers.map(|x| integer(&x));
        let over = tiers
            .iter()
            .zip(&asset.tiers)
            .take(3)
            .any(|(x, tier)| *x > BigUint::from(tier.width) * 10_000_000_000u64);
        if over || tiers.iter().sum::<BigUint>() > v * asset.multipliers[j] {
            return Err(format!(
                "S5: scenario {j} counts more of asset {a} than there is"
            ));
        }
        let weighed = tiers
            .iter()
            .zip(&asset.tiers)
            .map(|(x, tier)| x * tier.weight_bps);
        counted.push(weighed.sum::<BigUint>());
        owed += o * asset.multipliers[j];
    }
    let total: BigUint = counted.iter().sum();
    for (a, (c, asset)) in counted.iter().zip(&problem.assets).enumerate() {
        if c * 10_000u32 > &total * asset.max_share_bps {
            return Err(format!("S6: asset {a} is above its share in scenario {j}"));
        }
    }
    for (g, group) in problem.groups.iter().enumerate() {
        let members = counted.iter().zip(&problem.assets);
        let members = members.filter(|(_, asset)| asset.groups >> g & 1 == 1);
        let share = members.map(|(c, _)| c).sum::<BigUint>() * 10_000u32;
        if share < &total * group.min_share_bps || share > &total * group.max_share_bps {
            return Err(format!(
                "S6: group {g} is outside of its shares in scenario {j}"
            ));
        }
    }
    if total < owed * ratio {
        return Err(format!("S7: scenario {j} is not covered"));
    }
    Ok(())
}
