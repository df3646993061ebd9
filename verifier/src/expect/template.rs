//! A file of expectations to start from, with a comment for every decision.

use super::quantity::{DEBT, DURATION, RATIO};
use covenant_claims::field::{Fr, to_hex};
use covenant_claims::numbers::Ratio;

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
    /// What the proof must be bound to: text.
    pub context: &'a str,
}

/// The file, in TOML. It is complete but for the attesters and the price signers, without
/// which it is refused or accepts no account: nobody is trusted by default.
pub fn template(parts: &TemplateParts<'_>) -> String {
    let TemplateParts {
        policy,
        policy_name,
        quote,
        subject,
        min_ratio,
        context,
    } = parts;
    // Names have no control characters, so a comment stays on its line; values are quoted
    // by the TOML library.
    let quoted = |text: &str| toml::Value::String(text.into()).to_string();
    let one_line = |text: &str| text.replace(char::is_control, " ");
    let (policy, subject, context) = (quoted(&to_hex(policy)), quoted(subject), quoted(context));
    let (name, quote) = (one_line(policy_name), one_line(quote));
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
min_public_debt = "0"

# Largest ages: {DURATION}.
# The oldest account is judged.
max_account_age = "24h"
max_price_age = "1h"

# How far in the future a time may lie, for clocks that differ.
max_clock_skew = "60s"

# How far apart the snapshots of accounts may lie. "0" asks for one second for all: what moves
# between two accounts within the window may be in both.
max_window = "0s"

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

# Whose prices we accept: enough of these signers,
[prices]
quorum = 1
signers = [
#   {{ name = "a source of prices", keys = ["0x..."] }},
]
# or, in the place of quorum and signers, our own prices, which the proof must repeat:
# own = "prices.json"
# or any prices, which the subject may then choose as it likes:
# allow_unsigned = true

# Whose word we take for accounts: a custodian for collateral, a creditor for liabilities.
# All keys of one attester together.
# [[attesters]]
# name = "a custodian"
# keys = ["0x..."]
# roles = ["collateral"]
"#
    )
}
