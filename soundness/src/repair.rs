//! Repair: from the trace of a false statement, tries to mend it by one cell: 0, 1,
//! -1, v +- 1, v +- 2^k, what a copy of it holds, and the root of each equation that does
//! not hold. With and without what follows from the change.

use super::checker::{Checker, Violation};
use super::mutate::{alone, change, follow, followed, restore};
use super::report::Findings;
use super::target::Columns;
use covenant_circuits::lint::Place;
use covenant_claims::field::{Fr, two_pow};
use covenant_claims::poseidon;
use ff::Field;
use std::collections::BTreeSet;

/// Powers of two that are tried.
const POWERS: u32 = 254;

/// Tries every cell. The trace must not satisfy the circuit; returns `None` where it does.
pub fn mend(checker: &Checker<'_>) -> Option<Findings> {
    let mut advice: Columns = checker.trace.advice.clone();
    let violations = checker.violations(&advice);
    if violations.is_empty() {
        return None;
    }
    let mut findings = Findings::default();
    for place in checker.cells() {
        let section = checker.target.section(place);
        let counts = findings.of(section);
        counts.cells += 1;
        // A change that a violation of the first phase does not feel cannot mend it; nor can
        // one that reaches nothing but the range check.
        let apart = !violations.iter().any(|v| checker.is_range_check(*v))
            && checker.read_by_range_check_alone(place);
        if apart
            || violations.iter().any(|v| !may_mend(checker, *v, place))
            || !is_felt(checker, &mut advice, &violations, place)
        {
            counts.structural += 1;
            continue;
        }
        for value in candidates(checker, &mut advice, &violations, place) {
            findings.of(section).tried += 2;
            if alone(checker, &mut advice, place, value, &violations)
                || followed(checker, &mut advice, place, value, &violations)
            {
                let words = format!("{}, mends a false statement", checker.describe(place));
                findings.survivor(section, words);
                break;
            }
        }
    }
    Some(findings)
}

/// Whether a change of the cell, and of the copies of it, can reach a violation.
fn may_mend(checker: &Checker<'_>, violation: Violation, place: Place) -> bool {
    let joined = checker.joined(place);
    match violation {
        Violation::Gate(i) => {
            !checker.first_phase[i] || joined.iter().any(|p| checker.active[i].cells.contains(p))
        }
        Violation::Copy(class) => {
            let cells = &checker.classes[class];
            cells.iter().any(|p| checker.in_second_phase(*p))
                || joined.iter().any(|p| cells.contains(p))
        }
    }
}

/// Whether every violation notices a random value in the cell, with all that follows from it (a cell
/// of the second phase is changed alone, since it would be computed again): what a violated equation
/// comes to is a rational function of the cell, and one that is the same at a random value is
/// constant.
fn is_felt(
    checker: &Checker<'_>,
    advice: &mut Columns,
    violations: &[Violation],
    place: Place,
) -> bool {
    let comes_to = |advice: &Columns| -> Vec<Vec<Fr>> {
        let of = |violation: &Violation| match violation {
            Violation::Gate(i) => vec![checker.residue(advice, *i)],
            Violation::Copy(class) => {
                let cells = checker.classes[*class].iter();
                cells.map(|p| checker.value(advice, *p)).collect()
            }
        };
        violations.iter().map(of).collect()
    };
    let before = comes_to(advice);
    let random = poseidon::hash([checker.value(advice, place)]);
    let changed = match checker.in_second_phase(place) {
        true => change(checker, advice, place, random),
        false => follow(checker, advice, place, random),
    };
    let after = comes_to(advice);
    restore(advice, changed);
    before.iter().zip(&after).all(|(b, a)| b != a)
}

fn candidates(
    checker: &Checker<'_>,
    advice: &mut Columns,
    violations: &[Violation],
    place: Place,
) -> BTreeSet<Fr> {
    let v = checker.value(advice, place);
    let mut values = BTreeSet::from([Fr::ZERO, Fr::ONE, -Fr::ONE, v + Fr::ONE, v - Fr::ONE]);
    for other in checker.joined(place) {
        values.insert(checker.value(advice, other));
    }
    for violation in violations {
        if let Violation::Gate(i) = violation {
            values.extend(root(checker, advice, *i, place));
        }
    }
    // Where another equation pins the cell, only its other roots can do; where the range check alone
    // reads it, one number of the table is like another.
    if !pinned(checker, advice, place) && !checker.read_by_range_check_alone(place) {
        for k in 0..POWERS {
            values.insert(v + two_pow(k));
            values.insert(v - two_pow(k));
        }
    }
    values.remove(&v);
    values
}

/// The value of the cell at which an equation that is linear in it holds.
fn root(checker: &Checker<'_>, advice: &mut Columns, active: usize, place: Place) -> Option<Fr> {
    let Place::Advice(c, r) = place else {
        return None;
    };
    let v = advice[c][r];
    let mut at = |x: Fr| {
        advice[c][r] = x;
        checker.residue(advice, active)
    };
    let (f1, f2) = (at(v + Fr::ONE), at(v + Fr::from(2)));
    // Last, so that the cell ends as it was.
    let f0 = at(v);
    let slope = f1 - f0;
    let linear = f2 - f1 == slope;
    let inverse = Option::<Fr>::from(slope.invert())?;
    linear.then(|| v - f0 * inverse)
}

/// Whether an equation of the first phase that holds is linear in the cell alone, so that
/// any other value breaks it, copies changed or not.
fn pinned(checker: &Checker<'_>, advice: &mut Columns, place: Place) -> bool {
    checker.joined(place).into_iter().any(|p| {
        checker.target.is_pinned(p)
            || checker
                .touching(p)
                .iter()
                .any(|i| checker.first_phase[*i] && pins(checker, advice, *i, place))
    })
}

fn pins(checker: &Checker<'_>, advice: &mut Columns, active: usize, place: Place) -> bool {
    if !checker.holds(advice, active) {
        return false;
    }
    let joined = checker.joined(place);
    let v = checker.value(advice, place);
    let before: Vec<Fr> = joined.iter().map(|p| checker.value(advice, *p)).collect();
    let mut at = |x: Fr| {
        for p in &joined {
            if let Place::Advice(c, r) = p {
                advice[*c][*r] = x;
            }
        }
        checker.residue(advice, active)
    };
    let step = at(v + Fr::ONE);
    let pins = step != Fr::ZERO && at(v + Fr::from(2)) == step.double() && at(v - Fr::ONE) == -step;
    for (p, value) in joined.iter().zip(before) {
        if let Place::Advice(c, r) = p {
            advice[*c][*r] = value;
        }
    }
    pins
}
