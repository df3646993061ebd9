//! `covenant inspect`: everything public in a bundle, unverified.

use crate::Outcome;
use crate::codes::Code;
use crate::files;
use crate::formats;
use crate::outcome::{Failure, Report};
use crate::table::table;
use crate::text::{date, grouped, percent, plain};
use clap::Args;
use covenant_circuits::account::Kind;
use covenant_circuits::field::to_hex;
use covenant_circuits::numbers::{self, PRICE_EXPONENT};
use covenant_circuits::policy::{GroupRule, Policy, PolicyDocument};
use covenant_circuits::prices::Prices;
use covenant_circuits::statement::Statement;
use covenant_verifier::bundle::{self, AccountFile, Bundle, SignedRepresentation};
use num_bigint::BigUint;
use schemars::JsonSchema;
use serde::Serialize;
use std::path::PathBuf;

/// Show everything public in a bundle, without verifying it.
#[derive(Args, Debug)]
pub(crate) struct Inspect {
    /// The bundle
    bundle: PathBuf,
}

impl Inspect {
    pub(crate) fn run(self) -> Outcome {
        let text = files::read(&self.bundle, bundle::MAX_BYTES as u64)?;
        let bundle = Bundle::from_json(&text)
            .map_err(|e| Failure::of_file(&self.bundle, e).coded(Code::BundleMalformed))?;
        Report::done(words(&bundle), &object(&bundle))
    }
}

fn words(bundle: &Bundle) -> String {
    let (statement, policy) = (bundle.statement(), bundle.policy());
    let quote = policy.document().quote.trim_start_matches("iso4217:");
    let mut lines = vec![
        "NOT VERIFIED; this is what the bundle says".to_owned(),
        format!("circuit    {}", bundle.circuit()),
        format!("shape      {}", bundle.shape()),
        format!("ceremony   {}", bundle.ceremony()),
        format!(
            "policy     {} ({})",
            policy.document().name,
            to_hex(&policy.digest())
        ),
        format!("subject    {}", to_hex(&statement.subject().get())),
        format!("as of      {}", window(statement)),
        format!("prices     {}", date(bundle.prices().as_of)),
        format!(
            "debt       {} {quote} beside the creditors' accounts",
            grouped(statement.public_debt().get(), 6)
        ),
        format!("ratio      {}", percent(statement.ratio().bps())),
        format!("context    {}", to_hex(&statement.context().get())),
        format!("proof      {} bytes", bundle.proof().len()),
        String::new(),
    ];
    let mut accounts = table(["account", "kind", "subject"], 0..0);
    for (account, kind) in bundle.accounts().iter().zip(statement.kinds()) {
        accounts.add_row([
            account.commitment.to_string(),
            kind.to_string(),
            account.subject.clone(),
        ]);
    }
    lines.extend([accounts.to_string(), String::new()]);
    let report = report(statement, policy);
    if !report.is_empty() {
        let mut held = table(["group", "held"], 1..2);
        for line in &report {
            held.add_row([line.group.clone(), format!("{} {quote} or more", line.held)]);
        }
        lines.extend([held.to_string(), String::new()]);
    }
    let mut prices = table(["asset", "symbol", "price of a whole unit"], 2..3);
    for (asset, price) in policy.assets().iter().zip(statement.prices()) {
        let decimals = (PRICE_EXPONENT - asset.decimals) as usize;
        prices.add_row([
            asset.name.clone(),
            asset.symbol.clone(),
            plain(price.get(), decimals),
        ]);
    }
    lines.push(prices.to_string());
    lines.join("\n")
}

/// Everything public in a bundle, unverified.
#[derive(Serialize, JsonSchema)]
pub(crate) struct InspectOutput {
    /// `false`: nothing was verified.
    verified: bool,
    /// The circuit's id.
    circuit: String,
    /// The shape, by name where it has one.
    shape: String,
    /// The shape's numbers: accounts, positions, assets, scenarios.
    dimensions: String,
    /// The ceremony.
    ceremony: String,
    /// What is claimed.
    statement: StatementOutput,
    /// The policy document.
    #[schemars(with = "formats::PolicyDocument")]
    policy: PolicyDocument,
    /// The prices.
    #[schemars(with = "formats::Prices")]
    prices: Prices,
    /// The accounts, in the order of the commitments.
    #[schemars(with = "Vec<formats::AccountFile>")]
    accounts: Vec<AccountFile>,
    /// What the subject itself says of the statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "formats::Representation")]
    representation: Option<SignedRepresentation>,
    /// Bytes of proof.
    proof_bytes: usize,
}

/// The public statement.
#[derive(Serialize, JsonSchema)]
struct StatementOutput {
    /// The subject's id, 0x-hex.
    subject: String,
    /// No account is older, Unix seconds.
    as_of_from: u64,
    /// No account is younger, Unix seconds.
    as_of_to: u64,
    /// The policy's digest, 0x-hex.
    policy: String,
    /// Quote units, exact.
    public_debt: String,
    /// The ratio, in basis points.
    ratio_bps: u32,
    /// What the proof is bound to, 0x-hex.
    context: String,
    /// 0x-hex, ascending.
    commitments: Vec<String>,
    /// The kind of each account.
    #[schemars(with = "Vec<formats::Kind>")]
    kinds: Vec<Kind>,
    /// What is held of each reported group.
    report: Vec<ReportLine>,
}

/// A line of a report: what is held, whatever counts.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportLine {
    /// The group's name.
    group: String,
    /// In units of the policy's grain, rounded down.
    grains: String,
    /// The same in quote units.
    held: String,
}

/// The lines of the groups that the policy reports.
pub(crate) fn report(statement: &Statement, policy: &Policy) -> Vec<ReportLine> {
    let groups = policy.document().groups().iter().zip(statement.report());
    let reported = groups.filter(|(rule, _)| rule.report());
    let line = |(rule, line): (&GroupRule, &numbers::ReportLine)| ReportLine {
        group: rule.name.clone(),
        grains: line.get().to_string(),
        held: plain(BigUint::from(line.get()) * policy.report_grain(), 0),
    };
    reported.map(line).collect()
}

/// When the accounts were taken.
pub(crate) fn window(statement: &Statement) -> String {
    let window = statement.window();
    match window.from() == window.to() {
        true => date(window.from()),
        false => format!("{} to {}", date(window.from()), date(window.to())),
    }
}

fn object(bundle: &Bundle) -> InspectOutput {
    let (statement, policy) = (bundle.statement(), bundle.policy());
    let commitments = statement.commitments().iter().map(ToString::to_string);
    InspectOutput {
        verified: false,
        circuit: bundle.circuit().into(),
        shape: bundle.shape().to_string(),
        dimensions: bundle.shape().dimensions(),
        ceremony: bundle.ceremony().into(),
        statement: StatementOutput {
            subject: to_hex(&statement.subject().get()),
            as_of_from: statement.window().from(),
            as_of_to: statement.window().to(),
            policy: to_hex(&statement.policy()),
            public_debt: plain(statement.public_debt().get(), 6),
            ratio_bps: statement.ratio().bps(),
            context: to_hex(&statement.context().get()),
            commitments: commitments.collect(),
            kinds: statement.kinds().to_vec(),
            report: report(statement, policy),
        },
        policy: policy.document().clone(),
        prices: bundle.prices().clone(),
        accounts: bundle.accounts().to_vec(),
        representation: bundle.representation().cloned(),
        proof_bytes: bundle.proof().len(),
    }
}
