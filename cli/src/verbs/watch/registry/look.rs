//! One look at a facility: what the registry keeps of it, what was told of it, and what that means now.

use super::super::output::WatchOutput;
use super::chain::{At, Chain, Told};
use super::output::{
    AnnouncedOutput, ChallengeOutput, CoverageOutput, EndedOutput, EventOutput, RegistryOutput,
    StateOutput,
};
use super::prices::{self, Given1, Judged};
use super::quote;
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::outcome::{Exit, Failure, Report};
use crate::rpc::hex;
use crate::text::{self, commas, percent};
use covenant_circuits::policy::Policy;
use covenant_solidity::registry::{self, Answer, Call, Debt, Event, Proved, Terms, Version};
use serde_json::json;
use std::path::Path;

/// Seconds in which announced terms may be applied: GRACE of the registry.
const GRACE: u64 = 7 * 86_400;
/// What a debt source says is below 2 to this, or nothing.
const DEBT_BITS: usize = 80;

/// A facility that is watched, and what events have told of it.
pub(super) struct Facility {
    pub(super) id: u128,
    /// The terms that are relied on.
    wanted: Option<Terms>,
    known: Known,
    /// What was told last, where something was.
    said: Option<String>,
}

/// What events told, the last first.
#[derive(Clone, Default)]
struct Known {
    terms: Option<Terms>,
    proved: Option<Proved>,
    /// The epoch that an early end began, and its cure-by time.
    ended: Option<(u64, u64)>,
}

/// What is known of a facility at a block.
pub(super) struct State {
    id: u128,
    kept: registry::Facility,
    router: Router,
    /// Whether the registry counts it as covered under the terms that are relied on.
    covered: bool,
    bond: String,
    /// The facility's, where they are known.
    pub(super) terms: Option<Terms>,
    wanted: Option<[u8; 32]>,
    /// What its coverage rests on, where that is known.
    pub(super) proved: Option<Proved>,
    cure_by: Option<u64>,
    /// What is owed now; `Some(None)` where a source says nothing.
    debt: Option<Option<u128>>,
    events: Vec<EventOutput>,
}

/// What the router says of the coverage's version.
struct Router {
    paused_until: u64,
    frozen: bool,
}

/// With what a state is judged.
pub(super) struct Context<'a> {
    pub(super) chain: &'a Chain,
    pub(super) at: At,
    /// Unix seconds.
    pub(super) now: u64,
    pub(super) policy: Option<&'a Policy>,
    pub(super) given: Option<&'a Given1>,
    pub(super) challenge: Option<&'a Path>,
}

/// What was found.
pub(super) struct Looked {
    exit: Exit,
    output: RegistryOutput,
    text: String,
    /// The file of a challenge, and what is in it.
    file: Option<(std::path::PathBuf, String)>,
    /// Whether it is other than what was told before.
    news: bool,
}

impl Known {
    fn learn(&mut self, event: &Event) {
        match event {
            Event::Opened { terms, .. } | Event::TermsChanged { terms, .. } => {
                self.terms = Some((**terms).clone());
            }
            Event::Covered(proved) => self.proved = Some((**proved).clone()),
            Event::CoverageEnded { epoch, cure_by, .. } => self.ended = Some((*epoch, *cure_by)),
            _ => {}
        }
    }
}

/// The epoch that an event leaves a facility with.
fn epoch(event: &Event) -> Option<u64> {
    match event {
        Event::Covered(proved) => Some(proved.epoch),
        Event::TermsChanged { epoch, .. }
        | Event::CoverageEnded { epoch, .. }
        | Event::ReleaseConsented { epoch }
        | Event::PledgesReleased { epoch } => Some(*epoch),
        _ => None,
    }
}

impl Facility {
    pub(super) fn new(id: u128, wanted: Option<Terms>) -> Self {
        Self {
            id,
            wanted,
            known: Known::default(),
            said: None,
        }
    }

    /// Of a chain that is gone.
    pub(super) fn forget(&mut self) {
        self.known = Known::default();
    }

    /// What was told of it.
    pub(super) fn learn(&mut self, events: &[Told]) {
        let own = events.iter().filter(|told| told.facility == self.id);
        own.for_each(|told| self.known.learn(&told.event));
    }

