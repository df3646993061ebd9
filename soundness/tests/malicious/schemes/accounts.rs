//! Schemes about accounts: their kinds and times, the blocks that they have, and their hashes.

use super::Play;
use crate::draft::kind_tag;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use ff::Field;

impl Play<'_> {
    /// A debt whose public kind is that of collateral, or the other way round.
    pub fn says_another_kind(&mut self) {
        let (other, a, units) = self.owes_some();
        let amount = self.worth(a, units);
        self.put(other, a, amount);
        let m = match self.world.held {
            Some(held) if self.rng.one_in(2) => held,
            _ => other,
        };
        let account = &mut self.draft.fields.accounts[m];
        account.liability = Fr::ONE - account.liability;
        if self.rng.one_in(2) {
            self.draft.oblige();
        }
        self.note(format!("account {m} says that it is of another kind"));
    }

    /// A debt that is hashed as one and counts as collateral.
    pub fn hashes_another_kind(&mut self) {
        self.collateral();
        let (other, a) = (self.world.other, self.asset());
        let units = self.units();
        let amount = self.worth(a, units);
        self.put(other, a, amount);
        self.draft
            .lies
            .push((self.target.tag(other), kind_tag(Fr::ONE)));
        self.note(format!("account {other} is hashed as a liability and held"));
    }

    /// An account that is older or younger than the window.
    pub fn leaves_the_window(&mut self) {
        self.collateral();
        let m = self.rng.below(self.draft.fields.accounts.len());
        let [from, to] = self.draft.fields.window;
        let distance = Fr::from(1 + (self.rng.next() >> self.rng.pick(&[30, 50, 63])));
        let old = self.rng.one_in(2);
        let as_of = if old { from - distance } else { to + distance };
        self.draft.fields.accounts[m].as_of = as_of;
        self.note(format!(
            "account {m} is outside of the window, older: {old}"
        ));
    }

    /// A block is used after one that is not.
    pub fn leaves_a_gap(&mut self) {
        let blocks = self.draft.shape.blocks();
        self.collateral();
        let m = self.world.other;
        // Where there is one block, the account is none.
        let b = self.rng.below(blocks.max(2) - 1);
        for (i, block) in self.draft.fields.accounts[m].blocks.iter_mut().enumerate() {
            block.active = Fr::from(u64::from(i != b));
        }
        self.note(format!("account {m} does not use block {b}"));
    }

    /// A listed debt, one that is listed nowhere, or more collateral than a statement can
    /// express.
    fn left_out(&mut self, m: usize) -> Fr {
        let a = self.asset();
        if !self.draft.is_liability(m) {
            self.draft.fields.prices[a] = two_pow(119);
            self.listed(a, two_pow(112) - Fr::ONE)
        } else if self.rng.one_in(4) {
            self.rng.edge()
        } else {
            let units = self.units();
            self.listed(a, self.worth(a, units))
        }
    }

    /// The account of which something is left out.
    fn short(&mut self) -> usize {
        if self.rng.one_in(4) {
            self.collateral();
        } else {
            self.owes();
        }
        self.world.other
    }

    /// A block that the commitment has and the circuit does not see.
    pub fn leaves_a_block_out(&mut self) {
        let m = self.short();
        // After the last block that is used, so that the account has room for one more; or
        // before another.
        let used = self.blocks(m);
        let b = if self.rng.one_in(4) {
            self.rng.below(used)
        } else {
            used - 1
        };
        let mut inputs = [Fr::ZERO; 16];
        let entry = self.left_out(m);
        self.draft.follow();
        inputs[0] = self.draft.chain(m, b);
        inputs[1 + self.rng.below(15)] = entry;
        self.draft.hidden.push(inputs);
        let lie = (self.target.chain(m, b), poseidon::hash(inputs));
        self.draft.lies.push(lie);
        self.note(format!("account {m} leaves a block out after block {b}"));
    }

    /// A block hashes another entry than the circuit sees.
    pub fn hashes_another_block(&mut self) {
        let m = self.short();
        let b = self.rng.below(self.blocks(m));
        let entry = self.left_out(m);
        self.draft.follow();
        let at = self.rng.below(12);
        let inputs = self.draft.other_entries(m, b, &[(at, entry)]);
        let permutation = self.target.layout.account(m, b);
        self.draft.tricks.swaps.push((permutation, inputs));
        self.note(format!("account {m} block {b} hashes another entry"));
    }

    /// Every permutation hashes zeros, whatever its slots hold; one account alone has that hash.
    pub fn hashes_nothing(&mut self) {
        self.collateral();
        let holder = self.holder();
        for m in (0..self.draft.fields.accounts.len()).filter(|m| *m != holder) {
            self.draft.open(m, false, 0);
        }
        let all = 0..self.target.layout.room();
        let zeros = [Fr::ZERO; 16];
        self.draft
            .tricks
            .swaps
            .extend(all.map(|permutation| (permutation, zeros)));
        self.note("all permutations hash zeros");
    }

    /// A permutation puts out another hash, of which nobody knows what it is of.
    pub fn puts_out_another_hash(&mut self) {
        self.collateral();
        let permutations = self.target.layout.permutations();
        let permutation = self.rng.below(permutations);
        let by = self.rng.edge();
        self.draft.tricks.twists.push((permutation, by));
        self.note(format!(
            "the hash of permutation {permutation} is off by {by:?}"
        ));
    }

    /// Two permutations side by side put out other hashes, which make up for one another.
    pub fn puts_out_two_other_hashes(&mut self) {
        self.collateral();
        let (layout, by) = (&self.target.layout, self.rng.field());
        let periods = layout.room() / layout.lanes;
        let first = self.rng.below(periods) * layout.lanes;
        let (one, two) = (self.rng.below(layout.lanes), self.rng.below(layout.lanes));
        let twists = [(first + one, by), (first + two, -by)];
        self.draft.tricks.twists.extend(twists);
        self.note(format!(
            "hashes {one} and {two} from {first} on make up for one another"
        ));
    }
}
