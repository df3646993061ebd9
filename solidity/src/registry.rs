//! What goes to `CovenantVerifier` and `CovenantRegistry`: contexts (S9), terms, submissions and
//! challenges as calldata.
//!
//! Here are the values with their units; [`abi`] has the same as the contracts'
//! ABI encodes them.

mod challenge;
mod events;
mod many;
mod state;
mod terms;
mod vector;

pub use challenge::{
    Challenge, PolicyEnvelope, documents_hash, ended_calldata, prices_hash, uncured_calldata,
};
pub use events::{EndReason, Event, EventError, Proved};
pub use many::{batch_calldata, verify_many_calldata};
pub use state::{Answer, Call, Debt, Facility, Latest, UnknownAnswer, Version};
pub use terms::{Attester, Feed, Terms, role};
pub use vector::VectorError;

use crate::abi::{self, CovenantRegistry, CovenantVerifier};
use alloy_primitives::{U256, aliases::U80, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::{Context, FacilityId, keccak248};
use covenant_circuits::shape::REPORT_WORDS;
use covenant_circuits::statement::Statement;

/// 20 bytes.
pub type Address = [u8; 20];

/// What a proof for a facility is made for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Binding {
    /// EIP-155 chain id.
    pub chain_id: u64,
    /// The registry's address.
    pub registry: Address,
    /// The facility's id.
    pub facility: u128,
    /// The facility's epoch: how many proofs and changes it has seen.
    pub epoch: u64,
}

impl Binding {
    /// The context that a proof must have (S9): what `contextOf` of the registry returns.
    pub fn context(&self) -> Option<Context> {
        let kind = keccak256(b"covenant/context/v1");
        let encoded = (
            kind,
            U256::from(self.chain_id),
            self.registry(),
            U256::from(self.facility),
            self.epoch,
        )
            .abi_encode_params();
        Context::from_field(keccak248(&encoded))
    }

    /// How undertakings name the facility, whatever its epoch (docs/spec.md, section 7).
    pub fn facility_id(&self) -> Option<FacilityId> {
        let kind = keccak256(b"covenant/facility/v1");
        let encoded = (
            kind,
            U256::from(self.chain_id),
            self.registry(),
            U256::from(self.facility),
        )
            .abi_encode_params();
        FacilityId::from_field(keccak248(&encoded))
    }

    fn registry(&self) -> alloy_primitives::Address {
        self.registry.into()
    }

    fn abi(&self) -> abi::Binding {
        abi::Binding {
            chainId: U256::from(self.chain_id),
            registry: self.registry(),
            facility: self.facility,
            epoch: self.epoch,
        }
    }
}

/// Signatures by attesters, named by their places in the terms, strictly ascending.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Signatures {
    /// Places in [`Terms::attesters`].
    pub attesters: Vec<u8>,
    /// One each: 65 bytes r, s, v of a key, or what an ERC-1271 contract accepts.
    pub signatures: Vec<Vec<u8>>,
}

impl Signatures {
    fn abi(&self) -> abi::Signatures {
        abi::Signatures {
            attesters: self.attesters.clone(),
            signatures: self.signatures.iter().cloned().map(Into::into).collect(),
        }
    }
}

/// An attester's word on an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attestation {
    /// Unix seconds of the snapshot, within the statement's window.
    pub as_of: u64,
    /// Unix seconds.
    pub valid_until: u64,
    /// 0 collateral, 1 liability: what was signed. The registry wants the kind that the proof
    /// shows.
    pub kind: u8,
    /// The attester's reference, hashed.
    pub account: [u8; 32],
    /// The commitment of the same account's other kind; 0 for none.
    pub counterpart: [u8; 32],
    /// Who signed.
    pub signed: Signatures,
}

impl Attestation {
    fn abi(&self) -> abi::Attestation {
        abi::Attestation {
            asOf: self.as_of,
            validUntil: self.valid_until,
            kind: self.kind,
            account: self.account.into(),
            counterpart: self.counterpart.into(),
            signed: self.signed.abi(),
        }
    }
}

/// An attester's word that it holds a collateral account for the facility's secured party.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Undertaking {
    /// Unix seconds, no later than the account's snapshot.
    pub held_from: u64,
    /// Unix seconds.
    pub held_until: u64,
    /// Who signed, of those who attested the account.
    pub signed: Signatures,
}

impl Undertaking {
    fn abi(&self) -> abi::Undertaking {
        abi::Undertaking {
            heldFrom: self.held_from,
            heldUntil: self.held_until,
            signed: self.signed.abi(),
        }
    }
}

/// A round of a feed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Round(U80);

impl Round {
    /// Whichever is the latest when the proof is submitted.
    pub const LATEST: Self = Self(U80::ZERO);

