//! What `covenant policy check` warns of, in words.

use crate::text::percent;
use covenant_circuits::policy::Policy;
use covenant_circuits::policy::check::Warning;
use covenant_circuits::prices::largest_price;

/// A warning, in words.
pub(crate) fn warning(warning: &Warning) -> String {
    match warning {
        Warning::LowRatio { scenario, bps } => {
            let place = match scenario {
                Some(name) => format!("in the scenario {name:?}"),
                None => "now".into(),
            };
            format!(
                "{place} only {} of the debt has to be covered",
                percent(*bps)
            )
        }
        Warning::LowWeight { asset, bps } => {
            format!("{asset} counts at only {} of its value", percent(*bps))
        }
        Warning::UpwardMove {
            scenario,
            asset,
            bps,
        } => format!(
            "in the scenario {scenario:?} the price of {asset} rises by {}",
            percent(bps.unsigned_abs())
        ),
        Warning::NothingFits { basis, most } => format!(
            "the largest {basis} shares add up to {}, so that nothing meets them but nothing at all",
            percent(*most)
        ),
        Warning::EmptyGroup { group } => format!("the group {group:?} has no members"),
        Warning::ReportOfSeveral { group, assets } => format!(
            "the report of {group:?} adds up {assets} assets: with a fine grain and many reports, each of them can be told"
        ),
        Warning::Quote { error } => format!("quote: {error}"),
        other => format!("{other:?}"),
    }
}

/// The largest price of a whole unit of each asset, by its name, in the order of the document.
pub(crate) fn largest_prices(policy: &Policy) -> Vec<(String, String)> {
    let assets = policy.document().assets.iter();
    let bound = assets.map(|rule| (rule.asset.clone(), largest_price(rule.decimals)));
    bound.collect()
}
