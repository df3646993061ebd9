//! One look: the bundle is verified, the prices are placed, the facility's state follows.

use super::Watch;
use super::exact::Basket;
use super::facility::{Change, Facility, Log};
use super::output::{
    BundleOutput, FacilityOutput, MarginOutput, StandingOutput, WatchOutput, Weight, Witness,
};
use super::source::Given;
use crate::Outcome;
use crate::codes::Code;
use crate::expect;
use crate::later::{Fresh, LaterPrices};
use crate::outcome::{Exit, Failure, Report};
use crate::quotes::whole;
use crate::table::table;
use crate::text::{self, percent};
use crate::verbs::verify::{self, Rejected};
use covenant_circuits::ident::Hash;
use covenant_keys::SigningKey;
use covenant_verifier::envelope::{Margin, Standing};
use covenant_verifier::expect::Expected;
use covenant_verifier::facility::{Observation, Position, State};
use covenant_verifier::signed::{MarginNotice, prices_hash};
use covenant_verifier::verify::Verified;
use std::path::{Path, PathBuf};

/// What is watched, and what is known of it.
pub(super) struct Watched<'a> {
    args: &'a Watch,
    bundle: &'a Path,
    /// With any age of the bundle's own prices: later ones are judged.
    expected: Expected,
    /// The largest age of later prices, seconds.
    fresh: u64,
    cache: PathBuf,
    basket: Option<Basket>,
    facility: Option<(Facility, Log)>,
    /// The facility's, from the log's last line on.
    position: Option<Position>,
    /// Of the statement that was accepted last.
    statement: Hash,
}

/// What was found.
pub(super) struct Judged {
    exit: Exit,
    text: String,
    line: String,
    output: BundleOutput,
}

