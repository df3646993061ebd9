//! `covenant account`: what an attester of an account does.

mod included;
mod input;
mod presets;
mod read;
mod revoke;
mod sign;
mod totals;
mod undertake;

pub(crate) use included::IncludedOutput;
use input::{How, unlisted};
pub(crate) use presets::PresetsOutput;
pub(crate) use read::ReadOutput;
pub(crate) use revoke::RevokeOutput;
pub(crate) use sign::{SignOutput, pretty};
use totals::{Control, Show};
pub(crate) use undertake::UndertakeOutput;

use super::Global;
use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::positions::Taken;
use crate::text;
use clap::{Args, Subcommand, ValueEnum};
use covenant_circuits::account::{self, Opening, Position};
use covenant_circuits::field::{Fr, to_hex};
use covenant_circuits::ident::HolderReference;
use covenant_circuits::rollup::draw_salt;
use covenant_verifier::bundle::AccountFile;
use rand_core::OsRng;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Subcommand, Debug)]
pub(crate) enum Account {
    Commit(Commit),
    Read(read::ReadVerb),
    Presets(presets::Presets),
    Check(Check),
    Sign(Box<sign::Sign>),
    Undertake(Box<undertake::Undertake>),
    Revoke(Box<revoke::Revoke>),
    Included(included::Included),
}

impl Account {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        match self {
            Self::Commit(verb) => verb.run(),
            Self::Read(verb) => verb.run(),
            Self::Presets(verb) => verb.run(),
            Self::Check(verb) => verb.run(),
            Self::Sign(verb) => verb.run(),
            Self::Undertake(verb) => verb.run(),
            Self::Revoke(verb) => verb.run(),
            Self::Included(verb) => verb.run(global),
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Kind {
    /// Assets a custodian keeps for the subject
    Collateral,
    /// Debt the subject owes to a creditor
    Liability,
}

impl From<Kind> for account::Kind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Collateral => Self::Collateral,
            Kind::Liability => Self::Liability,
        }
    }
}

/// What `--help` ends with.
const COMMIT_HELP: &str = r#"Units: an amount is in base units (satoshi, wei, cents), a quantity in whole units of the asset.
Accounts of a basket need not be of one --as-of, but everybody sees how far apart they may lie.

Example:
  covenant account commit positions.csv --kind collateral --subject lei:529900T8BM49AURSDO55 \
    --as-of 2026-11-20T16:00:00Z --policy policy.json --out account"#;

/// Commit to an account: writes opening.json (secret) and account.json (public).
///
/// POSITIONS is CSV with the columns `asset,amount` (base units) or `asset,quantity` (whole
/// units, with decimals from a column `decimals`, the mapping or the policy), or JSON:
/// `[["asset", "amount"], ...]` or a list of objects with those columns as fields. Statements of
/// holdings, semt.002 and MT535, are read too; `account read` shows what is read and writes nothing.
#[derive(Args, Debug)]
#[command(after_help = COMMIT_HELP)]
pub(crate) struct Commit {
    /// The account's positions: CSV, JSON, semt.002 or MT535
    positions: PathBuf,
    /// Whether the account holds collateral or is owed
    #[arg(long)]
    kind: Kind,
    /// Whose account it is, such as lei:529900T8BM49AURSDO55
    #[arg(long, value_name = "ID")]
    subject: String,
    /// When the positions were taken: RFC 3339, a date, Unix seconds, or now; may be left out where
    /// the file says so
    #[arg(long, value_name = "TIME", value_parser = text::past)]
    as_of: Option<u64>,
    /// Takes decimals from this policy and warns of assets it does not list
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    how: How,
    /// What an asset has to add up to, in whole units; for several assets, several times
    #[arg(long, value_name = "ASSET=QUANTITY")]
    control: Vec<Control>,
    /// Keep several positions of one asset apart, rather than adding them up
    #[arg(long)]
    separate: bool,
    /// Commit to an account without positions: that nothing is held, or owed
    #[arg(long)]
    empty: bool,
    /// A creditor whose books you keep yourself: the text of the reference that the creditor
    /// supplied, an identifier and a nonce; also writes salt, for the creditor alone
    #[arg(long, value_name = "REF")]
    holder: Option<String>,
    /// Whether to show what was read, which is secret
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    totals: Show,
    /// Directory for opening.json and account.json; created if missing
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// What was committed to.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CommitOutput {
    /// The commitment, 0x-hex.
    commitment: String,
    /// Collateral or liability.
    #[schemars(with = "formats::Kind")]
    kind: account::Kind,
    /// Whose account it is.
    subject: String,
    /// Unix seconds.
    as_of: u64,
    /// The file of the opening. Secret.
    opening: String,
    /// The file to publish.
    account: String,
    /// The secret salt of a holder's account, a file; null without `--holder`.
    salt: Option<String>,
    /// How many rows the file has. Secret.
    rows: usize,
    /// How many rows are no positions of this account. Secret.
    skipped: usize,
    /// How many positions were committed to. Secret.
    positions: usize,
    /// Things that are allowed and probably not meant.
    warnings: Vec<String>,
}

