//! Whom a relying party trusts for accounts and prices, and whose word a verified bundle
//! rests on in the end.

use super::required::Held;
use super::signatures::ContractWord;
use super::trees::Merged;
use covenant_claims::account::Kind;
use covenant_claims::ident::{NameError, SubjectId};
use covenant_claims::prices::Prices;
use covenant_claims::signed::Signer;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fmt;

/// An attester of accounts whose attestations are accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Attester {
    /// What the relying party calls it.
    pub name: String,
    /// All the keys, and contracts, it signs with: whichever it used, it is one attester.
    pub keys: BTreeSet<Signer>,
    /// What it is believed about: collateral (a custodian), liability (a creditor), both.
    pub roles: BTreeSet<Kind>,
}

/// A source of prices that is accepted.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PriceSigner {
    /// What the relying party calls it.
    pub name: String,
    /// All the keys, and contracts, it signs with.
    pub keys: BTreeSet<Signer>,
}

/// Who signed: an accepted attester or source of prices, and the key or contract it used.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct NamedSigner {
    /// The key's address, or the contract's chain and address.
    pub address: Signer,
    /// As the relying party calls it.
    pub name: String,
}

/// A list of attesters or price signers breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum TrustError {
    /// One key twice.
    #[error("expected every key once, got {got} again")]
    SameKey {
        /// Which.
        got: Signer,
    },
    /// Two that are called the same.
    #[error("expected every name once, got {got:?} again")]
    SameName {
        /// The name.
        got: String,
    },
    /// Not a name.
    #[error("name: {0}")]
    Name(#[from] NameError),
    /// Somebody who cannot sign.
    #[error("the keys of {got}: expected at least one, got none")]
    NoKey {
        /// Its name.
        got: String,
    },
    /// An attester that is accepted for nothing.
    #[error("the roles of {got}: expected collateral, liability or both, got none")]
    NoRole {
        /// Its name.
        got: String,
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

/// That names are names, each once, and keys some, each once.
fn check_list<'a>(
    list: impl Iterator<Item = (&'a str, &'a BTreeSet<Signer>)>,
) -> Result<(), TrustError> {
    let (mut names, mut known) = (BTreeSet::new(), BTreeSet::new());
    for (name, keys) in list {
        SubjectId::of(name)?;
        if keys.is_empty() {
            return Err(TrustError::NoKey { got: name.into() });
        }
        if !names.insert(name) {
            return Err(TrustError::SameName { got: name.into() });
        }
        if let Some(got) = keys.iter().find(|key| !known.insert(**key)) {
            return Err(TrustError::SameKey { got: *got });
        }
    }
    Ok(())
}

/// The accepted attesters, each name and each key once, and how many of them must have signed
/// each account. May be empty, where self-declared accounts are allowed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attesters {
    list: Vec<Attester>,
    quorum: usize,
}

impl Attesters {
    /// Checks names, keys and roles. One attester has to sign each account.
    pub fn new(list: impl IntoIterator<Item = Attester>) -> Result<Self, TrustError> {
        let list: Vec<Attester> = list.into_iter().collect();
        check_list(list.iter().map(|a| (a.name.as_str(), &a.keys)))?;
        if let Some(idle) = list.iter().find(|a| a.roles.is_empty()) {
            let got = idle.name.clone();
            return Err(TrustError::NoRole { got });
        }
        Ok(Self { list, quorum: 1 })
    }

    /// So many different attesters have to sign each account that is not self-declared: 1 to the
    /// number of attesters.
    pub fn with_quorum(self, quorum: usize) -> Result<Self, TrustError> {
        let expected = self.list.len();
        // Without attesters there is nobody to count, and nothing but 1 to say.
        if quorum == 0 || quorum > expected.max(1) {
            let got = quorum;
            return Err(TrustError::Quorum { expected, got });
        }
        Ok(Self { quorum, ..self })
    }

    /// The attester that signs with that key.
    pub fn get(&self, key: &Signer) -> Option<&Attester> {
        self.list.iter().find(|a| a.keys.contains(key))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Attester> {
        self.list.iter()
    }

    /// How many different ones must have signed each account.
    pub fn quorum(&self) -> usize {
        self.quorum
    }
}

/// So many of these price signers, all different.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PriceQuorum {
    signers: Vec<PriceSigner>,
    quorum: usize,
}

impl PriceQuorum {
    /// `quorum` is 1 to the number of signers; no name and no key occurs twice.
    pub fn new(signers: Vec<PriceSigner>, quorum: usize) -> Result<Self, TrustError> {
        check_list(signers.iter().map(|s| (s.name.as_str(), &s.keys)))?;
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
    /// Accepted attesters signed for it: at least the quorum, each once.
    Attesters(Vec<NamedSigner>),
    /// The subject's alone.
    SelfDeclared,
    /// It is the sum of a tree's accounts, each of which counts on that word, in the order of the
    /// walk.
    Tree(Vec<AccountSource>),
}

impl AccountSource {
    /// The word for it, or for each account of its tree.
    pub fn words(&self) -> &[Self] {
        match self {
            Self::Tree(leaves) => leaves,
            one => std::slice::from_ref(one),
        }
    }
}

/// On whose word the prices rest.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PriceSource {
    /// The accepted signers that signed: at least the quorum.
    Signers(Vec<NamedSigner>),
    /// They are the relying party's own.
    RelyingParty,
    /// The subject's choice.
    Nobody,
}

/// Whose word a bundle rests on.
pub(crate) struct Provenance {
    pub(crate) accounts: Vec<AccountSource>,
    pub(crate) prices: PriceSource,
    pub(crate) contracts: Vec<ContractWord>,
    pub(crate) held: Vec<Held>,
    pub(crate) merged: Vec<Merged>,
    /// When the first attestation ends.
    pub(crate) attested_until: Option<u64>,
}

fn name_and_keys(f: &mut fmt::Formatter<'_>, name: &str, keys: &BTreeSet<Signer>) -> fmt::Result {
    let keys: Vec<String> = keys.iter().map(ToString::to_string).collect();
    write!(f, "{name} ({})", keys.join(", "))
}

impl fmt::Display for Attester {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        name_and_keys(f, &self.name, &self.keys)
    }
}

impl fmt::Display for PriceSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        name_and_keys(f, &self.name, &self.keys)
    }
}

impl fmt::Display for NamedSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.name, self.address)
    }
}

impl fmt::Display for AccountSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Attesters(signers) => {
                let names: Vec<String> = signers.iter().map(ToString::to_string).collect();
                f.write_str(&names.join(", "))
            }
            Self::SelfDeclared => f.write_str("the subject itself"),
            Self::Tree(leaves) => {
                let words: BTreeSet<String> = leaves.iter().map(ToString::to_string).collect();
                let words: Vec<String> = words.into_iter().collect();
                write!(
                    f,
                    "the sum of {} accounts: {}",
                    leaves.len(),
                    words.join(", ")
                )
            }
        }
    }
}
