//! What a report says, as data: the JSON of `covenant report --json`, and all that the HTML is made
//! of. Amounts are decimal text in quote units, exact; times Unix seconds; ratios and shares whole
//! basis points; ids and hashes 0x-hex.

pub(crate) mod terms;

pub use terms::{AssetTerms, GroupTerms, Move, PolicyTerms, Tier};

use crate::details::Details;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The version of [`Report`].
pub const VERSION: u32 = 1;

/// How a report is laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Template {
    /// What was proved, by whose word, until when, and what not.
    Certificate,
    /// A reserve's composition by group and maturity against the tokens outstanding.
    Reserve,
    /// A borrowing base: what is eligible at which advance rate, and what was proved of the loan.
    BorrowingBase,
    /// Covenant by covenant: what is required, what was proved, by whose word.
    Compliance,
}

/// A report on one bundle.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Report {
    /// 1.
    pub version: u32,
    /// How it is laid out.
    pub template: Template,
    /// Whether the bundle was proved to be what the relying party expects.
    pub proved: bool,
    /// Every reason why it was not, in the order of the checks.
    pub reasons: Vec<Reason>,
    /// What was judged, when, by which program.
    pub judged: Judged,
    /// What the bundle says. Proved only where `proved` says so; absent where it cannot be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub claim: Option<Claim>,
    /// What verification found; absent where the bundle was refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub finding: Option<Finding>,
    /// What whoever made the report says in its own words. None of it is proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub details: Option<Details>,
}

/// A reason why a bundle is not accepted.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Reason {
    /// For programs: see docs/errors.md.
    pub code: String,
    /// For people.
    pub reason: String,
    /// The part of the bundle that it lies in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What was expected there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    /// What was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub got: Option<String>,
}

/// What was judged.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Judged {
    /// SHA-256 of the bundle's bytes, hex, as `sha256sum` prints it.
    pub bundle_sha256: String,
    /// The time at which ages and validity were judged.
    pub at: u64,
    /// The version of covenant.
    pub covenant: String,
}

/// What a bundle says.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Claim {
    /// The circuit's id.
    pub circuit: String,
    /// Its shape.
    pub shape: String,
    /// The ceremony of its keys.
    pub ceremony: String,
    /// The statement's hash, as a representation names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// What the proof is bound to.
    pub context: String,
    /// Who owes.
    pub subject: String,
    /// The relying party's name for it, whose hash is `subject`; absent where it expects another
    /// subject.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject_name: Option<String>,
    /// Debt beside the creditors' accounts.
    pub public_debt: String,
    /// How many accounts hold collateral.
    pub collateral_accounts: usize,
    /// How many accounts are owed something; how much, nobody sees.
    pub liability_accounts: usize,
    /// The policy.
    pub policy: PolicyTerms,
    /// The base and the policy's scenarios.
    pub scenarios: Vec<Scenario>,
    /// What is held of each reported group, whatever counts.
    pub held: Vec<HeldLine>,
    /// No account is older.
    pub as_of_from: u64,
    /// No account is younger.
    pub as_of_to: u64,
    /// When the prices were taken.
    pub prices_as_of: u64,
    /// The price of a whole unit of each asset.
    pub prices: Vec<PriceLine>,
    /// The accounts, in the order of the commitments.
    pub accounts: Vec<ClaimedAccount>,
}

/// A scenario, and the coverage that is claimed in it: at least so much, never how much.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Scenario {
    /// `base` or the policy's name of it.
    pub name: String,
    /// What counts is at least this ratio of what is owed.
    pub ratio_bps: u32,
    /// The smallest that the policy allows.
    pub policy_bps: u32,
    /// The ratio times the public debt: at least so much counts, and what counts for the creditors'
    /// accounts besides.
    pub counted_at_least: String,
    /// How prices move in it; those that do not are left out.
    pub moves: Vec<Move>,
}

/// What is held of a reported group: not what counts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct HeldLine {
    /// The group's name.
    pub group: String,
    /// In units of the policy's grain, rounded down.
    pub grains: String,
    /// At least so much is held.
    pub at_least: String,
    /// And less than this.
    pub below: String,
    /// `at_least` over the public debt, in basis points, rounded down; absent without public debt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_public_debt_bps: Option<u64>,
}

/// A price.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PriceLine {
    /// The asset.
    pub asset: String,
    /// Its short name.
    pub symbol: String,
    /// Of a whole unit.
    pub price: String,
}

/// An account as the bundle shows it.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ClaimedAccount {
    /// The commitment.
    pub commitment: String,
    /// `collateral` or `liability`.
    pub kind: String,
    /// When it was taken.
    pub as_of: u64,
}

