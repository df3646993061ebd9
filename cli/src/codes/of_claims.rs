//! The codes of the errors of covenant-claims and covenant-allocation: documents and their
//! signatures, statements, claims.

use super::{Code, Coded};
use crate::outcome::FailureOutput;
use covenant_allocation::{Clause, Shortfall};
use covenant_circuits::account::OpeningError;
use covenant_circuits::field::FieldError;
use covenant_circuits::ident::NameError;
use covenant_circuits::json::JsonError;
use covenant_circuits::many::ManyError;
use covenant_circuits::numbers::RangeError;
use covenant_circuits::policy::PolicyError;
use covenant_circuits::prices::PriceError;
use covenant_circuits::relation::Unsatisfied;
use covenant_circuits::rollup::{RollupError, RollupFalse};
use covenant_circuits::shape::ShapeError;
use covenant_circuits::statement::StatementError;
use covenant_verifier::signed::address::AddressError;
use covenant_verifier::signed::{DocumentError, SignatureError, SignerError};

impl Coded for JsonError {
    fn code(&self) -> Code {
        Code::Malformed
    }
    fn details(&self, out: &mut FailureOutput) {
        // What a whole document is refused for has no place.
        if self.line != 0 {
            out.line = Some(self.line as u64);
            out.column = Some(self.column as u64);
        }
    }
}

