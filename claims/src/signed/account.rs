//! An account as its attester publishes it (docs/spec.md, section 10): the public side of an
//! opening, and once signed the attestations of its attesters, undertakings and revocations.

use super::any_signature::read_by_signer;
use super::{
    AccountAttestation, AccountRef, Answers, AnySignature, DocumentError, MAX_SIGNATURES,
    SignatureError, SignedRevocation, Signer, Undertaking,
};
use crate::account::{Commitment, Kind, Opening};
use crate::ident::SubjectId;
use crate::json;
use ff::Field;
use serde::{Deserialize, Deserializer, Serialize};
use std::collections::BTreeSet;

/// An account as its attester publishes it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountFile {
    /// 2.
    pub version: u64,
    /// Collateral or liability.
    pub kind: Kind,
    /// The subject's name.
    pub subject: String,
    /// Unix seconds.
    pub as_of: u64,
    /// The commitment.
    pub commitment: Commitment,
    /// The attesters' word for it, each at most once; without one the account is self-declared.
    /// In the file one object, or a list where a quorum is required.
    #[serde(
        rename = "attestation",
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "json::one_or_many"
    )]
    pub attestations: Vec<Attestation>,
    /// Under whose control the account is held.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "json::one_or_many"
    )]
    pub undertakings: Vec<Undertaking>,
    /// What signers of this file withdrew.
    #[serde(
        default,
        skip_serializing_if = "Vec::is_empty",
        with = "json::one_or_many"
    )]
    pub revocations: Vec<SignedRevocation>,
}

/// An attester's signature over an account, with what it signed beside the account's own
/// fields.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Attestation {
    /// Who signed.
    pub attester: Signer,
    /// The account, by its keeper's salt and reference.
    pub account: AccountRef,
    /// Unix seconds until which the signature may be relied on.
    pub valid_until: u64,
    /// The commitment of the same account's other kind; absent, signed as 0, where nothing is
    /// owed to the attester on it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counterpart: Option<Commitment>,
    /// Over [`AccountAttestation`].
    pub signature: AnySignature,
}

read_by_signer!(Attestation, attester, {
    account: AccountRef,
    valid_until: u64,
    #[serde(default, deserialize_with = "counterpart")]
    counterpart: Option<Commitment>,
});

impl AccountFile {
    /// The public side of an opening, not yet signed.
    pub fn of(opening: &Opening) -> Self {
        Self {
            version: 2,
            kind: opening.kind(),
            subject: opening.subject().into(),
            as_of: opening.as_of(),
            commitment: opening.commitment(),
            attestations: Vec::new(),
            undertakings: Vec::new(),
            revocations: Vec::new(),
        }
    }

    /// Reads an account file. Signatures are not checked here.
    pub fn from_json(text: &str) -> Result<Self, DocumentError> {
        if text.len() > super::MAX_BYTES {
            return Err(DocumentError::TooLarge { got: text.len() });
        }
        let file: Self = json::from_str(text)?;
        if file.version != 2 {
            return Err(DocumentError::Version { got: file.version });
        }
        SubjectId::of(&file.subject)?;
        file.check_lists()?;
        Ok(file)
    }

    /// That no list is too long and no attester in it twice. Also for an account file inside of
    /// another file.
    pub fn check_lists(&self) -> Result<(), DocumentError> {
        let mut attesters = BTreeSet::new();
        for (index, Attestation { attester, .. }) in self.attestations.iter().enumerate() {
            if !attesters.insert(*attester) {
                let signer = *attester;
                return Err(DocumentError::SameAttester { index, signer });
            }
        }
        for (list, got) in [
            ("attestation", self.attestations.len()),
            ("undertakings", self.undertakings.len()),
            ("revocations", self.revocations.len()),
        ] {
            if got > MAX_SIGNATURES {
                return Err(DocumentError::TooMany { list, got });
            }
        }
        Ok(())
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
        counterpart: Option<Commitment>,
    ) -> Result<AccountAttestation, DocumentError> {
        let subject = SubjectId::of(&self.subject)?;
        Ok(self.document_of(subject, account, valid_until, counterpart))
    }

