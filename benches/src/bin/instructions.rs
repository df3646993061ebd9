//! Instructions that one proof of `small` executes, on one thread, against the committed
//! number: a figure that a busy machine does not change. `--write` renews the number.
//! Needs valgrind.
#![allow(clippy::print_stdout)]

use covenant_benches::Outcome;
use covenant_benches::claims::full;
use covenant_circuits::shape::Shape;
use covenant_prover::keys::Keys;
use covenant_prover::prove::{Phase, prove};
use std::path::Path;
use std::process::Command;

/// Relative deviation that is not a change: claims, blinding and scheduling are random.
const TOLERANCE: f64 = 0.03;

fn committed() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("instructions.txt")
}

/// What valgrind counts while this program makes keys and so many proofs.
fn count(proofs: usize) -> Outcome<u64> {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(std::env::current_exe()?)
        .arg(proofs.to_string())
        .env("RAYON_NUM_THREADS", "1")
        .output()?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        return Err(format!("valgrind: {said}").into());
    }
    let line = said.lines().find(|l| l.contains("Collected :"));
    let number = line
        .and_then(|l| l.split_whitespace().last())
        .ok_or("valgrind counted nothing")?;
    Ok(number.parse()?)
}

fn main() -> Outcome<()> {
    let argument = std::env::args().nth(1);
    let write = argument.as_deref() == Some("--write");
    if let Some(proofs) = argument.filter(|_| !write) {
        let full = full(Shape::SMALL)?;
        let keys = Keys::embedded(Shape::SMALL, None)?;
        for _ in 0..proofs.parse()? {
            prove(&keys, &full.satisfied, &mut |_: Phase| {})?;
        }
        return Ok(());
    }
    // Of two proofs, less those of one: keys and start-up fall out.
    let two = count(2)?;
    let got = two
        .checked_sub(count(1)?)
        .ok_or("two proofs took less than one")?;
    if write {
        std::fs::write(committed(), format!("{got}\n"))?;
        println!("{got} instructions, written to {}", committed().display());
        return Ok(());
    }
    let expected: u64 = std::fs::read_to_string(committed())?.trim().parse()?;
    let change = got as f64 / expected as f64 - 1.0;
    println!(
        "{got} instructions, expected {expected}: {:+.2} %",
        100.0 * change
    );
    if change.abs() > TOLERANCE {
        return Err(format!(
            "expected at most {:.0} % of change; if it is meant, run make bench-instructions WRITE=--write",
            100.0 * TOLERANCE
        )
        .into());
    }
    Ok(())
}
