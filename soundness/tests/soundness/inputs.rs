//! What `rigidity` holds: the openings, the policy's fields, the allocation, the remainders
//! of S4 and the report's lines, each where the builder first writes something that depends on it.

use covenant_circuits::circuit::columns::advice;
use covenant_circuits::circuit::layout::OUTPUT_SLOT;
use covenant_circuits::circuit::witness::Witness;
use covenant_circuits::field::Fr;
use covenant_circuits::lint::Place;
use covenant_soundness::covenant::Covenant;
use ff::Field;
use std::collections::BTreeSet;

pub type Change = Box<dyn Fn(&mut Witness)>;

/// The cells at which the inputs of a witness enter the circuit.
pub fn inputs(target: &Covenant, witness: &Witness) -> BTreeSet<Place> {
    let mut places = BTreeSet::new();
    for change in changes(witness) {
        places.extend(target.enters(witness, "", None, change));
    }
    // c_a is in `a`. Limbs of other assets' shares, which depend on the sum of all, may be written
    // before it, in the same rows as lines.
    for change in counted(witness) {
        places.extend(target.enters(witness, "S5", Some(advice::A), change));
    }
    places.extend(unused(target, witness));
    // Permutations that no block takes may hash anything.
    let layout = target.layout();
    let b = target.config().advice[advice::B].index();
    for permutation in layout.permutations()..layout.room() {
        let slots = (0..OUTPUT_SLOT).map(|slot| layout.slot(permutation, slot));
        places.extend(slots.map(|row| Place::Advice(b, row)));
    }
    places
}

/// What a witness says of asset slots that the policy does not use, and of what is owed in assets
/// that may not be owed: no key takes these totals and counts (S2), and the price of an unused slot
/// is 0 (S8), so that it has no value and its inverse is any. And whether positions count in a block
/// that is not active: what they add to the register is left where the block ends (S1), unless
/// every position must count.
pub fn unused(target: &Covenant, witness: &Witness) -> BTreeSet<Place> {
    let changes = unused_changes(witness).into_iter();
    let places = changes.filter_map(|change| target.enters(witness, "", None, change));
    places.collect()
}

/// What changes the values of [`unused`].
pub fn unused_changes(witness: &Witness) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    let mut hold = |change: Change| all.push(change);
    for (m, account) in witness.accounts.iter().enumerate() {
        let blocks = account.blocks.iter().enumerate();
        let must = account.liability == 1 || witness.complete == 1;
        for (b, block) in blocks.filter(|(_, block)| block.active == 0 && !must) {
            for p in 0..block.positions.len() {
                hold(Box::new(move |w| {
                    flip(&mut w.accounts[m].blocks[b].positions[p].counts)
                }));
            }
        }
    }
    for (a, asset) in witness.assets.iter().enumerate() {
        if asset.used == 0 {
            hold(Box::new(move |w| w.assets[a].inverse += Fr::ONE));
            hold(Box::new(move |w| w.assets[a].collateral.rest += Fr::ONE));
            hold(Box::new(move |w| w.assets[a].collateral.count += Fr::ONE));
        }
        if asset.may_owe == 0 {
            hold(Box::new(move |w| w.assets[a].liability.rest += Fr::ONE));
            hold(Box::new(move |w| w.assets[a].liability.count += Fr::ONE));
        }
    }
    all
}

fn flip(x: &mut u64) {
    *x ^= 1;
}

pub fn changes(witness: &Witness) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for (m, account) in witness.accounts.iter().enumerate() {
        all.push(Box::new(move |w| flip(&mut w.accounts[m].liability)));
        all.push(Box::new(move |w| w.accounts[m].as_of += 1));
        all.push(Box::new(move |w| w.accounts[m].blinding += Fr::ONE));
        for (b, block) in account.blocks.iter().enumerate() {
            all.push(Box::new(move |w| flip(&mut w.accounts[m].blocks[b].active)));
            for p in 0..block.positions.len() {
                all.push(Box::new(move |w| {
                    w.accounts[m].blocks[b].positions[p].entry += Fr::ONE
                }));
                all.push(Box::new(move |w| {
                    flip(&mut w.accounts[m].blocks[b].positions[p].counts)
                }));
                // Where a position does not count, its amount is any.
                all.push(Box::new(move |w| {
                    w.accounts[m].blocks[b].positions[p].amount += Fr::ONE
                }));
            }
        }
    }
    all.push(Box::new(|w| w.terms += Fr::ONE));
    all.push(Box::new(|w| flip(&mut w.complete)));
    all.push(Box::new(|w| flip(&mut w.grain)));
    for j in 0..witness.ratios.len() {
        all.push(Box::new(move |w| flip(&mut w.ratios[j])));
    }
    for g in 0..witness.groups.len() {
        all.push(Box::new(move |w| flip(&mut w.groups[g].counted.0)));
        all.push(Box::new(move |w| flip(&mut w.groups[g].counted.1)));
        all.push(Box::new(move |w| flip(&mut w.groups[g].held.0)));
        all.push(Box::new(move |w| flip(&mut w.groups[g].held.1)));
        all.push(Box::new(move |w| w.groups[g].reported ^= true));
        // Line and remainder are unique by their ranges alone, like those of S4.
        all.push(Box::new(move |w| w.groups[g].line += Fr::ONE));
    }
    for (a, asset) in witness.assets.iter().enumerate() {
        all.push(Box::new(move |w| flip(&mut w.assets[a].used)));
        all.push(Box::new(move |w| w.assets[a].id += Fr::ONE));
        all.push(Box::new(move |w| flip(&mut w.assets[a].share)));
        all.push(Box::new(move |w| flip(&mut w.assets[a].held_share)));
        all.push(Box::new(move |w| flip(&mut w.assets[a].netting)));
        all.push(Box::new(move |w| flip(&mut w.assets[a].may_owe)));
        for g in 0..asset.groups.len() {
            all.push(Box::new(move |w| w.assets[a].groups[g] ^= true));
        }
        for j in 0..asset.multipliers.len() {
            all.push(Box::new(move |w| flip(&mut w.assets[a].multipliers[j])));
        }
        for t in 0..asset.widths.len() {
            all.push(Box::new(move |w| flip(&mut w.assets[a].widths[t])));
        }
        for t in 0..asset.weights.len() {
            all.push(Box::new(move |w| flip(&mut w.assets[a].weights[t])));
        }
        all.push(Box::new(move |w| w.assets[a].netted += Fr::ONE));
        // Quotient and remainder are unique by their ranges alone, which is not local: the
        // remainder is held, and `mutate` and `repair` are left to try the other pairs.
        all.push(Box::new(move |w| {
            w.assets[a].collateral.remainder += Fr::ONE
        }));
        all.push(Box::new(move |w| {
            w.assets[a].liability.remainder += Fr::ONE
        }));
    }
    all
}

/// The allocation of S5. The sums of it (S6) are written first and are no inputs.
pub fn counted(witness: &Witness) -> Vec<Change> {
    let mut all: Vec<Change> = Vec::new();
    for (j, scenario) in witness.scenarios.iter().enumerate() {
        for a in 0..scenario.counted.len() {
            all.push(Box::new(move |w| w.scenarios[j].counted[a] += Fr::ONE));
        }
    }
    all
}