    fn document_of(
        &self,
        subject: SubjectId,
        account: AccountRef,
        valid_until: u64,
        counterpart: Option<Commitment>,
    ) -> AccountAttestation {
        AccountAttestation {
            commitment: self.commitment,
            subject,
            as_of: self.as_of,
            valid_until,
            kind: self.kind,
            account,
            counterpart,
        }
    }

    /// With an attester's attestation, made here or elsewhere, in the place of an earlier one of
    /// the same attester. Its signature must be the attester's, over exactly this account; a
    /// contract's is not checked, as only the contract can.
    pub fn attested(mut self, attestation: Attestation) -> Result<Self, DocumentError> {
        attestation.check_key(&self)?;
        self.attestations
            .retain(|earlier| earlier.attester != attestation.attester);
        room(&self.attestations, "attestation")?;
        self.attestations.push(attestation);
        Ok(self)
    }

    /// With a control undertaking over this account. Its signature must be the attester's; a
    /// contract's is not checked.
    pub fn undertaken(mut self, undertaking: Undertaking) -> Result<Self, DocumentError> {
        let subject = SubjectId::of(&self.subject)?;
        let digest = undertaking.document(subject).digest();
        let signature = &undertaking.signature;
        let signed = signature.check_key(&digest, undertaking.attester);
        signed.map_err(refused("undertakings"))?;
        room(&self.undertakings, "undertakings")?;
        self.undertakings.push(undertaking);
        Ok(self)
    }

    /// With a revocation. Its signature must be the signer's; a contract's is not checked.
    pub fn revoked(mut self, revocation: SignedRevocation) -> Result<Self, DocumentError> {
        let digest = revocation.revocation().digest();
        let signed = revocation.signature.check_key(&digest, revocation.signer);
        signed.map_err(refused("revocations"))?;
        room(&self.revocations, "revocations")?;
        self.revocations.push(revocation);
        Ok(self)
    }
}

/// What is said of a signature in that list that is not its signer's.
fn refused(list: &'static str) -> impl FnOnce(SignatureError) -> DocumentError {
    move |error| DocumentError::Signature {
        field: list.into(),
        error,
    }
}

/// That a list has room for one more.
fn room<T>(list: &[T], name: &'static str) -> Result<(), DocumentError> {
    if list.len() < MAX_SIGNATURES {
        return Ok(());
    }
    Err(DocumentError::TooMany {
        list: name,
        got: list.len() + 1,
    })
}

impl Attestation {
    /// That the attester signed this for that account.
    pub fn check(&self, file: &AccountFile, answers: &Answers) -> Result<(), DocumentError> {
        self.check_for(file, SubjectId::of(&file.subject)?, answers)
            .map_err(refused("attestation"))
    }

    /// That the attester signed this for that account, where it signs with a key. A contract's
    /// signature is let pass: who relies on it has to query the contract.
    pub fn check_key(&self, file: &AccountFile) -> Result<(), DocumentError> {
        let digest = self.document(file, SubjectId::of(&file.subject)?).digest();
        let signed = self.signature.check_key(&digest, self.attester);
        signed.map_err(refused("attestation"))
    }

    /// What the attester signed for that account of the subject with that id.
    pub fn document(&self, file: &AccountFile, subject: SubjectId) -> AccountAttestation {
        file.document_of(subject, self.account, self.valid_until, self.counterpart)
    }

    /// That the attester signed this for that account of the subject with that id: the same as
    /// [`Self::check`] where the id is that of the file's subject, without hashing its name.
    pub fn check_for(
        &self,
        file: &AccountFile,
        subject: SubjectId,
        answers: &Answers,
    ) -> Result<(), SignatureError> {
        let digest = self.document(file, subject).digest();
        self.signature
            .check(&digest, self.attester, answers)
            .map(drop)
    }
}

/// A commitment; 0 is none.
fn counterpart<'de, D: Deserializer<'de>>(d: D) -> Result<Option<Commitment>, D::Error> {
    let commitment = Commitment::deserialize(d)?;
    Ok((!bool::from(commitment.0.is_zero())).then_some(commitment))
}
