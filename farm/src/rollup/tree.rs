//! The submitter's side of a tree: the folder that `covenant rollup build` makes, prepared before
//! anything is submitted and completed when every proof was fetched.

use crate::failure::Failure;
use crate::files;
use covenant_claims::account::Opening;
use covenant_claims::rollup::{RollupShape, draw_salt};
use covenant_claims::signed::AccountFile;
use covenant_claims::{Commitment, Window};
use covenant_prover::rollup::files::{self as names, Salts};
use covenant_prover::rollup::{TreePlan, levels};
use covenant_verifier::key::RollupKey;
use rand_core::OsRng;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use zeroize::Zeroizing;

/// Longest line of a file of openings, in bytes.
const MAX_LINE: u64 = 16 << 20;

/// What is there belongs to another tree.
const OTHER: &str = "another tree, which is left as it is";

/// Openings in the order of the list: files that end in `.jsonl` have one a line, folders are those
/// of `account commit`, other files have one.
pub(super) fn openings(paths: &[PathBuf]) -> Result<Vec<Opening>, Failure> {
    let mut openings = Vec::new();
    for path in paths {
        if path.is_dir() {
            let path = path.join("opening.json");
            openings.push(opening(path.display(), &files::text(&path)?)?);
        } else if path.extension().is_some_and(|end| end == "jsonl") {
            read_lines(path, &mut openings)?;
        } else {
            openings.push(opening(path.display(), &files::text(path)?)?);
        }
    }
    if openings.is_empty() {
        return Err(Failure::at("openings", "at least one opening", "none"));
    }
    let mut seen = BTreeSet::new();
    for (i, opening) in openings.iter().enumerate() {
        if !seen.insert(opening.commitment()) {
            let got = format!("that of account {} again", i + 1);
            return Err(Failure::at("openings", "each opening once", got));
        }
    }
    Ok(openings)
}

fn opening(at: impl std::fmt::Display, text: &str) -> Result<Opening, Failure> {
    // What is wrong may quote what is there.
    let secret = "something else, which may be secret and is not told";
    Opening::from_json(text).map_err(|_| Failure::at(at, "an opening", secret))
}

/// One opening a line; empty lines are none.
fn read_lines(path: &Path, openings: &mut Vec<Opening>) -> Result<(), Failure> {
    let unread = |e: std::io::Error| Failure::file(path, "a file that can be read", e.kind());
    let mut reader = BufReader::new(File::open(path).map_err(unread)?);
    for number in 1u64.. {
        let mut line = Zeroizing::new(Vec::new());
        let mut limited = reader.by_ref().take(MAX_LINE);
        let read = limited.read_until(b'\n', &mut line).map_err(unread)?;
        let at = format!("{}: line {number}", path.display());
        let text = match std::str::from_utf8(&line) {
            Ok(text) if (read as u64) < MAX_LINE => text.trim(),
            _ => {
                let expected = format!("UTF-8 of fewer than {MAX_LINE} bytes");
                return Err(Failure::at(at, expected, "something else"));
            }
        };
        if read == 0 {
            break;
        }
        if !text.is_empty() {
            openings.push(opening(at, text)?);
        }
    }
    Ok(())
}

/// The tree of some accounts, in its folder. Its salts are drawn by the first who asks for it, of any
/// number at once, and are the same ever after.
pub(super) fn planned(
    tree: &Path,
    openings: Vec<Opening>,
    shape: RollupShape,
    window: Window,
) -> Result<TreePlan, Failure> {
    let nodes = levels(openings.len() as u64, shape).iter().sum::<u64>();
    let mut salts = salts(tree, shape, nodes as usize)?.into_iter();
    let salt = || salts.next().unwrap_or_else(|| draw_salt(OsRng));
    let plan = TreePlan::new(openings, shape, window, salt);
    let plan = plan.map_err(|e| Failure::at("openings", "accounts that can be merged", e))?;
    let top = plan.top();
    let top = top.ok_or_else(|| Failure::at("openings", "at least one opening", "none"))?;
    let path = names::opening(tree);
    if !files::write_new(&path, top.to_json().as_bytes())?
        && opening(path.display(), &files::text(&path)?)? != *top
    {
        let expected = "the tree of these accounts, in this shape and window";
        return Err(Failure::file(tree, expected, OTHER));
    }
    for node in plan.nodes() {
        let claim = node.claim();
        let path = names::list(tree, claim.statement.merged);
        if !path.exists() {
            let list = claim.openings.iter().map(Opening::commitment).collect();
            files::write(&path, names::list_to_json(list).as_bytes())?;
        }
    }
    Ok(plan)
}

fn salts(
    tree: &Path,
    shape: RollupShape,
    nodes: usize,
) -> Result<Vec<covenant_claims::field::Fr>, Failure> {
    let path = names::salts(tree);
    if !path.exists() {
        if names::manifest(tree).exists() {
            let expected = "an empty folder, or a tree with its salts";
            return Err(Failure::file(tree, expected, OTHER));
        }
        for name in names::FOLDERS {
            files::create_dir(&tree.join(name))?;
        }
        let drawn = Salts::new(
            shape,
            std::iter::repeat_with(|| draw_salt(OsRng)).take(nodes),
        );
        // Of two who draw at once one is first, and both go on with what it drew.
        files::write_new(&path, drawn.to_json().as_bytes())?;
    }
    let salts = Salts::from_json(&files::text(&path)?);
    let salts = salts.map_err(|e| Failure::file(&path, "the salts of a tree", e))?;
    let (list, expected) = (salts.list(), shape.to_string());
    match salts.shape() == expected && list.len() == nodes {
        true => Ok(list),
        false => {
            let expected = format!("a tree of {nodes} nodes in the shape {expected}");
            Err(Failure::file(tree, expected, OTHER))
        }
    }
}

/// Where a node's proof belongs.
pub(super) fn proof(tree: &Path, node: Commitment) -> PathBuf {
    names::proof(tree, node)
}

/// Writes what is published of a tree whose proofs are all there, in the plan's order.
pub(super) fn complete(
    tree: &Path,
    plan: &TreePlan,
    key: &RollupKey,
    proofs: &[Vec<u8>],
) -> Result<(), Failure> {
    let manifest = plan.manifest(key, proofs);
    let manifest = manifest.map_err(|e| Failure::file(tree, "proofs that make a manifest", e))?;
    let top = plan.top().map(AccountFile::of);
    let account = top.map_or_else(String::new, |account| account.to_json());
    for (path, text) in [
        (names::manifest(tree), manifest.to_json()),
        (names::account(tree), account),
    ] {
        // What may be published is never replaced by something else.
        if !files::write_new(&path, text.as_bytes())? && *files::text(&path)? != text {
            return Err(Failure::file(
                &path,
                "what the proofs of the tree make",
                OTHER,
            ));
        }
    }
    Ok(())
}
