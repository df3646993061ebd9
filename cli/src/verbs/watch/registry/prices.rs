//! Where the prices of now are: those of the terms' feeds at the block, or a file's where the terms
//! have none; and the challenge, where they are outside of what was proved.

use super::super::output::{MarginOutput, Weight, Witness};
use super::super::source::Source;
use super::look::{Context, State};
use super::output::PricesOutput;
use crate::codes::Code;
use crate::later::{Fresh, LaterPrices};
use crate::outcome::Failure;
use crate::quotes::whole;
use crate::rpc::hex;
use crate::text;
use crate::verbs::export::CalldataOutput;
use crate::verbs::export::context::Place;
use crate::verbs::export::{submission, terms};
use covenant_circuits::field::to_be_bytes;
use covenant_circuits::numbers::Price;
use covenant_circuits::policy::Policy;
use covenant_solidity::registry::{
    Call, Challenge, Feed, Latest, PolicyEnvelope, PriceWord, Proved, Terms,
};
use covenant_verifier::bundle::SignedPrices;
use covenant_verifier::envelope::{Envelope, Standing};
use num_rational::BigRational;
use std::path::PathBuf;

/// How far ahead of the time a file's prices may be, seconds.
const MAX_SKEW: u64 = 60;
/// Prices of a statement, and answers of feeds, are below 2 to this.
const PRICE_BITS: u32 = 120;
/// Of a price of a base unit.
const EXPONENT: u32 = 36;

/// Where a file's prices come from.
pub(super) struct Given {
    source: Source,
    policy: Policy,
    last: Option<Given1>,
}

/// A file's prices, or why there are none.
pub(super) type Given1 = Result<(PathBuf, SignedPrices), Failure>;

/// Where prices are.
pub(super) struct Judged {
    pub(super) inside: bool,
    pub(super) output: PricesOutput,
    /// Outside: the calldata of a challenge as JSON, or why there is none.
    pub(super) challenge: Option<Result<String, Failure>>,
}

impl Given {
    pub(super) fn new(source: Source, policy: Policy) -> Self {
        let last = None;
        Self {
            source,
            policy,
            last,
        }
    }

    /// The newest of what there is now.
    pub(super) fn next(&mut self) -> Given1 {
        if let Some(given) = self.source.next()?.pop() {
            let path = given.path().to_path_buf();
            let read = given.prices(&self.policy);
            self.last = Some(read.map(|prices| (path, prices)));
        }
        match &self.last {
            Some(Ok(last)) => Ok(last.clone()),
            Some(Err(failure)) => Err(failure.again()),
            None => Err(self.source.empty()),
        }
    }
}

/// Prices of now.
struct Present {
    prices: Vec<Price>,
    /// Of feeds the oldest.
    as_of: u64,
}

