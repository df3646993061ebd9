//! What an asset has to add up to, as a mapping or its file says.

use super::mapping::Mapping;
use super::rows::Document;
use crate::malformed::Malformed;
use schemars::JsonSchema;
use serde::Deserialize;
use std::fmt;

/// A total in whole units, or where it is.
#[derive(Deserialize, JsonSchema, Clone)]
#[serde(untagged)]
pub(super) enum Total {
    /// Whole units.
    Quantity(String),
    /// JSON: a field of the document.
    Path {
        /// Such as `data.total`.
        path: String,
    },
}

/// Without the quantity, which is secret.
impl fmt::Debug for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quantity(_) => f.write_str("Quantity"),
            Self::Path { path } => write!(f, "Path({path:?})"),
        }
    }
}

/// Assets and their totals in whole units. Secret.
pub(super) fn totals(
    mapping: &Mapping,
    document: Option<&Document>,
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
        };
        Ok((asset.clone(), quantity))
    };
    mapping.control.iter().map(total).collect()
}
