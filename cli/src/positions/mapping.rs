//! How an export is to be read: TOML, version 2 (docs/spec.md, section 10.10).

use super::as_of::AsOf;
use super::assets::Assets;
use super::control::Total;
use super::presets::About;
use crate::codes::Code;
use crate::files;
use crate::malformed::Malformed;
use crate::numbers::Convention;
use crate::outcome::Failure;
use covenant_circuits::account::Kind;
use schemars::JsonSchema;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;
use std::slice;

/// How an export is to be read.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "mapping")]
pub(crate) struct Mapping {
    /// 2.
    version: u64,
    /// What it reads, and where that is documented.
    pub(super) about: Option<About>,
    /// What the file is, where that is to be checked; a statement is read by its own rules.
    pub(super) format: Option<Format>,
    /// What separates columns; a comma unless said otherwise.
    pub(super) delimiter: Option<char>,
    /// The line of the header, 1 unless said otherwise: what is above it is skipped.
    pub(super) header: Option<u64>,
    /// How many rows at the end are skipped, such as a line of totals.
    #[serde(default)]
    pub(super) footer: usize,
    /// JSON: where the list of rows is, such as `data.balances`; `*` stands for each of a list.
    pub(super) rows: Option<String>,
    /// JSON: the texts that fields of the document may have, none as an empty one, so that a page
    /// of several is not taken for the whole.
    #[serde(default)]
    pub(super) require: BTreeMap<String, Vec<String>>,
    /// What is before a fraction: a point unless said otherwise.
    decimal: Option<char>,
    /// What groups digits, as the comma in `1,000.00`: nothing unless said otherwise.
    thousands: Option<char>,
    /// Whether numbers such as `1.5e-8` are read.
    #[serde(default)]
    exponents: bool,
    /// What becomes of more digits than an asset has.
    #[serde(default)]
    pub(super) rounding: Rounding,
    /// What a number below 0 is.
    #[serde(default)]
    pub(super) negative: Negative,
    /// What becomes of rows whose number is 0.
    #[serde(default)]
    pub(super) zeros: Zeros,
    /// What a text is that `assets` does not list.
    #[serde(default)]
    pub(super) unmapped: Unmapped,
    /// Statements: whether face amounts are wanted, beside numbers of units.
    #[serde(default)]
    pub(super) face_amounts: bool,
    /// Of the rows, those in which each of these columns has one of its texts.
    #[serde(default)]
    pub(super) keep: BTreeMap<String, Vec<String>>,
    /// Not those in which one of these columns has one of its texts.
    #[serde(default)]
    pub(super) skip: BTreeMap<String, Vec<String>>,
    /// Which columns are read.
    #[serde(default)]
    pub(super) columns: Columns,
    /// The asset of all rows, where no column has it.
    pub(super) asset: Option<String>,
    /// Columns that are quantities of an asset each: wide tables.
    #[serde(default)]
    pub(super) wide: BTreeMap<String, String>,
    /// When the positions were taken.
    pub(super) as_of: Option<AsOf>,
    /// What an asset has to add up to.
    #[serde(default)]
    pub(super) control: BTreeMap<String, Total>,
    /// The export's name of an asset to its identifier.
    #[serde(default)]
    pub(super) assets: BTreeMap<String, String>,
    /// Decimals by identifier.
    #[serde(default)]
    pub(super) decimals: BTreeMap<String, u32>,
}

/// The columns that are read. In JSON, fields of a row: `asset.symbol` is one within another; and
/// where `$key` is one, rows are the members of an object, with their names in `$key` and, if that
/// is a text or a number, what they are in `$value`.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Columns {
    /// The asset; of several columns, their texts with `/` between them, without those that have
    /// none.
    pub(super) asset: Option<Names>,
    /// Base units; several columns are added up.
    pub(super) amount: Option<Names>,
    /// Whole units; several columns are added up.
    pub(super) quantity: Option<Names>,
    /// Decimals of the row's asset.
    pub(super) decimals: Option<String>,
}

/// A column, or several.
#[derive(Deserialize, JsonSchema, Debug, Clone)]
#[serde(untagged)]
pub(super) enum Names {
    /// One.
    One(String),
    /// Several.
    Several(Vec<String>),
}

impl Names {
    pub(super) fn all(&self) -> &[String] {
        match self {
            Self::One(name) => slice::from_ref(name),
            Self::Several(names) => names,
        }
    }
}

/// What a file is.
#[derive(Deserialize, JsonSchema, Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// A table.
    #[serde(rename = "csv")]
    Csv,
    /// JSON.
    #[serde(rename = "json")]
    Json,
    /// ISO 20022: a custody statement of holdings.
    #[serde(rename = "semt.002")]
    Semt002,
    /// SWIFT: a statement of holdings.
    #[serde(rename = "mt535")]
    Mt535,
}

impl Format {
    /// In words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Csv => "CSV",
            Self::Json => "JSON",
            Self::Semt002 => "semt.002 (XML)",
            Self::Mt535 => "MT535",
        }
    }

    pub(super) fn is_statement(self) -> bool {
        matches!(self, Self::Semt002 | Self::Mt535)
    }
}

/// What becomes of more digits than an asset has.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Rounding {
    /// They are refused, unless they are zeros.
    #[default]
    Refused,
    /// Collateral is rounded down and debt up, so that nothing counts more than before.
    Safe,
}

