//! What goes to `CovenantVerifier` and `CovenantRegistry`: contexts (S9), terms and
//! submissions as calldata.
//!
//! Here are the values with their units; [`abi`] has the same as the contracts'
//! ABI encodes them.

use crate::abi::{self, CovenantRegistry, CovenantVerifier};
use alloy_primitives::{U256, aliases::U80, keccak256};
use alloy_sol_types::{SolCall, SolValue};
use covenant_circuits::field::{Fr, to_be_bytes};
use covenant_circuits::ident::{Context, keccak248};
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

/// A signer of a facility, and the bits of what it may sign: 1 collateral, 2 liabilities, 4
/// prices.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attester {
    /// A key's address or an ERC-1271 contract's.
    pub signer: Address,
    /// What it may sign.
    pub roles: u8,
}

/// The price feed of an asset.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Feed {
    /// The feed's address.
    pub feed: Address,
    /// The decimals that the policy gives the asset.
    pub asset_decimals: u8,
    /// Seconds after which a round is stale.
    pub max_age: u64,
}

/// The terms of a facility, as `Terms.sol` has them and explains them; 0 addresses for none.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs)]
pub struct Terms {
    pub subject: [u8; 32],
    pub policy: [u8; 32],
    pub min_ratio_bps: u32,
    pub verifier: Address,
    pub debt_token: Address,
    pub min_public_debt: u128,
    pub max_account_age: u64,
    pub max_window: u64,
    pub max_price_age: u64,
    pub coverage_seconds: u64,
    pub attester_quorum: u8,
    pub price_quorum: u8,
    pub attesters: Vec<Attester>,
    pub feeds: Vec<Feed>,
    pub envelope: [u8; 32],
    pub sequencer: Address,
    pub sequencer_grace: u64,
}

impl Terms {
    /// The terms as the ABI has them.
    pub fn abi(&self) -> abi::Terms {
        abi::Terms {
            subject: U256::from_be_bytes(self.subject),
            policy: U256::from_be_bytes(self.policy),
            minRatioBps: self.min_ratio_bps,
            verifier: self.verifier.into(),
            debtToken: self.debt_token.into(),
            minPublicDebt: self.min_public_debt,
            maxAccountAge: self.max_account_age,
            maxWindow: self.max_window,
            maxPriceAge: self.max_price_age,
            coverageSeconds: self.coverage_seconds,
            attesterQuorum: self.attester_quorum,
            priceQuorum: self.price_quorum,
            attesters: (self.attesters.iter())
                .map(|a| abi::Attester {
                    signer: a.signer.into(),
                    roles: a.roles,
                })
                .collect(),
            feeds: (self.feeds.iter())
                .map(|f| abi::Feed {
                    feed: f.feed.into(),
                    assetDecimals: f.asset_decimals,
                    maxAge: f.max_age,
                })
                .collect(),
            envelope: self.envelope.into(),
            sequencer: self.sequencer.into(),
            sequencerGrace: self.sequencer_grace,
        }
    }

    /// What the registry keeps of the terms: keccak256 of their encoding.
    pub fn hash(&self) -> [u8; 32] {
        keccak256(self.abi().abi_encode()).0
    }

    /// Calldata of `CovenantRegistry.open`: a facility under these terms.
    pub fn open_calldata(&self, salt: [u8; 32]) -> Vec<u8> {
        CovenantRegistry::openCall {
            salt: salt.into(),
            terms: self.abi(),
        }
        .abi_encode()
    }

    /// Calldata of `CovenantRegistry.changeTerms`, from these to others.
    pub fn change_calldata(&self, facility: u128, next: &Self) -> Vec<u8> {
        CovenantRegistry::changeTermsCall {
            facility,
            old: self.abi(),
            next: next.abi(),
        }
        .abi_encode()
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

/// A statement, its proof and the signatures, for a facility.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Submission {
    /// What the proof was made for.
    pub binding: Binding,
    /// What was proved.
    pub statement: Statement,
    /// One per commitment, in order.
    pub attestations: Vec<Attestation>,
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
            policy: word(&s.policy()),
            asOfFrom: s.window().from(),
            asOfTo: s.window().to(),
            publicDebt: s.public_debt().get(),
            ratioBps: s.ratio().bps(),
            kinds: s.kinds_word(),
            report: report(s),
            commitments: commitments(s),
            attestations: self.attestations.iter().map(Attestation::abi).collect(),
            prices: abi::Prices {
                rounds: self.prices.rounds.iter().map(|round| round.0).collect(),
                asOf: self.prices.as_of,
                prices: match terms.feeds.is_empty() {
                    true => prices(s),
                    false => Vec::new(),
                },
                signed: self.prices.signed.abi(),
            },
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
