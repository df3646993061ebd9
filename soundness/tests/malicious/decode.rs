//! An independent decoder: what a commitment and a policy's digest say by docs/spec.md,
//! sections 3 to 5, from the hashes that were taken on the way to them. It knows nothing of the
//! circuit.

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

fn tag(text: &str) -> Fr {
    text.bytes().fold(Fr::ZERO, |x, byte| {
        x * Fr::from(256) + Fr::from(u64::from(byte))
    })
}

/// Every hash that the adversary is known to have taken, by its value.
pub struct Hashes(BTreeMap<[u64; 4], [Fr; 4]>);

impl Hashes {
    pub fn of(inputs: impl IntoIterator<Item = [Fr; 4]>) -> Self {
        let taken = inputs.into_iter().map(|x| (words(&poseidon::hash(x)), x));
        Self(taken.collect())
    }

    fn preimage(&self, hash: &Fr) -> Option<&[Fr; 4]> {
        self.0.get(&words(hash))
    }

    /// The first inputs of a chain of hashes that ends with a value, and what followed.
    fn chain(&self, last: &Fr) -> Option<([Fr; 4], Vec<[Fr; 3]>)> {
        let mut blocks = Vec::new();
        let mut inputs = *self.preimage(last)?;
        while self.preimage(&inputs[0]).is_some() {
            blocks.push([inputs[1], inputs[2], inputs[3]]);
            inputs = *self.preimage(&inputs[0])?;
        }
        blocks.reverse();
        Some((inputs, blocks))
    }

    /// Section 4. `None` where the commitment has no known opening.
    pub fn account(&self, commitment: &Fr) -> Option<Account> {
        let ([kind, subject, as_of, _], blocks) = self.chain(commitment)?;
        let liability = match kind {
            kind if kind == tag("covenant/collateral/v1") => false,
            kind if kind == tag("covenant/liability/v1") => true,
            _ => return None,
        };
        Some(Account {
            liability,
            subject,
            as_of,
            entries: blocks.into_iter().flatten().collect(),
        })
    }

    /// Section 5.
    pub fn policy(&self, digest: &Fr) -> Result<Policy, NoPolicy> {
        let (header, mut blocks) = self.chain(digest).ok_or(NoPolicy::Unopened)?;
        if header[0] != tag("covenant/policy/v1") {
            return Err(NoPolicy::Unopened);
        }
        if blocks.is_empty() {
            return Err(NoPolicy::Unopened);
        }
        let [least, most, zero] = blocks.remove(0);
        if zero != Fr::ZERO || header[3] != Fr::from(blocks.len() as u64) {
            return Err(NoPolicy::Malformed("another number of assets"));
        }
        let mut ratios = Word::new(&header[2]);
        let mut policy = Policy {
            ratios: (0..15).map(|_| ratios.take(16)).collect(),
            shares: Vec::new(),
            assets: Vec::new(),
        };
        let (mut least, mut most) = (Word::new(&least), Word::new(&most));
        policy
            .shares
            .extend((0..15).map(|_| (least.take(16), most.take(16))));
        let mut ends = vec![ratios, least, most];
        for words in &blocks {
            let [mut w1, mut w2, mut w3] = words.map(|w| Word::new(&w));
            let mut asset = Asset {
                id: w1.take(120),
                share: w1.take(16),
                groups: w1.take(15) as u32,
                ..Asset::default()
            };
            let gap = w1.take(1);
            asset.netting = w1.take(8);
            asset.multipliers.extend((0..5).map(|_| w1.take(16)));
            for (tier, word) in [(0, &mut w2), (2, &mut w3)] {
                asset.widths[tier] = word.take(64);
                asset.weights[tier] = word.take(16);
            }
            asset.widths[1] = w2.take(64);
            asset.weights[1] = w2.take(16);
            asset.multipliers.extend((0..5).map(|_| w2.take(16)));
            asset.weights[3] = w3.take(16);
            asset.multipliers.extend((0..5).map(|_| w3.take(16)));
            asset.check(gap).map_err(NoPolicy::Malformed)?;
            if policy
                .assets
                .last()
                .is_some_and(|before: &Asset| before.id >= asset.id)
            {
                return Err(NoPolicy::Malformed("ids that do not ascend"));
            }
            policy.assets.push(asset);
            ends.extend([w1, w2, w3]);
        }
        if ends.iter().any(|word| word.0 != BigUint::ZERO) {
            return Err(NoPolicy::Malformed("a word with more than its fields"));
        }
        if policy
            .shares
            .iter()
            .any(|(least, most)| *least.max(most) > 10_000)
        {
            return Err(NoPolicy::Malformed("a share above 10^4"));
        }
        Ok(policy)
    }
}

impl Policy {
    /// Which rule of a policy document is broken, of those that can be told from the words and
    /// that the circuit leaves to whoever holds the document.
    pub fn undocumented(&self) -> Option<&'static str> {
        let descend = |asset: &Asset| asset.weights.is_sorted_by(|a, b| a >= b);
        if !self.assets.iter().all(descend) {
            return Some("weights that increase");
        }
        let crossed = self.shares.iter().any(|(least, most)| least > most);
        crossed.then_some("a smallest share above the largest")
    }
}

/// What is left of a packed word.
struct Word(BigUint);

impl Word {
    fn new(x: &Fr) -> Self {
        Self(integer(x))
    }

    fn take(&mut self, bits: u32) -> u128 {
        let field = &self.0 % (BigUint::from(1u8) << bits);
        self.0 >>= bits;
        field.try_into().unwrap()
    }
}

/// Why a digest is that of no policy.
pub enum NoPolicy {
    /// No policy's hashes are known to end with it.
    Unopened,
    /// They are, and a field is not of its type: the circuit must not accept it.
    Malformed(&'static str),
}

#[derive(Debug)]
pub struct Account {
    pub liability: bool,
    pub subject: Fr,
    pub as_of: Fr,
    pub entries: Vec<Fr>,
}

/// Asset id and amount of an entry, where it is well formed.
pub fn entry(e: &Fr) -> Option<(u128, u128)> {
    let mut word = Word::new(e);
    let (amount, gap, id) = (word.take(112), word.take(16), word.take(120));
    (gap == 0 && id != 0 && word.0 == BigUint::ZERO).then_some((id, amount))
}

#[derive(Debug)]
pub struct Policy {
    /// Of the scenarios 1 to 15.
    pub ratios: Vec<u128>,
    pub shares: Vec<(u128, u128)>,
    pub assets: Vec<Asset>,
}

#[derive(Debug, Default)]
pub struct Asset {
    pub id: u128,
    pub share: u128,
    pub groups: u32,
    pub netting: u128,
    pub multipliers: Vec<u128>,
    pub widths: [u128; 4],
    pub weights: [u128; 4],
}

impl Asset {
    /// Every field in its range (S8). That weights never increase is the document's rule.
    fn check(&self, gap: u128) -> Result<(), &'static str> {
        if self.id == 0 {
            return Err("an id of 0");
        }
        if self.share > 10_000 || self.weights.iter().any(|w| *w > 10_000) {
            return Err("a share or weight above 10^4");
        }
        if gap != 0 || self.netting > 1 {
            return Err("a mask or netting that is none");
        }
        if self.widths.iter().any(|w| w >> 60 != 0) {
            return Err("a width of more than 60 bits");
        }
        Ok(())
    }
}