    /// Marks what is other than what was told before.
    pub(super) fn told(&mut self, mut looked: Looked) -> Looked {
        let now = looked.lasting();
        looked.news = self.said.as_ref() != Some(&now) || !looked.output.events.is_empty();
        self.said = Some(now);
        looked
    }

    /// Reads what the registry keeps of it at a block.
    pub(super) fn read(&self, chain: &Chain, at: At, events: &[Told]) -> Result<State, Failure> {
        let mut known = self.known.clone();
        let own: Vec<&Told> = (events.iter())
            .filter(|told| told.facility == self.id)
            .collect();
        own.iter().for_each(|told| known.learn(&told.event));
        let registry = chain.registry.as_bytes();
        let call = Call::Router;
        let router = chain.bytes(at, registry, call)?;
        let router = call
            .address(&router)
            .map_err(|e| chain.wrong(registry, e))?;
        chain.check_code(at, &router, "registry's router")?;
        let kept: registry::Facility = chain.read(at, registry, Call::FacilityOf(self.id))?;
        let last = own.iter().filter_map(|told| epoch(&told.event)).max();
        if last.is_some_and(|last| last > kept.epoch) {
            return Err(chain.contradicts(format!(
                "expected a facility at the epoch {} of its last event or later, got the epoch {}",
                last.unwrap_or_default(),
                kept.epoch
            )));
        }
        let call = Call::BondOf(self.id);
        let bond = chain.bytes(at, registry, call)?;
        let bond = call.number(&bond).map_err(|e| chain.wrong(registry, e))?;
        let wanted = self.wanted.as_ref().map(Terms::hash);
        let covered = covered(chain, at, self.id, &kept, wanted.unwrap_or(kept.terms))?;
        let router = Router::read(chain, at, &router, &kept, covered)?;
        let has = |terms: &Terms| terms.hash() == kept.terms;
        let terms = self.wanted.clone().filter(has).or(known.terms.filter(has));
        let proved = proved(chain, &kept, known.proved)?;
        let debt = terms.as_ref().map(|terms| debt(chain, at, terms));
        let ended = known.ended.filter(|(epoch, _)| *epoch == kept.epoch);
        Ok(State {
            id: self.id,
            cure_by: cure_by(&kept, &router, terms.as_ref(), at.time)
                .or(ended.map(|(_, cure_by)| cure_by)),
            kept,
            router,
            covered,
            bond: bond.to_string(),
            terms,
            wanted,
            proved,
            debt: debt.transpose()?,
            events: (own.iter())
                .map(|told| EventOutput::of(told.block, &told.event))
                .collect(),
        })
    }
}

/// Whether the registry counts it as covered under terms, in two ways that have to agree.
fn covered(
    chain: &Chain,
    at: At,
    facility: u128,
    kept: &registry::Facility,
    terms: [u8; 32],
) -> Result<bool, Failure> {
    let registry = chain.registry.as_bytes();
    let call = Call::IsCovered { facility, terms };
    let covered = chain.bytes(at, registry, call)?;
    let covered = call.truth(&covered).map_err(|e| chain.wrong(registry, e))?;
    let proved: Debt = chain.read(at, registry, Call::ProvedDebt { facility, terms })?;
    let live = proved.until != 0;
    let same = u128::try_from(proved.debt) == Ok(kept.debt)
        && proved.as_of_from == kept.window.0
        && proved.until == kept.until;
    if covered && !live || live && !(same && terms == kept.terms && at.time < kept.until) {
        return Err(chain.contradicts(
            "expected isCovered, provedDebt and facilityOf of one coverage, got them of several",
        ));
    }
    Ok(covered)
}

/// What the coverage rests on, if that was told: its hash is what the registry keeps.
fn proved(
    chain: &Chain,
    kept: &registry::Facility,
    told: Option<Proved>,
) -> Result<Option<Proved>, Failure> {
    let Some(proved) = told.filter(|proved| kept.pledges != 0 && proved.epoch == kept.pledges)
    else {
        return Ok(None);
    };
    let same = proved.basis_hash() == kept.basis
        && (proved.debt, proved.version, proved.window) == (kept.debt, kept.version, kept.window);
    match same {
        true => Ok(Some(proved)),
        false => Err(chain.contradicts(format!(
            "expected the event Covered of the epoch {} with what the registry keeps of it, got another",
            kept.pledges
        ))),
    }
}

