//! From rows to positions: which asset, how many base units, of which kind of account.

use super::mapping::{Mapping, Names, Rounding, Unmapped, Zeros, signed};
use super::{Read, Row, Skipped, Why};
use crate::malformed::Malformed;
use crate::text;
use covenant_circuits::account::{Kind, Position};
use covenant_circuits::json;
use covenant_circuits::numbers::Amount;
use covenant_circuits::policy::Policy;

/// A position of a file, and the decimals of its asset where they are known.
pub(super) type Known = (Position, Option<u32>);

/// What numbers are in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Base,
    Whole,
}

/// Where decimals come from, beside a column, and which kind of account is read.
pub(super) struct Units<'a> {
    pub(super) policy: Option<&'a Policy>,
    pub(super) mapping: Option<&'a Mapping>,
    pub(super) kind: Kind,
}

/// What a row, or a cell of a wide table, comes to.
enum Found {
    Position(Known),
    Skipped(Why),
    /// A symbol that stands for no known asset.
    Unmapped(String),
}

impl Unit {
    fn column(self) -> &'static str {
        match self {
            Self::Base => "amount",
            Self::Whole => "quantity",
        }
    }
}

impl Units<'_> {
    fn decimals(&self, asset: &str, column: Option<u32>) -> Result<u32, Malformed> {
        let policy = self.policy.and_then(|p| {
            let found = p.assets().iter().find(|a| a.name == asset);
            found.map(|a| a.decimals)
        });
        let mapped = self.mapping.and_then(|m| m.decimals_of(asset));
        let wrong = match (column.or(mapped), policy) {
            (Some(own), Some(policy)) if own != policy => {
                Malformed::new(format!("the policy's {policy}"), own)
            }
            (Some(decimals), _) | (None, Some(decimals)) if decimals <= 36 => return Ok(decimals),
            (None, None) => {
                Malformed::new("a decimals column or a policy that lists it", "neither")
            }
            _ => Malformed::new("at most 36", "more"),
        };
        Err(wrong.field(&format!("decimals of {asset}")))
    }

    /// A position, and the decimals of its asset where the file or the policy has them. Several
    /// numbers are added up.
    pub(super) fn position(
        &self,
        asset: &str,
        numbers: &[&str],
        unit: Unit,
        decimals: Option<u32>,
    ) -> Result<Known, Malformed> {
        let mut sum: u128 = 0;
        for number in numbers {
            let units = self.base_units(asset, number, unit, decimals)?;
            sum = sum.saturating_add(units);
        }
        let amount = Amount::new(sum)
            .map_err(|_| Malformed::new("less than 2^112 base units", "more").field("amount"))?;
        let position = Position::new(asset, amount)
            .map_err(|e| Malformed::said(e.to_string()).field("asset"))?;
        Ok((position, self.decimals(asset, decimals).ok()))
    }

    fn base_units(
        &self,
        asset: &str,
        number: &str,
        unit: Unit,
        decimals: Option<u32>,
    ) -> Result<u128, Malformed> {
        if unit == Unit::Base {
            return json::decimal::parse(number).ok_or_else(|| {
                Malformed::new(
                    "a whole number of base units, without sign or leading zeros",
                    text::describe(number),
                )
                .field("amount")
            });
        }
        let decimals = self.decimals(asset, decimals)?;
        let up = match self.mapping.map(|m| m.rounding) {
            Some(Rounding::Safe) => Some(self.kind == Kind::Liability),
            _ => None,
        };
        text::rounded(number, decimals, up).map_err(|e| e.field("quantity"))
    }

    /// The positions of an export's rows, for one kind of account.
    pub(super) fn read(&self, rows: &[Row]) -> Result<Read, Malformed> {
        let none = Mapping::default();
        let mapping = self.mapping.unwrap_or(&none);
        let mut read = Read::default();
        let mut unmapped: Vec<String> = Vec::new();
        for row in rows {
            let text = |column: &str| row.cell(column).unwrap_or_default().to_owned();
            if !mapping.reads(text) {
                read.skip(row, Why::Filter);
                continue;
            }
            if let Some(place) = &mapping.as_of {
                place.of_row(row, &mut read.as_of).map_err(|e| row.at(e))?;
            }
            for found in self.found(mapping, row).map_err(|e| row.at(e))? {
                match found {
                    Found::Position(known) => read.extend([known]),
                    Found::Skipped(why) => read.skip(row, why),
                    Found::Unmapped(symbol) => {
                        unmapped.push(format!("{} ({})", shown(&symbol), row.place()));
                    }
                }
            }
        }
        match unmapped.is_empty() {
            true => Ok(read),
            false => Err(not_mapped(&unmapped)),
        }
    }

    /// What a row comes to: one position, or in a wide table one for each cell that is not empty.
    fn found(&self, mapping: &Mapping, row: &Row) -> Result<Vec<Found>, Malformed> {
        if mapping.wide.is_empty() {
            return self.of_columns(mapping, row).map(|found| vec![found]);
        }
        let mut found = Vec::new();
        for (column, asset) in &mapping.wide {
            if let Some(number) = row.cell(column).filter(|number| !number.is_empty()) {
                let one = self.one(mapping, asset, &[number], Unit::Whole, None);
                found.push(one.map_err(|e| e.field(column))?);
            }
        }
        if found.is_empty() {
            found.push(Found::Skipped(Why::Empty));
        }
        Ok(found)
    }

    fn of_columns(&self, mapping: &Mapping, row: &Row) -> Result<Found, Malformed> {
        let columns = &mapping.columns;
        let name = match (&columns.asset, &mapping.asset) {
            (Some(names), _) => joined(row, names)?,
            (None, asset) => asset.clone().unwrap_or_default(),
        };
        let (numbers, unit) = match (&columns.amount, &columns.quantity) {
            (Some(names), _) => (names, Unit::Base),
            (None, Some(names)) => (names, Unit::Whole),
            _ => return Err(Malformed::said("expected either an amount or a quantity")),
        };
        let numbers = numbers.all().iter().map(|column| present(row, column));
        let numbers = numbers.collect::<Result<Vec<_>, _>>()?;
        let decimals = columns.decimals.as_deref();
        let decimals =
            match decimals.and_then(|column| row.cell(column)) {
                None | Some("") => None,
                Some(text) => Some(text.parse().map_err(|_| {
                    Malformed::new("0 to 36", text::describe(text)).field("decimals")
                })?),
            };
        self.one(mapping, &name, &numbers, unit, decimals)
    }

    /// A position, where the numbers are of this kind of account.
    fn one(
        &self,
        mapping: &Mapping,
        name: &str,
        numbers: &[&str],
        unit: Unit,
        decimals: Option<u32>,
    ) -> Result<Found, Malformed> {
        let convention = mapping.convention()?;
        let mut plain = Vec::new();
        let mut kind = None;
        for number in numbers {
            let (number, own) = signed(number, mapping.negative);
            kind = own;
            let number = convention.plain(number);
            plain.push(number.map_err(|e| e.field(unit.column()))?);
        }
        let plain: Vec<&str> = plain.iter().map(String::as_str).collect();
        if mapping.zeros == Zeros::Skipped && plain.iter().all(|number| is_zero(number)) {
            return Ok(Found::Skipped(Why::Zero));
        }
        let asset = match (mapping.assets.get(name), mapping.unmapped) {
            (Some(asset), _) => asset,
            (None, Unmapped::Identifier) => name,
            (None, Unmapped::Refused) => return Ok(Found::Unmapped(name.to_owned())),
        };
        if kind.is_some_and(|kind| kind != self.kind) {
            return Ok(Found::Skipped(Why::OtherKind));
        }
        self.position(asset, &plain, unit, decimals)
            .map(Found::Position)
    }
}

