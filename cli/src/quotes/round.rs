//! What a Chainlink feed's `latestRoundData` returned. Rounds that are stale, unfinished, carried
//! over or not positive are refused.

use super::{Rules, age_limit};
use crate::codes::Code;
use crate::malformed::Malformed;
use crate::text;

/// The numbers of a round.
pub(super) struct Round {
    pub(super) round: u128,
    pub(super) answer: u128,
    pub(super) started: u128,
    pub(super) updated: u128,
    pub(super) answered_in: u128,
}

impl Round {
    /// The answer of a finished and fresh round, and its time.
    pub(super) fn check(
        &self,
        heartbeat: Option<u64>,
        rules: &Rules,
    ) -> Result<(u128, u64), Malformed> {
        let unusable = |field: &str, expected: String, got: String| {
            let error = Malformed::new(expected, got).field(field);
            Err(error.coded(Code::PriceRoundUnusable))
        };
        if self.answer == 0 {
            return unusable("answer", "a positive price".into(), "0".into());
        }
        if self.answered_in < self.round {
            return unusable(
                "answeredInRound",
                format!("the round {} or later", self.round),
                self.answered_in.to_string(),
            );
        }
        if self.updated == 0 || self.updated < self.started {
            return unusable(
                "updatedAt",
                format!("a finished round, started at {}", self.started),
                self.updated.to_string(),
            );
        }
        let up_to = u64::try_from(self.updated).ok();
        let Some(updated) = up_to.filter(|updated| *updated <= rules.as_of) else {
            return unusable(
                "updatedAt",
                format!("a time up to {}", text::date(rules.as_of)),
                "one after it".into(),
            );
        };
        let (age, most) = (rules.as_of - updated, age_limit(heartbeat, rules));
        if age > most {
            return unusable(
                "updatedAt",
                format!("a round at most {most} seconds old"),
                age.to_string(),
            );
        }
        Ok((self.answer, updated))
    }
}
