//! `covenant`: commit to accounts, simulate, prove, verify. One file per verb in
//! [`verbs`]; a verb returns a [`Report`] or a [`Failure`] and prints nothing itself,
//! except for `demo`, which tells its story as it goes.

mod claim;
mod codes;
mod expect;
mod explain;
mod files;
mod formats;
mod keys;
mod ledger;
mod malformed;
mod numbers;
mod outcome;
mod positions;
mod progress;
mod quotes;
mod signer;
mod slips;
mod table;
mod text;
mod verbs;

use clap::Parser;
use codes::Code;
use outcome::{Exit, Failure, Report};
use std::process::ExitCode;

fn main() -> ExitCode {
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
