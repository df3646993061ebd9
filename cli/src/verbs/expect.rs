//! `covenant expect`: a relying party writes down what it expects.

use crate::Outcome;
use crate::claim;
use crate::codes::Code;
use crate::expect;
use crate::files;
use crate::outcome::{Failure, Report};
use crate::text::{self, percent, ratio};
use crate::wordings;
use clap::{Args, Subcommand};
use covenant_circuits::account::Kind;
use covenant_circuits::field::to_hex;
use covenant_circuits::ident::SubjectId;
use covenant_circuits::numbers::{Ratio, Value};
use covenant_circuits::policy::check::check;
use covenant_verifier::expect::{
    Attester, Attesters, PriceQuorum, PriceSigner, TemplateParts, TemplatePrices,
    TemplateUndertakings, TrustError, template, to_fill,
};
use covenant_verifier::signed::Signer;
use schemars::JsonSchema;
use serde::Serialize;
use std::collections::BTreeSet;
use std::path::PathBuf;

#[derive(Subcommand, Debug)]
pub(crate) enum ExpectVerb {
    Init(Box<Init>),
    Check(Check),
}

/// What `--help` ends with.
const INIT_HELP: &str = r#"Units: a ratio is in percent (125%) or basis points (12500bps), a debt in whole units of the
policy's quote currency. The file says its units itself.

An address is that of a key: 0x and 40 hexadecimal digits; that of a contract has its chain before
it, as in eip155:1:0x... A name that is given again has several
keys, one that is a custodian and a creditor both roles. All that are named with --price-signer have
to sign the prices, and all that are named with --creditor have to be in the basket; the file says
where that is changed.

Examples:
  covenant expect init --policy policy.json --subject lei:529900T8BM49AURSDO55 \
    --context "nonce 17" --out expect.toml

  covenant expect init --policy policy.json --subject lei:529900T8BM49AURSDO55 \
    --custodian northbank=0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed \
    --creditor birch=0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359 --own-prices prices.json \
    --secured-party "our desk" --facility "loan 17" --held-until 2027-05-20 --out expect.toml"#;

/// Write a commented file of expectations to start from. It trusts nobody who is not named.
#[derive(Args, Debug)]
#[command(after_help = INIT_HELP)]
pub(crate) struct Init {
    /// The policy that was agreed on
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// Who must be covered
    #[arg(long, value_name = "ID")]
    subject: String,
    /// The smallest ratio [default: the policy's]
    #[arg(long, value_parser = ratio)]
    ratio: Option<Ratio>,
    /// The smallest public debt to believe
    #[arg(long, value_name = "N", value_parser = text::debt, allow_negative_numbers = true, default_value = "0")]
    min_public_debt: Value,
    /// How far apart the snapshots of accounts may lie, such as 24h
    #[arg(long, value_name = "AGE", value_parser = text::age, default_value = "0s")]
    max_window: u64,
    /// What the proof must be bound to, such as a nonce you give the subject
    #[arg(long, value_name = "TEXT", default_value = "")]
    context: String,
    /// Whose word is taken for collateral; for several, several times
    #[arg(long, value_name = "NAME=ADDRESS", value_parser = named)]
    custodian: Vec<(String, Signer)>,
    /// Whose word is taken for liabilities
    #[arg(long, value_name = "NAME=ADDRESS", value_parser = named)]
    creditor: Vec<(String, Signer)>,
    /// Who has to sign the prices
    #[arg(long, value_name = "NAME=ADDRESS", value_parser = named)]
    price_signer: Vec<(String, Signer)>,
    /// A prices file of your own, which the proof has to repeat; its path from the file of
    /// expectations
    #[arg(long, value_name = "FILE", conflicts_with = "price_signer")]
    own_prices: Option<String>,
    /// For whom every collateral account has to be held, by undertakings in the standard text of
    /// account undertake
    #[arg(long, value_name = "ID", requires_all = ["facility", "held_until"])]
    secured_party: Option<String>,
    /// What it secures: the facility's name, or its id on a chain
    #[arg(long, value_name = "NAME", requires = "secured_party")]
    facility: Option<String>,
    /// Until when at least it has to be held
    #[arg(long, value_name = "TIME", value_parser = text::time, requires = "secured_party")]
    held_until: Option<u64>,
    /// A key of the subject, who has to represent in the standard text of represent that there is no
    /// other debt; for several keys, several times
    #[arg(long, value_name = "ADDRESS")]
    subject_key: Vec<Signer>,
    /// The file to write; never replaces one
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
}

/// Check a file of expectations.
#[derive(Args, Debug)]
pub(crate) struct Check {
    /// The file, TOML or JSON
    file: PathBuf,
}

/// What was written.
#[derive(Serialize, JsonSchema)]
pub(crate) struct InitOutput {
    /// The file.
    out: String,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// What has to be filled in before the file is of use.
    to_fill: Vec<ToFill>,
}

/// A line that has to be filled in.
#[derive(Serialize, JsonSchema)]
struct ToFill {
    /// The line, from 1.
    line: usize,
    /// What belongs there.
    what: &'static str,
}

/// What is expected.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CheckOutput {
    /// `true`.
    valid: bool,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// The smallest ratio.
    min_ratio_bps: u32,
    /// Name and keys of each accepted attester.
    attesters: Vec<String>,
}

