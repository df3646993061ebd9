//! `covenant expect`: a relying party writes down what it expects.

use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::expect;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::text::{percent, ratio};
use clap::{Args, Subcommand};
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::SubjectId;
use covenant_circuits::numbers::Ratio;
use covenant_circuits::policy::check::check;
use covenant_verifier::expect::{TemplateParts, template};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum ExpectVerb {
    Init(Init),
    Check(Check),
}

/// What `--help` ends with.
const INIT_HELP: &str = r#"Units: a ratio is in percent (125%) or basis points (12500bps). The file says its units itself.

Example:
  covenant expect init --policy policy.json --subject lei:529900T8BM49AURSDO55 \
    --context "nonce 17" --out expect.toml"#;

/// Write a commented file of expectations to start from. It trusts nobody yet.
#[derive(Args, Debug)]
#[command(after_help = INIT_HELP)]
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

/// What was written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct InitOutput {
    /// The file.
    out: String,
    /// The policy's digest, 0x-hex.
    policy: String,
}

/// What is expected.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckOutput {
    /// `true`.
    valid: bool,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// The smallest ratio.
    min_ratio_bps: u32,
    /// Name and keys of each accepted attester.
    attesters: Vec<String>,
}

impl ExpectVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Init(verb) => verb.run(),
            Self::Check(verb) => {
                let expected = expect::read(&verb.file)?;
                let attesters: Vec<String> =
                    expected.attesters.iter().map(ToString::to_string).collect();
                Report::done(
                    format!(
                        "valid: policy {}, at least {}, {} attesters",
                        to_hex(&expected.policy),
                        percent(expected.min_ratio.bps()),
                        attesters.len()
                    ),
                    &CheckOutput {
                        valid: true,
                        policy: to_hex(&expected.policy),
                        min_ratio_bps: expected.min_ratio.bps(),
                        attesters,
                    },
                )
            }
        }
    }
}

impl Init {
    fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        // What verification refuses is not agreed to either.
        check(&policy).map_err(|refusals| {
            let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            Failure::in_file(&self.policy, Code::PolicyRefused, refusals.join("; "))
        })?;
        SubjectId::of(&self.subject)
            .map_err(|e| Failure::new(Code::Usage, format!("--subject: {e}")))?;
        let text = template(&TemplateParts {
            policy: policy.digest(),
            policy_name: &policy.document().name,
            quote: &policy.document().quote,
            subject: &self.subject,
            min_ratio: self.ratio.unwrap_or(policy.min_ratio()),
            context: &self.context,
        });
        // Somebody's decisions are not to be overwritten.
        files::write(&self.out, &text, files::Kind::New)?;
        Report::done(
            format!(
                "written to {}; name the attesters and price signers you trust in it",
                self.out.display()
            ),
            &InitOutput {
                out: self.out.display().to_string(),
                policy: to_hex(&policy.digest()),
            },
        )
    }
}
