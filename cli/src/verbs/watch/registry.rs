//! Facilities of a registry on a chain: what it says of them, once or again and again.

mod chain;
mod events;
mod look;
mod output;
mod words;

use super::Watch;
use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Exit, Failure, Report, complain, say};
use crate::verbs::Global;
use crate::verbs::export::context::id;
use crate::verbs::export::terms;
use chain::Chain;
use clap::Args;
use covenant_verifier::signed::Address;
use look::{Followed, Seen};
pub(super) use output::FacilityLook;
use std::path::PathBuf;
use std::time::Duration;

/// Which facilities of which registry.
#[derive(Args, Debug)]
pub(super) struct RegistryArgs {
    /// In place of a bundle: watch facilities of the registry at this address, by --rpc
    #[arg(
        long,
        value_name = "ADDRESS",
        requires_all = ["facilities", "rpc"],
        conflicts_with_all = [
            "bundle", "expect", "source", "at", "openings", "facility_file", "log", "key", "password_file"
        ]
    )]
    registry: Option<Address>,
    /// The facility's id in the registry, decimal or 0x-hex; several for several
    #[arg(long = "facility", value_name = "ID", value_parser = id, num_args = 1.., requires = "registry")]
    facilities: Vec<u128>,
    /// The terms that the facility must have, JSON, as export terms reads them; with several
    /// facilities one for each, in their order
    #[arg(long, value_name = "FILE", num_args = 1.., requires = "registry")]
    terms: Vec<PathBuf>,
    /// Read the facility's events from this block on: those of the last proof tell its ratio and
    /// prices [default: only what happens while it is watched]
    #[arg(long, value_name = "N", requires = "registry")]
    from_block: Option<u64>,
}

/// Looks at each facility, once or again and again.
pub(super) fn watch(args: &Watch, global: &Global) -> Outcome {
    let given = &args.registry;
    let usage = |said: String| Err(Failure::new(Code::Usage, said));
    let Some(registry) = given.registry else {
        return usage("expected --bundle or --registry".into());
    };
    if args.every.is_some() && args.query.number().is_some() {
        return usage("--every: expected without --block, as one block says the same again".into());
    }
    let (facilities, files) = (given.facilities.len(), given.terms.len());
    if files != 0 && files != facilities {
        return usage(format!(
            "--terms: expected one file for each of the {facilities} facilities, got {files}"
        ));
    }
    let agreed: Result<Vec<_>, _> = given.terms.iter().map(|path| terms::read(path)).collect();
    let mut agreed = agreed?.into_iter();
    let follow = |id: &u128| Followed::new(*id, agreed.next(), given.from_block);
    let mut followed: Vec<Followed> = given.facilities.iter().map(follow).collect();
    let chain = Chain::of(args.query.one()?, &registry);
    let lines = args.every.is_some() || facilities > 1;
    let (mut worst, mut turn, mut last) = (None, 0, None);
    loop {
        turn += 1;
        let seen = look::all(&chain, &mut followed, args.query.number(), &mut last);
        match seen {
            Ok(mut seen) if !lines && seen.len() == 1 => {
                return seen
                    .pop()
                    .map_or_else(|| usage("expected a facility".into()), Seen::report);
            }
            Err(failure) if !lines => return Err(failure),
            Ok(seen) => {
                for one in seen {
                    worst = worst.max(Some(tell(one, global)?));
                }
            }
            Err(failure) => worst = worst.max(Some(untold(failure, global)?)),
        }
        match args.every {
            Some(every) if args.times.is_none_or(|times| turn < times) => {
                std::thread::sleep(Duration::from_secs(every));
            }
            _ => return Ok(Report::told(worst.unwrap_or(Exit::Unknown))),
        }
    }
}

/// A line for a facility, at once.
fn tell(seen: Seen, global: &Global) -> Result<Exit, Failure> {
    let exit = seen.exit();
    let line = match global.json {
        true => seen.json()?,
        false => seen.line(),
    };
    let told = global.quiet || say(&line);
    Ok(if told { exit } else { Exit::Unknown })
}

/// A line that says why nothing could be told.
fn untold(failure: Failure, global: &Global) -> Result<Exit, Failure> {
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
