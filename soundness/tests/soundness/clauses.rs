//! The circuit with one clause switched off at a time: every gate at a row that the clause
//! turned on, and every copy that it made. Two independent tests at least must notice.

use crate::allowed::unexplained;
use crate::cases;
use crate::false_witnesses::{LIES, Lie, told};
use crate::inputs::{inputs, unused};
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::numbers::Ratio;
use covenant_circuits::relation;
use covenant_circuits::statement::{Claim, ClaimParts, Window};
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::mutate::change_cells;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::Field;

/// The clauses, S10 after S1 by name alone.
const CLAUSES: [&str; 10] = ["S1", "S2", "S3", "S4", "S5", "S6", "S7", "S8", "S9", "S10"];

/// Whether a section serves a clause; none serves "".
fn serves(section: &str, clause: &str) -> bool {
    section.split(' ').next() == Some(clause)
}

/// Whether a circuit without the clause accepts the witness (or without any, for "").
fn accepts(layout: Layout, witness: &Witness, clause: &str) -> bool {
    let target = Covenant::new(layout, witness, cases::challenges(5)).unwrap();
    let checker = Checker::without(&target, |s| serves(s, clause));
    holds_without(&target, &checker)
}

/// Whether what is left of the circuit accepts the trace. The prover may clear limbs that nothing
/// reads any more.
pub fn holds_without(target: &Covenant, checker: &Checker<'_>) -> bool {
    if checker.violations(&target.trace().advice).is_empty() {
        return true;
    }
    let (mut advice, mut changed) = (target.trace().advice.clone(), Vec::new());
    for place in checker.cells() {
        if let Place::Advice(column, row) = place
            && target.is_looked_up(place)
            && checker.read_by_range_check_alone(place)
        {
            let limb = std::mem::replace(&mut advice[column][row], Fr::ZERO);
            changed.push((column, row, limb));
        }
    }
    target.recount(&mut advice, &mut changed);
    target.second_phase(&mut advice, &mut changed);
    checker.violations(&advice).is_empty()
}

/// Another statement about the same accounts.
fn claim_with(change: impl FnOnce(&mut ClaimParts)) -> Claim {
    let claim = cases::claim();
    let s = &claim.statement;
    let mut parts = ClaimParts {
        subject: s.subject(),
        window: s.window(),
        public_debt: s.public_debt(),
        ratio: s.ratio(),
        context: s.context(),
        prices: s.prices().to_vec(),
    };
    change(&mut parts);
    Claim::new(claim.policy.clone(), claim.openings.clone(), parts).unwrap()
}

/// A claim that the native relation refuses by this clause, as a witness; `None` where the
/// relation holds by construction (S8, S9), or the report is made by it (S10).
fn refused(clause: &str) -> Option<Witness> {
    let mut claim = cases::claim();
    let mut allocation = covenant_fixtures::fullest(&claim);
    let (eth, usd) = (cases::slot("ETH"), cases::slot("USD"));
    match clause {
        "S1" => {
            let later = cases::AS_OF + 1;
            claim = claim_with(|p| p.window = Window::new(later, later).unwrap());
        }
        "S3" => allocation.netted[eth] = 1,
        "S5" => allocation.scenarios[0].counted[eth] += 1,
        "S6" => allocation.scenarios[0].counted[usd] = 200_000_000_000_000_000,
        "S7" => claim = claim_with(|p| p.ratio = Ratio::new(900_000).unwrap()),
        "S2" | "S4" => {
            claim = cases::claim_refused_by(clause);
            // Nothing counted, which covers no debt.
            allocation = cases::nothing(&claim);
        }
        _ => return None,
    }
    let error = relation::check(&claim, &allocation).unwrap_err();
    assert_eq!(error.clause(), clause, "{error}");
    Some(Witness::honest(&claim, &allocation, cases::shape()).unwrap())
}

/// Public inputs that may be altered alone.
fn alterable(layout: Layout, clause: &str) -> usize {
    let witness = cases::witness(&cases::claim(), cases::shape());
    let circuit = || CovenantCircuit::laid_out(layout, &witness);
    let rows = 0..witness.public.len();
    rows.filter(|row| {
        let mut other = witness.clone();
        other.public[*row] += Fr::ONE;
        let target = Covenant::of(circuit(), &other, cases::challenges(6)).unwrap();
        let checker = Checker::without(&target, |s| serves(s, clause));
        checker.violations(&target.trace().advice).is_empty()
    })
    .count()
}

/// How many survivors the allow-list does not explain.
fn unbound(survivors: Vec<String>) -> usize {
    unexplained("clauses", &survivors).len()
}

#[test]
fn c4_a_clause_switched_off_is_noticed() {
    switch_off(fit::smallest_in(cases::shape(), Profile::Narrow));
    if cases::everything() {
        switch_off(fit::smallest_in(cases::shape(), Profile::Wide));
    }
}

fn switch_off(layout: Layout) {
    let mut table = Table::new(
        &format!("One clause switched off, {:?}", layout.profile),
        "clause | lies accepted | refused claims accepted | public inputs alterable | public inputs named by nothing | A: survivors | B: free cells | tests that notice",
    );
    let honest = cases::witness(&cases::claim(), cases::shape());
    for clause in [""].into_iter().chain(CLAUSES) {
        let whole_circuit = clause.is_empty();
        let of_clause = |other: &str| whole_circuit || other == clause;
        let told_lies: Vec<&Lie> = LIES.iter().filter(|l| of_clause(l.clause)).collect();
        let lies = told_lies
            .iter()
            .filter(|l| accepts(layout, &told(l), clause))
            .count();
        let claims: Vec<Witness> = CLAUSES
            .into_iter()
            .filter(|c| of_clause(c))
            .filter_map(refused)
            .collect();
        let disagree = claims.iter().filter(|w| accepts(layout, w, clause)).count();
        let altered = alterable(layout, clause);

        let target = Covenant::new(layout, &honest, cases::challenges(5)).unwrap();
        let (held, slots) = (inputs(&target, &honest), unused(&target, &honest));
        let target = target.with_inputs(held).with_unused(slots);
        let checker = Checker::without(&target, |s| serves(s, clause));
        let whole = Checker::new(&target);
        let unnamed = checker.unbound(honest.public.len()).len();
        let free = unbound(free_cells(&checker).survivors);
        // The whole circuit under A has a test of its own.
        let changed = if whole_circuit {
            0
        } else {
            // Elsewhere nothing differs from the whole circuit.
            let cells = checker.cells_and_dangling().into_iter().filter(|p| {
                checker.touching(*p).len() != whole.touching(*p).len()
                    || checker.joined(*p) != whole.joined(*p)
            });
            let random = |n| cases::random(n as u64);
            unbound(change_cells(&checker, cells, random).survivors)
        };
        let noticed = [lies, disagree, altered, unnamed, changed, free]
            .into_iter()
            .filter(|x| *x > 0)
            .count();
        let name = if whole_circuit { "none" } else { clause };
        table.row(format!(
            "{name} | {lies} of {} | {disagree} of {} | {altered} | {unnamed} | {changed} | {free} | {noticed}",
            told_lies.len(),
            claims.len()
        ));
        assert!(
            if whole_circuit {
                noticed == 0
            } else {
                noticed >= 2
            },
            "{name}"
        );
        // A lie breaks one clause alone.
        assert!(
            whole_circuit || (lies, disagree) == (told_lies.len(), claims.len()),
            "{name}"
        );
    }
    table.print();
}
