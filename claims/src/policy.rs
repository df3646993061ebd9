//! The policy: what each asset counts for (docs/spec.md, section 5).
//!
//! [`Policy`] can only be made from a document that passes every rule, so holding one
//! is evidence of that. `digest` is what proofs and contracts know it by.

pub mod check;
mod digest;
mod document;
mod rules;

pub use digest::{ASSETS_PER_BLOCK, AssetWords, HeaderWords};
pub use document::{AssetRule, GroupRule, PolicyDocument, ScenarioRule, TierRule};

use crate::field::Fr;
use crate::ident::{AssetId, NameError};
use crate::json;
use crate::numbers::Ratio;
use crate::shape::{GROUPS, MAX_SCENARIOS, TIERS};

/// A tier with its width, as the statement uses it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Tier {
    /// Whole quote units, below 2^53; 0 for the last tier, which is unbounded.
    pub width: u64,
    /// Basis points, at most 10^4.
    pub weight: u16,
}

/// An asset as the statement uses it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Asset {
    /// The asset's name.
    pub name: String,
    /// Short name for people.
    pub symbol: String,
    /// Its id.
    pub id: AssetId,
    /// Decimals of the base unit.
    pub decimals: u32,
    /// Whether liabilities in it may be netted against collateral in it (S3).
    pub netting: bool,
    /// Whether it may be owed (S2).
    pub may_owe: bool,
    /// Largest share of the counted collateral, in basis points.
    pub max_share: u16,
    /// Largest share of the held collateral, in basis points; 10^4 unless the policy is complete.
    pub max_held_share: u16,
    /// Bit g is set for a member of group g.
    pub groups: u16,
    /// The four tiers; see [`digest`](Policy::digest) for how missing ones are filled.
    pub tiers: [Tier; TIERS],
    /// Multipliers of scenarios 1, 2, ... in basis points; as many as the policy has scenarios.
    pub multipliers: Vec<u16>,
}

/// Share rules of a group, all 0 where the policy lacks the group.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Group {
    /// Smallest share of what counts, in basis points.
    pub min_share: u16,
    /// Largest share of what counts, in basis points.
    pub max_share: u16,
    /// Smallest share of what is held, in basis points.
    pub min_held_share: u16,
    /// Largest share of what is held, in basis points.
    pub max_held_share: u16,
    /// Whether the statement shows what it holds (S10).
    pub report: bool,
}

/// A policy that passed every rule of docs/spec.md, section 5.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    document: PolicyDocument,
    assets: Vec<Asset>,
    groups: [Group; GROUPS],
    ratios: Vec<u16>,
    terms: Fr,
    digest: Fr,
}

/// A policy document breaks a rule.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PolicyError {
    /// Not JSON, or not of the form of docs/spec.md, section 5.
    #[error("{0}")]
    Json(#[from] json::JsonError),
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// A name that is not usable.
    #[error("{field}: {error}")]
    Name {
        /// Where, such as `assets[3].asset`.
        field: String,
        /// What is wrong.
        error: NameError,
    },
    /// A number out of its range.
    #[error("{field}: expected {expected}, got {got}")]
    Range {
        /// Where, such as `assets[3].tiers[0].weight_bps`.
        field: String,
        /// The range.
        expected: &'static str,
        /// What was found.
        got: String,
    },
    /// A name that occurs twice, or two assets whose ids collide.
    #[error("{field}: {name:?} is there more than once")]
    Duplicate {
        /// Where.
        field: String,
        /// What is there twice.
        name: String,
    },
    /// A name that refers to nothing.
    #[error("{field}: {name:?} is not defined in this policy")]
    Undefined {
        /// Where.
        field: String,
        /// The name.
        name: String,
    },
    /// Tiers in a wrong order.
    #[error("{field}: {rule}")]
    Tiers {
        /// Where.
        field: String,
        /// What must hold.
        rule: &'static str,
    },
    /// More than one of these.
    #[error("{} errors:{}", errors.len(), listed(errors))]
    Several {
        /// In the order of the document's fields.
        errors: Vec<PolicyError>,
    },
    /// A rule that only a complete policy may have, or may not have.
    #[error("{field}: {rule}")]
    Complete {
        /// Where.
        field: String,
        /// What must hold.
        rule: &'static str,
    },
}

/// Errors, a line each.
fn listed(errors: &[PolicyError]) -> String {
    let lines = errors.iter().map(|error| format!("\n  {error}"));
    lines.collect()
}

impl Policy {
    /// Reads and checks a policy document.
    pub fn from_json(text: &str) -> Result<Self, PolicyError> {
        Self::new(json::from_str(text)?)
    }

    /// Checks a policy document.
    pub fn new(document: PolicyDocument) -> Result<Self, PolicyError> {
        let (assets, groups, ratios) = document.check()?;
        let mut policy = Self {
            document,
            assets,
            groups,
            ratios,
            terms: Fr::from(0),
            digest: Fr::from(0),
        };
        policy.terms = digest::terms(&policy.document);
        policy.digest = digest::digest(&policy);
        Ok(policy)
    }

    /// The document as it was written.
    pub fn document(&self) -> &PolicyDocument {
        &self.document
    }
    /// The assets in digest order (ascending id).
    pub fn assets(&self) -> &[Asset] {
        &self.assets
    }
    /// The fifteen groups; those the policy lacks are all zero.
    pub fn groups(&self) -> &[Group; GROUPS] {
        &self.groups
    }
    /// The group's name; `None` where the policy lacks it.
    pub fn group_name(&self, group: usize) -> Option<&str> {
        let rule = self.document.groups().get(group);
        rule.map(|rule| rule.name.as_str())
    }
    /// Whether every collateral position is listed and valued.
    pub fn complete(&self) -> bool {
        self.document.complete()
    }
    /// Whole quote units of a report's line (S10); 0 for no report.
    pub fn report_grain(&self) -> u64 {
        self.document.report_grain()
    }
    /// Required ratios of the scenarios beside the base, in basis points.
    pub fn scenario_ratios(&self) -> &[u16] {
        &self.ratios
    }
    /// Scenarios, counting the base.
    pub fn scenarios(&self) -> usize {
        self.ratios.len() + 1
    }
    /// The scenario's name; 0 is the base.
    pub fn scenario_name(&self, scenario: usize) -> &str {
        match scenario.checked_sub(1) {
            None => "base",
            Some(i) => self
                .document
                .scenarios()
                .get(i)
                .map_or("", |s| s.name.as_str()),
        }
    }
    /// The smallest base ratio this policy accepts.
    pub fn min_ratio(&self) -> Ratio {
        // Checked when the policy was made.
        Ratio::new(self.document.min_ratio_bps)
            .unwrap_or_else(|_| unreachable!("the ratio was checked"))
    }
    /// Whether a base ratio lies on the policy's grid: `min_ratio_bps` plus a whole
    /// number of steps. Repeated proofs at fine thresholds would reveal the ratio.
    pub fn on_grid(&self, ratio: Ratio) -> bool {
        ratio
            .bps()
            .checked_sub(self.document.min_ratio_bps)
            .is_some_and(|above| above % self.document.ratio_step_bps == 0)
    }
    /// The digest d of docs/spec.md, section 5.
    pub fn digest(&self) -> Fr {
        self.digest
    }
    /// `terms`: keccak256 of the canonical document, shifted right by 8 bits.
    pub fn terms(&self) -> Fr {
        self.terms
    }
    /// The packed words of the header.
    pub fn header_words(&self) -> HeaderWords {
        HeaderWords::of(self)
    }
}

const _: () = assert!(MAX_SCENARIOS == 15 && TIERS == 4);
