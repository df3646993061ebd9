//! A witness in the making: the prover's fields, what each position is meant to count as, and
//! the totals, values and allocations that a prover would put down for it.

mod allot;
mod settle;

pub use settle::Knobs;

use crate::decode::{Inputs, tag};
use crate::fields::{Fields, Position};
use crate::mend::hash::Tricks;
use crate::rng::two_pow;
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use covenant_circuits::shape::{FIRST_BLOCK, PER_BLOCK, Shape};
use ff::Field;
use num_bigint::BigUint;
use std::collections::{BTreeMap, BTreeSet};

/// An asset and a side that a position is meant to count for, and how far its id is from the
/// asset's.
#[derive(Clone)]
struct Aim {
    asset: usize,
    side: usize,
    offset: Fr,
    amount: Fr,
    /// Whether the entry follows the policy's id.
    follows: bool,
}

#[derive(Clone)]
pub struct Draft {
    pub shape: Shape,
    pub fields: Fields<Fr>,
    /// Assets of the policy.
    pub used: usize,
    /// Cells that are lied about.
    pub lies: Vec<(usize, Fr)>,
    /// What is done to permutations.
    pub tricks: Tricks,
    /// Hashes that the adversary took outside of the circuit.
    pub hidden: Vec<Inputs>,
    pub notes: Vec<String>,
    aims: BTreeMap<(usize, usize), Aim>,
    /// Positions whose flag is not what the account says of every one.
    pinned: BTreeSet<(usize, usize)>,
}

impl Draft {
    pub fn blank(shape: Shape) -> Self {
        Self {
            shape,
            fields: Fields::blank(shape),
            used: 0,
            lies: Vec::new(),
            tricks: Tricks::default(),
            hidden: Vec::new(),
            notes: Vec::new(),
            aims: BTreeMap::new(),
            pinned: BTreeSet::new(),
        }
    }

    pub fn note(&mut self, note: impl Into<String>) {
        self.notes.push(note.into());
    }

    /// The block of a position, and its place there.
    pub fn place(p: usize) -> (usize, usize) {
        match p.checked_sub(FIRST_BLOCK) {
            None => (0, p),
            Some(p) => (1 + p / PER_BLOCK, p % PER_BLOCK),
        }
    }

    pub fn position(&mut self, m: usize, p: usize) -> &mut Position<Fr> {
        let (block, at) = Self::place(p);
        &mut self.fields.accounts[m].blocks[block].positions[at]
    }

    pub fn is_liability(&self, m: usize) -> bool {
        self.fields.accounts[m].liability == Fr::ONE
    }

    /// Every position of an account must count, or not, as its kind and the policy say.
    pub fn oblige(&mut self) {
        let complete = self.fields.complete;
        for account in &mut self.fields.accounts {
            account.every = account.liability + complete - account.liability * complete;
        }
    }

    /// An account of a kind of which so many blocks are used.
    pub fn open(&mut self, m: usize, liability: bool, blocks: usize) {
        let account = &mut self.fields.accounts[m];
        account.liability = Fr::from(u64::from(liability && blocks > 0));
        for (i, block) in account.blocks.iter_mut().enumerate() {
            block.active = Fr::from(u64::from(i < blocks));
        }
    }

    /// The position shall count for a side of an asset, by an id that far from the asset's.
    pub fn aim(&mut self, m: usize, p: usize, asset: usize, side: usize, offset: Fr, amount: Fr) {
        let aim = Aim {
            asset,
            side,
            offset,
            amount,
            follows: true,
        };
        self.aims.insert((m, p), aim);
        self.pinned.insert((m, p));
        self.position(m, p).counts = Fr::ONE;
    }

    /// The entry stays and is read another way; it counts for nothing, or still for its side.
    pub fn read_as(&mut self, m: usize, p: usize, amount: Fr, counts_still: bool) {
        self.follow();
        self.position(m, p).amount = amount;
        self.pinned.insert((m, p));
        if !counts_still {
            self.aims.remove(&(m, p));
        } else if let Some(aim) = self.aims.get_mut(&(m, p)) {
            (aim.amount, aim.follows) = (amount, false);
        }
    }

