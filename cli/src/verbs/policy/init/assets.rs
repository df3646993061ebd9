//! `--asset ID[=SPEC]`: which asset, and what a policy has to know of it.

use super::tokens::Tokens;
use super::usage;
use crate::outcome::Failure;
use clap::ValueEnum;
use covenant_circuits::policy::check::check_asset_name;
use std::str::FromStr;

/// What an asset is, as far as a template treats it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Class {
    /// Money in the currency of values
    Cash,
    /// Money in another currency
    Currency,
    /// Short government paper
    Treasury,
    /// Shares of a money-market fund
    Fund,
    /// A token that is to be worth the quote currency
    Stablecoin,
    /// The own coin of a large chain
    Coin,
    /// Any other token
    Token,
}

/// An asset as it is written on the command line.
#[derive(Clone, Debug)]
pub(super) struct Spec {
    id: String,
    class: Option<Class>,
    symbol: Option<String>,
    decimals: Option<u32>,
}

/// An asset and everything that a policy has to know of it.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) asset: String,
    pub(super) symbol: String,
    pub(super) decimals: u32,
    pub(super) class: Class,
    /// What its list calls it.
    pub(super) title: Option<String>,
}

/// Coins whose decimals everybody agrees on: name, symbol, decimals.
const COINS: &[(&str, &str, u32)] = &[(BITCOIN, "BTC", 8), (ETHER, "ETH", 18)];
pub(super) const BITCOIN: &str = "bip122:000000000019d6689c085ae165831e93/slip44:0";
pub(super) const ETHER: &str = "eip155:1/slip44:60";

/// Decimals of what has no chain of its own: enough for the price of a whole unit of almost
/// anything (docs/spec.md, section 2.1).
const CHOSEN_DECIMALS: u32 = 8;
/// Decimals of money.
const MONEY_DECIMALS: u32 = 2;

impl FromStr for Spec {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // No asset name has an equals sign.
        let (id, more) = text.split_once('=').unwrap_or((text, ""));
        let mut spec = Self::of(id);
        for part in more.split(',').filter(|part| !part.is_empty()) {
            let known = match part.split_once('=') {
                Some(("symbol", symbol)) => spec.symbol.replace(symbol.into()).is_none(),
                Some(("decimals", number)) => {
                    let digits = number.bytes().all(|c| c.is_ascii_digit());
                    let number = number.parse().ok().filter(|n| digits && *n <= 36);
                    let number = number.ok_or("decimals: expected 0 to 36")?;
                    spec.decimals.replace(number).is_none()
                }
                Some(_) => false,
                None => {
                    let class = Class::from_str(part, false);
                    let class = class.map_err(|_| {
                        let all = Class::value_variants().iter();
                        let all =
                            all.filter_map(|c| Some(c.to_possible_value()?.get_name().to_owned()));
                        let all = all.collect::<Vec<_>>().join(", ");
                        format!("expected a class, one of {all}, got {part:?}")
                    })?;
                    spec.class.replace(class).is_none()
                }
            };
            if !known {
                return Err(format!(
                    "expected a class, symbol=TEXT and decimals=N, each once, got {part:?}"
                ));
            }
        }
        match id.is_empty() {
            true => Err("expected the name of an asset, got nothing".into()),
            false => Ok(spec),
        }
    }
}

impl Spec {
    pub(super) fn of(id: &str) -> Self {
        Self {
            id: id.into(),
            class: None,
            symbol: None,
            decimals: None,
        }
    }

    /// The asset with what the command line, the token list and its own name say of it.
    pub(super) fn named(self, quote: &str, tokens: Option<&Tokens>) -> Result<Named, Failure> {
        let option = format!("--asset {}", self.id);
        // Capitals that are wrong are a slip, also where a list has the same digits.
        if self.id.contains(':') {
            check_asset_name(&self.id).map_err(|e| usage(&option, e))?;
        }
        let listed = match tokens {
            None => None,
            Some(tokens) => tokens.find(&self.id)?,
        };
        let asset = listed.map_or(&self.id, |token| &token.asset);
        if !asset.contains(':') {
            let said = match tokens {
                Some(_) => {
                    "expected the name of an asset, or a symbol of the token list, got neither"
                }
                None => "expected the name of an asset, or a symbol and --token-list",
            };
            return Err(usage(&option, said));
        }
        let coin = COINS.iter().find(|(name, ..)| name == asset);
        let code = asset.strip_prefix("iso4217:");
        let is_isin = asset.starts_with("isin:");
        let decimals = match (self.decimals, listed, coin) {
            (Some(told), Some(token), _) if told != token.decimals => {
                let said = format!(
                    "decimals: expected {}, as the token list says, got {told}",
                    token.decimals
                );
                return Err(usage(&option, said));
            }
            (Some(told), _, Some((_, _, coin))) if told != *coin => {
                let said = format!("decimals: expected {coin}, as everywhere, got {told}");
                return Err(usage(&option, said));
            }
            (Some(told), ..) => told,
            (None, Some(token), _) => token.decimals,
            (None, None, Some((_, _, decimals))) => *decimals,
            (None, None, None) if code.is_some() => MONEY_DECIMALS,
            (None, None, None) if is_isin => CHOSEN_DECIMALS,
            (None, None, None) => {
                let said = "expected decimals=N, or a token list that has it, got neither";
                return Err(usage(&option, said));
            }
        };
        let class = match (self.class, code) {
            (Some(class), _) => class,
            (None, Some(_)) if asset == quote => Class::Cash,
            (None, Some(_)) => Class::Currency,
            (None, None) if coin.is_some() || asset.contains("/slip44:") => Class::Coin,
            (None, None) if asset.starts_with("eip155:") => Class::Token,
            (None, None) => {
                let said = "expected a class, such as treasury, got none";
                return Err(usage(&option, said));
            }
        };
        let symbol = self
            .symbol
            .or(listed.map(|token| token.symbol.clone()))
            .or(coin.map(|(_, symbol, _)| (*symbol).to_owned()))
            .or(code.map(str::to_owned))
            .or(asset.strip_prefix("isin:").map(str::to_owned));
        let Some(symbol) = symbol else {
            let said = "expected symbol=TEXT, or a token list that has it, got neither";
            return Err(usage(&option, said));
        };
        Ok(Named {
            asset: asset.clone(),
            symbol,
            decimals,
            class,
            title: listed.map(|token| token.title.clone()),
        })
    }
}
