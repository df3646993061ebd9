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
    /// 2.
    version: u64,
    /// For people.
    name: String,
    /// The currency that values are in, such as `iso4217:USD`.
    quote: String,
    /// The smallest base ratio.
    min_ratio_bps: u32,
    /// How far apart ratios that are proved lie.
    ratio_step_bps: u32,
    /// Whether every collateral position must be listed; `false` where absent.
    #[schemars(skip_serializing_if = "Option::is_none")]
    complete: Option<bool>,
    /// Whole quote units of a line of the report; no report where absent or 0.
    #[schemars(skip_serializing_if = "Option::is_none")]
    report_grain: Option<u64>,
    /// What each asset counts for.
    assets: Vec<AssetRule>,
    /// Shares of groups of assets.
    #[schemars(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<GroupRule>>,
    /// Stress scenarios beside the base.
    #[schemars(skip_serializing_if = "Option::is_none")]
    scenarios: Option<Vec<ScenarioRule>>,
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
    #[schemars(skip_serializing_if = "Option::is_none")]
    netting: Option<bool>,
    /// Whether a liability may be in it.
    #[schemars(skip_serializing_if = "Option::is_none")]
    may_owe: Option<bool>,
    /// Largest share of the counted collateral.
    #[schemars(skip_serializing_if = "Option::is_none")]
    max_share_bps: Option<u32>,
    /// Largest share of the held collateral.
    #[schemars(skip_serializing_if = "Option::is_none")]
    max_held_share_bps: Option<u32>,
    /// Names of groups that it belongs to.
    #[schemars(skip_serializing_if = "Option::is_none")]
    groups: Option<Vec<String>>,
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
    #[schemars(skip_serializing_if = "Option::is_none")]
    min_share_bps: Option<u32>,
    /// The largest share of the counted collateral.
    #[schemars(skip_serializing_if = "Option::is_none")]
    max_share_bps: Option<u32>,
    /// The smallest share of the held collateral.
    #[schemars(skip_serializing_if = "Option::is_none")]
    min_held_share_bps: Option<u32>,
    /// The largest share of the held collateral.
    #[schemars(skip_serializing_if = "Option::is_none")]
    max_held_share_bps: Option<u32>,
    /// Whether the statement shows what is held of it.
    #[schemars(skip_serializing_if = "Option::is_none")]
    report: Option<bool>,
}

/// A stress scenario.
#[derive(JsonSchema)]
struct ScenarioRule {
    /// Its name.
    name: String,
    /// The ratio that it requires.
    min_ratio_bps: u32,
    /// By asset, how its price moves.
    #[schemars(skip_serializing_if = "Option::is_none")]
    moves_bps: Option<BTreeMap<String, i64>>,
}

/// A prices file, without signatures (docs/spec.md, section 10).
#[derive(JsonSchema)]
pub(crate) struct Prices {
    /// 2.
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
    /// 2.
    version: u64,
    /// What it is.
    kind: Kind,
    /// Whose it is.
    subject: String,
    /// Unix seconds.
    as_of: u64,
    /// 0x-hex.
    commitment: String,
    /// The attesters' word for it, a list where there are several; absent where it is
    /// self-declared.
    #[schemars(skip_serializing_if = "Option::is_none")]
    attestation: Option<OneOrMany<Attestation>>,
    /// Under whose control the account is held.
    #[schemars(skip_serializing_if = "Option::is_none")]
    undertakings: Option<OneOrMany<Undertaking>>,
    /// What signers of this file withdrew.
    #[schemars(skip_serializing_if = "Option::is_none")]
    revocations: Option<OneOrMany<Revocation>>,
}

/// One, or a list.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum OneOrMany<T> {
    /// One.
    One(T),
    /// Several.
    Many(Vec<T>),
}

/// A control undertaking, signed.
#[derive(JsonSchema)]
struct Undertaking {
    /// Who signed.
    attester: String,
    /// The hash of the reference of the account, 0x-hex.
    account: String,
    /// For whom it is held, 0x-hex.
    secured_party: String,
    /// What it secures, 0x-hex.
    facility: String,
    /// Unix seconds.
    held_from: u64,
    /// Unix seconds.
    held_until: u64,
    /// The hash of the text, 0x-hex.
    wording: String,
    /// 65 bytes, 0x-hex.
    signature: String,
}

/// A revocation, signed.
#[derive(JsonSchema)]
struct Revocation {
    /// Who signed.
    signer: String,
    /// The digest of what is withdrawn, 0x-hex.
    document: String,
    /// Unix seconds from which it is.
    at: u64,
    /// 65 bytes, 0x-hex.
    signature: String,
}

/// The subject's own word on a statement, signed.
#[derive(JsonSchema)]
pub(crate) struct Representation {
    /// Who signed.
    signer: String,
    /// That nothing else is owed.
    no_other_debt: bool,
    /// The hash of the text, 0x-hex.
    wording: String,
    /// 65 bytes, 0x-hex.
    signature: String,
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
    /// The commitment of the same account's other kind, 0x-hex; absent where there is none.
    #[schemars(skip_serializing_if = "Option::is_none")]
    counterpart: Option<String>,
    /// 65 bytes, 0x-hex.
    signature: String,
}

/// On whose word an account counts.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(crate) enum AccountSource {
    /// Accepted attesters signed for it.
    Attesters(Vec<Signer>),
    /// The subject's alone.
    SelfDeclared,
    /// It is the sum of a tree's accounts, which were checked in its place: the word for each.
    Tree(Vec<AccountSource>),
}

/// On whose word the prices rest.
#[derive(JsonSchema)]
#[schemars(rename_all = "snake_case")]
pub(crate) enum PriceSource {
    /// The accepted signers that signed.
    Signers(Vec<Signer>),
    /// They are the relying party's own.
    RelyingParty,
    /// The subject's choice.
    Nobody,
}

/// An accepted attester or source of prices that signed.
#[derive(JsonSchema)]
pub(crate) struct Signer {
    /// The address of the key that it used.
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
