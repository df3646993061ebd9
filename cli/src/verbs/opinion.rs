//! `covenant opinion`: what an auditor says of a proved statement.

use super::account::pretty;
use super::disclose::read_bundle;
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, unchecked};
use crate::text;
use crate::wordings::{self, Wording};
use clap::Args;
use covenant_verifier::signed::{
    Answers, AuditorOpinion, OpinionError, SignatureError, SignedOpinion,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const OPINION_HELP: &str = r#"Units: times are RFC 3339, a date, or Unix seconds.

Example:
  covenant opinion bundle.json --from 2026-10-01 --to 2026-12-31 --procedures procedures.txt \
    --key auditor.key --out opinion.json"#;

/// Say, as an auditor, what you did and found: EIP-712 AuditorOpinion.
///
/// It is signed over the statement that the bundle proves, for a period that contains its snapshots, and
/// written to a file of its own. The texts are shown; the document has their hashes.
#[derive(Args, Debug)]
#[command(after_help = OPINION_HELP)]
pub(crate) struct Opinion {
    /// The bundle
    bundle: PathBuf,
    /// The start of the period that was audited
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    from: u64,
    /// Its end
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    to: u64,
    /// What you did, in a text: its bytes are hashed as they are
    #[arg(long, value_name = "FILE")]
    procedures: PathBuf,
    /// What you found to be otherwise, in a text [default: none]
    #[arg(long, value_name = "FILE")]
    exceptions: Option<PathBuf>,
    #[command(flatten)]
    signer: SignerArgs,
    /// The opinion to write; never replaces a file
    #[arg(
        long,
        value_name = "FILE",
        required_unless_present = "print_typed_data"
    )]
    out: Option<PathBuf>,
}

/// What was signed, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum OpinionOutput {
    /// A signature was attached.
    Signed {
        /// Whose signature it is.
        signer: String,
        /// Whether the signature was checked: not a contract's, which only the contract can tell.
        checked: bool,
        /// The hash of the statement, 0x-hex.
        statement: String,
        /// Unix seconds.
        period_from: u64,
        /// Unix seconds.
        period_to: u64,
        /// The text of the procedures.
        procedures: String,
        /// The text of the exceptions; empty where there are none.
        exceptions: String,
        /// The EIP-712 digest, 0x-hex: what a revocation names.
        digest: String,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Opinion {
    pub(crate) fn run(self) -> Outcome {
        let path = &self.bundle;
        let bundle = read_bundle(path)?;
        let statement = bundle.statement();
        let hash = statement
            .hash(bundle.circuit(), &bundle.shape())
            .map_err(|e| Failure::of_file(path, e))?;
        let procedures = wordings::of_file(&self.procedures)?;
        let exceptions = self.exceptions.as_deref().map(wordings::of_any_file);
        let exceptions = exceptions.unwrap_or_else(|| Ok(Wording::of("")))?;
        self.check_period()?;
        let document = AuditorOpinion {
            subject: statement.subject(),
            statement: hash,
            period_from: self.from,
            period_to: self.to,
            procedures: procedures.hash,
            exceptions: exceptions.hash,
        };
        let texts = texts(&procedures.text, &exceptions.text);
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let data = document.typed_data();
                let text = format!("{texts}\n{}", pretty(&data));
                return Report::done(text, &OpinionOutput::TypedData(data));
            }
            Signer::Key(key) => key
                .opine(&document, &procedures.text, &exceptions.text)
                .map_err(Failure::of)?,
            Signer::External(signer, signature) => SignedOpinion::new(
                &document,
                &procedures.text,
                &exceptions.text,
                signer,
                signature,
            ),
        };
        let failed = |e| Failure::of_file(path, e);
        signed
            .is_about(statement.subject(), hash, statement.window())
            .map_err(failed)?;
        match signed.check(&Answers::none()) {
            // Only a contract can tell; `evidence check` queries it.
            Ok(_) | Err(OpinionError::Signature(SignatureError::NotQueried { .. })) => {}
            Err(e) => return Err(failed(e).coded(Code::SignatureInvalid)),
        }
        let out = self.out.clone().unwrap_or_default();
        files::write(&out, &signed.to_json(), files::Kind::New)?;
        let signer = signed.signer;
        Report::done(
            format!(
                "{texts}\nsigned by {signer}, for {} to {}, in {}{}",
                text::date(self.from),
                text::date(self.to),
                out.display(),
                unchecked(&signer)
            ),
            &OpinionOutput::Signed {
                signer: signer.to_string(),
                checked: signer.contract().is_none(),
                statement: hash.to_string(),
                period_from: self.from,
                period_to: self.to,
                procedures: procedures.text,
                exceptions: exceptions.text,
                digest: document.digest().to_string(),
                out: out.display().to_string(),
            },
        )
    }

    /// That the period is one, and has come: who signs vouches for it.
    fn check_period(&self) -> Result<(), Failure> {
        let (from, to) = (text::date(self.from), text::date(self.to));
        if self.to < self.from {
            let said = format!("--to: expected a time from {from} on, got {to}");
            return Err(Failure::new(Code::Usage, said));
        }
        if !text::has_come(self.to) {
            let said = format!("--to: expected a time that has come, got {to}; nothing was signed");
            return Err(Failure::new(Code::Usage, said));
        }
        Ok(())
    }
}

/// Both texts, for whoever signs or reads them.
pub(crate) fn texts(procedures: &str, exceptions: &str) -> String {
    let exceptions = match exceptions.trim() {
        "" => "none",
        text => text,
    };
    format!(
        "procedures\n{}\n\nexceptions\n{exceptions}\n",
        procedures.trim()
    )
}
