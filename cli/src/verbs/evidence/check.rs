//! `covenant evidence check`: a pack, its opinion and its bundle, at a time and against expectations
//! of the relying party's own.

use super::MemberOutput;
use crate::Outcome;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::evidence;
use crate::expect;
use crate::files;
use crate::keys;
use crate::outcome::{Exit, Failure, Report};
use crate::text;
use crate::verbs::Global;
use crate::verbs::verify::{self, AcceptedOutput, Rejected, RejectedOutput};
use clap::Args;
use covenant_circuits::ident::Hash;
use covenant_disclosure::Pack;
use covenant_disclosure::pack::sha256;
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::Expected;
use covenant_verifier::signed::{
    Answers, Question, SignatureError, SignedOpinion, SignedRevocation, Signer,
};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const CHECK_HELP: &str = r#"Units: --at is a time: RFC 3339, a date, Unix seconds, or now.

Example:
  covenant evidence check evidence.tar --expect lender.toml --at 2026-11-20T21:15:00Z \
    --auditor 0x33e3e81eD4CC6e9A029d12CFEbE4F02234E1FB00"#;

/// Check an evidence pack: its hashes, its opinion, and its bundle at a time.
///
/// EXPECT is your own, as for `verify`. What the pack has of expectations is a record: it is compared
/// with yours, and decides nothing. The opinion counts where its signer is the auditor that you name.
#[derive(Args, Debug)]
#[command(after_help = CHECK_HELP)]
pub(crate) struct Check {
    /// The pack
    pack: PathBuf,
    /// What you expect, TOML or JSON
    #[arg(long, value_name = "FILE")]
    expect: PathBuf,
    /// Your auditor, from your own records: the address of a key, or eip155:<chain id>:<address> of a
    /// contract; for several keys, several times. Without it nobody's opinion counts
    #[arg(long, value_name = "SIGNER")]
    auditor: Vec<Signer>,
    /// Verify as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: Option<u64>,
    #[command(flatten)]
    query: QueryArgs,
}

/// Whether a pack is accepted.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum CheckOutput {
    /// Exit code 0.
    Accepted(Box<AcceptedPack>),
    /// Exit code 1: the pack is whole and its opinion signed, and the bundle is not accepted.
    Rejected(Box<RejectedPack>),
}

/// A pack whose bundle is accepted.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AcceptedPack {
    /// `true`.
    proved: bool,
    #[serde(flatten)]
    pack: PackFound,
    /// What `verify` says of its bundle.
    verdict: AcceptedOutput,
}

/// A pack whose bundle is not.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RejectedPack {
    /// `false`.
    proved: bool,
    /// Why, for programs: see docs/errors.md.
    code: Code,
    #[serde(flatten)]
    pack: PackFound,
    /// What `verify` says of its bundle.
    verdict: RejectedOutput,
}

/// What was found in a pack.
#[derive(Serialize, JsonSchema)]
struct PackFound {
    /// SHA-256 of the pack, 64 hex digits.
    sha256: String,
    /// What is in it.
    members: Vec<MemberOutput>,
    /// Whether its record of expectations is the file that was named with --expect, byte for byte.
    same_expectations: bool,
    /// Its opinion, which is of the bundle's statement and signed.
    opinion: OpinionFound,
}

/// An opinion, and whose.
#[derive(Serialize, JsonSchema)]
struct OpinionFound {
    /// Who signed.
    signer: String,
    /// Whether the signer was named with --auditor. Else the opinion counts for nothing.
    by_named_auditor: bool,
    /// Unix seconds.
    period_from: u64,
    /// Unix seconds.
    period_to: u64,
    /// The text of the procedures.
    procedures: String,
    /// The text of the exceptions; empty where there are none.
    exceptions: String,
    /// The EIP-712 digest, 0x-hex.
    digest: String,
    /// Of a contract: the number of the block at which it was queried.
    #[serde(skip_serializing_if = "Option::is_none")]
    block_number: Option<u64>,
}

