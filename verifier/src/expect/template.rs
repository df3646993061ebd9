//! A file of expectations to start from, with a comment for every decision.

use super::quantity::{DEBT, DURATION, RATIO};
use super::trust::{Attester, PriceSigner};
use covenant_claims::account::Kind;
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::ident::Hash;
use covenant_claims::numbers::Ratio;
use covenant_claims::signed::Signer;
use std::collections::BTreeSet;

/// What is known when a file of expectations is begun.
#[derive(Clone, Copy, Debug)]
pub struct TemplateParts<'a> {
    /// The digest of the agreed policy.
    pub policy: Fr,
    /// The policy's name, for a comment.
    pub policy_name: &'a str,
    /// The policy's quote currency, for a comment.
    pub quote: &'a str,
    /// The subject's name.
    pub subject: &'a str,
    /// The smallest ratio, at least the policy's.
    pub min_ratio: Ratio,
    /// The smallest public debt that is believed, as decimal text in quote units.
    pub min_public_debt: &'a str,
    /// How far apart the snapshots of accounts may lie, in seconds.
    pub max_window: u64,
    /// What the proof must be bound to: text.
    pub context: &'a str,
    /// Whose word is taken for accounts; perhaps nobody's yet.
    pub attesters: &'a [Attester],
    /// Whose prices are accepted.
    pub prices: TemplatePrices<'a>,
    /// For whom collateral has to be held; `None` where nobody has to hold it.
    pub undertakings: Option<TemplateUndertakings<'a>>,
    /// The subject's keys and the text it has to sign; `None` where it has to sign none.
    pub representation: Option<(&'a BTreeSet<Signer>, Hash)>,
}

/// For whom collateral has to be held.
#[derive(Clone, Copy, Debug)]
pub struct TemplateUndertakings<'a> {
    /// The secured party's name.
    pub secured_party: &'a str,
    /// The facility's name, or its id on chain.
    pub facility: &'a str,
    /// Until when at least, Unix seconds.
    pub held_until: u64,
    /// keccak256 of the text that is accepted.
    pub wording: Hash,
}

