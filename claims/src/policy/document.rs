//! The policy document as written, and every rule it must pass.

use super::{Asset, Group, PolicyError, Tier};
use crate::ident::{AssetId, check_name};
use crate::json;
use crate::numbers::{ONE_IN_BPS, PRICE_EXPONENT, RATIO_BITS, WIDTH_BITS};
use crate::shape::{GROUPS, MAX_SCENARIOS, TIERS};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The JSON document of docs/spec.md, section 5.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PolicyDocument {
    /// 1.
    pub version: u64,
    /// For people.
    pub name: String,
    /// The currency values are in, such as `iso4217:USD`.
    pub quote: String,
    /// Smallest base ratio, 1 .. 2^20 - 1.
    pub min_ratio_bps: u32,
    /// Base ratios that may be proved lie this far apart; at least 1.
    pub ratio_step_bps: u32,
    /// 1 to 65535 assets, in any order.
    pub assets: Vec<AssetRule>,
    /// At most 15.
    pub groups: Vec<GroupRule>,
    /// At most 15, beside the base.
    pub scenarios: Vec<ScenarioRule>,
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
    /// Whether liabilities in it may be netted.
    pub netting: bool,
    /// Largest share of the counted collateral, 0 .. 10^4.
    pub max_share_bps: u32,
    /// Names of groups it belongs to.
    pub groups: Vec<String>,
    /// 1 to 4.
    pub tiers: Vec<TierRule>,
}

/// A tier.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierRule {
    /// Whole quote units, below 2^60; absent on the last tier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<u64>,
    /// 0 .. 10^4, never above the tier before.
    pub weight_bps: u32,
}

/// Share rule of a group of assets.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GroupRule {
    /// Name.
    pub name: String,
    /// 0 .. 10^4.
    pub min_share_bps: u32,
    /// `min_share_bps` .. 10^4.
    pub max_share_bps: u32,
}

/// A stress scenario.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScenarioRule {
    /// Name.
    pub name: String,
    /// 0 .. 2^16 - 1.
    pub min_ratio_bps: u32,
    /// Price moves by asset name, -10^4 .. 55535; absent means 0.
    #[serde(deserialize_with = "json::unique_map")]
    pub moves_bps: BTreeMap<String, i64>,
}

type Checked = (Vec<Asset>, [Group; GROUPS], Vec<u16>);

impl PolicyDocument {
    /// Checks every rule; returns assets in digest order, groups and scenario ratios.
    pub(super) fn check(&self) -> Result<Checked, PolicyError> {
        if self.version != 1 {
            return Err(PolicyError::Version { got: self.version });
        }
        name("name".into(), &self.name)?;
        name("quote".into(), &self.quote)?;
        within(
            "min_ratio_bps",
            self.min_ratio_bps,
            1,
            (1 << RATIO_BITS) - 1,
            "1 to 1048575",
        )?;
        within(
            "ratio_step_bps",
            self.ratio_step_bps,
            1,
            (1 << RATIO_BITS) - 1,
            "1 to 1048575",
        )?;
        let groups = self.check_groups()?;
        let ratios = self.check_scenarios()?;
        within(
            "number of assets",
            self.assets.len() as u64,
            1,
            u16::MAX.into(),
            "1 to 65535",
        )?;
        let mut assets = self
            .assets
            .iter()
            .enumerate()
            .map(|(i, rule)| self.check_asset(&format!("assets[{i}]"), rule))
            .collect::<Result<Vec<_>, _>>()?;
        assets.sort_by_key(|a| a.id);
        for (a, b) in assets.iter().zip(assets.iter().skip(1)) {
            if a.id == b.id {
                return Err(PolicyError::Duplicate {
                    field: "assets".into(),
                    name: b.name.clone(),
                });
            }
        }
        Ok((assets, groups, ratios))
    }

    fn check_groups(&self) -> Result<[Group; GROUPS], PolicyError> {
        within(
            "number of groups",
            self.groups.len() as u64,
            0,
            GROUPS as u64,
            "at most 15",
        )?;
        let mut seen = BTreeSet::new();
        let mut groups = [Group::default(); GROUPS];
        for (i, (rule, group)) in self.groups.iter().zip(&mut groups).enumerate() {
            name(format!("groups[{i}].name"), &rule.name)?;
            if !seen.insert(&rule.name) {
                return Err(PolicyError::Duplicate {
                    field: "groups".into(),
                    name: rule.name.clone(),
                });
            }
            group.min_share = bps(format!("groups[{i}].min_share_bps"), rule.min_share_bps)?;
            group.max_share = bps(format!("groups[{i}].max_share_bps"), rule.max_share_bps)?;
            if group.min_share > group.max_share {
                return Err(PolicyError::Range {
                    field: format!("groups[{i}].min_share_bps"),
                    expected: "at most max_share_bps",
                    got: rule.min_share_bps.to_string(),
                });
            }
        }
        Ok(groups)
    }

    fn check_scenarios(&self) -> Result<Vec<u16>, PolicyError> {
        let known: BTreeSet<&String> = self.assets.iter().map(|a| &a.asset).collect();
        within(
            "number of scenarios",
            self.scenarios.len() as u64,
            0,
            MAX_SCENARIOS as u64,
            "at most 15",
        )?;
        let mut seen = BTreeSet::new();
        let mut ratios = Vec::new();
        for (i, rule) in self.scenarios.iter().enumerate() {
            name(format!("scenarios[{i}].name"), &rule.name)?;
            if !seen.insert(&rule.name) {
                return Err(PolicyError::Duplicate {
                    field: "scenarios".into(),
                    name: rule.name.clone(),
                });
            }
            let field = format!("scenarios[{i}].min_ratio_bps");
            within(&field, rule.min_ratio_bps, 0, u16::MAX.into(), "0 to 65535")?;
            ratios.push(rule.min_ratio_bps as u16);
            for (asset, move_bps) in &rule.moves_bps {
                if !known.contains(asset) {
                    let field = format!("scenarios[{i}].moves_bps");
                    return Err(PolicyError::Undefined {
                        field,
                        name: asset.clone(),
                    });
                }
                multiplier(format!("scenarios[{i}].moves_bps[{asset:?}]"), *move_bps)?;
            }
        }
        Ok(ratios)
    }