impl Commit {
    pub(crate) fn run(self) -> Outcome {
        let policy = self.policy.as_deref().map(claim::policy).transpose()?;
        let path = &self.positions;
        let kind = self.kind.into();
        let mut read = self.how.read(path, kind, policy.as_ref(), &self.control)?;
        let as_of = as_of(path, self.as_of, read.as_of)?;
        let rows = read.positions.len();
        if (rows == 0) != self.empty {
            let expected = match self.empty {
                true => "no positions, as --empty says, got some",
                false => {
                    "positions, got none: an export that failed looks like this; --empty where nothing is held or owed"
                }
            };
            return Err(Failure::in_file(
                path,
                Code::Malformed,
                format!("expected {expected}"),
            ));
        }
        let shown = totals::table(&read.positions, |asset| read.decimals.get(asset).copied());
        if !self.separate {
            read.added_up(path)?;
        }
        let (positions, skipped) = (read.positions, read.skipped.len());
        let unlisted = unlisted(policy.as_ref(), kind, &positions);
        let (opening, salt) = self.opening(kind, as_of, positions)?;
        let salt = salt.map(|salt| stage_salt(&self.out, salt)).transpose()?;
        let (secret, public) = write(&self.out, &opening)?;
        let salt = salt.map(|(path, staged)| staged.commit().map(|()| path));
        let salt = salt.transpose()?;
        let commitment = opening.commitment().to_string();
        let mut text = format!(
            "commitment  {commitment}\npublic      {}\nsecret      {} (keep it: without it nothing can be proved, with it everything is revealed)",
            public.display(),
            secret.display(),
        );
        if let Some(salt) = &salt {
            text.push_str(&format!(
                "\nsalt        {} (secret, for the creditor with the opening)",
                salt.display()
            ));
        }
        text.push_str(&format!(
            "\nread        {rows} rows, {} positions; {skipped} rows skipped",
            opening.positions().len()
        ));
        if self.totals.now() {
            text.push_str(&format!("\n{shown}"));
        }
        for warning in &unlisted {
            text.push_str(&format!("\nwarning     {warning}"));
        }
        Report::done(
            text,
            &CommitOutput {
                commitment,
                kind: opening.kind(),
                subject: opening.subject().into(),
                as_of: opening.as_of(),
                opening: secret.display().to_string(),
                account: public.display().to_string(),
                salt: salt.map(|salt| salt.display().to_string()),
                rows,
                skipped,
                positions: opening.positions().len(),
                warnings: unlisted,
            },
        )
    }
}

impl Commit {
    /// The account; of a holder with the salt of its blinding (docs/spec.md, 8a.4).
    fn opening(
        &self,
        kind: account::Kind,
        as_of: u64,
        positions: Vec<Position>,
    ) -> Result<(Opening, Option<Fr>), Failure> {
        let Some(holder) = &self.holder else {
            let opening = Opening::new(kind, &self.subject, as_of, positions, OsRng);
            return Ok((opening.map_err(Failure::of)?, None));
        };
        let usage = |said: String| Failure::new(Code::Usage, format!("--holder: {said}"));
        if kind != account::Kind::Liability {
            return Err(usage(format!("expected --kind liability, got {kind}")));
        }
        let holder = HolderReference::of(holder).map_err(|e| usage(e.to_string()))?;
        let salt = draw_salt(OsRng);
        let opening = Opening::of_holder(&self.subject, as_of, holder, salt, positions);
        Ok((opening.map_err(Failure::of)?, Some(salt)))
    }
}