impl Router {
    fn read(
        chain: &Chain,
        at: At,
        router: &[u8; 20],
        kept: &registry::Facility,
        covered: bool,
    ) -> Result<Self, Failure> {
        let call = Call::PausedUntil;
        let until = chain.bytes(at, router, call)?;
        let until = call.number(&until).map_err(|e| chain.wrong(router, e))?;
        let paused_until = u64::try_from(until).map_err(|_| {
            chain.failed("pausedUntil: expected a time below 2^64, got a later one")
        })?;
        if kept.version == 0 {
            let frozen = false;
            return Ok(Self {
                paused_until,
                frozen,
            });
        }
        let version: Version = chain.read(at, router, Call::Versions(kept.version))?;
        let call = Call::Counts(kept.version);
        let counts = chain.bytes(at, router, call)?;
        let counts = call.truth(&counts).map_err(|e| chain.wrong(router, e))?;
        let other = kept.version != 0 && version.front == [0; 20];
        if other || counts != (!version.frozen && paused_until <= at.time) || covered && !counts {
            return Err(chain.contradicts(
                "expected counts, versions and pausedUntil of one router, got them of several",
            ));
        }
        Ok(Self {
            paused_until,
            frozen: version.frozen,
        })
    }
}

/// What is owed now, as the terms' sources say it; nothing where one of them does not.
fn debt(chain: &Chain, at: At, terms: &Terms) -> Result<Option<u128>, Failure> {
    let mut sum = terms.min_public_debt;
    for source in &terms.debt_sources {
        let said = chain.try_call(at, source, Call::Debt)?;
        // Whatever else it returns, the registry does not take it for a debt either.
        let said = said.and_then(|said| Call::Debt.number(&said).ok());
        let said = said.filter(|debt| debt.bit_len() <= DEBT_BITS);
        let Some(said) = said.and_then(|debt| u128::try_from(debt).ok()) else {
            return Ok(None);
        };
        sum = sum.saturating_add(said);
    }
    Ok(Some(sum))
}

/// Until when a new proof cures a coverage that has ended: a pause stops the clock.
fn cure_by(
    kept: &registry::Facility,
    router: &Router,
    terms: Option<&Terms>,
    time: u64,
) -> Option<u64> {
    let ended = ended_at(kept, time)?;
    Some(
        ended
            .max(router.paused_until)
            .saturating_add(terms?.cure_seconds),
    )
}

/// When the coverage ended that no proof has followed.
fn ended_at(kept: &registry::Facility, time: u64) -> Option<u64> {
    match kept.until {
        0 => Some(kept.ended_at).filter(|ended| *ended != 0),
        until => Some(until).filter(|until| *until <= time),
    }
}

/// What a state means at a time, and at the prices of now.
pub(super) fn judge(context: &Context<'_>, state: State) -> Result<Looked, Failure> {
    let time = context.now.max(context.at.time);
    let (mut is, mut reason) = state.standing(time);
    let mut judged = None;
    let mut code = (is != StateOutput::Covered).then_some(Code::FacilityNotCovered);
    if let Some(policy) = context.policy
        && is == StateOutput::Covered
    {
        match prices::judge(context, &state, policy) {
            Ok(Judged {
                inside: true,
                output,
                ..
            }) => judged = Some((output, None)),
            Ok(Judged {
                output, challenge, ..
            }) => {
                is = StateOutput::Outside;
                code = Some(Code::OutsideEnvelope);
                reason = Some("at the prices of now nothing is known any more from what was proved: that is no breach; require a new proof, or challenge".into());
                judged = Some((output, challenge));
            }
            Err(failure) => {
                let failure = failure.into_output();
                is = StateOutput::PricesUnknown;
                code = Some(failure.code);
                reason = Some(failure.error);
            }
        }
    }
    let exit = match is {
        StateOutput::Covered => Exit::Done,
        StateOutput::PricesUnknown => Exit::Unknown,
        _ => Exit::False,
    };
    let (prices, challenge) = judged.unzip();
    let (mut file, mut challenged) = (None, None);
    if let (Some(path), Some(Some(made))) = (context.challenge, challenge) {
        challenged = Some(match made {
            Ok(text) => {
                file = Some((path.to_path_buf(), text));
                ChallengeOutput {
                    file: Some(path.display().to_string()),
                    refused: None,
                }
            }
            Err(failure) => ChallengeOutput {
                file: None,
                refused: Some(failure.into_output().error),
            },
        });
    }
    let text = state.text(context, time, is, reason.as_deref());
    let kept = &state.kept;
    let open = kept.terms != [0; 32];
    let output = RegistryOutput {
        registry: context.chain.name(),
        facility: name(state.id),
        state: is,
        code,
        reason,
        at: context.now,
        block_number: context.at.block.number,
        block_hash: context.at.block.hash.to_string(),
        block_time: context.at.time,
        terms: open.then(|| hex(&kept.terms)),
        epoch: kept.epoch,
        paused_until: Some(state.router.paused_until).filter(|until| *until > time),
        coverage: state.coverage(),
        debt: state.debt.flatten().map(quote),
        bond: state.bond.clone(),
        announced: state.announced(time),
        ended: ended_at(kept, time).map(|at| EndedOutput {
            at,
            cure_by: state.cure_by,
            uncured: kept.until == 0 && kept.uncured,
        }),
        consented: state.consented(),
        prices,
        challenge: challenged,
        events: state.events,
    };
    Ok(Looked {
        exit,
        text,
        output,
        file,
        news: true,
    })
}