impl<'a> Watched<'a> {
    /// Reads what does not change meanwhile.
    pub(super) fn open(
        args: &'a Watch,
        (bundle, expect): (&'a Path, &Path),
        cache: PathBuf,
        key: Option<SigningKey>,
    ) -> Result<Self, Failure> {
        let mut expected = expect::read(expect)?;
        let fresh = std::mem::replace(&mut expected.max_price_age, u64::MAX);
        let mut facility = None;
        if let Some(path) = &args.facility_file {
            let read = Facility::read(path)?;
            let required = expected.undertakings.as_ref().map(|u| u.facility);
            if required.is_some_and(|required| required != read.id) {
                let wanted = "the facility of the expectations' undertakings";
                let said = format!("facility: expected {wanted}, got {:?}", read.name);
                let differs = Failure::in_file(path, Code::Malformed, said);
                return Err(differs.differs("facility", wanted, &read.name));
            }
            let log = Log::open(args.log.as_deref(), key, &read)?;
            facility = Some((read, log));
        }
        let log = facility.as_ref().map(|(_, log)| log);
        Ok(Self {
            position: log.and_then(Log::position),
            statement: log.and_then(Log::statement).unwrap_or(Hash([0; 32])),
            basket: Basket::read(&args.openings)?,
            args,
            bundle,
            expected,
            fresh,
            cache,
            facility,
        })
    }

    /// Why nothing is judged at a time before the log's last change.
    pub(super) fn before_log(&self, at: u64) -> Option<Failure> {
        let last = self.facility.as_ref().and_then(|(_, log)| log.at());
        let last = last.filter(|last| at < *last)?;
        let (expected, got) = (text::date(last), text::date(at));
        let said = format!(
            "the log's last change is of {expected}: expected that time or a later one, got {got}"
        );
        let past = Failure::new(Code::Usage, said);
        Some(past.differs("at", format!("{expected} or later"), got))
    }

    /// Verifies the bundle as it is now, and places the prices.
    pub(super) fn judge(&mut self, given: Given, at: u64) -> Result<Judged, Failure> {
        let query = &self.args.query;
        let verdict = verify::check(self.bundle, &self.expected, Some(at), &self.cache, query);
        let (found, later) = match verdict {
            Err(failure) => (Err(failure), None),
            Ok(Err(rejected)) => (Ok(self.refused(rejected, at)), None),
            Ok(Ok(verified)) => {
                self.statement = statement_hash(&verified)?;
                match self.later(given, &verified, at) {
                    Err(failure) => (Err(failure), None),
                    Ok(later) => (self.place(&verified, &later, at), Some(later)),
                }
            }
        };
        self.after(found, later, at)
    }

    /// Prices that fit the policy and are fresh.
    fn later(&self, given: Given, verified: &Verified, at: u64) -> Result<LaterPrices, Failure> {
        let (path, policy) = (given.path().to_path_buf(), verified.policy());
        let fresh = Fresh {
            now: at,
            max_age: self.fresh,
            max_skew: self.expected.max_clock_skew,
        };
        LaterPrices::of(&path, &given.prices(policy)?, policy, &fresh)
    }

    fn place(&self, verified: &Verified, later: &LaterPrices, at: u64) -> Result<Judged, Failure> {
        let envelope = verified.envelope();
        let failed = |e| Failure::new(Code::Internal, e);
        let mut judged = match envelope.at(&later.prices).map_err(failed)? {
            Standing::Inside { ratio_bps, weights } => {
                let margins = envelope.margins(&later.prices).map_err(failed)?;
                let mut judged = inside(verified, later, ratio_bps, margins);
                let weights = weights.iter().enumerate().map(|(j, weight)| Weight {
                    scenario: verified.policy().scenario_name(j).into(),
                    weight: weight.to_string(),
                });
                judged.output.weights = weights.collect();
                judged
            }
            Standing::Outside { vector } => outside(verified, later, &vector),
        };
        judged.output.at = at;
        if let Some(basket) = &self.basket {
            let exact = basket.at(verified, &later.prices)?;
            judged.text.push_str(&format!("\n\n{}", exact.text()));
            judged.output.exact = Some(exact);
        }
        Ok(judged)
    }

    fn refused(&self, rejected: Rejected, at: u64) -> Judged {
        let (text, refused) = rejected.told(self.bundle);
        let mut output = BundleOutput::of(StandingOutput::Refused, at);
        output.code = Some(refused.code());
        output.refused = Some(Box::new(refused));
        Judged {
            exit: Exit::False,
            line: format!("{}  refused: {text}", text::date(at)),
            text,
            output,
        }
    }

    /// The facility's state, where there is a facility. What could not be told is an error without
    /// one, and stale with one.
    fn after(
        &mut self,
        found: Result<Judged, Failure>,
        later: Option<LaterPrices>,
        at: u64,
    ) -> Result<Judged, Failure> {
        let Some((facility, log)) = &mut self.facility else {
            return found;
        };
        let mut judged = match found {
            Ok(judged) => judged,
            Err(failure) => Judged::unknown(failure, at),
        };
        let seen = judged.observation();
        let before = self.position;
        let now = facility.terms.next(before, seen, at);
        judged.exit = match now.state {
            State::Lapsed => Exit::False,
            State::Stale => Exit::Unknown,
            _ => Exit::Done,
        };
        let prices = later.as_ref().map(|later| prices_hash(&later.prices));
        let change = match before.is_none_or(|before| before.state != now.state) {
            false => None,
            true => Some(log.add(
                MarginNotice {
                    facility: facility.id,
                    subject: self.expected.subject,
                    statement: self.statement,
                    prices: prices.unwrap_or(Hash([0; 32])),
                    prices_as_of: later.map_or(0, |later| later.as_of),
                    at,
                    state: now.state,
                    ratio_bps: judged.output.ratio_bps.unwrap_or_default(),
                    cure_until: now.cure_until.unwrap_or_default(),
                    previous: Hash([0; 32]),
                },
                facility,
                judged.reason(now.state),
            )?),
        };
        self.position = Some(now);
        judged.of_facility(&facility.name, now, change);
        Ok(judged)
    }
}

fn statement_hash(verified: &Verified) -> Result<Hash, Failure> {
    let hash = verified
        .statement()
        .hash(verified.circuit(), &verified.shape());
    hash.map_err(Failure::of)
}

fn inside(
    verified: &Verified,
    later: &LaterPrices,
    ratio_bps: u32,
    margins: Vec<Margin>,
) -> Judged {
    let proved = verified.statement().prices().iter().zip(&later.prices);
    let assets = verified.policy().assets().iter().zip(proved).zip(margins);
    let margins: Vec<MarginOutput> = assets
        .map(|((asset, (proved, price)), margin)| MarginOutput {
            asset: margin.asset,
            symbol: margin.symbol,
            proved: whole(*proved, asset.decimals),
            price: whole(*price, asset.decimals),
            fall_bps: margin.fall_bps,
            rise_bps: margin.rise_bps,
        })
        .collect();
    let header = ["asset", "proved at", "now", "may fall by", "may rise by"];
    let mut shown = table(header, 1..5);
    for margin in &margins {
        let bound = |bps: Option<String>| bps.unwrap_or_else(|| "any".into());
        shown.add_row([
            margin.symbol.clone(),
            margin.proved.clone(),
            margin.price.clone(),
            bound(margin.fall_bps.map(percent)),
            bound(margin.rise_bps.map(percent)),
        ]);
    }
    let lapses = verified.lapses().first();
    let (taken, ratio) = (text::date(later.as_of), percent(ratio_bps));
    let mut output = BundleOutput::of(StandingOutput::Inside, later.as_of);
    output.prices_as_of = Some(later.as_of);
    output.lapses = Some(lapses);
    output.ratio_bps = Some(ratio_bps);
    output.margins = margins;
    Judged {
        exit: Exit::Done,
        text: format!(
            "INSIDE\nat the prices of {taken} what was proved implies that the collateral covers the debt at {ratio}\n{shown}\neach price alone, while the others stay; it lapses after {}",
            text::date(lapses)
        ),
        line: format!("{taken}  inside, at least {ratio}"),
        output,
    }
}

fn outside(verified: &Verified, later: &LaterPrices, vector: &[impl ToString]) -> Judged {
    let assets = verified.policy().assets().iter();
    let vector = assets.zip(vector).map(|(asset, y)| Witness {
        asset: asset.name.clone(),
        y: y.to_string(),
    });
    let taken = text::date(later.as_of);
    let mut output = BundleOutput::of(StandingOutput::Outside, later.as_of);
    output.code = Some(Code::OutsideEnvelope);
    output.prices_as_of = Some(later.as_of);
    output.lapses = Some(verified.lapses().first());
    output.vector = vector.collect();
    Judged {
        exit: Exit::False,
        text: format!(
            "OUTSIDE\nat the prices of {taken} nothing is known any more from what was proved: no mixture of its scenarios has prices as bad as these. That is no breach; require a new proof"
        ),
        line: format!("{taken}  outside: nothing is known any more"),
        output,
    }
}

impl BundleOutput {
    fn of(standing: StandingOutput, at: u64) -> Self {
        Self {
            standing,
            code: None,
            at,
            prices_as_of: None,
            lapses: None,
            ratio_bps: None,
            weights: Vec::new(),
            margins: Vec::new(),
            vector: Vec::new(),
            refused: None,
            reason: None,
            exact: None,
            facility: None,
        }
    }
}

impl Judged {
    fn unknown(failure: Failure, at: u64) -> Self {
        let mut output = BundleOutput::of(StandingOutput::Unknown, at);
        let failure = failure.into_output();
        output.code = Some(failure.code);
        output.reason = Some(failure.error.clone());
        Self {
            exit: Exit::Unknown,
            text: format!("UNKNOWN\n{}", failure.error),
            line: format!("{}  could not tell: {}", text::date(at), failure.error),
            output,
        }
    }

