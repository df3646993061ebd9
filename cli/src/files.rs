//! Reading with a size limit, writing all or nothing. What is written replaces nothing but a
//! file of its own kind, and a secret replaces nothing; secrets are readable by their owner only;
//! nothing is written through a symbolic link.

use crate::codes::Code;
use crate::outcome::Failure;
use serde_json::Value;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Largest policy, prices, account or expectations file, and bundle, in bytes.
pub(crate) const MAX_PUBLIC: u64 = 1 << 20;
/// Largest opening or list of positions, in bytes: 4,098 positions at 300 bytes and more.
pub(crate) const MAX_POSITIONS: u64 = 16 << 20;

/// Named in place of a file, standard input is read.
const STANDARD_INPUT: &str = "-";

/// The files of a folder, by name; none where there is no such folder.
pub(crate) fn listed(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let failed = |e: std::io::Error| {
        Failure::in_file(
            folder,
            Code::FileNotRead,
            format!("could not be listed: {e}"),
        )
    };
    let entries = match fs::read_dir(folder) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries.map_err(failed)?,
    };
    let paths = entries.map(|entry| entry.map(|entry| entry.path()));
    let mut paths = paths.collect::<Result<Vec<_>, _>>().map_err(failed)?;
    paths.sort();
    Ok(paths)
}

/// The text of a file of at most `largest` bytes. Wiped from memory when dropped, as it may
/// be secret.
pub(crate) fn read(path: &Path, largest: u64) -> Result<Zeroizing<String>, Failure> {
    text(path, &bytes(path, largest)?)
}

/// The bytes of a file of at most `largest`, as they are.
pub(crate) fn bytes(path: &Path, largest: u64) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let failed = |e: std::io::Error| {
        Failure::in_file(path, Code::FileNotRead, format!("could not be read: {e}"))
    };
    let too_large = |size: u64| {
        let said = format!("expected at most {largest} bytes, got {size}");
        Failure::in_file(path, Code::FileTooLarge, said)
    };
    let mut bytes = Zeroizing::new(Vec::new());
    if path.as_os_str() == STANDARD_INPUT {
        let input = std::io::stdin().lock();
        let read = input.take(largest + 1).read_to_end(&mut bytes);
        read.map_err(failed)?;
        if bytes.len() as u64 > largest {
            return Err(too_large(bytes.len() as u64));
        }
        return Ok(bytes);
    }
    // Opening a FIFO would wait for a writer.
    let kind = fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(Failure::in_file(
            path,
            Code::FileNotRead,
            "expected a regular file, got something else",
        ));
    }
    if kind.len() > largest {
        return Err(too_large(kind.len()));
    }
    let file = File::open(path).map_err(failed)?;
    file.take(largest + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > largest {
        return Err(too_large(bytes.len() as u64));
    }
    Ok(bytes)
}

/// A file of an account, where the folder that `account commit` made is named.
pub(crate) fn in_folder(path: &Path, name: &str) -> PathBuf {
    match path.is_dir() {
        true => path.join(name),
        false => path.into(),
    }
}

/// The text of bytes in UTF-8, without a mark of their order.
pub(crate) fn text(path: &Path, bytes: &[u8]) -> Result<Zeroizing<String>, Failure> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Zeroizing::new(
            text.strip_prefix('\u{feff}').unwrap_or(text).to_owned(),
        )),
        Err(e) => Err(Failure::in_file(
            path,
            Code::Malformed,
            format!(
                "expected UTF-8, got another byte at offset {}",
                e.valid_up_to()
            ),
        )),
    }
}

/// What is written, which says what it may replace.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// An opening, a salt, a sealed disclosure.
    Secret,
    /// What replaces nothing, such as somebody's expectations.
    New,
    Account,
    Prices,
    Bundle,
    /// A generated contract or what describes it: replaces one whose first lines are the same, or
    /// JSON with the same fields.
    Generated,
}

impl Kind {
    /// Whether a file that is there may be replaced by `text`.
    fn replaces(self, there: &str, text: &str) -> bool {
        let fields = |text: &str| match serde_json::from_str(text) {
            Ok(Value::Object(fields)) => Some(fields),
            _ => None,
        };
        let has = |all: &[&str], none: &str| {
            fields(there).is_some_and(|there| {
                all.iter().all(|name| there.contains_key(*name)) && !there.contains_key(none)
            })
        };
        match self {
            Self::Secret | Self::New => false,
            Self::Account => has(&["commitment", "kind", "subject"], "blinding"),
            Self::Prices => has(&["version", "quote", "prices"], "proof"),
            Self::Bundle => has(&["statement", "proof"], "blinding"),
            Self::Generated => match (fields(there), fields(text)) {
                (Some(there), Some(text)) => there.keys().eq(text.keys()),
                (None, None) => there.lines().take(2).eq(text.lines().take(2)),
                _ => false,
            },
        }
    }

