//! What a complete policy says of what is *held*, counted or not, and what a report shows of it.
//! For the prover's own eyes, but for the report.

use crate::explain::refusal::quote;
use crate::text::{commas, grouped, percent, plain};
use covenant_circuits::numbers::{MICRO, ONE_IN_BPS};
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::AssetValue;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

/// Decimals of values (docs/spec.md, section 2).
const VALUE_DECIMALS: usize = 6;

/// An asset or a group with a rule on what is held, or with a line in the report.
#[derive(Serialize, JsonSchema)]
pub(crate) struct HeldShare {
    /// The asset's symbol; absent for a group.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) asset: Option<String>,
    /// The group's name; absent for an asset.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) group: Option<String>,
    /// What is held of it at these prices, without weights, in quote units.
    pub(crate) held: String,
    /// Its share in all that is held, in basis points, rounded down.
    pub(crate) share_bps: u32,
    /// The smallest share of what is held that the policy allows.
    pub(crate) min_held_share_bps: u16,
    /// The largest.
    pub(crate) max_held_share_bps: u16,
    /// Whether the share is between the two.
    pub(crate) holds: bool,
    /// What every proof shows of it, in units of the policy's report grain, rounded down; absent
    /// for what is not reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    report: Option<String>,
    /// All of that in words.
    text: String,
}

/// Assets and groups of a complete policy of which it says what may be held, or what is shown.
pub(crate) fn shares(policy: &Policy, values: &[AssetValue]) -> Vec<HeldShare> {
    if !policy.complete() {
        return Vec::new();
    }
    let held = || policy.assets().iter().zip(values);
    let total: BigUint = held()
        .map(|(_, value)| BigUint::from(value.collateral))
        .sum();
    let assets = held().filter(|(asset, _)| u32::from(asset.max_held_share) < ONE_IN_BPS);
    let assets = assets.map(|(asset, value)| {
        let value = BigUint::from(value.collateral);
        let share = share(policy, &value, &total, (0, asset.max_held_share), false);
        named(share, Some(asset.symbol.clone()), None)
    });
    let groups = policy.document().groups().iter().enumerate();
    let groups = groups.filter_map(|(g, rule)| {
        let least = u16::try_from(rule.min_held_share_bps()).ok()?;
        let most = u16::try_from(rule.max_held_share_bps()).ok()?;
        if (least, u32::from(most), rule.report()) == (0, ONE_IN_BPS, false) {
            return None;
        }
        let members = held().filter(|(asset, _)| asset.groups >> g & 1 == 1);
        let value: BigUint = members
            .map(|(_, value)| BigUint::from(value.collateral))
            .sum();
        let share = share(policy, &value, &total, (least, most), rule.report());
        Some(named(share, None, Some(rule.name.clone())))
    });
    assets.chain(groups).collect()
}

fn share(
    policy: &Policy,
    value: &BigUint,
    total: &BigUint,
    (least, most): (u16, u16),
    reported: bool,
) -> HeldShare {
    let part = value * ONE_IN_BPS;
    let holds = total * least <= part && part <= total * most;
    let bps = match *total == BigUint::ZERO {
        true => BigUint::ZERO,
        false => &part / total,
    };
    let share_bps = u32::try_from(bps).unwrap_or(ONE_IN_BPS);
    let grain = policy.report_grain();
    let line = (reported && grain > 0).then(|| value / (BigUint::from(grain) * MICRO));
    let quote = quote(policy);
    let mut text = format!(
        "{} {quote}, {} of what is held",
        grouped(value.clone(), VALUE_DECIMALS),
        percent(share_bps)
    );
    if least > 0 {
        text.push_str(&format!("; at least {} must be", percent(least)));
    }
    if u32::from(most) < ONE_IN_BPS {
        text.push_str(&format!("; at most {} may be", percent(most)));
    }
    if !holds {
        text.push_str(" (BROKEN)");
    }
    if let Some(line) = &line {
        let grain = commas(&grain.to_string());
        text.push_str(&format!("; every proof shows {line} times {grain} {quote}"));
    }
    HeldShare {
        asset: None,
        group: None,
        held: plain(value.clone(), VALUE_DECIMALS),
        share_bps,
        min_held_share_bps: least,
        max_held_share_bps: most,
        holds,
        report: line.map(|line| line.to_string()),
        text,
    }
}

fn named(share: HeldShare, asset: Option<String>, group: Option<String>) -> HeldShare {
    let name = asset
        .as_ref()
        .or(group.as_ref())
        .cloned()
        .unwrap_or_default();
    HeldShare {
        text: format!("{name}: {}", share.text),
        asset,
        group,
        ..share
    }
}

/// A line each, under a heading; nothing where the policy says nothing of what is held.
pub(crate) fn section(shares: &[HeldShare]) -> String {
    let lines = shares.iter().map(|share| format!("\n  {}", share.text));
    match shares {
        [] => String::new(),
        _ => format!("\n\nheld, whatever counts{}", lines.collect::<String>()),
    }
}
