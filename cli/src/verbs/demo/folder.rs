//! The demo's folder: an earlier demo's files are removed where they are as it wrote them, and
//! nothing else is.

use super::{ATTESTERS, SOURCE, forge};
use crate::codes::Code;
use crate::files::{self, Kind};
use crate::outcome::Failure;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::keccak248;
use std::fs;
use std::path::{Path, PathBuf};

/// Says that a folder is the demo's: two lines, then hash and name of each file that it wrote.
const MARKER: &str = ".covenant-demo";
const MADE: &str = "made by covenant demo";
const MEANS: &str = "the next demo here removes these files where they have these hashes";

/// The files that the demo writes, by their names in its folder.
fn own() -> Vec<String> {
    let attesters = ATTESTERS.iter().flat_map(|(name, ..)| {
        [".csv", "/opening.json", "/account.json", ".key", ".salt"]
            .map(|end| format!("{name}{end}"))
    });
    let forged = forge::NAMES.map(|name| format!("forged-{name}.json"));
    let others = [
        "policy.json",
        "password",
        "prices.csv",
        "prices.json",
        "expect.toml",
        "bundle.json",
    ];
    let others = others.map(str::to_owned);
    let source = format!("{SOURCE}.key");
    attesters
        .chain(forged)
        .chain(others)
        .chain([source])
        .collect()
}

fn hash(path: &Path) -> std::io::Result<String> {
    Ok(to_hex(&keccak248(&fs::read(path)?)))
}

/// Notes what the demo wrote, for the next one to remove.
pub(super) fn record(dir: &Path) -> Result<(), Failure> {
    let mut text = format!("{MADE}\n{MEANS}\n");
    for name in own() {
        if let Ok(hash) = hash(&dir.join(&name)) {
            text.push_str(&format!("{hash}  {name}\n"));
        }
    }
    files::write(&dir.join(MARKER), &text, Kind::Generated)
}

/// A folder for the demo's files: a new or empty one, or an earlier demo's without what that wrote.
pub(super) fn prepare(dir: &Path) -> Result<(), Failure> {
    let failed = |e: std::io::Error| {
        let said = format!("could not be prepared: {e}");
        Failure::in_file(dir, Code::FileNotWritten, said)
    };
    match fs::read_dir(dir) {
        Ok(mut entries) => match fs::read_to_string(dir.join(MARKER)) {
            Ok(marker) if marker.lines().next() == Some(MADE) => clear(dir, &marker)?,
            _ if entries.next().is_some() => {
                return Err(Failure::in_file(
                    dir,
                    Code::FileExists,
                    "expected an empty directory or an earlier demo's, got other files; name another with --dir",
                ));
            }
            _ => {}
        },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(failed(e)),
    }
    files::create_dir(dir)?;
    let text = format!("{MADE}\n{MEANS}\n");
    files::write(&dir.join(MARKER), &text, Kind::Generated)
}

/// Removes what an earlier demo wrote. One that is no longer as it was stays, and is named.
fn clear(dir: &Path, marker: &str) -> Result<(), Failure> {
    let own = own();
    let listed = marker
        .lines()
        .skip(2)
        .filter_map(|line| line.split_once("  "));
    let listed = listed.filter(|(_, name)| own.iter().any(|own| own == name));
    let listed: Vec<(&str, PathBuf)> = listed.map(|(hash, name)| (hash, dir.join(name))).collect();
    let there = listed
        .iter()
        .filter(|(_, path)| path.symlink_metadata().is_ok());
    let there: Vec<_> = there.collect();
    for (expected, path) in &there {
        if hash(path).ok().as_deref() != Some(*expected) {
            return Err(Failure::in_file(
                path,
                Code::FileExists,
                "expected the file as an earlier demo wrote it, got another, which is left as it is; name another folder with --dir",
            ));
        }
    }
    for (_, path) in there {
        fs::remove_file(path).map_err(|e| {
            let said = format!("could not be removed: {e}");
            Failure::in_file(path, Code::FileNotWritten, said)
        })?;
    }
    Ok(())
}