    /// What it may replace, in words.
    fn expected(self) -> &'static str {
        match self {
            Self::Secret => {
                "expected no such file yet: a secret is never overwritten, so move it away first"
            }
            Self::New => "expected no such file yet",
            Self::Account => "expected no such file yet, or an account to replace",
            Self::Prices => "expected no such file yet, or prices to replace",
            Self::Bundle => "expected no such file yet, or a bundle to replace",
            Self::Generated => "expected no such file yet, or an earlier one of the same kind",
        }
    }
}

/// A file that is written but not yet in place.
pub(crate) struct Staged {
    file: NamedTempFile,
    path: PathBuf,
    kind: Kind,
}

/// That a file may be written where nothing is written yet: before long work, so that it is not
/// lost. `text` is needed for [`Kind::Generated`] alone.
pub(crate) fn check_target(path: &Path, kind: Kind, text: &str) -> Result<(), Failure> {
    let refused = |what: &str| Err(Failure::in_file(path, Code::FileNotWritten, what));
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            refused("expected a new or regular file to write to, got a symbolic link")
        }
        Ok(found) if !found.is_file() => {
            refused("expected a new or regular file to write to, got something else")
        }
        Ok(_) if kind == Kind::Secret => Err(occupied(path, kind)),
        Ok(found) if found.permissions().readonly() => {
            refused("could not be written: it is read-only")
        }
        // Nothing is lost with an empty file.
        Ok(found) if found.len() == 0 && kind != Kind::New => Ok(()),
        Ok(_) => match read(path, MAX_POSITIONS) {
            Ok(there) if kind.replaces(&there, text) => Ok(()),
            _ => Err(occupied(path, kind)),
        },
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(()),
        Err(e) => Err(not_written(path, e)),
    }?;
    temporary(path).map(drop)
}

/// Writes beside the final place. Secret files get mode 0600.
pub(crate) fn stage(path: &Path, text: &str, kind: Kind) -> Result<Staged, Failure> {
    check_target(path, kind, text)?;
    staged(path, text.as_bytes(), kind)
}

fn staged(path: &Path, bytes: &[u8], kind: Kind) -> Result<Staged, Failure> {
    let failed = |e: std::io::Error| not_written(path, e);
    let mut file = temporary(path)?;
    file.write_all(bytes).map_err(failed)?;
    #[cfg(unix)]
    if kind != Kind::Secret {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(mode).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    Ok(Staged {
        file,
        path: path.into(),
        kind,
    })
}

impl Staged {
    /// Puts the file in place, at once.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let Self { file, path, kind } = self;
        let done = match kind {
            Kind::Secret | Kind::New => file.persist_noclobber(&path),
            _ => file.persist(&path),
        };
        match done {
            Ok(_) => Ok(()),
            Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => {
                Err(occupied(&path, kind))
            }
            Err(e) => Err(not_written(&path, e.error)),
        }
    }
}

/// A file of mode 0600 in the folder of another. tempfile's errors name the temporary file.
fn temporary(path: &Path) -> Result<NamedTempFile, Failure> {
    NamedTempFile::new_in(folder_of(path)?).map_err(|e| not_written(path, e.kind().into()))
}

/// The folder that a file is to be written to, which must be there.
pub(crate) fn folder_of(path: &Path) -> Result<&Path, Failure> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    if folder.is_dir() {
        return Ok(folder);
    }
    let said = "could not be written: expected a folder to write to, got none";
    Err(Failure::in_file(path, Code::FileNotWritten, said))
}

/// Writes a file, whole or not at all.
pub(crate) fn write(path: &Path, text: &str, kind: Kind) -> Result<(), Failure> {
    stage(path, text, kind)?.commit()
}

/// Writes bytes that are no text, whole or not at all, where no file is yet.
pub(crate) fn write_bytes(path: &Path, bytes: &[u8], kind: Kind) -> Result<(), Failure> {
    check_target(path, kind, "")?;
    staged(path, bytes, kind)?.commit()
}

/// That what is to be written is none of the files that are read.
pub(crate) fn check_no_input<'a>(
    out: &Path,
    inputs: impl IntoIterator<Item = &'a Path>,
) -> Result<(), Failure> {
    // A name that leads nowhere is no input.
    let Ok(target) = fs::canonicalize(out) else {
        return Ok(());
    };
    let mut inputs = inputs.into_iter().map(fs::canonicalize);
    if inputs.any(|input| input.is_ok_and(|input| input == target)) {
        let said = "expected a file to write to, got one that is read";
        return Err(Failure::in_file(out, Code::FileExists, said));
    }
    Ok(())
}

/// Creates a directory and its parents.
pub(crate) fn create_dir(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|e| {
        Failure::in_file(
            path,
            Code::FileNotWritten,
            format!("could not be created: {e}"),
        )
    })
}

fn not_written(path: &Path, e: std::io::Error) -> Failure {
    let said = format!("could not be written: {e}");
    Failure::in_file(path, Code::FileNotWritten, said)
}

fn occupied(path: &Path, kind: Kind) -> Failure {
    let said = match kind {
        Kind::Secret | Kind::New => kind.expected().to_owned(),
        _ => format!(
            "{}, got another file, which is left as it is",
            kind.expected()
        ),
    };
    Failure::in_file(path, Code::FileExists, said)
}
