//! What a simulation found, for the owner of the secrets: here what counts and what is held is known.
//! **Secret**: it is derived from holdings, and has no business anywhere but with their owner.

use crate::data::PolicyTerms;

/// A simulation. Amounts are decimal text in quote units, exact. Secret.
#[derive(Clone)]
pub struct Simulation {
    /// The version of the program.
    pub covenant: String,
    /// When it was made, Unix seconds.
    pub at: u64,
    /// When the prices were taken, Unix seconds.
    pub prices_as_of: u64,
    /// The policy.
    pub policy: PolicyTerms,
    /// Whether every scenario is covered, and every rule on held shares is met.
    pub covered: bool,
    /// The rule on held shares that is broken.
    pub broken: Option<String>,
    /// The largest ratio on the policy's grid that can be proved.
    pub largest_ratio_bps: Option<u32>,
    /// What is held at these prices, without weights.
    pub held: String,
    /// How many accounts there are.
    pub accounts: usize,
    /// The base and the policy's scenarios.
    pub scenarios: Vec<SimulatedScenario>,
    /// What is held of what the policy has rules about.
    pub shares: Vec<HeldShare>,
    /// What is netted, for each asset of which some is.
    pub netted: Vec<Netted>,
    /// What is allowed and probably not meant.
    pub warnings: Vec<String>,
}

/// A scenario's actual figures. Secret.
#[derive(Clone)]
pub struct SimulatedScenario {
    /// Its name.
    pub name: String,
    /// The most that counts.
    pub counted: String,
    /// What is owed.
    pub debt: String,
    /// What counts over what is owed, rounded down; none without debt.
    pub ratio_bps: Option<u64>,
    /// The ratio that is required.
    pub required_ratio_bps: u32,
    /// What counts less what is required, with its sign.
    pub headroom: String,
    /// Whether it is enough.
    pub covered: bool,
    /// What keeps more from counting, in words.
    pub binding: Vec<String>,
    /// The smallest fall of all prices that would breach it; none if none would.
    pub breaking_drop_bps: Option<u16>,
    /// What becomes of each asset.
    pub steps: Vec<Step>,
}

/// `value` less `haircut` less `uncounted` is `counted`. Secret.
#[derive(Clone)]
pub struct Step {
    /// The asset's short name.
    pub asset: String,
    /// What is held of it, in whole units.
    pub held: String,
    /// Its value at the scenario's prices, after netting.
    pub value: String,
    /// What the weights of its tiers take off.
    pub haircut: String,
    /// What the share rules keep from counting.
    pub uncounted: String,
    /// What counts.
    pub counted: String,
}

/// What is held, counted or not, under a rule. Secret.
#[derive(Clone)]
pub struct HeldShare {
    /// The asset or group.
    pub name: String,
    /// At base prices, without weights.
    pub held: String,
    /// Its share in all that is held, rounded down.
    pub share_bps: u32,
    /// The smallest that is allowed.
    pub min_bps: u16,
    /// The largest that is allowed.
    pub max_bps: u16,
    /// Whether the share is between them.
    pub holds: bool,
}

/// What is held and owed of one asset at once, taken off both sides. Secret.
#[derive(Clone)]
pub struct Netted {
    /// The asset's short name.
    pub asset: String,
    /// Its value at base prices before netting.
    pub before: String,
    /// And after.
    pub after: String,
}
