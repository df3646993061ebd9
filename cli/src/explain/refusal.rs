//! Why a claim cannot be proved, and which rules bind, with the names of assets, groups and
//! scenarios. Figures derived from the holdings are for the prover's own eyes.

use crate::codes::Code;
use crate::outcome::Failure;
use crate::text::{grouped, percent, plain};
use covenant_allocation::{Binding, Clause, Shortfall, Which};
use covenant_circuits::account::Kind;
use covenant_circuits::policy::Policy;
use covenant_circuits::relation::Unsatisfied;
use covenant_prover::allocate::Refused;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;

/// Decimals of counted value (docs/spec.md, S5: micro-units, times basis points twice).
pub(crate) const COUNTED_DECIMALS: usize = 14;
/// Decimals of debt in S7.
pub(crate) const DEBT_DECIMALS: usize = 10;

fn symbol(policy: &Policy, asset: usize) -> String {
    let found = policy.assets().get(asset);
    found.map_or_else(|| format!("asset {asset}"), |a| a.symbol.clone())
}

fn group(policy: &Policy, group: usize) -> String {
    let found = policy.document().groups().get(group);
    found.map_or_else(|| format!("group {group}"), |g| g.name.clone())
}

/// A rule that keeps more collateral from counting.
#[derive(Serialize, JsonSchema, Debug)]
pub(crate) struct BindingRule {
    /// Which kind of rule.
    rule: RuleKind,
    /// The asset's symbol, for `asset_share` and `tier`.
    #[serde(skip_serializing_if = "Option::is_none")]
    asset: Option<String>,
    /// The group's name, for `group_cap` and `group_floor`.
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    /// The tier that is full, from 1, for `tier`.
    #[serde(skip_serializing_if = "Option::is_none")]
    tier: Option<usize>,
    /// The rule in words.
    pub(crate) text: String,
}

/// The kinds of rules that bind.
#[derive(Serialize, JsonSchema, Debug)]
#[serde(rename_all = "snake_case")]
enum RuleKind {
    /// An asset counts up to its largest share.
    AssetShare,
    /// A group counts up to its largest share.
    GroupCap,
    /// A group must be at least its smallest share.
    GroupFloor,
    /// More of an asset would count in its next tier.
    Tier,
    /// Another rule.
    Other,
}

/// The rule that binds, for JSON and in words.
pub(crate) fn binding_rule(policy: &Policy, rule: &Binding) -> BindingRule {
    let of = |rule, text| BindingRule {
        rule,
        asset: None,
        group: None,
        tier: None,
        text,
    };
    match *rule {
        Binding::AssetShare { asset } => {
            let share = policy.assets().get(asset).map_or(0, |a| a.max_share);
            let (name, share) = (symbol(policy, asset), percent(share));
            let text = format!("{name} counts up to its largest share of what counts, {share}");
            BindingRule {
                asset: Some(name),
                ..of(RuleKind::AssetShare, text)
            }
        }
        Binding::GroupCap { group: g } => {
            let share = policy.groups().get(g).map_or(0, |g| g.max_share);
            let (name, share) = (group(policy, g), percent(share));
            let text =
                format!("the group {name} counts up to its largest share of what counts, {share}");
            BindingRule {
                group: Some(name),
                ..of(RuleKind::GroupCap, text)
            }
        }
        Binding::GroupFloor { group: g } => {
            let share = policy.groups().get(g).map_or(0, |g| g.min_share);
            let (name, share) = (group(policy, g), percent(share));
            let text = format!(
                "the group {name} must be at least {share} of what counts, which keeps others out"
            );
            BindingRule {
                group: Some(name),
                ..of(RuleKind::GroupFloor, text)
            }
        }
        Binding::Tier { asset, tier } => {
            let tiers = policy.assets().get(asset).map(|a| &a.tiers);
            let weight = tiers.and_then(|t| t.get(tier)).map_or(0, |t| t.weight);
            let (name, weight) = (symbol(policy, asset), percent(weight));
            let text = format!("all of {name} counts; more of it would count at {weight}");
            BindingRule {
                asset: Some(name),
                tier: Some(tier + 1),
                ..of(RuleKind::Tier, text)
            }
        }
        _ => of(RuleKind::Other, "another rule".into()),
    }
}

/// A claim that is false, or that could not be decided: clause, place and shortfall.
pub(crate) fn refused(refused: &Refused, policy: &Policy) -> Failure {
    match refused {
        Refused::Unsatisfied(u) => unsatisfied(u, policy),
        Refused::Shortfall(s) => shortfall(s, policy),
        other => Failure::new(Code::NotCovered, other),
    }
}

/// A clause that fails whatever is counted.
pub(crate) fn unsatisfied(reason: &Unsatisfied, policy: &Policy) -> Failure {
    let message = match reason {
        Unsatisfied::Coverage { scenario, missing } => format!(
            "S7: in the scenario {:?} the counted collateral falls short by {} {}",
            policy.scenario_name(*scenario),
            grouped(missing.clone(), COUNTED_DECIMALS),
            quote(policy)
        ),
        Unsatisfied::AssetHeld { .. } | Unsatisfied::GroupHeld { .. } => {
            format!("{reason}; what is held cannot be left uncounted")
        }
        other => other.to_string(),
    };
    Failure::of(reason).saying(format!("the claim is false. {message}"))
}

/// No allocation satisfies S3 to S7.
pub(crate) fn shortfall(reason: &Shortfall, policy: &Policy) -> Failure {
    match reason {
        Shortfall::Uncovered {
            clause,
            scenario,
            required,
            counted,
            missing,
            binding: rules,
        } => {
            let why = match clause {
                Clause::S6 => {
                    "all of the collateral would cover the debt, but the share rules keep some of it from counting"
                }
                _ => "not even all of the collateral covers the debt",
            };
            let figure = |n: BigUint| grouped(n, COUNTED_DECIMALS);
            let mut message = format!(
                "the claim is false. {clause:?}: in the scenario {:?} {why}: {} is required, {} counts, {} {} is missing",
                policy.scenario_name(*scenario),
                figure(required.clone()),
                figure((*counted).into()),
                figure(missing.clone()),
                quote(policy),
            );
            let rules: Vec<_> = rules.iter().map(|r| binding_rule(policy, r)).collect();
            for rule in &rules {
                message.push_str(&format!("\n  {}", rule.text));
            }
            Failure::of(reason).saying(message).with(|out| {
                out.scenario = Some(policy.scenario_name(*scenario).into());
                out.required = Some(plain(required.clone(), COUNTED_DECIMALS));
                out.counted = Some(plain(*counted, COUNTED_DECIMALS));
                out.shortfall = Some(plain(missing.clone(), COUNTED_DECIMALS));
                out.binding = Some(rules);
            })
        }
        Shortfall::ValueOverflow { asset, which } => {
            let side = match which {
                Which::Collateral => Kind::Collateral,
                Which::Liability => Kind::Liability,
            };
            Failure::of(reason).saying(format!(
                "the claim is false. S4: the {side} in {} is worth 2^80 micro-units or more; use a policy with a larger quote unit",
                symbol(policy, *asset)
            ))
        }
        other => Failure::of(other),
    }
}

/// The quote currency without its namespace.
pub(crate) fn quote(policy: &Policy) -> &str {
    policy.document().quote.trim_start_matches("iso4217:")
}
