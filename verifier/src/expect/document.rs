//! Expectations as a file, version 2, in TOML or JSON. Unknown fields and duplicate keys
//! are refused; every error names the field, what is expected there and what was found.

mod required;

use required::{MustIncludeEntry, RepresentationEntry, UndertakingsEntry, role};

use super::quantity::{self, Scalar, basis_points, micro_units, seconds};
use super::trust::{Attester, Attesters, PriceQuorum, PriceSigner, PriceTrust, TrustError};
use super::{Expected, SelfDeclared};
use covenant_claims::account::Commitment;
use covenant_claims::field::{Fr, from_hex};
use covenant_claims::ident::{Context, SubjectId};
use covenant_claims::json::{self, JsonError};
use covenant_claims::numbers::{Ratio, Value};
use covenant_claims::prices::Prices;
use covenant_claims::shape::Shape;
use covenant_claims::signed::{Answers, SignedRevocation, Signer};
use serde::Deserialize;
use std::collections::BTreeSet;

/// Largest file that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// A file of expectations, read but not yet checked.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedFile {
    version: u64,
    policy: String,
    subject: String,
    min_ratio: Scalar,
    min_public_debt: Scalar,
    max_account_age: Scalar,
    max_price_age: Scalar,
    max_clock_skew: Scalar,
    max_window: Scalar,
    #[serde(default, deserialize_with = "json::present")]
    shape: Option<String>,
    context: Option<String>,
    context_hash: Option<String>,
    #[serde(default)]
    max_self_declared_collateral: u64,
    #[serde(default)]
    max_self_declared_liability: u64,
    #[serde(default)]
    attesters: Vec<AttesterEntry>,
    #[serde(default, deserialize_with = "json::present")]
    attester_quorum: Option<u64>,
    prices: PriceEntry,
    #[serde(default)]
    must_include: Vec<MustIncludeEntry>,
    #[serde(default, deserialize_with = "json::present")]
    undertakings: Option<UndertakingsEntry>,
    #[serde(default, deserialize_with = "json::present")]
    representation: Option<RepresentationEntry>,
    #[serde(default)]
    pledged: Vec<String>,
    #[serde(default)]
    revocations: Vec<SignedRevocation>,
    #[serde(default)]
    disabled_circuits: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttesterEntry {
    name: String,
    keys: Vec<String>,
    roles: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SignerEntry {
    name: String,
    keys: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PriceEntry {
    quorum: Option<u64>,
    #[serde(default)]
    signers: Vec<SignerEntry>,
    own: Option<String>,
    #[serde(default)]
    allow_unsigned: bool,
}

/// How a file names the agreed policy.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum PolicySource<'a> {
    /// By its digest.
    Digest(Fr),
    /// By the path of the relying party's own copy, for the caller to read.
    Path(&'a str),
}

/// What the caller read from the paths in a file of expectations.
#[derive(Clone, Default, Debug)]
pub struct Resolved {
    /// The digest of the policy at [`ExpectedFile::policy`]'s path.
    pub policy: Option<Fr>,
    /// The prices at [`ExpectedFile::prices_path`].
    pub prices: Option<Prices>,
}

/// Expectations could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ExpectError {
    /// Larger than any such file.
    #[error("expected at most {MAX_BYTES} bytes, got {got}")]
    TooLarge {
        /// Its size.
        got: usize,
    },
    /// Not JSON, or with unknown, missing or duplicate fields.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// Not TOML, or with unknown, missing or duplicate fields.
    #[error("line {line}: {message}")]
    Toml {
        /// 1-based.
        line: usize,
        /// What was expected and what was found.
        message: String,
    },
    /// A version this program does not know.
    #[error("version: expected 2, got {got}")]
    Version {
        /// What was found.
        got: u64,
    },
    /// A field is not what it has to be.
    #[error("{field}: expected {expected}, got {got}")]
    Field {
        /// Which.
        field: String,
        /// What belongs there.
        expected: String,
        /// What is there.
        got: String,
    },
    /// Attesters or price signers.
    #[error("{field}: {error}")]
    Trust {
        /// `attesters` or `prices`.
        field: &'static str,
        /// What is wrong with them.
        error: TrustError,
    },
}

fn field(name: impl Into<String>, expected: impl Into<String>, got: impl ToString) -> ExpectError {
    ExpectError::Field {
        field: name.into(),
        expected: expected.into(),
        got: got.to_string(),
    }
}

fn check_length(text: &str) -> Result<(), ExpectError> {
    if text.len() > MAX_BYTES {
        return Err(ExpectError::TooLarge { got: text.len() });
    }
    Ok(())
}

impl ExpectedFile {
    /// Reads TOML.
    pub fn from_toml(text: &str) -> Result<Self, ExpectError> {
        check_length(text)?;
        let file: Self = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start));
            ExpectError::Toml {
                line: before.map_or(1, |t| 1 + t.matches('\n').count()),
                message: e.message().into(),
            }
        })?;
        file.check_version()
    }

    /// Reads JSON.
    pub fn from_json(text: &str) -> Result<Self, ExpectError> {
        check_length(text)?;
        json::from_str::<Self>(text)?.check_version()
    }

    fn check_version(self) -> Result<Self, ExpectError> {
        if self.version == 2 {
            Ok(self)
        } else {
            Err(ExpectError::Version { got: self.version })
        }
    }

    /// The agreed policy: text that starts with `0x` is a digest, other text a path.
    pub fn policy(&self) -> Result<PolicySource<'_>, ExpectError> {
        if self.policy.starts_with("0x") {
            hash("policy", &self.policy).map(PolicySource::Digest)
        } else if self.policy.is_empty() {
            Err(field("policy", "a digest or a path", "empty text"))
        } else {
            Ok(PolicySource::Path(&self.policy))
        }
    }

    /// The subject's name, as it is written.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The name of the secured party of the undertakings that are required, as it is written.
    pub fn secured_party(&self) -> Option<&str> {
        self.undertakings
            .as_ref()
            .map(UndertakingsEntry::secured_party)
    }

    /// The name or id of the facility that they secure, as it is written.
    pub fn facility(&self) -> Option<&str> {
        self.undertakings.as_ref().map(UndertakingsEntry::facility)
    }

    /// The path of the relying party's own prices, if it has any.
    pub fn prices_path(&self) -> Option<&str> {
        self.prices.own.as_deref()
    }

    /// Checks every field. `resolved` carries what is at the paths that
    /// [`Self::policy`] and [`Self::prices_path`] name.
    pub fn to_expected(&self, resolved: Resolved) -> Result<Expected, ExpectError> {
        let policy = match self.policy()? {
            PolicySource::Digest(digest) => digest,
            PolicySource::Path(path) => resolved
                .policy
                .ok_or_else(|| field("policy", "a digest, or a policy file that was read", path))?,
        };
        let age =
            |name: &str, x: &Scalar| seconds(x).ok_or_else(|| field(name, quantity::DURATION, x));
        let count = |number: u64| usize::try_from(number).unwrap_or(usize::MAX);
        let attesters = self.attesters()?;
        let must_include = self.must_include.iter().enumerate();
        let must_include = must_include.map(|(i, entry)| entry.read(i, &attesters));
        Ok(Expected {
            must_include: must_include.collect::<Result<_, _>>()?,
            undertakings: self.undertakings.as_ref().map(|u| u.read()).transpose()?,
            representation: self.representation.as_ref().map(|r| r.read()).transpose()?,
            policy,
            subject: SubjectId::of(&self.subject)
                .map_err(|e| field("subject", "a subject's name", e))?,
            min_ratio: basis_points(&self.min_ratio)
                .and_then(|bps| Ratio::new(bps).ok())
                .ok_or_else(|| field("min_ratio", quantity::RATIO, &self.min_ratio))?,
            min_public_debt: micro_units(&self.min_public_debt)
                .and_then(|debt| Value::new(debt).ok())
                .ok_or_else(|| field("min_public_debt", quantity::DEBT, &self.min_public_debt))?,
            max_account_age: age("max_account_age", &self.max_account_age)?,
            max_price_age: age("max_price_age", &self.max_price_age)?,
            max_clock_skew: age("max_clock_skew", &self.max_clock_skew)?,
            max_window: age("max_window", &self.max_window)?,
            shape: self.shape()?,
            context: self.context()?,
            attesters,
            prices: self.prices(resolved.prices)?,
            max_self_declared: SelfDeclared {
                collateral: count(self.max_self_declared_collateral),
                liability: count(self.max_self_declared_liability),
            },
            pledged: self
                .pledged
                .iter()
                .enumerate()
                .map(|(i, text)| hash(&format!("pledged[{i}]"), text).map(Commitment))
                .collect::<Result<_, _>>()?,
            pledged_accounts: Default::default(),
            revocations: self.revocations()?,
            contract_answers: Answers::none(),
            trees: Vec::new(),
            disabled_circuits: self.disabled_circuits.clone(),
        })
    }

    fn context(&self) -> Result<Context, ExpectError> {
        match (&self.context, &self.context_hash) {
            (Some(text), None) if text.starts_with("0x") => {
                let expected = "text that is hashed; a hash belongs in context_hash";
                Err(field("context", expected, text))
            }
            (Some(text), None) => Ok(Context::of(text)),
            (None, Some(text)) => Context::from_field(hash("context_hash", text)?)
                .ok_or_else(|| field("context_hash", "248 bits", text)),
            (Some(_), Some(_)) => Err(field("context", "either it or context_hash", "both")),
            (None, None) => Err(field("context", "it or context_hash", "neither")),
        }
    }

    fn revocations(&self) -> Result<Vec<SignedRevocation>, ExpectError> {
        for (i, revocation) in self.revocations.iter().enumerate() {
            let name = format!("revocations[{i}]");
            // A contract's is left to verification, which has its answer.
            let digest = revocation.revocation().digest();
            let signed = revocation.signature.check_key(&digest, revocation.signer);
            signed.map_err(|e| field(name, "one that its signer signed", e))?;
        }
        Ok(self.revocations.clone())
    }

    fn shape(&self) -> Result<Option<Shape>, ExpectError> {
        let read = |text: &String| text.parse().map_err(|e| field("shape", "a shape", e));
        self.shape.as_ref().map(read).transpose()
    }

    fn attesters(&self) -> Result<Attesters, ExpectError> {
        let attester = |(i, entry): (usize, &AttesterEntry)| {
            let mut attester = Attester {
                name: entry.name.clone(),
                keys: keys(&format!("attesters[{i}].keys"), &entry.keys)?,
                roles: Default::default(),
            };
            for text in &entry.roles {
                let kind = role(&format!("attesters[{i}].roles"), text)?;
                attester.roles.insert(kind);
            }
            Ok::<_, ExpectError>(attester)
        };
        let list: Vec<Attester> = self
            .attesters
            .iter()
            .enumerate()
            .map(attester)
            .collect::<Result<_, _>>()?;
        let quorum = self.attester_quorum.unwrap_or(1);
        Attesters::new(list)
            .and_then(|list| list.with_quorum(usize::try_from(quorum).unwrap_or(usize::MAX)))
            .map_err(|error| ExpectError::Trust {
                field: "attesters",
                error,
            })
    }

    fn prices(&self, own: Option<Prices>) -> Result<PriceTrust, ExpectError> {
        let entry = &self.prices;
        let signed = entry.quorum.is_some() || !entry.signers.is_empty();
        match (signed, &entry.own, entry.allow_unsigned) {
            (true, None, false) => {
                let signer = |(i, entry): (usize, &SignerEntry)| {
                    Ok(PriceSigner {
                        name: entry.name.clone(),
                        keys: keys(&format!("prices.signers[{i}].keys"), &entry.keys)?,
                    })
                };
                let signers = entry.signers.iter().enumerate().map(signer);
                let signers: Vec<PriceSigner> = signers.collect::<Result<_, ExpectError>>()?;
                let quorum = entry
                    .quorum
                    .ok_or_else(|| field("prices.quorum", "a number of signers", "none"))?;
                PriceQuorum::new(signers, usize::try_from(quorum).unwrap_or(usize::MAX))
                    .map(PriceTrust::Signed)
                    .map_err(|error| ExpectError::Trust {
                        field: "prices",
                        error,
                    })
            }
            (false, Some(path), false) => own
                .map(PriceTrust::Own)
                .ok_or_else(|| field("prices.own", "a prices file that was read", path)),
            (false, None, true) => Ok(PriceTrust::Unsigned),
            (false, None, false) => Err(field("prices", ONE_OF, "none of them")),
            _ => Err(field("prices", ONE_OF, "more than one")),
        }
    }
}

const ONE_OF: &str = "signers with a quorum, or own = \"<path>\", or allow_unsigned = true";

fn hash(name: &str, text: &str) -> Result<Fr, ExpectError> {
    from_hex(text).map_err(|e| field(name, "a field element as 0x-prefixed hex", e))
}

/// Each key once.
fn keys(name: &str, list: &[String]) -> Result<BTreeSet<Signer>, ExpectError> {
    let mut keys = BTreeSet::new();
    for (i, text) in list.iter().enumerate() {
        let name = format!("{name}[{i}]");
        let key = text.parse().map_err(|e| {
            field(
                name.clone(),
                "an Ethereum address, or a contract's as eip155:<chain id>:<address>",
                e,
            )
        })?;
        if !keys.insert(key) {
            return Err(field(name, "every key once", text));
        }
    }
    Ok(keys)
}
