//! What an asset has to add up to, as a mapping or its file says.

use super::mapping::Mapping;
use super::rows::{Document, Footer};
use crate::malformed::Malformed;
use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt;

/// A total in whole units, or where it is.
#[derive(Deserialize, JsonSchema, Clone)]
#[serde(untagged, deny_unknown_fields)]
pub(super) enum Total {
    /// Whole units.
    Quantity(String),
    /// JSON: a field of the document.
    Path {
        /// Such as `data.total`.
        path: String,
    },
    /// CSV: a cell of the rows at the end that `footer` skips.
    Footer {
        /// Which of them, from 1.
        footer: usize,
        /// The column, where it is not the one of the numbers.
        column: Option<String>,
    },
}

/// Without the quantity, which is secret.
impl fmt::Debug for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(_) => f.write_str("Quantity"),
            Self::Path { path } => write!(f, "Path({path:?})"),
            Self::Footer { footer, column } => write!(f, "Footer({footer}, {column:?})"),
        }
    }
}

/// Assets and their totals in whole units. Secret.
pub(super) fn totals(
    mapping: &Mapping,
    document: Option<&Document>,
    footer: Option<&Footer>,
) -> Result<Vec<(String, String)>, Malformed> {
    let total = |(asset, total): (&String, &Total)| {
        let quantity = match total {
            Total::Quantity(quantity) => quantity.clone(),
            Total::Path { path } => {
                let document = document.ok_or_else(|| {
                    Malformed::said("expected a quantity: only JSON has paths").field("control")
                })?;
                let written = document.text(path)?;
                let written = written.ok_or_else(|| {
                    Malformed::new(format!("the total of {asset}"), "nothing").field(path)
                })?;
                let plain = mapping.convention()?.plain(&written);
                plain.map_err(|e| e.field(path))?
            }
            Total::Footer {
                footer: row,
                column,
            } => {
                let footer = footer.ok_or_else(|| {
                    Malformed::said("expected a quantity or a path: only CSV has a footer")
                        .field("control")
                })?;
                let column = column.as_deref().or(mapping.only_number());
                let column = column.ok_or_else(|| {
                    Malformed::new("the column of the total", "none").field("control")
                })?;
                let (line, written) = footer.text(*row, column)?;
                let plain = mapping.convention()?.plain(written.trim());
                plain.map_err(|e| e.field(column).line(line))?
            }
        };
        Ok((asset.clone(), quantity))
    };
    mapping.control.iter().map(total).collect()
}