    /// The entry is any, and counts for nothing: where every position must count, against it.
    pub fn uncount(&mut self, m: usize, p: usize, entry: Fr) {
        self.aims.remove(&(m, p));
        self.pinned.insert((m, p));
        *self.position(m, p) = Position {
            entry,
            ..Position::default()
        };
    }

    /// The position is empty.
    pub fn clear(&mut self, m: usize, p: usize) {
        self.aims.remove(&(m, p));
        self.pinned.remove(&(m, p));
        *self.position(m, p) = Position::default();
    }

    pub fn is_empty(&self, m: usize, p: usize) -> bool {
        let (block, at) = Self::place(p);
        !self.pinned.contains(&(m, p))
            && self.fields.accounts[m].blocks[block].positions[at].entry == Fr::ZERO
    }

    /// Entries of what is aimed at an asset, and flags of what is not.
    pub fn follow(&mut self) {
        for ((m, p), aim) in self.aims.clone() {
            if aim.follows {
                let id = self.fields.assets[aim.asset].id + aim.offset;
                let position = self.position(m, p);
                position.amount = aim.amount;
                position.entry = id * two_pow(128) + aim.amount;
            }
        }
        for m in 0..self.fields.accounts.len() {
            let every = self.fields.accounts[m].every;
            for p in 0..self.shape.positions() {
                if !self.pinned.contains(&(m, p)) {
                    self.position(m, p).counts = every;
                }
            }
        }
    }

    /// The inputs of the hash of a block, where the one before it left that.
    fn block(&self, m: usize, b: usize, before: Fr) -> Inputs {
        let account = &self.fields.accounts[m];
        let mut inputs = [Fr::ZERO; 16];
        let first = match b {
            0 => {
                inputs[..4].copy_from_slice(&self.header(m, account.blinding));
                4
            }
            _ => {
                inputs[0] = before;
                1
            }
        };
        for (input, position) in inputs[first..].iter_mut().zip(&account.blocks[b].positions) {
            *input = position.entry;
        }
        inputs
    }

    /// The chain of an account's hashes up to a block.
    pub fn chain(&self, m: usize, last: usize) -> Fr {
        let active = |b: &usize| self.fields.accounts[m].blocks[*b].active != Fr::ZERO;
        let blocks = (0..=last).filter(active);
        blocks.fold(Fr::ZERO, |before, b| {
            poseidon::hash(self.block(m, b, before))
        })
    }

    /// The same hash with other entries.
    pub fn other_entries(&self, m: usize, b: usize, entries: &[(usize, Fr)]) -> Inputs {
        let before = match b.checked_sub(1) {
            None => Fr::ZERO,
            Some(last) => self.chain(m, last),
        };
        let mut inputs = self.block(m, b, before);
        let first = if b == 0 { 4 } else { 1 };
        for (at, entry) in entries {
            inputs[first + at % (16 - first)] = *entry;
        }
        inputs
    }

    pub fn header(&self, m: usize, blinding: Fr) -> [Fr; 4] {
        let account = &self.fields.accounts[m];
        let kind = kind_tag(account.liability);
        [kind, self.fields.subject, account.as_of, blinding]
    }
}

/// The tag of an account, where the bit of a liability is one.
pub fn kind_tag(liability: Fr) -> Fr {
    let (collateral, owed) = (tag("covenant/collateral/v2"), tag("covenant/liability/v2"));
    collateral + liability * (owed - collateral)
}

/// A number as an element, modulo r.
pub fn element(x: &BigUint) -> Fr {
    let unit = two_pow(64);
    x.iter_u64_digits()
        .rev()
        .fold(Fr::ZERO, |sum, word| sum * unit + Fr::from(word))
}
