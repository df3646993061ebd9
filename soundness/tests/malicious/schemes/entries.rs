//! Schemes about entries of accounts: what they count as, and whether they do.

use super::Play;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use ff::Field;

impl Play<'_> {
    /// A debt counts as collateral, by an id that makes up for its kind, or as it is.
    pub fn counts_as_the_other_kind(&mut self) {
        let (other, a, units) = self.owes_some();
        let p = self.free(other);
        let amount = self.worth(a, units);
        let unit = two_pow(self.rng.pick(&[120, 120, 112, 128, 136]));
        let offset = self.rng.pick(&[Fr::ZERO, Fr::ZERO, unit, -unit]);
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
            self.draft.fields.prices[a] = two_pow(self.rng.next() % 30);
            let unit = two_pow(112 + self.rng.next() % 10);
            let amount = unit * Fr::from(1 + self.rng.next() % 3) + self.rng.small();
            self.put(self.holder(), a, amount);
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

    /// An entry that must count does not: of a debt, or of any account under a complete policy.
    pub fn leaves_an_entry_out(&mut self) {
        let (other, a, units) = self.owes_some();
        let entry = match self.rng.below(4) {
            0 => self.rng.edge(),
            _ => self.listed(a, self.worth(a, units)),
        };
        let m = self.not_counted(other);
        let p = self.free(m);
        self.draft.uncount(m, p, entry);
        self.note(format!("account {m} position {p} is not counted"));
    }

    /// A debt of which the circuit believes that its positions need not count.
    pub fn need_not_count(&mut self) {
        let (other, a, units) = self.owes_some();
        let entry = self.listed(a, self.worth(a, units));
        let m = self.not_counted(other);
        self.draft.fields.accounts[m].every = Fr::ZERO;
        let p = self.free(m);
        self.draft.uncount(m, p, entry);
        self.note(format!("account {m} need not count its positions"));
    }

    /// The account that owes; or the one that holds, under a complete policy.
    fn not_counted(&mut self, other: usize) -> usize {
        match self.world.held {
            Some(held) if self.rng.one_in(4) => {
                self.complete();
                held
            }
            _ => other,
        }
    }

    /// An entry of a debt counts with an amount of 0, whatever id that makes.
    pub fn reads_an_entry_as_nothing(&mut self) {
        let (other, a, units) = self.owes_some();
        let amount = self.worth(a, units);
        let p = self.put(other, a, amount);
        self.draft.read_as(other, p, Fr::ZERO, false);
        self.note(format!("account {other} position {p} counts as nothing"));
    }

    /// An entry of id 0 with an amount counts as an empty one.
    pub fn empties_an_entry(&mut self) {
        let (other, a, units) = self.owes_some();
        let amount = self.worth(a, units);
        let p = self.free(other);
        self.draft.read_as(other, p, amount, false);
        self.draft.position(other, p).counts = Fr::ONE;
        self.draft.position(other, p).entry = amount;
        self.draft.lies.push((self.target.empty_total(1), amount));
        self.note(format!(
            "account {other} position {p} has an amount of nothing"
        ));
    }
}
