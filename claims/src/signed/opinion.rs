//! What an auditor says of a proved statement (docs/spec.md, section 7.8): which procedures it
//! performed on the accounts behind it, for which period, and with which exceptions. It is signed as
//! an EIP-712 document, and travels with its texts in a file of its own (section 10.14).

use super::any_signature::read_by_signer;
use super::document::{Digest, word};
use super::typed_data::wrap;
use super::{Answers, AnySignature, Block, MAX_BYTES, SignatureError, Signer};
use crate::field::to_hex;
use crate::ident::{Hash, SubjectId};
use crate::json::{self, JsonError};
use crate::statement::Window;
use alloy_sol_types::SolStruct;
use serde::Serialize;
use serde_json::{Value, json};

/// The structure exactly as docs/spec.md, section 7, writes it.
mod sol {
    #![allow(missing_docs, unreachable_pub)]
    alloy_sol_types::sol! {
        struct AuditorOpinion {
            bytes32 subject;
            bytes32 statement;
            uint64 periodFrom;
            uint64 periodTo;
            bytes32 procedures;
            bytes32 exceptions;
        }
    }
}

/// The only version of an opinion's file.
const VERSION: u64 = 1;

/// What an auditor says of a statement. The texts are hashed, as wallets show no long ones.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AuditorOpinion {
    /// Whose accounts it is about.
    pub subject: SubjectId,
    /// [`Statement::hash`](crate::Statement::hash).
    pub statement: Hash,
    /// Unix seconds of the start of the period that was audited.
    pub period_from: u64,
    /// Unix seconds of its end, which is in it.
    pub period_to: u64,
    /// keccak256 of the text of the procedures that were performed.
    pub procedures: Hash,
    /// keccak256 of the text of the exceptions; of the empty text where there are none.
    pub exceptions: Hash,
}

impl AuditorOpinion {
    /// What the auditor signs.
    pub fn digest(&self) -> Digest {
        Digest::of(&sol::AuditorOpinion {
            subject: word(&self.subject.get()),
            statement: self.statement.0.into(),
            periodFrom: self.period_from,
            periodTo: self.period_to,
            procedures: self.procedures.0.into(),
            exceptions: self.exceptions.0.into(),
        })
    }

    /// `types, domain, primaryType, message`; integers as decimal text.
    pub fn typed_data(&self) -> Value {
        wrap(
            &sol::AuditorOpinion::eip712_encode_type(),
            json!({
                "subject": to_hex(&self.subject.get()),
                "statement": self.statement.to_string(),
                "periodFrom": self.period_from.to_string(),
                "periodTo": self.period_to.to_string(),
                "procedures": self.procedures.to_string(),
                "exceptions": self.exceptions.to_string(),
            }),
        )
    }
}

/// An [`AuditorOpinion`] as its file carries it: with the texts, not their hashes, so that a text
/// that is not the signed one is another document.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct SignedOpinion {
    /// 1.
    pub version: u64,
    /// Whose accounts it is about.
    pub subject: SubjectId,
    /// The hash of the statement.
    pub statement: Hash,
    /// Unix seconds.
    pub period_from: u64,
    /// Unix seconds.
    pub period_to: u64,
    /// What was done. Never empty.
    pub procedures: String,
    /// What was found to be otherwise; empty where nothing was.
    pub exceptions: String,
    /// Who signed.
    pub signer: Signer,
    /// Over the [`AuditorOpinion`].
    pub signature: AnySignature,
}

read_by_signer!(SignedOpinion, signer, {
    version: u64,
    subject: SubjectId,
    statement: Hash,
    period_from: u64,
    period_to: u64,
    procedures: String,
    exceptions: String,
});

