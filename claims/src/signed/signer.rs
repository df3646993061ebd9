//! Who signs (docs/spec.md, sections 7.2 and 10.1): a key, by its address, or a contract, by its
//! chain and address as CAIP-10 writes them. One address with and without a chain, or with two
//! chains, is that of different signers.

use super::address::{Address, AddressError};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// What the name of a contract begins with: CAIP-2's namespace of EVM chains.
const NAMESPACE: &str = "eip155:";

/// The largest chain id: every number of 63 bits, as TOML and most languages hold them.
pub const MAX_CHAIN: u64 = (1 << 63) - 1;

/// Who signs.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Signer {
    /// Whoever has the secp256k1 key of this address.
    Key(Address),
    /// A contract, by ERC-1271.
    Contract(Contract),
}

/// A contract that signs by ERC-1271, and the chain that it is on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Contract {
    chain: u64,
    address: Address,
}

/// A signer could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SignerError {
    /// The address, of a key or of a contract.
    #[error("{0}")]
    Address(#[from] AddressError),
    /// Neither an address nor one on a chain.
    #[error(
        "signer: expected an address, or eip155:<chain id>:<address> for a contract, got {got:?}"
    )]
    Format {
        /// The text, cut to 80 characters.
        got: String,
    },
    /// The id of a chain.
    #[error(
        "signer: expected a chain id of 1 to {MAX_CHAIN} in decimal, without leading zeros, got {got:?}"
    )]
    Chain {
        /// The text, cut to 80 characters.
        got: String,
    },
}

impl Signer {
    /// The address, of a key or of a contract. Different signers may have one address.
    pub fn address(&self) -> Address {
        match self {
            Self::Key(address) => *address,
            Self::Contract(contract) => contract.address,
        }
    }

    /// The contract, where it is one.
    pub fn contract(&self) -> Option<Contract> {
        match self {
            Self::Key(_) => None,
            Self::Contract(contract) => Some(*contract),
        }
    }
}

impl Contract {
    /// The contract with that address on the chain with that EIP-155 id, 1 to [`MAX_CHAIN`].
    pub fn new(chain: u64, address: Address) -> Result<Self, SignerError> {
        if chain == 0 || chain > MAX_CHAIN {
            let got = chain.to_string();
            return Err(SignerError::Chain { got });
        }
        Ok(Self { chain, address })
    }

    /// The chain's EIP-155 id.
    pub fn chain(&self) -> u64 {
        self.chain
    }

    /// Its address on that chain.
    pub fn address(&self) -> Address {
        self.address
    }
}

impl FromStr for Signer {
    type Err = SignerError;

    /// An address, or `eip155:`, the chain id in decimal, `:` and an address. Addresses as
    /// [`Address`] reads them.
    fn from_str(text: &str) -> Result<Self, SignerError> {
        let cut = |text: &str| text.chars().take(80).collect::<String>();
        if !text.contains(':') {
            return Ok(Self::Key(text.parse()?));
        }
        let rest = text.strip_prefix(NAMESPACE);
        let (chain, address) = rest
            .and_then(|rest| rest.split_once(':'))
            .ok_or_else(|| SignerError::Format { got: cut(text) })?;
        let digits = !chain.starts_with('0') && chain.bytes().all(|c| c.is_ascii_digit());
        let number = chain.parse().ok().filter(|_| digits);
        let number: u64 = number.ok_or_else(|| SignerError::Chain { got: cut(chain) })?;
        Contract::new(number, address.parse()?).map(Self::Contract)
    }
}

impl fmt::Display for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(address) => address.fmt(f),
            Self::Contract(contract) => contract.fmt(f),
        }
    }
}

impl fmt::Display for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{NAMESPACE}{}:{}", self.chain, self.address)
    }
}

impl From<Address> for Signer {
    fn from(address: Address) -> Self {
        Self::Key(address)
    }
}

impl From<Contract> for Signer {
    fn from(contract: Contract) -> Self {
        Self::Contract(contract)
    }
}

impl TryFrom<String> for Signer {
    type Error = SignerError;
    fn try_from(text: String) -> Result<Self, SignerError> {
        text.parse()
    }
}

impl From<Signer> for String {
    fn from(signer: Signer) -> Self {
        signer.to_string()
    }
}
