//! `covenant verify`: a bundle against a relying party's own expectations.

mod rejected;

use super::Global;
use super::inspect::{self, ReportLine};
use super::rollup;
use crate::Outcome;
use crate::codes::Code;
use crate::contracts::QueryArgs;
use crate::evidence;
use crate::expect;
use crate::formats;
use crate::keys;
use crate::ledger::Ledger;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use crate::text;
use clap::Args;
use covenant_circuits::account;
use covenant_circuits::field::{from_hex, to_hex};
use covenant_verifier::bundle::Bundle;
use covenant_verifier::expect::{AccountSource, ContractWord, Expected, PriceSource};
use covenant_verifier::signed::AccountRef;
use covenant_verifier::verify::{self, Lapses, Verified, VerifyError};
pub(crate) use rejected::{Rejected, RejectedOutput};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const VERIFY_HELP: &str = r#"Units: --at is a time: RFC 3339, a date, Unix seconds, or now.

Examples:
  covenant verify bundle.json --expect expect.toml
  covenant verify bundle.json --expect expect.toml --ledger pledges.db --facility "loan 17"
  covenant verify bundle.json --expect expect.toml --rpc http://127.0.0.1:8545
  covenant verify evidence.tar --expect expect.toml --at 2026-11-20
  covenant verify bundle.json --expect expect.toml --tree lots"#;

/// Verify a bundle against your own expectations.
///
/// EXPECT is a TOML or JSON file from your own records: policy, subject, smallest ratio,
/// largest ages, widest window, context. Nothing in it may come from the bundle.
///
/// Where contracts signed (ERC-1271), they are queried with --rpc, at a block that the answer
/// names; without it the answer is that it could not be told. You trust the node for it; query
/// your own.
#[derive(Args, Debug)]
#[command(after_help = VERIFY_HELP)]
pub(crate) struct Verify {
    /// The bundle; or an evidence pack, whose bundle is verified and whose opinion is not
    bundle: PathBuf,
    /// What you expect, TOML or JSON
    #[arg(long, value_name = "FILE")]
    expect: PathBuf,
    /// Your ledger of pledges: no account may back another facility
    #[arg(long, value_name = "FILE", requires = "facility")]
    ledger: Option<PathBuf>,
    /// The facility that this proof is for; its own pledges are not in the way
    #[arg(long, value_name = "NAME", requires = "ledger")]
    facility: Option<String>,
    /// A tree of collateral whose top is an account of the bundle: its leaves are verified in its
    /// place, by their account files in DIR/accounts
    #[arg(long, value_name = "DIR")]
    tree: Vec<PathBuf>,
    /// Verify as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: Option<u64>,
    #[command(flatten)]
    query: QueryArgs,
}

impl Verify {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let mut expected = expect::read(&self.expect)?;
        if let (Some(path), Some(facility)) = (&self.ledger, &self.facility) {
            pledges_elsewhere(&mut expected, path, facility)?;
        }
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let bundle = match Bundle::from_json(&evidence::bundle_text(&self.bundle)?) {
            Ok(bundle) => bundle,
            Err(e) => return Rejected::malformed(e).report(&self.bundle),
        };
        let progress = Progress::new(global.tells());
        match rollup::walked(&self.tree, &bundle, &cache, &progress)? {
            Ok(trees) => expected.trees = trees,
            Err(refused) => return Rejected::tree(refused).report(&self.bundle),
        }
        let path = &self.bundle;
        match check_bundle(path, &bundle, &expected, self.at, &cache, &self.query)? {
            Ok(verified) => {
                let (text, output) = accepted(&verified, self.at);
                Report::done(text, &VerifyOutput::Accepted(Box::new(output)))
            }
            Err(rejected) => rejected.report(&self.bundle),
        }
    }
}

