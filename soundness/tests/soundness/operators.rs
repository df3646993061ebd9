//! The operators on the whole circuit, and the evaluator against MockProver.

use crate::allowed::unexplained;
use crate::cases;
use crate::false_witnesses::{LIES, told};
use crate::inputs::{inputs, unused};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::columns::Challenges;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::{Place, lint_circuit};
use covenant_circuits::shape::Shape;
use covenant_circuits::statement::Claim;
use covenant_soundness::anchor::lie_about_each_cell;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::mutate::change_each_cell;
use covenant_soundness::repair::mend;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::Field;
use halo2_proofs::dev::MockProver;

/// The claims that the harness works on, and the smallest full circuit, in every profile.
fn subjects() -> Vec<(Witness, Layout)> {
    subjects_of([
        (cases::claim(), cases::shape()),
        (cases::complete_claim(5000), cases::shape()),
        (cases::smallest_claim(), cases::smallest()),
    ])
}

/// For operators that take minutes for a larger circuit, each cell a trace or two: the smallest
/// alone, but with everything under `make soundness`.
fn subjects_of_a_slow_operator() -> Vec<(Witness, Layout)> {
    match cases::everything() {
        true => subjects(),
        false => subjects_of([(cases::smallest_claim(), cases::smallest())]),
    }
}

fn subjects_of<const N: usize>(subjects: [(Claim, Shape); N]) -> Vec<(Witness, Layout)> {
    let witnesses = subjects.map(|(claim, shape)| cases::witness(&claim, shape));
    let layouts =
        |w: Witness| Profile::ALL.map(|profile| (w.clone(), fit::smallest_in(w.shape, profile)));
    witnesses.into_iter().flat_map(layouts).collect()
}

fn name(layout: &Layout, witness: &Witness) -> String {
    let rules = if witness.complete == 1 {
        ", complete"
    } else {
        ""
    };
    format!("{} {:?}{rules}", layout.claim().unwrap(), layout.profile)
}

/// Row of the context, which the proof binds and no clause reads (S9).
const CONTEXT: usize = 6;

/// A public input that is only copied says nothing of the trace.
#[test]
fn c2_every_public_input_is_read() {
    for (witness, layout) in subjects() {
        let shape = name(&layout, &witness);
        let target = Covenant::new(layout, &witness, cases::challenges(1)).unwrap();
        let unread = Checker::new(&target).unread(witness.public.len());
        assert_eq!(unread, [CONTEXT], "{shape}");
    }
}

#[test]
fn c4_mutate_every_change_is_noticed() {
    for (witness, layout) in subjects_of_a_slow_operator() {
        let shape = name(&layout, &witness);
        let target = Covenant::new(layout, &witness, cases::challenges(1)).unwrap();
        let slots = unused(&target, &witness);
        let target = target.with_unused(slots);
        let checker = Checker::new(&target);
        assert!(checker.violations(&target.trace().advice).is_empty());
        assert!(checker.unbound(witness.public.len()).is_empty(), "C2");
        let findings = change_each_cell(&checker, |n| cases::random(n as u64));
        println!(
            "{}",
            findings.table(&format!("mutate: one cell of {shape} changed"))
        );
        assert!(unexplained("mutate", &findings.survivors).is_empty());
    }
}

#[test]
fn c4_anchor_every_cell_is_anchored() {
    for (witness, layout) in subjects_of_a_slow_operator() {
        let shape = name(&layout, &witness);
        let target = Covenant::new(layout, &witness, cases::challenges(1)).unwrap();
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
        println!(
            "{}",
            findings.table(&format!("anchor: a lie about one cell of {shape}"))
        );
        assert!(unexplained("anchor", &findings.survivors).is_empty());
    }
}

/// After a change only the second-phase columns that read it are made anew: they are those of the
/// whole second phase.
#[test]
fn the_second_phase_after_a_change_is_the_whole_one() {
    for profile in Profile::ALL {
        let witness = cases::witness(&cases::claim(), cases::shape());
        let layout = fit::smallest_in(witness.shape, profile);
        let drawn = cases::challenges(1);
        let target = Covenant::new(layout, &witness, drawn).unwrap();
        let mut circuit = CovenantCircuit::laid_out(layout, &witness);
        for (n, (place, column, row)) in target.written().into_iter().enumerate().step_by(53) {
            let Place::Advice(at, _) = place else {
                continue;
            };
            let honest = circuit.trace().value(column, row);
            let mut advice = target.trace().advice.clone();
            advice[at][row] = cases::random(n as u64);
            let mut changed = vec![(at, row, honest)];
            target.second_phase(&mut advice, &mut changed);
            circuit.trace_mut().tamper(column, row, advice[at][row]);
            let whole = circuit.trace().second_phase(&Challenges::of(&drawn));
            circuit.trace_mut().tamper(column, row, honest);
            for (second, whole) in target.config().second.iter().zip(whole) {
                let made = &advice[second.index()][..whole.len()];
                assert!(made == whole, "column {}, {column} {row}", second.index());
            }
        }
    }
}

