//! The codes of the errors of covenant-disclosure, and of auditors' opinions.

use super::{Code, Coded};
use crate::outcome::FailureOutput;
use covenant_disclosure::{DisclosureError, PackError, SealError};
use covenant_verifier::signed::{OpinionError, SignatureError};

impl Coded for DisclosureError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Window(_) | Self::Count { .. } => Code::Malformed,
            Self::Opening { error, .. } => error.code(),
            Self::OfBundle(_) => Code::BundleMalformed,
            Self::Statement { .. } => Code::StatementMismatch,
            Self::Period { .. } => Code::PeriodMismatch,
            Self::NotOfBundle { .. } => Code::NotIncluded,
            Self::Repeated { .. } => Code::OpeningRepeated,
            Self::Kind { .. } => Code::KindMismatch,
            Self::Subject { .. } => Code::SubjectMismatch,
            Self::AsOf { .. } => Code::PeriodMismatch,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        let opening = |index: &usize| format!("openings[{index}]");
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => {
                out.at("version");
                out.differs(1, got);
            }
            Self::Window(e) => {
                out.at("as_of_to");
                out.differs(e.from, e.to);
            }
            Self::Count { got } => {
                out.at("openings");
                out.got = Some(got.to_string());
            }
            Self::Opening { index, error } => {
                error.details(out);
                out.within(&opening(index));
            }
            Self::Statement { expected, got } => {
                out.at("statement");
                out.differs(expected, got);
            }
            Self::Period {
                expected_from,
                expected_to,
                from,
                to,
            } => {
                out.at("as_of_from, as_of_to");
                out.differs(
                    format!("{expected_from} to {expected_to}"),
                    format!("{from} to {to}"),
                );
            }
            Self::NotOfBundle { index, got } => {
                out.at(opening(index));
                out.differs("an account of the bundle", got);
            }
            Self::Repeated { index, commitment } => {
                out.at(opening(index));
                out.differs("every account once", commitment);
            }
            Self::Kind {
                index,
                expected,
                got,
            } => {
                out.at(format!("openings[{index}].kind"));
                out.differs(expected, got);
            }
            Self::Subject {
                index,
                expected,
                got,
            } => {
                out.at(format!("openings[{index}].subject"));
                out.differs(expected, got);
            }
            Self::AsOf {
                index,
                expected,
                got,
            } => {
                out.at(format!("openings[{index}].as_of"));
                out.differs(expected, got);
            }
            _ => {}
        }
    }
}

impl Coded for SealError {
    fn code(&self) -> Code {
        match self {
            Self::Recipient | Self::Identity | Self::Line { .. } | Self::Count { .. } => {
                Code::KeyNotRead
            }
            Self::Sealing => Code::Internal,
            Self::NotSealed | Self::NotText => Code::Malformed,
            Self::TooLarge => Code::FileTooLarge,
            Self::NotForThisKey => Code::IdentityWrong,
            Self::Damaged => Code::SealedDamaged,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        if let Self::Line { line, .. } = self {
            out.line = Some(*line as u64);
        }
    }
}

impl Coded for OpinionError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::NoProcedures | Self::Period { .. } => Code::Malformed,
            Self::Subject { .. } => Code::SubjectMismatch,
            Self::Statement { .. } => Code::StatementMismatch,
            Self::NotThePeriod { .. } => Code::PeriodMismatch,
            Self::Signature(SignatureError::NotQueried { .. }) => Code::ContractNotQueried,
            Self::Signature(_) => Code::SignatureRefused,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => {
                out.at("version");
                out.differs(1, got);
            }
            Self::NoProcedures => out.at("procedures"),
            Self::Period { from, got } => {
                out.at("period_to");
                out.differs(from, got);
            }
            Self::Subject { expected, got } => {
                out.at("subject");
                out.differs(expected, got);
            }
            Self::Statement { expected, got } => {
                out.at("statement");
                out.differs(expected, got);
            }
            Self::NotThePeriod {
                expected_from,
                expected_to,
                from,
                to,
            } => {
                out.at("period_from, period_to");
                out.differs(
                    format!("{expected_from} to {expected_to}"),
                    format!("{from} to {to}"),
                );
            }
            Self::Signature(e) => {
                e.details(out);
                out.at("signature");
            }
            _ => {}
        }
    }
}

impl Coded for PackError {
    fn code(&self) -> Code {
        match self {
            Self::PackTooLarge { .. } | Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Write { .. } => Code::Internal,
            Self::NotAnArchive { .. }
            | Self::NotAFile { .. }
            | Self::Name { .. }
            | Self::Repeated { .. }
            | Self::TooMany { .. }
            | Self::Json(_)
            | Self::NotText
            | Self::Version { .. } => Code::PackMalformed,
            Self::Missing { .. }
            | Self::Extra { .. }
            | Self::Hash { .. }
            | Self::NotCanonical { .. } => Code::PackAltered,
            _ => Code::PackMalformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::NotAFile { name } | Self::Name { name } | Self::Repeated { name } => out.at(name),
            Self::Missing { name } => {
                out.at(name);
                out.differs("it in the pack", "none");
            }
            Self::Extra { name } => {
                out.at(name);
                out.differs("only what manifest.json names", "it besides");
            }
            Self::Hash {
                name,
                expected,
                got,
            } => {
                out.at(name);
                out.differs(expected, got);
            }
            Self::TooLarge { name, largest, got } => {
                out.at(name);
                out.differs(format!("at most {largest} bytes"), got);
            }
            Self::Json(e) => {
                e.details(out);
                out.at("manifest.json");
            }
            Self::Version { got } => {
                out.at("manifest.json");
                out.differs(1, got);
            }
            _ => {}
        }
    }
}