    /// The round with that id, below 2^80; 0 for the latest.
    pub fn new(id: u128) -> Option<Self> {
        U80::try_from(id).ok().map(Self)
    }
}

/// Where the prices come from: rounds of the feeds, or a signed snapshot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceWord {
    /// A round per feed; none for signed prices.
    pub rounds: Vec<Round>,
    /// Unix seconds of the signed snapshot.
    pub as_of: u64,
    /// Who signed the statement's prices; nobody where there are feeds.
    pub signed: Signatures,
}

impl PriceWord {
    /// The word as the ABI has it; with prices only where no feed is read.
    fn abi(&self, terms: &Terms, prices: &[u128]) -> abi::Prices {
        abi::Prices {
            rounds: self.rounds.iter().map(|round| round.0).collect(),
            asOf: self.as_of,
            prices: match terms.feeds.is_empty() {
                true => prices.to_vec(),
                false => Vec::new(),
            },
            signed: self.signed.abi(),
        }
    }
}

/// A statement, its proof and the signatures, for a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
    /// What the proof was made for.
    pub binding: Binding,
    /// The number that the registry's router gives the circuit.
    pub version: u8,
    /// What was proved.
    pub statement: Statement,
    /// One per commitment, in order.
    pub attestations: Vec<Attestation>,
    /// One per collateral account, in order, where the terms have a secured party.
    pub undertakings: Vec<Undertaking>,
    /// Where the statement's prices come from.
    pub prices: PriceWord,
    /// The proof.
    pub proof: Vec<u8>,
}

impl Submission {
    /// The submission as the ABI has it. The statement's prices go with it only where the terms
    /// have no feeds to read them from.
    pub fn abi(&self, terms: &Terms) -> abi::Submission {
        let s = &self.statement;
        abi::Submission {
            binding: self.binding.abi(),
            version: self.version,
            policy: word(&s.policy()),
            asOfFrom: s.window().from(),
            asOfTo: s.window().to(),
            publicDebt: s.public_debt().get(),
            ratioBps: s.ratio().bps(),
            kinds: s.kinds_word(),
            report: report(s),
            commitments: commitments(s),
            attestations: self.attestations.iter().map(Attestation::abi).collect(),
            undertakings: self.undertakings.iter().map(Undertaking::abi).collect(),
            prices: self.prices.abi(terms, &prices(s)),
            proof: self.proof.clone().into(),
        }
    }

    /// Calldata of `CovenantRegistry.submit`.
    pub fn calldata(&self, facility: u128, terms: &Terms) -> Vec<u8> {
        CovenantRegistry::submitCall {
            facility,
            terms: terms.abi(),
            s: self.abi(terms),
        }
        .abi_encode()
    }
}

/// Calldata of `CovenantRegistry.submitMany`: all or none.
pub fn many_calldata(renewals: &[(u128, &Terms, &Submission)]) -> Vec<u8> {
    submit_many(renewals).abi_encode()
}

fn submit_many(renewals: &[(u128, &Terms, &Submission)]) -> CovenantRegistry::submitManyCall {
    let renewals = (renewals.iter()).map(|(facility, terms, submission)| abi::Renewal {
        facility: *facility,
        terms: terms.abi(),
        submission: submission.abi(terms),
    });
    CovenantRegistry::submitManyCall {
        renewals: renewals.collect(),
    }
}

/// Calldata of `CovenantVerifier.verify`.
pub fn verify_calldata(statement: &Statement, proof: &[u8]) -> Vec<u8> {
    CovenantVerifier::verifyCall {
        statement: statement_abi(statement),
        proof: proof.to_vec().into(),
    }
    .abi_encode()
}

fn statement_abi(s: &Statement) -> abi::Statement {
    abi::Statement {
        subject: word(&s.subject().get()),
        asOfFrom: s.window().from(),
        asOfTo: s.window().to(),
        policy: word(&s.policy()),
        publicDebt: s.public_debt().get(),
        ratioBps: s.ratio().bps(),
        context: word(&s.context().get()),
        kinds: s.kinds_word(),
        report: report(s),
        commitments: commitments(s),
        prices: prices(s),
    }
}

fn word(x: &Fr) -> U256 {
    U256::from_be_bytes(to_be_bytes(x))
}

/// The report's words: three lines each.
fn report(statement: &Statement) -> [U256; REPORT_WORDS] {
    statement.report_words().map(|report| word(&report))
}

fn commitments(statement: &Statement) -> Vec<U256> {
    (statement.commitments().iter())
        .map(|k| word(&k.0))
        .collect()
}

fn prices(statement: &Statement) -> Vec<u128> {
    statement.prices().iter().map(|p| p.get()).collect()
}