    fn observation(&self) -> Observation {
        let (ratio, as_of) = (self.output.ratio_bps, self.output.prices_as_of);
        match (self.output.standing, ratio, as_of) {
            (StandingOutput::Inside, Some(ratio_bps), Some(prices_as_of)) => Observation::Inside {
                ratio_bps,
                prices_as_of,
            },
            (StandingOutput::Outside, _, Some(prices_as_of)) => {
                Observation::Outside { prices_as_of }
            }
            (StandingOutput::Refused, ..) => Observation::Refused,
            _ => Observation::Unknown,
        }
    }

    /// Why the facility is in that state.
    fn reason(&self, state: State) -> String {
        match (state, &self.output.reason, &self.output.refused) {
            (State::Stale, None, _) => "the prices are older than the facility allows".into(),
            (_, Some(reason), _) => reason.clone(),
            (_, _, Some(refused)) => refused.reason().into(),
            _ => match self.output.ratio_bps {
                Some(bps) => format!("what was proved implies {}", percent(bps)),
                None => "the prices are outside what was proved".into(),
            },
        }
    }

    fn of_facility(&mut self, name: &str, now: Position, change: Option<Change>) {
        let until = now.cure_until.map(text::date);
        let until = until.map_or_else(String::new, |until| format!(", to be cured until {until}"));
        let state = now.state.to_string();
        self.line = format!("{name}  {}  {}{until}", state.to_uppercase(), self.line);
        self.text = format!(
            "{name}: {} since {}{until}\n\n{}",
            state.to_uppercase(),
            text::date(now.since),
            self.text
        );
        self.output.code = match now.state {
            State::Stale => Some(self.output.code.unwrap_or(Code::PriceStale)),
            _ => self.output.code,
        };
        self.output.facility = Some(FacilityOutput {
            facility: name.into(),
            state,
            since: now.since,
            cure_until: now.cure_until,
            change,
        });
    }

    /// Whether a line is to be told of it: without a facility always, with one where its state
    /// changed.
    fn is_news(&self) -> bool {
        let facility = self.output.facility.as_ref();
        facility.is_none_or(|facility| facility.change.is_some())
    }

    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// A line for people.
    pub(super) fn line(self) -> Option<String> {
        self.is_news().then_some(self.line)
    }

    /// A line for programs.
    pub(super) fn json(self) -> Result<Option<String>, Failure> {
        let line = self.is_news().then(|| serde_json::to_string(&self.output));
        line.transpose()
            .map_err(|e| Failure::new(Code::Internal, e))
    }

    /// The only one that is told.
    pub(super) fn report(self) -> Outcome {
        Report::new(self.exit, self.text, &WatchOutput::Bundle(self.output))
    }
}
