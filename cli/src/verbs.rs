//! The command line: one module per verb.

mod account;
mod completions;
mod demo;
mod expect;
mod export;
mod inspect;
mod keys;
mod ledger;
mod policy;
mod prices;
mod prove;
mod prove_all;
mod shapes;
mod simulate;
mod srs;
mod verify;

use crate::Outcome;
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Prove that private collateral covers a debt, and verify such proofs.
///
/// An institution commits to its accounts, proves in zero knowledge that they cover its
/// debt under a public policy, and hands out one file. Whoever holds that file and their own
/// expectations verifies it; no holding is revealed.
///
/// Exit codes: 0 proved or done, 1 not proved or false, 2 could not tell.
#[derive(Parser, Debug)]
#[command(name = "covenant", version, max_term_width = 100)]
pub(crate) struct Cli {
    #[command(flatten)]
    pub(crate) global: Global,
    #[command(subcommand)]
    verb: Verb,
}

/// Options of every verb.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true)]
    pub(crate) json: bool,
    /// Where keys and imported SRSs are kept [default: the user's cache directory]
    #[arg(long, global = true, value_name = "DIR", env = "COVENANT_CACHE_DIR")]
    pub(crate) cache_dir: Option<PathBuf>,
}

#[derive(Subcommand, Debug)]
enum Verb {
    /// The whole story on an example: commit, simulate, prove, verify, reject forgeries
    Demo(demo::Demo),
    /// Commit to an account, check, sign and find it in a proof
    #[command(subcommand)]
    Account(account::Account),
    /// Check, digest, explain and compare policies
    #[command(subcommand)]
    Policy(policy::PolicyVerb),
    /// Build and sign a prices file
    #[command(subcommand)]
    Prices(prices::PricesVerb),
    /// What could be proved now, and how much room there is; makes no proof
    Simulate(simulate::Simulate),
    /// Prove that the accounts cover the debt
    Prove(prove::Prove),
    /// Prove many claims in one process
    ProveAll(prove_all::ProveAll),
    /// Write down what you expect of a proof
    #[command(subcommand)]
    Expect(expect::ExpectVerb),
    /// Verify a bundle against your own expectations
    Verify(verify::Verify),
    /// Show everything public in a bundle, without verifying it
    Inspect(inspect::Inspect),
    /// Commitments that are pledged, so that none backs two debts
    #[command(subcommand)]
    Ledger(ledger::LedgerVerb),
    /// Contracts and calldata, to verify on chain
    #[command(subcommand)]
    Export(export::ExportVerb),
    /// Keys for those who sign
    #[command(subcommand)]
    Keys(keys::KeysVerb),
    /// List, check and import structured reference strings (ceremonies)
    #[command(subcommand)]
    Srs(srs::SrsVerb),
    /// The standard circuits and their sizes
    Shapes(shapes::Shapes),
    /// Print a completion script for a shell
    Completions(completions::Completions),
}

pub(crate) fn run(cli: Cli) -> Outcome {
    let global = &cli.global;
    match cli.verb {
        Verb::Demo(verb) => verb.run(global),
        Verb::Account(verb) => verb.run(global),
        Verb::Policy(verb) => verb.run(),
        Verb::Prices(verb) => verb.run(),
        Verb::Simulate(verb) => verb.run(),
        Verb::Prove(verb) => verb.run(global),
        Verb::ProveAll(verb) => verb.run(global),
        Verb::Expect(verb) => verb.run(),
        Verb::Ledger(verb) => verb.run(),
        Verb::Export(verb) => verb.run(global),
        Verb::Keys(verb) => verb.run(),
        Verb::Verify(verb) => verb.run(global),
        Verb::Inspect(verb) => verb.run(),
        Verb::Srs(verb) => verb.run(global),
        Verb::Shapes(verb) => verb.run(),
        Verb::Completions(verb) => verb.run(),
    }
}
