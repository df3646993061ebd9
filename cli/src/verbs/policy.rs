//! `covenant policy`: check, digest, explain and compare policies.

use crate::Outcome;
use crate::claim;
use crate::explain::policy as explain;
use crate::outcome::Report;
use clap::{Args, Subcommand};
use covenant_circuits::field::to_hex;
use covenant_circuits::policy::Policy;
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum PolicyVerb {
    /// Check every rule of a policy document
    Check(File),
    /// Print the digest by which proofs and contracts know a policy
    Digest(File),
    /// Say in words what each asset counts for
    Explain(File),
    /// Say in words what a change does to each asset
    Diff(Diff),
}

#[derive(Args, Debug)]
pub(crate) struct File {
    /// The policy document, JSON
    file: PathBuf,
}

#[derive(Args, Debug)]
pub(crate) struct Diff {
    /// The policy before
    before: PathBuf,
    /// The policy after
    after: PathBuf,
}

impl PolicyVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Check(file) => {
                let policy = claim::policy(&file.file)?;
                let shape = explain::smallest_shape(&policy);
                let text = format!(
                    "valid: {:?}, {} assets, {} groups, {} scenarios beside the base; {}\ndigest {}",
                    policy.document().name,
                    policy.assets().len(),
                    policy.document().groups.len(),
                    policy.scenarios() - 1,
                    match &shape {
                        Some(shape) => format!("fits the shape {shape} and larger ones"),
                        None => "fits no standard shape".into(),
                    },
                    to_hex(&policy.digest()),
                );
                let mut json = summary(&policy);
                if let Some(object) = json.as_object_mut() {
                    object.insert("valid".into(), true.into());
                    object.insert("smallest_shape".into(), json!(shape.map(|s| s.to_string())));
                }
                Ok(Report::done(text, json))
            }
            Self::Digest(file) => {
                let policy = claim::policy(&file.file)?;
                Ok(Report::done(to_hex(&policy.digest()), summary(&policy)))
            }
            Self::Explain(file) => {
                let policy = claim::policy(&file.file)?;
                let lines = explain::explain(&policy);
                let json = json!({ "digest": to_hex(&policy.digest()), "text": lines });
                Ok(Report::done(lines.join("\n"), json))
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
                let changes: Vec<_> = changes
                    .iter()
                    .map(|c| json!({ "subject": c.subject, "change": c.text }))
                    .collect();
                let json = json!({
                    "same": changes.is_empty(),
                    "before": to_hex(&before.digest()),
                    "after": to_hex(&after.digest()),
                    "changes": changes,
                });
                Ok(Report::done(text, json))
            }
        }
    }
}

fn summary(policy: &Policy) -> serde_json::Value {
    json!({
        "digest": to_hex(&policy.digest()),
        "terms": to_hex(&policy.terms()),
        "name": policy.document().name,
        "quote": policy.document().quote,
        "assets": policy.assets().len(),
        "scenarios": policy.scenarios(),
        "min_ratio_bps": policy.min_ratio().bps(),
    })
}
