//! `covenant evidence pack`.

use super::MemberOutput;
use crate::Outcome;
use crate::codes::Code;
use crate::expect;
use crate::files;
use crate::outcome::{Failure, Report};
use clap::Args;
use covenant_circuits::account::Opening;
use covenant_disclosure::pack::{MAX_DOCUMENT, sha256};
use covenant_disclosure::{Identity, Pack};
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::signed::{Answers, OpinionError, SignatureError, SignedOpinion};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const PACK_HELP: &str = r#"Example:
  covenant evidence pack --bundle bundle.json --expect lender.toml --opinion opinion.json \
    --document policy.json --document prices.json --out evidence.tar"#;

/// Put a bundle, your expectations, an opinion and documents into one file.
///
/// A plain tar archive with the hash of every member; the same files give the same bytes. Everything in
/// it is public to whoever has it: openings and keys are refused.
#[derive(Args, Debug)]
#[command(after_help = PACK_HELP)]
pub(crate) struct PackVerb {
    /// The bundle
    #[arg(long, value_name = "FILE")]
    bundle: PathBuf,
    /// Your expectations as they are, for the record
    #[arg(long, value_name = "FILE")]
    expect: PathBuf,
    /// The auditor's opinion of the bundle's statement
    #[arg(long, value_name = "FILE")]
    opinion: PathBuf,
    /// A document to keep with them, such as the policy; for several, several times
    #[arg(long, value_name = "FILE")]
    document: Vec<PathBuf>,
    /// The pack to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What was packed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PackOutput {
    /// SHA-256 of the pack, 64 hex digits: keep it elsewhere.
    sha256: String,
    /// What is in it.
    members: Vec<MemberOutput>,
    /// The file that was written.
    out: String,
}

impl PackVerb {
    pub(crate) fn run(self) -> Outcome {
        // Each is read once, so that what is packed is what was checked.
        let bundle = files::bytes(&self.bundle, bundle::MAX_BYTES as u64)?;
        let opinion = files::bytes(&self.opinion, files::MAX_PUBLIC)?;
        expect::read(&self.expect)?;
        self.check_opinion(&opinion, &self.bundle_of(&bundle)?)?;
        let mut documents = Vec::new();
        for path in &self.document {
            documents.push((name(path)?, public(path)?.to_vec()));
        }
        let pack = Pack::new(
            bundle.to_vec(),
            files::bytes(&self.expect, files::MAX_PUBLIC)?.to_vec(),
            opinion.to_vec(),
            documents,
        );
        let failed = |e| Failure::of(e).coded(Code::Usage);
        let pack = pack.map_err(failed)?;
        let bytes = pack.to_bytes().map_err(Failure::of)?;
        files::write_bytes(&self.out, &bytes, files::Kind::New)?;
        let output = PackOutput {
            sha256: sha256(&bytes),
            members: MemberOutput::all(&pack),
            out: self.out.display().to_string(),
        };
        let text = format!(
            "{}{}  {}",
            MemberOutput::lines(&output.members),
            output.sha256,
            output.out
        );
        Report::done(text, &output)
    }

    fn bundle_of(&self, bytes: &[u8]) -> Result<Bundle, Failure> {
        let malformed = |e| Failure::of_file(&self.bundle, e).coded(Code::BundleMalformed);
        Bundle::from_json(&files::text(&self.bundle, bytes)?).map_err(malformed)
    }

    /// That the opinion is one of the bundle's statement. Whether a contract signed it, `evidence check`
    /// queries.
    fn check_opinion(&self, bytes: &[u8], bundle: &Bundle) -> Result<(), Failure> {
        let failed = |e: OpinionError| Failure::of_file(&self.opinion, e);
        let text = files::text(&self.opinion, bytes)?;
        let opinion = SignedOpinion::from_json(&text).map_err(failed)?;
        let statement = bundle.statement();
        let hash = statement
            .hash(bundle.circuit(), &bundle.shape())
            .map_err(|e| Failure::of_file(&self.bundle, e))?;
        opinion
            .is_about(statement.subject(), hash, statement.window())
            .map_err(failed)?;
        match opinion.check(&Answers::none()) {
            Ok(_) | Err(OpinionError::Signature(SignatureError::NotQueried { .. })) => Ok(()),
            Err(e) => Err(failed(e)),
        }
    }
}

/// The name of a document in a pack: that of its file.
fn name(path: &Path) -> Result<String, Failure> {
    let name = path.file_name().and_then(|name| name.to_str());
    name.map(ToOwned::to_owned).ok_or_else(|| {
        let said = "--document: expected a file whose name is text, got another";
        Failure::in_file(path, Code::Usage, said)
    })
}

/// A document that is no secret of ours by mistake: what is packed, everybody reads who has the pack.
fn public(path: &Path) -> Result<zeroize::Zeroizing<Vec<u8>>, Failure> {
    let bytes = files::bytes(path, MAX_DOCUMENT as u64)?;
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    let secret = if Opening::from_json(text).is_ok() {
        "an opening"
    } else if Identity::read_all(text).is_ok() {
        "an age identity"
    } else {
        return Ok(bytes);
    };
    let said = format!("--document: expected a public document, got {secret}, which is secret");
    Err(Failure::in_file(path, Code::Usage, said))
}
