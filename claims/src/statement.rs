//! The public statement and the claim behind it (docs/spec.md, section 6).
//!
//! Public inputs are rebuilt from these typed values, never read as raw field
//! elements: [`Statement::public_inputs`] is the only way to make them.

mod window;

pub use window::{Window, WindowError};

use crate::account::{Commitment, Kind, Opening};
use crate::field::{Fr, to_be_bytes, two_pow};
use crate::ident::{Context, Hash, SubjectId, keccak256};
use crate::numbers::{Price, REPORT_LINE_BITS, REPORT_LINES_PER_WORD, Ratio, ReportLine, Value};
use crate::policy::Policy;
use crate::relation;
use crate::shape::{GROUPS, REPORT_WORDS, Shape};
use ff::{Field, PrimeField};

/// What a report shows of each group (S10), in grains of the policy; 0 for a group without one.
pub type Report = [ReportLine; GROUPS];

/// The report of a policy that has none.
pub const NO_REPORT: Report = [ReportLine::ZERO; GROUPS];

/// What a proof says, in public values.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    subject: SubjectId,
    window: Window,
    policy: Fr,
    public_debt: Value,
    ratio: Ratio,
    context: Context,
    commitments: Vec<Commitment>,
    kinds: Vec<Kind>,
    report: Report,
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
    /// A report line of a group that the policy does not report.
    #[error("report: expected 0 for group {group}, which the policy does not report, got {got}")]
    Report {
        /// 0-based.
        group: usize,
        /// The line.
        got: u128,
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
    /// When the accounts of the basket were taken.
    pub window: Window,
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
    /// What the report shows (S10).
    pub report: Report,
    /// In the policy's digest order.
    pub prices: Vec<Price>,
}

impl Statement {
    /// Checks the order of the commitments, that each has a kind, that only groups with a report
    /// have a line of it, and that there is one price per asset.
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
        for (group, (line, rule)) in parts.report.iter().zip(policy.groups()).enumerate() {
            if *line != ReportLine::ZERO && !rule.report {
                return Err(StatementError::Report {
                    group,
                    got: line.get(),
                });
            }
        }
        let mut previous: Option<[u8; 32]> = None;
        for (index, commitment) in parts.commitments.iter().enumerate() {
            if bool::from(commitment.0.is_zero()) {
                return Err(StatementError::ZeroCommitment { index });
            }
            let number = to_be_bytes(&commitment.0);
            if previous.is_some_and(|p| p >= number) {
                return Err(StatementError::NotAscending { index });
            }
            previous = Some(number);
        }
        Ok(Self {
            subject: parts.subject,
            window: parts.window,
            policy: policy.digest(),
            public_debt: parts.public_debt,
            ratio: parts.ratio,
            context: parts.context,
            commitments: parts.commitments,
            kinds: parts.kinds,
            report: parts.report,
            prices: parts.prices,
        })
    }

    /// Who claims to be covered.
    pub fn subject(&self) -> SubjectId {
        self.subject
    }
    /// When the accounts of the basket were taken.
    pub fn window(&self) -> Window {
        self.window
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
    /// What the report shows, by group (S10).
    pub fn report(&self) -> &Report {
        &self.report
    }
    /// The public inputs `report_1 .. report_5`: three lines each, 80 bits apart.
    pub fn report_words(&self) -> [Fr; REPORT_WORDS] {
        let mut words = [Fr::ZERO; REPORT_WORDS];
        let lines = self.report.chunks(REPORT_LINES_PER_WORD);
        for (word, lines) in words.iter_mut().zip(lines) {
            *word = lines.iter().rev().fold(Fr::ZERO, |word, line| {
                word * two_pow(REPORT_LINE_BITS) + Fr::from_u128(line.get())
            });
        }
        words
    }
    /// Prices in the policy's digest order, without unused slots.
    pub fn prices(&self) -> &[Price] {
        &self.prices
    }

    /// The instance column: `subject, as_of_from, as_of_to, policy digest, public debt, base
    /// ratio, context, kinds, report_1 .. report_5, K_1 .. K_M, price_1 .. price_A`, unused slots
    /// 0. Its length is [`Shape::public_inputs`], always.
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
            Fr::from(self.window.from()),
            Fr::from(self.window.to()),
            self.policy,
            Fr::from_u128(self.public_debt.get()),
            Fr::from(u64::from(self.ratio.bps())),
            self.context.get(),
            Fr::from(self.kinds_word()),
        ];
        inputs.extend(self.report_words());
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

    /// What a [`Representation`](crate::signed::Representation) names the statement by:
    /// keccak256(keccak256(UTF-8 circuit id) || every public input as 32 bytes big-endian).
    pub fn hash(&self, circuit: &str, shape: &Shape) -> Result<Hash, StatementError> {
        let mut bytes = keccak256(circuit.as_bytes()).to_vec();
        for input in self.public_inputs(shape)? {
            bytes.extend(to_be_bytes(&input));
        }
        Ok(Hash::of(&bytes))
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
    /// statement from them, its report included. `subject` and `window` must be those of every
    /// opening, which S1 of the relation checks.
    pub fn new(
        policy: Policy,
        mut openings: Vec<Opening>,
        parts: ClaimParts,
    ) -> Result<Self, StatementError> {
        openings.sort_by_cached_key(|o| to_be_bytes(&o.commitment().0));
        // Where there is no report, a clause before S10 is not satisfied, and the relation says so.
        let report = relation::report(&policy, &parts.prices, &openings).unwrap_or(NO_REPORT);
        let statement = Statement::new(
            &policy,
            StatementParts {
                subject: parts.subject,
                window: parts.window,
                public_debt: parts.public_debt,
                ratio: parts.ratio,
                context: parts.context,
                commitments: openings.iter().map(Opening::commitment).collect(),
                kinds: openings.iter().map(Opening::kind).collect(),
                report,
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
    /// In which every account was taken.
    pub window: Window,
    /// Debt beside the creditors' accounts.
    pub public_debt: Value,
    /// The required base ratio.
    pub ratio: Ratio,
    /// What the proof is bound to.
    pub context: Context,
    /// In the policy's digest order.
    pub prices: Vec<Price>,
}
