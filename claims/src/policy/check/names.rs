//! Names of assets: CAIP-19, `iso4217:` and `isin:`, with the checksums that they carry.

use crate::check_digits::{is_isin, isin_is_right};
use alloy_primitives::Address;
use std::str::FromStr;

/// A name that is no asset's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AssetNameError {
    /// Of none of the forms.
    #[error(
        "expected a name such as eip155:1/erc20:0x..., eip155:1/slip44:60, iso4217:USD or isin:US0378331005, got {got:?}"
    )]
    Form {
        /// The name, cut to 80 characters.
        got: String,
    },
    /// Capital letters of an address that are not EIP-55's.
    #[error(
        "the capital letters of the address are not the checksum of EIP-55, so it may be mistyped: expected {expected} if every digit is right, got {got}"
    )]
    Checksum {
        /// The same digits with the right capitals.
        expected: String,
        /// The address as it is written.
        got: String,
    },
    /// An ISIN whose check digit is another.
    #[error("the check digit of the ISIN {got} is wrong, so it may be mistyped")]
    CheckDigit {
        /// The ISIN.
        got: String,
    },
}

/// That a name has the form of an asset's, and its checksums are right.
pub fn check_asset_name(name: &str) -> Result<(), AssetNameError> {
    let form = || AssetNameError::Form {
        got: name.chars().take(80).collect(),
    };
    if let Some(currency) = name.strip_prefix("iso4217:") {
        let is_code = currency.len() == 3 && currency.bytes().all(|c| c.is_ascii_uppercase());
        return is_code.then_some(()).ok_or_else(form);
    }
    if let Some(isin) = name.strip_prefix("isin:") {
        if !is_isin(isin) {
            return Err(form());
        }
        let wrong = || AssetNameError::CheckDigit { got: isin.into() };
        return isin_is_right(isin).then_some(()).ok_or_else(wrong);
    }
    let caip19 = Caip19::read(name).ok_or_else(form)?;
    if caip19.namespace == "eip155" {
        caip19.check_eip155().map_err(|e| e.unwrap_or_else(form))?;
    }
    Ok(())
}

/// `namespace:chain/asset_namespace:reference[/token]`.
struct Caip19<'a> {
    namespace: &'a str,
    chain: &'a str,
    asset_namespace: &'a str,
    reference: &'a str,
}

impl<'a> Caip19<'a> {
    fn read(name: &'a str) -> Option<Self> {
        let (chain_id, asset) = name.split_once('/')?;
        let (asset_type, token) = match asset.split_once('/') {
            Some((asset_type, token)) => (asset_type, Some(token)),
            None => (asset, None),
        };
        let (namespace, chain) = chain_id.split_once(':')?;
        let (asset_namespace, reference) = asset_type.split_once(':')?;
        let lower = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || c == b'-';
        let of_chain = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
        let of_asset = |c: u8| c.is_ascii_alphanumeric() || matches!(c, b'-' | b'.' | b'%');
        let is = |text: &str, least, most, allowed: &dyn Fn(u8) -> bool| {
            (least..=most).contains(&text.len()) && text.bytes().all(allowed)
        };
        let well_formed = is(namespace, 3, 8, &lower)
            && is(chain, 1, 32, &of_chain)
            && is(asset_namespace, 3, 8, &lower)
            && is(reference, 1, 128, &of_asset)
            && token.is_none_or(|token| is(token, 1, 78, &of_asset));
        well_formed.then_some(Self {
            namespace,
            chain,
            asset_namespace,
            reference,
        })
    }

    /// The chain is a number; tokens of contracts are addresses. The capitals of an address are a
    /// checksum, whatever it is called. `Err(None)` where it has not the form.
    fn check_eip155(&self) -> Result<(), Option<AssetNameError>> {
        let is_number = |text: &str| {
            text.bytes().all(|c| c.is_ascii_digit()) && (text == "0" || !text.starts_with('0'))
        };
        if !is_number(self.chain) {
            return Err(None);
        }
        if self.asset_namespace == "slip44" {
            return is_number(self.reference).then_some(()).ok_or(None);
        }
        let digits = ["0x", "0X"]
            .iter()
            .find_map(|prefix| self.reference.strip_prefix(prefix))
            .filter(|digits| digits.len() == 40 && digits.bytes().all(|c| c.is_ascii_hexdigit()));
        let Some(digits) = digits else {
            let contract = self.asset_namespace.starts_with("erc");
            return if contract { Err(None) } else { Ok(()) };
        };
        let expected = Address::from_str(digits)
            .map_err(|_| None)?
            .to_checksum(None);
        let plain = !self.reference.bytes().any(|c| c.is_ascii_uppercase());
        if plain || expected == self.reference {
            return Ok(());
        }
        Err(Some(AssetNameError::Checksum {
            expected,
            got: self.reference.into(),
        }))
    }
}
