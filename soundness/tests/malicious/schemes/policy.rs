//! Schemes about words of the policy: they stay as they are while the circuit reads other
//! fields out of them.

use super::Play;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use covenant_circuits::shape::GROUPS;
use ff::Field;

impl Play<'_> {
    /// A bit of a group mask is moved into another's place, a multiple below or a fraction
    /// above: the asset leaves a group with a cap, or comes into one with a floor.
    pub fn leaks_a_bit(&mut self) {
        let a = self.asset();
        let from = self.rng.below(GROUPS);
        let distance = 1 + self.rng.below(2);
        let up = from < distance || (from + distance < GROUPS && self.rng.one_in(6));
        let to = if up { from + distance } else { from - distance };
        // What comes into the group below is more than the asset: the rest must outweigh it.
        let rest = if up { 0 } else { (1 << distance) - 1 } + self.rng.below(3) as u128;
        let units = self.units();
        self.hold(a, units);
        if self.draft.used > 1 {
            let b = (a + 1 + self.rng.below(self.draft.used - 1)) % self.draft.used;
            self.hold(b, units * rest + units / 8);
            let asset = &mut self.draft.fields.assets[b];
            asset.weights = [Fr::from(10_000); 4];
            (asset.groups[from], asset.groups[to]) = (Fr::ZERO, Fr::ZERO);
        }
        let asset = &mut self.draft.fields.assets[a];
        asset.weights = [Fr::from(10_000); 4];
        let factor = if up {
            two_pow(distance as u64).invert().unwrap()
        } else {
            two_pow(distance as u64)
        };
        // The bit is 1 in the word that is hashed.
        (asset.groups[from], asset.groups[to]) = (Fr::ZERO, factor);
        let floor = self.rng.one_in(4);
        if floor {
            self.draft.fields.groups[to].counted[0] = Fr::from(1 + self.rng.next() % 300);
        } else {
            self.draft.fields.groups[from].counted[1] = Fr::from(self.rng.next() % 1_400);
        }
        // The solver decides at once where less is worth something.
        self.draft.fields.ratio = Fr::from(10_000);
        self.note(format!(
            "asset {a}: its bit of group {from} counts as {factor:?} at group {to}, floor {floor}"
        ));
    }

    /// Bit 15 of a mask, which no word has, is not the used flag, or the word has it.
    pub fn leaves_the_mask(&mut self) {
        let slots = self.draft.fields.assets.len();
        let a = self.rng.below(slots);
        self.collateral();
        if self.rng.one_in(2) {
            let unit = two_pow(15);
            // The row's own bits are above those of other rows.
            let unit = if self.target.layout.bits_a_row() == 16 {
                unit
            } else {
                self.target.layout.top_bit()
            };
            let excess = unit * (Fr::ONE - self.draft.fields.assets[a].used);
            self.draft
                .lies
                .push((self.target.excess(a), excess - unit * self.rng.small()));
            self.note(format!("asset {a}: its word has bit 15 of the mask"));
            return;
        }
        let bit = match self.rng.below(4) {
            0 => self.rng.small(),
            _ => Fr::ONE - self.draft.fields.assets[a].used,
        };
        self.draft.fields.assets[a].used_bit = bit;
        self.note(format!("asset {a}: bit 15 of its mask is {bit:?}"));
    }

    /// An id takes units of the share above it, and positions say the id that comes out.
    pub fn stretches_an_id(&mut self) {
        let used = self.draft.used;
        let a = match self.rng.below(4) {
            0 => self.asset(),
            _ => used - 1,
        };
        let units = self.units();
        // Where the asset is alone its share is all, by a word that says less.
        let alone = used == 1 || self.rng.one_in(4);
        let taken = match self.rng.below(4) {
            _ if alone => -Fr::ONE,
            0 => Fr::from(1 + self.rng.next() % 100),
            1 => -Fr::ONE,
            _ => Fr::ONE,
        };
        self.draft.fields.assets[a].id += two_pow(120) * taken;
        let share = &mut self.draft.fields.assets[a].share;
        *share -= if taken == -Fr::ONE { Fr::ZERO } else { taken };
        self.hold(a, units);
        if !alone {
            let b = (a + 1 + self.rng.below(used - 1)) % used;
            self.hold(b, units);
        }
        if self.world.held.is_some() && self.rng.one_in(2) {
            let (other, units) = self.owes();
            let amount = self.worth(a, units);
            self.put(other, a, amount);
        }
        self.note(format!("the id of asset {a} takes {taken:?} of its share"));
    }

    /// A tier's width takes units of its weight: the best tier holds all.
    pub fn stretches_a_width(&mut self) {
        let a = self.asset();
        let units = self.units();
        self.hold(a, units);
        let tier = self.rng.below(2);
        let taken = 1 + self.rng.next() % 3;
        let low = Fr::from(self.rng.next() % 4_000);
        let asset = &mut self.draft.fields.assets[a];
        let small = Fr::from(self.rng.next() % 500);
        let high = Fr::from(10_000 - taken);
        for t in 0..3 {
            let wide = two_pow(64) * Fr::from(taken);
            asset.widths[t] = small + if t == tier { wide } else { Fr::ZERO };
            asset.weights[t] = if t <= tier { high } else { low };
        }
        asset.weights[3] = low;
        self.note(format!(
            "asset {a}: the width of tier {tier} takes {taken} of its weight"
        ));
    }

    /// A weight or share above 10^4.
    pub fn weighs_more(&mut self) {
        let a = self.asset();
        let units = self.units();
        self.hold(a, units);
        let much = Fr::from(self.rng.pick(&[10_001, 12_000, 16_383, 65_535]));
        let (f, g) = (&mut self.draft.fields, self.rng.below(GROUPS));
        match self.rng.below(4) {
            0 => f.assets[a].share = much,
            1 => f.assets[a].held_share = much,
            2 => f.groups[g].counted[1] = much,
            _ => {
                f.assets[a].weights[0] = much;
                f.assets[a].weights[1] = much;
            }
        }
        self.note(format!(
            "a weight or share of asset {a} or group {g} is {much:?}"
        ));
    }

    /// A debt in an asset whose price is 0.
    pub fn prices_at_nothing(&mut self) {
        let (other, a, units) = self.owes_some();
        let amount = self.worth(a, units);
        self.put(other, a, amount);
        self.draft.fields.prices[a] = Fr::ZERO;
        self.note(format!("what is owed of asset {a} has no price"));
    }
}
