//! Later prices, of the relying party, at which a verified proof is looked at.

use crate::claim;
use crate::codes::Code;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_verifier::bundle::SignedPrices;
use covenant_verifier::expect::quantity::Duration;
use std::path::Path;

/// How old later prices may be, and how far ahead, at a time: seconds, and Unix seconds.
pub(crate) struct Fresh {
    pub(crate) now: u64,
    pub(crate) max_age: u64,
    pub(crate) max_skew: u64,
}

/// Prices in the policy's order.
pub(crate) struct LaterPrices {
    pub(crate) prices: Vec<Price>,
    /// Unix seconds.
    pub(crate) as_of: u64,
}

/// Reads later prices, which are as fresh as the relying party expects of any.
pub(crate) fn read(path: &Path, policy: &Policy, fresh: &Fresh) -> Result<LaterPrices, Failure> {
    let signed = claim::prices(path, policy)?;
    LaterPrices::of(path, &signed, policy, fresh)
}

impl LaterPrices {
    /// The same of prices that were read already; the path is for messages.
    pub(crate) fn of(
        path: &Path,
        signed: &SignedPrices,
        policy: &Policy,
        fresh: &Fresh,
    ) -> Result<Self, Failure> {
        let later = signed.prices();
        let age = fresh.now.saturating_sub(later.as_of);
        let ahead = later.as_of.saturating_sub(fresh.now);
        if age > fresh.max_age || ahead > fresh.max_skew {
            let at = text::date(fresh.now);
            let expected = format!("prices at most {} old at {at}", Duration(fresh.max_age));
            let got = format!("of {}", text::date(later.as_of));
            let said = format!("as_of: expected {expected}, got prices {got}");
            let stale = Failure::in_file(path, Code::PriceStale, said);
            return Err(stale.differs("as_of", expected, got));
        }
        let prices = later.in_order(policy);
        Ok(Self {
            prices: prices.map_err(|e| Failure::of_file(path, e))?,
            as_of: later.as_of,
        })
    }
}
