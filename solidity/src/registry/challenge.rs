//! What ends a coverage before its time: prices outside of the envelope, a revoked document, a cure
//! that did not come (docs/spec.md, section 6a).

use super::{PriceWord, Terms};
use crate::abi::{self, Basis, CovenantRegistry, Document};
use alloy_primitives::{I256, U256, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use covenant_circuits::policy::Policy;

/// What a policy lets a proof say of later prices: what the terms have as a hash.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PolicyEnvelope {
    /// Of every scenario, in basis points; without the base, whose ratio is the statement's.
    pub ratios: Vec<u32>,
    /// Of each asset's price in digest order, in basis points, one scenario after the other.
    pub multipliers: Vec<u32>,
    /// Bit a: asset a may be owed.
    pub owed: U256,
    /// Bit a: asset a counts for nothing at any price.
    pub weightless: U256,
}

impl PolicyEnvelope {
    /// A policy's.
    pub fn of(policy: &Policy) -> Self {
        let assets = policy.assets();
        let scenarios = 0..policy.scenario_ratios().len();
        let multiplier = |j: usize| {
            (assets.iter()).map(move |asset| asset.multipliers.get(j).copied().unwrap_or_default())
        };
        let weightless = (assets.iter()).map(|a| a.tiers.iter().all(|tier| tier.weight == 0));
        Self {
            ratios: (policy.scenario_ratios().iter())
                .map(|r| u32::from(*r))
                .collect(),
            multipliers: scenarios.flat_map(multiplier).map(u32::from).collect(),
            owed: mask(assets.iter().map(|asset| asset.may_owe)),
            weightless: mask(weightless),
        }
    }

    /// As the ABI has it.
    pub fn abi(&self) -> abi::Envelope {
        abi::Envelope {
            ratios: self.ratios.clone(),
            multipliers: self.multipliers.clone(),
            owed: self.owed,
            weightless: self.weightless,
        }
    }

    /// What `Terms.envelope` is for this policy.
    pub fn hash(&self) -> [u8; 32] {
        keccak256(self.abi().abi_encode_params()).0
    }
}

fn mask(bits: impl Iterator<Item = bool>) -> U256 {
    (bits.enumerate()).fold(U256::ZERO, |mask, (bit, set)| {
        mask | (U256::from(u8::from(set)) << bit)
    })
}

/// What the registry keeps of prices that were proved with, in digest order.
pub fn prices_hash(prices: &[u128]) -> [u8; 32] {
    keccak256(prices.abi_encode()).0
}

/// What the registry keeps of the signatures that it checked, in its order.
pub fn documents_hash(documents: &[Document]) -> [u8; 32] {
    keccak256(documents.abi_encode()).0
}

/// What shows that prices of now are outside of what was proved.
#[derive(Clone, Debug)]
pub struct Challenge<'a> {
    /// Of the facility.
    pub terms: &'a Terms,
    /// What its coverage rests on.
    pub basis: Basis,
    /// The prices that were proved with.
    pub proved: Vec<u128>,
    /// The policy's.
    pub envelope: PolicyEnvelope,
    /// Who signed the prices of now, and when; nothing where there are feeds.
    pub word: PriceWord,
    /// The prices of now that were signed; no prices where there are feeds.
    pub present: Vec<u128>,
    /// One entry per asset.
    pub vector: Vec<I256>,
}

impl Challenge<'_> {
    /// Calldata of `CovenantRegistry.challenge`.
    pub fn calldata(&self, facility: u128) -> Vec<u8> {
        CovenantRegistry::challengeCall {
            facility,
            terms: self.terms.abi(),
            basis: self.basis.clone(),
            provedPrices: self.proved.clone(),
            envelope: self.envelope.abi(),
            prices: self.word.abi(self.terms, &self.present),
            vector: self.vector.clone(),
        }
        .abi_encode()
    }
}

/// Calldata of `CovenantRegistry.endRevoked`: the document of that place was revoked.
pub fn ended_calldata(
    facility: u128,
    terms: &Terms,
    basis: &Basis,
    documents: &[Document],
    index: usize,
) -> Vec<u8> {
    CovenantRegistry::endRevokedCall {
        facility,
        terms: terms.abi(),
        basis: basis.clone(),
        documents: documents.to_vec(),
        index: U256::from(index),
    }
    .abi_encode()
}

/// Calldata of `CovenantRegistry.declareUncured`.
pub fn uncured_calldata(facility: u128, terms: &Terms) -> Vec<u8> {
    CovenantRegistry::declareUncuredCall {
        facility,
        terms: terms.abi(),
    }
    .abi_encode()
}
