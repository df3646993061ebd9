//! `policy check`: what a policy is refused for that the statement would not notice, and what is
//! probably a slip (docs/spec.md, section 5). A relying party takes no policy that is refused.

mod names;
mod shares;

pub use names::{AssetNameError, check_asset_name};

use super::Policy;
use crate::ident::{LeiError, check_lei, hashed_form};
use crate::numbers::ONE_IN_BPS;
use std::collections::BTreeSet;
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// What shares are of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Basis {
    /// What counts, in any scenario.
    Counted,
    /// What is held, at base prices and without weights.
    Held,
}

impl fmt::Display for Basis {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::Counted => "counted",
            Self::Held => "held",
        })
    }
}

/// Why a policy is refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// An asset's name.
    #[error("assets[{index}].asset: {error}")]
    AssetName {
        /// 0-based, in the order of the document.
        index: usize,
        /// What is wrong with it.
        error: AssetNameError,
    },
    /// An LEI, whatever it is the name of.
    #[error("{field}: {error}")]
    Lei {
        /// Where, such as `name` or `groups[0].name`.
        field: String,
        /// What is wrong with it.
        error: LeiError,
    },
    /// Two names that people read as one.
    #[error("{field}: {first:?} and {second:?} are two spellings of one name")]
    Alike {
        /// `assets`, `groups` or `scenarios`.
        field: &'static str,
        /// One.
        first: String,
        /// The other.
        second: String,
    },
    /// Smallest shares that cannot all be met.
    #[error(
        "groups: no asset is in two of {groups:?}, and their smallest {basis} shares are together {got} basis points: expected at most 10000"
    )]
    Floors {
        /// Of what.
        basis: Basis,
        /// Their names.
        groups: Vec<String>,
        /// The sum.
        got: u32,
    },
    /// An asset that counts for nothing can be held without bound, so that every other asset's held
    /// share is as small as one likes.
    #[error(
        "assets[{index}]: {asset} counts for nothing, so holding it dilutes the policy's largest held shares: give it a max_held_share_bps of at most {MOST_WORTHLESS}"
    )]
    Dilution {
        /// 0-based, in the order of the document.
        index: usize,
        /// Its name.
        asset: String,
    },
}

/// What is probably a slip.
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum Warning {
    /// A smallest ratio below 100 %.
    LowRatio {
        /// The scenario's name; `None` for the base.
        scenario: Option<String>,
        /// In basis points.
        bps: u32,
    },
    /// A weight below 10 %, also of a tier that counts for nothing.
    LowWeight {
        /// The asset's name.
        asset: String,
        /// In basis points.
        bps: u32,
    },
    /// A move upwards, where stress is meant.
    UpwardMove {
        /// The scenario's name.
        scenario: String,
        /// The asset's name.
        asset: String,
        /// In basis points.
        bps: i64,
    },
    /// Largest shares that add up to less than all, or less than a smallest one, so that only
    /// nothing keeps them.
    NothingFits {
        /// Of what.
        basis: Basis,
        /// What they add up to, in basis points.
        most: u32,
    },
    /// A group that no asset belongs to.
    EmptyGroup {
        /// Its name.
        group: String,
    },
    /// A reported group of several assets: daily reports at a fine grain are equations that solve
    /// for its holdings.
    ReportOfSeveral {
        /// Its name.
        group: String,
        /// How many.
        assets: usize,
    },
    /// A quote currency that is no asset's name.
    Quote {
        /// What is wrong with it.
        error: AssetNameError,
    },
}

/// Largest held share, in basis points, of an asset that counts for nothing where held shares are
/// capped.
pub const MOST_WORTHLESS: u16 = 100;
const LOW_WEIGHT: u32 = 1_000;

/// Checks a policy as `policy check` does.
///
/// # Errors
/// Everything that it is refused for; at least one.
pub fn check(policy: &Policy) -> Result<Vec<Warning>, Vec<Refusal>> {
    let refusals: Vec<Refusal> = malformed_names(policy)
        .chain(wrong_leis(policy))
        .chain(alike(policy))
        .chain(shares::floors(policy))
        .chain(dilution(policy))
        .collect();
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(slips(policy).chain(shares::nothing_fits(policy)).collect())
}

fn malformed_names(policy: &Policy) -> impl Iterator<Item = Refusal> {
    let assets = policy.document().assets.iter().enumerate();
    assets.filter_map(|(index, rule)| {
        let error = check_asset_name(&rule.asset).err()?;
        Some(Refusal::AssetName { index, error })
    })
}

/// Every name of the document that begins as an LEI; moves name assets of the list.
fn wrong_leis(policy: &Policy) -> impl Iterator<Item = Refusal> {
    let document = policy.document();
    let mut names = vec![
        ("name".to_owned(), &document.name),
        ("quote".to_owned(), &document.quote),
    ];
    for (i, rule) in document.assets.iter().enumerate() {
        names.push((format!("assets[{i}].asset"), &rule.asset));
        names.push((format!("assets[{i}].symbol"), &rule.symbol));
    }
    let groups = document.groups().iter().enumerate();
    names.extend(groups.map(|(i, rule)| (format!("groups[{i}].name"), &rule.name)));
    let scenarios = document.scenarios().iter().enumerate();
    names.extend(scenarios.map(|(i, rule)| (format!("scenarios[{i}].name"), &rule.name)));
    names.into_iter().filter_map(|(field, name)| {
        let error = check_lei(name).err()?;
        Some(Refusal::Lei { field, error })
    })
}

