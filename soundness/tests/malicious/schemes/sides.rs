//! Schemes about accounts, their positions, and what is made of their totals.

use super::Play;
use super::world::open;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use ff::Field;

impl Play<'_> {
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
            let amount = self.worth(a, units);
            self.put(self.world.held.unwrap_or(0), a, amount);
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
        open(self.draft, self.world.other, true, self.rng);
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

    /// What is left out of an account: a listed debt, one that is listed nowhere, or more
    /// collateral than a statement can express.
    fn left_out(&mut self, m: usize) -> [Fr; 3] {
        let a = self.asset();
        let mut entries = [Fr::ZERO; 3];
        let entry = if self.draft.fields.accounts[m].state == Fr::from(1) {
            self.draft.fields.prices[a] = two_pow(119);
            self.listed(a, two_pow(112) - Fr::ONE)
        } else if self.rng.one_in(4) {
            self.rng.edge()
        } else {
            let units = self.units();
            self.listed(a, self.worth(a, units))
        };
        entries[self.rng.below(3)] = entry;
        entries
    }

    /// An account of whose blocks one is left out, and maybe its last one in the circuit is
    /// not used, so that it has no more than the shape has room for.
    fn short(&mut self) -> usize {
        let m = self.world.other;
        if self.rng.one_in(4) {
            self.collateral();
        } else {
            self.owes();
        }
        if self.rng.one_in(2) {
            let blocks = &mut self.draft.fields.accounts[m].blocks;
            let last = blocks.len() - 1;
            blocks[last].state = Fr::ZERO;
        }
        m
    }

    /// An account that begins after a block that is left out.
    pub fn begins_late(&mut self) {
        let m = self.short();
        let [e1, e2, e3] = self.left_out(m);
        let state = self.draft.fields.accounts[m].state;
        let header = self.draft.header(state, self.rng.field());
        let block = [poseidon::hash(header), e1, e2, e3];
        self.draft.hidden.extend([header, block]);
        let cell = self.target.chain(self.target.layout.account(m) + 1);
        self.draft.lies.push((cell, poseidon::hash(block)));
        self.note(format!("account {m} begins after a block that is left out"));
    }

    /// An account that ends before one.
    pub fn ends_early(&mut self) {
        let m = self.short();
        let [e1, e2, e3] = self.left_out(m);
        let block = [self.draft.chain(m, None), e1, e2, e3];
        self.draft.hidden.push(block);
        let layout = &self.target.layout;
        let cell = (self.target).chain(layout.account(m) + 1 + layout.shape.blocks());
        self.draft.lies.push((cell, poseidon::hash(block)));
        self.note(format!("account {m} ends before a block that is left out"));
    }

    /// A debt counts as collateral, by an id that makes up for its kind.
    pub fn counts_as_the_other_kind(&mut self) {
        let (other, units) = self.owes();
        let a = self.asset();
        let p = self.free(other);
        let amount = self.worth(a, units);
        let unit = two_pow(self.rng.pick(&[120, 120, 120, 112, 128, 136]));
        let offset = if self.rng.one_in(8) { unit } else { -unit };
        self.draft.aim(other, p, a, 0, offset, amount);
        self.note(format!(
            "account {other} position {p} counts as held of asset {a}, its id off by {offset:?}"
        ));
    }

    /// An amount beyond its range, or below 0 beside one that makes up for it.
    pub fn stretches_an_amount(&mut self) {
        let a = self.asset();
        let beyond = self.rng.one_in(2) || self.world.held.is_none();
        if beyond {
            // At a price at which its value is in range.
            let m = self.world.held.unwrap_or(self.world.other);
            self.draft.fields.prices[a] = two_pow(self.rng.next() % 30);
            let unit = two_pow(112 + self.rng.next() % 10);
            let amount = unit * Fr::from(1 + self.rng.next() % 3) + self.rng.small();
            self.put(m, a, amount);
        } else {
            let (other, units) = self.owes();
            let (less, more) = (units >> self.rng.below(4), units);
            let (less, more) = (self.worth(a, less), self.worth(a, more));
            self.put(other, a, -less);
            self.put(other, a, more);
        }
        self.note(format!(
            "amounts of asset {a} out of range, beyond: {beyond}"
        ));
    }

    /// An entry of a debt that is not counted.
    pub fn leaves_an_entry_out(&mut self) {
        let (other, units) = self.owes();
        let (a, p) = (self.asset(), self.free(other));
        let entry = match self.rng.below(4) {
            0 => self.rng.edge(),
            _ => self.listed(a, self.worth(a, units)),
        };
        self.draft.uncount(other, p, entry);
        self.note(format!("account {other} position {p} is not counted"));
    }

    /// An entry of a debt counts with an amount of 0, whatever id that makes.
    pub fn reads_an_entry_as_nothing(&mut self) {
        let (other, units) = self.owes();
        let a = self.asset();
        let amount = self.worth(a, units);
        let p = self.put(other, a, amount);
        self.draft.read_as(other, p, Fr::ZERO, false);
        self.note(format!("account {other} position {p} counts as nothing"));
    }

    /// Blocks of a debt that count as collateral: all, or the last.
    pub fn turns_blocks(&mut self) {
        let (other, units) = self.owes();
        let count = self.draft.fields.accounts[other].blocks.len();
        let from = self.rng.below(count);
        let a = self.asset();
        for block in &mut self.draft.fields.accounts[other].blocks[from..] {
            block.state = Fr::ONE;
        }
        let p = 3 * from + self.rng.below(3);
        let amount = self.worth(a, units);
        self.draft.aim(other, p, a, 0, Fr::ZERO, amount);
        self.note(format!("account {other} holds from block {from} on"));
    }

    /// A debt whose public kind is that of collateral, or the other way round.
    pub fn says_another_kind(&mut self) {
        let (other, units) = self.owes();
        let a = self.asset();
        let amount = self.worth(a, units);
        self.put(other, a, amount);
        let m = match self.world.held {
            Some(held) if self.rng.one_in(2) => held,
            _ => other,
        };
        let bit = Fr::from(u64::from(m != other));
        self.draft.lies.push((self.target.kind(m), bit));
        self.note(format!("account {m} says that it is of another kind"));
    }
}
