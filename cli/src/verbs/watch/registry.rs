//! `covenant watch --registry`: facilities of a registry on a chain, at one block of it at a time.

mod chain;
mod look;
mod output;
mod prices;

pub(crate) use output::RegistryOutput;

use super::source::SourceArgs;
use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::outcome::{Exit, Failure, Report, complain, say};
use crate::text;
use crate::verbs::Global;
use crate::verbs::export::{context, terms};
use chain::{At, Chain, Wanted};
use clap::Args;
use covenant_circuits::policy::Policy;
use covenant_solidity::registry::Terms;
use covenant_verifier::signed::Signer;
use look::{Facility, Looked};
use prices::Given;
use std::path::PathBuf;
use std::time::Duration;

/// Blocks before the one that is read whose events are read, where none is named: a week of Ethereum.
const LOOK_BACK: u64 = 50_000;

/// What is watched on a chain.
#[derive(Args, Debug)]
#[command(next_help_heading = "Facilities of a registry, instead of a bundle")]
pub(super) struct RegistryArgs {
    /// The registry's address, or eip155:CHAIN:ADDRESS for one on that chain; through --rpc
    #[arg(
        long,
        value_name = "ADDRESS",
        requires_all = ["rpc", "facilities"],
        conflicts_with_all = ["bundle", "expect", "openings", "facility_file", "log", "key"]
    )]
    pub(super) registry: Option<Signer>,
    /// The facilities' ids, decimal or 0x-hex
    #[arg(
        id = "facilities",
        long = "facility",
        value_name = "ID",
        num_args = 1..,
        requires = "registry",
        value_parser = context::id
    )]
    facilities: Vec<u128>,
    /// The terms that you rely on, JSON: for all facilities, or one file for each in order. With
    /// others a facility is not covered [default: whichever it has]
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "registry")]
    terms: Vec<PathBuf>,
    /// The policy: tell where the prices of now are, too: those of the terms' feeds, or of --prices
    /// where the terms have none
    #[arg(long, value_name = "FILE", requires = "registry")]
    policy: Option<PathBuf>,
    /// Where prices are outside, write the calldata of `challenge` to this file, JSON, as export
    /// calldata prints it
    #[arg(long, value_name = "FILE", requires = "policy")]
    challenge: Option<PathBuf>,
    /// Read events from this block on [default: 50000 blocks before the one that is read]
    #[arg(long, value_name = "N", requires = "registry")]
    from_block: Option<u64>,
    /// Read the newest block, which may yet be reorganized [default: the newest that is finalized]
    #[arg(long, requires = "registry", conflicts_with = "block")]
    latest: bool,
    /// How old the block may be; one that --block names may have any age
    #[arg(long, value_name = "DURATION", value_parser = text::age, default_value = "1h")]
    max_block_age: u64,
}

/// How often it is looked at, and when.
pub(super) struct Turns {
    pub(super) every: Option<u64>,
    pub(super) times: Option<u64>,
    pub(super) at: Option<u64>,
}

/// The facilities, and what is known of them so far.
struct Watched {
    chain: Chain,
    policy: Option<Policy>,
    challenge: Option<PathBuf>,
    from: Option<u64>,
    facilities: Vec<Facility>,
    /// The last block that was read to its end.
    last: Option<At>,
}

impl RegistryArgs {
    pub(super) fn run(
        &self,
        registry: Signer,
        query: &QueryArgs,
        source: &SourceArgs,
        turns: &Turns,
        global: &Global,
    ) -> Outcome {
        if source.any() && self.policy.is_none() {
            let said = "--policy: expected it with --prices and --prices-command, got none";
            return Err(Failure::new(Code::Usage, said));
        }
        let mut watched = self.open(registry, query, turns)?;
        let policy = watched.policy.clone().filter(|_| source.any());
        let mut given = policy.map(|policy| Given::new(source.source(), policy));
        let lines = turns.every.is_some() || watched.facilities.len() > 1;
        let (mut worst, mut turn) = (None, 0);
        loop {
            turn += 1;
            let prices = given.as_mut().map(Given::next);
            let looked = watched.look(turns.at, prices.as_ref());
            if !lines {
                let mut all = looked?;
                return match all.pop() {
                    Some(looked) => looked?.report(),
                    None => Err(Failure::new(Code::Internal, "no facility was looked at")),
                };
            }
            for looked in looked.unwrap_or_else(|failure| vec![Err(failure)]) {
                worst = worst.max(Some(tell(looked, global)?));
            }
            match turns.every {
                Some(every) if turns.times.is_none_or(|times| turn < times) => {
                    std::thread::sleep(Duration::from_secs(every));
                }
                _ => return Ok(Report::told(worst.unwrap_or(Exit::Unknown))),
            }
        }
    }