/// Adds what the ledger says is pledged to other facilities.
pub(crate) fn pledges_elsewhere(
    expected: &mut Expected,
    path: &Path,
    facility: &str,
) -> Result<(), Failure> {
    let ledger = Ledger::open(path, false)?;
    for pledge in ledger.list()? {
        if pledge.facility == facility {
            continue;
        }
        expected.pledged.insert(ledger.commitment(&pledge)?);
        if let Some((name, account)) = &pledge.account {
            let damaged = || {
                Failure::in_file(
                    path,
                    Code::NotALedger,
                    "expected the hash of an account reference, got another text",
                )
            };
            let account = from_hex(account).ok();
            let account = account.and_then(|x| AccountRef::from_field(x).ok());
            let account = account.ok_or_else(damaged)?;
            // Whatever key it signs with now. An attester that is not accepted signs nothing.
            let attester = expected.attesters.iter().find(|a| a.name == *name);
            let keys = attester.into_iter().flat_map(|a| a.keys.clone());
            let pledged: Vec<_> = keys.map(|key| (key, account)).collect();
            expected.pledged_accounts.extend(pledged);
        }
    }
    Ok(())
}

/// Whether a bundle is accepted.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum VerifyOutput {
    /// Exit code 0.
    Accepted(Box<AcceptedOutput>),
    /// Exit code 1.
    Rejected(Box<RejectedOutput>),
}

/// What was proved.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AcceptedOutput {
    /// `true`.
    proved: bool,
    /// The circuit's id.
    circuit: String,
    /// Its shape.
    shape: String,
    /// The subject's id, 0x-hex.
    subject: String,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// No account is older, Unix seconds.
    as_of_from: u64,
    /// No account is younger, Unix seconds.
    as_of_to: u64,
    /// When the prices were taken, Unix seconds.
    prices_as_of: u64,
    /// Whether every collateral position of the accounts is listed and valued.
    complete: bool,
    /// When it ends, whatever prices do.
    lapses: LapsesOutput,
    /// What is held of each reported group.
    report: Vec<ReportLine>,
    /// The base ratio.
    ratio_bps: u32,
    /// Quote units, exact.
    public_debt: String,
    /// 0x-hex, ascending.
    commitments: Vec<String>,
    /// The kind of each account.
    #[schemars(with = "Vec<formats::Kind>")]
    kinds: Vec<account::Kind>,
    /// On whose word each account counts.
    #[schemars(with = "Vec<formats::AccountSource>")]
    accounts: Vec<AccountSource>,
    /// On whose word the prices rest.
    #[schemars(with = "formats::PriceSource")]
    prices: PriceSource,
    /// The signatures of contracts, and when these were queried; absent where there are none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contracts: Vec<ContractOutput>,
    /// What was proved, in words.
    statement: Vec<String>,
    /// On whose word it rests, in words.
    trusting: Vec<String>,
    /// What was not proved, in words.
    not_proved: Vec<String>,
}

/// The last seconds at which it still holds, Unix seconds.
#[derive(Serialize, JsonSchema)]
struct LapsesOutput {
    /// Of all of it: the first of these.
    first: u64,
    /// Of the oldest snapshot.
    accounts: u64,
    /// Of the first attestation that ends; absent where all accounts are self-declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    attestations: Option<u64>,
    /// Of the first undertaking that ends; absent where none was required.
    #[serde(skip_serializing_if = "Option::is_none")]
    undertakings: Option<u64>,
}

impl LapsesOutput {
    fn of(lapses: Lapses) -> Self {
        Self {
            first: lapses.first(),
            accounts: lapses.accounts,
            attestations: lapses.attestations,
            undertakings: lapses.undertakings,
        }
    }
}

/// A contract's signature that counts.
#[derive(Serialize, JsonSchema)]
struct ContractOutput {
    /// Where the signature is in the bundle or the expectations.
    at: String,
    /// The contract: `eip155:<chain id>:<address>`.
    signer: String,
    /// The number of the block at which it was queried.
    block_number: u64,
    /// The block's hash, 0x-hex.
    block_hash: String,
}

impl ContractOutput {
    fn of(word: &ContractWord) -> Self {
        Self {
            at: word.at.clone(),
            signer: word.contract.to_string(),
            block_number: word.block.number,
            block_hash: word.block.hash.to_string(),
        }
    }
}

/// A bundle and what verification came to.
pub(crate) struct Judgement {
    /// The bundle, where it could be read.
    pub(crate) bundle: Option<Bundle>,
    pub(crate) verdict: Result<Verified, Rejected>,
}

