//! The manifest of a pack: its members in the order of the archive, with the SHA-256 of each.

use super::{Member, PackError};
use covenant_claims::json;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The only version of the format.
const VERSION: u64 = 1;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    version: u64,
    pub(super) members: Vec<Entry>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) sha256: String,
    size: u64,
}

impl Manifest {
    pub(super) fn of(members: Vec<Member>) -> Self {
        let entry = |m: Member| Entry {
            name: m.name,
            sha256: m.sha256,
            size: m.size,
        };
        Self {
            version: VERSION,
            members: members.into_iter().map(entry).collect(),
        }
    }

    pub(super) fn read(bytes: &[u8]) -> Result<Self, PackError> {
        let text = std::str::from_utf8(bytes).map_err(|_| PackError::NotText)?;
        let manifest: Self = json::from_str(text)?;
        match manifest.version {
            VERSION => Ok(manifest),
            got => Err(PackError::Version { got }),
        }
    }

    pub(super) fn to_json(&self) -> String {
        // Serializing a plain structure to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

/// A member with its hash.
pub(super) fn member(name: &str, bytes: &[u8]) -> Member {
    Member {
        name: name.into(),
        size: bytes.len() as u64,
        sha256: sha256(bytes),
    }
}

/// SHA-256, 64 hex digits.
pub fn sha256(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}
