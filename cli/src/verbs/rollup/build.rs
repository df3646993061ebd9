//! `covenant rollup build`: merges accounts and proves it, node by node.

use super::folder::Folder;
use crate::Outcome;
use crate::claim::{self, WindowArgs};
use crate::codes::Code;
use crate::files::{self, Kind};
use crate::formats;
use crate::keys;
use crate::outcome::{Failure, Report};
use crate::progress::Progress;
use crate::text;
use crate::verbs::Global;
use clap::Args;
use covenant_circuits::account::{self, Opening};
use covenant_circuits::rollup::{RollupShape, draw_salt};
use covenant_prover::keys::Keys;
use covenant_prover::prove::prove_rollup;
use covenant_prover::rollup::files::Salts;
use covenant_prover::rollup::{self, TreePlan};
use covenant_verifier::bundle::AccountFile;
use covenant_verifier::verify::check_proof;
use rand_core::OsRng;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

const HELP: &str = r#"The folder has, for everybody: manifest.json, account.json (the merged account, for the basket)
and proofs; for whoever may see the accounts' commitments: lists; for nobody else: secret.

Run again with the same accounts and folder, it proves what is not proved yet.

Examples:
  covenant rollup build --openings creditors.jsonl --out tree
  covenant rollup build --opening a/opening.json b/opening.json --shape "64x57->57" --out tree
  covenant rollup verify tree --bundle bundle.json"#;

/// Merge many accounts into one, and prove that it holds exactly their sums.
///
/// For baskets beyond a shape: a tree of proofs, whose top is an ordinary account of a claim. All
/// accounts are of one subject and kind. Each proof is verified before it is written.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Build {
    /// Openings, one JSON object a line, in the order of the list (secret)
    #[arg(long, value_name = "FILE", required_unless_present = "opening")]
    openings: Option<PathBuf>,
    /// More openings (secret), a file or a folder of account commit each
    #[arg(long, value_name = "FILE", num_args = 1..)]
    opening: Vec<PathBuf>,
    #[command(flatten)]
    window: WindowArgs,
    /// The circuit, ACCOUNTSxPOSITIONS->MERGED [default: the smallest of 16x12->12, 256x12->12 and
    /// 64x57->57 that holds them]
    #[arg(long, value_name = "SHAPE")]
    shape: Option<RollupShape>,
    /// The folder to write
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

/// A tree.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BuildOutput {
    /// The folder.
    out: String,
    /// The merged account, 0x-hex.
    top: String,
    /// keccak256 of the manifest, to be published where everybody sees the same, 0x-hex.
    manifest: String,
    /// The kind of all accounts.
    #[schemars(with = "formats::Kind")]
    kind: account::Kind,
    /// Accounts that were merged.
    accounts: usize,
    /// Proofs of the tree.
    proofs: usize,
    /// Of these, proved in this run.
    proved: usize,
    /// The roll-up shape.
    shape: String,
    /// The circuit's id.
    circuit: String,
}

impl Build {
    pub(crate) fn run(self, global: &Global) -> Outcome {
        let progress = Progress::new(global.tells());
        progress.say("reading the openings");
        let openings = self.read()?;
        let window = self.window.around(openings.iter().map(Opening::as_of))?;
        let folder = Folder(&self.out);
        let before = folder.salts()?;
        let shape = match self.shape {
            Some(shape) => shape,
            None => smallest(&openings)?,
        };
        let accounts = openings.len();
        progress.say("merging the accounts");
        let mut known = before.iter().flat_map(Salts::list);
        let salt = || known.next().unwrap_or_else(|| draw_salt(OsRng));
        let plan = TreePlan::new(openings, shape, window, salt).map_err(Failure::of)?;
        let top = plan
            .top()
            .ok_or_else(|| Failure::new(Code::Internal, "no top"))?;
        self.prepare(&folder, before.as_ref(), &plan, shape, top)?;
        progress.say("preparing keys");
        let cache = keys::cache_dir(global.cache_dir.as_deref())?;
        let keys = keys::proving(shape, &cache)?;
        let (proofs, proved) = prove(&folder, &keys, &plan, &progress)?;
        let manifest = plan
            .manifest(keys.circuit_key(), &proofs)
            .map_err(Failure::of)?;
        write_once(&folder.manifest_path(), &manifest.to_json())?;
        write_once(&folder.account_path(), &AccountFile::of(top).to_json())?;
        let digest = manifest.digest();
        let text = format!(
            "MERGED\n{accounts} accounts of {} are one: {}\n{} proofs, {proved} of them made now\nmanifest {digest}: publish it where everybody sees the same\nsecret   {} (keep it: without it nothing can be proved, with it everything is revealed)",
            top.subject(),
            manifest.top(),
            proofs.len(),
            self.out.join("secret").display(),
        );
        let output = BuildOutput {
            out: self.out.display().to_string(),
            top: manifest.top().to_string(),
            manifest: digest.to_string(),
            kind: top.kind(),
            accounts,
            proofs: proofs.len(),
            proved,
            shape: shape.to_string(),
            circuit: keys.circuit(),
        };
        Report::done(text, &output)
    }