    fn open(&self, registry: Signer, query: &QueryArgs, turns: &Turns) -> Result<Watched, Failure> {
        let usage = |said: &str| Err(Failure::new(Code::Usage, said));
        let (ids, files) = (self.facilities.len(), self.terms.len());
        if files > 1 && files != ids {
            return usage(&format!(
                "--terms: expected one file, or one for each of the {ids} facilities, got {files}"
            ));
        }
        if self.challenge.is_some() && ids != 1 {
            return usage("--challenge: expected one --facility, got several");
        }
        if turns.every.is_some() && query.names_block() {
            return usage("--block: expected none with --every, as a block does not change");
        }
        let mut seen = self.facilities.clone();
        seen.sort_unstable();
        seen.dedup();
        if seen.len() != ids {
            return usage("--facility: expected each facility once, got one twice");
        }
        let policy = self.policy.as_deref().map(claim::policy).transpose()?;
        let wanted = (self.terms.iter())
            .map(|path| terms::read(path))
            .collect::<Result<Vec<Terms>, _>>()?;
        let of = |i: usize| match wanted.len() {
            1 => wanted.first(),
            _ => wanted.get(i),
        };
        let facilities = (self.facilities.iter().enumerate())
            .map(|(i, id)| Facility::new(*id, of(i).cloned()))
            .collect();
        let chain = Chain::open(&Wanted {
            query,
            chain: registry.contract().map(|contract| contract.chain()),
            registry: registry.address(),
            latest: self.latest,
            max_age: self.max_block_age,
        })?;
        Ok(Watched {
            chain,
            policy,
            challenge: self.challenge.clone(),
            from: self.from_block,
            facilities,
            last: None,
        })
    }
}

impl Watched {
    /// Looks at every facility at one block. What is known of one is told though another cannot be
    /// read; where the block does not stay in the chain, nothing is.
    fn look(
        &mut self,
        now: Option<u64>,
        prices: Option<&prices::Given1>,
    ) -> Result<Vec<Result<Looked, Failure>>, Failure> {
        let at = self.chain.at(now.unwrap_or_else(text::now))?;
        if let Err(failure) = self.check_last(at) {
            // What was read of the chain that is gone is read again.
            self.last = None;
            self.facilities.iter_mut().for_each(Facility::forget);
            return Err(failure);
        }
        let from = match (&self.last, self.from) {
            (Some(last), _) => last.block.number + 1,
            (None, Some(from)) => from,
            (None, None) => at.block.number.saturating_sub(LOOK_BACK),
        };
        let ids: Vec<u128> = self.facilities.iter().map(|f| f.id).collect();
        let events = self.chain.events(&ids, from, at)?;
        let now = now.unwrap_or_else(|| match self.chain.which {
            // As it was then.
            chain::Which::Number(_) => at.time,
            _ => text::now(),
        });
        let mut states = Vec::new();
        for facility in &self.facilities {
            states.push(facility.read(&self.chain, at, &events));
        }
        let context = look::Context {
            chain: &self.chain,
            at,
            now,
            policy: self.policy.as_ref(),
            given: prices,
            challenge: self.challenge.as_deref(),
        };
        let judged: Vec<_> = (states.into_iter())
            .map(|state| state.and_then(|state| look::judge(&context, state)))
            .collect();
        self.chain.check_canonical(at.block)?;
        self.last = Some(at);
        let facilities = self.facilities.iter_mut().zip(judged);
        let told = facilities.map(|(facility, judged)| {
            facility.learn(&events);
            let judged = judged?;
            judged.write()?;
            Ok(facility.told(judged))
        });
        Ok(told.collect())
    }

    /// The block of the last look is still there, and this one is no earlier.
    fn check_last(&self, at: At) -> Result<(), Failure> {
        let Some(last) = self.last else {
            return Ok(());
        };
        if at.block.number < last.block.number {
            let said = format!(
                "expected the block {} or a later one, got {}: the node fell behind, or its chain was reorganized",
                last.block, at.block
            );
            return Err(self.chain.failed(said));
        }
        self.chain.check_canonical(last.block)
    }
}

/// Micro-units as quote units.
fn quote(debt: u128) -> String {
    text::plain(debt, 6)
}

/// A line where something changed, at once; where it could not be told, why, and on it goes.
fn tell(looked: Result<Looked, Failure>, global: &Global) -> Result<Exit, Failure> {
    let failure = match looked {
        Ok(looked) => {
            let exit = looked.exit();
            let line = match global.json {
                true => looked.json()?,
                false => looked.line(),
            };
            if let Some(line) = line.filter(|_| !global.quiet)
                && !say(&line)
            {
                return Ok(Exit::Unknown);
            }
            return Ok(exit);
        }
        Err(failure) => failure,
    };
    if failure.code() == Code::FileNotWritten {
        return Err(failure);
    }
    let output = failure.into_output();
    match global.json {
        true => {
            let object = serde_json::to_string(&output);
            say(&object.map_err(|e| Failure::new(Code::Internal, e))?);
        }
        false => complain(&output.error),
    }
    Ok(Exit::Unknown)
}
