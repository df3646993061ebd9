//! What a relying party expects, from its own records and never from the bundle.

use crate::bundle::Bundle;
use covenant_circuits::field::{Fr, to_hex};
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::numbers::{Ratio, Value};

/// Expectations. There is no default for any of them: each is a decision.
#[derive(Clone, Debug)]
pub struct Expected {
    /// The digest of the policy that was agreed on.
    pub policy: Fr,
    /// Who must be covered.
    pub subject: SubjectId,
    /// The smallest base ratio; the policy's own smallest ratio holds besides.
    pub min_ratio: Ratio,
    /// The smallest public debt that is believed; 0 where all debt is in creditors'
    /// accounts.
    pub min_public_debt: Value,
    /// Largest age of the account snapshots, in seconds.
    pub max_account_age: u64,
    /// Largest age of the prices, in seconds.
    pub max_price_age: u64,
    /// How far in the future a time may lie, in seconds, for clocks that differ.
    pub max_clock_skew: u64,
    /// What the proof must be bound to.
    pub context: Context,
    /// Whether accounts that nobody signed for are accepted.
    pub allow_self_declared: bool,
    /// Circuits that are no longer accepted, by id.
    pub disabled_circuits: Vec<String>,
}

/// The bundle is not what the relying party expects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// A circuit that is disabled.
    #[error("circuit: {got} is disabled")]
    Disabled {
        /// Its id.
        got: String,
    },
    /// Another policy.
    #[error("policy: expected the digest {expected}, got {got}")]
    Policy {
        /// The agreed digest.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// Another subject.
    #[error("subject: expected {expected}, got {got}")]
    Subject {
        /// The expected id.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// A ratio below what is asked for.
    #[error("ratio: expected at least {expected} basis points, got {got}")]
    Ratio {
        /// The smallest.
        expected: u32,
        /// The bundle's.
        got: u32,
    },
    /// Less public debt than is known of.
    #[error("public debt: expected at least {expected} micro-units, got {got}")]
    Debt {
        /// The smallest.
        expected: u128,
        /// The bundle's.
        got: u128,
    },
    /// Another context.
    #[error("context: expected {expected}, got {got}")]
    Context {
        /// The expected context.
        expected: String,
        /// The bundle's.
        got: String,
    },
    /// Too old.
    #[error("{what}: expected an age of at most {expected} seconds, got {got}")]
    Stale {
        /// Accounts or prices.
        what: &'static str,
        /// The largest age.
        expected: u64,
        /// The age.
        got: u64,
    },
    /// From the future.
    #[error("{what}: expected a time not more than {expected} seconds ahead, got {got} ahead")]
    Future {
        /// Accounts or prices.
        what: &'static str,
        /// The largest skew.
        expected: u64,
        /// How far ahead.
        got: u64,
    },
    /// Nobody signed for the accounts.
    #[error("accounts: {got} are self-declared, and the expectations do not allow that")]
    SelfDeclared {
        /// How many.
        got: usize,
    },
}

impl Expected {
    /// Checks everything but the proof.
    pub(crate) fn check(&self, bundle: &Bundle, now: u64) -> Result<(), Mismatch> {
        let statement = bundle.statement();
        if self
            .disabled_circuits
            .iter()
            .any(|id| id == bundle.circuit())
        {
            return Err(Mismatch::Disabled {
                got: bundle.circuit().into(),
            });
        }
        let differs =
            |expected: &Fr, got: &Fr| (expected != got).then(|| (to_hex(expected), to_hex(got)));
        if let Some((expected, got)) = differs(&self.policy, &statement.policy()) {
            return Err(Mismatch::Policy { expected, got });
        }
        if let Some((expected, got)) = differs(&self.subject.get(), &statement.subject().get()) {
            return Err(Mismatch::Subject { expected, got });
        }
        let least = self.min_ratio.max(bundle.policy().min_ratio());
        if statement.ratio() < least {
            return Err(Mismatch::Ratio {
                expected: least.bps(),
                got: statement.ratio().bps(),
            });
        }
        if statement.public_debt() < self.min_public_debt {
            return Err(Mismatch::Debt {
                expected: self.min_public_debt.get(),
                got: statement.public_debt().get(),
            });
        }
        if let Some((expected, got)) = differs(&self.context.get(), &statement.context().get()) {
            return Err(Mismatch::Context { expected, got });
        }
        self.check_age("accounts", statement.as_of(), self.max_account_age, now)?;
        self.check_age("prices", bundle.prices().as_of, self.max_price_age, now)?;
        if !self.allow_self_declared {
            return Err(Mismatch::SelfDeclared {
                got: statement.commitments().len(),
            });
        }
        Ok(())
    }

    fn check_age(
        &self,
        what: &'static str,
        as_of: u64,
        largest: u64,
        now: u64,
    ) -> Result<(), Mismatch> {
        let (age, ahead) = (now.saturating_sub(as_of), as_of.saturating_sub(now));
        if ahead > self.max_clock_skew {
            return Err(Mismatch::Future {
                what,
                expected: self.max_clock_skew,
                got: ahead,
            });
        }
        if age > largest {
            return Err(Mismatch::Stale {
                what,
                expected: largest,
                got: age,
            });
        }
        Ok(())
    }
}
