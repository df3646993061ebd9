//! Documents as files carry them: who signed, what is not told by the file around them, and the
//! signature.

use super::any_signature::read_by_signer;
use super::{
    AccountRef, Answers, AnySignature, ControlUndertaking, Representation, Revocation,
    SignatureError, Signer,
};
use crate::ident::{FacilityId, Hash, SubjectId};
use serde::Serialize;

/// A [`ControlUndertaking`] over the account of an account file.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Undertaking {
    /// Who signed: an attester of that `account`.
    pub attester: Signer,
    /// The account.
    pub account: AccountRef,
    /// For whom it is held.
    pub secured_party: SubjectId,
    /// What it secures.
    pub facility: FacilityId,
    /// Unix seconds.
    pub held_from: u64,
    /// Unix seconds.
    pub held_until: u64,
    /// keccak256 of the text.
    pub wording: Hash,
    /// Over the [`ControlUndertaking`].
    pub signature: AnySignature,
}

read_by_signer!(Undertaking, attester, {
    account: AccountRef,
    secured_party: SubjectId,
    facility: FacilityId,
    held_from: u64,
    held_until: u64,
    wording: Hash,
});

impl Undertaking {
    /// What is undertaken for the collateral of that subject.
    pub fn document(&self, subject: SubjectId) -> ControlUndertaking {
        ControlUndertaking {
            account: self.account,
            subject,
            secured_party: self.secured_party,
            facility: self.facility,
            held_from: self.held_from,
            held_until: self.held_until,
            wording: self.wording,
        }
    }

    /// That the attester signed this for that subject's collateral.
    pub fn check(&self, subject: SubjectId, answers: &Answers) -> Result<(), SignatureError> {
        let digest = self.document(subject).digest();
        self.signature
            .check(&digest, self.attester, answers)
            .map(drop)
    }
}

/// A [`Representation`] as a bundle carries it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SignedRepresentation {
    /// Who signed.
    pub signer: Signer,
    /// That nothing else is owed.
    pub no_other_debt: bool,
    /// keccak256 of the text.
    pub wording: Hash,
    /// Over the [`Representation`].
    pub signature: AnySignature,
}

read_by_signer!(SignedRepresentation, signer, {
    no_other_debt: bool,
    wording: Hash,
});

impl SignedRepresentation {
    /// What the subject says of that statement.
    pub fn document(&self, subject: SubjectId, statement: Hash) -> Representation {
        Representation {
            subject,
            statement,
            no_other_debt: self.no_other_debt,
            wording: self.wording,
        }
    }

    /// That the signer signed this of that statement.
    pub fn check(
        &self,
        subject: SubjectId,
        statement: Hash,
        answers: &Answers,
    ) -> Result<(), SignatureError> {
        let digest = self.document(subject, statement).digest();
        self.signature
            .check(&digest, self.signer, answers)
            .map(drop)
    }
}

/// A [`Revocation`] as files carry it. It says nothing of documents of other signers.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SignedRevocation {
    /// Who signed: the signer of the document.
    pub signer: Signer,
    /// The digest of what is withdrawn.
    pub document: Hash,
    /// Unix seconds from which it is.
    pub at: u64,
    /// Over the [`Revocation`].
    pub signature: AnySignature,
}

read_by_signer!(SignedRevocation, signer, {
    document: Hash,
    at: u64,
});

impl SignedRevocation {
    /// What was signed.
    pub fn revocation(&self) -> Revocation {
        Revocation {
            document: self.document,
            at: self.at,
        }
    }

    /// That the signer signed it.
    pub fn check(&self, answers: &Answers) -> Result<(), SignatureError> {
        let digest = self.revocation().digest();
        self.signature
            .check(&digest, self.signer, answers)
            .map(drop)
    }

    /// Whether this withdraws the document with that digest, which `signer` signed, at a time in
    /// Unix seconds. Only of a revocation that [`Self::check`] took.
    pub fn withdraws(&self, document: Hash, signer: Signer, now: u64) -> bool {
        self.document == document && self.signer == signer && self.at <= now
    }
}
