//! Accounts and their commitments (docs/spec.md, section 4).
//!
//! An [`Opening`] is the secret of an account: it has no `Debug` that prints amounts
//! or the blinding, and is wiped from memory when dropped.
//!
//! Every entry of an `Opening` is well formed, and none is 0: so an honest account is, in memory
//! and in its file. A commitment may have been made of anything. What entries of other forms
//! mean is section 4's to say and the circuit's to judge, over field elements: in liabilities and
//! in complete policies they make the statement false, in other collateral they count for
//! nothing. [`commit`] makes the commitments of such accounts too.

use crate::field::{Fr, from_parts};
use crate::ident::{
    AssetId, NameError, SubjectId, TAG_COLLATERAL, TAG_LIABILITY, ascii_tag, check_name,
};
use crate::json;
use crate::numbers::{Amount, MAX_POSITIONS_LOG2};
use crate::poseidon;
use crate::shape::{FIRST_BLOCK, PER_BLOCK};
use ff::Field;
use rand_core::{CryptoRng, RngCore};
use serde::{Deserialize, Serialize};
use std::fmt;
use std::sync::OnceLock;
use zeroize::Zeroize;

/// What an account holds for its subject.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Assets a custodian keeps for the subject.
    Collateral,
    /// Debt the subject owes to a creditor.
    Liability,
}

impl Kind {
    /// The tag that opens the account's hash.
    pub fn tag(self) -> Fr {
        ascii_tag(match self {
            Self::Collateral => TAG_COLLATERAL,
            Self::Liability => TAG_LIABILITY,
        })
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Collateral => "collateral",
            Self::Liability => "liability",
        })
    }
}

/// An amount of an asset, as an account lists it.
#[derive(Clone, PartialEq, Eq)]
pub struct Position {
    /// The asset's name.
    pub asset: String,
    /// Its id.
    pub id: AssetId,
    /// Base units.
    pub amount: Amount,
}

impl Position {
    /// A position in a named asset.
    pub fn new(asset: &str, amount: Amount) -> Result<Self, NameError> {
        Ok(Self {
            asset: asset.into(),
            id: AssetId::of(asset)?,
            amount,
        })
    }

    /// `asset id * 2^128 + amount`, what the account's hash absorbs.
    pub fn entry(&self) -> Fr {
        from_parts(self.id.get(), self.amount.get())
    }
}

/// A hiding commitment to an account. Never 0.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Commitment(#[serde(with = "json::hex_field")] pub Fr);

impl fmt::Display for Commitment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::field::to_hex(&self.0))
    }
}

/// K of docs/spec.md, section 4: Poseidon over the header and [`FIRST_BLOCK`] entries, then
/// [`PER_BLOCK`] entries a block, the last block padded with zeros. Nothing is asked of the
/// entries: whoever must know what K commits to makes an [`Opening`].
pub fn commit([tag, subject, as_of, blinding]: [Fr; 4], entries: &[Fr]) -> Fr {
    let padded = |head: &[Fr], entries: &[Fr]| {
        let mut inputs = [Fr::ZERO; poseidon::INPUTS];
        for (input, value) in inputs.iter_mut().zip(head.iter().chain(entries)) {
            *input = *value;
        }
        poseidon::hash(inputs)
    };
    let (first, rest) = entries.split_at(entries.len().min(FIRST_BLOCK));
    let h_0 = padded(&[tag, subject, as_of, blinding], first);
    rest.chunks(PER_BLOCK)
        .fold(h_0, |h, block| padded(&[h], block))
}

/// What an account's attester knows, and the prover must know: everything the
/// commitment hides.
#[derive(Clone)]
pub struct Opening {
    kind: Kind,
    subject: String,
    as_of: u64,
    blinding: Fr,
    positions: Vec<Position>,
    /// Computed once: nothing above changes, and thousands of positions take a tenth of a second.
    commitment: OnceLock<Commitment>,
}

impl PartialEq for Opening {
    fn eq(&self, other: &Self) -> bool {
        let fields = |o: &Self| (o.kind, o.as_of, o.blinding);
        fields(self) == fields(other)
            && self.subject == other.subject
            && self.positions == other.positions
    }
}

impl Eq for Opening {}

/// An opening could not be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpeningError {
    /// Not JSON, or not of the form of docs/spec.md, section 10.
    #[error("{0}")]
    Json(#[from] json::JsonError),
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// The subject's name.
    #[error("subject: {0}")]
    Subject(NameError),
    /// A position's asset.
    #[error("positions[{index}]: {error}")]
    Asset {
        /// 0-based.
        index: usize,
        /// What is wrong with its name.
        error: NameError,
    },
    /// More positions than any circuit can hold.
    #[error("positions: expected at most 131072, got {got}")]
    TooMany {
        /// How many there are.
        got: usize,
    },
}

