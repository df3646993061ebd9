//! Every rule that a document must pass to be a policy.

use super::{Asset, AssetRule, Group, PolicyDocument, PolicyError, Tier, TierRule};
use crate::ident::{AssetId, check_name};
use crate::numbers::{ONE_IN_BPS, PRICE_EXPONENT, RATIO_BITS, WHOLE_BITS};
use crate::shape::{GROUPS, MAX_SCENARIOS, TIERS};
use std::collections::{BTreeMap, BTreeSet};

/// The largest number of whole quote units that a document may have.
const LARGEST_WHOLE: u64 = (1 << WHOLE_BITS) - 1;

type Checked = (Vec<Asset>, [Group; GROUPS], Vec<u16>);
/// What a scenario multiplies the prices of some assets by, in basis points.
type Multipliers = BTreeMap<AssetId, u16>;

impl PolicyDocument {
    /// Checks every rule; returns assets in digest order, groups and scenario ratios.
    pub(super) fn check(&self) -> Result<Checked, PolicyError> {
        if self.version != 2 {
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
        within(
            "number of assets",
            self.assets.len() as u64,
            1,
            u8::MAX.into(),
            "1 to 255",
        )?;
        let ids = self
            .assets
            .iter()
            .enumerate()
            .map(|(i, rule)| asset_id(format!("assets[{i}].asset"), &rule.asset))
            .collect::<Result<Vec<_>, _>>()?;
        let (ratios, moves) = self.check_scenarios(&ids)?;
        within(
            "report_grain",
            self.report_grain(),
            0,
            LARGEST_WHOLE,
            "0 to 2^53 - 1 whole quote units",
        )?;
        let mut assets = self
            .assets
            .iter()
            .zip(ids)
            .enumerate()
            .map(|(i, (rule, id))| self.check_asset(&format!("assets[{i}]"), rule, id, &moves))
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
        self.check_complete()?;
        Ok((assets, groups, ratios))
    }

    /// A complete policy nets nothing; only a complete one may restrict or report what is held.
    fn check_complete(&self) -> Result<(), PolicyError> {
        let refuse = |field: String, rule| Err(PolicyError::Complete { field, rule });
        for (i, asset) in self.assets.iter().enumerate() {
            if self.complete() && asset.netting() {
                let field = format!("assets[{i}].netting");
                return refuse(field, "a complete policy nets nothing");
            }
            if !self.complete() && asset.max_held_share_bps() != ONE_IN_BPS {
                let field = format!("assets[{i}].max_held_share_bps");
                return refuse(field, "only a complete policy restricts what is held");
            }
        }
        for (i, group) in self.groups().iter().enumerate() {
            let restricted =
                group.min_held_share_bps() != 0 || group.max_held_share_bps() != ONE_IN_BPS;
            if !self.complete() && restricted {
                let field = format!("groups[{i}]: held shares");
                return refuse(field, "only a complete policy restricts what is held");
            }
            if self.report_grain() == 0 && group.report() {
                let field = format!("groups[{i}].report");
                return refuse(field, "without a report_grain no group is reported");
            }
        }
        if !self.complete() && self.report_grain() != 0 {
            let rule = "only a complete policy reports what is held";
            return refuse("report_grain".into(), rule);
        }
        Ok(())
    }

    fn check_groups(&self) -> Result<[Group; GROUPS], PolicyError> {
        within(
            "number of groups",
            self.groups().len() as u64,
            0,
            GROUPS as u64,
            "at most 15",
        )?;
        let mut seen = BTreeSet::new();
        let mut groups = [Group::default(); GROUPS];
        for (i, (rule, group)) in self.groups().iter().zip(&mut groups).enumerate() {
            name(format!("groups[{i}].name"), &rule.name)?;
            if !seen.insert(&rule.name) {
                return Err(PolicyError::Duplicate {
                    field: "groups".into(),
                    name: rule.name.clone(),
                });
            }
            let share = |field: &str, got| bps(format!("groups[{i}].{field}"), got);
            *group = Group {
                min_share: share("min_share_bps", rule.min_share_bps())?,
                max_share: share("max_share_bps", rule.max_share_bps())?,
                min_held_share: share("min_held_share_bps", rule.min_held_share_bps())?,
                max_held_share: share("max_held_share_bps", rule.max_held_share_bps())?,
                report: rule.report(),
            };
            for (field, floor, cap) in [
                ("min_share_bps", group.min_share, group.max_share),
                (
                    "min_held_share_bps",
                    group.min_held_share,
                    group.max_held_share,
                ),
            ] {
                if floor > cap {
                    return Err(PolicyError::Range {
                        field: format!("groups[{i}].{field}"),
                        expected: "at most the largest share of the group",
                        got: floor.to_string(),
                    });
                }
            }
        }
        Ok(groups)
    }

    /// The ratios of the scenarios, and their moves: names of assets are one where their ids are.
    fn check_scenarios(
        &self,
        ids: &[AssetId],
    ) -> Result<(Vec<u16>, Vec<Multipliers>), PolicyError> {
        let known: BTreeSet<&AssetId> = ids.iter().collect();
        within(
            "number of scenarios",
            self.scenarios().len() as u64,
            0,
            MAX_SCENARIOS as u64,
            "at most 15",
        )?;
        let mut seen = BTreeSet::new();
        let (mut ratios, mut moves) = (Vec::new(), Vec::new());
        for (i, rule) in self.scenarios().iter().enumerate() {
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
            let field = format!("scenarios[{i}].moves_bps");
            let mut multipliers = Multipliers::new();
            for (name, move_bps) in rule.moves_bps() {
                let id = asset_id(field.clone(), name)?;
                let (field, asset) = (field.clone(), name.to_owned());
                if !known.contains(&id) {
                    return Err(PolicyError::Undefined { field, name: asset });
                }
                let to = multiplier(format!("{field}[{asset:?}]"), move_bps)?;
                if multipliers.insert(id, to).is_some() {
                    return Err(PolicyError::Duplicate { field, name: asset });
                }
            }
            moves.push(multipliers);
        }
        Ok((ratios, moves))
    }

    fn check_asset(
        &self,
        at: &str,
        rule: &AssetRule,
        id: AssetId,
        moves: &[Multipliers],
    ) -> Result<Asset, PolicyError> {
        name(format!("{at}.symbol"), &rule.symbol)?;
        within(
            &format!("{at}.decimals"),
            rule.decimals,
            0,
            PRICE_EXPONENT.into(),
            "0 to 36",
        )?;
        let max_share = bps(format!("{at}.max_share_bps"), rule.max_share_bps())?;
        let max_held_share = bps(
            format!("{at}.max_held_share_bps"),
            rule.max_held_share_bps(),
        )?;
        let mut groups = 0u16;
        for group in rule.groups() {
            let index = self
                .groups()
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
        let of_scenario = |m: &Multipliers| m.get(&id).copied().unwrap_or(ONE_IN_BPS as u16);
        let multipliers = moves.iter().map(of_scenario).collect();
        Ok(Asset {
            name: rule.asset.clone(),
            symbol: rule.symbol.clone(),
            id,
            decimals: rule.decimals,
            netting: rule.netting(),
            may_owe: rule.may_owe(),
            max_share,
            max_held_share,
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
        if up_to > LARGEST_WHOLE {
            return Err(PolicyError::Range {
                field: format!("{at}.tiers[{i}].up_to"),
                expected: "1 to 2^53 - 1 whole quote units",
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

fn asset_id(field: String, text: &str) -> Result<AssetId, PolicyError> {
    AssetId::of(text).map_err(|error| PolicyError::Name { field, error })
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