impl Check {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let path = &self.pack;
        let expected = expect::read(&self.expect)?;
        let (bytes, pack) = evidence::read(path)?;
        let bundle = match Bundle::from_json(&files::text(path, pack.bundle())?) {
            Ok(bundle) => bundle,
            Err(e) => {
                return Err(self
                    .of_member("bundle.json", e)
                    .coded(Code::BundleMalformed));
            }
        };
        let own = files::bytes(&self.expect, files::MAX_PUBLIC)?;
        let found = PackFound {
            sha256: sha256(&bytes),
            members: MemberOutput::all(&pack),
            same_expectations: own.as_slice() == pack.expectations(),
            opinion: self.opinion(&pack, &bundle, &expected)?,
        };
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let verdict = verify::check_bundle(path, &bundle, &expected, self.at, &cache, &self.query)?;
        let told = found.told();
        match verdict {
            Ok(verified) => {
                let (text, verdict) = verify::accepted(&verified, self.at);
                let output = CheckOutput::Accepted(Box::new(AcceptedPack {
                    proved: true,
                    pack: found,
                    verdict,
                }));
                Report::new(Exit::Done, format!("{text}\n\n{told}"), &output)
            }
            Err(rejected) => self.rejected(rejected, found, &told),
        }
    }

    fn rejected(&self, rejected: Rejected, pack: PackFound, told: &str) -> Outcome {
        let (text, verdict) = rejected.told(&self.pack);
        let code = verdict.code();
        let output = CheckOutput::Rejected(Box::new(RejectedPack {
            proved: false,
            code,
            pack,
            verdict,
        }));
        Report::new(code.exit(), format!("{text}\n\n{told}"), &output)
    }

    /// An error of a member of the pack.
    fn of_member(&self, member: &str, error: impl crate::codes::Coded) -> Failure {
        Failure::of(error).of_member(member).at_file(&self.pack)
    }

    /// The opinion: of the bundle's statement and period, signed, not withdrawn by anything that the
    /// relying party has, and by the auditor that it named, where it named one.
    fn opinion(
        &self,
        pack: &Pack,
        bundle: &Bundle,
        expected: &Expected,
    ) -> Result<OpinionFound, Failure> {
        const NAME: &str = "opinion.json";
        let failed = |e| self.of_member(NAME, e);
        let text = files::text(&self.pack, pack.opinion())?;
        let opinion =
            SignedOpinion::from_json(&text).map_err(|e| failed(e).coded(Code::PackMalformed))?;
        let statement = bundle.statement();
        let hash = statement.hash(bundle.circuit(), &bundle.shape());
        let hash = hash.map_err(|e| {
            self.of_member("bundle.json", e)
                .coded(Code::BundleMalformed)
        })?;
        opinion
            .is_about(statement.subject(), hash, statement.window())
            .map_err(failed)?;
        let answers = self.answers(&opinion, expected)?;
        let block = opinion.check(&answers).map_err(|e| {
            let failure = failed(e);
            match failure.code() {
                Code::ContractNotQueried => failure.adding("; name a node of its chain with --rpc"),
                _ => failure,
            }
        })?;
        let digest = opinion.document().digest();
        let now = self.at.unwrap_or_else(text::now);
        for revocation in withdrawing(expected, &opinion) {
            match revocation.check(&answers) {
                Ok(()) if revocation.at <= now => {
                    let said = format!(
                        "{NAME}: expected an opinion that stands, got one that {} withdrew from {} on",
                        opinion.signer,
                        text::date(revocation.at)
                    );
                    let failure = Failure::in_file(&self.pack, Code::Revoked, said);
                    return Err(failure.with(|out| out.at(NAME)));
                }
                Err(e @ SignatureError::NotQueried { .. }) => {
                    return Err(Failure::of_file(&self.expect, e));
                }
                // What nobody signed withdraws nothing.
                _ => {}
            }
        }
        let named = self.auditor.contains(&opinion.signer);
        if !named && !self.auditor.is_empty() {
            let names: Vec<String> = self.auditor.iter().map(ToString::to_string).collect();
            let (expected, got) = (names.join(" or "), opinion.signer);
            let said = format!("{NAME}: signer: expected {expected}, as --auditor says, got {got}");
            let failure = Failure::in_file(&self.pack, Code::AuditorNotAccepted, said);
            return Err(failure.differs("opinion.json.signer", expected, got));
        }
        Ok(OpinionFound {
            signer: opinion.signer.to_string(),
            by_named_auditor: named,
            period_from: opinion.period_from,
            period_to: opinion.period_to,
            digest: digest.to_string(),
            procedures: opinion.procedures,
            exceptions: opinion.exceptions,
            block_number: block.map(|block| block.number),
        })
    }

    /// What a contract answered that is said to have signed the opinion, or to have withdrawn it.
    fn answers(&self, opinion: &SignedOpinion, expected: &Expected) -> Result<Answers, Failure> {
        let failed = |e| self.of_member("opinion.json", e);
        let digest = opinion.document().digest();
        let mut questions = vec![opinion.signature.question(&digest, opinion.signer)];
        for revocation in withdrawing(expected, opinion) {
            let digest = revocation.revocation().digest();
            questions.push(revocation.signature.question(&digest, revocation.signer));
        }
        let questions: Vec<Option<Question>> = questions
            .into_iter()
            .collect::<Result<_, _>>()
            .map_err(failed)?;
        let questions: Vec<Question> = questions.into_iter().flatten().collect();
        match self.query.any() && !questions.is_empty() {
            true => {
                let at = |question| ("opinion.json".to_owned(), question);
                self.query.run(questions.into_iter().map(at).collect())
            }
            false => Ok(Answers::none()),
        }
    }
}

/// The relying party's revocations that name this opinion, and its signer.
fn withdrawing<'a>(
    expected: &'a Expected,
    opinion: &'a SignedOpinion,
) -> impl Iterator<Item = &'a SignedRevocation> {
    let digest = Hash::from(opinion.document().digest());
    let all = expected.revocations.iter();
    all.filter(move |r| r.document == digest && r.signer == opinion.signer)
}

impl PackFound {
    /// For people.
    fn told(&self) -> String {
        let opinion = &self.opinion;
        let whose = match opinion.by_named_auditor {
            true => "the auditor that you named",
            false => "whom you did not name as your auditor: it counts for nothing",
        };
        let expectations = match self.same_expectations {
            true => "expectations: the pack's record is your file",
            false => "expectations: the pack's record differs from your file; yours decided",
        };
        format!(
            "opinion\n  signed by {}, {whose}\n  for {} to {}\n{}\n{expectations}\n\n{}{}  the pack",
            opinion.signer,
            text::date(opinion.period_from),
            text::date(opinion.period_to),
            crate::verbs::opinion::texts(&opinion.procedures, &opinion.exceptions),
            MemberOutput::lines(&self.members),
            self.sha256
        )
    }
}
