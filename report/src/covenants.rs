//! Covenant by covenant: what is required, what was found, and by whose word. Every row is of a
//! bundle that was verified, so every requirement is met; what differs is what that rests on.

use crate::data::{Basis, Covenant};
use crate::report::Words;
use crate::words::{currency, date, duration, grouped, percent, plain};
use covenant_claims::account::Kind;
use covenant_claims::numbers::ONE_IN_BPS;
use covenant_verifier::Verified;
use covenant_verifier::expect::{AccountSource, Expected, PriceSource};

/// On what everything rests that the proof says.
const PROOF: &str = "the proof";
/// On what everything rests that the relying party compared.
const OWN: &str = "the relying party's own records";

/// All rows, in the order of a compliance certificate.
pub(crate) fn of(
    verified: &Verified,
    expected: &Expected,
    words: &Words,
    later: bool,
) -> Vec<Covenant> {
    let mut rows = Vec::new();
    coverage(&mut rows, verified, expected);
    shares(&mut rows, verified);
    inclusion(&mut rows, verified);
    control(&mut rows, verified, expected, words);
    freshness(&mut rows, verified, expected, later);
    sources(&mut rows, verified, expected);
    rows
}

fn row(
    covenant: impl Into<String>,
    required: impl Into<String>,
    found: impl Into<String>,
    basis: Basis,
    by: impl Into<String>,
) -> Covenant {
    Covenant {
        covenant: covenant.into(),
        required: required.into(),
        found: found.into(),
        basis,
        by: by.into(),
    }
}

fn ratio(bps: impl Into<u64>) -> String {
    format!("at least {} of what is owed", percent(bps.into()))
}

fn coverage(rows: &mut Vec<Covenant>, verified: &Verified, expected: &Expected) {
    let (statement, policy) = (verified.statement(), verified.policy());
    let least = expected
        .min_ratio
        .bps()
        .max(policy.document().min_ratio_bps);
    rows.push(row(
        "Coverage ratio",
        ratio(least),
        ratio(statement.ratio().bps()),
        Basis::Proved,
        PROOF,
    ));
    for rule in policy.document().scenarios() {
        rows.push(row(
            format!("Coverage in the scenario “{}”", rule.name),
            ratio(rule.min_ratio_bps),
            ratio(rule.min_ratio_bps),
            Basis::Proved,
            PROOF,
        ));
    }
    let quote = currency(&policy.document().quote);
    let units = |micro: u128| format!("{} {quote}", grouped(&plain(micro, 6)));
    rows.push(row(
        "Public debt",
        format!("at least {}", units(expected.min_public_debt.get())),
        units(statement.public_debt().get()),
        Basis::Checked,
        format!("{OWN}; that there is no more is not proved"),
    ));
}

fn between(least: u32, most: u32, of: &str) -> Option<String> {
    let (least, most) = (least > 0)
        .then_some(least)
        .map_or((None, most), |l| (Some(l), most));
    let most = (most < ONE_IN_BPS).then(|| format!("at most {}", percent(most.into())));
    let least = least.map(|least| format!("at least {}", percent(least.into())));
    let parts: Vec<String> = least.into_iter().chain(most).collect();
    (!parts.is_empty()).then(|| format!("{} of what {of}", parts.join(", ")))
}

fn shares(rows: &mut Vec<Covenant>, verified: &Verified) {
    let document = verified.policy().document();
    let counted = "kept, in every scenario; more may be held, and is left uncounted";
    let held = "kept, at the prices of the proof";
    for rule in &document.assets {
        if let Some(required) = between(0, rule.max_share_bps(), "counts") {
            let name = format!("Counted share of {}", rule.symbol);
            rows.push(row(name, required, counted, Basis::Proved, PROOF));
        }
        if let Some(required) = between(0, rule.max_held_share_bps(), "is held") {
            let name = format!("Held share of {}", rule.symbol);
            rows.push(row(name, required, held, Basis::Proved, PROOF));
        }
    }
    for rule in document.groups() {
        let share = between(rule.min_share_bps(), rule.max_share_bps(), "counts");
        if let Some(required) = share {
            let name = format!("Counted share of the group “{}”", rule.name);
            rows.push(row(name, required, counted, Basis::Proved, PROOF));
        }
        let share = between(
            rule.min_held_share_bps(),
            rule.max_held_share_bps(),
            "is held",
        );
        if let Some(required) = share {
            let name = format!("Held share of the group “{}”", rule.name);
            rows.push(row(name, required, held, Basis::Proved, PROOF));
        }
    }
    rows.push(match document.complete() {
        true => row(
            "Complete accounts",
            "the accounts hold nothing that the policy does not list",
            "kept",
            Basis::Proved,
            PROOF,
        ),
        false => row(
            "Complete accounts",
            "not required by the policy",
            "not proved: how much is held beyond what counts is not known",
            Basis::NotRequired,
            "nobody",
        ),
    });
}

fn inclusion(rows: &mut Vec<Covenant>, verified: &Verified) {
    if verified.must_include().is_empty() {
        rows.push(not_required(
            "Inclusion",
            "not proved: any creditor may be missing",
        ));
    }
    for required in verified.must_include() {
        rows.push(row(
            "Inclusion",
            format!("{required} is in the basket"),
            "in the basket",
            Basis::Checked,
            "the proof names its commitment",
        ));
    }
}

