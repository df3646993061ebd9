//! Totals that no key takes: of asset slots that the policy does not use, and of what is owed in
//! assets that may not be owed. They are free, and free nothing: no lie is accepted with them, and
//! a statement that holds still does, save that a debt in an asset that may not be owed is a debt.

use crate::cases;
use crate::false_witnesses::{LIES, revalue, told};
use covenant_circuits::circuit::fit;
use covenant_circuits::circuit::layout::{Layout, Profile};
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::{Fr, two_pow};
use covenant_soundness::checker::Checker;
use covenant_soundness::covenant::Covenant;
use covenant_soundness::target::Target;
use ff::Field;

/// Totals and counts: nothing, a unit, the most that positions can make, and counts that are no
/// number.
fn totals() -> [(Fr, Fr); 5] {
    [
        (Fr::ZERO, Fr::ONE),
        (Fr::ONE, Fr::ZERO),
        (Fr::from(1_000_000), -Fr::ONE),
        (two_pow(129) - Fr::ONE, Fr::from(1 << 17)),
        (two_pow(128), cases::random(11)),
    ]
}

fn accepts(layout: Layout, witness: &Witness) -> bool {
    let target = Covenant::new(layout, witness, cases::challenges(12)).unwrap();
    Checker::new(&target)
        .violations(&target.trace().advice)
        .is_empty()
}

/// The witness with those totals in the slots that the policy does not use.
fn in_unused_slots(witness: &Witness, (rest, count): (Fr, Fr)) -> Witness {
    let mut witness = witness.clone();
    let unused = witness.assets.iter_mut().filter(|asset| asset.used == 0);
    let mut changed = 0;
    for asset in unused {
        for side in [&mut asset.collateral, &mut asset.liability] {
            (side.rest, side.count) = (rest, count);
        }
        asset.inverse = count;
        changed += 1;
    }
    assert!(changed > 0);
    witness
}

/// The same for what is owed in assets that may not be, each with what it is worth.
fn where_nothing_may_be_owed(witness: &Witness, (rest, count): (Fr, Fr)) -> Option<Witness> {
    let mut witness = witness.clone();
    let barred = (0..witness.assets.len())
        .filter(|a| witness.assets[*a].used == 1 && witness.assets[*a].may_owe == 0);
    let barred: Vec<usize> = barred.collect();
    for a in &barred {
        let side = &mut witness.assets[*a].liability;
        (side.rest, side.count) = (rest, count);
        revalue(&mut witness, *a);
    }
    (!barred.is_empty()).then_some(witness)
}

/// The honest witnesses: one without, one with an asset that may not be owed.
fn honest() -> [Witness; 2] {
    [cases::claim(), cases::complete_claim(5000)]
        .map(|claim| cases::witness(&claim, cases::shape()))
}

/// The witness with positions that count in blocks that are not active, and how many there are.
fn counted_where_nothing_is(witness: &Witness) -> (Witness, usize) {
    let mut witness = witness.clone();
    let (complete, mut flipped) = (witness.complete, 0);
    let accounts = witness.accounts.iter_mut();
    let free = accounts.filter(|account| account.liability == 0 && complete == 0);
    let blocks = free.flat_map(|account| &mut account.blocks);
    for block in blocks.filter(|block| block.active == 0) {
        for position in &mut block.positions {
            position.counts ^= 1;
            flipped += 1;
        }
    }
    (witness, flipped)
}

/// S1. What the positions of a block that is not active add is left where it ends.
#[test]
fn c4_positions_of_inactive_blocks_free_nothing() {
    for profile in Profile::ALL {
        let layout = fit::smallest_in(cases::shape(), profile);
        let [witness, _] = honest();
        let (changed, flipped) = counted_where_nothing_is(&witness);
        assert!(flipped > 0 && accepts(layout, &changed));
        for lie in &LIES {
            let (changed, _) = counted_where_nothing_is(&told(lie));
            assert!(!accepts(layout, &changed), "{}", lie.what);
        }
    }
}

#[test]
fn c4_totals_of_unused_slots_free_nothing() {
    for profile in Profile::ALL {
        let layout = fit::smallest_in(cases::shape(), profile);
        for (witness, total) in honest()
            .iter()
            .flat_map(|w| totals().map(|total| (w, total)))
        {
            assert!(accepts(layout, &in_unused_slots(witness, total)));
        }
        for (lie, total) in LIES.iter().zip(totals().into_iter().cycle()) {
            let witness = told(lie);
            assert!(
                !accepts(layout, &in_unused_slots(&witness, total)),
                "{}",
                lie.what
            );
        }
    }
}

#[test]
fn c4_what_may_not_be_owed_is_owed_or_nothing() {
    for profile in Profile::ALL {
        let layout = fit::smallest_in(cases::shape(), profile);
        let [_, complete] = honest();
        // Ether that makes a debt of nothing, next to nothing, 3,000 dollars, which is still
        // covered, 30,000, which is not, and more than a value can be.
        let ether = 10u64.pow(18);
        for (rest, covered) in [
            (Fr::ZERO, true),
            (Fr::ONE, true),
            (Fr::from(ether), true),
            (Fr::from(10 * ether), false),
            (two_pow(128), false),
        ] {
            let witness = where_nothing_may_be_owed(&complete, (rest, cases::random(11))).unwrap();
            let asset = witness
                .assets
                .iter()
                .find(|asset| asset.used == 1 && asset.may_owe == 0);
            let owed = asset.unwrap().liability.value;
            assert_eq!(owed == Fr::ZERO, rest == Fr::ZERO);
            assert_eq!(accepts(layout, &witness), covered, "{rest:?}");
        }
        let mut tried = 0;
        for (lie, total) in LIES.iter().zip(totals().into_iter().cycle()) {
            let Some(witness) = where_nothing_may_be_owed(&told(lie), total) else {
                continue;
            };
            assert!(!accepts(layout, &witness), "{}", lie.what);
            tried += 1;
        }
        assert!(tried > 3);
    }
}
