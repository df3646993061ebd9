//! Keystores on disk: read with a bound, written for the owner alone, whole or not at all.

use crate::key::SigningKey;
use crate::keystore::{self, KeystoreError, MAX_BYTES};
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

fn io_error(path: &Path, error: &io::Error) -> KeystoreError {
    KeystoreError::Io {
        path: path.display().to_string(),
        message: error.to_string(),
    }
}

/// Opens the keystore at `path`.
pub fn read(path: &Path, password: &str) -> Result<SigningKey, KeystoreError> {
    let mut text = String::new();
    File::open(path)
        .and_then(|file| file.take(MAX_BYTES as u64 + 1).read_to_string(&mut text))
        .map_err(|e| io_error(path, &e))?;
    keystore::decrypt(&text, password)
}

/// Writes a new keystore to `path`, with the permissions 0600 where there are such. Never
/// replaces a file: a key that is overwritten is lost.
pub fn write(path: &Path, key: &SigningKey, password: &str) -> Result<(), KeystoreError> {
    let failed = |e: io::Error| match e.kind() {
        io::ErrorKind::AlreadyExists => KeystoreError::Exists {
            path: path.display().to_string(),
        },
        _ => io_error(path, &e),
    };
    // Looked at first so that nobody waits for scrypt in vain; decided by the last step.
    if path.symlink_metadata().is_ok() {
        return Err(failed(io::ErrorKind::AlreadyExists.into()));
    }
    let text = keystore::encrypt(key, password)?;
    let folder = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    // Temporary files are 0600 from the start.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(failed)?;
    file.persist_noclobber(path)
        .map(drop)
        .map_err(|e| failed(e.error))
}