    fn read(&self) -> Result<Vec<Opening>, Failure> {
        let mut openings = Vec::new();
        if let Some(path) = &self.openings {
            read_lines(path, &mut openings)?;
        }
        for path in &self.opening {
            openings.push(claim::opening(path)?);
        }
        if openings.is_empty() {
            let said = "expected at least one opening, got none";
            return Err(Failure::new(Code::Malformed, said));
        }
        let mut seen = BTreeSet::new();
        for (i, opening) in openings.iter().enumerate() {
            if !seen.insert(opening.commitment()) {
                let said = format!("account {}: its opening is there twice", i + 1);
                return Err(Failure::new(Code::OpeningRepeated, said));
            }
        }
        Ok(openings)
    }

    /// What is needed before anything is proved, so that a run that was cut off can go on: the
    /// salts, the lists and the top's opening. A folder of another tree is left as it is.
    fn prepare(
        &self,
        folder: &Folder<'_>,
        before: Option<&Salts>,
        plan: &TreePlan,
        shape: RollupShape,
        top: &Opening,
    ) -> Result<(), Failure> {
        let salts = plan.nodes().iter().map(|node| node.claim().salt);
        let salts = Salts::new(shape, salts);
        let other = || {
            let said = "expected an empty folder, or the tree of these accounts in this shape, got another tree, which is left as it is";
            Failure::in_file(&self.out, Code::FileExists, said)
        };
        if let Some(before) = before {
            let opening = claim::opening(&folder.opening_path()).map_err(|_| other())?;
            if *before != salts || opening != *top {
                return Err(other());
            }
        } else {
            let mut entries = std::fs::read_dir(&self.out).into_iter().flatten();
            if entries.next().is_some() {
                return Err(other());
            }
            folder.create()?;
            files::write(&folder.opening_path(), &top.to_json(), Kind::Secret)?;
            folder.write_salts(&salts)?;
        }
        for node in plan.nodes() {
            let claim = node.claim();
            let list = claim.openings.iter().map(Opening::commitment).collect();
            folder.write_list(claim.statement.merged, list)?;
        }
        Ok(())
    }
}

/// Every proof, in the plan's order, and how many were made now.
fn prove(
    folder: &Folder<'_>,
    keys: &Keys<RollupShape>,
    plan: &TreePlan,
    progress: &Progress,
) -> Result<(Vec<Vec<u8>>, usize), Failure> {
    let count = plan.nodes().len();
    let (mut proofs, mut proved) = (Vec::with_capacity(count), 0);
    for (i, node) in plan.nodes().iter().enumerate() {
        let statement = &node.claim().statement;
        let path = folder.proof_path(statement.merged);
        if path.exists() {
            let proof = files::bytes(&path, files::MAX_PUBLIC)?;
            let public = statement.public_inputs();
            check_proof(keys.circuit_key(), &public, &proof)
                .map_err(|e| Failure::of_file(&path, e))?;
            proofs.push(proof.to_vec());
            continue;
        }
        progress.say(format!("proving: {} of {count}", i + 1));
        let silent = &mut |_| {};
        let proof = prove_rollup(keys, node, silent).map_err(Failure::of)?;
        files::write_bytes(&path, &proof, Kind::New)?;
        proofs.push(proof);
        proved += 1;
    }
    Ok((proofs, proved))
}

/// Writes what must be the same where it is there already.
fn write_once(path: &Path, text: &str) -> Result<(), Failure> {
    if path.exists() && *files::read(path, 64 << 20)? == *text {
        return Ok(());
    }
    files::write(path, text, Kind::New)
}

/// One opening a line; empty lines are none.
fn read_lines(path: &Path, openings: &mut Vec<Opening>) -> Result<(), Failure> {
    let failed = |e: std::io::Error| {
        Failure::in_file(path, Code::FileNotRead, format!("could not be read: {e}"))
    };
    let file = File::open(path).map_err(failed)?;
    let mut reader = BufReader::new(file);
    for number in 1u64.. {
        let mut line = Zeroizing::new(Vec::new());
        let mut limited = reader.by_ref().take(files::MAX_POSITIONS + 1);
        if limited.read_until(b'\n', &mut line).map_err(failed)? == 0 {
            break;
        }
        let at = |failure: Failure| failure.with(|out| out.line = Some(number));
        if line.len() as u64 > files::MAX_POSITIONS {
            let said = format!(
                "line {number}: expected at most {} bytes",
                files::MAX_POSITIONS
            );
            return Err(at(Failure::in_file(path, Code::FileTooLarge, said)));
        }
        let text = files::text(path, &line).map_err(at)?;
        if text.trim().is_empty() {
            continue;
        }
        let opening = Opening::from_json(text.trim()).map_err(|e| {
            let said = format!("line {number}: {e}");
            at(Failure::of_file(path, e).saying(format!("{}: {said}", path.display())))
        })?;
        openings.push(opening);
    }
    Ok(())
}

/// The smallest standard shape that holds the accounts at every level.
fn smallest(openings: &[Opening]) -> Result<RollupShape, Failure> {
    rollup::smallest(openings).map_err(|(positions, assets)| {
        let said = format!(
            "--shape: expected accounts of at most 57 positions in at most 57 assets, which the standard shapes hold, got {positions} positions and {assets} assets; name a larger shape"
        );
        Failure::new(Code::DoesNotFit, said)
    })
}

/// The window in words, for reports of trees.
pub(super) fn window(window: covenant_circuits::statement::Window) -> String {
    match window.from() == window.to() {
        true => text::date(window.to()),
        false => format!(
            "{} to {}",
            text::date(window.from()),
            text::date(window.to())
        ),
    }
}
