//! The operators on the circuit of two claims, and every lie of [`LIES`] told in one of them: it is
//! refused, and by nothing but its own claim's clause.

use crate::allowed::unexplained;
use crate::cases;
use crate::clauses::holds_without;
use crate::false_witnesses::{LIES, told};
use crate::inputs;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::advice;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{OUTPUT_SLOT, Profile};
use covenant_circuits::circuit::many::ManyWitness;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Place, lint_circuit};
use covenant_circuits::many::ManyShape;
use covenant_circuits::shape::Shape;
use covenant_soundness::anchor::lie_about_each_cell;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::mutate::change_each_cell;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::Field;
use std::collections::BTreeSet;

/// Row of the context, which no clause reads (S9).
const CONTEXT: usize = 6;

fn two(shape: Shape) -> ManyShape {
    ManyShape::new(shape, 2).unwrap()
}

/// Two of the smallest claims there are, whose accounts differ.
fn smallest() -> ManyWitness {
    let claims = [0, 1].map(|_| cases::witness(&cases::smallest_claim(), cases::smallest()));
    ManyWitness::of(two(cases::smallest()), claims.into())
}

/// One that nets, and one under a complete policy.
fn larger() -> ManyWitness {
    let claims = [cases::claim(), cases::complete_claim(5000)];
    let claims = claims.map(|claim| cases::witness(&claim, cases::shape()));
    ManyWitness::of(two(cases::shape()), claims.into())
}

/// For operators that take minutes for a larger circuit.
fn slow_subjects() -> Vec<ManyWitness> {
    match cases::everything() {
        true => vec![smallest(), larger()],
        false => vec![smallest()],
    }
}

fn target(witness: &ManyWitness) -> Covenant {
    let layout = fit::smallest(witness.shape);
    Covenant::new(layout, witness, cases::challenges(1)).unwrap()
}

/// What changes a claim, as what changes the first or second of two.
fn of_both(changes: fn(&Witness) -> Vec<inputs::Change>, all: &ManyWitness) -> Vec<Change> {
    let each = all.claims.iter().enumerate();
    let changes = each.flat_map(|(claim, witness)| {
        changes(witness)
            .into_iter()
            .map(move |change| -> Change { Box::new(move |w| change(&mut w.claims[claim])) })
    });
    changes.collect()
}

type Change = Box<dyn Fn(&mut ManyWitness)>;

fn unused(target: &Covenant, witness: &ManyWitness) -> BTreeSet<Place> {
    let changes = of_both(inputs::unused_changes, witness).into_iter();
    let places = changes.filter_map(|change| target.enters(witness, "", None, change));
    places.collect()
}

fn held(target: &Covenant, witness: &ManyWitness) -> BTreeSet<Place> {
    let mut places = unused(target, witness);
    for change in of_both(inputs::changes, witness) {
        places.extend(target.enters(witness, "", None, change));
    }
    for change in of_both(inputs::counted, witness) {
        places.extend(target.enters(witness, "S5", Some(advice::A), change));
    }
    // Permutations that no block takes may hash anything.
    let layout = target.layout();
    let b = target.config().advice[advice::B].index();
    for permutation in layout.permutations()..layout.room() {
        let slots = (0..OUTPUT_SLOT).map(|slot| layout.slot(permutation, slot));
        places.extend(slots.map(|row| Place::Advice(b, row)));
    }
    places
}

#[test]
fn c2_every_public_input_of_many_claims_is_read() {
    for witness in [smallest(), larger()] {
        let each = witness.shape.claim().public_inputs();
        let target = target(&witness);
        let checker = Checker::new(&target);
        assert!(checker.violations(&target.trace().advice).is_empty());
        let unread = checker.unread(witness.public.len());
        assert_eq!(unread, [CONTEXT, each + CONTEXT]);
        assert!(checker.unbound(witness.public.len()).is_empty());
    }
}

#[test]
fn c3_the_lint_finds_nothing_in_many_claims() {
    for witness in [smallest(), larger()] {
        let circuit = CovenantCircuit::laid_out(fit::smallest(witness.shape), &witness);
        assert_eq!(lint_circuit(&circuit).unwrap(), [], "{}", witness.shape);
        assert_eq!(target(&witness).clashes(), 0, "{}", witness.shape);
    }
}

