//! `covenant schema`: what every verb prints for `--json`, as JSON Schema.

use super::{
    account, completions, demo, disclose, evidence, expect, export, inspect, keys, ledger, open,
    opinion, policy, prices, prove, prove_all, report, represent, rollup, shapes, simulate, srs,
    verify, watch,
};
use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Failure, FailureOutput, Report};
use crate::positions::Mapping;
use clap::Args;
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema};
use serde::Serialize;

/// Print the JSON Schema of what a verb prints for --json.
///
/// With `error`, that of a failure, which is the same for every verb; with `mapping`, that of the
/// files for --mapping. Without a verb, the verbs.
#[derive(Args, Debug)]
pub(crate) struct SchemaVerb {
    /// The verb, such as prove or account commit; or error, or mapping
    #[arg(value_name = "VERB")]
    verb: Vec<String>,
}

/// A schema, or the names of all.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum SchemaOutput {
    /// Without a verb.
    Names {
        /// Every verb, `error` and `mapping`.
        schemas: Vec<String>,
    },
    /// The schema of a verb.
    Schema(Schema),
}

/// A verb and how to make its schema.
type Entry = (&'static str, fn(&str) -> Schema);

/// The schema of each verb's output, and of a failure.
const SCHEMAS: &[Entry] = &[
    ("account check", of::<account::CheckOutput>),
    ("account commit", of::<account::CommitOutput>),
    ("account included", of::<account::IncludedOutput>),
    ("account presets", of::<account::PresetsOutput>),
    ("account read", of::<account::ReadOutput>),
    ("account revoke", of::<account::RevokeOutput>),
    ("account sign", of::<account::SignOutput>),
    ("account undertake", of::<account::UndertakeOutput>),
    ("completions", of::<completions::CompletionsOutput>),
    ("demo", of::<demo::DemoOutput>),
    ("disclose", of::<disclose::DiscloseOutput>),
    ("error", of::<FailureOutput>),
    ("evidence check", of::<evidence::CheckOutput>),
    ("evidence pack", of::<evidence::PackOutput>),
    ("expect check", of::<expect::CheckOutput>),
    ("expect init", of::<expect::InitOutput>),
    ("export artifacts", of::<export::ContractsOutput>),
    ("export calldata", of::<export::CalldataOutput>),
    ("export check", of::<export::CheckOutput>),
    ("export context", of::<export::ContextOutput>),
    ("export solidity", of::<export::ContractsOutput>),
    ("export terms", of::<export::TermsOutput>),
    ("inspect", of::<inspect::InspectOutput>),
    ("keys address", of::<keys::AddressOutput>),
    ("keys age", of::<keys::AgeOutput>),
    ("keys new", of::<keys::NewOutput>),
    ("keys salt", of::<keys::SaltOutput>),
    ("ledger add", of::<ledger::AddOutput>),
    ("ledger list", of::<ledger::ListOutput>),
    ("ledger release", of::<ledger::ReleaseOutput>),
    ("mapping", of_mapping),
    ("open", of::<open::OpenOutput>),
    ("opinion", of::<opinion::OpinionOutput>),
    ("policy check", of::<policy::CheckOutput>),
    ("policy diff", of::<policy::DiffOutput>),
    ("policy digest", of::<policy::Summary>),
    ("policy explain", of::<policy::ExplainOutput>),
    ("policy import", of::<policy::ImportOutput>),
    ("policy init", of::<policy::InitOutput>),
    ("prices build", of::<prices::BuildOutput>),
    ("prices sign", of::<prices::SignOutput>),
    ("prove", of::<prove::ProveOutput>),
    ("prove-all", of::<prove_all::ProveAllOutput>),
    ("report", of::<report::ReportOutput>),
    ("represent", of::<represent::RepresentOutput>),
    ("rollup branch", of::<rollup::BranchOutput>),
    ("rollup build", of::<rollup::BuildOutput>),
    ("rollup plan", of::<rollup::PlanOutput>),
    ("rollup verify", of::<rollup::VerifyOutput>),
    ("schema", of::<SchemaOutput>),
    ("shapes", of::<shapes::ShapesOutput>),
    ("simulate", of::<simulate::SimulateOutput>),
    ("srs check", of::<srs::SrsOutput>),
    ("srs import", of::<srs::SrsOutput>),
    ("srs list", of::<srs::ListOutput>),
    ("verify", of::<verify::VerifyOutput>),
    ("watch", of::<watch::WatchOutput>),
];

/// The schema of a type, for JSON that is written.
fn of<T: JsonSchema>(verb: &str) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_serialize();
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    let title = match verb {
        "error" => "What every verb prints for --json where it fails".to_owned(),
        _ => format!("covenant {verb} --json"),
    };
    schema.insert("title".into(), title.into());
    schema
}

/// The schema of a mapping, which is TOML that is read.
fn of_mapping(_: &str) -> Schema {
    let settings = SchemaSettings::draft2020_12().for_deserialize();
    let mut schema = settings.into_generator().into_root_schema_for::<Mapping>();
    let title = "A mapping, as TOML: how covenant account commit reads an export";
    schema.insert("title".into(), title.into());
    schema
}

impl SchemaVerb {
    pub(crate) fn run(self) -> Outcome {
        let names = || SCHEMAS.iter().map(|(name, _)| *name);
        let verb = self.verb.join(" ");
        if verb.is_empty() {
            let schemas: Vec<String> = names().map(Into::into).collect();
            return Report::done(schemas.join("\n"), &SchemaOutput::Names { schemas });
        }
        let Some((_, of)) = SCHEMAS.iter().find(|(name, _)| *name == verb) else {
            return Err(Failure::new(
                Code::Usage,
                format!(
                    "VERB: expected one of {}, got {verb:?}",
                    names().collect::<Vec<_>>().join(", ")
                ),
            ));
        };
        let schema = of(&verb);
        let text =
            serde_json::to_string_pretty(&schema).map_err(|e| Failure::new(Code::Internal, e))?;
        Report::done(text, &SchemaOutput::Schema(schema))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verbs::Cli;
    use clap::CommandFactory;

    /// The verbs that do something, with those that they are under.
    fn leaves(command: &clap::Command, above: &str, found: &mut Vec<String>) {
        for verb in command.get_subcommands() {
            let name = format!("{above}{}", verb.get_name());
            if verb.has_subcommands() {
                leaves(verb, &format!("{name} "), found);
            } else {
                found.push(name);
            }
        }
    }

    #[test]
    fn every_verb_has_a_schema() {
        let mut expected = vec!["error".to_owned(), "mapping".to_owned()];
        leaves(&Cli::command(), "", &mut expected);
        expected.sort();
        let found: Vec<&str> = SCHEMAS.iter().map(|(name, _)| *name).collect();
        assert_eq!(found, expected);
    }
}
