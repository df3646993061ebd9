//! An independent decoder: what a commitment and a policy's digest say by docs/spec.md,
//! sections 3 to 5, from the hashes that were taken on the way to them. It knows nothing of the
//! circuit.

mod policy;

pub use policy::{Asset, NoPolicy, Policy, Shares};

use crate::rng::words;
use covenant_circuits::field::Fr;
use covenant_circuits::poseidon;
use ff::Field;
use num_bigint::BigUint;
use std::collections::BTreeMap;

pub fn integer(x: &Fr) -> BigUint {
    words(x)
        .iter()
        .rev()
        .fold(BigUint::ZERO, |sum, word| (sum << 64u32) + *word)
}

pub fn tag(text: &str) -> Fr {
    text.bytes().fold(Fr::ZERO, |x, byte| {
        x * Fr::from(256) + Fr::from(u64::from(byte))
    })
}

/// The inputs of a hash.
pub type Inputs = [Fr; 16];

/// Every hash that the adversary is known to have taken, by its value.
pub struct Hashes(BTreeMap<[u64; 4], Inputs>);

impl Hashes {
    pub fn of(inputs: impl IntoIterator<Item = Inputs>) -> Self {
        let taken = inputs.into_iter().map(|x| (words(&poseidon::hash(x)), x));
        Self(taken.collect())
    }

    fn preimage(&self, hash: &Fr) -> Option<&Inputs> {
        self.0.get(&words(hash))
    }

    /// The inputs of the hashes of a chain, from the first on.
    fn chain(&self, last: &Fr) -> Option<Vec<Inputs>> {
        let mut blocks = vec![*self.preimage(last)?];
        while let Some(before) = blocks.last().and_then(|inputs| self.preimage(&inputs[0])) {
            blocks.push(*before);
        }
        blocks.reverse();
        Some(blocks)
    }

    /// Section 4. `None` where the commitment has no known opening.
    pub fn account(&self, commitment: &Fr) -> Option<Account> {
        let blocks = self.chain(commitment)?;
        let (header, rest) = blocks.split_first()?;
        let [kind, subject, as_of, _, entries @ ..] = header;
        let liability = match *kind {
            kind if kind == tag("covenant/collateral/v2") => false,
            kind if kind == tag("covenant/liability/v2") => true,
            _ => return None,
        };
        let rest_entries = rest.iter().flat_map(|block| &block[1..]);
        Some(Account {
            liability,
            subject: *subject,
            as_of: *as_of,
            blocks: blocks.len(),
            entries: entries.iter().chain(rest_entries).copied().collect(),
        })
    }

    /// Section 5.
    pub fn policy(&self, digest: &Fr) -> Result<Policy, NoPolicy> {
        let blocks = self.chain(digest).ok_or(NoPolicy::Unopened)?;
        match blocks.split_first() {
            Some((header, blocks)) if header[0] == tag("covenant/policy/v2") => {
                Policy::of(header, blocks)
            }
            _ => Err(NoPolicy::Unopened),
        }
    }
}

/// What is left of a packed word.
pub struct Word(BigUint);

impl Word {
    pub fn new(x: &Fr) -> Self {
        Self(integer(x))
    }

    pub fn take(&mut self, bits: u32) -> u128 {
        let field = &self.0 % (BigUint::from(1u8) << bits);
        self.0 >>= bits;
        field.try_into().unwrap()
    }

    pub fn is_empty(&self) -> bool {
        self.0 == BigUint::ZERO
    }
}

#[derive(Debug)]
pub struct Account {
    pub liability: bool,
    pub subject: Fr,
    pub as_of: Fr,
    /// How many hashes it takes.
    pub blocks: usize,
    pub entries: Vec<Fr>,
}

/// Asset id and amount of an entry, where it is well formed.
pub fn entry(e: &Fr) -> Option<(u128, u128)> {
    let mut word = Word::new(e);
    let (amount, gap, id) = (word.take(112), word.take(16), word.take(120));
    (gap == 0 && id != 0 && word.is_empty()).then_some((id, amount))
}
