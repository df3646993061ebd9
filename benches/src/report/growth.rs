//! Time and memory as functions of the number of positions.

use super::{grouped, megabytes, seconds, table};
use crate::law::{Line, line};
use crate::proving::Figures;
use covenant_prover::srs::MAX_EMBEDDED_K;
use std::fmt::Write as _;

type Of = fn(&Figures) -> f64;

pub(super) fn law(figures: &[Figures], shapes: &[Figures]) -> String {
    let beyond = shapes.iter().filter(|f| f.k > MAX_EMBEDDED_K);
    let rows: Vec<_> = figures
        .iter()
        .chain(beyond.clone())
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
    let points = |y: Of| -> Option<Line> {
        let points: Vec<_> = figures.iter().map(|f| (f.positions as f64, y(f))).collect();
        line(&points)
    };
    let mut text = format!(
        "## With the number of positions\n\nCircuits filled to the last block that fits, 16 accounts, \
         32 assets, base scenario.\n\n{}\n",
        table(&["shape", "positions", "k", "CPU", "wall", "memory"], &rows)
    );
    let laws: [(&str, Of, f64, &str); 3] = [
        ("CPU", |f| f.proof.cpu, 1.0, "s"),
        ("wall", |f| f.proof.wall, 1.0, "s"),
        ("memory", |f| f.peak as f64, 1e6, "MB"),
    ];
    for (name, of, scale, unit) in laws {
        let Some(l) = points(of) else { continue };
        let _ = writeln!(
            text,
            "- {name} = {:.3} {unit} + {:.4} {unit} x positions / 1000 (no point further than {:.0} % off)",
            l.fixed / scale,
            l.slope * 1000.0 / scale,
            l.worst * 100.0
        );
        for f in beyond.clone() {
            let predicted = l.fixed + l.slope * f.positions as f64;
            let _ = writeln!(
                text,
                "  - `{}`: {:.3} {unit}, {:.2} times what this line says",
                f.shape,
                of(f) / scale,
                of(f) / predicted
            );
        }
    }
    text += "\nLines of least relative squares through full circuits of the embedded ceremony. A circuit \
             that is not full costs what the full one of the same k costs: rows are a power of two. \
             Beyond k = 14 the prover keeps no multiples of the SRS's points.\n\n";
    text
}