/// The salt's file, which replaces none.
fn stage_salt(dir: &Path, salt: Fr) -> Result<(PathBuf, files::Staged), Failure> {
    files::create_dir(dir)?;
    let path = dir.join("salt");
    let text = zeroize::Zeroizing::new(to_hex(&salt) + "\n");
    let staged = files::stage(&path, &text, files::Kind::Secret)?;
    Ok((path, staged))
}

/// When positions were taken: as the command says, or the file; both alike where both say it.
fn as_of(path: &Path, given: Option<u64>, read: Option<Taken>) -> Result<u64, Failure> {
    match (given, read) {
        (Some(given), Some(read)) if !read.agrees(given) => {
            let (expected, got) = (text::date(given), text::date(read.seconds()));
            let said = format!("expected the time of --as-of, {expected}, got {got}");
            let wrong = Failure::in_file(path, Code::Malformed, said);
            Err(wrong.differs("as_of", expected, got))
        }
        (Some(given), _) => Ok(given),
        (None, Some(read)) => Ok(read.seconds()),
        (None, None) => Err(Failure::new(
            Code::Usage,
            "--as-of: expected a time, as the file does not say when the positions were taken",
        )),
    }
}

/// Writes opening.json and account.json, both or neither; neither replaces a file.
pub(crate) fn write(dir: &Path, opening: &Opening) -> Result<(PathBuf, PathBuf), Failure> {
    files::create_dir(dir)?;
    let (secret, public) = (dir.join("opening.json"), dir.join("account.json"));
    let account = AccountFile::of(opening).to_json();
    let staged_secret = files::stage(&secret, &opening.to_json(), files::Kind::Secret)?;
    let staged_public = files::stage(&public, &account, files::Kind::New)?;
    staged_secret.commit()?;
    if let Err(failure) = staged_public.commit() {
        // The opening of an account that was never published is worth nothing.
        let _ = std::fs::remove_file(&secret);
        return Err(failure);
    }
    Ok((secret, public))
}

/// Recompute the commitment of an opening.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The opening (secret)
    opening: PathBuf,
    /// Takes decimals from this policy, to show whole units
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    how: How,
    /// Whether to show what it holds, which is secret
    #[arg(long, value_name = "WHEN", value_enum, default_value_t)]
    totals: Show,
}

/// What an opening opens. Not secret but for `positions`.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckOutput {
    /// The commitment, 0x-hex.
    commitment: String,
    /// Collateral or liability.
    #[schemars(with = "formats::Kind")]
    kind: account::Kind,
    /// Whose account it is.
    subject: String,
    /// Unix seconds.
    as_of: u64,
    /// How many positions it has. Secret.
    positions: usize,
}

impl Check {
    pub(crate) fn run(self) -> Outcome {
        let opening = claim::opening(&self.opening)?;
        let policy = self.policy.as_deref().map(claim::policy).transpose()?;
        let mapping = self.how.mapping()?;
        let commitment = opening.commitment().to_string();
        let mut text = format!(
            "commitment  {commitment}\nkind        {}\nsubject     {}\nas of       {}\npositions   {}",
            opening.kind(),
            opening.subject(),
            text::date(opening.as_of()),
            opening.positions().len(),
        );
        if self.totals.now() {
            let rules = policy.as_ref().map_or(&[][..], |policy| policy.assets());
            let decimals = |asset: &str| {
                let rule = rules.iter().find(|rule| rule.name == asset);
                let mapped = || mapping.as_ref().and_then(|m| m.decimals_of(asset));
                rule.map(|rule| rule.decimals).or_else(mapped)
            };
            let shown = totals::table(opening.positions(), decimals);
            text.push_str(&format!("\n{shown}"));
        }
        Report::done(
            text,
            &CheckOutput {
                commitment,
                kind: opening.kind(),
                subject: opening.subject().into(),
                as_of: opening.as_of(),
                positions: opening.positions().len(),
            },
        )
    }
}
