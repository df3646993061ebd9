//! An account as its attester publishes it (docs/spec.md, section 10): the public side of an
//! opening, and once signed the attester's attestation.

use super::{AccountAttestation, AccountRef, Address, DocumentError, Signature, SignatureError};
use crate::account::{Commitment, Kind, Opening};
use crate::ident::SubjectId;
use crate::json;
use serde::{Deserialize, Deserializer, Serialize};

/// An account as its attester publishes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFile {
    /// 1.
    pub version: u64,
    /// Collateral or liability.
    pub kind: Kind,
    /// The subject's name.
    pub subject: String,
    /// Unix seconds.
    pub as_of: u64,
    /// The commitment.
    pub commitment: Commitment,
    /// The attester's word for it; without one the account is self-declared.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "present"
    )]
    pub attestation: Option<Attestation>,
}

/// An attester's signature over an account, with what it signed beside the account's own
/// fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attestation {
    /// Who signed.
    pub attester: Address,
    /// The attester's reference for the account, hashed.
    pub account: AccountRef,
    /// Unix seconds until which the signature may be relied on.
    pub valid_until: u64,
    /// Over [`AccountAttestation`].
    pub signature: Signature,
}

impl AccountFile {
    /// The public side of an opening, not yet signed.
    pub fn of(opening: &Opening) -> Self {
        Self {
            version: 1,
            kind: opening.kind(),
            subject: opening.subject().into(),
            as_of: opening.as_of(),
            commitment: opening.commitment(),
            attestation: None,
        }
    }

    /// Reads an account file. Signatures are not checked here.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > super::MAX_BYTES {
            return Err(DocumentError::TooLarge { got: text.len() });
        }
        let file: Self = json::from_str(text)?;
        if file.version != 1 {
            return Err(DocumentError::Version { got: file.version });
        }
        SubjectId::of(&file.subject)?;
        Ok(file)
    }

    /// Writes an account file.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// What an attester signs for this account.
    pub fn document(
        &self,
        account: AccountRef,
        valid_until: u64,
    ) -> Result<AccountAttestation, DocumentError> {
        Ok(self.document_of(SubjectId::of(&self.subject)?, account, valid_until))
    }

    fn document_of(
        &self,
        subject: SubjectId,
        account: AccountRef,
        valid_until: u64,
    ) -> AccountAttestation {
        AccountAttestation {
            commitment: self.commitment,
            subject,
            as_of: self.as_of,
            valid_until,
            kind: self.kind,
            account,
        }
    }

    /// With an attester's attestation, made here or elsewhere. Its signature must be the
    /// attester's, over exactly this account.
    pub fn attested(mut self, attestation: Attestation) -> Result<Self, DocumentError> {
        attestation.check(&self)?;
        self.attestation = Some(attestation);
        Ok(self)
    }
}

impl Attestation {
    /// That the attester signed this for that account.
    pub fn check(&self, file: &AccountFile) -> Result<(), DocumentError> {
        self.check_for(file, SubjectId::of(&file.subject)?)
            .map_err(|error| DocumentError::Signature {
                field: "attestation".into(),
                error,
            })
    }

    /// That the attester signed this for that account of the subject with that id: the same as
    /// [`Self::check`] where the id is that of the file's subject, without hashing its name.
    pub fn check_for(&self, file: &AccountFile, subject: SubjectId) -> Result<(), SignatureError> {
        let document = file.document_of(subject, self.account, self.valid_until);
        self.signature.check(&document.digest(), self.attester)
    }
}

/// A field that may be absent, but not null.
fn present<'de, D: Deserializer<'de>, T: Deserialize<'de>>(d: D) -> Result<Option<T>, D::Error> {
    T::deserialize(d).map(Some)
}
