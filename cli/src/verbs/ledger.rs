//! `covenant ledger`: which commitments are pledged to which facility.

use crate::Outcome;
use crate::files;
use crate::ledger::{Ledger, Pledge};
use crate::outcome::{Failure, Report};
use crate::table::table;
use crate::text;
use clap::{Args, Subcommand};
use covenant_circuits::account::Commitment;
use covenant_circuits::account::Kind;
use covenant_circuits::field::from_hex;
use covenant_verifier::bundle::{self, Bundle};
use serde_json::json;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum LedgerVerb {
    /// Pledge commitments to a facility: all of them, or none if one is pledged already
    Add(Change),
    /// Release commitments from a facility
    Release(Change),
    /// List every pledge
    List(List),
}

/// Pledge or release.
#[derive(Args, Debug)]
pub(crate) struct Change {
    /// The ledger, an SQLite file; add makes it
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
    fn pledges(&self) -> Result<Vec<Pledge>, Failure> {
        let now = text::now();
        let mut pledges = Vec::new();
        for text in &self.commitments {
            let commitment = from_hex(text)
                .map(Commitment)
                .map_err(|e| Failure::unknown(format!("COMMITMENT: {e}")))?;
            pledges.push(Pledge {
                commitment: commitment.to_string(),
                facility: self.facility.clone(),
                account: None,
                added: now,
            });
        }
        if let Some(path) = &self.bundle {
            let text = files::read(path, bundle::MAX_BYTES as u64)?;
            let bundle = Bundle::from_json(&text).map_err(|e| Failure::in_file(path, e))?;
            let collateral = bundle
                .accounts()
                .iter()
                .filter(|a| a.kind == Kind::Collateral);
            pledges.extend(collateral.map(|a| Pledge::of(a, &self.facility, now)));
        }
        Ok(pledges)
    }
}

impl LedgerVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Add(verb) => {
                let pledges = verb.pledges()?;
                Ledger::open(&verb.ledger, true)?.add(&pledges)?;
                Ok(Report::done(
                    format!(
                        "{} commitments pledged to {:?}",
                        pledges.len(),
                        verb.facility
                    ),
                    json!({
                        "added": true,
                        "facility": verb.facility,
                        "commitments": pledges.iter().map(|p| &p.commitment).collect::<Vec<_>>(),
                    }),
                ))
            }
            Self::Release(verb) => {
                let commitments: Vec<String> =
                    verb.pledges()?.into_iter().map(|p| p.commitment).collect();
                Ledger::open(&verb.ledger, false)?.release(&commitments, &verb.facility)?;
                Ok(Report::done(
                    format!(
                        "{} commitments released from {:?}",
                        commitments.len(),
                        verb.facility
                    ),
                    json!({
                        "released": true,
                        "facility": verb.facility,
                        "commitments": commitments,
                    }),
                ))
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
                let object = |p: &Pledge| {
                    json!({
                        "commitment": p.commitment,
                        "facility": p.facility,
                        "attester": p.account.as_ref().map(|(k, _)| k),
                        "account": p.account.as_ref().map(|(_, a)| a),
                        "added": p.added,
                    })
                };
                Ok(Report::done(
                    shown.to_string(),
                    json!({ "pledges": pledges.iter().map(object).collect::<Vec<_>>() }),
                ))
            }
        }
    }
}
