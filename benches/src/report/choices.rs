//! Choices: which layout, and whether claims are proved one by one.

use super::{both, grouped, megabytes, seconds, table};
use crate::batch::Batch;
use crate::pareto::Point;

/// Layouts of `small` that docs/decisions/0004-cost.md computes and nobody built: k, columns,
/// degree, bytes, thousands of gas, CPU-seconds of halo2-axiom's prover as then scaled.
const COMPUTED: [(&str, u32, &str, u32, usize, u32, &str); 5] = [
    ("six limbs in one sum", 11, "18 + 17", 9, 3840, 552, "1.1"),
    ("four limbs, one sum", 12, "16 + 17", 7, 3552, 522, "1.9"),
    (
        "three S-boxes a row, three limbs",
        12,
        "13 + 15",
        7,
        3296,
        485,
        "1.5",
    ),
    (
        "the same, constants from two columns, switches in pairs, public inputs by a gate",
        12,
        "13 + 11",
        7,
        3136,
        449,
        "1.5",
    ),
    (
        "squares, degree 5, switches split",
        11,
        "27 + 24",
        5,
        4992,
        661,
        "0.9",
    ),
];

/// Time against gas.
pub(super) fn pareto(points: &[Point]) -> String {
    let measured = points.iter().map(|p| {
        [
            format!("`{}`, {}", p.shape, p.layout),
            p.k.to_string(),
            format!("{} + {}", p.columns.advice, p.columns.fixed),
            p.columns.degree.to_string(),
            grouped(p.proof_bytes),
            format!("{:.0}k", p.columns.gas()),
            both(p.proof),
            String::new(),
        ]
    });
    let computed = COMPUTED
        .iter()
        .map(|(name, k, columns, degree, bytes, gas, cpu)| {
            [
                format!("computed: {name}"),
                k.to_string(),
                (*columns).to_owned(),
                degree.to_string(),
                grouped(*bytes),
                format!("{gas}k"),
                String::new(),
                format!("{cpu} s"),
            ]
        });
    let rows: Vec<_> = measured.chain(computed).collect();
    let header = [
        "layout",
        "k",
        "columns",
        "degree",
        "proof bytes",
        "gas",
        "CPU / wall",
        "CPU, computed",
    ];
    format!(
        "## Time against gas\n\n{}\nGas by the model of [decision 4](decisions/0004-cost.md), within 5 % of \
         what [gas.md](gas.md) measured. CPU / wall: the trace and the proof, without native check and \
         self-verification; medians. Computed layouts are of `small` and were not built: their \
         CPU-seconds are scaled from halo2-axiom's prover, which takes some three times ours.\n\n",
        table(&header, &rows)
    )
}

/// One by one, or together.
pub(super) fn batch(batches: &[Batch]) -> String {
    let rows: Vec<_> = batches
        .iter()
        .map(|b| {
            let more = b.peak.saturating_sub(b.before);
            [
                format!("{} x `{}`", b.claims, b.shape),
                b.in_flight.to_string(),
                seconds(b.cost.cpu),
                seconds(b.cost.wall),
                format!("{:.2}", b.claims as f64 / b.cost.wall),
                megabytes(b.before),
                megabytes(b.peak),
                megabytes(more / b.in_flight.max(1) as u64),
            ]
        })
        .collect();
    let header = [
        "claims",
        "at a time",
        "CPU",
        "wall",
        "claims a second",
        "memory before",
        "memory",
        "for each in flight",
    ];
    format!(
        "## Many claims in one process\n\n{}\n`prove_all`, keys and what they keep in memory. One at a time \
         takes all threads; several share them. Memory: resident before the first claim, and at \
         most.\n\n",
        table(&header, &rows)
    )
}
