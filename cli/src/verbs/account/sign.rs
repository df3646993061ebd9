//! `covenant account sign`: an attester vouches for an account.

use super::input::How;
use super::totals;
use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, check_taken, unchecked};
use crate::text;
use clap::{ArgGroup, Args};
use covenant_circuits::account::{Commitment, Opening};
use covenant_circuits::field::{Fr, from_hex};
use covenant_verifier::bundle::{AccountFile, Attestation};
use covenant_verifier::signed::{AccountRef, AccountSalt, DocumentError};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const SIGN_HELP: &str = r#"Units: --valid-until is a time, as --as-of of account commit: RFC 3339, a date, or Unix seconds.

Example:
  covenant account sign account/account.json --opening account/opening.json \
    --key custodian.key --account "our reference 17" --salt custodian.salt \
    --valid-until 2027-05-20"#;

/// Sign an account as its attester: EIP-712 AccountAttestation over secp256k1.
///
/// The commitment, kind, subject and time are recomputed from the opening before anything is
/// signed: whoever signs for an account that it did not recompute vouches for whatever the
/// subject put there.
#[derive(Args, Debug)]
#[command(after_help = SIGN_HELP)]
#[command(group(ArgGroup::new("recomputed").required(true)))]
#[command(group(ArgGroup::new("reference").required(true)))]
pub(crate) struct Sign {
    /// account.json
    account_file: PathBuf,
    /// The opening that you made from your own books (secret); the account must be its public
    /// side
    #[arg(long, value_name = "FILE", group = "recomputed")]
    opening: Option<PathBuf>,
    /// Your own export of the account, which must have of each asset what the opening has: for an
    /// opening that somebody else made
    #[arg(long, value_name = "FILE", requires = "opening")]
    positions: Option<PathBuf>,
    #[command(flatten)]
    how: How,
    /// Takes the decimals of that export from this policy
    #[arg(long, value_name = "FILE", requires = "positions")]
    policy: Option<PathBuf>,
    /// Sign without recomputing the commitment: you vouch for an account that you have not seen
    #[arg(long, group = "recomputed")]
    without_opening: bool,
    /// Until when the signature may be relied on
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    valid_until: u64,
    /// Your own reference of the account; only its hash with your salt is published. The same
    /// for one account every time
    #[arg(long, value_name = "REF", group = "reference", requires = "salt")]
    account: Option<String>,
    /// Your salt of references (secret), which covenant keys salt made once
    #[arg(long, value_name = "FILE", requires = "account")]
    salt: Option<PathBuf>,
    /// The published reference of the account's keeper, where you attest an account that you do
    /// not keep yourself: 0x and 64 hex digits
    #[arg(long, value_name = "HASH", value_parser = account_hash, group = "reference")]
    account_hash: Option<AccountRef>,
    /// The commitment of the same account's other kind at the same time: what you are owed on an
    /// account of collateral, so that it cannot be left out [default: nothing]
    #[arg(long, value_name = "COMMITMENT", value_parser = commitment)]
    counterpart: Option<Commitment>,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where to write the signed account [default: in place]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What was signed, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum SignOutput {
    /// A signature was attached.
    Signed {
        /// The account's commitment, 0x-hex.
        commitment: String,
        /// Whose signature it is.
        attester: String,
        /// Whether the signature was checked: not a contract's, which only the contract can tell.
        checked: bool,
        /// The hash of the attester's reference for the account, 0x-hex.
        account: String,
        /// Unix seconds.
        valid_until: u64,
        /// The commitment of the account's other kind, 0x-hex; absent where there is none.
        #[serde(skip_serializing_if = "Option::is_none")]
        counterpart: Option<String>,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Sign {
    pub(crate) fn run(self) -> Outcome {
        let path = &self.account_file;
        let failed = |e: DocumentError| Failure::of_file(path, e);
        let text = files::read(path, files::MAX_PUBLIC)?;
        let file = AccountFile::from_json(&text).map_err(failed)?;
        check_taken(path, file.as_of)?;
        if let Some(opening) = &self.opening {
            let opening = recompute(path, &file, opening)?;
            self.compare(&opening)?;
        }
        let account = self.account_ref()?;
        if self.valid_until < file.as_of {
            let (earliest, got) = (text::date(file.as_of), text::date(self.valid_until));
            return Err(Failure::new(
                Code::Usage,
                format!("--valid-until: expected a time after the account's {earliest}, got {got}"),
            ));
        }
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let document = file.document(account, self.valid_until, self.counterpart);
                let data = document.map_err(failed)?.typed_data();
                return Report::done(pretty(&data), &SignOutput::TypedData(data));
            }
            Signer::Key(key) => key
                .attest_unchecked(file, account, self.valid_until, self.counterpart)
                .map_err(|e| Failure::of_file(path, e))?,
            Signer::External(attester, signature) => file
                .attested(Attestation {
                    attester,
                    account,
                    valid_until: self.valid_until,
                    counterpart: self.counterpart,
                    signature,
                })
                .map_err(failed)?,
        };
        let out = self.out.as_ref().unwrap_or(path);
        files::write(out, &signed.to_json(), files::Kind::Account)?;
        // The last one is this one.
        let signer = signed.attestations.last().map(|a| a.attester);
        let attester = signer.as_ref().map(ToString::to_string);
        let attester = attester.unwrap_or_default();
        let checked = signer.is_none_or(|signer| signer.contract().is_none());
        let unchecked = signer.as_ref().map(unchecked).unwrap_or_default();
        Report::done(
            format!(
                "signed by {attester}, valid until {}, in {}{unchecked}",
                text::date(self.valid_until),
                out.display()
            ),
            &SignOutput::Signed {
                commitment: signed.commitment.to_string(),
                attester,
                checked,
                account: account.to_string(),
                valid_until: self.valid_until,
                counterpart: self.counterpart.map(|k| k.to_string()),
                out: out.display().to_string(),
            },
        )
    }
}

impl Sign {
    /// That the opening has what the attester's own books have.
    fn compare(&self, opening: &Opening) -> Result<(), Failure> {
        let Some(path) = &self.positions else {
            return Ok(());
        };
        let policy = self.policy.as_deref().map(claim::policy).transpose()?;
        let read = self.how.read(path, opening.kind(), policy.as_ref(), &[])?;
        totals::compare(path, &read.positions, opening.positions())
    }