/// What verification found.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Finding {
    /// What was proved, a sentence each.
    pub proved: Vec<String>,
    /// On whose word it rests, a sentence each.
    pub trusting: Vec<String>,
    /// What was not proved, a sentence each.
    pub not_proved: Vec<String>,
    /// By whose word each account counts, in the order of the commitments.
    pub accounts: Vec<AccountWord>,
    /// By whose word the prices count.
    pub prices: PriceWord,
    /// Who has to be in the basket, and is.
    pub must_include: Vec<String>,
    /// For whom the relying party requires the collateral to be held, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secured_party: Option<String>,
    /// What that secures, in its own words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facility: Option<String>,
    /// Who signed the representation that there is no other debt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub representation: Option<String>,
    /// When it ends, whatever prices do.
    pub lapses: Lapses,
    /// At which prices it still says something.
    pub envelope: Envelope,
    /// What is required, what was proved of it and by whose word.
    pub covenants: Vec<Covenant>,
    /// What maturity buckets hold, as the details say which groups are in each.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub maturity: Vec<BucketLine>,
    /// All reported groups together; absent where two of them have an asset in common, or there is
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub held_together: Option<BucketLine>,
}

/// By whose word an account counts.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct AccountWord {
    /// The commitment.
    pub commitment: String,
    /// `collateral` or `liability`.
    pub kind: String,
    /// When it was taken.
    pub as_of: u64,
    /// Nobody but the subject says so.
    pub self_declared: bool,
    /// The signatures that count.
    pub signed: Vec<Signed>,
    /// The undertaking that the relying party required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undertaking: Option<UndertakingLine>,
}

/// A signature under an account: signed is not true.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Signed {
    /// The relying party's name for the attester.
    pub attester: String,
    /// The address that signed.
    pub signer: String,
    /// The end of the attestation.
    pub valid_until: u64,
}

/// An undertaking to hold an account for the secured party.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct UndertakingLine {
    /// Who undertook it.
    pub attester: String,
    /// From when.
    pub from: u64,
    /// Until when.
    pub until: u64,
}

/// By whose word prices count.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PriceWord {
    /// Whose.
    pub by: PricesBy,
    /// Who signed, where they are signed: names and addresses.
    pub signers: Vec<String>,
}

/// Whose prices they are.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PricesBy {
    /// Accepted signers signed them.
    Signers,
    /// They are the relying party's own.
    RelyingParty,
    /// The subject's choice.
    Nobody,
}

/// When a finding ends, whatever prices do: the last seconds.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Lapses {
    /// The first of them.
    pub first: u64,
    /// The oldest snapshot becomes older than is accepted.
    pub accounts: u64,
    /// The first attestation ends; absent where all accounts are self-declared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub attestations: Option<u64>,
    /// The first required undertaking ends; absent where none is required.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub undertakings: Option<u64>,
}

/// At which prices a proof says something (docs/spec.md, section 6a).
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Envelope {
    /// Whether the prices are later ones, of the relying party.
    pub later: bool,
    /// When they were taken.
    pub prices_as_of: u64,
    /// Whether what was proved says something at them. Outside is no breach.
    pub inside: bool,
    /// The largest ratio that is implied at them, rounded down; absent outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ratio_bps: Option<u32>,
    /// How far each price may move alone; none outside.
    pub margins: Vec<Margin>,
}

/// How far a price may move alone, while all others stay, for the proof to say something still.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Margin {
    /// The asset.
    pub asset: String,
    /// Its short name.
    pub symbol: String,
    /// The price of a whole unit in the proof.
    pub proved: String,
    /// The price of a whole unit that moves.
    pub price: String,
    /// By how much it may fall, rounded down; absent where it may fall to nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fall_bps: Option<u32>,
    /// By how much it may rise, rounded down; absent where there is no bound.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rise_bps: Option<u64>,
}

/// Something that is required, or that the policy demands.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Covenant {
    /// What it is about.
    pub covenant: String,
    /// What is required; `not required` where the relying party requires nothing.
    pub required: String,
    /// What was found.
    pub found: String,
    /// What that rests on.
    pub basis: Basis,
    /// By whose word.
    pub by: String,
}

/// What a finding rests on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// The proof, and so the word for accounts and prices.
    Proved,
    /// A signature: somebody's word.
    Signed,
    /// The relying party compared it with its own records.
    Checked,
    /// Nothing was required.
    NotRequired,
}

/// What is held of some groups together: at least, and below.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BucketLine {
    /// What it is called.
    pub name: String,
    /// The groups.
    pub groups: Vec<String>,
    /// At least so much is held.
    pub at_least: String,
    /// And less than this.
    pub below: String,
    /// `at_least` over the public debt, in basis points, rounded down; absent without public debt.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of_public_debt_bps: Option<u64>,
}
