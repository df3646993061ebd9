//! Reading with a size limit, writing all or nothing. Secrets are readable by their owner
//! only and never replace a file; nothing is written through a symbolic link.

use crate::codes::Code;
use crate::outcome::Failure;
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Largest policy, prices, account or expectations file, and bundle, in bytes.
pub(crate) const MAX_PUBLIC: u64 = 1 << 20;
/// Largest opening or list of positions, in bytes: 4,098 positions at 300 bytes and more.
pub(crate) const MAX_POSITIONS: u64 = 16 << 20;

/// The text of a file of at most `largest` bytes. Wiped from memory when dropped, as it may
/// be secret.
pub(crate) fn read(path: &Path, largest: u64) -> Result<Zeroizing<String>, Failure> {
    let failed = |e: std::io::Error| {
        Failure::in_file(path, Code::FileNotRead, format!("could not be read: {e}"))
    };
    // Opening a FIFO would wait for a writer.
    let kind = fs::metadata(path).map_err(failed)?;
    if !kind.is_file() {
        return Err(Failure::in_file(
            path,
            Code::FileNotRead,
            "expected a regular file, got something else",
        ));
    }
    let too_large = |size: u64| {
        let said = format!("expected at most {largest} bytes, got {size}");
        Failure::in_file(path, Code::FileTooLarge, said)
    };
    if kind.len() > largest {
        return Err(too_large(kind.len()));
    }
    let file = File::open(path).map_err(failed)?;
    let mut bytes = Zeroizing::new(Vec::new());
    file.take(largest + 1)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    if bytes.len() as u64 > largest {
        return Err(too_large(bytes.len() as u64));
    }
    match std::str::from_utf8(&bytes) {
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

/// A file that is written but not yet in place.
pub(crate) struct Staged {
    file: NamedTempFile,
    path: PathBuf,
    secret: bool,
}

/// Writes beside the final place. `secret` files get mode 0600 and never replace another.
pub(crate) fn stage(path: &Path, text: &str, secret: bool) -> Result<Staged, Failure> {
    let refused = |what: &str| Err(Failure::in_file(path, Code::FileNotWritten, what));
    let failed = |e: std::io::Error| {
        Failure::in_file(
            path,
            Code::FileNotWritten,
            format!("could not be written: {e}"),
        )
    };
    match fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => {
            return refused("expected a new or regular file to write to, got a symbolic link");
        }
        Ok(found) if !found.is_file() => {
            return refused("expected a new or regular file to write to, got something else");
        }
        Ok(_) if secret => return Err(occupied(path)),
        Ok(found) if found.permissions().readonly() => {
            return refused("could not be written: it is read-only");
        }
        Ok(_) => {}
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
        Err(e) => return Err(failed(e)),
    }
    let dir = folder_of(path)?;
    // tempfile makes files of mode 0600. Its errors name the temporary file.
    let mut file = NamedTempFile::new_in(dir).map_err(|e| failed(e.kind().into()))?;
    file.write_all(text.as_bytes()).map_err(failed)?;
    #[cfg(unix)]
    if !secret {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::Permissions::from_mode(0o644);
        file.as_file().set_permissions(mode).map_err(failed)?;
    }
    file.as_file().sync_all().map_err(failed)?;
    Ok(Staged {
        file,
        path: path.into(),
        secret,
    })
}

impl Staged {
    /// Puts the file in place, at once.
    pub(crate) fn commit(self) -> Result<(), Failure> {
        let Self { file, path, secret } = self;
        let done = if secret {
            file.persist_noclobber(&path)
        } else {
            file.persist(&path)
        };
        match done {
            Ok(_) => Ok(()),
            Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => Err(occupied(&path)),
            Err(e) => Err(Failure::in_file(
                &path,
                Code::FileNotWritten,
                format!("could not be written: {}", e.error),
            )),
        }
    }
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

/// Writes a public file, whole or not at all.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), Failure> {
    stage(path, text, false)?.commit()
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

fn occupied(path: &Path) -> Failure {
    Failure::in_file(
        path,
        Code::FileExists,
        "expected no such file yet: a secret is never overwritten, so move it away first",
    )
}
