//! Files that cost time to make again and nothing else: whole or absent, of one content,
//! checked when read. What is wrong with one is no error, it is made again.

use sha2::{Digest, Sha256};
use std::fs;
use std::io::Write;
use std::path::Path;

/// First bytes of a file, with the version of its format.
pub(crate) type Magic = [u8; 16];

/// The payload of a file that is whole and of this identity.
///
/// The checksum finds damage, not malice: whoever can write here can make proofs fail, which
/// are verified before anyone sees them.
pub(crate) fn read(path: &Path, magic: &Magic, identity: &[u8; 32]) -> Option<Vec<u8>> {
    let mut bytes = fs::read(path).ok()?;
    let rest = bytes.strip_prefix(magic.as_slice())?;
    let (found, rest) = rest.split_at_checked(32)?;
    let (checksum, payload) = rest.split_at_checked(32)?;
    if found != identity || checksum != Sha256::digest(payload).as_slice() {
        return None;
    }
    Some(bytes.split_off(magic.len() + 64))
}

/// Writes a file, which appears whole or not at all.
pub(crate) fn write(
    path: &Path,
    magic: &Magic,
    identity: &[u8; 32],
    payload: &[u8],
) -> std::io::Result<()> {
    let dir = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(dir)?;
    let mut file = tempfile::NamedTempFile::new_in(dir)?;
    file.write_all(magic)?;
    file.write_all(identity)?;
    file.write_all(&Sha256::digest(payload))?;
    file.write_all(payload)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// A text as part of a file's name.
pub(crate) fn file_name(text: &str) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    text.chars().map(safe).collect()
}
