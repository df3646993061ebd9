//! The schemas of what outputs take over from the libraries: documents of docs/spec.md, section
//! 10 and whose word a bundle rests on. The libraries write them; a test validates what they
//! write.

#![allow(dead_code, reason = "described to schemars, never made")]

use schemars::JsonSchema;
use std::collections::BTreeMap;

/// What an account is.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Assets that a custodian keeps for the subject.
    Collateral,
    /// Debt that the subject owes to a creditor.
    Liability,
}

/// A policy document (docs/spec.md, section 5).
#[derive(JsonSchema)]
pub(crate) struct PolicyDocument {
    /// 1.
    version: u64,
    /// For people.
    name: String,
    /// The currency that values are in, such as `iso4217:USD`.
    quote: String,
    /// The smallest base ratio.
    min_ratio_bps: u32,
    /// How far apart ratios that are proved lie.
    ratio_step_bps: u32,
    /// What each asset counts for.
    assets: Vec<AssetRule>,
    /// Shares of groups of assets.
    groups: Vec<GroupRule>,
    /// Stress scenarios beside the base.
    scenarios: Vec<ScenarioRule>,
}

/// What one asset counts for.
#[derive(JsonSchema)]
struct AssetRule {
    /// CAIP-19, `iso4217:USD`, `isin:...`.
    asset: String,
    /// For people.
    symbol: String,
    /// Decimals of the base unit.
    decimals: u32,
    /// Whether liabilities in it may be netted.
    netting: bool,
    /// Largest share of the counted collateral.
    max_share_bps: u32,
    /// Names of groups that it belongs to.
    groups: Vec<String>,
    /// From the first to the last, which is unbounded.
    tiers: Vec<TierRule>,
}

/// A haircut tier.
#[derive(JsonSchema)]
struct TierRule {
    /// Whole quote units; absent on the last tier.
    #[schemars(skip_serializing_if = "Option::is_none")]
    up_to: Option<u64>,
    /// What value in it counts at.
    weight_bps: u32,
}

/// The shares of a group of assets.
#[derive(JsonSchema)]
struct GroupRule {
    /// Its name.
    name: String,
    /// The smallest share of the counted collateral.
    min_share_bps: u32,
    /// The largest share of the counted collateral.
    max_share_bps: u32,
}

/// A stress scenario.
#[derive(JsonSchema)]
struct ScenarioRule {
    /// Its name.
    name: String,
    /// The ratio that it requires.
    min_ratio_bps: u32,
    /// By asset, how its price moves.
    moves_bps: BTreeMap<String, i64>,
}

/// A prices file, without signatures (docs/spec.md, section 10).
#[derive(JsonSchema)]
pub(crate) struct Prices {
    /// 1.
    version: u64,
    /// The currency.
    quote: String,
    /// Unix seconds.
    as_of: u64,
    /// By asset: quote units for one base unit, times 10^36, as decimal text.
    prices: BTreeMap<String, String>,
}

/// account.json (docs/spec.md, section 10).
#[derive(JsonSchema)]
pub(crate) struct AccountFile {
    /// 1.
    version: u64,
    /// What it is.
    kind: Kind,
    /// Whose it is.
    subject: String,
    /// Unix seconds.
    as_of: u64,
    /// 0x-hex.
    commitment: String,
    /// The attester's word for it; absent where it is self-declared.
    #[schemars(skip_serializing_if = "Option::is_none")]
    attestation: Option<Attestation>,
}

/// An attester's signature over an account.
#[derive(JsonSchema)]
struct Attestation {
    /// Its address.
    attester: String,
    /// The hash of its reference for the account, 0x-hex.
    account: String,
    /// Unix seconds.
    valid_until: u64,
    /// 65 bytes, 0x-hex.
    signature: String,
}

/// On whose word an account counts.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(crate) enum AccountSource {
    /// An accepted attester signed for it.
    Attester {
        /// Its address.
        address: String,
        /// What the relying party calls it.
        name: String,
    },
    /// The subject's alone.
    SelfDeclared,
}

/// On whose word the prices rest.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(crate) enum PriceSource {
    /// The accepted signers that signed.
    Signers(Vec<PriceSigner>),
    /// They are the relying party's own.
    RelyingParty,
    /// The subject's choice.
    Nobody,
}

/// An accepted source of prices.
#[derive(JsonSchema)]
pub(crate) struct PriceSigner {
    /// Its address.
    address: String,
    /// What the relying party calls it.
    name: String,
}

/// EIP-712 typed data, as `eth_signTypedData_v4` takes it.
#[derive(JsonSchema)]
#[schemars(rename_all = "camelCase")]
pub(crate) struct TypedData {
    /// By name of a type, its members.
    types: BTreeMap<String, Vec<Member>>,
    /// The domain.
    domain: Domain,
    /// The name of the message's type.
    primary_type: String,
    /// What is signed, by name of a member.
    message: BTreeMap<String, serde_json::Value>,
}

/// A member of a type.
#[derive(JsonSchema)]
struct Member {
    /// Its name.
    name: String,
    /// Its type, such as `uint64`.
    r#type: String,
}

/// The domain of a signature.
#[derive(JsonSchema)]
struct Domain {
    /// `Covenant`.
    name: String,
    /// `1`.
    version: String,
}