impl Coded for NameError {
    fn code(&self) -> Code {
        match self {
            Self::Malformed { .. } | Self::ZeroId { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
}

impl Coded for FieldError {
    fn code(&self) -> Code {
        match self {
            Self::Format { .. } | Self::NotCanonical => Code::Malformed,
            _ => Code::Malformed,
        }
    }
}

impl Coded for RangeError {
    fn code(&self) -> Code {
        Code::Malformed
    }
}

impl Coded for ShapeError {
    fn code(&self) -> Code {
        match self {
            Self::Range { .. } | Self::Text { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        out.at("shape");
        if let Self::Range { expected, got, .. } = self {
            out.differs(expected, got);
        }
    }
}

impl Coded for OpeningError {
    fn code(&self) -> Code {
        match self {
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Subject(_) | Self::Asset { .. } | Self::TooMany { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            Self::Subject(_) => out.at("subject"),
            Self::Asset { index, .. } => out.at(format!("positions[{index}]")),
            Self::TooMany { .. } => out.at("positions"),
            _ => {}
        }
    }
}

impl Coded for PolicyError {
    fn code(&self) -> Code {
        match self {
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Name { .. }
            | Self::Range { .. }
            | Self::Duplicate { .. }
            | Self::Undefined { .. }
            | Self::Tiers { .. }
            | Self::Complete { .. }
            | Self::Several { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            // The place is the first one's; the message has them all.
            Self::Several { errors } => {
                if let Some(first) = errors.first() {
                    first.details(out);
                }
            }
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            Self::Range {
                field,
                expected,
                got,
            } => {
                out.at(field);
                out.differs(expected, got);
            }
            Self::Name { field, .. }
            | Self::Duplicate { field, .. }
            | Self::Undefined { field, .. }
            | Self::Tiers { field, .. }
            | Self::Complete { field, .. } => out.at(field),
            _ => {}
        }
    }
}

impl Coded for PriceError {
    fn code(&self) -> Code {
        match self {
            Self::Name(e) => e.code(),
            Self::Quote { .. } => Code::CurrencyMismatch,
            Self::Missing { .. } => Code::PricesMissing,
            Self::Exponent { .. } | Self::Zero { .. } | Self::TooLarge { .. } => {
                Code::PriceUnusable
            }
            Self::Spelling { .. } => Code::Malformed,
            _ => Code::PriceUnusable,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Quote { expected, got } => {
                out.at("quote");
                out.differs(expected, got);
            }
            Self::Missing { asset }
            | Self::Exponent { asset, .. }
            | Self::Zero { asset }
            | Self::TooLarge { asset, .. }
            | Self::Spelling { asset } => out.at(asset),
            _ => {}
        }
    }
}

impl Coded for StatementError {
    fn code(&self) -> Code {
        match self {
            Self::DoesNotFit { .. } => Code::DoesNotFit,
            Self::ZeroCommitment { .. }
            | Self::NotAscending { .. }
            | Self::Kinds { .. }
            | Self::Report { .. }
            | Self::Prices { .. } => Code::StatementInvalid,
            _ => Code::StatementInvalid,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::DoesNotFit { expected, got, .. } => out.differs(expected, got),
            Self::ZeroCommitment { index } | Self::NotAscending { index } => {
                out.at(format!("commitments[{index}]"));
            }
            Self::Kinds { expected, got } => {
                out.at("kinds");
                out.differs(expected, got);
            }
            Self::Report { group, got } => {
                out.at(format!("report[{group}]"));
                out.differs(0, got);
            }
            Self::Prices { expected, got } => {
                out.at("prices");
                out.differs(expected, got);
            }
            _ => {}
        }
    }
}

impl Coded for DocumentError {
    fn code(&self) -> Code {
        match self {
            Self::TooLarge { .. } => Code::FileTooLarge,
            Self::Json(e) => e.code(),
            Self::Version { .. } => Code::VersionUnknown,
            Self::Prices(e) => e.code(),
            Self::Signature { error, .. } => error.code(),
            Self::Subject(_)
            | Self::TooManySignatures { .. }
            | Self::SameSigner { .. }
            | Self::TooMany { .. }
            | Self::SameAttester { .. } => Code::Malformed,
            _ => Code::Malformed,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        match self {
            Self::Json(e) => e.details(out),
            Self::Version { got } => out.version(*got),
            Self::Prices(e) => {
                e.details(out);
                out.within("prices");
            }
            Self::Subject(_) => out.at("subject"),
            Self::Signature { field, error } => {
                error.details(out);
                out.at(field);
            }
            Self::TooManySignatures { .. } => out.at("prices.signatures"),
            Self::TooMany { list, .. } => out.at(*list),
            Self::SameAttester { index, .. } => out.at(format!("attestation[{index}]")),
            Self::SameSigner { index, .. } => out.at(format!("prices.signatures[{index}]")),
            _ => {}
        }
    }
}

impl Coded for SignatureError {
    fn code(&self) -> Code {
        match self {
            Self::Format { .. }
            | Self::RecoveryByte { .. }
            | Self::Scalar { .. }
            | Self::HighS
            | Self::Forged { .. }
            | Self::NoKey
            | Self::NotAKeys { .. }
            | Self::ContractFormat { .. }
            | Self::Refused { .. } => Code::SignatureInvalid,
            Self::NotQueried { .. } => Code::ContractNotQueried,
            _ => Code::SignatureInvalid,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        if let Self::Forged { expected, got } = self {
            out.differs(expected, got);
        }
    }
}

impl Coded for AddressError {
    fn code(&self) -> Code {
        match self {
            Self::Format { .. } | Self::Checksum { .. } | Self::Zero => Code::Usage,
            _ => Code::Usage,
        }
    }
}

impl Coded for SignerError {
    fn code(&self) -> Code {
        match self {
            Self::Address(e) => e.code(),
            Self::Format { .. } | Self::Chain { .. } => Code::Usage,
            _ => Code::Usage,
        }
    }
}

impl Coded for Unsatisfied {
    fn code(&self) -> Code {
        match self {
            Self::Opening { .. }
            | Self::Subject { .. }
            | Self::Kind { .. }
            | Self::AsOf { .. }
            | Self::OpeningCount { .. } => Code::OpeningWrong,
            Self::UnlistedLiability { .. } => Code::LiabilityUnlisted,
            Self::UnlistedCollateral { .. } => Code::CollateralUnlisted,
            Self::MayNotOwe { .. } => Code::MayNotOwe,
            Self::TotalOverflow { .. } => Code::TotalOverflow,
            Self::Netting { .. } => Code::NettingForbidden,
            Self::ValueOverflow { .. } => Code::ValueOverflow,
            Self::Counted { .. } | Self::CountingShape => Code::TiersOverfull,
            Self::AssetShare { .. } | Self::GroupShare { .. } => Code::ShareExceeded,
            Self::AssetHeld { .. } | Self::GroupHeld { .. } => Code::HeldShare,
            Self::Coverage { .. } => Code::NotCovered,
            Self::Report { .. } => Code::ReportWrong,
            Self::Policy => Code::PolicyMismatch,
            _ => Code::NotCovered,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        out.proved = Some(false);
        out.clause = Some(self.clause().into());
    }
}

impl Coded for Shortfall {
    fn code(&self) -> Code {
        match self {
            Self::OutOfRange { .. } => Code::AmountOutOfRange,
            Self::ValueOverflow { .. } => Code::ValueOverflow,
            Self::Uncovered { clause, .. } => match clause {
                Clause::S4 => Code::ValueOverflow,
                Clause::S6 => Code::SharesBind,
                Clause::S7 => Code::NotCovered,
                _ => Code::NotCovered,
            },
            Self::Undecided { .. } => Code::Undecided,
            _ => Code::Undecided,
        }
    }
    fn details(&self, out: &mut FailureOutput) {
        out.proved = Some(false);
        out.clause = self.clause().map(|clause| format!("{clause:?}"));
    }
}

impl Coded for RollupFalse {
    fn code(&self) -> Code {
        match self {
            Self::Slots { .. } | Self::Positions { .. } | Self::Assets { .. } => Code::DoesNotFit,
            Self::Subject { .. }
            | Self::Kind { .. }
            | Self::AsOf { .. }
            | Self::Total { .. }
            | Self::Sums
            | Self::Merged
            | Self::Binding
            | Self::List => Code::RollupFalse,
            _ => Code::RollupFalse,
        }
    }
}

impl Coded for ManyError {
    fn code(&self) -> Code {
        match self {
            Self::Range { .. } | Self::Count { .. } => Code::DoesNotFit,
            Self::DoesNotFit { why, .. } => why.code(),
            Self::False { why, .. } => why.code(),
            _ => Code::DoesNotFit,
        }
    }
}

impl Coded for RollupError {
    fn code(&self) -> Code {
        match self {
            Self::TooMany { .. } => Code::DoesNotFit,
            Self::Empty => Code::Malformed,
            Self::Mixed { .. } | Self::Later { .. } | Self::Total { .. } => Code::RollupFalse,
            Self::False(e) => e.code(),
            Self::Opening(e) => e.code(),
            _ => Code::RollupFalse,
        }
    }
}
