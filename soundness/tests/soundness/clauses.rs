//! The circuit with one clause switched off at a time: every gate at a row that the clause
//! turned on, and every copy that it made. Two independent tests at least must notice.

use crate::cases;
use crate::false_witnesses::{LIES, Lie, told};
use crate::inputs::inputs;
use covenant_circuits::circuit::CovenantCircuit;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_circuits::numbers::Ratio;
use covenant_circuits::relation;
use covenant_circuits::statement::{Claim, ClaimParts};
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::mutate::change_cells;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;
use ff::Field;

/// Whether a circuit without the clause accepts the witness (or without any, for ""). The
/// prover may clear limbs that nothing reads any more.
fn accepts(layout: Layout, witness: &Witness, clause: &str) -> bool {
    let target = Covenant::new(layout, witness, cases::challenges(5)).unwrap();
    let checker = Checker::without(&target, |s| !clause.is_empty() && s.starts_with(clause));
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
        as_of: s.as_of(),
        public_debt: s.public_debt(),
        ratio: s.ratio(),
        context: s.context(),
        prices: s.prices().to_vec(),
    };
    change(&mut parts);
    Claim::new(claim.policy.clone(), claim.openings.clone(), parts).unwrap()
}

/// A claim that the native relation refuses by this clause, as a witness; `None` where the
/// relation holds by construction (S8, S9).
fn refused(clause: &str) -> Option<Witness> {
    let mut claim = cases::claim();
    let mut allocation = covenant_fixtures::fullest(&claim);
    let (eth, usd) = (cases::slot("ETH"), cases::slot("USD"));
    match clause {
        "S1" => claim = claim_with(|p| p.as_of += 1),
        "S3" => allocation.netted[eth] = 1,
        "S5" => {
            let tiers = &mut allocation.scenarios[0].tiers[eth];
            tiers[0] += std::mem::take(&mut tiers[3]);
        }
        "S6" => allocation.scenarios[0].tiers[usd] = [0, 0, 0, 20_000_000_000_000],
        "S7" => claim = claim_with(|p| p.ratio = Ratio::new(900_000).unwrap()),
        "S2" | "S4" => {
            claim = cases::claim_refused_by(clause);
            // Nothing counted, which covers no debt.
            allocation.netted.fill(0);
            for scenario in &mut allocation.scenarios {
                scenario.tiers.fill([0; 4]);
            }
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
        let checker = Checker::without(&target, |s| !clause.is_empty() && s.starts_with(clause));
        checker.violations(&target.trace().advice).is_empty()
    })
    .count()
}

#[test]
fn c4_a_clause_switched_off_is_noticed() {
    for profile in Profile::ALL {
        switch_off(fit::smallest_in(cases::shape(), profile));
    }
}

fn switch_off(layout: Layout) {
    let mut table = Table::new(
        &format!("One clause switched off, {:?}", layout.profile),
        "clause | lies accepted | refused claims accepted | public inputs alterable | public inputs named by nothing | A: survivors | B: free cells | tests that notice",
    );
    let honest = cases::witness(&cases::claim(), cases::shape());
    for n in 0..=9 {
        let clause = if n == 0 {
            String::new()
        } else {
            format!("S{n}")
        };
        let told_lies: Vec<&Lie> = LIES
            .iter()
            .filter(|l| n == 0 || l.clause == clause)
            .collect();
        let lies = told_lies
            .iter()
            .filter(|l| accepts(layout, &told(l), &clause))
            .count();
        let claims: Vec<Witness> = (1..=9)
            .filter(|c| n == 0 || *c == n)
            .filter_map(|c| refused(&format!("S{c}")))
            .collect();
        let disagree = claims
            .iter()
            .filter(|w| accepts(layout, w, &clause))
            .count();
        let altered = alterable(layout, &clause);

        let target = Covenant::new(layout, &honest, cases::challenges(5)).unwrap();
        let held = inputs(&target, &honest);
        let target = target.with_inputs(held);
        let checker = Checker::without(&target, |s| n > 0 && s.starts_with(&clause));
        let whole = Checker::new(&target);
        let unbound = checker.unbound(honest.public.len()).len();
        let free = free_cells(&checker).survivors.len();
        // The whole circuit under A has a test of its own.
        let changed = if n == 0 {
            0
        } else {
            // Elsewhere nothing differs from the whole circuit.
            let cells = checker.cells_and_dangling().into_iter().filter(|p| {
                checker.touching(*p).len() != whole.touching(*p).len()
                    || checker.joined(*p) != whole.joined(*p)
            });
            let random = |n| cases::random(n as u64);
            change_cells(&checker, cells, random).survivors.len()
        };
        let noticed = [lies, disagree, altered, unbound, changed, free]
            .into_iter()
            .filter(|x| *x > 0)
            .count();
        let name = if n == 0 { "none" } else { clause.as_str() };
        table.row(format!(
            "{name} | {lies} of {} | {disagree} of {} | {altered} | {unbound} | {changed} | {free} | {noticed}",
            told_lies.len(),
            claims.len()
        ));
        assert!(if n == 0 { noticed == 0 } else { noticed >= 2 }, "{name}");
        // A lie breaks one clause alone.
        assert!(
            n == 0 || (lies, disagree) == (told_lies.len(), claims.len()),
            "{name}"
        );
    }
    table.print();
}
