//! `covenant account read`: what `account commit` would commit to.

use super::Kind;
use super::input::{How, unlisted};
use super::totals::{self, Control, Total};
use crate::Outcome;
use crate::claim;
use crate::formats;
use crate::outcome::Report;
use crate::positions::{Skipped, Why};
use crate::text;
use clap::Args;
use covenant_circuits::account;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeMap;
use std::path::PathBuf;

/// What `--help` ends with.
const READ_HELP: &str = r#"Examples:
  covenant account read vaults.json --preset fireblocks --kind collateral
  covenant account read statement.xml --preset semt.002 --kind collateral --policy policy.json"#;

/// Show what a file of positions would commit to, and commit to nothing.
///
/// Prints what is read, which is secret: totals of each asset, and which rows are skipped and why.
/// Writes no file.
#[derive(Args, Debug)]
#[command(after_help = READ_HELP)]
pub(crate) struct ReadVerb {
    /// The account's positions: CSV, JSON, semt.002 or MT535
    positions: PathBuf,
    /// Whether the account holds collateral or is owed
    #[arg(long)]
    kind: Kind,
    /// Takes decimals from this policy and warns of assets it does not list
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    how: How,
    /// What an asset has to add up to, in whole units; for several assets, several times
    #[arg(long, value_name = "ASSET=QUANTITY")]
    control: Vec<Control>,
}

/// What a file has. Secret.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReadOutput {
    /// Collateral or liability.
    #[schemars(with = "formats::Kind")]
    kind: account::Kind,
    /// When the positions were taken, where the file says so: Unix seconds; of a day, its first.
    as_of: Option<u64>,
    /// How many rows are positions.
    rows: usize,
    /// How many rows are none.
    skipped: usize,
    /// Why they are none.
    reasons: Vec<Reason>,
    /// What each asset adds up to.
    totals: Vec<Total>,
    /// Things that are allowed and probably not meant.
    warnings: Vec<String>,
}

/// Why rows are no positions.
#[derive(Serialize, JsonSchema)]
struct Reason {
    /// In words.
    why: &'static str,
    /// How many.
    rows: usize,
    /// Where the first is.
    first: String,
}

impl ReadVerb {
    pub(crate) fn run(self) -> Outcome {
        let policy = self.policy.as_deref().map(claim::policy).transpose()?;
        let kind = self.kind.into();
        let read = self
            .how
            .read(&self.positions, kind, policy.as_ref(), &self.control)?;
        let decimals = |asset: &str| read.decimals.get(asset).copied();
        let totals = totals::totals(&read.positions, decimals);
        let mut warnings = unlisted(policy.as_ref(), kind, &read.positions);
        warnings.sort_unstable();
        warnings.dedup();
        let output = ReadOutput {
            kind,
            as_of: read.as_of.map(|taken| taken.seconds()),
            rows: read.positions.len(),
            skipped: read.skipped.len(),
            reasons: reasons(&read.skipped),
            totals,
            warnings,
        };
        Report::done(said(&output), &output)
    }
}

fn reasons(skipped: &[Skipped]) -> Vec<Reason> {
    let mut reasons: BTreeMap<Why, Reason> = BTreeMap::new();
    for row in skipped {
        let reason = reasons.entry(row.why).or_insert_with(|| Reason {
            why: row.why.text(),
            rows: 0,
            first: row.place.clone(),
        });
        reason.rows += 1;
    }
    reasons.into_values().collect()
}

fn said(output: &ReadOutput) -> String {
    let as_of = match output.as_of {
        Some(time) => text::date(time),
        None => "not in the file".into(),
    };
    let mut text = format!(
        "kind     {}\nas of    {as_of}\nread     {} rows\nskipped  {} rows",
        output.kind, output.rows, output.skipped
    );
    for reason in &output.reasons {
        text.push_str(&format!(
            "\n         {} {}, the first at {}",
            reason.rows, reason.why, reason.first
        ));
    }
    text.push_str(&format!("\n{}", totals::table_of(&output.totals)));
    for warning in &output.warnings {
        text.push_str(&format!("\nwarning  {warning}"));
    }
    text
}
