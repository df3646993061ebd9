//! The names of a pack's members: three fixed ones, and documents in one folder. A name is a plain
//! file's on every system, so that whoever unpacks a pack writes nowhere else.

use super::PackError;

/// The first member.
pub(super) const MANIFEST: &str = "manifest.json";
pub(super) const BUNDLE: &str = "bundle.json";
pub(super) const OPINION: &str = "opinion.json";
/// The folder of documents.
pub(super) const DOCUMENTS: &str = "documents/";

/// Longest name of a document, in bytes: with its folder it fits the header of an archive.
pub const MAX_NAME: usize = 80;

/// The names of the expectations, by their format: TOML, JSON.
pub(super) const EXPECTATIONS: [&str; 2] = ["expectations.toml", "expectations.json"];

/// The name of these expectations.
pub(super) fn expectations(bytes: &[u8]) -> &'static str {
    let [toml, json] = EXPECTATIONS;
    match bytes.trim_ascii_start().first() {
        Some(b'{') => json,
        _ => toml,
    }
}

pub(super) fn of_document(name: &str) -> String {
    format!("{DOCUMENTS}{name}")
}

/// That a name is of letters, digits, `.`, `_` and `-` in ASCII, at most [`MAX_NAME`], and does not
/// begin with `.` or `-`.
///
/// # Errors
/// It is another, so that it could lead out of a folder, or not be a file's on some system.
pub fn check_document_name(name: &str) -> Result<(), PackError> {
    let letter = |c: u8| c.is_ascii_alphanumeric() || b"._-".contains(&c);
    let good = (1..=MAX_NAME).contains(&name.len())
        && name.bytes().all(letter)
        && !name.starts_with(['.', '-']);
    match good {
        true => Ok(()),
        false => Err(PackError::name(name)),
    }
}
