//! Bugs planted in Covenant's own circuit: something of the harness must see each of them, and
//! what it sees is not there without the bug.

use crate::allowed::unexplained;
use crate::cases;
use crate::false_witnesses::{LIES, told};
use crate::inputs::inputs;
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::planted::Bug;
use covenant_soundness::rigidity::free_cells;
use covenant_soundness::tables::Table;
use covenant_soundness::target::Target;

/// Wrong ranges: rigidity holds amounts and takes digits to be unique, and no lie of the cases has
/// one bit too many. `single_gate.rs` has those, one for each range; malicious commitments and the
/// formal proofs find these bugs too.
const RANGES: [Bug; 4] = [
    Bug::AmountRange,
    Bug::PolicyIdRange,
    Bug::WidthRange,
    Bug::ShareRange,
];

/// The first lie that the circuit with the bug accepts.
fn accepted(layout: Layout, bug: Bug) -> Option<&'static str> {
    let mut lies = LIES.iter();
    let lie = lies.find(|lie| {
        let target = Covenant::new(layout, &told(lie), cases::challenges(5)).unwrap();
        let target = target.with_bug(bug);
        Checker::new(&target)
            .violations(&target.trace().advice)
            .is_empty()
    });
    lie.map(|lie| lie.what)
}

/// Cells that can move in it.
fn free(layout: Layout, witness: &Witness, bug: Bug) -> usize {
    let target = Covenant::new(layout, witness, cases::challenges(5)).unwrap();
    let held = inputs(&target, witness);
    let target = target.with_inputs(held).with_bug(bug);
    let checker = Checker::new(&target);
    unexplained("planted", &free_cells(&checker).survivors).len()
}

#[test]
fn c4_bugs_planted_in_the_circuit_are_seen() {
    let mut unseen = Vec::new();
    for profile in Profile::ALL {
        let layout = fit::smallest_in(cases::shape(), profile);
        let witness = cases::witness(&cases::complete_claim(5000), cases::shape());
        let mut table = Table::new(
            &format!("Bugs planted in the circuit, {profile:?}"),
            "bug | what is wrong | a false witness that is accepted | free cells, where there is none",
        );
        for bug in Bug::ALL.iter().filter(|bug| !RANGES.contains(bug)) {
            let lie = accepted(layout, *bug);
            let free = match lie {
                Some(_) => None,
                None => Some(free(layout, &witness, *bug)),
            };
            let (words, lie) = (bug.description(), lie.unwrap_or_default());
            let cells = free.map(|free| free.to_string()).unwrap_or_default();
            table.row(format!("{bug:?} | {words} | {lie} | {cells}"));
            println!("{profile:?} {bug:?}: {lie} {cells}");
            if free == Some(0) {
                unseen.push((profile, *bug));
            }
        }
        table.print();
    }
    assert!(unseen.is_empty(), "{unseen:?}");
}
