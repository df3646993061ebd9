//! The terms of a facility, and the calldata that only they are in.

use super::Address;
use crate::abi::{self, BackedToken, CovenantRegistry};
use alloy_primitives::{U256, keccak256};
use alloy_sol_types::{SolCall, SolValue};

/// Bits of what an attester may sign, and how.
pub mod role {
    /// Accounts of collateral.
    pub const COLLATERAL: u8 = 1;
    /// Accounts of liabilities.
    pub const LIABILITY: u8 = 2;
    /// Price snapshots.
    pub const PRICES: u8 = 4;
    /// A liability account that this creditor attests must be in every basket.
    pub const REQUIRED: u8 = 8;
    /// Only the signer's own key signs, never code at its address.
    pub const KEY_ONLY: u8 = 16;
}

/// A signer of a facility.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Attester {
    /// A key's address or an ERC-1271 contract's.
    pub signer: Address,
    /// The first key that the attester used: `signer` where it was never rotated.
    pub identity: Address,
    /// Bits of [`role`].
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
    pub circuits: Vec<[u8; 32]>,
    pub debt_sources: Vec<Address>,
    pub min_public_debt: u128,
    pub beneficiary: Address,
    pub max_account_age: u64,
    pub max_window: u64,
    pub max_price_age: u64,
    pub max_lag: u64,
    pub coverage_seconds: u64,
    pub attester_quorum: u8,
    pub price_quorum: u8,
    pub attesters: Vec<Attester>,
    pub feeds: Vec<Feed>,
    pub envelope: [u8; 32],
    pub sequencer: Address,
    pub sequencer_grace: u64,
    pub secured_party: [u8; 32],
    pub wording: [u8; 32],
    pub bond: u128,
    pub cure_seconds: u64,
    pub hook: Address,
}

impl Terms {
    /// The terms as the ABI has them.
    pub fn abi(&self) -> abi::Terms {
        abi::Terms {
            subject: U256::from_be_bytes(self.subject),
            policy: U256::from_be_bytes(self.policy),
            minRatioBps: self.min_ratio_bps,
            circuits: self.circuits.iter().map(|hash| (*hash).into()).collect(),
            debtSources: (self.debt_sources.iter())
                .map(|source| (*source).into())
                .collect(),
            minPublicDebt: self.min_public_debt,
            beneficiary: self.beneficiary.into(),
            maxAccountAge: self.max_account_age,
            maxWindow: self.max_window,
            maxPriceAge: self.max_price_age,
            maxLag: self.max_lag,
            coverageSeconds: self.coverage_seconds,
            attesterQuorum: self.attester_quorum,
            priceQuorum: self.price_quorum,
            attesters: (self.attesters.iter())
                .map(|a| abi::Attester {
                    signer: a.signer.into(),
                    identity: a.identity.into(),
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
            securedParty: U256::from_be_bytes(self.secured_party),
            wording: self.wording.into(),
            bond: self.bond,
            cureSeconds: self.cure_seconds,
            hook: self.hook.into(),
        }
    }

    /// Terms as an event has them.
    pub(super) fn of_abi(t: &abi::Terms) -> Self {
        Self {
            subject: t.subject.to_be_bytes(),
            policy: t.policy.to_be_bytes(),
            min_ratio_bps: t.minRatioBps,
            circuits: t.circuits.iter().map(|hash| hash.0).collect(),
            debt_sources: (t.debtSources.iter())
                .map(|source| source.into_array())
                .collect(),
            min_public_debt: t.minPublicDebt,
            beneficiary: t.beneficiary.into_array(),
            max_account_age: t.maxAccountAge,
            max_window: t.maxWindow,
            max_price_age: t.maxPriceAge,
            max_lag: t.maxLag,
            coverage_seconds: t.coverageSeconds,
            attester_quorum: t.attesterQuorum,
            price_quorum: t.priceQuorum,
            attesters: (t.attesters.iter())
                .map(|a| Attester {
                    signer: a.signer.into_array(),
                    identity: a.identity.into_array(),
                    roles: a.roles,
                })
                .collect(),
            feeds: (t.feeds.iter())
                .map(|f| Feed {
                    feed: f.feed.into_array(),
                    asset_decimals: f.assetDecimals,
                    max_age: f.maxAge,
                })
                .collect(),
            envelope: t.envelope.0,
            sequencer: t.sequencer.into_array(),
            sequencer_grace: t.sequencerGrace,
            secured_party: t.securedParty.to_be_bytes(),
            wording: t.wording.0,
            bond: t.bond,
            cure_seconds: t.cureSeconds,
            hook: t.hook.into_array(),
        }
    }

    /// What the registry keeps of the terms, and what whoever relies on a facility pins:
    /// keccak256 of their encoding.
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

    /// Calldata of `CovenantRegistry.announceTerms`: these will be a facility's.
    pub fn announce_calldata(&self, facility: u128) -> Vec<u8> {
        CovenantRegistry::announceTermsCall {
            facility,
            termsHash: self.hash().into(),
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

    /// Calldata of `CovenantRegistry.consentToRelease`, by the beneficiary of these terms.
    pub fn consent_calldata(&self, facility: u128) -> Vec<u8> {
        CovenantRegistry::consentToReleaseCall {
            facility,
            terms: self.abi(),
        }
        .abi_encode()
    }

    /// Calldata of `BackedToken.pin`, by its issuer.
    pub fn pin_calldata(&self) -> Vec<u8> {
        BackedToken::pinCall { terms: self.abi() }.abi_encode()
    }
}
