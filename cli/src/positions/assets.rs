//! What an export's symbols stand for: CSV `symbol,asset,decimals`, merged over a mapping's own.

use super::csv_error;
use crate::files;
use crate::malformed::Malformed;
use crate::outcome::Failure;
use crate::text;
use std::collections::BTreeMap;
use std::path::Path;

/// Identifiers by symbol, and decimals by identifier.
#[derive(Debug, Default)]
pub(crate) struct Assets {
    pub(super) names: BTreeMap<String, String>,
    pub(super) decimals: BTreeMap<String, u32>,
}

impl Assets {
    pub(crate) fn read(path: &Path) -> Result<Self, Failure> {
        let text = files::read(path, files::MAX_PUBLIC)?;
        Self::of(&text).map_err(|e| Failure::of_file(path, e))
    }

    fn of(text: &str) -> Result<Self, Malformed> {
        let lines = text::lines(text);
        let mut reader = csv::ReaderBuilder::new()
            .trim(csv::Trim::All)
            .from_reader(lines.as_bytes());
        if reader.headers().map_err(csv_error)? != vec!["symbol", "asset", "decimals"] {
            // It may be a file of positions.
            let wrong = Malformed::new("the header symbol,asset,decimals", "another");
            return Err(wrong.line(1));
        }
        let mut assets = Self::default();
        for record in reader.records() {
            let record = record.map_err(csv_error)?;
            let line = record.position().map_or(0, csv::Position::line);
            let cell = |i| record.get(i).unwrap_or_default();
            assets
                .add(cell(0), cell(1), cell(2))
                .map_err(|e| e.line(line))?;
        }
        Ok(assets)
    }

    fn add(&mut self, symbol: &str, asset: &str, decimals: &str) -> Result<(), Malformed> {
        for (cell, column) in [(symbol, "symbol"), (asset, "asset")] {
            if cell.is_empty() {
                return Err(Malformed::new("a text", "nothing").field(column));
            }
        }
        if self.names.insert(symbol.into(), asset.into()).is_some() {
            let wrong = Malformed::new("each symbol once", format!("{symbol:?} twice"));
            return Err(wrong.field("symbol"));
        }
        if decimals.is_empty() {
            return Ok(());
        }
        let number = decimals.parse().ok().filter(|n| *n <= 36);
        let number = number.ok_or_else(|| {
            Malformed::new("0 to 36, or nothing", text::describe(decimals)).field("decimals")
        })?;
        match self.decimals.insert(asset.into(), number) {
            Some(before) if before != number => Err(Malformed::new(
                format!("{before}, as in a line before for the same asset"),
                number,
            )
            .field("decimals")),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_symbol_stands_for_one_asset() {
        let assets =
            Assets::of("symbol,asset,decimals\r\nUSDC,AAA,6\r\nUSDC.e,AAA,\nT,B,0\n").unwrap();
        assert_eq!(assets.names.len(), 3);
        assert_eq!(assets.decimals["AAA"], 6);
        for (text, expected) in [
            ("symbol,asset\nA,B\n", "line 1"),
            ("A,B,1\n", "line 1"),
            (
                "symbol,asset,decimals\nA,B,1\nA,C,1\n",
                "line 3, column symbol",
            ),
            (
                "symbol,asset,decimals\nA,B,1\nC,B,2\n",
                "line 3, column decimals",
            ),
            ("symbol,asset,decimals\nA,B,37\n", "line 2, column decimals"),
            ("symbol,asset,decimals\nA,,1\n", "line 2, column asset"),
            ("symbol,asset,decimals\n,B,1\n", "line 2, column symbol"),
            ("symbol,asset,decimals\nA,B\n", "expected 3 columns, got 2"),
        ] {
            let error = Assets::of(text).unwrap_err().to_string();
            assert!(error.contains(expected), "{error}");
        }
    }
}
