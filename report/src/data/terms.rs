//! A policy's terms, as a report shows them.

use covenant_claims::field::to_hex;
use covenant_claims::ident::hashed_form;
use covenant_claims::policy::{AssetRule, GroupRule, Policy, ScenarioRule};
use schemars::JsonSchema;
use serde::Serialize;

/// What a policy says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PolicyTerms {
    /// Its name.
    pub name: String,
    /// Its digest.
    pub digest: String,
    /// The currency of values, such as `iso4217:USD`.
    pub quote: String,
    /// The smallest base ratio.
    pub min_ratio_bps: u32,
    /// Ratios are proved in these steps.
    pub ratio_step_bps: u32,
    /// Whether every collateral position of the accounts is listed and valued.
    pub complete: bool,
    /// Whole quote units of a line of its report; 0 for no report.
    pub report_grain: u64,
    /// The assets, in the order of the document.
    pub assets: Vec<AssetTerms>,
    /// The groups.
    pub groups: Vec<GroupTerms>,
}

/// What an asset counts for.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AssetTerms {
    /// The asset.
    pub asset: String,
    /// Its short name.
    pub symbol: String,
    /// Its weights.
    pub tiers: Vec<Tier>,
    /// Its largest share of what counts.
    pub max_share_bps: u32,
    /// Its largest share of what is held.
    pub max_held_share_bps: u32,
    /// The groups that it is in.
    pub groups: Vec<String>,
    /// Whether it may be owed.
    pub may_owe: bool,
    /// Whether what is owed in it is netted against what is held of it.
    pub netting: bool,
}

/// A tier of an asset's value.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Tier {
    /// The value up to which it reaches, whole quote units; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
    /// What counts of it: the advance rate.
    pub weight_bps: u32,
}

/// The shares of a group.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct GroupTerms {
    /// Its name.
    pub name: String,
    /// Smallest share of what counts.
    pub min_share_bps: u32,
    /// Largest share of what counts.
    pub max_share_bps: u32,
    /// Smallest share of what is held.
    pub min_held_share_bps: u32,
    /// Largest share of what is held.
    pub max_held_share_bps: u32,
    /// Whether what is held of it is shown.
    pub report: bool,
}

/// How a price moves in a scenario.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Move {
    /// The asset's short name.
    pub symbol: String,
    /// By how much.
    pub bps: i64,
}

impl PolicyTerms {
    /// Of a policy.
    pub fn of(policy: &Policy) -> Self {
        let document = policy.document();
        Self {
            name: document.name.clone(),
            digest: to_hex(&policy.digest()),
            quote: document.quote.clone(),
            min_ratio_bps: document.min_ratio_bps,
            ratio_step_bps: document.ratio_step_bps,
            complete: document.complete(),
            report_grain: document.report_grain(),
            assets: document.assets.iter().map(AssetTerms::of).collect(),
            groups: document.groups().iter().map(GroupTerms::of).collect(),
        }
    }
}

impl AssetTerms {
    fn of(rule: &AssetRule) -> Self {
        let tier = |tier: &covenant_claims::policy::TierRule| Tier {
            up_to: tier.up_to,
            weight_bps: tier.weight_bps,
        };
        Self {
            asset: rule.asset.clone(),
            symbol: rule.symbol.clone(),
            tiers: rule.tiers.iter().map(tier).collect(),
            max_share_bps: rule.max_share_bps(),
            max_held_share_bps: rule.max_held_share_bps(),
            groups: rule.groups().to_vec(),
            may_owe: rule.may_owe(),
            netting: rule.netting(),
        }
    }
}

impl GroupTerms {
    fn of(rule: &GroupRule) -> Self {
        Self {
            name: rule.name.clone(),
            min_share_bps: rule.min_share_bps(),
            max_share_bps: rule.max_share_bps(),
            min_held_share_bps: rule.min_held_share_bps(),
            max_held_share_bps: rule.max_held_share_bps(),
            report: rule.report(),
        }
    }
}

/// The moves of a scenario by the assets' short names.
pub(crate) fn moves(rule: &ScenarioRule, policy: &Policy) -> Vec<Move> {
    let symbol = |asset: &str| {
        let same = |a: &&AssetRule| hashed_form(&a.asset) == hashed_form(asset);
        let found = policy.document().assets.iter().find(same);
        found.map_or(asset.to_owned(), |a| a.symbol.clone())
    };
    rule.moves_bps()
        .filter(|(_, bps)| *bps != 0)
        .map(|(asset, bps)| Move {
            symbol: symbol(asset),
            bps,
        })
        .collect()
}
