//! `covenant`: commit to accounts, simulate, prove, verify. One file per verb in
//! `verbs`; a verb returns a report or a failure and prints nothing itself, except for `demo`,
//! which tells its story as it goes.
//!
//! The command is this library's only user besides its tests: what others build on are the crates
//! that it is made of.

mod claim;
mod codes;
mod contracts;
mod evidence;
mod expect;
mod explain;
mod files;
mod formats;
mod guard;
mod keys;
mod later;
mod ledger;
mod malformed;
mod numbers;
mod outcome;
mod positions;
mod progress;
mod quotes;
mod rpc;
mod signer;
mod slips;
mod table;
mod text;
mod verbs;
mod wordings;

use clap::Parser;
use codes::Code;
use outcome::{Exit, Failure, Report};
use std::process::ExitCode;

/// The command: reads its arguments, runs the verb, prints what it says.
pub fn main() -> ExitCode {
    // A panic is a bug. Its message could quote a secret, so only its place is shown.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string);
        outcome::complain(&format!(
            "internal error at {}; please report it",
            place.unwrap_or_default()
        ));
    }));
    let wants_json = std::env::args_os().any(|a| a == "--json");
    let cli = match verbs::Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => return usage(&e, wants_json),
    };
    let (json, quiet) = (cli.global.json, cli.global.quiet);
    if cli.needs_memory()
        && let Some(exit) = guard::run(json)
    {
        return exit;
    }
    let outcome = std::panic::catch_unwind(|| verbs::run(cli)).unwrap_or_else(|_| {
        Err(Failure::new(
            Code::Internal,
            "internal error; please report it",
        ))
    });
    match outcome {
        Ok(report) if quiet => report.exit,
        Ok(report) => report.print(json),
        Err(failure) => failure.print(json),
    }
    .into()
}

/// Runs a verb in this process, with the arguments after the command's name: the exit code, and
/// the JSON object that `--json` prints, or what is wrong with the arguments. For the fuzz targets,
/// which try a verb's readers thousands of times.
#[doc(hidden)]
pub fn run<'a>(arguments: impl IntoIterator<Item = &'a str>) -> (u8, String) {
    let name = std::iter::once("covenant");
    let cli = match verbs::Cli::try_parse_from(name.chain(arguments)) {
        Ok(cli) => cli,
        Err(e) => return (Exit::Unknown as u8, e.to_string()),
    };
    match verbs::run(cli) {
        Ok(report) => (report.exit as u8, report.json.to_string()),
        Err(failure) => {
            let output = failure.into_output();
            let object = serde_json::to_string(&output).unwrap_or_default();
            (output.exit, object)
        }
    }
}

/// Help and version go to stdout; anything else is a failure of usage.
fn usage(error: &clap::Error, json: bool) -> ExitCode {
    if !error.use_stderr() {
        let _ = error.print();
        return Exit::Done.into();
    }
    if json {
        return Failure::new(Code::Usage, error.render().to_string().trim_end())
            .print(true)
            .into();
    }
    let _ = error.print();
    Exit::Unknown.into()
}

/// What every verb returns.
type Outcome = Result<Report, Failure>;
