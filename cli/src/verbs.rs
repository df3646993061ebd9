//! The command line: one module per verb.

mod account;
mod completions;
mod demo;
mod disclose;
mod evidence;
mod expect;
mod export;
mod inspect;
mod keys;
mod ledger;
mod open;
mod opinion;
mod policy;
mod prices;
mod prove;
mod prove_all;
mod report;
mod represent;
mod rollup;
mod schema;
mod shapes;
mod simulate;
mod srs;
mod verify;
mod watch;

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

/// The heading of options that every verb has.
const EVERY_VERB: &str = "Options of every verb";

/// Options of every verb.
#[derive(Args, Debug)]
pub(crate) struct Global {
    /// Print one JSON object on stdout and nothing else
    #[arg(long, global = true, help_heading = EVERY_VERB)]
    pub(crate) json: bool,
    /// Print errors and nothing else
    #[arg(short, long, global = true, help_heading = EVERY_VERB, conflicts_with = "json")]
    pub(crate) quiet: bool,
    /// Where keys and imported SRSs are kept [default: the user's cache directory]
    #[arg(
        long,
        global = true,
        help_heading = EVERY_VERB,
        value_name = "DIR",
        env = "COVENANT_CACHE_DIR",
        hide_env_values = true
    )]
    pub(crate) cache_dir: Option<PathBuf>,
}

impl Cli {
    /// Whether the verb needs more memory than a machine may have.
    pub(crate) fn needs_memory(&self) -> bool {
        match &self.verb {
            Verb::Rollup(verb) => verb.needs_memory(),
            verb => matches!(
                verb,
                Verb::Demo(_)
                    | Verb::Simulate(_)
                    | Verb::Prove(_)
                    | Verb::ProveAll(_)
                    | Verb::Srs(_)
            ),
        }
    }
}

impl Global {
    /// Whether people read along: neither a program nor nobody.
    pub(crate) fn tells(&self) -> bool {
        !self.json && !self.quiet
    }
}

/// A verb with a description here has verbs under it; what the others do, their own types say.
#[derive(Subcommand, Debug)]
enum Verb {
    Demo(demo::Demo),
    /// Commit to an account, check, sign and find it in a proof
    #[command(subcommand)]
    Account(account::Account),
    /// Begin, import, check, digest, explain and compare policies
    #[command(subcommand)]
    Policy(policy::PolicyVerb),
    /// Build and sign a prices file
    #[command(subcommand)]
    Prices(prices::PricesVerb),
    Simulate(simulate::Simulate),
    Prove(prove::Prove),
    ProveAll(prove_all::ProveAll),
    Represent(represent::Represent),
    /// Merge many accounts into one by a tree of proofs, and verify it
    #[command(subcommand)]
    Rollup(rollup::RollupVerb),
    /// Write down what you expect of a proof
    #[command(subcommand)]
    Expect(expect::ExpectVerb),
    Verify(verify::Verify),
    #[command(name = "report")]
    Report(report::ReportVerb),
    Watch(watch::Watch),
    Inspect(inspect::Inspect),
    /// Commitments that are pledged, so that none backs two debts
    #[command(subcommand)]
    Ledger(ledger::LedgerVerb),
    Disclose(disclose::Disclose),
    Open(open::Open),
    Opinion(opinion::Opinion),
    /// Keep a bundle, an opinion and documents in one file that verifies years later
    #[command(subcommand)]
    Evidence(evidence::EvidenceVerb),
    /// Contracts and calldata, to verify on chain
    #[command(subcommand)]
    Export(export::ExportVerb),
    /// Keys for those who sign, and for those who are disclosed to
    #[command(subcommand)]
    Keys(keys::KeysVerb),
    /// List, check and import structured reference strings (ceremonies)
    #[command(subcommand)]
    Srs(srs::SrsVerb),
    Shapes(shapes::Shapes),
    Schema(schema::SchemaVerb),
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
        Verb::Represent(verb) => verb.run(),
        Verb::Rollup(verb) => verb.run(global),
        Verb::Expect(verb) => verb.run(),
        Verb::Ledger(verb) => verb.run(),
        Verb::Disclose(verb) => verb.run(),
        Verb::Open(verb) => verb.run(),
        Verb::Opinion(verb) => verb.run(),
        Verb::Evidence(verb) => verb.run(global),
        Verb::Export(verb) => verb.run(global),
        Verb::Keys(verb) => verb.run(),
        Verb::Verify(verb) => verb.run(global),
        Verb::Report(verb) => verb.run(global),
        Verb::Watch(verb) => verb.run(global),
        Verb::Inspect(verb) => verb.run(),
        Verb::Srs(verb) => verb.run(global),
        Verb::Shapes(verb) => verb.run(),
        Verb::Schema(verb) => verb.run(),
        Verb::Completions(verb) => verb.run(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    /// The examples at the end of a command's help, and of those under it: words of each.
    fn examples(command: &clap::Command, found: &mut Vec<Vec<String>>) {
        let help = command.get_after_help().map(ToString::to_string);
        let help = help.unwrap_or_default().replace("\\\n", " ");
        for line in help.lines() {
            if let Some(line) = line.strip_prefix("  covenant ") {
                let quoted = line.split('"').enumerate();
                let words = quoted.flat_map(|(i, part)| match i % 2 {
                    0 => part.split_whitespace().map(ToOwned::to_owned).collect(),
                    _ => vec![part.to_owned()],
                });
                found.push(words.collect());
            }
        }
        for verb in command.get_subcommands() {
            examples(verb, found);
        }
    }

    #[test]
    fn the_examples_of_the_helps_are_understood() {
        let mut found = Vec::new();
        examples(&Cli::command(), &mut found);
        assert!(found.len() >= 9, "{found:?}");
        for words in found {
            let line = [vec!["covenant".to_owned()], words].concat();
            let parsed = Cli::try_parse_from(&line);
            assert!(parsed.is_ok(), "{line:?}: {:?}", parsed.err());
        }
    }

    #[test]
    fn clap_finds_no_fault() {
        Cli::command().debug_assert();
    }
}
