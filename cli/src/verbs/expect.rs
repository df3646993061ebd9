//! `covenant expect`: a relying party writes down what it expects.

use crate::Outcome;
use crate::claim;
use crate::expect;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::text::{percent, ratio};
use clap::{Args, Subcommand};
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::SubjectId;
use covenant_circuits::numbers::Ratio;
use covenant_verifier::expect::{TemplateParts, template};
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum ExpectVerb {
    /// Write a commented file of expectations to start from
    Init(Init),
    /// Check a file of expectations
    Check(Check),
}

/// Write a commented file of expectations to start from. It trusts nobody yet.
#[derive(Args, Debug)]
pub(crate) struct Init {
    /// The policy that was agreed on
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// Who must be covered
    #[arg(long, value_name = "ID")]
    subject: String,
    /// The smallest ratio [default: the policy's]
    #[arg(long, value_parser = ratio)]
    ratio: Option<Ratio>,
    /// What the proof must be bound to, such as a nonce you give the subject
    #[arg(long, value_name = "TEXT", default_value = "")]
    context: String,
    /// The file to write; never replaces one
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Check a file of expectations.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The file, TOML or JSON
    file: PathBuf,
}

impl ExpectVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Init(verb) => verb.run(),
            Self::Check(verb) => {
                let expected = expect::read(&verb.file)?;
                let attesters: Vec<String> =
                    expected.attesters.iter().map(ToString::to_string).collect();
                Ok(Report::done(
                    format!(
                        "valid: policy {}, at least {}, {} attesters",
                        to_hex(&expected.policy),
                        percent(expected.min_ratio.bps()),
                        attesters.len()
                    ),
                    json!({
                        "valid": true,
                        "policy": to_hex(&expected.policy),
                        "min_ratio_bps": expected.min_ratio.bps(),
                        "attesters": attesters,
                    }),
                ))
            }
        }
    }
}

impl Init {
    fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        SubjectId::of(&self.subject).map_err(|e| Failure::unknown(format!("--subject: {e}")))?;
        let text = template(&TemplateParts {
            policy: policy.digest(),
            policy_name: &policy.document().name,
            quote: &policy.document().quote,
            subject: &self.subject,
            min_ratio: self.ratio.unwrap_or(policy.min_ratio()),
            context: &self.context,
        });
        // Somebody's decisions are not to be overwritten.
        if self.out.symlink_metadata().is_ok() {
            return Err(Failure::in_file(&self.out, "expected no such file yet"));
        }
        files::write(&self.out, &text)?;
        Ok(Report::done(
            format!(
                "written to {}; name the attesters and price signers you trust in it",
                self.out.display()
            ),
            json!({ "out": self.out.display().to_string(), "policy": to_hex(&policy.digest()) }),
        ))
    }
}