fn not_required(covenant: &str, found: &str) -> Covenant {
    row(
        covenant,
        "not required",
        found,
        Basis::NotRequired,
        "nobody",
    )
}

fn control(rows: &mut Vec<Covenant>, verified: &Verified, expected: &Expected, words: &Words) {
    match &expected.undertakings {
        None => rows.push(not_required(
            "Control undertakings",
            "not proved: the collateral may be gone, or held for somebody else",
        )),
        Some(required) => {
            let party = words
                .secured_party
                .as_deref()
                .unwrap_or("the secured party");
            let mut by: Vec<&str> = verified
                .held()
                .iter()
                .map(|h| h.attester.as_str())
                .collect();
            by.sort_unstable();
            by.dedup();
            let first = verified.held().iter().map(|held| held.until).min();
            rows.push(row(
                "Control undertakings",
                format!(
                    "every collateral account held for {party} until {} or later",
                    date(required.held_until)
                ),
                match first {
                    Some(first) => format!(
                        "{} undertakings, the first ends at {}",
                        verified.held().len(),
                        date(first)
                    ),
                    None => "there is no collateral account".into(),
                },
                Basis::Signed,
                by.join(", "),
            ));
        }
    }
    rows.push(match verified.representation() {
        Some(signer) => row(
            "Representation of no other debt",
            "signed by the subject",
            "signed",
            Basis::Signed,
            format!("the subject, {signer}"),
        ),
        None => not_required(
            "Representation of no other debt",
            "not proved: there may be other debt",
        ),
    });
    rows.push(
        match expected.pledged.is_empty() && expected.pledged_accounts.is_empty() {
            true => not_required(
                "No pledge elsewhere",
                "not checked: no other pledge was named",
            ),
            false => row(
                "No pledge elsewhere",
                format!(
                    "none of {} other pledged commitments",
                    expected.pledged.len().max(expected.pledged_accounts.len())
                ),
                "none of them is in the basket",
                Basis::Checked,
                OWN,
            ),
        },
    );
}

fn freshness(rows: &mut Vec<Covenant>, verified: &Verified, expected: &Expected, later: bool) {
    let window = verified.statement().window();
    let taken = match window.from() == window.to() {
        true => format!("taken at {}", date(window.from())),
        false => format!(
            "taken from {} to {}",
            date(window.from()),
            date(window.to())
        ),
    };
    rows.push(row(
        "Age of the accounts",
        format!("at most {}", duration(expected.max_account_age)),
        taken,
        Basis::Checked,
        "the proof shows the window",
    ));
    rows.push(row(
        "Window of the accounts",
        format!("at most {}", duration(expected.max_window)),
        duration(window.to() - window.from()),
        Basis::Checked,
        "the proof shows the window",
    ));
    rows.push(row(
        "Age of the prices",
        match later {
            true => "any age: later prices were given".into(),
            false => format!("at most {}", duration(expected.max_price_age)),
        },
        format!("of {}", date(verified.prices_as_of())),
        Basis::Checked,
        price_word(verified),
    ));
}

fn price_word(verified: &Verified) -> String {
    match verified.prices() {
        PriceSource::Signers(signers) => {
            let names: Vec<&str> = signers.iter().map(|s| s.name.as_str()).collect();
            format!("signed by {}", names.join(", "))
        }
        PriceSource::RelyingParty => "the relying party's own prices".into(),
        PriceSource::Nobody => "the subject's choice of prices".into(),
    }
}

fn sources(rows: &mut Vec<Covenant>, verified: &Verified, expected: &Expected) {
    for kind in [Kind::Collateral, Kind::Liability] {
        let words = verified.accounts().iter().zip(verified.statement().kinds());
        let of_kind: Vec<&AccountSource> = words
            .filter(|(_, shown)| **shown == kind)
            .flat_map(|(word, _)| word.words())
            .collect();
        let own = |word: &&&AccountSource| ***word == AccountSource::SelfDeclared;
        let own = of_kind.iter().filter(own).count();
        let mut names: Vec<&str> = of_kind
            .iter()
            .flat_map(|word| match word {
                AccountSource::Attesters(signers) => signers.as_slice(),
                AccountSource::SelfDeclared | AccountSource::Tree(_) => &[],
            })
            .map(|signer| signer.name.as_str())
            .collect();
        names.sort_unstable();
        names.dedup();
        if of_kind.is_empty() {
            continue;
        }
        let (basis, by) = match (names.is_empty(), own) {
            (true, _) => (Basis::NotRequired, "the subject alone".to_owned()),
            (false, 0) => (Basis::Signed, names.join(", ")),
            (false, _) => (
                Basis::Signed,
                format!("{}, and the subject alone", names.join(", ")),
            ),
        };
        rows.push(row(
            format!("Signatures under {kind} accounts"),
            format!(
                "{} accepted attesters each; at most {} self-declared",
                expected.attesters.quorum(),
                expected.max_self_declared.of(kind)
            ),
            format!("{} signed, {own} self-declared", of_kind.len() - own),
            basis,
            by,
        ));
    }
}
