//! Schemes about slots of assets and totals: what is held, owed and netted of each.

use super::Play;
use covenant_circuits::field::Fr;
use ff::Field;

impl Play<'_> {
    /// The words of an asset are hashed, and its slot is unused.
    pub fn hides_an_asset(&mut self) {
        let a = self.draft.used - 1;
        if a > 0 {
            let (other, units) = (self.rng.below(a), self.units());
            self.hold(other, units);
        }
        let f = &mut self.draft.fields;
        (f.assets[a].used, f.assets[a].used_bit) = (Fr::ZERO, Fr::ZERO);
        f.prices[a] = Fr::ZERO;
        self.note(format!("asset {a} has words and is unused"));
    }

    /// A slot is unused before one that is used.
    pub fn skips_a_slot(&mut self) {
        let slots = self.draft.fields.assets.len();
        let a = self.rng.below(slots);
        let multipliers = vec![Fr::ZERO; self.draft.fields.ratios.len()];
        self.draft.fields.assets[a] = crate::fields::Asset {
            multipliers,
            ..Default::default()
        };
        self.draft.fields.prices[a] = Fr::ZERO;
        let next = (a + 1) % slots;
        if self.draft.fields.assets[next].used == Fr::ONE {
            let units = self.units();
            self.hold(next, units);
        }
        self.note(format!("slot {a} is empty"));
    }

    /// Values off by whole units, the remainders make up for it: more is held or less owed.
    pub fn raises_values(&mut self) {
        let by = Fr::from(1 + self.rng.next() % 12);
        for asset in &mut self.draft.fields.assets {
            // A unit is little: nothing else may be gained by another allocation.
            asset.netting = Fr::ZERO;
        }
        let side = match self.world.held {
            Some(_) => self.rng.below(2),
            None => 0,
        };
        let a = self.asset();
        if side == 0 {
            let units = self.units();
            self.hold(a, units);
            self.knobs.value[0] = by;
        } else {
            let (other, units) = self.owes();
            // Assets of which nothing is owed would be worth less than nothing.
            for a in 0..self.draft.used {
                let amount = self.worth(a, units);
                self.put(other, a, amount);
            }
            self.knobs.value[1] = -by;
        }
        self.note(format!("values of side {side} off by {by:?} units"));
    }

    /// Totals that are not those of the positions: more is held or less owed.
    pub fn raises_totals(&mut self) {
        let (other, a, units) = self.owes_some();
        let owed = self.worth(a, units);
        self.put(other, a, owed);
        let held = self.asset();
        let more = self.units();
        self.hold(held, more);
        for asset in &mut self.draft.fields.assets {
            asset.netting = Fr::ZERO;
        }
        let less = more >> self.rng.below(6);
        let more = self.worth(held, less);
        let side = self.rng.below(2);
        self.knobs.more[side] = if side == 0 { more } else { -owed };
        self.note(format!(
            "totals of side {side} off by {:?}",
            self.knobs.more[side]
        ));
    }

    /// More is netted than there is on one side, whose total is kept.
    pub fn nets_twice(&mut self) {
        let Some(held) = self.world.held else {
            return self.raises_values();
        };
        let a = self.asset();
        for asset in &mut self.draft.fields.assets {
            asset.netting = Fr::ZERO;
        }
        self.draft.fields.assets[a].netting = Fr::ONE;
        self.turn(self.world.other, true);
        let units = self.units();
        let owed = units >> self.rng.below(6);
        let owed = if self.rng.one_in(4) { owed * 3 } else { owed };
        let (amount, owed) = (self.worth(a, units), self.worth(a, owed));
        self.put(held, a, amount);
        self.put(self.world.other, a, owed);
        let side = usize::from(self.rng.one_in(4));
        self.knobs.kept[side] = true;
        // All of the other side; the draft adds the least of both.
        let more = crate::decode::integer(&owed) > crate::decode::integer(&amount);
        if side == 0 && more {
            self.knobs.netted = Some(owed - amount);
        } else if side == 1 && !more {
            self.knobs.netted = Some(amount - owed);
        }
        self.note(format!(
            "asset {a} nets all of one side and keeps side {side}"
        ));
    }

    /// A debt in an asset that may not be owed, taken for one that may.
    pub fn owes_what_may_not_be_owed(&mut self) {
        let (other, a, units) = self.owes_some();
        let amount = self.worth(a, units);
        self.put(other, a, amount);
        self.draft.fields.assets[a].may_owe = Fr::ZERO;
        if !self.rng.one_in(4) {
            // Where it is a copy, this says that it may be owed.
            let lies = self.target.may_owe(a).map(|cell| (cell, Fr::ONE));
            self.draft.lies.extend(lies);
        }
        self.note(format!("asset {a} may not be owed"));
    }
}
