//! A policy in words, and what a change of policy does.

use crate::text::{commas, percent};
use covenant_circuits::ident::hashed_form;
use covenant_circuits::numbers::ONE_IN_BPS;
use covenant_circuits::policy::{AssetRule, GroupRule, Policy, PolicyDocument, ScenarioRule};
use covenant_circuits::shape::Shape;
use std::collections::BTreeMap;

/// The smallest standard shape whose assets and scenarios suffice.
pub(crate) fn smallest_shape(policy: &Policy) -> Option<Shape> {
    Shape::smallest_standard(0, policy.assets().len(), policy.scenarios())
}

/// What the tiers of an asset say.
fn tiers(rule: &AssetRule, quote: &str) -> String {
    let mut parts = Vec::new();
    let mut from = 0;
    for tier in &rule.tiers {
        let weight = percent(tier.weight_bps);
        parts.push(match (tier.up_to, from) {
            (Some(up_to), 0) => format!(
                "{weight} of the first {} {quote}",
                commas(&up_to.to_string())
            ),
            (Some(up_to), _) => format!(
                "{weight} of what lies up to {} {quote}",
                commas(&up_to.to_string())
            ),
            (None, 0) => format!("{weight} of its value"),
            (None, _) => format!("{weight} of the rest"),
        });
        from = tier.up_to.unwrap_or(0);
    }
    parts.join(", ")
}

/// What a group's shares are, each said to be of what counts or of what is held.
fn group(rule: &GroupRule) -> String {
    let shares = |least: u32, most: u32, of: &str| {
        let (least, most) = (percent(least), percent(most));
        format!("at least {least} and at most {most} of what {of}")
    };
    let mut text = shares(rule.min_share_bps(), rule.max_share_bps(), "counts");
    let (least, most) = (rule.min_held_share_bps(), rule.max_held_share_bps());
    if (least, most) != (0, ONE_IN_BPS) {
        text.push_str("; ");
        text.push_str(&shares(least, most, "is held"));
    }
    if rule.report() {
        text.push_str("; what is held of it is shown by every proof");
    }
    text
}

/// Whether an asset may be owed, and what is done with a debt in it.
fn debts(rule: &AssetRule) -> &'static str {
    match (rule.may_owe(), rule.netting()) {
        (true, true) => "debts in it are netted first",
        (true, false) => "debts in it are not netted",
        (false, _) => "it may not be owed",
    }
}

/// What a report shows, where there is one.
fn grain(policy: &PolicyDocument, quote: &str) -> Option<String> {
    let grain = policy.report_grain.filter(|grain| *grain != 0)?;
    let grain = commas(&grain.to_string());
    Some(format!(
        "reports are in units of {grain} {quote}, rounded down"
    ))
}

fn movement(bps: i64) -> String {
    let size = percent(bps.unsigned_abs());
    match bps {
        0 => "unchanged".into(),
        b if b < 0 => format!("down {size}"),
        _ => format!("up {size}"),
    }
}

