//! The codes of the errors of covenant-prover and covenant-keys.

use super::{Code, Coded};
use crate::outcome::FailureOutput;
use covenant_keys::KeyError as SigningKeyError;
use covenant_keys::KeystoreError;
use covenant_prover::keys::KeyError as ProvingKeyError;
use covenant_prover::prove::ProveError;
use covenant_prover::rollup::files::TreeFileError;
use covenant_prover::srs::SrsError;

impl Coded for ProveError {
    fn code(&self) -> Code {
        match self {
            Self::OffGrid { .. } => Code::RatioOffGrid,
            Self::Statement(e) => e.code(),
            Self::Rollup(e) => e.code(),
            Self::Many(e) => e.code(),
            Self::OfClaim { error, .. } => error.code(),
            Self::ManyShape { .. } => Code::Internal,
            Self::Backend(_) | Self::SelfCheck(_) => Code::Internal,
            _ => Code::Internal,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        if let Self::Statement(e) = self {
            e.details(out);
        }
    }
}

impl Coded for ProvingKeyError {
    fn code(&self) -> Code {
        match self {
            Self::Srs { error, .. } => error.code(),
            Self::Verifying(e) => e.code(),
            Self::Size { .. } | Self::Generation(_) => Code::Internal,
            _ => Code::Internal,
        }
    }
}

impl Coded for TreeFileError {
    fn code(&self) -> Code {
        match self {
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            _ => {}
        }
    }
}

impl Coded for SrsError {
    fn code(&self) -> Code {
        match self {
            Self::Io { .. } | Self::NotAFile { .. } => Code::FileNotRead,
            Self::UnknownFormat { .. }
            | Self::Length { .. }
            | Self::Header { .. }
            | Self::Point { .. }
            | Self::Generator { .. }
            | Self::Tau { .. }
            | Self::Powers { .. }
            | Self::Lagrange { .. }
            | Self::Corrupt { .. } => Code::SrsMalformed,
            Self::K { .. } | Self::NextPower { .. } => Code::SrsTooSmall,
            Self::Untrusted { .. } => Code::SrsUntrusted,
            Self::NotCached { .. } => Code::SrsMissing,
            Self::Memory { .. } => Code::OutOfMemory,
            _ => Code::SrsMalformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Length { expected, got, .. } => out.differs(expected, got),
            Self::Header {
                field,
                expected,
                got,
                ..
            } => {
                out.at(*field);
                out.differs(expected, got);
            }
            Self::Corrupt { expected, got, .. } => out.differs(expected, got),
            Self::NextPower { expected, got, .. } => out.differs(expected, got),
            _ => {}
        }
    }
}

impl Coded for SigningKeyError {
    fn code(&self) -> Code {
        match self {
            Self::Format { .. } | Self::OutOfRange | Self::Environment { .. } => Code::KeyNotRead,
            Self::Randomness | Self::Signing => Code::SigningFailed,
            Self::Document(e) => e.code(),
            _ => Code::SigningFailed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        if let Self::Document(e) = self {
            e.details(out);
        }
    }
}

impl Coded for KeystoreError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Field { .. } => Code::Malformed,
            Self::Password => Code::PasswordWrong,
            Self::Key(e) => e.code(),
            Self::Address { .. } => Code::KeyNotRead,
            Self::Exists { .. } => Code::FileExists,
            Self::Io { .. } => Code::FileNotRead,
            _ => Code::KeyNotRead,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Field {
                field,
                expected,
                got,
            } => {
                out.at(*field);
                out.differs(expected, got);
            }
            Self::Address { expected, got } => {
                out.at("address");
                out.differs(expected, got);
            }
            _ => {}
        }
    }
}
