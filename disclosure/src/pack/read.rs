//! Reading a pack that nobody vouches for.
//!
//! What is wrong with a member is told by its name. Whatever else is wrong, the last check finds: the
//! bytes are those that would be written of the same members.

use super::error::quoted;
use super::manifest::{Manifest, member};
use super::{MAX_BYTES, MAX_DOCUMENTS, Pack, PackError, check_document_name, names};
use std::collections::{BTreeMap, HashSet};
use std::io::Read;
use tar::Archive;

/// Members of the largest pack: the documents, the manifest and three more.
const MAX_MEMBERS: usize = MAX_DOCUMENTS + 4;

/// Members by name.
type Members = BTreeMap<String, Vec<u8>>;

impl Pack {
    /// Reads a pack.
    ///
    /// # Errors
    /// It is not an archive of plain files by the names of a pack; a member is missing, extra, or not
    /// what the manifest says; or the archive is written in another way.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, PackError> {
        if bytes.len() > MAX_BYTES {
            return Err(PackError::PackTooLarge { got: bytes.len() });
        }
        let mut members = members(bytes)?;
        let manifest = take(&mut members, names::MANIFEST)?;
        check_against(&Manifest::read(&manifest)?, &members)?;
        let bundle = take(&mut members, names::BUNDLE)?;
        let opinion = take(&mut members, names::OPINION)?;
        let [toml, json] = names::EXPECTATIONS;
        let expectations = match members.remove(json) {
            Some(expectations) => expectations,
            None => take(&mut members, toml)?,
        };
        let document = |(name, bytes): (String, Vec<u8>)| {
            let document = name.strip_prefix(names::DOCUMENTS).map(ToOwned::to_owned);
            let extra = PackError::Extra { name };
            document.map(|name| (name, bytes)).ok_or(extra)
        };
        let documents: Vec<_> = members
            .into_iter()
            .map(document)
            .collect::<Result<_, _>>()?;
        let pack = Self::new(bundle, expectations, opinion, documents)?;
        let written = pack.to_bytes()?;
        let differs = written.iter().zip(bytes).position(|(a, b)| a != b);
        let shorter = written.len().min(bytes.len());
        match differs.or((written.len() != bytes.len()).then_some(shorter)) {
            Some(at) => Err(PackError::NotCanonical { at }),
            None => Ok(pack),
        }
    }
}

fn take(members: &mut Members, name: &str) -> Result<Vec<u8>, PackError> {
    let missing = || PackError::Missing { name: name.into() };
    members.remove(name).ok_or_else(missing)
}

/// That the members are those of the manifest.
fn check_against(manifest: &Manifest, members: &Members) -> Result<(), PackError> {
    let mut listed = HashSet::new();
    for entry in &manifest.members {
        let bytes = members.get(&entry.name);
        let bytes = bytes.ok_or_else(|| PackError::Missing {
            name: shown(&entry.name),
        })?;
        let found = member(&entry.name, bytes);
        if found.sha256 != entry.sha256 {
            return Err(PackError::Hash {
                name: found.name,
                expected: shown(&entry.sha256),
                got: found.sha256,
            });
        }
        listed.insert(&entry.name);
    }
    match members.keys().find(|name| !listed.contains(name)) {
        Some(name) => Err(PackError::Extra { name: name.clone() }),
        None => Ok(()),
    }
}

/// A text of the manifest as it is, where it is as plain as a name.
fn shown(text: &str) -> String {
    match is_name(text) || check_document_name(text).is_ok() {
        true => text.into(),
        false => quoted(text),
    }
}

fn is_name(name: &str) -> bool {
    let fixed = [names::MANIFEST, names::BUNDLE, names::OPINION];
    let document = name.strip_prefix(names::DOCUMENTS);
    fixed.contains(&name)
        || names::EXPECTATIONS.contains(&name)
        || document.is_some_and(|name| check_document_name(name).is_ok())
}

/// The plain files of an archive. Extensions of the format, which change names and sizes of what
/// follows, are entries as any other, and so refused.
fn members(bytes: &[u8]) -> Result<Members, PackError> {
    let mut archive = Archive::new(bytes);
    let mut members = Members::new();
    let mut after = "its beginning".to_owned();
    let broken = |after: &str| PackError::NotAnArchive {
        after: after.into(),
    };
    let entries = archive.entries().map_err(|_| broken(&after))?;
    for entry in entries.raw(true) {
        let mut entry = entry.map_err(|_| broken(&after))?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() {
            return Err(PackError::NotAFile {
                name: quoted(&name),
            });
        }
        if !is_name(&name) {
            return Err(PackError::name(&name));
        }
        let size = entry.size();
        let mut content = Vec::new();
        let read = entry.read_to_end(&mut content);
        if read.map_err(|_| broken(&after))? as u64 != size {
            return Err(broken(&after));
        }
        if members.contains_key(&name) {
            return Err(PackError::repeated(&name));
        }
        after.clone_from(&name);
        members.insert(name, content);
        if members.len() > MAX_MEMBERS {
            return Err(PackError::TooMany { got: members.len() });
        }
    }
    Ok(members)
}