/// The policy, a sentence a line.
pub(crate) fn explain(policy: &Policy) -> Vec<String> {
    let document = policy.document();
    let quote = document.quote.trim_start_matches("iso4217:");
    let mut lines = vec![
        format!("{} (values in {quote})", document.name),
        format!(
            "The counted collateral must be at least {} of the debt; ratios are proved in steps of {}.",
            percent(document.min_ratio_bps),
            percent(document.ratio_step_bps)
        ),
        String::new(),
        "Assets".into(),
    ];
    for rule in &document.assets {
        let mut line = format!("- {} counts at {}", rule.symbol, tiers(rule, quote));
        for (most, of) in [
            (rule.max_share_bps(), "counts"),
            (rule.max_held_share_bps(), "is held"),
        ] {
            if most < ONE_IN_BPS {
                line.push_str(&format!("; at most {} of what {of}", percent(most)));
            }
        }
        if !rule.groups().is_empty() {
            line.push_str(&format!("; in {}", rule.groups().join(", ")));
        }
        line.push_str(&format!("; {}", debts(rule)));
        line.push_str(&format!(" [{}, {} decimals]", rule.asset, rule.decimals));
        lines.push(line);
    }
    lines.push(match document.complete() {
        true => "The accounts are listed in full: who holds anything else, or owes in anything else, cannot prove to be covered. What is held may still be left uncounted.".into(),
        false => "Anything else counts for nothing, and a debt in anything else cannot be proved covered. How much is held beyond what counts, no proof says.".into(),
    });
    lines.extend(grain(document, quote).map(|grain| format!("Its {grain}.")));
    if !document.groups().is_empty() {
        lines.extend([String::new(), "Groups".into()]);
        for rule in document.groups() {
            lines.push(format!("- {}: {}", rule.name, group(rule)));
        }
    }
    if !document.scenarios().is_empty() {
        lines.extend([String::new(), "Stress scenarios".into()]);
        for rule in document.scenarios() {
            lines.push(format!("- {}: {}", rule.name, scenario(rule, policy)));
        }
    }
    lines
}

fn scenario(rule: &ScenarioRule, policy: &Policy) -> String {
    let symbol = |asset: &str| {
        let same = |a: &&AssetRule| hashed_form(&a.asset) == hashed_form(asset);
        let found = policy.document().assets.iter().find(same);
        found.map_or(asset.to_owned(), |a| a.symbol.clone())
    };
    let moves: Vec<String> = rule
        .moves_bps()
        .map(|(asset, bps)| format!("{} {}", symbol(asset), movement(bps)))
        .collect();
    let moves = if moves.is_empty() {
        "prices as they are".into()
    } else {
        moves.join(", ")
    };
    let ratio = percent(rule.min_ratio_bps);
    format!("{moves}; at least {ratio} of the debt must still be covered")
}

/// One difference.
pub(crate) struct Change {
    /// The asset, group or scenario, or `policy`.
    pub(crate) subject: String,
    /// What changes.
    pub(crate) text: String,
}

/// What `after` changes.
pub(crate) fn diff(before: &Policy, after: &Policy) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut say = |subject: &str, text: String| {
        changes.push(Change {
            subject: subject.into(),
            text,
        });
    };
    let (a, b) = (before.document(), after.document());
    if a.name != b.name {
        say(
            "policy",
            format!("renamed from {:?} to {:?}", a.name, b.name),
        );
    }
    if a.quote != b.quote {
        say(
            "policy",
            format!("valued in {} instead of {}", b.quote, a.quote),
        );
    }
    if a.min_ratio_bps != b.min_ratio_bps {
        let easier = b.min_ratio_bps < a.min_ratio_bps;
        say(
            "policy",
            format!(
                "the smallest ratio {} from {} to {}",
                if easier { "falls" } else { "rises" },
                percent(a.min_ratio_bps),
                percent(b.min_ratio_bps)
            ),
        );
    }
    if a.ratio_step_bps != b.ratio_step_bps {
        say(
            "policy",
            format!(
                "ratios are proved in steps of {} instead of {}",
                percent(b.ratio_step_bps),
                percent(a.ratio_step_bps)
            ),
        );
    }
    let quote = b.quote.trim_start_matches("iso4217:");
    if a.complete() != b.complete() {
        let text = match b.complete() {
            true => {
                "the accounts must be listed in full: who holds anything else cannot prove to be covered"
            }
            false => {
                "the accounts need no longer be listed in full: anything else may be held, and counts for nothing"
            }
        };
        say("policy", text.into());
    }
    let (x, y) = (grain(a, quote), grain(b, quote));
    if x != y {
        say("policy", y.unwrap_or("there is no report any more".into()));
    }
    each(
        (&a.assets, &b.assets),
        |rule| hashed_form(&rule.asset).into_owned(),
        |change| match change {
            Pair::Gone(rule) => say(
                &rule.symbol,
                "no longer counts, and debts in it cannot be proved covered".into(),
            ),
            Pair::New(rule) => say(
                &rule.symbol,
                format!("now counts, at {}", tiers(rule, quote)),
            ),
            Pair::Both(x, y) => asset(x, y, quote, &mut |text| say(&y.symbol, text)),
        },
    );
    each(
        (a.groups(), b.groups()),
        |rule| rule.name.clone(),
        |change| match change {
            Pair::Gone(rule) => say(&rule.name, "the group's limits are gone".into()),
            Pair::New(rule) => say(&rule.name, format!("a new group: {}", group(rule))),
            Pair::Both(x, y) if group(x) != group(y) => {
                say(&y.name, format!("{} instead of {}", group(y), group(x)));
            }
            Pair::Both(..) => {}
        },
    );
    each(
        (a.scenarios(), b.scenarios()),
        |rule| rule.name.clone(),
        |change| match change {
            Pair::Gone(rule) => say(&rule.name, "the scenario is gone".into()),
            Pair::New(rule) => say(
                &rule.name,
                format!("a new scenario: {}", scenario(rule, after)),
            ),
            Pair::Both(x, y) if scenario(x, before) != scenario(y, after) => say(
                &y.name,
                format!("{} (before: {})", scenario(y, after), scenario(x, before)),
            ),
            Pair::Both(..) => {}
        },
    );
    if changes.is_empty() && before.digest() != after.digest() {
        changes.push(Change {
            subject: "policy".into(),
            text:
                "the same rules, in another order, with defaults written out or with other capitals in a name: the digest differs"
                    .into(),
        });
    }
    changes
}

