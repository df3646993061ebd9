//! `covenant represent`: the subject says of a proved statement that nothing else is owed.

use super::account::pretty;
use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, unchecked};
use crate::wordings::{NO_OTHER_DEBT, WordingArgs};
use clap::Args;
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::signed::{Answers, Representation, SignatureError, SignedRepresentation};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const REPRESENT_HELP: &str = r#"Example:
  covenant represent bundle.json --key treasurer.key"#;

/// Represent, as the subject, that there is no other debt: EIP-712 Representation.
///
/// It is signed over the statement that the bundle proves, and added to the bundle. The text that is
/// signed is printed; the document has its hash.
#[derive(Args, Debug)]
#[command(after_help = REPRESENT_HELP)]
pub(crate) struct Represent {
    /// The bundle
    bundle: PathBuf,
    #[command(flatten)]
    wording: WordingArgs,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where to write the bundle with the representation [default: in place]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What was represented, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RepresentOutput {
    /// A signature was attached.
    Signed {
        /// Whose signature it is.
        signer: String,
        /// Whether the signature was checked: not a contract's, which only the contract can tell.
        checked: bool,
        /// The hash of the statement, 0x-hex.
        statement: String,
        /// keccak256 of the text, 0x-hex: for `representation.wordings` of expectations.
        wording: String,
        /// The text that was signed.
        text: String,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Represent {
    pub(crate) fn run(self) -> Outcome {
        let path = &self.bundle;
        let text = files::read(path, bundle::MAX_BYTES as u64)?;
        let bundle = Bundle::from_json(&text)
            .map_err(|e| Failure::of_file(path, e).coded(Code::BundleMalformed))?;
        let statement = bundle.statement();
        let hash = statement
            .hash(bundle.circuit(), &bundle.shape())
            .map_err(|e| Failure::of_file(path, e))?;
        let wording = self.wording.read(NO_OTHER_DEBT)?;
        let document = Representation {
            subject: statement.subject(),
            statement: hash,
            no_other_debt: true,
            wording: wording.hash,
        };
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let data = document.typed_data();
                let text = format!("{}\n{}", wording.text, pretty(&data));
                return Report::done(text, &RepresentOutput::TypedData(data));
            }
            Signer::Key(key) => key.represent(&document).map_err(Failure::of)?,
            Signer::External(signer, signature) => SignedRepresentation {
                signer,
                no_other_debt: true,
                wording: wording.hash,
                signature,
            },
        };
        match signed.check(statement.subject(), hash, &Answers::none()) {
            // Only a contract can tell; `verify` queries it.
            Ok(()) | Err(SignatureError::NotQueried { .. }) => {}
            Err(e) => return Err(Failure::of_file(path, e)),
        }
        let signer = signed.signer;
        let out = self.out.as_ref().unwrap_or(path);
        let with = bundle.with_representation(signed);
        files::write(out, &with.to_json(), files::Kind::Bundle)?;
        Report::done(
            format!(
                "{}\nrepresented by {signer}, in {}{}",
                wording.text,
                out.display(),
                unchecked(&signer)
            ),
            &RepresentOutput::Signed {
                signer: signer.to_string(),
                checked: signer.contract().is_none(),
                statement: hash.to_string(),
                wording: wording.hash.to_string(),
                text: wording.text,
                out: out.display().to_string(),
            },
        )
    }
}
