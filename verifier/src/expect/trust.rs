//! Whom a relying party trusts for accounts and prices, and whose word a verified bundle
//! rests on in the end.

use covenant_claims::account::Kind;
use covenant_claims::ident::{NameError, SubjectId};
use covenant_claims::prices::Prices;
use covenant_claims::signed::Address;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// An attester of accounts whose attestations are accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Attester {
    /// Who signs.
    pub address: Address,
    /// What the relying party calls it.
    pub name: String,
    /// What it is believed about: collateral (a custodian), liability (a creditor), both.
    pub roles: BTreeSet<Kind>,
}

/// A source of prices that is accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceSigner {
    /// Who signs.
    pub address: Address,
    /// What the relying party calls it.
    pub name: String,
}

/// A list of attesters or price signers breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// One address twice.
    #[error("expected every address once, got {got} again")]
    SameAddress {
        /// The address.
        got: Address,
    },
    /// Not a name.
    #[error("the name of {address}: {error}")]
    Name {
        /// Whose.
        address: Address,
        /// What is wrong with it.
        error: NameError,
    },
    /// An attester that is accepted for nothing.
    #[error("the roles of {got}: expected collateral, liability or both, got none")]
    NoRole {
        /// The attester.
        got: Address,
    },
    /// A quorum that needs nobody, or more than there are.
    #[error("expected a quorum of 1 to the number of signers, {expected}, got {got}")]
    Quorum {
        /// How many signers there are.
        expected: usize,
        /// The quorum.
        got: usize,
    },
}

fn check_name(address: Address, name: &str) -> Result<(), TrustError> {
    match SubjectId::of(name) {
        Ok(_) => Ok(()),
        Err(error) => Err(TrustError::Name { address, error }),
    }
}

/// The accepted attesters, each address once. May be empty, where self-declared accounts
/// are allowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attesters(BTreeMap<Address, Attester>);

impl Attesters {
    /// Checks names and roles, and that no address occurs twice.
    pub fn new(list: impl IntoIterator<Item = Attester>) -> Result<Self, TrustError> {
        let mut attesters = BTreeMap::new();
        for attester in list {
            let address = attester.address;
            check_name(address, &attester.name)?;
            if attester.roles.is_empty() {
                return Err(TrustError::NoRole { got: address });
            }
            if attesters.insert(address, attester).is_some() {
                return Err(TrustError::SameAddress { got: address });
            }
        }
        Ok(Self(attesters))
    }

    /// The attester with that address.
    pub fn get(&self, address: &Address) -> Option<&Attester> {
        self.0.get(address)
    }

    /// All of them, by address.
    pub fn iter(&self) -> impl Iterator<Item = &Attester> {
        self.0.values()
    }
}

/// So many of these price signers, all different.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceQuorum {
    signers: Vec<PriceSigner>,
    quorum: usize,
}

impl PriceQuorum {
    /// `quorum` is 1 to the number of signers; no address occurs twice.
    pub fn new(signers: Vec<PriceSigner>, quorum: usize) -> Result<Self, TrustError> {
        let mut addresses = BTreeSet::new();
        for signer in &signers {
            check_name(signer.address, &signer.name)?;
            if !addresses.insert(signer.address) {
                return Err(TrustError::SameAddress {
                    got: signer.address,
                });
            }
        }
        if quorum == 0 || quorum > signers.len() {
            return Err(TrustError::Quorum {
                expected: signers.len(),
                got: quorum,
            });
        }
        Ok(Self { signers, quorum })
    }

    /// The accepted signers.
    pub fn signers(&self) -> &[PriceSigner] {
        &self.signers
    }

    /// How many of them must have signed.
    pub fn quorum(&self) -> usize {
        self.quorum
    }
}

/// Whose prices are accepted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PriceTrust {
    /// Those that enough accepted signers signed.
    Signed(PriceQuorum),
    /// The relying party's own, which the bundle must repeat exactly.
    Own(Prices),
    /// Any: prices by the subject's choice make a proof of coverage meaningless unless
    /// they are looked at otherwise.
    Unsigned,
}

/// On whose word an account counts.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountSource {
    /// An accepted attester signed for it.
    Attester {
        /// Who.
        address: Address,
        /// As the relying party calls it.
        name: String,
    },
    /// The subject's alone.
    SelfDeclared,
}

/// On whose word the prices rest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceSource {
    /// The accepted signers that signed: at least the quorum.
    Signers(Vec<PriceSigner>),
    /// They are the relying party's own.
    RelyingParty,
    /// The subject's choice.
    Nobody,
}

/// Whose word a bundle rests on.
pub(crate) struct Provenance {
    pub(crate) accounts: Vec<AccountSource>,
    pub(crate) prices: PriceSource,
}

fn name_and_address(f: &mut fmt::Formatter<'_>, name: &str, address: Address) -> fmt::Result {
    write!(f, "{name} ({address})")
}

impl fmt::Display for Attester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        name_and_address(f, &self.name, self.address)
    }
}

impl fmt::Display for PriceSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        name_and_address(f, &self.name, self.address)
    }
}

impl fmt::Display for AccountSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attester { address, name } => name_and_address(f, name, *address),
            Self::SelfDeclared => f.write_str("the subject itself"),
        }
    }
}
