//! Measures roll-ups, each shape in a process of its own, and writes the law that
//! `covenant rollup plan` reckons with.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use clap::{Parser, Subcommand};
use covenant_benches::Outcome;
use covenant_benches::machine::Machine;
use covenant_benches::rollup::{Figures, law, measure};
use covenant_circuits::rollup::RollupShape;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a proof of a roll-up costs, by shape.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    mode: Option<Mode>,
    /// Proofs for each median
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Shapes to measure; the law is fitted to all of them
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "16x12->12,64x12->12,256x12->12,64x57->57,512x12->12"
    )]
    shapes: Vec<RollupShape>,
    /// Write the law here
    #[arg(long, value_name = "FILE")]
    law: PathBuf,
}

#[derive(Subcommand)]
enum Mode {
    /// One shape in this process, as JSON
    One { shape: RollupShape, runs: usize },
}

/// A process of its own, so that its memory is its own.
fn apart(shape: RollupShape, runs: usize) -> Outcome<Figures> {
    eprintln!("{shape}");
    let out = Command::new(std::env::current_exe()?)
        .args(["--law", "-", "one", &shape.to_string(), &runs.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !out.status.success() {
        return Err(format!("{shape}: {}", out.status).into());
    }
    Ok(serde_json::from_slice(&out.stdout)?)
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    if let Some(Mode::One { shape, runs }) = options.mode {
        println!("{}", serde_json::to_string(&measure(shape, runs)?)?);
        return Ok(());
    }
    let machine = Machine::here();
    let figures = options.shapes.iter().map(|s| apart(*s, options.runs));
    let figures = figures.collect::<Outcome<Vec<_>>>()?;
    println!(
        "| shape | k | advice cells | proof, CPU-s | verification, CPU-ms | account, CPU-ms | peak MB |"
    );
    println!("|---|---|---|---|---|---|---|");
    for f in &figures {
        println!(
            "| {} | {} | {} | {:.2} | {:.1} | {:.3} | {} |",
            f.shape,
            f.k,
            f.cells,
            f.proof.cpu,
            f.verification.cpu * 1e3,
            f.account.cpu * 1e3,
            f.peak / 1_000_000,
        );
    }
    let law = serde_json::to_string_pretty(&law(&machine, &figures)?)? + "\n";
    std::fs::write(&options.law, law)?;
    Ok(())
}
