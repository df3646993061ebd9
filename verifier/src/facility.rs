//! What a lender does about what is known: a facility's terms make a state of the ratio that a
//! proof implies at the latest prices, and remember a call until it is cured. No I/O and no clock.

use covenant_claims::numbers::Ratio;
pub use covenant_claims::signed::FacilityState as State;

/// The ratios and times of a facility.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Terms {
    warning: Ratio,
    call: Ratio,
    critical: Ratio,
    return_to: Ratio,
    /// Seconds.
    cure_period: u64,
    /// Seconds.
    max_staleness: u64,
}

/// Ratios in an order that makes no sense.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("expected a ratio of at least that of {least}, got one below")]
pub struct TermsError {
    /// Which ratio is too low: `warning`, `call` or `return_to`.
    pub field: &'static str,
    /// Which one it has to reach.
    pub least: &'static str,
}

/// What was found at a time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Observation {
    /// What was proved implies this ratio, in basis points, at prices of this time, Unix seconds.
    Inside {
        /// Basis points.
        ratio_bps: u32,
        /// Unix seconds.
        prices_as_of: u64,
    },
    /// Prices of this time are outside what was proved.
    Outside {
        /// Unix seconds.
        prices_as_of: u64,
    },
    /// The proof is not accepted, or not any more.
    Refused,
    /// It could not be told.
    Unknown,
}

/// Where a facility is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Position {
    /// Its state.
    pub state: State,
    /// Unix seconds from which it has been in that state.
    pub since: u64,
    /// Unix seconds until which a call is to be cured; `None` where nothing is called. What is
    /// called stays so through lapses and stale prices, until the ratio to return to is seen.
    pub cure_until: Option<u64>,
}

impl Terms {
    /// The cure period and the largest age of prices are in seconds.
    ///
    /// # Errors
    /// Ratios that are not ordered: critical, call, warning, and call, return to.
    pub fn new(
        [warning, call, critical, return_to]: [Ratio; 4],
        cure_period: u64,
        max_staleness: u64,
    ) -> Result<Self, TermsError> {
        let ordered = [
            ("call", call, "critical", critical),
            ("warning", warning, "call", call),
            ("return_to", return_to, "call", call),
        ];
        for (field, ratio, least, at_least) in ordered {
            if ratio < at_least {
                return Err(TermsError { field, least });
            }
        }
        Ok(Self {
            warning,
            call,
            critical,
            return_to,
            cure_period,
            max_staleness,
        })
    }

    /// The largest age of prices, in seconds.
    pub fn max_staleness(&self) -> u64 {
        self.max_staleness
    }

    /// Where the facility is after something was found at a time, in Unix seconds; `before` is
    /// `None` at first.
    pub fn next(&self, before: Option<Position>, seen: Observation, at: u64) -> Position {
        let called = before.and_then(|before| before.cure_until);
        let fresh = |as_of: u64| at.saturating_sub(as_of) <= self.max_staleness;
        let (state, cure_until) = match seen {
            Observation::Refused => (State::Lapsed, called),
            Observation::Inside {
                ratio_bps,
                prices_as_of,
            } if fresh(prices_as_of) => self.judge(called, ratio_bps, at),
            Observation::Outside { prices_as_of } if fresh(prices_as_of) => (State::Lapsed, called),
            _ => (State::Stale, called),
        };
        let since = before.filter(|before| before.state == state);
        Position {
            state,
            since: since.map_or(at, |before| before.since),
            cure_until,
        }
    }

