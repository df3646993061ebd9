//! What an import writes and says: the policy with its comments, and the same for people and
//! programs.

use super::super::draft::{Checked, Draft};
use super::Import;
use super::ladder::Merged;
use super::source::{Left, Source};
use crate::Outcome;
use crate::explain::policy::smallest_shape;
use crate::outcome::Report;
use crate::text;
use clap::ValueEnum;
use covenant_circuits::field::to_hex;
use covenant_circuits::policy::{AssetRule, PolicyDocument};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;

/// A policy from the rules of others.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ImportOutput {
    /// The policy that was written, TOML.
    out: String,
    /// Its digest, 0x-hex.
    digest: String,
    /// Its name.
    name: String,
    /// The assets, in the order of the policy.
    assets: Vec<AssetOutput>,
    /// What the policy does not say.
    left_out: Vec<LeftOutput>,
    /// Symbols that were skipped, as --skip-unknown says.
    skipped: Vec<String>,
    /// What the policy check warns of.
    warnings: Vec<String>,
    /// The smallest standard shape that it fits; null if it fits none.
    smallest_shape: Option<String>,
}

/// An asset, and what its tiers lose.
#[derive(Serialize, JsonSchema)]
struct AssetOutput {
    /// Its name.
    asset: String,
    /// For people.
    symbol: String,
    /// How many tiers the source has, with what counts for nothing beyond the last.
    tiers_before: usize,
    /// How many the policy has.
    tiers: usize,
    /// The largest share of what counted before that counts no longer, in millionths, rounded up.
    largest_loss_millionths: u64,
    /// The value at which it is lost, in whole quote units.
    lost_at: u64,
}

/// Something that a policy does not say.
#[derive(Serialize, JsonSchema)]
struct LeftOutput {
    /// In words.
    what: String,
    /// Whether more may count without it than in the source.
    counts_more: bool,
}

impl Import {
    pub(super) fn title(&self) -> String {
        let format = self.format.to_possible_value();
        let format = format.map_or(String::new(), |value| value.get_name().to_owned());
        let names = self.files.iter().filter_map(|path| path.file_name());
        let names: Vec<String> = names.map(|n| n.to_string_lossy().into_owned()).collect();
        let default = format!("{format}: {}", names.join(", "));
        let default = default.replace(char::is_control, " ").trim().to_owned();
        self.name.clone().unwrap_or(default)
    }

    /// The policy, and above it what it does not say.
    pub(super) fn draft(&self, source: &Source, merged: &[Merged], left: &[Left]) -> Draft {
        let mut head = vec![
            "A policy made of the collateral rules of others: review it before you agree to it."
                .to_owned(),
            format!("Source: {}", self.title()),
        ];
        if !left.is_empty() {
            head.push("What this policy does not say:".into());
            head.extend(left.iter().map(|left| {
                let more = if left.counts_more {
                    "COUNTS MORE: "
                } else {
                    ""
                };
                format!("- {more}{}", left.what)
            }));
        }
        if !source.unknown.is_empty() {
            let symbols: Vec<&str> = source.unknown.iter().map(String::as_str).collect();
            head.push(format!(
                "Skipped, as no asset is known for them: {}",
                symbols.join(", ")
            ));
        }
        head.push(String::new());
        let mut notes: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let mut assets = Vec::new();
        for ((name, asset), merged) in source.assets.iter().zip(merged) {
            let mut lines = asset.notes.clone();
            lines.extend(merged_note(asset.ladder.len(), merged, &self.quote));
            notes.insert(name.clone(), lines);
            let groups = (!asset.groups.is_empty()).then(|| asset.groups.clone());
            assets.push(AssetRule {
                asset: name.clone(),
                symbol: asset.symbol.clone(),
                decimals: asset.decimals,
                netting: None,
                may_owe: None,
                max_share_bps: asset.max_share_bps,
                max_held_share_bps: None,
                groups,
                tiers: merged.tiers.clone(),
            });
        }
        let groups = (!source.groups.is_empty()).then(|| source.groups.clone());
        Draft {
            document: PolicyDocument {
                version: 2,
                name: self.title(),
                quote: self.quote.clone(),
                min_ratio_bps: self.ratio.bps(),
                ratio_step_bps: 100,
                complete: None,
                report_grain: None,
                assets,
                groups,
                scenarios: None,
            },
            head,
            notes,
            mark: "",
        }
    }

    pub(super) fn report(
        &self,
        source: &Source,
        merged: &[Merged],
        left: Vec<Left>,
        checked: &Checked,
    ) -> Outcome {
        let digest = to_hex(&checked.policy.digest());
        let shape = smallest_shape(&checked.policy).map(|shape| shape.to_string());
        let mut text = format!(
            "written to {}: {} assets, {}\ndigest {digest}",
            self.out.display(),
            merged.len(),
            match &shape {
                Some(shape) => format!("fits the shape {shape} and larger ones"),
                None => "fits no standard shape".into(),
            },
        );
        let mut assets = Vec::new();
        for ((name, asset), merged) in source.assets.iter().zip(merged) {
            if let Some(note) = merged_note(asset.ladder.len(), merged, &self.quote) {
                text.push_str(&format!("\n{}: {note}", asset.symbol));
            }
            assets.push(AssetOutput {
                asset: name.clone(),
                symbol: asset.symbol.clone(),
                tiers_before: asset.ladder.len(),
                tiers: merged.tiers.len(),
                largest_loss_millionths: u64::try_from(merged.loss.millionths())
                    .unwrap_or(1_000_000),
                lost_at: merged.loss.at,
            });
        }
        for left in &left {
            let kind = if left.counts_more {
                "COUNTS MORE"
            } else {
                "left out"
            };
            text.push_str(&format!("\n{kind}: {}", left.what));
        }
        for symbol in &source.unknown {
            text.push_str(&format!("\nskipped: {symbol}"));
        }
        for warning in &checked.warnings {
            text.push_str(&format!("\nwarning: {warning}"));
        }
        let left_out = left.into_iter().map(|left| LeftOutput {
            what: left.what,
            counts_more: left.counts_more,
        });
        let output = ImportOutput {
            out: self.out.display().to_string(),
            digest,
            name: self.title(),
            assets,
            left_out: left_out.collect(),
            skipped: source.unknown.iter().cloned().collect(),
            warnings: checked.warnings.clone(),
            smallest_shape: shape,
        };
        Report::done(text, &output)
    }
}

/// What a merge of tiers loses, where there was one.
fn merged_note(before: usize, merged: &Merged, quote: &str) -> Option<String> {
    (merged.tiers.len() < before).then(|| {
        let loss = text::plain(merged.loss.millionths(), 4);
        let at = text::commas(&merged.loss.at.to_string());
        let quote = quote.trim_start_matches("iso4217:");
        format!(
            "{before} tiers are merged into {}, so that nothing counts more than before; at most {loss} % of what counted counts no longer, at a value of {at} {quote}",
            merged.tiers.len()
        )
    })
}