/// Different texts for one name. Asset names are ASCII where they are well formed, so that only
/// capitals can make two of one: between an asset and a scenario's move, since [`Policy::new`]
/// refuses an asset twice.
fn alike(policy: &Policy) -> impl Iterator<Item = Refusal> {
    type Form = fn(&str) -> String;
    let document = policy.document();
    let moved = document.scenarios().iter().flat_map(|s| s.moves_bps());
    let listed = document.assets.iter().map(|a| a.asset.as_str());
    let assets: BTreeSet<&str> = listed.chain(moved.map(|(asset, _)| asset)).collect();
    let groups = document.groups().iter().map(|g| g.name.as_str());
    let scenarios = document.scenarios().iter().map(|s| s.name.as_str());
    let (hashed, unicode): (Form, Form) = (
        |name| hashed_form(name).into_owned(),
        |name| name.nfkc().collect(),
    );
    let lists: [(_, Vec<&str>, Form); 3] = [
        ("assets", assets.into_iter().collect(), hashed),
        ("groups", groups.collect(), unicode),
        ("scenarios", scenarios.collect(), unicode),
    ];
    lists.into_iter().flat_map(|(field, names, form)| {
        let forms: Vec<String> = names.iter().map(|name| form(name)).collect();
        let mut refusals = Vec::new();
        for (i, (first, form)) in names.iter().zip(&forms).enumerate() {
            let later = names.iter().zip(&forms).skip(i + 1);
            refusals.extend(
                later
                    .filter(|(_, f)| *f == form)
                    .map(|(second, _)| Refusal::Alike {
                        field,
                        first: (*first).into(),
                        second: (*second).into(),
                    }),
            );
        }
        refusals
    })
}

fn dilution(policy: &Policy) -> impl Iterator<Item = Refusal> {
    let document = policy.document();
    let assets = document.assets.iter().map(|a| a.max_held_share_bps());
    let groups = document.groups().iter().map(|g| g.max_held_share_bps());
    let capped = assets.chain(groups).any(|cap| cap < ONE_IN_BPS);
    let rules = document.assets.iter().enumerate();
    rules.filter_map(move |(index, rule)| {
        let worthless = rule.tiers.first().is_some_and(|tier| tier.weight_bps == 0);
        let free = rule.max_held_share_bps() > MOST_WORTHLESS.into();
        (capped && worthless && free).then(|| Refusal::Dilution {
            index,
            asset: rule.asset.clone(),
        })
    })
}

fn slips(policy: &Policy) -> impl Iterator<Item = Warning> {
    let document = policy.document();
    let mut slips = Vec::new();
    if let Err(error) = check_asset_name(&document.quote) {
        slips.push(Warning::Quote { error });
    }
    let base = (None, document.min_ratio_bps);
    let scenarios = document.scenarios().iter();
    let ratios = scenarios.map(|s| (Some(s.name.clone()), s.min_ratio_bps));
    for (scenario, bps) in std::iter::once(base).chain(ratios) {
        if bps < ONE_IN_BPS {
            slips.push(Warning::LowRatio { scenario, bps });
        }
    }
    for rule in &document.assets {
        for bps in rule.tiers.iter().map(|tier| tier.weight_bps) {
            if bps < LOW_WEIGHT {
                let asset = rule.asset.clone();
                slips.push(Warning::LowWeight { asset, bps });
            }
        }
    }
    for scenario in document.scenarios() {
        let upward = scenario.moves_bps().filter(|(_, bps)| *bps > 0);
        slips.extend(upward.map(|(asset, bps)| Warning::UpwardMove {
            scenario: scenario.name.clone(),
            asset: asset.into(),
            bps,
        }));
    }
    for rule in document.groups() {
        let members = document.assets.iter();
        let assets = members.filter(|a| a.groups().contains(&rule.name)).count();
        let group = rule.name.clone();
        match assets {
            0 => slips.push(Warning::EmptyGroup { group }),
            2.. if rule.report() => slips.push(Warning::ReportOfSeveral { group, assets }),
            _ => {}
        }
    }
    slips.into_iter()
}

impl fmt::Display for Warning {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LowRatio { scenario, bps } => {
                let of = scenario.as_deref().unwrap_or("the base");
                write!(
                    f,
                    "{of}: a smallest ratio of {bps} basis points is below 100 %"
                )
            }
            Self::LowWeight { asset, bps } => {
                write!(f, "{asset}: a weight of {bps} basis points is below 10 %")
            }
            Self::UpwardMove {
                scenario,
                asset,
                bps,
            } => write!(f, "{scenario}: {asset} moves up, by {bps} basis points"),
            Self::NothingFits { basis, most } => write!(
                f,
                "shares: nothing keeps the {basis} shares: the largest ones allow {most} basis points where more is needed"
            ),
            Self::EmptyGroup { group } => write!(f, "group {group:?} has no asset"),
            Self::ReportOfSeveral { group, assets } => write!(
                f,
                "group {group:?} is reported and has {assets} assets: daily reports at a fine grain can be solved for what is held of each"
            ),
            Self::Quote { error } => write!(f, "quote: {error}"),
        }
    }
}
