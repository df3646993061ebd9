//! What the templates say: a table each of haircuts, limits and scenarios by class of asset, with
//! the reason for every number. They are where a discussion begins, not where it ends.

mod tables;

use super::super::draft::Draft;
use super::assets::{BITCOIN, Class, ETHER, Named, Spec};
use clap::ValueEnum;
use covenant_circuits::numbers::Ratio;
use covenant_circuits::policy::{AssetRule, GroupRule, PolicyDocument, ScenarioRule, TierRule};
use std::collections::BTreeMap;

/// What a policy is for.
#[derive(Clone, Copy, Debug, ValueEnum, PartialEq, Eq)]
pub(crate) enum Template {
    /// An issuer shows that its reserve covers what it has issued
    StablecoinReserve,
    /// A borrower shows that crypto assets cover its loans
    CryptoLender,
    /// A fund of cash and short paper shows that it covers its shares
    Fund,
}

/// A template's table.
pub(super) struct Table {
    title: &'static str,
    about: &'static str,
    min_ratio_bps: u32,
    ratio_step_bps: u32,
    /// Whole quote units of a report; a table that has it is complete.
    report_grain: Option<u64>,
    classes: &'static [ClassRule],
    groups: &'static [GroupTable],
    scenarios: &'static [ScenarioTable],
}

/// What an asset of a class counts for.
pub(super) struct ClassRule {
    class: Class,
    /// Ends of tiers in whole quote units, and weights.
    tiers: &'static [(Option<u64>, u32)],
    owed: bool,
    max_share_bps: Option<u32>,
    max_held_share_bps: Option<u32>,
    why: &'static str,
}

/// Limits of some classes together.
pub(super) struct GroupTable {
    name: &'static str,
    classes: &'static [Class],
    max_share_bps: Option<u32>,
    min_held_share_bps: Option<u32>,
    max_held_share_bps: Option<u32>,
    why: &'static str,
}

/// What prices do at once.
pub(super) struct ScenarioTable {
    name: &'static str,
    min_ratio_bps: u32,
    moves: &'static [(Class, i64)],
    why: &'static str,
}

impl Template {
    fn table(self) -> &'static Table {
        match self {
            Self::StablecoinReserve => &tables::STABLECOIN_RESERVE,
            Self::CryptoLender => &tables::CRYPTO_LENDER,
            Self::Fund => &tables::FUND,
        }
    }

    pub(super) fn title(self) -> &'static str {
        self.table().title
    }

    /// What it begins with where no asset is named.
    pub(super) fn default_assets(self, quote: &str) -> Vec<Spec> {
        let names: &[&str] = match self {
            Self::CryptoLender => &[BITCOIN, ETHER, quote],
            Self::StablecoinReserve | Self::Fund => &[quote],
        };
        names.iter().map(|name| Spec::of(name)).collect()
    }

    pub(super) fn draft(
        self,
        name: &str,
        quote: &str,
        ratio: Option<Ratio>,
        assets: &[Named],
    ) -> Draft {
        let table = self.table();
        let has = |class: &Class| assets.iter().any(|asset| asset.class == *class);
        let groups: Vec<&GroupTable> = table
            .groups
            .iter()
            .filter(|group| group.classes.iter().any(has))
            .collect();
        let scenarios = table.scenarios.iter().filter(|scenario| {
            let mut moved = scenario.moves.iter();
            moved.any(|(class, _)| has(class))
        });
        let mut notes = BTreeMap::new();
        let mut rules = Vec::new();
        for asset in assets {
            let Some(class) = table.classes.iter().find(|rule| rule.class == asset.class) else {
                continue;
            };
            let title = match &asset.title {
                Some(title) => format!("{} ({title})", asset.symbol),
                None => asset.symbol.clone(),
            };
            let lines = vec![title, class.why.to_owned()];
            notes.insert(asset.asset.clone(), lines);
            rules.push(asset_rule(asset, class, &groups));
        }
        let mut reported = false;
        let groups: Vec<GroupRule> = groups
            .into_iter()
            .map(|group| {
                notes.insert(group.name.into(), vec![group.why.into()]);
                // The report of several assets can be solved for each of them.
                let members = assets.iter().filter(|a| group.classes.contains(&a.class));
                let alone = table.report_grain.is_some() && members.count() == 1;
                reported |= alone;
                group_rule(group, alone)
            })
            .collect();
        let scenarios: Vec<ScenarioRule> = scenarios
            .map(|scenario| {
                notes.insert(scenario.name.into(), vec![scenario.why.into()]);
                scenario_rule(scenario, assets)
            })
            .collect();
        Draft {
            document: PolicyDocument {
                version: 2,
                name: name.into(),
                quote: quote.into(),
                min_ratio_bps: ratio.map_or(table.min_ratio_bps, |ratio| ratio.bps()),
                ratio_step_bps: table.ratio_step_bps,
                complete: table.report_grain.map(|_| true),
                report_grain: table.report_grain.filter(|_| reported),
                assets: rules,
                groups: (!groups.is_empty()).then_some(groups),
                scenarios: (!scenarios.is_empty()).then_some(scenarios),
            },
            head: head(table),
            notes,
            mark: "REVIEW: ",
        }
    }
}

