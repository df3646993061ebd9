//! Hashing, whose equations are one sum: when it does not end at 0 the harness names the cell; and
//! every weight of the table is one that the prover cannot choose.

use crate::cases;
use covenant_circuits::circuit::columns::{advice, second};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{OUTPUT_SLOT, Profile};
use covenant_circuits::circuit::permutation::{OUTPUT, Part, ROWS, Weight, part};
use covenant_circuits::circuit::weights;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::testing::Fault;
use covenant_soundness::checker::{Checker, Violation};
use covenant_soundness::covenant::{Covenant, HASH_PIN, HASHING};
use covenant_soundness::target::{Columns, Target};
use ff::Field;
use std::collections::BTreeSet;

fn targets() -> impl Iterator<Item = Covenant> {
    Profile::ALL.into_iter().map(|profile| {
        let witness = cases::witness(&cases::claim(), cases::shape());
        let layout = fit::smallest_in(cases::shape(), profile);
        Covenant::new(layout, &witness, cases::challenges(10)).unwrap()
    })
}

/// The violation of the pin.
fn pin(checker: &Checker<'_>, advice: &Columns) -> Option<Violation> {
    let mut violations = checker.violations(advice).into_iter();
    violations.find(|violation| match violation {
        Violation::Gate(i) => gate(checker, *i) == HASH_PIN,
        Violation::Copy(_) => false,
    })
}

fn gate<'a>(checker: &'a Checker<'_>, active: usize) -> &'a str {
    &checker.constraints[checker.active[active].constraint].gate
}

/// The first row of each kind of cell, and the last cell.
fn a_cell_of_each_kind() -> Vec<usize> {
    let kind = |row: &usize| std::mem::discriminant(&part(*row));
    let mut cells: Vec<usize> = (0..OUTPUT).collect();
    cells.dedup_by_key(|row| kind(&*row));
    cells.push(OUTPUT - 1);
    cells
}

#[test]
fn c4_a_failed_sum_of_hashing_names_its_cell() {
    for target in targets() {
        let layout = *target.layout();
        let checker = Checker::new(&target);
        assert_eq!(target.hash_faults(&target.trace().advice), []);
        let b = target.config().advice[advice::B].index();
        for permutation in [0, layout.permutations() - 1] {
            let (lane, start) = layout.lane(permutation);
            let at = |cell| Fault::Cell {
                permutation,
                lane,
                row: start + cell,
                cell,
            };
            let x = target.config().advice[advice::X + lane].index();
            let lanes = a_cell_of_each_kind().into_iter();
            let lanes = lanes.map(|cell| ((x, start + cell), cell, false));
            let slots = (0..=OUTPUT_SLOT).map(|slot| {
                let cell = if slot == OUTPUT_SLOT { OUTPUT } else { slot };
                ((b, layout.slot(permutation, slot)), cell, true)
            });
            for ((column, row), cell, alone) in lanes.chain(slots) {
                let mut advice = target.trace().advice.clone();
                let before = std::mem::replace(&mut advice[column][row], cases::random(3));
                target.second_phase(&mut advice, &mut vec![(column, row, before)]);
                let faults = target.hash_faults(&advice);
                // A cell's S-box output is taken by later equations; a slot is read by one.
                assert_eq!(faults[0], at(cell));
                assert!(!alone || faults.len() == 1, "{faults:?}");
                let words = checker.explain(&advice, pin(&checker, &advice).unwrap());
                assert_eq!(words[1], faults[0].to_string());
                assert_eq!(words.len(), 1 + faults.len());
            }
        }
    }
}

/// What the words are: permutation, lane, row and round.
#[test]
fn a_cell_of_hashing_is_named_in_words() {
    let cell = |cell| Fault::Cell {
        permutation: 3,
        lane: 1,
        row: 500,
        cell,
    };
    let partial = (0..ROWS)
        .find(|row| part(*row) == Part::Partial(2))
        .unwrap();
    for (fault, words) in [
        (cell(0), "permutation 3, lane 1, row 500: First(1), round 0"),
        (
            cell(partial),
            "permutation 3, lane 1, row 500: Partial(2), round 6",
        ),
        (cell(OUTPUT), "permutation 3, lane 1, row 500: Output"),
    ] {
        assert_eq!(fault.to_string(), words);
    }
}

