//! Chainlink rounds, as `latestRoundData` returned them, saved as JSON with each feed's
//! decimals. Stale, unfinished and non-positive rounds are refused.

use super::Rules;
use super::table::Read;
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

fn number(field: &str, x: &Scalar) -> Result<u128, String> {
    let number = match x {
        Scalar::Integer(n) => Some((*n).into()),
        Scalar::Text(text) => json::decimal::parse(text),
    };
    number.ok_or_else(|| format!("{field}: expected a whole number that is not negative, got {x}"))
}

/// One price for each feed of an asset that the policy lists.
pub(super) fn read(text: &str, policy: &Policy, rules: &Rules) -> Result<Read, String> {
    let rounds: Rounds = json::from_str(text).map_err(|e| e.to_string())?;
    if rounds.version != 1 {
        return Err(format!("version: expected 1, got {}", rounds.version));
    }
    let (mut prices, mut ignored) = (BTreeMap::new(), Vec::new());
    for (i, feed) in rounds.feeds.into_iter().enumerate() {
        let at = |e: String| format!("feeds[{i}].{e}");
        let Some(rule) = policy.assets().iter().find(|a| a.name == feed.asset) else {
            ignored.push(feed.asset);
            continue;
        };
        let answer = feed.check(rules).map_err(at)?;
        let price = scaled_price(&feed.asset, answer, feed.decimals, rule.decimals)
            .map_err(|e| at(format!("answer: {e}")))?;
        if prices.insert(feed.asset.clone(), price).is_some() {
            return Err(at(format!(
                "asset: expected each asset once, got {} again",
                feed.asset
            )));
        }
    }
    Ok((prices, ignored))
}

impl Feed {
    /// The answer of a finished and fresh round.
    fn check(&self, rules: &Rules) -> Result<u128, String> {
        let answer = number("answer", &self.answer)?;
        let (round, answered) = (
            number("roundId", &self.round_id)?,
            number("answeredInRound", &self.answered_in_round)?,
        );
        let (started, updated) = (
            number("startedAt", &self.started_at)?,
            number("updatedAt", &self.updated_at)?,
        );
        if answer == 0 {
            return Err("answer: expected a positive price, got 0".into());
        }
        if answered < round {
            return Err(format!(
                "answeredInRound: expected the round {round} or later, got {answered}"
            ));
        }
        if updated == 0 || updated < started {
            return Err(format!(
                "updatedAt: expected a finished round, started at {started}, got {updated}"
            ));
        }
        let as_of = u128::from(rules.as_of);
        if updated > as_of {
            return Err(format!(
                "updatedAt: expected a time up to {}, got one after it",
                text::date(rules.as_of)
            ));
        }
        if as_of - updated > rules.max_age.into() {
            return Err(format!(
                "updatedAt: expected a round at most {} seconds old, got {}",
                rules.max_age,
                as_of - updated
            ));
        }
        Ok(answer)
    }
}
