//! What `covenant watch` prints for `--json`.

use super::exact::Exact;
use super::facility::Change;
use super::registry::RegistryOutput;
use crate::codes::Code;
use crate::verbs::verify::RejectedOutput;
use schemars::JsonSchema;
use serde::Serialize;

/// Of a bundle, or of a facility of a registry.
#[derive(Serialize, JsonSchema)]
#[serde(untagged)]
pub(crate) enum WatchOutput {
    /// With --bundle.
    Bundle(BundleOutput),
    /// With --registry.
    Registry(RegistryOutput),
}

/// Where prices are. With several prices an object each, a line each; with a facility's file only
/// changes of its state.
#[derive(Serialize, JsonSchema)]
pub(crate) struct BundleOutput {
    /// Where they are.
    pub(super) standing: StandingOutput,
    /// Why, where it is not inside: see docs/errors.md.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) code: Option<Code>,
    /// At which time it was judged, Unix seconds.
    pub(super) at: u64,
    /// The prices' time, Unix seconds; absent where there are none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) prices_as_of: Option<u64>,
    /// The last second of what was verified; absent where the bundle is refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) lapses: Option<u64>,
    /// Inside: the largest ratio that is implied, rounded down.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) ratio_bps: Option<u32>,
    /// Inside: weights of the base and the scenarios that imply it, exact: `1/2`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) weights: Vec<Weight>,
    /// Inside: how far each price may move alone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) margins: Vec<MarginOutput>,
    /// Outside: what shows it, one exact number for each asset, such that the sum of y x q x 10^4 is
    /// below the sum of y x p x m for the base and every scenario whose ratio is not 0.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) vector: Vec<Witness>,
    /// Refused: why the bundle is not accepted, or not any more.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) refused: Option<Box<RejectedOutput>>,
    /// Unknown: why it could not be told.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) reason: Option<String>,
    /// With openings: what is really covered at these prices. Derived from secrets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) exact: Option<Exact>,
    /// With a facility's file: its state.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) facility: Option<FacilityOutput>,
}

/// Where prices are.
#[derive(Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum StandingOutput {
    /// What was proved implies that the debt is covered at these prices.
    Inside,
    /// Nothing is known any more.
    Outside,
    /// The bundle is not accepted, or not any more.
    Refused,
    /// It could not be told.
    Unknown,
}

/// A facility's state.
#[derive(Serialize, JsonSchema)]
pub(super) struct FacilityOutput {
    /// As its file names it.
    pub(super) facility: String,
    /// `healthy`, `warning`, `call`, `critical`, `lapsed` or `stale`.
    pub(super) state: String,
    /// Unix seconds from which it has been so.
    pub(super) since: u64,
    /// Unix seconds until which a call is to be cured; absent where nothing is called.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cure_until: Option<u64>,
    /// The change, where there was one: as the log has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<Change>,
}

/// How much of the base or a scenario.
#[derive(Serialize, JsonSchema)]
pub(super) struct Weight {
    /// Its name.
    pub(super) scenario: String,
    /// Exact, from 0 to 1.
    pub(super) weight: String,
}

/// A number of the vector that shows that prices are outside.
#[derive(Serialize, JsonSchema)]
pub(super) struct Witness {
    /// The asset.
    pub(super) asset: String,
    /// Exact.
    pub(super) y: String,
}

/// How far a price may move alone and stay inside.
#[derive(Serialize, JsonSchema)]
pub(super) struct MarginOutput {
    /// The asset.
    pub(super) asset: String,
    /// Its short name.
    pub(super) symbol: String,
    /// The price of a whole unit in the proof.
    pub(super) proved: String,
    /// The price of a whole unit now.
    pub(super) price: String,
    /// By how much it may fall, rounded down; absent where it may fall to nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) fall_bps: Option<u32>,
    /// By how much it may rise, rounded down; absent where there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) rise_bps: Option<u64>,
}
