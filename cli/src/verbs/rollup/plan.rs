//! `covenant rollup plan`: what a tree would take.

use crate::Outcome;
use crate::codes::Code;
use crate::outcome::{Failure, Report};
use crate::table::table;
use crate::text;
use clap::Args;
use covenant_circuits::rollup::RollupShape;
use covenant_prover::capacity::{Estimate, EstimateError, Law, shape_for};
use covenant_prover::srs::MAX_EMBEDDED_K;
use schemars::JsonSchema;
use serde::Serialize;

const HELP: &str = r#"Proofs and bytes are counted. CPU time and memory are estimates, from proofs measured on the machine
that is named: on another one, build a small tree and compare.

Examples:
  covenant rollup plan --creditors 1000000 --positions 12
  covenant rollup plan --creditors 1000000 --positions 12 --cores 64 --vcpu-hour 0.04"#;

/// Estimate what merging so many accounts takes: proofs, CPU time, memory, bytes, price.
#[derive(Args, Debug)]
#[command(after_help = HELP)]
pub(crate) struct Plan {
    /// How many accounts are merged
    #[arg(long, value_name = "N")]
    creditors: u64,
    /// Most positions of an account, and most assets of all accounts together
    #[arg(long, value_name = "N")]
    positions: u64,
    /// The circuit, ACCOUNTSxPOSITIONS->MERGED [default: a standard one that holds them, or else the
    /// one of most accounts that the embedded ceremony serves]
    #[arg(long, value_name = "SHAPE")]
    shape: Option<RollupShape>,
    /// Cores that prove at the same time
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..))]
    cores: u64,
    /// Price of a core for an hour, in any currency
    #[arg(long, value_name = "PRICE", value_parser = price)]
    vcpu_hour: Option<f64>,
}

/// What a tree would take.
#[derive(Serialize, JsonSchema)]
pub(crate) struct PlanOutput {
    /// Accounts that are merged.
    creditors: u64,
    /// Most positions of an account, and most assets of all accounts together.
    positions: u64,
    /// The roll-up shape.
    shape: String,
    /// Its circuit has 2^k rows.
    k: u32,
    /// Proofs of each level, those over the creditors' accounts first, the top last.
    levels: Vec<u64>,
    /// All proofs.
    proofs: u64,
    /// CPU-seconds, an estimate.
    cpu_seconds: f64,
    /// CPU-milliseconds an account, an estimate.
    cpu_milliseconds_per_creditor: f64,
    /// Cores that prove at the same time.
    cores: u64,
    /// Seconds from start to end on so many cores, an estimate.
    wall_seconds: f64,
    /// CPU-seconds to verify the whole tree, an estimate.
    verify_cpu_seconds: f64,
    /// Memory of a process that proves, bytes, an estimate.
    worker_memory_bytes: u64,
    /// Bytes of what is published: the manifest and every proof.
    published_bytes: u64,
    /// Of these, the manifest's.
    manifest_bytes: u64,
    /// Bytes of the branch that a creditor is given.
    branch_bytes: u64,
    /// Price of the CPU time, where the price of a core for an hour was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    price: Option<f64>,
    /// What the estimates rest on.
    law: LawOutput,
}

/// Where the law was measured.
#[derive(Serialize, JsonSchema)]
struct LawOutput {
    /// The processor.
    machine: String,
    /// The commit that was measured.
    commit: String,
    /// When, UTC.
    date: String,
    /// CPU-seconds of one proof of this shape.
    proof_cpu_seconds: f64,
    /// The largest deviation of a measured proof's CPU time from the law, relative to it.
    worst_deviation: f64,
}

impl Plan {
    pub(crate) fn run(self) -> Outcome {
        let law = Law::measured().map_err(|e| Failure::new(Code::Internal, e.to_string()))?;
        let shape = self.shape()?;
        let estimate = Estimate::new(self.creditors, shape, &law).map_err(|e| match e {
            EstimateError::Accounts { .. } => usage(format!("--creditors: {e}")),
            EstimateError::FanIn { .. } => usage(format!("--shape: {e}")),
            e => Failure::new(Code::Internal, e.to_string()),
        })?;
        let output = self.output(&estimate, &law);
        Report::done(said(&output), &output)
    }

