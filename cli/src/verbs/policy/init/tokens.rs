//! Lists of tokens (tokenlists.org): names, decimals and addresses by symbol. Addresses are
//! checked by the checksum in their capitals, and written with it.

use super::super::node::Node;
use super::usage;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use covenant_circuits::ident::hashed_form;
use covenant_verifier::signed::address::{Address, AddressError};
use std::path::Path;

/// The decimals of a token, at most.
const MOST_DECIMALS: u64 = 36;

/// The tokens of a list.
#[derive(Debug)]
pub(super) struct Tokens(Vec<Token>);

/// A token.
#[derive(Debug)]
pub(super) struct Token {
    pub(super) asset: String,
    pub(super) symbol: String,
    pub(super) title: String,
    pub(super) decimals: u32,
    /// Whether its address stands for the chain's own coin, as in some lists.
    placeholder: bool,
}

impl Tokens {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let list = Node::read(path)?;
        Self::of(&list).map_err(|e| Failure::of_file(path, e))
    }

    fn of(list: &Node) -> Result<Self, Malformed> {
        let tokens = list.fields()?.need("tokens")?.list()?;
        let tokens = tokens.iter().map(token);
        Ok(Self(tokens.collect::<Result<_, _>>()?))
    }

    /// The token of a name, or the only one of a symbol.
    pub(super) fn find(&self, id: &str) -> Result<Option<&Token>, Failure> {
        let by_name = id.contains(':');
        let matches = |token: &&Token| match by_name {
            true => hashed_form(&token.asset) == hashed_form(id),
            false => token.symbol == id,
        };
        let found: Vec<&Token> = self.0.iter().filter(matches).collect();
        let option = format!("--asset {id}");
        match found.as_slice() {
            [] => Ok(None),
            [one] if one.placeholder => {
                let said = "expected a token, got the placeholder for the chain's own coin: name it as in eip155:1/slip44:60";
                Err(usage(&option, said))
            }
            [one] => Ok(Some(one)),
            several => {
                let names: Vec<&str> = several.iter().map(|token| &*token.asset).collect();
                let said = format!(
                    "expected the name of one token, as the list has several: {}",
                    names.join(", ")
                );
                Err(usage(&option, said))
            }
        }
    }
}

fn token(node: &Node) -> Result<Token, Malformed> {
    let mut fields = node.fields()?;
    let chain = fields.need("chainId")?.whole((1 << 53) - 1)?;
    let written = fields.need("address")?;
    let address: Address = written
        .text()?
        .parse()
        .map_err(|e: AddressError| written.at(Malformed::said(e.to_string())))?;
    let decimals = fields.need("decimals")?.whole(MOST_DECIMALS)?;
    Ok(Token {
        asset: format!("eip155:{chain}/erc20:{address}"),
        symbol: fields.need("symbol")?.text()?,
        title: fields.need("name")?.text()?,
        decimals: u32::try_from(decimals).unwrap_or_default(),
        placeholder: address.as_bytes().iter().all(|byte| *byte == 0xee),
    })
}
