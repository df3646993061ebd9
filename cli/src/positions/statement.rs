//! Statements of holdings as custodians send them: what semt.002 and MT535 have in common. Each
//! holding becomes a row with an ISIN and a quantity.

use super::as_of::Taken;
use super::mapping::{Columns, Format, Mapping, Names};
use super::rows::{Place, Row};
use super::{mt535, semt002};
use crate::malformed::Malformed;
use covenant_circuits::policy::check::check_asset_name;
use std::collections::BTreeMap;

/// The columns of the rows.
const ISIN: &str = "isin";
const QUANTITY: &str = "quantity";

/// What a statement says.
#[derive(Default)]
pub(super) struct Statement {
    pub(super) holdings: Vec<Holding>,
    pub(super) as_of: Option<Taken>,
}

/// A holding of a statement.
pub(super) struct Holding {
    pub(super) place: Place,
    pub(super) isin: String,
    /// A decimal number, `-` before it where it is short.
    pub(super) number: String,
    pub(super) counted: Counted,
}

/// What a number of a statement counts.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Counted {
    /// Shares and the like.
    Units,
    /// What is to be paid back, in the currency of the security.
    FaceAmount,
}

impl Counted {
    fn name(self) -> &'static str {
        match self {
            Self::Units => "a number of units",
            Self::FaceAmount => "a face amount",
        }
    }
}

/// What a file is, if it is a statement.
pub(super) fn format(text: &str) -> Option<Format> {
    let text = text.trim_start();
    if text.starts_with('<') {
        return Some(Format::Semt002);
    }
    let is_swift = text.starts_with("{1:") || text.starts_with(":16R:");
    is_swift.then_some(Format::Mt535)
}

/// The rows of a statement, and the mapping that reads them.
pub(super) fn rows(
    text: &str,
    format: Format,
    mapping: Option<&Mapping>,
) -> Result<(Vec<Row>, Mapping, Option<Taken>), Malformed> {
    let mut mapping = mapping
        .cloned()
        .unwrap_or_else(|| Mapping::statement(format));
    let statement = match format {
        Format::Semt002 => semt002::read(text)?,
        _ => mt535::read(text)?,
    };
    let mut counted = BTreeMap::new();
    let mut rows = Vec::new();
    for holding in statement.holdings {
        let row = row(&holding);
        check(&holding, mapping.face_amounts, &mut counted).map_err(|e| row.at(e))?;
        // What no mapping names otherwise is called by its ISIN.
        let own = format!("isin:{}", holding.isin);
        mapping.assets.entry(holding.isin).or_insert(own);
        rows.push(row);
    }
    mapping.columns = Columns {
        asset: Some(Names::One(ISIN.into())),
        quantity: Some(Names::One(QUANTITY.into())),
        ..Columns::default()
    };
    Ok((rows, mapping, statement.as_of))
}

fn row(holding: &Holding) -> Row {
    let cells = [(ISIN, &holding.isin), (QUANTITY, &holding.number)];
    let cells = cells.map(|(column, text)| (column.to_owned(), text.clone()));
    Row::new(holding.place.clone(), cells.into())
}

/// That the ISIN is one, and that the number counts what is wanted and what the ISIN's other
/// holdings count.
fn check(
    holding: &Holding,
    face_amounts: bool,
    counted: &mut BTreeMap<String, Counted>,
) -> Result<(), Malformed> {
    let (isin, own) = (&holding.isin, holding.counted);
    check_asset_name(&format!("isin:{isin}"))
        .map_err(|e| Malformed::said(e.to_string()).field("ISIN"))?;
    if own == Counted::FaceAmount && !face_amounts {
        let expected = "a number of units (face_amounts = true in a mapping reads face amounts)";
        return Err(Malformed::new(expected, own.name()).field(isin));
    }
    match counted.insert(isin.clone(), own) {
        Some(before) if before != own => {
            let expected = format!("{}, as before", before.name());
            Err(Malformed::new(expected, own.name()).field(isin))
        }
        _ => Ok(()),
    }
}