    /// That of the command line, if it holds such accounts; or one that does.
    fn shape(&self) -> Result<RollupShape, Failure> {
        let positions = usize::try_from(self.positions).unwrap_or(usize::MAX);
        if positions == 0 {
            return Err(usage("--positions: expected at least 1, got 0".into()));
        }
        let Some(shape) = self.shape else {
            return shape_for(self.creditors, positions, MAX_EMBEDDED_K).ok_or_else(|| {
                Failure::new(Code::DoesNotFit, format!("--positions: expected accounts of which a circuit of at most 2^{MAX_EMBEDDED_K} rows, which the embedded ceremony serves, holds two, got {positions} positions; name a larger --shape"))
            });
        };
        let most = shape.positions().min(shape.merged());
        if positions > most {
            let said = format!(
                "--shape: expected one for {positions} positions and as many assets, got {shape}, which holds {most}"
            );
            return Err(Failure::new(Code::DoesNotFit, said));
        }
        Ok(shape)
    }

    fn output(&self, estimate: &Estimate, law: &Law) -> PlanOutput {
        PlanOutput {
            creditors: self.creditors,
            positions: self.positions,
            shape: estimate.shape.to_string(),
            k: estimate.k,
            levels: estimate.levels.clone(),
            proofs: estimate.proofs(),
            cpu_seconds: estimate.cpu_seconds,
            cpu_milliseconds_per_creditor: estimate.cpu_seconds * 1e3 / self.creditors as f64,
            cores: self.cores,
            wall_seconds: estimate.wall_seconds(self.cores),
            verify_cpu_seconds: estimate.verify_seconds,
            worker_memory_bytes: estimate.worker_bytes as u64,
            published_bytes: estimate.published_bytes,
            manifest_bytes: estimate.manifest_bytes,
            branch_bytes: estimate.branch_bytes,
            price: self.vcpu_hour.map(|price| estimate.price(price)),
            law: LawOutput {
                machine: law.machine.clone(),
                commit: law.commit.clone(),
                date: law.date.clone(),
                proof_cpu_seconds: estimate.proof_seconds,
                worst_deviation: law.proof.worst,
            },
        }
    }
}

fn said(plan: &PlanOutput) -> String {
    let levels: Vec<String> = plan
        .levels
        .iter()
        .map(|n| text::commas(&n.to_string()))
        .collect();
    let mut table = table(["what", "how much"], 1..2);
    let mut row = |name: &str, value: String| {
        table.add_row([name.to_owned(), value]);
    };
    row(
        "proofs",
        format!(
            "{} ({})",
            text::commas(&plan.proofs.to_string()),
            levels.join(" + ")
        ),
    );
    row("CPU time", duration(plan.cpu_seconds));
    row(
        "a creditor",
        format!("{:.1} ms of CPU", plan.cpu_milliseconds_per_creditor),
    );
    row(
        &format!("on {} cores", plan.cores),
        duration(plan.wall_seconds),
    );
    row(
        "verification",
        format!("{} of CPU", duration(plan.verify_cpu_seconds)),
    );
    row(
        "memory",
        format!("{} a process that proves", bytes(plan.worker_memory_bytes)),
    );
    row(
        "published",
        format!(
            "{}, {} of it the manifest",
            bytes(plan.published_bytes),
            bytes(plan.manifest_bytes)
        ),
    );
    row("a branch", bytes(plan.branch_bytes));
    if let Some(price) = plan.price {
        row("price", format!("{price:.2}, of the CPU time alone"));
    }
    format!(
        "{} accounts of at most {} positions, in {} (2^{} rows)\n{table}\nestimated from proofs on {} ({}, commit {}), each within {:.0}% of the law",
        text::commas(&plan.creditors.to_string()),
        plan.positions,
        plan.shape,
        plan.k,
        plan.law.machine,
        plan.law.date,
        plan.law.commit,
        plan.law.worst_deviation * 100.0,
    )
}

fn usage(said: String) -> Failure {
    Failure::new(Code::Usage, said)
}

/// A price of an hour: more than 0, such as `0.04`.
fn price(text: &str) -> Result<f64, String> {
    let number = text.parse::<f64>().ok();
    number
        .filter(|price| price.is_finite() && *price > 0.0)
        .ok_or_else(|| "expected a price above 0, such as 0.04".into())
}

/// Seconds in the largest unit of which there are two or more.
fn duration(seconds: f64) -> String {
    let units = [(86_400.0, "days"), (3_600.0, "hours"), (60.0, "minutes")];
    let fits = units.into_iter().find(|(unit, _)| seconds >= 2.0 * unit);
    let (unit, name) = fits.unwrap_or((1.0, "seconds"));
    format!("{:.1} {name}", seconds / unit)
}

/// Bytes in the largest unit of which there is one or more.
fn bytes(bytes: u64) -> String {
    let units = [(1e12, "TB"), (1e9, "GB"), (1e6, "MB"), (1e3, "kB")];
    let fits = units.into_iter().find(|(unit, _)| bytes as f64 >= *unit);
    match fits {
        Some((unit, name)) => format!("{:.1} {name}", bytes as f64 / unit),
        None => format!("{bytes} bytes"),
    }
}
