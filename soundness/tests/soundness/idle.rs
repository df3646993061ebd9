//! The one entry of the allow-list, and what `rigidity` takes from the gate of hashing: that cells
//! which bind nothing are those that are named so, and that the sum of hashing has one solution.

use crate::cases;
use covenant_circuits::circuit::columns::{fixed, second};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::{Covenant, HASHING};
use covenant_soundness::target::Target;
use ff::Field;
use std::collections::BTreeMap;

fn layouts() -> Vec<Layout> {
    Profile::ALL
        .into_iter()
        .map(|profile| fit::smallest_in(cases::shape(), profile))
        .collect()
}

/// No equation but those of hashing below its pin notices an idle cell, and no copy names one.
#[test]
fn c4_idle_cells_bind_nothing() {
    let witness = cases::witness(&cases::claim(), cases::shape());
    for layout in layouts() {
        let target = Covenant::new(layout, &witness, cases::challenges(8)).unwrap();
        let checker = Checker::new(&target);
        let mut advice = target.trace().advice.clone();
        let mut idle = 0;
        for place in checker.cells_and_dangling() {
            let Place::Advice(column, row) = place else {
                continue;
            };
            if !target.is_idle(place) {
                continue;
            }
            idle += 1;
            assert!(
                checker.class_of(place).is_none(),
                "{}",
                checker.describe(place)
            );
            let before = advice[column][row];
            advice[column][row] += cases::random(row as u64);
            let noticed = checker.touching(place).iter().copied();
            let noticed: Vec<usize> = noticed.filter(|i| !checker.holds(&advice, *i)).collect();
            for active in noticed {
                let active = &checker.active[active];
                let constraint = &checker.constraints[active.constraint];
                assert_eq!(constraint.gate, HASHING, "{}", checker.describe(place));
                assert!(
                    active.row >= layout.hash_end(),
                    "{}",
                    checker.describe(place)
                );
            }
            advice[column][row] = before;
        }
        println!("{:?}: {idle} idle cells", layout.profile);
        assert!(idle > 0);
    }
}

/// The sum of hashing below its pin is satisfied by some column whatever the idle cells are: no
/// cell of it but the first has another equation.
#[test]
fn c4_the_sum_below_its_pin_is_free() {
    let witness = cases::witness(&cases::claim(), cases::shape());
    for layout in layouts() {
        let target = Covenant::new(layout, &witness, cases::challenges(8)).unwrap();
        let checker = Checker::new(&target);
        let column = target.config().second[second::HASH].index();
        for row in layout.hash_end() + 1..layout.usable() {
            let readers = checker.touching(Place::Advice(column, row));
            for i in readers {
                let active = &checker.active[*i];
                assert_eq!(checker.constraints[active.constraint].gate, HASHING);
                assert!(active.row == row || active.row + 1 == row);
            }
        }
    }
}

/// What `Covenant::follows` says: given what permutations absorb, every cell of a lane and every
/// output is pinned by the sum alone. The sum, from its pin to its pin, is derived by each of
/// these cells under as many challenges as there are cells; that they determine the cells is that
/// the matrix has full rank.
#[test]
fn c4_the_sum_of_hashing_pins_every_lane() {
    let witness = cases::witness(&cases::smallest_claim(), cases::smallest());
    for profile in Profile::ALL {
        let layout = fit::smallest_in(cases::smallest(), profile);
        let target = Covenant::new(layout, &witness, cases::challenges(9)).unwrap();
        let checker = Checker::new(&target);
        let cells: Vec<Place> = target
            .follows()
            .into_iter()
            .flat_map(|(_, to)| to)
            .collect();
        let number: BTreeMap<Place, usize> = cells.iter().copied().zip(0..).collect();
        let hash = target.config().second[second::HASH].index();
        let gate = |row: usize| {
            let readers = checker.touching(Place::Advice(hash, row)).iter();
            let mut own = readers.filter(|i| {
                let active = &checker.active[**i];
                active.row == row && checker.constraints[active.constraint].gate == HASHING
            });
            *own.next().unwrap()
        };
        // What each row's equation reads of them; its switch is taken out.
        let table = target.config().fixed[fixed::TABLE].index();
        let mut read = Vec::new();
        for (power, row) in (layout.origin()..layout.hash_end()).enumerate() {
            let (active, on) = (gate(row), target.trace().fixed[table][row]);
            let places = checker.active[active].cells.iter();
            let of = places.filter_map(|place| Some((*number.get(place)?, *place)));
            read.extend(of.map(|(at, place)| (power, on.invert().unwrap(), active, at, place)));
        }
        let mut matrix: Vec<Vec<Fr>> = Vec::new();
        for (challenges, columns) in target.redrawn(cells.len()) {
            // sum_row rho^row (what the row's equation is beside the sum) = 0.
            let powers: Vec<Fr> =
                std::iter::successors(Some(Fr::ONE), |p| Some(*p * challenges[0]))
                    .take(layout.hash_end())
                    .collect();
            let mut derived = vec![Fr::ZERO; cells.len()];
            for (power, off, active, at, place) in &read {
                let slope = checker.derivative(&challenges, &columns, *active, *place);
                derived[*at] += powers[*power] * off * slope;
            }
            matrix.push(derived);
        }
        let rank = rank(matrix);
        println!("{profile:?}: {rank} of {} cells", cells.len());
        assert_eq!(rank, cells.len());
    }
}

fn rank(mut rows: Vec<Vec<Fr>>) -> usize {
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(pivot) = (rank..rows.len()).find(|r| rows[*r][column] != Fr::ZERO) else {
            continue;
        };
        rows.swap(rank, pivot);
        let inverse = rows[rank][column].invert().unwrap();
        let pivot = rows[rank].clone();
        for row in &mut rows[rank + 1..] {
            let factor = row[column] * inverse;
            if factor != Fr::ZERO {
                for (x, y) in row.iter_mut().zip(&pivot).skip(column) {
                    *x -= factor * y;
                }
            }
        }
        rank += 1;
    }
    rank
}
