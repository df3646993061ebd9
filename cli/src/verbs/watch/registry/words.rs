//! What a registry says of a facility, for people.

use super::output::{Ended, EventTold, FacilityLook, LookStanding, ReasonTold};
use crate::text::{date, grouped_exact, percent};

impl LookStanding {
    fn words(self) -> &'static str {
        match self {
            Self::Covered => "covered",
            Self::NoFacility => "not covered: there is no such facility",
            Self::NothingProved => "not covered: nothing was proved yet",
            Self::Expired => "not covered: the coverage has lapsed",
            Self::Ended => "not covered: the coverage was ended",
            Self::Released => "not covered: the pledges are or may be released",
            Self::Paused => "not covered: the router is paused",
            Self::Frozen => "not covered: the version that was proved with is frozen",
            Self::DebtAboveProved => {
                "not covered: more is owed than was proved, or a debt source does not say how much"
            }
        }
    }
}

fn why(reason: ReasonTold) -> &'static str {
    match reason {
        ReasonTold::PricesOutside => "prices are outside of what was proved",
        ReasonTold::DocumentRevoked => "a document that it rested on is revoked",
    }
}

/// What deserves attention, apart from the coverage itself.
fn notes(look: &FacilityLook) -> Vec<(&'static str, String)> {
    let mut notes = Vec::new();
    if let Some(announced) = &look.announced {
        let (from, until) = (date(announced.from), date(announced.until));
        let terms = &announced.terms;
        let says = match (look.at < announced.from, look.at < announced.until) {
            (true, _) => format!("weaker terms {terms} may apply from {from} until {until}"),
            (_, true) => format!("weaker terms {terms} may apply now, until {until}"),
            _ => format!("weaker terms {terms} could apply until {until}, and cannot now"),
        };
        notes.push(("announced", says));
    }
    if let Some(paused) = &look.paused {
        notes.push((
            "paused",
            format!("until {} at the latest", date(paused.until)),
        ));
    }
    if look.proved.as_ref().is_some_and(|proved| proved.frozen) {
        notes.push(("frozen", "the version that was proved with".into()));
    }
    if let Some(ended) = &look.ended {
        notes.push(("ended", end(ended)));
    }
    if look.consented.is_some() {
        let says = "the beneficiary has consented that the pledges are released";
        notes.push(("consent", says.into()));
    }
    notes
}

fn end(ended: &Ended) -> String {
    let mut says = date(ended.at);
    if let Some(reason) = ended.reason {
        says.push_str(&format!(", as {}", why(reason)));
    }
    if let Some(by) = &ended.by {
        says.push_str(&format!(", as shown by {by}"));
    }
    match (ended.uncured, ended.cure_by) {
        (true, _) => says.push_str("; no new proof came in time"),
        (_, Some(cure_by)) => {
            says.push_str(&format!("; a new proof cures until {}", date(cure_by)))
        }
        _ => {}
    }
    says
}

fn happened(what: &EventTold) -> String {
    match what {
        EventTold::Covered {
            until,
            debt,
            ratio_bps,
            ..
        } => format!(
            "covered until {}: {} at {}",
            date(*until),
            grouped_exact(debt),
            percent(*ratio_bps)
        ),
        EventTold::CoverageEnded {
            reason,
            cure_by,
            by,
            ..
        } => format!(
            "coverage ended by {by}, as {}; to be cured by {}",
            why(*reason),
            date(*cure_by)
        ),
        EventTold::CoverageShortened { until } => {
            format!("coverage shortened, until {}", date(*until))
        }
        EventTold::TermsAnnounced { terms, from, until } => format!(
            "weaker terms {terms} announced, from {} until {}",
            date(*from),
            date(*until)
        ),
        EventTold::TermsChanged { terms, .. } => format!("terms changed to {terms}"),
        EventTold::Uncured { .. } => "no new proof came in time".into(),
        EventTold::ReleaseConsented { .. } => "the beneficiary consented to a release".into(),
        EventTold::PledgesReleased { .. } => "the pledges were released".into(),
    }
}

/// All of it, a line for each thing.
pub(super) fn page(look: &FacilityLook) -> String {
    let mut rows = vec![
        (
            "facility",
            format!(
                "{} of {} on the chain {}",
                look.facility, look.registry, look.chain_id
            ),
        ),
        (
            "at",
            format!(
                "{}, block {} ({})",
                date(look.at),
                look.block_number,
                look.block_hash
            ),
        ),
    ];
    if let Some(terms) = &look.terms {
        let agreed = match look.terms_agreed {
            Some(true) => ", those of --terms",
            Some(false) => ", NOT those of --terms",
            None => "",
        };
        rows.push(("terms", format!("{terms}{agreed}")));
    }
    if let Some(proved) = &look.proved {
        if let Some(until) = proved.until {
            rows.push(("until", date(until)));
        }
        rows.push((
            "proved",
            format!(
                "debt {}, by accounts from {} to {}, version {}",
                grouped_exact(&proved.debt),
                date(proved.as_of_from),
                date(proved.as_of_to),
                proved.version
            ),
        ));
        match (&proved.ratio_bps, &proved.prices) {
            (Some(ratio), Some(prices)) => {
                rows.push(("ratio", percent(*ratio)));
                let signed = proved.prices_as_of.map(date);
                let signed = signed.map_or_else(|| "of feeds".into(), |at| format!("signed {at}"));
                rows.push(("prices", format!("{signed}: {}", prices.join(", "))));
            }
            _ => rows.push((
                "ratio",
                "not known: name a --from-block before the proof".into(),
            )),
        }
    }
    rows.extend(notes(look));
    for event in &look.events {
        rows.push((
            "event",
            format!("block {}: {}", event.block_number, happened(&event.what)),
        ));
    }
    let verdict = match (look.standing, look.terms_agreed) {
        (LookStanding::Covered, Some(false)) => {
            "UNDER OTHER TERMS\ncovered, but not under the terms of --terms".into()
        }
        (LookStanding::Covered, _) => "COVERED".to_owned(),
        (standing, _) => format!("NOT COVERED\n{}", standing.words()),
    };
    let rows: String = (rows.iter())
        .map(|(name, says)| format!("\n{name:<10} {says}"))
        .collect();
    format!("{verdict}{rows}")
}

/// What matters, in one line.
pub(super) fn line(look: &FacilityLook) -> String {
    let mut says = look.standing.words().to_owned();
    if let (LookStanding::Covered, Some(proved)) = (look.standing, &look.proved) {
        let ratio = proved.ratio_bps.map(percent);
        let ratio = ratio.map_or_else(String::new, |ratio| format!(" at {ratio}"));
        let until = proved.until.map(date).unwrap_or_default();
        says = format!(
            "covered until {until}, debt {}{ratio}",
            grouped_exact(&proved.debt)
        );
    }
    if look.terms_agreed == Some(false) {
        says.push_str("; under other terms than those of --terms");
    }
    for (name, note) in notes(look) {
        says.push_str(&format!("; {name}: {note}"));
    }
    for event in &look.events {
        says.push_str(&format!("; new: {}", happened(&event.what)));
    }
    format!("{}  {}  {says}", date(look.at), look.facility)
}
