//! A bundle that is not accepted: every reason, for people and for programs.

use super::VerifyOutput;
use crate::Outcome;
use crate::codes::{Code, Coded};
use crate::outcome::{Failure, FailureOutput, Report};
use covenant_report::data::Reason;
use covenant_verifier::bundle::BundleError;
use covenant_verifier::expect::Mismatch;
use covenant_verifier::verify::{Kind, VerifyError};
use schemars::JsonSchema;
use serde::Serialize;
use std::path::Path;

/// Why a bundle is not accepted.
pub(crate) struct Rejected {
    kind: RejectedKind,
    failure: Failure,
    /// Every one, where the bundle is not what was expected.
    reasons: Vec<ReasonOutput>,
}

impl Rejected {
    fn of(kind: RejectedKind, error: impl Coded) -> Self {
        let failure = Failure::of(error);
        Self {
            kind,
            failure,
            reasons: Vec::new(),
        }
    }

    /// A bundle that cannot be read.
    pub(crate) fn malformed(error: BundleError) -> Self {
        let rejected = Self::of(RejectedKind::Malformed, error);
        Self {
            failure: rejected.failure.coded(Code::BundleMalformed),
            ..rejected
        }
    }

    /// What verification came to, where it can be told.
    pub(super) fn of_verdict(error: VerifyError) -> Result<Self, VerifyError> {
        let kind = match error.kind() {
            Kind::Unknown => return Err(error),
            Kind::Malformed => RejectedKind::Malformed,
            Kind::Mismatched => RejectedKind::Mismatched,
            _ => RejectedKind::False,
        };
        let VerifyError::Mismatch(all) = error else {
            return Ok(Self::of(kind, error));
        };
        Ok(Self {
            kind,
            failure: Failure::of(all.first().clone()),
            reasons: all.iter().cloned().map(ReasonOutput::of).collect(),
        })
    }

    /// A tree that is refused, whatever the bundle is.
    pub(super) fn tree(failure: Failure) -> Self {
        Self {
            kind: RejectedKind::Mismatched,
            failure,
            reasons: Vec::new(),
        }
    }

    /// A bundle that is no text.
    pub(crate) fn unreadable(failure: Failure) -> Self {
        Self {
            kind: RejectedKind::Malformed,
            failure: failure.coded(Code::BundleMalformed),
            reasons: Vec::new(),
        }
    }

    /// Why, for programs.
    pub(crate) fn code(&self) -> Code {
        self.failure.code()
    }

    /// Every reason, for a report.
    pub(crate) fn into_reasons(self) -> Vec<Reason> {
        let all = match self.reasons.is_empty() {
            true => vec![ReasonOutput::of_output(self.failure.into_output())],
            false => self.reasons,
        };
        all.into_iter().map(ReasonOutput::reported).collect()
    }

    pub(super) fn report(self, path: &Path) -> Outcome {
        let (text, output) = self.told(path);
        let exit = output.code.exit();
        Report::new(exit, text, &VerifyOutput::Rejected(Box::new(output)))
    }

    /// For people and for programs.
    pub(crate) fn told(self, path: &Path) -> (String, RejectedOutput) {
        let kind = match self.kind {
            RejectedKind::Malformed => "malformed",
            RejectedKind::Mismatched => "not what was expected",
            RejectedKind::False => "false",
        };
        let output = self.failure.into_output();
        let text = match &self.reasons[..] {
            [] | [_] => format!("NOT PROVED ({kind}): {}: {}", path.display(), output.error),
            all => {
                let lines = all.iter().map(|r| format!("\n  - {}", r.reason));
                let lines: String = lines.collect();
                format!("NOT PROVED ({kind}): {}:{lines}", path.display())
            }
        };
        let output = RejectedOutput {
            proved: false,
            kind: self.kind,
            code: output.code,
            reason: output.error,
            field: output.field,
            expected: output.expected,
            got: output.got,
            mismatches: self.reasons,
        };
        (text, output)
    }
}

/// Why a bundle is not accepted.
#[derive(Serialize, JsonSchema)]
pub(crate) struct RejectedOutput {
    /// `false`.
    proved: bool,
    /// What sort of reason it is.
    kind: RejectedKind,
    /// Why, for programs: see docs/errors.md.
    code: Code,
    /// Why, for people.
    reason: String,
    /// The part of the bundle that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    got: Option<String>,
    /// Where the bundle is not what was expected, every reason in the order of the checks; the
    /// first is the one above.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    mismatches: Vec<ReasonOutput>,
}

impl RejectedOutput {
    /// Why, for programs.
    pub(crate) fn code(&self) -> Code {
        self.code
    }

    /// Why, for people.
    pub(crate) fn reason(&self) -> &str {
        &self.reason
    }
}

/// A reason why a bundle is not what was expected.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReasonOutput {
    /// For programs: see docs/errors.md.
    code: Code,
    /// For people.
    reason: String,
    /// The part of the bundle that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    expected: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    got: Option<String>,
}

impl ReasonOutput {
    fn of(mismatch: Mismatch) -> Self {
        Self::of_output(Failure::of(mismatch).into_output())
    }

    fn reported(self) -> Reason {
        Reason {
            code: self.code.text().into(),
            reason: self.reason,
            field: self.field,
            expected: self.expected,
            got: self.got,
        }
    }

    fn of_output(output: FailureOutput) -> Self {
        Self {
            code: output.code,
            reason: output.error,
            field: output.field,
            expected: output.expected,
            got: output.got,
        }
    }
}

/// What sort of reason it is.
#[derive(Clone, Copy, Serialize, JsonSchema)]
enum RejectedKind {
    /// The bundle cannot be what it says it is.
    #[serde(rename = "malformed")]
    Malformed,
    /// The bundle is not the expected one.
    #[serde(rename = "not what was expected")]
    Mismatched,
    /// The proof does not prove the statement.
    #[serde(rename = "false")]
    False,
}