/// The layout that ships.
#[test]
fn c3_the_lint_finds_nothing_in_the_standard_shapes_of_many_claims() {
    for shape in ManyShape::STANDARD {
        let circuit = CovenantCircuit::blank(shape);
        assert_eq!(lint_circuit(&circuit).unwrap(), [], "{shape}");
        assert!(circuit.trace().written_twice().is_empty(), "{shape}");
    }
}

#[test]
#[ignore = "a minute and more; each claim is written as one alone (H86): make test-full"]
fn c4_mutate_every_change_of_many_claims_is_noticed() {
    for witness in slow_subjects() {
        let target = target(&witness);
        let slots = unused(&target, &witness);
        let target = target.with_unused(slots);
        let checker = Checker::new(&target);
        let findings = change_each_cell(&checker, |n| cases::random(n as u64));
        let words = format!("mutate: one cell of {} changed", witness.shape);
        println!("{}", findings.table(&words));
        assert!(unexplained("mutate", &findings.survivors).is_empty());
    }
}

#[test]
#[ignore = "a minute and more; each claim is written as one alone (H86): make test-full"]
fn c4_anchor_every_cell_of_many_claims_is_anchored() {
    for witness in slow_subjects() {
        let target = target(&witness);
        let slots = unused(&target, &witness);
        let target = target.with_unused(slots);
        let checker = Checker::new(&target);
        assert!(!target.reads_lanes(&witness));
        let mut written = target.written();
        written.retain(|(_, column, _)| !target.is_of_lane(*column));
        let mut at = written.iter();
        let findings = lie_about_each_cell(&checker, written.iter().map(|w| w.0), |_| {
            let (_, column, row) = at.next()?;
            Some(target.lie(&witness, *column, *row, Fr::ONE))
        });
        let words = format!("anchor: a lie about one cell of {}", witness.shape);
        println!("{}", findings.table(&words));
        assert!(unexplained("anchor", &findings.survivors).is_empty());
    }
}

#[test]
fn c4_rigidity_no_cell_of_many_claims_is_free() {
    for witness in slow_subjects() {
        let layout = fit::smallest(witness.shape);
        let target = Covenant::new(layout, &witness, cases::challenges(3)).unwrap();
        let inputs = held(&target, &witness);
        let target = target.with_inputs(inputs);
        let findings = free_cells(&Checker::new(&target));
        let words = format!("rigidity: the free cells of {}", witness.shape);
        println!("{}", findings.table(&words));
        assert!(unexplained("rigidity", &findings.survivors).is_empty());
    }
}

/// Each lie in each place beside a claim that is true: refused, and accepted where the clause is
/// off, so that nothing but the clause refuses it.
#[test]
fn c5_one_false_claim_of_two_is_refused() {
    let mut table = Table::new(
        "many claims: lies in one of two",
        "clause | lie | place | accepted | accepted without the clause",
    );
    let beside = || cases::witness(&cases::claim(), cases::shape());
    for (l, lie) in LIES.iter().enumerate() {
        for at in 0..2 {
            // In every place under `make soundness`, else in turn.
            if !cases::everything() && l % 2 != at {
                continue;
            }
            let mut claims = vec![beside(), beside()];
            claims[at] = told(lie);
            let witness = ManyWitness::of(two(cases::shape()), claims);
            let layout = fit::smallest_in(witness.shape, Profile::Wide);
            let target = Covenant::new(layout, &witness, cases::challenges(5)).unwrap();
            let with = holds_without(&target, &Checker::new(&target));
            let off = |section: &str| section.split(' ').next() == Some(lie.clause);
            let without = holds_without(&target, &Checker::without(&target, off));
            table.row(format!(
                "{} | {} | {at} | {with} | {without}",
                lie.clause, lie.what
            ));
            assert!(!with && without, "{} in {at}: {with} {without}", lie.what);
        }
    }
    table.print();
}
