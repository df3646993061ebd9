//! Derives the ceremony files embedded in `covenant-prover` from public data, and checks them.
//!
//! The input is Aztec Ignition as the registry crate `turboplonk` 0.1.0 carries it (MIT OR
//! Apache-2.0, `.crate` sha256
//! 7e227bb0adf4e87bd9dbf77da6691e6543b185e4f78bf7d7879ff1b347297cc0, which `Cargo.lock` pins). The
//! sha256 of each of its four files is checked, nothing is taken on trust from them: whoever
//! pins tau G1 and tau G2 and checks the pairings needs to trust no file.
//!
//! ```text
//! cargo run --release -p covenant-ceremony -- write prover/data
//! cargo run --release -p covenant-ceremony -- check prover/data
//! ```
//!
//! `write` derives, verifies and writes; `check` derives, verifies and compares with what is there.
//! The bytes are the same on every run.

mod derive;
mod source;
mod verify;

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use sha2::{Digest as _, Sha256};

/// Why the files could not be derived, or differ.
#[derive(Debug, thiserror::Error)]
enum Error {
    #[error("usage: covenant-ceremony write|check DIR")]
    Usage,
    #[error("{file} of turboplonk 0.1.0: expected sha256 {expected}, got {got}")]
    Source {
        file: &'static str,
        expected: &'static str,
        got: String,
    },
    #[error("{file} of turboplonk 0.1.0: {what}")]
    Format { file: &'static str, what: String },
    #[error("check failed: {0}")]
    Check(String),
    #[error("{}: {source}", path.display())]
    Io {
        path: PathBuf,
        source: std::io::Error,
    },
    #[error("{} differs from the derived bytes: expected sha256 {expected}, got {got}", path.display())]
    Differs {
        path: PathBuf,
        expected: String,
        got: String,
    },
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(e) => {
            // Nothing is left to do when stderr is closed too.
            let _ = writeln!(std::io::stderr(), "covenant-ceremony: {e}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), Error> {
    let mut args = std::env::args_os().skip(1);
    let (Some(verb), Some(dir), None) = (args.next(), args.next(), args.next()) else {
        return Err(Error::Usage);
    };
    let dir = PathBuf::from(dir);
    let write = match verb.to_str() {
        Some("write") => true,
        Some("check") => false,
        _ => return Err(Error::Usage),
    };

    let source = source::read()?;
    let ceremony = derive::derive(&source)?;
    verify::verify(&ceremony, &source)?;
    for (name, bytes) in ceremony.files() {
        let path = dir.join(name);
        if write {
            store(&path, &bytes)?;
        } else {
            compare(&path, &bytes)?;
        }
        let _ = writeln!(
            std::io::stdout(),
            "{}  {name}  {} bytes",
            sha256(&bytes),
            bytes.len()
        );
    }
    Ok(())
}

fn store(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    std::fs::write(path, bytes).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })
}

fn compare(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let found = std::fs::read(path).map_err(|source| Error::Io {
        path: path.to_owned(),
        source,
    })?;
    if found != bytes {
        return Err(Error::Differs {
            path: path.to_owned(),
            expected: sha256(bytes),
            got: sha256(&found),
        });
    }
    Ok(())
}

/// The sha256 of some bytes in hex.
fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}