/// What a number below 0 is.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Negative {
    /// It is refused.
    #[default]
    Refused,
    /// A liability, without its sign: one file has an account of each kind.
    Liability,
}

/// What becomes of rows whose number is 0.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Zeros {
    /// They are positions of 0.
    #[default]
    Read,
    /// They are skipped, and their assets need no name.
    Skipped,
}

/// What a text is that `assets` does not list.
#[derive(Deserialize, JsonSchema, Debug, Default, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub(super) enum Unmapped {
    /// Itself the asset's identifier.
    #[default]
    Identifier,
    /// It is refused: symbols are not identifiers.
    Refused,
}

impl Columns {
    fn all(&self) -> impl Iterator<Item = &str> {
        let lists = [&self.asset, &self.amount, &self.quantity];
        let listed = lists.into_iter().flatten().flat_map(Names::all);
        listed.chain(&self.decimals).map(String::as_str)
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

    /// With what an export's symbols stand for, over its own.
    pub(crate) fn with_assets(mut self, assets: Assets) -> Self {
        self.assets.extend(assets.names);
        self.decimals.extend(assets.decimals);
        self
    }

    /// The column of the numbers, where it is one.
    pub(super) fn only_number(&self) -> Option<&str> {
        let numbers = self
            .columns
            .amount
            .as_ref()
            .or(self.columns.quantity.as_ref())?;
        match numbers.all() {
            [only] => Some(only),
            _ => None,
        }
    }

    /// Decimals of an asset, where it has them.
    pub(crate) fn decimals_of(&self, asset: &str) -> Option<u32> {
        self.decimals.get(asset).copied()
    }

    /// That it says where assets and numbers are, once, and nothing that does not go together.
    fn check(&self) -> Result<(), Malformed> {
        let said = |what: &str, field: &str| Err(Malformed::said(what).field(field));
        match self.format {
            Some(format) if format.is_statement() => self.check_statement()?,
            _ if self.face_amounts => {
                return said(
                    "expected a format that is a statement beside it",
                    "face_amounts",
                );
            }
            _ => self.check_columns()?,
        }
        if self.header == Some(0) {
            return Err(Malformed::new("the number of a line, from 1", 0).field("header"));
        }
        if self.negative == Negative::Liability && !self.control.is_empty() {
            return said(
                "expected none where one file has accounts of both kinds",
                "control",
            );
        }
        self.as_of.as_ref().map_or(Ok(()), AsOf::check)?;
        self.convention().map(drop)
    }

    fn check_columns(&self) -> Result<(), Malformed> {
        let columns = &self.columns;
        let said = |what: &str, field: &str| Err(Malformed::said(what).field(field));
        let numbers: Vec<&Names> = columns.amount.iter().chain(&columns.quantity).collect();
        if !self.wide.is_empty() {
            let alone = columns.all().next().is_none() && self.asset.is_none();
            return match alone {
                true => Ok(()),
                false => said(
                    "expected no other columns of assets and numbers beside it",
                    "wide",
                ),
            };
        }
        let [number] = numbers.as_slice() else {
            return said(
                "expected either amount (base units) or quantity (whole units)",
                "columns",
            );
        };
        if columns.asset.is_some() == self.asset.is_some() {
            return said(
                "expected either a column asset or an asset of all rows",
                "columns",
            );
        }
        let named = columns.asset.iter().chain([*number]).map(Names::all);
        for names in named {
            let mut once = names.to_vec();
            once.sort_unstable();
            once.dedup();
            if names.is_empty() || once.len() != names.len() {
                return said("expected a column, or several different ones", "columns");
            }
        }
        if number.all().len() > 1 && self.negative == Negative::Liability {
            return said(
                "expected one column of numbers where those below 0 are liabilities",
                "negative",
            );
        }
        Ok(())
    }

    /// A statement has no columns, and its numbers are as its standard says.
    fn check_statement(&self) -> Result<(), Malformed> {
        let of_tables = [
            ("columns", self.columns.all().next().is_some()),
            ("asset", self.asset.is_some()),
            ("wide", !self.wide.is_empty()),
            ("rows", self.rows.is_some()),
            ("require", !self.require.is_empty()),
            ("keep", !self.keep.is_empty()),
            ("skip", !self.skip.is_empty()),
            ("as_of", self.as_of.is_some()),
            ("delimiter", self.delimiter.is_some()),
            ("header", self.header.is_some()),
            ("footer", self.footer > 0),
            ("decimal", self.decimal.is_some()),
            ("thousands", self.thousands.is_some()),
            ("exponents", self.exponents),
            ("unmapped", self.unmapped != Unmapped::default()),
        ];
        match of_tables.iter().find(|(_, there)| *there) {
            None => Ok(()),
            Some((field, _)) => Err(Malformed::said(
                "expected none: a statement is read as its standard says",
            )
            .field(field)),
        }
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
        let dated = self.as_of.iter().filter_map(AsOf::column);
        let mut all: Vec<&str> = self.columns.all().chain(named).chain(dated).collect();
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
                asset: Some(Names::One("asset".into())),
                amount: has("amount").map(Names::One),
                quantity: has("quantity").map(Names::One),
                decimals: has("decimals"),
            },
            ..Self::default()
        }
    }

    /// A statement, where no mapping says how to read it.
    pub(super) fn statement(format: Format) -> Self {
        Self {
            version: 2,
            format: Some(format),
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