enum Pair<'a, T> {
    Gone(&'a T),
    New(&'a T),
    Both(&'a T, &'a T),
}

/// Pairs rules by name, in the order of the names.
fn each<'a, T>(
    (before, after): (&'a [T], &'a [T]),
    name: impl Fn(&T) -> String,
    mut then: impl FnMut(Pair<'a, T>),
) {
    let mut names: BTreeMap<String, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for rule in before {
        names.entry(name(rule)).or_default().0 = Some(rule);
    }
    for rule in after {
        names.entry(name(rule)).or_default().1 = Some(rule);
    }
    for pair in names.into_values() {
        match pair {
            (Some(x), Some(y)) => then(Pair::Both(x, y)),
            (Some(x), None) => then(Pair::Gone(x)),
            (None, Some(y)) => then(Pair::New(y)),
            (None, None) => {}
        }
    }
}

fn asset(before: &AssetRule, after: &AssetRule, quote: &str, say: &mut dyn FnMut(String)) {
    if before.symbol != after.symbol {
        say(format!("was called {}", before.symbol));
    }
    if before.decimals != after.decimals {
        say(format!(
            "{} decimals instead of {}: every amount and price means something else",
            after.decimals, before.decimals
        ));
    }
    if before.tiers != after.tiers {
        say(format!(
            "counts at {} instead of {}",
            tiers(after, quote),
            tiers(before, quote)
        ));
    }
    for (x, y, of) in [
        (before.max_share_bps(), after.max_share_bps(), "counts"),
        (
            before.max_held_share_bps(),
            after.max_held_share_bps(),
            "is held",
        ),
    ] {
        if x != y {
            let (x, y) = (percent(x), percent(y));
            say(format!("at most {y} of what {of} instead of {x}"));
        }
    }
    if debts(before) != debts(after) {
        say(format!("now {} (before: {})", debts(after), debts(before)));
    }
    let (mut x, mut y) = (before.groups().to_vec(), after.groups().to_vec());
    x.sort();
    y.sort();
    if x != y {
        let list = |groups: &[String]| match groups {
            [] => "no group".into(),
            groups => groups.join(", "),
        };
        say(format!("in {} instead of {}", list(&y), list(&x)));
    }
}
