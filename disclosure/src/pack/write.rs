//! Writing a pack: the same contents give the same bytes, on any machine and at any time.

use super::manifest::Manifest;
use super::{Pack, PackError, names};
use std::io;
use tar::{Builder, EntryType, Header};

impl Pack {
    /// The archive: the manifest first, then the members in its order, all readable by everybody, of
    /// no owner and of no time.
    pub fn to_bytes(&self) -> Result<Vec<u8>, PackError> {
        let failed = |error: io::Error| PackError::Write {
            error: error.to_string(),
        };
        let manifest = Manifest::of(self.members()).to_json();
        let mut archive = Builder::new(Vec::new());
        let members = self.contents();
        let first = (names::MANIFEST.to_owned(), manifest.as_bytes());
        for (name, bytes) in std::iter::once(first).chain(members) {
            let mut header = Header::new_ustar();
            header.set_entry_type(EntryType::Regular);
            header.set_path(&name).map_err(failed)?;
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            header.set_uid(0);
            header.set_gid(0);
            header.set_mtime(0);
            header.set_cksum();
            archive.append(&header, bytes).map_err(failed)?;
        }
        archive.into_inner().map_err(failed)
    }
}
