//! The plain world of a scheme: moderate prices, weights and ratios, no share in the way, and
//! one account that holds and one that owes where the shape has two.

use super::Play;
use crate::decode::integer;
use crate::draft::{Draft, Knobs, element};
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::{Field, PrimeField};
use num_bigint::BigUint;

pub struct World {
    /// The account that holds; none where there is one account only.
    pub held: Option<usize>,
    /// The account of which a scheme decides whether it owes.
    pub other: usize,
}

impl World {
    pub fn lay(draft: &mut Draft, knobs: &mut Knobs, rng: &mut Rng) -> Self {
        *knobs = Knobs {
            netted: Some(Fr::ZERO),
            shares: false,
            covered: true,
            debt: Some(0),
            ..knobs.clone()
        };
        let f = &mut draft.fields;
        // From 10^4 up it never pays not to net.
        let more = rng.next() % 5_000;
        f.ratio = Fr::from(rng.pick(&[10_000, 10_000, 11_000, 10_000 + more]));
        for ratio in &mut f.ratios {
            *ratio = Fr::from(rng.pick(&[0, 10_000, 10_500]));
        }
        f.shares = [(Fr::ZERO, Fr::from(10_000)); GROUPS];
        let multipliers: Vec<Fr> = f
            .ratios
            .iter()
            .map(|_| Fr::from(rng.pick(&[10_000, 8_000, 12_000])))
            .collect();
        for (asset, price) in f.assets.iter_mut().zip(&mut f.prices).take(draft.used) {
            asset.share = Fr::from(10_000);
            for bit in &mut asset.groups {
                *bit = Fr::from(u64::from(rng.one_in(8)));
            }
            asset.multipliers.clone_from(&multipliers);
            asset.widths[0] = two_pow(60) - Fr::ONE;
            let weight = rng.pick(&[10_000, 10_000, 9_000]);
            asset.weights = [weight, weight, weight / 2, weight / 4].map(Fr::from);
            *price = Fr::from_u128(match rng.below(3) {
                0 => 10u128.pow(30),
                1 => 10u128.pow(34),
                _ => 1 << 90 | rng.bits(110),
            });
        }
        for m in 0..draft.fields.accounts.len() {
            for p in 0..draft.shape.positions() {
                draft.uncount(m, p, Fr::ZERO);
            }
        }
        let (held, other) = match draft.fields.accounts.len() {
            1 => (None, 0),
            count => {
                let held = rng.below(count);
                (Some(held), (held + 1 + rng.below(count - 1)) % count)
            }
        };
        for m in 0..draft.fields.accounts.len() {
            open(draft, m, false, rng);
        }
        Self { held, other }
    }
}

/// An account of a kind, all of its blocks in use.
pub fn open(draft: &mut Draft, m: usize, liability: bool, rng: &mut Rng) {
    let state = Fr::from(1 + u64::from(liability));
    let account = &mut draft.fields.accounts[m];
    account.state = state;
    account.blinding = rng.field();
    account.blocks.iter_mut().for_each(|b| b.state = state);
}

impl Play<'_> {
    pub fn note(&mut self, note: impl Into<String>) {
        self.draft.notes.push(format!("scheme: {}", note.into()));
    }

    pub fn asset(&mut self) -> usize {
        self.rng.below(self.draft.used)
    }

    /// An amount of an asset that is worth so many micro-units, or the most that an entry
    /// holds.
    pub fn worth(&self, asset: usize, units: u128) -> Fr {
        let price = integer(&self.draft.fields.prices[asset]);
        let amount = BigUint::from(units) * BigUint::from(10u8).pow(30) / price + 1u8;
        let most = (BigUint::from(1u8) << 112u32) - 1u8;
        element(&amount.min(most))
    }

    /// What is worth speaking of.
    pub fn units(&mut self) -> u128 {
        let bits = 30 + self.rng.below(25) as u32;
        1 << bits | self.rng.bits(bits)
    }

    /// A position of an account that nothing is in yet.
    pub fn free(&mut self, m: usize) -> usize {
        let positions = self.draft.shape.positions();
        let from = self.rng.below(positions);
        let mut order = (0..positions).map(|p| (from + p) % positions);
        order
            .find(|p| self.draft.position(m, *p).entry == Fr::ZERO)
            .unwrap_or(from)
    }

    /// An account counts an amount of an asset for the side of its kind.
    pub fn put(&mut self, m: usize, asset: usize, amount: Fr) -> usize {
        let p = self.free(m);
        let side = usize::from(self.draft.fields.accounts[m].state == Fr::from(2));
        self.draft.aim(m, p, asset, side, Fr::ZERO, amount);
        self.draft.follow();
        p
    }

    /// The account that holds gets some collateral, of any asset.
    pub fn collateral(&mut self) -> u128 {
        let units = self.units();
        if let Some(held) = self.world.held {
            let asset = self.asset();
            let amount = self.worth(asset, units);
            self.put(held, asset, amount);
        }
        units
    }

    /// The other account owes, and what it may owe: less than what is held.
    pub fn owes(&mut self) -> (usize, u128) {
        let units = self.collateral();
        open(self.draft, self.world.other, true, self.rng);
        (self.world.other, units >> (2 + self.rng.below(8)))
    }

    /// An entry of an asset of the policy.
    pub fn listed(&self, asset: usize, amount: Fr) -> Fr {
        self.draft.fields.assets[asset].id * two_pow(128) + amount
    }
}