#[test]
fn the_evaluator_agrees_with_mock_prover() {
    for profile in Profile::ALL {
        let witness = cases::witness(&cases::claim(), cases::shape());
        let layout = fit::smallest_in(witness.shape, profile);
        let target = Covenant::new(layout, &witness, cases::challenges(1)).unwrap();
        assert!(covenant_fixtures::mock_witness(&witness).verify().is_ok());
        let checker = Checker::new(&target);
        let (mut same, mut noticed) = (0, 0);
        for (n, (place, column, row)) in target.written().into_iter().enumerate().step_by(97) {
            let mut circuit = CovenantCircuit::laid_out(layout, &witness);
            let value = circuit.trace().value(column, row);
            let lie = if n % 2 == 0 {
                value + Fr::ONE
            } else {
                Fr::ZERO
            };
            circuit.trace_mut().tamper(column, row, lie);
            let mock = MockProver::run(layout.k, &circuit, vec![witness.public.clone()])
                .unwrap()
                .verify()
                .is_ok();
            let tampered = Covenant::of(circuit, &witness, cases::challenges(2)).unwrap();
            let ours = Checker::new(&tampered).violations(&tampered.trace().advice);
            assert_eq!(mock, ours.is_empty(), "{}", checker.describe(place));
            same += 1;
            noticed += usize::from(!mock);
        }
        println!("{profile:?}: {same} traces judged the same, {noticed} of them false");
        assert!(same > 50 && noticed > 30);
    }
}

#[test]
fn c3_the_trace_lint_finds_nothing() {
    let mut table = Table::new("lint: the lint", "shape | findings");
    for (witness, layout) in subjects() {
        let shape = name(&layout, &witness);
        let circuit = CovenantCircuit::laid_out(layout, &witness);
        let found = lint_circuit(&circuit).unwrap();
        for finding in found.iter().take(40) {
            println!("D, {shape}: {finding}");
        }
        assert!(found.is_empty());
        let target = Covenant::new(layout, &witness, cases::challenges(1)).unwrap();
        assert_eq!(target.clashes(), 0, "a fixed cell was given two values");
        table.row(format!("{shape} | {}", found.len()));
    }
    table.print();
}

#[test]
fn c4_rigidity_no_cell_is_free() {
    for (witness, layout) in subjects() {
        let shape = name(&layout, &witness);
        let target = Covenant::new(layout, &witness, cases::challenges(3)).unwrap();
        let inputs = inputs(&target, &witness);
        let count = inputs.len();
        let target = target.with_inputs(inputs);
        let findings = free_cells(&Checker::new(&target));
        println!(
            "{}",
            findings.table(&format!(
                "rigidity: the free cells of {shape}, {count} inputs held"
            ))
        );
        assert!(unexplained("rigidity", &findings.survivors).is_empty());
    }
}

#[test]
fn c4_repair_nothing_mends_a_false_statement() {
    let mut table = Table::new(
        "repair: one cell mends a false statement",
        "clause | lie | violations | cells | values tried | out of reach | survivors",
    );
    let mut survivors = Vec::new();
    let cases = Profile::ALL
        .into_iter()
        .enumerate()
        .flat_map(|(p, profile)| {
            let lies = LIES.iter().enumerate();
            // Every other lie in each profile, where not everything is tried.
            let tried = lies.filter(move |(l, _)| cases::everything() || (p + l) % 2 == 0);
            tried.map(move |(_, lie)| (profile, lie))
        });
    for (profile, lie) in cases {
        let layout = fit::smallest_in(cases::shape(), profile);
        let target = Covenant::new(layout, &told(lie), cases::challenges(4)).unwrap();
        let checker = Checker::new(&target);
        let violations = checker.violations(&target.trace().advice);
        let sections: std::collections::BTreeSet<_> =
            violations.iter().map(|v| checker.section(*v)).collect();
        // Nothing but the clause refuses the lie.
        let off = Checker::without(&target, |s| s.split(' ').next() == Some(lie.clause));
        assert!(
            off.violations(&target.trace().advice).is_empty(),
            "{}: {sections:?}",
            lie.what
        );
        let findings = mend(&checker).unwrap();
        let total = findings.total();
        table.row(format!(
            "{} | {} | {} | {} | {} | {} | {}",
            lie.clause,
            lie.what,
            violations.len(),
            total.cells,
            total.tried,
            total.structural,
            total.survivors
        ));
        survivors.extend(findings.survivors);
    }
    table.print();
    assert!(
        unexplained("repair", &survivors).is_empty(),
        "{survivors:?}"
    );
}
