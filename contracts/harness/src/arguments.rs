//! Calldata written by hand, word by word: for what tests call beside the contracts' own
//! functions, and as a second opinion on the encoder that `covenant-solidity` uses.

use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::keccak256;

/// The first four bytes of a signature's keccak256.
pub fn selector(signature: &str) -> [u8; 4] {
    let mut out = [0; 4];
    for (to, from) in out.iter_mut().zip(keccak256(signature.as_bytes())) {
        *to = from;
    }
    out
}

/// Arguments of a call, in order.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Arguments {
    heads: Vec<Head>,
}

#[derive(Clone, PartialEq, Eq, Debug)]
enum Head {
    Word([u8; 32]),
    Tail(Vec<u8>),
}

impl Arguments {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// A word.
    pub fn word(mut self, word: [u8; 32]) -> Self {
        self.heads.push(Head::Word(word));
        self
    }

    /// A number.
    pub fn number(self, x: u128) -> Self {
        self.word(number(x))
    }

    /// A field element.
    pub fn element(self, x: &Fr) -> Self {
        self.word(to_be_bytes(x))
    }

    /// An address.
    pub fn address(self, address: &[u8; 20]) -> Self {
        let mut word = [0; 32];
        for (to, from) in word.iter_mut().skip(12).zip(address) {
            *to = *from;
        }
        self.word(word)
    }

    /// A dynamic array of numbers.
    pub fn numbers(self, numbers: impl IntoIterator<Item = u128>) -> Self {
        let words: Vec<[u8; 32]> = numbers.into_iter().map(number).collect();
        self.words(&words)
    }

    /// A dynamic array of so many elements, which `elements` holds one after the other.
    pub fn array(mut self, length: usize, elements: Self) -> Self {
        let mut tail = number(length as u128).to_vec();
        tail.extend(elements.encode());
        self.heads.push(Head::Tail(tail));
        self
    }

    /// A dynamic array of byte strings.
    pub fn byte_strings(self, strings: &[Vec<u8>]) -> Self {
        let elements = (strings.iter()).fold(Self::new(), |a, s| a.bytes(s));
        self.array(strings.len(), elements)
    }

    /// A dynamic array of words.
    pub fn words(mut self, words: &[[u8; 32]]) -> Self {
        let mut tail = number(words.len() as u128).to_vec();
        tail.extend(words.concat());
        self.heads.push(Head::Tail(tail));
        self
    }

    /// Bytes, padded to words with zeros.
    pub fn bytes(mut self, bytes: &[u8]) -> Self {
        let mut tail = number(bytes.len() as u128).to_vec();
        tail.extend(bytes);
        tail.resize(tail.len().next_multiple_of(32), 0);
        self.heads.push(Head::Tail(tail));
        self
    }

    /// A dynamic tuple.
    pub fn tuple(mut self, fields: Self) -> Self {
        self.heads.push(Head::Tail(fields.encode()));
        self
    }

    /// A dynamic array of dynamic tuples.
    pub fn tuples(self, tuples: Vec<Self>) -> Self {
        let length = tuples.len();
        self.array(length, tuples.into_iter().fold(Self::new(), Self::tuple))
    }

    /// The encoded arguments.
    pub fn encode(&self) -> Vec<u8> {
        let mut at = 32 * self.heads.len();
        let (mut heads, mut tails) = (Vec::<u8>::new(), Vec::<u8>::new());
        for head in &self.heads {
            match head {
                Head::Word(word) => heads.extend(word),
                Head::Tail(tail) => {
                    heads.extend(number(at as u128));
                    at += tail.len();
                    tails.extend(tail);
                }
            }
        }
        heads.extend(tails);
        heads
    }

    /// The calldata of a function.
    pub fn call(&self, signature: &str) -> Vec<u8> {
        let mut out = selector(signature).to_vec();
        out.extend(self.encode());
        out
    }
}

fn number(x: u128) -> [u8; 32] {
    let mut word = [0; 32];
    for (to, from) in word.iter_mut().skip(16).zip(x.to_be_bytes()) {
        *to = from;
    }
    word
}
