//! The relying party's expectations, from a TOML or JSON file.

use crate::claim;
use crate::files;
use crate::outcome::Failure;
use crate::text;
use covenant_circuits::field::from_hex;
use covenant_circuits::ident::{Context, SubjectId};
use covenant_circuits::json;
use covenant_circuits::numbers::Value;
use covenant_verifier::expect::Expected;
use serde::Deserialize;
use std::path::Path;

/// The file, version 1.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ExpectFile {
    version: u64,
    /// A digest, or the path of a policy beside this file.
    policy: String,
    subject: String,
    /// `125%` or `12500bps`.
    min_ratio: String,
    /// Quote units.
    #[serde(default = "zero")]
    min_public_debt: String,
    /// `24h`, `7d`.
    max_account_age: String,
    max_price_age: String,
    #[serde(default = "two_minutes")]
    max_clock_skew: String,
    /// Text, hashed as `prove --context` does.
    #[serde(default)]
    context: String,
    #[serde(default)]
    allow_self_declared: bool,
    #[serde(default)]
    disabled_circuits: Vec<String>,
}

fn zero() -> String {
    "0".into()
}

fn two_minutes() -> String {
    "2m".into()
}

/// Reads an expectations file.
pub(crate) fn read(path: &Path) -> Result<Expected, Failure> {
    let text = files::read(path, files::MAX_PUBLIC)?;
    let file: ExpectFile = if text.trim_start().starts_with('{') {
        json::from_str(&text).map_err(|e| Failure::in_file(path, e))?
    } else {
        toml::from_str(&text).map_err(|e| Failure::in_file(path, e.to_string().trim_end()))?
    };
    let at =
        |field: &str, e: &dyn std::fmt::Display| Failure::in_file(path, format!("{field}: {e}"));
    if file.version != 1 {
        return Err(at("version", &format!("expected 1, got {}", file.version)));
    }
    let policy = if file.policy.starts_with("0x") {
        from_hex(&file.policy).map_err(|e| at("policy", &e))?
    } else {
        let beside = path.parent().unwrap_or(Path::new("."));
        claim::policy(&beside.join(&file.policy))?.digest()
    };
    let age = |field: &str, text: &str| {
        humantime::parse_duration(text)
            .map(|d| d.as_secs())
            .map_err(|_| {
                at(
                    field,
                    &format!("expected a duration such as 24h or 7d, got {text:?}"),
                )
            })
    };
    let min_public_debt: Value =
        text::debt(&file.min_public_debt).map_err(|e| at("min_public_debt", &e))?;
    Ok(Expected {
        policy,
        subject: SubjectId::of(&file.subject).map_err(|e| at("subject", &e))?,
        min_ratio: text::ratio(&file.min_ratio).map_err(|e| at("min_ratio", &e))?,
        min_public_debt,
        max_account_age: age("max_account_age", &file.max_account_age)?,
        max_price_age: age("max_price_age", &file.max_price_age)?,
        max_clock_skew: age("max_clock_skew", &file.max_clock_skew)?,
        context: Context::of(&file.context),
        allow_self_declared: file.allow_self_declared,
        disabled_circuits: file.disabled_circuits,
    })
}