/// Whose prices are accepted.
#[derive(Clone, Copy, Debug)]
pub enum TemplatePrices<'a> {
    /// Those that all of these signed; perhaps nobody yet.
    Signers(&'a [PriceSigner]),
    /// The relying party's own, in the file of this path.
    Own(&'a str),
}

/// What has to be filled in before a file of expectations is of use: lines, from 1, and what
/// belongs there.
pub fn to_fill(parts: &TemplateParts<'_>) -> Vec<(usize, &'static str)> {
    let text = template(parts);
    let line = |start: &str| text.lines().position(|line| line.starts_with(start));
    let nobody = [
        (
            matches!(parts.prices, TemplatePrices::Signers([])),
            "signers = [",
            "whose prices are accepted; without them the file is refused",
        ),
        (
            parts.attesters.is_empty(),
            "# [[attesters]]",
            "whose word is taken for accounts; without them only self-declared accounts pass",
        ),
    ];
    let nobody = nobody.into_iter().filter(|(missing, ..)| *missing);
    nobody
        .filter_map(|(_, start, what)| Some((line(start)? + 1, what)))
        .collect()
}

/// The file, in TOML. Nobody is trusted who is not named: without signers of prices, or prices of
/// one's own, it is refused, and without attesters it accepts no account.
pub fn template(parts: &TemplateParts<'_>) -> String {
    let TemplateParts {
        policy,
        policy_name,
        quote,
        subject,
        min_ratio,
        min_public_debt,
        max_window,
        context,
        attesters,
        prices,
        undertakings,
        representation,
    } = parts;
    // Names have no control characters, so a comment stays on its line.
    let one_line = |text: &str| text.replace(char::is_control, " ");
    let (policy, subject, context) = (quoted(&to_hex(policy)), quoted(subject), quoted(context));
    let (name, quote) = (one_line(policy_name), one_line(quote));
    let debt = quoted(min_public_debt);
    let bps = min_ratio.bps();
    let ratio = quoted(&format!("{}.{:02}%", bps / 100, bps % 100));
    format!(
        r#"# What we expect of a proof of collateral: our own decisions, never the subject's.
version = 2

# The policy that was agreed on ({name}), by its digest;
# or the path of our own copy of it.
policy = {policy}

# Who must be covered.
subject = {subject}

# The smallest base ratio: {RATIO}.
# The policy's own smallest ratio holds besides.
min_ratio = {ratio}

# The smallest public debt we believe, in {quote}:
# {DEBT}.
# "0" is right only where all debt is in creditors' accounts.
min_public_debt = {debt}

# Largest ages: {DURATION}.
# The oldest account is judged.
max_account_age = "24h"
max_price_age = "1h"

# How far in the future a time may lie, for clocks that differ.
max_clock_skew = "60s"

# How far apart the snapshots of accounts may lie. "0" asks for one second for all: what moves
# between two accounts within the window may be in both.
max_window = "{max_window}s"

# The shape of the circuit; without it any that there is a key for.
# shape = "small"

# What the proof must be bound to: our text, such as a nonce we gave the subject, or
# context_hash = "0x..." instead, such as the context of a facility on chain.
context = {context}

# How many accounts that no attester signed for we accept, of each kind; the proof shows the
# kinds. The subject alone says what is in them.
max_self_declared_collateral = 0
max_self_declared_liability = 0

# Commitments that are pledged elsewhere and cannot count here.
pledged = []

# Revocations that we have seen, as in account files: what they withdraw is refused.
revocations = []

# Circuits we no longer accept, by id.
disabled_circuits = []

{prices}
# Whose word we take for accounts: a custodian for collateral, a creditor for liabilities.
# All keys of one attester together.
{attesters}
# Who has to be in the basket, so that nobody who is owed something is left out: an accepted
# attester with a kind, perhaps with account = "0x..." for one of several; or commitment = "0x...".
{must_include}
# Every collateral account is held for us, as its attester undertakes. Times are Unix seconds;
# wordings are keccak256 of each text that we have read and accept.
{undertakings}
# The subject represents, with a key that we know as its own, that there is no other debt.
{representation}"#,
        prices = prices_section(*prices),
        attesters = attesters_section(attesters),
        must_include = must_include_section(attesters),
        undertakings = undertakings_section(*undertakings),
        representation = representation_section(*representation),
    )
}

/// Values are quoted by the TOML library.
fn quoted(text: &str) -> String {
    toml::Value::String(text.into()).to_string()
}

fn keys(keys: &BTreeSet<Signer>) -> String {
    let keys: Vec<String> = keys.iter().map(|key| quoted(&key.to_string())).collect();
    keys.join(", ")
}

fn prices_section(prices: TemplatePrices<'_>) -> String {
    let (quorum, signers, own) = match prices {
        TemplatePrices::Signers([]) => (
            "quorum = 1".to_owned(),
            "signers = [\n#   { name = \"a source of prices\", keys = [\"0x...\"] },\n]".to_owned(),
            "# own = \"prices.json\"".to_owned(),
        ),
        TemplatePrices::Signers(signers) => {
            let lines = signers.iter().map(|signer| {
                let name = quoted(&signer.name);
                format!(
                    "    {{ name = {name}, keys = [{}] }},\n",
                    keys(&signer.keys)
                )
            });
            (
                format!("quorum = {}", signers.len()),
                format!("signers = [\n{}]", lines.collect::<String>()),
                "# own = \"prices.json\"".to_owned(),
            )
        }
        TemplatePrices::Own(path) => (
            "# quorum = 1".to_owned(),
            "# signers = [{ name = \"a source of prices\", keys = [\"0x...\"] }]".to_owned(),
            format!("own = {}", quoted(path)),
        ),
    };
    format!(
        r#"# Whose prices we accept: enough of these signers,
[prices]
{quorum}
{signers}
# or, in the place of quorum and signers, our own prices, which the proof must repeat:
{own}
# or any prices, which the subject may then choose as it likes:
# allow_unsigned = true
"#
    )
}

/// Whoever is named as a creditor is required.
fn must_include_section(attesters: &[Attester]) -> String {
    let creditors = attesters
        .iter()
        .filter(|attester| attester.roles.contains(&Kind::Liability));
    let entries: Vec<String> = creditors
        .map(|attester| {
            let name = quoted(&attester.name);
            format!("[[must_include]]\nattester = {name}\nkind = \"liability\"\n")
        })
        .collect();
    match entries.is_empty() {
        true => "# [[must_include]]\n# attester = \"a creditor\"\n# kind = \"liability\"\n".into(),
        false => entries.join("\n"),
    }
}

fn undertakings_section(required: Option<TemplateUndertakings<'_>>) -> String {
    let Some(required) = required else {
        return r#"# [undertakings]
# secured_party = "our name"
# facility = "the name of the loan, or its id on chain, 0x..."
# held_until = 1800000000
# wordings = ["0x..."]
"#
        .into();
    };
    format!(
        "[undertakings]\nsecured_party = {}\nfacility = {}\nheld_until = {}\nwordings = [{}]\n",
        quoted(required.secured_party),
        quoted(required.facility),
        required.held_until,
        quoted(&required.wording.to_string())
    )
}

fn representation_section(required: Option<(&BTreeSet<Signer>, Hash)>) -> String {
    match required {
        None => "# [representation]\n# keys = [\"0x...\"]\n# wordings = [\"0x...\"]\n".into(),
        Some((own, wording)) => format!(
            "[representation]\nkeys = [{}]\nwordings = [{}]\n",
            keys(own),
            quoted(&wording.to_string())
        ),
    }
}

fn attesters_section(attesters: &[Attester]) -> String {
    if attesters.is_empty() {
        return r#"# [[attesters]]
# name = "a custodian"
# keys = ["0x..."]
# roles = ["collateral"]
"#
        .into();
    }
    let entry = |attester: &Attester| {
        let roles = attester.roles.iter().map(|role| quoted(&role.to_string()));
        format!(
            "[[attesters]]\nname = {}\nkeys = [{}]\nroles = [{}]\n",
            quoted(&attester.name),
            keys(&attester.keys),
            roles.collect::<Vec<_>>().join(", ")
        )
    };
    let entries: Vec<String> = attesters.iter().map(entry).collect();
    entries.join("\n")
}
