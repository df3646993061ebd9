//! Measures every shape, each in a process of its own, and prints Markdown; `--json`
//! writes the figures to a file as well.
#![allow(clippy::print_stdout, clippy::print_stderr)]

use clap::{Parser, Subcommand};
use covenant_benches::machine::Machine;
use covenant_benches::proving::{self, Figures};
use covenant_benches::report::Run;
use covenant_benches::{Outcome, batch, cold, law, pareto};
use covenant_circuits::shape::Shape;
use serde::de::DeserializeOwned;
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
    /// Measure every layout of small
    #[arg(long)]
    pareto: bool,
    /// Prove so many claims of small in one process, one by one and together
    #[arg(long, value_name = "CLAIMS", default_value_t = 0)]
    batch: usize,
    /// Write the figures here
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[derive(Subcommand)]
enum Mode {
    /// One shape in this process, as JSON
    One { shape: Shape, runs: usize },
    /// Every layout of a shape in this process, as JSON
    Layouts { shape: Shape, runs: usize },
    /// Many claims in this process, so many at a time, as JSON
    Batch {
        shape: Shape,
        claims: usize,
        in_flight: usize,
    },
}

impl Mode {
    fn run(self) -> Outcome<String> {
        Ok(match self {
            Self::One { shape, runs } => serde_json::to_string(&proving::measure(shape, runs)?),
            Self::Layouts { shape, runs } => serde_json::to_string(&pareto::measure(shape, runs)?),
            Self::Batch {
                shape,
                claims,
                in_flight,
            } => serde_json::to_string(&batch::measure(shape, claims, in_flight)?),
        }?)
    }
}

/// A process of its own, so that its memory is its own.
fn apart<T: DeserializeOwned>(arguments: &[&str]) -> Outcome<T> {
    let what = arguments.join(" ");
    eprintln!("measuring: {what}");
    let output = Command::new(std::env::current_exe()?)
        .args(arguments)
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(format!("{what}: {}", output.status).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

fn one(shape: Shape, runs: usize) -> Outcome<Figures> {
    apart(&["one", &shape.to_string(), &runs.to_string()])
}

fn main() -> Outcome<()> {
    let options = Options::parse();
    if let Some(mode) = options.mode {
        println!("{}", mode.run()?);
        return Ok(());
    }
    let machine = Machine::here();
    let mut shapes = Vec::new();
    for shape in &options.shapes {
        shapes.push(one(*shape, options.runs)?);
    }
    if options.xlarge {
        shapes.push(one(Shape::XLARGE, 1)?);
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
                filled.push(one(shape, options.runs.min(3))?);
            }
        }
    }
    let runs = options.runs.to_string();
    let layouts = match options.pareto {
        true => apart(&["layouts", "small", &runs])?,
        false => Vec::new(),
    };
    let mut batches = Vec::new();
    for in_flight in [1, machine.cores] {
        if options.batch > 0 {
            let (claims, in_flight) = (options.batch.to_string(), in_flight.to_string());
            batches.push(apart(&["batch", "small", &claims, &in_flight])?);
        }
    }
    let run = Run {
        machine,
        shapes,
        cold: starts,
        law: filled,
        pareto: layouts,
        batches,
    };
    if let Some(path) = &options.json {
        std::fs::write(path, serde_json::to_string_pretty(&run)? + "\n")?;
    }
    println!("{}", run.markdown());
    Ok(())
}
