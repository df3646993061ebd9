//! `report SHAPES [PEER ...]`: docs/benchmarks.md on standard output, from the figures that
//! `shapes` and the peers wrote in one run of `make bench`.
#![allow(clippy::print_stdout)]

use covenant_benches::Outcome;
use covenant_benches::measure::Cost;
use covenant_benches::report::{Run, grouped, megabytes, seconds, table};
use covenant_circuits::shape::Shape;
use serde::Deserialize;
use std::fs;

/// The shape that does what the peers do, and more.
const COMPARED: &str = "16x66x32x1";

/// What a peer says of itself.
#[derive(Deserialize)]
struct Peer {
    peer: String,
    positions: usize,
    size: String,
    setup: Cost,
    proof: Cost,
    runs: usize,
    verify: Cost,
    proof_bytes: usize,
    peak: u64,
    note: String,
}

fn ours(run: &Run) -> Option<Peer> {
    let shape: Shape = COMPARED.parse().ok()?;
    let figures = run
        .shapes
        .iter()
        .find(|f| f.dimensions == shape.dimensions())?;
    Some(Peer {
        peer: "**Covenant**".into(),
        positions: figures.positions,
        size: format!(
            "k = {}, {} + {} columns",
            figures.k, figures.advice, figures.fixed
        ),
        setup: figures.keys,
        proof: figures.proof,
        runs: figures.runs,
        verify: figures.verify,
        proof_bytes: figures.proof_bytes,
        peak: figures.peak,
        note: "does more: see below".into(),
    })
}

fn peers(run: &Run, others: Vec<Peer>) -> Outcome<String> {
    let ours = ours(run).ok_or_else(|| format!("{COMPARED} was not measured"))?;
    let (cpu, wall) = (ours.proof.cpu, ours.proof.wall);
    let rows: Vec<_> = std::iter::once(ours)
        .chain(others)
        .map(|p| {
            [
                p.peer,
                grouped(p.positions),
                p.size,
                seconds(p.proof.cpu),
                seconds(p.proof.wall),
                format!("{:.1}x / {:.1}x", p.proof.cpu / cpu, p.proof.wall / wall),
                p.runs.to_string(),
                seconds(p.setup.wall),
                megabytes(p.peak),
                grouped(p.proof_bytes),
                seconds(p.verify.wall),
                p.note,
            ]
        })
        .collect();
    let header = [
        "system",
        "positions",
        "size",
        "CPU",
        "wall",
        "of Covenant's",
        "runs",
        "set-up",
        "memory",
        "proof bytes",
        "verify",
        "otherwise",
    ];
    Ok(format!(
        "## The same work elsewhere\n\n{}\nEach proves that 16 accounts of 66 positions in 32 assets, \
         committed to as in section 4 of the specification unless the last column says otherwise, amounts of 112 bits and ids of 120, are \
         worth ratio times debt at public prices and weights: one scenario, every position \
         collateral. Covenant's proof is of the shape `{COMPARED}`, which also enforces liabilities, \
         netting, four tiers an asset, limits for assets and groups and the policy's digest, and \
         checks its own proof before it hands it out. Sources: `benches/peers/`, with a test for each \
         that false claims have no proof. Memory and set-up include making keys.\n\n",
        table(&header, &rows)
    ))
}

fn main() -> Outcome<()> {
    let mut paths = std::env::args().skip(1);
    let shapes = paths.next().ok_or("expected the figures of the shapes")?;
    let run: Run = serde_json::from_str(&fs::read_to_string(shapes)?)?;
    let others = paths
        .map(|path| Ok(serde_json::from_str(&fs::read_to_string(path)?)?))
        .collect::<Outcome<Vec<Peer>>>()?;
    let m = &run.machine;
    println!(
        "# Benchmarks\n\nWritten by `make bench`; never edited by hand.\n\n\
         {}, {} threads, {} GB of memory. Commit {}, {} UTC; load at the start {:.2}.\n",
        m.model,
        m.cores,
        m.memory / 1_000_000_000,
        m.commit,
        m.date,
        m.load
    );
    if m.load > 0.5 * m.cores as f64 {
        println!("**The machine was busy with other work: these figures are no measurement.**\n");
    }
    print!("{}", run.markdown());
    if !others.is_empty() {
        print!("{}", peers(&run, others)?);
    }
    Ok(())
}
