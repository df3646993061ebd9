//! `covenant policy`: begin, import, check, digest, explain and compare policies.

mod draft;
mod import;
mod init;
mod node;

pub(crate) use import::ImportOutput;
pub(crate) use init::InitOutput;

use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::explain::check as checked;
use crate::explain::policy as explain;
use crate::outcome::{Exit, Report};
use clap::{Args, Subcommand};
use covenant_circuits::field::to_hex;
use covenant_circuits::policy::{self, Policy};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum PolicyVerb {
    /// Check every rule of a policy document, and what nobody should agree to
    Check(File),
    /// Print the digest by which proofs and contracts know a policy
    Digest(File),
    /// Say in words what each asset counts for
    Explain(File),
    /// Say in words what a change does to each asset
    Diff(Diff),
    Init(init::Init),
    Import(import::Import),
}

#[derive(Args, Debug)]
pub(crate) struct File {
    /// The policy document, JSON or TOML
    file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The policy before
    before: PathBuf,
    /// The policy after
    after: PathBuf,
}

/// A policy at a glance.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Summary {
    /// By which proofs and contracts know it, 0x-hex.
    digest: String,
    /// The hash of its names, which the digest covers, 0x-hex.
    terms: String,
    /// For people.
    name: String,
    /// The currency that values are in.
    quote: String,
    /// How many assets it has.
    assets: usize,
    /// How many scenarios it has, with the base.
    scenarios: usize,
    /// The smallest base ratio.
    min_ratio_bps: u32,
}

/// A policy that is well formed, and whether to agree to it.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckOutput {
    /// Whether nothing is refused; `false` with exit code 1.
    valid: bool,
    /// `policy_refused` where it is not valid.
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Code>,
    /// What it is refused for.
    refusals: Vec<String>,
    /// What is probably a slip.
    warnings: Vec<String>,
    /// Whether every collateral position must be listed.
    complete: bool,
    /// By asset, the largest price of a whole unit that a statement can express, in quote units.
    largest_prices: BTreeMap<String, String>,
    /// The smallest standard shape that it fits; null if it fits none.
    smallest_shape: Option<String>,
    #[serde(flatten)]
    summary: Summary,
}

/// A policy in words.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ExplainOutput {
    /// The policy's digest, 0x-hex.
    digest: String,
    /// A line each.
    text: Vec<String>,
}

/// What a change of policy does.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DiffOutput {
    /// Whether nothing changes.
    same: bool,
    /// The digest before, 0x-hex.
    before: String,
    /// The digest after, 0x-hex.
    after: String,
    /// What changes.
    changes: Vec<ChangeOutput>,
}

/// One change.
#[derive(Serialize, JsonSchema)]
struct ChangeOutput {
    /// The asset, group or scenario, or `policy`.
    subject: String,
    /// In words.
    change: String,
}

impl PolicyVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Init(verb) => verb.run(),
            Self::Import(verb) => verb.run(),
            Self::Check(file) => check(&file),
            Self::Digest(file) => {
                let policy = claim::policy(&file.file)?;
                Report::done(to_hex(&policy.digest()), &summary(&policy))
            }
            Self::Explain(file) => {
                let policy = claim::policy(&file.file)?;
                let lines = explain::explain(&policy);
                let text = lines.join("\n");
                let digest = to_hex(&policy.digest());
                Report::done(
                    text,
                    &ExplainOutput {
                        digest,
                        text: lines,
                    },
                )
            }
            Self::Diff(files) => {
                let (before, after) = (claim::policy(&files.before)?, claim::policy(&files.after)?);
                let changes = explain::diff(&before, &after);
                let text = if changes.is_empty() {
                    "no difference".into()
                } else {
                    let line = |c: &explain::Change| format!("{}: {}", c.subject, c.text);
                    changes.iter().map(line).collect::<Vec<_>>().join("\n")
                };
                let change = |c: explain::Change| ChangeOutput {
                    subject: c.subject,
                    change: c.text,
                };
                let output = DiffOutput {
                    same: changes.is_empty(),
                    before: to_hex(&before.digest()),
                    after: to_hex(&after.digest()),
                    changes: changes.into_iter().map(change).collect(),
                };
                Report::done(text, &output)
            }
        }
    }
}

fn check(file: &File) -> Outcome {
    let policy = claim::policy(&file.file)?;
    let (refusals, warnings) = match policy::check::check(&policy) {
        Ok(warnings) => (Vec::new(), warnings),
        Err(refusals) => (refusals, Vec::new()),
    };
    let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
    let warnings: Vec<String> = warnings.iter().map(checked::warning).collect();
    let valid = refusals.is_empty();
    let shape = explain::smallest_shape(&policy);
    let mut text = format!(
        "{}: {:?}, {} assets, {} groups, {} scenarios beside the base; {}\ndigest {}",
        if valid { "valid" } else { "REFUSED" },
        policy.document().name,
        policy.assets().len(),
        policy.document().groups().len(),
        policy.scenarios() - 1,
        match &shape {
            Some(shape) => format!("fits the shape {shape} and larger ones"),
            None => "fits no standard shape".into(),
        },
        to_hex(&policy.digest()),
    );
    for refusal in &refusals {
        text.push_str(&format!("\nrefused: {refusal}"));
    }
    for warning in &warnings {
        text.push_str(&format!("\nwarning: {warning}"));
    }
    let largest = checked::largest_prices(&policy);
    text.push_str("\nlargest price of a whole unit");
    for (asset, price) in &largest {
        text.push_str(&format!("\n  {price}  {asset}"));
    }
    let code = (!valid).then_some(Code::PolicyRefused);
    let output = CheckOutput {
        valid,
        code,
        refusals,
        warnings,
        complete: policy.complete(),
        largest_prices: largest.into_iter().collect(),
        smallest_shape: shape.map(|s| s.to_string()),
        summary: summary(&policy),
    };
    Report::new(code.map_or(Exit::Done, Code::exit), text, &output)
}

fn summary(policy: &Policy) -> Summary {
    Summary {
        digest: to_hex(&policy.digest()),
        terms: to_hex(&policy.terms()),
        name: policy.document().name.clone(),
        quote: policy.document().quote.clone(),
        assets: policy.assets().len(),
        scenarios: policy.scenarios(),
        min_ratio_bps: policy.min_ratio().bps(),
    }
}
