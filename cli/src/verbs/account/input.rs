//! A file of positions as `account commit` and `account read` take it.

use super::totals::{self, Control};
use crate::codes::Code;
use crate::outcome::Failure;
use crate::positions::{self, Assets, Mapping, Read, presets};
use clap::Args;
use covenant_circuits::account::{Kind, Position};
use covenant_circuits::policy::Policy;
use std::path::{Path, PathBuf};

/// How a file is read that is not of our own format.
#[derive(Args, Debug)]
pub(super) struct How {
    /// How to read a custody platform's export: TOML
    #[arg(long, value_name = "FILE", conflicts_with = "preset")]
    mapping: Option<PathBuf>,
    /// The same for a platform that this program knows: see `account presets`
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// What the export's symbols stand for, over the mapping's own: CSV `symbol,asset,decimals`
    #[arg(long, value_name = "FILE")]
    assets: Option<PathBuf>,
}

impl How {
    /// The mapping, if there is one.
    pub(super) fn mapping(&self) -> Result<Option<Mapping>, Failure> {
        let mapping = match (&self.mapping, &self.preset) {
            (Some(path), _) => Mapping::read(path)?,
            (None, Some(name)) => presets::named(name)?,
            (None, None) if self.assets.is_some() => {
                let said = "--assets: expected --mapping or --preset beside it, got neither";
                return Err(Failure::new(Code::Usage, said));
            }
            (None, None) => return Ok(None),
        };
        Ok(Some(match &self.assets {
            Some(path) => mapping.with_assets(Assets::read(path)?),
            None => mapping,
        }))
    }

    /// The positions of a file that add up to what they have to, by the command line and by the
    /// file itself.
    pub(super) fn read(
        &self,
        path: &Path,
        kind: Kind,
        policy: Option<&Policy>,
        controls: &[Control],
    ) -> Result<Read, Failure> {
        let mapping = self.mapping()?;
        let read = positions::read(path, kind, policy, mapping.as_ref())?;
        totals::check(path, &read, controls)?;
        Ok(read)
    }
}

/// What is allowed of positions under a policy and probably not meant.
pub(super) fn unlisted(policy: Option<&Policy>, kind: Kind, positions: &[Position]) -> Vec<String> {
    let Some(policy) = policy else {
        return Vec::new();
    };
    let told = positions.iter().filter_map(|p| {
        let rule = policy.assets().iter().find(|a| a.id == p.id);
        let what = match (kind, rule) {
            (Kind::Collateral, None) if policy.complete() => {
                "is not in the policy, which is complete: no claim with this account can be proved"
            }
            (Kind::Collateral, None) => "is not in the policy: it will count for nothing",
            (Kind::Liability, None) => {
                "is not in the policy: no claim with this account can be proved"
            }
            (Kind::Liability, Some(rule)) if !rule.may_owe => {
                "may not be owed under the policy: no claim with this account can be proved"
            }
            _ => return None,
        };
        Some(format!("{} {what}", p.asset))
    });
    told.collect()
}
