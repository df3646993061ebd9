//! Reading with a limit, writing whole or not at all.

use crate::failure::Failure;
use std::io::Write;
use std::path::Path;
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

/// Largest file that is read at once, in bytes.
const MAX_BYTES: u64 = 64 << 20;

/// The text of a file, which may be secret.
pub(crate) fn text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let bytes = bytes(path)?;
    let text = std::str::from_utf8(&bytes);
    let text = text.map_err(|_| Failure::file(path, "a text in UTF-8", "something else"))?;
    Ok(Zeroizing::new(text.to_owned()))
}

/// The bytes of a file, which may be secret.
pub(crate) fn bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, Failure> {
    let unread = |e: std::io::Error| Failure::file(path, "a file that can be read", e.kind());
    // Opening a FIFO would wait for a writer.
    let found = std::fs::metadata(path).map_err(unread)?;
    if !found.is_file() || found.len() > MAX_BYTES {
        let expected = format!("a file of at most {MAX_BYTES} bytes");
        return Err(Failure::file(path, expected, "something else"));
    }
    std::fs::read(path).map(Zeroizing::new).map_err(unread)
}

/// Makes a folder, and those above it.
pub(crate) fn create_dir(path: &Path) -> Result<(), Failure> {
    std::fs::create_dir_all(path)
        .map_err(|e| Failure::file(path, "a folder that can be written to", e.kind()))
}

/// Replaces what is there.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let file = staged(path, bytes)?;
    file.persist(path).map_err(|e| unwritable(path, &e.error))?;
    Ok(())
}

/// Replaces nothing: whether it was written, or something was there already.
pub(crate) fn write_new(path: &Path, bytes: &[u8]) -> Result<bool, Failure> {
    match staged(path, bytes)?.persist_noclobber(path) {
        Ok(_) => Ok(true),
        Err(e) if e.error.kind() == std::io::ErrorKind::AlreadyExists => Ok(false),
        Err(e) => Err(unwritable(path, &e.error)),
    }
}

/// Readable by its owner only, as whatever is made by `tempfile`.
fn staged(path: &Path, bytes: &[u8]) -> Result<NamedTempFile, Failure> {
    let failed = |e: std::io::Error| unwritable(path, &e);
    let folder = path.parent().unwrap_or(Path::new("."));
    let mut file = NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    Ok(file)
}

fn unwritable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::file(path, "a file that can be written", error.kind())
}
