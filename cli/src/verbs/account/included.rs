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
use crate::verbs::rollup::branch_of;
use clap::Args;
use covenant_circuits::account::{Commitment, Kind, Opening};
use covenant_circuits::field::{Fr, from_hex};
use covenant_circuits::ident::HolderReference;
use covenant_circuits::rollup::holder_blinding;
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::verify::verify_statement;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

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
    /// The account is in a tree of roll-ups: the folder of rollup branch, for an account of many
    #[arg(long, value_name = "DIR")]
    branch: Option<PathBuf>,
    /// Also that nobody else can have been shown this account: the text of the reference that you
    /// supplied
    #[arg(long, value_name = "REF", requires = "salt")]
    holder: Option<String>,
    /// The salt of the account's blinding, a file with 0x and 64 hex digits (secret)
    #[arg(long, value_name = "FILE", requires = "holder")]
    salt: Option<PathBuf>,
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
        if let (Some(holder), Some(salt)) = (&self.holder, &self.salt) {
            let own = blinding(holder, salt)?;
            if own != opening.blinding() {
                return no(
                    Code::HolderMismatch,
                    "the account's blinding is not that of this holder: it may have been shown to somebody else".into(),
                );
            }
        }
        let statement = bundle.statement();
        let commitment = match &self.branch {
            None => opening.commitment(),
            // The top of the tree is in the basket.
            Some(folder) => match self.climb(folder, &opening, &bundle, global)? {
                Ok(top) => top,
                Err((code, reason)) => return no(code, reason),
            },
        };
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
            "INCLUDED\nthe account is counted as {kind} of {} as of {}, with every position in its opening{}{}{}",
            opening.subject(),
            text::date(opening.as_of()),
            if kind == Kind::Collateral {
                " (the prover may count less of it, never more)"
            } else {
                ""
            },
            match &self.branch {
                Some(_) =>
                    "\nit is in a tree of accounts, whose other branches cannot subtract; compare the digest of the manifest with the published one",
                None => "",
            },
            match &self.holder {
                Some(_) =>
                    "\nits blinding is bound to your reference: no other holder has this account",
                None => "",
            },
        );
        Report::done(
            text,
            &IncludedOutput::Included {
                included: true,
                commitment: opening.commitment().to_string(),
                kind,
                subject: opening.subject().into(),
                as_of: opening.as_of(),
                circuit: bundle.circuit().into(),
            },
        )
    }
}

/// Why an account is not counted.
type Refused = (Code, String);

impl Included {
    /// R6 to R9 along the branch: the top of the tree, an account of the statement.
    fn climb(
        &self,
        folder: &Path,
        opening: &Opening,
        bundle: &Bundle,
        global: &Global,
    ) -> Result<Result<Commitment, Refused>, Failure> {
        let (manifest, branch) = branch_of(folder)?;
        let statement = bundle.statement();
        let same = manifest.subject_id() == statement.subject()
            && manifest.window() == statement.window()
            && manifest.kind() == opening.kind();
        if !same {
            let said = "R9: the tree is of another subject, window or kind than the statement and the account";
            return Ok(Err((Code::TreeRefused, said.into())));
        }
        let mut keys = keys::of_tree(&keys::cache_dir(global.cache_dir.as_deref())?);
        let leaf = opening.commitment();
        Ok(match branch.verify(&manifest, leaf, &mut keys) {
            Ok(()) => Ok(manifest.top()),
            Err(e) => Err((e.code(), format!("{}: {e}", folder.display()))),
        })
    }
}

/// The blinding of a holder's account (docs/spec.md, 8a.4).
fn blinding(holder: &str, salt: &Path) -> Result<Fr, Failure> {
    let reference = HolderReference::of(holder)
        .map_err(|e| Failure::new(Code::Usage, format!("--holder: {e}")))?;
    let text = files::read(salt, files::MAX_PUBLIC)?;
    let salt = from_hex(text.trim()).map_err(|e| Failure::in_file(salt, Code::Malformed, e))?;
    Ok(holder_blinding(reference, salt))
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