impl ExpectVerb {
    pub(crate) fn run(self) -> Outcome {
        match self {
            Self::Init(verb) => verb.run(),
            Self::Check(verb) => {
                let expected = expect::read(&verb.file)?;
                let attesters: Vec<String> =
                    expected.attesters.iter().map(ToString::to_string).collect();
                Report::done(
                    format!(
                        "valid: policy {}, at least {}, {} attesters",
                        to_hex(&expected.policy),
                        percent(expected.min_ratio.bps()),
                        attesters.len()
                    ),
                    &CheckOutput {
                        valid: true,
                        policy: to_hex(&expected.policy),
                        min_ratio_bps: expected.min_ratio.bps(),
                        attesters,
                    },
                )
            }
        }
    }
}

impl Init {
    fn run(self) -> Outcome {
        let policy = claim::policy(&self.policy)?;
        // What verification refuses is not agreed to either.
        check(&policy).map_err(|refusals| {
            let refusals: Vec<String> = refusals.iter().map(ToString::to_string).collect();
            Failure::in_file(&self.policy, Code::PolicyRefused, refusals.join("; "))
        })?;
        SubjectId::of(&self.subject)
            .map_err(|e| Failure::new(Code::Usage, format!("--subject: {e}")))?;
        let attesters = attesters(&self.custodian, &self.creditor);
        let signers = signers(&self.price_signer);
        check_trust(&attesters, &signers)?;
        if let Some(party) = &self.secured_party {
            SubjectId::of(party)
                .map_err(|e| Failure::new(Code::Usage, format!("--secured-party: {e}")))?;
        }
        let held = (&self.secured_party, &self.facility, self.held_until);
        let undertakings = match held {
            (Some(secured_party), Some(facility), Some(held_until)) => Some(TemplateUndertakings {
                secured_party,
                facility,
                held_until,
                wording: wordings::hash(wordings::CONTROL),
            }),
            _ => None,
        };
        let own: BTreeSet<Signer> = self.subject_key.iter().copied().collect();
        let stated = wordings::hash(wordings::NO_OTHER_DEBT);
        let parts = TemplateParts {
            policy: policy.digest(),
            policy_name: &policy.document().name,
            quote: &policy.document().quote,
            subject: &self.subject,
            min_ratio: self.ratio.unwrap_or(policy.min_ratio()),
            min_public_debt: &text::plain(self.min_public_debt.get(), 6),
            max_window: self.max_window,
            context: &self.context,
            attesters: &attesters,
            prices: match &self.own_prices {
                Some(path) => TemplatePrices::Own(path),
                None => TemplatePrices::Signers(&signers),
            },
            undertakings,
            representation: (!own.is_empty()).then_some((&own, stated)),
        };
        // Somebody's decisions are not to be overwritten.
        files::write(&self.out, &template(&parts), files::Kind::New)?;
        let to_fill: Vec<ToFill> = to_fill(&parts)
            .into_iter()
            .map(|(line, what)| ToFill { line, what })
            .collect();
        let mut said = format!("written to {}", self.out.display());
        if !to_fill.is_empty() {
            said.push_str("; fill in");
        }
        for missing in &to_fill {
            said.push_str(&format!("\n  line {}: {}", missing.line, missing.what));
        }
        Report::done(
            said,
            &InitOutput {
                out: self.out.display().to_string(),
                policy: to_hex(&policy.digest()),
                to_fill,
            },
        )
    }
}

/// `NAME=ADDRESS`.
fn named(text: &str) -> Result<(String, Signer), String> {
    let expected = || format!("expected NAME=ADDRESS, such as northbank=0x..., got {text:?}");
    let (name, address) = text.rsplit_once('=').ok_or_else(expected)?;
    let address = address.parse().map_err(|e| format!("{name}: {e}"))?;
    Ok((name.into(), address))
}

/// One attester for each name, with all of its keys and roles.
fn attesters(custodians: &[(String, Signer)], creditors: &[(String, Signer)]) -> Vec<Attester> {
    let collateral = custodians.iter().map(|named| (named, Kind::Collateral));
    let liability = creditors.iter().map(|named| (named, Kind::Liability));
    let mut attesters: Vec<Attester> = Vec::new();
    for ((name, key), role) in collateral.chain(liability) {
        match attesters.iter_mut().find(|known| known.name == *name) {
            Some(known) => {
                known.keys.insert(*key);
                known.roles.insert(role);
            }
            None => attesters.push(Attester {
                name: name.clone(),
                keys: [*key].into(),
                roles: [role].into(),
            }),
        }
    }
    attesters
}

/// One source of prices for each name, with all of its keys.
fn signers(named: &[(String, Signer)]) -> Vec<PriceSigner> {
    let mut signers: Vec<PriceSigner> = Vec::new();
    for (name, key) in named {
        match signers.iter_mut().find(|known| known.name == *name) {
            Some(known) => {
                known.keys.insert(*key);
            }
            None => signers.push(PriceSigner {
                name: name.clone(),
                keys: [*key].into(),
            }),
        }
    }
    signers
}

/// That a file with these would be read.
fn check_trust(attesters: &[Attester], signers: &[PriceSigner]) -> Result<(), Failure> {
    let usage = |options: &str, e| Failure::new(Code::Usage, format!("{options}: {e}"));
    Attesters::new(attesters.iter().cloned())
        .map_err(|e: TrustError| usage("--custodian, --creditor", e))?;
    if !signers.is_empty() {
        PriceQuorum::new(signers.to_vec(), signers.len())
            .map_err(|e| usage("--price-signer", e))?;
    }
    Ok(())
}
