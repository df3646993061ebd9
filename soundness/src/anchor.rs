//! Anchor: the code is told a lie about a cell that keeps its honest value. What is
//! computed from the lie must not fit the cell: where it does, the code used the cell's
//! value without a constraint that ties what it made of it to the cell.

use super::checker::Checker;
use super::report::Findings;
use super::target::Columns;
use covenant_circuits::lint::{Captured, LintError, Place, capture_lying};
use covenant_claims::field::Fr;
use halo2_proofs::plonk::Circuit;

/// Runs over the given cells; `lie` makes the first-phase columns that the code makes
/// when it is lied to about a cell. Cells about which the lie changes nothing were not read by the
/// code and are not counted as tried.
pub fn lie_about_each_cell(
    checker: &Checker<'_>,
    cells: impl IntoIterator<Item = Place>,
    mut lie: impl FnMut(Place) -> Option<Columns>,
) -> Findings {
    let mut findings = Findings::default();
    let honest = &checker.trace.advice;
    for place in cells {
        let section = checker.target.section(place);
        findings.of(section).cells += 1;
        let Some(lied) = lie(place) else { continue };
        let changed = differing(honest, &lied);
        if changed.is_empty() {
            continue;
        }
        findings.of(section).tried += 1;
        if checker.broken(&lied, &places(&changed), true).is_none()
            && unnoticed(checker, lied, changed)
        {
            let words = format!("{}, not anchored", checker.describe(place));
            findings.survivor(section, words);
        }
    }
    findings
}

fn places(changed: &[(usize, usize, Fr)]) -> Vec<Place> {
    let cells = changed.iter();
    cells.map(|(c, r, _)| Place::Advice(*c, *r)).collect()
}

fn unnoticed(
    checker: &Checker<'_>,
    mut lied: Columns,
    mut changed: Vec<(usize, usize, Fr)>,
) -> bool {
    checker.target.second_phase(&mut lied, &mut changed);
    checker.broken(&lied, &places(&changed), false).is_none()
}

fn differing(honest: &Columns, lied: &Columns) -> Vec<(usize, usize, Fr)> {
    let columns = honest.iter().zip(lied).enumerate();
    columns
        .flat_map(|(c, (honest, lied))| {
            let rows = honest.iter().zip(lied).enumerate();
            rows.filter(|(_, (h, l))| h != l)
                .map(move |(r, (h, _))| (c, r, *h))
        })
        .collect()
}

/// The columns of a circuit that reads its own cells back, when it is lied to about one.
pub fn lied_to<C: Circuit<Fr>>(
    k: u32,
    circuit: &C,
    trace: &Captured,
    place: Place,
    delta: Fr,
) -> Result<Columns, LintError> {
    let lied = capture_lying(
        k,
        circuit,
        &trace.instance,
        &trace.challenges,
        (place, delta),
    )?;
    Ok(lied.advice)
}
