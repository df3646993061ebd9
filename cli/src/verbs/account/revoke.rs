//! `covenant account revoke`: a signer withdraws what it signed of an account.

use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, unchecked};
use crate::text;
use crate::verbs::account::pretty;
use clap::{Args, ValueEnum};
use covenant_circuits::ident::{Hash, SubjectId};
use covenant_verifier::bundle::AccountFile;
use covenant_verifier::signed::{self, Digest, DocumentError, Revocation, SignedRevocation};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const REVOKE_HELP: &str = r#"Units: --at is a time: RFC 3339, a date, Unix seconds, or now.

Examples:
  covenant account revoke account/account.json --at now --key custodian.key
  covenant account revoke account/account.json --what undertaking --at now --key custodian.key"#;

/// Withdraw an attestation or an undertaking of your own: EIP-712 Revocation.
///
/// Whoever has seen it refuses the document from then on; it cannot be taken back. It is added to the
/// account file and printed: hand it to whoever relies on the document, for `revocations` of their
/// expectations, since whoever shows a bundle may leave it out.
#[derive(Args, Debug)]
#[command(after_help = REVOKE_HELP)]
pub(crate) struct Revoke {
    /// account.json
    account_file: PathBuf,
    /// What is withdrawn
    #[arg(long, value_name = "WHAT", value_enum, default_value_t = What::Attestation, conflicts_with = "document")]
    what: What,
    /// The EIP-712 digest of another document of the same signer, such as prices: 0x-hex
    #[arg(long, value_name = "DIGEST")]
    document: Option<Hash>,
    /// From when it is refused
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: u64,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where to write the account with the revocation [default: in place]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What of a file is withdrawn.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
enum What {
    /// The signer's attestation of the account
    Attestation,
    /// The signer's undertaking, the last where it has several
    Undertaking,
}

/// What was withdrawn, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum RevokeOutput {
    /// A signature was attached.
    Signed {
        /// Whose document is withdrawn.
        signer: String,
        /// Whether the signature was checked: not a contract's, which only the contract can tell.
        checked: bool,
        /// The digest of the document, 0x-hex.
        document: String,
        /// Unix seconds from which it is refused.
        at: u64,
        /// The revocation, for `revocations` of expectations.
        revocation: serde_json::Value,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Revoke {
    pub(crate) fn run(self) -> Outcome {
        let path = &self.account_file;
        let failed = |e: DocumentError| Failure::of_file(path, e);
        let file =
            AccountFile::from_json(&files::read(path, files::MAX_PUBLIC)?).map_err(failed)?;
        let signer = self.signer.signer()?;
        let who = match &signer {
            Signer::Print => None,
            Signer::Key(key) => Some(key.address().into()),
            Signer::External(signer, _) => Some(*signer),
        };
        let document = match self.document {
            Some(document) => document,
            None => Hash::from(self.withdrawn(&file, who)?),
        };
        let revocation = Revocation {
            document,
            at: self.at,
        };
        let one = match signer {
            Signer::Print => {
                let data = revocation.typed_data();
                return Report::done(pretty(&data), &RevokeOutput::TypedData(data));
            }
            Signer::Key(key) => key.revoke(&revocation).map_err(Failure::of)?,
            Signer::External(signer, signature) => SignedRevocation {
                signer,
                document,
                at: self.at,
                signature,
            },
        };
        let signed = file.revoked(one.clone()).map_err(failed)?;
        let out = self.out.as_ref().unwrap_or(path);
        files::write(out, &signed.to_json(), files::Kind::Account)?;
        let json = serde_json::to_value(&one).unwrap_or_default();
        Report::done(
            format!(
                "{}\nwithdrawn by {} from {} on, in {}; hand it to whoever relies on the document{}",
                pretty(&json),
                one.signer,
                text::date(one.at),
                out.display(),
                unchecked(&one.signer)
            ),
            &RevokeOutput::Signed {
                signer: one.signer.to_string(),
                checked: one.signer.contract().is_none(),
                document: document.to_string(),
                at: one.at,
                revocation: json,
                out: out.display().to_string(),
            },
        )
    }

    /// The digest of what of the file is withdrawn: the signer's own; of the only one where nobody
    /// signs here.
    fn withdrawn(
        &self,
        file: &AccountFile,
        who: Option<signed::Signer>,
    ) -> Result<Digest, Failure> {
        let subject = SubjectId::of(&file.subject).map_err(Failure::of)?;
        let all: Vec<(signed::Signer, Digest)> = match self.what {
            What::Attestation => {
                let all = file.attestations.iter();
                all.map(|a| (a.attester, a.document(file, subject).digest()))
                    .collect()
            }
            What::Undertaking => {
                let all = file.undertakings.iter();
                all.map(|u| (u.attester, u.document(subject).digest()))
                    .collect()
            }
        };
        let own: Vec<&(signed::Signer, Digest)> = match who {
            Some(who) => all.iter().filter(|(signer, _)| *signer == who).collect(),
            None => all.iter().collect(),
        };
        let (expected, got) = match (own.as_slice(), who) {
            ([.., (_, digest)], Some(_)) | ([(_, digest)], None) => return Ok(*digest),
            ([], Some(who)) => (format!("one by {who}"), "none".to_owned()),
            ([], None) => ("one".into(), "none".into()),
            (several, None) => {
                let got = format!("{}; name it with --document", several.len());
                ("one to withdraw".into(), got)
            }
        };
        let field = match self.what {
            What::Attestation => "attestation",
            What::Undertaking => "undertakings",
        };
        let said = format!("{field}: expected {expected}, got {got}");
        let wrong = Failure::in_file(&self.account_file, Code::Malformed, said);
        Err(wrong.differs(field, expected, got))
    }
}
