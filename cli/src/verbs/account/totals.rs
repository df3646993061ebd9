//! What was read, for the owner of the secret: totals of each asset, and what they have to be.

use crate::codes::Code;
use crate::outcome::Failure;
use crate::positions::Read;
use crate::table::table as lines;
use crate::text;
use clap::ValueEnum;
use covenant_circuits::account::Position;
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::Path;
use std::str::FromStr;

/// When secret totals are shown.
#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub(crate) enum Show {
    /// On a terminal, so that no log keeps them
    #[default]
    Auto,
    /// Wherever the output goes
    Always,
    /// Not at all
    Never,
}

impl Show {
    /// Whether they are shown where this process writes to.
    pub(crate) fn now(self) -> bool {
        match self {
            Self::Auto => std::io::stdout().is_terminal(),
            Self::Always => true,
            Self::Never => false,
        }
    }
}

/// What an asset has to add up to: `ASSET=QUANTITY`.
#[derive(Clone)]
pub(crate) struct Control {
    asset: String,
    quantity: String,
}

/// Without the quantity, which is secret.
impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Control")
            .field("asset", &self.asset)
            .finish_non_exhaustive()
    }
}

impl FromStr for Control {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text.rsplit_once('=') {
            Some((asset, quantity)) if !asset.is_empty() => Ok(Self {
                asset: asset.into(),
                quantity: quantity.into(),
            }),
            _ => Err(
                "expected an asset and its total in whole units, such as iso4217:USD=1250.75"
                    .into(),
            ),
        }
    }
}

/// Base units and rows of each asset, by name.
fn sums(positions: &[Position]) -> BTreeMap<&str, (BigUint, usize)> {
    let mut sums: BTreeMap<&str, (BigUint, usize)> = BTreeMap::new();
    for position in positions {
        let (sum, rows) = sums.entry(&position.asset).or_default();
        *sum += position.amount.get();
        *rows += 1;
    }
    sums
}

/// Whether each asset adds up to what it has to, by the command line and by the file itself.
pub(crate) fn check(path: &Path, read: &Read, controls: &[Control]) -> Result<(), Failure> {
    let sums = sums(&read.positions);
    let by_hand = controls.iter().map(|c| (&c.asset, &c.quantity, true));
    let by_file = read
        .control
        .iter()
        .map(|(asset, total)| (asset, total, false));
    for (asset, quantity, is_option) in by_hand.chain(by_file) {
        let wrong = |what: &str| {
            Err(Failure::in_file(
                path,
                Code::Malformed,
                format!("{asset}: {what}"),
            ))
        };
        let Some((sum, rows)) = sums.get(asset.as_str()) else {
            return wrong("expected positions that add up to the control total, got none");
        };
        let Some(decimals) = read.decimals.get(asset) else {
            return wrong(
                "expected decimals for its control total, got none in the file, the mapping or a policy",
            );
        };
        let control = text::scaled(quantity, *decimals).map_err(|e| match is_option {
            true => Failure::new(Code::Usage, format!("--control {asset}: {e}")),
            false => Failure::of_file(path, e.field(&format!("control total of {asset}"))),
        })?;
        if *sum != BigUint::from(control) {
            let than = if *sum < BigUint::from(control) {
                "less"
            } else {
                "more"
            };
            return wrong(&format!(
                "expected its {rows} positions to add up to the control total, got {than}"
            ));
        }
    }
    Ok(())
}

/// That an export has of each asset what an opening has.
pub(crate) fn compare(
    path: &Path,
    export: &[Position],
    opening: &[Position],
) -> Result<(), Failure> {
    let (export, opening) = (sums(export), sums(opening));
    let total = |of: &BTreeMap<&str, (BigUint, usize)>, asset: &str| {
        of.get(asset).map_or(BigUint::ZERO, |(sum, _)| sum.clone())
    };
    for asset in export.keys().chain(opening.keys()) {
        let than = match total(&export, asset).cmp(&total(&opening, asset)) {
            Ordering::Equal => continue,
            Ordering::Less => "less",
            Ordering::Greater => "more",
        };
        let said =
            format!("{asset}: expected what the opening has of it, got {than}; nothing was signed");
        let failure = Failure::in_file(path, Code::AccountDiffers, said);
        return Err(failure.with(|out| out.at(*asset)));
    }
    Ok(())
}

/// What an asset adds up to. Secret.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Total {
    /// Its name.
    asset: String,
    /// How many positions it has.
    positions: usize,
    /// Their sum, exact.
    total: String,
    /// What the sum is in.
    unit: Unit,
    #[serde(skip)]
    shown: String,
}

/// What a total is in.
#[derive(Serialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
enum Unit {
    /// Whole units.
    Whole,
    /// Base units: its decimals are not known.
    Base,
}

/// Totals of each asset, in whole units where its decimals are known. Secret.
pub(crate) fn totals(positions: &[Position], decimals: impl Fn(&str) -> Option<u32>) -> Vec<Total> {
    let total = |(asset, (sum, positions)): (&str, (BigUint, usize))| {
        let (places, unit) = match decimals(asset) {
            Some(decimals) => (decimals as usize, Unit::Whole),
            None => (0, Unit::Base),
        };
        Total {
            asset: asset.to_owned(),
            positions,
            total: text::plain(sum.clone(), places),
            unit,
            shown: text::exact(sum, places),
        }
    };
    sums(positions).into_iter().map(total).collect()
}

/// Totals of each asset as a table. Secret.
pub(crate) fn table(positions: &[Position], decimals: impl Fn(&str) -> Option<u32>) -> String {
    table_of(&totals(positions, decimals))
}

/// The same of totals.
pub(crate) fn table_of(totals: &[Total]) -> String {
    let mut table = lines(["asset", "positions", "total", "unit"], 1..3);
    for total in totals {
        let unit = match total.unit {
            Unit::Whole => "whole",
            Unit::Base => "base",
        };
        table.add_row([
            total.asset.clone(),
            total.positions.to_string(),
            total.shown.clone(),
            unit.to_owned(),
        ]);
    }
    table.to_string()
}
