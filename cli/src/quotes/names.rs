//! What sources call the policy's assets: a CSV that says so, and the policy's symbols where a
//! source uses tickers and no two assets have the same. Nothing else is taken for a name.

use super::provider::Provider;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::positions::csv_error;
use crate::text;
use covenant_circuits::policy::{Asset, Policy};
use std::collections::BTreeMap;
use std::path::Path;

/// The column of an asset's ticker, where it is not the policy's symbol.
const TICKER: &str = "ticker";

/// Names by asset of the policy.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// By asset, by column; in the form in which a source's own are compared.
    names: BTreeMap<String, BTreeMap<&'static str, String>>,
    /// Assets of the file that the policy does not list.
    pub(super) ignored: Vec<String>,
}

impl Names {
    pub(super) fn read(path: &Path, policy: &Policy) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_PUBLIC)?;
        Self::of_csv(&text, policy).map_err(|e| Failure::of_file(path, e))
    }

    fn of_csv(text: &str, policy: &Policy) -> Result<Self, Malformed> {
        let lines = text::lines(text);
        let mut reader = csv::ReaderBuilder::new().from_reader(lines.as_bytes());
        let header = reader.headers().map_err(csv_error)?.clone();
        let columns = columns(&header).map_err(|e| e.line(1))?;
        let mut found = Self::default();
        for record in reader.records() {
            let record = record.map_err(csv_error)?;
            let line = record.position().map_or(0, csv::Position::line);
            found
                .add(policy, &columns, &record)
                .map_err(|e| e.line(line))?;
        }
        Ok(found)
    }

    fn add(
        &mut self,
        policy: &Policy,
        columns: &[Column],
        record: &csv::StringRecord,
    ) -> Result<(), Malformed> {
        let (mut asset, mut names) = ("", BTreeMap::new());
        for (column, cell) in columns.iter().zip(record) {
            let cell = cell.trim();
            match column {
                Column::Asset => asset = cell,
                _ if cell.is_empty() => {}
                Column::Ticker => {
                    names.insert(TICKER, cell.to_owned());
                }
                Column::Of(provider) => {
                    let column = provider.column();
                    let id = provider.id(cell).ok_or_else(|| {
                        let wrong = Malformed::new(provider.form(), format!("{cell:?}"));
                        wrong.field(column)
                    })?;
                    names.insert(column, id);
                }
            }
        }
        let Some(rule) = super::rule(policy, asset)? else {
            self.ignored.push(asset.to_owned());
            return Ok(());
        };
        match self.names.insert(rule.name.clone(), names) {
            None => Ok(()),
            Some(_) => {
                let twice = Malformed::new("each asset once", format!("{asset} again"));
                Err(twice.field("asset"))
            }
        }
    }

    /// What a provider calls an asset, as the file says.
    pub(super) fn id(&self, asset: &Asset, provider: Provider) -> Option<&str> {
        self.of(asset, provider.column())
    }

    /// The ticker of an asset: the file's, else the policy's symbol.
    pub(super) fn ticker<'a>(&'a self, asset: &'a Asset) -> &'a str {
        self.of(asset, TICKER).unwrap_or(&asset.symbol)
    }

    /// The same, where no other asset of the policy is called so.
    pub(super) fn own_ticker<'a>(&'a self, asset: &'a Asset, policy: &Policy) -> Option<&'a str> {
        let ticker = self.ticker(asset);
        let same = |other: &&Asset| self.ticker(other).eq_ignore_ascii_case(ticker);
        // A ticker of the file is meant for each asset that has it.
        let own = self.of(asset, TICKER).is_some();
        (own || policy.assets().iter().filter(same).count() == 1).then_some(ticker)
    }

    fn of(&self, asset: &Asset, column: &str) -> Option<&str> {
        self.names.get(&asset.name)?.get(column).map(String::as_str)
    }
}

/// A column of the file.
enum Column {
    Asset,
    Ticker,
    Of(Provider),
}

/// Every column of the file, each once and one of them the asset.
fn columns(header: &csv::StringRecord) -> Result<Vec<Column>, Malformed> {
    let providers = Provider::ALL.map(Provider::column).join(", ");
    let expected = format!("a column asset, and one or more of {TICKER}, {providers}");
    if !header.iter().any(|name| name == "asset") {
        // It may be another file, whose first line is not to be shown.
        return Err(Malformed::new(expected, "a first line without asset"));
    }
    let mut seen = Vec::new();
    for name in header {
        if seen.contains(&name) {
            return Err(Malformed::new(expected, format!("{name:?} twice")));
        }
        seen.push(name);
    }
    let column = |name: &str| match name {
        "asset" => Ok(Column::Asset),
        TICKER => Ok(Column::Ticker),
        name => {
            let found = Provider::ALL.into_iter().find(|p| p.column() == name);
            let unknown = || Malformed::new(&*expected, format!("{name:?}"));
            found.map(Column::Of).ok_or_else(unknown)
        }
    };
    header.iter().map(column).collect()
}
