//! The public statement and the claim behind it (docs/spec.md, section 6).
//!
//! Public inputs are rebuilt from these typed values, never read as raw field
//! elements: [`Statement::public_inputs`] is the only way to make them.

use crate::account::{Commitment, Kind, Opening};
use crate::field::Fr;
use crate::ident::{Context, SubjectId};
use crate::numbers::{Price, Ratio, Value};
use crate::policy::Policy;
use crate::shape::Shape;
use ff::{Field, PrimeField};

/// What a proof says, in public values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    subject: SubjectId,
    as_of: u64,
    policy: Fr,
    public_debt: Value,
    ratio: Ratio,
    context: Context,
    commitments: Vec<Commitment>,
    kinds: Vec<Kind>,
    prices: Vec<Price>,
}

/// A statement breaks a rule of docs/spec.md, section 6.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum StatementError {
    /// A commitment of 0, which marks an unused slot.
    #[error("commitments[{index}] is 0, which marks an unused slot")]
    ZeroCommitment {
        /// 0-based.
        index: usize,
    },
    /// Commitments out of order, or one that occurs twice.
    #[error(
        "commitments[{index}] must be above the one before it: strictly ascending, so that no account counts twice"
    )]
    NotAscending {
        /// 0-based.
        index: usize,
    },
    /// More accounts or assets than the shape holds.
    #[error("the shape {shape} holds {expected} {what}, got {got}")]
    DoesNotFit {
        /// The shape.
        shape: Shape,
        /// `accounts`, `assets`, `positions in an account` or `scenarios with the base`.
        what: &'static str,
        /// How many the shape holds.
        expected: usize,
        /// How many there are.
        got: usize,
    },
    /// Not one kind for each commitment.
    #[error("expected {expected} kinds, one for each commitment, got {got}")]
    Kinds {
        /// Commitments.
        expected: usize,
        /// Kinds.
        got: usize,
    },
    /// Not one price per asset of the policy.
    #[error("expected {expected} prices, one for each asset of the policy, got {got}")]
    Prices {
        /// Assets of the policy.
        expected: usize,
        /// Prices.
        got: usize,
    },
}

/// The values of a statement, before the rules are checked.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct StatementParts {
    /// Who claims to be covered.
    pub subject: SubjectId,
    /// Unix seconds of every account in the basket.
    pub as_of: u64,
    /// Debt beside the creditors' accounts.
    pub public_debt: Value,
    /// The required base ratio.
    pub ratio: Ratio,
    /// What the proof is bound to (S9).
    pub context: Context,
    /// The basket, in ascending order.
    pub commitments: Vec<Commitment>,
    /// Whether each account of the basket is collateral or a liability, in the same order.
    /// The proof shows it (S1).
    pub kinds: Vec<Kind>,
    /// In the policy's digest order.
    pub prices: Vec<Price>,
}

impl Statement {
    /// Checks the order of the commitments, that each has a kind, and that there is one price
    /// per asset.
    pub fn new(policy: &Policy, parts: StatementParts) -> Result<Self, StatementError> {
        if parts.prices.len() != policy.assets().len() {
            return Err(StatementError::Prices {
                expected: policy.assets().len(),
                got: parts.prices.len(),
            });
        }
        if parts.kinds.len() != parts.commitments.len() {
            return Err(StatementError::Kinds {
                expected: parts.commitments.len(),
                got: parts.kinds.len(),
            });
        }
        let mut previous: Option<[u8; 32]> = None;
        for (index, commitment) in parts.commitments.iter().enumerate() {
            if bool::from(commitment.0.is_zero()) {
                return Err(StatementError::ZeroCommitment { index });
            }
            let number = crate::field::to_be_bytes(&commitment.0);
            if previous.is_some_and(|p| p >= number) {
                return Err(StatementError::NotAscending { index });
            }
            previous = Some(number);
        }
        Ok(Self {
            subject: parts.subject,
            as_of: parts.as_of,
            policy: policy.digest(),
            public_debt: parts.public_debt,
            ratio: parts.ratio,
            context: parts.context,
            commitments: parts.commitments,
            kinds: parts.kinds,
            prices: parts.prices,
        })
    }

    /// Who claims to be covered.
    pub fn subject(&self) -> SubjectId {
        self.subject
    }
    /// Unix seconds of every account in the basket.
    pub fn as_of(&self) -> u64 {
        self.as_of
    }
    /// The policy's digest.
    pub fn policy(&self) -> Fr {
        self.policy
    }
    /// Debt beside the creditors' accounts, in micro-units of the quote currency.
    pub fn public_debt(&self) -> Value {
        self.public_debt
    }
    /// The required base ratio.
    pub fn ratio(&self) -> Ratio {
        self.ratio
    }
    /// What the proof is bound to.
    pub fn context(&self) -> Context {
        self.context
    }
    /// The basket, ascending, without unused slots.
    pub fn commitments(&self) -> &[Commitment] {
        &self.commitments
    }
    /// The kind of each account of the basket, as the proof shows it.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }
    /// The public input `kinds`: the sum of 2^(m - 1) over the accounts m that are liabilities.
    /// A shape has at most 64 accounts.
    pub fn kinds_word(&self) -> u64 {
        (0u32..64)
            .zip(&self.kinds)
            .filter(|(_, kind)| **kind == Kind::Liability)
            .map(|(bit, _)| 1 << bit)
            .sum()
    }
    /// Prices in the policy's digest order, without unused slots.
    pub fn prices(&self) -> &[Price] {
        &self.prices
    }