/// Where the prices of now are, of a facility that is covered.
pub(super) fn judge(
    context: &Context<'_>,
    state: &State,
    policy: &Policy,
) -> Result<Judged, Failure> {
    let usage = |said: &str| Failure::new(Code::Usage, said);
    let terms = state.terms.as_ref().ok_or_else(|| {
        usage("--terms: expected the facility's terms, as no event has them in the blocks that were read: name them, or an earlier --from-block")
    })?;
    terms::of_policy(terms, policy)?;
    let proved = state.proved.as_ref().ok_or_else(|| {
        usage(&format!(
            "--from-block: expected a block before the event Covered of the epoch {}, got a later one",
            state.proof_epoch()
        ))
    })?;
    let now = match (terms.feeds.is_empty(), context.given) {
        (true, Some(given)) => of_file(context, terms, policy, given)?,
        (true, None) => {
            return Err(usage(
                "--prices: expected prices of now, as the terms have no feeds",
            ));
        }
        (false, None) => of_feeds(context, terms)?,
        (false, Some(_)) => {
            return Err(usage(
                "--prices: expected none, as the terms have feeds, which are read",
            ));
        }
    };
    let envelope = envelope(context, policy, proved)?;
    let failed = |e| Failure::new(Code::Internal, e);
    let mut output = PricesOutput {
        inside: None,
        as_of: Some(now.as_of),
        ratio_bps: None,
        weights: Vec::new(),
        margins: Vec::new(),
        vector: Vec::new(),
    };
    let standing = envelope.at(&now.prices).map_err(failed)?;
    let inside = matches!(standing, Standing::Inside { .. });
    output.inside = Some(inside);
    let mut challenge = None;
    match standing {
        Standing::Inside { ratio_bps, weights } => {
            output.ratio_bps = Some(ratio_bps);
            output.weights = (weights.iter().enumerate())
                .map(|(j, weight)| Weight {
                    scenario: policy.scenario_name(j).into(),
                    weight: weight.to_string(),
                })
                .collect();
            let margins = envelope.margins(&now.prices).map_err(failed)?;
            let prices = proved.prices.iter().zip(&now.prices);
            let assets = policy.assets().iter().zip(prices).zip(margins);
            for ((asset, (then, price)), margin) in assets {
                output.margins.push(MarginOutput {
                    asset: margin.asset,
                    symbol: margin.symbol,
                    proved: whole(Price::new(*then).map_err(failed_range)?, asset.decimals),
                    price: whole(*price, asset.decimals),
                    fall_bps: margin.fall_bps,
                    rise_bps: margin.rise_bps,
                });
            }
        }
        Standing::Outside { vector } => {
            let assets = policy.assets().iter().zip(&vector);
            output.vector = assets
                .map(|(asset, y)| Witness {
                    asset: asset.name.clone(),
                    y: y.to_string(),
                })
                .collect();
            if context.challenge.is_some() {
                challenge = Some(calldata(
                    context,
                    state,
                    (terms, policy, proved),
                    &now,
                    &vector,
                ));
            }
        }
    }
    Ok(Judged {
        inside,
        output,
        challenge,
    })
}

fn failed_range(e: impl std::fmt::Display) -> Failure {
    Failure::new(Code::NodeFailed, e)
}

/// What was proved says of prices, by what the registry told of it.
fn envelope(context: &Context<'_>, policy: &Policy, proved: &Proved) -> Result<Envelope, Failure> {
    let digest = to_be_bytes(&policy.digest());
    let wrong = |what: String| context.chain.failed(format!("the event Covered: {what}"));
    if proved.policy != digest {
        let (expected, got) = (hex(&digest), hex(&proved.policy));
        return Err(wrong(format!(
            "expected the policy {expected} of the terms, got {got}"
        )));
    }
    let prices = proved.prices.iter().map(|price| Price::new(*price));
    let prices: Vec<Price> = prices
        .collect::<Result<_, _>>()
        .map_err(|e| wrong(e.to_string()))?;
    Envelope::of_covered(policy, proved.ratio_bps, proved.kinds != 0, &prices)
        .map_err(|e| wrong(e.to_string()))
}

/// Prices of a file, as fresh as the terms have it.
fn of_file(
    context: &Context<'_>,
    terms: &Terms,
    policy: &Policy,
    given: &Given1,
) -> Result<Present, Failure> {
    let (path, signed) = given.as_ref().map_err(Failure::again)?;
    let fresh = Fresh {
        now: context.now,
        max_age: terms.max_price_age,
        max_skew: MAX_SKEW,
    };
    let later = LaterPrices::of(path, signed, policy, &fresh)?;
    Ok(Present {
        prices: later.prices,
        as_of: later.as_of,
    })
}

/// Prices of the feeds' latest rounds, as the registry reads them.
fn of_feeds(context: &Context<'_>, terms: &Terms) -> Result<Present, Failure> {
    check_sequencer(context, terms)?;
    let (mut prices, mut as_of) = (Vec::new(), u64::MAX);
    for (i, feed) in terms.feeds.iter().enumerate() {
        let (price, updated) = of_feed(context, i, feed)?;
        prices.push(price);
        as_of = as_of.min(updated);
    }
    Ok(Present { prices, as_of })
}