/// A facility's id, as the commands take it.
fn name(id: u128) -> String {
    format!("{id:#034x}")
}

impl State {
    fn consented(&self) -> bool {
        self.kept.consented != 0 && self.kept.consented == self.kept.pledges
    }

    /// Whether it is covered at a time, or else why it is not.
    fn standing(&self, time: u64) -> (StateOutput, Option<String>) {
        use StateOutput as S;
        let (kept, until) = (&self.kept, self.kept.until);
        let no = |state, reason: String| (state, Some(reason));
        if kept.terms == [0; 32] {
            return no(S::NotOpen, "the registry has no such facility".into());
        }
        if let Some(wanted) = self.wanted.filter(|wanted| *wanted != kept.terms) {
            let (expected, got) = (hex(&wanted), hex(&kept.terms));
            return no(
                S::OtherTerms,
                format!("expected the terms {expected}, as they were named, got {got}"),
            );
        }
        if until == 0 && self.consented() {
            return no(
                S::Consented,
                "the beneficiary let the pledges go, which ended the coverage".into(),
            );
        }
        if until == 0 && kept.ended_at != 0 {
            let ended = text::date(kept.ended_at);
            return no(
                S::Ended,
                format!("the coverage was ended before its time, at {ended}"),
            );
        }
        if until == 0 {
            return no(S::NotProved, "nothing is proved".into());
        }
        if until <= time {
            let until = text::date(until);
            return no(S::Lapsed, format!("the coverage was over at {until}"));
        }
        if self.router.frozen {
            let version = kept.version;
            return no(
                S::Frozen,
                format!("the circuit's version {version} was frozen, and with it what it proved"),
            );
        }
        if self.covered {
            return (S::Covered, None);
        }
        if self.router.paused_until > time {
            let until = text::date(self.router.paused_until);
            return no(S::Paused, format!("submissions are paused until {until}"));
        }
        match self.debt {
            Some(Some(debt)) if debt > kept.debt => no(
                S::DebtExceeds,
                format!(
                    "{} is owed, and {} was proved",
                    commas_of(debt),
                    commas_of(kept.debt)
                ),
            ),
            _ => no(
                S::DebtUnknown,
                "a debt source says nothing, or more is owed than was proved".into(),
            ),
        }
    }

    fn coverage(&self) -> Option<CoverageOutput> {
        let (kept, proved) = (&self.kept, self.proved.as_ref());
        (kept.until != 0).then(|| CoverageOutput {
            until: kept.until,
            debt: quote(kept.debt),
            as_of_from: kept.window.0,
            as_of_to: kept.window.1,
            version: kept.version,
            ratio_bps: proved.map(|proved| proved.ratio_bps),
            prices: proved.map_or_else(Vec::new, |proved| {
                proved.prices.iter().map(u128::to_string).collect()
            }),
            prices_as_of: proved.map(|p| p.prices_as_of).filter(|as_of| *as_of != 0),
        })
    }

    fn announced(&self, time: u64) -> Option<AnnouncedOutput> {
        let (kept, from) = (&self.kept, self.kept.announced_from);
        let until = from.saturating_add(GRACE);
        (kept.announced != [0; 32]).then(|| AnnouncedOutput {
            terms: hex(&kept.announced),
            from,
            until,
            open: (from..until).contains(&time),
        })
    }

