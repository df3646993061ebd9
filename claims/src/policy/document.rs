//! The policy document as written, and what absent fields mean.

use crate::json;
use crate::numbers::ONE_IN_BPS;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The JSON document of docs/spec.md, section 5. A field that may be absent is `None` where it
/// is: a default that is written out is another document, with other `terms`. What absence means
/// is told by the method of the field's name.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDocument {
    /// 2.
    pub version: u64,
    /// For people.
    pub name: String,
    /// The currency values are in, such as `iso4217:USD`.
    pub quote: String,
    /// Smallest base ratio, 1 .. 2^20 - 1.
    pub min_ratio_bps: u32,
    /// Base ratios that may be proved lie this far apart; at least 1.
    pub ratio_step_bps: u32,
    /// Whether every collateral position is listed and valued; `false` where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub complete: Option<bool>,
    /// Whole quote units of a report's line (S10), 0 .. 2^53 - 1; 0, no report, where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub report_grain: Option<u64>,
    /// 1 to 255 assets, in any order.
    pub assets: Vec<AssetRule>,
    /// At most 15; none where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub groups: Option<Vec<GroupRule>>,
    /// At most 15, beside the base; none where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub scenarios: Option<Vec<ScenarioRule>>,
}

/// What one asset counts for.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AssetRule {
    /// Name: CAIP-19, `iso4217:USD`, `isin:...`.
    pub asset: String,
    /// For people.
    pub symbol: String,
    /// Decimals of the base unit, 0 .. 36.
    pub decimals: u32,
    /// Whether liabilities in it may be netted; `false` where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub netting: Option<bool>,
    /// Whether it may be owed at all; `false` where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub may_owe: Option<bool>,
    /// Largest share of the *counted* collateral, 0 .. 10^4; 10^4 where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub max_share_bps: Option<u32>,
    /// Largest share of the *held* collateral, at base prices without weights, 0 .. 10^4; 10^4
    /// where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub max_held_share_bps: Option<u32>,
    /// Names of groups it belongs to; none where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub groups: Option<Vec<String>>,
    /// 1 to 4.
    pub tiers: Vec<TierRule>,
}

/// A tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierRule {
    /// Whole quote units, 1 .. 2^53 - 1; absent on the last tier.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub up_to: Option<u64>,
    /// 0 .. 10^4, never above the tier before.
    pub weight_bps: u32,
}

/// Share rules of a group of assets, and whether it is reported.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    /// Name.
    pub name: String,
    /// Smallest share of the *counted* collateral, 0 .. 10^4; 0 where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub min_share_bps: Option<u32>,
    /// Largest, from `min_share_bps` to 10^4; 10^4 where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub max_share_bps: Option<u32>,
    /// Smallest share of the *held* collateral, 0 .. 10^4; 0 where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub min_held_share_bps: Option<u32>,
    /// Largest, from `min_held_share_bps` to 10^4; 10^4 where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub max_held_share_bps: Option<u32>,
    /// Whether the statement shows what it holds (S10); `false` where absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    pub report: Option<bool>,
}

/// A stress scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRule {
    /// Name.
    pub name: String,
    /// 0 .. 2^16 - 1.
    pub min_ratio_bps: u32,
    /// Price moves by asset name, -10^4 .. 55535; an asset without one does not move, and none
    /// does where the field is absent.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present_map"
    )]
    pub moves_bps: Option<BTreeMap<String, i64>>,
}

impl PolicyDocument {
    /// Whether every collateral position is listed and valued.
    pub fn complete(&self) -> bool {
        self.complete.unwrap_or(false)
    }
    /// Whole quote units of a report's line; 0 for no report.
    pub fn report_grain(&self) -> u64 {
        self.report_grain.unwrap_or(0)
    }
    /// The groups, in the order that numbers them.
    pub fn groups(&self) -> &[GroupRule] {
        self.groups.as_deref().unwrap_or_default()
    }
    /// The scenarios beside the base.
    pub fn scenarios(&self) -> &[ScenarioRule] {
        self.scenarios.as_deref().unwrap_or_default()
    }
}

impl AssetRule {
    /// Whether liabilities in it may be netted.
    pub fn netting(&self) -> bool {
        self.netting.unwrap_or(false)
    }
    /// Whether it may be owed.
    pub fn may_owe(&self) -> bool {
        self.may_owe.unwrap_or(false)
    }
    /// Largest share of the counted collateral.
    pub fn max_share_bps(&self) -> u32 {
        self.max_share_bps.unwrap_or(ONE_IN_BPS)
    }
    /// Largest share of the held collateral.
    pub fn max_held_share_bps(&self) -> u32 {
        self.max_held_share_bps.unwrap_or(ONE_IN_BPS)
    }
    /// Names of the groups it belongs to.
    pub fn groups(&self) -> &[String] {
        self.groups.as_deref().unwrap_or_default()
    }
}

impl GroupRule {
    /// Smallest share of the counted collateral.
    pub fn min_share_bps(&self) -> u32 {
        self.min_share_bps.unwrap_or(0)
    }
    /// Largest share of the counted collateral.
    pub fn max_share_bps(&self) -> u32 {
        self.max_share_bps.unwrap_or(ONE_IN_BPS)
    }
    /// Smallest share of the held collateral.
    pub fn min_held_share_bps(&self) -> u32 {
        self.min_held_share_bps.unwrap_or(0)
    }
    /// Largest share of the held collateral.
    pub fn max_held_share_bps(&self) -> u32 {
        self.max_held_share_bps.unwrap_or(ONE_IN_BPS)
    }
    /// Whether the statement shows what it holds.
    pub fn report(&self) -> bool {
        self.report.unwrap_or(false)
    }
}

impl ScenarioRule {
    /// The moves that are written down.
    pub fn moves_bps(&self) -> impl Iterator<Item = (&str, i64)> {
        let moves = self.moves_bps.iter().flatten();
        moves.map(|(asset, bps)| (asset.as_str(), *bps))
    }
}
