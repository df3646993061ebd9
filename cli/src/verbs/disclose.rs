//! `covenant disclose`: openings of a proof's accounts, sealed to an auditor.

use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use clap::Args;
use covenant_circuits::account::{Kind, Opening};
use covenant_disclosure::{Disclosed, Disclosure, Recipient, SealError, seal};
use covenant_verifier::bundle::{self, Bundle};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// What `--help` ends with.
const DISCLOSE_HELP: &str = r#"Example:
  covenant disclose account/opening.json --bundle bundle.json \
    --to age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p --out for-auditor.age"#;

/// Seal openings of a proof's accounts to an auditor.
///
/// All accounts of the bundle, or some: whoever opens the file is told which. Nothing is sealed that is
/// not of the bundle. Whoever has the key reads every position; `keys age` makes one.
#[derive(Args, Debug)]
#[command(after_help = DISCLOSE_HELP)]
pub(crate) struct Disclose {
    /// The openings (secret)
    #[arg(value_name = "OPENING", required = true)]
    openings: Vec<PathBuf>,
    /// The bundle that they are of
    #[arg(long, value_name = "FILE")]
    bundle: PathBuf,
    /// Whom to seal to, an X25519 recipient of age; for several, several times
    #[arg(long, value_name = "RECIPIENT", required_unless_present = "to_file")]
    to: Vec<String>,
    /// The same from a file, one a line
    #[arg(long, value_name = "FILE")]
    to_file: Vec<PathBuf>,
    /// The sealed file to write; never replaces a file
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// What was sealed.
#[derive(Serialize, JsonSchema)]
pub(crate) struct DiscloseOutput {
    /// The hash of the statement that it is of, 0x-hex.
    statement: String,
    /// The start of its window, Unix seconds.
    as_of_from: u64,
    /// Its end.
    as_of_to: u64,
    /// Who can open it.
    recipients: Vec<String>,
    /// Accounts of the bundle that are disclosed.
    disclosed: Vec<PlaceOutput>,
    /// Those that are not.
    undisclosed: Vec<PlaceOutput>,
    /// The file that was written.
    out: String,
}

/// An account of a bundle.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlaceOutput {
    /// Its place in the bundle, from 0.
    index: usize,
    /// Its commitment, 0x-hex.
    commitment: String,
    /// Which kind the bundle shows.
    #[schemars(with = "formats::Kind")]
    kind: Kind,
}

impl PlaceOutput {
    pub(crate) fn all(bundle: &Bundle, places: impl IntoIterator<Item = usize>) -> Vec<Self> {
        let places: Vec<usize> = places.into_iter().collect();
        let accounts = bundle.accounts().iter().enumerate();
        accounts
            .filter(|(index, _)| places.contains(index))
            .map(|(index, account)| Self {
                index,
                commitment: account.commitment.to_string(),
                kind: account.kind,
            })
            .collect()
    }

    /// A line for people.
    pub(crate) fn line(&self, what: &str) -> String {
        format!(
            "{what:<14} accounts[{}]  {:<10}  {}\n",
            self.index, self.kind, self.commitment
        )
    }
}

/// Reads a bundle that is taken as it is: whether it proves anything, `verify` tells.
pub(crate) fn read_bundle(path: &Path) -> Result<Bundle, Failure> {
    let text = files::read(path, bundle::MAX_BYTES as u64)?;
    Bundle::from_json(&text).map_err(|e| Failure::of_file(path, e).coded(Code::BundleMalformed))
}

impl Disclose {
    pub(crate) fn run(self) -> Outcome {
        let recipients = self.recipients()?;
        let bundle = read_bundle(&self.bundle)?;
        let openings: Vec<Opening> =
            (self.openings.iter().map(|path| claim::opening(path))).collect::<Result<_, _>>()?;
        let disclosure = Disclosure::of(&bundle, openings).map_err(|e| self.of_opening(e))?;
        let sealed = seal(&disclosure, &recipients).map_err(Failure::of)?;
        files::write_bytes(&self.out, &sealed, files::Kind::Secret)?;
        let (statement, window) = (disclosure.statement(), disclosure.window());
        let disclosed = Disclosed::by(disclosure, &bundle).map_err(Failure::of)?;
        let opened = disclosed.accounts().iter().map(|account| account.index);
        let output = DiscloseOutput {
            statement: statement.to_string(),
            as_of_from: window.from(),
            as_of_to: window.to(),
            recipients: recipients.iter().map(ToString::to_string).collect(),
            disclosed: PlaceOutput::all(&bundle, opened),
            undisclosed: PlaceOutput::all(&bundle, disclosed.undisclosed().iter().copied()),
            out: self.out.display().to_string(),
        };
        let lines = |places: &[PlaceOutput], what| {
            let lines = places.iter().map(|place| place.line(what));
            lines.collect::<String>()
        };
        let text = format!(
            "{}{}sealed to {}, in {}",
            lines(&output.disclosed, "disclosed"),
            lines(&output.undisclosed, "not disclosed"),
            output.recipients.join(", "),
            output.out
        );
        Report::done(text, &output)
    }

    /// Everybody that is named, once. What is named may be a secret by mistake, and is not told.
    fn recipients(&self) -> Result<Vec<Recipient>, Failure> {
        let named = self.to.iter().map(|text| {
            let recipient = text.parse::<Recipient>();
            recipient.map_err(|e: SealError| Failure::new(Code::Usage, format!("--to: {e}")))
        });
        let mut all: Vec<Recipient> = named.collect::<Result<_, _>>()?;
        for path in &self.to_file {
            let text = files::read(path, files::MAX_PUBLIC)?;
            let read = Recipient::read_all(&text);
            all.extend(read.map_err(|e| Failure::of_file(path, e))?);
        }
        all.sort_by_cached_key(ToString::to_string);
        all.dedup_by_key(|recipient| recipient.to_string());
        Ok(all)
    }

    /// The file of the opening that an error is about, or else the bundle.
    fn of_opening(&self, error: covenant_disclosure::DisclosureError) -> Failure {
        let path = error.index().and_then(|index| self.openings.get(index));
        let path = path.map(|path| files::in_folder(path, "opening.json"));
        Failure::of_file(path.as_ref().unwrap_or(&self.bundle), error)
    }
}
