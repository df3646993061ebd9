//! `covenant rollup verify`: walks a whole tree.

use super::build::window;
use super::folder::Folder;
use crate::Outcome;
use crate::codes::{Code, Coded};
use crate::files;
use crate::formats;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use crate::verbs::Global;
use clap::Args;
use covenant_circuits::account::{Commitment, Kind};
use covenant_verifier::bundle::{self, Bundle};
use covenant_verifier::tree::{Manifest, TreeError, Walk, walk};
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Verify a whole tree: every proof, every list, no account twice.
///
/// With a bundle, that the tree is of its statement: subject, window, kind, the merged account in
/// the basket, and no account of the tree elsewhere in it. The bundle itself is for covenant
/// verify. Whose word the tree's accounts are on is not checked, nor whether creditors are missing.
#[derive(Args, Debug)]
pub(crate) struct Verify {
    /// The tree's folder: manifest.json, proofs and lists
    tree: PathBuf,
    /// The bundle whose basket has the merged account
    #[arg(long, value_name = "BUNDLE")]
    bundle: Option<PathBuf>,
}

/// The verdict on a tree.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum VerifyOutput {
    /// Exit code 0.
    Verified {
        /// `true`.
        verified: bool,
        /// The merged account, 0x-hex.
        top: String,
        /// keccak256 of the manifest, 0x-hex.
        manifest: String,
        /// Whose accounts they are.
        subject: String,
        /// The kind of all accounts.
        #[schemars(with = "formats::Kind")]
        kind: Kind,
        /// Unix seconds.
        as_of_from: u64,
        /// Unix seconds.
        as_of_to: u64,
        /// Accounts that are no merged ones.
        leaves: usize,
        /// Proofs.
        proofs: usize,
        /// Whether the tree was compared with a bundle.
        of_bundle: bool,
    },
    /// Exit code 1.
    Refused {
        /// `false`.
        verified: bool,
        /// Why, for programs: see docs/errors.md.
        code: Code,
        /// Why, for people.
        reason: String,
    },
}

impl Verify {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let folder = Folder(&self.tree);
        let manifest = folder.manifest()?;
        let (serves, mut met) = match &self.bundle {
            None => (itself(&manifest), BTreeSet::new()),
            Some(path) => {
                let text = files::read(path, bundle::MAX_BYTES as u64)?;
                let bundle = match Bundle::from_json(&text) {
                    Ok(bundle) => bundle,
                    Err(e) => return no(Code::BundleMalformed, format!("{}: {e}", path.display())),
                };
                match of_bundle(&manifest, &bundle) {
                    Some(found) => found,
                    None => {
                        let said = format!(
                            "{} does not count the merged account {}",
                            path.display(),
                            manifest.top()
                        );
                        return no(Code::TreeRefused, said);
                    }
                }
            }
        };
        let progress = Progress::new(global.tells());
        let count = manifest.nodes().len();
        let mut keys = keys::of_tree(&keys::cache_dir(global.cache_dir.as_deref())?);
        let mut failed: Option<Failure> = None;
        let mut material = |node| {
            folder.material(node).map_err(|failure| {
                failed = Some(failure);
                String::new()
            })
        };
        let mut told = |done| progress.say(format!("verifying: {done} of {count}"));
        let walked = walk(
            &manifest,
            &serves,
            &mut keys,
            &mut met,
            &mut material,
            &mut told,
        );
        let tree = match (walked, failed) {
            (Ok(tree), _) => tree,
            (Err(TreeError::Missing { .. }), Some(failure)) => return Err(failure),
            (Err(e), _) => return no(e.code(), format!("{}: {e}", self.tree.display())),
        };
        let of_bundle = match self.bundle.is_some() {
            true => {
                "the bundle counts the merged account once, and none of the others; covenant verify says whether it is proved"
            }
            false => "no bundle was named, so that the tree is of no statement",
        };
        let text = format!(
            "VERIFIED\n{} accounts ({}) of {} as of {} are merged into {}, by {} proofs\nmanifest {}\n{of_bundle}\nnot checked: on whose word the accounts are, and whether any is missing",
            tree.leaves().len(),
            manifest.kind(),
            manifest.subject(),
            window(manifest.window()),
            manifest.top(),
            count,
            manifest.digest(),
        );
        let output = VerifyOutput::Verified {
            verified: true,
            top: manifest.top().to_string(),
            manifest: manifest.digest().to_string(),
            subject: manifest.subject().into(),
            kind: manifest.kind(),
            as_of_from: manifest.window().from(),
            as_of_to: manifest.window().to(),
            leaves: tree.leaves().len(),
            proofs: count,
            of_bundle: self.bundle.is_some(),
        };
        Report::done(text, &output)
    }
}

/// The statement that the manifest says it is of.
pub(super) fn itself(manifest: &Manifest) -> Walk {
    Walk {
        subject: manifest.subject_id(),
        window: manifest.window(),
        kind: manifest.kind(),
        top: manifest.top(),
    }
}

/// The account of a bundle that the tree stands for, and the others of its basket.
pub(super) fn of_bundle(
    manifest: &Manifest,
    bundle: &Bundle,
) -> Option<(Walk, BTreeSet<Commitment>)> {
    let (statement, top) = (bundle.statement(), manifest.top());
    let accounts = bundle.accounts().iter();
    let account = accounts.clone().find(|a| a.commitment == top)?;
    let walk = Walk {
        subject: statement.subject(),
        window: statement.window(),
        kind: account.kind,
        top,
    };
    let others = accounts.map(|a| a.commitment).filter(|k| *k != top);
    Some((walk, others.collect()))
}

fn no(code: Code, reason: String) -> Outcome {
    let text = format!("NOT VERIFIED: {reason}");
    let output = VerifyOutput::Refused {
        verified: false,
        code,
        reason,
    };
    Report::new(code.exit(), text, &output)
}
