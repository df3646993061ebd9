//! The plain world of a scheme: moderate prices, weights and ratios, no share in the way, and
//! one account that holds and one that owes where the shape has two.

use super::Play;
use crate::decode::integer;
use crate::draft::{Draft, Knobs, element};
use crate::rng::{Rng, two_pow};
use covenant_circuits::field::Fr;
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
            shares: false,
            ..Knobs::honest()
        };
        let f = &mut draft.fields;
        // From 10^4 up it never pays not to net.
        let more = rng.next() % 5_000;
        f.ratio = Fr::from(rng.pick(&[10_000, 10_000, 11_000, 10_000 + more]));
        for ratio in &mut f.ratios {
            *ratio = Fr::from(rng.pick(&[0, 10_000, 10_500]));
        }
        [f.complete, f.grain] = [Fr::ZERO; 2];
        for group in &mut f.groups {
            group.counted = [Fr::ZERO, Fr::from(10_000)];
            group.held = group.counted;
            group.reported = Fr::ZERO;
        }
        let multipliers: Vec<Fr> = f
            .ratios
            .iter()
            .map(|_| Fr::from(rng.pick(&[10_000, 8_000, 12_000])))
            .collect();
        for (asset, price) in f.assets.iter_mut().zip(&mut f.prices).take(draft.used) {
            asset.share = Fr::from(10_000);
            asset.held_share = Fr::from(10_000);
            asset.may_owe = Fr::ONE;
            for bit in &mut asset.groups {
                *bit = Fr::from(u64::from(rng.one_in(8)));
            }
            asset.multipliers.clone_from(&multipliers);
            asset.widths = [two_pow(53) - Fr::ONE, Fr::ZERO, Fr::ZERO];
            let weight = rng.pick(&[10_000, 10_000, 9_000]);
            asset.weights = [weight, weight, weight / 2, weight / 4].map(Fr::from);
            *price = Fr::from_u128(match rng.below(3) {
                0 => 10u128.pow(30),
                1 => 10u128.pow(34),
                _ => 1 << 90 | rng.bits(110),
            });
        }
        let slots = draft.fields.accounts.len();
        let (held, other) = match slots {
            1 => (None, 0),
            count => {
                let held = rng.below(count);
                (Some(held), (held + 1 + rng.below(count - 1)) % count)
            }
        };
        let blocks = draft.shape.blocks();
        for m in 0..slots {
            for p in 0..draft.shape.positions() {
                draft.clear(m, p);
            }
            // Most accounts are of one block.
            let used = if rng.one_in(3) { blocks } else { 1 };
            draft.open(m, false, used);
            draft.fields.accounts[m].blinding = rng.field();
        }
        draft.oblige();
        Self { held, other }
    }
}

impl Play<'_> {
    pub fn note(&mut self, note: impl Into<String>) {
        self.draft.note(format!("scheme: {}", note.into()));
    }

    pub fn asset(&mut self) -> usize {
        self.rng.below(self.draft.used)
    }

    /// The account that holds, or the only one.
    pub fn holder(&self) -> usize {
        self.world.held.unwrap_or(self.world.other)
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

    /// How many blocks of an account are used.
    pub fn blocks(&self, m: usize) -> usize {
        let blocks = &self.draft.fields.accounts[m].blocks;
        blocks
            .iter()
            .filter(|block| block.active == Fr::ONE)
            .count()
    }

    /// The kind of an account, with the blocks that it has.
    pub fn turn(&mut self, m: usize, liability: bool) {
        let blocks = self.blocks(m);
        self.draft.open(m, liability, blocks);
        self.draft.oblige();
    }

    /// A position of an account that nothing is in yet.
    pub fn free(&mut self, m: usize) -> usize {
        let sizes = self.draft.fields.accounts[m].blocks.iter();
        let sizes = sizes.filter(|block| block.active == Fr::ONE);
        let positions: usize = sizes.map(|block| block.positions.len()).sum();
        let from = self.rng.below(positions);
        let mut order = (0..positions).map(|p| (from + p) % positions);
        order.find(|p| self.draft.is_empty(m, *p)).unwrap_or(from)
    }

    /// An account counts an amount of an asset for the side of its kind.
    pub fn put(&mut self, m: usize, asset: usize, amount: Fr) -> usize {
        let p = self.free(m);
        let side = usize::from(self.draft.is_liability(m));
        self.draft.aim(m, p, asset, side, Fr::ZERO, amount);
        self.draft.follow();
        p
    }

    /// The holder gets an amount of an asset that is worth so much.
    pub fn hold(&mut self, asset: usize, units: u128) {
        let (m, amount) = (self.holder(), self.worth(asset, units));
        self.put(m, asset, amount);
    }

    /// The account that holds gets some collateral, of any asset.
    pub fn collateral(&mut self) -> u128 {
        let units = self.units();
        if self.world.held.is_some() {
            let asset = self.asset();
            self.hold(asset, units);
        }
        units
    }

    /// The other account owes, and what it may owe: less than what is held.
    pub fn owes(&mut self) -> (usize, u128) {
        let units = self.collateral();
        self.turn(self.world.other, true);
        (self.world.other, units >> (2 + self.rng.below(8)))
    }

    /// The same with a debt in an asset.
    pub fn owes_some(&mut self) -> (usize, usize, u128) {
        let (other, units) = self.owes();
        (other, self.asset(), units)
    }

    /// An entry of an asset of the policy.
    pub fn listed(&self, asset: usize, amount: Fr) -> Fr {
        self.draft.fields.assets[asset].id * two_pow(128) + amount
    }

    /// The policy is complete.
    pub fn complete(&mut self) {
        self.draft.fields.complete = Fr::ONE;
        for asset in &mut self.draft.fields.assets {
            asset.netting = Fr::ZERO;
        }
        self.draft.oblige();
    }
}