    fn account_ref(&self) -> Result<AccountRef, Failure> {
        match (&self.account, &self.salt, self.account_hash) {
            (Some(reference), Some(path), _) => {
                let text = files::read(path, 1 << 16)?;
                let salt = text.trim().parse::<AccountSalt>();
                // The error quotes nothing of it.
                let salt = salt.map_err(|e| Failure::in_file(path, Code::Malformed, e))?;
                AccountRef::of(&salt, reference)
                    .map_err(|e| Failure::new(Code::Usage, format!("--account: {e}")))
            }
            (_, _, Some(account)) => Ok(account),
            _ => Err(Failure::new(
                Code::Usage,
                "expected --account with --salt, or --account-hash",
            )),
        }
    }
}

fn account_hash(text: &str) -> Result<AccountRef, String> {
    let number = from_hex(text).map_err(|e| e.to_string())?;
    AccountRef::from_field(number).map_err(|e| e.to_string())
}

fn commitment(text: &str) -> Result<Commitment, String> {
    let number = from_hex(text).map_err(|e| e.to_string())?;
    match number == Fr::from(0) {
        true => Err("expected a commitment, got 0, which is none".into()),
        false => Ok(Commitment(number)),
    }
}

/// That an account is the public side of an opening: all that an attester signs.
fn recompute(path: &Path, file: &AccountFile, from: &Path) -> Result<Opening, Failure> {
    let opening = claim::opening(from)?;
    let own = AccountFile::of(&opening);
    let fields = [
        ("kind", own.kind.to_string(), file.kind.to_string()),
        ("subject", own.subject.clone(), file.subject.clone()),
        ("as_of", text::date(own.as_of), text::date(file.as_of)),
        (
            "commitment",
            own.commitment.to_string(),
            file.commitment.to_string(),
        ),
    ];
    for (field, expected, got) in fields {
        if expected != got {
            return Err(Failure::in_file(
                path,
                Code::AccountDiffers,
                format!(
                    "{field}: expected {expected}, recomputed from {}, got {got}; nothing was signed",
                    from.display()
                ),
            )
            .differs(field, &expected, &got));
        }
    }
    Ok(opening)
}

/// JSON for people.
pub(crate) fn pretty(json: &serde_json::Value) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default()
}
