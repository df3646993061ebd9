//! `covenant watch`: whether a proof still says something at later prices, once or again and again,
//! and what state a facility is in for it.

mod exact;
mod facility;
mod judge;
mod output;
mod registry;
mod source;

use super::Global;
use crate::Outcome;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::keys;
use crate::outcome::{Exit, Failure, Report, complain, say};
use crate::signer;
use crate::text;
use clap::Args;
use covenant_keys::SigningKey;
use judge::{Judged, Watched};
pub(crate) use output::WatchOutput;
use registry::{RegistryArgs, Turns};
use source::SourceArgs;
use std::path::PathBuf;
use std::time::Duration;

/// What `--help` ends with.
const WATCH_HELP: &str = r#"Exit codes: 0 inside, 1 outside, lapsed or refused, 2 could not tell; of several prices the largest.
Units: --at is a time: RFC 3339, a date, Unix seconds, or now; --every a duration such as 90s, 15m
or 24h; ratios in a facility's file are such as "130%".

A facility's file makes states of what is known: healthy, warning, call, critical, lapsed (outside,
or not accepted any more), stale (no fresh prices). A call lasts until the ratio to return to, and is
critical when its cure period is over. With several prices only changes are printed, a line each.

  version = 1
  facility = "loan 17"
  warning = "140%"
  call = "130%"
  critical = "115%"
  return_to = "140%"
  cure_period = "2d"
  max_staleness = "1h"

With --registry it is a facility on a chain that is watched: what the registry keeps and told of it,
read at one block by its hash. Exit codes are the same: 0 covered, and inside with --policy, 1 not
covered or outside, 2 could not tell. The node is believed for what it says of the chain, and the
registry and its terms are yours to check.

Examples:
  covenant watch --bundle bundle.json --expect expect.toml --prices today.json
  covenant watch --bundle bundle.json --expect expect.toml --prices-command ./feed --every 15m \
    --facility-file loan-17.toml --log loan-17.log --key lender.key --json
  covenant watch --registry eip155:1:0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0 --facility 7 \
    --terms terms.json --policy policy.json --rpc http://127.0.0.1:8545 --every 15m \
    --challenge challenge.json"#;

/// Tell whether a proof still says something at later prices (docs/spec.md, section 6a).
///
/// Inside, what was proved implies that the collateral covers the debt at these prices too, at the
/// ratio that is told. Outside, nothing is known any more: that is no breach, but the end of what was
/// proved. The bundle is verified each time; its own prices may have any age, the new ones are yours
/// and as fresh as you expect.
#[derive(Args, Debug)]
#[command(after_help = WATCH_HELP)]
pub(crate) struct Watch {
    /// The bundle; with --every it is read again each time, so that a new proof is seen
    #[arg(long, value_name = "FILE", required_unless_present = "registry")]
    bundle: Option<PathBuf>,
    /// What you expect, TOML or JSON
    #[arg(long, value_name = "FILE", required_unless_present = "registry")]
    expect: Option<PathBuf>,
    #[command(flatten)]
    source: SourceArgs,
    /// Watch on: look at the prices again after this time, and so on until it is interrupted
    #[arg(long, value_name = "DURATION", value_parser = text::age)]
    every: Option<u64>,
    /// With --every, look so many times
    #[arg(long, value_name = "N", requires = "every", value_parser = clap::value_parser!(u64).range(1..))]
    times: Option<u64>,
    /// Judge as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time, conflicts_with = "every")]
    at: Option<u64>,
    /// The openings of every account in the basket, for the borrower: tell what is really covered
    /// too. That is secret
    #[arg(long = "opening", value_name = "FILE", num_args = 1..)]
    openings: Vec<PathBuf>,
    /// The facility's terms, TOML
    #[arg(long, value_name = "FILE")]
    facility_file: Option<PathBuf>,
    /// Add each change of the facility's state to this file, and go on from its last line
    #[arg(long, value_name = "FILE", requires = "facility_file")]
    log: Option<PathBuf>,
    /// Sign each change (EIP-712 MarginNotice): a keystore v3 file, or env:NAME for a hex key in an
    /// environment variable
    #[arg(long, value_name = "KEY", requires = "facility_file")]
    key: Option<String>,
    /// The keystore's password is the first line of this file [default: prompted for]
    #[arg(long, value_name = "FILE", requires = "key")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    query: QueryArgs,
    #[command(flatten)]
    registry: RegistryArgs,
}

impl Watch {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        if self.every == Some(0) {
            let said = "--every: expected a duration of at least 1s, got 0s";
            return Err(Failure::new(Code::Usage, said));
        }
        if let Some(registry) = self.registry.registry {
            let turns = Turns {
                every: self.every,
                times: self.times,
                at: self.at,
            };
            let (query, source) = (&self.query, &self.source);
            return self.registry.run(registry, query, source, &turns, global);
        }
        let (Some(bundle), Some(expect), true) = (&self.bundle, &self.expect, self.source.any())
        else {
            let said =
                "expected --bundle, --expect and --prices or --prices-command, or --registry";
            return Err(Failure::new(Code::Usage, said));
        };
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let key = self.key()?;
        let mut watched = Watched::open(&self, (bundle, expect), cache, key)?;
        let mut source = self.source.source();
        let lines = self.every.is_some() || source.is_folder();
        let (mut worst, mut turn) = (None, 0);
        loop {
            turn += 1;
            for given in source.next()? {
                let given = match source.is_folder() {
                    false => given,
                    // One file of many that is no prices says nothing of the others.
                    true => match given.readable() {
                        Ok(given) => given,
                        Err(failure) => {
                            worst = worst.max(Some(tell(Err(failure), global)?));
                            continue;
                        }
                    },
                };
                // A folder's files had times of their own before anybody watched.
                let own = given.own_time.filter(|_| turn == 1);
                let at = self.at.or(own).unwrap_or_else(text::now);
                match watched.before_log(at) {
                    // What the log has been past already.
                    Some(_) if own.is_some() => continue,
                    Some(failure) => return Err(failure),
                    None => {}
                }
                let judged = watched.judge(given, at);
                if !lines {
                    return judged.and_then(Judged::report);
                }
                worst = worst.max(Some(tell(judged, global)?));
            }
            match self.every {
                Some(every) if self.times.is_none_or(|times| turn < times) => {
                    std::thread::sleep(Duration::from_secs(every));
                }
                // Nothing was judged: that is no good news.
                _ => return worst.map(Report::told).ok_or_else(|| source.empty()),
            }
        }
    }

    fn key(&self) -> Result<Option<SigningKey>, Failure> {
        let key = self.key.as_deref();
        let read = |name| signer::key(name, self.password_file.as_deref());
        key.map(read).transpose()
    }
}

/// A line for what was found, at once; where it could not be told, why, and on it goes. What keeps
/// the log from being written ends it.
fn tell(judged: Result<Judged, Failure>, global: &Global) -> Result<Exit, Failure> {
    let failure = match judged {
        Ok(judged) => {
            let exit = judged.exit();
            let line = match global.json {
                true => judged.json()?,
                false => judged.line(),
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
