//! A pack of evidence: a bundle, what was expected of it, an auditor's opinion and documents, in one
//! file that verifies years later (docs/spec.md, section 10.16).
//!
//! A pack is an uncompressed tar archive, and there is one way to write each: [`Pack::from_bytes`]
//! takes nothing but what [`Pack::to_bytes`] gives. So nothing hides in it, no name leads out of a
//! folder, and nothing grows when it is read. The hashes of its manifest find damage; that its
//! contents are true, they do not say.

mod error;
mod manifest;
mod names;
mod read;
mod write;

pub use error::PackError;
pub use manifest::sha256;
pub use names::{MAX_NAME, check_document_name};

use covenant_verifier::bundle;
use std::collections::BTreeMap;

/// Largest pack that is read, in bytes.
pub const MAX_BYTES: usize = 64 << 20;
/// Most documents of a pack.
pub const MAX_DOCUMENTS: usize = 64;
/// Largest document of a pack, in bytes.
pub const MAX_DOCUMENT: usize = 16 << 20;
/// Largest expectations, and largest opinion, in bytes.
const MAX_TEXT: usize = 1 << 20;

/// What a pack holds, as bytes: what they say, their own readers tell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Pack {
    bundle: Vec<u8>,
    expectations: Vec<u8>,
    opinion: Vec<u8>,
    documents: BTreeMap<String, Vec<u8>>,
}

/// A member of a pack, for whoever lists it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Member {
    /// Its name in the archive.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of its bytes, 64 hex digits.
    pub sha256: String,
}

impl Pack {
    /// Puts a pack together. `documents` are by their names, without a folder.
    ///
    /// # Errors
    /// A name that [`check_document_name`] refuses, or two that differ in case alone; too many or too
    /// large documents.
    pub fn new(
        bundle: Vec<u8>,
        expectations: Vec<u8>,
        opinion: Vec<u8>,
        documents: impl IntoIterator<Item = (String, Vec<u8>)>,
    ) -> Result<Self, PackError> {
        let mut pack = Self {
            bundle,
            expectations,
            opinion,
            documents: BTreeMap::new(),
        };
        for (name, bytes) in documents {
            check_document_name(&name)?;
            let same = |there: &String| there.eq_ignore_ascii_case(&name);
            if pack.documents.keys().any(same) {
                return Err(PackError::repeated(&name));
            }
            pack.documents.insert(name, bytes);
        }
        if pack.documents.len() > MAX_DOCUMENTS {
            return Err(PackError::TooMany {
                got: pack.documents.len(),
            });
        }
        for (name, bytes) in pack.contents() {
            let largest = match &*name {
                names::BUNDLE => bundle::MAX_BYTES,
                _ if name.starts_with(names::DOCUMENTS) => MAX_DOCUMENT,
                _ => MAX_TEXT,
            };
            if bytes.len() > largest {
                return Err(PackError::TooLarge {
                    name,
                    largest,
                    got: bytes.len(),
                });
            }
        }
        Ok(pack)
    }

    /// The bundle's bytes.
    pub fn bundle(&self) -> &[u8] {
        &self.bundle
    }
    /// The expectations as they were when the pack was made: a record. Whoever relies on the pack has
    /// its own.
    pub fn expectations(&self) -> &[u8] {
        &self.expectations
    }
    /// The opinion's bytes.
    pub fn opinion(&self) -> &[u8] {
        &self.opinion
    }
    /// The documents, by name.
    pub fn documents(&self) -> &BTreeMap<String, Vec<u8>> {
        &self.documents
    }

    /// Every member but the manifest, with its hash, in the order of the archive.
    pub fn members(&self) -> Vec<Member> {
        let contents = self.contents().into_iter();
        contents
            .map(|(name, bytes)| manifest::member(&name, bytes))
            .collect()
    }

    /// Every member but the manifest, in the order of the archive.
    fn contents(&self) -> Vec<(String, &[u8])> {
        let fixed = [
            (names::BUNDLE, &self.bundle),
            (names::expectations(&self.expectations), &self.expectations),
            (names::OPINION, &self.opinion),
        ];
        let fixed = fixed.map(|(name, bytes)| (name.to_owned(), bytes.as_slice()));
        let documents = self.documents.iter();
        let documents = documents.map(|(name, bytes)| (names::of_document(name), bytes.as_slice()));
        fixed.into_iter().chain(documents).collect()
    }

    /// Whether bytes begin as a pack does, so that they are no JSON document.
    pub fn is_begun_by(bytes: &[u8]) -> bool {
        let name = names::MANIFEST.as_bytes();
        bytes.starts_with(name) && bytes.get(name.len()) == Some(&0)
    }
}
