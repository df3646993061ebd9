//! Figures as Markdown.

use crate::cold::Cold;
use crate::law::{Line, line};
use crate::machine::Machine;
use crate::measure::Cost;
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
}

/// A table.
pub fn table<const N: usize>(header: [&str; N], rows: &[[String; N]]) -> String {
    let mut text = format!("| {} |\n|{}\n", header.join(" | "), "---|".repeat(N));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
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
        text += &phases(&self.shapes);
        text += &bound(&self.shapes);
        if self.law.len() > 1 {
            text += &law(&self.law);
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
                seconds(f.keys.wall),
                megabytes(f.peak),
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
        "keys",
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
    let mut text = format!("## Proving\n\n{}\n", table(header, &rows));
    let _ = writeln!(
        text,
        "Claims fill every account, position, asset and scenario. CPU and wall: one proof, from \
         the claim and its counting to bytes that were verified again; medians ({}). Keys: \
         generating them, wall time, once. Memory: largest resident set of a process that makes \
         keys and proofs. Columns: advice + fixed. Verify: the proof alone, the key in memory.\n",
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
        "cached key",
        "bundle",
    ];
    format!(
        "## The command line\n\n{}\nCPU / wall of a process from its start until the bundle is \
         written, or the verdict is out; medians. Memory: the largest resident set.\n\n",
        table(header, &rows)
    )
}

fn phases(figures: &[Figures]) -> String {
    let mut rows = Vec::new();
    for f in figures {
        let phase = |name: &str| {
            let found = f.phases.iter().find(|(n, _)| n == name);
            found.map(|(_, cost)| *cost).unwrap_or_default()
        };
        let (proof, bound) = (phase("proof"), &f.bound);
        let known = bound.total() + bound.more_transforms;
        rows.push([
            format!("`{}`", f.shape),
            seconds(f.counting.cpu),
            seconds(phase("native check").cpu),
            seconds(phase("witness").cpu),
            seconds(proof.cpu),
            seconds(bound.advice_commitments.cpu),
            seconds(bound.full_commitments.cpu),
            seconds(bound.transforms.cpu),
            seconds(bound.more_transforms.cpu),
            seconds(proof.cpu - known.cpu),
            seconds(phase("self-verification").cpu),
        ]);
    }
    let header = [
        "shape",
        "finding the counting",
        "native check",
        "witness",
        "proof",
        "of it: advice commitments",
        "other commitments",
        "transforms",
        "halo2's further transforms",
        "the rest",
        "self-verification",
    ];
    format!(
        "## Where the time goes\n\n{}\nCPU-seconds. Measured inside the prover: native check, \
         witness, proof and self-verification. Not measured inside it: commitments and transforms \
         are those of the same sizes and numbers, run by themselves; the rest is the difference \
         (gates, trace, running sums, evaluations, openings). Finding the counting comes before \
         the proof and is not part of it.\n\n",
        table(header, &rows)
    )
}

fn bound(figures: &[Figures]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .map(|f| {
            let (c, total) = (f.bound.counts, f.bound.total());
            [
                format!("`{}`", f.shape),
                format!("{} + {}", c.advice, c.full),
                grouped(c.transforms()),
                both(total),
                both(f.proof),
                format!(
                    "{:.2}x / {:.2}x",
                    f.proof.cpu / total.cpu,
                    f.proof.wall / total.wall
                ),
            ]
        })
        .collect();
    let header = [
        "shape",
        "commitments",
        "transforms",
        "lower bound",
        "proof",
        "multiple",
    ];
    format!(
        "## Against the work that cannot be avoided\n\n{}\nCPU / wall. Commitments: to advice \
         columns, with the scalars of a real witness, + to full-width scalars. Transforms: of one \
         column's size; advice, instance and permutation products to coefficients and to as many \
         cosets as the quotient's degree asks for, and the quotient back. Everything else that a \
         proof takes counts as nothing.\n\n",
        table(header, &rows)
    )
}

fn law(figures: &[Figures]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .map(|f| {
            [
                format!("`{}`", f.dimensions),
                grouped(f.positions),
                f.k.to_string(),
                seconds(f.proof.cpu),
                seconds(f.proof.wall),
                megabytes(f.peak),
            ]
        })
        .collect();
    let points = |y: fn(&Figures) -> f64| -> Option<Line> {
        let points: Vec<_> = figures.iter().map(|f| (f.positions as f64, y(f))).collect();
        line(&points)
    };
    let mut text = format!(
        "## With the number of positions\n\nCircuits filled to the last block that fits, 16 accounts, \
         32 assets, base scenario.\n\n{}\n",
        table(["shape", "positions", "k", "CPU", "wall", "memory"], &rows)
    );
    let mut law = |name: &str, found: Option<Line>, scale: f64, unit: &str| {
        if let Some(l) = found {
            let _ = writeln!(
                text,
                "- {name} = {:.3} {unit} + {:.4} {unit} x positions / 1000 (no point further than {:.0} % off)",
                l.fixed / scale,
                l.slope * 1000.0 / scale,
                l.worst * 100.0
            );
        }
    };
    law("CPU", points(|f| f.proof.cpu), 1.0, "s");
    law("wall", points(|f| f.proof.wall), 1.0, "s");
    law("memory", points(|f| f.peak as f64), 1e6, "MB");
    text += "\nLines of least relative squares through full circuits. A circuit that is not full costs what \
             the full one of the same k costs: rows are a power of two.\n\n";
    text
}
