//! `covenant ledger`: which commitments are pledged to which facility.

use crate::Outcome;
use crate::codes::Code;
use crate::expect;
use crate::files;
use crate::ledger::{Ledger, Pledge};
use crate::outcome::{Failure, Report};
use crate::table::table;
use crate::text;
use clap::{Args, Subcommand};
use covenant_circuits::account::Commitment;
use covenant_circuits::account::Kind;
use covenant_circuits::field::from_hex;
use covenant_verifier::bundle::{self, AccountFile, Bundle};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum LedgerVerb {
    /// Pledge commitments to a facility: all of them, or none if one is pledged to another
    Add(Add),
    /// Release commitments from a facility
    Release(Change),
    List(List),
}

/// Pledge.
#[derive(Args, Debug)]
pub(crate) struct Add {
    #[command(flatten)]
    change: Change,
    /// Your expectations, TOML or JSON: they name the attesters of a bundle's accounts, whatever
    /// key one signed with
    #[arg(long, value_name = "FILE", required_unless_present = "commitments")]
    expect: Option<PathBuf>,
}

/// Pledge or release.
#[derive(Args, Debug)]
pub(crate) struct Change {
    /// The ledger, an SQLite file; add creates it
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
    /// What the collateral backs: your own name of the facility
    #[arg(long, value_name = "NAME")]
    facility: String,
    /// The collateral accounts of this bundle
    #[arg(long, value_name = "BUNDLE", required_unless_present = "commitments")]
    bundle: Option<PathBuf>,
    /// Commitments
    #[arg(value_name = "COMMITMENT")]
    commitments: Vec<String>,
}

/// List every pledge.
#[derive(Args, Debug)]
pub(crate) struct List {
    /// The ledger
    #[arg(long, value_name = "FILE")]
    ledger: PathBuf,
}

impl Change {
    fn commitments(&self) -> Result<Vec<String>, Failure> {
        let commitments = self.commitments.iter().map(|text| {
            let commitment = from_hex(text).map(Commitment);
            let commitment = commitment.map(|commitment| commitment.to_string());
            commitment.map_err(|e| Failure::new(Code::Usage, format!("COMMITMENT: {e}")))
        });
        commitments.collect()
    }

    /// The collateral accounts of the bundle, where there is one.
    fn collateral(&self) -> Result<Vec<AccountFile>, Failure> {
        let Some(path) = &self.bundle else {
            return Ok(Vec::new());
        };
        let text = files::read(path, bundle::MAX_BYTES as u64)?;
        let bundle = Bundle::from_json(&text).map_err(|e| Failure::of_file(path, e))?;
        let accounts = bundle.accounts().iter();
        let collateral = accounts.filter(|a| a.kind == Kind::Collateral);
        Ok(collateral.cloned().collect())
    }
}

impl Add {
    fn pledges(&self) -> Result<Vec<Pledge>, Failure> {
        let now = text::now();
        let change = &self.change;
        let bare = change.commitments()?.into_iter().map(|commitment| Pledge {
            commitment,
            facility: change.facility.clone(),
            account: None,
            added: now,
        });
        let mut pledges: Vec<Pledge> = bare.collect();
        if change.bundle.is_some() {
            let named = self.expect.as_ref().ok_or_else(|| {
                let said = "--expect: expected a file that names the attesters of the bundle's accounts, got none";
                Failure::new(Code::Usage, said)
            })?;
            let attesters = expect::read(named)?.attesters;
            for account in change.collateral()? {
                pledges.push(Pledge::of(&account, &change.facility, &attesters, now)?);
            }
        }
        Ok(pledges)
    }
}

/// What was pledged.
#[derive(Serialize, JsonSchema)]
pub(crate) struct AddOutput {
    /// `true`.
    added: bool,
    /// To which facility.
    facility: String,
    /// 0x-hex.
    commitments: Vec<String>,
    /// Those of them that were pledged to it already, 0x-hex.
    already: Vec<String>,
}

/// What was released.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReleaseOutput {
    /// `true`.
    released: bool,
    /// From which facility.
    facility: String,
    /// 0x-hex.
    commitments: Vec<String>,
}

/// Every pledge.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ListOutput {
    /// By facility and time.
    pledges: Vec<PledgeOutput>,
}

/// A pledge.
#[derive(Serialize, JsonSchema)]
struct PledgeOutput {
    /// 0x-hex.
    commitment: String,
    /// What it backs.
    facility: String,
    /// The name in the expectations of who signed for the account; null where nobody did, or it is
    /// not known.
    attester: Option<String>,
    /// The hash of its reference for the account, 0x-hex; null where that is not known.
    account: Option<String>,
    /// Unix seconds.
    added: u64,
}

impl PledgeOutput {
    fn of(pledge: Pledge) -> Self {
        let (attester, account) = pledge.account.unzip();
        Self {
            commitment: pledge.commitment,
            facility: pledge.facility,
            attester,
            account,
            added: pledge.added,
        }
    }
}

impl LedgerVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Add(verb) => {
                let pledges = verb.pledges()?;
                let change = verb.change;
                let added = Ledger::open(&change.ledger, true)?.add(&pledges)?;
                let commitments: Vec<String> = pledges.into_iter().map(|p| p.commitment).collect();
                let there = commitments.iter().filter(|c| !added.contains(c));
                let already: Vec<String> = there.cloned().collect();
                let mut text = format!(
                    "{} commitments pledged to {:?}",
                    commitments.len(),
                    change.facility
                );
                if !already.is_empty() {
                    text.push_str(&format!(", {} of them already", already.len()));
                }
                Report::done(
                    text,
                    &AddOutput {
                        added: true,
                        facility: change.facility,
                        commitments,
                        already,
                    },
                )
            }
            Self::Release(verb) => {
                let mut commitments = verb.commitments()?;
                let collateral = verb.collateral()?.into_iter();
                commitments.extend(collateral.map(|a| a.commitment.to_string()));
                Ledger::open(&verb.ledger, false)?.release(&commitments, &verb.facility)?;
                Report::done(
                    format!(
                        "{} commitments released from {:?}",
                        commitments.len(),
                        verb.facility
                    ),
                    &ReleaseOutput {
                        released: true,
                        facility: verb.facility,
                        commitments,
                    },
                )
            }
            Self::List(verb) => {
                let pledges = Ledger::open(&verb.ledger, false)?.list()?;
                let mut shown = table(["commitment", "facility", "attester", "since"], 0..0);
                for pledge in &pledges {
                    shown.add_row([
                        pledge.commitment.clone(),
                        pledge.facility.clone(),
                        pledge.account.as_ref().map_or("", |(k, _)| k).to_owned(),
                        text::date(pledge.added),
                    ]);
                }
                let pledges = pledges.into_iter().map(PledgeOutput::of).collect();
                Report::done(shown.to_string(), &ListOutput { pledges })
            }
        }
    }
}
