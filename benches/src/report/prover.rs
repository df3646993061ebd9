//! Where a proof's time goes, and what it is beside the library's prover and the lower bound.

use super::{both, grouped, table};
use crate::measure::Cost;
use crate::proving::{Figures, PHASES};

fn times(cost: Cost, of: Cost) -> String {
    format!("{:.2}x / {:.2}x", cost.cpu / of.cpu, cost.wall / of.wall)
}

pub(super) fn phases(figures: &[Figures]) -> String {
    let mut header = vec!["shape", "finding the allocation"];
    header.extend(PHASES.map(|(_, name)| name));
    let rows: Vec<Vec<String>> = figures
        .iter()
        .map(|f| {
            let mut row = vec![format!("`{}`", f.shape), both(f.allocation)];
            row.extend(PHASES.map(|(_, name)| both(f.phase(name))));
            row
        })
        .collect();
    format!(
        "## Where the time goes\n\n{}\nCPU / wall, medians, measured inside the prover as its observer \
         tells of them, and the native check before it. Commitments: to both phases of the trace, which includes laying out the \
         second, to the running product and to the random polynomial. Quotient: interpolation, cosets, \
         gates, and the commitments to its pieces. Opening: evaluations and SHPLONK. Finding the \
         allocation comes before the proof and is not part of it.\n\n",
        table(&header, &rows)
    )
}

pub(super) fn library(figures: &[Figures]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .filter_map(|f| {
            let library = f.library?;
            Some([
                format!("`{}`", f.shape),
                both(f.made()),
                both(library),
                times(library, f.made()),
            ])
        })
        .collect();
    format!(
        "## Against the library's prover\n\n{}\nCPU / wall. The same keys, trace, public inputs and \
         transcript: halo2-axiom's `create_proof`, and our prover's commitments, quotient and opening. \
         Neither includes the native check, the witness and the self-verification.\n\n",
        table(&["shape", "ours", "halo2-axiom's", "of ours"], &rows)
    )
}

pub(super) fn bound(figures: &[Figures]) -> String {
    let rows: Vec<_> = figures
        .iter()
        .map(|f| {
            let (c, total) = (f.bound.counts, f.bound.total());
            [
                format!("`{}`", f.shape),
                format!("{} + {}", c.advice, c.full),
                grouped(c.transforms()),
                both(f.bound.advice_commitments),
                both(f.bound.full_commitments),
                both(f.bound.transforms),
                both(total),
                both(f.proof),
                times(f.proof, total),
            ]
        })
        .collect();
    let header = [
        "shape",
        "commitments",
        "transforms",
        "advice",
        "full width",
        "transforms",
        "lower bound",
        "proof",
        "multiple",
    ];
    format!(
        "## Against the work that cannot be avoided\n\n{}\nCPU / wall, with the prover's own primitives. \
         Commitments: to advice columns, with the scalars of a real trace, + to full-width scalars. \
         Transforms: of one column's size; advice, instance and permutation products to coefficients \
         and to as many cosets as the quotient's degree needs, and the quotient back. Everything \
         else that a proof takes, from the native check to the self-verification, counts as \
         nothing.\n\n",
        table(&header, &rows)
    )
}
