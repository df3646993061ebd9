//! Mappings that come with the program, for platforms whose exports are documented in public.

use super::mapping::Mapping;
use crate::codes::Code;
use crate::outcome::Failure;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a mapping reads.
#[derive(Serialize, Deserialize, JsonSchema, Debug, Clone)]
#[serde(deny_unknown_fields)]
pub(crate) struct About {
    /// Whose export it is.
    pub(crate) platform: String,
    /// Which export, and how to get it.
    pub(crate) export: String,
    /// Where the export is documented.
    pub(crate) source: String,
    /// What is in the export and not in the positions, or not as it is there.
    pub(crate) loses: Vec<String>,
}

macro_rules! presets {
    ($($name:literal,)*) => {
        /// Names and texts, in the order of the names.
        const PRESETS: &[(&str, &str)] = &[
            $(($name, include_str!(concat!("../../presets/", $name, ".toml"))),)*
        ];
    };
}

presets! {
    "anchorage",
    "binance",
    "coinbase-prime",
    "copper",
    "fireblocks",
    "gate",
    "kraken",
    "kraken-extended",
    "mt535",
    "okx-funding",
    "okx-proof",
    "ripple-custody",
    "semt.002",
}

/// The preset of a name.
pub(crate) fn named(name: &str) -> Result<Mapping, Failure> {
    let Some((_, text)) = PRESETS.iter().find(|(known, _)| *known == name) else {
        let known: Vec<&str> = PRESETS.iter().map(|(known, _)| *known).collect();
        let said = format!(
            "--preset: expected one of {}, got {name:?}",
            known.join(", ")
        );
        return Err(Failure::new(Code::Usage, said));
    };
    Mapping::from_toml(text).map_err(|e| Failure::new(Code::Internal, format!("{name}: {e}")))
}

/// Every preset with what it reads.
pub(crate) fn all() -> Result<Vec<(&'static str, About)>, Failure> {
    let about = |(name, _): &(&'static str, &str)| {
        let about = named(name)?.about;
        let missing = || Failure::new(Code::Internal, format!("{name}: expected about"));
        Ok((*name, about.ok_or_else(missing)?))
    };
    PRESETS.iter().map(about).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use covenant_circuits::policy::check::check_asset_name;

    #[test]
    fn presets_are_sorted_and_say_what_they_read_and_lose() {
        assert!(PRESETS.is_sorted_by(|a, b| a.0 < b.0));
        for (name, about) in all().unwrap() {
            assert!(
                !about.platform.is_empty() && !about.export.is_empty(),
                "{name}"
            );
            assert!(
                about.source.starts_with("https://"),
                "{name}: {}",
                about.source
            );
            assert!(!about.loses.is_empty(), "{name}");
        }
    }

    #[test]
    fn symbols_stand_for_well_formed_assets_of_known_decimals() {
        for (name, _) in PRESETS {
            let mapping = named(name).unwrap();
            for (symbol, asset) in &mapping.assets {
                check_asset_name(asset).unwrap_or_else(|e| panic!("{name}, {symbol}: {e}"));
                assert!(mapping.decimals.contains_key(asset), "{name}: {asset}");
            }
        }
    }

    #[test]
    fn an_asset_has_the_same_decimals_in_every_preset() {
        let mut known = std::collections::BTreeMap::new();
        for (name, _) in PRESETS {
            for (asset, decimals) in named(name).unwrap().decimals {
                let before = *known.entry(asset.clone()).or_insert(decimals);
                assert_eq!(before, decimals, "{name}: {asset}");
            }
        }
    }
}
