//! What is done with what a criterion includes: haircuts and limits.

use super::super::super::node::Node;
use super::super::compound::unknown;
use super::super::source::{Effect, Source};
use crate::malformed::Malformed;
use crate::text;

/// In whole a basis point is this; the rest of a sum of haircuts is rounded up.
const ONE_BPS: u128 = 10_000;
/// Digits that a percentage may have.
const DIGITS: u32 = 12;
/// 1, with so many digits.
const ONE: u128 = 10u128.pow(DIGITS);

/// Haircuts in `ONE`ths, and limits in basis points.
pub(super) struct Treatment {
    pub(super) included: bool,
    haircut: u128,
    /// On top where the currency is another.
    foreign: u128,
    /// The largest share of everything under the criterion together.
    pub(super) of_all: Option<u32>,
    /// The largest share of each asset under it.
    pub(super) of_each: Option<u32>,
}

impl Treatment {
    pub(super) fn read(node: &Node, place: &str, source: &mut Source) -> Result<Self, Malformed> {
        let mut fields = node.fields()?;
        let mut treatment = Self {
            included: fields.need("isIncluded")?.flag()?,
            haircut: 0,
            foreign: 0,
            of_all: None,
            of_each: None,
        };
        match fields.take("valuationTreatment") {
            Some(valuation) => treatment.valuation(&valuation, place, source)?,
            None if treatment.included => {
                let said = "no haircut is said: it counts in full";
                source.left(Effect::Safe, said, place);
            }
            None => {}
        }
        if let Some(limits) = fields.take("concentrationLimit") {
            for limit in limits.list()? {
                treatment.limit(&limit, place, source)?;
            }
        }
        unknown(&fields, place, source);
        Ok(treatment)
    }

    /// What it counts for, in basis points, rounded down. Haircuts are added up, which is never less
    /// than one after the other.
    pub(super) fn weight(&self, foreign: bool) -> u32 {
        let haircut = self.haircut + if foreign { self.foreign } else { 0 };
        let rest = ONE.saturating_sub(haircut) * ONE_BPS / ONE;
        u32::try_from(rest).unwrap_or_default()
    }

    fn valuation(
        &mut self,
        node: &Node,
        place: &str,
        source: &mut Source,
    ) -> Result<(), Malformed> {
        let mut fields = node.fields()?;
        for name in ["haircutPercentage", "additionalHaircutPercentage"] {
            if let Some(haircut) = fields.take(name) {
                self.haircut += share(&haircut)?;
            }
        }
        if let Some(haircut) = fields.take("fxHaircutPercentage") {
            self.foreign = share(&haircut)?;
            let said = "fxHaircutPercentage holds where the currency is another than the policy's, or not known";
            source.left(Effect::Safe, said, place);
        }
        if let Some(margin) = fields.take("marginPercentage") {
            let number = text::rounded(&margin.decimal()?, DIGITS, Some(true))
                .map_err(|_| margin.wrong("a decimal number"))?;
            if !(ONE..=100 * ONE).contains(&number) {
                return Err(margin.wrong("a margin as a decimal from 1 on, such as 1.05"));
            }
            // 1 / 1.05 counts: the haircut is the rest, rounded up.
            self.haircut += ONE - ONE * ONE / number;
        }
        unknown(&fields, place, source);
        Ok(())
    }

    fn limit(&mut self, node: &Node, place: &str, source: &mut Source) -> Result<(), Malformed> {
        let mut fields = node.fields()?;
        let of_each = match fields.take("concentrationLimitCriteria") {
            None => Some(false),
            Some(criteria) => each_asset(&criteria)?,
        };
        let (range, value) = (fields.take("percentageLimit"), fields.take("valueLimit"));
        unknown(&fields, place, source);
        let mut lost = |what: &str| source.left(Effect::CountsMore, what, place);
        if value.is_some() {
            lost("a concentration limit as a value (valueLimit)");
        }
        let Some(range) = range else {
            return Ok(());
        };
        let mut bounds = range.fields()?;
        if bounds.take("lowerBound").is_some() {
            lost("a smallest share (percentageLimit.lowerBound)");
        }
        let Some(upper) = bounds.take("upperBound") else {
            return Ok(());
        };
        let (most, _) = upper.fields()?.need("number")?.share()?;
        let limit = match of_each {
            Some(true) => &mut self.of_each,
            Some(false) => &mut self.of_all,
            None => {
                lost("a concentration limit by something else than the asset or the criterion");
                return Ok(());
            }
        };
        *limit = Some(limit.map_or(most, |before| before.min(most)));
        let said = "concentration limits are of what counts, after haircuts";
        source.left(Effect::Safe, said, place);
        Ok(())
    }
}

/// Whether a limit is of each asset, or of everything under the criterion; `None` for another.
fn each_asset(criteria: &Node) -> Result<Option<bool>, Malformed> {
    // One, or a list of them in older versions.
    let list = match criteria.is_list() {
        true => criteria.list()?,
        false => return each(criteria),
    };
    match list.as_slice() {
        [] => Ok(Some(false)),
        [one] => each(one),
        _ => Ok(None),
    }
}

fn each(criteria: &Node) -> Result<Option<bool>, Malformed> {
    let mut fields = criteria.fields()?;
    let kind = fields.take("concentrationLimitType");
    let kind = kind.map(|kind| kind.text()).transpose()?;
    fields.ignore(&["meta"]);
    let more = fields.names().next().is_some();
    Ok(match kind.as_deref() {
        _ if more => None,
        None => Some(false),
        Some(kind) if kind.eq_ignore_ascii_case("asset") => Some(true),
        Some(_) => None,
    })
}

/// A share below 1 that is no percent: 0.02 is 2 %.
fn share(node: &Node) -> Result<u128, Malformed> {
    let expected = "a haircut as a decimal below 1, such as 0.02 for 2 %";
    let number = text::rounded(&node.decimal()?, DIGITS, Some(true));
    match number {
        Ok(number) if number < ONE => Ok(number),
        _ => Err(node.wrong(expected)),
    }
}
