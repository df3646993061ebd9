//! `covenant open`: a sealed disclosure, compared with the bundle that it is of.

use super::disclose::{PlaceOutput, read_bundle};
use crate::Outcome;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::table::table;
use crate::text;
use clap::Args;
use covenant_circuits::account::{Kind, Opening};
use covenant_circuits::policy::Policy;
use covenant_disclosure::{Disclosed, DisclosedAccount, Disclosure, Identity, seal, unseal};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const OPEN_HELP: &str = r#"Examples:
  covenant open for-auditor.age --identity auditor.key --bundle bundle.json
  covenant open for-auditor.age --identity auditor.key --bundle bundle.json --show
  covenant open for-auditor.age --identity auditor.key --bundle bundle.json --out-dir openings"#;

/// Open what was disclosed to you, and compare it with the bundle.
///
/// Every commitment is recomputed from its opening; another statement's, another period's and another
/// account's is refused. What is printed are counts; positions are with --show, and openings are
/// written with --out-dir. Whether the bundle's proof holds is for `covenant verify` to say.
#[derive(Args, Debug)]
#[command(after_help = OPEN_HELP)]
pub(crate) struct Open {
    /// The sealed file
    sealed: PathBuf,
    /// Your age identity, as age-keygen and `keys age` write it
    #[arg(long, value_name = "FILE")]
    identity: PathBuf,
    /// The bundle, from whoever relies on it
    #[arg(long, value_name = "FILE")]
    bundle: PathBuf,
    /// Write every opening (secret) into this folder; never replaces a file
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// Print every position (secret)
    #[arg(long)]
    show: bool,
}

/// What was opened.
#[derive(Serialize, JsonSchema)]
pub(crate) struct OpenOutput {
    /// The hash of the statement that it is of, 0x-hex.
    statement: String,
    /// The start of its window, Unix seconds.
    as_of_from: u64,
    /// Its end.
    as_of_to: u64,
    /// Whose accounts they are.
    subject: String,
    /// Accounts that were disclosed, in the order of the bundle.
    disclosed: Vec<OpenedOutput>,
    /// Accounts of the bundle that were not.
    undisclosed: Vec<PlaceOutput>,
}

/// An account whose commitment opens to what was disclosed.
#[derive(Serialize, JsonSchema)]
struct OpenedOutput {
    /// Its place in the bundle, from 0.
    index: usize,
    /// Its commitment, 0x-hex.
    commitment: String,
    /// Collateral or liability.
    #[schemars(with = "formats::Kind")]
    kind: Kind,
    /// Unix seconds.
    as_of: u64,
    /// How many positions it has.
    positions: usize,
    /// With --show: the positions, asset and base units. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    shown: Option<Vec<(String, String)>>,
    /// With --out-dir: the file that its opening is in. Secret.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<String>,
}

impl Open {
    pub(crate) fn run(self) -> Outcome {
        let identities = identities(&self.identity)?;
        let bundle = read_bundle(&self.bundle)?;
        let failed = |e| Failure::of_file(&self.sealed, e);
        let sealed = files::bytes(&self.sealed, seal::MAX_SEALED as u64)?;
        let text = unseal(&sealed, &identities).map_err(|e| Failure::of_file(&self.sealed, e))?;
        let disclosure = Disclosure::from_json(&text).map_err(failed)?;
        let (statement, window) = (disclosure.statement(), disclosure.window());
        let disclosed = Disclosed::by(disclosure, &bundle).map_err(failed)?;
        let written = self.write(&disclosed)?;
        let mut written = written.into_iter();
        let opened = disclosed.accounts().iter().map(|account| {
            let opening = &account.opening;
            OpenedOutput {
                index: account.index,
                commitment: opening.commitment().to_string(),
                kind: opening.kind(),
                as_of: opening.as_of(),
                positions: opening.positions().len(),
                shown: self.show.then(|| positions(opening)),
                file: written.next(),
            }
        });
        let output = OpenOutput {
            statement: statement.to_string(),
            as_of_from: window.from(),
            as_of_to: window.to(),
            subject: disclosed
                .accounts()
                .first()
                .map_or("", |a| a.opening.subject())
                .into(),
            disclosed: opened.collect(),
            undisclosed: PlaceOutput::all(&bundle, disclosed.undisclosed().iter().copied()),
        };
        Report::done(self.told(&output, &disclosed, bundle.policy()), &output)
    }

    /// Writes every opening or none; their names, where there are any.
    fn write(&self, disclosed: &Disclosed) -> Result<Vec<String>, Failure> {
        let Some(folder) = &self.out_dir else {
            return Ok(Vec::new());
        };
        files::create_dir(folder)?;
        let stage = |account: &DisclosedAccount| {
            let path = folder.join(format!("account-{}.json", account.index));
            let staged = files::stage(&path, &account.opening.to_json(), files::Kind::Secret)?;
            Ok((path.display().to_string(), staged))
        };
        let staged = disclosed.accounts().iter().map(stage);
        let staged: Vec<_> = staged.collect::<Result<_, Failure>>()?;
        let commit = |(name, staged): (String, files::Staged)| staged.commit().map(|()| name);
        staged.into_iter().map(commit).collect()
    }

    fn told(&self, output: &OpenOutput, disclosed: &Disclosed, policy: &Policy) -> String {
        let mut text = format!(
            "OPENED\nevery opening is that of its commitment, of {}, as of {} to {}\n",
            output.subject,
            text::date(output.as_of_from),
            text::date(output.as_of_to)
        );
        for (account, opened) in output.disclosed.iter().zip(disclosed.accounts()) {
            text.push_str(&format!(
                "disclosed      accounts[{}]  {:<10}  {}  {} positions{}\n",
                account.index,
                account.kind,
                account.commitment,
                account.positions,
                account
                    .file
                    .as_ref()
                    .map_or(String::new(), |file| format!(", in {file}"))
            ));
            if self.show {
                text.push_str(&shown(&opened.opening, policy));
            }
        }
        for account in &output.undisclosed {
            text.push_str(&account.line("not disclosed"));
        }
        text.push_str("whether the proof holds: covenant verify");
        text
    }
}

/// The identities of a file. Its text is secret.
fn identities(path: &Path) -> Result<Vec<Identity>, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    Identity::read_all(&text).map_err(|e| Failure::of_file(path, e))
}

fn positions(opening: &Opening) -> Vec<(String, String)> {
    let positions = opening.positions().iter();
    positions
        .map(|p| (p.asset.clone(), p.amount.get().to_string()))
        .collect()
}

/// A table of positions, in whole units where the policy lists the asset.
fn shown(opening: &Opening, policy: &Policy) -> String {
    let mut shown = table(["asset", "base units", "units"], 1..3);
    for position in opening.positions() {
        let listed = policy.assets().iter().find(|asset| asset.id == position.id);
        let decimals = listed.and_then(|asset| usize::try_from(asset.decimals).ok());
        let amount = position.amount.get();
        shown.add_row([
            position.asset.clone(),
            text::exact(amount, 0),
            decimals.map_or(String::new(), |decimals| text::exact(amount, decimals)),
        ]);
    }
    format!("{shown}\n")
}
