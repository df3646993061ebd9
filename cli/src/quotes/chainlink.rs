//! Chainlink rounds, as `latestRoundData` returned them, saved as JSON with each feed's
//! decimals. Stale, unfinished and non-positive rounds are refused.

use super::Rules;
use super::table::Read;
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::json;
use covenant_circuits::policy::Policy;
use covenant_circuits::prices::scaled_price;
use covenant_verifier::expect::quantity::Scalar;
use serde::Deserialize;
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
        let answer = feed.check(rules).map_err(at)?;
        let price = scaled_price(&feed.asset, answer, feed.decimals, rule.decimals)
            .map_err(|e| at(Malformed::from(e).field("answer")))?;
        if prices.insert(rule.name.clone(), price).is_some() {
            let twice = Malformed::new("each asset once", format!("{} again", feed.asset));
            return Err(at(twice.field("asset")));
        }
    }
    Ok((prices, ignored))
}

impl Feed {
    /// The answer of a finished and fresh round.
    fn check(&self, rules: &Rules) -> Result<u128, Malformed> {
        let answer = number("answer", &self.answer)?;
        let (round, answered) = (
            number("roundId", &self.round_id)?,
            number("answeredInRound", &self.answered_in_round)?,
        );
        let (started, updated) = (
            number("startedAt", &self.started_at)?,
            number("updatedAt", &self.updated_at)?,
        );
        let unusable = |field: &str, expected: String, got: String| {
            let error = Malformed::new(expected, got).field(field);
            Err(error.coded(Code::PriceRoundUnusable))
        };
        if answer == 0 {
            return unusable("answer", "a positive price".into(), "0".into());
        }
        if answered < round {
            return unusable(
                "answeredInRound",
                format!("the round {round} or later"),
                answered.to_string(),
            );
        }
        if updated == 0 || updated < started {
            return unusable(
                "updatedAt",
                format!("a finished round, started at {started}"),
                updated.to_string(),
            );
        }
        let as_of = u128::from(rules.as_of);
        if updated > as_of {
            return unusable(
                "updatedAt",
                format!("a time up to {}", text::date(rules.as_of)),
                "one after it".into(),
            );
        }
        if as_of - updated > rules.max_age.into() {
            return unusable(
                "updatedAt",
                format!("a round at most {} seconds old", rules.max_age),
                (as_of - updated).to_string(),
            );
        }
        Ok(answer)
    }
}
