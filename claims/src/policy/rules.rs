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

/// What is wrong with a document: all of it, so that whoever wrote it mends it once.
#[derive(Default)]
struct Errors(Vec<PolicyError>);

impl Errors {
    /// The value, or its default where it is refused.
    fn take<T: Default>(&mut self, checked: Result<T, PolicyError>) -> T {
        checked.unwrap_or_else(|error| {
            self.0.push(error);
            T::default()
        })
    }

    /// What was checked, if nothing was wrong with it.
    fn or<T>(mut self, checked: T) -> Result<T, PolicyError> {
        match self.0.len() {
            0 => Ok(checked),
            1 => Err(self.0.remove(0)),
            _ => Err(PolicyError::Several { errors: self.0 }),
        }
    }
}

impl PolicyDocument {
    /// Checks every rule; returns assets in digest order, groups and scenario ratios.
    pub(super) fn check(&self) -> Result<Checked, PolicyError> {
        if self.version != 2 {
            return Err(PolicyError::Version { got: self.version });
        }
        let mut errors = Errors::default();
        errors.take(name("name".into(), &self.name));
        errors.take(name("quote".into(), &self.quote));
        let ratio = (1 << RATIO_BITS) - 1;
        for (field, bps) in [
            ("min_ratio_bps", self.min_ratio_bps),
            ("ratio_step_bps", self.ratio_step_bps),
        ] {
            errors.take(within(field, bps, 1, ratio, "1 to 1048575"));
        }
        let groups = self.check_groups(&mut errors);
        errors.take(within(
            "number of assets",
            self.assets.len() as u64,
            1,
            u8::MAX.into(),
            "1 to 255",
        ));
        let ids = self.assets.iter().enumerate();
        let ids =
            ids.map(|(i, rule)| asset_id(format!("assets[{i}].asset"), &rule.asset).map(Some));
        let ids: Vec<Option<AssetId>> = ids.map(|id| errors.take(id)).collect();
        let (ratios, moves) = self.check_scenarios(&ids, &mut errors);
        errors.take(within(
            "report_grain",
            self.report_grain(),
            0,
            LARGEST_WHOLE,
            "0 to 2^53 - 1 whole quote units",
        ));
        let mut assets = Vec::new();
        for (i, (rule, id)) in self.assets.iter().zip(ids).enumerate() {
            let at = format!("assets[{i}]");
            // Of an asset without an id the rest is checked all the same.
            let asset = self.check_asset(&at, rule, id, &moves, &mut errors);
            assets.extend(asset);
        }
        assets.sort_by_key(|a| a.id);
        for (a, b) in assets.iter().zip(assets.iter().skip(1)) {
            if a.id == b.id {
                errors.take::<()>(Err(PolicyError::Duplicate {
                    field: "assets".into(),
                    name: b.name.clone(),
                }));
            }
        }
        self.check_complete(&mut errors);
        errors.or((assets, groups, ratios))
    }

    /// A complete policy nets nothing; only a complete one may restrict or report what is held.
    fn check_complete(&self, errors: &mut Errors) {
        let mut refuse = |field: String, rule| {
            errors.take::<()>(Err(PolicyError::Complete { field, rule }));
        };
        for (i, asset) in self.assets.iter().enumerate() {
            if self.complete() && asset.netting() {
                let field = format!("assets[{i}].netting");
                refuse(field, "a complete policy nets nothing");
            }
            if !self.complete() && asset.max_held_share_bps() != ONE_IN_BPS {
                let field = format!("assets[{i}].max_held_share_bps");
                refuse(field, "only a complete policy restricts what is held");
            }
        }
        for (i, group) in self.groups().iter().enumerate() {
            let restricted =
                group.min_held_share_bps() != 0 || group.max_held_share_bps() != ONE_IN_BPS;
            if !self.complete() && restricted {
                let field = format!("groups[{i}]: held shares");
                refuse(field, "only a complete policy restricts what is held");
            }
            if self.report_grain() == 0 && group.report() {
                let field = format!("groups[{i}].report");
                refuse(field, "without a report_grain no group is reported");
            }
        }
        if !self.complete() && self.report_grain() != 0 {
            let rule = "only a complete policy reports what is held";
            refuse("report_grain".into(), rule);
        }
    }

    fn check_groups(&self, errors: &mut Errors) -> [Group; GROUPS] {
        errors.take(within(
            "number of groups",
            self.groups().len() as u64,
            0,
            GROUPS as u64,
            "at most 15",
        ));
        let mut seen = BTreeSet::new();
        let mut groups = [Group::default(); GROUPS];
        for (i, (rule, group)) in self.groups().iter().zip(&mut groups).enumerate() {
            errors.take(name(format!("groups[{i}].name"), &rule.name));
            if !seen.insert(&rule.name) {
                errors.take::<()>(Err(PolicyError::Duplicate {
                    field: "groups".into(),
                    name: rule.name.clone(),
                }));
            }
            let mut share =
                |field: &str, got| errors.take(bps(format!("groups[{i}].{field}"), got));
            *group = Group {
                min_share: share("min_share_bps", rule.min_share_bps()),
                max_share: share("max_share_bps", rule.max_share_bps()),
                min_held_share: share("min_held_share_bps", rule.min_held_share_bps()),
                max_held_share: share("max_held_share_bps", rule.max_held_share_bps()),
                report: rule.report(),
            };
            for (field, floor, cap) in [
                ("min_share_bps", rule.min_share_bps(), rule.max_share_bps()),
                (
                    "min_held_share_bps",
                    rule.min_held_share_bps(),
                    rule.max_held_share_bps(),
                ),
            ] {
                if floor > cap {
                    errors.take::<()>(Err(PolicyError::Range {
                        field: format!("groups[{i}].{field}"),
                        expected: "at most the largest share of the group",
                        got: floor.to_string(),
                    }));
                }
            }
        }
        groups
    }

