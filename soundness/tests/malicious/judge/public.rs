//! The public inputs by name (docs/spec.md, section 6.2).

use crate::decode::{Word, integer};
use covenant_circuits::field::Fr;
use covenant_circuits::shape::Shape;
use ff::Field;
use num_bigint::BigUint;

/// Where the commitments begin.
const COMMITMENTS: usize = 13;

pub struct Public<'a> {
    inputs: &'a [Fr],
    pub shape: Shape,
}

pub fn number(x: &Fr) -> u128 {
    integer(x).try_into().unwrap()
}

impl<'a> Public<'a> {
    pub fn new(inputs: &'a [Fr], shape: Shape) -> Self {
        Self { inputs, shape }
    }
    pub fn subject(&self) -> &Fr {
        &self.inputs[0]
    }
    pub fn in_window(&self, as_of: &Fr) -> bool {
        let [from, to] = [1, 2].map(|row: usize| integer(&self.inputs[row]));
        (from..=to).contains(&integer(as_of))
    }
    pub fn digest(&self) -> &Fr {
        &self.inputs[3]
    }
    pub fn debt(&self) -> u128 {
        number(&self.inputs[4])
    }
    pub fn ratio(&self) -> u128 {
        number(&self.inputs[5])
    }
    pub fn kind(&self, account: usize) -> bool {
        integer(&self.inputs[7]).bit(account as u64)
    }
    /// R_0 to R_14.
    pub fn report(&self) -> Vec<u128> {
        let words = self.inputs[8..COMMITMENTS].iter();
        let lines = words.flat_map(|word| {
            let mut word = Word::new(word);
            [80, 80, 80].map(|bits| word.take(bits))
        });
        lines.collect()
    }
    pub fn commitments(&self) -> &[Fr] {
        &self.inputs[COMMITMENTS..COMMITMENTS + self.shape.accounts()]
    }
    pub fn prices(&self) -> &[Fr] {
        &self.inputs[COMMITMENTS + self.shape.accounts()..]
    }
    /// The ranges of sections 2 and 3, which the verifier's types keep; no account occurs twice.
    /// That commitments ascend is not asked for: another order is another trace, no other
    /// statement.
    pub fn admissible(&self) -> bool {
        let below = |x: &Fr, bits: u64| integer(x).bits() <= bits;
        let [subject, from, to, _, debt, ratio, context, kinds, ..] = self.inputs else {
            return false;
        };
        let mut used: Vec<BigUint> = self.commitments().iter().map(integer).collect();
        used.retain(|k| *k != BigUint::ZERO);
        let count = used.len();
        used.sort();
        used.dedup();
        below(subject, 248)
            && below(context, 248)
            && below(from, 64)
            && below(to, 64)
            && integer(from) <= integer(to)
            && below(debt, 80)
            && below(ratio, 20)
            && *ratio != Fr::ZERO
            && below(kinds, self.shape.accounts() as u64)
            && self.inputs[8..COMMITMENTS]
                .iter()
                .all(|word| below(word, 240))
            && self.prices().iter().all(|p| below(p, 120))
            && used.len() == count
    }
}
