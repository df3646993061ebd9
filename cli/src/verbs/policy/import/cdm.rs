//! FINOS CDM: an `EligibleCollateralSpecification`, whose criteria are applied to a list of
//! securities. A schedule says which kinds of things are eligible, a policy which things are.

mod criteria;
mod treatment;

use super::super::node::Node;
use super::compound::unknown;
use super::securities::Security;
use super::source::{self, Effect, Imported, Source};
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::text::percent;
use covenant_circuits::policy::GroupRule;
use criteria::{Criteria, Meets};
use treatment::Treatment;

/// What the schedule is read with.
pub(super) struct Terms<'a> {
    pub(super) quote: &'a str,
    pub(super) as_of: Option<u64>,
}

/// A criterion: what it is about, and what is done with that.
struct Criterion {
    place: String,
    criteria: Criteria,
    treatment: Treatment,
}

pub(super) fn read(
    root: &Node,
    securities: &[Security],
    terms: &Terms<'_>,
    source: &mut Source,
) -> Result<(), Malformed> {
    let mut fields = root.fields()?;
    fields.ignore(&["identifier", "party", "counterparty", "meta", "@type"]);
    let said = "the schedule's parties and identifiers";
    source.left(Effect::Safe, said, "");
    let list = fields.need("criteria")?.list()?;
    if fields.take("partyRole").is_some() {
        let said = "partyRole: the policy is one for whoever posts";
        source.left(Effect::Safe, said, "");
    }
    unknown(&fields, "", source);
    let mut all = Vec::new();
    for (i, node) in list.iter().enumerate() {
        all.push(criterion(i, node, terms, source)?);
    }
    for security in securities {
        add(security, &all, terms, root, source)?;
    }
    groups(&all, source);
    Ok(())
}

fn criterion(
    i: usize,
    node: &Node,
    terms: &Terms<'_>,
    source: &mut Source,
) -> Result<Criterion, Malformed> {
    let place = format!("criteria[{i}]");
    let mut fields = node.fields()?;
    if let Some(criteria) = fields.take("collateralCriteria") {
        return Err(criteria.wrong(
            "criteria in the lists asset and issuer, as CDM has them up to version 6.1; this form with AND and OR is not read",
        ));
    }
    let treatment = Treatment::read(&fields.need("treatment")?, &place, source)?;
    let (asset, issuer) = (fields.take("asset"), fields.take("issuer"));
    let criteria = Criteria::read(asset, issuer, &place, terms, &treatment, source)?;
    if fields.take("appliesTo").is_some() {
        let said = "appliesTo: the policy is one for whoever posts";
        let effect = match treatment.included {
            true => Effect::CountsMore,
            false => Effect::Safe,
        };
        source.left(effect, said, &place);
    }
    unknown(&fields, &place, source);
    Ok(Criterion {
        place,
        criteria,
        treatment,
    })
}

/// An instrument that some criterion includes and none excludes, at the lowest weight of all that
/// include it.
fn add(
    security: &Security,
    all: &[Criterion],
    terms: &Terms<'_>,
    root: &Node,
    source: &mut Source,
) -> Result<(), Malformed> {
    let mut including = Vec::new();
    for criterion in all {
        let meets = criterion.criteria.meets(security);
        if !criterion.treatment.included && meets != Meets::No {
            let said = format!("not in the policy: {} excludes it", criterion.place);
            source.left(Effect::Safe, said, &security.symbol);
            return Ok(());
        }
        match meets {
            Meets::Yes if criterion.treatment.included => including.push(criterion),
            Meets::Unknown => {
                let said = format!(
                    "not counted under {}: the list of securities does not have what it demands",
                    criterion.place
                );
                source.left(Effect::Safe, said, &security.symbol);
            }
            _ => {}
        }
    }
    let foreign = security
        .currency
        .as_deref()
        .is_none_or(|currency| terms.quote != format!("iso4217:{currency}"));
    let weights = including.iter().map(|c| c.treatment.weight(foreign));
    let Some(weight) = weights.min().filter(|weight| *weight > 0) else {
        let said = match including.is_empty() {
            true => "not in the policy: nothing includes it",
            false => "not in the policy: it counts for nothing",
        };
        source.left(Effect::Safe, said, &security.symbol);
        return Ok(());
    };
    if including.len() > 1 {
        let said = "several criteria include it: the lowest weight is taken, and all limits hold";
        source.left(Effect::Safe, said, &security.symbol);
    }
    let places: Vec<&str> = including.iter().map(|c| c.place.as_str()).collect();
    let limited = including.iter().filter(|c| c.treatment.of_all.is_some());
    let most = including.iter().filter_map(|c| c.treatment.of_each).min();
    let imported = Imported {
        symbol: security.symbol.clone(),
        decimals: security.decimals,
        ladder: source::flat(weight),
        max_share_bps: most,
        groups: limited.map(|c| c.place.clone()).collect(),
        notes: vec![format!(
            "{}: {}, as {} says{}",
            security.symbol,
            percent(weight),
            places.join(" and "),
            security
                .maturity
                .map_or(String::new(), |date| format!("; matures on {date}"))
        )],
        file: source.file.clone(),
        place: places.join(", "),
    };
    source.add(&security.asset, imported, root)
}

/// A group for each criterion that limits what is under it.
fn groups(all: &[Criterion], source: &mut Source) {
    for criterion in all {
        let Some(most) = criterion.treatment.of_all else {
            continue;
        };
        let mut assets = source.assets.values();
        if !assets.any(|asset| asset.groups.contains(&criterion.place)) {
            continue;
        }
        source.groups.push(GroupRule {
            name: criterion.place.clone(),
            min_share_bps: None,
            max_share_bps: Some(most),
            min_held_share_bps: None,
            max_held_share_bps: None,
            report: None,
        });
    }
}

/// A maturity cannot be judged without a day to count from.
fn no_day(node: &Node) -> Malformed {
    let said = "expected --as-of, the day from which maturities are counted, got none";
    node.at(Malformed::said(said)).coded(Code::Usage)
}
