//! From a verdict to a report.

use crate::data::{Claim, Finding, Judged, Reason, Report, Template, VERSION};
use crate::details::Details;
use covenant_claims::numbers::Price;
use covenant_verifier::envelope::PricesError;
use covenant_verifier::expect::Expected;
use covenant_verifier::{Bundle, Verified};
use sha2::{Digest, Sha256};

/// Names as the relying party wrote them down, whose hashes are in its expectations.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// The subject.
    pub subject: String,
    /// The secured party of the undertakings that are required.
    pub secured_party: Option<String>,
    /// The facility of the undertakings that are required.
    pub facility: Option<String>,
}

/// Later prices, of the relying party, at which a proof is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Later<'a> {
    /// In the policy's digest order.
    pub prices: &'a [Price],
    /// Unix seconds.
    pub as_of: u64,
}

/// What verification came to.
#[derive(Clone, Debug)]
pub enum Verdict<'a> {
    /// The bundle was verified.
    Verified {
        /// The bundle.
        bundle: &'a Bundle,
        /// The evidence.
        verified: &'a Verified,
        /// Later prices, where it was looked at these.
        later: Option<Later<'a>>,
    },
    /// The bundle was refused.
    Refused {
        /// The bundle, where it could be read.
        bundle: Option<&'a Bundle>,
        /// Why; at least one.
        reasons: Vec<Reason>,
    },
}

/// What was judged, by which expectations, when.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// The bundle's bytes.
    pub bytes: &'a [u8],
    /// The expectations.
    pub expected: &'a Expected,
    /// Their names.
    pub words: &'a Words,
    /// When it was judged, Unix seconds.
    pub at: u64,
    /// The version of the program.
    pub covenant: &'a str,
}

impl Report {
    /// A report of a verdict.
    ///
    /// # Errors
    /// There are more or fewer later prices than assets.
    pub fn new(
        case: Case<'_>,
        verdict: Verdict<'_>,
        template: Template,
        details: Option<Details>,
    ) -> Result<Self, PricesError> {
        let Case {
            expected, words, ..
        } = case;
        let claim = |bundle: &Bundle| Claim::of(bundle, &words.subject);
        let (claim, finding, reasons) = match verdict {
            Verdict::Verified {
                bundle,
                verified,
                later,
            } => {
                let by = (expected, words);
                let finding = Finding::of(verified, bundle, by, later, details.as_ref())?;
                (Some(claim(bundle)), Some(finding), Vec::new())
            }
            Verdict::Refused { bundle, reasons } => (bundle.map(claim), None, reasons),
        };
        let hash: String = Sha256::digest(case.bytes)
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        Ok(Self {
            version: VERSION,
            template,
            proved: finding.is_some(),
            reasons,
            judged: Judged {
                bundle_sha256: hash,
                at: case.at,
                covenant: case.covenant.into(),
            },
            claim,
            finding,
            details,
        })
    }
}
