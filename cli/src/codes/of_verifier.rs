//! The codes of the errors of covenant-verifier and covenant-solidity: bundles, expectations,
//! verdicts, contracts.

use super::{Code, Coded};
use crate::outcome::FailureOutput;
use covenant_solidity::SolidityError;
use covenant_verifier::bundle::BundleError;
use covenant_verifier::expect::document::ExpectError;
use covenant_verifier::expect::quantity::{Duration, Percent, QuoteUnits};
use covenant_verifier::expect::{Mismatch, Mismatches, TrustError};
use covenant_verifier::key::KeyError as CircuitKeyError;
use covenant_verifier::tree::{BranchError, ManifestError, NodeError, TreeError};
use covenant_verifier::verify::{ProofError, VerifyError};

impl Coded for BundleError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Policy(e) => e.code(),
            Self::Prices(e) => e.code(),
            Self::Statement(e) => e.code(),
            Self::Document(e) => e.code(),
            Self::Shape(e) => e.code(),
            Self::TooManyAssets { .. }
            | Self::Disagrees { .. }
            | Self::Window(_)
            | Self::Report { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            Self::Shape(e) => e.details(out),
            Self::TooManyAssets { .. } => out.at("policy.assets"),
            Self::Policy(e) => {
                e.details(out);
                out.within("policy");
            }
            Self::Prices(e) => {
                e.details(out);
                out.within("prices");
            }
            Self::Statement(e) => {
                e.details(out);
                out.within("statement");
            }
            Self::Document(e) => e.details(out),
            Self::Window(e) => {
                out.at("statement.as_of_to");
                out.differs(e.from, e.to);
            }
            Self::Report { expected, got } => {
                out.at("statement.report");
                out.differs(expected, got);
            }
            Self::Disagrees {
                field,
                expected,
                got,
            } => {
                out.at(field);
                out.differs(expected, got);
            }
            _ => {}
        }
    }
}

impl Coded for TrustError {
    fn code(&self) -> Code {
        match self {
            Self::SameKey { .. }
            | Self::SameName { .. }
            | Self::Name(_)
            | Self::NoKey { .. }
            | Self::NoRole { .. }
            | Self::Quorum { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        if let Self::Quorum { expected, got } = self {
            out.differs(expected, got);
        }
    }
}

impl Coded for ExpectError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Toml { .. } | Self::Field { .. } => Code::Malformed,
            Self::Trust { error, .. } => error.code(),
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Toml { line, .. } => out.line = Some(*line as u64),
            Self::Version { got } => out.version(*got),
            Self::Field {
                field,
                expected,
                got,
            } => {
                out.at(field);
                out.differs(expected, got);
            }
            Self::Trust { field, error } => {
                error.details(out);
                out.at(*field);
            }
            _ => {}
        }
    }
}