fn of_feed(context: &Context<'_>, index: usize, feed: &Feed) -> Result<(Price, u64), Failure> {
    let at = |what: String| format!("feeds[{index}], {}: {what}", hex(&feed.feed));
    let unusable = |what: &str| Failure::new(Code::PriceRoundUnusable, at(what.into()));
    let round: Latest = context.read(&feed.feed, Call::LatestRoundData)?;
    let time = context.at.time;
    let updated = round.updated_at.filter(|updated| *updated != 0);
    let (Some(updated), true) = (updated, round.id != 0 && round.answered_in >= round.id) else {
        return Err(unusable(
            "expected a round that is finished and was answered in itself, got another",
        ));
    };
    if updated > time {
        return Err(unusable(
            "expected a round of the past, got one of the future",
        ));
    }
    // As old as it is now, though the block may be of before.
    let age = context.now.max(time) - updated;
    if age > feed.max_age {
        let (max, got) = (feed.max_age, text::date(updated));
        let said = at(format!(
            "expected a round at most {max} s old, got one of {got}"
        ));
        return Err(Failure::new(Code::PriceStale, said));
    }
    let decimals = context
        .chain
        .bytes(context.at, &feed.feed, Call::Decimals)?;
    let decimals = Call::Decimals.number(&decimals);
    let decimals = decimals.map_err(|e| context.chain.wrong(&feed.feed, e))?;
    let decimals = u8::try_from(decimals).map_err(|_| {
        context.chain.wrong(
            &feed.feed,
            "decimals: expected a number below 256, got a larger one",
        )
    })?;
    let wrong = || {
        let said = at("expected a price above 0 that a statement can hold, got another".into());
        Failure::new(Code::PriceUnusable, said)
    };
    let decimals = u32::from(decimals) + u32::from(feed.asset_decimals);
    let shift = EXPONENT.checked_sub(decimals).ok_or_else(wrong)?;
    let price = (round.answer.zip(10_u128.checked_pow(shift)))
        .and_then(|(answer, shift)| answer.checked_mul(shift))
        .filter(|price| *price < 1 << PRICE_BITS)
        .ok_or_else(wrong)?;
    let price = Price::new(price).map_err(|_| wrong())?;
    Ok((price, updated))
}

/// An L2's feeds say nothing while its sequencer is down.
fn check_sequencer(context: &Context<'_>, terms: &Terms) -> Result<(), Failure> {
    if terms.sequencer == [0; 20] {
        return Ok(());
    }
    let round: Latest = context.read(&terms.sequencer, Call::LatestRoundData)?;
    let since = round.started_at.filter(|started| *started != 0);
    let up = since.and_then(|since| context.at.time.checked_sub(since));
    match round.is_zero && up.is_some_and(|up| up > terms.sequencer_grace) {
        true => Ok(()),
        false => Err(Failure::new(
            Code::PriceRoundUnusable,
            "the sequencer is down, or was until a moment ago: its feeds say nothing yet",
        )),
    }
}

/// The calldata of a challenge, as export calldata prints it.
fn calldata(
    context: &Context<'_>,
    state: &State,
    (terms, policy, proved): (&Terms, &Policy, &Proved),
    now: &Present,
    exact: &[BigRational],
) -> Result<String, Failure> {
    let envelope = PolicyEnvelope::of(policy);
    if terms.envelope != envelope.hash() {
        let expected = format!("{}, of the policy", hex(&envelope.hash()));
        let got = hex(&terms.envelope);
        return Err(submission::refused("envelope", &expected, got));
    }
    let mut word = PriceWord::default();
    if let (true, Some(Ok((path, signed)))) = (terms.feeds.is_empty(), context.given) {
        let (before, as_of) = (proved.prices_as_of, now.as_of);
        if as_of <= before {
            let expected = format!("after {before}, as it was proved with");
            return Err(submission::refused("as_of", &expected, as_of).at_file(path));
        }
        let place = Place {
            chain_id: context.chain.id,
            registry: context.chain.registry,
            facility: state.facility(),
            epoch: state.proof_epoch(),
        };
        let signatures = signed.signatures();
        word = submission::signed_prices("signatures", signatures, as_of, terms, &place)
            .map_err(|failure| failure.at_file(path))?;
    }
    let present: Vec<u128> = now.prices.iter().map(|price| price.get()).collect();
    let vector = envelope.vector(proved.kinds != 0, &proved.prices, &present, exact);
    let challenge = Challenge {
        terms,
        basis: proved.basis(),
        proved: proved.prices.clone(),
        envelope,
        word,
        present,
        vector: vector.map_err(|e| Failure::new(Code::NotForChain, e))?,
    };
    let output = CalldataOutput::challenge(terms, &challenge.calldata(state.facility()));
    let text = serde_json::to_string(&output).map_err(|e| Failure::new(Code::Internal, e))?;
    Ok(format!("{text}\n"))
}