/// Reads a bundle, also one in an evidence pack, and verifies it; `Err` where it cannot be told.
/// Contracts are queried only where the verdict depends on them.
pub(crate) fn check(
    path: &Path,
    expected: &Expected,
    at: Option<u64>,
    cache: &Path,
    query: &QueryArgs,
) -> Result<Result<Verified, Rejected>, Failure> {
    let text = evidence::bundle_text(path)?;
    let now = at.unwrap_or_else(text::now);
    Ok(judge(path, &text, expected, now, cache, query)?.verdict)
}

/// The same of a text; the path is for messages.
pub(crate) fn judge(
    path: &Path,
    text: &str,
    expected: &Expected,
    now: u64,
    cache: &Path,
    query: &QueryArgs,
) -> Result<Judgement, Failure> {
    Ok(match Bundle::from_json(text) {
        Ok(bundle) => Judgement {
            verdict: check_bundle(path, &bundle, expected, Some(now), cache, query)?,
            bundle: Some(bundle),
        },
        Err(e) => Judgement {
            verdict: Err(Rejected::malformed(e)),
            bundle: None,
        },
    })
}

/// The same for a bundle that was read already.
pub(crate) fn check_bundle(
    path: &Path,
    bundle: &Bundle,
    expected: &Expected,
    at: Option<u64>,
    cache: &Path,
    query: &QueryArgs,
) -> Result<Result<Verified, Rejected>, Failure> {
    let key = keys::verifying(bundle, cache)?;
    let now = at.unwrap_or_else(text::now);
    let mut verdict = verify::verify(bundle, &key, expected, now);
    if query.any() && matches!(verdict, Err(VerifyError::NotQueried { .. })) {
        let mut expected = expected.clone();
        let questions = expected.questions(bundle);
        expected.contract_answers = query.run(questions.map_err(|e| Failure::of_file(path, e))?)?;
        verdict = verify::verify(bundle, &key, &expected, now);
    }
    let error = match verdict {
        Ok(verified) => return Ok(Ok(verified)),
        Err(error) => error,
    };
    let unknown = |e| Failure::of_file(path, e).adding("; name a node of its chain with --rpc");
    Rejected::of_verdict(error).map(Err).map_err(unknown)
}

/// What was proved, by whose word, and what was not.
pub(crate) fn accepted(verified: &Verified, at: Option<u64>) -> (String, AcceptedOutput) {
    let statement = verified.statement();
    let (proved, trusting, not_proved) = (
        verified.proved(),
        verified.trusting(),
        verified.not_proved(),
    );
    let list = |lines: &[String]| {
        let line = |l: &String| format!("  - {l}\n");
        lines.iter().map(line).collect::<String>()
    };
    let mut text = format!(
        "PROVED\n{}\nby the word of\n{}\nnot proved\n{}",
        list(&proved),
        list(&trusting),
        list(&not_proved)
    );
    text.push_str("\naccounts\n");
    let accounts = statement.commitments().iter().zip(statement.kinds());
    for ((commitment, kind), word) in accounts.zip(verified.accounts()) {
        text.push_str(&format!("  {commitment}  {kind:<10}  {word}\n"));
    }
    text.push_str(&format!(
        "\naccounts as of {}, prices as of {}",
        inspect::window(statement),
        text::date(verified.prices_as_of())
    ));
    if let Some(at) = at {
        text.push_str(&format!("\nages were checked as of {}", text::date(at)));
    }
    let commitments = statement.commitments().iter().map(ToString::to_string);
    let output = AcceptedOutput {
        proved: true,
        circuit: verified.circuit().into(),
        shape: verified.shape().to_string(),
        subject: to_hex(&statement.subject().get()),
        policy: to_hex(&statement.policy()),
        as_of_from: statement.window().from(),
        as_of_to: statement.window().to(),
        prices_as_of: verified.prices_as_of(),
        complete: verified.policy().complete(),
        lapses: LapsesOutput::of(verified.lapses()),
        report: inspect::report(statement, verified.policy()),
        ratio_bps: statement.ratio().bps(),
        public_debt: text::plain(statement.public_debt().get(), 6),
        commitments: commitments.collect(),
        kinds: statement.kinds().to_vec(),
        accounts: verified.accounts().to_vec(),
        prices: verified.prices().clone(),
        contracts: verified
            .contracts()
            .iter()
            .map(ContractOutput::of)
            .collect(),
        statement: proved,
        trusting,
        not_proved,
    };
    (text, output)
}
