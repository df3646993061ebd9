//! Evidence packs as files: which files are one, and the bundle inside.

use crate::codes::Code;
use crate::files;
use crate::outcome::Failure;
use covenant_disclosure::{Pack, pack};
use covenant_verifier::bundle;
use std::path::Path;
use zeroize::Zeroizing;

/// Reads a pack.
pub(crate) fn read(path: &Path) -> Result<(Zeroizing<Vec<u8>>, Pack), Failure> {
    let bytes = files::bytes(path, pack::MAX_BYTES as u64)?;
    let pack = Pack::from_bytes(&bytes).map_err(|e| Failure::of_file(path, e))?;
    Ok((bytes, pack))
}

/// The text of a bundle: of the file itself, or of the bundle in it where it is an evidence pack.
pub(crate) fn bundle_text(path: &Path) -> Result<Zeroizing<String>, Failure> {
    let bytes = files::bytes(path, pack::MAX_BYTES as u64)?;
    if Pack::is_begun_by(&bytes) {
        let pack = Pack::from_bytes(&bytes).map_err(|e| Failure::of_file(path, e))?;
        return files::text(path, pack.bundle());
    }
    if bytes.len() > bundle::MAX_BYTES {
        let said = format!(
            "expected at most {} bytes, got {}",
            bundle::MAX_BYTES,
            bytes.len()
        );
        return Err(Failure::in_file(path, Code::FileTooLarge, said));
    }
    files::text(path, &bytes)
}
