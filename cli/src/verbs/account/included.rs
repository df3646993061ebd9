//! `covenant account included`: whether one's own account is counted in a proof.

use crate::Outcome;
use crate::claim;
use crate::codes::{Code, Coded};
use crate::files;
use crate::formats;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::text;
use crate::verbs::Global;
use clap::Args;
use covenant_circuits::account::Kind;
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::verify::verify_statement;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// Check that your account is counted in a proof.
///
/// For a creditor or custodian that knows an account's opening: that the bundle's proof
/// holds, and that it counts exactly this account, with its kind, subject and time. The
/// policy, prices and other expectations are for `covenant verify` to check.
#[derive(Args, Debug)]
pub(crate) struct Included {
    /// The account's opening (secret)
    opening: PathBuf,
    /// The bundle
    bundle: PathBuf,
}

impl Included {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let opening = claim::opening(&self.opening)?;
        let text = files::read(&self.bundle, bundle::MAX_BYTES as u64)?;
        let path = self.bundle.display();
        let bundle = match Bundle::from_json(&text) {
            Ok(bundle) => bundle,
            Err(e) => return no(Code::BundleMalformed, format!("{path}: {e}")),
        };
        let commitment = opening.commitment();
        let statement = bundle.statement();
        let found = bundle
            .accounts()
            .iter()
            .find(|a| a.commitment == commitment);
        let Some(account) = found else {
            return no(
                Code::NotIncluded,
                format!("{path} does not count the account with the commitment {commitment}"),
            );
        };
        if account.kind != opening.kind() {
            return no(
                Code::KindMismatch,
                format!(
                    "{path} calls the account {}, its opening says {}",
                    account.kind,
                    opening.kind()
                ),
            );
        }
        let key = keys::verifying(&bundle, &keys::cache_dir(global.cache_dir.as_deref())?)?;
        if key.id() != bundle.circuit() {
            return Err(Failure::in_file(
                &self.bundle,
                Code::CircuitUnknown,
                format!(
                    "expected the circuit {}, got {}",
                    key.id(),
                    bundle.circuit()
                ),
            ));
        }
        if let Err(e) = verify_statement(statement, bundle.proof(), &key) {
            return no(e.code(), format!("{path}: {e}"));
        }
        // The commitment fixes kind, subject and time; the proof, that kind and subject are those
        // of the statement and the time is in its window (S1).
        let kind = opening.kind();
        let text = format!(
            "INCLUDED\nthe account is counted as {kind} of {} as of {}, with every position in its opening{}",
            opening.subject(),
            text::date(opening.as_of()),
            if kind == Kind::Collateral {
                " (the prover may count less of it, never more)"
            } else {
                ""
            }
        );
        Report::done(
            text,
            &IncludedOutput::Included {
                included: true,
                commitment: commitment.to_string(),
                kind,
                subject: opening.subject().into(),
                as_of: opening.as_of(),
                circuit: bundle.circuit().into(),
            },
        )
    }
}

/// Whether the account is counted.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum IncludedOutput {
    /// Exit code 0.
    Included {
        /// `true`.
        included: bool,
        /// The account's commitment, 0x-hex.
        commitment: String,
        /// As which kind it is counted.
        #[schemars(with = "formats::Kind")]
        kind: Kind,
        /// Whose account it is.
        subject: String,
        /// Unix seconds.
        as_of: u64,
        /// The circuit's id.
        circuit: String,
    },
    /// Exit code 1.
    NotIncluded {
        /// `false`.
        included: bool,
        /// Why, for programs: see docs/errors.md.
        code: Code,
        /// Why, for people.
        reason: String,
    },
}

fn no(code: Code, reason: String) -> Outcome {
    let text = format!("NOT INCLUDED: {reason}");
    let output = IncludedOutput::NotIncluded {
        included: false,
        code,
        reason,
    };
    Report::new(code.exit(), text, &output)
}