impl Read {
    fn skip(&mut self, row: &Row, why: Why) {
        let place = row.place();
        self.skipped.push(Skipped { place, why });
    }
}

/// The texts of columns with `/` between them. The first has to be there.
fn joined(row: &Row, names: &Names) -> Result<String, Malformed> {
    let [first, more @ ..] = names.all() else {
        return Ok(String::new());
    };
    let more = more.iter().filter_map(|column| row.cell(column));
    let all = std::iter::once(present(row, first)?).chain(more);
    let all: Vec<&str> = all.filter(|text| !text.is_empty()).collect();
    Ok(all.join("/"))
}

/// The cell of a column that a row has to have.
fn present<'a>(row: &'a Row, column: &str) -> Result<&'a str, Malformed> {
    row.cell(column)
        .ok_or_else(|| Malformed::new("a text or a number", "nothing").field(column))
}

fn is_zero(number: &str) -> bool {
    text::scaled(number, 0) == Ok(0)
}

/// A symbol; not what may be an amount in its place.
fn shown(symbol: &str) -> String {
    match symbol.chars().any(char::is_alphabetic) {
        true => format!("{:?}", symbol.chars().take(40).collect::<String>()),
        false => text::describe(symbol),
    }
}

/// The most symbols that an error lists.
const LISTED: usize = 20;

fn not_mapped(symbols: &[String]) -> Malformed {
    let mut got = symbols
        .iter()
        .take(LISTED)
        .cloned()
        .collect::<Vec<_>>()
        .join(", ");
    if let Some(more) = symbols.len().checked_sub(LISTED).filter(|more| *more > 0) {
        got.push_str(&format!(" and {more} more"));
    }
    let expected = "symbols that the mapping lists, or a file of symbol,asset,decimals with --assets that says which assets they are";
    Malformed::new(expected, got)
}
