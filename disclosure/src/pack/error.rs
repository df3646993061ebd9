//! Why a pack could not be made or read.

use super::{MAX_BYTES, MAX_DOCUMENTS, MAX_NAME};
use covenant_claims::json::JsonError;

/// A pack could not be made, or is not one.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// Larger than any pack.
    #[error("expected at most {MAX_BYTES} bytes, got {got}")]
    PackTooLarge {
        /// Its size.
        got: usize,
    },
    /// The archive could not be written.
    #[error("the pack could not be written: {error}")]
    Write {
        /// Why.
        error: String,
    },
    /// Not an archive, or one that breaks off.
    #[error("expected a whole tar archive, got one that is damaged or cut off after {after}")]
    NotAnArchive {
        /// The last member that was read, or `its beginning`.
        after: String,
    },
    /// A link, a folder, a device: anything but a plain file.
    #[error("{name}: expected a plain file, got something else")]
    NotAFile {
        /// Its name.
        name: String,
    },
    /// A name that no member has.
    #[error(
        "{name}: expected a name of letters, digits, `.`, `_` and `-`, at most {MAX_NAME}, that begins with none of the marks, got another"
    )]
    Name {
        /// The name, quoted and cut.
        name: String,
    },
    /// One name twice, in whatever case.
    #[error("{name}: expected every name once, got it again")]
    Repeated {
        /// The name.
        name: String,
    },
    /// More documents than a pack has.
    #[error("documents: expected at most {MAX_DOCUMENTS}, got {got}")]
    TooMany {
        /// How many.
        got: usize,
    },
    /// A member is larger than any of its kind.
    #[error("{name}: expected at most {largest} bytes, got {got}")]
    TooLarge {
        /// Its name.
        name: String,
        /// The limit.
        largest: usize,
        /// Its size.
        got: usize,
    },
    /// The manifest is not JSON of the form of docs/spec.md, section 10.16.
    #[error("manifest.json: {0}")]
    Json(#[from] JsonError),
    /// The manifest is not text.
    #[error("manifest.json: expected UTF-8, got other bytes")]
    NotText,
    /// A version this program does not know.
    #[error("manifest.json: version: expected 1, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// A member that the manifest names, or that every pack has, is not there.
    #[error("{name}: expected it in the pack, got none")]
    Missing {
        /// Its name.
        name: String,
    },
    /// A member that the manifest does not name.
    #[error("{name}: expected only what manifest.json names, got it besides")]
    Extra {
        /// Its name.
        name: String,
    },
    /// A member is not the one that the manifest names.
    #[error("{name}: expected the SHA-256 {expected}, as manifest.json says, got {got}")]
    Hash {
        /// Its name.
        name: String,
        /// The manifest's, 64 hex digits.
        expected: String,
        /// That of its bytes.
        got: String,
    },
    /// Every member is as the manifest says, and the archive is not as it is written: the members are
    /// in another order, or have other times, owners or sizes than every pack's, or something stands
    /// between or after them.
    #[error(
        "expected the archive as it is written of these members, got another from byte {at} on"
    )]
    NotCanonical {
        /// The first byte that differs, from 0.
        at: usize,
    },
}

/// Characters of a hostile name that a message shows.
const SHOWN: usize = 100;

impl PackError {
    pub(super) fn name(name: &str) -> Self {
        Self::Name { name: quoted(name) }
    }
    pub(super) fn repeated(name: &str) -> Self {
        Self::Repeated { name: quoted(name) }
    }
}

/// A name that may have anything in it.
pub(super) fn quoted(name: &str) -> String {
    let cut: String = name.chars().take(SHOWN).collect();
    format!("{cut:?}")
}
