//! What the checks of a bundle found, gathered: all of it is told, not the first alone.

use super::Mismatch;
use super::mismatch::Mismatches;
use crate::verify::VerifyError;
use covenant_claims::signed::Contract;

/// Reasons why a bundle is not what was expected, in the order of the checks; and contracts whose
/// answer is not known.
#[derive(Default)]
pub(super) struct Findings {
    mismatches: Vec<Mismatch>,
    not_queried: Option<(String, Contract)>,
}

impl Findings {
    pub(super) fn add(&mut self, mismatch: Mismatch) {
        self.mismatches.push(mismatch);
    }

    /// What a check came to, where it found nothing.
    pub(super) fn note<T>(&mut self, check: Result<T, Mismatch>) -> Option<T> {
        check.map_err(|mismatch| self.add(mismatch)).ok()
    }

    /// The first of these is told: one query answers for all.
    pub(super) fn not_queried(&mut self, at: String, contract: Contract) {
        self.not_queried.get_or_insert((at, contract));
    }

    /// A bundle that is not what was expected is refused, whatever contracts would have said.
    pub(super) fn end(self) -> Result<(), VerifyError> {
        if let Some(mismatches) = Mismatches::of(self.mismatches) {
            return Err(mismatches.into());
        }
        match self.not_queried {
            Some((at, contract)) => Err(VerifyError::NotQueried { at, contract }),
            None => Ok(()),
        }
    }
}