    fn judge(&self, called: Option<u64>, ratio_bps: u32, at: u64) -> (State, Option<u64>) {
        let below = |ratio: Ratio| ratio_bps < ratio.bps();
        let called = called.filter(|_| below(self.return_to));
        let called = called.or_else(|| below(self.call).then(|| at + self.cure_period));
        let state = match called {
            Some(until) if below(self.critical) || at > until => State::Critical,
            Some(_) => State::Call,
            None if below(self.warning) => State::Warning,
            None => State::Healthy,
        };
        (state, called)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 86_400;

    fn ratio(percent: u32) -> Ratio {
        Ratio::new(percent * 100).unwrap()
    }

    fn terms() -> Terms {
        Terms::new([140, 130, 115, 145].map(ratio), 2 * DAY, 3_600).unwrap()
    }

    /// The states of ratios in percent, each found some seconds after the one before.
    fn states(seen: &[(u64, u32)]) -> Vec<State> {
        let (mut at, mut before, mut states) = (0, None, Vec::new());
        for (later, percent) in seen {
            at += later;
            let seen = Observation::Inside {
                ratio_bps: percent * 100,
                prices_as_of: at,
            };
            let position = terms().next(before, seen, at);
            states.push(position.state);
            before = Some(position);
        }
        states
    }

    #[test]
    fn a_ratio_is_a_state() {
        use State::{Call, Critical, Healthy, Warning};
        assert_eq!(states(&[(0, 140)]), [Healthy]);
        assert_eq!(states(&[(0, 139)]), [Warning]);
        assert_eq!(states(&[(0, 130), (1, 129)]), [Warning, Call]);
        assert_eq!(states(&[(0, 115), (1, 114)]), [Call, Critical]);
    }

    #[test]
    fn a_call_lasts_until_it_is_cured_and_is_critical_when_its_time_is_over() {
        use State::{Call, Critical, Healthy, Warning};
        // Above the ratio of the call, below the one to return to.
        assert_eq!(
            states(&[(0, 129), (1, 144), (1, 145), (1, 139)]),
            [Call, Call, Healthy, Warning]
        );
        assert_eq!(
            states(&[(0, 129), (2 * DAY, 144), (1, 144), (1, 145)]),
            [Call, Call, Critical, Healthy]
        );
        // A second call has its own time.
        assert_eq!(
            states(&[(0, 129), (1, 145), (DAY, 129), (2 * DAY, 129), (1, 129)]),
            [Call, Healthy, Call, Call, Critical]
        );
    }

    #[test]
    fn lapses_and_stale_prices_cure_nothing() {
        let inside = |ratio_bps, prices_as_of| Observation::Inside {
            ratio_bps,
            prices_as_of,
        };
        let terms = terms();
        let called = terms.next(None, inside(12_900, 0), 0);
        for (seen, state) in [
            (Observation::Refused, State::Lapsed),
            (Observation::Outside { prices_as_of: 10 }, State::Lapsed),
            (Observation::Unknown, State::Stale),
        ] {
            let after = terms.next(Some(called), seen, 10);
            assert_eq!((after.state, after.since), (state, 10));
            assert_eq!(after.cure_until, Some(2 * DAY));
            let again = terms.next(Some(after), inside(14_400, 20), 20);
            assert_eq!(
                (again.state, again.cure_until),
                (State::Call, Some(2 * DAY))
            );
        }
        // Prices may have the largest age, and no second more.
        for (at, state) in [(3_600, State::Call), (3_601, State::Stale)] {
            assert_eq!(terms.next(Some(called), inside(12_900, 0), at).state, state);
            let outside = Observation::Outside { prices_as_of: 0 };
            let lapsed = terms.next(Some(called), outside, at).state;
            assert_eq!(lapsed == State::Lapsed, state == State::Call);
        }
        let still = terms.next(Some(called), inside(12_000, 60), 60);
        assert_eq!((still.state, still.since), (State::Call, 0));
    }

    #[test]
    fn ratios_are_ordered() {
        let new = |percents: [u32; 4]| Terms::new(percents.map(ratio), 0, 0);
        assert!(new([130, 130, 130, 130]).is_ok());
        for (percents, field) in [
            ([140, 130, 131, 145], "call"),
            ([129, 130, 115, 145], "warning"),
            ([140, 130, 115, 129], "return_to"),
        ] {
            assert_eq!(new(percents).unwrap_err().field, field);
        }
    }
}
