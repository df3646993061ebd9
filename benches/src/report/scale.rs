//! The tables of docs/scale.md: the law of roll-ups, and what the simulation makes of it.

use crate::Outcome;
use crate::scale::{Fleet, Run, simulate};
use covenant_circuits::rollup::RollupShape;
use covenant_prover::capacity::{Estimate, Law};
use std::fmt::Write;

/// Of the simulated tree.
const CREDITORS: u64 = 100_000_000;

/// What the document says that it assumes.
fn fleet(cores: usize) -> Fleet {
    Fleet {
        cores,
        host_cores: 32,
        lease: 30.0,
        database: 0.003,
        spread: 0.15,
        slow_share: 0.01,
        slow_factor: 10.0,
        process: Some((86_400.0, 60.0)),
        host: Some((30.0 * 86_400.0, 600.0)),
    }
}

/// The document with its tables, for a law.
pub fn filled(document: &str, law: &Law) -> Outcome<String> {
    let document = between(document, "law", &law_table(law))?;
    between(&document, "simulation", &simulation(law)?)
}

/// Replaces what is between `<!-- name -->` and the next `<!-- end -->`.
fn between(document: &str, name: &str, text: &str) -> Outcome<String> {
    let mark = format!("<!-- {name} -->\n");
    let parts = document.split_once(&mark).and_then(|(before, rest)| {
        let (_, after) = rest.split_once("<!-- end -->")?;
        Some((before, after))
    });
    let (before, after) = parts.ok_or_else(|| format!("no {mark:?} with an end"))?;
    Ok(format!("{before}{mark}{text}<!-- end -->{after}"))
}

fn law_table(law: &Law) -> String {
    let mut out = String::from(
        "| shape | k | advice cells | a proof, CPU-seconds | by the law | memory, MB | by the law |\n|---|---|---|---|---|---|---|\n",
    );
    for point in &law.points {
        let cells = point.cells as f64;
        let _ = writeln!(
            out,
            "| {} | {} | {} | {:.2} | {:.2} | {} | {:.0} |",
            point.shape.replace("->", " to "),
            point.k,
            point.cells,
            point.proof,
            law.proof.at(cells),
            point.memory / 1_000_000,
            law.memory.at(cells) / 1e6,
        );
    }
    let _ = writeln!(
        out,
        "\nAn account beside the proofs: {:.2} ms of CPU; verifying a proof: {:.1} ms. {}, {} cores, commit {}, {} UTC.",
        law.account * 1e3,
        law.verification * 1e3,
        law.machine,
        law.cores,
        law.commit,
        law.date,
    );
    out
}

fn simulation(law: &Law) -> Outcome<String> {
    let estimate = Estimate::new(CREDITORS, RollupShape::CREDITORS, law)?;
    let (jobs, proof) = (estimate.proofs(), estimate.proof_seconds);
    let levels: Vec<String> = estimate.levels.iter().map(u64::to_string).collect();
    let mut out = format!(
        "{jobs} proofs ({}) of {proof:.2} CPU-seconds, {:.0} CPU-hours in all; {:.1} GB are published, {:.0} MB of it the manifest; a creditor's branch has {} kB.\n\n| cores | what goes wrong | hours | 99 of 100 proofs after | of the time without faults | jobs given out again | CPU-hours lost | database busy |\n|---|---|---|---|---|---|---|---|\n",
        levels.join(" + "),
        jobs as f64 * proof / 3_600.0,
        estimate.published_bytes as f64 / 1e9,
        estimate.manifest_bytes as f64 / 1e6,
        estimate.branch_bytes / 1_000,
    );
    for cores in [64, 1_024] {
        let all = fleet(cores);
        let slow = Fleet {
            process: None,
            host: None,
            ..all
        };
        let calm = Fleet {
            spread: 0.0,
            slow_share: 0.0,
            ..slow
        };
        let base = simulate(calm, jobs, proof).wall;
        let rows = [
            ("nothing", calm),
            ("slow proofs", slow),
            ("slow proofs, failures", all),
        ];
        for (what, fleet) in rows {
            let Run {
                wall,
                most,
                redelivered,
                lost,
                database,
                ..
            } = simulate(fleet, jobs, proof);
            let _ = writeln!(
                out,
                "| {cores} | {what} | {:.2} | {:.2} | {:.2} | {redelivered} | {:.2} | {:.0} % |",
                wall / 3_600.0,
                most / 3_600.0,
                wall / base,
                lost / 3_600.0,
                database * 100.0,
            );
        }
    }
    let _ = writeln!(
        out,
        "\nReading and merging {CREDITORS} openings takes {:.1} CPU-hours before.",
        CREDITORS as f64 * law.account / 3_600.0
    );
    Ok(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// `make outputs` writes it.
    #[test]
    fn docs_scale_has_the_tables_of_the_law() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/scale.md");
        let document = std::fs::read_to_string(path).unwrap();
        let filled = filled(&document, &Law::measured().unwrap()).unwrap();
        if std::env::var_os("COVENANT_WRITE_DOCS").is_some() {
            std::fs::write(path, filled).unwrap();
            return;
        }
        assert!(document == filled, "run make outputs");
    }
}