impl Opening {
    /// A new account snapshot, with a fresh blinding from the operating system or
    /// another cryptographic source. `as_of` in Unix seconds.
    pub fn new<R: RngCore + CryptoRng>(
        kind: Kind,
        subject: &str,
        as_of: u64,
        positions: Vec<Position>,
        rng: R,
    ) -> Result<Self, OpeningError> {
        Self::with_blinding(kind, subject, as_of, Fr::random(rng), positions)
    }

    pub(crate) fn with_blinding(
        kind: Kind,
        subject: &str,
        as_of: u64,
        blinding: Fr,
        positions: Vec<Position>,
    ) -> Result<Self, OpeningError> {
        check_name(subject).map_err(|e| OpeningError::Subject(e.redacted()))?;
        if positions.len() > 1 << MAX_POSITIONS_LOG2 {
            return Err(OpeningError::TooMany {
                got: positions.len(),
            });
        }
        Ok(Self {
            kind,
            subject: subject.into(),
            as_of,
            blinding,
            positions,
            commitment: OnceLock::new(),
        })
    }

    /// Collateral or liability.
    pub fn kind(&self) -> Kind {
        self.kind
    }
    /// The subject's name.
    pub fn subject(&self) -> &str {
        &self.subject
    }
    /// The subject's id.
    pub fn subject_id(&self) -> SubjectId {
        // The name was checked when the opening was made.
        SubjectId::of(&self.subject).unwrap_or_else(|_| unreachable!("the name was checked"))
    }
    /// Unix seconds of the snapshot.
    pub fn as_of(&self) -> u64 {
        self.as_of
    }
    /// The blinding; secret.
    pub fn blinding(&self) -> Fr {
        self.blinding
    }
    /// The positions; secret.
    pub fn positions(&self) -> &[Position] {
        &self.positions
    }

    /// What the first block absorbs before the entries: tag, subject, time, blinding. Secret.
    pub fn header(&self) -> [Fr; 4] {
        [
            self.kind.tag(),
            self.subject_id().get(),
            Fr::from(self.as_of),
            self.blinding,
        ]
    }

    /// The entries in order; secret.
    pub fn entries(&self) -> Vec<Fr> {
        self.positions.iter().map(Position::entry).collect()
    }

    /// The commitment K.
    pub fn commitment(&self) -> Commitment {
        let compute = || Commitment(commit(self.header(), &self.entries()));
        *self.commitment.get_or_init(compute)
    }

    /// Reads an opening file (docs/spec.md, section 10).
    pub fn from_json(text: &str) -> Result<Self, OpeningError> {
        let mut file: OpeningFile = json::from_str(text).map_err(json::JsonError::redacted)?;
        if file.version != 2 {
            return Err(OpeningError::Version { got: file.version });
        }
        let positions = std::mem::take(&mut file.positions)
            .into_iter()
            .enumerate()
            .map(|(index, (asset, amount))| {
                Position::new(&asset, amount).map_err(|error| OpeningError::Asset {
                    index,
                    error: error.redacted(),
                })
            })
            .collect::<Result<_, _>>()?;
        Self::with_blinding(
            file.kind,
            &file.subject,
            file.as_of,
            file.blinding,
            positions,
        )
    }

    /// Writes an opening file. The text is secret.
    pub fn to_json(&self) -> zeroize::Zeroizing<String> {
        let file = OpeningFile {
            version: 2,
            kind: self.kind,
            subject: self.subject.clone(),
            as_of: self.as_of,
            blinding: self.blinding,
            positions: self
                .positions
                .iter()
                .map(|p| (p.asset.clone(), p.amount))
                .collect(),
        };
        // Serializing a plain structure to memory cannot fail.
        zeroize::Zeroizing::new(serde_json::to_string_pretty(&file).unwrap_or_default() + "\n")
    }
}

impl fmt::Debug for Opening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Opening")
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Position(secret)")
    }
}

impl Drop for Opening {
    fn drop(&mut self) {
        self.blinding = Fr::ZERO;
        for position in &mut self.positions {
            position.asset.zeroize();
            position.amount = Amount::ZERO;
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OpeningFile {
    version: u64,
    kind: Kind,
    subject: String,
    as_of: u64,
    #[serde(with = "json::hex_field")]
    blinding: Fr,
    positions: Vec<(String, Amount)>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Found by fuzzing: what stood in the place of an asset's name was told (P3).
    #[test]
    fn p3_errors_of_openings_tell_no_name() {
        let of = |subject: &str, asset: &str| {
            let json = serde_json::json!({
                "version": 2, "kind": "collateral", "subject": subject, "as_of": 1,
                "blinding": "0x1", "positions": [[asset, "1"]]
            });
            Opening::from_json(&json.to_string())
        };
        assert!(of("lei:A", "a").is_ok());
        for (subject, asset) in [("lei:A", "12345678 "), (" 12345678", "a")] {
            let error = of(subject, asset).unwrap_err();
            let told = format!("{error} {error:?}");
            assert!(!told.contains("12345678"), "{told}");
        }
    }
}