/// The sum of hashing anew, from its end up, whatever lanes, slots and weights are: each equation
/// is linear in the sum of its own row.
fn sum_again(target: &Covenant, checker: &Checker<'_>, columns: &mut Columns) {
    let layout = target.layout();
    let sum = target.config().second[second::HASH].index();
    let mut equations: Vec<(usize, usize)> = (0..checker.active.len())
        .filter(|i| gate(checker, *i) == HASHING)
        .map(|i| (checker.active[i].row, i))
        .filter(|(row, _)| (layout.origin()..layout.hash_end()).contains(row))
        .collect();
    equations.sort_unstable();
    assert_eq!(equations.len(), layout.hash_end() - layout.origin());
    columns[sum][layout.hash_end()] = Fr::ZERO;
    for (row, equation) in equations.into_iter().rev() {
        columns[sum][row] = Fr::ZERO;
        let at_zero = checker.residue(columns, equation);
        columns[sum][row] = Fr::ONE;
        let slope = checker.residue(columns, equation) - at_zero;
        columns[sum][row] = -at_zero * slope.invert().unwrap();
    }
}

/// The gates that do not hold, with their rows; no copy may fail.
fn failing<'a>(checker: &'a Checker<'_>, columns: &Columns) -> BTreeSet<(&'a str, usize)> {
    let violations = checker.violations(columns).into_iter();
    let gates = violations.map(|violation| match violation {
        Violation::Gate(i) => (gate(checker, i), checker.active[i].row),
        Violation::Copy(class) => panic!("{:?}", checker.classes[class]),
    });
    gates.collect()
}

/// A weight that is another in the table and in every permutation, the sum of hashing with it: the
/// table's own row refuses it, and the sum does not end at 0, since every weight is of some
/// S-box output.
#[test]
fn c4_every_wrong_weight_is_refused() {
    for target in targets() {
        let layout = *target.layout();
        let checker = Checker::new(&target);
        let column = target.config().second[second::WEIGHT].index();
        let mut columns = target.trace().advice.clone();
        sum_again(&target, &checker, &mut columns);
        assert_eq!(columns, target.trace().advice);
        let mut seen = 0;
        for (weight, at) in &weights::TABLE.ends {
            let row = layout.hash_end() + at;
            let copies = checker.joined(Place::Advice(column, row));
            let rows = copies.iter().map(|place| match place {
                Place::Advice(of, row) if *of == column => *row,
                other => panic!("{weight:?}: {other}"),
            });
            let rows: Vec<usize> = rows.collect();
            // Every permutation's rows of the weight, and the table's.
            let period = (0..ROWS)
                .filter(|row| Weight::of(*row) == Some(*weight))
                .count();
            assert_eq!(rows.len(), 1 + period * layout.room() / layout.lanes);
            let mut columns = columns.clone();
            for row in &rows {
                columns[column][*row] += Fr::ONE;
            }
            sum_again(&target, &checker, &mut columns);
            let failing = failing(&checker, &columns);
            let expected = [("weights", row), (HASH_PIN, layout.origin())];
            assert_eq!(failing, BTreeSet::from(expected), "{weight:?}");
            assert_eq!(target.hash_faults(&columns), [Fault::Table { row }]);
            seen += 1;
        }
        assert_eq!(seen, Weight::all().count());
    }
}

/// One copy of a weight that is another, the sum with it: the copies disagree, and its row is named.
#[test]
fn c4_every_wrong_copy_of_a_weight_is_refused() {
    for target in targets() {
        let layout = *target.layout();
        let checker = Checker::new(&target);
        let column = target.config().second[second::WEIGHT].index();
        // Every row of a permutation, the last too, which has none.
        for row in layout.hash_start()..layout.hash_start() + ROWS {
            let mut columns = target.trace().advice.clone();
            columns[column][row] += Fr::ONE;
            let class = checker.class_of(Place::Advice(column, row)).unwrap();
            assert!(!checker.agrees(&columns, class));
            let weight = Weight::of(row - layout.hash_start());
            assert_eq!(
                target.hash_faults(&columns),
                [Fault::Weight { row, weight }]
            );
        }
    }
}