    /// The instance column: `subject, as_of, policy digest, public debt, base ratio,
    /// context, kinds, K_1 .. K_M, price_1 .. price_A`, unused slots 0. Its length is
    /// [`Shape::public_inputs`], always.
    pub fn public_inputs(&self, shape: &Shape) -> Result<Vec<Fr>, StatementError> {
        let fits = |what, expected, got| {
            if got <= expected {
                Ok(())
            } else {
                Err(StatementError::DoesNotFit {
                    shape: *shape,
                    what,
                    expected,
                    got,
                })
            }
        };
        fits("accounts", shape.accounts(), self.commitments.len())?;
        fits("assets", shape.assets(), self.prices.len())?;
        let mut inputs = vec![
            self.subject.get(),
            Fr::from(self.as_of),
            self.policy,
            Fr::from_u128(self.public_debt.get()),
            Fr::from(u64::from(self.ratio.bps())),
            self.context.get(),
            Fr::from(self.kinds_word()),
        ];
        let slots = |used: Vec<Fr>, n| used.into_iter().chain(std::iter::repeat(Fr::ZERO)).take(n);
        inputs.extend(slots(
            self.commitments.iter().map(|k| k.0).collect(),
            shape.accounts(),
        ));
        inputs.extend(slots(
            self.prices.iter().map(|p| Fr::from_u128(p.get())).collect(),
            shape.assets(),
        ));
        Ok(inputs)
    }
}

/// A statement with everything that should make it true: the policy and one opening
/// for each commitment, in the same order.
#[derive(Clone, Debug)]
pub struct Claim {
    /// The policy.
    pub policy: Policy,
    /// The public values.
    pub statement: Statement,
    /// The secret accounts, in the order of the commitments.
    pub openings: Vec<Opening>,
}

impl Claim {
    /// The honest way to make a claim: sorts the openings by commitment and builds the
    /// statement from them. `as_of` and `subject` must be those of every opening, which
    /// S1 of the relation checks.
    pub fn new(
        policy: Policy,
        mut openings: Vec<Opening>,
        parts: ClaimParts,
    ) -> Result<Self, StatementError> {
        openings.sort_by_cached_key(|o| crate::field::to_be_bytes(&o.commitment().0));
        let statement = Statement::new(
            &policy,
            StatementParts {
                subject: parts.subject,
                as_of: parts.as_of,
                public_debt: parts.public_debt,
                ratio: parts.ratio,
                context: parts.context,
                commitments: openings.iter().map(Opening::commitment).collect(),
                kinds: openings.iter().map(Opening::kind).collect(),
                prices: parts.prices,
            },
        )?;
        Ok(Self {
            policy,
            statement,
            openings,
        })
    }

    /// Accounts, positions of the largest account, assets and scenarios of this claim.
    pub fn size(&self) -> (usize, usize, usize, usize) {
        let positions = self
            .openings
            .iter()
            .map(|o| o.positions().len())
            .max()
            .unwrap_or(0);
        (
            self.openings.len(),
            positions,
            self.policy.assets().len(),
            self.policy.scenarios(),
        )
    }

    /// Whether the shape has room for this claim.
    pub fn check_fits(&self, shape: &Shape) -> Result<(), StatementError> {
        let (accounts, positions, assets, scenarios) = self.size();
        for (what, expected, got) in [
            ("accounts", shape.accounts(), accounts),
            ("positions in an account", shape.positions(), positions),
            ("assets", shape.assets(), assets),
            ("scenarios with the base", shape.scenarios(), scenarios),
        ] {
            if got > expected {
                return Err(StatementError::DoesNotFit {
                    shape: *shape,
                    what,
                    expected,
                    got,
                });
            }
        }
        Ok(())
    }
}

/// The public values of a claim that do not come from the openings.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ClaimParts {
    /// Who claims to be covered.
    pub subject: SubjectId,
    /// Unix seconds of every account.
    pub as_of: u64,
    /// Debt beside the creditors' accounts.
    pub public_debt: Value,
    /// The required base ratio.
    pub ratio: Ratio,
    /// What the proof is bound to.
    pub context: Context,
    /// In the policy's digest order.
    pub prices: Vec<Price>,
}