    fn check_asset(&self, at: &str, rule: &AssetRule) -> Result<Asset, PolicyError> {
        let id = AssetId::of(&rule.asset).map_err(|error| PolicyError::Name {
            field: format!("{at}.asset"),
            error,
        })?;
        name(format!("{at}.symbol"), &rule.symbol)?;
        within(
            &format!("{at}.decimals"),
            rule.decimals,
            0,
            PRICE_EXPONENT.into(),
            "0 to 36",
        )?;
        let max_share = bps(format!("{at}.max_share_bps"), rule.max_share_bps)?;
        let mut groups = 0u16;
        for group in &rule.groups {
            let index = self
                .groups
                .iter()
                .position(|g| g.name == *group)
                .ok_or_else(|| PolicyError::Undefined {
                    field: format!("{at}.groups"),
                    name: group.clone(),
                })?;
            let bit = 1u16 << index;
            if groups & bit != 0 {
                return Err(PolicyError::Duplicate {
                    field: format!("{at}.groups"),
                    name: group.clone(),
                });
            }
            groups |= bit;
        }
        let multipliers = self
            .scenarios
            .iter()
            .map(|s| {
                let move_bps = s.moves_bps.get(&rule.asset).copied().unwrap_or(0);
                multiplier(format!("moves_bps[{:?}]", rule.asset), move_bps)
            })
            .collect::<Result<_, _>>()?;
        Ok(Asset {
            name: rule.asset.clone(),
            symbol: rule.symbol.clone(),
            id,
            decimals: rule.decimals,
            netting: rule.netting,
            max_share,
            groups,
            tiers: check_tiers(at, &rule.tiers)?,
            multipliers,
        })
    }
}

fn check_tiers(at: &str, rules: &[TierRule]) -> Result<[Tier; TIERS], PolicyError> {
    let broken = |i: usize, rule| PolicyError::Tiers {
        field: format!("{at}.tiers[{i}]"),
        rule,
    };
    within(
        &format!("{at}: number of tiers"),
        rules.len() as u64,
        1,
        TIERS as u64,
        "1 to 4",
    )?;
    let (Some((last, bounded)), last_index) = (rules.split_last(), rules.len().saturating_sub(1))
    else {
        return Err(broken(0, "expected at least one tier"));
    };
    if last.up_to.is_some() {
        return Err(broken(
            last_index,
            "the last tier must have no up_to: it is unbounded",
        ));
    }
    let last_weight = bps(
        format!("{at}.tiers[{last_index}].weight_bps"),
        last.weight_bps,
    )?;
    // Missing tiers go between the bounded ones and the last: width 0, the last weight.
    let mut tiers = [Tier {
        width: 0,
        weight: last_weight,
    }; TIERS];
    let (mut reached, mut weight) = (0u64, ONE_IN_BPS);
    for (i, (rule, tier)) in bounded.iter().zip(&mut tiers).enumerate() {
        let up_to = rule
            .up_to
            .ok_or_else(|| broken(i, "every tier but the last needs an up_to"))?;
        if up_to >> WIDTH_BITS != 0 {
            return Err(PolicyError::Range {
                field: format!("{at}.tiers[{i}].up_to"),
                expected: "a number of whole quote units below 2^60",
                got: up_to.to_string(),
            });
        }
        if up_to <= reached {
            return Err(broken(i, "up_to must be positive and strictly ascending"));
        }
        tier.width = up_to - reached;
        tier.weight = bps(format!("{at}.tiers[{i}].weight_bps"), rule.weight_bps)?;
        if rule.weight_bps > weight {
            return Err(broken(i, "weights must not increase from tier to tier"));
        }
        (reached, weight) = (up_to, rule.weight_bps);
    }
    if last.weight_bps > weight {
        return Err(broken(
            last_index,
            "weights must not increase from tier to tier",
        ));
    }
    Ok(tiers)
}

fn name(field: String, text: &str) -> Result<(), PolicyError> {
    check_name(text).map_err(|error| PolicyError::Name { field, error })
}

fn within<N: Into<u64>>(
    field: &str,
    got: N,
    low: u64,
    high: u64,
    expected: &'static str,
) -> Result<(), PolicyError> {
    let got = got.into();
    if got < low || got > high {
        return Err(PolicyError::Range {
            field: field.into(),
            expected,
            got: got.to_string(),
        });
    }
    Ok(())
}

fn bps(field: String, got: u32) -> Result<u16, PolicyError> {
    within(&field, got, 0, ONE_IN_BPS.into(), "0 to 10000 basis points")?;
    Ok(got as u16)
}

fn multiplier(field: String, move_bps: i64) -> Result<u16, PolicyError> {
    move_bps
        .checked_add(i64::from(ONE_IN_BPS))
        .and_then(|m| u16::try_from(m).ok())
        .ok_or_else(|| PolicyError::Range {
            field,
            expected: "a move of -10000 to 55535 basis points",
            got: move_bps.to_string(),
        })
}
