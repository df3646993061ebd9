//! Measures every shape, each in a process of its own, and prints Markdown; `--json`
//! writes the figures to a file as well.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use clap::{Parser, Subcommand};
use covenant_benches::machine::Machine;
use covenant_benches::proving::{self, Figures};
use covenant_benches::report::Run;
use covenant_benches::{Outcome, cold, law};
use covenant_circuits::shape::Shape;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What proofs of each shape cost.
#[derive(Parser)]
struct Options {
    #[command(subcommand)]
    mode: Option<Mode>,
    /// Proofs for each median
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Shapes to measure
    #[arg(
        long,
        value_delimiter = ',',
        default_value = "small,medium,large,16x66x32x1"
    )]
    shapes: Vec<Shape>,
    /// The `covenant` binary of the release profile, for cold starts
    #[arg(long, value_name = "FILE")]
    covenant: Option<PathBuf>,
    /// Fill circuits of 2^FROM to 2^TO rows and fit a law
    #[arg(long, value_names = ["FROM", "TO"], num_args = 2)]
    law: Vec<u32>,
    /// Measure xlarge too, one proof (minutes; needs --features insecure-dev-srs)
    #[arg(long)]
    xlarge: bool,
    /// Write the figures here
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Mode {
    /// One shape in this process, as JSON
    One { shape: Shape, runs: usize },
}

/// A shape in a process of its own, so that its memory is its own.
fn apart(shape: Shape, runs: usize) -> Outcome<Figures> {
    eprintln!("measuring {shape} ({runs} proofs)");
    let output = Command::new(std::env::current_exe()?)
        .args(["one", &shape.to_string(), &runs.to_string()])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{shape}: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    if let Some(Mode::One { shape, runs }) = options.mode {
        println!(
            "{}",
            serde_json::to_string(&proving::measure(shape, runs)?)?
        );
        return Ok(());
    }
    let machine = Machine::here();
    let mut shapes = Vec::new();
    for shape in &options.shapes {
        shapes.push(apart(*shape, options.runs)?);
    }
    if options.xlarge {
        shapes.push(apart(Shape::XLARGE, 1)?);
    }
    let mut starts = Vec::new();
    if let Some(program) = &options.covenant {
        for shape in options
            .shapes
            .iter()
            .filter(|s| Shape::STANDARD.contains(s))
        {
            eprintln!("cold starts of {shape}");
            starts.push(cold::measure(program, *shape, options.runs.min(5))?);
        }
    }
    let mut filled = Vec::new();
    if let [from, to] = *options.law {
        for k in from..=to {
            if let Some(shape) = law::fullest(k)? {
                filled.push(apart(shape, options.runs.min(3))?);
            }
        }
    }
    let run = Run {
        machine,
        shapes,
        cold: starts,
        law: filled,
    };
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_string_pretty(&run)? + "\n")?;
    }
    println!("{}", run.markdown());
    Ok(())
}
