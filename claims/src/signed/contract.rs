//! Signatures of contracts (ERC-1271). Only the contract can tell whether a signature is its own,
//! and its answer may change from block to block: so a relying party queries it at a block of its own
//! choice, records the [`Answer`] with the block's number and hash, and judges by that record. An
//! answer counts for exactly one [`Question`]: this contract on this chain, this digest, these
//! bytes. Nothing here speaks to a node.

use super::document::Digest;
use super::signature::SignatureError;
use super::signer::Contract;
use crate::ident::Hash;
use alloy_sol_types::SolCall;
use std::collections::HashMap;
use std::fmt;

/// Most bytes of a contract's signature.
pub const MAX_SIGNATURE: usize = 4_096;

mod sol {
    #![allow(missing_docs, unreachable_pub)]
    alloy_sol_types::sol! {
        function isValidSignature(bytes32 hash, bytes signature) returns (bytes4);
    }
}

/// 1 to [`MAX_SIGNATURE`] bytes that mean something to the contract alone.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct ContractSignature(Vec<u8>);

/// What a contract is queried for: is this signature over this digest yours?
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Question {
    /// Who is queried, and on which chain.
    pub contract: Contract,
    /// What is said to be signed.
    pub digest: Digest,
    /// What is said to be the signature.
    pub signature: ContractSignature,
}

/// A block of the contract's chain.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Block {
    /// Its number.
    pub number: u64,
    /// Its hash, which no other block has.
    pub hash: Hash,
}

/// What a contract answered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Answer {
    /// The block whose state it answered from.
    pub block: Block,
    /// Whether the signature is its own.
    pub valid: bool,
}

/// The answers that a relying party recorded. They come from its own node and never from whom it
/// judges.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Answers(HashMap<Question, Answer>);

impl ContractSignature {
    /// 1 to [`MAX_SIGNATURE`] bytes.
    pub fn new(bytes: Vec<u8>) -> Result<Self, SignatureError> {
        match bytes.len() {
            1..=MAX_SIGNATURE => Ok(Self(bytes)),
            _ => Err(SignatureError::ContractFormat {
                got: 2 + 2 * bytes.len(),
            }),
        }
    }

    /// The bytes.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// Reads `0x` (never `0X`) and two hex digits of either case for each byte.
    pub(super) fn read(text: &str) -> Result<Self, SignatureError> {
        let bad = || SignatureError::ContractFormat { got: text.len() };
        let digits = text.strip_prefix("0x").ok_or_else(bad)?;
        let (pairs, []) = digits.as_bytes().as_chunks::<2>() else {
            return Err(bad());
        };
        if !(1..=MAX_SIGNATURE).contains(&pairs.len()) {
            return Err(bad());
        }
        let nibble = |c: u8| char::from(c).to_digit(16).map(|digit| digit as u8);
        let byte = |[high, low]: &[u8; 2]| Some(nibble(*high)? << 4 | nibble(*low)?);
        let bytes: Option<Vec<u8>> = pairs.iter().map(byte).collect();
        bytes.map(Self).ok_or_else(bad)
    }
}

impl Question {
    /// The calldata of `isValidSignature(digest, signature)`.
    pub fn calldata(&self) -> Vec<u8> {
        sol::isValidSignatureCall {
            hash: self.digest.as_bytes().into(),
            signature: self.signature.0.clone().into(),
        }
        .abi_encode()
    }

    /// Whether what the call returned says yes: `0x1626ba7e`, which is the function's selector,
    /// padded to one word, and nothing else.
    pub fn is_yes(returned: &[u8]) -> bool {
        let mut word = [0; 32];
        for (to, from) in word.iter_mut().zip(sol::isValidSignatureCall::SELECTOR) {
            *to = from;
        }
        returned == word
    }
}

impl Answers {
    /// No contract was queried.
    pub fn none() -> Self {
        Self(HashMap::new())
    }

    /// Records an answer; of two to one question the later counts.
    pub fn record(&mut self, question: Question, answer: Answer) {
        self.0.insert(question, answer);
    }

    /// What was answered to exactly this question.
    pub fn get(&self, question: &Question) -> Option<Answer> {
        self.0.get(question).copied()
    }
}

impl fmt::Display for ContractSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("0x")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContractSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ContractSignature({self})")
    }
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.number, self.hash)
    }
}