    /// For people, a line of each thing that there is to know.
    fn text(
        &self,
        context: &Context<'_>,
        time: u64,
        is: StateOutput,
        reason: Option<&str>,
    ) -> String {
        let kept = &self.kept;
        let mut lines = vec![format!("{}  {}", word(is), name(self.id))];
        lines.extend(reason.map(Into::into));
        if kept.until != 0 {
            let ratio = self.proved.as_ref().map(|proved| percent(proved.ratio_bps));
            let ratio = ratio.map_or_else(String::new, |ratio| format!(" at {ratio}"));
            lines.push(format!(
                "covers a debt of {}{ratio} until {}",
                commas_of(kept.debt),
                text::date(kept.until)
            ));
        }
        match self.debt {
            Some(Some(debt)) => lines.push(format!("{} is owed now", commas_of(debt))),
            Some(None) => lines.push("what is owed now, a debt source does not say".into()),
            None => {}
        }
        if let Some(ended) = ended_at(kept, time) {
            let by = self.cure_by.map(text::date);
            let by = by.map_or_else(String::new, |by| format!(", to be cured until {by}"));
            lines.push(format!("ended at {}{by}", text::date(ended)));
        }
        if let Some(announced) = self.announced(time) {
            lines.push(format!(
                "weaker terms {} may be applied from {} until {}",
                announced.terms,
                text::date(announced.from),
                text::date(announced.until)
            ));
        }
        if self.router.paused_until > time {
            let until = text::date(self.router.paused_until);
            lines.push(format!("submissions are paused until {until}"));
        }
        if kept.terms != [0; 32] {
            lines.push(format!("terms {}", hex(&kept.terms)));
        }
        lines.push(format!(
            "read at the block {} of {}, of {}",
            context.at.block,
            text::date(context.at.time),
            context.chain.name()
        ));
        lines.join("\n")
    }
}

/// Quote units for people.
fn commas_of(debt: u128) -> String {
    match quote(debt).split_once('.') {
        Some((whole, fraction)) => format!("{}.{fraction}", commas(whole)),
        None => commas(&quote(debt)),
    }
}

fn word(state: StateOutput) -> &'static str {
    match state {
        StateOutput::Covered => "COVERED",
        StateOutput::Outside => "OUTSIDE",
        StateOutput::PricesUnknown => "PRICES UNKNOWN",
        _ => "NOT COVERED",
    }
}

impl Looked {
    pub(super) fn exit(&self) -> Exit {
        self.exit
    }

    /// Writes the challenge, where there is one.
    pub(super) fn write(&self) -> Result<(), Failure> {
        match &self.file {
            Some((path, text)) => files::write(path, text, files::Kind::Generated),
            None => Ok(()),
        }
    }

    /// What does not change with every block, or with every price.
    fn lasting(&self) -> String {
        let o = &self.output;
        json!([
            o.state,
            o.code,
            o.terms,
            o.epoch,
            o.paused_until,
            o.coverage,
            o.bond,
            o.announced,
            o.ended,
            o.consented,
            o.challenge,
        ])
        .to_string()
    }

    /// A line for people.
    pub(super) fn line(self) -> Option<String> {
        let line = self.text.replace('\n', "; ");
        let (at, news) = (text::date(self.output.at), self.news);
        news.then(|| format!("{at}  {line}"))
    }

    /// A line for programs.
    pub(super) fn json(self) -> Result<Option<String>, Failure> {
        let line = self.news.then(|| serde_json::to_string(&self.output));
        line.transpose()
            .map_err(|e| Failure::new(Code::Internal, e))
    }

    /// The only one that is told.
    pub(super) fn report(self) -> Outcome {
        Report::new(self.exit, self.text, &WatchOutput::Registry(self.output))
    }
}

impl<'a> Context<'a> {
    /// An answer of a contract at the block that is read.
    pub(super) fn read<A: Answer>(&self, to: &[u8; 20], call: Call) -> Result<A, Failure> {
        self.chain.read(self.at, to, call)
    }
}

impl State {
    /// Where a challenge counts.
    pub(super) fn facility(&self) -> u128 {
        self.id
    }

    /// Of the last proof.
    pub(super) fn proof_epoch(&self) -> u64 {
        self.kept.pledges
    }
}
