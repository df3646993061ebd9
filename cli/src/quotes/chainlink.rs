//! Chainlink rounds by asset, saved as JSON with each feed's decimals: a format of our own.

use super::decimal::Decimal;
use super::round::Round;
use super::{Read, Rules, Said};
use crate::codes::Code;
use crate::malformed::Malformed;
use covenant_circuits::json;
use covenant_circuits::policy::Policy;
use covenant_verifier::expect::quantity::Scalar;
use serde::Deserialize;
use serde::de::IgnoredAny;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rounds {
    version: u64,
    feeds: Vec<Feed>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
struct Feed {
    asset: String,
    /// Decimals of the answer.
    decimals: u32,
    round_id: Scalar,
    answer: Scalar,
    started_at: Scalar,
    updated_at: Scalar,
    answered_in_round: Scalar,
}

fn number(field: &str, x: &Scalar) -> Result<u128, Malformed> {
    let number = match x {
        Scalar::Integer(n) => Some((*n).into()),
        Scalar::Text(text) => json::decimal::parse(text),
    };
    number.ok_or_else(|| Malformed::new("a whole number that is not negative", x).field(field))
}

/// One price for each feed of an asset that the policy lists.
pub(super) fn read(text: &str, policy: &Policy, rules: &Rules) -> Result<Read, Malformed> {
    check_form(text)?;
    let rounds: Rounds = json::from_str(text)?;
    if rounds.version != 2 {
        let wrong = Malformed::new("2", rounds.version).field("version");
        return Err(wrong.coded(Code::VersionUnknown));
    }
    let (mut prices, mut ignored) = (BTreeMap::new(), Vec::new());
    for (i, feed) in rounds.feeds.into_iter().enumerate() {
        let at = |e: Malformed| e.field(&format!("feeds[{i}]"));
        let Some(rule) = super::rule(policy, &feed.asset).map_err(at)? else {
            ignored.push(feed.asset);
            continue;
        };
        let round = feed.round().map_err(at)?;
        let (answer, updated) = round.check(None, rules).map_err(at)?;
        let price = Decimal::scaled(answer, feed.decimals).price(rule, &policy.document().quote);
        let said = Said {
            price: price.map_err(|e| at(e.field("answer")))?,
            time: Some(updated),
        };
        if prices.insert(rule.name.clone(), said).is_some() {
            let twice = Malformed::new("each asset once", format!("{} again", feed.asset));
            return Err(at(twice.field("asset")));
        }
    }
    Ok((prices, ignored))
}

/// That it is a file of rounds: of another one, such as an opening, nothing is quoted.
fn check_form(text: &str) -> Result<(), Malformed> {
    let fields: BTreeMap<String, IgnoredAny> =
        json::from_str(text).map_err(Malformed::secret_json)?;
    match fields.contains_key("feeds") {
        true => Ok(()),
        false => Err(Malformed::new(
            "a CSV of prices, or JSON with the fields version and feeds (files of others have options, such as --coingecko)",
            "JSON without feeds",
        )),
    }
}

impl Feed {
    fn round(&self) -> Result<Round, Malformed> {
        Ok(Round {
            answer: number("answer", &self.answer)?,
            round: number("roundId", &self.round_id)?,
            answered_in: number("answeredInRound", &self.answered_in_round)?,
            started: number("startedAt", &self.started_at)?,
            updated: number("updatedAt", &self.updated_at)?,
        })
    }
}
