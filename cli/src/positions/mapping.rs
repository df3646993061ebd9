//! How an export is to be read: TOML, version 2 (docs/spec.md, section 10.10).

use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::numbers::Convention;
use crate::outcome::Failure;
use covenant_circuits::account::Kind;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// How an export is to be read.
#[derive(Deserialize, Debug, Default, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct Mapping {
    version: u64,
    /// What separates columns; a comma unless said otherwise.
    pub(super) delimiter: Option<char>,
    /// The line of the header, 1 unless said otherwise: what is above it is skipped.
    pub(super) header: Option<u64>,
    /// How many rows at the end are skipped, such as a line of totals.
    #[serde(default)]
    pub(super) footer: usize,
    /// JSON: where the list of rows is, such as `data.balances`; `*` stands for each of a list.
    pub(super) rows: Option<String>,
    /// What is before a fraction: a point unless said otherwise.
    decimal: Option<char>,
    /// What groups digits, as the comma in `1,000.00`: nothing unless said otherwise.
    thousands: Option<char>,
    /// Whether numbers such as `1.5e-8` are read.
    #[serde(default)]
    exponents: bool,
    #[serde(default)]
    pub(super) rounding: Rounding,
    #[serde(default)]
    pub(super) negative: Negative,
    /// Of the rows, those in which each of these columns has one of its texts.
    #[serde(default)]
    pub(super) keep: BTreeMap<String, Vec<String>>,
    /// Not those in which one of these columns has one of its texts.
    #[serde(default)]
    pub(super) skip: BTreeMap<String, Vec<String>>,
    pub(super) columns: Columns,
    /// The asset of all rows, where no column has it.
    pub(super) asset: Option<String>,
    /// Columns that are quantities of an asset each: wide tables.
    #[serde(default)]
    pub(super) wide: BTreeMap<String, String>,
    /// The export's name of an asset to its identifier.
    #[serde(default)]
    pub(super) assets: BTreeMap<String, String>,
    /// Decimals by identifier.
    #[serde(default)]
    pub(super) decimals: BTreeMap<String, u32>,
}

/// The columns that are read. In JSON, fields of a row: `asset.symbol` is one within another.
#[derive(Deserialize, Debug, Default, Clone)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Columns {
    pub(super) asset: Option<String>,
    pub(super) amount: Option<String>,
    pub(super) quantity: Option<String>,
    pub(super) decimals: Option<String>,
}

/// What becomes of more digits than an asset has.
#[derive(Deserialize, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rounding {
    /// They are refused, unless they are zeros.
    #[default]
    Refused,
    /// Collateral is rounded down and debt up, so that nothing counts more than before.
    Safe,
}

/// What a number below 0 is.
#[derive(Deserialize, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Negative {
    /// It is refused.
    #[default]
    Refused,
    /// A liability, without its sign: one file has an account of each kind.
    Liability,
}

impl Columns {
    fn all(&self) -> impl Iterator<Item = &str> {
        let all = [&self.asset, &self.amount, &self.quantity, &self.decimals];
        all.into_iter().filter_map(Option::as_deref)
    }
}

impl Mapping {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_PUBLIC)?;
        Self::from_toml(&text).map_err(|e| Failure::of_file(path, e))
    }

    pub(super) fn from_toml(text: &str) -> Result<Self, Malformed> {
        let mapping: Self = toml::from_str(text).map_err(|e| Malformed::toml(text, &e))?;
        if mapping.version != 2 {
            let wrong = Malformed::new("2", mapping.version).field("version");
            return Err(wrong.coded(Code::VersionUnknown));
        }
        mapping.check()?;
        Ok(mapping)
    }

    /// That it says where assets and numbers are, once.
    fn check(&self) -> Result<(), Malformed> {
        let (columns, said) = (&self.columns, |what: &str| Malformed::said(what));
        let numbers = columns.amount.iter().chain(&columns.quantity).count();
        match (self.wide.is_empty(), numbers) {
            (true, 1) if columns.asset.is_some() == self.asset.is_some() => {
                Err(said("expected either a column asset or an asset of all rows").field("columns"))
            }
            (true, 1) => Ok(()),
            (true, _) => Err(
                said("expected either amount (base units) or quantity (whole units)")
                    .field("columns"),
            ),
            (false, 0) if columns.all().next().is_none() && self.asset.is_none() => Ok(()),
            (false, _) => {
                Err(said("expected no other columns of assets and numbers beside it").field("wide"))
            }
        }?;
        if self.header == Some(0) {
            return Err(Malformed::new("the number of a line, from 1", 0).field("header"));
        }
        self.convention().map(drop)
    }

    /// How its file writes numbers.
    pub(super) fn convention(&self) -> Result<Convention, Malformed> {
        let convention = Convention::new(self.decimal, self.thousands)?;
        Ok(convention.with_exponents(self.exponents))
    }

    /// Every column that it names, once.
    pub(super) fn columns(&self) -> Vec<&str> {
        let filters = self.keep.keys().chain(self.skip.keys());
        let named = filters.chain(self.wide.keys()).map(String::as_str);
        let mut all: Vec<&str> = self.columns.all().chain(named).collect();
        all.sort_unstable();
        all.dedup();
        all
    }

    /// Whether a row is one of those that are read.
    pub(super) fn reads(&self, cell: impl Fn(&str) -> String) -> bool {
        let is = |(column, texts): (&String, &Vec<String>)| texts.contains(&cell(column));
        self.keep.iter().all(is) && !self.skip.iter().any(is)
    }

    /// The columns of a plain CSV, as its header says.
    pub(super) fn plain(header: &csv::StringRecord) -> Self {
        let has = |name: &str| header.iter().any(|h| h == name).then(|| name.to_owned());
        Self {
            version: 2,
            columns: Columns {
                asset: Some("asset".into()),
                amount: has("amount"),
                quantity: has("quantity"),
                decimals: has("decimals"),
            },
            ..Self::default()
        }
    }
}

/// A number and the kind of account that it belongs to.
pub(super) fn signed(number: &str, negative: Negative) -> (&str, Option<Kind>) {
    match (negative, number.strip_prefix('-')) {
        (Negative::Refused, _) => (number, None),
        (Negative::Liability, Some(without)) => (without, Some(Kind::Liability)),
        (Negative::Liability, None) => (number, Some(Kind::Collateral)),
    }
}