impl Coded for Mismatch {
    fn code(&self) -> Code {
        match self {
            Self::Disabled { .. } => Code::CircuitDisabled,
            Self::Policy { .. } => Code::PolicyMismatch,
            Self::Check { .. } => Code::PolicyRefused,
            Self::Subject { .. } => Code::SubjectMismatch,
            Self::Ratio { .. } => Code::RatioTooLow,
            Self::Grid { .. } => Code::GridMissed,
            Self::Debt { .. } => Code::DebtTooLow,
            Self::Context { .. } => Code::ContextMismatch,
            Self::Stale { .. } => Code::Stale,
            Self::Future { .. } => Code::FromTheFuture,
            Self::Window { .. } => Code::WindowTooWide,
            Self::Signature { .. } => Code::SignatureRefused,
            Self::SelfDeclared { .. } => Code::SelfDeclared,
            Self::UnknownAttester { .. } => Code::AttesterNotAccepted,
            Self::Role { .. } => Code::AttesterRole,
            Self::AttesterQuorum { .. } => Code::AttesterQuorumMissed,
            Self::Expired { .. } => Code::AttestationExpired,
            Self::Revoked { .. } => Code::Revoked,
            Self::SameAccount { .. } => Code::AccountRepeated,
            Self::Pledged { .. } => Code::Pledged,
            Self::Counterpart { .. } => Code::CounterpartMissing,
            Self::Missing { .. } => Code::RequiredMissing,
            Self::Undertaking { .. } => Code::UndertakingMissing,
            Self::Representation { .. } => Code::RepresentationMissing,
            Self::Quorum { .. } => Code::QuorumMissed,
            Self::OwnPrices { .. } => Code::PricesMismatch,
            Self::Tree { .. } => Code::TreeRefused,
            _ => Code::NotAccepted,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Policy { expected, got } => {
                out.at("policy");
                out.differs(expected, got);
            }
            Self::Subject { expected, got } => {
                out.at("subject");
                out.differs(expected, got);
            }
            Self::Ratio { expected, got } => {
                out.at("ratio");
                out.differs(Percent(*expected), Percent(*got));
            }
            Self::Grid { least, got, .. } => {
                out.at("ratio");
                out.differs(Percent(*least), Percent(*got));
            }
            Self::Check { .. } => out.at("policy"),
            Self::Window { expected, got } => {
                out.at("accounts");
                out.differs(Duration(*expected), Duration(*got));
            }
            Self::AttesterQuorum {
                place,
                expected,
                got,
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::Counterpart {
                place,
                expected,
                got,
                ..
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::Debt { expected, got } => {
                out.at("public_debt");
                out.differs(QuoteUnits(*expected), QuoteUnits(*got));
            }
            Self::Context { expected, got } => {
                out.at("context");
                out.differs(expected, got);
            }
            Self::Stale {
                what,
                expected,
                got,
            }
            | Self::Future {
                what,
                expected,
                got,
            } => {
                out.at(*what);
                out.differs(Duration(*expected), Duration(*got));
            }
            Self::Signature { at, error } => {
                error.details(out);
                out.at(at);
            }
            Self::SelfDeclared {
                place,
                expected,
                got,
                ..
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::UnknownAttester {
                place,
                expected,
                got,
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::Role {
                place,
                expected,
                got,
                ..
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::Expired {
                place,
                expected,
                got,
                ..
            } => {
                out.at(place.to_string());
                out.differs(expected, got);
            }
            Self::Revoked { at, .. } => out.at(at),
            Self::SameAccount { place, .. } | Self::Pledged { place, .. } => {
                out.at(place.to_string());
            }
            Self::Quorum { expected, got, .. } => {
                out.at("prices");
                out.differs(expected, got);
            }
            Self::OwnPrices {
                what,
                expected,
                got,
            } => {
                out.at(what);
                out.differs(expected, got);
            }
            Self::Tree { tree, .. } => out.at(format!("trees[{tree}]")),
            Self::Disabled { .. } => out.at("circuit"),
            Self::Missing { expected } => {
                out.at("accounts");
                out.differs(expected, "none");
            }
            Self::Undertaking {
                place,
                expected,
                got,
            } => {
                out.at(format!("{place}.undertakings"));
                out.differs(format!("one until {expected} or later"), got);
            }
            Self::Representation { got } => {
                out.at("representation");
                out.differs("that there is no other debt", got);
            }
            _ => {}
        }
    }
}

/// All of them are told by whoever has a place for them; the first is the error's own.
impl Coded for Mismatches {
    fn code(&self) -> Code {
        self.first().code()
    }
    fn details(&self, out: &mut FailureOutput) {
        self.first().details(out);
    }
}

impl Coded for VerifyError {
    fn code(&self) -> Code {
        match self {
            Self::Circuit { .. } => Code::CircuitMismatch,
            Self::Retired { .. } => Code::CircuitRetired,
            Self::Shape { .. } => Code::ShapeMismatch,
            Self::Ceremony { .. } => Code::CeremonyMismatch,
            Self::Mismatch(e) => e.code(),
            Self::NotQueried { .. } => Code::ContractNotQueried,
            Self::Statement(_) => Code::BundleMalformed,
            Self::Proof(e) => e.code(),
            _ => Code::NotAccepted,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Circuit { expected, got } => {
                out.at("circuit");
                out.differs(expected, got);
            }
            Self::Retired { .. } => out.at("circuit"),
            Self::NotQueried { at, .. } => out.at(at),
            Self::Shape { expected, got } => {
                out.at("shape");
                out.differs(expected, got);
            }
            Self::Ceremony { expected, got } => {
                out.at("ceremony");
                out.differs(expected, got);
            }
            Self::Mismatch(e) => e.details(out),
            Self::Statement(e) => {
                e.details(out);
                out.within("statement");
            }
            Self::Proof(e) => e.details(out),
            _ => {}
        }
    }
}

impl Coded for ProofError {
    fn code(&self) -> Code {
        match self {
            Self::Inputs { .. } => Code::BundleMalformed,
            Self::Length { .. } => Code::ProofLength,
            Self::False => Code::ProofFalse,
            _ => Code::NotAccepted,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        out.at("proof");
        if let Self::Inputs { expected, got } | Self::Length { expected, got } = self {
            out.differs(expected, got);
        }
    }
}

impl Coded for CircuitKeyError {
    fn code(&self) -> Code {
        match self {
            Self::Ceremony { .. }
            | Self::TauG2
            | Self::NotStandard { .. }
            | Self::NotStandardRollup { .. }
            | Self::NotStandardMany { .. }
            | Self::Parameters => Code::Internal,
            _ => Code::Internal,
        }
    }
}

impl Coded for SolidityError {
    fn code(&self) -> Code {
        match self {
            Self::Unsupported { .. } | Self::TauG2 => Code::Internal,
            _ => Code::Internal,
        }
    }
}

impl Coded for ManifestError {
    fn code(&self) -> Code {
        match self {
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Subject(_)
            | Self::Window(_)
            | Self::Time { .. }
            | Self::Digits { .. }
            | Self::Shape { .. }
            | Self::Order { .. }
            | Self::Empty => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            Self::Time { field, .. } => out.at(*field),
            Self::Digits { field, .. } => out.at(field.clone()),
            _ => {}
        }
    }
}

impl Coded for NodeError {
    fn code(&self) -> Code {
        match self {
            Self::Retired { .. } => Code::CircuitRetired,
            Self::Circuit { .. } => Code::CircuitMismatch,
            Self::Ceremony { .. } => Code::CeremonyMismatch,
            Self::NoKey { .. } => Code::CircuitUnknown,
            Self::OtherProof { .. } => Code::TreeRefused,
            Self::Proof(e) => e.code(),
            _ => Code::TreeRefused,
        }
    }
}

impl Coded for TreeError {
    fn code(&self) -> Code {
        match self {
            Self::Node { error, .. } => error.code(),
            Self::Missing { .. } => Code::FileNotRead,
            Self::Statement { .. }
            | Self::NoTop { .. }
            | Self::Length { .. }
            | Self::List { .. }
            | Self::Twice { .. }
            | Self::Liabilities { .. }
            | Self::NoFile { .. }
            | Self::FileTwice { .. }
            | Self::NoLeaf { .. }
            | Self::File { .. }
            | Self::Unreached { .. } => Code::TreeRefused,
            _ => Code::TreeRefused,
        }
    }
}

impl Coded for BranchError {
    fn code(&self) -> Code {
        match self {
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Malformed { error, .. } => error.code(),
            Self::Field { .. } | Self::Empty => Code::Malformed,
            Self::Proof { error, .. } => error.code(),
            Self::Node { .. } | Self::Path { .. } | Self::Merged { .. } => Code::TreeRefused,
            _ => Code::TreeRefused,
        }
    }
}
