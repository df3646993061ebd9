//! Figures as Markdown.

mod choices;
mod growth;
mod prover;
pub mod scale;

use crate::batch::Batch;
use crate::cold::Cold;
use crate::machine::Machine;
use crate::measure::Cost;
use crate::pareto::Point;
use crate::proving::Figures;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Everything that one run of `shapes` measured.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Run {
    /// On what.
    pub machine: Machine,
    /// Named shapes and the one that the peers are compared with.
    pub shapes: Vec<Figures>,
    /// The command line; empty where no binary was given.
    pub cold: Vec<Cold>,
    /// Filled circuits of growing size.
    pub law: Vec<Figures>,
    /// Layouts of `small`.
    pub pareto: Vec<Point>,
    /// Many claims in one process; empty where none were requested.
    pub batches: Vec<Batch>,
}

/// A table.
pub fn table(header: &[&str], rows: &[impl AsRef<[String]>]) -> String {
    let rule = "---|".repeat(header.len());
    let mut text = format!("| {} |\n|{rule}\n", header.join(" | "));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.as_ref().join(" | "));
    }
    text
}

/// Seconds, three significant digits.
pub fn seconds(x: f64) -> String {
    match x {
        x if x >= 100.0 => format!("{x:.0} s"),
        x if x >= 10.0 => format!("{x:.1} s"),
        x if x >= 1.0 => format!("{x:.2} s"),
        x if x >= 0.01 => format!("{:.0} ms", x * 1e3),
        x => format!("{:.2} ms", x * 1e3),
    }
}

/// Bytes in MB (10^6).
pub fn megabytes(bytes: u64) -> String {
    format!("{:.0} MB", bytes as f64 / 1e6)
}

/// With commas.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// CPU and wall time.
fn both(cost: Cost) -> String {
    format!("{} / {}", seconds(cost.cpu), seconds(cost.wall))
}

impl Run {
    /// Every table.
    pub fn markdown(&self) -> String {
        let mut text = shapes(&self.shapes);
        if !self.cold.is_empty() {
            text += &cold(&self.cold);
        }
        text += &prover::phases(&self.shapes);
        text += &prover::library(&self.shapes);
        text += &prover::bound(&self.shapes);
        if self.law.len() > 1 {
            text += &growth::law(&self.law, &self.shapes);
        }
        if !self.pareto.is_empty() {
            text += &choices::pareto(&self.pareto);
        }
        if !self.batches.is_empty() {
            text += &choices::batch(&self.batches);
        }
        text
    }
}

fn shapes(figures: &[Figures]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .map(|f| {
            [
                format!("`{}`", f.shape),
                grouped(f.positions),
                f.k.to_string(),
                format!("{} + {}", f.advice, f.fixed),
                f.degree.to_string(),
                seconds(f.proof.cpu),
                seconds(f.proof.wall),
                format!("{} / {}", seconds(f.srs.wall), seconds(f.keys.wall)),
                seconds(f.first.cpu),
                format!("{} / {}", megabytes(f.keys_peak), megabytes(f.peak)),
                grouped(f.proof_bytes),
                seconds(f.verify.wall),
            ]
        })
        .collect();
    let header = [
        "shape",
        "positions",
        "k",
        "columns",
        "degree",
        "CPU",
        "wall",
        "SRS / keys",
        "first proof",
        "memory",
        "proof bytes",
        "verify",
    ];
    let runs: Vec<_> = figures
        .iter()
        .map(|f| format!("{} {}", f.shape, f.runs))
        .collect();
    let development: Vec<_> = figures
        .iter()
        .filter(|f| f.ceremony.starts_with("INSECURE"))
        .map(|f| format!("`{}`", f.shape))
        .collect();
    let mut text = format!("## Proving\n\n{}\n", table(&header, &rows));
    let _ = writeln!(
        text,
        "Claims fill every account, position, asset and scenario. CPU and wall: one proof, from \
         the claim and its allocation to bytes that were verified again; medians ({}). SRS / keys: \
         having the SRS, and generating keys, wall time, once. First proof: CPU, with what all proofs \
         under the keys share. Memory: largest resident set while keys / proofs are made, in a process \
         that does only this. Columns: advice + fixed. Verify: the proof alone, the key in memory.\n",
        runs.join(", ")
    );
    if !development.is_empty() {
        let _ = writeln!(
            text,
            "{} under a development SRS that is not secure: the embedded ceremony ends at k = 14.\n",
            development.join(", ")
        );
    }
    text
}

fn cold(cold: &[Cold]) -> String {
    let rows: Vec<_> = cold
        .iter()
        .map(|c| {
            [
                format!("`{}`", c.shape),
                both(c.without_keys.cost),
                megabytes(c.without_keys.peak),
                both(c.with_keys.cost),
                megabytes(c.with_keys.peak),
                both(c.verify.cost),
                megabytes(c.key_bytes),
                format!("{} kB", c.bundle_bytes / 1000),
            ]
        })
        .collect();
    let header = [
        "shape",
        "prove, no keys",
        "memory",
        "prove, keys cached",
        "memory",
        "verify",
        "cache",
        "bundle",
    ];
    format!(
        "## The command line\n\n{}\nCPU / wall of a process from its start until the bundle is \
         written, or the verdict is out; medians. Memory: the largest resident set. \
         Cache: the key, and multiples of the SRS's points.\n\n",
        table(&header, &rows)
    )
}