fn head(table: &Table) -> Vec<String> {
    let mut head: Vec<String> = table.about.lines().map(str::to_owned).collect();
    head.extend(
        [
            "",
            "A policy to start from, not one to agree to. Every number is a choice: one that is marked",
            "REVIEW is to be looked at by whoever relies on it. Weights are what value counts for after",
            "haircuts. Shares are of what counts, or of what is held at market prices.",
            "",
            "covenant policy check FILE     whether anybody should agree to it",
            "covenant policy explain FILE   the same in words",
            "",
        ]
        .map(str::to_owned),
    );
    head
}

fn asset_rule(asset: &Named, class: &ClassRule, groups: &[&GroupTable]) -> AssetRule {
    let tier = |(up_to, weight_bps): &(Option<u64>, u32)| TierRule {
        up_to: *up_to,
        weight_bps: *weight_bps,
    };
    let members = groups
        .iter()
        .filter(|group| group.classes.contains(&asset.class));
    let groups: Vec<String> = members.map(|group| group.name.to_owned()).collect();
    AssetRule {
        asset: asset.asset.clone(),
        symbol: asset.symbol.clone(),
        decimals: asset.decimals,
        netting: None,
        may_owe: class.owed.then_some(true),
        max_share_bps: class.max_share_bps,
        max_held_share_bps: class.max_held_share_bps,
        groups: (!groups.is_empty()).then_some(groups),
        tiers: class.tiers.iter().map(tier).collect(),
    }
}

fn group_rule(group: &GroupTable, report: bool) -> GroupRule {
    GroupRule {
        name: group.name.into(),
        min_share_bps: None,
        max_share_bps: group.max_share_bps,
        min_held_share_bps: group.min_held_share_bps,
        max_held_share_bps: group.max_held_share_bps,
        report: report.then_some(true),
    }
}

fn scenario_rule(scenario: &ScenarioTable, assets: &[Named]) -> ScenarioRule {
    let moves = assets.iter().filter_map(|asset| {
        let found = scenario
            .moves
            .iter()
            .find(|(class, _)| *class == asset.class);
        found.map(|(_, bps)| (asset.asset.clone(), *bps))
    });
    ScenarioRule {
        name: scenario.name.into(),
        min_ratio_bps: scenario.min_ratio_bps,
        moves_bps: Some(moves.collect()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// No asset is left out of a draft: a class without a rule would be.
    #[test]
    fn every_template_has_one_rule_for_each_class() {
        for template in Template::value_variants() {
            for class in Class::value_variants() {
                let rules = template.table().classes.iter();
                let rules = rules.filter(|rule| rule.class == *class).count();
                assert_eq!(rules, 1, "{template:?}, {class:?}");
            }
        }
    }
}