/// An opinion could not be read, or is not one of this statement.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpinionError {
    /// Larger than any opinion.
    #[error("expected at most {MAX_BYTES} bytes, got {got}")]
    TooLarge {
        /// Its size.
        got: usize,
    },
    /// Not JSON, or not of the form of docs/spec.md, section 10.14.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// A version this program does not know.
    #[error("version: expected {VERSION}, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// No text of the procedures, so that nothing is said.
    #[error("procedures: expected a text, got none")]
    NoProcedures,
    /// The period ends before it begins.
    #[error("period_to: expected {from} or later, where the period begins, got {got}")]
    Period {
        /// Unix seconds.
        from: u64,
        /// Unix seconds.
        got: u64,
    },
    /// Of another subject than the statement.
    #[error("subject: expected the statement's, {expected}, got {got}")]
    Subject {
        /// The statement's, 0x-hex.
        expected: String,
        /// The opinion's, 0x-hex.
        got: String,
    },
    /// Of another statement.
    #[error("statement: expected that of the bundle, {expected}, got {got}")]
    Statement {
        /// The hash of the bundle's.
        expected: Hash,
        /// What the opinion is of.
        got: Hash,
    },
    /// The window of the statement's snapshots is not inside of the period.
    #[error(
        "period: expected one that contains the statement's window, {expected_from} to {expected_to}, got {from} to {to} (Unix seconds)"
    )]
    NotThePeriod {
        /// Start of the window, Unix seconds.
        expected_from: u64,
        /// End of the window.
        expected_to: u64,
        /// Start of the period.
        from: u64,
        /// End of the period.
        to: u64,
    },
    /// The signature is not one of the signer over this document.
    #[error("signature: {0}")]
    Signature(SignatureError),
}

impl SignedOpinion {
    /// Signs nothing: puts a signature to a document and its texts, which must be those it hashes.
    pub fn new(
        document: &AuditorOpinion,
        procedures: &str,
        exceptions: &str,
        signer: Signer,
        signature: AnySignature,
    ) -> Self {
        Self {
            version: VERSION,
            subject: document.subject,
            statement: document.statement,
            period_from: document.period_from,
            period_to: document.period_to,
            procedures: procedures.into(),
            exceptions: exceptions.into(),
            signer,
            signature,
        }
    }

    /// What was signed, of the texts that are here.
    pub fn document(&self) -> AuditorOpinion {
        AuditorOpinion {
            subject: self.subject,
            statement: self.statement,
            period_from: self.period_from,
            period_to: self.period_to,
            procedures: Hash::of(self.procedures.as_bytes()),
            exceptions: Hash::of(self.exceptions.as_bytes()),
        }
    }

    /// That the signer signed it, and of a contract, at which block it said so.
    ///
    /// # Errors
    /// [`OpinionError::Signature`], with [`SignatureError::NotQueried`] where only a contract can
    /// tell, and it was not queried.
    pub fn check(&self, answers: &Answers) -> Result<Option<Block>, OpinionError> {
        let digest = self.document().digest();
        self.signature
            .check(&digest, self.signer, answers)
            .map_err(OpinionError::Signature)
    }

    /// That it is about this statement: its subject, its hash, and a period that contains the window
    /// of its snapshots.
    pub fn is_about(
        &self,
        subject: SubjectId,
        statement: Hash,
        window: Window,
    ) -> Result<(), OpinionError> {
        if self.subject != subject {
            return Err(OpinionError::Subject {
                expected: to_hex(&subject.get()),
                got: to_hex(&self.subject.get()),
            });
        }
        if self.statement != statement {
            return Err(OpinionError::Statement {
                expected: statement,
                got: self.statement,
            });
        }
        if window.from() < self.period_from || self.period_to < window.to() {
            return Err(OpinionError::NotThePeriod {
                expected_from: window.from(),
                expected_to: window.to(),
                from: self.period_from,
                to: self.period_to,
            });
        }
        Ok(())
    }

    /// Reads an opinion's file. Whether it is signed, [`Self::check`] tells.
    pub fn from_json(text: &str) -> Result<Self, OpinionError> {
        if text.len() > MAX_BYTES {
            return Err(OpinionError::TooLarge { got: text.len() });
        }
        let file: Self = json::from_str(text)?;
        file.check_form()?;
        Ok(file)
    }

    /// That it is an opinion at all: of this version, of procedures, and of a period.
    pub fn check_form(&self) -> Result<(), OpinionError> {
        if self.version != VERSION {
            return Err(OpinionError::Version { got: self.version });
        }
        if self.procedures.trim().is_empty() {
            return Err(OpinionError::NoProcedures);
        }
        if self.period_to < self.period_from {
            return Err(OpinionError::Period {
                from: self.period_from,
                got: self.period_to,
            });
        }
        Ok(())
    }

    /// Writes an opinion's file.
    pub fn to_json(&self) -> String {
        // Serializing a plain structure to memory cannot fail.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}
