//! `covenant verify`: a bundle against a relying party's own expectations.

use super::Global;
use crate::Outcome;
use crate::expect;
use crate::files;
use crate::keys;
use crate::ledger::Ledger;
use crate::outcome::{Exit, Failure, Report};
use crate::text;
use clap::Args;
use covenant_circuits::field::from_hex;
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::expect::Expected;
use covenant_verifier::signed::AccountRef;
use covenant_verifier::verify::{self, Kind, Verified};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Verify a bundle against your own expectations.
///
/// EXPECT is a TOML or JSON file from your own records: policy, subject, smallest ratio,
/// largest ages, context. Nothing in it may come from the bundle.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The bundle
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
    /// Verify as if it were this time [default: now]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    at: Option<u64>,
}

impl Verify {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let mut expected = expect::read(&self.expect)?;
        if let (Some(path), Some(facility)) = (&self.ledger, &self.facility) {
            pledges_elsewhere(&mut expected, path, facility)?;
        }
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        Ok(match check(&self.bundle, &expected, self.at, &cache)? {
            Ok(verified) => accepted(&verified, self.at),
            Err(rejected) => rejected.report(&self.bundle),
        })
    }
}

/// Adds what the ledger says is pledged to other facilities.
fn pledges_elsewhere(expected: &mut Expected, path: &Path, facility: &str) -> Result<(), Failure> {
    let ledger = Ledger::open(path, false)?;
    for pledge in ledger.list()? {
        if pledge.facility == facility {
            continue;
        }
        expected.pledged.insert(ledger.commitment(&pledge)?);
        if let Some((attester, account)) = &pledge.account {
            let damaged = || Failure::in_file(path, "expected an attester and account, got others");
            expected.pledged_accounts.insert((
                attester.parse().map_err(|_| damaged())?,
                from_hex(account)
                    .ok()
                    .and_then(|x| AccountRef::from_field(x).ok())
                    .ok_or_else(damaged)?,
            ));
        }
    }
    Ok(())
}

/// Why a bundle is not accepted.
pub(crate) struct Rejected {
    kind: &'static str,
    pub(crate) reason: String,
}

impl Rejected {
    fn report(&self, path: &Path) -> Report {
        Report {
            text: format!(
                "NOT PROVED ({}): {}: {}",
                self.kind,
                path.display(),
                self.reason
            ),
            json: json!({ "proved": false, "kind": self.kind, "reason": self.reason }),
            exit: Exit::False,
        }
    }
}

/// Reads and verifies; `Err` where it cannot be told.
pub(crate) fn check(
    path: &Path,
    expected: &Expected,
    at: Option<u64>,
    cache: &Path,
) -> Result<Result<Verified, Rejected>, Failure> {
    let text = files::read(path, bundle::MAX_BYTES as u64)?;
    let bundle = match Bundle::from_json(&text) {
        Ok(bundle) => bundle,
        Err(e) => {
            return Ok(Err(Rejected {
                kind: "malformed",
                reason: e.to_string(),
            }));
        }
    };
    let key = keys::verifying(&bundle, cache)?;
    let now = at.unwrap_or_else(text::now);
    Ok(
        verify::verify(&bundle, &key, expected, now).map_err(|e| Rejected {
            kind: match e.kind() {
                Kind::Malformed => "malformed",
                Kind::Mismatched => "not what was expected",
                _ => "false",
            },
            reason: e.to_string(),
        }),
    )
}

/// What was proved, by whose word, and what was not.
fn accepted(verified: &Verified, at: Option<u64>) -> Report {
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
        text::date(statement.as_of()),
        text::date(verified.prices_as_of())
    ));
    if let Some(at) = at {
        text.push_str(&format!("\nages were checked as of {}", text::date(at)));
    }
    Report::done(
        text,
        json!({
            "proved": true,
            "circuit": verified.circuit(),
            "shape": verified.shape().to_string(),
            "subject": covenant_circuits::field::to_hex(&statement.subject().get()),
            "policy": covenant_circuits::field::to_hex(&statement.policy()),
            "as_of": statement.as_of(),
            "ratio_bps": statement.ratio().bps(),
            "public_debt": text::plain(statement.public_debt().get(), 6),
            "commitments": statement.commitments().iter().map(ToString::to_string).collect::<Vec<_>>(),
            "kinds": statement.kinds(),
            "accounts": verified.accounts(),
            "prices": verified.prices(),
            "statement": proved,
            "trusting": trusting,
            "not_proved": not_proved,
        }),
    )
}
