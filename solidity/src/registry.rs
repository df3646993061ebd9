//! What goes to `CovenantVerifier` and `CovenantRegistry`: contexts (S9), terms and
//! submissions as calldata.

use crate::abi::Arguments;
use covenant_circuits::field::to_be_bytes;
use covenant_circuits::ident::{Context, keccak248, keccak256};
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
    /// The context that a proof must have (S9).
    pub fn context(&self) -> Option<Context> {
        let encoded = Arguments::new()
            .word(keccak256(b"covenant/context/v1"))
            .number(self.chain_id.into())
            .address(&self.registry)
            .number(self.facility)
            .number(self.epoch.into())
            .encode();
        Context::from_field(keccak248(&encoded))
    }

    fn encode(&self, to: Arguments) -> Arguments {
        to.number(self.chain_id.into())
            .address(&self.registry)
            .number(self.facility)
            .number(self.epoch.into())
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

/// The terms of a facility, as `Terms.sol` has them; 0 addresses for none.
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
    pub max_price_age: u64,
    pub coverage_seconds: u64,
    pub attester_quorum: u8,
    pub price_quorum: u8,
    pub attesters: Vec<Attester>,
    pub feeds: Vec<Feed>,
    pub sequencer: Address,
    pub sequencer_grace: u64,
}

/// The ABI type of [`Terms`].
pub const TERMS_TYPE: &str = "(uint256,uint256,uint32,address,address,uint128,uint64,uint64,uint64,uint8,uint8,(address,uint8)[],(address,uint8,uint64)[],address,uint64)";

impl Terms {
    /// The fields in order.
    pub fn arguments(&self) -> Arguments {
        let attesters = (self.attesters.iter()).fold(Arguments::new(), |a, k| {
            a.address(&k.signer).number(k.roles.into())
        });
        let feeds = (self.feeds.iter()).fold(Arguments::new(), |a, f| {
            a.address(&f.feed)
                .number(f.asset_decimals.into())
                .number(f.max_age.into())
        });
        Arguments::new()
            .word(self.subject)
            .word(self.policy)
            .number(self.min_ratio_bps.into())
            .address(&self.verifier)
            .address(&self.debt_token)
            .number(self.min_public_debt)
            .number(self.max_account_age.into())
            .number(self.max_price_age.into())
            .number(self.coverage_seconds.into())
            .number(self.attester_quorum.into())
            .number(self.price_quorum.into())
            .array(self.attesters.len(), attesters)
            .array(self.feeds.len(), feeds)
            .address(&self.sequencer)
            .number(self.sequencer_grace.into())
    }

    /// What the registry keeps of the terms: keccak256 of their encoding.
    pub fn hash(&self) -> [u8; 32] {
        keccak256(&Arguments::new().tuple(self.arguments()).encode())
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
    fn arguments(&self) -> Arguments {
        Arguments::new()
            .numbers(self.attesters.iter().map(|k| u128::from(*k)))
            .byte_strings(&self.signatures)
    }
}

/// An attester's word on an account.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attestation {
    /// Unix seconds.
    pub valid_until: u64,
    /// 0 collateral, 1 liability: what was signed. The registry wants the kind that the proof
    /// shows.
    pub kind: u8,
    /// The attester's reference, hashed.
    pub account: [u8; 32],
    /// Who signed.
    pub signed: Signatures,
}

/// Where the prices come from: rounds of the feeds, or a signed snapshot.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct PriceWord {
    /// A round per feed, 0 for the latest; none for signed prices.
    pub rounds: Vec<u128>,
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

/// The ABI type of [`Submission`].
pub const SUBMISSION_TYPE: &str = "((uint256,address,uint128,uint64),uint256,uint64,uint128,uint32,uint64,uint256[],(uint64,uint8,bytes32,(uint8[],bytes[]))[],(uint80[],uint64,uint128[],(uint8[],bytes[])),bytes)";

impl Submission {
    /// Calldata of `CovenantRegistry.submit`.
    pub fn calldata(&self, facility: u128, terms: &Terms) -> Vec<u8> {
        let s = &self.statement;
        let signed = match terms.feeds.is_empty() {
            true => s.prices().iter().map(|p| p.get()).collect(),
            false => Vec::new(),
        };
        let prices = Arguments::new()
            .numbers(self.prices.rounds.iter().copied())
            .number(self.prices.as_of.into())
            .numbers(signed)
            .tuple(self.prices.signed.arguments());
        let attestations = (self.attestations.iter())
            .map(|a| {
                Arguments::new()
                    .number(a.valid_until.into())
                    .number(a.kind.into())
                    .word(a.account)
                    .tuple(a.signed.arguments())
            })
            .collect();
        let fields = (self.binding.encode(Arguments::new()))
            .element(&s.policy())
            .number(s.as_of().into())
            .number(s.public_debt().get())
            .number(s.ratio().bps().into())
            .number(s.kinds_word().into())
            .words(&commitments(s))
            .tuples(attestations)
            .tuple(prices)
            .bytes(&self.proof);
        Arguments::new()
            .number(facility)
            .tuple(terms.arguments())
            .tuple(fields)
            .call(&format!("submit(uint128,{TERMS_TYPE},{SUBMISSION_TYPE})"))
    }
}

/// Calldata of `CovenantVerifier.verify`.
pub fn verify_calldata(statement: &Statement, proof: &[u8]) -> Vec<u8> {
    let s = statement;
    let fields = Arguments::new()
        .element(&s.subject().get())
        .number(s.as_of().into())
        .element(&s.policy())
        .number(s.public_debt().get())
        .number(s.ratio().bps().into())
        .element(&s.context().get())
        .number(s.kinds_word().into())
        .words(&commitments(s))
        .numbers(s.prices().iter().map(|p| p.get()));
    Arguments::new().tuple(fields).bytes(proof).call(
        "verify((uint256,uint64,uint256,uint128,uint32,uint256,uint64,uint256[],uint128[]),bytes)",
    )
}

fn commitments(statement: &Statement) -> Vec<[u8; 32]> {
    (statement.commitments().iter())
        .map(|k| to_be_bytes(&k.0))
        .collect()
}
