//! The bundle, format version 2 (docs/spec.md, section 10): everything a verifier needs beside its
//! own expectations. Reading one re-derives the statement from typed values.

mod accounts;
mod error;

pub use covenant_claims::signed::{
    AccountFile, Attestation, MAX_SIGNATURES, PriceSignature, SignedPrices, SignedRepresentation,
    snapshot,
};
pub use error::BundleError;

pub(crate) use accounts::check_account;
use accounts::check_accounts;
use covenant_claims::account::{Commitment, Kind};
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::ident::{Context, SubjectId};
use covenant_claims::json::{self, hex_field};
use covenant_claims::numbers::{Ratio, ReportLine, Value};
use covenant_claims::policy::{Policy, PolicyDocument};
use covenant_claims::prices::Prices;
use covenant_claims::shape::Shape;
use covenant_claims::statement::{NO_REPORT, Report, Statement, StatementParts, Window};
use serde::{Deserialize, Serialize};

/// Largest bundle that is read, in bytes.
pub const MAX_BYTES: usize = 1 << 20;

/// Most assets of a policy that a bundle carries: the most that a shape holds.
pub const MAX_ASSETS: usize = 1 << covenant_claims::numbers::MAX_ASSETS_LOG2;

/// A proof with everything public about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    circuit: String,
    shape: Shape,
    ceremony: String,
    statement: Statement,
    policy: Policy,
    prices: SignedPrices,
    accounts: Vec<AccountFile>,
    representation: Option<SignedRepresentation>,
    proof: Vec<u8>,
}

/// The values of a bundle.
#[derive(Clone, Debug)]
pub struct BundleParts {
    /// The circuit's id.
    pub circuit: String,
    /// The shape.
    pub shape: Shape,
    /// The ceremony's name.
    pub ceremony: String,
    /// The statement.
    pub statement: Statement,
    /// The policy.
    pub policy: Policy,
    /// The prices.
    pub prices: Prices,
    /// The accounts, in the order of the commitments.
    pub accounts: Vec<AccountFile>,
    /// The proof.
    pub proof: Vec<u8>,
}

impl Bundle {
    /// Checks that the parts agree with each other.
    pub fn new(parts: BundleParts) -> Result<Self, BundleError> {
        let BundleParts {
            circuit,
            shape,
            ceremony,
            statement,
            policy,
            prices,
            accounts,
            proof,
        } = parts;
        let disagrees = |field: String, expected: String, got: String| {
            Err(BundleError::Disagrees {
                field,
                expected,
                got,
            })
        };
        if statement.policy() != policy.digest() {
            return disagrees(
                "statement.policy".into(),
                to_hex(&policy.digest()),
                to_hex(&statement.policy()),
            );
        }
        if statement.prices() != prices.in_order(&policy)? {
            return disagrees(
                "statement.prices".into(),
                "the prices of the bundle".into(),
                "others".into(),
            );
        }
        check_accounts(&statement, &accounts)?;
        Ok(Self {
            circuit,
            shape,
            ceremony,
            statement,
            policy,
            prices: prices.into(),
            accounts,
            representation: None,
            proof,
        })
    }

    /// With the account files of attesters, in any order, in the place of those that name
    /// the same commitments: how attestations enter a bundle. Their signatures are
    /// checked by whoever verifies.
    pub fn with_accounts(
        mut self,
        accounts: impl IntoIterator<Item = AccountFile>,
    ) -> Result<Self, BundleError> {
        for (i, account) in accounts.into_iter().enumerate() {
            let place = self
                .accounts
                .iter_mut()
                .find(|place| place.commitment == account.commitment)
                .ok_or_else(|| BundleError::Disagrees {
                    field: format!("accounts[{i}].commitment"),
                    expected: "one of the statement's".into(),
                    got: account.commitment.to_string(),
                })?;
            *place = account;
        }
        check_accounts(&self.statement, &self.accounts)?;
        Ok(self)
    }

    /// With the signatures of price sources. They are checked by whoever verifies.
    pub fn with_price_signatures(
        mut self,
        signatures: Vec<PriceSignature>,
    ) -> Result<Self, BundleError> {
        self.prices = SignedPrices::new(self.prices.prices().clone(), signatures)?;
        Ok(self)
    }

    /// With what the subject itself says of the statement. It is checked by whoever verifies.
    pub fn with_representation(mut self, representation: SignedRepresentation) -> Self {
        self.representation = Some(representation);
        self
    }

    /// Reads a bundle.
    pub fn from_json(text: &str) -> Result<Self, BundleError> {
        if text.len() > MAX_BYTES {
            return Err(BundleError::TooLarge { got: text.len() });
        }
        let file: BundleFile = json::from_str(text)?;
        if file.version != 2 {
            return Err(BundleError::Version { got: file.version });
        }
        if file.policy.assets.len() > MAX_ASSETS {
            return Err(BundleError::TooManyAssets {
                got: file.policy.assets.len(),
            });
        }
        let policy = Policy::new(file.policy)?;
        let out_of_range = |field: &str, expected: &str| BundleError::Disagrees {
            field: format!("statement.{field}"),
            expected: expected.into(),
            got: "a larger number".into(),
        };
        let s = file.statement;
        if s.policy != policy.digest() {
            return Err(BundleError::Disagrees {
                field: "statement.policy".into(),
                expected: to_hex(&policy.digest()),
                got: to_hex(&s.policy),
            });
        }
        let subject =
            SubjectId::from_field(s.subject).ok_or_else(|| out_of_range("subject", "248 bits"))?;
        let context =
            Context::from_field(s.context).ok_or_else(|| out_of_range("context", "248 bits"))?;
        let prices = file.prices.prices().in_order(&policy)?;
        let statement = Statement::new(
            &policy,
            StatementParts {
                subject,
                window: Window::new(s.as_of_from, s.as_of_to)?,
                public_debt: s.public_debt,
                ratio: s.ratio_bps,
                context,
                commitments: s.commitments,
                kinds: s.kinds,
                report: report(&policy, s.report)?,
                prices,
            },
        )?;
        let bundle = Self::new(BundleParts {
            circuit: file.circuit,
            shape: file.shape.parse()?,
            ceremony: file.ceremony,
            statement,
            policy,
            prices: file.prices.prices().clone(),
            accounts: file.accounts,
            proof: file.proof,
        })?
        .with_price_signatures(file.prices.signatures().to_vec())?;
        Ok(match file.representation {
            Some(representation) => bundle.with_representation(representation),
            None => bundle,
        })
    }

