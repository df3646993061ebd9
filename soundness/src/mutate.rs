//! Mutate: changes one cell, alone and with everything that follows from it (copies,
//! counts of the range table, the second phase). Some constraint must break.

use super::checker::{Checker, Violation};
use super::report::Findings;
use super::target::Columns;
use covenant_circuits::lint::Place;
use covenant_claims::field::Fr;
use ff::Field;

/// Runs both modes over every cell that a constraint or a copy names. `random` is the
/// third value that each cell is set to, beside one more and 0 (or -1 where it is 0).
pub fn change_each_cell(checker: &Checker<'_>, random: impl Fn(usize) -> Fr) -> Findings {
    change_cells(checker, checker.cells_and_dangling(), random)
}

/// The same over some cells.
pub fn change_cells(
    checker: &Checker<'_>,
    cells: impl IntoIterator<Item = Place>,
    random: impl Fn(usize) -> Fr,
) -> Findings {
    let mut findings = Findings::default();
    let mut advice = checker.trace.advice.clone();
    for (n, place) in cells.into_iter().enumerate() {
        let section = checker.target.section(place);
        findings.of(section).cells += 1;
        let looked_up_only =
            checker.target.is_looked_up(place) && checker.is_range_checks_own(place);
        let honest = checker.value(&advice, place);
        let other = if honest == Fr::ZERO {
            -Fr::ONE
        } else {
            Fr::ZERO
        };
        let mut survived = None;
        for value in [honest + Fr::ONE, other, random(n)] {
            if value == honest {
                continue;
            }
            findings.of(section).tried += 2;
            if alone(checker, &mut advice, place, value, &[]) {
                survived = Some("alone");
            } else if !looked_up_only && followed(checker, &mut advice, place, value, &[]) {
                survived = survived.or(Some("with what follows"));
            }
        }
        match survived {
            Some(mode) => {
                let words = format!("{}, changed {mode}", checker.describe(place));
                findings.survivor(section, words);
            }
            // Counted in the table, it may be any number of it: nothing else reads it.
            None if looked_up_only => findings.of(section).structural += 1,
            None => {}
        }
    }
    findings
}

/// Whether a change of one cell goes unnoticed.
pub(super) fn alone(
    checker: &Checker<'_>,
    advice: &mut Columns,
    place: Place,
    value: Fr,
    violations: &[Violation],
) -> bool {
    let Place::Advice(c, r) = place else {
        return false;
    };
    let before = std::mem::replace(&mut advice[c][r], value);
    let unnoticed = checker.broken(advice, &[place], false).is_none()
        && violations.iter().all(|v| mended(checker, advice, *v));
    advice[c][r] = before;
    unnoticed
}

/// Whether the change goes unnoticed when everything that follows is changed too, and
/// mends what did not hold before.
pub(super) fn followed(
    checker: &Checker<'_>,
    advice: &mut Columns,
    place: Place,
    value: Fr,
    violations: &[Violation],
) -> bool {
    let mut changed = change(checker, advice, place, value);
    let in_first_phase = |v: &Violation| match v {
        Violation::Gate(i) => checker.first_phase[*i],
        Violation::Copy(_) => false,
    };
    let unnoticed = checker
        .broken(advice, &checker.joined(place), true)
        .is_none()
        && violations
            .iter()
            .filter(|v| in_first_phase(v))
            .all(|v| mended(checker, advice, *v))
        && {
            compute_again(checker, advice, &mut changed);
            let places: Vec<Place> = changed
                .iter()
                .map(|(c, r, _)| Place::Advice(*c, *r))
                .collect();
            // The few that have to hold now before the many that may not fail.
            violations.iter().all(|v| mended(checker, advice, *v))
                && checker.broken(advice, &places, false).is_none()
        };
    restore(advice, changed);
    unnoticed
}

/// Cells that were changed, with what they held.
pub(super) type Changed = Vec<(usize, usize, Fr)>;

/// Changes a cell and everything that follows from it.
pub(super) fn follow(
    checker: &Checker<'_>,
    advice: &mut Columns,
    place: Place,
    value: Fr,
) -> Changed {
    let mut changed = change(checker, advice, place, value);
    compute_again(checker, advice, &mut changed);
    changed
}

/// Undoes changes.
pub(super) fn restore(advice: &mut Columns, changed: Changed) {
    for (c, r, value) in changed.into_iter().rev() {
        advice[c][r] = value;
    }
}

/// Changes a cell and its copies.
pub(super) fn change(
    checker: &Checker<'_>,
    advice: &mut Columns,
    place: Place,
    value: Fr,
) -> Changed {
    let mut changed = Vec::new();
    for place in checker.joined(place) {
        if let Place::Advice(c, r) = place {
            changed.push((c, r, std::mem::replace(&mut advice[c][r], value)));
        }
    }
    changed
}

/// The counts of the range table and the second phase, after a change of the first.
fn compute_again(checker: &Checker<'_>, advice: &mut Columns, changed: &mut Changed) {
    checker.target.recount(advice, changed);
    checker.target.second_phase(advice, changed);
}

fn mended(checker: &Checker<'_>, advice: &Columns, violation: Violation) -> bool {
    match violation {
        Violation::Gate(i) => checker.holds(advice, i),
        Violation::Copy(class) => checker.agrees(advice, class),
    }
}
