//! What the builder computes of a witness and the circuit only compares in its second phase:
//! totals, sums of groups and obligations.

use super::Fields;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::Field;

impl Fields<Fr> {
    /// What the builder's witness says.
    pub fn of(w: &Witness) -> Self {
        let mut f = Self::blank(w.shape);
        f.subject = w.public[0];
        f.window = [w.public[1], w.public[2]];
        [f.debt, f.ratio, f.context] = [w.public[4], w.public[5], w.public[6]];
        f.prices = w.public[w.public.len() - w.shape.assets()..].to_vec();
        for (to, from) in f.accounts.iter_mut().zip(&w.accounts) {
            to.liability = from.liability.into();
            to.every = from.every.into();
            to.as_of = from.as_of.into();
            to.blinding = from.blinding;
            for (to, from) in to.blocks.iter_mut().zip(&from.blocks) {
                to.active = from.active.into();
                for (to, from) in to.positions.iter_mut().zip(&from.positions) {
                    to.entry = from.entry;
                    to.counts = from.counts.into();
                    to.amount = from.amount;
                }
            }
        }
        f.empty = [w.empty.0, w.empty.1];
        [f.terms, f.complete, f.grain] = [w.terms, w.complete.into(), w.grain.into()];
        f.ratios = w.ratios.iter().map(|x| Fr::from(*x)).collect();
        for (to, from) in f.groups.iter_mut().zip(&w.groups) {
            to.counted = [from.counted.0, from.counted.1].map(Fr::from);
            to.held = [from.held.0, from.held.1].map(Fr::from);
            to.reported = u64::from(from.reported).into();
            to.line = from.line;
        }
        for (to, from) in f.assets.iter_mut().zip(&w.assets) {
            to.used = from.used.into();
            to.used_bit = Fr::from(u64::from(from.used == 1));
            to.id = from.id;
            to.share = from.share.into();
            to.held_share = from.held_share.into();
            to.groups = from.groups.map(|bit| Fr::from(u64::from(bit)));
            to.netting = from.netting.into();
            to.may_owe = from.may_owe.into();
            to.multipliers = from.multipliers.iter().map(|x| Fr::from(*x)).collect();
            to.widths = from.widths.map(Fr::from);
            to.weights = from.weights.map(Fr::from);
            to.inverse = from.inverse;
            to.netted = from.netted;
            for (to, from) in to.sides.iter_mut().zip([&from.collateral, &from.liability]) {
                to.rest = from.rest;
                to.count = from.count;
                to.value = from.value;
                to.remainder = from.remainder;
            }
        }
        for (to, from) in f.scenarios.iter_mut().zip(&w.scenarios) {
            to.counted = from.counted.clone();
        }
        f.add_up();
        f
    }

    /// `m_{j,a}`.
    pub fn multiplier(&self, scenario: usize, asset: usize) -> Fr {
        match scenario.checked_sub(1) {
            None => Fr::from(10_000),
            Some(j) => self.assets[asset].multipliers[j],
        }
    }

    /// What the assets' numbers add up to, over all and over each group.
    fn sums(&self, numbers: &[Fr]) -> (Fr, [Fr; GROUPS]) {
        let mut sums = (Fr::ZERO, [Fr::ZERO; GROUPS]);
        for (asset, number) in self.assets.iter().zip(numbers) {
            sums.0 += *number * asset.used_bit;
            for (sum, bit) in sums.1.iter_mut().zip(&asset.groups) {
                *sum += *number * bit;
            }
        }
        sums
    }

    /// What is held, what counts and what is owed, from the rest.
    pub fn add_up(&mut self) {
        let values: Vec<Fr> = self.assets.iter().map(|a| a.sides[0].value).collect();
        let (held, groups) = self.sums(&values);
        self.held = held;
        for (group, sum) in self.groups.iter_mut().zip(groups) {
            group.sum = sum;
        }
        for j in 0..self.scenarios.len() {
            let (total, groups) = self.sums(&self.scenarios[j].counted);
            let assets = self.assets.iter().enumerate();
            let owed: Fr = assets
                .map(|(a, x)| x.sides[1].value * self.multiplier(j, a))
                .sum();
            let debt = self.debt * Fr::from(10_000);
            let scenario = &mut self.scenarios[j];
            (scenario.total, scenario.groups) = (total, groups);
            scenario.owed = owed + debt;
        }
    }
}
