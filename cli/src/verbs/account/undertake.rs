//! `covenant account undertake`: whoever keeps an account holds it for a secured party.

use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::signer::{Signer, SignerArgs, unchecked};
use crate::text;
use crate::verbs::account::pretty;
use crate::wordings::{CONTROL, WordingArgs};
use clap::Args;
use covenant_circuits::account::Kind;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::{FacilityId, SubjectId};
use covenant_verifier::bundle::AccountFile;
use covenant_verifier::signed::{ControlUndertaking, DocumentError, Undertaking};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// What `--help` ends with.
const UNDERTAKE_HELP: &str = r#"Units: times are RFC 3339, a date, or Unix seconds.

Example:
  covenant account undertake account/account.json --secured-party "lei:5493001KJTIIGC8Y1R12" \
    --facility "loan 17" --held-until 2027-05-20 --key custodian.key"#;

/// Undertake to hold an account for a secured party: EIP-712 ControlUndertaking.
///
/// Signed by an attester of the account, after `account sign`. The text that is signed is printed;
/// the document has its hash. `verify` requires it where the expectations say so.
#[derive(Args, Debug)]
#[command(after_help = UNDERTAKE_HELP)]
pub(crate) struct Undertake {
    /// account.json, attested
    account_file: PathBuf,
    /// For whom the account is held, such as lei:5493001KJTIIGC8Y1R12
    #[arg(long, value_name = "ID")]
    secured_party: String,
    /// What it secures: a facility's name; or its id, where it is on a chain: 0x and hex digits
    #[arg(long, value_name = "NAME", value_parser = FacilityId::read)]
    facility: FacilityId,
    /// From when it is held [default: when the account's positions were taken]
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    held_from: Option<u64>,
    /// Until when it is held
    #[arg(long, value_name = "TIME", value_parser = text::time)]
    held_until: u64,
    #[command(flatten)]
    wording: WordingArgs,
    #[command(flatten)]
    signer: SignerArgs,
    /// Where to write the account with the undertaking [default: in place]
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// What was undertaken, or is to be signed elsewhere.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum UndertakeOutput {
    /// A signature was attached.
    Signed {
        /// The account's commitment, 0x-hex.
        commitment: String,
        /// Whose signature it is.
        attester: String,
        /// Whether the signature was checked: not a contract's, which only the contract can tell.
        checked: bool,
        /// The hash of the account's reference, 0x-hex.
        account: String,
        /// The secured party's id, 0x-hex.
        secured_party: String,
        /// The facility's id, 0x-hex.
        facility: String,
        /// Unix seconds.
        held_from: u64,
        /// Unix seconds.
        held_until: u64,
        /// keccak256 of the text, 0x-hex: for `undertakings.wordings` of expectations.
        wording: String,
        /// The text that was signed.
        text: String,
        /// The file that was written.
        out: String,
    },
    /// With `--print-typed-data`.
    TypedData(#[schemars(with = "formats::TypedData")] serde_json::Value),
}

impl Undertake {
    pub(crate) fn run(self) -> Outcome {
        let path = &self.account_file;
        let failed = |e: DocumentError| Failure::of_file(path, e);
        let file =
            AccountFile::from_json(&files::read(path, files::MAX_PUBLIC)?).map_err(failed)?;
        if file.kind != Kind::Collateral {
            let said = "kind: expected collateral, which can be held, got liability";
            let wrong = Failure::in_file(path, Code::Malformed, said);
            return Err(wrong.differs("kind", Kind::Collateral, file.kind));
        }
        // All attestations of a file are of one account.
        let account = file.attestations.first().map(|a| a.account);
        let account = account.ok_or_else(|| {
            let said = "attestation: expected one, which names the account, got none: sign it first, with covenant account sign";
            Failure::in_file(path, Code::Malformed, said).differs("attestation", "one", "none")
        })?;
        let wording = self.wording.read(CONTROL)?;
        let named = |e| Failure::new(Code::Usage, format!("--secured-party: {e}"));
        let document = ControlUndertaking {
            account,
            subject: SubjectId::of(&file.subject).map_err(Failure::of)?,
            secured_party: SubjectId::of(&self.secured_party).map_err(named)?,
            facility: self.facility,
            held_from: self.held_from.unwrap_or(file.as_of),
            held_until: self.held_until,
            wording: wording.hash,
        };
        if document.held_until < document.held_from {
            let (from, until) = (text::date(document.held_from), text::date(self.held_until));
            let said = format!("--held-until: expected a time from {from} on, got {until}");
            return Err(Failure::new(Code::Usage, said));
        }
        let attesters: Vec<_> = file.attestations.iter().map(|a| a.attester).collect();
        let signed = match self.signer.signer()? {
            Signer::Print => {
                let data = document.typed_data();
                let text = format!("{}\n{}", wording.text, pretty(&data));
                return Report::done(text, &UndertakeOutput::TypedData(data));
            }
            Signer::Key(key) => key
                .undertake(file, &document)
                .map_err(|e| Failure::of_file(path, e))?,
            Signer::External(attester, signature) => file
                .undertaken(Undertaking {
                    attester,
                    account,
                    secured_party: document.secured_party,
                    facility: document.facility,
                    held_from: document.held_from,
                    held_until: document.held_until,
                    wording: document.wording,
                    signature,
                })
                .map_err(failed)?,
        };
        let out = self.out.as_ref().unwrap_or(path);
        files::write(out, &signed.to_json(), files::Kind::Account)?;
        // The last one is this one.
        let signer = signed.undertakings.last().map(|u| u.attester);
        let attester = signer.as_ref().map(ToString::to_string).unwrap_or_default();
        let other = signer.is_some_and(|signer| !attesters.contains(&signer));
        let warning = match other {
            true => {
                "\nwarning: no attestation of the account is by this key; it counts where whoever verifies names both as one attester's"
            }
            false => "",
        };
        let unchecked_note = signer.as_ref().map(unchecked).unwrap_or_default();
        Report::done(
            format!(
                "{}\nundertaken by {attester}, from {} to {}, in {}{unchecked_note}{warning}",
                wording.text,
                text::date(document.held_from),
                text::date(document.held_until),
                out.display()
            ),
            &UndertakeOutput::Signed {
                commitment: signed.commitment.to_string(),
                attester,
                checked: signer.is_none_or(|signer| signer.contract().is_none()),
                account: account.to_string(),
                secured_party: to_hex(&document.secured_party.get()),
                facility: to_hex(&document.facility.get()),
                held_from: document.held_from,
                held_until: document.held_until,
                wording: document.wording.to_string(),
                text: wording.text,
                out: out.display().to_string(),
            },
        )
    }
}