    /// Writes a bundle.
    pub fn to_json(&self) -> String {
        let file = BundleFile {
            version: 2,
            circuit: self.circuit.clone(),
            shape: self.shape.dimensions(),
            ceremony: self.ceremony.clone(),
            statement: StatementFile {
                subject: self.statement.subject().get(),
                as_of_from: self.statement.window().from(),
                as_of_to: self.statement.window().to(),
                policy: self.statement.policy(),
                public_debt: self.statement.public_debt(),
                ratio_bps: self.statement.ratio(),
                context: self.statement.context().get(),
                report: report_file(&self.policy, self.statement.report()),
                commitments: self.statement.commitments().to_vec(),
                kinds: self.statement.kinds().to_vec(),
            },
            policy: self.policy.document().clone(),
            prices: self.prices.clone(),
            accounts: self.accounts.clone(),
            representation: self.representation.clone(),
            proof: self.proof.clone(),
        };
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// The circuit's id, as the bundle says.
    pub fn circuit(&self) -> &str {
        &self.circuit
    }
    /// The shape, as the bundle says.
    pub fn shape(&self) -> Shape {
        self.shape
    }
    /// The ceremony's name, as the bundle says.
    pub fn ceremony(&self) -> &str {
        &self.ceremony
    }
    /// The statement.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }
    /// The policy.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }
    /// The prices.
    pub fn prices(&self) -> &Prices {
        self.prices.prices()
    }
    /// Who vouches for the prices.
    pub fn price_signatures(&self) -> &[PriceSignature] {
        self.prices.signatures()
    }
    /// The accounts, in the order of the commitments.
    pub fn accounts(&self) -> &[AccountFile] {
        &self.accounts
    }
    /// What the subject itself says of the statement.
    pub fn representation(&self) -> Option<&SignedRepresentation> {
        self.representation.as_ref()
    }
    /// The proof.
    pub fn proof(&self) -> &[u8] {
        &self.proof
    }
}

/// The report of a file: a line for each group of the policy, or none where all are 0.
fn report(policy: &Policy, lines: Option<Vec<ReportLine>>) -> Result<Report, BundleError> {
    let Some(lines) = lines else {
        return Ok(NO_REPORT);
    };
    let expected = policy.document().groups().len();
    if lines.len() != expected {
        let got = lines.len();
        return Err(BundleError::Report { expected, got });
    }
    let mut report = NO_REPORT;
    for (place, line) in report.iter_mut().zip(lines) {
        *place = line;
    }
    Ok(report)
}

fn report_file(policy: &Policy, report: &Report) -> Option<Vec<ReportLine>> {
    let groups = policy.document().groups().len();
    (*report != NO_REPORT).then(|| report.iter().take(groups).copied().collect())
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct BundleFile {
    version: u64,
    circuit: String,
    shape: String,
    ceremony: String,
    statement: StatementFile,
    policy: PolicyDocument,
    prices: SignedPrices,
    accounts: Vec<AccountFile>,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    representation: Option<SignedRepresentation>,
    #[serde(with = "hex_bytes")]
    proof: Vec<u8>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct StatementFile {
    #[serde(with = "hex_field")]
    subject: Fr,
    as_of_from: u64,
    as_of_to: u64,
    #[serde(with = "hex_field")]
    policy: Fr,
    public_debt: Value,
    ratio_bps: Ratio,
    #[serde(with = "hex_field")]
    context: Fr,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        deserialize_with = "json::present"
    )]
    report: Option<Vec<ReportLine>>,
    commitments: Vec<Commitment>,
    kinds: Vec<Kind>,
}

mod hex_bytes {
    use serde::{Deserialize, Deserializer, Serializer, de};

    pub(super) fn serialize<S: Serializer>(bytes: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
        let mut text = String::with_capacity(2 + 2 * bytes.len());
        text.push_str("0x");
        for byte in bytes {
            text.push_str(&format!("{byte:02x}"));
        }
        serializer.serialize_str(&text)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Vec<u8>, D::Error> {
        let bad = || de::Error::custom("expected 0x and an even number of lower-case hex digits");
        let text = String::deserialize(deserializer)?;
        let digits = text.strip_prefix("0x").ok_or_else(bad)?.as_bytes();
        let nibble = |c: &u8| match c {
            b'0'..=b'9' => Some(c - b'0'),
            b'a'..=b'f' => Some(c - b'a' + 10),
            _ => None,
        };
        digits
            .chunks(2)
            .map(|pair| match pair {
                [high, low] => Some(nibble(high)? << 4 | nibble(low)?),
                _ => None,
            })
            .collect::<Option<Vec<u8>>>()
            .ok_or_else(bad)
    }
}
