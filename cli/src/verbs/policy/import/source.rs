//! What the formats have in common: the assets of a source with their ladders, and what a policy
//! does not say of it.

use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::policy::check::check_asset_name;
use covenant_circuits::policy::{GroupRule, TierRule};
use covenant_verifier::signed::address::Address;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::super::node::Node;

/// The decimals of an asset, at most.
pub(super) const MOST_DECIMALS: u64 = 36;

/// Everything that was read.
#[derive(Default)]
pub(super) struct Source {
    /// The file that is being read.
    pub(super) file: PathBuf,
    /// By name.
    pub(super) assets: BTreeMap<String, Imported>,
    pub(super) groups: Vec<GroupRule>,
    /// Symbols that no asset is known for.
    pub(super) unknown: BTreeSet<String>,
    left: Vec<(Left, Vec<String>)>,
}

/// An asset and what counts of it.
pub(super) struct Imported {
    pub(super) symbol: String,
    pub(super) decimals: u32,
    pub(super) ladder: Vec<TierRule>,
    pub(super) max_share_bps: Option<u32>,
    pub(super) groups: Vec<String>,
    /// Lines above its rule.
    pub(super) notes: Vec<String>,
    /// Where its ladder was read.
    pub(super) file: PathBuf,
    pub(super) place: String,
}

/// Something that a policy does not say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Left {
    pub(super) what: String,
    /// Whether more may count without it than in the source.
    pub(super) counts_more: bool,
}

/// What leaving something out does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Effect {
    /// More may count than in the source.
    CountsMore,
    /// Nothing counts more than in the source.
    Safe,
}

impl Source {
    /// Something that is left out; of several assets, one line.
    pub(super) fn left(&mut self, effect: Effect, what: impl Into<String>, of: &str) {
        let left = Left {
            what: what.into(),
            counts_more: effect == Effect::CountsMore,
        };
        match self.left.iter_mut().find(|(there, _)| *there == left) {
            Some((_, names)) => names.push(of.into()),
            None => self.left.push((left, vec![of.into()])),
        }
    }

    /// Everything that is left out, what makes more count first.
    pub(super) fn left_out(&self) -> Vec<Left> {
        let line = |(left, names): &(Left, Vec<String>)| {
            let mut names: Vec<&str> = names.iter().map(String::as_str).collect();
            names.retain(|name| !name.is_empty());
            names.dedup();
            let what = match names.is_empty() {
                true => left.what.clone(),
                false => format!("{}: {}", names.join(", "), left.what),
            };
            Left {
                what,
                counts_more: left.counts_more,
            }
        };
        let mut all: Vec<Left> = self.left.iter().map(line).collect();
        all.sort_by_key(|left| !left.counts_more);
        all
    }

    /// An asset, once in all files.
    pub(super) fn add(
        &mut self,
        name: &str,
        asset: Imported,
        node: &Node,
    ) -> Result<(), Malformed> {
        if self.assets.contains_key(name) {
            let got = format!("{name} again");
            return Err(node.at(Malformed::new("each asset once in all files", got)));
        }
        self.assets.insert(name.into(), asset);
        Ok(())
    }
}

/// The name of a token, with the checksum of its address.
pub(super) fn token(chain: u64, node: &Node) -> Result<String, Malformed> {
    let written = node.text()?;
    let address: Address =
        written
            .parse()
            .map_err(|e: covenant_verifier::signed::address::AddressError| {
                node.at(Malformed::said(e.to_string()))
            })?;
    if is_placeholder(&address) {
        return Err(node.wrong(
            "the address of a token, not the placeholder for the chain's own coin, which is an asset such as eip155:1/slip44:60",
        ));
    }
    Ok(format!("eip155:{chain}/erc20:{address}"))
}

/// The address that stands for the chain's own coin in many lists: no contract is there.
pub(in super::super) fn is_placeholder(address: &Address) -> bool {
    address.as_bytes().iter().all(|byte| *byte == 0xee)
}

/// A name that is an asset's, with right checksums.
pub(in super::super) fn asset_name(name: &str) -> Result<(), Malformed> {
    check_asset_name(name).map_err(|e| Malformed::said(e.to_string()))
}

/// One tier for all of it.
pub(super) fn flat(weight_bps: u32) -> Vec<TierRule> {
    vec![TierRule {
        up_to: None,
        weight_bps,
    }]
}

/// A cap in units of an asset, as people write it.
pub(super) fn units(amount: &str) -> String {
    text::commas(amount.split('.').next().unwrap_or(amount))
}
