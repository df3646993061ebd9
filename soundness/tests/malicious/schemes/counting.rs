//! Schemes about what counts, what is held in all, and what is reported.

use super::Play;
use crate::decode::integer;
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::{Field, PrimeField};

impl Play<'_> {
    /// An asset counts for less than nothing: two that are capped together may be more of the
    /// others, of which there must be more.
    pub fn counts_below_nothing(&mut self) {
        let used = self.draft.used;
        if used < 3 {
            return self.counts_by_fewer_lines();
        }
        let a = self.asset();
        let (b, rest) = ((a + 1) % used, (a + 2) % used);
        let (both, one) = (self.rng.below(GROUPS), self.rng.below(GROUPS));
        let units = self.units();
        for (i, asset) in self.draft.fields.assets.iter_mut().enumerate().take(used) {
            asset.weights = [Fr::from(10_000); 4];
            asset.groups = [Fr::ZERO; GROUPS];
            asset.groups[both] = Fr::from(u64::from(i == a || i == b));
        }
        let both = if both == one {
            (both + 1) % GROUPS
        } else {
            both
        };
        for i in [a, b] {
            self.draft.fields.assets[i].groups = [Fr::ZERO; GROUPS];
            self.draft.fields.assets[i].groups[both] = Fr::ONE;
        }
        self.draft.fields.assets[b].groups[one] = Fr::ONE;
        // b must be half of all, a and b together at most a third or so.
        self.draft.fields.groups[one].counted[0] = Fr::from(5_000);
        self.draft.fields.groups[both].counted[1] = Fr::from(self.rng.pick(&[3_000, 3_400]));
        for multiplier in self
            .draft
            .fields
            .assets
            .iter_mut()
            .flat_map(|a| &mut a.multipliers)
        {
            *multiplier = Fr::from(10_000);
        }
        let price = self.draft.fields.prices[rest];
        self.draft.fields.prices[b] = price;
        self.hold(b, units * 6);
        self.hold(rest, units * 7);
        let less = units * 3 * 100_000_000;
        self.knobs.counted = vec![(a, -Fr::from_u128(less))];
        self.note(format!(
            "asset {a} counts for less than nothing, {b} for more"
        ));
    }

    /// The lines of the second tier on are not minded.
    pub fn counts_by_fewer_lines(&mut self) {
        let a = self.asset();
        let units = self.units();
        self.hold(a, units);
        let asset = &mut self.draft.fields.assets[a];
        asset.weights = [10_000, 6_000, 3_000, 1_000].map(Fr::from);
        asset.widths = [1, 1 + units as u64 % 1_000, 1].map(Fr::from);
        self.knobs.lines = 1 + self.rng.below(3);
        self.note(format!("asset {a} counts by {} lines", self.knobs.lines));
    }

    /// More of an asset or a group is held than may be, under a complete policy.
    pub fn holds_beyond_a_cap(&mut self) {
        let (a, g) = (self.asset(), self.rng.below(GROUPS));
        let units = self.units();
        self.complete();
        self.hold(a, units);
        if self.draft.used > 1 && self.rng.one_in(2) {
            let b = (a + 1) % self.draft.used;
            self.hold(b, units);
        }
        let f = &mut self.draft.fields;
        let cap = Fr::from(self.rng.pick(&[0, 100, 4_000]));
        match self.rng.below(4) {
            0 => {
                f.assets[a].groups[g] = Fr::ONE;
                f.groups[g].held[1] = cap;
            }
            1 => {
                f.assets[a].groups[g] = Fr::ZERO;
                f.groups[g].held[0] = Fr::from(10_000);
            }
            _ => f.assets[a].held_share = cap,
        }
        self.knobs.held = false;
        self.note(format!("asset {a} or group {g} is held beyond its share"));
    }

    /// A line of the report is off by a few grains.
    pub fn reports_less(&mut self) {
        let (a, g) = (self.asset(), self.rng.below(GROUPS));
        let units = self.units() << 20;
        self.complete();
        self.hold(a, units);
        let f = &mut self.draft.fields;
        f.grain = Fr::from(1 + self.rng.next() % 1_000);
        f.assets[a].groups[g] = Fr::ONE;
        f.groups[g].reported = Fr::ONE;
        let by = Fr::from(1 + self.rng.next() % 5);
        self.knobs.report = if self.rng.one_in(3) { by } else { -by };
        self.note(format!(
            "group {g}: its line is off by {:?}",
            self.knobs.report
        ));
    }

    /// A line of a group that is not reported, or a report without a grain.
    pub fn reports_unasked(&mut self) {
        self.collateral();
        let g = self.rng.below(GROUPS);
        self.complete();
        let line = self.rng.pick(&[Fr::ONE, -Fr::ONE, Fr::from(1_000)]);
        self.knobs.unasked = Some((g, line));
        let grain = integer(&self.draft.fields.grain);
        self.note(format!(
            "group {g} has the line {line:?}, the grain is {grain}"
        ));
    }
}