    /// The ratios of the scenarios, and their moves: names of assets are one where their ids are.
    fn check_scenarios(
        &self,
        ids: &[Option<AssetId>],
        errors: &mut Errors,
    ) -> (Vec<u16>, Vec<Multipliers>) {
        let known: BTreeSet<&AssetId> = ids.iter().flatten().collect();
        errors.take(within(
            "number of scenarios",
            self.scenarios().len() as u64,
            0,
            MAX_SCENARIOS as u64,
            "at most 15",
        ));
        let mut seen = BTreeSet::new();
        let (mut ratios, mut moves) = (Vec::new(), Vec::new());
        for (i, rule) in self.scenarios().iter().enumerate() {
            errors.take(name(format!("scenarios[{i}].name"), &rule.name));
            if !seen.insert(&rule.name) {
                errors.take::<()>(Err(PolicyError::Duplicate {
                    field: "scenarios".into(),
                    name: rule.name.clone(),
                }));
            }
            let field = format!("scenarios[{i}].min_ratio_bps");
            errors.take(within(
                &field,
                rule.min_ratio_bps,
                0,
                u16::MAX.into(),
                "0 to 65535",
            ));
            ratios.push(rule.min_ratio_bps as u16);
            let field = format!("scenarios[{i}].moves_bps");
            let mut multipliers = Multipliers::new();
            for (name, move_bps) in rule.moves_bps() {
                let moved = moved(&field, name, move_bps, &known);
                if let Some((id, to)) = errors.take(moved.map(Some)) {
                    let twice = multipliers.insert(id, to).is_some();
                    if twice {
                        errors.take::<()>(Err(PolicyError::Duplicate {
                            field: field.clone(),
                            name: name.to_owned(),
                        }));
                    }
                }
            }
            moves.push(multipliers);
        }
        (ratios, moves)
    }

    /// An asset with an id, if all of it is in range.
    fn check_asset(
        &self,
        at: &str,
        rule: &AssetRule,
        id: Option<AssetId>,
        moves: &[Multipliers],
        errors: &mut Errors,
    ) -> Option<Asset> {
        errors.take(name(format!("{at}.symbol"), &rule.symbol));
        errors.take(within(
            &format!("{at}.decimals"),
            rule.decimals,
            0,
            PRICE_EXPONENT.into(),
            "0 to 36",
        ));
        let max_share = errors.take(bps(format!("{at}.max_share_bps"), rule.max_share_bps()));
        let max_held_share = errors.take(bps(
            format!("{at}.max_held_share_bps"),
            rule.max_held_share_bps(),
        ));
        let groups = self.check_members(&format!("{at}.groups"), rule, errors);
        let tiers = errors.take(check_tiers(at, &rule.tiers));
        let id = id?;
        let of_scenario = |m: &Multipliers| m.get(&id).copied().unwrap_or(ONE_IN_BPS as u16);
        Some(Asset {
            name: rule.asset.clone(),
            symbol: rule.symbol.clone(),
            id,
            decimals: rule.decimals,
            netting: rule.netting(),
            may_owe: rule.may_owe(),
            max_share,
            max_held_share,
            groups,
            tiers,
            multipliers: moves.iter().map(of_scenario).collect(),
        })
    }

    /// The groups that an asset is in, as a mask.
    fn check_members(&self, field: &str, rule: &AssetRule, errors: &mut Errors) -> u16 {
        let mut mask = 0u16;
        for group in rule.groups() {
            let (field, name) = (field.to_owned(), group.clone());
            // Groups beyond the fifteenth are refused by their number.
            let index = self
                .groups()
                .iter()
                .take(GROUPS)
                .position(|g| g.name == *group);
            match index.map(|index| 1u16 << index) {
                None => errors.take(Err(PolicyError::Undefined { field, name })),
                Some(bit) if mask & bit != 0 => {
                    errors.take(Err(PolicyError::Duplicate { field, name }))
                }
                Some(bit) => mask |= bit,
            }
        }
        mask
    }
}

/// An asset that is moved, and its multiplier.
fn moved(
    field: &str,
    name: &str,
    move_bps: i64,
    known: &BTreeSet<&AssetId>,
) -> Result<(AssetId, u16), PolicyError> {
    let id = asset_id(field.to_owned(), name)?;
    if !known.contains(&id) {
        return Err(PolicyError::Undefined {
            field: field.to_owned(),
            name: name.to_owned(),
        });
    }
    Ok((id, multiplier(format!("{field}[{name:?}]"), move_bps)?))
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
