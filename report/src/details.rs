//! What whoever makes a report says in its own words: a title, names, a period. None of it is
//! proved, and a report shows it apart from what is.

use covenant_claims::policy::Policy;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// A file of details, version 1, in TOML. Unknown fields are refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Details {
    /// 1.
    pub version: u64,
    /// What the report is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What whoever makes the report calls the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// What it calls the secured party.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secured_party: Option<String>,
    /// What it says the report is for, such as a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub period: Option<String>,
    /// The name of the token that the debt is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
    /// How many tokens it says are outstanding: a decimal number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_outstanding: Option<String>,
    /// Who made the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prepared_by: Option<String>,
    /// Which of the policy's reported groups it says mature when.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub maturity: Vec<Maturity>,
}

/// A maturity bucket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Maturity {
    /// What it is called, such as `up to 90 days`.
    pub name: String,
    /// The policy's groups that are in it; each must be reported.
    pub groups: Vec<String>,
}

/// A field of the details is not what it has to be.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field}: expected {expected}, got {got}")]
pub struct DetailsError {
    /// Which.
    pub field: String,
    /// What belongs there.
    pub expected: String,
    /// What is there.
    pub got: String,
}

/// Longest text of a field, in characters.
const LONGEST: usize = 200;

fn wrong(
    field: impl Into<String>,
    expected: impl Into<String>,
    got: impl ToString,
) -> DetailsError {
    DetailsError {
        field: field.into(),
        expected: expected.into(),
        got: got.to_string(),
    }
}

impl Details {
    /// Checks every field that can be checked without a policy.
    ///
    /// # Errors
    /// Another version, a text that is empty or too long, a number of tokens that is none.
    pub fn check(&self) -> Result<(), DetailsError> {
        if self.version != 1 {
            return Err(wrong("version", "1", self.version));
        }
        let texts = [
            ("title", &self.title),
            ("subject", &self.subject),
            ("secured_party", &self.secured_party),
            ("period", &self.period),
            ("token", &self.token),
            ("tokens_outstanding", &self.tokens_outstanding),
            ("prepared_by", &self.prepared_by),
        ];
        for (name, text) in texts {
            text.as_ref()
                .map_or(Ok(()), |text| check_text(name, text))?;
        }
        if let Some(tokens) = &self.tokens_outstanding {
            let (whole, fraction) = tokens.split_once('.').unwrap_or((tokens, "0"));
            let digits = |s: &str| !s.is_empty() && s.bytes().all(|c| c.is_ascii_digit());
            if !digits(whole) || !digits(fraction) {
                let expected = "a decimal number such as \"1250000.50\", without commas";
                return Err(wrong("tokens_outstanding", expected, format!("{tokens:?}")));
            }
        }
        for (i, bucket) in self.maturity.iter().enumerate() {
            check_text(&format!("maturity[{i}].name"), &bucket.name)?;
            if bucket.groups.is_empty() {
                let expected = "at least one group of the policy";
                return Err(wrong(format!("maturity[{i}].groups"), expected, "none"));
            }
        }
        Ok(())
    }

    /// Checks that every group of a maturity bucket is one that the policy reports, and that none is
    /// in two buckets, nor shares an asset with another group there: it would be added twice.
    ///
    /// # Errors
    /// The first group that is not so.
    pub fn check_groups(&self, policy: &Policy) -> Result<(), DetailsError> {
        let rules = policy.document().groups();
        let reported: Vec<&str> = rules
            .iter()
            .filter(|rule| rule.report())
            .map(|rule| rule.name.as_str())
            .collect();
        let mut known: BTreeSet<&str> = BTreeSet::new();
        for (i, bucket) in self.maturity.iter().enumerate() {
            for (k, name) in bucket.groups.iter().enumerate() {
                let field = || format!("maturity[{i}].groups[{k}]");
                if !reported.contains(&name.as_str()) {
                    let expected = match reported.is_empty() {
                        true => "a group that the policy reports, of which it has none".into(),
                        false => {
                            format!("a group that the policy reports ({})", reported.join(", "))
                        }
                    };
                    return Err(wrong(field(), expected, format!("{name:?}")));
                }
                let other = known.iter().find(|other| !disjoint(policy, other, name));
                if known.contains(name.as_str()) {
                    return Err(wrong(
                        field(),
                        "every group once",
                        format!("{name:?} again"),
                    ));
                }
                if let Some(other) = other {
                    let got = format!("{name:?}, which has an asset of {other:?} too");
                    return Err(wrong(field(), "groups without a common asset", got));
                }
                known.insert(name);
            }
        }
        Ok(())
    }
}

/// Whether no asset is in both groups.
pub(crate) fn disjoint(policy: &Policy, one: &str, other: &str) -> bool {
    let mut assets = policy.document().assets.iter();
    let within = |groups: &[String], name: &str| groups.iter().any(|group| group == name);
    !assets.any(|asset| within(asset.groups(), one) && within(asset.groups(), other))
}

fn check_text(field: &str, text: &str) -> Result<(), DetailsError> {
    let length = text.chars().count();
    if text.trim().is_empty() {
        return Err(wrong(field, "a text", "an empty one"));
    }
    if length > LONGEST {
        let expected = format!("at most {LONGEST} characters");
        return Err(wrong(field, expected, length));
    }
    Ok(())
}
